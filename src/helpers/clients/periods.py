"""Periods as people write them: `2026-10`, `2026-Q3`, `2026-W41`, `2026`, two days, `last-month`, `all`."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import overload

from helpers.errors import UsageError
from helpers.units import Period

LAST_MONTH = "last-month"
ALL = "all"

_NEXT = "Write 2026-10, 2026-Q3, 2026-W41, 2026, 2026-10-01..2026-10-31, last-month or all."


def parse(text: str, *, as_of: date, covered: Period | None) -> Period:
    """The days that a written period stands for.

    Parameters
    ----------
    text
        In one of the forms above; capitals do not matter.
    as_of
        The day that counts as today; `last-month` is the calendar month before its own.
    covered
        First to last day of the client's data, which `all` stands for; None where the data hold no date, then `all`
        is `as_of` alone.

    Raises
    ------
    UsageError
        If it has none of the forms, or there is no such week, month or day.
    """
    written = _normal(text)
    if written == LAST_MONTH:
        return _month_before(as_of)
    if written == ALL:
        return covered or Period(as_of, as_of)
    try:
        found = _calendar(written)
    except ValueError as error:
        raise _unknown(text, str(error)) from error
    if found is None:
        raise _unknown(text, "")
    if found.end < found.start:
        raise _unknown(text, "it ends before it starts")
    return found


@overload
def key(text: str, *, as_of: date) -> str: ...


@overload
def key(text: str, *, as_of: date | None) -> str | None: ...


def key(text: str, *, as_of: date | None) -> str | None:
    """The one name of a period in folders: `last-month` becomes its month, letters of quarters and weeks are capitals.

    Parameters
    ----------
    text
        As `parse` takes it.
    as_of
        The day that counts as today; None where it is not known yet.

    Returns
    -------
    None for a period that moves with an unknown day.

    Raises
    ------
    UsageError
        As `parse` does.
    """
    written = _normal(text)
    if written != LAST_MONTH:
        parse(written, as_of=date.max, covered=None)
        return written
    return None if as_of is None else f"{_month_before(as_of).start:%Y-%m}"


def _normal(text: str) -> str:
    written = text.strip()
    return written.lower() if written.lower() in {LAST_MONTH, ALL} else written.upper()


def _month_before(day: date) -> Period:
    end = day.replace(day=1) - timedelta(days=1)
    return Period(end.replace(day=1), end)


def _calendar(written: str) -> Period | None:
    for form, read in _FORMS:
        found = form.fullmatch(written)
        if found:
            return read(*found.groups())
    return None


def _year(year: str) -> Period:
    return Period(date(int(year), 1, 1), date(int(year), 12, 31))


def _months(year: str, first: int, count: int) -> Period:
    start = date(int(year), first, 1)
    after = first + count
    end = date(int(year) + (after > 12), (after - 1) % 12 + 1, 1) - timedelta(days=1)
    return Period(start, end)


def _week(year: str, number: str) -> Period:
    start = date.fromisocalendar(int(year), int(number), 1)
    return Period(start, start + timedelta(days=6))


_FORMS: tuple[tuple[re.Pattern[str], Callable[..., Period]], ...] = (
    (re.compile(r"([12]\d{3})"), _year),
    (re.compile(r"([12]\d{3})-(\d\d)"), lambda year, month: _months(year, int(month), 1)),
    (re.compile(r"([12]\d{3})-Q([1-4])"), lambda year, quarter: _months(year, 3 * int(quarter) - 2, 3)),
    (re.compile(r"([12]\d{3})-W(\d\d)"), _week),
    (
        re.compile(r"([12]\d{3}-\d\d-\d\d)\.\.([12]\d{3}-\d\d-\d\d)"),
        lambda start, end: Period(date.fromisoformat(start), date.fromisoformat(end)),
    ),
)


def _unknown(text: str, why: str) -> UsageError:
    what = f"this is no period: {why}" if why else "this is no period"
    return UsageError(what, where="period", seen=text or "nothing", next_step=_NEXT)
