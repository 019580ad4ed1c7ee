"""Draws from a posterior density of two dozen parameters: mode, importance sampling, a short chain of all draws.

The parameters are on the scale of their prior: independent and standard normal a priori. Densities take many
parameter sets at once, shape (sets, parameters), and return one log density each.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

Density = Callable[[np.ndarray], np.ndarray]

STEP = 1e-4
CURVATURE_STEP = 0.02
LEAST_CURVATURE = 0.3
"""Of the log posterior in each direction: the prior alone has 1, so less is an accident of the numbers."""
FREEDOM = 8.0
"""Of the multivariate t that proposals come from: its tails are heavier than a posterior's."""
LONG_JUMP = 0.1


@dataclass(frozen=True)
class Peak:
    """The mode of a density, and a square root of the covariance there: mode + root @ normal is its Laplace draw."""

    mode: np.ndarray
    root: np.ndarray

    @property
    def sd(self) -> np.ndarray:
        """Standard deviation of each parameter, shape (parameters,)."""
        return np.asarray(np.sqrt((self.root**2).sum(axis=1)))


def peak(density: Density, start: np.ndarray) -> Peak:
    """Climb from a start to the mode and measure the curvature there (Laplace's approximation)."""
    from scipy.optimize import minimize  # noqa: PLC0415  costs a second, and few pages fit curves

    def fall(place: np.ndarray) -> tuple[float, np.ndarray]:
        return _value_and_gradient(density, place)

    mode = np.asarray(minimize(fall, start, jac=True, method="BFGS", options={"gtol": 1e-2}).x)
    strengths, directions = np.linalg.eigh(_curvature(density, mode))
    return Peak(mode, directions / np.sqrt(np.maximum(strengths, LEAST_CURVATURE)))


def sample(density: Density, at: Peak, draws: int, *, tries: int, moves: int, rng: np.random.Generator) -> np.ndarray:
    """Return draws from the density.

    Importance sampling around the peak first (proposals from a multivariate t, then systematic resampling); what it
    leaves uneven, differential-evolution moves of all draws even out.

    Parameters
    ----------
    density, at
        What to sample, and its peak.
    draws
        Number of draws to return.
    tries
        Number of proposals that the draws are chosen from.
    moves
        Steps of the chain.
    rng
        Source of chance.

    Returns
    -------
    Shape (draws, parameters).
    """
    normal = rng.standard_normal((tries, len(at.mode)))
    stretch = FREEDOM / rng.chisquare(FREEDOM, tries)
    proposals = at.mode + np.sqrt(stretch)[:, None] * (normal @ at.root.T)
    heights = density(proposals)
    size = (normal**2).sum(axis=1) * stretch
    weights = heights + (FREEDOM + len(at.mode)) / 2 * np.log1p(size / FREEDOM)
    chosen = _resample(np.exp(weights - weights.max()), draws, rng)
    return _evolve(density, proposals[chosen], heights[chosen], moves=moves, rng=rng)


def _value_and_gradient(density: Density, place: np.ndarray) -> tuple[float, np.ndarray]:
    steps = STEP * np.eye(len(place))
    heights = density(np.vstack([place[None], place + steps, place - steps]))
    up, down = heights[1 : len(place) + 1], heights[len(place) + 1 :]
    return -float(heights[0]), (down - up) / (2 * STEP)


def _curvature(density: Density, place: np.ndarray) -> np.ndarray:
    """Return minus the second derivatives of the log density by central differences."""
    count = len(place)
    steps = CURVATURE_STEP * np.eye(count)
    rows, columns = np.triu_indices(count, 1)
    pairs = steps[rows] + steps[columns]
    single = density(np.vstack([place[None], place + steps, place - steps]))
    double = density(np.vstack([place + pairs, place - pairs]))
    middle, up, down = single[0], single[1 : count + 1], single[count + 1 :]
    found = np.diag((up + down - 2 * middle) / CURVATURE_STEP**2)
    ahead, back = np.split(double, 2)
    alone = up[rows] + up[columns] + down[rows] + down[columns]
    found[rows, columns] = (ahead + back + 2 * middle - alone) / (2 * CURVATURE_STEP**2)
    found[columns, rows] = found[rows, columns]
    return -found


def _resample(weights: np.ndarray, count: int, rng: np.random.Generator) -> np.ndarray:
    """Return `count` places, each about as often as its weight says (systematic resampling, Kitagawa 1996)."""
    edges = np.cumsum(weights) / weights.sum()
    return np.minimum(np.searchsorted(edges, (np.arange(count) + rng.random()) / count), len(weights) - 1)


def _evolve(
    density: Density, places: np.ndarray, heights: np.ndarray, *, moves: int, rng: np.random.Generator
) -> np.ndarray:
    """Move each draw along the difference of two others (differential evolution MCMC, ter Braak 2006).

    Half of the draws move while the other half, which the differences come from, stands still.
    """
    places, heights = places.copy(), heights.copy()
    for _ in range(moves):
        for moving, still in _halves(len(places), rng):
            proposals = places[moving] + _jumps(places[still], len(moving), rng)
            found = density(proposals)
            accepted = np.log(rng.random(len(moving))) < found - heights[moving]
            places[moving[accepted]] = proposals[accepted]
            heights[moving[accepted]] = found[accepted]
    return places


def _halves(count: int, rng: np.random.Generator) -> tuple[tuple[np.ndarray, np.ndarray], ...]:
    one, other = np.array_split(rng.permutation(count), 2)
    return (one, other), (other, one)


def _jumps(still: np.ndarray, count: int, rng: np.random.Generator) -> np.ndarray:
    first = rng.integers(len(still), size=count)
    second = (first + rng.integers(1, len(still), size=count)) % len(still)
    length = np.where(rng.random(count) < LONG_JUMP, 1.0, 2.38 / np.sqrt(2 * still.shape[1]))
    jitter = 1e-4 * rng.standard_normal((count, still.shape[1]))
    return np.asarray(length[:, None] * (still[first] - still[second]) + jitter)
