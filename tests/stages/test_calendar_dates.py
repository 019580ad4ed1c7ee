"""Days that people plan purchases around, against the calendars of years that are known."""

from __future__ import annotations

from datetime import date

import pytest

from helpers.stages import calendar_dates
from helpers.units import Period


def named(country: str, year: int) -> dict[str, calendar_dates.Occasion]:
    found = calendar_dates.occasions(country, Period(date(year, 1, 1), date(year, 12, 31)))
    return {one.name: one for one in found}


@pytest.mark.parametrize(
    ("country", "year", "name", "day"),
    [
        ("ES", 2026, "Black Friday", date(2026, 11, 27)),
        ("ES", 2026, "Cyber Monday", date(2026, 11, 30)),
        ("ES", 2027, "Día de la Madre", date(2027, 5, 2)),
        ("ES", 2026, "Inmaculada Concepción", date(2026, 12, 8)),
        ("MX", 2025, "Hot Sale", date(2025, 5, 26)),
        ("MX", 2023, "Hot Sale", date(2023, 5, 29)),
        ("MX", 2024, "El Buen Fin", date(2024, 11, 15)),
        ("MX", 2026, "Día de las Madres", date(2026, 5, 10)),
        ("AR", 2024, "Hot Sale", date(2024, 5, 13)),
        ("AR", 2025, "CyberMonday", date(2025, 11, 3)),
        ("AR", 2026, "Día de la Madre", date(2026, 10, 18)),
        ("CL", 2024, "CyberDay", date(2024, 6, 3)),
        ("CL", 2025, "CyberMonday", date(2025, 10, 6)),
        ("CO", 2026, "Día del Amor y la Amistad", date(2026, 9, 19)),
        ("US", 2026, "Mother's Day", date(2026, 5, 10)),
        ("GB", 2026, "Mother's Day", date(2026, 3, 15)),
        ("GB", 2025, "Mother's Day", date(2025, 3, 30)),
    ],
)
def test_a_date_falls_where_it_fell(country: str, year: int, name: str, day: date) -> None:
    assert named(country, year)[name].day == day


@pytest.mark.parametrize(
    "easter",
    [date(2000, 4, 23), date(2019, 4, 21), date(2024, 3, 31), date(2025, 4, 20), date(2026, 4, 5), date(2038, 4, 25)],
)
def test_easter_falls_where_the_church_has_it(easter: date) -> None:
    assert calendar_dates.easter(easter.year) == easter


def test_dates_that_are_set_anew_each_year_are_only_expected() -> None:
    hot_sale = named("MX", 2026)["Hot Sale"]

    assert (hot_sale.kind, (hot_sale.end - hot_sale.day).days) == ("trade_expected", 8)
    assert named("MX", 2026)["Black Friday"].kind == "trade"


def test_occasions_are_those_of_the_days_asked_for_in_order_across_a_turn_of_the_year() -> None:
    found = calendar_dates.occasions("ES", Period(date(2026, 12, 24), date(2027, 1, 7)))

    assert [one.day for one in found] == sorted(one.day for one in found)
    assert (found[0].name, found[-1].name) == ("Nochebuena", "Rebajas de invierno")


def test_a_holiday_that_is_a_date_of_the_trade_stands_once() -> None:
    days = [one.day for one in named("CO", 2026).values()]

    assert len(days) == len(set(days))


def test_a_country_without_dates_of_its_own_has_its_holidays() -> None:
    assert {one.kind for one in named("FR", 2026).values()} == {"holiday"}
    assert not calendar_dates.is_known("XX")
