"""Weeks are whole, and hold what the days of the exports hold."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from tests.stages.conftest import ads, canonical, every_day, on_day, orders

from helpers.kpis import prepare_ads
from helpers.stages.sales import sales
from helpers.stages.strategy.weekly import Weekly, by_week
from helpers.units import Period

META, SEARCH = ((("platform", "meta"),), (("platform", "google_ads"),))
# 28 September 2026 is a Monday.
SPAN = Period(date(2026, 9, 30), date(2026, 10, 21))
WEEKS = Period(date(2026, 10, 5), date(2026, 10, 18))


def weeks(
    rows: list[dict[str, object]], ledger: list[dict[str, object]] | None = None, **given: object
) -> Weekly | None:
    sold = sales(orders(ledger or []), canonical("order_lines", []), canonical("series", given.get("series", [])))
    return by_week(prepare_ads(ads(rows)), sold, [META, SEARCH], Period(date(2026, 9, 1), date(2026, 10, 31)))


def days(platform: str, spend: float, period: Period = SPAN, **more: float) -> list[dict[str, object]]:
    return every_day(period, platform=platform, spend=spend, **more)


def order(day: date, revenue: float) -> dict[str, object]:
    return {"order_id": f"{day}-{revenue}", "ordered_at": day.isoformat(), "revenue": revenue}


def test_only_whole_weeks_between_the_first_and_the_last_day_count() -> None:
    found = weeks([*days("meta", 10.0), *days("google_ads", 4.0)])

    assert found is not None
    assert found.period == WEEKS
    assert found.spend.to_numpy().tolist() == [[70.0, 28.0], [70.0, 28.0]]
    assert found.recent.tolist() == [70.0, 28.0]


def test_what_lies_after_the_period_does_not_count() -> None:
    long = Period(SPAN.start, date(2026, 12, 31))

    found = weeks(days("meta", 10.0, long))

    assert found is not None
    assert found.period.end == date(2026, 10, 25)


def test_a_channel_that_never_spent_is_left_out() -> None:
    found = weeks([*days("meta", 10.0), *days("google_ads", 0.0)])

    assert found is not None
    assert found.scopes == (META,)


def test_sales_are_known_for_the_weeks_that_the_ledger_covers() -> None:
    ledger = [order(date(2026, 10, 12), 50.0), order(date(2026, 10, 14), 30.0), order(date(2026, 10, 20), 9.0)]

    found = weeks(days("meta", 10.0), ledger)

    assert found is not None
    assert np.isnan(found.sales.iloc[0])
    assert found.sales.iloc[1] == 80.0
    assert found.known_weeks == 1


def test_without_a_ledger_no_sales_are_known() -> None:
    found = weeks(days("meta", 10.0))

    assert found is not None
    assert found.known_weeks == 0


def test_weekly_exports_keep_their_own_first_day_of_the_week() -> None:
    sundays = [date(2026, 10, 4) + timedelta(days=7 * n) for n in range(3)]

    found = weeks(
        [on_day(day, platform="meta", spend=100.0) for day in sundays],
        series=[{"at": day.isoformat(), "name": "revenue", "value": 900.0 + n} for n, day in enumerate(sundays)],
    )

    assert found is not None
    assert [day.date() for day in found.spend.index] == sundays
    assert found.spend[0].tolist() == [100.0] * 3
    assert found.sales.tolist() == [900.0, 901.0, 902.0]


def test_figures_of_a_month_say_nothing_of_its_weeks() -> None:
    month = on_day(date(2026, 10, 1), platform="meta", spend=900.0) | {
        "period_end": "2026-10-31",
        "period_grain": "range",
    }

    assert weeks([month]) is None


def test_the_claimed_return_is_a_ratio_of_sums() -> None:
    rich, poor = Period(SPAN.start, SPAN.start), Period(SPAN.start + timedelta(days=1), SPAN.end)

    found = weeks(
        [
            *days("meta", 100.0, rich, conversion_value=900.0),
            *days("meta", 10.0, poor, conversion_value=10.0),
            *days("google_ads", 5.0),
        ]
    )

    assert found is not None
    assert found.attributed == (pytest.approx((900 + 21 * 10) / (100 + 21 * 10)), None)
    assert found.platforms == ("meta", "google_ads")
