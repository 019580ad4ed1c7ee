"""Who buys, and what they are worth."""

from __future__ import annotations

from helpers.kpis.model import found
from helpers.wording import msg

METRICS = (
    found("segments", "count", msg("Personas"), msg("Groups of people that the data bear out; one is one audience.")),
    found("segment_size", "count", msg("People"), msg("People of a persona.")),
    found(
        "segment_share", "share", msg("Share of people"), msg("People of a persona as a share of all people looked at.")
    ),
    found(
        "segment_value",
        "money",
        msg("Value of a customer"),
        msg("What a customer is expected to pay in the weeks to come, taxes and shipping as in the ledger."),
        "up",
    ),
    found(
        "segment_stability",
        "index",
        msg("Stability of the personas"),
        msg("Agreement of the personas with those of samples drawn anew (adjusted Rand index); one is all."),
    ),
    found(
        "model_parameter",
        "parameter",
        msg("Model parameter"),
        msg("A parameter of a model of repeat purchases or spend, fitted to the ledger; time in weeks."),
    ),
    found(
        "expected_purchases",
        "count",
        msg("Expected purchases"),
        msg("Purchases that the customers together are expected to make in the weeks to come."),
        "up",
    ),
)
