"""The market research: what market, competitors and the moment allow."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from helpers.claims import Claim, Ledger, scope_label
from helpers.methods import experiments, season
from helpers.stages import (
    calendar_dates,
    checks,
    content,
    market_demand,
    market_interest,
    market_peers,
    market_rivals,
    market_share,
    market_voice,
)
from helpers.stages.context import Context
from helpers.stages.market_demand import Demand
from helpers.stages.market_rivals import Rivals
from helpers.stages.market_share import Shares
from helpers.stages.market_swot import Finding, swot
from helpers.stages.parts import (
    Action,
    Bars,
    Card,
    Caveat,
    Cell,
    Columns,
    Forest,
    Gap,
    Table,
    Timeline,
)
from helpers.units import Period
from helpers.wording import Message, Name, Value, msg

if TYPE_CHECKING:
    from helpers.store import Notice

STALE = timedelta(days=92)
MOST_ACTIONS = 5

_NO_COUNTRY = Gap(
    msg("The client file names no country, so holidays and dates of the trade are not known."),
    msg("One line in the client file, such as country and its two letters; no export is needed."),
)
_NOTHING = msg("No export tells of the market: neither search interest, nor posts or ads of competitors.")
_KINDS: dict[calendar_dates.Kind, Message] = {
    "holiday": msg("public holiday"),
    "trade": msg("date of the trade"),
    "trade_expected": msg("date of the trade, expected"),
}
_BUYER = msg("Media buyer")
_MANAGER = msg("Social media manager")


@dataclass(frozen=True)
class Inputs:
    """What the research reads; tables are canonical and may be empty."""

    context: Context
    notices: tuple[Notice, ...]
    trends: pd.DataFrame
    competitor_posts: pd.DataFrame
    competitor_ads: pd.DataFrame
    organic_posts: pd.DataFrame
    organic_daily: pd.DataFrame
    mentions: pd.DataFrame
    ads: pd.DataFrame


@dataclass(frozen=True)
class Result:
    """What the market allows; a part that the data cannot fill is a gap."""

    summary: tuple[Message, ...]
    cards: tuple[Card, ...] | Gap
    interest: Timeline | Gap
    interest_words: tuple[Message, ...] | Gap
    season: Columns | Gap
    season_words: tuple[Message, ...]
    rivals: Forest | Gap
    rival_words: tuple[Message, ...]
    by_rival: Table | Gap
    voice: Bars | Gap
    voice_words: tuple[Message, ...]
    calendar: Table | Gap
    swot: Table
    actions: tuple[Action, ...]
    caveats: tuple[Caveat, ...]
    claims: tuple[Claim, ...]


@dataclass(frozen=True)
class _Market:
    """All that is known of the market."""

    context: Context
    ledger: Ledger
    demand: Demand
    rivals: Rivals
    shares: Shares
    occasions: tuple[calendar_dates.Occasion, ...]
    names: tuple[str, ...]

    @property
    def findings(self) -> list[Finding]:
        """The lines that the data show beyond chance."""
        return [
            *market_rivals.findings(self.rivals),
            *market_share.findings(self.shares),
            *market_demand.findings(self.demand),
        ]


def analyse(inputs: Inputs) -> Result:
    """Research the market of one client and period."""
    market = _market(inputs)
    findings = market.findings
    return Result(
        summary=_summary(market, findings),
        cards=_cards(market),
        interest=market_demand.timeline(market.demand),
        interest_words=market_demand.interest_words(market.demand),
        season=market_demand.columns(market.demand),
        season_words=market_demand.season_words(market.demand),
        rivals=market_rivals.forest(market.rivals),
        rival_words=market_rivals.words(market.rivals),
        by_rival=market_rivals.table(market.rivals),
        voice=market_share.bars(market.shares),
        voice_words=market_share.words(market.shares),
        calendar=_calendar(market),
        swot=swot(findings),
        actions=_actions(market),
        caveats=(*checks.from_notices(_noticed(market, inputs)).caveats, *_caveats(market, inputs)),
        claims=market.ledger.claims,
    )


def _market(inputs: Inputs) -> _Market:
    """Work everything out; all comparisons of the page share one error, by Holm's method."""
    context = inputs.context
    ledger = Ledger(context.stage, context.period, context.currency)
    own = content.with_bases(inputs.organic_posts, inputs.organic_daily)
    theirs = _others(market_peers.placed(inputs.competitor_posts), context.name)
    found = market_peers.peers(own, theirs, context.period)
    voice = market_voice.voice(inputs.competitor_ads, inputs.ads, context.name, context.period)
    terms = market_interest.terms(inputs.trends, context.period)
    shifted, shaped = market_interest.p_values(terms, context.period.end - market_demand.RECENT)
    families = [market_peers.p_values(found.rivals), market_share.p_values(voice), shifted, shaped]
    adjusted = np.split(
        experiments.adjust(np.concatenate(families)), np.cumsum([len(family) for family in families])[:-1]
    )
    has_ads = not inputs.competitor_ads.empty
    shares = market_share.claim(context, ledger, voice, adjusted[1], inputs.mentions, has_ads=has_ads)
    return _Market(
        context,
        ledger,
        market_demand.claim(context, ledger, terms, adjusted[2], adjusted[3]),
        market_rivals.claim(context, ledger, own, theirs, found, adjusted[0]),
        shares,
        _occasions(context),
        tuple(sorted({*context.competitors, *shares.names, *theirs["competitor"].dropna().astype(str)})),
    )


