"""Dates: the order of day and month is decided once for a column, from evidence."""

from __future__ import annotations

import calendar
import itertools
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Literal

from helpers.errors import ExportError
from helpers.intake.cells import NULLS, as_text
from helpers.units import Period

Order = Literal["dmy", "mdy"]
Grain = Literal["day", "week", "month", "range"]

_MONTHS: Mapping[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "january jan enero ene januar jänner janvier janv gennaio gen janeiro",
            "february feb febrero februar février févr fev febbraio fevereiro",
            "march mar marzo mrz märz mars março",
            "april apr abril abr avril avr aprile",
            "may mayo mai maggio mag maio",
            "june jun junio juni juin giugno giu junho",
            "july jul julio juli juillet juil luglio lug julho",
            "august aug agosto ago août aout",
            "september sep sept septiembre setiembre septembre settembre set setembro",
            "october oct octubre okt oktober octobre ottobre ott outubro out",
            "november nov noviembre novembre novembro",
            "december dec diciembre dic dez dezember décembre déc dicembre dezembro",
        ),
        start=1,
    )
    for name in names.split()
}
_WORD = r"[^\W\d_]+"
_TIME = (
    r"(?:[T,\s]+\s*(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?\s*"
    r"(?P<half>[AaPp]\.?\s?[Mm]\.?)?"
)
_ZONE = r"\s*(?:Z|UTC|GMT)?\s*(?P<zone>[+-]\d{2}:?\d{2}|[+-]\d{1,2}(?::\d{2})?)?\s*(?:\([^)]*\))?)?"
_END = _TIME + _ZONE
_ISO = re.compile(r"(?P<year>\d{4})(?P<sign>[-/.])(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})" + _END)
_COMPACT = re.compile(r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})")
_YEAR_MONTH = re.compile(r"(?P<year>\d{4})[-/](?P<month>\d{1,2})|(?P<year2>(?:19|20)\d{2})(?P<month2>0[1-9]|1[0-2])")
_MONTH_YEAR = re.compile(r"(?P<month>\d{1,2})/(?P<year>\d{4})")
_WEEK = re.compile(r"(?P<year>\d{4})-?W(?P<week>\d{1,2})")
_NUMERIC = re.compile(r"(?P<a>\d{1,2})(?P<sign>[-/.])(?P<b>\d{1,2})(?P=sign)(?P<year>\d{4}|\d{2})" + _END)
_DAY_WORD = re.compile(
    rf"(?:{_WORD}\.?,?\s+)?(?P<day>\d{{1,2}})(?:\.|st|nd|rd|th)?[\s-]+(?:de\s+)?(?P<word>{_WORD})\.?,?"
    rf"[\s-]+(?:del?\s+)?(?P<year>\d{{4}})" + _END
)
_WORD_DAY = re.compile(
    rf"(?:{_WORD}\.?,?\s+)?(?P<word>{_WORD})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,\s*|\s+)(?P<year>\d{{4}})"
    + _END
)
# A spreadsheet shows a month as ene-26; after a blank two digits are a day without a year.
_WORD_YEAR = re.compile(rf"(?P<word>{_WORD})\.?(?:\s+(?:de\s+)?(?P<year>\d{{4}})|[-/](?P<year2>\d{{4}}|\d{{2}}))")
_NO_YEAR = re.compile(
    rf"(?:(?P<day>\d{{1,2}})\.?\s+(?:de\s+)?(?P<word>{_WORD})\.?|(?P<word2>{_WORD})\.?\s+(?P<day2>\d{{1,2}}))"
)
_RANGE = re.compile(r"(?P<first>.+?)(?:\s+(?:[-–—]|to|al?|hasta)\s+|\s*~\s*)(?P<last>.+)")
_SERIAL = range(40_000, 60_001)
_SAY_DATES = 'Say dates: "%d/%m/%Y" or "%m/%d/%Y" for the file under sources in client.yaml.'
_EPOCH = date(1899, 12, 30)
# Beyond these a date stands for none: a database's end of time, the first day that a program knows.
YEARS = range(1990, 2101)


