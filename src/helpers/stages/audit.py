"""The audit: how do the client's own profiles, earlier campaigns and sales stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from helpers.claims import Claim, Ledger, fixed, scope_label
from helpers.kpis import BASE, FURTHER, METRICS, measure, prepare_ads, within
from helpers.methods import trend
from helpers.stages import checks
from helpers.stages.context import Baseline, Context, baseline
from helpers.stages.overview import IN_TABLES, card, kpi_table, largest_campaigns, news, over_time, spark
from helpers.stages.parts import (
    Action,
    Bar,
    Bars,
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
from helpers.stages.sales import Sales, by_day, claim_customers, claim_lines, sales, series_of
from helpers.stages.scorecard import Score, Scorecard
from helpers.stages.sentences import compared
from helpers.units import Estimate, Period
from helpers.wording import Message, Name, Value, counted, msg

if TYPE_CHECKING:
    from helpers.store import Notice

Scope = tuple[tuple[str, str], ...]
Scores = Mapping[tuple[str, Scope], Score]

MAX_BARS = 8
STANDS_OUT = 1.5
"""Half widths of a 90 % interval that one of seven must be away from the mean (Bonferroni at 5 %)."""

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
_NO_DAYS = Gap(
    msg("The exports hold no figures by day, so trend and weekdays cannot be seen."),
    msg("The same table once more, broken down by day."),
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


@dataclass(frozen=True)
class Result:
    """What the audit found; a part that the data cannot fill is a gap."""

    summary: tuple[Message, ...]
    cards: tuple[Card, ...] | Gap
    changes: tuple[Message, ...]
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


@dataclass(frozen=True)
class _Material:
    """What the parts are made of."""

    context: Context
    ledger: Ledger
    ads: pd.DataFrame
    sold: Sales | None
    base: Baseline | None
    scores: Scores

    @property
    def rows(self) -> pd.DataFrame:
        """The ads of the period."""
        return within(self.ads, self.context.period)

    def total(self, metric: str) -> Score | None:
        """A KPI of the client as a whole."""
        return self.scores.get((metric, ()))


def analyse(inputs: Inputs) -> Result:
    """Audit one client and period."""
    material = _material(inputs)
    found = _checks(inputs, material)
    campaigns = _campaigns(material)
    timeline, growth = _timeline(material, found)
    waste, wasted = _waste(material)
    changes = news(score for (_, scope), score in material.scores.items() if not scope)
    return Result(
        summary=_summary(material, found),
        cards=_cards(material),
        changes=changes or (msg("No figure can be held against an earlier period yet."),),
        platforms=_platforms(material),
        spend=_spend(material),
        growth=growth,
        timeline=timeline,
        weekdays=_weekdays(material),
        funnel=_funnel(material),
        customers=_customers(material),
        overclaim=_overclaim(material),
        waste=waste,
        wasted=wasted,
        campaigns=campaigns,
        actions=found.actions,
        caveats=found.caveats + _overclaim_caveat(material),
        claims=material.ledger.claims,
    )


def _material(inputs: Inputs) -> _Material:
    context = inputs.context
    ledger = Ledger(context.stage, context.period, context.currency)
    ads = prepare_ads(inputs.ads)
    sold = sales(inputs.orders, inputs.order_lines, inputs.series)
    base = baseline(ads["period_start"], context.period)
    scopes: list[Scope] = [(), *_scopes(ads, "platform", context), *_scopes(ads, "channel", context)]
    scores = dict(Scorecard(ledger, ads, context.period, base).scores(BASE, scopes))
    scores |= Scorecard(ledger, ads, context.period, None).scores(FURTHER, scopes)
    for metric in [metric for metric in BASE if (metric, ()) not in scores]:
        named = series_of(inputs.series, metric)
        scores |= Scorecard(ledger, named, context.period, None).scores([metric], [()])
    if sold:
        sold_base = baseline(sold.frame["period_start"], context.period)
        scores |= Scorecard(ledger, sold.frame, context.period, sold_base).scores(sold.metrics, [()])
        base = base or sold_base
    return _Material(context, ledger, ads, sold, base, scores)


def _scopes(ads: pd.DataFrame, key: str, context: Context) -> list[Scope]:
    """The values of a key in the period, most spend first; channels only where they say more than the platform."""
    rows = within(ads, context.period)
    if key == "channel" and (rows["channel"] == rows["platform"]).all():
        return []
    spend = rows.groupby(key, observed=True)["spend"].sum().sort_values(ascending=False)
    return [((key, str(value)),) for value in spend.index]


def _checks(inputs: Inputs, material: _Material) -> checks.Findings:
    context, ledger, ads = material.context, material.ledger, material.ads
    due = checks.due_date(context.as_of)
    found = checks.from_notices(inputs.notices)
    found += checks.outages(ads, context.period, due)
    found += checks.spikes(ledger, ads, context.period, due)
    found += checks.tired_ads(ledger, ads, context.period, due)
    found += checks.inseparable(ads, context.period, due)
    for platform, rows in ads.groupby("platform", observed=True):
        found += checks.missing_days(ledger, rows, context.period, {"platform": str(platform)})
    if material.sold:
        found += checks.missing_days(ledger, material.sold.frame, context.period, {})
    return found


def _summary(material: _Material, found: checks.Findings) -> tuple[Message, ...]:
    revenue, spend = material.total("revenue"), material.total("spend")
    said = [compared(lead.value, lead.change) for lead in _lead(material) if lead.change]
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
        rows = _any_rows(material)
        items = material.ledger.add("items", len(found.caveats), scope={"parameter": "caveats"}, rows=rows).figure
        said.append(counted("{n} thing in the data needs attention.", "{n} things in the data need attention.", items))
    return tuple(said)


def _lead(material: _Material) -> list[Score]:
    """The figure to open with: the first that changed beyond chance, else the first that could be compared."""
    compared_ones = [score for metric in LEADING if (score := material.total(metric)) and score.change]
    shown = [score for score in compared_ones if score.verdict in {"better", "worse"}]
    return (shown or compared_ones)[:1]


def _any_rows(material: _Material) -> pd.DataFrame:
    return material.sold.frame if material.ads.empty and material.sold else material.ads


def _cards(material: _Material) -> tuple[Card, ...] | Gap:
    period = material.context.period
    shown: list[Card] = []
    for metric in ("spend", "conversions", "cpa", "roas", "revenue", "aov"):
        score = material.total(metric)
        if score:
            frame = material.sold.frame if material.sold and metric in material.sold.metrics else material.ads
            line = spark(frame, metric, period) if METRICS[metric].numerator in frame else ()
            shown.append(card(score, spark=line))
    return tuple(shown) or _NO_ADS


def _platforms(material: _Material) -> Table | Gap:
    rows = [(_label(scope), scope) for scope in _parts(material)]
    if not rows:
        return _NO_ADS
    rows.append((msg("All together"), ()))
    return kpi_table(msg("KPIs of each platform or channel"), msg("Platform"), rows, IN_TABLES, material.scores)


def _parts(material: _Material) -> list[Scope]:
    """Channels where the plan knows them, else platforms."""
    scopes = list(dict.fromkeys(scope for _, scope in material.scores if scope))
    channels = [scope for scope in scopes if scope[0][0] == "channel"]
    return channels or scopes


def _label(scope: Scope) -> Message | Name:
    label = scope_label(*scope[-1])
    return label if isinstance(label, Message | Name) else Name(scope[-1][1])


def _spend(material: _Material) -> Bars | Gap:
    scores = [
        (scope, material.scores[("spend", scope)].value)
        for scope in _parts(material)
        if ("spend", scope) in material.scores
    ]
    total = material.total("spend")
    if not scores or not total:
        return _NO_ADS
    scope, largest = scores[0]
    share = material.ledger.add(
        "spend_share", largest.figure.value / total.value.figure.value, scope=dict(scope), rows=material.rows
    )
    title = msg("{platform} takes {share} of the spend", platform=_label(scope), share=share.figure)
    bars = tuple(
        Bar(_label(scope), claim.figure.value, reference=claim.compared_to.value if claim.compared_to else None)
        for scope, claim in scores[:MAX_BARS]
    )
    reference = fixed(material.base.what) if material.base else None
    caption = Caption(
        title, msg("Spend by platform or channel, in {currency}", currency=Name(material.context.currency))
    )
    return Bars(caption, Measure("money", material.context.currency), bars, reference)


def _timeline(material: _Material, found: checks.Findings) -> tuple[Timeline | Gap, tuple[Message, ...] | Gap]:
    metric, frame = _lead_series(material)
    history = by_day(frame, metric) if metric else pd.Series(dtype=float)
    if not metric or history.empty:
        return _NO_DAYS, _NO_DAYS
    growth = _trends(material)
    subtitle = msg("{metric} over time", metric=METRICS[metric].label)
    title = growth[0] if growth else subtitle
    base = material.base if material.base and history.index.min() <= pd.Timestamp(material.base.period.start) else None
    line = over_time(
        frame,
        metric,
        material.context.period,
        Caption(title, subtitle),
        currency=material.context.currency,
        base=base,
        marks=found.marks,
    )
    short = Gap(
        msg("The history is too short for a trend."),
        msg("The same exports for the last thirteen months."),
    )
    return line, growth or short


def _lead_series(material: _Material) -> tuple[str | None, pd.DataFrame]:
    """The series that matters most: sales, else conversions, else spend."""
    if material.sold:
        return "revenue", material.sold.frame
    return next((metric for metric in ("conversions", "spend") if material.total(metric)), None), material.ads


def _trends(material: _Material) -> tuple[Message, ...]:
    frames = {"conversions": material.ads, "spend": material.ads}
    if material.sold:
        frames = {
            metric: material.sold.frame for metric in ("revenue", "orders") if metric in material.sold.metrics
        } | frames
    said = []
    for metric, frame in frames.items():
        past = frame[frame["period_end"] <= pd.Timestamp(material.context.period.end)]
        days = by_day(past, metric) if metric in past else pd.Series(dtype=float)
        growth = trend.trend(_days(days), days) if len(days) else Estimate(float("nan"))
        claim = material.ledger.add("trend", growth, scope={"parameter": metric}, rows=past)
        if claim.is_known:
            said.append(_trend_sentence(material.ledger, claim, METRICS[metric].subject))
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


def _weekdays(material: _Material) -> Columns | Gap:
    """The pattern of the week, from all history up to the end of the period: a month has too few weeks for it."""
    metric, frame = _lead_series(material)
    if not metric:
        return _NO_DAYS
    past = frame[frame["period_end"] <= pd.Timestamp(material.context.period.end)]
    days = by_day(past, metric)
    index = trend.weekday_index(_days(days), days) if len(days) else {}
    if not index:
        return _NO_DAYS
    since = min(_days(days)[0], material.context.period.start)
    span = Period(since, material.context.period.end)
    claims = {
        day: material.ledger.add("weekday_index", value, scope={"weekday": day}, rows=past, period=span)
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


def _funnel(material: _Material) -> Funnel | Gap:
    groups = []
    for platform in [str(value) for ((_, value),) in _scopes(material.ads, "platform", material.context)]:
        rows = material.rows[material.rows["platform"] == platform]
        steps = [(step, float(rows[step].sum(min_count=1))) for step in FUNNEL if step in rows]
        bars = tuple(Bar(_step(step), value) for step, value in steps if value > 0)
        if len(bars) >= 3:
            groups.append((_label((("platform", platform),)), bars))
    if not groups:
        return _NO_ADS if material.ads.empty else _NO_RESULTS
    title = msg("From impression to purchase on each platform")
    return Funnel(Caption(title, msg("Counts, and the share of the step before")), tuple(groups))


def _step(step: str) -> Message:
    return msg("Clicks") if step == "traffic" else METRICS[step].label


def _customers(material: _Material) -> tuple[Message, ...] | Gap:
    if not material.sold or not material.sold.has_ledger:
        return _NO_SALES
    orders, aov, revenue = (material.total(metric) for metric in ("orders", "aov", "revenue"))
    if not (orders and aov and revenue):
        return _NO_SALES
    said = [
        msg(
            "{orders} orders brought {revenue}, {aov} an order.",
            orders=orders.value.figure,
            revenue=revenue.value.figure,
            aov=aov.value.figure,
        )
    ]
    people = claim_customers(material.ledger, material.sold, material.context.period)
    if people:
        figures = {metric: claim.figure for metric, claim in people.items()}
        said.append(
            msg(
                "They came from {customers} customers: {new_customers} bought for the first time, and {repeat_share} "
                "ordered at least twice in the period.",
                **figures,
            )
        )
    _, categories = claim_lines(material.ledger, material.sold, material.context.period)
    if categories:
        first = categories[0]
        name = Name(dict(first.scope)["category"])
        said.append(msg("The category that sold most is {name}: {value}.", name=name, value=first.figure))
    return tuple(said)


def _overclaim(material: _Material) -> tuple[Message, ...] | Gap:
    ratio = _claim_ratio(material)
    if ratio is None:
        return _NO_SALES if not material.sold else _NO_RESULTS
    conversions, orders = material.total("conversions"), material.total("orders")
    if not (conversions and orders):
        return _NO_RESULTS
    values: dict[str, Value] = {
        "conversions": conversions.value.figure,
        "orders": orders.value.figure,
        "ratio": ratio.figure,
    }
    said = msg(
        "The platforms claim {conversions} conversions; the ledger holds {orders} orders: {ratio} claims an order.",
        **values,
    )
    if ratio.figure.value > 1:
        return said, msg("So some orders are claimed twice, or some claims are no orders.")
    return said, msg("The claims fit into the orders, which does not prove them.")


def _claim_ratio(material: _Material) -> Claim | None:
    conversions, orders = material.total("conversions"), material.total("orders")
    if not (conversions and orders and orders.value.figure.value):
        return None
    ratio = conversions.value.figure.value / orders.value.figure.value
    return material.ledger.add("overclaim", ratio, rows=material.rows)


def _overclaim_caveat(material: _Material) -> tuple[Caveat, ...]:
    ratio = _claim_ratio(material)
    if ratio is None or ratio.figure.value <= 1:
        return ()
    return (Caveat("overclaim", msg("The platforms claim {ratio} conversions for each order.", ratio=ratio.figure)),)


def _waste(material: _Material) -> tuple[Bars | Gap | None, tuple[Message, ...]]:
    rows = material.rows[material.rows["conversions"].notna()]
    spend, cost = measure(rows, "spend"), measure(rows, "cpa")
    if rows.empty or not spend > 0:
        return (_NO_ADS if material.ads.empty else _NO_RESULTS), ()
    items = rows.groupby(ITEM, dropna=False, observed=True)[["spend", "conversions", "impressions"]].sum().reset_index()
    empty = items[(items["conversions"] == 0) & (items["spend"] > 0)].sort_values("spend", ascending=False)
    share = material.ledger.add("zero_result_spend_share", float(empty["spend"].sum()) / spend, rows=rows, n=len(items))
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
    subtitle = msg(
        "Spend of the largest ads without a conversion, in {currency}", currency=Name(material.context.currency)
    )
    return Bars(Caption(title, subtitle), Measure("money", material.context.currency), bars), (
        luck if proven.empty else waste,
    )


def _item_name(item: pd.Series) -> str:
    parts = [
        str(item[key]) for key in ("ad", "ad_id", "ad_group", "campaign") if pd.notna(item[key]) and str(item[key])
    ]
    return parts[0] if parts else str(item["platform"])


def _campaigns(material: _Material) -> Table | Gap:
    ads = largest_campaigns(material.ads, material.context.period)
    rows = within(ads, material.context.period)
    if rows.empty:
        return _NO_ADS
    spend = rows.groupby(["platform", "campaign"], observed=True)["spend"].sum().sort_values(ascending=False)
    scopes: list[Scope] = [(("platform", str(p)), ("campaign", str(c))) for p, c in spend.index]
    scores = Scorecard(material.ledger, ads, material.context.period, None).scores(BASE, scopes)
    labelled = [(_label(scope), scope) for scope in scopes]
    return kpi_table(msg("KPIs of each campaign"), msg("Campaign"), labelled, IN_TABLES, scores)
