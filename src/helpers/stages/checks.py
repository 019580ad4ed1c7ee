"""What a careful analyst looks for before believing a figure: gaps, outages, price spikes, tired ads, overlaps.

Each finding is a `Caveat` with the contract's code, and where it can be acted on, an `Action`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from helpers.claims import Comparison, Ledger, scope_label
from helpers.kpis import within
from helpers.methods import alarms, collinearity, trend
from helpers.stages.parts import Action, Caveat, Mark
from helpers.stages.sentences import listed
from helpers.units import Period
from helpers.wording import Message, Name, Value, counted, msg

if TYPE_CHECKING:
    from helpers.store import Notice

MIN_WEEKS = 26
WEEKS_A_YEAR = 52.18

FALSE_ALARM = 0.01
WORN = 0.8
"""An ad that keeps more than this share of its click rate is not worth replacing."""

MIN_CLICKS = 300
"""An ad with fewer clicks says nothing about tiredness."""

CAUSES = ("tracking_outage", "cost_spike", "fatigue")
"""Codes of what moves results, the one that falsifies them first."""

BUYER = msg("Media buyer")
ANALYST = msg("Analyst")

_NOTICES: dict[str, Message] = {
    "overlap": msg("Some days stand in several exports; the newest export counts, and each day counts once."),
    "restated": msg("A newer export gives other figures for days that were exported before; the newer ones count."),
    "duplicates": msg("Some rows of an export are equal in every column; they are kept, as the platform wrote them."),
    "mixed_currencies": msg("Amounts in another currency were converted at the client's exchange rates."),
    "mixed_currencies_without_rate": msg("Amounts in a currency without an exchange rate are left out of the totals."),
    "currency_missing": msg("An export does not say its currency; its amounts are read in the reporting currency."),
    "non_additive": msg("Results of different kinds are not added; they stay out of the totals."),
    "unlike_windows": msg("Conversions were counted in different attribution windows."),
    "unread_export": msg("The export {file} could not be read: what it holds is missing from every figure."),
    "unknown_export": msg("The export {file} was not recognised: what it holds is missing from every figure."),
    "personal_data": msg("Names, addresses and the like were dropped when the exports were read."),
}


@dataclass(frozen=True)
class Findings:
    """What the checks found in a period, in order of severity."""

    caveats: tuple[Caveat, ...] = ()
    actions: tuple[Action, ...] = ()
    marks: tuple[Mark, ...] = ()

    def __add__(self, other: Findings) -> Findings:
        return Findings(self.caveats + other.caveats, self.actions + other.actions, self.marks + other.marks)


def from_notices(notices: Iterable[Notice]) -> Findings:
    """What reading and merging the exports noticed; a notice without a sentence of ours is left to the receipts."""
    found: dict[tuple[str, tuple[tuple[str, str], ...], Message], Caveat] = {}
    for notice in notices:
        is_left_out = notice.code == "mixed_currencies" and not notice.values.get("is_converted")
        text = _NOTICES.get("mixed_currencies_without_rate" if is_left_out else notice.code)
        if text is None:
            continue
        scope = tuple(sorted((key, str(value)) for key, value in notice.scope.items()))
        if "file" in notice.values:
            text = replace(text, values=(("file", Name(str(notice.values["file"]))),))
        found.setdefault((notice.code, scope, text), Caveat(notice.code, text, scope))
    return Findings(tuple(found.values()))


def causes(caveats: Iterable[Caveat]) -> list[Message]:
    """The findings that can be why a result changed, most severe first."""
    return [caveat.text for code in CAUSES for caveat in caveats if caveat.code == code]


def missing_days(ledger: Ledger, frame: pd.DataFrame, period: Period, scope: dict[str, str]) -> Findings:
    """Days between the first and the last without a row, in daily data."""
    rows = within(frame, period)
    days = rows.loc[rows["period_grain"] == "day", "period_start"].drop_duplicates()
    missing = trend.missing_days(days, period.start, period.end)
    if not missing:
        return Findings()
    claim = ledger.add("items", len(missing), scope={**scope, "parameter": "missing_days"}, rows=rows)
    what = _where(scope)
    text = counted("{what}: {n} day without a row.", "{what}: {n} days without a row.", claim.figure, what=what)
    return Findings((Caveat("missing_days", text, tuple(scope.items())),))


def outages(ads: pd.DataFrame, period: Period, due: date) -> Findings:
    """Stretches of days on which a platform's conversions stop while its clicks go on."""
    found = Findings()
    for platform, days in _daily(ads, ["platform"], ["conversions", "traffic"], period):
        counted, clicked = days["conversions"].to_numpy(), days["traffic"].to_numpy()
        for span in alarms.outage(counted, clicked, _dates(days), since=period.start):
            if _overlaps(span, period):
                found += _outage(platform[0], Period(span.start, span.end), due)
    return found


