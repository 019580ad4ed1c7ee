"""Days on which something broke, told from days that were merely bad."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from scipy import special

from helpers.methods.distributions import lower_p, reach
from helpers.methods.noise import WEEK, autoregressive_variance, residuals
from helpers.units import Estimate, Interval

OUTAGE_P = 1e-4
# Of one outage being found in a whole series that has none; as many runs may start as there are days.
OUTAGE_FALSE_ALARM = 0.005
OUTAGE_SHARE = 0.05
NEIGHBOURHOOD = 14
# Days on either side whose scatter a run is judged by: long enough to estimate it, short enough to be like the run.
SURROUNDINGS = 56
LEAST_EXPOSURE = 0.2
# As many events as it takes before a weekday is believed to differ by half.
FEW_EVENTS = 5.0
SPIKE_DEVIATIONS = 5.0
LONGEST_SPIKE = 4
LEVEL_WINDOW = 29
FLANK = 3
FEWEST_DAYS = 21
DECAY_P = 0.005
FEWEST_DECAY_DAYS = 14
FEWEST_DECAY_EVENTS = 30
# Exposure comes in any unit; the fall is told by its shape, as if each person had seen the item so often by the end.
EXPOSURES_AT_END = 6.0
NEWTON_STEPS = 25
# Median absolute deviation of a normal variable, in standard deviations.
NORMAL_MAD = 0.6745


@dataclass(frozen=True)
class Span:
    """A run of days, both ends included, on which a series left what was to be expected.

    `observed` and `expected` are sums over the run for counts and means over the run for rates; `p_value` is the
    chance of such a run on these days where nothing happened.
    """

    start: date
    end: date
    observed: float
    expected: float
    p_value: float


@dataclass(frozen=True)
class Decay:
    """A rate that falls as exposure adds up, beyond what happens to its peers.

    `ratio` is the rate at the end over the rate at the start, the peers' change taken out: 0.6 is a fall of 40 %.
    """

    ratio: Estimate
    p_value: float


def outage(
    events_daily: np.ndarray,
    exposure_daily: np.ndarray,
    dates: Sequence[date] | pd.Series,
    *,
    since: date | None = None,
) -> list[Span]:
    """Find runs of two days and more without events although exposure went on: counting broke, not demand.

    Parameters
    ----------
    events_daily
        Counted events, such as conversions, one value a day in order without gaps; NaN where unknown.
    exposure_daily
        What brings the events about, such as clicks, on the same days.
    dates
        The days.
    since
        Only runs that end on this day or later are looked for; the days before are what they are judged by.

    Returns
    -------
    Runs with under 5 % of the expected events whose chance is below 1 in 10,000 (less over many days) under a
    negative binomial count with the level and dispersion of the weeks around. Takes about 12 expected events, more
    where they come in clumps. Days that have not had time to bring events look like an outage: leave them out.
    """
    events, exposure = np.asarray(events_daily, dtype=float), np.asarray(exposure_daily, dtype=float)
    known = ~(np.isnan(events) | np.isnan(exposure))
    events, exposure = np.where(known, events, 0.0), np.where(known, exposure, 0.0)
    if len(events) < FEWEST_DAYS or events.sum() == 0:
        return []
    days = pd.DatetimeIndex(pd.to_datetime(pd.Series(list(dates))))
    weighted = exposure * _weekday_factor(events, exposure, days.day_of_week.to_numpy())
    usual = np.median(exposure[exposure > 0])
    expected = _expected(events, weighted, apart=~known)
    is_silent = known & (events <= OUTAGE_SHARE * expected) & (exposure >= LEAST_EXPOSURE * usual)
    first = int((days < pd.Timestamp(since)).sum()) if since else 0
    threshold = min(OUTAGE_P, OUTAGE_FALSE_ALARM / max(len(events) - first, 1))
    found = []
    for start, stop in _runs(is_silent):
        if stop - start >= 2 and stop > first:
            seen, due, p_value = _judged(events, weighted, start, stop)
            if p_value < threshold:
                found.append(Span(days[start].date(), days[stop - 1].date(), seen, due, p_value))
    return found


def _judged(events: np.ndarray, weighted: np.ndarray, start: int, stop: int) -> tuple[float, float, float]:
    """Return what a run saw, what the weeks around it let expect, and the chance of so little."""
    near = slice(max(0, start - SURROUNDINGS), stop + SURROUNDINGS)
    apart = np.zeros(len(events), dtype=bool)
    apart[start:stop] = True  # a run must not lower what it is measured by
    expected = _expected(events[near], weighted[near], apart=apart[near])
    dispersion = _dispersion(events[near], expected, apart=apart[near])
    seen, due = float(events[start:stop].sum()), float(expected[apart[near]].sum())
    return seen, due, _low_count_p(seen, due, dispersion)


def spike(
    values_daily: np.ndarray,
    dates: Sequence[date] | pd.Series,
    *,
    weights: np.ndarray | None = None,
    factor: float = 1.6,
) -> list[Span]:
    """Find short jumps of a positive rate, such as the cost of a click, above its own slowly moving level.

    Parameters
    ----------
    values_daily
        One value a day in order; NaN, zero or left out where there was none.
    dates
        The days.
    weights
        What each day's rate rests on, such as clicks; a day with fewer than usual has to deviate more.
    factor
        How many times its level a day must reach for the jump to matter.

    Returns
    -------
    Runs of at most 4 days that stand out both from the level and from the days around them, on the scale on which
    runs of that length ordinarily do, which makes it safe where one day is like the next. A change that lasts is no
    spike; one that began less than 5 days before the end cannot be told from one.
    """
    values = np.asarray(values_daily, dtype=float)
    known = np.flatnonzero(values > 0)
    if len(known) < FEWEST_DAYS:
        return []
    days = pd.DatetimeIndex(pd.to_datetime(pd.Series(list(dates))))
    logs = np.log(values[known])
    above = logs - _slow_level(logs, days.day_of_week.to_numpy()[known])
    trust = _trust(weights, known)
    found = []
    for start, stop in _high_runs(above, math.log(factor)):
        if stop - start > LONGEST_SPIKE or not _returns(logs, start, stop, threshold=math.log(factor) / 2):
            continue
        z = _standing_out(above, start, stop) * float(trust[start:stop].min())
        if z < SPIKE_DEVIATIONS:
            continue
        seen, level = np.exp(logs[start:stop]), np.exp(logs[start:stop] - above[start:stop])
        first, last = days[known[start]].date(), days[known[stop - 1]].date()
        found.append(Span(first, last, float(seen.mean()), float(level.mean()), lower_p(-z)))
    return found


def decay(
    rate_numerator: np.ndarray,
    rate_denominator: np.ndarray,
    exposure_cumulative: np.ndarray,
    *,
    peers_numerator: np.ndarray,
    peers_denominator: np.ndarray,
    level: float = 0.9,
) -> Decay | None:
    """Find out whether a rate falls as exposure adds up, while that of its peers does not.

    Each day's events are shared out between the item and its peers as their denominators would have it; a logistic
    line in log(1 + exposure) says how that share moves (a power law, steepest at the start). What befalls all on
    a day cancels.

    Parameters
    ----------
    rate_numerator, rate_denominator
        Of the item, such as its clicks and impressions, one value a day in order; NaN where unknown.
    exposure_cumulative
        How much of the item its audience had seen by that day: cumulative frequency or impressions, in any unit.
    peers_numerator, peers_denominator
        The same for all its peers together, on the same days.
    level
        Chance that the interval of the ratio holds the true one.

    Returns
    -------
    None if no fall is shown, over-dispersion and correlation of the days allowed for, and for fewer than 14 common
    days or 30 events of the item.
    """
    item, opportunity = np.asarray(rate_numerator, dtype=float), np.asarray(rate_denominator, dtype=float)
    others, others_opportunity = np.asarray(peers_numerator, dtype=float), np.asarray(peers_denominator, dtype=float)
    exposure = np.asarray(exposure_cumulative, dtype=float)
    usable = (opportunity > 0) & (others_opportunity > 0) & (item + others > 0) & (exposure >= 0)
    events = np.column_stack([item, others])[usable]
    if len(events) < FEWEST_DECAY_DAYS or np.ptp(exposure[usable]) == 0:
        return None
    if events[:, 0].sum() < FEWEST_DECAY_EVENTS or events[:, 1].sum() == 0:
        return None
    seen = np.log1p(EXPOSURES_AT_END * exposure[usable] / exposure[usable].max())
    offset = np.log(opportunity[usable] / others_opportunity[usable])
    slope, variance, freedom = _share_line(events, offset, seen, follows=np.diff(np.flatnonzero(usable)) == 1)
    p_value = lower_p(slope / math.sqrt(variance), freedom) if variance > 0 else 1.0
    if not p_value < DECAY_P:
        return None
    way = float(seen[-1] - seen[0])
    half = reach(level, freedom) * math.sqrt(variance) * abs(way)
    interval = Interval(math.exp(slope * way - half), math.exp(slope * way + half), level)
    return Decay(Estimate(math.exp(slope * way), interval, int(usable.sum())), p_value)


def _weekday_factor(events: np.ndarray, exposure: np.ndarray, weekdays: np.ndarray) -> np.ndarray:
    """Return each day's weekday rate over the common rate, drawn towards 1 where a weekday has few events."""
    seen = np.bincount(weekdays, weights=events, minlength=WEEK)
    due = np.bincount(weekdays, weights=exposure, minlength=WEEK) * events.sum() / exposure.sum()
    factor: np.ndarray = ((seen + FEW_EVENTS) / (due + FEW_EVENTS))[weekdays]
    return factor


