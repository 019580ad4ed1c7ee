"""A written period stands for these days, and has one name in folders."""

from __future__ import annotations

from datetime import date

import pytest

from helpers.clients import periods
from helpers.errors import UsageError
from helpers.units import Period

AS_OF = date(2026, 11, 5)
COVERED = Period(date(2025, 5, 1), date(2026, 10, 31))

# Weeks by hand: ISO week 41 of 2026 begins on Monday 5 October; 2026 has 53 weeks, the last from 28 December on.
DAYS = {
    "2026-10": ("2026-10-01", "2026-10-31"),
    "2026-12": ("2026-12-01", "2026-12-31"),
    "2028-02": ("2028-02-01", "2028-02-29"),
    "2026-Q1": ("2026-01-01", "2026-03-31"),
    "2026-Q3": ("2026-07-01", "2026-09-30"),
    "2026-q4": ("2026-10-01", "2026-12-31"),
    "2026-W41": ("2026-10-05", "2026-10-11"),
    "2026-W01": ("2025-12-29", "2026-01-04"),
    "2026-W53": ("2026-12-28", "2027-01-03"),
    "2026": ("2026-01-01", "2026-12-31"),
    "2026-10-01..2026-10-31": ("2026-10-01", "2026-10-31"),
    "2026-10-07..2026-10-07": ("2026-10-07", "2026-10-07"),
    "last-month": ("2026-10-01", "2026-10-31"),
    "Last-Month": ("2026-10-01", "2026-10-31"),
    "all": ("2025-05-01", "2026-10-31"),
    " 2026-10 ": ("2026-10-01", "2026-10-31"),
}


@pytest.mark.parametrize(("text", "days"), DAYS.items(), ids=DAYS)
def test_a_period_stands_for_its_days(text: str, days: tuple[str, str]) -> None:
    found = periods.parse(text, as_of=AS_OF, covered=COVERED)

    assert found.as_json() == {"start": days[0], "end": days[1]}


@pytest.mark.parametrize(
    "text",
    ["", "2026-13", "2026-00", "2026-Q5", "2027-W53", "2026-W00", "26-10", "2026-10-32..2026-11-01", "october",
     "2026-10-31..2026-10-01", "2026-10-01", "2026-10-01..", "2026-1", "last month", "0000", "9999999"],
)  # fmt: skip
def test_what_is_no_period_is_refused_with_the_forms_that_are(text: str) -> None:
    with pytest.raises(UsageError) as raised:
        periods.parse(text, as_of=AS_OF, covered=COVERED)

    assert "2026-Q3" in raised.value.next_step


def test_last_month_in_january_is_december_of_the_year_before() -> None:
    found = periods.parse("last-month", as_of=date(2027, 1, 1), covered=None)

    assert found == Period(date(2026, 12, 1), date(2026, 12, 31))


def test_all_of_data_without_dates_is_the_day_of_the_report() -> None:
    assert periods.parse("all", as_of=AS_OF, covered=None) == Period(AS_OF, AS_OF)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("2026-10", "2026-10"),
        ("2026-q3", "2026-Q3"),
        ("2026-w41", "2026-W41"),
        ("2026", "2026"),
        ("2026-10-01..2026-10-31", "2026-10-01..2026-10-31"),
        ("last-month", "2026-10"),
        ("ALL", "all"),
    ],
)
def test_a_period_has_one_name_in_folders(text: str, key: str) -> None:
    assert periods.key(text, as_of=AS_OF) == key


def test_last_month_has_no_name_as_long_as_the_day_is_not_known() -> None:
    assert periods.key("last-month", as_of=None) is None
    assert periods.key("2026-10", as_of=None) == "2026-10"


def test_every_name_can_be_read_again() -> None:
    for text in DAYS:
        key = periods.key(text, as_of=AS_OF)
        assert periods.parse(key, as_of=AS_OF, covered=COVERED) == periods.parse(text, as_of=AS_OF, covered=COVERED)
