"""A media plan out of a split: lines, a daily curve in the shape of the client's own week, objectives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from helpers.methods.trend import WEEKDAYS, weekday_index
from helpers.plans import Line, Plan, shares
from helpers.stages.sales import Sales, by_day
from helpers.stages.scorecard import Scope
from helpers.stages.strategy.media import weeks_ahead
from helpers.stages.strategy.weekly import WEEK
from helpers.units import Period

WHOLE_UNITS_FROM = 1000
"""From this total on budgets are planned in whole units of money; below, to the cent."""


@dataclass(frozen=True)
class Place:
    """Where a line's money goes: its channel, its platform, and what it is meant to do."""

    scope: Scope
    platform: str
    persona: str | None = None

    @property
    def name(self) -> str:
        """Name of the channel, or of the platform where that is the channel."""
        return self.scope[-1][1]


def flight_after(period: Period) -> Period:
    """The next flight: as many whole months as the period has, at most a year; else the month after its end."""
    following = period.following()
    if following.start.day == 1 and period.start.day == 1 and following.days <= 366:
        return following
    month = period.end.replace(day=1)
    return Period(month, (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)).following()


def flight_name(flight: Period) -> str:
    """The flight's name: its month, or its first and last month."""
    first, last = f"{flight.start:%Y-%m}", f"{flight.end:%Y-%m}"
    return first if first == last else f"{first}..{last}"


def budgets(weekly: np.ndarray, days: int) -> list[float]:
    """What each channel gets in so many days: whole units, the last channel taking what rounding leaves."""
    exact = weekly * days / WEEK
    total = float(exact.sum())
    places = 0 if total >= WHOLE_UNITS_FROM else 2
    found = [round(float(amount), places) for amount in exact]
    found[-1] = round(found[-1] + round(total, places) - sum(found), places)
    return found


def propose(
    flight: Period, currency: str, places: Sequence[Place], amounts: Sequence[float], curve: dict[date, float] | None
) -> Plan:
    """Make a proposed plan with one line a channel; channels without money get none.

    Parameters
    ----------
    amounts
        Budget of each place, in the currency.
    curve
        Share of each day, of all lines alike; None spreads the money evenly.
    """
    lines = [
        Line.model_validate(
            {
                "line": place.name,
                "platform": place.platform,
                "channel": place.name if place.scope[0][0] == "channel" else None,
                "objective": "sales",
                "persona": place.persona,
                "start": flight.start,
                "end": flight.end,
                "budget": float(amount),
                "curve": curve or "even",
            }
        )
        for place, amount in zip(places, amounts, strict=True)
        if amount > 0
    ]
    return Plan(
        flight=flight_name(flight),
        status="proposed",
        start=flight.start,
        end=flight.end,
        currency=currency,
        lines=tuple(lines),
    )


def daily_curve(flight: Period, sold: Sales | None, end: date) -> dict[date, float] | None:
    """Each day's share of a flight in the shape of the client's own week: days that sell more get more.

    None where the sales are not known by day, or hold too few of a weekday to know its level.
    """
    days = (
        by_day(sold.frame[sold.frame["period_end"] <= pd.Timestamp(end)], "revenue") if sold else pd.Series(dtype=float)
    )
    index = weekday_index([day.date() for day in pd.DatetimeIndex(days.index)], days) if len(days) else {}
    if len(index) < WEEK or any(estimate.interval is None for estimate in index.values()):
        return None
    dates = [flight.start + timedelta(days=at) for at in range(flight.days)]
    return shares({day: index[WEEKDAYS[day.weekday()]].value for day in dates})


def spend_ahead(plan: Plan, places: Sequence[Place], current: np.ndarray, history: Period) -> np.ndarray:
    """Weekly spend from the end of the history to that of the flight, shape (weeks, channels).

    Before the flight what is spent now goes on; in it the plan's days count, and after it their mean.
    """
    flight = plan.period
    planned = {line.line: line.by_day() for line in plan.lines}
    mean = {line.line: line.budget / flight.days for line in plan.lines}
    first = history.end + timedelta(days=1)
    table = np.zeros((weeks_ahead(history, flight), len(places)))
    for at in range(len(table) * WEEK):
        day = first + timedelta(days=at)
        for column, place in enumerate(places):
            if day < flight.start:
                spent = current[column] / WEEK
            elif day > flight.end:
                spent = mean.get(place.name, 0.0)
            else:
                spent = planned.get(place.name, {}).get(day, 0.0)
            table[at // WEEK, column] += spent
    return table


def by_calendar_week(plan: Plan) -> list[tuple[Period, dict[str, float]]]:
    """The money of each line in each calendar week of the flight, to the cent; weeks begin on Monday."""
    found: dict[date, dict[str, float]] = {}
    for line in plan.lines:
        for day, amount in line.by_day().items():
            monday = day - timedelta(days=day.weekday())
            week = found.setdefault(monday, {})
            week[line.line] = round(week.get(line.line, 0.0) + amount, 2)
    clipped = [
        Period(max(monday, plan.start), min(monday + timedelta(days=WEEK - 1), plan.end)) for monday in sorted(found)
    ]
    return [(week, found[monday]) for week, monday in zip(clipped, sorted(found), strict=True)]
