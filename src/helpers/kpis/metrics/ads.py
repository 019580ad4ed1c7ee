"""Paid media, as the platforms report it.

`traffic` stands for link clicks where the platform reports them, else for the platform's own clicks; a claim built on
it says which.
"""

from __future__ import annotations

from helpers.kpis.model import Metric, summed
from helpers.wording import msg

METRICS = (
    summed(
        "spend", "money", "band", msg("Spend"), msg("The spend"), msg("Cost of the media, as billed by the platform.")
    ),
    summed("impressions", "count", "none", msg("Impressions"), msg("The impressions"), msg("Times an ad was shown.")),
    summed("clicks", "count", "up", msg("Clicks"), msg("The clicks"), msg("Clicks as the platform counts them.")),
    summed(
        "link_clicks", "count", "up", msg("Link clicks"), msg("The link clicks"), msg("Clicks that lead to the site.")
    ),
    summed(
        "landing_page_views",
        "count",
        "up",
        msg("Landing page views"),
        msg("The landing page views"),
        msg("Times the page had loaded after a click."),
    ),
    summed(
        "add_to_cart",
        "count",
        "up",
        msg("Adds to cart"),
        msg("The adds to cart"),
        msg("Times something went into a cart."),
    ),
    summed(
        "conversions",
        "count",
        "up",
        msg("Conversions"),
        msg("The conversions"),
        msg("Purchases or leads that the platform claims, in its own attribution window."),
    ),
    summed(
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
