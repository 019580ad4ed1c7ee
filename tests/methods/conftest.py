"""Worlds with known truth for the statistics: days that scatter and hang together, with a weekday pattern."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from scipy import stats
from scipy.signal import lfilter

SHARED = Path(__file__).resolve().parents[3] / "shared"
WEEK_SHAPE = np.array([1.1, 1.1, 1.1, 1.2, 1.3, 0.6, 0.6])


class Worlds:
    """Series with known truth, and how often a method may be wrong on them."""

    @staticmethod
    def wander(rng: np.random.Generator, worlds: int, days: int, correlation: float) -> np.ndarray:
        """Rows of normal noise with variance 1, each value correlated with the one before."""
        shocks = rng.standard_normal((worlds, days + 100)) * np.sqrt(1 - correlation**2)
        return lfilter([1.0], [1.0, -correlation], shocks, axis=1)[:, 100:]

    @staticmethod
    def weekday_means(days: int, month: float) -> np.ndarray:
        """Expected events of each day, `month` of them in 30 average days."""
        return month / 30 * (WEEK_SHAPE / WEEK_SHAPE.mean())[np.arange(days) % 7]

    @classmethod
    def counts(
        cls, seed: int, means: np.ndarray, worlds: int, *, dispersion: float = 1.0, correlation: float = 0.0
    ) -> np.ndarray:
        """Negative binomial days around the means, shape (worlds, days); good and bad days follow each other."""
        rng = np.random.default_rng(seed)
        if dispersion == 1:
            return rng.poisson(np.broadcast_to(means, (worlds, len(means)))).astype(float)
        ranks = stats.norm.cdf(cls.wander(rng, worlds, len(means), correlation))
        shape = np.maximum(means / (dispersion - 1), 1e-3)
        return rng.poisson(stats.gamma.ppf(ranks, shape) * (dispersion - 1)).astype(float)

    @staticmethod
    def at_most(rate: float, trials: int) -> int:
        """The most successes that 999 of 1000 experiments with this rate show."""
        return int(stats.binom.ppf(0.999, trials, rate))

    @staticmethod
    def at_least(rate: float, trials: int) -> int:
        """The fewest successes that 999 of 1000 experiments with this rate show."""
        return int(stats.binom.ppf(0.001, trials, rate))


@pytest.fixture
def worlds() -> type[Worlds]:
    return Worlds


@pytest.fixture
def dataset() -> Callable[[str], Path]:
    """Path of a public data set with published answers; the test is skipped where it is not at hand."""

    def find(name: str) -> Path:
        path = SHARED / "datasets" / name
        if not path.exists():
            pytest.skip(f"the public data set {name} is not beside this checkout")
        return path

    return find