def spikes(ledger: Ledger, ads: pd.DataFrame, period: Period, due: date) -> Findings:
    """Short jumps of what a campaign pays for a click."""
    found = Findings()
    for (platform, campaign), days in _daily(ads, ["platform", "campaign"], ["spend", "traffic"], period):
        clicked = days[days["traffic"] > 0]
        cost = (clicked["spend"] / clicked["traffic"]).to_numpy()
        for span in alarms.spike(cost, _dates(clicked), weights=clicked["traffic"].to_numpy()):
            if _overlaps(span, period):
                found += _spike(ledger, ads, {"platform": platform, "campaign": campaign}, span, due)
    return found


def tired_ads(ledger: Ledger, ads: pd.DataFrame, period: Period, due: date) -> Findings:
    """Ads still running whose click rate falls with every further contact while their neighbours' does not.

    Many ads are looked at, so each is held to its share of one false alarm in a hundred.
    """
    found = Findings()
    named = ads[ads["ad"].notna() & (ads["period_grain"] == "day") & (ads["period_end"] <= pd.Timestamp(period.end))]
    for platform, rows in named.groupby("platform", observed=True):
        clicks, shown = (_by_ad(rows, measure) for measure in ("traffic", "impressions"))
        running = _running(clicks, shown, period)
        for ad in running:
            worn = _decay(clicks, shown, ad)
            if worn is not None and worn.p_value * len(running) < FALSE_ALARM and worn.ratio.value <= WORN:
                found += _tired(ledger, rows, {"platform": str(platform), "ad": ad}, worn, due)
    return found


def inseparable(ads: pd.DataFrame, period: Period, due: date) -> Findings:
    """Channels whose weekly spend moves so much with the others, or the season, that their effects cannot be told."""
    days = ads[(ads["period_grain"] == "day") & (ads["period_end"] <= pd.Timestamp(period.end))]
    daily = days.pivot_table(index="period_start", columns="channel", values="spend", aggfunc="sum", observed=True)
    weeks = (
        daily.fillna(0.0).asfreq("D", fill_value=0.0).resample("W-MON", label="left", closed="left").sum().iloc[1:-1]
    )
    if len(weeks) < MIN_WEEKS or weeks.shape[1] < 2:
        return Findings()
    inflation = collinearity.variance_inflation(weeks.transform(np.log1p), cycle=WEEKS_A_YEAR)
    together = [str(name) for name in inflation.index[inflation >= collinearity.TOO_HIGH]]
    return not_separable(together, due) if together else Findings()


def not_separable(channels: list[str], due: date) -> Findings:
    """Say that the effects of these channels cannot be told apart, and what would change that."""
    names = listed([_called(name) for name in channels])
    text = msg(
        "The spend of {names} moves in step with the season or the rest; what each brings cannot be told.", names=names
    )
    action = Action(
        what=msg("Plan weeks in which one of {names} pauses, by turns and not by season", names=names),
        expected=msg("After a few such weeks it can be told what each one brings"),
        owner=BUYER,
        due=due,
        reversal=msg("End a pause early if orders fall by more than the channel costs"),
    )
    return Findings((Caveat("not_separable", text),), (action,))