@dataclass(frozen=True)
class Moment:
    """One date cell: when it starts and how much time it covers; `has_clock` says that it states the time of day."""

    at: datetime
    grain: Grain = "day"
    end: date | None = None
    is_serial: bool = False
    has_clock: bool = False

    @property
    def last_day(self) -> date:
        """The last day that the cell covers."""
        start = self.at.date()
        if self.end is not None:
            return self.end
        if self.grain == "month":
            return _end_of_month(start)
        return start + min(timedelta(days=6), date.max - start) if self.grain == "week" else start

    @property
    def is_known(self) -> bool:
        """Whether it is a date at all, and not a word for none."""
        return all(day.year in YEARS for day in (self.at, self.end or self.at))

    @property
    def last_day_before(self) -> date:
        """The last day of a stretch that ends at this moment: a stated midnight is the end of the day before it."""
        is_midnight = self.has_clock and self.at.time() == time.min
        return self.at.date() - timedelta(days=1) if is_midnight else self.last_day


@dataclass(frozen=True)
class DateStyle:
    """How the dates of a column are written.

    `order` is None where no cell depends on it. `note` says in words what was assumed or is mixed, empty if all is
    proven.
    """

    order: Order | None
    note: str = ""
    pattern: str = ""


class AmbiguousDatesError(ExportError):
    """Nothing decides which number of a date is the day; `example` is one that stating the order would settle."""

    def __init__(self, what: str, *, where: str, seen: str, next_step: str, example: str = "") -> None:
        super().__init__(what, where=where, seen=seen, next_step=next_step)
        self.example = example


def decide(
    cells: Iterable[object],
    *,
    pattern: str = "",
    day_first: bool | None = None,
    language: str | None = None,
    stated: Period | None = None,
    where: str = "",
) -> DateStyle:
    """Decide how the dates of one column are written.

    Parameters
    ----------
    cells
        All cells of the column.
    pattern
        `strptime` pattern that the analyst states; then nothing is decided.
    day_first
        What the platform always writes.
    language
        Of the headers; every language but English writes the day first.
    stated
        The period that the file says it covers.

    Raises
    ------
    AmbiguousDatesError
        Where two cells prove the opposite of each other, or nothing decides and it matters.
    """
    if pattern:
        return DateStyle(None, pattern=pattern)
    texts = {as_text(cell) for cell in cells if isinstance(cell, str)} - {""}
    pairs = _pairs(texts)
    others = [text for text in texts - pairs.keys() if text.casefold() not in NULLS and _ISO.fullmatch(text)]
    mixed = f"dates are written in two ways: {min(pairs)} and {min(others)}" if pairs and others else ""
    day, month = _proofs(pairs)
    either = min((text for text, (a, b) in pairs.items() if a != b and max(a, b) <= 12), default="")
    if mixed and either:
        # Rows of several origins: what proves the order of some proves nothing for the others.
        raise AmbiguousDatesError(
            "dates are written in several ways, so nothing says which number of this one is the day",
            where=where,
            seen=f"{either}, beside {min(others)}",
            next_step=_SAY_DATES,
            example=either,
        )
    if day and month:
        raise AmbiguousDatesError(
            "the order of day and month differs between rows",
            where=where,
            seen=f"{day} and {month}",
            next_step="A spreadsheet has turned some dates around: download the export again.",
        )
    if day or month:
        return DateStyle("dmy" if day else "mdy", mixed)
    if all(a == b for a, b in pairs.values()):
        return DateStyle("dmy" if pairs else None, mixed)
    return _weigh(pairs, day_first=day_first, language=language, stated=stated, where=where)


def proven(cells: Iterable[object]) -> Order | None:
    """Return the order that the cells of a column prove by themselves, None where none or both."""
    day, month = _proofs(_pairs({as_text(cell) for cell in cells if isinstance(cell, str)}))
    return None if bool(day) == bool(month) else "dmy" if day else "mdy"