def _expected(events: np.ndarray, weighted: np.ndarray, *, apart: np.ndarray) -> np.ndarray:
    """Return each day's expected events from the rate of the days around it, the days set apart not counted."""
    window = np.ones(2 * NEIGHBOURHOOD + 1)
    around = np.convolve(np.where(apart, 0.0, events), window)[NEIGHBOURHOOD:-NEIGHBOURHOOD]
    below = np.convolve(np.where(apart, 0.0, weighted), window)[NEIGHBOURHOOD:-NEIGHBOURHOOD]
    expected: np.ndarray = weighted * around / np.where(below > 0, below, np.inf)
    return expected


def _dispersion(events: np.ndarray, expected: np.ndarray, *, apart: np.ndarray) -> float:
    """Return variance over mean of sums over days, at least 1, the days set apart not counted."""
    used = (expected > 0) & ~apart
    if used.sum() < WEEK:
        return 1.0
    scatter = (events[used] - expected[used]) / np.sqrt(expected[used])
    left = residuals(scatter, np.ones((len(scatter), 1)), follows=np.diff(np.flatnonzero(used)) == 1)
    correlation = left.correlation()
    return max(1.0, left.variance * (1 + correlation) / (1 - correlation))


def _low_count_p(seen: float, due: float, dispersion: float) -> float:
    """Return the chance of so few events where `due` were expected."""
    if due <= 0:
        return 1.0
    if dispersion < 1 + 1e-6:
        return float(special.pdtr(math.ceil(seen), due))
    return float(special.betainc(due / (dispersion - 1), math.ceil(seen) + 1, 1 / dispersion))


