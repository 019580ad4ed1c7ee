"""The audit: how do the client's own profiles, earlier campaigns and sales stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from helpers.claims import Claim, Ledger, fixed
from helpers.kpis import BASE, METRICS, measure, within
from helpers.methods import trend
from helpers.stages import checks, maturity
from helpers.stages.context import Context, baseline
from helpers.stages.overview import (
    IN_TABLES,
    LONG_PERIOD,
    brief,
    card,
    changes,
    kpi_table,
    largest_campaigns,
    over_time,
    spark,
)
from helpers.stages.parts import (
    Action,
    Bar,
    Bars,
    Brief,
    Caption,
    Card,
    Caveat,
    Columns,
    Funnel,
    Gap,
    Measure,
    Table,
    Timeline,
)
from helpers.stages.sales import by_day, claim_customers, claim_lines
from helpers.stages.scorecard import Scope, Score, Scorecard
from helpers.stages.sentences import compared, leading
from helpers.stages.standing import Standing, name_of, standing
from helpers.store import Notice, no_snapshots
from helpers.units import Estimate, Period
from helpers.wording import Message, Name, Value, counted, msg

MAX_BARS = 8
STANDS_OUT = 1.5
"""Half widths of a 90 % interval that one of seven must be away from the mean (Bonferroni at 5 %)."""

CARDS = ("spend", "conversions", "cpa", "roas", "revenue", "aov")
LEADING = ("revenue", "orders", "roas", "cpa", "conversions")
FUNNEL = ("impressions", "traffic", "landing_page_views", "add_to_cart", "conversions")
ITEM = ["platform", "campaign", "ad_group", "ad", "ad_id"]

_NO_ADS = Gap(
    msg("Without an export of an ad platform, nothing can be said of spend, clicks and conversions."),
    msg("The campaign table by day of the ads manager with most spend, for the last thirteen months."),
)
_NO_SALES = Gap(
    msg("Without a sales ledger, nothing can be said of orders, customers and what the ads really brought."),
    msg("The orders export of the shop for the last thirteen months."),
)
_NO_BEFORE = Gap(
    msg("No figure can be held against an earlier period yet."),
    msg("The same tables for the period before, or better for the last thirteen months."),
)
_NO_DAYS = Gap(
    msg("The exports hold no figures by day in this period, so its course cannot be seen."),
    msg("The same table for this period, broken down by day."),
)
_NO_ORDERS = Gap(
    msg("The sales ledger holds no order in this period."),
    msg("The orders export that covers this period."),
)
_NO_RESULTS = Gap(
    msg("The ad exports hold no conversions, so spend without result cannot be told from spend with it."),
    msg("The same table with the column of purchases or leads."),
)


@dataclass(frozen=True)
class Inputs:
    """What the audit reads; tables are canonical and may be empty."""

    context: Context
    notices: tuple[Notice, ...]
    ads: pd.DataFrame
    orders: pd.DataFrame
    order_lines: pd.DataFrame
    series: pd.DataFrame
    snapshots: pd.DataFrame = field(default_factory=no_snapshots)


@dataclass(frozen=True)
class Result:
    """What the audit found; a part that the data cannot fill is a gap."""

    summary: tuple[Message, ...]
    cards: tuple[Card, ...] | Gap
    brief: Brief | None
    changes: Table | Gap
    platforms: Table | Gap
    spend: Bars | Gap
    growth: tuple[Message, ...] | Gap
    timeline: Timeline | Gap
    weekdays: Columns | Gap
    funnel: Funnel | Gap
    customers: tuple[Message, ...] | Gap
    overclaim: tuple[Message, ...] | Gap
    waste: Bars | Gap | None
    wasted: tuple[Message, ...]
    campaigns: Table | Gap
    actions: tuple[Action, ...]
    caveats: tuple[Caveat, ...]
    claims: tuple[Claim, ...]


def analyse(inputs: Inputs) -> Result:
    """Audit one client and period."""
    now = standing(inputs, baseline)
    found = _checks(inputs, now)
    campaigns = _campaigns(now)
    timeline, growth = _timeline(now, found)
    waste, wasted = _waste(now)
    return Result(
        summary=_summary(now, found),
        cards=_cards(now),
        brief=brief(_headed(now), checks.causes(found.caveats), found.actions),
        changes=changes(now.all_of()) or _NO_BEFORE,
        platforms=_platforms(now),
        spend=_spend(now),
        growth=growth,
        timeline=timeline,
        weekdays=_weekdays(now),
        funnel=_funnel(now),
        customers=_customers(now),
        overclaim=_overclaim(now),
        waste=waste,
        wasted=wasted,
        campaigns=campaigns,
        actions=found.actions,
        caveats=found.caveats + _overclaim_caveat(now),
        claims=now.ledger.claims,
    )


def _checks(inputs: Inputs, now: Standing) -> checks.Findings:
    context, ledger, ads = now.context, now.ledger, now.ads
    due = checks.due_date(context.as_of)
    found = checks.from_notices(inputs.notices, ledger)
    found += checks.outages(ads, context.period, due)
    found += maturity.still_to_come(ledger, ads, context.period, now.arrivals)
    found += checks.spikes(ledger, ads, context.period, due)
    found += checks.tired_ads(ledger, ads, context.period, due)
    found += checks.inseparable(ads, context.period, due)
    for platform, rows in ads.groupby("platform", observed=True):
        found += checks.missing_days(ledger, rows, context.period, {"platform": str(platform)})
    if now.sold:
        found += checks.missing_days(ledger, now.sold.frame, context.period, {})
    return found


def _summary(now: Standing, found: checks.Findings) -> tuple[Message, ...]:
    revenue, spend = now.of("revenue"), now.of("spend")
    said = [compared(lead.value, lead.change) for lead in _lead(now) if lead.change]
    if revenue and spend:
        values = {"revenue": revenue.value.figure, "spend": spend.value.figure}
        said.append(msg("Sales of {revenue} stand beside {spend} of ad spend.", **values))
    elif spend or revenue:
        said += [
            msg("{subject}: {value}.", subject=one.value.subject, value=one.value.figure)
            for one in (spend, revenue)
            if one
        ]
    else:
        return (msg("The exports hold neither ads nor sales in this period."),)
    if found.caveats:
        rows = _any_rows(now)
        items = now.ledger.add("items", len(found.caveats), scope={"parameter": "caveats"}, rows=rows).figure
        said.append(counted("{n} thing in the data needs attention.", "{n} things in the data need attention.", items))
    return tuple(said)


def _lead(now: Standing) -> list[Score]:
    """The figure to open with: the first that changed beyond chance, else the first that could be compared."""
    compared_ones = [score for metric in LEADING if (score := now.of(metric)) and score.change]
    shown = [score for score in compared_ones if score.verdict in {"better", "worse"}]
    return (shown or compared_ones)[:1]


def _any_rows(now: Standing) -> pd.DataFrame:
    return now.sold.frame if now.ads.empty and now.sold else now.ads


def _cards(now: Standing) -> tuple[Card, ...] | Gap:
    period = now.period
    shown: list[Card] = []
    for score in _headed(now):
        metric = score.value.metric
        frame = now.sold.frame if now.sold and metric.id in now.sold.metrics else now.ads
        line = spark(frame, metric.id, period) if metric.numerator in frame else ()
        shown.append(card(score, spark=line))
    return tuple(shown) or _NO_ADS


def _headed(now: Standing) -> list[Score]:
    """The KPIs of the first screen."""
    return [score for metric in CARDS if (score := now.of(metric))]


def _platforms(now: Standing) -> Table | Gap:
    rows = [(name_of(scope), scope) for scope in now.parts()]
    if not rows:
        return _NO_ADS
    rows.append((msg("All together"), ()))
    return kpi_table(msg("KPIs of each platform or channel"), msg("Platform"), rows, IN_TABLES, now.scores)


def _spend(now: Standing) -> Bars | Gap:
    total = now.of("spend")
    parts = [(scope, score.value) for scope in now.parts() if (score := now.of("spend", scope))]
    if not parts or not total:
        return _NO_ADS
    scope, largest = parts[0]
    share = now.ledger.add(
        "spend_share", largest.figure.value / total.value.figure.value, scope=dict(scope), rows=now.rows
    )
    title = msg("{platform} takes {share} of the spend", platform=name_of(scope), share=share.figure)
    bars = tuple(
        Bar(name_of(scope), claim.figure.value, reference=claim.compared_to.value if claim.compared_to else None)
        for scope, claim in parts[:MAX_BARS]
    )
    reference = fixed(now.base.what) if now.base else None
    caption = Caption(title, msg("Spend by platform or channel, in {currency}", currency=Name(now.context.currency)))
    return Bars(caption, Measure("money", now.context.currency), bars, reference, "previous")


def _timeline(now: Standing, found: checks.Findings) -> tuple[Timeline | Gap, tuple[Message, ...] | Gap]:
    metric, frame = _lead_series(now)
    if not metric or by_day(within(frame, now.period), metric).empty:
        return _NO_DAYS, _NO_DAYS
    history = by_day(frame, metric)
    growth = _trends(now)
    label = METRICS[metric].label
    by_week = now.period.days > LONG_PERIOD
    subtitle = msg("{metric} by week", metric=label) if by_week else msg("{metric} by day", metric=label)
    title = growth[0] if growth else subtitle
    base = now.base if now.base and history.index.min() <= pd.Timestamp(now.base.period.start) else None
    line = over_time(
        frame,
        metric,
        now.period,
        Caption(title, subtitle),
        currency=now.context.currency,
        base=base,
        marks=found.marks,
    )
    short = Gap(
        msg("The history is too short for a trend."),
        msg("The same exports for the last thirteen months."),
    )
    return line, growth or short


def _lead_series(now: Standing) -> tuple[str | None, pd.DataFrame]:
    """The series that matters most: sales, else conversions, else spend."""
    if now.sold:
        return "revenue", now.sold.frame
    return next((metric for metric in ("conversions", "spend") if now.of(metric)), None), now.ads


def _trends(now: Standing) -> tuple[Message, ...]:
    frames = {"conversions": now.ads, "spend": now.ads}
    if now.sold:
        frames = {metric: now.sold.frame for metric in ("revenue", "orders") if metric in now.sold.metrics} | frames
    said = []
    for metric, frame in frames.items():
        past = frame[frame["period_end"] <= pd.Timestamp(now.period.end)]
        days = by_day(past, metric) if metric in past else pd.Series(dtype=float)
        growth = trend.trend(_days(days), days) if len(days) else Estimate(float("nan"))
        claim = now.ledger.add("trend", growth, scope={"parameter": metric}, rows=past)
        if claim.is_known:
            said.append(_trend_sentence(now.ledger, claim, METRICS[metric].subject))
    return tuple(said)


def _days(series: pd.Series) -> list[date]:
    return [day.date() for day in pd.DatetimeIndex(series.index)]


def _trend_sentence(ledger: Ledger, claim: Claim, what: Message) -> Message:
    values: dict[str, Value] = {"subject": what, "value": claim.figure, "low": claim.low, "high": claim.high}
    if claim.interval is None:
        said = msg("{subject} moved within a year: {value}; the history is too short to say how surely.", **values)
    elif claim.interval.low > 0:
        said = msg("{subject} grew within a year: {value} (between {low} and {high}).", **values)
    elif claim.interval.high < 0:
        said = msg("{subject} fell within a year: {value} (between {low} and {high}).", **values)
    else:
        said = msg(
            "{subject} showed no trend beyond chance: {value} within a year (between {low} and {high}).", **values
        )
    ledger.amend(claim, sentence=said)
    return said


def _weekdays(now: Standing) -> Columns | Gap:
    """The pattern of the week, from all history up to the end of the period: a month has too few weeks for it."""
    metric, frame = _lead_series(now)
    if not metric:
        return _NO_DAYS
    past = frame[frame["period_end"] <= pd.Timestamp(now.period.end)]
    days = by_day(past, metric)
    index = trend.weekday_index(_days(days), days) if len(days) else {}
    if not index:
        return _NO_DAYS
    since = min(_days(days)[0], now.period.start)
    span = Period(since, now.period.end)
    claims = {
        day: now.ledger.add("weekday_index", value, scope={"weekday": day}, rows=past, period=span)
        for day, value in index.items()
    }
    subtitle = msg(
        "{metric} by weekday against the mean trading day, since {day}", metric=METRICS[metric].label, day=since
    )
    bars = tuple(_bar(fixed(day), claim) for day, claim in claims.items())
    return Columns(Caption(_weekday_title(claims), subtitle), Measure("index"), bars, base=1.0)


def _weekday_title(claims: Mapping[str, Claim]) -> Message:
    """Name the day that stands out most, if one does beyond chance; seven days are looked at, so more is asked for."""
    away = {day: _distance(claim) for day, claim in claims.items()}
    day = max(away, key=lambda name: away[name])
    if away[day] <= STANDS_OUT:
        return msg("No weekday stands out beyond chance")
    values: dict[str, Value] = {"day": fixed(day), "index": claims[day].figure}
    if claims[day].figure.value > 1:
        return msg("{day} is the strongest day: {index} of a mean day", **values)
    return msg("{day} is the weakest day: {index} of a mean day", **values)


def _distance(claim: Claim) -> float:
    """How far an index is from an ordinary day, in half widths of its interval."""
    if claim.interval is None or claim.interval.high <= claim.interval.low:
        return 0.0
    return abs(claim.figure.value - 1) / ((claim.interval.high - claim.interval.low) / 2)


def _bar(label: Message | Name, claim: Claim) -> Bar:
    interval = claim.interval
    return Bar(label, claim.figure.value, interval.low if interval else None, interval.high if interval else None)


def _funnel(now: Standing) -> Funnel | Gap:
    groups = []
    for platform in [value for ((_, value),) in now.parts("platform")]:
        rows = now.rows[now.rows["platform"] == platform]
        steps = [(step, float(rows[step].sum(min_count=1))) for step in FUNNEL if step in rows]
        bars = tuple(Bar(_step(step), value) for step, value in steps if value > 0)
        if len(bars) >= 3:
            groups.append((name_of((("platform", platform),)), bars))
    if not groups:
        return _NO_ADS if now.ads.empty else _NO_RESULTS
    title = msg("From impression to purchase on each platform")
    return Funnel(Caption(title, msg("Counts, and the share of the step before")), tuple(groups))


def _step(step: str) -> Message:
    return msg("Clicks") if step == "traffic" else METRICS[step].label


def _customers(now: Standing) -> tuple[Message, ...] | Gap:
    if not now.sold or not now.sold.has_ledger:
        return _NO_SALES
    orders, aov, revenue = (now.of(metric) for metric in ("orders", "aov", "revenue"))
    if not (orders and aov and revenue):
        return _NO_ORDERS
    said = [
        msg(
            "{orders} {orders:order/orders} brought {revenue}, {aov} an order.",
            orders=orders.value.figure,
            revenue=revenue.value.figure,
            aov=aov.value.figure,
        )
    ]
    people = claim_customers(now.ledger, now.sold, now.period)
    if people:
        figures = {metric: claim.figure for metric, claim in people.items()}
        said.append(
            msg(
                "They came from {customers} {customers:customer/customers}: {new_customers} bought for the first time, "
                "and {repeat_share} ordered at least twice in the period.",
                **figures,
            )
        )
    _, categories = claim_lines(now.ledger, now.sold, now.period)
    first = leading(categories)
    if first:
        name = Name(dict(first.scope)["category"])
        said.append(msg("The category that sold most is {name}: {value}.", name=name, value=first.figure))
    return tuple(said)


def _overclaim(now: Standing) -> tuple[Message, ...] | Gap:
    ratio, conversions, orders = _claim_ratio(now), now.of("conversions"), now.of("orders")
    if not conversions:
        return _NO_ADS if now.rows.empty else _NO_RESULTS
    if ratio is None or not orders:
        return _NO_ORDERS if now.sold and now.sold.has_ledger else _NO_SALES
    values: dict[str, Value] = {
        "conversions": conversions.value.figure,
        "orders": orders.value.figure,
        "ratio": ratio.figure,
    }
    said = msg(
        "The platforms claim {conversions} {conversions:conversion/conversions}; the ledger holds {orders} "
        "{orders:order/orders}: {ratio} claims an order.",
        **values,
    )
    if ratio.figure.value > 1:
        return said, msg("So some orders are claimed twice, or some claims are no orders.")
    return said, msg("The claims fit into the orders, which does not prove them.")


def _claim_ratio(now: Standing) -> Claim | None:
    conversions, orders = now.of("conversions"), now.of("orders")
    if not (conversions and orders and orders.value.figure.value):
        return None
    ratio = conversions.value.figure.value / orders.value.figure.value
    return now.ledger.add("overclaim", ratio, rows=now.rows)


def _overclaim_caveat(now: Standing) -> tuple[Caveat, ...]:
    ratio = _claim_ratio(now)
    if ratio is None or ratio.figure.value <= 1:
        return ()
    return (Caveat("overclaim", msg("The platforms claim {ratio} conversions for each order.", ratio=ratio.figure)),)


def _waste(now: Standing) -> tuple[Bars | Gap | None, tuple[Message, ...]]:
    rows = now.rows[now.rows["conversions"].notna()]
    spend, cost = measure(rows, "spend"), measure(rows, "cpa")
    if rows.empty or not spend > 0:
        return (_NO_ADS if now.ads.empty else _NO_RESULTS), ()
    items = rows.groupby(ITEM, dropna=False, observed=True)[["spend", "conversions", "impressions"]].sum().reset_index()
    empty = items[(items["conversions"] == 0) & (items["spend"] > 0)].sort_values("spend", ascending=False)
    share = now.ledger.add("zero_result_spend_share", float(empty["spend"].sum()) / spend, rows=rows, n=len(items))
    proven = empty[empty["spend"] >= 3 * cost] if cost > 0 else empty.head(0)
    luck = msg(
        "At the mean cost of a conversion, ads with so little spend show none by chance; "
        "no single one is proven to be waste."
    )
    waste = msg("These ads spent more than three conversions cost on average, without one.")
    if empty.empty:
        return None, (msg("Every ad that spent money brought a conversion."),)
    bars = tuple(Bar(Name(_item_name(item)), float(item["spend"])) for _, item in empty.head(MAX_BARS).iterrows())
    title = msg("{share} of the spend went to ads without a conversion", share=share.figure)
    subtitle = msg("Spend of the largest ads without a conversion, in {currency}", currency=Name(now.context.currency))
    return Bars(Caption(title, subtitle), Measure("money", now.context.currency), bars), (
        luck if proven.empty else waste,
    )


def _item_name(item: pd.Series) -> str:
    parts = [
        str(item[key]) for key in ("ad", "ad_id", "ad_group", "campaign") if pd.notna(item[key]) and str(item[key])
    ]
    return parts[0] if parts else str(item["platform"])


def _campaigns(now: Standing) -> Table | Gap:
    ads = largest_campaigns(now.ads, now.period)
    rows = within(ads, now.period)
    if rows.empty:
        return _NO_ADS
    spend = rows.groupby(["platform", "campaign"], observed=True)["spend"].sum().sort_values(ascending=False)
    scopes: list[Scope] = [(("platform", str(p)), ("campaign", str(c))) for p, c in spend.index]
    scores = Scorecard(now.ledger, ads, now.period, None).scores(BASE, scopes)
    labelled = [(name_of(scope), scope) for scope in scopes]
    return kpi_table(msg("KPIs of each campaign"), msg("Campaign"), labelled, IN_TABLES, scores)
