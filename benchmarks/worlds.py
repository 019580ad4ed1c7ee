"""Worlds of weekly sales and spend whose response curves are known.

Sales are a base with trend, season and correlated noise, plus what each channel adds through carry-over and
saturation. Written on its own: nothing here is shared with the engine that is held against these worlds.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
from scipy.optimize import minimize

SHARES = np.array([0.30, 0.30, 0.15, 0.15, 0.10])
CARRIED = np.array([0.15, 0.35, 0.35, 0.55, 0.25])
BENCHMARKS = np.array([3.0, 2.0, 1.5, 1.2, 0.8])
"""Search, Meta, TikTok, YouTube, display: share of spend, mean weekly carry-over, usual true ROAS."""

SALES = 100.0
SPEND = 15.0
LAGS = 8
LATER = 12
"""Weeks after the history that a forecast is held against."""
START = date(2024, 1, 1)
LEAST_BASE = 20.0

Lags = Literal["geometric", "weibull"]


@dataclass(frozen=True)
class World:
    """One client: what an analyst sees of it, and the truth.

    Seen: `sales` and `spend` of the history, `before` (8 weeks of spend), `attributed` and `benchmark` ROAS, `later`
    (spend of the 12 weeks after). True: `later_sales`, `contribution` of each channel over the history, and the
    curves, for `response`.
    """

    sales: np.ndarray
    spend: np.ndarray
    before: np.ndarray
    later: np.ndarray
    attributed: np.ndarray
    benchmark: np.ndarray
    later_sales: np.ndarray
    contribution: np.ndarray
    ceiling: np.ndarray
    half: np.ndarray
    shape: np.ndarray

    @property
    def current(self) -> np.ndarray:
        """Mean weekly spend of each channel."""
        return np.asarray(self.spend.mean(axis=0))

    def response(self, spend: np.ndarray) -> float:
        """Weekly sales that media bring once this constant weekly spend has settled."""
        return float((self.ceiling * _hill(spend, self.half, self.shape)).sum())

    def best(self, low: np.ndarray, high: np.ndarray) -> float:
        """The highest response that the same total can bring within the limits, of 12 starts."""
        total = float(self.current.sum())
        rng = np.random.default_rng(0)
        starts = [self.current, *(low + (high - low) * rng.random((11, len(low))))]
        found = [self._climb(start, total, low, high) for start in starts]
        return max(found)

    def _climb(self, start: np.ndarray, total: float, low: np.ndarray, high: np.ndarray) -> float:
        end = minimize(
            lambda spend: -self.response(spend),
            start,
            bounds=np.column_stack([low, high]),
            constraints={"type": "eq", "fun": lambda spend: spend.sum() - total},
            method="SLSQP",
            options={"ftol": 1e-9, "maxiter": 200},
        )
        held = abs(end.x.sum() - total) < 1e-4 * total
        return self.response(end.x) if held else -np.inf


def world(seed: int, weeks: int, *, lags: Lags = "geometric", promotions: bool = False, bias: float = 1.0) -> World:
    """Return the world of a seed.

    Parameters
    ----------
    seed, weeks
        Of chance; length of the history.
    lags
        Family of the carry-over.
    promotions
        Whether a fortnight with a quarter more sales comes about every half year, of which nobody tells.
    bias
        Factor on the benchmarks that the analyst is given.
    """
    rng = np.random.default_rng([seed, weeks])
    length = LAGS + weeks + LATER
    season = _season(rng, length)
    spend = _spend(rng, season)
    window = slice(LAGS, LAGS + weeks)
    while True:
        drawn = _channels(rng, spend[window].mean(axis=0))
        felt = _felt(spend, drawn.carried, lags)
        reached = _hill(felt, drawn.half, drawn.shape)
        ceiling = drawn.roas * spend[window].mean(axis=0) / reached[window].mean(axis=0)
        media = ceiling * reached
        base = SALES - media[window].sum(axis=1).mean()
        if base >= LEAST_BASE:
            break
    years = (np.arange(length) - LAGS - weeks / 2) / 52.18
    level = base + SALES * (rng.uniform(-0.10, 0.15) * years + season) + _noise(rng, length)
    if promotions:
        level = level + SALES * 0.25 * _promotions(np.random.default_rng([seed, weeks, 1]), length)
    sales = level + media.sum(axis=1)
    return World(
        sales=sales[window],
        spend=spend[window],
        before=spend[:LAGS],
        later=spend[LAGS + weeks :],
        attributed=drawn.roas * np.exp(rng.normal(0.25, 0.4, len(SHARES))),
        benchmark=BENCHMARKS * bias,
        later_sales=sales[LAGS + weeks :],
        contribution=media[window].sum(axis=0),
        ceiling=ceiling,
        half=drawn.half,
        shape=drawn.shape,
    )


@dataclass(frozen=True)
class _Channels:
    carried: np.ndarray
    half: np.ndarray
    shape: np.ndarray
    roas: np.ndarray


def _channels(rng: np.random.Generator, mean: np.ndarray) -> _Channels:
    count = len(SHARES)
    return _Channels(
        carried=rng.beta(8 * CARRIED, 8 * (1 - CARRIED)),
        half=mean * np.exp(rng.normal(np.log(1.5), 0.5, count)),
        shape=np.exp(rng.normal(0, 0.25, count)),
        roas=BENCHMARKS * np.exp(rng.normal(0, 0.5, count)),
    )


def _season(rng: np.random.Generator, length: int) -> np.ndarray:
    """Two waves of the year with amplitude 3 to 10 %, the second half as high."""
    angle = 2 * np.pi * np.arange(length) / 52.18
    return np.sum([rng.uniform(0.03, 0.10) / j * np.sin(j * angle + rng.uniform(0, 2 * np.pi)) for j in (1, 2)], axis=0)


def _spend(rng: np.random.Generator, season: np.ndarray) -> np.ndarray:
    length, count = len(season), len(SHARES)
    wander = _autoregressive(rng, (length, count), 0.6, 0.32)
    spend = np.exp(wander + 0.12 * (season / season.std())[:, None])
    for channel in range(2, count):
        spend[:, channel] *= _flights(rng, length)
    shares = SHARES * np.exp(rng.normal(0, 0.25, count))
    return np.asarray(spend / spend.mean(axis=0) * SPEND * shares / shares.sum())


def _flights(rng: np.random.Generator, length: int) -> np.ndarray:
    """Blocks of 3 to 8 weeks, three in ten of them off; all on where that leaves under 40 %."""
    on = np.concatenate([np.full(rng.integers(3, 9), rng.random() > 0.3) for _ in range(length)])[:length]
    active = on[LAGS:-LATER]
    return on.astype(float) if active.mean() >= 0.4 else np.ones(length)


def _felt(spend: np.ndarray, carried: np.ndarray, lags: Lags) -> np.ndarray:
    """Spread each week's spend over itself and the 7 after it; weights add up to 1."""
    after = np.arange(LAGS)[:, None]
    weights = carried**after if lags == "geometric" else np.exp(-((after / (4 * carried)) ** 1.8))
    weights = weights / weights.sum(axis=0)
    columns = [np.convolve(spend[:, k], weights[:, k])[: len(spend)] for k in range(spend.shape[1])]
    return np.column_stack(columns)


def _hill(spend: np.ndarray, half: np.ndarray, shape: np.ndarray) -> np.ndarray:
    return np.asarray(spend**shape / (spend**shape + half**shape))


def _noise(rng: np.random.Generator, length: int) -> np.ndarray:
    return _autoregressive(rng, (length,), 0.3, SALES * 0.05 * np.sqrt(1 - 0.3**2))


def _autoregressive(rng: np.random.Generator, size: tuple[int, ...], kept: float, sd: float) -> np.ndarray:
    shocks = rng.normal(0, sd, size)
    shocks[0] /= np.sqrt(1 - kept**2)
    for step in range(1, len(shocks)):
        shocks[step] += kept * shocks[step - 1]
    return shocks


def _promotions(rng: np.random.Generator, length: int) -> np.ndarray:
    on = np.zeros(length)
    for first in range(int(rng.integers(0, 26)), length, 26):
        on[first : first + 2] = 1
    return on
