"""The client and its competitors on identical definitions: engagement of their posts, and how often they publish.

A rate is only put beside another one where both count the same interactions over the same base, on one platform, in
the same days. Where there is no such definition, nothing is ranked and the reason is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Literal

import numpy as np
import pandas as pd

from helpers.kpis import on_days
from helpers.methods import experiments, intervals
from helpers.stages.content import FEW, PARTS
from helpers.units import Estimate, Interval, Period

Base = Literal["er_followers", "er_views"]

LEVEL = 0.9
REACTIONS = ("reactions", "likes")
COUNTED = (*REACTIONS, *PARTS)
BASES: Mapping[Base, str] = {"er_followers": "followers", "er_views": "seen"}
BY_VIEWS = frozenset({"tiktok", "youtube"})
"""Where the trade holds interactions against views and not against followers."""

USUALLY = 0.8
"""A figure that fewer of the posts have is not part of a definition."""

YEAR = timedelta(days=365)
WEEK = 7


@dataclass(frozen=True)
class Definition:
    """How engagement is counted on a platform, for the client and every competitor alike."""

    platform: str
    base: Base
    parts: tuple[str, ...]
    formats: tuple[str, ...]
    window: Period


@dataclass(frozen=True)
class Rival:
    """A competitor beside the client on one platform; both tables have a `rate` for every post."""

    name: str
    definition: Definition
    own: pd.DataFrame
    theirs: pd.DataFrame

    @property
    def is_enough(self) -> bool:
        """Whether both have posts enough to be told apart."""
        return min(len(self.own), len(self.theirs)) >= FEW

    @cached_property
    def change(self) -> experiments.MeanDifference:
        """The client's mean rate against the competitor's."""
        theirs, own = self.theirs["rate"].to_numpy(float), self.own["rate"].to_numpy(float)
        return experiments.compare_means(theirs, own, level=LEVEL)


@dataclass(frozen=True)
class Alone:
    """A competitor whose rate is known, but not on a definition that fits the client."""

    name: str
    definition: Definition
    theirs: pd.DataFrame


@dataclass(frozen=True)
class Unlike:
    """Competitors that cannot be held against the client on a platform."""

    platform: str
    names: tuple[str, ...]
    why: Literal["no_own_posts", "no_base", "no_parts"]


@dataclass(frozen=True)
class Peers:
    """All competitors with posts, on the platforms on which they have them."""

    rivals: tuple[Rival, ...]
    alone: tuple[Alone, ...]
    unlike: tuple[Unlike, ...]


def placed(posts: pd.DataFrame) -> pd.DataFrame:
    """Competitors' posts on their days, with the columns of `content.with_bases`."""
    return on_days(posts, "published_at").assign(seen=posts["views"])


def peers(own: pd.DataFrame, theirs: pd.DataFrame, period: Period) -> Peers:
    """Hold every competitor against the client wherever one definition fits both.

    Parameters
    ----------
    own
        The client's posts from `content.with_bases`, all history.
    theirs
        The competitors' posts from `placed`, all history.
    period
        The run's period; where it holds too few posts, the year up to its end counts.
    """
    found = [
        _on_platform(str(platform), _until(own[own["platform"] == platform], period), _by_name(rows), period)
        for platform, rows in _until(theirs, period).groupby("platform", observed=True)
    ]
    return Peers(
        tuple(rival for one in found for rival in one.rivals),
        tuple(alone for one in found for alone in one.alone),
        tuple(unlike for one in found for unlike in one.unlike),
    )


def cadence(posts: pd.DataFrame, window: Period) -> Estimate:
    """Posts a week in a window, with its interval."""
    days = pd.date_range(window.start, window.end)
    counts = posts["date"].value_counts().reindex(days, fill_value=0)
    found = intervals.total(counts.to_numpy(float), level=LEVEL)
    scale = WEEK / window.days
    edges = found.interval
    interval = Interval(edges.low * scale, edges.high * scale, edges.level) if edges else None
    return Estimate(found.value * scale, interval, round(found.value))


def last_year(posts: pd.DataFrame, period: Period) -> Period:
    """The year up to the end of the period, from the first post on; the period itself where it is longer."""
    first = posts["date"].min()
    start = max(period.end - YEAR + timedelta(days=1), period.start if pd.isna(first) else first.date())
    return Period(min(start, period.start), period.end)


def _until(posts: pd.DataFrame, period: Period) -> pd.DataFrame:
    """All up to the end of the period, and what bears no date."""
    return posts[~(posts["date"] > pd.Timestamp(period.end))]


def _by_name(posts: pd.DataFrame) -> dict[str, pd.DataFrame]:
    return {str(name): rows for name, rows in posts.groupby("competitor", observed=True)}


def _on_platform(platform: str, own: pd.DataFrame, theirs: dict[str, pd.DataFrame], period: Period) -> Peers:
    if own.empty:
        alone = _by_themselves(platform, theirs, period)
        return Peers((), alone, (Unlike(platform, tuple(theirs), "no_own_posts"),))
    base, based = _base(platform, [own], theirs)
    parts = _parts([own], based.values())
    like = {name: rows for name, rows in based.items() if parts and set(parts) <= _known(rows)}
    left_out = _unlike(platform, theirs, based, "no_base") + _unlike(platform, based, like, "no_parts")
    others = {name: rows for name, rows in theirs.items() if name not in like}
    alone = _by_themselves(platform, others, period)
    if base is None or not like:
        return Peers((), alone, left_out)
    definition, (ours, *rated) = _defined(platform, base, parts, [own, *like.values()], period, has_own=True)
    shown = tuple(
        Rival(name, definition, ours, rows)
        for name, rows in zip(like, rated, strict=True)
        if not rows.empty and not ours.empty
    )
    return Peers(shown, alone, left_out)


