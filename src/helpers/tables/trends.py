"""Search interest over time, an index of 0 to 100 within one export."""

from __future__ import annotations

from helpers.tables.model import Column, Table, text
from helpers.tables.time import COVERED

TABLE = Table(
    name="trends",
    grain="one term, place and day, week or month",
    columns=(
        text("term", "search term or topic", required=True),
        text("geo", "place as the export names it"),
        *COVERED,
        Column("interest", "number", "index of 0 to 100; not comparable between exports", "none"),
        Column("censored", "flag", "whether the file only says less than `interest`"),
    ),
    # Each export has its own scale: one file tells all about a term, never two.
    key=(("term",), ("geo",)),
    day="period_start",
)
