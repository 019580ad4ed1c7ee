"""Values with an interval that is honest under over-dispersion and correlation from day to day."""

from __future__ import annotations

import math
from typing import Literal

import numpy as np

from helpers.methods.distributions import normal_level, rate_bounds, reach, share_bounds
from helpers.methods.noise import FORTNIGHT, sum_noise
from helpers.units import Estimate, Interval

Counted = bool | Literal["numerator", "denominator"]


def total(daily: np.ndarray, *, level: float = 0.9, counts: bool = True) -> Estimate:
    """Sum daily values and bound the total that was to be expected of these days.

    Parameters
    ----------
    daily
        One value a day in order, without gaps in time; NaN where a day is not known.
    level
        Chance that the interval holds the expected total.
    counts
        Whether events are counted; then the interval is never shorter than the Poisson one.

    Returns
    -------
    The sum, with the number of known days; NaN if no day is known. The interval is None under 14 known days, and
    for a sum of money of nothing.
    """
    days = np.asarray(daily, dtype=float)
    known = int((~np.isnan(days)).sum())
    value = float(np.nansum(days)) if known else math.nan
    if known < FORTNIGHT or (value == 0 and not counts):
        return Estimate(value, None, known)
    noise = sum_noise(days)
    variance = max(noise.variance, value) if counts else noise.variance
    if value < 0 or variance <= 0:
        return Estimate(value, _around(value, variance, noise.freedom, level), known)
    dispersion = variance / value if value > 0 else 1.0
    low, high = rate_bounds(value / dispersion, normal_level(level, noise.freedom))
    return Estimate(value, Interval(low * dispersion, high * dispersion, level), known)


def ratio(numerator: np.ndarray, denominator: np.ndarray, *, level: float = 0.9, counts: Counted = False) -> Estimate:
    """Divide sum by sum over days and bound the ratio.

    Parameters
    ----------
    numerator, denominator
        One value a day in order, without gaps in time; a day counts where both are known.
    level
        Chance that the interval holds the true ratio.
    counts
        What is counted in events, and so is at least as uncertain as independent events: True for both (clicks
        of impressions), "numerator" (orders per euro), "denominator" (euros per order), False for neither.

    Returns
    -------
    The ratio of sums, with the number of days behind it; NaN where the denominator sums to zero. The interval is
    None under 14 days.
    """
    if counts == "denominator":
        return _inverse(ratio(denominator, numerator, level=level, counts="numerator"), numerator, denominator)
    above, below = paired(numerator, denominator)
    days = int((~np.isnan(above)).sum())
    over, under = float(np.nansum(above)), float(np.nansum(below))
    if under == 0:
        return Estimate(math.nan, None, days)
    value = over / under
    if days < FORTNIGHT or (over == 0 and not counts):
        return Estimate(value, None, days)
    noise = sum_noise(above - value * below)
    variance = max(noise.variance, binomial_variance(over, value, counts=counts))
    return Estimate(value, _ratio_interval(over, under, variance, noise.freedom, level=level, counts=counts), days)


def mean(values: np.ndarray, *, level: float = 0.9) -> Estimate:
    """Average independent values, with Student's interval.

    NaN values are left out; the value is NaN if none is left, and the interval None under two.
    """
    known = np.asarray(values, dtype=float)
    known = known[~np.isnan(known)]
    count = len(known)
    if count < 2:
        return Estimate(float(known[0]) if count else math.nan, None, count)
    value = float(known.mean())
    return Estimate(value, _around(value, float(known.var(ddof=1)) / count, count - 1, level), count)


def linearised(numerator: np.ndarray, denominator: np.ndarray) -> np.ndarray:
    """Return one value a unit whose mean is the ratio of sums, and whose scatter is that of the ratio (Woodruff 1971).

    What compares or bounds means can so be asked about a ratio. Values may be negative; a unit of which either part is
    not known is NaN, and all are where the denominators do not add up to more than zero.
    """
    above, below = paired(numerator, denominator)
    total = float(np.nansum(below))
    if total <= 0:
        return np.full(len(above), math.nan)
    value = float(np.nansum(above)) / total
    return np.asarray(value + (above - value * below) / (total / np.count_nonzero(~np.isnan(below))))


def proportion(successes: float, trials: float, *, level: float = 0.9) -> Estimate:
    """Return the share of independent trials that succeeded, with Wilson's interval (Wilson 1927).

    NaN without an interval if nothing was tried.
    """
    if trials <= 0:
        return Estimate(math.nan, None, 0)
    value = successes / trials
    z = reach(level)
    shrink = 1 + z * z / trials
    middle = (value + z * z / (2 * trials)) / shrink
    half = z / shrink * math.sqrt(value * (1 - value) / trials + z * z / (4 * trials * trials))
    return Estimate(value, Interval(max(0.0, middle - half), min(1.0, middle + half), level), round(trials))


def paired(numerator: np.ndarray, denominator: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return both as floats, NaN on the days where either is not known."""
    above, below = np.asarray(numerator, dtype=float), np.asarray(denominator, dtype=float)
    unknown = np.isnan(above) | np.isnan(below)
    return np.where(unknown, np.nan, above), np.where(unknown, np.nan, below)


def binomial_variance(events: float, value: float, *, counts: Counted) -> float:
    """Return the least variance that a counted numerator can have: binomial below one of each, else Poisson."""
    if not counts:
        return 0.0
    return events * (1 - value) if counts is True and value < 1 else events


def _ratio_interval(
    over: float, under: float, variance: float, freedom: float, *, level: float, counts: Counted
) -> Interval:
    value = over / under
    if value < 0 or variance <= 0:
        return _around(value, variance / under**2, freedom, level)
    share = value if counts is True and value < 1 else 0.0
    dispersion = variance / (over * (1 - share)) if over > 0 else 1.0
    wide = normal_level(level, freedom)
    if share > 0 or (counts is True and over == 0):
        low, high = share_bounds(over / dispersion, (under - over) / dispersion, wide)
        return Interval(low, high, level)
    low, high = rate_bounds(over / dispersion, wide)
    return Interval(low * dispersion / under, high * dispersion / under, level)


def _inverse(turned: Estimate, numerator: np.ndarray, denominator: np.ndarray) -> Estimate:
    above, below = paired(numerator, denominator)
    value = float(np.nansum(above) / np.nansum(below)) if np.nansum(below) else math.nan
    if turned.interval is None or math.isnan(value) or turned.interval.low <= 0:
        return Estimate(value, None, turned.n)
    return Estimate(value, Interval(1 / turned.interval.high, 1 / turned.interval.low, turned.interval.level), turned.n)


def _around(value: float, variance: float, freedom: float, level: float) -> Interval:
    half = reach(level, freedom) * math.sqrt(max(variance, 0.0))
    return Interval(value - half, value + half, level)
