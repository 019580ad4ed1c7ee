"""Posts of competitors."""

from __future__ import annotations

from helpers.tables.model import Column, Table, count, text
from helpers.tables.organic_posts import FORMAT, PLATFORM

TABLE = Table(
    name="competitor_posts",
    grain="one post of a competitor",
    columns=(
        text("competitor", "name of the competitor", required=True),
        PLATFORM,
        text("post_id", "id of the post"),
        text("url", "link to the post"),
        Column("published_at", "datetime", "when it was published, local time as written"),
        FORMAT,
        count("likes", "likes"),
        count("reactions", "reactions, likes among them"),
        count("comments", "comments"),
        count("shares", "shares"),
        count("saves", "saves"),
        count("views", "views"),
        count("followers", "followers of the profile, a stock", additivity="none"),
    ),
    key=(("competitor",), ("platform",), ("post_id", "url")),
    fallback_key=(("competitor",), ("platform",), ("published_at",), ("likes",), ("comments",)),
    day="published_at",
    is_cumulative=True,
)
