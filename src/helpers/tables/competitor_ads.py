"""Ads of competitors."""

from __future__ import annotations

from helpers.tables.model import Column, Table, text

TABLE = Table(
    name="competitor_ads",
    grain="one ad, or one advertiser where only totals are known",
    columns=(
        text("page", "the advertiser", required=True),
        text("ad_id", "id of the ad, or its link"),
        Column("start", "date", "first day; a bare year is its first day"),
        Column("stop", "date", "last day"),
        text("format", "format of the ad"),
        text("text", "words of the ad"),
        text("platforms", "where it ran"),
        text("currency", "ISO 4217"),
        Column("spend", "money", "spend of the advertiser, where it is known", "sum"),
        Column("spend_low", "money", "low end of the spend", "none"),
        Column("spend_high", "money", "high end of the spend", "none"),
        Column("ads", "count", "number of ads of the advertiser, where only totals are known", "sum"),
    ),
    key=(("page",), ("ad_id",), ("start",)),
    day="start",
    has_natural_repeats=True,
)
