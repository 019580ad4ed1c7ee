"""Post-campaign analysis: what did it bring, why did the result change, and what did we learn."""

from __future__ import annotations

import fnmatch
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

from helpers.claims import Claim, Comparison, fixed
from helpers.kpis import METRICS, measure, within
from helpers.methods import decomposition
from helpers.stages import checks, maturity
from helpers.stages.context import Context, before
from helpers.stages.overview import IN_TABLES, brief, card, changes, kpi_table, spark
from helpers.stages.parts import (
    Action,
    Bar,
    Bars,
    Brief,
    Caption,
    Card,
    Caveat,
    Cell,
    Forest,
    Gap,
    Measure,
    Table,
    Waterfall,
)
from helpers.stages.scorecard import Score
from helpers.stages.sentences import compared, leading
from helpers.stages.standing import WHOLE, Standing, name_of, standing
from helpers.stages.targets import Target, is_met, judged, targets_of
from helpers.stages.trials import Trial, outcomes
from helpers.store import Notice, no_snapshots
from helpers.units import Period, Unit
from helpers.wording import Message, Name, Value, counted, msg

if TYPE_CHECKING:
    from datetime import date

    from helpers.plans import Line, Plan

FACTORS = ("spend", "cpm", "ctr", "cvr", "aov", "fx")
CARDS = ("spend", "conversions", "cpa", "roas")
MOVING = ("cpa", "roas")

_NO_ADS = Gap(
    msg("Without an export of an ad platform for this period, nothing can be said of what the campaigns brought."),
    msg("The campaign table by day of the ads manager with most spend, for this period and the one before."),
)
_NO_PLAN = Gap(
    msg("There is no approved plan for this period, so it is held against the period before."),
    msg("The media plan as a file in the folder plans, with its lines and budgets."),
)
_NO_TARGETS = Gap(
    msg("Neither the plan nor the client file names a target."),
    msg("The goals that were agreed with the client, in the client file."),
)
_NO_BEFORE = Gap(
    msg("The exports do not reach back to the period before, so a change cannot be explained."),
    msg("The same tables for the period before."),
)
_NO_CONVERSIONS = Gap(
    msg("The ad exports hold no conversions that could be held against the orders."),
    msg("The same tables with the column of purchases."),
)
_NO_LEDGER = Gap(
    msg("Without a sales ledger, the platforms' claims cannot be held against real orders."),
    msg("The orders export of the shop for this period."),
)


@dataclass(frozen=True)
class Inputs:
    """What the analysis reads; tables are canonical and may be empty."""

    context: Context
    notices: tuple[Notice, ...]
    plans: tuple[Plan, ...]
    trials: tuple[Trial, ...]
    ads: pd.DataFrame
    orders: pd.DataFrame
    order_lines: pd.DataFrame
    series: pd.DataFrame
    snapshots: pd.DataFrame = field(default_factory=no_snapshots)


@dataclass(frozen=True)
class Result:
    """What the campaigns brought; a part that the data cannot fill is a gap."""

    summary: tuple[Message, ...]
    cards: tuple[Card, ...] | Gap
    brief: Brief | None
    plan: Bars | Gap
    lines: Table | Gap
    targets: tuple[Message, ...] | Gap
    flight: tuple[Message, ...]
    drivers: Waterfall | Gap
    moves: Forest | Gap
    changes: Table | Gap
    platforms: Table | Gap
    trials: Forest | Gap
    lessons: tuple[Message, ...]
    bridge: tuple[Message, ...] | Gap
    actions: tuple[Action, ...]
    caveats: tuple[Caveat, ...]
    claims: tuple[Claim, ...]