def _by_themselves(platform: str, theirs: Mapping[str, pd.DataFrame], period: Period) -> tuple[Alone, ...]:
    """The competitors that cannot be held against the client, counted alike among themselves."""
    base, based = _base(platform, [], theirs)
    parts = _parts([], based.values())
    like = {name: rows for name, rows in based.items() if parts and set(parts) <= _known(rows)}
    if base is None or not like:
        return ()
    definition, rated = _defined(platform, base, parts, list(like.values()), period, has_own=False)
    return tuple(Alone(name, definition, rows) for name, rows in zip(like, rated, strict=True) if not rows.empty)


def _defined(
    platform: str,
    base: Base,
    parts: tuple[str, ...],
    sides: Sequence[pd.DataFrame],
    period: Period,
    *,
    has_own: bool,
) -> tuple[Definition, list[pd.DataFrame]]:
    """Settle formats and days, and give every side its rated posts inside; the client, where there is one, is first."""
    formats = _formats(base, sides)
    rated = [_rated(rows, base, parts, formats) for rows in sides]
    window = _window(rated, period, has_own=has_own)
    inside = [_by_views(_inside(rows, window)) if base == "er_views" else _inside(rows, window) for rows in rated]
    return Definition(platform, base, parts, formats, window), inside


def _by_views(posts: pd.DataFrame) -> pd.DataFrame:
    """Rates whose mean is the ratio of sums: views may be added up, people may not."""
    seen = posts["seen"].to_numpy(float)
    return posts.assign(rate=intervals.linearised(posts["rate"].to_numpy(float) * seen, seen))


def _unlike(
    platform: str, before: Iterable[str], after: Iterable[str], why: Literal["no_base", "no_parts"]
) -> tuple[Unlike, ...]:
    names = tuple(name for name in before if name not in set(after))
    return (Unlike(platform, names, why),) if names else ()


def _base(
    platform: str, own: Sequence[pd.DataFrame], theirs: Mapping[str, pd.DataFrame]
) -> tuple[Base | None, dict[str, pd.DataFrame]]:
    """What interactions are held against, and the competitors of which it is known."""
    order: tuple[Base, ...] = ("er_followers", "er_views")
    for base in reversed(order) if platform in BY_VIEWS else order:
        column = BASES[base]
        based = {name: rows for name, rows in theirs.items() if (rows[column] > 0).any()}
        if based and all((rows[column] > 0).any() for rows in own):
            return base, based
    return None, {}


def _known(posts: pd.DataFrame) -> set[str]:
    return {part for part in COUNTED if posts[part].notna().mean() >= USUALLY}


def _parts(own: Sequence[pd.DataFrame], theirs: Iterable[pd.DataFrame]) -> tuple[str, ...]:
    """The interactions that the client and all competitors with any in common tell of their posts.

    Likes are among the reactions: where all tell reactions, likes would count twice.
    """
    mine = _known(own[0]) if own else set(COUNTED)
    shared = [common for rows in theirs if (common := mine & _known(rows))]
    parts = set.intersection(*shared) if shared else set()
    return tuple(part for part in COUNTED if part in parts and not (part == "likes" and "reactions" in parts))


def _formats(base: Base, posts: Iterable[pd.DataFrame]) -> tuple[str, ...]:
    """The formats that are compared: all (empty) by followers; by views those of which every side knows views."""
    if base == "er_followers":
        return ()
    sides = [_seen_formats(rows) for rows in posts]
    common = set.intersection(*sides)
    return tuple(sorted(common)) if any(side != common for side in sides) else ()


def _seen_formats(posts: pd.DataFrame) -> set[str]:
    return set(posts.loc[posts["seen"] > 0, "format"].dropna().astype(str))


def _rated(posts: pd.DataFrame, base: Base, parts: Sequence[str], formats: Sequence[str]) -> pd.DataFrame:
    """The posts of which all parts and the base are known, each with its rate."""
    below = posts[BASES[base]]
    rated = posts.assign(rate=posts[list(parts)].sum(axis=1, skipna=False) / below.where(below > 0))
    if formats:
        rated = rated[rated["format"].isin(list(formats))]
    return rated[rated["rate"].notna()]


def _window(sides: Sequence[pd.DataFrame], period: Period, *, has_own: bool) -> Period:
    """The period where every side has posts enough in it, else the year up to its end, as far as the client's go."""
    if any(rows["date"].isna().all() for rows in sides) or all(len(_inside(rows, period)) >= FEW for rows in sides):
        return period
    return last_year(sides[0] if has_own else pd.concat(sides), period)


def _inside(posts: pd.DataFrame, window: Period) -> pd.DataFrame:
    """The posts of a window; of a table without any date all of them."""
    if posts["date"].isna().all():
        return posts
    return posts[posts["date"].between(pd.Timestamp(window.start), pd.Timestamp(window.end))]


def p_values(rivals: Sequence[Rival]) -> np.ndarray:
    """One a rival: how often chance alone would set it apart from the client; NaN where the posts are too few."""
    return np.array([rival.change.p_value if rival.is_enough else np.nan for rival in rivals], dtype=float)


def last_day(posts: pd.DataFrame) -> date | None:
    """The newest day of a table of posts."""
    newest = posts["date"].max()
    return None if pd.isna(newest) else newest.date()
