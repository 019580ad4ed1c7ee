"""A language that nobody speaks, for tests: English, longer and with accents, made while it is asked for.

A page in it shows what a long language would break, and what never went through a catalog: every letter of ours bears
an accent, so a plain letter outside of names and dates is a text that no translator will ever see.
"""

from __future__ import annotations

import re
from string import Formatter

PSEUDO = "en-XA"
"""CLDR's code for English with accents. Not among `LANGUAGES`: no client can choose it."""

LONGER = 1.4
"""How much longer a text becomes; German and Finnish labels are about that much longer than English ones."""

_PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_ACCENTED = "ÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽåƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýž"
_ACCENTS = str.maketrans(_PLAIN, _ACCENTED)
_KEPT = re.compile(r"(`[^`]*`|^#+ |^[-*] |\]\([^)]*\))", re.MULTILINE)
_VOWEL = re.compile(r"[aeiouy]", re.IGNORECASE)


def lengthened(text: str) -> str:
    """Return an English text with accents, about 40 % longer, in brackets; places and Markdown stay as they are."""
    return "\n".join(map(_line, text.split("\n")))


def _line(line: str) -> str:
    mark = re.match(r"(#+ |[-*] )?", line)
    start = mark[0] if mark else ""
    words = line.removeprefix(start)
    return f"{start}[{_pieces(words)}]" if words.strip() else line


def _pieces(text: str) -> str:
    written = ""
    for literal, place, choice, _ in Formatter().parse(text):
        parts = _KEPT.split(literal)
        said = (_said(part, 0 if written or at else len("[]")) for at, part in enumerate(parts))
        written += "".join(said).replace("{", "{{").replace("}", "}}")
        if place is not None:
            written += f"{{{place}:{_said(choice)}}}" if choice else f"{{{place}}}"
    return written


def _said(text: str, longer: int = 0) -> str:
    """The words themselves: vowels twice, from the first on, until the text, `longer` already, is long enough."""
    if not text or _KEPT.fullmatch(text):
        return text
    missing = max(round(len(text) * (LONGER - 1)) - longer, 0) if text.strip() else 0
    doubled = _VOWEL.sub(lambda found: found[0] * 2, text, count=missing) if missing else text
    return doubled.translate(_ACCENTS)
