"""What analyses find, whatever the stage."""

from __future__ import annotations

from helpers.kpis.model import found
from helpers.wording import msg

METRICS = (
    found("change", "share", msg("Change"), msg("Relative change against what it is compared to."), signed=True),
    found(
        "restated",
        "count",
        msg("Restated"),
        msg("What a newer export says of facts that an earlier one stated otherwise; in the unit of what is restated."),
        is_plain=True,
    ),
    found("targets_met", "count", msg("Targets met"), msg("How many of the targets are met.")),
    found("items", "count", msg("Number"), msg("How many there are."), is_plain=True),
    found(
        "affected_share",
        "share",
        msg("Share affected"),
        msg("Part of the data that a finding on their quality concerns."),
        is_plain=True,
    ),
    found(
        "trend",
        "share",
        msg("Trend"),
        msg("Growth in a year, seasons taken out where the history allows."),
        "up",
        signed=True,
    ),
    found("weekday_index", "index", msg("Weekday index"), msg("A weekday's trading day against the mean trading day.")),
    found("level_shift", "date", msg("Level shift"), msg("Day from which a series runs on another level.")),
    found(
        "overclaim",
        "ratio",
        msg("Claim ratio"),
        msg("Conversions that the platforms claim, for each order of the ledger."),
    ),
    found(
        "maturity",
        "share",
        msg("Maturity"),
        msg("Conversions that the exports hold so far, as a share of those that will be counted in the end."),
    ),
    found("spend_share", "share", msg("Share of spend"), msg("Spend as a share of the client's whole spend.")),
    found(
        "zero_result_spend_share",
        "share",
        msg("Spend without result"),
        msg("Share of the spend that went to ads without a conversion in the whole period."),
        "down",
    ),
    found(
        "ledger_gap_low",
        "count",
        msg("Claimed twice or unreal, at least"),
        msg("Claims that cannot be orders of their own because there are not enough orders."),
    ),
    found(
        "ledger_gap_high",
        "count",
        msg("Claimed twice or unreal, at most"),
        msg("Claims that would be double if the platforms' claims overlapped as much as they can."),
    ),
    found("fatigue", "ratio", msg("Fatigue"), msg("Click rate now against the start, neighbours taken into account.")),
    found(
        "contribution_to_change",
        "money",
        msg("Contribution"),
        msg("Part of a change that one factor brought about."),
        signed=True,
    ),
    found("conversion_rate", "share", msg("Rate"), msg("Share of the units of a variant with the outcome.")),
    found("mean", "ratio", msg("Mean"), msg("Mean over the units of a variant.")),
    found(
        "difference",
        "points",
        msg("Difference"),
        msg("Variant less control; of rates, in percentage points."),
        signed=True,
    ),
    found("lift", "share", msg("Lift"), msg("Difference as a share of the control."), signed=True),
    found("p_value", "parameter", msg("p-value"), msg("How often chance alone would show at least such a difference.")),
)