def _slow_level(logs: np.ndarray, weekdays: np.ndarray) -> np.ndarray:
    """Return the level of each day: the median of two weeks before and after, and its weekday's usual deviation."""
    level = pd.Series(logs).rolling(LEVEL_WINDOW, center=True, min_periods=1).median().to_numpy(copy=True)
    for weekday in range(WEEK):
        same = weekdays == weekday
        if same.sum() >= 4:
            level[same] += np.median(logs[same] - level[same])
    return level


def _trust(weights: np.ndarray | None, known: np.ndarray) -> np.ndarray:
    """Return what a day's deviation is worth: less than 1 where it rests on less than usual."""
    if weights is None:
        return np.ones(len(known))
    resting = np.nan_to_num(np.asarray(weights, dtype=float)[known])
    usual = float(np.median(resting))
    return np.sqrt(np.minimum(1.0, resting / usual)) if usual > 0 else np.ones(len(known))


def _high_runs(above: np.ndarray, threshold: float) -> Iterator[tuple[int, int]]:
    """Yield runs that reach the threshold on some day, with the half-affected days beside them."""
    for start, stop in _runs(above >= threshold / 2):
        if (above[start:stop] >= threshold).any():
            yield start, stop


def _standing_out(above: np.ndarray, start: int, stop: int) -> float:
    """Return by how many ordinary deviations a run stands out from what the days beside it lead one to expect.

    How much those days say, and how far runs of that length ordinarily deviate, is read off the whole series: where
    one day is like the next a small jump stands out, where days are independent it does not.
    """
    length = stop - start
    before = np.concatenate([[np.nan], above])[: len(above) - length + 1]
    after = np.concatenate([above, [np.nan]])[length:]
    inside = np.convolve(above, np.ones(length) / length, mode="valid")
    beside = np.nanmean(np.vstack([before, after]), axis=0)
    likeness = float(np.clip(inside @ beside / max(beside @ beside, 1e-300), 0.0, 1.0))
    surprise = inside - likeness * beside
    ordinary = np.abs(surprise - np.median(surprise))
    scale = max(np.median(ordinary) / NORMAL_MAD, np.quantile(ordinary, 0.9) / reach(0.9))
    return float(surprise[start] / scale) if scale > 0 else math.inf


