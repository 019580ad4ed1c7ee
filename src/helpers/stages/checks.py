"""What a careful analyst looks for before believing a figure: gaps, outages, price spikes, tired ads, overlaps.

Each finding is a `Caveat` with the contract's code, and where it can be acted on, an `Action`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from helpers.claims import RESTATED, Claim, Comparison, Ledger, scope_label
from helpers.kpis import within
from helpers.methods import alarms, trend
from helpers.quality import Found, noted, signals
from helpers.stages.parts import Action, Caveat, Mark
from helpers.units import Period
from helpers.wording import Message, Name, Value, counted, listed, msg

if TYPE_CHECKING:
    from helpers.store import Notice, Restated

CAUSES = ("tracking_outage", "cost_spike", "fatigue")
"""Codes of what moves results, the one that falsifies them first."""

BUYER = msg("Media buyer")
ANALYST = msg("Analyst")


@dataclass(frozen=True)
class Findings:
    """What the checks found in a period, in order of severity."""

    caveats: tuple[Caveat, ...] = ()
    actions: tuple[Action, ...] = ()
    marks: tuple[Mark, ...] = ()

    def __add__(self, other: Findings) -> Findings:
        return Findings(self.caveats + other.caveats, self.actions + other.actions, self.marks + other.marks)


def from_notices(notices: Iterable[Notice], ledger: Ledger) -> Findings:
    """What reading and merging the exports noticed, and what the checks found in them.

    A notice without a sentence of ours is left to the receipts. What is found in a check brings its figure as a claim.
    """
    found: dict[tuple[str, tuple[tuple[str, str], ...], Message], Caveat] = {}
    for notice in notices:
        caveat = _checked(notice, ledger) if isinstance(notice, Found) else _noticed(notice, ledger)
        if caveat is not None:
            found.setdefault((caveat.code, caveat.scope, caveat.text), caveat)
    return Findings(tuple(found.values()))


def _noticed(notice: Notice, ledger: Ledger) -> Caveat | None:
    claims: list[Claim] = []
    text = noted.sentence(notice, partial(_restated, ledger, claims))
    for claim in claims:
        ledger.amend(claim, sentence=text)
    scope = tuple(sorted((key, str(value)) for key, value in notice.scope.items()))
    return Caveat(notice.code, text, scope) if text else None


def _restated(ledger: Ledger, claims: list[Claim], notice: Restated, measure: str) -> tuple[Value, Value]:
    """Claim what a newer export says of a measure, against what was said before."""
    claim = ledger.add(
        RESTATED,
        notice.after[measure],
        unit=noted.unit_of(notice, measure),
        scope={**notice.scope, "series": notice.values["table"], "parameter": measure},
        rows=notice.rows,
        compared_to=Comparison("previous", notice.before[measure]),
        **({"period": notice.days} if notice.days else {}),
    )
    claims.append(claim)
    return claim.other, claim.figure


def _checked(found: Found, ledger: Ledger) -> Caveat:
    finding = found.finding
    metric = "affected_share" if finding.n.unit == "share" else "items"
    scope = {**found.scope, "parameter": found.code}
    claim = ledger.add(metric, finding.n.value, scope=scope, rows=finding.rows)
    text = finding.with_figure(claim.figure)
    ledger.amend(claim, sentence=text)
    return Caveat(found.code, text, finding.scope, found.fix)


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
    return sum((_outage(one.group[0], one.days, due) for one in signals.outages(ads, period)), Findings())


def spikes(ledger: Ledger, ads: pd.DataFrame, period: Period, due: date) -> Findings:
    """Short jumps of what a campaign pays for a click."""
    found = Findings()
    for one in signals.cost_spikes(ads, period):
        platform, campaign = one.group
        found += _spike(ledger, ads, {"platform": platform, "campaign": campaign}, one.span, due)
    return found


def tired_ads(ledger: Ledger, ads: pd.DataFrame, period: Period, due: date) -> Findings:
    """Ads still running whose click rate falls with every further contact while their neighbours' does not."""
    found = Findings()
    for platform, ad, worn, rows in signals.worn_ads(ads, period):
        found += _tired(ledger, rows, {"platform": platform, "ad": ad}, worn, due)
    return found


def inseparable(ads: pd.DataFrame, period: Period, due: date) -> Findings:
    """Channels whose weekly spend moves so much with the others, or the season, that their effects cannot be told."""
    together = signals.in_step(ads, period)
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


def _where(scope: dict[str, str]) -> Message:
    if not scope:
        return msg("Sales")
    return msg("{name}", name=scope_label(*next(iter(scope.items()))))


def due_date(as_of: date) -> date:
    """When an action of a report is due: a week after the report's day."""
    return as_of + timedelta(days=7)
