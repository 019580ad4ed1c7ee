"""How far a sum over days moves by chance alone.

Days of a campaign are neither independent nor Poisson: a good day is often followed by another, and counts scatter
more than their mean says. Everything here takes daily values in order, without gaps in time (NaN where a day is not
known), and needs no dates: days seven apart share a weekday.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.linalg import block_diag

WEEK = 7
FORTNIGHT = 14
# A level that drifts over a month is no noise of its sum; anything faster is.
LEVEL_DAYS = 30
STRONGEST_CORRELATION = 0.9


@dataclass(frozen=True)
class Noise:
    """Variance of a sum over days, and the degrees of freedom that it was estimated with."""

    variance: float
    freedom: int


@dataclass(frozen=True)
class Residuals:
    """What a linear description leaves over.

    `values` are in order of time, `basis` has orthonormal columns that span what was removed, and `follows` says
    of each value but the first whether it stands one step after the value before it.
    """

    values: np.ndarray
    basis: np.ndarray
    follows: np.ndarray

    @property
    def freedom(self) -> int:
        """Number of values less the number of columns removed, at least one."""
        return max(1, len(self.values) - int(self.basis.shape[1]))

    @property
    def variance(self) -> float:
        """Variance of one value."""
        return float(self.values @ self.values) / self.freedom

    def correlation(self, *, caution: float = 0.5) -> float:
        """Correlation of neighbours, between 0 and 0.9.

        Removing a description makes what is left look less correlated than it is; that is added back, and then
        `caution` standard errors, because a correlation that is missed costs more than one that is imagined.
        """
        size = float(self.values @ self.values)
        pairs = int(self.follows.sum())
        if size <= 0 or pairs == 0:
            return 0.0
        count = len(self.values)
        products = self.values[1:] @ (self.values[:-1] * self.follows) / size
        expected = -np.sum(self.basis[1:] * self.basis[:-1] * self.follows[:, None]) / self.freedom
        found = (products - expected) * count / pairs + caution / np.sqrt(count)
        return float(np.clip(found, 0.0, STRONGEST_CORRELATION))


def residuals(values: np.ndarray, design: np.ndarray, *, follows: np.ndarray | None = None) -> Residuals:
    """Return what a least-squares fit leaves over; columns that say nothing new are ignored.

    Parameters
    ----------
    values
        In order of time, none NaN, shape (n,).
    design
        One column for each thing to remove, shape (n, k).
    follows
        Whether value i + 1 stands one step after value i, shape (n - 1,); all do if not given.
    """
    left, strengths, _ = np.linalg.svd(design, full_matrices=False)
    basis = left[:, strengths > 1e-9 * max(strengths.max(initial=0.0), 1e-300)]
    everywhere = np.ones(max(len(values) - 1, 0), dtype=bool)
    return Residuals(values - basis @ (basis.T @ values), basis, everywhere if follows is None else follows)


def sum_noise(*segments: np.ndarray) -> Noise:
    """Return the variance of the sum of all segments together, weekdays and slow level apart.

    Each segment is a stretch of consecutive days. Segments of two weeks and more have weekdays of their own; shorter
    ones share them, as if they followed each other.

    Parameters
    ----------
    segments
        Daily values, NaN where a day is not known.

    Returns
    -------
    The first-order autoregressive estimate of the long-run variance, times the number of known days.
    """
    known = [~np.isnan(segment) for segment in segments]
    values = np.concatenate([segment[mask] for segment, mask in zip(segments, known, strict=True)])
    if len(values) == 0:
        return Noise(0.0, 1)
    design = _daily_design(segments)[np.concatenate(known)]
    step = np.concatenate([np.flatnonzero(mask) + 10**6 * place for place, mask in enumerate(known)])
    left = residuals(values, design, follows=np.diff(step) == 1)
    correlation = left.correlation()
    return Noise(len(values) * left.variance * (1 + correlation) / (1 - correlation), left.freedom)


def weekly_balance(segment: np.ndarray) -> tuple[float, float]:
    """Return how many average days a stretch of days is worth, and how much less sure its level is for that.

    A month that holds five weekends is worth more than one that holds four where weekends are strong. The level is
    the mean of the seven weekday means, so the number of average days is the sum over that level.

    Returns
    -------
    Average days, and the variance of the level against that of a plain mean, at least 1. Where a weekday is never
    known or the level is not positive, both are those of the plain mean.
    """
    known = ~np.isnan(segment)
    count = int(known.sum())
    places = np.arange(len(segment))[known] % WEEK
    seen = np.bincount(places, minlength=WEEK)
    if not seen.all():
        return float(count), 1.0
    level = float(np.mean(np.bincount(places, weights=segment[known], minlength=WEEK) / seen))
    if level <= 0:
        return float(count), 1.0
    return float(segment[known].sum()) / level, max(1.0, count * float(np.mean(1 / seen)) / WEEK)


def autoregressive_variance(weights: np.ndarray, correlation: float) -> float:
    """Return the variance of a weighted sum of noise with unit variance whose neighbours correlate.

    The correlation k steps apart is `correlation ** k`.
    """
    spread = np.convolve(weights, weights[::-1])[len(weights) - 1 :]
    powers = correlation ** np.arange(len(weights))
    return float(spread[0] + 2 * spread[1:] @ powers[1:])


def slow_level(count: int, *, waves: int) -> np.ndarray:
    """Return cosines that describe a slowly moving level, shape (count, waves)."""
    middle = (np.arange(count) + 0.5) / count
    return np.cos(np.pi * np.outer(middle, np.arange(1, waves + 1)))


def _daily_design(segments: Sequence[np.ndarray]) -> np.ndarray:
    if min(len(segment) for segment in segments) >= FORTNIGHT:
        return block_diag(*[_own_design(len(segment)) for segment in segments])
    place = np.concatenate([np.full(len(segment), index) for index, segment in enumerate(segments)])
    return np.hstack([_one_hot(np.arange(len(place)) % WEEK), _one_hot(place)])


def _own_design(days: int) -> np.ndarray:
    waves = max(1, round(days / LEVEL_DAYS))
    return np.hstack([_one_hot(np.arange(days) % WEEK), slow_level(days, waves=waves)])


def _one_hot(labels: np.ndarray) -> np.ndarray:
    columns: np.ndarray = (labels[:, None] == np.unique(labels)).astype(float)
    return columns
