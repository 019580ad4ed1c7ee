"""KPIs of the client and its parts, held against an earlier period, with verdicts for the whole page at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import pandas as pd

from helpers.claims import Claim, Comparison, Ledger, Verdict
from helpers.kpis import METRICS, Metric, daily, holding, measure, within
from helpers.methods import comparison, intervals
from helpers.stages.context import Baseline
from helpers.stages.maturity import LATE
from helpers.stages.sentences import AGAINST
from helpers.units import Estimate, Period
from helpers.wording import msg

Scope: TypeAlias = tuple[tuple[str, str], ...]
"""Keys and values of a claim's scope, wide before narrow; empty for the client as a whole."""

MIN_DAYS = 14
"""Fewer days than these bear no interval."""


@dataclass(frozen=True)
class Score:
    """A KPI in a scope, and its change where there is something to compare it to."""

    value: Claim
    change: Claim | None = None
    needed: float | None = None

    @property
    def verdict(self) -> Verdict | None:
        """What may be said of the change."""
        return self.value.verdict


Scores: TypeAlias = dict[tuple[str, Scope], Score]
"""KPIs by metric and scope."""


@dataclass(frozen=True)
class Draft:
    """A KPI that is worked out and not yet judged; `old` and `change` where there is something to compare it to.

    `final` is the change with the figures that late conversions are likely to bring; None where none are expected.
    """

    card: Scorecard
    metric: Metric
    scope: Scope
    rows: pd.DataFrame
    estimate: Estimate
    old: float = float("nan")
    change: comparison.Change | None = None
    final: comparison.Change | None = None

    @property
    def p_value(self) -> float:
        """Of the change, as it is and as it is likely to become: the larger one; NaN where none can be said."""
        if self.change is None:
            return float("nan")
        return max(self.change.p_value, self.final.p_value) if self.final else self.change.p_value


