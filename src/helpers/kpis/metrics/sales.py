"""The sales ledger."""

from __future__ import annotations

from helpers.kpis.model import Metric, summed
from helpers.wording import msg

METRICS = (
    summed(
        "revenue",
        "money",
        "up",
        msg("Revenue"),
        msg("The revenue"),
        msg("Order totals of the sales ledger, refunds not taken off."),
    ),
    summed("orders", "count", "up", msg("Orders"), msg("The orders"), msg("Orders of the sales ledger.")),
    summed("units", "count", "up", msg("Units"), msg("The units"), msg("Pieces in the order lines.")),
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
