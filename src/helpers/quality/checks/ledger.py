"""The sales ledger in itself, and against what platforms and the site's own measuring claim."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from helpers.kpis import within
from helpers.quality.model import Check, Finding, Material, days_of, number, share, some
from helpers.units import Period, Quantity
from helpers.wording import Message, msg

CENT = 0.005
FEW_ORDERS = 100
OUTLIER_TIMES = 50
OUTLIER_SHARE = 0.02
CLOCK_ORDERS = 500
QUIET_HOURS = 6
BY_DAY = range(8, 21)
"""Hours in which a shop that people visit awake is not at its quietest."""

LEAST_SEEN = 0.6
MOST_SEEN = 1.05
"""Consent and blockers hide orders from a site's measuring; less than this is a fault, more is counting twice."""

SOME_ANONYMOUS = 0.2


def _repeated(material: Material) -> Iterator[Finding]:
    orders = material.table("orders")
    known = orders[orders["order_id"].notna()]
    twice = known[known["order_id"].duplicated(keep=False)]
    if not twice.empty:
        n = number(twice["order_id"].nunique())
        text = msg("Order numbers that stand in the ledger more than once, such as {names}: {n}.",
                   names=some(twice["order_id"]), n=n)  # fmt: skip
        yield Finding(text, n, twice, when=days_of(twice, "ordered_at"))


def _over_refunded(material: Material) -> Iterator[Finding]:
    orders = material.table("orders")
    paid = orders[["revenue", "subtotal"]].max(axis=1) + orders[["tax", "shipping"]].fillna(0).sum(axis=1)
    wrong = orders[orders["refunded"].gt(paid + CENT)]
    if not wrong.empty:
        n = number(len(wrong))
        yield Finding(msg("Orders of which more was paid back than was paid: {n}.", n=n), n, wrong,
                      when=days_of(wrong, "ordered_at"))  # fmt: skip


def _negative(material: Material) -> Iterator[Finding]:
    orders = material.table("orders")
    wrong = orders[orders["revenue"].lt(0)]
    if not wrong.empty:
        n = number(len(wrong))
        yield Finding(msg("Orders with a negative amount: {n}.", n=n), n, wrong, when=days_of(wrong, "ordered_at"))


def _without_amount(material: Material) -> Iterator[Finding]:
    orders = material.table("orders")
    blank = orders[orders["revenue"].isna()]
    if not blank.empty and len(blank) < len(orders):
        n = share(len(blank), len(orders))
        yield Finding(
            msg("Share of the orders without an amount: {n}.", n=n), n, blank, when=days_of(blank, "ordered_at")
        )


def _outliers(material: Material) -> Iterator[Finding]:
    """Single orders far beyond all others, as a missing decimal sign makes them."""
    orders = material.table("orders")
    revenue = orders["revenue"]
    if revenue.notna().sum() < FEW_ORDERS:
        return
    odd = orders[revenue.gt(OUTLIER_TIMES * revenue[revenue > 0].median()) & revenue.gt(OUTLIER_SHARE * revenue.sum())]
    if not odd.empty:
        n = number(len(odd))
        text = msg("Orders so large that each moves the total by itself, such as {names}: {n}.",
                   names=some(odd["order_id"].fillna("")), n=n)  # fmt: skip
        yield Finding(text, n, odd, when=days_of(odd, "ordered_at"))


def _anonymous(material: Material) -> Iterator[Finding]:
    orders = material.table("orders")
    blank = orders[orders["customer_id"].isna()]
    if SOME_ANONYMOUS * len(orders) < len(blank) < len(orders):
        n = share(len(blank), len(orders))
        yield Finding(msg("Share of the orders that name no customer: {n}.", n=n), n, blank)


def _clock(material: Material) -> Iterator[Finding]:
    """The quietest hours of the ledger fall into the day: its times are of another time zone."""
    orders = material.table("orders")
    moments = orders["ordered_at"].dropna()
    timed = moments[moments.ne(moments.dt.normalize())]
    if len(timed) < CLOCK_ORDERS or len(timed) < 0.9 * len(moments):
        return
    hours = np.bincount(timed.dt.hour.to_numpy(), minlength=24)
    windows = np.array([np.roll(hours, -start)[:QUIET_HOURS].sum() for start in range(24)])
    start = int(windows.argmin())
    is_clear = windows[start] < 0.25 * QUIET_HOURS / 24 * hours.sum()
    if start not in BY_DAY or (start + QUIET_HOURS - 1) not in BY_DAY or not is_clear:
        return
    # Moved so that the quietest hours are those before dawn, these orders come to lie on another day.
    away = (start - 1) % 24
    away = away if away <= 12 else away - 24
    moved = timed[(timed - pd.Timedelta(hours=away)).dt.normalize().ne(timed.dt.normalize())]
    n = share(len(moved), len(timed))
    text = msg("The shop's quietest hours fall into the day, as if its times were of another time zone; share of the "
               "orders that would move to another day: {n}.", n=n)  # fmt: skip
    yield Finding(text, n, orders[orders["ordered_at"].notna()])


