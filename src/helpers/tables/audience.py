"""Who follows or is reached, as the platform says."""

from __future__ import annotations

from helpers.tables.model import Column, Table, count, text
from helpers.tables.organic_posts import PLATFORM

TABLE = Table(
    name="audience",
    grain="one profile, dimension and value",
    columns=(
        PLATFORM,
        text("account", "name of the profile"),
        text("dimension", "age, gender, country, city …", required=True),
        text("value", "such as 25-34", required=True),
        count("people", "number of people, a stock", additivity="none"),
        Column("share", "share", "share of the audience", "none"),
        Column("as_of", "date", "the day of the snapshot"),
    ),
    key=(("platform",), ("account",), ("dimension",), ("value",), ("as_of",)),
    day="as_of",
)
