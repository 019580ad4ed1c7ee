"""The figures of a run that an index page shows: how goals stand, what was spent, how KPIs went over the periods."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from helpers.claims import CHANGE, Claim
from helpers.site.runs import Run
from helpers.units import Period
from helpers.wording import Message, msg

MAIN = ("spend", "revenue", "orders", "roas", "conversions", "cpa", "interactions", "followers")
"""The KPIs of the client as a whole that are drawn over the periods, the first six that a run holds."""

LONGEST = 24
"""Periods that a line over time goes back."""

_ROOM = 1.08
"""What a bar leaves free behind the longer of figure and goal."""

_GOAL = frozenset({"plan", "target"})
_JUDGED = frozenset({"better", "worse", "not_shown"})
_NO_GOALS = frozenset({CHANGE, "marginal_roas"})
"""A change repeats the figure that changed; a marginal return is held against where spend pays, which nobody agreed."""


def goals(run: Run) -> tuple[Claim, ...]:
    """The figures of the run's own period that are held against a plan or a target, with a verdict.

    Several stages may hold the same figure against the same goal: the last in the workflow has the last word.
    """
    found = {}
    for claim in _own(run):
        is_goal = claim.compared_to is not None and claim.compared_to.what in _GOAL and claim.verdict is not None
        if is_goal and claim.metric.id not in _NO_GOALS:
            found[claim.metric.id, claim.scope] = claim
    return tuple(found.values())


def is_judged(claim: Claim) -> bool:
    """Whether the data are enough for a verdict."""
    return claim.verdict in _JUDGED


def whole(run: Run, metric: str) -> Claim | None:
    """A KPI of the client as a whole in the run's own period; None where no stage holds it."""
    return next((claim for claim in reversed(_own(run)) if claim.metric.id == metric and not claim.scope), None)


def main(run: Run, most: int = 6) -> tuple[Claim, ...]:
    """The KPIs of the client as a whole that stand for the run."""
    found = (whole(run, metric) for metric in MAIN)
    return tuple(claim for claim in found if claim)[:most]


def change(run: Run, claim: Claim) -> Claim | None:
    """How a KPI changed against what it is compared to; None where that is not claimed."""
    scope = {**dict(claim.scope), "parameter": claim.metric.id}
    found = (one for one in _own(run) if one.metric.id == CHANGE and dict(one.scope) == scope)
    return next((one for one in found if one.compared_to == claim.compared_to), None)


def distance(claim: Claim) -> float:
    """How far a figure is on the good side of its goal, as a share of the goal; below zero where it misses it."""
    if claim.compared_to is None or not isinstance(claim.value, float | int):
        return 0.0
    goal = claim.compared_to.value
    sign = -1 if claim.metric.direction == "down" else 1
    return sign * (claim.value - goal) / (abs(goal) or 1.0)


def against(claim: Claim) -> Message:
    """A figure and its goal in a few words."""
    return msg("{subject} {value} against {goal}", subject=claim.subject, value=claim.figure, goal=claim.other)


def bullet(claim: Claim) -> tuple[float, float] | None:
    """How long the bar of a figure is and where its goal stands, of a hundred; None where either is below zero."""
    value, goal = claim.figure.value, claim.other.value
    longest = max(value, goal) * _ROOM
    if not (value >= 0 and goal >= 0 and longest > 0):
        return None
    return round(100 * value / longest, 1), round(100 * goal / longest, 1)


def series(runs: Iterable[Run], claim: Claim) -> list[float | None]:
    """The values of a KPI up to the claim's period, over periods of the same length that follow each other.

    Oldest first; None for a period without the figure, or with money in another currency. At least one value.
    """
    by_period = {run.period: run for run in reversed(list(runs)) if run.period}
    values: list[float | None] = []
    period: Period = claim.period
    earliest = min(by_period, default=period)
    while period >= earliest and len(values) < LONGEST:
        values.append(_value(by_period.get(period), claim))
        period = period.previous()
    while len(values) > 1 and values[-1] is None:
        values.pop()
    return values[::-1]


def named(claims: Sequence[Claim], prefix: str, folder: str) -> tuple[Claim, ...]:
    """The claims as a page further up shows them: ids and evidence say whose they are.

    Parameters
    ----------
    prefix
        Put before each id.
    folder
        Where the claims documents lie, seen from that page.
    """
    return tuple(
        replace(
            claim,
            id=f"{prefix}.{claim.id}",
            evidence=tuple(replace(one, file=f"{folder}/{one.file}") for one in claim.evidence),
        )
        for claim in claims
    )


def _own(run: Run) -> list[Claim]:
    """The claims about the run's own period, stage after stage."""
    return [claim for stage in run.stages for claim in stage.claims if claim.period == run.period]


def _value(run: Run | None, claim: Claim) -> float | None:
    if run is None:
        return None
    for other in reversed(_own(run)):
        is_same = (other.metric.id, other.scope, other.currency) == (claim.metric.id, claim.scope, claim.currency)
        if is_same and isinstance(other.value, float | int):
            return float(other.value)
    return None
