"""The client's sales ledger, one row an order."""

from __future__ import annotations

from helpers.tables.model import Column, Table, money, text

UTM: tuple[Column, ...] = (
    text("utm_source", "utm_source of the visit"),
    text("utm_medium", "utm_medium of the visit"),
    text("utm_campaign", "utm_campaign of the visit"),
    text("utm_content", "utm_content of the visit"),
    text("utm_term", "utm_term of the visit"),
)

TABLE = Table(
    name="orders",
    grain="one order; a row without order number is an order of its own",
    columns=(
        text("order_id", "number of the order"),
        Column("ordered_at", "datetime", "when it was placed, local time as written"),
        text("customer_id", "id of the customer, or a salted digest of the e-mail"),
        text("status", "state of the order as the shop words it"),
        text("currency", "ISO 4217"),
        money("revenue", "what the customer paid, as the ledger counts it"),
        money("subtotal", "goods before shipping"),
        money("discount", "discounts"),
        money("tax", "taxes"),
        money("shipping", "shipping"),
        money("refunded", "what was paid back"),
        Column("new_customer", "flag", "whether it is the customer's first order"),
        text("channel", "sales channel"),
        *UTM,
    ),
    key=(("order_id",),),
    fallback_key=(("ordered_at",), ("customer_id",), ("revenue",)),
    day="ordered_at",
)
