"""Where a series left its level for another one."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from helpers.methods.noise import WEEK, residuals

FEWEST_POINTS = 24
MOST_SHIFTS = 5
SIMULATIONS = 499
STRONGEST_CORRELATION = 0.97
# Half a year of data is bent by a season; its second wave is only told from a shift once it is seen twice.
DAYS_FOR_WAVES = (182, 730)


@dataclass(frozen=True)
class Shift:
    """A lasting change of level.

    `date` is the first day at the new level, `share` new over old less one, `p_value` the chance that an
    unchanged series with the same correlation shows a shift as clear somewhere.
    """

    date: date
    share: float
    p_value: float


@dataclass(frozen=True)
class Stretch:
    """A shift, and the first and last day of the part of the series in which it was found."""

    shift: Shift
    start: date
    end: date


@dataclass(frozen=True)
class _Steps:
    """All places where a level may change, seen beside what is described anyway.

    `basis` spans the description, `overlap` holds each step's part inside it, `norms` the squared length of what is
    left of the step, and `places` the first points of the new level.
    """

    basis: np.ndarray
    overlap: np.ndarray
    norms: np.ndarray
    places: np.ndarray


@dataclass(frozen=True)
class _Best:
    """The clearest step of each series: place, height, clearness, and correlation of what is left."""

    places: np.ndarray
    heights: np.ndarray
    clearness: np.ndarray
    correlations: np.ndarray


def level_shift(
    dates: Sequence[date] | pd.Series, values: Sequence[float] | pd.Series, *, level: float = 0.95, seed: int = 7
) -> Shift | None:
    """Find the clearest lasting change of level, if there is one.

    A straight trend, weekdays (of daily data) and a yearly season (one wave from half a year on, two from two years
    on) are described first, so that growth and season are no shifts. The clearest step is then held against the
    clearest steps of simulated series with the same correlation and no shift.

    Parameters
    ----------
    dates, values
        One value a date, evenly spaced; values are not negative, NaN where unknown.
    level
        One less the chance of a shift being found where there is none.
    seed
        Of the simulated series.

    Returns
    -------
    The shift, or None if none is shown or fewer than 24 points are known.
    """
    index = pd.DatetimeIndex(pd.to_datetime(pd.Series(list(dates)))).normalize()
    series = pd.Series(np.asarray(values, dtype=float), index=index).dropna().sort_index()
    if len(series) < FEWEST_POINTS or series.min() < 0 or series.nunique() < 2:
        return None
    is_log = bool(series.min() > 0)
    heights = np.log(series.to_numpy()) if is_log else np.sqrt(series.to_numpy())
    described = residuals(heights, _description(pd.DatetimeIndex(series.index)))
    steps = _possible_steps(described.basis)
    found = _clearest(described.values[None, :], steps)
    p_value = _simulated_p(found, steps, seed=seed)
    if p_value > 1 - level:
        return None
    place, height = _sharpest(heights, described.basis, steps.places, float(found.correlations[0]))
    share = math.expm1(height) if is_log else _squared_share(float(heights[:place].mean()), height)
    return Shift(series.index[place].date(), share, p_value)


def level_shifts(
    dates: Sequence[date] | pd.Series, values: Sequence[float] | pd.Series, *, level: float = 0.95, seed: int = 7
) -> tuple[Stretch, ...]:
    """Find all lasting changes of level: the clearest one, then those of the parts before and after it, and so on.

    Parameters
    ----------
    dates, values, level, seed
        As in `level_shift`; `level` holds for each part that is looked at.

    Returns
    -------
    At most 5 shifts in order of time; those found first where there would be more. No two have the same part.
    """
    series = pd.Series(np.asarray(values, dtype=float), index=pd.DatetimeIndex(pd.to_datetime(pd.Series(list(dates)))))
    waiting = [series.dropna().sort_index()]
    found: list[Stretch] = []
    while waiting and len(found) < MOST_SHIFTS:
        part = waiting.pop(0)
        shift = level_shift(list(part.index), list(part), level=level, seed=seed)
        if shift is not None:
            found.append(Stretch(shift, part.index[0].date(), part.index[-1].date()))
            is_later = part.index >= pd.Timestamp(shift.date)
            waiting += [part[~is_later], part[is_later]]
    return tuple(sorted(found, key=lambda stretch: stretch.shift.date))


def _description(index: pd.DatetimeIndex) -> np.ndarray:
    days = (index - index[0]) / pd.Timedelta(days=1)
    elapsed = days.to_numpy(dtype=float)
    columns = [np.ones(len(elapsed)), elapsed / elapsed[-1]]
    if np.median(np.diff(elapsed)) == 1 and len(elapsed) >= 4 * WEEK:
        columns += [(index.day_of_week == day).astype(float) for day in range(1, WEEK)]
    waves = sum(elapsed[-1] >= span for span in DAYS_FOR_WAVES)
    angle = 2 * np.pi * elapsed / 365.25
    columns += [wave(times * angle) for times in range(1, waves + 1) for wave in (np.sin, np.cos)]
    return np.column_stack(columns)


def _possible_steps(basis: np.ndarray) -> _Steps:
    count = len(basis)
    margin = max(5, math.ceil(0.05 * count))
    places = np.arange(margin, count - margin + 1)
    overlap = np.cumsum(basis[::-1], axis=0)[::-1][places]
    return _Steps(basis, overlap, count - places - (overlap**2).sum(axis=1), places)


def _clearest(left: np.ndarray, steps: _Steps) -> _Best:
    """Return the clearest step of each row of residuals."""
    above = np.cumsum(left[:, ::-1], axis=1)[:, ::-1][:, steps.places]
    chosen = np.argmax(above**2 / steps.norms, axis=1)
    rows = np.arange(len(left))
    heights = above[rows, chosen] / steps.norms[chosen]
    after = _without_step(left, steps, chosen, heights)
    freedom = max(left.shape[1] - steps.basis.shape[1] - 2, 1)
    size = np.maximum((after**2).sum(axis=1), 1e-300)
    expected = -np.sum(steps.basis[1:] * steps.basis[:-1]) / freedom
    correlations = (after[:, 1:] * after[:, :-1]).sum(axis=1) / size - expected + 0.5 / math.sqrt(left.shape[1])
    correlations = np.clip(correlations, 0.0, STRONGEST_CORRELATION)
    noise = size / freedom * (1 + correlations) / (1 - correlations)
    return _Best(steps.places[chosen], heights, heights**2 * steps.norms[chosen] / noise, correlations)


def _without_step(left: np.ndarray, steps: _Steps, chosen: np.ndarray, heights: np.ndarray) -> np.ndarray:
    stairs = (np.arange(left.shape[1]) >= steps.places[chosen][:, None]).astype(float)
    result: np.ndarray = left - heights[:, None] * (stairs - steps.overlap[chosen] @ steps.basis.T)
    return result


def _sharpest(heights: np.ndarray, basis: np.ndarray, places: np.ndarray, correlation: float) -> tuple[int, float]:
    """Return place and height of the step that fits best once neighbours are told apart (Cochrane & Orcutt 1949).

    Correlated noise blurs where a level changed; the differences of neighbours do not.
    """
    stairs = (np.arange(len(heights))[:, None] >= places).astype(float)
    series, described, rises = (part[1:] - correlation * part[:-1] for part in (heights[:, None], basis, stairs))
    known, _ = np.linalg.qr(described)
    series -= known @ (known.T @ series)
    rises -= known @ (known.T @ rises)
    size = np.maximum((rises**2).sum(axis=0), 1e-12)
    seen = rises.T @ series[:, 0]
    best = int(np.argmax(seen**2 / size))
    return int(places[best]), float(seen[best] / size[best])


def _simulated_p(found: _Best, steps: _Steps, *, seed: int) -> float:
    correlation, count = float(found.correlations[0]), len(steps.basis)
    series = np.random.default_rng(seed).standard_normal((count, SIMULATIONS))
    series[0] /= math.sqrt(1 - correlation**2)
    for place in range(1, count):
        series[place] += correlation * series[place - 1]
    series = series.T - (series.T @ steps.basis) @ steps.basis.T
    exceeding = int((_clearest(series, steps).clearness >= found.clearness[0]).sum())
    return (1 + exceeding) / (SIMULATIONS + 1)


def _squared_share(before: float, height: float) -> float:
    """Return the relative change of the square of a level; infinite from nothing."""
    return (before + height) ** 2 / before**2 - 1 if before > 0 else math.inf
