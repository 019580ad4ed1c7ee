"""The proposal of a strategy and what is to be expected of it, as claims."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import numpy as np

from helpers.claims import Claim, Comparison, Ledger, Verdict
from helpers.kpis import measure, within
from helpers.methods.response import regime
from helpers.plans import Objective, Plan
from helpers.stages.parts import Gap
from helpers.stages.scorecard import Scope
from helpers.stages.standing import Standing, channel_scopes, name_of
from helpers.stages.strategy import proposal
from helpers.stages.strategy.media import Media, fit_media
from helpers.stages.strategy.proposal import Place
from helpers.stages.strategy.weekly import WEEK, Weekly, by_week
from helpers.units import Estimate, Period
from helpers.wording import Message, Name, msg

NO_ADS = Gap(
    msg("Without ad exports by day or week, nothing can be said of what the channels bring."),
    msg("The campaign table by day of the ads manager with most spend, for the last thirteen months."),
)
NO_RETURNS = Gap(
    msg("Neither a sales ledger nor the platforms say what the channels bring, so no budget can be derived."),
    msg("The orders export of the shop for the last thirteen months."),
)


@dataclass(frozen=True)
class Channel:
    """What is claimed of one channel: its spend as now and as proposed in the flight, its share and its returns."""

    name: Message | Name
    current: Claim
    recommended: Claim
    share: Claim | None
    average: Claim
    marginal: Claim

    @property
    def move(self) -> float:
        """The proposed change of its budget, as a share of the spend of now; 0 where nothing is spent."""
        now = self.current.figure.value
        return self.recommended.figure.value / now - 1 if now > 0 else 0.0


@dataclass(frozen=True)
class Outlook:
    """The proposal and what is to be expected of it.

    Parameters
    ----------
    regime
        Whether the curves rest on assumptions, on both, or on data; its n is the number of weeks with known sales.
    gain, chance
        None with a single channel, which leaves nothing to split.
    revenue
        Of the flight; None without known sales, and so is `weeks`, the revenue of each week after the history.
    break_even
        None where the client file names no margin.
    """

    media: Media
    plan: Plan
    flight: Period
    regime: Claim
    channels: tuple[Channel, ...]
    budget: Claim
    gain: Claim | None
    chance: Claim | None
    revenue: Claim | None
    weeks: tuple[Estimate, ...]
    break_even: Claim | None


def look_ahead(now: Standing, persona: str | None) -> Outlook | Gap:
    """Fit the curves of all channels up to the end of the period, and propose the flight that follows.

    Parameters
    ----------
    persona
        For whom the plan is made, where that is known.
    """
    past = Period(min(now.ads["period_start"].min().date(), now.period.start), now.period.end) if len(now.ads) else None
    weeks = by_week(now.ads, now.sold, channel_scopes(now.ads, past), now.period) if past else None
    if weeks is None:
        return NO_ADS
    fitted = fit_media(weeks)
    if fitted is None:
        return NO_RETURNS
    flight = proposal.flight_after(now.period)
    places = [Place(scope, _platform(weeks, scope), persona) for scope in fitted.scopes]
    curve = proposal.daily_curve(flight, now.sold, now.period.end)
    amounts = proposal.budgets(fitted.proposed, flight.days)
    plan = proposal.propose(flight, now.context.currency, places, amounts, curve)
    revenue, ahead = _revenue(now, fitted, plan, places, flight)
    claimed = _Claims(now.ledger, weeks, plan.flight)
    break_even = claimed.add("break_even_roas", 1 / now.context.margin) if now.context.margin else None
    gain, chance = _gain(claimed, fitted, flight)
    return Outlook(
        media=fitted,
        plan=plan.model_copy(update={"objectives": _objectives(now, flight, revenue)}),
        flight=flight,
        regime=claimed.add("data_regime", regime(weeks.known_weeks), n=weeks.known_weeks),
        channels=_channels(claimed, fitted, amounts, flight, break_even),
        budget=claimed.add("recommended_spend", sum(amounts), of_flight=True),
        gain=gain,
        chance=chance,
        revenue=revenue,
        weeks=ahead,
        break_even=break_even,
    )


class _Claims:
    """Makes claims that rest on all weeks; those of the flight carry its name."""

    def __init__(self, ledger: Ledger, weeks: Weekly, flight: str) -> None:
        self._ledger = ledger
        self._rows = weeks.rows
        self._flight = flight

    def add(
        self,
        metric: str,
        value: float | str | Estimate,
        scope: Scope = (),
        *,
        of_flight: bool = False,
        **details: object,
    ) -> Claim:
        named = {"flight": self._flight} if of_flight else {}
        return self._ledger.add(metric, value, scope={**named, **dict(scope)}, rows=self._rows, **details)


def _platform(weeks: Weekly, scope: Scope) -> str:
    return weeks.platforms[weeks.scopes.index(scope)]


def _channels(
    claims: _Claims, fitted: Media, amounts: Sequence[float], flight: Period, break_even: Claim | None
) -> tuple[Channel, ...]:
    shares = fitted.shares_of_sales()
    averages, marginals = fitted.average_returns(), fitted.marginal_returns()
    found = []
    for at, scope in enumerate(fitted.scopes):
        current = claims.add("current_spend", float(fitted.current[at]) * flight.days / WEEK, scope, of_flight=True)
        channel = (("channel", scope[-1][1]),)
        found.append(
            Channel(
                name=name_of(scope),
                current=current,
                recommended=claims.add("recommended_spend", amounts[at], scope, of_flight=True),
                share=claims.add("contribution_share", shares[at], channel) if shares else None,
                average=claims.add("average_return", averages[at], scope),
                marginal=claims.add("marginal_roas", marginals[at], scope, **_against(marginals[at], break_even)),
            )
        )
    return tuple(found)


def _against(marginal: Estimate, break_even: Claim | None) -> dict[str, Any]:
    """Hold a return against the one from which spend pays; a verdict only where the interval leaves it out."""
    if break_even is None or marginal.interval is None:
        return {}
    needed = break_even.figure.value
    verdict: Verdict = "not_shown"
    if marginal.interval.low > needed:
        verdict = "better"
    elif marginal.interval.high < needed:
        verdict = "worse"
    return {"compared_to": Comparison("target", needed), "verdict": verdict}


def _gain(claims: _Claims, fitted: Media, flight: Period) -> tuple[Claim | None, Claim | None]:
    if fitted.allocation is None:
        return None, None
    gain = claims.add("expected_uplift", fitted.gain(flight.days), of_flight=True)
    return gain, claims.add("uplift_probability", fitted.allocation.probability, of_flight=True)


def _revenue(
    now: Standing, fitted: Media, plan: Plan, places: Sequence[Place], flight: Period
) -> tuple[Claim | None, tuple[Estimate, ...]]:
    """Forecast the flight's revenue under the plan, beside what the same days brought a year before."""
    if not fitted.weekly.known_weeks:
        return None, ()
    spend = proposal.spend_ahead(plan, places, fitted.current, fitted.weekly.period)
    total, weeks = fitted.forecast(flight, spend)
    before = _year_before(now, flight)
    claim = now.ledger.add(
        "revenue_forecast",
        total,
        scope={"flight": plan.flight},
        rows=fitted.weekly.rows,
        compared_to=Comparison("previous_year", before) if before else None,
    )
    return claim, tuple(weeks)


def _year_before(now: Standing, flight: Period) -> float | None:
    days = flight.year_before()
    if now.sold is None or not now.sold.frame["period_start"].min().date() <= days.start:
        return None
    value = measure(within(now.sold.frame, days), "revenue")
    return value if np.isfinite(value) and value > 0 else None


def _objectives(now: Standing, flight: Period, revenue: Claim | None) -> tuple[Objective, ...]:
    """The agreed goals that hold in the flight, and the revenue that is to be expected."""
    goals = [goal for goal in now.context.goals if goal.until is None or goal.until >= flight.start]
    agreed = [Objective(metric=goal.metric, target=goal.target, scope=goal.scope or {}) for goal in goals]
    if revenue and not any(goal.metric == "revenue" and not goal.scope for goal in goals):
        agreed.append(Objective(metric="revenue", target=float(round(revenue.figure.value, -1) or 1)))
    return tuple(agreed)


def week_ahead(weeks: Weekly, at: int) -> Period:
    """The week number `at` after the history."""
    start = weeks.period.end + timedelta(days=1 + at * WEEK)
    return Period(start, start + timedelta(days=WEEK - 1))