def _called(channel: str) -> Message:
    return msg("{name}", name=scope_label("platform", channel))


def _outage(platform: str, span: Period, due: date) -> Findings:
    name = scope_label("platform", platform)
    text = msg("{platform} reported no conversions on {days} although clicks went on.", platform=name, days=span)
    action = Action(
        what=msg("Check the conversion tag of {platform} and have {days} restated", platform=name, days=span),
        expected=msg("Conversions, CPA and ROAS of those days become usable"),
        owner=BUYER,
        due=due,
        reversal=msg("Nothing to undo: the campaigns stay as they are"),
    )
    mark = Mark(span.start, span.end, msg("no conversions: {platform}", platform=name))
    return Findings((Caveat("tracking_outage", text, (("platform", platform),)),), (action,), (mark,))


def _spike(ledger: Ledger, ads: pd.DataFrame, scope: dict[str, str], span: alarms.Span, due: date) -> Findings:
    days = Period(span.start, span.end)
    rows = within(ads[(ads["platform"] == scope["platform"]) & (ads["campaign"] == scope["campaign"])], days)
    usual = Comparison("previous", span.expected)
    cost = ledger.add("cpc", span.observed, scope=scope, rows=rows, period=days, compared_to=usual)
    values: dict[str, Value] = {"campaign": Name(scope["campaign"]), "days": days}
    text = msg(
        "{campaign} paid {cost} a click on {days}, where {usual} was usual.",
        cost=cost.figure,
        usual=cost.other,
        **values,
    )
    action = Action(
        what=msg("Look up what changed in the bids of {campaign} on {days}, and set a bid limit", **values),
        expected=msg("Clicks at the usual {usual}", usual=cost.other),
        owner=BUYER,
        due=due,
        reversal=msg("Lift the limit if the campaign loses its impressions"),
    )
    caveat = Caveat("cost_spike", text, tuple(scope.items()))
    return Findings((caveat,), (action,), (Mark(span.start, span.end, msg("expensive clicks")),))


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


def _tired(ledger: Ledger, rows: pd.DataFrame, scope: dict[str, str], worn: alarms.Decay, due: date) -> Findings:
    ad = scope["ad"]
    claim = ledger.add("fatigue", worn.ratio, scope=scope, rows=rows[rows["ad"] == ad])
    text = msg(
        "The ad {ad} tires: its click rate is {ratio} of what it was at the start, its neighbours' is not.",
        ad=Name(ad),
        ratio=claim.figure,
    )
    action = Action(
        what=msg("Replace the ad {ad} by a new version", ad=Name(ad)),
        expected=msg("The click rate comes back to the level of the other ads"),
        owner=BUYER,
        due=due,
        reversal=msg("Bring the old ad back if the new one gets fewer clicks for its impressions"),
    )
    return Findings((Caveat("fatigue", text, tuple(scope.items())),), (action,))


def _daily(
    ads: pd.DataFrame, keys: Sequence[str], measures: Sequence[str], period: Period
) -> Iterator[tuple[tuple[str, ...], pd.DataFrame]]:
    """Daily sums of each group up to the end of the period, one row a day between its first and last."""
    days = ads[(ads["period_grain"] == "day") & (ads["period_end"] <= pd.Timestamp(period.end))]
    days = days[days[list(measures)].notna().all(axis=1)]
    for group, rows in days.groupby(list(keys), observed=True):
        yield tuple(map(str, group)), rows.groupby("period_start")[list(measures)].sum().asfreq("D", fill_value=0.0)


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


def _dates(days: pd.DataFrame) -> list[date]:
    return [day.date() for day in pd.DatetimeIndex(days.index)]


def _overlaps(span: alarms.Span, period: Period) -> bool:
    return span.start <= period.end and span.end >= period.start


def _where(scope: dict[str, str]) -> Message:
    if not scope:
        return msg("Sales")
    return msg("{name}", name=scope_label(*next(iter(scope.items()))))


def due_date(as_of: date) -> date:
    """When an action of a report is due: a week after the report's day."""
    return as_of + timedelta(days=7)
