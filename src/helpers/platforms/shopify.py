"""Shopify order exports, CSV; the headers are English in every language of the shop.

Header and layout seen in a real export of 79 columns: one row a line of an order, figures of the order on its first row
only, times with their offset, an apostrophe before codes that start with zero, the visit's utm values as text in Note
Attributes. Names, addresses, telephones and e-mails are dropped; the e-mail's digest tells customers apart.
"""

from __future__ import annotations

import re

import pandas as pd

from helpers.platforms.model import Header, Platform, Report, Shaped

_UTM = re.compile(r"utm[ _](?P<key>source|medium|campaign|content|term)\s*:\s*(?P<value>[^\r\n]*)", re.IGNORECASE)
_UTM_KEYS = ("source", "medium", "campaign", "content", "term")
_ADDRESS = ("Name", "Street", "Address1", "Address2", "Company", "City", "Zip", "Phone")
_ORDER = (
    "ordered_at",
    "customer_id",
    "status",
    "currency",
    "revenue",
    "subtotal",
    "discount",
    "tax",
    "shipping",
    "refunded",
    "channel",
)


def _orders_and_lines(frame: pd.DataFrame) -> Shaped:
    """Gather the rows of an order: its own figures stand on the first, each row is one line."""
    own = [name for name in _ORDER if name in frame]
    by_order = frame.groupby("order_id", sort=False, observed=True)
    orders = by_order[own].first().reset_index()
    if "_attributes" in frame:
        orders = orders.assign(**_utm(by_order["_attributes"].first()))
    if "_price" not in frame:
        return {"orders": orders}
    quantity = frame["_quantity"] if "_quantity" in frame else pd.Series(1.0, index=frame.index)
    shared = {
        name: by_order[name].transform("first") for name in ("ordered_at", "customer_id", "currency") if name in frame
    }
    lines = frame[["order_id"]].assign(
        **shared,
        product=frame.get("_product"),
        sku=frame.get("_sku"),
        quantity=quantity,
        revenue=frame["_price"] * quantity,
    )
    return {"orders": orders, "order_lines": lines}


def _utm(attributes: pd.Series) -> dict[str, pd.Series]:
    found = [
        {match["key"].lower(): match["value"].strip() or None for match in _UTM.finditer(str(text))}
        for text in attributes
    ]
    return {f"utm_{key}": pd.Series([one.get(key) for one in found], dtype="str") for key in _UTM_KEYS}


PLATFORM = Platform(
    source="shopify",
    title="Shopify",
    reports=(
        Report(
            name="Orders",
            table="orders",
            headers=(
                Header("order_id", {"en": ("Name",)}),
                Header("customer_id", {"en": ("Email",)}),
                Header("ordered_at", {"en": ("Created at",)}),
                Header("status", {"en": ("Financial Status",)}),
                Header("currency", {"en": ("Currency",)}),
                Header("revenue", {"en": ("Total",)}),
                Header("subtotal", {"en": ("Subtotal",)}),
                Header("discount", {"en": ("Discount Amount",)}),
                Header("tax", {"en": ("Taxes",)}),
                Header("shipping", {"en": ("Shipping",)}),
                Header("refunded", {"en": ("Refunded Amount",)}),
                Header("channel", {"en": ("Source",)}),
                Header("_attributes", {"en": ("Note Attributes",)}),
                Header("_product", {"en": ("Lineitem name",)}),
                Header("_sku", {"en": ("Lineitem sku",)}),
                Header("_quantity", {"en": ("Lineitem quantity",)}, kind="number"),
                Header("_price", {"en": ("Lineitem price",)}, kind="number"),
            ),
            required=(("order_id",), ("ordered_at",), ("revenue", "subtotal")),
            marks=("Lineitem quantity", "Lineitem name", "Lineitem price", "Financial Status", "Fulfillment Status"),
            needs_mark=True,
            known={
                "en": (
                    "Paid at",
                    "Fulfillment Status",
                    "Fulfilled at",
                    "Accepts Marketing",
                    "Discount Code",
                    "Shipping Method",
                    "Lineitem compare at price",
                    "Lineitem requires shipping",
                    "Lineitem taxable",
                    "Lineitem fulfillment status",
                    "Lineitem discount",
                    "Billing Province",
                    "Billing Country",
                    "Shipping Province",
                    "Shipping Country",
                    "Billing Province Name",
                    "Shipping Province Name",
                    "Cancelled at",
                    "Payment Method",
                    "Payment Reference",
                    "Vendor",
                    "Outstanding Balance",
                    "Employee",
                    "Location",
                    "Device ID",
                    "Id",
                    "Tags",
                    "Risk Level",
                    "Receipt Number",
                    "Duties",
                    "Payment ID",
                    "Payment Terms Name",
                    "Next Payment Due At",
                    "Payment References",
                    *(f"Tax {n} {part}" for n in range(1, 6) for part in ("Name", "Value")),
                )
            },
            personal=(
                "Email",
                "Phone",
                "Notes",
                "Note Attributes",
                *(f"{side} {part}" for side in ("Billing", "Shipping") for part in _ADDRESS),
            ),
            decimal={"*": "."},
            shape=_orders_and_lines,
        ),
    ),
)