class Scorecard:
    """Works out KPIs for a period and compares them with a baseline.

    Parameters
    ----------
    ledger
        Where the claims go.
    frame
        A prepared canonical table (ads or orders) with all history.
    period
        The run's period.
    base
        What to compare to; None compares to nothing.
    expected
        The table with the figures that late conversions are likely to bring; None where none are expected.
    """

    def __init__(
        self,
        ledger: Ledger,
        frame: pd.DataFrame,
        period: Period,
        base: Baseline | None,
        expected: pd.DataFrame | None = None,
    ) -> None:
        self._ledger = ledger
        self._frame = frame
        self._period = period
        self._base = base
        self._expected = expected

    def drafts(self, metrics: Sequence[str], scopes: Iterable[Scope]) -> list[Draft]:
        """Work out every metric in every scope; one that a scope does not hold is left out."""
        return [draft for scope in scopes for metric in metrics if (draft := self._draft(METRICS[metric], scope))]

    def scores(self, metrics: Sequence[str], scopes: Iterable[Scope]) -> Scores:
        """Claim every metric in every scope, as a page of its own; see `claim`."""
        return claim(self.drafts(metrics, scopes))

    def _draft(self, metric: Metric, scope: Scope) -> Draft | None:
        history = select(self._frame, scope)
        rows = within(history, self._period)
        value = measure(rows, metric)
        if not np.isfinite(value):
            return None
        estimate = self._estimate(rows, metric, value)
        if self._base is None:
            return Draft(self, metric, scope, rows, estimate)
        earlier = within(history, self._base.period)
        old = measure(earlier, metric)
        if not np.isfinite(old) or not old:
            return Draft(self, metric, scope, rows, estimate)
        change = self._compare(metric, rows, earlier)
        return Draft(self, metric, scope, rows, estimate, old, change, self._compare_final(metric, scope))

    def _estimate(self, rows: pd.DataFrame, metric: Metric, value: float) -> Estimate:
        days = _days(rows)
        if not metric.denominator or days.nunique() < MIN_DAYS:
            return Estimate(value)
        top, below = daily(rows, metric.id, Period(days.min().date(), days.max().date()))
        if below is None:
            return Estimate(value)
        return Estimate(value, intervals.ratio(top, below, counts=metric.counted).interval, int(days.nunique()))

    def _compare(self, metric: Metric, rows: pd.DataFrame, earlier: pd.DataFrame) -> comparison.Change | None:
        if self._base is None or _days(rows).empty or _days(earlier).empty:
            return None
        new_top, new_below = daily(rows, metric.id, self._period)
        old_top, old_below = daily(earlier, metric.id, self._base.period)
        if new_below is None or old_below is None:
            return comparison.compare_totals(new_top, old_top, counts=bool(metric.counted))
        return comparison.compare_ratios(new_top, new_below, old_top, old_below, counts=metric.counted)

    def _compare_final(self, metric: Metric, scope: Scope) -> comparison.Change | None:
        if self._expected is None or self._base is None or LATE.isdisjoint({metric.numerator, metric.denominator}):
            return None
        history = select(self._expected, scope)
        return self._compare(metric, within(history, self._period), within(history, self._base.period))

    def settle(self, draft: Draft, *, is_found: bool) -> Score:
        """Claim a KPI of this card and its change, which is better or worse only if it was found to be."""
        scope = dict(draft.scope)
        compared = Comparison(self._base.what, draft.old) if self._base and np.isfinite(draft.old) else None
        verdict = _verdict(draft, is_found=is_found)
        value = self._ledger.add(
            draft.metric.id,
            draft.estimate,
            scope=scope,
            rows=holding(draft.rows, draft.metric),
            compared_to=compared,
            verdict=verdict,
            basis=traffic_basis(draft.rows, draft.metric),
        )
        if draft.change is None or compared is None:
            return Score(value)
        change = self._ledger.add(
            "change",
            draft.change.share,
            scope={**scope, "parameter": draft.metric.id},
            rows=draft.rows,
            compared_to=compared,
            verdict=verdict,
        )
        against = AGAINST[compared.what]
        said = msg("{subject}: {change} {against}.", subject=value.subject, change=change.figure, against=against)
        change = self._ledger.amend(change, sentence=said)
        return Score(value, change, draft.change.needed)


def claim(drafts: Sequence[Draft]) -> Scores:
    """Claim the KPIs of one page.

    False discoveries are controlled over all comparisons together, whichever table they come from, so that a page full
    of figures does not colour one by chance.
    """
    p_values = np.array([draft.p_value for draft in drafts])
    is_found = comparison.control_false_discoveries(p_values)
    return {
        (draft.metric.id, draft.scope): draft.card.settle(draft, is_found=bool(found))
        for draft, found in zip(drafts, is_found, strict=True)
    }


def select(frame: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    """The rows of a scope: every key is a column that must hold the value."""
    for key, value in scope:
        frame = frame[frame[key] == value]
    return frame


def _days(rows: pd.DataFrame) -> pd.Series:
    """The days of the rows that stand for one day each."""
    return rows.loc[rows["period_grain"] == "day", "period_start"]


def traffic_basis(rows: pd.DataFrame, metric: Metric) -> str | None:
    """Which clicks a click metric counts: `link_clicks`, `clicks` or both; None for other metrics."""
    if "traffic" not in {metric.numerator, metric.denominator}:
        return None
    has_links = rows["link_clicks"].notna()
    return "link_clicks" if has_links.all() else "clicks" if not has_links.any() else "link_clicks, clicks"


def _verdict(draft: Draft, *, is_found: bool) -> Verdict | None:
    if draft.change is None:
        return None
    said = comparison.verdict(draft.change, direction=draft.metric.direction)
    if draft.final and said != comparison.verdict(draft.final, direction=draft.metric.direction):
        return "not_shown"  # what is still to come would undo it
    return "not_shown" if said in {"better", "worse"} and not is_found else said