def _claimed(material: Material) -> Iterator[Finding]:
    """More conversions claimed than orders sold, over the days that both know."""
    ads, orders = material.daily_ads, material.orders
    common = _common(days_of(ads[ads["conversions"].notna()]), days_of(orders))
    if common is None:
        return
    rows, sold = within(ads, common), within(orders, common)
    if len(sold) >= FEW_ORDERS and rows["conversions"].sum() > len(sold):
        n = share(rows["conversions"].sum() - len(sold), rows["conversions"].sum())
        text = msg("Share of the platforms' conversions that cannot be orders of their own: {n}.", n=n)
        yield Finding(text, n, rows, when=common)


def _site_orders(material: Material) -> Iterator[Finding]:
    yield from _against(material, "orders")


def _site_revenue(material: Material) -> Iterator[Finding]:
    yield from _against(material, "revenue")


def _against(material: Material, measure: str) -> Iterator[Finding]:
    """The site's own measuring holds far less than the ledger, or more."""
    web = material.table("web")
    counted = web[web[measure].notna()]
    common = _common(days_of(counted), days_of(material.orders))
    if common is None:
        return
    seen, sold = within(counted, common), within(material.orders, common)
    whole = float(len(sold)) if measure == "orders" else float(sold["revenue"].sum())
    if len(sold) < FEW_ORDERS or whole <= 0 or seen[measure].sum() <= 0:
        return
    n = share(seen[measure].sum(), whole)
    if LEAST_SEEN <= n.value <= MOST_SEEN:
        return
    yield Finding(_measured(measure, n), n, seen, (("parameter", measure),), when=common)


def _measured(measure: str, n: Quantity) -> Message:
    if measure == "orders":
        return msg("The site's measuring counts, of the orders in the ledger: {n}.", n=n)
    return msg("The site's measuring counts, of the revenue in the ledger: {n}.", n=n)


def _common(one: Period | None, other: Period | None) -> Period | None:
    if one is None or other is None:
        return None
    start, end = max(one.start, other.start), min(one.end, other.end)
    return Period(start, end) if start <= end else None


_LOOK_AT_TAG = msg(
    "Check the purchase event: sent once an order, on every way of paying, with the amount of the order."
)

CHECKS = (
    Check(
        "repeated_orders",
        "error",
        ("orders",),
        _repeated,
        msg("Leave one row an order, or map the file to order lines under sources in client.yaml."),
    ),
    Check(
        "refunds_beyond_orders",
        "error",
        ("orders",),
        _over_refunded,
        msg("Look the orders up in the shop; amounts of different currencies or columns may have been mixed."),
    ),
    Check(
        "negative_orders",
        "warning",
        ("orders",),
        _negative,
        msg("Put refunds into their own column, so that they lower revenue and do not count as orders."),
    ),
    Check(
        "orders_without_amount",
        "warning",
        ("orders",),
        _without_amount,
        msg("Export the column of the order's total; rows without it count as orders and not as revenue."),
    ),
    Check("outliers", "warning", ("orders",), _outliers, msg("Look these orders up: a decimal sign may be missing.")),
    Check(
        "ledger_clock",
        "warning",
        ("orders",),
        _clock,
        msg("Export the orders in the shop's own time zone."),
    ),
    Check(
        "overclaim",
        "warning",
        ("ads", "orders"),
        _claimed,
        msg("Judge the media by the ledger and not by the sum of what platforms claim."),
        is_said_elsewhere=True,
    ),
    Check("site_orders_unlike_ledger", "warning", ("web", "orders"), _site_orders, _LOOK_AT_TAG),
    Check("site_revenue_unlike_ledger", "warning", ("web", "orders"), _site_revenue, _LOOK_AT_TAG),
    Check(
        "anonymous_orders",
        "info",
        ("orders",),
        _anonymous,
        msg("Export the customer's id or e-mail; it is kept as a digest only."),
    ),
)
