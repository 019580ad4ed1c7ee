"""The views that several stages open with: cards, what changed and why, KPIs, a line over time, campaigns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np
import pandas as pd

from helpers.claims import REST, Claim, fixed, scope_label
from helpers.kpis import METRICS, daily, within
from helpers.stages.context import Baseline
from helpers.stages.parts import (
    Action,
    Brief,
    Caption,
    Card,
    Cell,
    Finding,
    Judgement,
    Line,
    Mark,
    Measure,
    Table,
    Timeline,
)
from helpers.stages.scorecard import Scope, Score, Scores
from helpers.stages.sentences import BESIDE
from helpers.units import Period
from helpers.wording import Message, Name, msg

LONG_PERIOD = 92
"""A line of more days than these is drawn by week."""

MAX_CAMPAIGNS = 50

BRIEFLY = 3
"""Entries of each answer on the first screen."""

IN_TABLES = ("spend", "impressions", "ctr", "cpc", "conversions", "cvr", "cpa", "roas")
"""The KPIs that fit beside each other on a page; the claims hold all."""


def card(score: Score, *, target: Claim | None = None, spark: Sequence[float] = ()) -> Card:
    """A KPI's card: its change with the verdict, the target, and how sure the figure is."""
    value = score.value
    change = None
    if score.change and score.change.compared_to:
        beside = BESIDE[score.change.compared_to.what]
        change = msg("{change} {beside}", change=score.change.figure, beside=beside)
    note = msg("between {low} and {high}", low=value.low, high=value.high) if value.interval else None
    goal = None
    if target and target.compared_to:
        goal = msg("{what}: {target}", what=fixed(target.compared_to.what), target=target.other)
    return Card(value.metric.label, value.figure, change, value.verdict, goal, note, tuple(spark))


def changes(scores: Iterable[Score]) -> Table | None:
    """Every figure now and before, its change and what may be said of it; None where nothing can be compared.

    A figure that is better neither when it rises nor when it falls has no verdict.
    """
    found = [(score, score.change) for score in scores if score.change and score.change.compared_to]
    bases = {change.compared_to.what for _, change in found if change.compared_to}
    if not found:
        return None
    before = fixed(bases.pop()) if len(bases) == 1 else msg("Before")
    rows = tuple(
        (
            score.value.metric.label,
            score.value.figure,
            change.other,
            change.figure,
            Judgement(change.verdict) if change.verdict else None,
        )
        for score, change in found
    )
    heads = (msg("Metric"), msg("Now"), before, msg("Change"), msg("Verdict"))
    return Table(msg("Each figure now and before"), heads, rows)


def brief(scores: Iterable[Score], causes: Sequence[Message], actions: Sequence[Action]) -> Brief | None:
    """What changed most beyond chance, why as far as the data say, and what to do; None where nothing is compared.

    Where nothing changed beyond chance no cause is named: one beside it would be read as a change after all.
    """
    changed = [change for score in scores if (change := score.change)]
    if not changed:
        return None
    shown = [change for change in changed if change.verdict in {"better", "worse"}]
    shown.sort(key=lambda change: -abs(change.figure.value))
    named = tuple(causes[:BRIEFLY]) or (msg("The data name no cause."),)
    return Brief(
        changes=tuple(map(_finding, shown[:BRIEFLY])) or (Finding(msg("Nothing beyond chance.")),),
        causes=named if shown else (msg("What chance alone can bring needs no cause."),),
        actions=tuple(action.what for action in actions[:BRIEFLY]) or (msg("The figures call for no change now."),),
    )


def _finding(change: Claim) -> Finding:
    what = change.compared_to.what if change.compared_to else "previous"
    label = scope_label("parameter", dict(change.scope)["parameter"])
    said = msg("{metric}: {change} {beside}", metric=label, change=change.figure, beside=BESIDE[what])
    return Finding(said, change.verdict)


def kpi_table(
    caption: Message,
    head: Message,
    rows: Sequence[tuple[Message | Name, Scope]],
    metrics: Sequence[str],
    scores: Scores,
) -> Table:
    """One row a scope, one column a metric; empty where a scope does not hold the metric."""
    shown = [metric for metric in metrics if any((metric, scope) in scores for _, scope in rows)]
    body = tuple((label, *(_cell(scores.get((metric, scope))) for metric in shown)) for label, scope in rows)
    return Table(caption, (head, *(METRICS[metric].label for metric in shown)), body)


def over_time(
    frame: pd.DataFrame,
    metric: str,
    period: Period,
    caption: Caption,
    *,
    currency: str | None = None,
    base: Baseline | None = None,
    marks: tuple[Mark, ...] = (),
) -> Timeline:
    """A metric over the days (in a long period, the weeks) of a period, above the same days of the baseline."""
    known = METRICS[metric]
    lines = [Line(known.label, *_line(frame, metric, period))]
    if base:
        days, _ = _line(frame, metric, period)
        _, values = _line(frame, metric, base.period)
        length = min(len(days), len(values))
        lines.append(Line(_basis(base), days[:length], values[:length], role="previous"))
    unit = Measure(known.unit, currency if known.unit == "money" else None)
    return Timeline(caption, unit, tuple(lines), marks)


def spark(frame: pd.DataFrame, metric: str, period: Period) -> tuple[float, ...]:
    """The values of a spark line; gaps are zero days."""
    _, values = _line(frame, metric, period)
    return tuple(0.0 if np.isnan(value) else float(f"{value:.4g}") for value in values)


def largest_campaigns(ads: pd.DataFrame, period: Period) -> pd.DataFrame:
    """The ads with every campaign beyond the fifty with most spend in the period called `(other)`.

    Ads without a campaign name are left out.
    """
    named = ads[ads["campaign"].notna()]
    spend = within(named, period).groupby(["platform", "campaign"], observed=True)["spend"].sum()
    kept = spend.sort_values(ascending=False).head(MAX_CAMPAIGNS).index
    is_kept = pd.MultiIndex.from_frame(named[["platform", "campaign"]]).isin(kept)
    name = named["campaign"].astype(object).where(is_kept, REST)
    platform = named["platform"].astype(object).where(is_kept, REST)
    return named.assign(campaign=name, platform=platform)


def _basis(base: Baseline) -> Message:
    return msg("last year") if base.what == "previous_year" else msg("period before")


def _line(frame: pd.DataFrame, metric: str, period: Period) -> tuple[tuple[date, ...], tuple[float, ...]]:
    top, below = daily(frame, metric, period)
    days = pd.date_range(period.start, period.end)
    parts = pd.DataFrame({"top": top, "below": 1.0 if below is None else below}, index=days)
    parts[(days < frame["period_start"].min()) | (days > frame["period_end"].max())] = np.nan
    if period.days > LONG_PERIOD:
        weeks = parts.resample("W-MON", label="left", closed="left")
        full = weeks["top"].count() == len(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))
        parts = weeks.sum()[full]
    values = parts["top"] if below is None else parts["top"].div(parts["below"].where(parts["below"] > 0))
    return tuple(day.date() for day in parts.index), tuple(map(float, values))


def _cell(score: Score | None) -> Cell:
    return score.value.figure if score else None
