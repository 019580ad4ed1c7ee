"""What a metric is: formula, unit, additivity, direction, names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from helpers.units import Unit
from helpers.wording import Message

Additivity = Literal["sum", "ratio", "dedup", "none"]
Direction = Literal["up", "down", "band", "none"]
Counted = Literal["numerator", "denominator"] | bool

MONEY = {"spend", "conversion_value", "revenue"}
"""Columns of money; all others of the formulas count events."""


@dataclass(frozen=True)
class Metric:
    """One metric.

    Parameters
    ----------
    id
        As claims and goals name it.
    unit
        What the number is; a share is a fraction.
    additivity
        `sum` adds over rows; `ratio` is a ratio of sums; `dedup` counts distinct things and is never added; `none`
        comes from an analysis.
    direction
        Which way is good: up, down, near the plan (band), or neither.
    label
        Name for cards, tables and axes.
    subject
        Name with its article, to begin a sentence with.
    numerator, denominator
        Columns of the canonical table; no denominator for a sum.
    scale
        Factor of the ratio: 1000 for a price per thousand.
    meaning
        One sentence for the glossary.
    signed
        Whether values are changes, written with their sign.
    is_plain
        Whether the name says it all, so that a glossary leaves it out.
    """

    id: str
    unit: Unit
    additivity: Additivity
    direction: Direction
    label: Message
    subject: Message
    meaning: Message
    numerator: str = ""
    denominator: str = ""
    scale: float = 1.0
    signed: bool = False
    is_plain: bool = False

    @property
    def formula(self) -> str:
        """Numerator and denominator as columns; empty for the metrics of an analysis."""
        over = f" / {self.denominator}" if self.denominator else ""
        times = f" * {self.scale:g}" if self.scale != 1 else ""
        return f"{self.numerator}{over}{times}"

    @property
    def counted(self) -> Counted:
        """Which parts of the formula are counts of events, and so at least as uncertain as independent events."""
        above, below = self.numerator not in MONEY, self.denominator not in MONEY
        if not self.denominator or above == below:
            return above
        return "numerator" if above else "denominator"


def summed(id_: str, unit: Unit, direction: Direction, label: Message, subject: Message, meaning: Message) -> Metric:
    """A metric that adds over rows, from the column of its name."""
    return Metric(id_, unit, "sum", direction, label, subject, meaning, numerator=id_)


def found(
    id_: str,
    unit: Unit,
    label: Message,
    meaning: Message,
    direction: Direction = "none",
    *,
    signed: bool = False,
    is_plain: bool = False,
) -> Metric:
    """A metric that comes out of an analysis."""
    return Metric(id_, unit, "none", direction, label, label, meaning, signed=signed, is_plain=is_plain)
