"""Any measured series."""

from __future__ import annotations

from helpers.tables.model import Column, Table, text

TABLE = Table(
    name="series",
    grain="one series and moment",
    columns=(
        Column("at", "datetime", "when, local time as written", required=True),
        text("name", "name of the series; one named after a metric stands for it", required=True),
        Column("value", "number", "the value", "none"),
    ),
    key=(("name",), ("at",)),
    day="at",
)
