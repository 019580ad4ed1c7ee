"""Strategy: what do we aim at, on which channels, with what budget, and when."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd

from helpers.claims import Claim, Ledger, fixed
from helpers.methods import season
from helpers.plans import Plan
from helpers.stages import checks
from helpers.stages.calendar_dates import occasions
from helpers.stages.context import Context, baseline
from helpers.stages.earlier import Earlier, Finding
from helpers.stages.parts import Action, Bars, Card, Caveat, Cell, Curves, Gap, Table, Timeline
from helpers.stages.standing import Standing, standing
from helpers.stages.strategy.outlook import Outlook, look_ahead
from helpers.stages.strategy.proposal import flight_after
from helpers.stages.strategy.views import (
    channel_table,
    curves,
    forecast,
    lesson,
    moves,
    regime_sentence,
    split,
    week_table,
)
from helpers.stages.targets import Target, is_met, judged, targets_of
from helpers.store import Notice, no_snapshots
from helpers.units import Period
from helpers.wording import Message, Name, Value, listed, msg

READS = ("market_research", "persona")
"""The stages whose saved claims are read."""

MOVED = 0.05
"""A budget that changes by less than this stays as it is, for a reader."""
BUYER = msg("Media buyer")

_NO_TARGETS = Gap(
    msg("The client file names no goal that holds in the flight, so there is only the forecast to aim at."),
    msg("The goals that were agreed with the client, in the client file."),
)


@dataclass(frozen=True)
class Inputs:
    """What the strategy reads; tables are canonical and may be empty."""

    context: Context
    notices: tuple[Notice, ...]
    earlier: Earlier
    ads: pd.DataFrame
    orders: pd.DataFrame
    order_lines: pd.DataFrame
    series: pd.DataFrame
    snapshots: pd.DataFrame = field(default_factory=no_snapshots)


@dataclass(frozen=True)
class Result:
    """The strategy; a part that the data cannot fill is a gap. `plan` is what `cuaderno plan propose` writes."""

    summary: tuple[Message, ...]
    cards: tuple[Card, ...] | Gap
    objectives: Table | Gap
    feasible: tuple[Message, ...]
    audience: tuple[Message, ...]
    curves: Curves | Gap
    channels: Table | Gap
    lessons: tuple[Message, ...]
    split: Bars | Gap
    moves: tuple[Message, ...]
    weeks: Table | Gap
    moment: tuple[Message, ...]
    forecast: Timeline | Gap
    plan: Plan | Gap
    actions: tuple[Action, ...]
    caveats: tuple[Caveat, ...]
    claims: tuple[Claim, ...]


def analyse(inputs: Inputs) -> Result:
    """Propose objectives, budget and a plan for the flight that follows the period."""
    now = standing(inputs, baseline)
    ahead = look_ahead(now, _lead(inputs.earlier))
    flight = flight_after(now.period)
    targets = [(target, claim) for target in targets_of(now, ()) if (claim := judged(now, target)) is not None]
    found = checks.from_notices(inputs.notices, now.ledger) + _stale(inputs.earlier)
    found += checks.Findings() if isinstance(ahead, Gap) else _findings(now, ahead)
    return Result(
        summary=_summary(ahead),
        objectives=_objectives(targets, ahead),
        feasible=tuple(_feasible(claim) for _, claim in targets),
        audience=_audience(now.ledger, inputs.earlier),
        moment=_moment(now, inputs.earlier, flight),
        plan=ahead if isinstance(ahead, Gap) else ahead.plan,
        actions=found.actions,
        caveats=found.caveats,
        **_parts(now, ahead),
        claims=now.ledger.claims,
    )


def _parts(now: Standing, ahead: Outlook | Gap) -> dict[str, Any]:
    """What is drawn of the proposal; all of it is missing where there is none."""
    if isinstance(ahead, Gap):
        drawn = dict.fromkeys(("cards", "curves", "channels", "split", "weeks", "forecast"), ahead)
        return drawn | {"lessons": (), "moves": ()}
    currency = now.context.currency
    return {
        "cards": _cards(ahead),
        "curves": curves(ahead, currency),
        "channels": channel_table(ahead),
        "lessons": (regime_sentence(ahead), *(lesson(channel, ahead, currency) for channel in ahead.channels)),
        "split": split(ahead, currency),
        "moves": moves(ahead),
        "weeks": week_table(ahead, currency),
        "forecast": forecast(ahead, currency),
    }


# The first screen


def _summary(ahead: Outlook | Gap) -> tuple[Message, ...]:
    if isinstance(ahead, Gap):
        return (ahead.what,)
    said = [_proposal(ahead)]
    if ahead.gain and ahead.chance:
        values: dict[str, Value] = {"gain": ahead.gain.figure, "low": ahead.gain.low, "high": ahead.gain.high}
        said.append(
            msg(
                "Against today's split of the same money this brings {gain} (between {low} and {high}); the chance "
                "that it brings more is {chance}.",
                **values,
                chance=ahead.chance.figure,
            )
        )
    if ahead.revenue:
        values = {"value": ahead.revenue.figure, "low": ahead.revenue.low, "high": ahead.revenue.high}
        said.append(msg("Revenue of {value} is to be expected (between {low} and {high}).", **values))
    return tuple(said)


def _proposal(ahead: Outlook) -> Message:
    values: dict[str, Value] = {"budget": ahead.budget.figure, "days": ahead.flight}
    more = [channel.name for channel in ahead.channels if channel.move > MOVED]
    less = [channel.name for channel in ahead.channels if channel.move < -MOVED]
    if not more or not less:
        return msg("For {days} we propose {budget}, split as today.", **values)
    return msg(
        "For {days} we propose {budget}, with more for {more} and less for {less}.",
        **values,
        more=_names(more),
        less=_names(less),
    )


def _names(names: list[Message | Name]) -> Message:
    return listed([msg("{name}", name=name) for name in names])


def _cards(ahead: Outlook) -> tuple[Card, ...]:
    shown = [Card(ahead.budget.metric.label, ahead.budget.figure)]
    for claim in (ahead.revenue, ahead.gain):
        if claim:
            note = msg("between {low} and {high}", low=claim.low, high=claim.high)
            target = None
            if claim.compared_to:
                target = msg("same days of last year: {value}", value=claim.other)
            shown.append(Card(claim.metric.label, claim.figure, target=target, note=note))
    if ahead.chance:
        shown.append(Card(ahead.chance.metric.label, ahead.chance.figure))
    return tuple(shown)


# What to aim at


def _objectives(targets: list[tuple[Target, Claim]], ahead: Outlook | Gap) -> Table | Gap:
    """The agreed goals beside what was reached in the period, and the forecast as an aim."""
    rows: list[tuple[Cell, ...]] = [
        (claim.subject, claim.figure, claim.other, _reach(target, claim)) for target, claim in targets
    ]
    if not isinstance(ahead, Gap) and ahead.revenue:
        rows.append((ahead.revenue.metric.label, None, ahead.revenue.figure, msg("to be expected under the plan")))
    if not rows:
        return _NO_TARGETS
    heads = (msg("Objective"), msg("In the period"), msg("Aim"), msg("Is it feasible?"))
    return Table(msg("What to aim at in the flight"), heads, tuple(rows))


def _reach(target: Target, claim: Claim) -> Message:
    if claim.verdict == "better":
        return msg("reached already")
    if claim.verdict == "worse":
        return msg("not on present evidence")
    return msg("within reach") if is_met(target, claim) or claim.verdict == "not_shown" else msg("cannot be told")


def _feasible(claim: Claim) -> Message:
    values: dict[str, Value] = {"subject": claim.subject, "value": claim.figure, "target": claim.other}
    if claim.verdict == "better":
        return msg("{subject}: the goal of {target} is reached already, with {value}.", **values)
    if claim.verdict == "worse":
        return msg("{subject}: {value} is beyond chance short of {target}; keep the goal only with a reason.", **values)
    if claim.verdict == "not_shown":
        return msg("{subject}: {target} is within reach of {value}; chance alone could make the difference.", **values)
    return msg("{subject}: too little data to say whether {target} can be reached from {value}.", **values)


def _lead(earlier: Earlier) -> str | None:
    """The persona that brings most in all (share times value), for whom the plan is made; None without any."""
    worth = _by_segment(earlier, "segment_value")
    share = _by_segment(earlier, "segment_share")
    brings = {segment: part.estimate.value * _value(worth.get(segment)) for segment, part in share.items()}
    return f"Persona {max(brings, key=lambda segment: brings[segment])}" if brings else None


def _by_segment(earlier: Earlier, metric: str) -> dict[str, Finding]:
    return {one.scope["segment"]: one for one in earlier.of("persona", metric) if "segment" in one.scope}


def _value(worth: Finding | None) -> float:
    """What one customer is worth; one, where that is not known."""
    return worth.estimate.value if worth else 1.0


def _audience(ledger: Ledger, earlier: Earlier) -> tuple[Message, ...]:
    """The segments that the persona report of the same period has found."""
    said = []
    worth = _by_segment(earlier, "segment_value")
    for segment, finding in _by_segment(earlier, "segment_share").items():
        share = _again(ledger, "segment_share", finding)
        values: dict[str, Value] = {"segment": Name(segment), "share": share.figure}
        if segment in worth:
            values["value"] = _again(ledger, "segment_value", worth[segment]).figure
            said.append(
                msg("Persona {segment}: {share} of the people, each worth {value} in the next half year.", **values)
            )
        else:
            said.append(msg("Persona {segment}: {share} of the people.", **values))
    return tuple(said) or (msg("No persona report of this period was there; the plan names no persona."),)


def _again(ledger: Ledger, metric: str, finding: Finding) -> Claim:
    """Claim what another stage has found, with its evidence."""
    return ledger.add(metric, finding.estimate, scope=finding.scope, rows=finding.evidence)


# When


def _moment(now: Standing, earlier: Earlier, flight: Period) -> tuple[Message, ...]:
    """The dates of the trade in the flight, and how the market research of the same period sees its months."""
    said = []
    months = [season.MONTHS[number - 1] for number in _months(flight)]
    for finding in earlier.of("market_research", "seasonal_index"):
        scope = finding.scope
        is_beyond_chance = finding.interval is not None and not finding.interval.holds(1.0)
        if scope.get("month") in months and is_beyond_chance:
            claim = _again(now.ledger, "seasonal_index", finding)
            values: dict[str, Value] = {
                "term": Name(scope["term"]),
                "month": fixed(scope["month"]),
                "index": claim.figure,
            }
            said.append(msg("Searches for {term} usually stand at {index} of a mean month in {month}.", **values))
    if not said:
        is_there = "market_research" in earlier.findings
        said.append(
            msg("The market research shows no season of search interest in these months.")
            if is_there
            else msg("No market research of this period was there; its season is not weighed.")
        )
    return (*_trade_dates(now.context.country, flight), *said)


def _trade_dates(country: str | None, flight: Period) -> tuple[Message, ...]:
    found = [one for one in occasions(country, flight) if one.kind != "holiday"] if country else []
    if not found:
        return ()
    names = listed([msg("{occasion} ({day})", occasion=Name(one.name), day=one.day) for one in found])
    return (msg("Dates of the trade in the flight: {dates}. What they need is for a person to add.", dates=names),)


def _months(flight: Period) -> list[int]:
    """The numbers of the months that the flight touches, in order."""
    first = flight.start.year * 12 + flight.start.month - 1
    last = flight.end.year * 12 + flight.end.month - 1
    return list(dict.fromkeys(month % 12 + 1 for month in range(first, last + 1)))


# What to do and what to know


def _stale(earlier: Earlier) -> checks.Findings:
    caveats = tuple(
        Caveat(
            "stale",
            msg(
                "The report {stage} of this period was made from other exports and is not used; run it again.",
                stage=Name(stage),
            ),
        )
        for stage in earlier.stale
        if stage in READS
    )
    return checks.Findings(caveats)


def _findings(now: Standing, ahead: Outlook) -> checks.Findings:
    due = checks.due_date(now.context.as_of)
    caveats, actions = [_assumption(ahead)], [_sign(ahead, due), *_shift(ahead, due)]
    names = [channel.name for channel in ahead.channels]
    for channel in ahead.media.response.conflicts:
        text = msg(
            "What {channel} brings by your sales contradicts what its platform claims; the claim counts for less.",
            channel=names[channel],
        )
        caveats.append(Caveat("assumption", text, ahead.media.scopes[channel]))
    if ahead.media.response.unexplained:
        caveats.append(_unexplained(ahead))
    found = checks.Findings(tuple(caveats), tuple(actions))
    together = sorted({channel for group in ahead.media.response.inseparable for channel in group})
    if together:
        found += checks.not_separable([ahead.media.scopes[channel][-1][1] for channel in together], due)
    return found


def _unexplained(ahead: Outlook) -> Caveat:
    """Weeks that neither base, season nor media explain; the curves are fitted without them."""
    weeks = [ahead.media.weekly.spend.index[place].date() for place in ahead.media.response.unexplained]
    names = listed([msg("{name}", name=week) for week in weeks])
    text = msg(
        "Sales of the weeks from {weeks} are explained by nothing known here and left out of the curves.", weeks=names
    )
    return Caveat("outliers", text)


def _assumption(ahead: Outlook) -> Caveat:
    is_claimed = any(value is not None for value in ahead.media.weekly.attributed)
    text = (
        msg("The curves start from what the platforms claim, lowered by a fifth, and from usual carry-over.")
        if is_claimed
        else msg(
            "No platform says what it brought: the curves start from media bringing a quarter of sales, held loosely."
        )
    )
    return Caveat("assumption", text)


def _sign(ahead: Outlook, due: date) -> Action:
    return Action(
        what=msg("Look through the proposed plan for {days}, edit it and approve it", days=ahead.flight),
        expected=msg("Campaigns and the analysis after them have a plan to be held against"),
        owner=msg("Social media manager"),
        due=min(due, ahead.flight.start) if ahead.flight.start > due else due,
        reversal=msg("An approved plan is replaced by a new flight, not edited"),
    )


def _shift(ahead: Outlook, due: date) -> list[Action]:
    """Move the money, where the proposal moves any."""
    more = [channel.name for channel in ahead.channels if channel.move > MOVED]
    less = [channel.name for channel in ahead.channels if channel.move < -MOVED]
    if not (more and less and ahead.gain):
        return []
    return [
        Action(
            what=msg("Move budget from {less} to {more}, as the plan says", less=_names(less), more=_names(more)),
            expected=msg(
                "{gain} more revenue in the flight (between {low} and {high})",
                gain=ahead.gain.figure,
                low=ahead.gain.low,
                high=ahead.gain.high,
            ),
            owner=BUYER,
            due=due,
            reversal=msg("Go back to the former split if revenue stays below the forecast's lower end for two weeks"),
        )
    ]
