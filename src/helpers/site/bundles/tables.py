"""The tables of a report as an analyst wants them: in the order of the page, every number as it was computed."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, TypeAlias

from helpers.blocks import Actions, Column, Grid, Runs, Text
from helpers.claims import CHANGE, fixed
from helpers.export.reading import Sheet
from helpers.export.stage_record import claims_document
from helpers.export.story import Numbered, Story, tell
from helpers.html import View
from helpers.kpis import METRICS
from helpers.units import Quantity
from helpers.wording import Words, msg
from helpers.wording.numbers import UNKNOWN

Cell: TypeAlias = str | date | Quantity | None

WORDS = {
    "figure": msg("Figure"),
    "table": msg("Table"),
    "claims": msg("Claims"),
    "every_claim": msg("Every claim of this report, with what it was worked out from"),
    "sheet": msg("Sheet"),
    "kind": msg("Kind"),
    "section": msg("Section"),
    "title": msg("Title"),
    "claim": msg("Claim"),
    "metric": msg("Metric"),
    "scope": msg("Scope"),
    "from": msg("From"),
    "to": msg("To"),
    "value": msg("Value"),
    "unit": msg("Unit"),
    "low": msg("Low"),
    "high": msg("High"),
    "level": msg("Level of the interval"),
    "n": msg("Observations"),
    "compared_to": msg("Compared to"),
    "other": msg("Value compared to"),
    "verdict": msg("Verdict"),
    "statement": msg("Statement"),
}
"""What the sheets say beside the report's own words."""

_CLAIM_HEADS = (
    *("claim", "statement", "metric", "scope", "from", "to", "value", "unit", "low", "high", "level", "n"),
    *("compared_to", "other", "verdict", "files"),
)


class OutdatedError(ValueError):
    """The notebook holds numbers as texts alone: an earlier version of the workbook has run it."""


@dataclass(frozen=True)
class Table:
    """One sheet to be.

    `name` is what it is called in a list: that of a figure tells the measure, its title the finding. `kind` says what
    it is on the page (`Figure 2`), `section` below which heading it stands; both are empty for what is no figure or
    table of the page. A cell is a text, a day, a number with its unit, or None.
    """

    name: str
    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] | None = None
    subtitle: str = ""
    note: str = ""
    kind: str = ""
    section: str = ""


