"""Search interest: how high it stands, where its level changed, and how its months differ."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pandas as pd

from helpers.kpis import within
from helpers.methods import season, shift
from helpers.units import Period

CENSORED = 0.5
"""What `less than one` counts as: the middle of what it can be."""

SHOWN = 4
"""Terms in one drawing."""

Scope = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Term:
    """A search term in one place, with all its history up to the end of the period.

    Parameters
    ----------
    scope
        The term, and the place where the term is known of several.
    rows
        The table `trends` in order of time, `interest` with a middle value where the file only says less than one.
    inside, before
        Its rows of the period, and of the same period of the year before.
    shifts
        Lasting changes of level, in order of time.
    season
        None where the history is too short.
    """

    scope: Scope
    rows: pd.DataFrame
    inside: pd.DataFrame
    before: pd.DataFrame
    shifts: tuple[shift.Stretch, ...] = ()
    season: season.Season | None = field(default=None)

    @property
    def name(self) -> str:
        """The term itself."""
        return dict(self.scope)["term"]

    @property
    def span(self) -> Period:
        """The days that the history covers."""
        return Period(self.rows["period_start"].min().date(), self.rows["period_end"].max().date())

    @property
    def file(self) -> str:
        """The export that tells of the term; one alone, as every export has a scale of its own."""
        return str(self.rows["file"].iloc[0])

    @property
    def mean(self) -> float:
        """Mean interest over the period; NaN where no row lies in it."""
        return float(self.inside["interest"].mean())

    def latest(self, since: date) -> shift.Stretch | None:
        """The last change of level, if it came since a day."""
        recent = [stretch for stretch in self.shifts if stretch.shift.date >= since]
        return recent[-1] if recent else None

    def level_before(self, stretch: shift.Stretch) -> float:
        """Mean interest in the part of the history before a shift."""
        days = self.rows["period_start"]
        is_before = days.between(pd.Timestamp(stretch.start), pd.Timestamp(stretch.shift.date), inclusive="left")
        return float(self.rows.loc[is_before, "interest"].mean())


def terms(trends: pd.DataFrame, period: Period) -> tuple[Term, ...]:
    """Every term of the exports, highest interest first within a file; files in order of their names."""
    end = pd.Timestamp(period.end)
    is_over_time = trends["period_grain"].ne("range")  # a map by region has one row a place for all the time
    known = trends[is_over_time & trends["interest"].notna() & (trends["period_end"] <= end)]
    known = known.sort_values("period_start")
    is_low = known["censored"].fillna(value=False).astype(bool)
    known = known.assign(interest=known["interest"].where(~is_low, CENSORED))
    places = known.groupby("term", observed=True)["geo"].nunique()
    found = []
    for (term, geo), rows in known.groupby(["term", "geo"], observed=True, dropna=False):
        scope: Scope = (("term", str(term)),)
        if places[str(term)] > 1 and isinstance(geo, str):
            scope += (("region", str(geo)),)
        found.append(_term(scope, rows, period))
    return tuple(sorted(found, key=lambda term: (term.file, -_height(term), term.scope)))


def _height(term: Term) -> float:
    return float(term.rows["interest"].mean())


def _term(scope: Scope, rows: pd.DataFrame, period: Period) -> Term:
    days, values = rows["period_start"], rows["interest"]
    shifts = shift.level_shifts(days, values)
    shape = season.season(days, values, shifts=[stretch.shift.date for stretch in shifts])
    return Term(scope, rows, within(rows, period), within(rows, period.year_before()), shifts, shape)


def main_term(found: Iterable[Term], brands: Iterable[str]) -> Term | None:
    """The term that stands for the demand: the one searched most that names neither the client nor a competitor.

    Heights are compared within one export only: of several, that with the longest history comes first.
    """
    ordered = sorted(found, key=lambda term: (-term.span.days, term.file, -_height(term)))
    generic = [term for term in ordered if not any(names(term.name, brand) for brand in brands)]
    return next(iter([*generic, *ordered]), None)


def names(term: str, brand: str) -> bool:
    """Whether a search term holds the name of a brand."""
    return brand.casefold() in term.casefold()


def beside(main: Term, found: Iterable[Term]) -> list[Term]:
    """The terms that may stand in one drawing with the main one: those of its export."""
    return [main, *(term for term in found if term.file == main.file and term is not main)][:SHOWN]


def high_months(shape: season.Season) -> list[str]:
    """The months whose index lies above the mean month with its whole interval, highest first."""
    high = [name for name, one in shape.index.items() if one.interval and one.interval.low > 1]
    return sorted(high, key=lambda name: -shape.index[name].value)


def p_values(found: Iterable[Term], since: date) -> tuple[np.ndarray, np.ndarray]:
    """For each term: of its latest shift since a day and of its season; NaN where there is none."""
    shifts = [stretch.shift.p_value if (stretch := term.latest(since)) else np.nan for term in found]
    shapes = [term.season.p_value if term.season else np.nan for term in found]
    return np.array(shifts, dtype=float), np.array(shapes, dtype=float)
