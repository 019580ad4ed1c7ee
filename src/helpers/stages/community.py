"""The community report: how is the community, and what did the content do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from helpers.claims import Basis, Claim, Comparison, Ledger, Verdict, scope_label
from helpers.kpis import measure, within
from helpers.methods import experiments, intervals
from helpers.stages import checks
from helpers.stages.content import FEW, rate_values, with_rates
from helpers.stages.context import Baseline, Context, baseline
from helpers.stages.overview import brief, card, over_time
from helpers.stages.parts import Action, Bar, Brief, Caption, Card, Caveat, Cell, Forest, Gap, Measure, Table, Timeline
from helpers.stages.scorecard import Scope, Score, Scorecard, select
from helpers.stages.sentences import AGAINST
from helpers.stages.standing import WHOLE, name_of
from helpers.units import Estimate, Period
from helpers.wording import Message, Name, Value, msg

if TYPE_CHECKING:
    from helpers.store import Notice

SUMS = ("posts", "views", "impressions", "interactions")
MAX_CARDS = 6
RATES = ("er_reach", "er_followers", "er_views")
MEANS = ("reach", *RATES)
"""Known post by post: people reached by two posts would count twice in a sum."""
AMOUNTS = ("posts", "reach", "views", "impressions", "interactions")
"""What the tables of amounts show; those of rates stand beside them, so that both fit the width of a page."""
LEVEL = 0.9
ALPHA = 0.05
"""One page in twenty may call something different that is not, counted over all that it compares."""
BEST = 5
EXCERPT = 60

_NO_POSTS = Gap(
    msg("Without an export of the profile's posts, nothing can be said of what the content did."),
    msg("The posts of the last thirteen months, from the content page of Meta Business Suite."),
)
_NO_FOLLOWERS = Gap(
    msg("No export holds the followers by day, so growth and engagement by followers cannot be told."),
    msg("The followers by day, from the insights page of each profile."),
)
_NO_FORMATS = Gap(
    msg("The posts name no format, or only one, so formats cannot be compared."),
    msg("The posts export with the column of the post type."),
)
_NO_DATES = Gap(
    msg("The posts bear no date in this period, so their course cannot be seen."),
    msg("The posts export with the column of the publishing time."),
)


_DEFINITION = msg(
    "Interactions for each person reached, and for each follower on the day of the post: the mean over the posts. For "
    "each view: added up over the posts, because views may be added and people may not."
)


@dataclass(frozen=True)
class Inputs:
    """What the report reads; tables are canonical and may be empty."""

    context: Context
    notices: tuple[Notice, ...]
    organic_posts: pd.DataFrame
    organic_daily: pd.DataFrame


@dataclass(frozen=True)
class Result:
    """How the community is; a part that the data cannot fill is a gap."""

    summary: tuple[Message, ...]
    cards: tuple[Card, ...] | Gap
    brief: Brief | None
    profiles: Table | Gap
    profile_rates: Table | Gap
    followers: tuple[Message, ...] | Gap
    timeline: Timeline | Gap
    formats: Forest | Gap
    format_words: tuple[Message, ...]
    by_format: Table | Gap
    format_rates: Table | Gap
    best: Table | Gap
    actions: tuple[Action, ...]
    caveats: tuple[Caveat, ...]
    claims: tuple[Claim, ...]


@dataclass(frozen=True)
class _Content:
    """The posts, each with its interactions and rates, and what is claimed of them."""

    context: Context
    ledger: Ledger
    posts: pd.DataFrame
    inside: pd.DataFrame
    base: Baseline | None
    is_dated: bool
    scores: dict[tuple[str, Scope], Score]

    @property
    def platforms(self) -> list[Scope]:
        """The profiles' networks, most posts first."""
        return [(("platform", str(name)),) for name in self.inside["platform"].value_counts().index]

    def of(self, metric: str, scope: Scope = WHOLE) -> Claim | None:
        """A figure of the period."""
        score = self.scores.get((metric, scope))
        return score.value if score else None


def analyse(inputs: Inputs) -> Result:
    """Report on the profiles of one client and period."""
    now = _content(inputs)
    found = checks.from_notices(inputs.notices, now.ledger)
    forest, words, caveats, actions = _formats(now)
    return Result(
        summary=_summary(now),
        cards=_cards(now),
        brief=brief(_headed(now), words, actions),
        profiles=_table(now, msg("Figures of each profile"), msg("Profile"), now.platforms, AMOUNTS),
        profile_rates=_table(now, msg("Engagement of each profile"), msg("Profile"), now.platforms, RATES, _DEFINITION),
        followers=_followers(now, inputs.organic_daily),
        timeline=_timeline(now),
        formats=forest,
        format_words=words,
        by_format=_table(now, msg("Figures of each format"), msg("Format"), _format_scopes(now.inside), AMOUNTS),
        format_rates=_table(
            now, msg("Engagement of each format"), msg("Format"), _format_scopes(now.inside), RATES, _DEFINITION
        ),
        best=_best(now),
        actions=actions,
        caveats=(*found.caveats, *caveats),
        claims=now.ledger.claims,
    )


