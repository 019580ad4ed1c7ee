"""Daily figures of the client's own profiles."""

from __future__ import annotations

from helpers.tables.model import Column, Table, count, text
from helpers.tables.organic_posts import PLATFORM

TABLE = Table(
    name="organic_daily",
    grain="one profile and day",
    columns=(
        PLATFORM,
        text("account_id", "id of the profile"),
        text("account", "name of the profile"),
        Column("date", "date", "the day; blank where the export does not say which year or period it covers"),
        count("followers", "followers at the end of the day, a stock", additivity="none"),
        count("follower_delta", "followers won less followers lost"),
        count("follows", "followers won"),
        count("unfollows", "followers lost"),
        count("reach", "people reached, deduplicated: never added", additivity="none"),
        count("impressions", "times shown"),
        count("views", "views"),
        count("profile_visits", "visits to the profile"),
        count("interactions", "reactions, comments, shares, saves"),
        count("likes", "likes"),
        count("reactions", "reactions, likes among them"),
        count("comments", "comments"),
        count("shares", "shares"),
        count("saves", "saves"),
        count("clicks", "clicks"),
        count("link_clicks", "clicks on links"),
        count("website_clicks", "clicks to the client's site from a business profile"),
        count("calls", "calls from a business profile"),
        count("directions", "directions asked for on a map"),
    ),
    key=(("platform",), ("account_id", "account"), ("date",)),
    day="date",
    is_by_measure=True,
)
