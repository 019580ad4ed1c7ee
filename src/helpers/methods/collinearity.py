"""Whether series that may cause something move apart enough to tell their effects from each other."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

TOO_HIGH = 10.0
"""The variance inflation from which effects cannot be told apart (Marquardt 1970)."""


def variance_inflation(values: pd.DataFrame, *, cycle: float | None = None) -> pd.Series:
    """Return how much less sure an effect becomes because the other series, or the season, move with its own.

    The factor is 1 / (1 - R²) of each series regressed on all others.

    Parameters
    ----------
    values
        One row a moment in even steps, one column a series.
    cycle
        Steps in a year; its first harmonic then counts as one more series, since it moves the outcome too.

    Returns
    -------
    By column, at least 1; infinite where the others give the series exactly, NaN where it never changes.
    """
    steps = np.arange(len(values))
    season = [wave(2 * math.pi * steps / cycle) for wave in (np.sin, np.cos)] if cycle else []
    factors = {}
    for name in values:
        others = [values[other].to_numpy(float) for other in values if other != name]
        design = np.column_stack([np.ones(len(values)), *season, *others])
        factors[name] = _inflation(values[name].to_numpy(float), design)
    return pd.Series(factors, dtype=float)


def _inflation(series: np.ndarray, design: np.ndarray) -> float:
    spread = float(((series - series.mean()) ** 2).sum())
    # The mean of equal numbers may miss them by a rounding, so that nothing is not exactly nothing.
    if spread <= 1e-20 * float((series**2).sum()):
        return math.nan
    weights, *_ = np.linalg.lstsq(design, series, rcond=None)
    left = float(((series - design @ weights) ** 2).sum())
    return spread / left if left > 1e-12 * spread else math.inf
