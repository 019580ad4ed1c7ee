"""One hand-made part for each chart, with what is hard to draw: long names, gaps, intervals, verdicts."""

from __future__ import annotations

import math
from datetime import date, timedelta

import pytest

from helpers.stages.parts import (
    Bar,
    Bars,
    Caption,
    Columns,
    Curve,
    Curves,
    Forest,
    Funnel,
    Line,
    Mark,
    Measure,
    Timeline,
    Waterfall,
)
from helpers.wording import Message, Name, msg

EURO = Measure("money", "EUR")
DAYS = tuple(date(2026, 10, 1) + timedelta(days=n) for n in range(31))


def _caption(title: str, subtitle: str) -> Caption:
    return Caption(Message(title), Message(subtitle), Message("Source: the exports of the client."))


def _wave(level: float, swing: float, turn: float) -> tuple[float, ...]:
    return tuple(level + swing * math.sin(n / 3 + turn) + 6 * n for n in range(31))


def parts() -> dict[str, object]:
    """Every chart by name with a part that it draws."""
    gap = (*_wave(820, 160, 0)[:12], math.nan, math.nan, *_wave(820, 160, 0)[14:])
    return {
        "timeline": Timeline(
            _caption("Revenue held its level through October", "Revenue a day, in euros"),
            EURO,
            (
                Line(msg("This period"), DAYS, gap),
                Line(msg("Previous period"), DAYS, _wave(700, 120, 1), role="previous"),
                Line(
                    msg("Forecast"),
                    DAYS[20:],
                    _wave(900, 90, 2)[20:],
                    role="forecast",
                    low=tuple(v - 120 for v in _wave(900, 90, 2)[20:]),
                    high=tuple(v + 120 for v in _wave(900, 90, 2)[20:]),
                ),
            ),
            (
                Mark(date(2026, 10, 9), date(2026, 10, 12), msg("Tracking outage")),
                Mark(date(2026, 10, 13), date(2026, 10, 13), Name("Promo 10 — Black Week teaser for members only")),
            ),
        ),
        "bars": Bars(
            _caption("Search earns most for each euro", "Revenue for each euro spent, by campaign"),
            Measure("ratio"),
            (
                Bar(Name("Brand_Search_ES"), 6.42, 5.1, 7.9, 5.0, "better"),
                Bar(
                    Name("ES_2026_Q4_Meta_Prospecting_Lookalike_Purchasers_180d_Video_Story"),
                    3.2,
                    2.9,
                    3.5,
                    4.0,
                    "worse",
                ),
                Bar(Name("Cupón $10 o $20 para nuevos"), 2.1, 1.2, 3.1, 3.0, "not_shown"),
                Bar(Name("Retargeting"), 0.4, 0.1, 1.2, 3.0, "not_enough_data"),
            ),
            msg("Plan"),
        ),
        "columns": Columns(
            _caption("Sundays sell best", "Mean trading day = one"),
            Measure("index"),
            tuple(
                Bar(Name(name), value, value - 0.12, value + 0.1)
                for name, value in zip(
                    ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
                    (0.81, 0.9, 0.95, 1.0, 1.04, 1.1, 1.32),
                    strict=True,
                )
            ),
            base=1.0,
        ),
        "waterfall": Waterfall(
            _caption("Dearer impressions cost most of the gain", "Conversion value in euros, by factor"),
            EURO,
            Bar(msg("Previous period"), 88_000),
            (
                Bar(msg("Spend"), 6_400, verdict="better"),
                Bar(msg("CPM"), -4_100, verdict="worse"),
                Bar(msg("CTR"), 1_250, verdict="not_shown"),
                Bar(msg("Average order value"), -900, verdict="worse"),
            ),
            Bar(msg("This period"), 90_650),
        ),
        "funnel": Funnel(
            _caption("Half of the carts are left", "People at each step, by platform"),
            (
                (
                    Name("Meta"),
                    (
                        Bar(msg("Impressions"), 2_804_113),
                        Bar(msg("Link clicks"), 34_020),
                        Bar(msg("Adds to cart"), 2_310),
                        Bar(msg("Conversions"), 940),
                    ),
                ),
                (
                    Name("Google Ads"),
                    (Bar(msg("Impressions"), 640_220), Bar(msg("Clicks"), 21_004), Bar(msg("Conversions"), 812)),
                ),
            ),
        ),
        "curves": Curves(
            _caption("TikTok brings most with one more euro", "Weekly revenue by weekly spend"),
            EURO,
            EURO,
            tuple(
                Curve(
                    label,
                    tuple(range(0, 1501, 150)),
                    tuple(top * spend / (spend + 400) for spend in range(0, 1501, 150)),
                    tuple(0.8 * top * spend / (spend + 500) for spend in range(0, 1501, 150)),
                    tuple(1.2 * top * spend / (spend + 300) for spend in range(0, 1501, 150)),
                    now,
                    planned,
                )
                for label, top, now, planned in (
                    (Name("Meta Ads"), 2600, 980, 810),
                    (Name("Google Ads"), 1900, 670, 670),
                    (Name("A channel with a very long name of its own"), 1700, 370, 540),
                )
            ),
        ),
        "forest": Forest(
            _caption("Only the gate at level forty costs retention", "Difference to control, in percentage points"),
            Measure("share"),
            (
                Bar(Name("retention_1"), -0.0059, -0.0119, 0.0001, verdict="not_shown"),
                Bar(Name("retention_7"), -0.0082, -0.0133, -0.0031, verdict="worse"),
                Bar(
                    Name("revenue_per_user_of_the_first_fourteen_days_after_install"),
                    0.012,
                    0.002,
                    0.021,
                    verdict="better",
                ),
            ),
        ),
    }


@pytest.fixture(scope="session", name="parts")
def _parts() -> dict[str, object]:
    return parts()