def analyse(inputs: Inputs) -> Result:
    """Analyse what the campaigns of one period brought."""
    now = standing(inputs, before)
    plans = tuple(plan for plan in inputs.plans if plan.approved)
    due = checks.due_date(now.context.as_of)
    found = checks.from_notices(inputs.notices, now.ledger) + checks.outages(now.ads, now.period, due)
    found += maturity.still_to_come(now.ledger, now.ads, now.period, now.arrivals)
    trials = outcomes(now.ledger, inputs.trials, due)
    plan, lines = _plan(now, plans)
    met, targets = _targets(now, plans)
    actions = (*found.actions, *trials.actions, *_target_actions(met, due))
    drivers = _drivers(now)
    return Result(
        summary=_summary(now, met, targets),
        cards=_cards(now, met),
        brief=brief(_headed(now), _causes(now, found), actions),
        plan=plan,
        lines=lines,
        targets=targets,
        flight=_flights(now, plans),
        drivers=drivers,
        moves=_moves(now),
        changes=changes(now.all_of()) or _NO_BEFORE,
        platforms=_platforms(now),
        trials=trials.forest,
        lessons=trials.sentences,
        bridge=_bridge(now),
        actions=actions,
        caveats=(*found.caveats, *trials.caveats),
        claims=now.ledger.claims,
    )


# The plan


def _plan(now: Standing, plans: tuple[Plan, ...]) -> tuple[Bars | Gap, Table | Gap]:
    """Spend of every plan line against the share of its budget that falls into the period."""
    lines = [(plan, line) for plan in plans for line in plan.lines if line.share(now.period) > 0]
    names = Counter(line.line for _, line in lines)
    if not lines:
        return _NO_PLAN, _NO_PLAN
    if now.rows.empty:
        return _NO_ADS, _NO_ADS
    claims = []
    left = now.rows
    for plan, line in lines:
        rows = _rows_of(line, left)
        left = left.drop(rows.index)
        planned = Comparison("plan", line.budget * line.share(now.period))
        # In a quarter three flights may have a line of the same name.
        flight = {"flight": plan.flight} if names[line.line] > 1 else {}
        scope = {**flight, "line": line.line}
        spent = float(rows["spend"].sum())
        claims.append(now.ledger.add("spend", spent, scope=scope, rows=rows, compared_to=planned))
    total = _planned_total(now, claims)
    return _plan_bars(now, claims, total), _plan_table(now, claims, left)


def _rows_of(line: Line, rows: pd.DataFrame) -> pd.DataFrame:
    """The ads that a plan line pays for: its platform, channel and campaign pattern, inside its dates."""
    for key in ("platform", "channel"):
        wanted = getattr(line, key)
        if wanted:
            rows = rows[rows[key] == wanted]
    if line.campaign:
        pattern = line.campaign.casefold()
        rows = rows[rows["campaign"].map(lambda name: fnmatch.fnmatchcase(str(name).casefold(), pattern)).astype(bool)]
    return within(rows, Period(line.start, line.end))


def _planned_total(now: Standing, claims: list[Claim]) -> Claim:
    """Compare the client's whole spend with the sum of the lines."""
    planned = sum(claim.compared_to.value for claim in claims if claim.compared_to)
    spend = now.scores[("spend", WHOLE)]
    return now.hold(spend, compared_to=Comparison("plan", planned), verdict=None, sentence=None)


def _plan_bars(now: Standing, claims: list[Claim], total: Claim) -> Bars:
    title = msg("{spend} were spent of {plan} planned", spend=total.figure, plan=total.other)
    subtitle = msg("Spend of each plan line in the period, in {currency}", currency=Name(now.context.currency))
    bars = tuple(Bar(_line_name(claim), claim.figure.value, reference=claim.other.value) for claim in claims)
    ordered = tuple(sorted(bars, key=lambda bar: -bar.value))
    return Bars(Caption(title, subtitle), Measure("money", now.context.currency), ordered, fixed("plan"))


def _plan_table(now: Standing, claims: list[Claim], left: pd.DataFrame) -> Table:
    body: list[tuple[Cell, ...]] = []
    for claim in claims:
        share = _deviation(now, claim)
        body.append((_line_name(claim), claim.other, claim.figure, share.figure if share.is_known else None))
    outside = now.ledger.add("spend", float(left["spend"].sum()), scope={"line": "(none)"}, rows=left)
    if outside.figure.value > 0:
        body.append((msg("Outside the plan"), None, outside.figure, None))
    columns = (msg("Plan line"), msg("Planned"), msg("Spent"), msg("Deviation"))
    return Table(msg("Planned and actual spend"), columns, tuple(body))


