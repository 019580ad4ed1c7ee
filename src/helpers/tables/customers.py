"""Customers with whatever attributes the analyst names."""

from __future__ import annotations

from helpers.tables.model import Table, text

TABLE = Table(
    name="customers",
    grain="one customer",
    columns=(text("customer_id", "id of the customer, or a salted digest of the e-mail"),),
    key=(("customer_id",),),
    is_open=True,
)
