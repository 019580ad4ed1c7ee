"""What a synthetic client consists of: its calendar, channels, campaigns and sizes. `scenarios` holds the two."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from helpers.units import Period

SALES = "Ventas"
AWARENESS = "Reconocimiento"
CURRENCY = "EUR"
FOREIGN_CURRENCY = "USD"
TIMEZONE = "Europe/Madrid"
COVERED = Period(date(2025, 5, 1), date(2026, 10, 31))
LAST_MONTH = Period(date(2026, 10, 1), date(2026, 10, 31))
AS_OF = date(2026, 11, 5)

# The last two months hold no blackout, so that the faults of the last month stand out.
LAST_BLACKOUT_DAY = date(2026, 8, 31)
INTERNATIONAL = "Internacional"
INTERNATIONAL_START = date(2026, 5, 1)
FATIGUING_SINCE = date(2026, 9, 14)


@dataclass(frozen=True)
class Channel:
    """How one platform's spend turns into orders, in truth and in the platform's own words.

    Parameters
    ----------
    usual_spend
        Euros on an ordinary day.
    usual_orders
        Orders a day that this spend brings once its carry-over has settled.
    retention
        Share of the advertising pressure that is left after a day.
    alpha
        Steepness of the Hill curve.
    half_saturation
        Pressure at which half of the possible orders come, in multiples of the usual spend.
    overclaim
        Conversions that the platform reports for one order that it truly brought.
    """

    platform: str
    usual_spend: float
    usual_orders: float
    retention: float
    alpha: float
    half_saturation: float
    overclaim: float


@dataclass(frozen=True)
class AdSlot:
    """A place in a Meta campaign that one ad after another fills.

    `share` is its part of the platform's spend before normalising, `cpm` is in euros, `life` the shortest and longest
    number of days that an ad stays, `pull` how many conversions a euro earns compared with the average slot.
    """

    key: str
    account: str
    campaign: str
    ad_set: str
    objective: str
    share: float
    cpm: float
    ctr: float
    pull: float
    formats: tuple[str, ...]
    life: tuple[int, int] = (45, 110)
    start: date = COVERED.start
    last_launch: date | None = None


@dataclass(frozen=True)
class GoogleCampaign:
    """A Google Ads campaign; `share_of_voice` is the usual search impression share, None where there is none."""

    name: str
    kind: str
    share: float
    cpc: float
    ctr: float
    pull: float
    share_of_voice: float | None


@dataclass(frozen=True)
class TiktokCampaign:
    """A TikTok campaign; `budget` is its daily budget in euros."""

    name: str
    share: float
    cpm: float
    ctr: float
    pull: float
    budget: float
    start: date = COVERED.start


@dataclass(frozen=True)
class Experiment:
    """An A/B test with its true conversion rates.

    `users` is the number of people in both variants together.
    """

    name: str
    start: date
    end: date
    users: int
    control_rate: float
    treatment_rate: float


@dataclass(frozen=True)
class Scenario:
    """A synthetic client.

    Parameters
    ----------
    follows_season
        Whether every channel's spend follows the season and nothing else, so that no method can tell them apart.
    base_orders
        First orders a day that come without advertising, on an ordinary day.
    format_effect
        Engagement of an Instagram format relative to the others.
    orders_goal
        Orders that the plan of the last month aims at.
    """

    name: str
    accent: str
    follows_season: bool
    base_orders: float
    channels: tuple[Channel, ...]
    slots: tuple[AdSlot, ...]
    google: tuple[GoogleCampaign, ...]
    tiktok: tuple[TiktokCampaign, ...]
    experiments: tuple[Experiment, ...]
    format_effect: dict[str, float]
    instagram_posts: int
    facebook_posts: int
    orders_goal: int

    def channel(self, platform: str) -> Channel:
        """The channel of a platform."""
        return next(channel for channel in self.channels if channel.platform == platform)

    def campaign_shares(self, platform: str) -> list[tuple[str, float]]:
        """Campaigns of a platform with their part of its spend, not normalised; a name may come more than once."""
        if platform == "meta":
            return [(slot.campaign, slot.share) for slot in self.slots]
        return [
            (campaign.name, campaign.share) for campaign in (self.google if platform == "google_ads" else self.tiktok)
        ]

    @property
    def handle(self) -> str:
        """The name as a profile handle: lower case, without blanks."""
        return "".join(letter for letter in self.name.lower() if letter.isalnum())
