"""Intervals from drawing the observations again: for means of few, skewed values.

Interactions of posts are skewed: a few posts bring most of them. Student's interval is then too short on the side
where the truth is; drawing the posts again, and measuring each draw in its own standard error, puts that right.
"""

from __future__ import annotations

import math

import numpy as np

from helpers.units import Estimate, Interval

RESAMPLES = 1999
FEWEST = 5
# Fewer are drawn than there are: the skewness of a mean of few values is larger than that of these few shows.
DRAWN = 2 / 3
# A draw that holds hardly anything but one value has next to no standard error of its own.
LEAST_SPREAD = 0.1


def mean(values: np.ndarray, *, level: float = 0.9, seed: int = 7) -> Estimate:
    """Average independent values, with the bootstrap-t interval (Efron & Tibshirani 1993, section 12.5).

    Each draw holds two thirds of the number of values (Bickel, Götze & van Zwet 1997).

    Parameters
    ----------
    values
        One value a unit (a post), in any order; NaN is left out.
    level
        Chance that the interval holds the true mean.
    seed
        Of the draws.

    Returns
    -------
    The plain mean with the number of values; NaN if there is none. The interval is None under 5 values, and where
    all are equal. Of values that are never negative it does not go below zero.
    """
    known = np.asarray(values, dtype=float)
    known = np.sort(known[~np.isnan(known)])
    count = len(known)
    value = float(known.mean()) if count else math.nan
    spread = float(known.std(ddof=1)) if count > 1 else 0.0
    if count < FEWEST or spread == 0:
        return Estimate(value, None, count)
    size = math.ceil(DRAWN * count)
    drawn = known[np.random.default_rng(seed).integers(count, size=(RESAMPLES, size))]
    errors = np.maximum(drawn.std(axis=1, ddof=1), LEAST_SPREAD * spread) / math.sqrt(size)
    low, high = np.quantile((drawn.mean(axis=1) - value) / errors, [(1 - level) / 2, (1 + level) / 2])
    error = spread / math.sqrt(count)
    least = 0.0 if known[0] >= 0 else -math.inf
    return Estimate(value, Interval(max(least, value - float(high) * error), value - float(low) * error, level), count)
