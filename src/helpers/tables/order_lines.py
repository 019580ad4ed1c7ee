"""The client's sales ledger, one row a line of an order."""

from __future__ import annotations

from helpers.tables.model import Column, Table, money, text

TABLE = Table(
    name="order_lines",
    grain="one line of an order; orders are the sums of their lines",
    columns=(
        text("order_id", "number of the order"),
        Column("ordered_at", "datetime", "when it was placed, local time as written"),
        text("customer_id", "id of the customer, or a salted digest of the e-mail"),
        text("currency", "ISO 4217"),
        text("product", "name of the product"),
        text("category", "category of the product"),
        text("sku", "stock number"),
        Column("quantity", "number", "units", "sum", default=1.0),
        money("revenue", "price of the line, all units"),
    ),
    key=(("order_id",),),
    fallback_key=(("ordered_at",), ("customer_id",), ("product",), ("revenue",)),
    day="ordered_at",
    has_natural_repeats=True,
)
