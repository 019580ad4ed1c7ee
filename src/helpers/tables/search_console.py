"""Organic search: what was searched, shown and clicked."""

from __future__ import annotations

from helpers.tables.model import Column, Table, count, text
from helpers.tables.time import COVERED, PERIOD_KEY

TABLE = Table(
    name="search_console",
    grain="one day or period, dimension and value",
    columns=(
        text("dimension", "date, query, page, country, device or appearance", required=True),
        text("value", "such as the query"),
        *COVERED,
        count("clicks", "clicks"),
        count("impressions", "times shown"),
        Column("ctr", "share", "clicks per impression", "ratio"),
        Column("position", "number", "mean position", "none"),
    ),
    key=(("dimension",), ("value",), *PERIOD_KEY),
    day="period_start",
)