def _others(posts: pd.DataFrame, client: str) -> pd.DataFrame:
    """Competitors' posts; those that an analyst noted of the client itself are no competitor's."""
    is_own = [market_voice.same(str(name), client) for name in posts["competitor"]]
    return posts[~np.array(is_own, dtype=bool)]


def _occasions(context: Context) -> tuple[calendar_dates.Occasion, ...]:
    if context.country is None or not calendar_dates.is_known(context.country):
        return ()
    return calendar_dates.occasions(context.country, Period(context.as_of, context.as_of + market_demand.AHEAD))


# The first screen


def _summary(market: _Market, findings: list[Finding]) -> tuple[Message, ...]:
    order = ("weakness", "threat", "strength", "opportunity")
    first = sorted(findings, key=lambda finding: order.index(finding.quadrant))
    said = [finding.text for finding in first[:4]]
    if not said:
        facts = [*market_demand.fact(market.demand), *market_share.fact(market.shares)]
        is_told = bool(facts or market.rivals.has_posts)
        nothing = msg("Nothing in the market data sets the client apart or calls for a change beyond chance.")
        said = [*facts, nothing] if is_told else [_NOTHING]
    occasion = _next_trade(market)
    if occasion:
        values: dict[str, Value] = {"occasion": Name(occasion.name), "day": occasion.day}
        said.append(msg("The next date of the trade is {occasion}, on {day}.", **values))
    return tuple(said)


def _cards(market: _Market) -> tuple[Card, ...] | Gap:
    cards = []
    if market.demand.main and market.demand.main.mean.is_known:
        mean = market.demand.main.mean
        beside = msg("a year before: {other}", other=mean.other) if mean.compared_to else None
        cards.append(
            Card(mean.metric.label, mean.figure, beside, note=_of(market_demand.called(market.demand.main.term)))
        )
    cards += [Card(own.metric.label, own.figure, note=_between(own)) for own in market_rivals.own_claims(market.rivals)]
    pace = next((claim for (_, name), claim in market.rivals.paces.items() if not name), None)
    if pace:
        cards.append(Card(pace.metric.label, pace.figure, note=_between(pace)))
    if market.shares.own:
        cards.append(Card(market.shares.own.metric.label, market.shares.own.figure, note=_between(market.shares.own)))
    elif market.shares.rivals:
        largest = market.shares.rivals[0]
        cards.append(Card(largest.metric.label, largest.figure, note=_of(Name(dict(largest.scope)["competitor"]))))
    return tuple(cards[:6]) or market_demand.NO_TRENDS


def _of(name: Message | Name) -> Message:
    return msg("{name}", name=name)


def _between(claim: Claim) -> Message | None:
    return msg("between {low} and {high}", low=claim.low, high=claim.high) if claim.interval else None


# The moment


def _next_trade(market: _Market) -> calendar_dates.Occasion | None:
    return next((one for one in market.occasions if one.kind != "holiday"), None)


def _calendar(market: _Market) -> Table | Gap:
    """The occasions of the next three months, with the season of the main term where there is one beyond chance."""
    if not market.occasions:
        return _NO_COUNTRY
    main = market.demand.main
    months = main.months if main and main.has_season else {}
    rows = tuple(_occasion(one, months) for one in market.occasions)
    heads = [msg("Day"), msg("Occasion"), msg("Kind")]
    note = msg(
        "Holidays of the whole country, and the usual dates of its trade; expected dates are set anew each year."
    )
    if main and months:
        heads.append(msg("Interest in that month"))
        note = msg(
            "{note} Interest in {term} is against its mean month.", note=note, term=market_demand.called(main.term)
        )
    return Table(msg("What the next three months bring"), tuple(heads), rows, note=note)


def _occasion(one: calendar_dates.Occasion, months: dict[str, Claim]) -> tuple[Cell, ...]:
    row: tuple[Cell, ...] = (one.day, Name(one.name), _KINDS[one.kind])
    return (*row, months[_month(one.day)].figure) if months else row


def _month(day: date) -> str:
    return season.MONTHS[day.month - 1]


# What to do


def _actions(market: _Market) -> tuple[Action, ...]:
    due = checks.due_date(market.context.as_of)
    found = [
        *(_learn(one, due) for one in market.rivals.shown("worse")),
        *_demand_actions(market, due),
        *(_watch(claim, due) for claim in market.shares.rivals if claim.verdict == "worse"),
        *_moment(market, due),
    ]
    return tuple(found[:MOST_ACTIONS])


