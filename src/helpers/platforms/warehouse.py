"""Tables of a data warehouse: Fivetran's models for ads and social media, and the raw tables of its connectors.

The models are `ad_reporting__*` and `social_media_reporting__rollup_report`.
Column names read in the public seeds and models of those packages; they are the same in every language. The models
name the platform in a column; a raw table is told by columns that only its platform's API has. Raw money of Google,
Pinterest, Snapchat, Reddit and X is in millionths. LinkedIn's campaign group, campaign and creative are campaign, ad
group and ad here, as in the models. Most tables hold money and name no currency. Raw rows may be split by hour, device
or placement: together they are the ad's day.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from helpers.platforms.model import Derived, Header, Platform, Report, normalised
from helpers.tables import Kind

_MICRO = 1e-6
_SYNC = ("_fivetran_id", "_fivetran_synced", "source_relation")


def _header(
    column: str, *names: str, kind: Kind | None = None, scale: float = 1.0, is_breakdown: bool = False
) -> Header:
    return Header(column, {"*": names or (column,)}, kind=kind, scale=scale, is_breakdown=is_breakdown)


_SPLITS = (
    _header("keyword", "keyword_text", "keyword_id", "ad_group_criterion_criterion_id", is_breakdown=True),
    _header("match_type", "keyword_match_type", is_breakdown=True),
    _header("search_term", "search_query", "search_term", "search_term_text", is_breakdown=True),
    _header("country", "country", "member_country", is_breakdown=True),
    _header("region", "region", "member_region", is_breakdown=True),
)
_DATES = (
    _header("date", "date_day", "date", "day", "date_hour", "stat_time_hour", "stat_time_day"),
    _header("_month", "date_month", "month", kind="date"),
)
_LEVELS = (
    _header("account", "account_name", "advertiser_name"),
    _header("account_id", "account_id", "advertiser_id", "customer_id", "ad_account_id", "organization_id"),
    _header("campaign", "campaign_name"),
    _header("campaign_id"),
    _header(
        "ad_group", "ad_group_name", "ad_set_name", "adset_name", "adgroup_name", "ad_squad_name", "line_item_name"
    ),
    _header("ad_group_id", "ad_group_id", "ad_set_id", "adset_id", "adgroup_id", "ad_squad_id", "line_item_id"),
    _header("ad", "ad_name"),
    _header("ad_id", "ad_id", "pin_promotion_id", "promoted_tweet_id", "creative_id"),
)
# What splits the figures of a day further; only kept to tell rows apart.
_FINER = tuple(
    _header(f"_{name}", name, kind="text")
    for name in (
        "hour",
        "device",
        "device_os",
        "device_type",
        "network",
        "ad_network_type",
        "placement",
        "language",
        "ad_distribution",
        "bid_match_type",
        "delivered_match_type",
        "top_vs_other",
        "keyword_ad_group_criterion",
        "advertised_asin",
        "advertised_sku",
        "goal",
        "goal_type",
    )
)
_LINKEDIN = (
    _header("account"),
    _header("account_id"),
    _header("campaign", "campaign_group_name"),
    _header("campaign_id", "campaign_group_id"),
    _header("ad_group", "campaign_name"),
    _header("ad_group_id", "campaign_id"),
    _header("ad_id", "creative_id"),
)


@dataclass(frozen=True)
class _Raw:
    """The raw table of one connector: what its API calls the measures, and the columns that only it has."""

    name: str
    platform: str
    measures: tuple[Header, ...]
    marks: tuple[str, ...]
    derived: tuple[Derived, ...] = ()
    known: tuple[str, ...] = ()
    levels: tuple[Header, ...] = _LEVELS
    fits: Callable[[Sequence[str]], bool] | None = None

    def report(self) -> Report:
        """Return the description of the table."""
        return Report(
            name=self.name,
            table="ads",
            headers=(*_DATES, *self.levels, *_SPLITS, *_FINER, *self.measures),
            required=(("date", "_month"), ("spend",), ("impressions", "clicks", "_paid_impressions", "_paid_clicks")),
            marks=self.marks,
            needs_mark=True,
            known={"*": (*_SYNC, *self.known)},
            derived=self.derived,
            constants={"platform": self.platform},
            decimal={"*": "."},
            is_summed=True,
            fits=self.fits,
        )


def _quartiles(names: Mapping[str, str]) -> tuple[Header, ...]:
    return tuple(_header(column, name) for column, name in names.items())


def _has(*names: str) -> Callable[[Sequence[str]], bool]:
    """Return whether a row of headers has all of the names."""
    return lambda headers: set(names) <= {normalised(header) for header in headers}


_SHOWN = (_header("impressions"), _header("clicks"))
_GOOGLE = _Raw(
    "Google Ads stats",
    "google_ads",
    (
        *_SHOWN,
        _header("spend", "cost_micros", scale=_MICRO),
        _header("conversions"),
        _header("conversion_value", "conversions_value"),
        _header("video_views"),
    ),
    marks=("cost_micros",),
    known=(
        "view_through_conversions",
        "base_campaign",
        "base_ad_group",
        "interaction_event_types",
        "ad_group",
        "id",
        "_fivetran_id",
        "interactions",
        "active_view_impressions",
    ),
)
_RAW = (
    _Raw(
        "Facebook Ads basic ad",
        "meta",
        (
            *_SHOWN,
            _header("spend"),
            _header("link_clicks", "inline_link_clicks"),
            _header("reach"),
            _header("frequency"),
        ),
        marks=("inline_link_clicks",),
        known=("cpc", "cpm", "ctr", "inline_link_click_ctr", "cost_per_inline_link_click"),
    ),
    _GOOGLE,
    # The tables of campaigns and ad groups head their own id with no more than that.
    replace(
        _GOOGLE,
        name="Google Ads campaign stats",
        levels=(_LEVELS[1], _header("campaign_id", "id")),
        fits=_has("id", "base_campaign", "cost_micros"),
    ),
    replace(
        _GOOGLE,
        name="Google Ads ad group stats",
        levels=(_LEVELS[1], _header("campaign_id"), _header("ad_group_id", "id")),
        fits=_has("id", "base_ad_group", "campaign_id", "cost_micros"),
    ),
    _Raw(
        "LinkedIn ad analytics",
        "linkedin",
        (
            *_SHOWN,
            _header("spend", "cost_in_local_currency"),
            _header("link_clicks", "landing_page_clicks"),
            _header("reach", "approximate_unique_impressions"),
            _header("reactions", "likes"),
            _header("comments"),
            _header("shares"),
            _header("follows"),
            _header("leads", "one_click_leads"),
            _header("_website_conversions", "external_website_conversions", kind="number"),
            _header("conversion_value", "conversion_value_in_local_currency"),
            _header("video_views"),
            *_quartiles(
                {
                    "p25": "video_first_quartile_completions",
                    "p50": "video_midpoint_completions",
                    "p75": "video_third_quartile_completions",
                    "p100": "video_completions",
                }
            ),
        ),
        marks=("cost_in_local_currency", "cost_in_usd", "approximate_unique_impressions"),
        derived=(Derived("conversions", "sum", ("_website_conversions", "leads")),),
        known=(
            *(f"{what}_clicks" for what in ("action", "card", "ad_unit", "company_page", "text_url")),
            *(f"external_website_post_{what}_conversions" for what in ("click", "view")),
            "card_impressions",
            "cost_in_usd",
            "comment_likes",
            "full_screen_plays",
            "lead_generation_mail_contact_info_shares",
            "lead_generation_mail_interested_clicks",
            "one_click_lead_form_opens",
            "opens",
            "other_engagements",
            "total_engagements",
            "video_starts",
            "viral_impressions",
            "viral_clicks",
        ),
        levels=_LINKEDIN,
    ),
    _Raw(
        "TikTok Ads hourly report",
        "tiktok",
        (
            *_SHOWN,
            _header("spend"),
            _header("reach"),
            _header("conversions", "conversion"),
            _header("_purchase_value", "total_purchase_value", kind="money"),
            _header("_lead_value", "total_sales_lead_value", kind="money"),
            _header("video_views", "video_play_actions"),
            _header("video_views_2s", "video_watched_2_s"),
            _header("video_views_6s", "video_watched_6_s"),
            *_quartiles({f"p{share}": f"video_views_p_{share}" for share in (25, 50, 75, 100)}),
            _header("reactions", "likes"),
            _header("comments"),
            _header("shares"),
            _header("follows"),
        ),
        marks=("stat_time_hour", "stat_time_day", "real_time_conversion", "real_time_result", "video_play_actions"),
        derived=(Derived("conversion_value", "sum", ("_purchase_value", "_lead_value")),),
        known=(
            *(f"{part}cost_per_{what}" for part in ("", "real_time_") for what in ("conversion", "result")),
            *(f"{part}{what}_rate" for part in ("", "real_time_") for what in ("conversion", "result")),
            "real_time_conversion",
            "real_time_result",
            "result",
            "cpc",
            "cpm",
            "ctr",
            "cost_per_1000_reached",
            "cost_per_secondary_goal_result",
            "secondary_goal_result",
            "secondary_goal_result_rate",
            "average_video_play",
            "average_video_play_per_user",
            "profile_visits",
            "profile_visits_rate",
        ),
    ),
    _Raw(
        "Pinterest Ads report",
        "pinterest",
        (
            _header("_paid_impressions", "impression_1", kind="count"),
            _header("_earned_impressions", "impression_2", kind="count"),
            _header("_paid_clicks", "clickthrough_1", kind="count"),
            _header("_earned_clicks", "clickthrough_2", kind="count"),
            _header("spend", "spend_in_micro_dollar", scale=_MICRO),
            _header("conversions", "total_conversions"),
            _header("conversion_value", "total_conversions_value_in_micro_dollar", scale=_MICRO),
        ),
        marks=("spend_in_micro_dollar", "impression_1", "clickthrough_1"),
        derived=(
            Derived("impressions", "sum", ("_paid_impressions", "_earned_impressions")),
            Derived("clicks", "sum", ("_paid_clicks", "_earned_clicks")),
        ),
        known=("total_conversions_quantity",),
    ),
    _Raw(
        "Reddit Ads report",
        "reddit",
        (*_SHOWN, _header("spend", scale=_MICRO), _header("video_views", "video_started")),
        marks=("comments_page_views", "viewer_comments", "viewable_impressions", "video_viewable_impressions"),
        known=("conversion_roas", "cpc", "ctr", "ecpm", "priority", "comment_upvotes", "comment_downvotes"),
    ),
    _Raw(
        "Snapchat Ads report",
        "snapchat",
        (
            _header("impressions"),
            _header("clicks", "swipes"),
            _header("spend", scale=_MICRO),
            _header("purchases", "conversion_purchases"),
            _header("conversion_value", "conversion_purchases_value", scale=_MICRO),
            _header("add_to_cart", "conversion_add_cart"),
            _header("checkouts", "conversion_start_checkout"),
            _header("video_views"),
            *_quartiles({"p25": "quartile_1", "p50": "quartile_2", "p75": "quartile_3", "p100": "view_completion"}),
        ),
        marks=("swipes", "swipe_up_percent", "conversion_add_billing"),
        derived=(Derived("conversions", "first", ("purchases",)),),
        known=(
            *(f"conversion_{what}" for what in ("add_billing", "app_opens", "level_completes", "page_views", "save")),
            *(f"conversion_{what}" for what in ("searches", "sign_ups", "view_content", "purchases_value")),
            "screen_time_millis",
            "view_time_millis",
            "swipe_up_percent",
            "frequency",
            "uniques",
        ),
    ),
    _Raw(
        "X Ads report",
        "x",
        (
            *_SHOWN,
            _header("spend", "billed_charge_local_micro", scale=_MICRO),
            _header("link_clicks", "url_clicks"),
            _header("reactions", "likes"),
            _header("follows"),
            _header("shares", "retweets"),
            _header("video_views", "video_total_views"),
        ),
        marks=("billed_charge_local_micro",),
        known=(
            "billed_engagements",
            "engagements",
            "replies",
            "card_engagements",
            "app_clicks",
            "qualified_impressions",
        ),
    ),
    _Raw(
        "Microsoft Advertising daily report",
        "microsoft",
        (
            *_SHOWN,
            _header("spend"),
            _header("currency", "currency_code"),
            _header("conversions", "conversions", "conversions_qualified", "all_conversions"),
            _header("conversion_value", "revenue", "all_revenue"),
        ),
        marks=("device_os", "top_vs_other", "delivered_match_type", "bid_match_type"),
        known=("assists", "quality_score", "average_position", "view_through_conversions"),
    ),
    _Raw(
        "Amazon Ads report",
        "amazon",
        (
            *_SHOWN,
            _header("spend", "cost", "spend"),
            _header("currency", "campaign_budget_currency_code", "budget_currency"),
            _header("conversions", "purchases_30_d"),
            _header("conversion_value", "sales_30_d"),
        ),
        marks=(
            "campaign_budget_currency_code",
            "campaign_budget_amount",
            "advertised_asin",
            "purchases_30_d",
            "campaign_bidding_strategy",
        ),
        known=(
            *(f"campaign_budget_{what}" for what in ("amount", "type")),
            *(f"{what}_{days}_d" for what in ("purchases", "sales", "units_sold_clicks") for days in (1, 7, 14)),
            "campaign_status",
            "campaign_bidding_strategy",
            "ad_status",
            "targeting",
        ),
    ),
    _Raw(
        "Apple Search Ads report",
        "other",
        (
            _header("impressions"),
            _header("clicks", "taps"),
            _header("spend", "local_spend_amount"),
            _header("currency", "local_spend_currency"),
            _header("conversions", "conversions", "total_installs", "tap_installs"),
        ),
        marks=("local_spend_amount", "taps"),
        known=("new_downloads", "redownloads", "lat_off_installs", "lat_on_installs"),
    ),
)
_MODEL = Report(
    name="ad_reporting",
    table="ads",
    headers=(
        *_DATES,
        _header("platform"),
        *_LEVELS,
        *_SPLITS,
        _header("url", "base_url", is_breakdown=True),
        _header("spend"),
        *_SHOWN,
        _header("conversions"),
        _header("conversion_value", "conversions_value", "conversion_value"),
        _header("currency", "currency_code", "currency"),
    ),
    required=(("date", "_month"), ("platform",), ("spend",)),
    marks=("date_day", "date_month"),
    needs_mark=True,
    known={
        "*": (
            *_SYNC,
            "keyword_id",
            "url_host",
            "url_path",
            *(f"utm_{part}" for part in ("source", "medium", "campaign", "content", "term")),
        )
    },
    decimal={"*": "."},
)
_SOCIAL = Report(
    name="social_media_reporting",
    table="organic_posts",
    headers=(
        _header("platform"),
        _header("published_at", "created_timestamp"),
        _header("post_id"),
        _header("text", "post_message"),
        _header("account_id", "page_id"),
        _header("account", "page_name"),
        _header("url", "post_url"),
        _header("clicks"),
        _header("impressions"),
        _header("likes"),
        _header("shares"),
        _header("comments"),
        _header("views", "video_views", "views"),
    ),
    required=(("platform",), ("published_at",), ("impressions", "likes", "clicks")),
    marks=("created_timestamp", "post_message"),
    needs_mark=True,
    known={"*": _SYNC},
    decimal={"*": "."},
)
_KINDS_OF_POST = ("carousel_album", "story", "video_photo", "reel")
_INSTAGRAM = Report(
    name="Instagram Business media insights",
    table="organic_posts",
    headers=(
        _header("post_id", "id", "media_id", "post_id"),
        _header("likes", "like_count"),
        _header("comments", "comment_count"),
        *(
            _header(f"_{kind}_{what}", f"{kind}_{what}", kind="count")
            for kind in _KINDS_OF_POST
            for what in ("views", "reach", "shares", "saved", "impressions")
        ),
    ),
    required=(("post_id",), ("likes", "comments"), tuple(f"_{kind}_reach" for kind in _KINDS_OF_POST)),
    marks=tuple(f"{kind}_reach" for kind in _KINDS_OF_POST),
    needs_mark=True,
    known={
        "*": (
            *_SYNC,
            *(f"{kind}_engagement" for kind in _KINDS_OF_POST),
            *(f"story_{what}" for what in ("exits", "replies", "taps_back", "taps_forward")),
            *(f"reel_{what}" for what in ("comments", "likes", "total_interactions", "plays")),
            "carousel_album_video_views",
            "video_views",
        )
    },
    # A post is of one kind, and only that kind's columns are filled.
    derived=tuple(
        Derived(column, "sum", tuple(f"_{kind}_{what}" for kind in _KINDS_OF_POST))
        for column, what in (
            ("views", "views"),
            ("reach", "reach"),
            ("shares", "shares"),
            ("saves", "saved"),
            ("impressions", "impressions"),
        )
    ),
    constants={"platform": "instagram"},
    decimal={"*": "."},
)
_LINKEDIN_PAGES = Report(
    name="LinkedIn Pages share statistic",
    table="organic_posts",
    headers=(
        _header("post_id", "_share_entity_urn", "share_entity_urn", "_ugc_post_entity_urn", "ugc_post_entity_urn"),
        _header("account_id", "_organization_entity_urn", "organization_entity_urn"),
        _header("clicks", "click_count"),
        _header("comments", "comment_count"),
        _header("impressions", "impression_count"),
        _header("likes", "like_count"),
        _header("shares", "share_count"),
        _header("reach", "unique_impressions_count"),
    ),
    required=(("post_id",), ("impressions", "clicks")),
    marks=("_share_entity_urn", "share_entity_urn", "_organization_entity_urn", "organization_entity_urn"),
    needs_mark=True,
    known={"*": (*_SYNC, "engagement")},
    constants={"platform": "linkedin"},
    decimal={"*": "."},
)

PLATFORM = Platform(
    source="warehouse",
    title="Data warehouse",
    reports=(_MODEL, _SOCIAL, *(raw.report() for raw in _RAW), _INSTAGRAM, _LINKEDIN_PAGES),
)