def _content(inputs: Inputs) -> _Content:
    context = inputs.context
    posts = with_rates(inputs.organic_posts, inputs.organic_daily)
    # Posts without any date, as in a table that lists a whole history, count for the whole of it.
    is_dated = bool(posts["period_start"].notna().any())
    inside = within(posts, context.period) if is_dated else posts
    ledger = Ledger(context.stage, context.period, context.currency)
    base = baseline(posts["period_start"], context.period) if is_dated else None
    now = _Content(context, ledger, posts, inside, base, is_dated, {})
    if not inside.empty:
        scopes = [WHOLE, *now.platforms, *_format_scopes(inside)]
        _claim_sums(now, scopes)
        _claim_rates(now, scopes)
    return now


def _claim_sums(now: _Content, scopes: Sequence[Scope]) -> None:
    """Claim the sums of each scope, held against the baseline where there is one."""
    if now.is_dated:
        now.scores.update(Scorecard(now.ledger, now.posts, now.context.period, now.base).scores(SUMS, scopes))
        return
    for scope in scopes:
        rows = select(now.inside, scope)
        for metric in SUMS:
            claim = now.ledger.add(metric, measure(rows, metric), scope=dict(scope), rows=rows)
            if claim.is_known:
                now.scores[(metric, scope)] = Score(claim)


@dataclass(frozen=True)
class _Rate:
    """A rate of a scope: the posts of the period that tell it, and values whose mean it is, now and in the baseline."""

    metric: str
    scope: Scope
    rows: pd.DataFrame
    values: np.ndarray
    before: np.ndarray

    @property
    def change(self) -> experiments.MeanDifference:
        """The change since the baseline."""
        return experiments.compare_means(self.before, self.values, level=LEVEL)


def _claim_rates(now: _Content, scopes: Sequence[Scope]) -> None:
    """Claim the rates of each scope; all their changes are comparisons of one page and share its error."""
    earlier = within(now.posts, now.base.period) if now.base else now.posts.head(0)
    rates = [
        _Rate(metric, scope, rows, rate_values(rows, metric), rate_values(select(earlier, scope), metric))
        for scope in scopes
        for metric in MEANS
        if not (rows := _telling(select(now.inside, scope), metric)).empty
    ]
    changes = [rate.change for rate in rates]
    adjusted = experiments.adjust(np.array([change.p_value for change in changes]))
    for rate, change, p_value in zip(rates, changes, adjusted, strict=True):
        now.scores[(rate.metric, rate.scope)] = _score(now, rate, change, float(p_value))


def _telling(posts: pd.DataFrame, metric: str) -> pd.DataFrame:
    return posts[posts[metric].notna()]


def _score(now: _Content, rate: _Rate, change: experiments.MeanDifference, p_value: float) -> Score:
    claim = now.ledger.add(
        rate.metric, intervals.mean(rate.values, level=LEVEL), scope=dict(rate.scope), rows=rate.rows
    )
    if now.base is None or not len(rate.before):
        return Score(claim)
    verdict = _verdict(change, p_value, min(len(rate.before), len(rate.values)))
    against = Comparison(now.base.what, float(rate.before.mean()))
    claim = now.ledger.amend(claim, compared_to=against, verdict=verdict)
    place = {**dict(rate.scope), "parameter": rate.metric}
    lift = now.ledger.add("change", change.lift, scope=place, rows=rate.rows, compared_to=against, verdict=verdict)
    return Score(claim, lift)


def _verdict(found: experiments.MeanDifference, p_value: float, fewest: int) -> Verdict:
    if fewest < FEW:
        return "not_enough_data"
    if p_value >= ALPHA or found.depends_on_outliers:
        return "not_shown"
    return "better" if found.difference.value > 0 else "worse"


def _format_scopes(posts: pd.DataFrame) -> list[Scope]:
    """Every format of every platform, most posts first; formats of two platforms are never thrown together."""
    counts = posts.groupby(["platform", "format"], observed=True).size().sort_values(ascending=False, kind="stable")
    return [(("platform", str(platform)), ("format", str(name))) for platform, name in counts.index]


# The first screen


