"""Keywords with their search volumes; further columns hold the searches of single months, such as searches_2026_01."""

from __future__ import annotations

from helpers.tables.model import Column, Table, count, text

TABLE = Table(
    name="keyword_ideas",
    grain="one keyword",
    columns=(
        text("keyword", "the keyword", required=True),
        text("currency", "ISO 4217"),
        count("avg_monthly_searches", "mean searches a month"),
        text("competition", "competition as the platform words it"),
        Column("bid_low", "money", "low end of the bids for the top of the page", "none"),
        Column("bid_high", "money", "high end of the bids for the top of the page", "none"),
    ),
    key=(("keyword",),),
    is_open=True,
)
