"""From the parts of a Result to blocks: every message written in every language of the page."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from typing import Any

from helpers import blocks, charts
from helpers.charts import Chart
from helpers.stages import parts
from helpers.svg.verdicts import VERDICTS
from helpers.wording import Message, Value, Words


class Scribe:
    """Writes parts as blocks.

    Parameters
    ----------
    drawn
        The client's first language: drawings are made in it, whatever was asked for.
    languages
        The languages of the page, in order.
    """

    def __init__(self, drawn: str, languages: Sequence[str]) -> None:
        self.drawn = drawn
        self.languages = tuple(languages)
        self._words = [Words(language) for language in languages]

    def text(self, value: Value | None) -> blocks.Text:
        """A value as runs in every language; no runs for None."""
        if value is None:
            return [[] for _ in self._words]
        return [[blocks.Run.model_validate(run.as_json()) for run in words.runs(value)] for words in self._words]

    def plain(self, value: Value) -> list[str]:
        """A value as plain text: in the drawn language, then in each language of the page."""
        return [words.text(value) for words in (Words(self.drawn), *self._words)]

    def prose(self, role: str, messages: Sequence[Message]) -> blocks.Prose:
        """Sentences; the role says where they stand."""
        return blocks.Prose.model_validate(
            {"role": role, "paragraphs": [self.text(message) for message in messages]}, strict=False
        )

    def cards(self, cards: Sequence[parts.Card]) -> blocks.Cards:
        """The figures of the first screen."""
        return blocks.Cards(cards=[self._card(card) for card in cards])

    def brief(self, brief: parts.Brief) -> blocks.Brief:
        """The three answers of the first screen."""
        return blocks.Brief(
            changes=[self._finding(finding) for finding in brief.changes],
            causes=[self.text(cause) for cause in brief.causes],
            actions=[self.text(action) for action in brief.actions],
        )

    def figure(self, chart: Chart, part: Any) -> blocks.Figure:
        """A drawing with its title, description and data."""
        wide, narrow, texts = charts.render(chart, part, (self.drawn, *self.languages))
        caption = part.caption
        return blocks.Figure(
            chart=_name(chart),
            title=self.text(caption.title),
            subtitle=self.text(caption.subtitle),
            description=self.text(charts.describe(chart, part)),
            wide=wide,
            narrow=narrow,
            texts=texts,
            data=self.grid(chart.data(part)),
            note=self.text(caption.note) if caption.note else None,
        )

    def grid(self, table: parts.Table) -> blocks.Grid:
        """A table for reading; a column is of numbers where no cell below its head is a text."""
        columns = [
            blocks.Column(label=self.text(label), is_number=_is_number(table, index))
            for index, label in enumerate(table.columns)
        ]
        return blocks.Grid(
            caption=self.text(table.caption),
            columns=columns,
            rows=[[self._cell(cell) for cell in row] for row in table.rows],
            total=[self._cell(cell) for cell in table.total] if table.total else None,
            note=self.text(table.note) if table.note else None,
        )

    def actions(self, actions: Sequence[parts.Action]) -> blocks.Actions:
        """What to do next."""
        return blocks.Actions(actions=[self._action(action) for action in actions])

    def gap(self, gap: parts.Gap) -> blocks.Gap:
        """What is missing, and the cheapest export that would fill it."""
        return blocks.Gap(what=self.text(gap.what), cheapest=self.text(gap.cheapest))

    def _cell(self, cell: parts.Cell) -> blocks.Text:
        return self._verdict(cell.verdict) if isinstance(cell, parts.Judgement) else self.text(cell)

    def _verdict(self, verdict: parts.Verdict) -> blocks.Text:
        word = VERDICTS[verdict].word
        return [[blocks.Run(text=words.inside(word), verdict=verdict)] for words in self._words]

    def _finding(self, finding: parts.Finding) -> blocks.Text:
        said = self.text(finding.text)
        if finding.verdict is None:
            return said
        gap = blocks.Run(text=" ")
        return [[*runs, gap, *judged] for runs, judged in zip(said, self._verdict(finding.verdict), strict=True)]

    def _card(self, card: parts.Card) -> blocks.Card:
        return blocks.Card(
            label=self.text(card.label),
            value=self.text(card.value),
            change=self.text(card.change) if card.change else None,
            verdict=card.verdict,
            target=self.text(card.target) if card.target else None,
            note=self.text(card.note) if card.note else None,
            spark=[value if math.isfinite(value) else None for value in card.spark],
        )

    def _action(self, action: parts.Action) -> blocks.Action:
        return blocks.Action(
            what=self.text(action.what),
            expected=self.text(action.expected),
            owner=self.text(action.owner),
            due=self.text(action.due),
            reversal=self.text(action.reversal),
        )


def _is_number(table: parts.Table, index: int) -> bool:
    cells = [row[index] for row in table.rows if row[index] is not None]
    return index > 0 and not any(isinstance(cell, date) or not hasattr(cell, "unit") for cell in cells)


def _name(chart: Chart) -> str:
    return next(name for name, known in charts.CHARTS.items() if known is chart)
