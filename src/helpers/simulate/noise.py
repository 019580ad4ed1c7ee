"""The kinds of randomness that marketing figures show."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Counts = NDArray[np.int64]

# Clicks of a day vary more than the binomial law allows, by this factor of variance.
CLICK_DISPERSION = 1.3


def wander(rng: np.random.Generator, days: int, *, spread: float, memory: float) -> Numbers:
    """Draw a positive factor that drifts from day to day, mean about 1.

    `spread` is the standard deviation of its logarithm, `memory` the correlation of a day with the day before.
    """
    shocks = rng.normal(0.0, spread * np.sqrt(1 - memory**2), days)
    level = rng.normal(0.0, spread)
    path = np.empty(days)
    for day in range(days):
        level = memory * level + shocks[day]
        path[day] = level
    return np.exp(path - spread**2 / 2)


def dispersed_counts(
    rng: np.random.Generator, mean: NDArray[np.floating[Any]], *, dispersion: float = CLICK_DISPERSION
) -> Counts:
    """Draw counts whose variance is `dispersion` times their mean; 0 where the mean is 0."""
    shape = np.maximum(mean, 1e-9) / (dispersion - 1)
    counts: Counts = rng.negative_binomial(shape, 1 / dispersion).astype(np.int64)
    return counts


def value_of(rng: np.random.Generator, conversions: Numbers | Counts, order_value: float) -> Numbers:
    """Draw what conversions were worth, to the cent; order values are lognormal around `order_value`."""
    spread = 0.6 / np.sqrt(np.maximum(conversions, 1.0))
    factor = np.exp(rng.normal(0.0, 1.0, len(conversions)) * spread - spread**2 / 2)
    return np.round(conversions * order_value * factor, 2)
