"""How far apart the midnights of two time zones are."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from helpers.units import Period

_OFFSET = re.compile(r"UTC(?P<sign>[+-])(?P<hours>\d\d):(?P<minutes>\d\d)")
_WEEK = timedelta(days=7)


def hours_apart(zone: str, own: str, days: Period) -> float:
    """Return how many hours lie between the midnights of two time zones, at most.

    Parameters
    ----------
    zone
        IANA, `UTC`, or an offset such as `UTC+01:00`. Platforms write an offset for a zone with summer time too: it is
        as far away as the season allows that suits it best.
    own
        IANA.
    days
        In which they are compared; clocks change within a year.
    """
    if _OFFSET.fullmatch(zone):
        seasons = (datetime(days.start.year, month, 1, tzinfo=UTC) for month in (1, 7))
        return min(_gap(_as_zone(zone), ZoneInfo(own), at) for at in seasons)
    return max(_gap(_as_zone(zone), ZoneInfo(own), at) for at in _moments(days))


def _as_zone(name: str) -> tzinfo:
    found = _OFFSET.fullmatch(name)
    if found is None:
        return ZoneInfo(name)
    offset = timedelta(hours=int(found["hours"]), minutes=int(found["minutes"]))
    return timezone(-offset if found["sign"] == "-" else offset)


def _moments(days: Period) -> list[datetime]:
    """Noon of a day in every week, and of the last day."""
    first, last = (datetime.combine(day, time(12), tzinfo=UTC) for day in (days.start, days.end))
    return [*(first + at * _WEEK for at in range((last - first) // _WEEK + 1)), last]


def _gap(one: tzinfo, other: tzinfo, at: datetime) -> float:
    between = at.astimezone(one).utcoffset(), at.astimezone(other).utcoffset()
    first, second = (offset or timedelta() for offset in between)
    return abs((first - second).total_seconds()) / 3600
