"""Posts as several stages read them: each on its day, with its interactions and engagement rates."""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.kpis import on_days
from helpers.methods import intervals

PARTS = ("comments", "shares", "saves")
"""What counts as an interaction beside reactions (else likes)."""

FEW = 20
"""Fewer posts than these show nothing of a group of posts."""


def with_rates(posts: pd.DataFrame, daily: pd.DataFrame) -> pd.DataFrame:
    """Add `posts` (one a row), `interactions`, and the engagement rates of each post, placed on its day.

    Interactions are reactions (else likes), comments, shares and saves; unknown where a post has none of these
    columns. A rate is unknown where its base is unknown or zero.
    """
    placed = with_bases(posts, daily).assign(posts=1.0)
    reactions = placed["reactions"].fillna(placed["likes"])
    interactions = pd.concat([reactions, placed[list(PARTS)]], axis=1).sum(axis=1, min_count=1)
    bases = {"er_reach": placed["reach"], "er_views": placed["seen"], "er_followers": placed["followers"]}
    rates = {name: interactions / base.where(base > 0) for name, base in bases.items()}
    return placed.assign(interactions=interactions, **rates)


def rate_values(posts: pd.DataFrame, metric: str) -> np.ndarray:
    """One value a post whose mean is a rate (or mean) of these posts; posts of which it is not known are left out.

    Views may be added up, so engagement by views is a ratio of sums; people may not, so the other rates are plain means
    over the posts.
    """
    known = posts[posts[metric].notna()]
    if metric == "er_views":
        return intervals.linearised(known["interactions"].to_numpy(float), known["seen"].to_numpy(float))
    return np.asarray(known[metric].to_numpy(float))


def with_bases(posts: pd.DataFrame, daily: pd.DataFrame) -> pd.DataFrame:
    """Place the client's posts on their days and add what their interactions are held against.

    `seen` is the number of views, else of impressions; `followers` those of the post's platform on its day, or on the
    last day before that is known.
    """
    placed = on_days(posts, "published_at")
    return placed.assign(seen=placed["views"].fillna(placed["impressions"]), followers=_followers_at(placed, daily))


def _followers_at(posts: pd.DataFrame, daily: pd.DataFrame) -> pd.Series:
    known = daily[daily["followers"].notna()].sort_values("date")
    found = pd.Series(np.nan, index=posts.index)
    for platform, rows in posts[posts["date"].notna()].groupby("platform", observed=True):
        series = known[known["platform"] == platform].groupby("date")["followers"].sum()
        if not series.empty:
            place = series.index.searchsorted(rows["date"].to_numpy(), side="right") - 1
            found.loc[rows.index] = np.where(place >= 0, series.to_numpy()[place], np.nan)
    return found
