"""What is said of the competitors' posts: engagement beside the client's, cadence, and the definition of both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.claims import Claim, Comparison, Ledger, Verdict, scope_label
from helpers.methods import resample
from helpers.stages.content import FEW
from helpers.stages.context import Context
from helpers.stages.market_research import peers
from helpers.stages.market_research import rival_words as words_of
from helpers.stages.market_research.rival_words import Compared
from helpers.stages.market_research.swot import ALPHA, Finding
from helpers.stages.parts import Bar, Caption, Caveat, Cell, Forest, Gap, Measure, Table
from helpers.units import Period
from helpers.wording import Message, Name, Value, counted, listed, msg

NO_POSTS = Gap(
    msg("No export holds posts of competitors, so engagement and cadence cannot be compared."),
    msg("A table of each competitor's last posts, noted by hand: day, format, likes, comments, views, followers."),
)
NO_OWN_POSTS = Gap(
    msg("Without an export of the client's own posts, the competitors cannot be held against anything."),
    msg("The posts of the last thirteen months, from the content page of Meta Business Suite."),
)
NO_DEFINITION = Gap(
    msg("No definition of engagement fits the client and a competitor alike, so nobody is ranked."),
    msg(
        "For the competitors' posts likes, comments and the followers of that day; for the client the followers by day."
    ),
)


@dataclass(frozen=True)
class Rivals:
    """All that is claimed of the competitors' posts."""

    context: Context
    compared: tuple[Compared, ...]
    alone: tuple[tuple[peers.Alone, Claim], ...]
    unlike: tuple[peers.Unlike, ...]
    paces: dict[tuple[str, str], Claim]
    has_posts: bool
    has_own: bool

    def shown(self, *verdicts: Verdict) -> list[Compared]:
        """Those with one of these verdicts."""
        return [one for one in self.compared if one.verdict in verdicts]

    @property
    def gap(self) -> Gap | None:
        """Why nothing can be compared; None where something is."""
        if self.compared:
            return None
        if not self.has_posts:
            return NO_POSTS
        return NO_DEFINITION if self.has_own else NO_OWN_POSTS


def claim(
    context: Context,
    ledger: Ledger,
    own: pd.DataFrame,
    theirs: pd.DataFrame,
    found: peers.Peers,
    p_values: np.ndarray,
) -> Rivals:
    """Claim rates, differences and cadence."""
    compared = tuple(_compared(ledger, rival, float(p)) for rival, p in zip(found.rivals, p_values, strict=True))
    alone = tuple((one, _alone(ledger, one)) for one in found.alone)
    paces = _paces(context, ledger, own, theirs, found)
    return Rivals(context, compared, alone, found.unlike, paces, not theirs.empty, not own.empty)


def _alone(ledger: Ledger, one: peers.Alone) -> Claim:
    rule = one.definition
    value = resample.mean(one.theirs["rate"].to_numpy(float), level=peers.LEVEL)
    scope = {"platform": rule.platform, "competitor": one.name}
    return ledger.add(rule.base, value, scope=scope, rows=one.theirs, period=rule.window)


def _compared(ledger: Ledger, rival: peers.Rival, p_value: float) -> Compared:
    rule = rival.definition
    verdict = _verdict(rival, p_value)
    scope = {"platform": rule.platform, "competitor": rival.name}
    own_value, value = (
        resample.mean(rows["rate"].to_numpy(float), level=peers.LEVEL) for rows in (rival.own, rival.theirs)
    )
    own = ledger.add(rule.base, own_value, scope={"platform": rule.platform}, rows=rival.own, period=rule.window)
    against = Comparison("peers", own_value.value)
    rate = ledger.add(
        rule.base, value, scope=scope, rows=rival.theirs, period=rule.window, compared_to=against, verdict=verdict
    )
    gap = ledger.add(
        "engagement_gap",
        rival.change.lift,
        scope=scope,
        rows=pd.concat([rival.theirs, rival.own]),
        period=rule.window,
        compared_to=Comparison("peers", 0.0),
        verdict=verdict,
    )
    done = Compared(rival, rate, gap, own)
    sentence = words_of.sentence(msg("the client"), done)
    return Compared(rival, ledger.amend(rate, sentence=sentence), ledger.amend(gap, sentence=sentence), own)


def _verdict(rival: peers.Rival, p_value: float) -> Verdict:
    if not rival.is_enough:
        return "not_enough_data"
    if not p_value < ALPHA or rival.change.depends_on_outliers:
        return "not_shown"
    return "better" if rival.change.difference.value > 0 else "worse"


def _paces(
    context: Context, ledger: Ledger, own: pd.DataFrame, theirs: pd.DataFrame, found: peers.Peers
) -> dict[tuple[str, str], Claim]:
    """Posts a week of the client (under an empty name) and of each competitor, on each platform."""
    paces = {}
    windows = {rival.definition.platform: rival.definition.window for rival in found.rivals}
    for platform, rows in theirs.groupby("platform", observed=True):
        name = str(platform)
        ours = own[own["platform"] == platform]
        window = windows.get(name) or peers.last_year(rows if ours.empty else ours, context.period)
        sides = {"": ours} | {str(rival): posts for rival, posts in rows.groupby("competitor", observed=True)}
        for rival, posts in sides.items():
            scope = {"platform": name} | ({"competitor": rival} if rival else {})
            pace = _pace(ledger, scope, posts, _covered(rows if rival else ours, window))
            if pace:
                paces[(name, rival)] = pace
    return paces


def _covered(posts: pd.DataFrame, window: Period) -> Period:
    """The days of a window that a table of posts covers; one that ends early is no time without posts."""
    last = peers.last_day(posts)
    return Period(window.start, min(window.end, last)) if last and last >= window.start else window


