"""How campaigns are set up: budgets, bids, audiences, creative texts."""

from __future__ import annotations

from helpers.tables.ads import LEVELS, NAMES
from helpers.tables.model import Column, Table, text

TABLE = Table(
    name="ads_config",
    grain="one setting of a campaign, ad group or ad",
    columns=(
        *NAMES,
        text("setting", "budget, bid, audience, headline, description …", required=True),
        text("value", "as the platform writes it"),
        Column("amount", "money", "the value as money, where it is money", "none"),
        text("currency", "ISO 4217"),
    ),
    key=(("platform",), *LEVELS, ("setting",), ("value",)),
)
