"""How far apart two midnights are, with summer time."""

from __future__ import annotations

from datetime import date

import pytest

from helpers.quality.clock import hours_apart
from helpers.units import Period

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
JANUARY = Period(date(2026, 1, 1), date(2026, 1, 31))


@pytest.mark.parametrize(
    ("zone", "own", "days", "hours"),
    [
        ("UTC", "Europe/Madrid", JANUARY, 1),
        ("UTC", "Europe/Madrid", YEAR, 2),  # summer time from March to October
        ("America/New_York", "Europe/Madrid", JANUARY, 6),
        ("Asia/Kolkata", "UTC", YEAR, 5.5),
        ("Europe/Paris", "Europe/Madrid", YEAR, 0),
        ("UTC+01:00", "Europe/Madrid", YEAR, 0),  # so platforms name that zone in summer too
        ("UTC-05:00", "Europe/Madrid", YEAR, 6),
        ("America/Mexico_City", "America/Lima", YEAR, 1),
    ],
)
def test_hours_between_two_midnights_at_most(zone: str, own: str, days: Period, hours: float) -> None:
    assert hours_apart(zone, own, days) == hours
