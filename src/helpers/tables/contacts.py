"""Contacts of a customer-relations system, without names and addresses."""

from __future__ import annotations

from helpers.tables.model import Column, Table, money, text

TABLE = Table(
    name="contacts",
    grain="one contact",
    columns=(
        text("contact_id", "id of the contact"),
        Column("created_at", "datetime", "when it was created, local time as written"),
        text("stage", "stage of the life cycle"),
        text("origin", "where it came from"),
        text("currency", "ISO 4217"),
        money("contact_value", "value of the contact"),
    ),
    key=(("contact_id",),),
    day="created_at",
)
