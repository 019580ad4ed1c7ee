"""Drawing a chart once and knowing its words in every language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from typing import Protocol

from helpers.wording.lookup import LANGUAGES
from helpers.wording.message import Value
from helpers.wording.words import Words


class Pen(Protocol):
    """What a chart may write with: all of its text comes from here, and it cannot ask for the language."""

    def text(self, value: Value) -> str:
        """A message, number, name or date written out."""

    def month(self, day: date) -> str:
        """Short name of a month."""

    def short_day(self, day: date) -> str:
        """Day and month."""

    def weekday(self, number: int) -> str:
        """Short name of a weekday, Monday is 0."""

    def forms(self, text: str) -> tuple[str, ...]:
        """What may come to stand in place of a text that was written: it, in every language there is.

        For measuring only, and the same whatever languages a page has; a text that the pen did not write stays.
        """


class AmbiguousTextError(Exception):
    """One text of the drawn language stands for two in another: this chart cannot be translated by exchange."""


class Recording:
    """Writes in the first language and remembers what the others would have said.

    Names go through it like all else, so that a campaign called like a word of the chart is noticed.

    Parameters
    ----------
    languages
        The language that is drawn, then those that the drawing will be shown in.
    """

    def __init__(self, languages: Sequence[str]) -> None:
        self._words = [Words(language) for language in languages]
        self._rows: dict[str, tuple[str, ...]] = {}
        self._writers: dict[str, Callable[[Words], str]] = {}

    @property
    def rows(self) -> list[list[str]]:
        """One row a text, in the order of writing: as drawn, then in each language."""
        return [list(row) for row in self._rows.values()]

    def text(self, value: Value) -> str:
        """Write a message, number, name or date."""
        return self._note(lambda words: words.text(value))

    def month(self, day: date) -> str:
        """Write the short name of a month."""
        return self._note(lambda words: words.month(day))

    def short_day(self, day: date) -> str:
        """Write day and month."""
        return self._note(lambda words: words.short_day(day))

    def weekday(self, number: int) -> str:
        """Write the short name of a weekday."""
        return self._note(lambda words: words.weekday(number))

    def forms(self, text: str) -> tuple[str, ...]:
        """What may come to stand in place of a text that was written, in every language there is."""
        write = self._writers.get(text)
        return (text,) if write is None else (text, *(write(words) for words in _every_language()))

    def _note(self, write: Callable[[Words], str]) -> str:
        row = tuple(write(words) for words in self._words)
        known = self._rows.setdefault(row[0], row)
        self._writers[row[0]] = write
        if known != row:
            raise AmbiguousTextError(f"{row[0]!r} is {known[1:]} in one place and {row[1:]} in another")
        return row[0]


@cache
def _every_language() -> tuple[Words, ...]:
    return tuple(Words(language) for language in LANGUAGES)
