"""The only place that writes numbers, dates, money and sentences, in every language.

A `Message` is neutral: an English text with named places, and the values that go there. `Words` writes it in one
language, from the gettext catalog `catalogs/<language>.po`; English is the language of the code and needs none.
Adding a language is adding one catalog.
"""

from helpers.wording.lookup import LANGUAGES, WRITABLE, locale_of
from helpers.wording.message import Message, Name, Value, counted, listed, msg
from helpers.wording.pseudo import PSEUDO
from helpers.wording.recording import AmbiguousTextError, Pen, Recording
from helpers.wording.words import WEB, Run, Words

__all__ = [
    "LANGUAGES",
    "PSEUDO",
    "WEB",
    "WRITABLE",
    "AmbiguousTextError",
    "Message",
    "Name",
    "Pen",
    "Recording",
    "Run",
    "Value",
    "Words",
    "counted",
    "listed",
    "locale_of",
    "msg",
]