def _learn(one: market_rivals.Compared, due: date) -> Action:
    name = Name(one.rival.name)
    return Action(
        what=msg("Go through the best posts of {competitor} and try what they share in ten posts", competitor=name),
        expected=msg("Engagement comes nearer to {rate} a post", rate=one.rate.figure),
        owner=msg("Community manager"),
        due=due,
        reversal=msg("Go back to the former posts if engagement does not rise in ten posts"),
    )


def _demand_actions(market: _Market, due: date) -> list[Action]:
    found = []
    since = market.context.period.end - market_demand.RECENT
    for one in market.demand.terms:
        stretch = one.term.latest(since)
        if stretch and one.shift_p < market_demand.ALPHA and stretch.shift.share > 0:
            _, _, change = one.shifts[one.term.shifts.index(stretch)]
            found.append(_follow(market_demand.called(one.term), change, due))
    return found


def _follow(term: Message | Name, change: Claim, due: date) -> Action:
    return Action(
        what=msg("Raise the budget of the searches for {term} step by step", term=term),
        expected=msg(
            "Interest stands {change} against before: room for more clicks at about the former price",
            change=change.figure,
        ),
        owner=_BUYER,
        due=due,
        reversal=msg("Go back one step if the cost per conversion rises above its target"),
    )


def _watch(claim: Claim, due: date) -> Action:
    return Action(
        what=msg(
            "Look through the ads of {competitor} and note offers and claims",
            competitor=Name(dict(claim.scope)["competitor"]),
        ),
        expected=msg("The client's own ads answer the offers behind {share} of the voice", share=claim.figure),
        owner=_MANAGER,
        due=due,
        reversal=msg("Nothing to undo: the campaigns stay as they are"),
    )


def _moment(market: _Market, due: date) -> Iterable[Action]:
    """Prepare for the date of the trade in the month of highest interest, else for the next one."""
    peak = market_demand.coming_peak(market.demand)
    trade = [one for one in market.occasions if one.kind != "holiday" and one.day > due]
    chosen = next((one for one in trade if _month(one.day) == peak), next(iter(trade), None))
    if chosen is None:
        return
    values: dict[str, Value] = {"occasion": Name(chosen.name), "day": chosen.day}
    main = market.demand.main
    if main and _month(chosen.day) == peak:
        expected = msg(
            "{term} stands at {index} of the mean month in {month}",
            term=market_demand.called(main.term),
            index=main.months[peak].figure,
            month=scope_label("month", peak),
        )
    else:
        expected = msg("The date is not missed; what it brings is measured against the weeks around it")
    yield Action(
        what=msg("Set budget, offer and posts for {occasion} on {day}", **values),
        expected=expected,
        owner=_MANAGER,
        due=due,
        reversal=msg("Give the budget back to the usual campaigns if the offer does not sell on its first day"),
    )


# What is to be known of the data


def _noticed(market: _Market, inputs: Inputs) -> list[Notice]:
    """What reading noticed of the tables that count here: the client's own ads only where their spend is a share."""
    is_spent = market.shares.voice is not None and market.shares.voice.basis != "ads"
    return [notice for notice in inputs.notices if is_spent or notice.values.get("table") != "ads"]


def _caveats(market: _Market, inputs: Inputs) -> tuple[Caveat, ...]:
    return (
        *market_demand.caveats(market.demand),
        *market_rivals.caveats(market.rivals),
        *market_share.caveats(market.shares),
        *(_alike(one, other) for one, other in market_voice.nearly_alike((*market.names, market.context.name))),
        *_missing(market),
        *_stale(market.context, market.demand, inputs.competitor_posts),
    )


def _alike(one: str, other: str) -> Caveat:
    text = msg(
        "Are {one} and {other} the same competitor? They are counted apart until the spelling is mended.",
        one=Name(one),
        other=Name(other),
    )
    return Caveat("similar_names", text, (("competitor", one),))


def _missing(market: _Market) -> list[Caveat]:
    """Competitors of the client file of which no export tells anything."""
    told = {*market.shares.names, *(name for _, name in market.rivals.paces)}
    told |= {one.rival.name for one in market.rivals.compared} | {one.name for one, _ in market.rivals.alone}
    if not told - {""}:
        return []
    return [
        Caveat(
            "missing_competitor",
            msg("{competitor} is named as a competitor, but no export tells anything of it.", competitor=Name(name)),
            (("competitor", name),),
        )
        for name in market.context.competitors
        if not any(market_voice.same(name, other) for other in told)
    ]


def _stale(context: Context, demand: Demand, posts: pd.DataFrame) -> list[Caveat]:
    """Exports whose last day is long past."""
    ends = market_demand.newest(demand)
    dated = posts[posts["published_at"].notna()]
    ends |= {str(file): rows["published_at"].max().date() for file, rows in dated.groupby("file", observed=True)}
    return [
        Caveat(
            "stale",
            msg("{file} ends on {day}: what it tells of the market may no longer hold.", file=Name(file), day=day),
        )
        for file, day in ends.items()
        if day < context.as_of - STALE
    ]
