"""The market research: what market, competitors and the moment allow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from helpers.claims import Claim, Ledger
from helpers.methods import experiments
from helpers.stages import calendar_dates, checks, content
from helpers.stages.context import Context
from helpers.stages.market_research import actions as market_actions
from helpers.stages.market_research import demand as market_demand
from helpers.stages.market_research import interest as market_interest
from helpers.stages.market_research import moment as market_moment
from helpers.stages.market_research import peers as market_peers
from helpers.stages.market_research import rivals as market_rivals
from helpers.stages.market_research import share as market_share
from helpers.stages.market_research import voice as market_voice
from helpers.stages.market_research.demand import Demand
from helpers.stages.market_research.rivals import Rivals
from helpers.stages.market_research.share import Shares
from helpers.stages.market_research.swot import Finding, swot
from helpers.stages.parts import (
    Action,
    Bars,
    Card,
    Caveat,
    Columns,
    Forest,
    Gap,
    Table,
    Timeline,
)
from helpers.wording import Message, Name, Value, msg

if TYPE_CHECKING:
    from helpers.store import Notice

SAID = 3
"""Findings that a client reads first; the page holds all of them."""
STALE = timedelta(days=92)


_NOTHING = msg("No export tells of the market: neither search interest, nor posts or ads of competitors.")


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
        calendar=market_moment.calendar(market.occasions, market.demand),
        swot=swot(findings),
        actions=market_actions.actions(market.context, market.demand, market.rivals, market.shares, market.occasions),
        caveats=(*checks.from_notices(_noticed(market, inputs), market.ledger).caveats, *_caveats(market, inputs)),
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
        market_moment.occasions(context),
        tuple(sorted({*context.competitors, *shares.names, *theirs["competitor"].dropna().astype(str)})),
    )


def _others(posts: pd.DataFrame, client: str) -> pd.DataFrame:
    """Competitors' posts; those that an analyst noted of the client itself are no competitor's."""
    is_own = [market_voice.same(str(name), client) for name in posts["competitor"]]
    return posts[~np.array(is_own, dtype=bool)]


# The first screen


def _summary(market: _Market, findings: list[Finding]) -> tuple[Message, ...]:
    order = ("weakness", "threat", "strength", "opportunity")
    first = sorted(findings, key=lambda finding: order.index(finding.quadrant))
    said = [finding.text for finding in first[:SAID]]
    if not said:
        facts = [*market_demand.fact(market.demand), *market_share.fact(market.shares)]
        is_told = bool(facts or market.rivals.has_posts)
        nothing = msg("Nothing in the market data sets the client apart or calls for a change beyond chance.")
        said = [*facts, nothing] if is_told else [_NOTHING]
    occasion = market_moment.next_trade(market.occasions)
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
