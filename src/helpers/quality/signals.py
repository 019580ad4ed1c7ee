"""What moves or falsifies the results of paid media, as spans of days: stages act on it, checks list it.

All of it looks at the days up to the end of a period and finds what touches the period.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from helpers.methods import alarms, collinearity
from helpers.units import Period

MIN_WEEKS = 26
WEEKS_A_YEAR = 52.18

FALSE_ALARM = 0.01
WORN = 0.8
"""An ad that keeps more than this share of its click rate is not worth replacing."""

MIN_CLICKS = 300
"""An ad with fewer clicks says nothing about tiredness."""


@dataclass(frozen=True)
class Signal:
    """Something on some days of a group, named by platform and, if finer, by campaign."""

    group: tuple[str, ...]
    span: alarms.Span

    @property
    def days(self) -> Period:
        """Its days."""
        return Period(self.span.start, self.span.end)


def outages(ads: pd.DataFrame, period: Period, by: Sequence[str] = ("platform",)) -> Iterator[Signal]:
    """Yield stretches of days on which conversions stop while clicks go on."""
    for group, days in daily(ads, by, ["conversions", "traffic"], period):
        counted, clicked = days["conversions"].to_numpy(), days["traffic"].to_numpy()
        for span in alarms.outage(counted, clicked, dates(days), since=period.start):
            if _overlaps(span, period):
                yield Signal(group, span)


def cost_spikes(ads: pd.DataFrame, period: Period) -> Iterator[Signal]:
    """Yield short jumps of what a campaign pays for a click."""
    for group, days in daily(ads, ["platform", "campaign"], ["spend", "traffic"], period):
        clicked = days[days["traffic"] > 0]
        cost = (clicked["spend"] / clicked["traffic"]).to_numpy()
        for span in alarms.spike(cost, dates(clicked), weights=clicked["traffic"].to_numpy()):
            if _overlaps(span, period):
                yield Signal(group, span)


def worn_ads(ads: pd.DataFrame, period: Period) -> Iterator[tuple[str, str, alarms.Decay, pd.DataFrame]]:
    """Yield ads still running whose click rate falls with every further contact while their neighbours' does not.

    Many ads are looked at, so each is held to its share of one false alarm in a hundred. Platform, ad, its decay, and
    the rows of all ads of the platform.
    """
    named = ads[ads["ad"].notna() & (ads["period_grain"] == "day") & (ads["period_end"] <= pd.Timestamp(period.end))]
    for platform, rows in named.groupby("platform", observed=True):
        clicks, shown = (_by_ad(rows, measure) for measure in ("traffic", "impressions"))
        running = _running(clicks, shown, period)
        for ad in running:
            worn = _decay(clicks, shown, ad)
            if worn is not None and worn.p_value * len(running) < FALSE_ALARM and worn.ratio.value <= WORN:
                yield str(platform), ad, worn, rows


def in_step(ads: pd.DataFrame, period: Period) -> list[str]:
    """Channels whose weekly spend moves so much with the others, or the season, that their effects cannot be told."""
    days = ads[(ads["period_grain"] == "day") & (ads["period_end"] <= pd.Timestamp(period.end))]
    by_day = days.pivot_table(index="period_start", columns="channel", values="spend", aggfunc="sum", observed=True)
    weeks = (
        by_day.fillna(0.0).asfreq("D", fill_value=0.0).resample("W-MON", label="left", closed="left").sum().iloc[1:-1]
    )
    if len(weeks) < MIN_WEEKS or weeks.shape[1] < 2:
        return []
    inflation = collinearity.variance_inflation(weeks.transform(np.log1p), cycle=WEEKS_A_YEAR)
    return [str(name) for name in inflation.index[inflation >= collinearity.TOO_HIGH]]


def daily(
    ads: pd.DataFrame, keys: Sequence[str], measures: Sequence[str], period: Period
) -> Iterator[tuple[tuple[str, ...], pd.DataFrame]]:
    """Yield daily sums of each group up to the end of the period, one row a day between its first and last."""
    days = ads[(ads["period_grain"] == "day") & (ads["period_end"] <= pd.Timestamp(period.end))]
    days = days[days[list(measures)].notna().all(axis=1)]
    for group, rows in days.groupby(list(keys), observed=True):
        yield tuple(map(str, group)), rows.groupby("period_start")[list(measures)].sum().asfreq("D", fill_value=0.0)


def dates(days: pd.DataFrame) -> list[date]:
    """The days that index a table."""
    return [day.date() for day in pd.DatetimeIndex(days.index)]


def _by_ad(rows: pd.DataFrame, measure: str) -> pd.DataFrame:
    """A measure by day (rows) and ad (columns)."""
    return rows.pivot_table(
        index="period_start", columns="ad", values=measure, aggfunc="sum", fill_value=0.0, observed=True
    )


def _running(clicks: pd.DataFrame, shown: pd.DataFrame, period: Period) -> list[str]:
    """Ads shown in the last week of the period that have enough clicks to judge."""
    is_late = pd.DatetimeIndex(shown.index) > pd.Timestamp(period.end) - pd.Timedelta(weeks=1)
    both = [ad for ad in shown if ad in clicks]
    return [str(ad) for ad in both if shown[ad][is_late].sum() > 0 and clicks[ad].sum() >= MIN_CLICKS]


def _decay(clicks: pd.DataFrame, shown: pd.DataFrame, ad: str) -> alarms.Decay | None:
    """How an ad's click rate falls with its impressions, against the other ads on the days when it ran."""
    on = shown[ad] > 0
    return alarms.decay(
        clicks.loc[on, ad].to_numpy(),
        shown.loc[on, ad].to_numpy(),
        shown.loc[on, ad].cumsum().to_numpy(),
        peers_numerator=clicks.loc[on].drop(columns=ad).sum(axis=1).to_numpy(),
        peers_denominator=shown.loc[on].drop(columns=ad).sum(axis=1).to_numpy(),
    )


def _overlaps(span: alarms.Span, period: Period) -> bool:
    return span.start <= period.end and span.end >= period.start
