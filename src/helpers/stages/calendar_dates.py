"""The days that move a trade: public holidays and the dates of shops, by country, worked out by rule.

Dates that an association sets anew each year (Hot Sale, Buen Fin, CyberDay) follow their usual rule and are marked as
expected.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import holidays

from helpers.units import Period

Kind = Literal["holiday", "trade", "trade_expected"]
Rule = Callable[[int], date]

LANGUAGES = {"ES": "es", "MX": "es", "AR": "es", "CL": "es", "CO": "es", "PE": "es", "US": "en_US", "GB": "en_GB"}
"""The language in which a country's holidays are named; others in the library's own choice."""


@dataclass(frozen=True)
class Occasion:
    """A day (or some days, from `day` to `end`) that people plan their purchases around."""

    day: date
    end: date
    name: str
    kind: Kind


@dataclass(frozen=True)
class _Trade:
    """A date of the trade: its name in the country, the rule for its first day, and how many days it lasts."""

    name: str
    rule: Rule
    days: int = 1
    is_expected: bool = False


def _on(month: int, day: int) -> Rule:
    return lambda year: date(year, month, day)


def _nth(count: int, weekday: int, month: int, *, days_later: int = 0) -> Rule:
    """The first, second … such weekday of a month (Monday is 0), or so many days after it."""

    def rule(year: int) -> date:
        first = date(year, month, 1)
        offset = (weekday - first.weekday()) % 7 + 7 * (count - 1)
        return first + timedelta(days=offset + days_later)

    return rule


def _last(weekday: int, month: int) -> Rule:
    def rule(year: int) -> date:
        end = date(year, month, calendar.monthrange(year, month)[1])
        return end - timedelta(days=(end.weekday() - weekday) % 7)

    return rule


def _from(weekday: int, month: int, day: int) -> Rule:
    """The first such weekday on or after a day of the year."""

    def rule(year: int) -> date:
        first = date(year, month, day)
        return first + timedelta(days=(weekday - first.weekday()) % 7)

    return rule


def _after_easter(days: int) -> Rule:
    return lambda year: easter(year) + timedelta(days=days)


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus, Astronomical Algorithms, 1991, chapter 8)."""
    century, rest = divmod(year, 100)
    golden = year % 19
    lunar = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - century // 4 - lunar + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


MON, TUE, WED, THU, FRI, SAT, SUN = range(7)
_THANKSGIVING = (4, THU, 11)
_BLACK_FRIDAY = _Trade("Black Friday", _nth(*_THANKSGIVING, days_later=1))
_CYBER_MONDAY = _Trade("Cyber Monday", _nth(*_THANKSGIVING, days_later=4))
_SINGLES = _Trade("11.11", _on(11, 11))
_VALENTINE = _Trade("San Valentín", _on(2, 14))
_HALLOWEEN = _Trade("Halloween", _on(10, 31))
_CHRISTMAS_EVE = _Trade("Nochebuena", _on(12, 24))
_KINGS = _Trade("Día de Reyes", _on(1, 6))
_MOTHERS_MAY = _Trade("Día de la Madre", _nth(2, SUN, 5))
_FATHERS_JUNE = _Trade("Día del Padre", _nth(3, SUN, 6))

