"""Which languages there are, and how each says a text: its own catalog, then those that it builds on."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from gettext import c2py
from pathlib import Path
from typing import IO

from babel.core import Locale, get_global
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from helpers.wording.message import Message
from helpers.wording.pseudo import PSEUDO, lengthened
from helpers.wording.terms import exchanged

CATALOGS = Path(__file__).with_name("catalogs")
SOURCE = "en"
SAID = tuple(sorted(path.stem for path in CATALOGS.glob("*.po")))
"""Every catalog that there is; one of a region of countries, such as es-419, is no language of a report."""

LANGUAGES = (SOURCE, *(name for name in SAID if not name[-1].isdigit()))
"""Every language that reports can be written in."""

WRITABLE = (*LANGUAGES, PSEUDO)
"""What can be written at all: the languages of reports, and the one that tests read."""


def locale_of(language: str) -> Locale:
    """How a language writes numbers and dates."""
    return Locale.parse(SOURCE if language == PSEUDO else language, sep="-")


def is_overlay(language: str) -> bool:
    """Whether a language's catalog holds only what differs from another's, such as es-MX from es-ES."""
    return language not in (SOURCE, _home(language))


def chain(language: str) -> tuple[str, ...]:
    """The catalogs to look in, first hit wins: es-MX, what Latin America shares (es-419), es-ES."""
    region = get_global("parent_exceptions").get(language.replace("-", "_"), "").replace("_", "-")
    return tuple(name for name in dict.fromkeys((language, region, _home(language))) if name in SAID)


def template_of(message: Message, language: str) -> str:
    """The text of a message in a language, its places still open."""
    for name in chain(language):
        found = catalog(name).get(message.text)
        if found and found.string and any(found.string):
            return exchanged(_form(found.string, catalog(name), message.n), language)
    text = message.text if message.plural is None or message.n == 1 else message.plural
    return lengthened(text) if language == PSEUDO else text


@cache
def catalog(language: str) -> Catalog:
    """The catalog as it lies in its file."""
    file: IO[bytes]
    with (CATALOGS / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language.replace("-", "_"))


def _home(language: str) -> str:
    code = language.partition("-")[0]
    return f"{code}-{code.upper()}"


def _form(string: str | tuple[str, ...] | list[str], said: Catalog, n: float | None) -> str:
    if isinstance(string, str):
        return string
    choose: Callable[[int], int] = c2py(said.plural_expr)
    return string[choose(round(n) if n is not None else 1)]
