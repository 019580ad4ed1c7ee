"""Mentions of a brand."""

from __future__ import annotations

from helpers.tables.model import Column, Table, text

TABLE = Table(
    name="mentions",
    grain="one moment with a number of mentions, or one mention with its words",
    columns=(
        Column("at", "datetime", "when", required=True),
        text("brand", "who is mentioned"),
        Column("count", "count", "number of mentions", "sum", default=1.0),
        text("text", "the words"),
    ),
    key=(("at",), ("brand",), ("text",)),
    day="at",
    has_natural_repeats=True,
)
