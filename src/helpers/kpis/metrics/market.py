"""The market: search interest, competitors, share of voice. The day of a level shift is among the analyses."""

from __future__ import annotations

from helpers.kpis.model import found
from helpers.wording import msg

METRICS = (
    found(
        "interest_index",
        "index",
        msg("Search interest"),
        msg("Mean search interest, relative to the highest point within one export."),
    ),
    found(
        "seasonal_index",
        "index",
        msg("Seasonal index"),
        msg("Interest of a month against the mean month, trend and level shifts taken out."),
    ),
    found(
        "share_of_voice",
        "share",
        msg("Share of voice"),
        msg("Share of the spend, or of the ads where no spend is known, of the client and all competitors."),
        "up",
    ),
    found(
        "share_of_mentions",
        "share",
        msg("Share of mentions"),
        msg("Mentions of a brand as a share of the mentions of all brands that are followed."),
        "up",
    ),
    found("posts_per_week", "count", msg("Posts a week"), msg("Posts published in a week, on average.")),
    found(
        "engagement_gap",
        "share",
        msg("Engagement against a competitor"),
        msg("The client's engagement over that of a competitor, less one; both counted alike."),
        "up",
        signed=True,
    ),
)
