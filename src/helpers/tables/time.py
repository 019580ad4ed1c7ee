"""Columns that place a row in time, shared by the tables whose rows cover a day or a period."""

from __future__ import annotations

from helpers.tables.model import Column, text

COVERED: tuple[Column, ...] = (
    Column(
        "date", "date", "the date written on the row: its day, or the first day of its week or month; blank for a range"
    ),
    Column("period_start", "date", "first day that the row covers"),
    Column("period_end", "date", "last day that the row covers"),
    text("period_grain", "day, week, month or range"),
)
PERIOD_KEY: tuple[tuple[str, ...], ...] = (("period_start",), ("period_end",))
