"""Horizontal bars."""

from __future__ import annotations

import math

from helpers.catalogue.samples.material import EURO, caption, hard_bars
from helpers.stages.parts import Bar, Bars, Measure
from helpers.wording import Message, Name

_TITLE = caption("Search earns most for each euro", "Revenue for each euro spent, by campaign")
_SPEND = caption("Meta takes half of the spend", "Spend by platform, in euros")


def _plain(*values: float) -> tuple[Bar, ...]:
    return tuple(Bar(Name(f"Campaign {at}"), value) for at, value in enumerate(values, 1))


SAMPLES = {
    "typical": Bars(
        _TITLE,
        Measure("ratio"),
        (
            Bar(Name("Brand_Search_ES"), 6.42, 5.1, 7.9, 5.0, "better"),
            Bar(Name("ES_2026_Q4_Meta_Prospecting_Lookalike_180d_Video"), 3.2, 2.9, 3.5, 4.0, "worse"),
            Bar(Name("Cupón $10 o $20 para nuevos"), 2.1, 1.2, 3.1, 3.0, "not_shown"),
            Bar(Name("Retargeting"), 0.4, 0.1, 1.2, 3.0, "not_enough_data"),
        ),
        Message("plan"),
    ),
    "hard names": Bars(_TITLE, Measure("ratio"), hard_bars(), Message("plan")),
    "against the period before": Bars(
        _SPEND,
        EURO,
        (Bar(Name("Meta Ads"), 12_400, reference=9_800), Bar(Name("Google Ads"), 8_200, reference=8_900)),
        Message("period before"),
        "previous",
    ),
    "a plan beside what is": Bars(
        _SPEND,
        EURO,
        (
            Bar(Name("Meta Ads"), 12_400, reference=9_800, role="plan"),
            Bar(Name("Google Ads"), 8_200, reference=8_900, role="plan"),
        ),
        Message("as now"),
        "actual",
    ),
    "each scenario": Bars(
        _SPEND,
        EURO,
        (
            Bar(Message("this period"), 12_400),
            Bar(Message("period before"), 9_800, role="previous"),
            Bar(Message("plan"), 11_000, role="plan"),
            Bar(Message("Forecast"), 13_100, 11_900, 14_600, role="forecast"),
        ),
    ),
    "one value": Bars(_TITLE, Measure("count"), _plain(7)),
    "many rows": Bars(_TITLE, EURO, _plain(*(98_000 / (at + 1) for at in range(40)))),
    "gaps": Bars(_TITLE, EURO, _plain(620, math.nan, 180, math.nan)),
    "nothing known": Bars(_TITLE, EURO, _plain(math.nan, math.nan)),
    "nothing but zero": Bars(_TITLE, EURO, _plain(0, 0)),
    "negative": Bars(
        _TITLE,
        Measure("share"),
        (
            Bar(Name("Meta Ads"), -0.42, -0.6, -0.2, -0.5, "worse"),
            Bar(Name("Google Ads"), 0.031, -0.02, 0.08, 0.05, "not_shown"),
            Bar(Name("TikTok"), -0.0007, -0.001, 0.0, -0.3),
        ),
        Message("target"),
    ),
    "far apart": Bars(_TITLE, Measure("money", "MXN"), _plain(1_987_654_321, 12_345, 0.02)),
}
