"""What the Results of all stages are made of; a chart or a page method takes one of these and nothing else.

Parts hold Messages, not sentences, and numbers, not written figures. A part that the data cannot fill is a `Gap`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias

from helpers.units import Quantity, Unit
from helpers.wording import Message, Name

Verdict = Literal["better", "worse", "not_shown", "not_enough_data"]
Role = Literal["actual", "previous", "plan", "forecast"]
"""Which scenario a value belongs to, as ISO 24896 has it; `charts.notation` says how each looks."""


@dataclass(frozen=True)
class Gap:
    """What cannot be answered, and the cheapest export that would answer it."""

    what: Message
    cheapest: Message


@dataclass(frozen=True)
class Caption:
    """The words over a drawing.

    `title` is the finding, written from claims; `subtitle` names measure, unit and scope without a figure;
    `note` says source or uncertainty.
    """

    title: Message
    subtitle: Message
    note: Message | None = None


@dataclass(frozen=True)
class Measure:
    """The unit that all values of a drawing share."""

    unit: Unit
    currency: str | None = None

    def of(self, value: float) -> Quantity:
        """The value as a quantity without a claim."""
        return Quantity(value, self.unit, self.currency)


@dataclass(frozen=True)
class Line:
    """One line over time; `low` and `high`, where given, have the length of `values`; NaN breaks the line."""

    label: Message | Name
    days: tuple[date, ...]
    values: tuple[float, ...]
    role: Role = "actual"
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()


@dataclass(frozen=True)
class Mark:
    """Something that happened: a stretch of days with a short label."""

    start: date
    end: date
    label: Message | Name


@dataclass(frozen=True)
class Timeline:
    """Values over time, one to four lines; drawn by `charts.timeline`."""

    caption: Caption
    measure: Measure
    lines: tuple[Line, ...]
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class Bar:
    """One value with, where known, its interval, the value it is compared to, and the verdict."""

    label: Message | Name
    value: float
    low: float | None = None
    high: float | None = None
    reference: float | None = None
    verdict: Verdict | None = None
    role: Role = "actual"


@dataclass(frozen=True)
class Bars:
    """Values side by side, largest first; drawn by `charts.bars` as horizontal bars.

    `reference` names what the reference marks stand for (plan, target, previous period), `reference_role` says which
    scenario that is.
    """

    caption: Caption
    measure: Measure
    bars: tuple[Bar, ...]
    reference: Message | None = None
    reference_role: Role = "plan"


@dataclass(frozen=True)
class Columns:
    """Values in a natural order (weekdays, months) around a base; drawn by `charts.columns` with intervals."""

    caption: Caption
    measure: Measure
    bars: tuple[Bar, ...]
    base: float = 0.0


@dataclass(frozen=True)
class Waterfall:
    """From one total to another by contributions that add up exactly; drawn by `charts.waterfall`."""

    caption: Caption
    measure: Measure
    start: Bar
    steps: tuple[Bar, ...]
    end: Bar


@dataclass(frozen=True)
class Funnel:
    """Counts from wide to narrow, one group a platform; drawn by `charts.funnel`.

    Each step's share of the step before is worked out by the chart; a step that a platform does not report is left
    out of its group.
    """

    caption: Caption
    groups: tuple[tuple[Message | Name, tuple[Bar, ...]], ...]


@dataclass(frozen=True)
class Forest:
    """Estimates with intervals against a line of no effect; drawn by `charts.forest`."""

    caption: Caption
    measure: Measure
    bars: tuple[Bar, ...]
    no_effect: float = 0.0


@dataclass(frozen=True)
class Curve:
    """What a channel brings by what is spent on it; all tuples have one length, `spend` ascending.

    `now` is the spend of today, `planned` the one that is proposed; both lie within `spend`.
    """

    label: Message | Name
    spend: tuple[float, ...]
    values: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    now: float
    planned: float


@dataclass(frozen=True)
class Curves:
    """Response curves beside each other on common scales; drawn by `charts.curves`.

    `across` is the unit of the spend, `measure` that of what it brings.
    """

    caption: Caption
    measure: Measure
    across: Measure
    curves: tuple[Curve, ...]


@dataclass(frozen=True)
class Judgement:
    """A verdict that stands for itself, as in a column of a table."""

    verdict: Verdict


Cell: TypeAlias = Quantity | Name | Message | Judgement | date | None


@dataclass(frozen=True)
class Table:
    """A table for reading; one row a thing, the first column names it. None is an empty cell."""

    caption: Message
    columns: tuple[Message, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] | None = None
    note: Message | None = None


@dataclass(frozen=True)
class Card:
    """One figure of the first screen."""

    label: Message
    value: Quantity
    change: Message | None = None
    verdict: Verdict | None = None
    target: Message | None = None
    note: Message | None = None
    spark: tuple[float, ...] = ()


@dataclass(frozen=True)
class Finding:
    """What changed, in a few words, with its verdict where it has one."""

    text: Message
    verdict: Verdict | None = None


@dataclass(frozen=True)
class Brief:
    """The three answers of the first screen; each has at least one entry."""

    changes: tuple[Finding, ...]
    causes: tuple[Message, ...]
    actions: tuple[Message, ...]


@dataclass(frozen=True)
class Action:
    """What to do next: the effect it should have, who does it, until when, and when it is undone."""

    what: Message
    expected: Message
    owner: Message | Name
    due: date
    reversal: Message


@dataclass(frozen=True)
class Caveat:
    """A warning: a code, where it holds, the sentence for the reader, and where it is not plain, what mends it."""

    code: str
    text: Message
    scope: tuple[tuple[str, str], ...] = field(default=())
    fix: Message | None = None
