"""What the channels bring, where the money should go, and what is to be expected of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from helpers.methods.response import Allocation, Prior, Response, allocate, channel_prior, fit, regime
from helpers.stages.scorecard import Scope
from helpers.stages.strategy.weekly import WEEK, Weekly
from helpers.units import Estimate, Interval, Period

LEVEL = 0.8
LOWEST, HIGHEST = 0.5, 1.5
"""No channel is moved further than this from its spend of now: beyond, the curves are guesses."""

RETENTION: Mapping[str, float] = {
    "google_ads": 0.15,
    "microsoft": 0.15,
    "amazon": 0.15,
    "meta": 0.35,
    "tiktok": 0.35,
    "linkedin": 0.4,
}
"""Usual carry-over from one week to the next, by platform: search acts at once, social a little later."""

BENCHMARKS: Mapping[str, float] = {"meta": 2.0}
"""Usual true ROAS by platform, where a source can be named.

Meta: the median that advertisers see in the ads manager was 2.19 to 2.79 in 2025 (reflexagency.online), lowered by the
fifth that platforms claim too much.
"""


@dataclass(frozen=True)
class Media:
    """Fitted curves and the split that follows from them.

    Parameters
    ----------
    current
        Weekly spend of each channel now, shape (channels,).
    allocation
        The proposed split of the same money; None with a single channel, and where too little is known for any.
    """

    weekly: Weekly
    response: Response
    current: np.ndarray
    allocation: Allocation | None

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """The channels, in the order of all arrays."""
        return self.weekly.scopes

    @property
    def proposed(self) -> np.ndarray:
        """Weekly spend of each channel under the proposal, shape (channels,)."""
        return self.current if self.allocation is None else self.allocation.spend

    def shares_of_sales(self) -> list[Estimate] | None:
        """What each channel brought over the weeks whose sales are known, as a share of them; None without sales."""
        sales = self.weekly.sales
        if not sales.notna().any():
            return None
        known = float(sales.mean()) * len(sales)
        return self._each(self.response.contribution() / known)

    def average_returns(self) -> list[Estimate]:
        """Sales brought for each unit of money spent so far, by channel."""
        return self._each(self.response.contribution() / self.weekly.spend.sum().to_numpy())

    def marginal_returns(self) -> list[Estimate]:
        """Sales of one more unit of weekly spend at the spend of now, by channel."""
        return self._each(self.response.marginal(self.current))

    def best(self) -> tuple[int, float]:
        """The channel that most likely brings most with one more unit of spend, and how likely that is."""
        wins = np.bincount(self.response.marginal(self.current).argmax(axis=1), minlength=len(self.scopes))
        return int(wins.argmax()), float(wins.max() / wins.sum())

    def gain(self, days: int) -> Estimate:
        """Sales that the proposed split brings in so many days beyond the split of now."""
        more = self.response.steady(self.proposed).sum(axis=1) - self.response.steady(self.current).sum(axis=1)
        return self._estimate(more * days / WEEK)

    def forecast(self, flight: Period, spend: np.ndarray) -> tuple[Estimate, list[Estimate]]:
        """Revenue of the flight, and of each week after the history up to the flight's end.

        Parameters
        ----------
        spend
            Of those weeks, shape (weeks, channels).
        """
        draws = self.response.forecast(spend)
        inside = np.array([share_inside(flight, self.weekly.period, at) for at in range(len(spend))])
        return self._estimate(draws @ inside), self._each(draws)

    def _each(self, draws: np.ndarray) -> list[Estimate]:
        return [self._estimate(column) for column in draws.T]

    def _estimate(self, draws: np.ndarray) -> Estimate:
        low, high = np.quantile(draws, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
        return Estimate(float(draws.mean()), Interval(float(low), float(high), LEVEL), self.weekly.known_weeks)


def fit_media(weekly: Weekly) -> Media | None:
    """Fit the curves and split the money of now.

    None where neither the sales nor its platform say what a channel brings.
    """
    priors = _priors(weekly)
    if priors is None:
        return None
    response = fit(weekly.history, priors)
    current = weekly.recent
    if current.sum() <= 0:
        current = weekly.spend.mean().to_numpy()
    if (current > 0).sum() < 2 or not _is_known(weekly):
        return Media(weekly, response, current, None)
    split = allocate(response, current, total=float(current.sum()), low=LOWEST * current, high=HIGHEST * current)
    return Media(weekly, response, current, split)


def _is_known(weekly: Weekly) -> bool:
    """Whether enough is known to move money: many weeks of sales, or what a platform claims or usually brings.

    On simulated clients of a year without either, one plan in five lost, and promises were two points too high.
    """
    is_told = any(one is not None for one in weekly.attributed) or any(one in BENCHMARKS for one in weekly.platforms)
    return is_told or regime(weekly.known_weeks) == "data_driven"


def weeks_ahead(history: Period, flight: Period) -> int:
    """Weeks from the end of the history to the end of the flight."""
    return -(-(flight.end - history.end).days // WEEK)


def share_inside(flight: Period, history: Period, at: int) -> float:
    """The part of the week number `at` after the history that lies in the flight."""
    first = history.end.toordinal() + 1 + at * WEEK
    overlap = min(first + WEEK, flight.end.toordinal() + 1) - max(first, flight.start.toordinal())
    return max(overlap, 0) / WEEK


def _priors(weekly: Weekly) -> list[Prior] | None:
    revenue = float(weekly.sales.mean()) * len(weekly.sales) if weekly.sales.notna().any() else 0.0
    spend = float(weekly.spend.to_numpy().sum()) / len(weekly.scopes)
    priors = []
    for platform, attributed in zip(weekly.platforms, weekly.attributed, strict=True):
        benchmark = BENCHMARKS.get(platform)
        if attributed is None and benchmark is None and revenue <= 0:
            return None
        known = {"retention": RETENTION[platform]} if platform in RETENTION else {}
        priors.append(
            channel_prior(
                attributed_roas=attributed,
                benchmark=benchmark,
                revenue=revenue,
                spend=spend,
                channels=len(weekly.scopes),
                **known,
            )
        )
    return priors
