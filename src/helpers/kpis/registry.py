"""Every metric that a claim may name: formula, unit, additivity, direction, names.

Definitions are the trade's common ones. `traffic` stands for link clicks where the platform reports them, else for the
platform's own clicks; a claim built on it says which.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from helpers.units import Unit
from helpers.wording import Message, msg

Additivity = Literal["sum", "ratio", "dedup", "none"]
Direction = Literal["up", "down", "band", "none"]
Counted = Literal["numerator", "denominator"] | bool

MONEY = {"spend", "conversion_value", "revenue"}
"""Columns of money; all others of the formulas count events."""


@dataclass(frozen=True)
class Metric:
    """One metric.

    Parameters
    ----------
    id
        As claims and goals name it.
    unit
        What the number is; a share is a fraction.
    additivity
        `sum` adds over rows; `ratio` is a ratio of sums; `dedup` counts distinct things and is never added; `none`
        comes from an analysis.
    direction
        Which way is good: up, down, near the plan (band), or neither.
    label
        Name for cards, tables and axes.
    subject
        Name with its article, to begin a sentence with.
    numerator, denominator
        Columns of the canonical table; no denominator for a sum.
    scale
        Factor of the ratio: 1000 for a price per thousand.
    meaning
        One sentence for the glossary.
    """

    id: str
    unit: Unit
    additivity: Additivity
    direction: Direction
    label: Message
    subject: Message
    meaning: Message
    numerator: str = ""
    denominator: str = ""
    scale: float = 1.0

    @property
    def formula(self) -> str:
        """Numerator and denominator as columns; empty for the metrics of an analysis."""
        over = f" / {self.denominator}" if self.denominator else ""
        times = f" * {self.scale:g}" if self.scale != 1 else ""
        return f"{self.numerator}{over}{times}"

    @property
    def counted(self) -> Counted:
        """Which parts of the formula are counts of events, and so at least as uncertain as independent events."""
        above, below = self.numerator not in MONEY, self.denominator not in MONEY
        if not self.denominator or above == below:
            return above
        return "numerator" if above else "denominator"


def _sum(id_: str, unit: Unit, direction: Direction, label: Message, subject: Message, meaning: Message) -> Metric:
    return Metric(id_, unit, "sum", direction, label, subject, meaning, numerator=id_)


_ADS = (
    _sum(
        "spend", "money", "band", msg("Spend"), msg("The spend"), msg("Cost of the media, as billed by the platform.")
    ),
    _sum("impressions", "count", "none", msg("Impressions"), msg("The impressions"), msg("Times an ad was shown.")),
    _sum("clicks", "count", "up", msg("Clicks"), msg("The clicks"), msg("Clicks as the platform counts them.")),
    _sum(
        "link_clicks", "count", "up", msg("Link clicks"), msg("The link clicks"), msg("Clicks that lead to the site.")
    ),
    _sum(
        "landing_page_views",
        "count",
        "up",
        msg("Landing page views"),
        msg("The landing page views"),
        msg("Times the page had loaded after a click."),
    ),
    _sum(
        "add_to_cart",
        "count",
        "up",
        msg("Adds to cart"),
        msg("The adds to cart"),
        msg("Times something went into a cart."),
    ),
    _sum(
        "conversions",
        "count",
        "up",
        msg("Conversions"),
        msg("The conversions"),
        msg("Purchases or leads that the platform claims, in its own attribution window."),
    ),
    _sum(
        "conversion_value",
        "money",
        "up",
        msg("Attributed revenue"),
        msg("The attributed revenue"),
        msg("Revenue that the platform claims for its conversions."),
    ),
    Metric(
        "ctr",
        "share",
        "ratio",
        "up",
        msg("CTR"),
        msg("The CTR"),
        msg("Clicks as a share of impressions; link clicks where the platform reports them."),
        "traffic",
        "impressions",
    ),
    Metric(
        "click_lpv",
        "share",
        "ratio",
        "up",
        msg("Landing rate"),
        msg("The landing rate"),
        msg("Landing page views as a share of link clicks."),
        "landing_page_views",
        "link_clicks",
    ),
    Metric(
        "cpc",
        "money",
        "ratio",
        "down",
        msg("CPC"),
        msg("The CPC"),
        msg("Spend for each click; link clicks where the platform reports them."),
        "spend",
        "traffic",
    ),
    Metric(
        "cpm",
        "money",
        "ratio",
        "down",
        msg("CPM"),
        msg("The CPM"),
        msg("Spend for a thousand impressions."),
        "spend",
        "impressions",
        1000.0,
    ),
    Metric(
        "cvr",
        "share",
        "ratio",
        "up",
        msg("Conversion rate"),
        msg("The conversion rate"),
        msg("Conversions as a share of clicks."),
        "conversions",
        "traffic",
    ),
    Metric(
        "cpa",
        "money",
        "ratio",
        "down",
        msg("CPA"),
        msg("The CPA"),
        msg("Spend for each conversion."),
        "spend",
        "conversions",
    ),
    Metric(
        "roas",
        "ratio",
        "ratio",
        "up",
        msg("ROAS"),
        msg("The ROAS"),
        msg("Attributed revenue for each unit of money spent."),
        "conversion_value",
        "spend",
    ),
)

_SALES = (
    _sum(
        "revenue",
        "money",
        "up",
        msg("Revenue"),
        msg("The revenue"),
        msg("Order totals of the sales ledger, refunds not taken off."),
    ),
    _sum("orders", "count", "up", msg("Orders"), msg("The orders"), msg("Orders of the sales ledger.")),
    _sum("units", "count", "up", msg("Units"), msg("The units"), msg("Pieces in the order lines.")),
    Metric(
        "aov",
        "money",
        "ratio",
        "up",
        msg("Average order value"),
        msg("The average order value"),
        msg("Revenue for each order."),
        "revenue",
        "orders",
    ),
    Metric(
        "customers",
        "count",
        "dedup",
        "up",
        msg("Customers"),
        msg("The customers"),
        msg("Different people who ordered."),
    ),
    Metric(
        "new_customers",
        "count",
        "dedup",
        "up",
        msg("New customers"),
        msg("The new customers"),
        msg("People whose first order in all history falls in the period."),
    ),
    Metric(
        "repeat_share",
        "share",
        "dedup",
        "up",
        msg("Repeat share"),
        msg("The repeat share"),
        msg("Share of the customers with at least two orders in the period."),
    ),
)


def _found(id_: str, unit: Unit, label: Message, meaning: Message, direction: Direction = "none") -> Metric:
    return Metric(id_, unit, "none", direction, label, label, meaning)


_ANALYSES = (
    _found("change", "share", msg("Change"), msg("Relative change against what it is compared to.")),
    _found("targets_met", "count", msg("Targets met"), msg("How many of the targets are met.")),
    _found("items", "count", msg("Number"), msg("How many there are.")),
    _found("trend", "share", msg("Trend"), msg("Growth in a year, seasons taken out where the history allows."), "up"),
    _found(
        "weekday_index", "index", msg("Weekday index"), msg("A weekday's trading day against the mean trading day.")
    ),
    _found("level_shift", "date", msg("Level shift"), msg("Day from which a series runs on another level.")),
    _found(
        "overclaim",
        "ratio",
        msg("Claim ratio"),
        msg("Conversions that the platforms claim, for each order of the ledger."),
    ),
    _found("spend_share", "share", msg("Share of spend"), msg("Spend as a share of the client's whole spend.")),
    _found(
        "zero_result_spend_share",
        "share",
        msg("Spend without result"),
        msg("Share of the spend that went to ads without a conversion in the whole period."),
        "down",
    ),
    _found(
        "ledger_gap_low",
        "count",
        msg("Claimed twice or unreal, at least"),
        msg("Claims that cannot be orders of their own because there are not enough orders."),
    ),
    _found(
        "ledger_gap_high",
        "count",
        msg("Claimed twice or unreal, at most"),
        msg("Claims that would be double if the platforms' claims overlapped as much as they can."),
    ),
    _found("fatigue", "ratio", msg("Fatigue"), msg("Click rate now against the start, neighbours taken into account.")),
    _found(
        "contribution_to_change", "money", msg("Contribution"), msg("Part of a change that one factor brought about.")
    ),
    _found("conversion_rate", "share", msg("Rate"), msg("Share of the units of a variant with the outcome.")),
    _found("mean", "ratio", msg("Mean"), msg("Mean over the units of a variant.")),
    _found("difference", "points", msg("Difference"), msg("Variant less control; of rates, in percentage points.")),
    _found("lift", "share", msg("Lift"), msg("Difference as a share of the control.")),
    _found(
        "p_value", "parameter", msg("p-value"), msg("How often chance alone would show at least such a difference.")
    ),
)

_ORGANIC = (
    _sum("posts", "count", "none", msg("Posts"), msg("The posts"), msg("Posts published in the period.")),
    _sum("views", "count", "up", msg("Views"), msg("The views"), msg("Times the posts were seen or played.")),
    _sum(
        "interactions",
        "count",
        "up",
        msg("Interactions"),
        msg("The interactions"),
        msg("Reactions (else likes), comments, shares and saves of the posts, without follows and clicks."),
    ),
    _found("followers", "count", msg("Followers"), msg("Followers at the end of the period."), "up"),
    _found("net_followers", "count", msg("Net new followers"), msg("Followers won less followers lost."), "up"),
    _found(
        "er_reach",
        "share",
        msg("Engagement by reach"),
        msg("Mean over the posts of interactions for each person reached."),
        "up",
    ),
    _found(
        "er_views", "share", msg("Engagement by views"), msg("Mean over the posts of interactions for each view."), "up"
    ),
    _found(
        "er_followers",
        "share",
        msg("Engagement by followers"),
        msg("Mean over the posts of interactions for each follower at the time of the post."),
        "up",
    ),
    _found(
        "format_effect",
        "share",
        msg("Effect of the format"),
        msg("Engagement of a format's posts against that of the profile's other posts."),
        "up",
    ),
)

METRICS: dict[str, Metric] = {metric.id: metric for metric in (*_ADS, *_SALES, *_ANALYSES, *_ORGANIC)}
"""All metrics by id."""

BASE = ("spend", "impressions", "clicks", "ctr", "cpc", "cpm", "conversions", "cvr", "cpa", "conversion_value", "roas")
"""The KPIs that every total, platform, channel and campaign is given in and compared by."""

FURTHER = tuple(metric.id for metric in _ADS if metric.id not in BASE)
"""Further KPIs of ads, claimed for every total, platform and channel that reports them."""