def _pairs(texts: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Return the two numbers of every date whose reading depends on the order; a range holds two such dates."""
    ends = (end for text in texts for end in _ends_of(text))
    return {end: (int(found["a"]), int(found["b"])) for end in ends if (found := _NUMERIC.fullmatch(end))}


def _ends_of(text: str) -> tuple[str, ...]:
    """Return the first and the last day of a range as written, a single date as it is."""
    found = None if _NUMERIC.fullmatch(text) else _RANGE.fullmatch(text)
    return (text,) if found is None else (found["first"].strip(), found["last"].strip())


def _proofs(pairs: Mapping[str, tuple[int, int]]) -> tuple[str, str]:
    """Return a date that can only be read with the day first, and one only with the month first; empty if none."""
    day = min((text for text, (a, b) in pairs.items() if a > 12 >= b), default="")
    month = min((text for text, (a, b) in pairs.items() if b > 12 >= a), default="")
    return day, month


def _weigh(
    pairs: Mapping[str, tuple[int, int]],
    *,
    day_first: bool | None,
    language: str | None,
    stated: Period | None,
    where: str,
) -> DateStyle:
    example = min(text for text, (a, b) in pairs.items() if a != b)
    if day_first is not None:
        return DateStyle("dmy" if day_first else "mdy")
    readings: dict[Order, set[date]] = {
        order: {moment.at.date() for text in pairs if (moment := _read(text, order))} for order in ("dmy", "mdy")
    }
    if stated is not None:
        inside = [order for order, days in readings.items() if days and all(stated.holds(day) for day in days)]
        if len(inside) == 1:
            return DateStyle(inside[0])
    gapless = [order for order, days in readings.items() if len(days) > 2 and _span(days) == len(days)]
    speaks_day_first = language is not None and language != "en"
    if gapless == ["dmy"] and not speaks_day_first and all(day.day == 1 for day in readings["mdy"]):
        gapless = []  # 1/1, 2/1, 3/1 under English headers: three days or three months
    if len(gapless) == 1 and not (speaks_day_first and gapless[0] == "mdy"):
        return DateStyle(
            gapless[0], f"{example}: only with the {_first(gapless[0])} first do the days follow each other"
        )
    if speaks_day_first and not gapless:
        return DateStyle("dmy", f"{example}: read with the day first, as the language of the headers writes it")
    raise AmbiguousDatesError(
        "nothing in the file says which number of the date is the day",
        where=where,
        seen=example,
        next_step=_SAY_DATES,
        example=example,
    )


def parse(cell: object, style: DateStyle) -> Moment | None:
    """Read one cell; None for a blank.

    Raises
    ------
    ValueError
        Where the cell is neither blank nor a date.
    """
    # Cells of a spreadsheet are moments, and midnight among them arrives as a bare day.
    if isinstance(cell, datetime):
        return Moment(cell.replace(tzinfo=None), has_clock=True)
    if isinstance(cell, date):
        return Moment(datetime.combine(cell, time.min), has_clock=True)
    text = as_text(cell)
    if text.casefold() in NULLS:
        return None
    if style.pattern:
        return _stated(text, style.pattern)
    moment = _read(text, style.order or "dmy") or _read_range(text, partial(_read, order=style.order or "dmy"))
    if moment is None:
        raise ValueError(text)
    return moment


def lacks_year(cell: object) -> bool:
    """Whether a cell is a day and a month without a year."""
    return isinstance(cell, str) and _month_and_day(cell) is not None


def years_by_order(cells: Iterable[object], last_year: int) -> list[object] | None:
    """Give days without a year one, by the order in which they stand.

    Parameters
    ----------
    cells
        A column whose days only rise or only fall, by steps of less than half a year.
    last_year
        Of the latest day.

    Returns
    -------
    The cells, ISO dates in place of days without a year; None where the order says nothing or a day is not of its year.
    """
    column = list(cells)
    days = [_month_and_day(cell) if isinstance(cell, str) else None for cell in column]
    known = [(place, day) for place, day in enumerate(days) if day is not None]
    steps = {_goes_on(before[1], after[1]) for before, after in itertools.pairwise(known)} - {0}
    if len(steps) > 1:
        return None
    is_falling = steps == {-1}
    year = last_year
    later: tuple[int, int] | None = None
    for place, day in known if is_falling else reversed(known):
        year -= later is not None and day > later
        later = day
        if day == (2, 29) and not calendar.isleap(year):
            return None
        column[place] = f"{year:04d}-{day[0]:02d}-{day[1]:02d}"
    return column


def _goes_on(before: tuple[int, int], after: tuple[int, int]) -> int:
    """Return 1 where the shorter way around the year goes on in time, -1 where it goes back, 0 for the same day."""
    days = (_day_of_year(after) - _day_of_year(before)) % 366
    return 0 if not days else 1 if days < 183 else -1


def _day_of_year(day: tuple[int, int]) -> int:
    month, number = day
    return sum(calendar.monthrange(2024, one)[1] for one in range(1, month)) + number


def _month_and_day(text: str) -> tuple[int, int] | None:
    found = _NO_YEAR.fullmatch(as_text(text))
    month = _MONTHS.get((found["word"] or found["word2"]).casefold()) if found else None
    if found is None or month is None:
        return None
    return month, int(found["day"] or found["day2"])


def is_date(cell: object, order: Order) -> bool:
    """Whether a cell is a date if days and months are written in that order; a bare number is none."""
    if isinstance(cell, date):
        return True
    text = as_text(cell)
    return not text.isdecimal() and (_read(text, order) or _read_range(text, partial(_read, order=order))) is not None


def patterns_of(example: str) -> tuple[str, str] | None:
    """Return how a date is written, as `strptime` has it, with the day first and with the month first."""
    found = _NUMERIC.fullmatch(example)
    if found is None or found["zone"]:
        return None
    year = "%Y" if len(found["year"]) == 4 else "%y"
    clock = _clock_pattern(example[found.end("year") :], found["half"])
    first, second = (f"{a}{found['sign']}{b}{found['sign']}{year}{clock}" for a, b in (("%d", "%m"), ("%m", "%d")))
    try:
        _by_pattern(example, first)
        _by_pattern(example, second)
    except ValueError:
        return None
    return first, second


def _clock_pattern(clock: str, half: str | None) -> str:
    """Return the pattern of what stands behind the day, as it is written."""
    if half:
        clock = clock.replace(half, "%p")
    names = iter(("%I" if half else "%H", "%M", "%S"))
    return re.sub(r"\d{1,2}", lambda _: next(names, ""), clock)


def days_in(text: str) -> list[date]:
    """Return the dates in a line of prose that can be read in one way.

    These are ISO, eight digits, the month in words, and numbers of which one date of the line proves the order.
    """
    found: list[tuple[int, date]] = []
    for pattern in (_FREE_ISO, _FREE_COMPACT, _FREE_WORDS):
        for match in pattern.finditer(text):
            moment = _read(match[0].strip(" ,"), "dmy")
            if moment is not None:
                found.append((match.start(), moment.at.date()))
    numeric = list(_FREE_NUMERIC.finditer(text))
    order = proven([match[0] for match in numeric])
    moments = [(match.start(), _read(match[0], order)) for match in numeric] if order else []
    found += [(start, moment.at.date()) for start, moment in moments if moment is not None]
    return [day for _, day in sorted(set(found))]


def order_in(lines: Iterable[str]) -> Order | None:
    """Return the order of day and month that dates in lines of prose prove, None where none or both."""
    return proven(match[0] for line in lines for match in _FREE_NUMERIC.finditer(line))


_FREE_ISO = re.compile(r"\b\d{4}[-/]\d{2}[-/]\d{2}\b")
_FREE_COMPACT = re.compile(r"(?<!\d)(?:19|20)\d{6}(?!\d)")
_FREE_NUMERIC = re.compile(r"(?<![\d/.-])\d{1,2}([-/.])\d{1,2}\1\d{4}(?![\d/])")
_FREE_WORDS = re.compile(
    rf"\b\d{{1,2}}\.?\s+(?:de\s+)?{_WORD}\.?,?\s+(?:del?\s+)?\d{{4}}\b|\b{_WORD}\.?\s+\d{{1,2}}(?:,\s*|\s+)\d{{4}}\b"
)


def _stated(text: str, pattern: str) -> Moment:
    """Read a cell, or both ends of a range, as the analyst says that dates are written."""
    try:
        return _by_pattern(text, pattern)
    except ValueError:
        moment = _read_range(text, partial(_by_pattern, pattern=pattern))
        if moment is None:
            raise
        return moment


def _by_pattern(text: str, pattern: str) -> Moment:
    """Read a cell as the analyst says that dates are written; a date that starts with its year needs no such word."""
    if not pattern.startswith("%Y") and _ISO.fullmatch(text) and (moment := _read(text, "dmy")) is not None:
        return moment
    at = datetime.strptime(text, pattern).replace(tzinfo=None)  # noqa: DTZ007 - exports hold local days without a zone
    if "%d" not in pattern and "%j" not in pattern:
        return Moment(at, "month") if "%m" in pattern or "%b" in pattern.lower() else Moment(at)
    return Moment(at, has_clock=any(hour in pattern for hour in ("%H", "%I")))


def _read(text: str, order: Order) -> Moment | None:
    try:
        return _read_dated(text, order) or _read_bucket(text) or _read_serial(text)
    except ValueError:
        return None


def _read_dated(text: str, order: Order) -> Moment | None:
    for pattern in (_ISO, _COMPACT, _NUMERIC, _DAY_WORD, _WORD_DAY):
        found = pattern.fullmatch(text)
        if found is None:
            continue
        parts = found.groupdict()
        if pattern is _NUMERIC:
            first, second = int(parts["a"]), int(parts["b"])
            day, month = (first, second) if order == "dmy" else (second, first)
        elif "word" in parts:
            day, month = int(parts["day"]), _MONTHS.get(parts["word"].casefold(), 0)
        else:
            day, month = int(parts["day"]), int(parts["month"])
        at = datetime.combine(date(_year(parts["year"]), month, day), _clock(parts))
        return Moment(at, has_clock=bool(parts.get("hour")))
    return None


def _year(text: str) -> int:
    return int(text) + (2000 if len(text) == 2 else 0)


def _clock(parts: Mapping[str, str | None]) -> time:
    if not parts.get("hour"):
        return time.min
    hour, half = int(parts["hour"] or 0), (parts["half"] or "").lower()
    if half.startswith("p") and hour < 12:
        hour += 12
    if half.startswith("a") and hour == 12:
        hour = 0
    # The zone is left out on purpose: a day in a report is the local day as written.
    return time(hour, int(parts["minute"] or 0), int(parts["second"] or 0))


def _read_bucket(text: str) -> Moment | None:
    if found := _YEAR_MONTH.fullmatch(text):
        year, month = found["year"] or found["year2"], found["month"] or found["month2"]
        return Moment(datetime(int(year), int(month), 1), "month")  # noqa: DTZ001
    if found := _MONTH_YEAR.fullmatch(text):
        return Moment(datetime(int(found["year"]), int(found["month"]), 1), "month")  # noqa: DTZ001
    if found := _WEEK.fullmatch(text):
        return Moment(
            datetime.combine(date.fromisocalendar(int(found["year"]), int(found["week"]), 1), time.min), "week"
        )
    if (found := _WORD_YEAR.fullmatch(text)) and found["word"].casefold() in _MONTHS:
        year, month = _year(found["year"] or found["year2"]), _MONTHS[found["word"].casefold()]
        return Moment(datetime(year, month, 1), "month")  # noqa: DTZ001
    return None


def _read_serial(text: str) -> Moment | None:
    whole, _, fraction = text.partition(".")
    if not whole.isdecimal() or int(whole) not in _SERIAL or (fraction and not fraction.isdecimal()):
        return None
    at = datetime.combine(_EPOCH, time.min) + timedelta(days=float(text))
    return Moment(at.replace(microsecond=0), is_serial=True, has_clock=True)


def _read_range(text: str, read: Callable[[str], Moment | None]) -> Moment | None:
    ends = _ends_of(text)
    if len(ends) != 2:
        return None
    first, last = read(ends[0]), read(ends[1])
    if first is None or last is None or last.at < first.at:
        return None
    start, end = first.at.date(), last.last_day
    whole_month = start.day == 1 and end == _end_of_month(start)
    grain: Grain = "day" if start == end else "month" if whole_month else "week" if (end - start).days == 6 else "range"
    return Moment(first.at, grain, end)


def _end_of_month(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _span(days: set[date]) -> int:
    return (max(days) - min(days)).days + 1


def _first(order: Order) -> str:
    return "day" if order == "dmy" else "month"
