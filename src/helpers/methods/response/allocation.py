"""Split a weekly budget over channels so that media bring the most, within bounds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from helpers.methods.response.curves import saturation, slope
from helpers.methods.response.fitting import Response

Bound = Literal["low", "high"]

MOST_DRAWS = 300
STARTS = 4
LOSS_QUANTILE = 0.1
TOLERANCE = 1e-4
CAUTION = 0.25
"""Standard deviations of the uplift that count against a split: of two splits that promise the same, the surer one."""


@dataclass(frozen=True)
class Allocation:
    """A split of the weekly budget, and what it is expected to bring against today's split.

    `spend` (channels,) is per week and adds up to the total. `uplift` (draws,) is the share by which settled weekly
    sales from media rise against today's split of the same total: 0.05 is 5 % more. `probability` is the chance that
    it is above zero, `loss` its 10 % quantile (below zero: what a bad case costs), `bound` says for each channel
    which of its limits binds.
    """

    spend: np.ndarray
    uplift: np.ndarray
    probability: float
    loss: float
    bound: tuple[Bound | None, ...]


@dataclass(frozen=True)
class Gain:
    """Settled response of some draws against that of today's split."""

    ceiling: np.ndarray
    half: np.ndarray
    shape: np.ndarray
    today: np.ndarray

    def of(self, spend: np.ndarray) -> np.ndarray:
        """Return the response to a split, as a multiple of today's, shape (draws,)."""
        return np.asarray((self.ceiling * saturation(spend, self.half, self.shape)).sum(axis=1) / self.today)

    def worth(self, spend: np.ndarray) -> float:
        """Return the mean less the price of its uncertainty."""
        times = self.of(spend)
        return float(times.mean() - CAUTION * np.sqrt(times.var() + TOLERANCE**2))

    def gradient(self, spend: np.ndarray) -> np.ndarray:
        """Return the derivatives of `worth`, shape (channels,)."""
        times = self.of(spend)
        steep = self.ceiling * slope(spend, self.half, self.shape) / self.today[:, None]
        scatter = (times - times.mean()) @ steep / len(times)
        return np.asarray(steep.mean(axis=0) - CAUTION * scatter / np.sqrt(times.var() + TOLERANCE**2))


def allocate(
    response: Response,
    current: np.ndarray,
    *,
    total: float,
    low: np.ndarray,
    high: np.ndarray,
    seed: int = 7,
) -> Allocation:
    """Return the split of a constant weekly budget that raises the settled response of media the most.

    What is raised is the expected uplift less a quarter of its standard deviation, so that nothing moves on a mere
    guess. Sequential quadratic programming (Kraft 1988) over at most 300 posterior draws, from several starts.

    Parameters
    ----------
    response
        The fitted curves.
    current
        Weekly spend of each channel today, shape (channels,); where its sum is not `total`, the uplift is against
        the same split scaled to `total`, whether or not that respects the bounds.
    total
        Weekly budget.
    low, high
        Limits of each channel's weekly spend, shape (channels,).
    seed
        Of the draws used and the random starts.

    Raises
    ------
    ValueError
        If no split within the limits adds up to the total, or the total or today's spend is not above zero.
    """
    low, high, current = (np.asarray(values, dtype=float) for values in (low, high, current))
    slack = TOLERANCE * total
    if (low > high).any() or low.sum() > total + slack or high.sum() < total - slack:
        raise ValueError("no split within the limits adds up to the total")
    if total <= 0 or current.sum() <= 0:
        raise ValueError("the total and today's spend must be above zero")
    today = current * total / current.sum()
    rng = np.random.default_rng([seed, 2])
    target = gain(response, today, rng)
    starts = [today, low + (high - low) * (total - low.sum()) / max((high - low).sum(), 1e-300)]
    starts += [low + (high - low) * rng.random(len(low)) for _ in range(STARTS - len(starts))]
    ends = [_climb(target, within(start, total, low, high), total, low, high) for start in starts]
    spend = max(ends, key=target.worth)
    uplift = response.steady(spend).sum(axis=1) / response.steady(today).sum(axis=1) - 1
    return Allocation(
        spend=spend,
        uplift=uplift,
        probability=float((uplift > 0).mean()),
        loss=float(np.quantile(uplift, LOSS_QUANTILE)),
        bound=tuple(_binding(*channel, slack) for channel in zip(spend, low, high, strict=True)),
    )


def within(spend: np.ndarray, total: float, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Return the split nearest to `spend` that respects the limits and adds up to the total (by bisection)."""
    under, over = float((low - spend).min()), float((high - spend).max())
    for _ in range(60):
        shift = (under + over) / 2
        under, over = (shift, over) if np.clip(spend + shift, low, high).sum() < total else (under, shift)
    return np.asarray(np.clip(spend + over, low, high))


def gain(response: Response, today: np.ndarray, rng: np.random.Generator) -> Gain:
    """Return the gain over today's split, by at most 300 draws."""
    ceiling, half, shape = response.ceiling, response.half, response.given.shape
    chosen = rng.permutation(len(ceiling))[:MOST_DRAWS]
    now = response.steady(today).sum(axis=1)
    return Gain(ceiling[chosen], half[chosen], shape[chosen], now[chosen])


def _climb(target: Gain, start: np.ndarray, total: float, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Return the best split near a start; channels whose limits are equal stand still."""
    from scipy.optimize import LinearConstraint, minimize  # noqa: PLC0415  costs a second, and few pages plan

    free = high - low > TOLERANCE * total
    if free.sum() < 2:
        return start
    budget = float(start[free].sum() / total)

    def whole(shares: np.ndarray) -> np.ndarray:
        spend = start.copy()
        spend[free] = shares * total
        return spend

    def fall(shares: np.ndarray) -> tuple[float, np.ndarray]:
        spend = whole(shares)
        return -target.worth(spend), -target.gradient(spend)[free] * total

    found = minimize(
        fall,
        start[free] / total,
        jac=True,
        bounds=list(zip(low[free] / total, high[free] / total, strict=True)),
        constraints=LinearConstraint(np.ones(int(free.sum())), budget, budget),
        method="SLSQP",
        options={"maxiter": 100, "ftol": 1e-8},
    )
    return within(whole(found.x), total, low, high)


def _binding(spend: float, low: float, high: float, slack: float) -> Bound | None:
    if spend <= low + slack:
        return "low"
    return "high" if spend >= high - slack else None
