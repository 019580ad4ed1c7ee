"""How a number is kept: its value, its unit, and the claim that backs it.

Only `wording` writes numbers; this module keeps them. Units are those of the claims contract: money, count, ratio,
share (a fraction, 0.0288), points (a difference of shares, a fraction too), days, index, parameter. Exchange rates
(rate) stand in tables only.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Unit = Literal["money", "count", "ratio", "share", "days", "points", "index", "parameter", "rate", "date", "text"]
Part = Literal["value", "compared_to", "low", "high", "n"]


@dataclass(frozen=True, order=True)
class Period:
    """A stretch of whole local days, both ends included."""

    start: date
    end: date

    @property
    def days(self) -> int:
        """Number of days, at least one."""
        return (self.end - self.start).days + 1

    def holds(self, day: date) -> bool:
        """Whether the day lies inside."""
        return self.start <= day <= self.end

    def previous(self) -> Period:
        """The same number of days just before; for whole calendar months, as many months before."""
        if self._is_whole_months():
            months = (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1
            return Period(_add_months(self.start, -months), self.start - timedelta(days=1))
        return Period(self.start - timedelta(days=self.days), self.start - timedelta(days=1))

    def following(self) -> Period:
        """The same number of days just after; for whole calendar months, as many months after."""
        start = self.end + timedelta(days=1)
        if self._is_whole_months():
            months = (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1
            return Period(start, _add_months(start, months) - timedelta(days=1))
        return Period(start, start + timedelta(days=self.days - 1))

    def year_before(self) -> Period:
        """The same calendar dates one year earlier; 29 February becomes the 28th, a month keeps its end."""
        end = _same_day(self.end, self.end.year - 1)
        if self._is_whole_months():
            end = _add_months(_same_day(self.end.replace(day=1), self.end.year - 1), 1) - timedelta(days=1)
        return Period(_same_day(self.start, self.start.year - 1), end)

    def as_json(self) -> dict[str, str]:
        """Return `{"start", "end"}` in ISO 8601."""
        return {"start": self.start.isoformat(), "end": self.end.isoformat()}

    def _is_whole_months(self) -> bool:
        return self.start.day == 1 and (self.end + timedelta(days=1)).day == 1


@dataclass(frozen=True)
class Interval:
    """Where the true value lies with the given chance.

    `low` and `high` are in the unit of the value; `level` is between 0 and 1.
    """

    low: float
    high: float
    level: float = 0.9

    def holds(self, value: float) -> bool:
        """Whether the value lies inside."""
        return self.low <= value <= self.high

    def as_json(self) -> dict[str, float]:
        """Return `{"low", "high", "level"}`."""
        return {"low": self.low, "high": self.high, "level": self.level}


@dataclass(frozen=True)
class Estimate:
    """A value with its interval and the number of observations behind it.

    `interval` is None where the data are too few for one; `n` is None where counting makes no sense.
    """

    value: float
    interval: Interval | None = None
    n: int | None = None


@dataclass(frozen=True)
class Quantity:
    """A number with its unit, and the claim it may be read back from.

    Parameters
    ----------
    value
        As computed, never rounded; NaN means unknown.
    unit
        One of the contract's units; a share is a fraction.
    currency
        ISO 4217, for money only.
    claim
        Id of the claim that backs the number; None inside drawings and their data tables.
    part
        Which number of that claim this is.
    signed
        Whether a plus sign is written; for changes.
    """

    value: float
    unit: Unit = "count"
    currency: str | None = None
    claim: str | None = None
    part: Part = "value"
    signed: bool = False

    @property
    def is_known(self) -> bool:
        """Whether there is a finite number."""
        return math.isfinite(self.value)


def _same_day(day: date, year: int) -> date:
    last = (date(year, day.month % 12 + 1, 1) - timedelta(days=1)).day if day.month < 12 else 31
    return date(year, day.month, min(day.day, last))


def _add_months(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)
