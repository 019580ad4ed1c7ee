"""What a purchase of a customer is worth, and what customers will bring: Gamma-Gamma, and draws of the future.

Gamma-Gamma: Fader, Hardie & Lee, "RFM and CLV" (Journal of Marketing Research 2005), as in their note of 2013. A
customer's purchases are Gamma(p, rate), the rate of customers is Gamma(q, v).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from helpers.methods.lifetime import Fitted, Histories, alive, fit_model
from helpers.units import Estimate, Interval

DRAWS = 400


def fit_gamma_gamma(count: np.ndarray, mean: np.ndarray) -> Fitted:
    """Fit Gamma-Gamma by maximum likelihood.

    Parameters
    ----------
    count
        Purchases of each customer; the papers count those after the first.
    mean
        Mean money of these; customers without any, or for whom it is unknown or nothing, are left out.
    """
    is_used = (count > 0) & (np.nan_to_num(mean) > 0)
    count, mean = count[is_used], mean[is_used]

    def likelihood(values: np.ndarray) -> float:
        p, q, v = values
        shape = special.gammaln(p * count + q) - special.gammaln(p * count) - special.gammaln(q)
        sizes = q * np.log(v) + (p * count - 1) * np.log(mean) + p * count * np.log(count)
        return float((shape + sizes - (p * count + q) * np.log(v + count * mean)).sum())

    typical = float(np.median(mean)) if len(mean) else 1.0
    return fit_model("gamma_gamma", likelihood, (5.0, 4.0, typical), len(mean))


def all_purchases(known: Histories) -> tuple[np.ndarray, np.ndarray]:
    """Purchases of each customer of known worth, the first included, and their mean money.

    First purchases are brought to the level of repeat purchases, by what those make who bought again.
    """
    first, later = np.nan_to_num(known.first), np.nan_to_num(known.spend)
    has_first, has_later = first > 0, (known.repeats > 0) & (later > 0)
    both = has_first & has_later
    level = later[both].sum() / first[both].sum() if both.any() else 1.0
    count = np.where(has_later, known.repeats, 0.0) + has_first
    total = np.where(has_later, known.repeats * later, 0.0) + np.where(has_first, level * first, 0.0)
    return count, total / np.maximum(count, 1.0)


def expected_spend(fitted: Fitted, known: Histories) -> np.ndarray:
    """Mean money of a purchase that is to be expected of each customer; NaN where the model has no mean (q ≤ 1)."""
    p, q, v = fitted.values
    if q <= 1:
        return np.full(len(known), np.nan)
    count, mean = all_purchases(known)
    return np.asarray(p * (v + count * mean) / (p * count + q - 1))


@dataclass(frozen=True)
class Future:
    """What a group of customers will bring; each array holds one value a draw.

    `purchases` and `revenue` are those of the whole group.
    """

    purchases: np.ndarray
    revenue: np.ndarray
    customers: int

    def total(self, draws: np.ndarray, value: float, level: float) -> Estimate:
        """A value of the group with the interval that holds the future at this level."""
        tail = 100 * (1 - level) / 2
        low, high = np.percentile(draws, [tail, 100 - tail])
        return Estimate(value, Interval(float(low), float(high), level), self.customers)

    def each(self, draws: np.ndarray, value: float, level: float) -> Estimate:
        """The same for each customer."""
        return self.total(draws / self.customers, value, level)


def future(habit: Fitted, spent: Fitted, known: Histories, weeks: float, *, seed: int) -> Future:
    """Draw what a group of customers will do in the weeks to come.

    Each draw takes parameters as the data leave them open, then for every customer whether they have left, how fast
    they buy, when they leave, and what they spend, all given what is known of them.

    Parameters
    ----------
    habit, spent
        BG/NBD, and Gamma-Gamma of all purchases.
    """
    rng = np.random.default_rng(seed)
    bought, paid = np.empty(DRAWS), np.empty(DRAWS)
    pairs = zip(habit.draw(rng, DRAWS), spent.draw(rng, DRAWS), strict=True)
    for number, (pace, money) in enumerate(pairs):
        times = _purchases(pace, known, weeks, rng)
        bought[number] = times.sum()
        paid[number] = _money(money, known, times, rng).sum()
    return Future(bought, paid, len(known))


def _purchases(pace: np.ndarray, known: Histories, weeks: float, rng: np.random.Generator) -> np.ndarray:
    """Purchases of each customer: as many as their rate brings, but none after the one with which they leave."""
    r, alpha, a, b = pace
    rate = rng.gamma(r + known.repeats) / (alpha + known.age)
    leaving = np.clip(rng.beta(a, b + known.repeats), 1e-12, 1.0)
    stays = rng.random(len(known)) < alive(pace, known)
    last = np.minimum(np.log(1 - rng.random(len(known))) / np.log1p(-np.minimum(leaving, 1 - 1e-12)), 1e9)
    return np.where(stays, np.minimum(rng.poisson(rate * weeks), np.floor(last) + 1), 0.0)


def _money(money: np.ndarray, known: Histories, times: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """What each customer pays for so many purchases."""
    p, q, v = money
    count, mean = all_purchases(known)
    paid = np.zeros(len(known))
    buys = times > 0
    rate = rng.gamma(q + p * count[buys]) / (v + count[buys] * mean[buys])
    paid[buys] = rng.gamma(p * times[buys]) / rate
    return paid
