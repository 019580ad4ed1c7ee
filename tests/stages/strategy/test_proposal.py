"""A plan spends its budget to the cent, on the days that sell, in the flight that follows."""

from __future__ import annotations

import math
from datetime import date, timedelta

import numpy as np
import pytest
from tests.stages.conftest import canonical, orders

from helpers.stages.sales import sales
from helpers.stages.strategy import proposal
from helpers.stages.strategy.proposal import Place
from helpers.units import Period

META, VIDEO = Place((("platform", "meta"),), "meta", "1"), Place((("channel", "video"),), "other")
NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))


@pytest.mark.parametrize(
    ("period", "flight"),
    [
        (("2026-10-01", "2026-10-31"), ("2026-11-01", "2026-11-30")),
        (("2027-12-01", "2027-12-31"), ("2028-01-01", "2028-01-31")),
        (("2028-01-01", "2028-01-31"), ("2028-02-01", "2028-02-29")),
        (("2026-07-01", "2026-09-30"), ("2026-10-01", "2026-12-31")),
        (("2026-01-01", "2026-12-31"), ("2027-01-01", "2027-12-31")),
        # Three years, some days, a week: a plan is made for the month after.
        (("2024-01-01", "2026-12-31"), ("2027-01-01", "2027-01-31")),
        (("2018-04-02", "2021-08-30"), ("2021-09-01", "2021-09-30")),
        (("2026-10-05", "2026-10-11"), ("2026-11-01", "2026-11-30")),
    ],
)
def test_the_flight_follows_the_period(period: tuple[str, str], flight: tuple[str, str]) -> None:
    assert proposal.flight_after(Period(*map(date.fromisoformat, period))) == Period(*map(date.fromisoformat, flight))


def test_budgets_are_whole_units_that_add_up() -> None:
    # 700 and 351.4 a week over thirty days: 3000 and 1506; together 4506.
    assert proposal.budgets(np.array([700.0, 351.4]), 30) == [3000.0, 1506.0]
    assert proposal.budgets(np.array([1.0, 0.5]), 7) == [1.0, 0.5]
    thirds = proposal.budgets(np.array([1000 / 3] * 3), 7)
    assert sum(thirds) == 1000
    assert all(amount.is_integer() for amount in thirds)


def test_lines_name_channel_platform_and_persona_and_channels_without_money_get_none() -> None:
    plan = proposal.propose(NOVEMBER, "EUR", [META, VIDEO], [900.0, 100.0], None)
    alone = proposal.propose(NOVEMBER, "EUR", [META, VIDEO], [900.0, 0.0], None)

    assert [(line.line, line.platform, line.channel, line.persona) for line in plan.lines] == [
        ("meta", "meta", None, "1"),
        ("video", "other", "video", None),
    ]
    assert (plan.flight, plan.status, plan.budget) == ("2026-11", "proposed", 1000.0)
    assert [line.line for line in alone.lines] == ["meta"]


def test_days_that_sell_twice_as_much_get_twice_as_much() -> None:
    start = date(2026, 8, 3)
    days = [start + timedelta(days=n) for n in range(70)]
    ledger = [
        {"order_id": str(n), "ordered_at": day.isoformat(), "revenue": 200.0 if day.weekday() == 5 else 100.0}
        for n, day in enumerate(days)
    ]
    sold = sales(orders(ledger), canonical("order_lines", []), canonical("series", []))

    curve = proposal.daily_curve(NOVEMBER, sold, date(2026, 10, 31))

    assert curve is not None
    assert math.fsum(curve.values()) == pytest.approx(1, abs=1e-9)
    # November 2026 has four Saturdays and twenty-six other days.
    # Shares have six decimals; the heaviest day takes what thirty roundings leave.
    rounding = 30 * 0.5e-6
    assert curve[date(2026, 11, 7)] == pytest.approx(2 / (4 * 2 + 26), abs=rounding)
    assert curve[date(2026, 11, 9)] == pytest.approx(1 / (4 * 2 + 26), abs=rounding)


def test_without_days_of_sales_the_money_is_spread_evenly() -> None:
    assert proposal.daily_curve(NOVEMBER, None, date(2026, 10, 31)) is None


def test_the_weeks_of_a_plan_add_up_to_its_budget_to_the_cent() -> None:
    plan = proposal.propose(NOVEMBER, "EUR", [META, VIDEO], [1000.01, 99.99], None)

    weeks = proposal.by_calendar_week(plan)

    # 1 November 2026 is a Sunday, the 30th a Monday.
    assert [week.days for week, _ in weeks] == [1, 7, 7, 7, 7, 1]
    for line in plan.lines:
        assert math.fsum(amounts[line.line] for _, amounts in weeks) == pytest.approx(line.budget, abs=1e-9)


def test_spend_goes_on_before_and_after_the_flight() -> None:
    plan = proposal.propose(NOVEMBER, "EUR", [META], [600.0], None)

    # The history ends on Sunday 25 October; six weeks reach to 6 December.
    spend = proposal.spend_ahead(plan, [META], np.array([70.0]), Period(date(2026, 5, 4), date(2026, 10, 25)))

    assert spend[:, 0].tolist() == pytest.approx([6 * 10 + 20, 140, 140, 140, 140, 140])