class Tables:
    """Writes the tables of one executed notebook in one of its languages.

    Raises
    ------
    OutdatedError
        If the notebook's tables hold no numbers.
    """

    def __init__(self, sheet: Sheet, language: str) -> None:
        self._sheet = sheet
        self._story = tell(sheet, language)
        self._view = View(sheet.head.languages.index(language), language)
        self._words = Words(language)

    @property
    def story(self) -> Story:
        """The page that they are from."""
        return self._story

    @property
    def period(self) -> str:
        """The days that the page reports on."""
        return self._view.plain(self._sheet.head.period)

    def say(self, name: str) -> str:
        """One of the words of the sheets, or of the page's own."""
        return self._words.text(WORDS[name]) if name in WORDS else self._view.say(name)

    def number_format(self, quantity: Quantity) -> str:
        """How a spreadsheet writes the quantity."""
        return self._words.number_format(quantity)

    def of_the_page(self) -> Iterator[Table]:
        """The figures, tables and actions in the order of the page."""
        for section in self._story.sections:
            heading = section.heading.striptags() if section.heading else ""
            for piece in section.pieces:
                if isinstance(piece, Numbered):
                    yield self._figure(piece, heading)
                elif isinstance(piece, Grid):
                    yield self._grid(piece, self.say("table"), heading, self._view.plain(piece.caption))
                elif isinstance(piece, Actions):
                    yield self._actions(piece, heading)

    def files(self) -> Table:
        """The files that the report was made from."""
        rows = tuple((one.file, Quantity(one.rows), one.sha256) for one in self._sheet.record.inputs)
        head = (self.say("file"), self.say("rows"), self.say("fingerprint"))
        return Table(self.say("files"), self.say("files"), head, rows)

    def claims(self) -> Table:
        """Every claim of the stage, with those that the page does not show; scopes and units as in the claims file."""
        made = claims_document(self._sheet, self._view.index + 1)["claims"]
        head = tuple(self.say(name) for name in _CLAIM_HEADS)
        rows = tuple(map(self._claim, made))
        return Table(self.say("claims"), self.say("claims"), head, rows, subtitle=self.say("every_claim"))

    def _figure(self, piece: Numbered, section: str) -> Table:
        view, figure = self._view, piece.figure
        title, subtitle = view.plain(figure.title), view.plain(figure.subtitle)
        made = self._grid(figure.data, f"{self.say('figure')} {piece.number}", section, title)
        note = " ".join(filter(None, (view.plain(figure.note), made.note)))
        return replace(made, name=subtitle or title, subtitle=subtitle, note=note)

    def _grid(self, grid: Grid, kind: str, section: str, title: str) -> Table:
        head = tuple("".join(run.text for run in runs) for runs in self._view.heads(grid))
        rows = tuple(self._row(row, grid.columns) for row in grid.rows)
        total = self._row(grid.total, grid.columns) if grid.total else None
        return Table(title, title, head, rows, total, note=self._view.plain(grid.note), kind=kind, section=section)

    def _row(self, row: Sequence[Text], columns: Sequence[Column]) -> tuple[Cell, ...]:
        return tuple(self._cell(self._view.of(text), column) for text, column in zip(row, columns, strict=True))

    def _cell(self, runs: Runs, column: Column) -> Cell:
        text = "".join(run.text for run in runs)
        only = runs[0] if len(runs) == 1 else None
        if only and only.number:
            return Quantity(only.number.value, only.number.unit, only.number.currency)
        if only and only.date and self._words.text(date.fromisoformat(only.date)) == text:
            return date.fromisoformat(only.date)
        if text in {"", UNKNOWN}:
            return None
        if column.is_number:
            raise OutdatedError(text)
        return text

    def _actions(self, block: Actions, section: str) -> Table:
        names = ("what", "expected", "owner", "due", "reversal")
        rows = [[getattr(action, name) for name in names] for action in block.actions]
        words = [Column(label=[])] * len(names)
        return Table(
            self.say("actions"),
            self.say("actions"),
            tuple(self.say(name) for name in names),
            tuple(self._row(row, words) for row in rows),
            kind=self.say("table"),
            section=section,
        )

    def _claim(self, claim: dict[str, Any]) -> tuple[Cell, ...]:
        interval, compared = claim["interval"] or {}, claim["compared_to"] or {}
        return (
            claim["id"],
            claim["text"],
            self._words.text(METRICS[claim["metric"]].label) if claim["metric"] in METRICS else claim["metric"],
            ", ".join(f"{key}={value}" for key, value in claim["scope"].items()) or None,
            _day(claim["period"]["start"]),
            _day(claim["period"]["end"]),
            _value(claim["value"], claim),
            claim["currency"] or claim["unit"],
            _value(interval.get("low"), claim),
            _value(interval.get("high"), claim),
            None if "level" not in interval else Quantity(interval["level"], "share"),
            None if claim["n"] is None else Quantity(claim["n"]),
            self._words.text(fixed(compared["what"])) if compared else None,
            _value(compared.get("value"), claim | self._unit_compared(claim)),
            self._view.verdict(claim["verdict"]) if claim["verdict"] else None,
            ", ".join(one["file"] for one in claim["evidence"]) or None,
        )

    def _unit_compared(self, claim: dict[str, Any]) -> dict[str, Any]:
        """The unit of what a change is compared to, which is the value before and no change."""
        changed = METRICS.get(claim["scope"].get("parameter", "")) if claim["metric"] == CHANGE else None
        if changed is None:
            return {}
        return {"unit": changed.unit, "currency": self._sheet.head.currency if changed.unit == "money" else None}


def _value(value: float | str | None, claim: dict[str, Any]) -> Cell:
    """A claim's number in its unit; a day where that is its value."""
    if isinstance(value, str):
        return _day(value) if claim["unit"] == "date" else value
    if value is None or not math.isfinite(value):
        return None
    return Quantity(value, claim["unit"], claim["currency"])


def _day(text: str) -> Cell:
    """A day, with its time where it says one; what is none stays a text."""
    try:
        return date.fromisoformat(text) if len(text) == len("2026-10-01") else datetime.fromisoformat(text)
    except ValueError:
        return text
