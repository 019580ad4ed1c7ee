"""Days on which a series of paid media leaves what its own past lets one expect.

Figures are held against their own slowly moving level and weekday, on the scale on which such runs ordinarily deviate;
`tests/quality` counts the false alarms on simulated worlds without faults.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pandas as pd

from helpers.methods import alarms
from helpers.quality import signals
from helpers.quality.model import Check, Find, Finding, Material, called, days_of, number, share
from helpers.units import Period, Quantity
from helpers.wording import Message, Name, msg

MUCH = 3.0
"""A day counts as a spike at three times its level and as a fall at a third of it: less is the trade's daily bread."""

MISSED = 15
"""Conversions that a campaign must have missed: chance alone brings none of so many less than once in a million."""

_Says = Callable[[Message, Quantity, date], Message]


def _jumps(measure: str, says: _Says, *, falls: bool = False) -> Find:
    """Find the days on which a measure of a platform jumps and comes back."""

    def find(material: Material) -> Iterator[Finding]:
        period = days_of(material.daily_ads)
        for (platform,), days in signals.daily(material.ads, ["platform"], [measure], period) if period else ():
            values = days[measure].where(days[measure] > 0)
            # Small days scatter more: each is trusted by the level around it, not by its own height.
            level = days[measure].rolling(alarms.LEVEL_WINDOW, center=True, min_periods=1).median().to_numpy()
            odds = (1 / values if falls else values).to_numpy()
            found = alarms.spike(odds, signals.dates(days), weights=level, factor=MUCH)
            spans = [span for span in found if _is_inside(span, signals.dates(days), falls=falls)]
            if spans:
                n = _lasting(spans)
                text = says(called("platform", platform), n, spans[-1].end)
                rows = _rows(material, platform, spans)
                yield Finding(text, n, rows, (("platform", platform),), when=Period(spans[0].start, spans[-1].end))

    return find


def _is_inside(span: alarms.Span, days: list[date], *, falls: bool) -> bool:
    """A jump must come and go; only a fall on the last day is told, for that is how an export cut too early looks."""
    return span.start > days[0] and (falls or span.end < days[-1])


def _lasting(spans: list[alarms.Span]) -> Quantity:
    return number(sum(Period(span.start, span.end).days for span in spans))


def _rows(material: Material, platform: str, spans: list[alarms.Span]) -> pd.DataFrame:
    rows = material.daily_ads[material.daily_ads["platform"] == platform]
    inside = [rows["period_start"].between(pd.Timestamp(span.start), pd.Timestamp(span.end)) for span in spans]
    return rows[pd.concat(inside, axis=1).any(axis=1)]


def _outages(material: Material) -> Iterator[Finding]:
    period = days_of(material.daily_ads)
    found: dict[str, list[alarms.Span]] = {}
    for one in signals.outages(material.ads, period) if period else ():
        found.setdefault(one.group[0], []).append(one.span)
    for platform, spans in found.items():
        n, when = _lasting(spans), Period(spans[-1].start, spans[-1].end)
        text = msg("{place}: days without a conversion although clicks went on, the last ones {days}: {n}.",
                   place=called("platform", platform), n=n, days=when)  # fmt: skip
        yield Finding(text, n, _rows(material, platform, spans), (("platform", platform),), when=when)


def _silent_campaigns(material: Material) -> Iterator[Finding]:
    """Campaigns whose conversions stop while their platform counts on.

    A campaign has few conversions and they come in clumps, so a stretch must also have missed a good number of them at
    the campaign's rate of all its days, not only at that of the days around.
    """
    period = days_of(material.daily_ads)
    if period is None:
        return
    dark = [(one.group[0], one.days) for one in signals.outages(material.ads, period)]
    stopped = list(signals.outages(material.ads, period, ["platform", "campaign"]))
    alone = [
        one
        for one in stopped
        if _missed(material, one) >= MISSED
        and not any(platform == one.group[0] and _meets(days, one.days) for platform, days in dark)
    ]
    for platform, campaign in dict.fromkeys(one.group for one in alone):
        spans = [one.span for one in alone if one.group == (platform, campaign)]
        rows = _rows(material, platform, spans)
        n, when = _lasting(spans), Period(spans[-1].start, spans[-1].end)
        text = msg("{campaign}: days without a conversion although clicks went on, the last ones {days}: {n}.",
                   campaign=Name(campaign), n=n, days=when)  # fmt: skip
        scope = (("platform", platform), ("campaign", campaign))
        yield Finding(text, n, rows[rows["campaign"] == campaign], scope, when=when)


