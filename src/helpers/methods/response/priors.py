"""What is known of a channel before its own weeks are looked at, and how much those weeks can add."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Literal, TypeGuard

Regime = Literal["prior_driven", "mixed", "data_driven"]

USUAL_RETENTION = 0.3
"""Share of a week's effect that is left a week later, where nothing is known of the channel."""

ATTRIBUTED_EXCESS = 0.2
"""Platforms credit themselves too much: the log by which attributed ROAS is lowered. An assumption to be stated."""
ATTRIBUTED_LOG_SD = 0.5
BENCHMARK_LOG_SD = 0.6
NARROWEST_LOG_SD = 0.42
"""No prior is surer than this, however well benchmark and platform agree."""

MEDIA_SHARE = 0.25
WIDE_LOG_SD = 1.2
"""Without benchmark and attribution: media bring a quarter of sales, give or take a factor of 3.3 (one sd)."""
WIDEST_LOG_SD = 2.5


@dataclass(frozen=True)
class Prior:
    """What is believed of a channel before the fit.

    `roas` is the median of its true return (sales per unit of spend, over the weeks of the history), `log_sd` the
    standard deviation of the log of that return, `retention` the mean share of a week's effect that is left a week
    later (0 to 1).
    """

    roas: float
    log_sd: float
    retention: float = USUAL_RETENTION

    def widened(self, factor: float) -> Prior:
        """Return the same belief, held less firmly, but not as if a return could be anything."""
        return replace(self, log_sd=max(self.log_sd, min(self.log_sd * factor, WIDEST_LOG_SD)))


def channel_prior(
    *,
    attributed_roas: float | None,
    benchmark: float | None,
    revenue: float,
    spend: float,
    channels: int,
    retention: float = USUAL_RETENTION,
) -> Prior:
    """Combine what the platform claims with what is usual for the platform, each weighted by its precision.

    Parameters
    ----------
    attributed_roas
        Revenue that the platform credits itself per unit of spend; None where it reports none. Lowered by a fifth
        (in logs), since platforms claim sales that would have come anyway.
    benchmark
        Usual true ROAS of the platform from a source that can be named; None without one.
    revenue, spend
        Sales of the client, and what a channel spent on average (all spend over the number of channels), in the same
        weeks; used only if neither of the others is known.
    channels
        Number of channels.
    retention
        Mean weekly carry-over.

    Returns
    -------
    Without attribution and benchmark the wide prior, scaled to the data: around `revenue / spend * 0.25 / channels`,
    the same return for every channel, so that all together bring a quarter of sales. (Were each channel to bring the
    same amount instead, ignorance alone would move the budget to the small ones.)

    Raises
    ------
    ValueError
        If neither attribution, benchmark nor positive revenue and spend are known.
    """
    known = [
        (math.log(attributed_roas) - ATTRIBUTED_EXCESS, ATTRIBUTED_LOG_SD) if _positive(attributed_roas) else None,
        (math.log(benchmark), BENCHMARK_LOG_SD) if _positive(benchmark) else None,
    ]
    weights = [(middle, sd**-2) for middle, sd in filter(None, known)]
    if not weights:
        return _wide(revenue, spend, channels, retention)
    precision = sum(weight for _, weight in weights)
    middle = sum(middle * weight for middle, weight in weights) / precision
    return Prior(math.exp(middle), max(precision**-0.5, NARROWEST_LOG_SD), retention)


def regime(weeks: int) -> Regime:
    """Return what the answer rests on, by the number of weeks whose sales are known."""
    if weeks < 26:
        return "prior_driven"
    return "mixed" if weeks <= 78 else "data_driven"


def _wide(revenue: float, spend: float, channels: int, retention: float) -> Prior:
    if not (_positive(revenue) and _positive(spend) and channels > 0):
        raise ValueError("without attribution and benchmark a prior needs revenue and spend above zero")
    return Prior(revenue / spend * MEDIA_SHARE / channels, WIDE_LOG_SD, retention)


def _positive(value: float | None) -> TypeGuard[float]:
    return value is not None and math.isfinite(value) and value > 0
