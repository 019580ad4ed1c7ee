"""Posts and followers of the client's own profiles."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd

from helpers.quality.model import Check, Find, Finding, Material, called, days_of, number, share
from helpers.units import Quantity
from helpers.wording import Message, msg

FEW_POSTS = 20
MUCH = 0.1
FEW_DAYS = 28
JUMP_SHARE = 0.05
JUMP_DEVIATIONS = 10.0
FEW_INTERACTIONS = 10
NORMAL_MAD = 0.6745

Says = Callable[[Message, Quantity], Message]


def _posts(rule: Callable[[pd.DataFrame], pd.Series[bool]], says: Says, *, most: float = 0.0) -> Find:
    """Find the profiles of which a rule takes more than a share of the posts."""

    def find(material: Material) -> Iterator[Finding]:
        for platform, rows in material.table("organic_posts").groupby("platform", observed=True):
            wrong = rows[rule(rows)]
            if len(wrong) > most * len(rows):
                n = number(len(wrong))
                text = says(called("platform", str(platform)), n)
                yield Finding(text, n, wrong, (("platform", str(platform)),), when=days_of(wrong, "published_at"))

    return find


def _interactions(posts: pd.DataFrame) -> pd.Series[float]:
    liked = posts["reactions"].fillna(posts["likes"])
    return liked.fillna(0) + posts[["comments", "shares", "saves"]].fillna(0).sum(axis=1)


def _unreached(posts: pd.DataFrame) -> pd.Series[bool]:
    if posts["reach"].isna().all():
        return pd.Series(data=False, index=posts.index)
    return posts["reach"].fillna(0).eq(0) & _interactions(posts).ge(FEW_INTERACTIONS)


def _beyond_reach(posts: pd.DataFrame) -> pd.Series[bool]:
    liked = posts["reactions"].fillna(posts["likes"])
    return liked.gt(posts["reach"]) & posts["reach"].gt(0) & liked.ge(FEW_INTERACTIONS)


def _twice(posts: pd.DataFrame) -> pd.Series[bool]:
    """The same words on the same day under two ids; posts without words are not compared."""
    words, day = posts["text"].fillna("").str.strip(), posts["published_at"].dt.normalize()
    same = posts.assign(words=words, day=day).duplicated(["account", "words", "day"], keep=False)
    found: pd.Series[bool] = words.str.len().ge(FEW_INTERACTIONS) & day.notna() & same
    return found


def _timeless(material: Material) -> Iterator[Finding]:
    """Profiles whose posts all were published at midnight: the hour was lost."""
    for platform, rows in material.table("organic_posts").groupby("platform", observed=True):
        moments = rows["published_at"].dropna()
        if len(moments) >= FEW_POSTS and moments.eq(moments.dt.normalize()).all():
            n = number(len(moments))
            text = msg(
                "Posts of {place} without an hour of publishing: {n}.", place=called("platform", str(platform)), n=n
            )
            yield Finding(text, n, rows, (("platform", str(platform)),))


def _jumps(material: Material) -> Iterator[Finding]:
    """Days on which followers jump by a twentieth and far beyond what days ordinarily bring."""
    daily = material.table("organic_daily")
    for platform, rows in daily[daily["followers"].gt(0)].groupby("platform", observed=True):
        days = rows.groupby("date", observed=True)["followers"].sum().asfreq("D")
        steps = np.log(days).diff()
        usual = steps.dropna()
        if len(usual) < FEW_DAYS:
            continue
        scale = max(float((usual - usual.median()).abs().median()) / NORMAL_MAD, 1e-4)
        odd = steps[(steps.abs() > np.log1p(JUMP_SHARE)) & ((steps - usual.median()).abs() > JUMP_DEVIATIONS * scale)]
        if len(odd):
            n, day = number(len(odd)), pd.Timestamp(str(odd.index[-1])).date()
            text = msg("{place}: days on which the number of followers jumps, the last one {day}: {n}.",
                       place=called("platform", str(platform)), day=day, n=n)  # fmt: skip
            wrong = rows[rows["date"].isin(odd.index)]
            yield Finding(text, n, wrong, (("platform", str(platform)),), when=days_of(wrong, "date"))


def _contradictions(material: Material) -> Iterator[Finding]:
    """Profiles whose won and lost followers do not make their stock, on more than a tenth of the days."""
    daily = material.table("organic_daily").sort_values("date")
    for platform, rows in daily.groupby("platform", observed=True):
        if rows["date"].duplicated().any():
            continue
        step = rows["followers"].diff().where(rows["date"].diff().dt.days.eq(1))
        both = step.notna() & rows["follower_delta"].notna()
        wrong = rows[both & step.ne(rows["follower_delta"])]
        if both.sum() >= FEW_DAYS and len(wrong) > MUCH * both.sum():
            n = share(len(wrong), int(both.sum()))
            text = msg("{place}: share of the days whose change of followers contradicts their number: {n}.",
                       place=called("platform", str(platform)), n=n)  # fmt: skip
            yield Finding(text, n, wrong, (("platform", str(platform)),), when=days_of(wrong, "date"))


CHECKS = (
    Check(
        "posts_beyond_reach",
        "warning",
        ("organic_posts",),
        _posts(_beyond_reach, lambda place, n: msg(
            "Posts of {place} that more people liked than it reached: {n}.", place=place, n=n)),
        msg("Export reach and likes of the same report; a rate by reach is wrong for these posts."),
    ),
    Check(
        "posts_without_reach",
        "warning",
        ("organic_posts",),
        _posts(_unreached, lambda place, n: msg(
            "Posts of {place} with interactions and no reach: {n}.", place=place, n=n)),
        msg("Export the posts again some days later; these are left out of rates by reach."),
    ),
    Check(
        "posts_without_date",
        "warning",
        ("organic_posts",),
        _posts(lambda posts: posts["published_at"].isna(), lambda place, n: msg(
            "Posts of {place} without a date: {n}.", place=place, n=n)),
        msg("Export the column of the publishing time; these posts count in no period."),
    ),
    Check(
        "repeated_posts",
        "warning",
        ("organic_posts",),
        _posts(_twice, lambda place, n: msg(
            "Posts of {place} with the same words on the same day: {n}.", place=place, n=n)),
        msg("Look whether one was deleted and published again; if so leave one of them in the export."),
    ),
    Check(
        "follower_jump",
        "warning",
        ("organic_daily",),
        _jumps,
        msg("Look whether profiles were merged, followers bought or removed, or a campaign for followers ran."),
    ),
    Check(
        "followers_contradict",
        "warning",
        ("organic_daily",),
        _contradictions,
        msg("Take both columns from one report, or leave one of them out."),
    ),
    Check(
        "posts_without_hour",
        "info",
        ("organic_posts",),
        _timeless,
        msg("Export the publishing time with its hour; without it no best hour can be told."),
    ),
)  # fmt: skip
