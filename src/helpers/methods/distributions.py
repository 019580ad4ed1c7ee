"""Quantiles and p-values, and exact intervals and tests for effective numbers of events.

A sum whose relative variance is v carries as much information as 1/v independent events. Used in place of a count,
that number makes the exact Poisson and binomial formulas honest under over-dispersion; it need not be whole, and for
a plain Poisson count it is the count itself.
"""

from __future__ import annotations

import math

import numpy as np
from scipy import special

# A standard error that is known and not estimated: the normal distribution is Student's with so much freedom.
KNOWN_SCALE = math.inf


def reach(level: float, freedom: float = KNOWN_SCALE) -> float:
    """Return how many standard errors an interval reaches to either side: Student's quantile, or the normal one."""
    tail = (1 - level) / 2
    return float(-special.ndtri(tail) if math.isinf(freedom) else -special.stdtrit(freedom, tail))


def two_sided_p(errors: float, freedom: float = KNOWN_SCALE) -> float:
    """Return the chance of being so many standard errors off, to either side."""
    return 2 * lower_p(-abs(errors), freedom)


def lower_p(errors: float, freedom: float = KNOWN_SCALE) -> float:
    """Return the chance of being so many standard errors above, or less."""
    return float(special.ndtr(errors) if math.isinf(freedom) else special.stdtr(freedom, errors))


def normal_level(level: float, freedom: float) -> float:
    """Return the level at which a normal interval is as wide as a Student interval at the given level."""
    return 1 - two_sided_p(reach(level, freedom))


def student_p(p_value: float, freedom: float) -> float:
    """Return the p-value once the scale is known only through that many degrees of freedom."""
    return two_sided_p(float(special.ndtri(p_value / 2)), freedom)


def rate_bounds(events: float, level: float) -> tuple[float, float]:
    """Bound the expected number behind a number of events (Garwood 1936)."""
    tail = (1 - level) / 2
    low = special.gammaincinv(events, tail) if events > 0 else 0.0
    return float(low), float(special.gammainccinv(events + 1, tail))


def share_bounds(successes: float, failures: float, level: float) -> tuple[float, float]:
    """Bound the chance behind successes and failures (Clopper & Pearson 1934)."""
    tail = (1 - level) / 2
    low = special.betaincinv(successes, failures + 1, tail) if successes > 0 else 0.0
    high = special.betainccinv(successes + 1, failures, tail) if failures > 0 else 1.0
    return float(low), float(high)


def share_p(successes: float, failures: float, chance: float) -> float:
    """Return the two-sided exact p-value of successes against failures where each event succeeds by `chance`."""
    at_least = special.betainc(successes, failures + 1, chance) if successes > 0 else 1.0
    at_most = special.betaincc(successes + 1, failures, chance) if failures > 0 else 1.0
    return float(np.clip(2 * min(at_least, at_most), 0.0, 1.0))