def _missed(material: Material, stretch: signals.Signal) -> float:
    """Conversions that the clicks of a stretch would have brought at the campaign's own rate of all its days."""
    platform, campaign = stretch.group
    ads = material.daily_ads
    own = ads[ads["platform"].eq(platform) & ads["campaign"].eq(campaign)]
    inside = own["period_start"].between(pd.Timestamp(stretch.days.start), pd.Timestamp(stretch.days.end))
    return float(own["conversions"].sum() / own["traffic"].sum() * own.loc[inside, "traffic"].sum())


def _meets(one: Period, other: Period) -> bool:
    return one.start <= other.end and other.start <= one.end


def _cost_spikes(material: Material) -> Iterator[Finding]:
    period = days_of(material.daily_ads)
    found: dict[tuple[str, ...], list[alarms.Span]] = {}
    for one in signals.cost_spikes(material.ads, period) if period else ():
        found.setdefault(one.group, []).append(one.span)
    for (platform, campaign), spans in found.items():
        n, when = _lasting(spans), Period(spans[-1].start, spans[-1].end)
        text = msg("{campaign}: days on which a click cost far more than usual, the last ones {days}: {n}.",
                   campaign=Name(campaign), n=n, days=when)  # fmt: skip
        rows = _rows(material, platform, spans)
        scope = (("platform", platform), ("campaign", campaign))
        yield Finding(text, n, rows[rows["campaign"] == campaign], scope, when=when)


def _worn_ads(material: Material) -> Iterator[Finding]:
    period = days_of(material.daily_ads)
    for platform, ad, worn, rows in signals.worn_ads(material.ads, period) if period else ():
        n = share(worn.ratio.value, 1.0)
        text = msg("The ad {ad} keeps of its click rate at the start: {n}.", ad=Name(ad), n=n)
        yield Finding(text, n, rows[rows["ad"] == ad], (("platform", platform), ("ad", ad)))


def _in_step(material: Material) -> Iterator[Finding]:
    period = days_of(material.daily_ads)
    channels = signals.in_step(material.ads, period) if period else []
    if channels:
        n = number(len(channels))
        text = msg("Channels whose spend moves in step with the season or the rest: {n}.", n=n)
        yield Finding(text, n, material.daily_ads[material.daily_ads["channel"].isin(channels)])


CHECKS = (
    Check(
        "tracking_outage",
        "error",
        ("ads",),
        _outages,
        msg("Check the conversion tag and have these days restated."),
        is_said_elsewhere=True,
    ),
    Check(
        "zero_conversion_stretch",
        "warning",
        ("ads",),
        _silent_campaigns,
        msg("Check the landing page, the tag and the stock of this campaign on these days."),
    ),
    Check(
        "spend_spike",
        "warning",
        ("ads",),
        _jumps("spend", lambda place, n, last: msg(
            "{place}: days with at least three times the usual spend, the last one {last}: {n}.",
            place=place, n=n, last=last)),
        msg("Look whether a budget was raised on purpose; if so note it in log.csv."),
    ),
    Check(
        "spend_fall",
        "warning",
        ("ads",),
        _jumps("spend", lambda place, n, last: msg(
            "{place}: days with at most a third of the usual spend, the last one {last}: {n}.",
            place=place, n=n, last=last), falls=True),
        msg("Look whether the export was cut within a day, a card was refused or a campaign was paused."),
    ),
    Check(
        "impressions_spike",
        "warning",
        ("ads",),
        _jumps("impressions", lambda place, n, last: msg(
            "{place}: days with at least three times the usual impressions, the last one {last}: {n}.",
            place=place, n=n, last=last)),
        msg("Look at placements and networks of these days: cheap or invalid traffic shows there first."),
    ),
    Check(
        "impressions_fall",
        "warning",
        ("ads",),
        _jumps("impressions", lambda place, n, last: msg(
            "{place}: days with at most a third of the usual impressions, the last one {last}: {n}.",
            place=place, n=n, last=last), falls=True),
        msg("Look whether the export was cut within a day, or ads were refused or limited."),
    ),
    Check(
        "cost_spike",
        "warning",
        ("ads",),
        _cost_spikes,
        msg("Look up what changed in the bids on these days, and set a bid limit."),
        is_said_elsewhere=True,
    ),
    Check(
        "fatigue",
        "info",
        ("ads",),
        _worn_ads,
        msg("Replace the ad by a new version."),
        is_said_elsewhere=True,
    ),
    Check(
        "not_separable",
        "info",
        ("ads",),
        _in_step,
        msg("Plan weeks in which one of them pauses, by turns and not by season."),
        is_said_elsewhere=True,
    ),
)  # fmt: skip