def _line_name(claim: Claim) -> Name:
    """The line, behind its flight where two flights have one of that name."""
    return Name(" · ".join(value for key, value in claim.scope if key in {"flight", "line"}))


def _deviation(now: Standing, claim: Claim) -> Claim:
    planned = claim.other.value
    share = claim.figure.value / planned - 1 if planned else float("nan")
    scope = {**dict(claim.scope), "parameter": claim.metric.id}
    return now.ledger.add("change", share, scope=scope, rows=claim.evidence, compared_to=claim.compared_to)


# The targets


def _targets(now: Standing, plans: tuple[Plan, ...]) -> tuple[list[tuple[Target, Claim]], tuple[Message, ...] | Gap]:
    held = [(target, claim) for target in targets_of(now, plans) if (claim := judged(now, target)) is not None]
    if not held:
        return [], _NO_TARGETS if not now.rows.empty else _NO_ADS
    met = sum(is_met(target, claim) for target, claim in held)
    items = now.ledger.add("items", len(held), scope={"parameter": "targets"}, rows=now.rows)
    reached = now.ledger.add("targets_met", met, rows=now.rows)
    values = {"met": reached.figure}
    first = counted("{met} of {n} target is met.", "{met} of {n} targets are met.", items.figure, **values)
    return held, (first, *(_target_sentence(target, claim) for target, claim in held))


def _target_sentence(target: Target, claim: Claim) -> Message:
    values: dict[str, Value] = {"subject": claim.subject, "value": claim.figure, "target": claim.other}
    if claim.verdict == "better":
        return msg("{subject}: {value}, better than the target of {target}.", **values)
    if claim.verdict == "worse":
        return msg("{subject}: {value}, short of the target of {target}.", **values)
    if is_met(target, claim):
        return msg("{subject}: {value}, target of {target} met, though chance alone could have done it.", **values)
    return msg("{subject}: {value}, target of {target} missed, though chance alone could have done it.", **values)


def _target_actions(judged: list[tuple[Target, Claim]], due: date) -> list[Action]:
    return [
        Action(
            what=msg("Bring {subject} to its target of {target}", subject=claim.subject, target=claim.other),
            expected=msg("From {value} to {target}", value=claim.figure, target=claim.other),
            owner=msg("Media buyer"),
            due=due,
            reversal=msg("Review the target if it is missed again"),
        )
        for _, claim in judged
        if claim.verdict == "worse"
    ]


# The flights


def _flights(now: Standing, plans: tuple[Plan, ...]) -> tuple[Message, ...]:
    """What each flight that ends inside the period spent as a whole."""
    said = []
    for plan in plans:
        flight = Period(plan.start, plan.end)
        if not now.period.holds(plan.end) or flight == now.period:
            continue
        rows = within(now.ads, flight)
        planned = Comparison("plan", sum(line.budget for line in plan.lines))
        spent = measure(rows, "spend")
        claim = now.ledger.add(
            "spend", spent, scope={"flight": plan.flight}, rows=rows, period=flight, compared_to=planned
        )
        if claim.is_known:
            said.append(
                msg(
                    "The flight {flight} ended: {spent} spent of {planned} planned.",
                    flight=Name(plan.flight),
                    spent=claim.figure,
                    planned=claim.other,
                )
            )
    return tuple(said)


# Why it changed


def _drivers(now: Standing) -> Waterfall | Gap:
    """The exact parts that each factor has in the change of the attributed revenue, or of the conversions."""
    if now.rows.empty:
        return _NO_ADS
    if now.base is None:
        return _NO_BEFORE
    outcome = _outcome(now)
    old, new = (_factors(within(now.ads, period), outcome) for period in (now.base.period, now.period))
    common = [name for name in FACTORS if name in old and name in new]
    if old.empty or new.empty or "spend" not in common:
        return _NO_BEFORE
    parts = decomposition.decompose_mix(old[common], new[common], common)
    return _waterfall(now, outcome, (float(old.prod(axis=1).sum()), float(new.prod(axis=1).sum())), parts)


