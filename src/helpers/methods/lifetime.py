"""How often customers will buy again: BG/NBD and Pareto/NBD, fitted to recency and frequency.

Time is in weeks, purchases of one day are one. BG/NBD: Fader, Hardie & Lee, "Counting Your Customers" the Easy Way
(Marketing Science 2005). Pareto/NBD: Schmittlein, Morrison & Colombo (Management Science 1987), with the likelihood as
Fader & Hardie (2005) write it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Literal

import numpy as np
import pandas as pd
from scipy import special

Model = Literal["bg_nbd", "pareto_nbd", "gamma_gamma"]

WEEK = 7.0
NAMES: dict[Model, tuple[str, ...]] = {
    "bg_nbd": ("r", "alpha", "a", "b"),
    "pareto_nbd": ("r", "alpha", "s", "beta"),
    "gamma_gamma": ("p", "q", "v"),
}

# Logarithms of parameters: beyond these the data no longer tell one value from another.
_BOUNDS = (-7.0, 9.0)
_EDGE = 0.05
_STEP = 1e-4
# The widest that a log parameter may be when it is drawn from the normal approximation around the fit.
_WIDEST = 1.0


@dataclass(frozen=True)
class Histories:
    """What is known of customers, one value each, in the order of `customers`.

    Parameters
    ----------
    repeats
        Days with a purchase after the first day.
    recency
        Weeks from the first to the last day with a purchase; 0 without repeats.
    age
        Weeks from the first purchase to the end of what is known.
    spend
        Mean money of a repeat day; NaN without repeats or where no amount is known.
    first
        Money of the first day; NaN where not known.
    """

    customers: np.ndarray
    repeats: np.ndarray
    recency: np.ndarray
    age: np.ndarray
    spend: np.ndarray
    first: np.ndarray

    def __len__(self) -> int:
        return len(self.repeats)

    def take(self, chosen: np.ndarray) -> Histories:
        """The customers at these positions, or for whom it is true."""
        return Histories(*(getattr(self, field.name)[chosen] for field in fields(self)))


def together(parts: Sequence[Histories]) -> Histories:
    """The customers of several groups, one group after the other."""
    return Histories(*(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(Histories)))


def histories(orders: pd.DataFrame, end: date) -> Histories:
    """Sum up the purchases of each customer until the end of a day.

    Parameters
    ----------
    orders
        Columns `customer_id`, `date` (day of the purchase) and `revenue`. Rows without customer or day are left out,
        and so is what happened after the end.

    Returns
    -------
    Customers in order of their id.
    """
    known = orders[orders["customer_id"].notna() & (orders["date"] <= pd.Timestamp(end))]
    days = known.groupby(["customer_id", "date"], observed=True)["revenue"].sum(min_count=1).reset_index()
    each = days.groupby("customer_id", observed=True)["date"].agg(["min", "max"])
    is_first = days["date"] == days["customer_id"].map(each["min"])
    repeat = days[~is_first].groupby("customer_id", observed=True)
    return Histories(
        each.index.to_numpy(),
        repeat.size().reindex(each.index, fill_value=0).to_numpy(dtype=float),
        ((each["max"] - each["min"]).dt.days / WEEK).to_numpy(dtype=float),
        ((pd.Timestamp(end) - each["min"]).dt.days / WEEK).to_numpy(dtype=float),
        repeat["revenue"].mean().reindex(each.index).to_numpy(dtype=float),
        days[is_first].set_index("customer_id")["revenue"].reindex(each.index).to_numpy(dtype=float),
    )


@dataclass(frozen=True)
class Fitted:
    """A model with the parameters that make the data likeliest.

    Parameters
    ----------
    values
        In the order of `NAMES[model]`.
    root
        A root of the covariance of the parameters' logarithms (Laplace's approximation), for drawing them.
    is_inside
        Whether the likelihood has its top at finite parameters; if not, they mean nothing by themselves.
    n
        Customers behind the fit.
    """

    model: Model
    values: tuple[float, ...]
    root: np.ndarray
    likelihood: float
    is_inside: bool
    n: int

    @property
    def parameters(self) -> dict[str, float]:
        """Values by name."""
        return dict(zip(NAMES[self.model], self.values, strict=True))

    def draw(self, rng: np.random.Generator, draws: int) -> np.ndarray:
        """Parameters as the data leave them open, shape (draws, parameters)."""
        steps = rng.standard_normal((draws, len(self.values))) @ self.root.T
        return np.asarray(np.exp(np.clip(np.log(self.values) + steps, *_BOUNDS)))


def fit_bg_nbd(known: Histories) -> Fitted:
    """Fit BG/NBD by maximum likelihood."""
    rows, count = _distinct(known)
    return fit_model("bg_nbd", lambda values: float(count @ _bg_nbd(values, *rows)), (0.5, 5.0, 1.0, 2.0), len(known))


def fit_pareto_nbd(known: Histories) -> Fitted:
    """Fit Pareto/NBD by maximum likelihood."""
    rows, count = _distinct(known)
    return fit_model(
        "pareto_nbd", lambda values: float(count @ _pareto_nbd(values, *rows)), (0.5, 5.0, 0.5, 5.0), len(known)
    )


def _distinct(known: Histories) -> tuple[np.ndarray, np.ndarray]:
    """Different histories as rows of repeats, recency and age, and how many customers have each."""
    table = np.column_stack([known.repeats, known.recency, known.age])
    rows, count = np.unique(table, axis=0, return_counts=True)
    return rows.T, count.astype(float)


def _bg_nbd(values: np.ndarray, repeats: np.ndarray, recency: np.ndarray, age: np.ndarray) -> np.ndarray:
    """Log likelihood of each history."""
    r, alpha, a, b = values
    start = special.gammaln(r + repeats) - special.gammaln(r) + r * np.log(alpha)
    stays = special.betaln(a, b + repeats) - special.betaln(a, b) - (r + repeats) * np.log(alpha + age)
    later = np.maximum(repeats, 1.0)
    left = special.betaln(a + 1, b + later - 1) - special.betaln(a, b) - (r + repeats) * np.log(alpha + recency)
    return np.asarray(start + np.where(repeats > 0, np.logaddexp(stays, left), stays))


def _pareto_nbd(values: np.ndarray, repeats: np.ndarray, recency: np.ndarray, age: np.ndarray) -> np.ndarray:
    """Log likelihood of each history."""
    r, alpha, s, beta = values
    power = r + s + repeats
    start = special.gammaln(r + repeats) - special.gammaln(r) + r * np.log(alpha) + s * np.log(beta)
    stays = -(r + repeats) * np.log(alpha + age) - s * np.log(beta + age)
    most = max(alpha, beta)
    second = s + 1 if alpha >= beta else r + repeats

    def part(time: np.ndarray) -> np.ndarray:
        series = special.hyp2f1(power, second, power + 1, abs(alpha - beta) / (most + time))
        return np.asarray(np.log(series) - power * np.log(most + time))

    now, then = part(recency), part(age)
    gone = now + np.log(-np.expm1(np.minimum(then - now, -1e-300))) + np.log(s / power)
    return np.asarray(start + np.logaddexp(stays, gone))


def fit_model(model: Model, likelihood: Callable[[np.ndarray], float], first: tuple[float, ...], n: int) -> Fitted:
    """Find the parameters with the greatest likelihood, from a first guess, and how open the data leave them."""
    from scipy.optimize import minimize  # noqa: PLC0415  only pages that fit a model wait for it

    def cost(logs: np.ndarray) -> float:
        with np.errstate(all="ignore"):
            value = -likelihood(np.exp(logs))
        return value / n if np.isfinite(value) else 1e10

    bounds = [_BOUNDS] * len(first)
    rough = minimize(cost, np.log(first), method="L-BFGS-B", bounds=bounds)
    best = minimize(cost, rough.x, method="L-BFGS-B", bounds=bounds, options={"ftol": 1e-13, "gtol": 1e-9})
    is_inside = bool((np.abs(best.x - _BOUNDS[0]) > _EDGE).all() and (np.abs(best.x - _BOUNDS[1]) > _EDGE).all())
    root = _covariance_root(cost, best.x, n)
    return Fitted(model, tuple(map(float, np.exp(best.x))), root, -float(best.fun) * n, is_inside, n)


def _covariance_root(cost: Callable[[np.ndarray], float], top: np.ndarray, n: int) -> np.ndarray:
    """From the curvature of the likelihood at its top, by differences; flat directions are cut off."""
    size = len(top)
    step = np.eye(size) * _STEP**0.5
    curve = np.empty((size, size))
    for i in range(size):
        for j in range(i + 1):
            ends = cost(top + step[i] + step[j]) + cost(top - step[i] - step[j])
            ends -= cost(top + step[i] - step[j]) + cost(top - step[i] + step[j])
            curve[i, j] = curve[j, i] = n * ends / (4 * _STEP)
    weight, axes = np.linalg.eigh(curve)
    return np.asarray(axes / np.sqrt(np.maximum(weight, _WIDEST**-2)))


def alive(values: np.ndarray, known: Histories) -> np.ndarray:
    """The chance under BG/NBD that each customer has not left; 1 without repeats."""
    r, alpha, a, b = values
    later = np.maximum(known.repeats, 1.0)
    odds = np.log(a / (b + later - 1)) + (r + known.repeats) * np.log((alpha + known.age) / (alpha + known.recency))
    return np.where(known.repeats > 0, special.expit(-odds), 1.0)


def expected_purchases(fitted: Fitted, known: Histories, weeks: float) -> np.ndarray:
    """Purchases that BG/NBD expects of each customer in the weeks after the end of what is known."""
    r, alpha, a, b = fitted.values
    if abs(a - 1) < 1e-6:
        a = 1 + 1e-6  # the formula has a hole here, the value has none
    x = known.repeats
    ratio = ((alpha + known.age) / (alpha + known.age + weeks)) ** (r + x)
    series = special.hyp2f1(r + x, b + x, a + b + x - 1, weeks / (alpha + known.age + weeks))
    stayed = (a + b + x - 1) / (a - 1) * (1 - ratio * series)
    return np.asarray(stayed * alive(np.array([r, alpha, a, b]), known))
