"""Shares of a whole that is counted: who has how much of it, and who has more than another."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import special

from helpers.methods.distributions import share_p
from helpers.units import Estimate, Interval

PRIOR = 0.5
FEWEST_STEPS = 4


def shares(counts: Sequence[float], *, dispersion: float = 1.0, level: float = 0.9) -> list[Estimate]:
    """Return each part's share with its interval under a Dirichlet prior of one half a part (Jeffreys).

    Parameters
    ----------
    counts
        Events of each part, not negative.
    dispersion
        Variance of the counts over that of independent events; the events count for less where it is above one.
    level
        Chance that an interval holds the true share.

    Returns
    -------
    The plain share and the number of all events; nothing where there is no event at all.
    """
    seen = np.asarray(counts, dtype=float)
    whole = float(seen.sum())
    if whole <= 0:
        return []
    worth = seen / dispersion
    tail = (1 - level) / 2
    above, below = worth + PRIOR, worth.sum() - worth + PRIOR * (len(seen) - 1)
    # One part alone is the whole, for certain.
    below = np.maximum(below, 1e-9)
    lows, highs = special.betaincinv(above, below, tail), special.betaincinv(above, below, 1 - tail)
    return [
        Estimate(float(own / whole), Interval(float(min(low, own / whole)), float(high), level), round(whole))
        for own, low, high in zip(seen, lows, highs, strict=True)
    ]


def more_p(one: float, other: float, *, dispersion: float = 1.0) -> float:
    """Return the two-sided p-value of one part having as much more or less than the other by chance alone."""
    if one + other <= 0:
        return float("nan")
    return float(share_p(one / dispersion, other / dispersion, 0.5))


def dispersion(steps: np.ndarray) -> float:
    """Return by how much counts scatter more than independent events would, at least one.

    Parameters
    ----------
    steps
        Events of each part (rows) in each of equal steps of time (columns).

    Returns
    -------
    Pearson's statistic over its degrees of freedom, each part having its own level; one under 4 steps.
    """
    seen = np.asarray(steps, dtype=float)
    seen = seen[seen.sum(axis=1) > 0]
    if seen.size == 0 or seen.shape[1] < FEWEST_STEPS:
        return 1.0
    due = seen.mean(axis=1, keepdims=True)
    parts, count = seen.shape
    return max(1.0, float(((seen - due) ** 2 / due).sum()) / float(parts * (count - 1)))
