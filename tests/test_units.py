"""Periods are calendar periods, intervals hold what lies inside."""

from __future__ import annotations

from datetime import date

import pytest

from helpers.units import Interval, Period, Quantity


def period(start: str, end: str) -> Period:
    return Period(date.fromisoformat(start), date.fromisoformat(end))


@pytest.mark.parametrize(
    ("of", "before"),
    [
        (period("2026-10-01", "2026-10-31"), period("2026-09-01", "2026-09-30")),
        (period("2026-03-01", "2026-03-31"), period("2026-02-01", "2026-02-28")),
        (period("2026-01-01", "2026-03-31"), period("2025-10-01", "2025-12-31")),
        (period("2026-01-01", "2026-12-31"), period("2025-01-01", "2025-12-31")),
        (period("2026-10-05", "2026-10-11"), period("2026-09-28", "2026-10-04")),
    ],
)
def test_the_period_before_is_of_the_same_kind(of: Period, before: Period) -> None:
    assert of.previous() == before


@pytest.mark.parametrize(
    ("of", "after"),
    [
        (period("2026-10-01", "2026-10-31"), period("2026-11-01", "2026-11-30")),
        (period("2024-01-01", "2024-01-31"), period("2024-02-01", "2024-02-29")),
        (period("2026-07-01", "2026-12-31"), period("2027-01-01", "2027-06-30")),
        (period("2026-10-05", "2026-10-11"), period("2026-10-12", "2026-10-18")),
    ],
)
def test_the_period_after_is_of_the_same_kind(of: Period, after: Period) -> None:
    assert of.following() == after


@pytest.mark.parametrize(
    ("of", "a_year_before"),
    [
        (period("2026-10-01", "2026-10-31"), period("2025-10-01", "2025-10-31")),
        (period("2024-02-01", "2024-02-29"), period("2023-02-01", "2023-02-28")),
        (period("2025-02-01", "2025-02-28"), period("2024-02-01", "2024-02-29")),
        (period("2024-02-29", "2024-03-03"), period("2023-02-28", "2023-03-03")),
        (period("2025-12-01", "2025-12-31"), period("2024-12-01", "2024-12-31")),
    ],
)
def test_a_year_before_keeps_whole_months_whole(of: Period, a_year_before: Period) -> None:
    assert of.year_before() == a_year_before


def test_a_period_holds_both_of_its_ends() -> None:
    october = period("2026-10-01", "2026-10-31")

    assert october.days == 31
    assert october.holds(date(2026, 10, 1))
    assert october.holds(date(2026, 10, 31))
    assert not october.holds(date(2026, 11, 1))


def test_an_interval_holds_its_ends() -> None:
    assert Interval(1.0, 2.0).holds(1.0)
    assert not Interval(1.0, 2.0).holds(2.1)


def test_a_number_that_is_not_finite_is_unknown() -> None:
    assert not Quantity(float("nan")).is_known
    assert not Quantity(float("inf")).is_known
    assert Quantity(0.0).is_known
