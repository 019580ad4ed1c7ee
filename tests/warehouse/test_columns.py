"""Values of a driver become text that keeps what tells them apart."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from helpers.warehouse.columns import Column

MADRID = ZoneInfo("Europe/Madrid")


def test_the_two_moments_of_an_hour_that_comes_twice_stay_two() -> None:
    column = Column("v", ZoneInfo("America/Bogota"), "salt")
    summer, winter = (datetime(2026, 10, 25, 2, 30, tzinfo=MADRID, fold=fold) for fold in (0, 1))

    taken = column.take([summer, winter, None, summer])

    # Half past two is half past midnight in Greenwich by summer time, and half past one by winter time.
    first, second = "2026-10-25 00:30:00|2026-10-24 19:30:00", "2026-10-25 01:30:00|2026-10-24 20:30:00"
    assert taken == [first, second, None, first]


def test_one_and_true_are_two_values() -> None:
    assert Column("v", MADRID, "salt").take([1, True, 1]) == ["1", "true", "1"]
    assert Column("v", MADRID, "salt").take([True, 1, True]) == ["true", "1", "true"]