def _pace(ledger: Ledger, scope: dict[str, str], posts: pd.DataFrame, window: Period) -> Claim | None:
    inside = posts[posts["date"].between(pd.Timestamp(window.start), pd.Timestamp(window.end))]
    if inside.empty:
        return None
    return ledger.add("posts_per_week", peers.cadence(posts, window), scope=scope, rows=inside, period=window)


# What is shown


def forest(rivals: Rivals) -> Forest | Gap:
    """The client's engagement over that of each competitor."""
    if rivals.gap:
        return rivals.gap
    better, worse = rivals.shown("better"), rivals.shown("worse")
    name = Name(rivals.context.name)
    if better and worse:
        title = msg("{client} engages more than some competitors and less than others", client=name)
    elif better:
        title = msg("{client} engages more than {names}", client=name, names=_names(better))
    elif worse:
        title = msg("{client} engages less than {names}", client=name, names=_names(worse))
    else:
        title = msg("No competitor engages differently from {client} beyond chance", client=name)
    subtitle = msg("Engagement of a post of {client} against that of each competitor, counted alike", client=name)
    bars = tuple(_bar(one) for one in rivals.compared)
    return Forest(Caption(title, subtitle, _source(rivals)), Measure("share"), bars)


def _bar(one: Compared) -> Bar:
    edges = one.gap.interval
    low, high = (edges.low, edges.high) if edges else (None, None)
    return Bar(words_of.called(one), one.gap.figure.value, low, high, verdict=one.verdict)


def _names(compared: Sequence[Compared]) -> Message:
    return listed([msg("{name}", name=Name(name)) for name in dict.fromkeys(one.rival.name for one in compared)])


def _source(rivals: Rivals) -> Message:
    tables = [*(one.rival.theirs for one in rivals.compared), *(one.theirs for one, _ in rivals.alone)]
    files = sorted({str(file) for rows in tables for file in rows["file"]})
    days = [day for rows in tables if (day := peers.last_day(rows))]
    named = listed([msg("{name}", name=Name(file)) for file in files])
    if not days:
        return msg("Source: {files}.", files=named)
    return msg("Source: {files}, up to {day}.", files=named, day=max(days))


def table(rivals: Rivals) -> Table | Gap:
    """The client and each competitor, platform by platform: engagement with its interval, posts, cadence."""
    if not rivals.has_posts:
        return NO_POSTS
    rates: dict[tuple[str, str], Claim] = {}
    for one in rivals.compared:
        rates[(one.rival.definition.platform, "")] = one.own
        rates[(one.rival.definition.platform, one.rival.name)] = one.rate
    rates |= {(one.definition.platform, one.name): rate for one, rate in rivals.alone}
    keys = sorted({*rates, *rivals.paces})
    body = tuple(_row(rivals, key, rates.get(key)) for key in keys)
    heads = (
        msg("Profile"),
        msg("Platform"),
        msg("Engagement"),
        msg("at least"),
        msg("at most"),
        msg("Posts"),
        msg("Posts a week"),
    )
    return Table(
        msg("The client and its competitors, counted alike"), heads, body, note=_source(rivals) if rates else None
    )


def _row(rivals: Rivals, key: tuple[str, str], rate: Claim | None) -> tuple[Cell, ...]:
    platform, name = key
    pace = rivals.paces.get(key)
    label = scope_label("platform", platform)
    return (
        Name(name or rivals.context.name),
        label if isinstance(label, Name | Message) else Name(platform),
        rate.figure if rate else None,
        rate.low if rate and rate.interval else None,
        rate.high if rate and rate.interval else None,
        rate.count if rate else None,
        pace.figure if pace else None,
    )


def words(rivals: Rivals) -> tuple[Message, ...]:
    """Who engages more and who less; how it was counted; who could not be compared, and why."""
    shown = [words_of.sentence(Name(rivals.context.name), one) for one in rivals.shown("better", "worse")]
    alike = rivals.shown("not_shown")
    if alike:
        values: dict[str, Value] = {"client": Name(rivals.context.name), "names": _names(alike)}
        shown.append(msg("Between {client} and {names}, no difference is shown beyond chance.", **values))
    rules = dict.fromkeys(one.rival.definition for one in rivals.compared)
    rules |= dict.fromkeys(one.definition for one, _ in rivals.alone)
    return (*shown, *map(words_of.definition, rules), *(words_of.unlike(one) for one in rivals.unlike))


def caveats(rivals: Rivals) -> tuple[Caveat, ...]:
    """Competitors, or the client, with too few posts for a verdict."""
    return tuple(_few(one) for one in rivals.shown("not_enough_data"))


def _few(one: Compared) -> Caveat:
    fewer = one.rate if len(one.rival.theirs) < FEW else one.own
    text = counted(
        "{competitor}: only {n} post to compare, too few for a verdict.",
        "{competitor}: only {n} posts to compare, too few for a verdict.",
        fewer.count,
        competitor=words_of.called(one),
    )
    scope = (("platform", one.rival.definition.platform), ("competitor", one.rival.name))
    return Caveat("small_sample", text, scope)


def findings(rivals: Rivals) -> list[Finding]:
    """Engagement beyond chance is a strength or a weakness."""
    return [
        Finding("strength" if one.verdict == "better" else "weakness", sentence, "measured", one.gap)
        for one in rivals.shown("better", "worse")
        for sentence in (words_of.sentence(Name(rivals.context.name), one),)
    ]


def own_claims(rivals: Rivals) -> list[Claim]:
    """The client's own rates, one a platform."""
    return list({one.rival.definition.platform: one.own for one in rivals.compared}.values())