def _returns(logs: np.ndarray, start: int, stop: int, *, threshold: float) -> bool:
    """Return whether the run lies above the days before it and above those after it, where there are any."""
    inside = logs[start:stop].mean()
    sides = [logs[max(0, start - FLANK) : start], logs[stop : stop + FLANK]]
    return all(inside - np.median(side) >= threshold for side in sides if len(side))


def _share_line(
    events: np.ndarray, offset: np.ndarray, seen: np.ndarray, *, follows: np.ndarray
) -> tuple[float, float, int]:
    """Return slope, its variance and degrees of freedom of a quasi-binomial line on the logistic scale."""
    total = events.sum(axis=1)
    design = np.column_stack([np.ones(len(seen)), seen - seen.mean()])
    share = events[:, 0].sum() / total.sum()
    line = np.array([math.log(share / (1 - share)) - np.average(offset, weights=total), 0.0])
    for _ in range(NEWTON_STEPS):
        scatter, root = _binomial_scatter(events[:, 0], total, offset + design @ line)
        line += np.linalg.pinv(root[:, None] * design) @ scatter
    scatter, root = _binomial_scatter(events[:, 0], total, offset + design @ line)
    left = residuals(scatter, root[:, None] * design, follows=follows)
    pulls = np.linalg.pinv(root[:, None] * design)[1]
    variance = max(1.0, left.variance) * autoregressive_variance(pulls, left.correlation())
    return float(line[1]), variance, left.freedom


def _binomial_scatter(seen: np.ndarray, total: np.ndarray, log_odds: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return standardised deviations from a binomial count, and its standard deviation."""
    chance = 1 / (1 + np.exp(-np.clip(log_odds, -30.0, 30.0)))
    root = np.sqrt(np.maximum(total * chance * (1 - chance), 1e-9))
    return (seen - total * chance) / root, root


def _runs(marks: np.ndarray) -> Iterator[tuple[int, int]]:
    """Yield start and stop of each run of marked days."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], marks, [False]]).astype(int)))
    yield from zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
