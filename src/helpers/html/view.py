"""One way of looking at blocks: which of their languages, and with what words around them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from helpers.blocks import Column, Grid, Run, Runs, Text
from helpers.errors import RunError
from helpers.html.labels import LABELS
from helpers.svg.verdicts import VERDICTS
from helpers.wording import Words

_PHONE = 340
_LETTER, _PADDING = 7.4, 20
_WRAPPED = 22
_SHOWN = 12
_LARGE, _SMALLER = 8, 11


@dataclass(frozen=True)
class View:
    """The language at `index` of every text, and the page's own words in `language`.

    `is_plain` is the fallback of a notebook that is not trusted: no drawing inside the markup, no scripts, no style.
    """

    index: int
    language: str
    is_plain: bool = False

    def say(self, name: str) -> str:
        """One of the page's own words."""
        return _said(self.language, name)

    def day(self, iso: str) -> str:
        """A day as the language writes it; what is no day, in a notebook that was edited, stays a text."""
        try:
            return _words(self.language).text(date.fromisoformat(iso))
        except ValueError:
            return iso

    def verdict(self, name: str) -> str:
        """The word of a verdict."""
        return _words(self.language).inside(VERDICTS[name].word)

    def of(self, text: Text | None) -> Runs:
        """The pieces of a text in the language of the view; none where there is no text."""
        if text and self.index >= len(text):
            raise RunError(
                "a block does not speak every language of the page",
                seen=f"{len(text)} languages",
                next_step="Run the notebook again: cuaderno report CLIENT --force.",
            )
        return text[self.index] if text else []

    def plain(self, text: Text | None) -> str:
        """The text without marks."""
        return "".join(run.text for run in self.of(text))

    def length(self, runs: Runs) -> int:
        """Letters of the pieces, without the blanks around them."""
        return len("".join([run.text for run in runs]).strip())

    def size(self, text: Text | None) -> str:
        """How long a figure is, as a class of its card: large letters have room for eight signs, smaller for eleven."""
        length = len(self.plain(text))
        return "" if length <= _LARGE else "long" if length <= _SMALLER else "longest"

    def heads(self, grid: Grid) -> list[Runs]:
        """Heads of a table's columns; one without a name is called a row's."""
        if any(len(row) != len(grid.columns) for row in (*grid.rows, grid.total or grid.columns)):
            raise RunError(
                "a table has rows that are longer or shorter than its head",
                where=self.plain(grid.caption),
                next_step="Run the notebook again: cuaderno report CLIENT --force.",
            )
        return [self.of(column.label) if self.plain(column.label).strip() else [self._row()] for column in grid.columns]

    def _row(self) -> Run:
        return Run(text=self.say("row"))

    def can_overflow(self, grid: Grid) -> bool:
        """Whether the table may be wider than a phone."""
        return sum(self._width(grid, place, column) for place, column in enumerate(grid.columns)) > _PHONE

    def _width(self, grid: Grid, place: int, column: Column) -> float:
        cells = [self.plain(row[place]) for row in grid.rows if place < len(row)]
        longest_word = max((len(word) for word in self.plain(column.label).split()), default=0)
        longest = max((len(cell) for cell in cells), default=0)
        letters = longest if column.is_number else min(longest, _WRAPPED)
        return max(letters, longest_word) * _LETTER + _PADDING


def halves(rows: list[list[Text]]) -> tuple[list[list[Text]], list[list[Text]]]:
    """The rows that are shown at once, and those behind a button where there are many."""
    return (rows, []) if len(rows) <= _SHOWN + 3 else (rows[:_SHOWN], rows[_SHOWN:])


@cache
def _words(language: str) -> Words:
    return Words(language)


@cache
def _said(language: str, name: str) -> str:
    return _words(language).inside(LABELS[name])
