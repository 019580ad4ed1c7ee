"""What a purchase of a customer is worth, and what customers will bring: Gamma-Gamma, and draws of the future.

Gamma-Gamma: Fader, Hardie & Lee, "RFM and CLV" (Journal of Marketing Research 2005), as in their note of 2013. A
customer's purchases are Gamma(p, rate), the rate of customers is Gamma(q, v).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from scipy import special

from helpers.methods.lifetime import Fitted, Histories, alive, fit_model
from helpers.units import Estimate, Interval

DRAWS = 400


def fit_gamma_gamma(known: Histories) -> Fitted:
    """Fit Gamma-Gamma by maximum likelihood to the customers with repeats that were worth something."""
    used = known.take((known.repeats > 0) & (np.nan_to_num(known.spend) > 0))

    def likelihood(values: np.ndarray) -> float:
        p, q, v = values
        count, mean = used.repeats, used.spend
        shape = special.gammaln(p * count + q) - special.gammaln(p * count) - special.gammaln(q)
        sizes = q * np.log(v) + (p * count - 1) * np.log(mean) + p * count * np.log(count)
        return float((shape + sizes - (p * count + q) * np.log(v + count * mean)).sum())

    typical = float(np.median(used.spend)) if len(used) else 1.0
    return fit_model("gamma_gamma", likelihood, (5.0, 4.0, typical), max(len(used), 1))


def expected_spend(fitted: Fitted, known: Histories) -> np.ndarray:
    """Mean money of a purchase that is to be expected of each customer; NaN where the model has no mean (q ≤ 1)."""
    p, q, v = fitted.values
    if q <= 1:
        return np.full(len(known), np.nan)
    count, total = _seen(known)
    return np.asarray(p * (v + total) / (p * count + q - 1))


@dataclass(frozen=True)
class Future:
    """What a group of customers will bring; each array holds one value a draw.

    `purchases` and `revenue` are those of the whole group.
    """

    purchases: np.ndarray
    revenue: np.ndarray
    customers: int

    @classmethod
    def together(cls, futures: Iterable[Future]) -> Future:
        """The future of several groups, drawn at the same parameters."""
        parts = list(futures)
        purchases, revenue = (
            np.sum([getattr(part, name) for part in parts], axis=0) for name in ("purchases", "revenue")
        )
        return cls(purchases, revenue, sum(part.customers for part in parts))

    def total(self, draws: np.ndarray, value: float, level: float) -> Estimate:
        """A value of the group with the interval that holds the future at this level."""
        tail = 100 * (1 - level) / 2
        low, high = np.percentile(draws, [tail, 100 - tail])
        return Estimate(value, Interval(float(low), float(high), level), self.customers)

    def each(self, draws: np.ndarray, value: float, level: float) -> Estimate:
        """The same for each customer."""
        return self.total(draws / self.customers, value, level)


def futures(
    purchases: Fitted, spend: Fitted, known: Histories, groups: np.ndarray, weeks: float, *, seed: int
) -> dict[int, Future]:
    """Draw what each group of customers will do in the weeks to come.

    Each draw takes parameters as the data leave them open, then for every customer whether they have left, how fast
    they buy, when they leave, and what they spend, all given what is known of them.

    Parameters
    ----------
    groups
        Group of each customer, counted from 0.
    """
    rng = np.random.default_rng(seed)
    count = int(groups.max()) + 1
    bought, paid = np.empty((DRAWS, count)), np.empty((DRAWS, count))
    pairs = zip(purchases.draw(rng, DRAWS), spend.draw(rng, DRAWS), strict=True)
    for number, (habit, money) in enumerate(pairs):
        times = _purchases(habit, known, weeks, rng)
        bought[number] = np.bincount(groups, weights=times, minlength=count)
        paid[number] = np.bincount(groups, weights=_money(money, known, times, rng), minlength=count)
    size = np.bincount(groups, minlength=count)
    return {group: Future(bought[:, group], paid[:, group], int(size[group])) for group in range(count) if size[group]}


def _purchases(habit: np.ndarray, known: Histories, weeks: float, rng: np.random.Generator) -> np.ndarray:
    """Purchases of each customer: as many as their rate brings, but none after the one with which they leave."""
    r, alpha, a, b = habit
    rate = rng.gamma(r + known.repeats) / (alpha + known.age)
    leaving = np.clip(rng.beta(a, b + known.repeats), 1e-12, 1.0)
    stays = rng.random(len(known)) < alive(habit, known)
    last = np.minimum(np.log(1 - rng.random(len(known))) / np.log1p(-np.minimum(leaving, 1 - 1e-12)), 1e9)
    return np.where(stays, np.minimum(rng.poisson(rate * weeks), np.floor(last) + 1), 0.0)


def _money(money: np.ndarray, known: Histories, times: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """What each customer pays for so many purchases."""
    p, q, v = money
    count, total = _seen(known)
    paid = np.zeros(len(known))
    buys = times > 0
    rate = rng.gamma(q + p * count[buys]) / (v + total[buys])
    paid[buys] = rng.gamma(p * times[buys]) / rate
    return paid


def _seen(known: Histories) -> tuple[np.ndarray, np.ndarray]:
    """How many repeat purchases of known worth each customer made, and what they paid for them."""
    is_known = (known.repeats > 0) & (np.nan_to_num(known.spend) > 0)
    count = np.where(is_known, known.repeats, 0.0)
    return count, np.where(is_known, known.repeats * np.nan_to_num(known.spend), 0.0)