def _factors(rows: pd.DataFrame, outcome: str) -> pd.DataFrame:
    """The factors of the outcome for each platform and account currency; their product is the outcome.

    Money is taken at the rates of the account's currency first; `fx` turns it into the reporting currency. `cpm` is the
    impressions that a unit of money buys, the reverse of the price.
    """
    sums = rows.assign(paid=rows["spend_original"].fillna(rows["spend"])).groupby(
        ["platform", "currency_original"], observed=True, dropna=False
    )
    columns = ["spend", "paid", "impressions", "traffic", "conversions", "conversion_value"]
    needed = ["spend", "impressions", "traffic", "conversions", *([outcome] if outcome == "conversion_value" else [])]
    total = sums[columns].sum(min_count=1).dropna(subset=needed)
    total = total[(total[["paid", "impressions", "traffic"]] > 0).all(axis=1)]
    factors = pd.DataFrame({"spend": total["paid"], "cpm": total["impressions"] / total["paid"]})
    factors["ctr"] = total["traffic"] / total["impressions"]
    factors["cvr"] = total["conversions"] / total["traffic"]
    if outcome == "conversion_value":
        rate = total["spend"] / total["paid"]
        factors["aov"] = (total["conversion_value"] / rate).div(total["conversions"].where(total["conversions"] > 0))
        factors["fx"] = rate
    return factors


def _waterfall(now: Standing, outcome: str, ends: tuple[float, float], parts: Mapping[str, float]) -> Waterfall:
    unit: Unit = "money" if outcome == "conversion_value" else "count"
    claims = {
        factor: now.ledger.add("contribution_to_change", value, scope={"parameter": factor}, rows=now.rows, unit=unit)
        for factor, value in parts.items()
        if factor != "fx" or value
    }
    largest = leading(claims.values(), size=abs)
    title = msg("Several factors moved the result alike")
    if largest:
        factor = fixed(dict(largest.scope)["parameter"])
        title = msg("{factor} moved the result most: {value}", factor=factor, value=largest.figure)
    caption = Caption(title, msg("What each factor added to or took from: {metric}", metric=METRICS[outcome].label))
    steps = tuple(Bar(fixed(factor), claim.figure.value) for factor, claim in claims.items())
    first = Bar(msg("period before"), ends[0], role="previous")
    last = Bar(msg("this period"), ends[1])
    return Waterfall(caption, Measure(unit, now.context.currency if unit == "money" else None), first, steps, last)


def _causes(now: Standing, found: checks.Findings) -> list[Message]:
    """What in the data explains the result, then the factors that moved it most."""
    parts = [claim for claim in now.ledger.claims if claim.metric.id == "contribution_to_change"]
    parts.sort(key=lambda claim: -abs(claim.figure.value))
    outcome = _outcome(now)
    return checks.causes(found.caveats) + [
        msg(
            "{factor}: {value} ({outcome})",
            factor=fixed(dict(part.scope)["parameter"]),
            value=part.figure,
            outcome=METRICS[outcome].label,
        )
        for part in parts
    ]


def _outcome(now: Standing) -> str:
    """What the period's change is explained of."""
    return "conversion_value" if now.of("conversion_value") else "conversions"


