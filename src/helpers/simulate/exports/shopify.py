"""Shopify's order export: 79 columns, one row a line item, the order's own fields only on its first row."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from helpers.simulate.orders import Ledger
from helpers.simulate.scenario import CURRENCY

COLUMNS = (
    "Name",
    "Email",
    "Financial Status",
    "Paid at",
    "Fulfillment Status",
    "Fulfilled at",
    "Accepts Marketing",
    "Currency",
    "Subtotal",
    "Shipping",
    "Taxes",
    "Total",
    "Discount Code",
    "Discount Amount",
    "Shipping Method",
    "Created at",
    "Lineitem quantity",
    "Lineitem name",
    "Lineitem price",
    "Lineitem compare at price",
    "Lineitem sku",
    "Lineitem requires shipping",
    "Lineitem taxable",
    "Lineitem fulfillment status",
    "Billing Name",
    "Billing Street",
    "Billing Address1",
    "Billing Address2",
    "Billing Company",
    "Billing City",
    "Billing Zip",
    "Billing Province",
    "Billing Country",
    "Billing Phone",
    "Shipping Name",
    "Shipping Street",
    "Shipping Address1",
    "Shipping Address2",
    "Shipping Company",
    "Shipping City",
    "Shipping Zip",
    "Shipping Province",
    "Shipping Country",
    "Shipping Phone",
    "Notes",
    "Note Attributes",
    "Cancelled at",
    "Payment Method",
    "Payment Reference",
    "Refunded Amount",
    "Vendor",
    "Outstanding Balance",
    "Employee",
    "Location",
    "Device ID",
    "Id",
    "Tags",
    "Risk Level",
    "Source",
    "Lineitem discount",
    "Tax 1 Name",
    "Tax 1 Value",
    "Tax 2 Name",
    "Tax 2 Value",
    "Tax 3 Name",
    "Tax 3 Value",
    "Tax 4 Name",
    "Tax 4 Value",
    "Tax 5 Name",
    "Tax 5 Value",
    "Phone",
    "Receipt Number",
    "Duties",
    "Billing Province Name",
    "Shipping Province Name",
    "Payment ID",
    "Payment Terms Name",
    "Next Payment Due At",
    "Payment References",
)
FIRST_NUMBER = 1001
_FIRST_NAMES = ("Ana", "Luis", "Eva", "Iker", "Noa", "Hugo")
_ON_EVERY_ROW = ("Name", "Email", "Created at")

# What the shop notes of the last click, by channel group; nothing for the groups not listed.
_UTM = {
    "Paid Social": "UTM source: facebook\nUTM medium: paid_social",
    "Paid Search": "UTM source: google\nUTM medium: cpc",
    "Cross-network": "UTM source: google\nUTM medium: cpc",
    "Organic Social": "UTM source: instagram\nUTM medium: social",
    "Email": "UTM source: boletin\nUTM medium: email",
}


def write(path: Path, ledger: Ledger) -> None:
    """Write all orders, newest last."""
    lines = ledger.lines
    rows = _order_fields(ledger.orders).iloc[lines["order"]].reset_index(drop=True)
    only_first = [column for column in rows if column not in _ON_EVERY_ROW]
    rows.loc[lines["order"].duplicated(), only_first] = ""
    items = {
        "Lineitem quantity": lines["quantity"],
        "Lineitem name": lines["name"],
        "Lineitem price": _euros(lines["price"]),
        "Lineitem sku": lines["sku"],
    }
    table = rows.assign(**items).reindex(columns=COLUMNS, fill_value="")
    table.to_csv(path, index=False, lineterminator="\n")


def _order_fields(orders: pd.DataFrame) -> pd.DataFrame:
    number = pd.Series(np.arange(FIRST_NUMBER, FIRST_NUMBER + len(orders)))
    moment = orders["ordered_at"].dt.strftime("%Y-%m-%d %H:%M:%S %z")
    fields = {
        "Name": "#" + number.astype(str),
        "Email": address(orders["customer"]),
        "Financial Status": orders["status"],
        "Paid at": moment,
        "Fulfillment Status": "fulfilled",
        "Accepts Marketing": orders["marketing"],
        "Currency": CURRENCY,
        "Subtotal": _euros(orders["subtotal"]),
        "Shipping": _euros(orders["shipping"]),
        "Taxes": _euros(orders["tax"]),
        "Total": _euros(orders["total"]),
        "Discount Code": orders["code"],
        "Discount Amount": _euros(orders["discount"]),
        "Created at": moment,
        "Billing Name": (orders["customer"] % len(_FIRST_NAMES)).map(dict(enumerate(_FIRST_NAMES))),
        "Note Attributes": _utm(orders),
        "Refunded Amount": _euros(orders["refunded"]),
        "Id": (6000000000000 + number).astype(str),
        "Source": "web",
    }
    return pd.DataFrame(fields)


def address(customers: pd.Series[int]) -> pd.Series[str]:
    """The e-mail address of each customer, at a host that can never be."""
    return "c" + customers.astype(str) + "@x.test"


def _utm(orders: pd.DataFrame) -> pd.Series[str]:
    notes = orders["last_click"].map(_UTM).fillna("")
    is_tiktok = (orders["cause"] == "tiktok") & (orders["last_click"] == "Paid Social")
    return notes.where(~is_tiktok, notes.str.replace("facebook", "tiktok"))


def _euros(cents: pd.Series[int]) -> pd.Series[str]:
    return (cents / 100).map("{:.2f}".format)
