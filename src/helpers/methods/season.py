"""How the months of a year differ, once trend and lasting changes of level are taken out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from helpers.methods.distributions import reach
from helpers.units import Estimate, Interval

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
YEAR = len(MONTHS)
TWO_YEARS = timedelta(days=2 * 364)
SIMULATIONS = 999
STRONGEST_CORRELATION = 0.9
HUBER = 1.345
ROUNDS = 10


@dataclass(frozen=True)
class Season:
    """The year's shape.

    `index` has the keys jan … dec: what a month brings against the mean month, 1.2 is a fifth more; the twelve have
    the mean one. `p_value` is the chance that a series with the same correlation and no season shows as clear a one.
    """

    index: dict[str, Estimate]
    p_value: float


@dataclass(frozen=True)
class _Months:
    """Means of the months in order of time: years since the first, month of the year (0 to 11), value, description."""

    time: np.ndarray
    month: np.ndarray
    values: np.ndarray
    plain: np.ndarray


def season(
    dates: Sequence[date] | pd.Series,
    values: Sequence[float] | pd.Series,
    *,
    shifts: Sequence[date] = (),
    level: float = 0.9,
    seed: int = 7,
) -> Season | None:
    """Describe the season of a series by month.

    The logarithms of the months' means are described by a straight trend, a step at each shift and twelve months;
    months that fit badly count less (Huber 1964), so that one odd summer makes no season.

    Parameters
    ----------
    dates, values
        One value a date (the first day that it covers), daily, weekly or monthly; not negative, NaN where unknown.
    shifts
        First days at a new level.
    level
        Chance that an interval holds the true index.
    seed
        Of the simulated series.

    Returns
    -------
    None where the history has less than two full years, a month of the year that was not seen twice, or a middle
    value of nothing.
    """
    series = pd.Series(np.asarray(values, dtype=float), index=pd.DatetimeIndex(pd.to_datetime(pd.Series(list(dates)))))
    series = series.dropna().sort_index()
    if not _has_two_years(series) or series.median() <= 0:
        return None
    months = _months(series, shifts)
    if np.bincount(months.month, minlength=YEAR).min() < 2:
        return None
    design = np.column_stack([months.plain, _contrasts()[months.month]])
    freedom = len(months.values) - design.shape[1]
    if freedom < 1:
        return None
    return Season(_index(design, months.values, freedom, level), _p_value(months, design, seed))


def _has_two_years(series: pd.Series) -> bool:
    """Whether the days that the values cover make two years; the last value covers as much as the others."""
    if len(series) < 2 * YEAR:
        return False
    step = np.median(np.diff(series.index.to_numpy()) / np.timedelta64(1, "D"))
    return bool(series.index[-1] - series.index[0] + timedelta(days=float(step)) >= TWO_YEARS)


def _months(series: pd.Series, shifts: Sequence[date]) -> _Months:
    """Cut the series by month and by level, so that no mean mixes two levels."""
    index = pd.DatetimeIndex(series.index)
    steps = sorted(pd.Timestamp(day) for day in shifts)
    levels = np.searchsorted(np.array(steps, dtype="datetime64[ns]"), index.to_numpy(), side="right")
    number = index.year.to_numpy() * YEAR + index.month.to_numpy() - 1
    means = series.groupby([number, levels]).mean()
    spans = means.index.get_level_values(0).to_numpy()
    segments = means.index.get_level_values(1).to_numpy()
    offset = 0.0 if means.min() > 0 else 0.5
    plain = np.column_stack(
        [np.ones(len(means)), (spans - spans[0]) / YEAR, *(segments >= step + 1 for step in range(len(steps)))]
    )
    # A level that no month lies at has no step of its own.
    plain = plain[:, plain.any(axis=0)].astype(float)
    return _Months((spans - spans[0]) / YEAR, spans % YEAR, np.log(means.to_numpy() + offset), plain)


def _contrasts() -> np.ndarray:
    """Twelve months as eleven columns that sum to nothing over the year."""
    return np.vstack([np.eye(YEAR - 1), -np.ones(YEAR - 1)])


def _index(design: np.ndarray, values: np.ndarray, freedom: int, level: float) -> dict[str, Estimate]:
    weights = np.ones(len(values))
    for _ in range(ROUNDS):
        left = values - design @ (_inverse(design, weights) @ (values * np.sqrt(weights)))
        scale = max(1.4826 * float(np.median(np.abs(left))), 1e-9)
        weights = np.minimum(1.0, HUBER * scale / np.maximum(np.abs(left), 1e-12))
    inverse = _inverse(design, weights)
    effects = inverse @ (values * np.sqrt(weights))
    variance = float((weights * (values - design @ effects) ** 2).sum()) / freedom
    to_months = np.zeros((YEAR, design.shape[1]))
    to_months[:, -(YEAR - 1) :] = _contrasts()
    heights = to_months @ effects
    errors = np.sqrt(variance * np.diag(to_months @ (inverse @ inverse.T) @ to_months.T))
    usual, half = float(np.exp(heights).mean()), reach(level, freedom)
    return {
        name: Estimate(
            math.exp(height) / usual,
            Interval(math.exp(height - half * error) / usual, math.exp(height + half * error) / usual, level),
            len(values),
        )
        for name, height, error in zip(MONTHS, heights, errors, strict=True)
    }


def _inverse(design: np.ndarray, weights: np.ndarray) -> np.ndarray:
    found: np.ndarray = np.linalg.pinv(design * np.sqrt(weights)[:, None])
    return found


def _p_value(months: _Months, design: np.ndarray, seed: int) -> float:
    """Hold the season's clearness against that of simulated months with the same correlation and no season."""
    left = months.values - design @ (np.linalg.pinv(design) @ months.values)
    size = max(float(left @ left), 1e-300)
    # Taking out a description of so many columns makes neighbours look less alike than they are.
    seen = float(left[1:] @ left[:-1]) / size + design.shape[1] / len(left) / 2
    correlation = float(np.clip(seen + 0.5 / math.sqrt(len(left)), 0.0, STRONGEST_CORRELATION))
    noise = np.random.default_rng(seed).standard_normal((len(left), SIMULATIONS))
    noise[0] /= math.sqrt(1 - correlation**2)
    for place in range(1, len(left)):
        noise[place] += correlation * noise[place - 1]
    found = _clearness(months.plain, design, months.values[:, None])[0]
    return float((1 + (_clearness(months.plain, design, noise) >= found).sum()) / (SIMULATIONS + 1))


def _clearness(plain: np.ndarray, design: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Return, for each column, how much of what trend and levels leave the months take away."""
    without, within = (((values - d @ (np.linalg.pinv(d) @ values)) ** 2).sum(axis=0) for d in (plain, design))
    ratio: np.ndarray = without / np.maximum(within, 1e-300)
    return ratio