def _moves(now: Standing) -> Forest | Gap:
    """Changes of the efficiency of each platform, with their intervals."""
    if now.base is None or now.rows.empty:
        return _NO_BEFORE if not now.rows.empty else _NO_ADS
    bars = []
    for (metric, scope), score in now.scores.items():
        if metric in MOVING and scope in now.parts("platform") and score.change and score.change.interval:
            interval = score.change.interval
            name = msg("{platform} · {metric}", platform=name_of(scope), metric=score.value.metric.label)
            verdict = score.change.verdict
            bars.append(Bar(name, score.change.figure.value, interval.low, interval.high, verdict=verdict))
    if not bars:
        return _NO_BEFORE
    shown = [bar for bar in bars if bar.verdict in {"better", "worse"}]
    title = msg("Some platforms changed beyond chance") if shown else msg("No platform changed beyond chance")
    return Forest(
        Caption(title, msg("Change against the period before, with its interval")), Measure("share"), tuple(bars)
    )


def _platforms(now: Standing) -> Table | Gap:
    scopes = now.parts("platform")
    if not scopes:
        return _NO_ADS
    rows = [*((name_of(scope), scope) for scope in scopes), (msg("All together"), ())]
    return kpi_table(msg("KPIs of each platform"), msg("Platform"), rows, IN_TABLES, now.scores)


# The ledger


def _bridge(now: Standing) -> tuple[Message, ...] | Gap:
    """How many of the platforms' claims can be orders at all."""
    orders = now.of("orders")
    claims = [score.value for scope in now.parts("platform") if (score := now.of("conversions", scope))]
    if orders is None:
        return _NO_LEDGER
    if not claims:
        return _NO_ADS if now.rows.empty else _NO_CONVERSIONS
    claimed = [claim.figure.value for claim in claims]
    total, largest, sold = sum(claimed), max(claimed), orders.value.figure.value
    low = now.ledger.add("ledger_gap_low", max(0.0, total - sold), rows=now.rows)
    high = now.ledger.add("ledger_gap_high", total - min(largest, sold), rows=now.rows)
    values = {
        "claims": now.scores[("conversions", WHOLE)].value.figure,
        "orders": orders.value.figure,
        "low": low.figure,
        "high": high.figure,
    }
    return (
        msg(
            "The platforms claim {claims} {claims:conversion/conversions}; the ledger holds {orders} "
            "{orders:order/orders}.",
            **values,
        ),
        msg(
            "Between {low} and {high} of the claims are double or no orders; more cannot be known without user ids.",
            **values,
        ),
    )


# The first screen


def _summary(
    now: Standing, judged: list[tuple[Target, Claim]], targets: tuple[Message, ...] | Gap
) -> tuple[Message, ...]:
    spend = now.of("spend")
    if spend is None:
        return (msg("The exports hold no campaign in this period."),)
    said = []
    brought = {
        metric: score.value.figure for metric in ("conversions", "conversion_value") if (score := now.of(metric))
    }
    values = {"spend": spend.value.figure, **brought}
    if len(brought) == 2:
        said.append(
            msg(
                "{spend} of spend brought {conversions} {conversions:conversion/conversions} worth {conversion_value}, "
                "as the platforms claim.",
                **values,
            )
        )
    elif "conversions" in brought:
        said.append(
            msg(
                "{spend} of spend brought {conversions} {conversions:conversion/conversions}, as the platforms claim.",
                **values,
            )
        )
    if judged and not isinstance(targets, Gap):
        said.append(targets[0])
    lead = now.of("roas") or now.of("cpa")
    if lead and lead.change and not judged:
        said.append(compared(lead.value, lead.change))
    return tuple(said) or (msg("{subject}: {value}.", subject=spend.value.subject, value=spend.value.figure),)


def _cards(now: Standing, judged: list[tuple[Target, Claim]]) -> tuple[Card, ...] | Gap:
    targets = {target.metric: claim for target, claim in judged if not target.scope}
    spend = now.of("spend")
    if spend and spend.value.compared_to and spend.value.compared_to.what == "plan":
        targets["spend"] = spend.value
    shown = []
    for score in _headed(now):
        metric = score.value.metric.id
        shown.append(card(score, target=targets.get(metric), spark=spark(now.ads, metric, now.period)))
    return tuple(shown) or _NO_ADS


def _headed(now: Standing) -> list[Score]:
    """The KPIs of the first screen."""
    return [score for metric in CARDS if (score := now.of(metric))]
