"""The client's sales, from whatever ledger there is: orders, order lines, or a series named after a metric."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from helpers.claims import Claim, Ledger
from helpers.kpis import on_days, prepare_orders, within
from helpers.units import Period

_BY_LEDGER = ("revenue", "orders", "aov")


@dataclass(frozen=True)
class Sales:
    """Prepared sales.

    Parameters
    ----------
    frame
        One row an order (or a moment of a series), placed on its day, with `revenue` and, from a ledger, `orders`.
    lines
        One row an order line, placed on its day; empty where the ledger has none.
    metrics
        The KPIs that the frame bears.
    """

    frame: pd.DataFrame
    lines: pd.DataFrame
    metrics: tuple[str, ...]

    @property
    def has_ledger(self) -> bool:
        """Whether single orders are known."""
        return "orders" in self.metrics


def sales(orders: pd.DataFrame, order_lines: pd.DataFrame, series: pd.DataFrame) -> Sales | None:
    """Choose and prepare the sales; None where there are none.

    A ledger wins over a series: the series named `revenue` stands for the KPI only without one.
    """
    lines = on_days(order_lines, "ordered_at")
    if not orders.empty:
        return Sales(prepare_orders(orders), lines, _BY_LEDGER)
    named = series_of(series, "revenue")
    return None if named.empty else Sales(named, lines, ("revenue",))


def series_of(series: pd.DataFrame, metric: str) -> pd.DataFrame:
    """The series named after a metric as a table of its own, the value in a column of that name."""
    named = on_days(series[series["name"] == metric], "at").rename(columns={"value": metric})
    spacing = named["date"].drop_duplicates().sort_values().diff().dt.days.median()
    if not spacing > 1:
        return named
    return named.assign(period_end=named["date"] + pd.Timedelta(days=spacing - 1), period_grain="range")


def claim_customers(ledger: Ledger, sold: Sales, period: Period) -> dict[str, Claim]:
    """Claim customers, new customers and repeat share of a period; empty where orders name no customer.

    New is who has their first order in all history in the period; a repeat customer has at least two orders in it.
    """
    known = sold.frame[sold.frame["customer_id"].notna()] if "customer_id" in sold.frame else sold.frame.head(0)
    inside = within(known, period)
    if inside.empty:
        return {}
    orders_each = inside.groupby("customer_id", observed=True).size()
    first = known.groupby("customer_id", observed=True)["date"].min().reindex(orders_each.index)
    values = {
        "customers": float(len(orders_each)),
        "new_customers": float((first >= pd.Timestamp(period.start)).sum()),
        "repeat_share": float((orders_each >= 2).mean()),
    }
    return {metric: ledger.add(metric, value, rows=inside, n=len(orders_each)) for metric, value in values.items()}


def claim_lines(ledger: Ledger, sold: Sales, period: Period) -> tuple[Claim | None, tuple[Claim, ...]]:
    """Claim the units, and the revenue of each category, largest first; None and empty without order lines."""
    inside = within(sold.lines, period)
    if inside.empty:
        return None, ()
    units = ledger.add("units", float(inside["quantity"].sum()), rows=inside)
    by_category = inside.groupby("category", observed=True)["revenue"].sum().sort_values(ascending=False)
    return units, tuple(
        ledger.add("revenue", float(value), scope={"category": str(name)}, rows=inside[inside["category"] == name])
        for name, value in by_category.items()
    )


def by_day(frame: pd.DataFrame, metric: str) -> pd.Series:
    """Daily sums of a metric over the days that have a row, indexed by day; from rows that stand for one day."""
    days = frame[frame["period_grain"] == "day"]
    return days.groupby("period_start", observed=True)[metric].sum()