def _summary(now: _Content) -> tuple[Message, ...]:
    posts, interactions, rate = now.of("posts"), now.of("interactions"), now.of("er_reach")
    if not posts:
        return (_NO_POSTS.what,)
    values: dict[str, Value] = {"posts": posts.figure}
    if interactions:
        values["interactions"] = interactions.figure
        said = [
            msg("{posts} {posts:post/posts} brought {interactions} {interactions:interaction/interactions}.", **values)
        ]
    else:
        said = [msg("{posts} {posts:post was/posts were} published.", **values)]
    score = now.scores.get(("er_reach", WHOLE))
    if rate and score and score.change and rate.compared_to:
        said.append(_rate_sentence(rate, rate.compared_to.what))
    elif rate:
        said.append(msg("Of the people reached by a post, {rate} interacted on average.", rate=rate.figure))
    return tuple(said)


def _rate_sentence(rate: Claim, what: Basis) -> Message:
    values: dict[str, Value] = {"rate": rate.figure, "other": rate.other, "against": AGAINST[what]}
    if rate.verdict == "better":
        return msg("Engagement by reach rose {against}: {rate} of the people reached, before {other}.", **values)
    if rate.verdict == "worse":
        return msg("Engagement by reach fell {against}: {rate} of the people reached, before {other}.", **values)
    return msg("Engagement by reach is {rate} of the people reached; no change is shown {against} ({other}).", **values)


def _cards(now: _Content) -> tuple[Card, ...] | Gap:
    return tuple(card(score) for score in _headed(now)) or _NO_POSTS


def _headed(now: _Content) -> list[Score]:
    """The figures of the first screen."""
    return [score for metric in (*SUMS, *RATES) if (score := now.scores.get((metric, WHOLE)))][:MAX_CARDS]


# Profiles and formats


def _table(
    now: _Content,
    caption: Message,
    head: Message,
    scopes: Sequence[Scope],
    shown: Sequence[str],
    note: Message | None = None,
) -> Table | Gap:
    metrics = [metric for metric in shown if any(now.of(metric, scope) for scope in scopes)]
    if not metrics:
        return _NO_POSTS if now.inside.empty else _NO_FORMATS
    body = tuple((_called(scope), *(_cell(now.of(metric, scope)) for metric in metrics)) for scope in scopes)
    labels = tuple(claim.metric.label for metric in metrics if (claim := _any(now, metric, scopes)))
    return Table(caption, (head, *labels), body, note=note)


def _any(now: _Content, metric: str, scopes: Sequence[Scope]) -> Claim | None:
    return next((claim for scope in scopes if (claim := now.of(metric, scope))), None)


def _cell(claim: Claim | None) -> Cell:
    return claim.figure if claim else None


def _called(scope: Scope) -> Message | Name:
    names = [name_of((pair,)) for pair in scope]
    return names[0] if len(names) == 1 else msg("{platform} · {format}", platform=names[0], format=names[1])


def _formats(now: _Content) -> tuple[Forest | Gap, tuple[Message, ...], tuple[Caveat, ...], tuple[Action, ...]]:
    """Hold each format against the same profile's other posts, over all history up to the end of the period."""
    end = pd.Timestamp(now.context.period.end)
    past = now.posts[~(now.posts["period_end"] > end)]
    scopes = [scope for scope in _format_scopes(past) if _others(past, scope)["er_reach"].notna().any()]
    found = [(scope, _effect(past, scope)) for scope in scopes if select(past, scope)["er_reach"].notna().any()]
    if not found:
        return (_NO_POSTS if now.posts.empty else _NO_FORMATS), (), (), ()
    adjusted = experiments.adjust(np.array([effect.p_value for _, effect in found]))
    first = past["period_start"].min()
    start = now.context.period.start if pd.isna(first) else min(first.date(), now.context.period.start)
    span = Period(start, now.context.period.end)
    claims = [
        _format_claim(now, past, scope, effect, float(p), span)
        for (scope, effect), p in zip(found, adjusted, strict=True)
    ]
    shown = [claim for claim in claims if claim.verdict in {"better", "worse"}]
    bars = tuple(_bar(claim) for claim in claims)
    few = tuple(_few(claim) for claim in claims if claim.verdict == "not_enough_data")
    return (
        Forest(_caption(shown), Measure("share"), bars),
        tuple(map(_format_sentence, shown)),
        few,
        _actions(now, shown),
    )