TRADE: Mapping[str, tuple[_Trade, ...]] = {
    "ES": (
        _Trade("Noche de Reyes", _on(1, 5)),
        _Trade("Rebajas de invierno", _on(1, 7)),
        _VALENTINE,
        _Trade("Día del Padre", _on(3, 19)),
        _Trade("Sant Jordi", _on(4, 23)),
        _Trade("Día de la Madre", _nth(1, SUN, 5)),
        _Trade("Rebajas de verano", _on(7, 1)),
        _Trade("Vuelta al cole", _on(9, 1)),
        _HALLOWEEN,
        _SINGLES,
        _BLACK_FRIDAY,
        _CYBER_MONDAY,
        _CHRISTMAS_EVE,
    ),
    "MX": (
        _KINGS,
        _Trade("Día del Amor y la Amistad", _on(2, 14)),
        _Trade("Día del Niño", _on(4, 30)),
        _Trade("Día de las Madres", _on(5, 10)),
        _Trade("Hot Sale", _last(MON, 5), days=9, is_expected=True),
        _FATHERS_JUNE,
        _Trade("Día de Muertos", _on(11, 2)),
        _Trade("El Buen Fin", _nth(3, MON, 11, days_later=-3), days=4, is_expected=True),
        _BLACK_FRIDAY,
        _CYBER_MONDAY,
        _Trade("Día de la Virgen de Guadalupe", _on(12, 12)),
        _CHRISTMAS_EVE,
    ),
    "AR": (
        _KINGS,
        _VALENTINE,
        _Trade("Hot Sale", _from(MON, 5, 9), days=3, is_expected=True),
        _FATHERS_JUNE,
        _Trade("Día del Amigo", _on(7, 20)),
        _Trade("Día de las Infancias", _nth(3, SUN, 8)),
        _Trade("Día de la Madre", _nth(3, SUN, 10)),
        _Trade("CyberMonday", _nth(1, MON, 11), days=3, is_expected=True),
        _BLACK_FRIDAY,
        _CHRISTMAS_EVE,
    ),
    "CL": (
        _VALENTINE,
        _MOTHERS_MAY,
        _Trade("CyberDay", _from(MON, 5, 29), days=3, is_expected=True),
        _FATHERS_JUNE,
        _Trade("CyberMonday", _nth(1, MON, 10), days=3, is_expected=True),
        _BLACK_FRIDAY,
        _CHRISTMAS_EVE,
    ),
    "CO": (
        _MOTHERS_MAY,
        _FATHERS_JUNE,
        _Trade("Día del Amor y la Amistad", _nth(3, SAT, 9)),
        _HALLOWEEN,
        _BLACK_FRIDAY,
        _Trade("Ciberlunes", _nth(*_THANKSGIVING, days_later=4)),
        _Trade("Día de las Velitas", _on(12, 7)),
        _CHRISTMAS_EVE,
    ),
    "PE": (_VALENTINE, _MOTHERS_MAY, _FATHERS_JUNE, _HALLOWEEN, _BLACK_FRIDAY, _CYBER_MONDAY, _CHRISTMAS_EVE),
    "US": (
        _Trade("Super Bowl", _nth(2, SUN, 2), is_expected=True),
        _Trade("Valentine's Day", _on(2, 14)),
        _Trade("Mother's Day", _nth(2, SUN, 5)),
        _Trade("Father's Day", _nth(3, SUN, 6)),
        _HALLOWEEN,
        _BLACK_FRIDAY,
        _CYBER_MONDAY,
    ),
    "GB": (
        _Trade("Valentine's Day", _on(2, 14)),
        _Trade("Mother's Day", _after_easter(-21)),
        _Trade("Father's Day", _nth(3, SUN, 6)),
        _HALLOWEEN,
        _BLACK_FRIDAY,
        _CYBER_MONDAY,
    ),
}
"""The dates of the trade by country; other countries have their public holidays only."""


def is_known(country: str) -> bool:
    """Whether the calendar of a country is known at all."""
    return country in holidays.list_supported_countries()


def occasions(country: str, period: Period) -> tuple[Occasion, ...]:
    """All occasions that begin in a period, in order of time; a holiday that is also a date of the trade stands once.

    Parameters
    ----------
    country
        ISO 3166-1, two letters. Only holidays of the whole country count.
    period
        Both ends included.
    """
    years = range(period.start.year, period.end.year + 1)
    found = [_occasion(trade, year) for trade in TRADE.get(country, ()) for year in years]
    taken = {one.day for one in found}
    public = holidays.country_holidays(country, years=years, language=LANGUAGES.get(country))
    found += [Occasion(day, day, str(name), "holiday") for day, name in public.items() if day not in taken]
    return tuple(sorted((one for one in found if period.holds(one.day)), key=lambda one: (one.day, one.name)))


def _occasion(trade: _Trade, year: int) -> Occasion:
    day = trade.rule(year)
    return Occasion(
        day, day + timedelta(days=trade.days - 1), trade.name, "trade_expected" if trade.is_expected else "trade"
    )
