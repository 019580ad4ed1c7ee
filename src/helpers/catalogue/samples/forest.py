"""Estimates with their intervals."""

from __future__ import annotations

import math

from helpers.catalogue.samples.material import EURO, caption, hard_bars
from helpers.stages.parts import Bar, Forest, Measure
from helpers.wording import Name

_TITLE = caption("Only the gate at level forty costs retention", "Difference to control")

SAMPLES = {
    "typical": Forest(
        _TITLE,
        Measure("share"),
        (
            Bar(Name("retention_1"), -0.0059, -0.0119, 0.0001, verdict="not_shown"),
            Bar(Name("retention_7"), -0.0082, -0.0133, -0.0031, verdict="worse"),
            Bar(Name("revenue_per_user_of_the_first_days_after_install"), 0.012, 0.002, 0.021, verdict="better"),
        ),
    ),
    "hard names": Forest(_TITLE, Measure("points"), hard_bars(-0.4)),
    "one estimate": Forest(_TITLE, EURO, (Bar(Name("iROAS"), 2.4, 1.1, 3.9),), no_effect=1.0),
    "gaps": Forest(
        _TITLE,
        EURO,
        (Bar(Name("Segment A"), 120, 90, 160), Bar(Name("Segment B"), math.nan), Bar(Name("Segment C"), 310)),
        no_effect=150,
    ),
    "nothing known": Forest(_TITLE, EURO, (Bar(Name("Segment A"), math.nan), Bar(Name("Segment B"), math.nan))),
    "many rows": Forest(
        _TITLE,
        Measure("share"),
        tuple(
            Bar(Name(f"Format {at}"), math.sin(at) / 9, math.sin(at) / 9 - 0.05, math.sin(at) / 9 + 0.05)
            for at in range(30)
        ),
    ),
    "far from no effect": Forest(_TITLE, Measure("count"), (Bar(Name("A"), 98_210, 97_100, 99_400),)),
}
