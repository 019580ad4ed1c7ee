"""Organic posts of the client and of its competitors, with the engagement that each format truly earns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.simulate.noise import Counts
from helpers.simulate.scenario import COVERED, Scenario
from helpers.simulate.streams import Streams

FORMATS = {"instagram": ("reel", "carousel", "photo"), "facebook": ("reel", "video", "photo")}
FORMAT_SHARES = (0.34, 0.33, 0.33)
REACH_SPREAD = 0.9
ENGAGEMENT_SPREAD = 0.4
# Engagement by reach of an ordinary format, and how interactions split: likes or reactions, comments, shares, saves.
ENGAGEMENT = {"instagram": 0.031, "facebook": 0.017}
SPLIT = {"instagram": (0.83, 0.05, 0.04, 0.08), "facebook": (0.84, 0.09, 0.07, 0.0)}
USUAL_REACH = {"instagram": 2100.0, "facebook": 900.0}
FIRST_FOLLOWERS = {"instagram": 14200, "facebook": 9100}
_WON_A_DAY = 4.0
_LOST_A_DAY = 3.0
_NOTED_DAYS = 92


@dataclass(frozen=True)
class Competitor:
    """A competitor: its profile, its likes for each person reached, and the ads it ran in the last month."""

    name: str
    handle: str
    followers: int
    likes_per_reach: float
    ads: int


COMPETITORS = (
    Competitor("Casa Urdimbre", "casaurdimbre", 38000, 0.035, 30),
    Competitor("Trama Viva", "tramaviva", 21000, 0.009, 6),
)

_PUBLISHING_HOURS = (9, 13, 18, 20, 21)
_OPENINGS = (
    "Nuevo catálogo 🎁",
    "Así viste una cama de lino",
    "Antes y después",
    "Tres ideas, un dormitorio",
    "¿Algodón o lino?",
    "Hecho cerca",
    "Vuelve el frío",
    "Elige tu color",
)
_TAGS = ("#hogar", "#dormitorio", "#lino", "#hechoaqui")


def draw(scenario: Scenario, platform: str, streams: Streams) -> pd.DataFrame:
    """Return the client's posts on one platform.

    Returns
    -------
    One row a post, sorted by time: published_at (local), format, text, duration (seconds, 0 for stills), views, reach,
    likes (reactions on Facebook), comments, shares, saves, follows, clicks.
    """
    rng = streams.of("posts", platform)
    per_week = scenario.instagram_posts if platform == "instagram" else scenario.facebook_posts
    times = _calendar(rng, per_week)
    chosen = rng.choice(FORMATS[platform], size=len(times), p=FORMAT_SHARES)
    effect = np.array([scenario.format_effect[one] for one in chosen]) if platform == "instagram" else 1.0
    reach = _reach(rng, USUAL_REACH[platform], len(times))
    engagement = ENGAGEMENT[platform] * effect * rng.lognormal(0.0, ENGAGEMENT_SPREAD, len(times))
    interactions = np.minimum(rng.poisson(reach * engagement), reach)
    parts = rng.multinomial(interactions, SPLIT[platform])
    is_video = np.isin(chosen, ("reel", "video"))
    return pd.DataFrame(
        {
            "published_at": times,
            "format": chosen,
            "text": [_caption(rng) for _ in times],
            "duration": np.where(is_video, rng.integers(9, 46, len(times)), 0),
            "views": np.round(reach * np.where(is_video, 1.45, 1.2)).astype(np.int64),
            "reach": reach,
            "likes": parts[:, 0],
            "comments": parts[:, 1],
            "shares": parts[:, 2],
            "saves": parts[:, 3],
            "follows": rng.binomial(reach, 0.0012),
            "clicks": rng.binomial(reach, 0.012),
        }
    )


def draw_followers(posts: dict[str, pd.DataFrame], streams: Streams) -> pd.DataFrame:
    """Return the followers of the profiles on each day of the last months, as the community manager notes them.

    Returns
    -------
    One row a platform and day: platform, date, followers at its end, follower_delta. Those won by the day's posts are
    among the gains.
    """
    days = pd.date_range(end=COVERED.end, periods=_NOTED_DAYS)
    tables = []
    for platform, rows in posts.items():
        rng = streams.of("followers", platform)
        by_posts = rows["follows"].groupby(pd.DatetimeIndex(rows["published_at"]).normalize()).sum()
        won = by_posts.reindex(days, fill_value=0).to_numpy() + rng.poisson(_WON_A_DAY, len(days))
        delta = won - rng.poisson(_LOST_A_DAY, len(days))
        followers = FIRST_FOLLOWERS[platform] + delta.cumsum()
        tables.append(
            pd.DataFrame({"platform": platform, "date": days, "followers": followers, "follower_delta": delta})
        )
    return pd.concat(tables, ignore_index=True)


def draw_competitors(streams: Streams) -> pd.DataFrame:
    """Return the competitors' Instagram posts, as an analyst would note them down.

    Returns
    -------
    One row a post: competitor, platform, published_at (a day), format, likes, comments, views (empty for stills) and
    followers.
    """
    tables = []
    for rival in COMPETITORS:
        rng = streams.of("competitor", rival.handle)
        times = _calendar(rng, 2)
        growth = np.linspace(0.85, 1.0, len(times))
        chosen = rng.choice(FORMATS["instagram"], size=len(times), p=FORMAT_SHARES)
        reach = _reach(rng, 0.12 * rival.followers, len(times))
        likes = rng.poisson(reach * rival.likes_per_reach * rng.lognormal(0.0, ENGAGEMENT_SPREAD, len(times)))
        tables.append(
            pd.DataFrame(
                {
                    "competitor": rival.name,
                    "platform": "instagram",
                    "published_at": pd.DatetimeIndex(times).normalize(),
                    "format": chosen,
                    "likes": likes,
                    "comments": rng.binomial(likes, 0.06),
                    "views": pd.Series(np.round(reach * 1.4)).where(chosen == "reel").astype("Int64"),
                    "followers": np.round(rival.followers * growth, -1).astype(np.int64),
                }
            )
        )
    return pd.concat(tables, ignore_index=True).sort_values(["published_at", "competitor"], ignore_index=True)


def _calendar(rng: np.random.Generator, per_week: int) -> list[pd.Timestamp]:
    """Choose publishing times: in every week so many different days, at the usual hours."""
    mondays = pd.date_range(COVERED.start, COVERED.end, freq="W-MON")
    times = []
    for monday in mondays:
        count = int(np.clip(per_week + rng.integers(-1, 2), 1, 7))
        for day in sorted(rng.choice(7, size=count, replace=False).tolist()):
            hour = _PUBLISHING_HOURS[int(rng.integers(len(_PUBLISHING_HOURS)))]
            times.append(monday + pd.Timedelta(days=day, hours=hour, minutes=int(rng.integers(0, 12)) * 5))
    return [time for time in times if time.date() <= COVERED.end]


def _reach(rng: np.random.Generator, usual: float, posts: int) -> Counts:
    growth = np.linspace(0.8, 1.15, posts)
    return np.maximum(np.round(usual * growth * rng.lognormal(0.0, REACH_SPREAD, posts)), 40).astype(np.int64)


def _caption(rng: np.random.Generator) -> str:
    opening = _OPENINGS[int(rng.integers(len(_OPENINGS)))]
    tag = _TAGS[int(rng.integers(len(_TAGS)))]
    return f"{opening}\n{tag}" if rng.uniform() < 0.3 else f"{opening}, {tag}"
