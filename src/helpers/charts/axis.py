"""Round values and days for an axis."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import numpy as np
from matplotlib.ticker import MaxNLocator

from helpers.stages.parts import Measure
from helpers.units import Quantity
from helpers.wording import Pen

_DAY_LABEL, _MONTH_LABEL = 46.0, 52.0
_ZERO_FROM = 0.6


def known(values: Sequence[float]) -> list[float]:
    """The values that are numbers."""
    return [value for value in values if np.isfinite(value)]


def limits(values: Sequence[float], *, from_zero: bool = True) -> tuple[float, float]:
    """The ends of an axis: from zero, unless all values lie in the upper part of it and lines, not bars, are drawn."""
    found = known(values) or [0.0]
    low, high = min(found), max(found)
    if from_zero or (low >= 0 and low < _ZERO_FROM * high) or (high <= 0 and high > _ZERO_FROM * low):
        low, high = min(low, 0.0), max(high, 0.0)
    if low == high:
        low, high = (min(low, 0.0), max(high, 0.0)) if low else (0.0, 1.0)
    return low, high


def ticks(low: float, high: float, most: int, measure: Measure) -> list[float]:
    """Round values from at most `low` to at least `high`; counts are whole."""
    whole = measure.unit in {"count", "days"} and high - low >= most
    locator = MaxNLocator(nbins=most, steps=[1, 2, 2.5, 5, 10], integer=whole)
    return [float(f"{value:.12g}") for value in locator.tick_values(low, high)]


def tick_text(value: float, measure: Measure, pen: Pen) -> str:
    """The value as an axis shows it; nothing is nothing in every unit."""
    return pen.text(measure.of(value) if value else Quantity(0.0))


def day_ticks(first: date, last: date, room: float, pen: Pen) -> list[tuple[date, str]]:
    """Days that are written on an axis: as many as fit, at starts of weeks, months or years."""
    days = (last - first).days
    if days <= 75:
        fit = max(int(room // _DAY_LABEL), 2)
        step = next((step for step in (1, 2, 7, 14, 28) if days // step + 1 <= fit), 56)
        return [(day, pen.short_day(day)) for day in _days(first, last, step)]
    fit = max(int(room // _MONTH_LABEL), 2)
    step = next((step for step in (1, 2, 3, 6, 12, 24, 60) if days / 30.4 / step + 1 <= fit), 120)
    return [(day, pen.month(day)) for day in _months(first, last, step)]


def _days(first: date, last: date, step: int) -> Iterator[date]:
    # Steps of whole weeks begin on a Monday, so that weeks can be read off.
    day = first + timedelta(days=-first.weekday() % 7) if step >= 7 else first
    while day <= last:
        yield day
        day += timedelta(days=step)


def _months(first: date, last: date, step: int) -> Iterator[date]:
    count = first.year * 12 + first.month - 1 + (first.day > 1)
    count += -count % step
    while (day := date(count // 12, count % 12 + 1, 1)) <= last:
        yield day
        count += step
