"""GA4's default channel groups as data: the first rule that holds names the channel.

Rules as Google's help and public tables of them state them; the lists of sites are those of the markets of the
workbook. Source, medium and campaign are compared without regard to case, as GA4 does for channels.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

PAID = re.compile(r"^(.*cp.*|ppc|retargeting|paid.*)$")
_SHOPPING_CAMPAIGN = re.compile(r"^(.*(([^a-df-z]|^)shop|shopping).*)$")
_VIDEO = re.compile(r"^(.*video.*)$")

SITES: dict[str, frozenset[str]] = {
    "shopping": frozenset({
        "alibaba", "aliexpress", "amazon", "ebay", "etsy", "idealo", "kelkoo", "mercadolibre", "miravia",
        "pricerunner", "shopping", "shopzilla", "walmart", "zalando",
    }),
    "search": frozenset({
        "360.cn", "alice", "aol", "ask", "avg", "baidu", "babylon", "bing", "brave", "daum", "dogpile", "duckduckgo",
        "ecosia", "excite", "google", "lycos", "msn", "naver", "onet", "qwant", "rambler", "seznam", "sogou",
        "startpage", "virgilio", "yahoo", "yandex",
    }),
    "social": frozenset({
        "badoo", "bluesky", "bsky", "deviantart", "discord", "facebook", "fb", "flickr", "ig", "instagram", "line",
        "linkedin", "livejournal", "lnkd.in", "mastodon", "medium", "messenger", "meetup", "pinterest", "quora",
        "reddit", "skype", "slideshare", "snapchat", "stackoverflow", "t.co", "telegram", "threads", "tiktok",
        "tumblr", "twitter", "viadeo", "vk", "vkontakte", "wechat", "weibo", "whatsapp", "x", "x.com", "xing",
        "yelp",
    }),
    "video": frozenset({
        "dailymotion", "disneyplus", "hulu", "iqiyi", "netflix", "twitch", "vimeo", "youku", "youtube", "youtu.be",
    }),
}  # fmt: skip
"""Sites by kind: a whole source (`t.co`) or one of its labels (`m.facebook.com`)."""

_SOCIAL_MEDIA = {"social", "social-network", "social-media", "sm", "social network", "social media"}
_DISPLAY = {"display", "banner", "expandable", "interstitial", "cpm"}
_EMAIL = {"email", "e-mail", "e_mail", "e mail"}


@dataclass(frozen=True)
class Visit:
    """Where a visit says it comes from, in small letters."""

    source: str
    medium: str
    campaign: str = ""

    def is_from(self, kind: str) -> bool:
        """Whether the source is a site of a kind; one letter counts only as the whole source."""
        labels = {label for label in self.source.split(".") if len(label) > 1}
        return bool(SITES[kind] & {self.source, *labels})

    @property
    def is_paid(self) -> bool:
        """Whether GA4 takes the medium for a paid one."""
        return PAID.fullmatch(self.medium) is not None

    @property
    def is_for_shopping(self) -> bool:
        """Whether the source is a shopping site or the campaign's name says shop."""
        return self.is_from("shopping") or _SHOPPING_CAMPAIGN.fullmatch(self.campaign) is not None


RULES: tuple[tuple[str, Callable[[Visit], bool]], ...] = (
    ("Direct", lambda v: v.source in {"direct", "(direct)"} and v.medium in {"(not set)", "(none)"}),
    ("Cross-network", lambda v: "cross-network" in v.campaign),
    ("Paid Shopping", lambda v: v.is_paid and v.is_for_shopping),
    ("Paid Search", lambda v: v.is_paid and v.is_from("search")),
    ("Paid Social", lambda v: v.is_paid and v.is_from("social")),
    ("Paid Video", lambda v: v.is_paid and v.is_from("video")),
    ("Display", lambda v: v.medium in _DISPLAY),
    ("Paid Other", lambda v: v.is_paid),
    ("Organic Shopping", lambda v: v.is_for_shopping),
    ("Organic Social", lambda v: v.is_from("social") or v.medium in _SOCIAL_MEDIA),
    ("Organic Video", lambda v: v.is_from("video") or _VIDEO.fullmatch(v.medium) is not None),
    ("Organic Search", lambda v: v.is_from("search") or v.medium == "organic"),
    ("Email", lambda v: bool({v.source, v.medium} & _EMAIL)),
    ("Affiliates", lambda v: v.medium in {"affiliate", "affiliates"}),
    ("Referral", lambda v: v.medium in {"referral", "app", "link"}),
    ("Audio", lambda v: v.medium == "audio"),
    ("SMS", lambda v: "sms" in {v.source, v.medium}),
    (
        "Mobile Push Notifications",
        lambda v: v.medium.endswith("push") or any(word in v.medium for word in ("mobile", "notification")),
    ),
)
"""Channel and what makes a visit belong to it, in the order in which GA4 asks."""

UNASSIGNED = "Unassigned"


def channel_of(source: str, medium: str, campaign: str = "") -> str:
    """Return GA4's default channel group of a visit."""
    visit = Visit(*(word.strip().lower() for word in (source, medium, campaign)))
    return next((channel for channel, holds in RULES if holds(visit)), UNASSIGNED)
