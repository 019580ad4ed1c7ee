"""Upright columns in their natural order."""

from __future__ import annotations

import math

from helpers.catalogue.samples.material import EURO, HARD_NAMES, caption
from helpers.stages.parts import Bar, Columns, Measure
from helpers.wording import Name

_TITLE = caption("Sundays sell best", "Mean trading day = one")
_WEEK = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _around(names: tuple[str, ...], *values: float, reach: float = 0.1) -> tuple[Bar, ...]:
    return tuple(
        Bar(Name(name), value, value - 1.2 * reach, value + reach) for name, value in zip(names, values, strict=True)
    )


SAMPLES = {
    "typical": Columns(_TITLE, Measure("index"), _around(_WEEK, 0.81, 0.9, 0.95, 1.0, 1.04, 1.1, 1.32), base=1.0),
    "hard names": Columns(_TITLE, EURO, tuple(Bar(Name(name), 900 - 60 * at) for at, name in enumerate(HARD_NAMES))),
    "months from zero": Columns(
        _TITLE, EURO, _around(_MONTHS, *(80_000 + 9_000 * math.sin(at) for at in range(12)), reach=6_000)
    ),
    "each scenario": Columns(
        _TITLE,
        EURO,
        (
            Bar(Name("Jan"), 610, role="previous"),
            Bar(Name("Feb"), 720),
            Bar(Name("Mar"), 680, role="plan"),
            Bar(Name("Apr"), 750, 690, 830, role="forecast"),
        ),
    ),
    "one value": Columns(_TITLE, Measure("index"), _around(("Mon",), 1.1), base=1.0),
    "many": Columns(
        _TITLE, Measure("count"), tuple(Bar(Name(f"{at}:00"), 40 + 30 * math.sin(at / 4)) for at in range(24))
    ),
    "gaps": Columns(
        _TITLE, Measure("index"), (Bar(Name("Mon"), 1.2), Bar(Name("Tue"), math.nan), Bar(Name("Wed"), 0.7)), base=1.0
    ),
    "nothing known": Columns(_TITLE, Measure("index"), (Bar(Name("Mon"), math.nan), Bar(Name("Tue"), math.nan)), 1.0),
    "negative": Columns(_TITLE, Measure("share"), _around(_WEEK, -0.4, -0.1, 0.02, 0.3, -0.2, 0.1, -0.05, reach=0.03)),
}
