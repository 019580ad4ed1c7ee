"""What was changed, where and by whom."""

from __future__ import annotations

from helpers.tables.ads import PLATFORMS
from helpers.tables.model import Column, Table, text

TABLE = Table(
    name="change_history",
    grain="one change",
    columns=(
        Column("at", "datetime", "when, local time as written", required=True),
        text("platform", "as in `ads`", values=PLATFORMS),
        text("campaign", "name of the campaign"),
        text("change", "what was changed", required=True),
        text("person", "who did it"),
    ),
    key=(("at",), ("platform",), ("campaign",), ("change",)),
    day="at",
    has_natural_repeats=True,
)