def _others(posts: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    (platform, format_) = dict(scope)["platform"], dict(scope)["format"]
    return posts[(posts["platform"] == platform) & (posts["format"] != format_)]


def _effect(posts: pd.DataFrame, scope: Scope) -> experiments.MeanDifference:
    others, own = _others(posts, scope)["er_reach"].dropna(), select(posts, scope)["er_reach"].dropna()
    return experiments.compare_means(others.to_numpy(float), own.to_numpy(float), level=LEVEL)


def _format_claim(
    now: _Content, past: pd.DataFrame, scope: Scope, effect: experiments.MeanDifference, p_value: float, span: Period
) -> Claim:
    rows, others = select(past, scope), _others(past, scope)["er_reach"].dropna()
    own = rows[rows["er_reach"].notna()]
    estimate = Estimate(effect.lift.value, effect.lift.interval, len(own))
    verdict = _verdict(effect, p_value, min(len(own), len(others)))
    return now.ledger.add(
        "format_effect",
        estimate,
        scope=dict(scope),
        rows=own,
        period=span,
        compared_to=Comparison("peers", 0.0),
        verdict=verdict,
    )


def _bar(claim: Claim) -> Bar:
    interval = claim.interval
    low, high = (interval.low, interval.high) if interval else (None, None)
    return Bar(_called(claim.scope), claim.figure.value, low, high, verdict=claim.verdict)


def _caption(shown: list[Claim]) -> Caption:
    title = (
        msg("Some formats engage differently beyond chance")
        if shown
        else msg("No format engages differently beyond chance")
    )
    return Caption(title, msg("Engagement by reach of each format against the profile's other posts, all history"))


def _format_sentence(claim: Claim) -> Message:
    values: dict[str, Value] = {
        "format": _called(claim.scope),
        "effect": claim.figure,
        "low": claim.low,
        "high": claim.high,
    }
    return msg("{format}: {effect} engagement against the profile's other posts (between {low} and {high}).", **values)


def _few(claim: Claim) -> Caveat:
    text = msg(
        "{format}: only {n} {n:post/posts}, too few to judge the format.", format=_called(claim.scope), n=claim.count
    )
    return Caveat("small_sample", text, claim.scope)


def _actions(now: _Content, shown: list[Claim]) -> tuple[Action, ...]:
    return tuple(
        Action(
            what=msg("Publish more of {format}", format=_called(claim.scope)),
            expected=msg("About {effect} engagement a post, as long as the effect holds", effect=claim.figure),
            owner=msg("Community manager"),
            due=checks.due_date(now.context.as_of),
            reversal=msg("Go back to the former mix if engagement by reach does not rise in two months"),
        )
        for claim in shown
        if claim.verdict == "better"
    )


# Followers, course, best posts


def _followers(now: _Content, daily: pd.DataFrame) -> tuple[Message, ...] | Gap:
    known = daily[daily["followers"].notna() & (daily["date"] <= pd.Timestamp(now.context.period.end))]
    said = []
    for platform, rows in known.sort_values("date").groupby("platform", observed=True):
        scope = {"platform": str(platform)}
        last = rows[rows["date"] == rows["date"].max()]
        followers = now.ledger.add("followers", float(last["followers"].sum()), scope=scope, rows=last)
        inside = rows[rows["date"] >= pd.Timestamp(now.context.period.start)]
        net = now.ledger.add(
            "net_followers", float(inside["follower_delta"].sum(min_count=1)), scope=scope, rows=inside
        )
        values: dict[str, Value] = {
            "profile": name_of(tuple(scope.items())),
            "followers": followers.figure,
            "net": net.figure,
        }
        if net.is_known:
            said.append(msg("{profile}: {followers} followers, {net} in the period.", **values))
        else:
            said.append(msg("{profile}: {followers} followers.", **values))
    return tuple(said) or (_NO_POSTS if now.posts.empty and daily.empty else _NO_FOLLOWERS)


def _timeline(now: _Content) -> Timeline | Gap:
    if now.posts.empty:
        return _NO_POSTS
    if now.inside["date"].isna().all():
        return _NO_DATES
    interactions = now.of("interactions")
    title = (
        msg("{n} {n:interaction/interactions} in the period", n=interactions.figure)
        if interactions
        else msg("Interactions")
    )
    caption = Caption(title, msg("Interactions of the posts by their day of publishing"))
    return over_time(now.posts, "interactions", now.context.period, caption, base=now.base)


def _best(now: _Content) -> Table | Gap:
    """The posts with most interactions, with their link."""
    ranked = now.inside[now.inside["interactions"].notna()].sort_values("interactions", ascending=False, kind="stable")
    if ranked.empty:
        return _NO_POSTS
    body = tuple(_post(post) for _, post in ranked.head(BEST).iterrows())
    heads = (msg("Post"), msg("Published"), msg("Format"), msg("Interactions"))
    return Table(msg("Posts with most interactions"), heads, body)


def _post(post: pd.Series) -> tuple[Cell, ...]:
    words = " ".join(str(post["text"]).split()) if pd.notna(post["text"]) else ""
    short = words if len(words) <= EXCERPT else words[: EXCERPT - 1].rstrip() + "…"
    link = str(post["url"]) if pd.notna(post["url"]) else None
    platform = scope_label("platform", str(post["platform"]))
    named = Name(short or (platform.text if isinstance(platform, Name) else str(post["platform"])), link)
    published = post["date"].date() if pd.notna(post["date"]) else None
    interactions = Measure("count").of(float(post["interactions"]))
    format_ = name_of((("format", str(post["format"])),)) if pd.notna(post["format"]) else None
    return named, published, format_, interactions
