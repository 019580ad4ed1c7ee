"""Paid media split by age, gender, country, device, keyword …; never added across breakdowns."""

from __future__ import annotations

from helpers.tables.ads import KEY, MEASURES, NAMES
from helpers.tables.model import Table, text
from helpers.tables.time import COVERED

# Splits that never hold everything: a platform withholds rare search terms, and many campaigns have no keywords.
PARTIAL: frozenset[str] = frozenset({"keyword", "search_term"})

TABLE = Table(
    name="ads_breakdown",
    grain="a row of `ads` split by one or more dimensions",
    columns=(
        *NAMES,
        text(
            "breakdown",
            "names of the dimensions, joined by | in the order of the file, such as age|gender",
            required=True,
        ),
        text("value", "their values, joined by | in the same order, such as 18-24|female", required=True),
        *COVERED,
        *MEASURES,
    ),
    key=(*KEY, ("breakdown",), ("value",)),
    day="period_start",
    alike={"results": "result_type"},
)
