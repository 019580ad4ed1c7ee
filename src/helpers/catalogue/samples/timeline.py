"""Values over time."""

from __future__ import annotations

import math
from datetime import date, timedelta

from helpers.catalogue.samples.material import EURO, HARD_NAMES, caption
from helpers.stages.parts import Line, Mark, Measure, Role, Timeline
from helpers.wording import Message, Name

_TITLE = caption("Revenue held its level through October", "Revenue a day, in euros")


def _days(count: int, first: date = date(2026, 10, 1)) -> tuple[date, ...]:
    return tuple(first + timedelta(days=at) for at in range(count))


def _wave(count: int, level: float, swing: float, turn: float = 0.0) -> tuple[float, ...]:
    return tuple(level + swing * math.sin(at / 3 + turn) + level / 140 * at for at in range(count))


def _line(label: Message | Name, count: int, level: float, role: Role = "actual") -> Line:
    return Line(label, _days(count), _wave(count, level, level / 5, level), role)


def _forecast() -> Line:
    values = _wave(31, 900, 90, 2)[20:]
    low, high = tuple(value - 120 for value in values), tuple(value + 120 for value in values)
    return Line(Message("Forecast"), _days(31)[20:], values, "forecast", low, high)


def _with_gap(values: tuple[float, ...]) -> tuple[float, ...]:
    return (*values[:12], math.nan, math.nan, values[14], math.nan, *values[16:])


_MARKS = (
    Mark(date(2026, 10, 9), date(2026, 10, 12), Message("new level")),
    Mark(date(2026, 10, 13), date(2026, 10, 13), Name("Promo 10 — Black Week teaser for members only")),
)

SAMPLES = {
    "typical": Timeline(
        _TITLE,
        EURO,
        (
            Line(Message("this period"), _days(21), _with_gap(_wave(21, 820, 160))),
            _line(Message("period before"), 31, 700, "previous"),
            _forecast(),
        ),
        _MARKS,
    ),
    "each scenario": Timeline(
        _TITLE,
        EURO,
        (
            Line(Message("this period"), _days(21), _wave(21, 820, 160)),
            _line(Message("period before"), 31, 600, "previous"),
            _line(Message("plan"), 31, 1_000, "plan"),
            _forecast(),
        ),
    ),
    "several clients of one scale": Timeline(
        _TITLE, Measure("count"), tuple(_line(Name(f"Platform {at}"), 31, 100.0 + 2 * at) for at in range(4))
    ),
    "hard names": Timeline(
        _TITLE,
        Measure("index"),
        tuple(_line(Name(name), 31, 60.0 + 12 * at) for at, name in enumerate(HARD_NAMES[5:9])),
        tuple(Mark(day, day, Name(name)) for day, name in zip(_days(26)[::2], HARD_NAMES, strict=True)),
    ),
    "one point": Timeline(_TITLE, EURO, (Line(Message("this period"), _days(1), (820.0,)),)),
    "nothing known": Timeline(_TITLE, EURO, (Line(Message("this period"), _days(9), (math.nan,) * 9),)),
    "a flat line": Timeline(_TITLE, Measure("share"), (Line(Message("this period"), _days(31), (0.031,) * 31),)),
    "negative": Timeline(_TITLE, Measure("share"), (Line(Message("this period"), _days(31), _wave(31, -0.05, 0.2)),)),
    "large amounts": Timeline(
        _TITLE,
        Measure("money", "MXN"),
        (
            Line(Message("this period"), _days(31), _wave(31, 987_654_321, 2e8)),
            _line(Message("period before"), 31, 887_654_321, "previous"),
        ),
    ),
    "three years by week": Timeline(
        _TITLE,
        EURO,
        (Line(Message("this period"), _days(1_092, date(2023, 11, 6))[::7], _wave(156, 6_000, 900)),),
    ),
    "years of days": Timeline(
        _TITLE,
        EURO,
        (
            Line(
                Message("this period"),
                _days(3_000, date(2018, 8, 14)),
                tuple(math.sin(at) + at % 7 for at in range(3_000)),
            ),
        ),
    ),
}
