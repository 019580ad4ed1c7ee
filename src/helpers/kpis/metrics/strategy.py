"""Response curves, budget and forecast."""

from __future__ import annotations

from helpers.kpis.model import found
from helpers.wording import msg

METRICS = (
    found("data_regime", "text", msg("What the curves rest on"), msg("Assumptions, data, or both, by weeks of sales.")),
    found(
        "contribution_share",
        "share",
        msg("Share of sales"),
        msg("Sales that a channel brought by its response curve, as a share of all sales."),
    ),
    found(
        "average_return",
        "ratio",
        msg("Average return"),
        msg("Sales that a channel brought by its response curve, for each unit of money spent so far."),
        "up",
    ),
    found(
        "marginal_roas",
        "ratio",
        msg("Marginal return"),
        msg("Sales that one more unit of money a week would bring, once it has settled."),
        "up",
    ),
    found("break_even_roas", "ratio", msg("Break-even return"), msg("One over the contribution margin.")),
    found("current_spend", "money", msg("Spend as now"), msg("The flight's spend if the last weeks simply went on.")),
    found("recommended_spend", "money", msg("Proposed budget"), msg("What the plan proposes to spend in the flight.")),
    found(
        "expected_uplift",
        "money",
        msg("Expected gain"),
        msg("Sales of the flight that the proposed split brings beyond today's split of the same money."),
        "up",
        signed=True,
    ),
    found(
        "uplift_probability",
        "share",
        msg("Chance of a gain"),
        msg("Chance that the proposed split brings more than today's."),
        "up",
    ),
    found(
        "revenue_forecast",
        "money",
        msg("Revenue forecast"),
        msg("Revenue to be expected in the flight under the proposed plan, chance of single weeks included."),
        "up",
    ),
)
