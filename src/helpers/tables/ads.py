"""Paid media: what was spent and what came of it."""

from __future__ import annotations

from helpers.tables.model import Column, Table, count, money, text
from helpers.tables.time import COVERED, PERIOD_KEY

_SPOKEN = {
    "facebook": "meta",
    "facebook ads": "meta",
    "instagram": "meta",
    "meta ads": "meta",
    "fb": "meta",
    "google": "google_ads",
    "google ads": "google_ads",
    "adwords": "google_ads",
    "tiktok ads": "tiktok",
    "tik tok": "tiktok",
    "linkedin ads": "linkedin",
    "bing": "microsoft",
    "bing ads": "microsoft",
    "microsoft ads": "microsoft",
    "microsoft advertising": "microsoft",
    "twitter": "x",
    "twitter ads": "x",
    "x ads": "x",
    "pinterest ads": "pinterest",
    "snapchat ads": "snapchat",
    "reddit ads": "reddit",
    "amazon ads": "amazon",
    "apple search ads": "other",
    "apple ads": "other",
}
# Warehouses write the same words with an underscore.
PLATFORMS = _SPOKEN | {name.replace(" ", "_"): platform for name, platform in _SPOKEN.items()}

# From the coarsest to the finest; ids first, because names change.
LEVELS: tuple[tuple[str, str], ...] = (
    ("account_id", "account"),
    ("campaign_id", "campaign"),
    ("ad_group_id", "ad_group"),
    ("ad_id", "ad"),
)

NAMES: tuple[Column, ...] = (
    text(
        "platform",
        "meta, google_ads, tiktok, linkedin, microsoft, x, pinterest, snapchat, reddit, amazon, other",
        required=True,
        default="other",
        values=PLATFORMS,
    ),
    text("channel", "channel of the media plan; the platform where nothing else is said"),
    text("account_id", "id of the ad account"),
    text("account", "name of the ad account"),
    text("campaign_id", "id of the campaign"),
    text("campaign", "name of the campaign"),
    text("ad_group_id", "id of the ad group (Meta: ad set)"),
    text("ad_group", "name of the ad group (Meta: ad set)"),
    text("ad_id", "id of the ad"),
    text("ad", "name of the ad"),
    text("campaign_type", "kind of campaign as the platform calls it"),
    text("objective", "objective as the platform calls it"),
    text("status", "delivery status as the platform calls it"),
    text("attribution", "attribution setting of the conversions, as the platform words it"),
)

MEASURES: tuple[Column, ...] = (
    text("currency", "ISO 4217"),
    money("spend", "media cost"),
    count("impressions", "times shown"),
    count("reach", "people reached, deduplicated: never added", additivity="none"),
    Column("frequency", "number", "impressions per person reached", "ratio"),
    count("clicks", "the platform's own clicks (Meta: all clicks)"),
    count("link_clicks", "clicks that lead to the destination"),
    Column("conversions", "number", "the platform's conversions; may be fractional", "sum"),
    money("conversion_value", "value of the conversions"),
    text("result_type", "what `results` counts"),
    Column("results", "number", "results of the campaign's own goal; only like kinds may be added", "sum"),
    count("purchases", "purchases"),
    count("leads", "leads"),
    count("landing_page_views", "landing pages loaded"),
    count("add_to_cart", "additions to the cart"),
    count("checkouts", "checkouts started"),
    count("video_views", "video views as the platform defines them"),
    count("video_views_2s", "plays of 2 seconds"),
    count("video_views_3s", "plays of 3 seconds"),
    count("video_views_6s", "plays of 6 seconds"),
    count("thruplays", "plays to the end or of 15 seconds"),
    count("p25", "plays to a quarter"),
    count("p50", "plays to the half"),
    count("p75", "plays to three quarters"),
    count("p100", "plays to the end"),
    count("reactions", "reactions, likes among them"),
    count("comments", "comments"),
    count("shares", "shares"),
    count("saves", "saves"),
    count("follows", "new followers"),
    Column("search_impression_share", "share", "impressions won of those that could be had", "none"),
)

KEY: tuple[tuple[str, ...], ...] = (("platform",), ("channel",), *LEVELS, *PERIOD_KEY)

TABLE = Table(
    name="ads",
    grain="the finest exported level (account, campaign, ad group or ad) and day or period",
    columns=(*NAMES, *COVERED, *MEASURES),
    key=KEY,
    day="period_start",
    alike={"results": "result_type"},
)
