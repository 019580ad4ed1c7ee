"""Forms of words that depend on the value beside them: number, gender, sound.

A place with a choice, `{subject:subió/subieron}`, writes one of its forms, chosen by what stands in the place.
"""

from __future__ import annotations

import re

from helpers.units import Quantity
from helpers.wording.message import Value

_ARTICLES = {"el": 0, "la": 1, "los": 2, "las": 3}
_SOUNDS = {
    "y/e": re.compile(r"h?[ií](?![aeo])|y(?![aeiouáéíóú])", re.IGNORECASE),
    "o/u": re.compile(r"h?[oó]", re.IGNORECASE),
}
"""Spanish conjunctions, and the beginnings of words before which the second form is said."""


def agreeing(value: Value, written: str, choice: str) -> str:
    """Return the form of `choice`, forms apart by slashes, that goes with a value.

    A number takes the first form if it is one, else the last. `y/e` and `o/u` go by the sound with which the written
    value begins. Any other value is a subject: its article says masculine, feminine, masculine plural or feminine
    plural, in that order; a subject without article is taken as masculine.
    """
    forms = choice.split("/")
    if isinstance(value, Quantity):
        return forms[0] if value.value == 1 else forms[-1]
    if choice in _SOUNDS:
        return forms[1] if _SOUNDS[choice].match(written) else forms[0]
    index = _ARTICLES.get(written.partition(" ")[0].lower(), 0)
    return forms[index] if index < len(forms) else forms[-1]
