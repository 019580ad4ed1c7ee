"""How a client stands: the KPIs of the whole, of each platform and channel, held against an earlier period."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

import pandas as pd

from helpers.claims import Claim, Ledger, scope_label
from helpers.kpis import BASE, FURTHER, prepare_ads, within
from helpers.stages.context import Baseline, Context
from helpers.stages.maturity import Arrivals, arrivals
from helpers.stages.sales import Sales, sales, series_of
from helpers.stages.scorecard import Scope, Score, Scorecard, Scores, claim
from helpers.units import Period
from helpers.wording import Message, Name

Compare = Callable[[pd.Series, Period], Baseline | None]

WHOLE: Scope = ()


class Tables(Protocol):
    """What the `Inputs` of a stage must hold to know where the client stands."""

    @property
    def context(self) -> Context:
        """The client and the run."""

    @property
    def ads(self) -> pd.DataFrame:
        """Paid media."""

    @property
    def orders(self) -> pd.DataFrame:
        """The sales ledger."""

    @property
    def order_lines(self) -> pd.DataFrame:
        """Its lines."""

    @property
    def series(self) -> pd.DataFrame:
        """Further series."""

    @property
    def snapshots(self) -> pd.DataFrame:
        """What every export ever seen said of each day."""


@dataclass(frozen=True)
class Standing:
    """The material that a stage's parts are made of.

    Parameters
    ----------
    ledger
        Holds all claims of the stage.
    ads
        All history, prepared.
    sold
        The sales, None where there are none.
    base
        What the period is compared to; None where no earlier period is known whole.
    scores
        By metric and scope, in the order in which they are shown.
    arrivals
        How the platforms' conversions come in.
    """

    context: Context
    ledger: Ledger
    ads: pd.DataFrame
    sold: Sales | None
    base: Baseline | None
    scores: Scores
    arrivals: Arrivals

    @property
    def period(self) -> Period:
        """The run's period."""
        return self.context.period

    @property
    def rows(self) -> pd.DataFrame:
        """The ads of the period."""
        return within(self.ads, self.period)

    def of(self, metric: str, scope: Scope = WHOLE) -> Score | None:
        """A KPI; of the client as a whole unless a scope is given."""
        return self.scores.get((metric, scope))

    def all_of(self, scope: Scope = WHOLE) -> list[Score]:
        """Every KPI of a scope."""
        return [score for (_, found), score in self.scores.items() if found == scope]

    def parts(self, key: str | None = None) -> list[Scope]:
        """The scopes below the whole: of one key, or else channels where they say more than platforms."""
        scopes = list(dict.fromkeys(scope for _, scope in self.scores if scope))
        channels = [scope for scope in scopes if scope[0][0] == "channel"]
        if key is None:
            return channels or scopes
        return [scope for scope in scopes if scope[0][0] == key]

    def hold(self, score: Score, **details: object) -> Claim:
        """Hold a KPI against something else, such as its target: its claim is amended, here and in the ledger."""
        amended = self.ledger.amend(score.value, **details)
        self.scores[(amended.metric.id, amended.scope)] = replace(score, value=amended)
        return amended


def standing(inputs: Tables, compare: Compare) -> Standing:
    """Work out and claim where the client stands.

    A KPI that the ads do not hold comes from the series named after it; sales come from the ledger.
    """
    context = inputs.context
    period = context.period
    ledger = Ledger(context.stage, period, context.currency)
    ads, sold = prepare_ads(inputs.ads), sales(inputs.orders, inputs.order_lines, inputs.series)
    base = compare(ads["period_start"], period)
    scopes = [WHOLE, *_scopes(ads, "platform", period), *_scopes(ads, "channel", period)]
    late = arrivals(inputs.snapshots)
    drafts = Scorecard(ledger, ads, period, base, late.expected(ads)).drafts(BASE, scopes)
    drafts += Scorecard(ledger, ads, period, None).drafts(FURTHER, scopes)
    known = {draft.metric.id for draft in drafts if draft.scope == WHOLE}
    for metric in [metric for metric in BASE if metric not in known]:
        drafts += Scorecard(ledger, series_of(inputs.series, metric), period, None).drafts([metric], [WHOLE])
    if sold:
        sold_base = compare(sold.frame["period_start"], period)
        drafts += Scorecard(ledger, sold.frame, period, sold_base).drafts(sold.metrics, [WHOLE])
        base = base or sold_base
    return Standing(context, ledger, ads, sold, base, claim(drafts), late)


def name_of(scope: Scope) -> Message | Name:
    """What a reader calls a scope: its narrowest value."""
    found = scope_label(*scope[-1])
    return found if isinstance(found, Message | Name) else Name(scope[-1][1])


def channel_scopes(ads: pd.DataFrame, period: Period) -> list[Scope]:
    """The channels of a period, most spend first; the platforms where channels say no more."""
    return _scopes(ads, "channel", period) or _scopes(ads, "platform", period)


def _scopes(ads: pd.DataFrame, key: str, period: Period) -> list[Scope]:
    """The values of a key in the period, most spend first; channels only where they say more than the platform."""
    rows = within(ads, period)
    if key == "channel" and (rows["channel"] == rows["platform"]).all():
        return []
    spend = rows.groupby(key, observed=True)["spend"].sum().sort_values(ascending=False)
    return [((key, str(value)),) for value in spend.index]
