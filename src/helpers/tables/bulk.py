"""Build sheets: what is to be uploaded to a platform."""

from __future__ import annotations

from helpers.tables.ads import PLATFORMS
from helpers.tables.model import Table, text

TABLE = Table(
    name="bulk",
    grain="one row of a build sheet",
    columns=(
        text("platform", "as in `ads`", values=PLATFORMS),
        text("campaign", "name of the campaign"),
        text("ad_group", "name of the ad group"),
        text("ad", "name of the ad"),
        text("status", "status that the upload sets"),
    ),
    key=(("platform",), ("campaign",), ("ad_group",), ("ad",)),
    is_open=True,
    has_natural_repeats=True,
)
