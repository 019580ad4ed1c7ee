"""How fast a series grows, how its weekdays differ, where its level changed, and which of its days are missing."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from helpers.methods.distributions import reach
from helpers.methods.noise import WEEK, autoregressive_variance, residuals
from helpers.methods.shift import Shift, level_shift
from helpers.units import Estimate, Interval

__all__ = ["WEEKDAYS", "Shift", "level_shift", "missing_days", "trend", "weekday_index"]

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAYS_A_YEAR = 365.25
FEWEST_WEEKS = 8
RESAMPLES = 2000
FEWEST_WEEKS_FOR_WEEKDAYS = 4


@dataclass(frozen=True)
class _Steps:
    """A series on an even grid: a value a step (NaN where unknown), and the length of a step in years."""

    values: np.ndarray
    years: float

    @property
    def year(self) -> int:
        """Number of steps that make a year."""
        return round(1 / self.years)


def trend(dates: Sequence[date] | pd.Series, values: Sequence[float] | pd.Series, *, level: float = 0.9) -> Estimate:
    """Return the growth of a series as a share per year: 0.12 is 12 % more each year.

    Daily values are added up to weeks first, a missing day being worth its weekday's average. From 13 months on the
    same calendar weeks are compared a year apart, so that the season cancels; before that the slope of a log-linear
    line is all there is, and a season, if the series has one, is part of it.

    Parameters
    ----------
    dates, values
        One value a date, daily, weekly or monthly; values are not negative, NaN where unknown.
    level
        Chance that the interval holds the true growth.

    Returns
    -------
    Growth with interval, and the number of weeks (or months) it rests on. NaN under 8 weeks, and where most weeks
    are empty.
    """
    steps = _even_steps(_series(dates, values))
    known = int((~np.isnan(steps.values)).sum())
    if known * steps.years < FEWEST_WEEKS * WEEK / DAYS_A_YEAR - 1e-9 or np.nanmedian(steps.values) <= 0:
        return Estimate(math.nan, None, known)
    growth, variance, freedom = _year_on_year(steps) if _has_two_years(steps) else _slope(steps)
    if not math.isfinite(growth):
        return Estimate(math.nan, None, known)
    half = reach(level, freedom) * math.sqrt(variance)
    return Estimate(math.expm1(growth), Interval(math.expm1(growth - half), math.expm1(growth + half), level), known)


def weekday_index(
    dates: Sequence[date] | pd.Series, values: Sequence[float] | pd.Series, *, level: float = 0.9, seed: int = 7
) -> dict[str, Estimate]:
    """Return what each weekday brings against the average trading day.

    Parameters
    ----------
    dates, values
        One value a trading day; days without trade are left out by the caller, NaN values here.
    level
        Chance that an interval holds the true index.
    seed
        Of the resampling of weeks in blocks, from which the intervals come.

    Returns
    -------
    Keys mon … sun, weekdays without a trading day omitted: mean of the weekday's trading days over the mean of all,
    with the number of its days. Intervals are None where the weekday was seen in fewer than 4 weeks.
    """
    series = _series(dates, values).dropna()
    if series.empty or series.mean() <= 0:
        return {}
    sums, counts = _by_week(series)
    index = (sums.sum(axis=0) / np.maximum(counts.sum(axis=0), 1)) / (sums.sum() / counts.sum())
    spread = _resampled_spread(sums, counts, seed=seed)
    weeks = len(sums)
    errors = reach(level, max(weeks - 1, 1))
    found = {}
    for place in np.flatnonzero(counts.sum(axis=0)):
        value, days = float(index[place]), int(counts[:, place].sum())
        half = errors * float(spread[place])
        interval = Interval(max(0.0, value - half), value + half, level) if days >= FEWEST_WEEKS_FOR_WEEKDAYS else None
        found[WEEKDAYS[place]] = Estimate(value, interval, days)
    return found


def missing_days(days: Sequence[date] | pd.Series, start: date, end: date) -> list[date]:
    """Return the days without a row in daily data, between its first and its last.

    Parameters
    ----------
    days
        The days that have rows, in any order.
    start, end
        Days outside are not looked at; both ends are included.

    Returns
    -------
    In order of time, without the weekdays that never have a row (a shop closed on Sundays misses none). Empty where
    the data are not daily: weekly, monthly, or sparse by nature (every second day or less at the median).
    """
    seen = pd.DatetimeIndex(pd.to_datetime(pd.Series(list(days)).dropna().unique())).normalize().unique().sort_values()
    if len(seen) < 2 or np.median(np.diff(seen.to_numpy()) / np.timedelta64(1, "D")) > 1:
        return []
    everywhere = pd.date_range(max(seen[0], pd.Timestamp(start)), min(seen[-1], pd.Timestamp(end)), freq="D")
    usual = everywhere[everywhere.day_of_week.isin(seen.day_of_week.unique())]
    return [day.date() for day in usual.difference(seen)]


def _series(dates: Sequence[date] | pd.Series, values: Sequence[float] | pd.Series) -> pd.Series:
    index = pd.DatetimeIndex(pd.to_datetime(pd.Series(list(dates)))).normalize()
    return pd.Series(np.asarray(values, dtype=float), index=index).sort_index()


def _even_steps(series: pd.Series) -> _Steps:
    series = series.groupby(level=0, observed=True).sum(min_count=1)
    if len(series) < 2:
        return _Steps(series.to_numpy(), WEEK / DAYS_A_YEAR)
    spacing = float(np.median(np.diff(series.index.to_numpy()) / np.timedelta64(1, "D")))
    if spacing < WEEK - 1:
        return _Steps(_weekly(series, is_daily=spacing <= 1), WEEK / DAYS_A_YEAR)
    if 27 < spacing < 32:
        months = pd.DatetimeIndex(series.index).to_period("M")
        return _Steps(_on_grid(series, months.year * 12 + months.month), 1 / 12)
    elapsed = (series.index - series.index[0]) / pd.Timedelta(days=spacing)
    return _Steps(_on_grid(series, np.round(elapsed).astype(int)), spacing / DAYS_A_YEAR)


def _weekly(series: pd.Series, *, is_daily: bool) -> np.ndarray:
    """Return sums of the whole weeks that end with the last day; NaN where under half a week is known."""
    daily = series.asfreq("D")
    daily = daily.iloc[len(daily) % WEEK :]
    days = (daily if is_daily else daily.fillna(0.0)).to_numpy().reshape(-1, WEEK)
    known = ~np.isnan(days)
    usual = np.where(known, days, 0.0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    weight = usual if usual.sum() > 0 else known.any(axis=0).astype(float)
    covered = (known * weight).sum(axis=1) / max(weight.sum(), 1e-300)
    return np.where(covered >= 0.5, np.nansum(days, axis=1) / np.maximum(covered, 0.5), np.nan)


def _on_grid(series: pd.Series, places: np.ndarray | pd.Index) -> np.ndarray:
    steps = np.asarray(places) - np.asarray(places)[0]
    values = np.full(steps[-1] + 1, np.nan)
    values[steps] = series.to_numpy()
    return values


def _has_two_years(steps: _Steps) -> bool:
    later, earlier = _a_year_apart(steps)
    return len(later) >= max(1, round(steps.year / 13)) and bool(earlier.sum() > 0)


def _a_year_apart(steps: _Steps) -> tuple[np.ndarray, np.ndarray]:
    later, earlier = steps.values[steps.year :], steps.values[: -steps.year]
    both = ~(np.isnan(later) | np.isnan(earlier))
    return later[both], earlier[both]


def _year_on_year(steps: _Steps) -> tuple[float, float, int]:
    """Return log growth a year, its variance and degrees of freedom, from the sums of the weeks seen twice."""
    later, earlier = _a_year_apart(steps)
    if later.sum() <= 0:
        return math.nan, math.nan, 1
    span = steps.year * steps.years
    growth = math.log(later.sum() / earlier.sum()) / span
    left = residuals(later / later.sum() - earlier / earlier.sum(), np.ones((len(later), 1)))
    correlation = left.correlation()
    variance = len(later) * left.variance * (1 + correlation) / (1 - correlation)
    return growth, variance / span**2, left.freedom


def _slope(steps: _Steps) -> tuple[float, float, int]:
    """Return log growth a year, its variance and degrees of freedom, from a line with multiplicative noise."""
    known = np.flatnonzero(~np.isnan(steps.values))
    values = steps.values[known] / steps.values[known].mean()
    time = (known - known.mean()) * steps.years
    design = np.column_stack([np.ones(len(time)), time])
    solver = np.linalg.pinv(design)
    line = np.zeros(2)
    for _ in range(50):
        line += solver @ (values / np.exp(design @ line) - 1)
    left = residuals(values / np.exp(design @ line) - 1, design, follows=np.diff(known) == 1)
    weights = np.zeros(len(steps.values))
    weights[known] = solver[1]
    return float(line[1]), left.variance * autoregressive_variance(weights, left.correlation()), left.freedom


def _by_week(series: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """Return sums and numbers of trading days, shape (weeks, 7), Monday first."""
    days = series.index.to_numpy().astype("datetime64[D]").astype(int)
    # The epoch was a Thursday.
    weeks, places = np.divmod(days + 3, WEEK)
    cells = (weeks - weeks.min()) * WEEK + places
    size = (int(weeks.max() - weeks.min()) + 1) * WEEK
    sums = np.bincount(cells, weights=series.to_numpy(), minlength=size)
    return sums.reshape(-1, WEEK), np.bincount(cells, minlength=size).reshape(-1, WEEK)


def _resampled_spread(sums: np.ndarray, counts: np.ndarray, *, seed: int) -> np.ndarray:
    """Return the standard error of each weekday's index, from circular blocks of weeks (Politis & Romano 1992)."""
    weeks = len(sums)
    block = max(1, round(weeks ** (1 / 3)))
    starts = np.random.default_rng(seed).integers(weeks, size=(RESAMPLES, -(-weeks // block)))
    drawn = ((starts[:, :, None] + np.arange(block)) % weeks).reshape(RESAMPLES, -1)[:, :weeks]
    cells = drawn + weeks * np.arange(RESAMPLES)[:, None]
    times = np.bincount(cells.ravel(), minlength=RESAMPLES * weeks).reshape(RESAMPLES, weeks).astype(float)
    money, days = times @ sums, times @ counts
    ordinary = money.sum(axis=1, keepdims=True) / np.maximum(days.sum(axis=1, keepdims=True), 1)
    index = np.where(days > 0, money / np.maximum(days, 1) / np.where(ordinary > 0, ordinary, np.nan), np.nan)
    seen = counts.any(axis=0)
    spread = np.zeros(WEEK)
    spread[seen] = np.nanstd(index[:, seen], axis=0) * math.sqrt(weeks / max(weeks - block, 1))
    return spread
