"""Targets of the plan and of the client file, and how KPIs stand against them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from helpers.claims import Basis, Claim, Comparison
from helpers.kpis import BASE, daily, measure, within
from helpers.methods import comparison, intervals
from helpers.stages.scorecard import Scope, Score, select
from helpers.stages.standing import Standing
from helpers.units import Estimate

if TYPE_CHECKING:
    from helpers.plans import Plan


@dataclass(frozen=True)
class Target:
    """A target of the plan (`plan`) or of the client file (`target`)."""

    what: Basis
    metric: str
    value: float
    scope: Scope


def targets_of(now: Standing, plans: tuple[Plan, ...]) -> list[Target]:
    """Targets that hold in the period; the plan's come first, one a metric and scope."""
    period = now.period
    running = [plan for plan in plans if plan.start <= period.end and plan.end >= period.start]
    named = [
        Target("plan", goal.metric, goal.target, _scope(goal.scope)) for plan in running for goal in plan.objectives
    ]
    named += [
        Target("target", goal.metric, goal.target, _scope(goal.scope))
        for goal in now.context.goals
        if goal.until is None or goal.until >= period.start
    ]
    return list({(target.metric, target.scope): target for target in reversed(named)}.values())[::-1]


def _scope(given: Mapping[str, str] | None) -> Scope:
    return tuple(sorted((given or {}).items()))


def judged(now: Standing, target: Target) -> Claim | None:
    """Hold a KPI against its target; None where the data do not hold the KPI."""
    score = now.of(target.metric, target.scope)
    if score is None:
        rows = within(select(now.ads, target.scope), now.period)
        value = measure(rows, target.metric) if target.metric in BASE else float("nan")
        if not np.isfinite(value):
            return None
        score = Score(now.ledger.add(target.metric, value, scope=dict(target.scope), rows=rows))
    claim = score.value
    change = comparison.compare_to_target(_estimate(now, claim), target.value)
    verdict = comparison.verdict(change, direction=claim.metric.direction)
    return now.hold(score, compared_to=Comparison(target.what, target.value), verdict=verdict, sentence=None)


def _estimate(now: Standing, claim: Claim) -> Estimate:
    """A KPI with its interval; a total gets the one of what such days bring, since a target is about those."""
    frame = now.sold.frame if now.sold and claim.metric.id in now.sold.metrics else select(now.ads, claim.scope)
    if claim.interval or claim.metric.additivity != "sum" or claim.metric.numerator not in frame:
        return Estimate(claim.figure.value, claim.interval, claim.n)
    top, _ = daily(frame, claim.metric.id, now.period)
    return replace(intervals.total(top, counts=bool(claim.metric.counted)), value=claim.figure.value)


def is_met(target: Target, claim: Claim) -> bool:
    """Whether the figure itself, chance aside, is on the good side of the target."""
    is_above = claim.figure.value >= target.value
    return is_above if claim.metric.direction in {"up", "none"} else claim.figure.value <= target.value
