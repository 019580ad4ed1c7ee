"""How the cells of a large file are written: what DuckDB is told of them, decided from the records of its outline."""

from __future__ import annotations

import itertools
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path

import pandas as pd

from helpers.intake import dates
from helpers.intake.cells import NO_NAMES, Cell, is_null
from helpers.intake.large.outline import Outline, UnfitError
from helpers.intake.receipt import Answer
from helpers.intake.recognised import Prepared
from helpers.intake.typed import WHICH_SIGN

MOST_ODD = 50_000
_NUMERIC = ("%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m-%d-%Y", "%d.%m.%Y", "%d/%m/%y", "%m/%d/%y", "%d.%m.%y")
_DAYS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", *_NUMERIC)
_CLOCKS = ("", " %H:%M:%S", "T%H:%M:%S", " %H:%M")
_PATTERNS = tuple(f"{day}{clock}" for clock in _CLOCKS for day in _DAYS)
# One program writes its dates in one way; DuckDB takes one pattern for each of its two types.
_TIMES = ("TIMESTAMP", "DATE")
_SAMPLE = 20
# A quarter of DuckDB's own: the process that reads has little address space.
_BUFFER = 8 << 20
_PROVEN = frozenset({"stated", "proven", "unneeded"})
NOTHING = frozenset(blank + word for word in NO_NAMES for blank in ("", " "))
"""What stands for nothing both where a number and where a name should be."""


@dataclass(frozen=True)
class Form(ABC):
    """How DuckDB reads the records of a file.

    Parameters
    ----------
    path
        The file.
    first
        Number of records of the file before the first that is scanned.
    types
        DuckDB's type of each column; the columns are named by their position, `c0` first.
    """

    path: Path
    first: int
    types: tuple[str, ...]

    @abstractmethod
    def source(self, *, keeps_rejects: bool = True) -> str:
        """Return the records as a table; those that do not fit the types can be kept as rejects."""

    def filled(self, position: int) -> str:
        """Return the condition under which a cell holds more than a sign for nothing."""
        if self.types[position] != "VARCHAR":
            return f"c{position} IS NOT NULL"
        return f"c{position} NOT IN ({', '.join(map(quoted, sorted(NOTHING)))})"

    @abstractmethod
    def has_clock(self, position: int) -> bool:
        """Whether the cells of a date column hold a time of day."""

    @abstractmethod
    def cell(self, position: int, value: Cell) -> Cell:
        """Return a value of the scan as the functions of small files get it."""


@dataclass(frozen=True)
class TextForm(Form):
    """How the records of a text file are written.

    Parameters
    ----------
    delimiter
        Between cells.
    skip
        How many of the records before the first that is scanned `path` has.
    decimal
        Decimal sign.
    patterns
        `strptime` patterns of the cells of the types TIMESTAMP and DATE.
    blanks
        Cells that DuckDB takes for nothing; it compares every cell with each of them, a tenth of the scan for five.
    """

    delimiter: str
    skip: int
    decimal: str
    patterns: tuple[str, ...]
    blanks: tuple[str, ...]

    def source(self, types: Mapping[int, str] | None = None, *, keeps_rejects: bool = True) -> str:
        """Return `read_csv` of the records; what does not fit the types goes to the rejects."""
        kinds = {i: (types or {}).get(i, kind) for i, kind in enumerate(self.types)}
        options = {
            "columns": "{" + ", ".join(f"'c{i}': '{kind}'" for i, kind in kinds.items()) + "}",
            "auto_detect": "false",
            "header": "false",
            "skip": str(self.skip),
            "delim": quoted(self.delimiter),
            "quote": "'\"'",
            "escape": "'\"'",
            "nullstr": "[" + ", ".join(map(quoted, self.blanks)) + "]",
            "decimal_separator": quoted(self.decimal),
            "buffer_size": str(_BUFFER),
            "ignore_errors": "true",
        }
        if keeps_rejects:
            options |= {"store_rejects": "true", "rejects_limit": str(MOST_ODD)}
        for option, pattern in zip(("timestampformat", "dateformat"), self.patterns, strict=False):
            options[option] = quoted(pattern)
        return f"read_csv({quoted(str(self.path))}, {', '.join(f'{key} = {value}' for key, value in options.items())})"

    def pattern(self, position: int) -> str:
        """Return how the cells of a date column are written, "" for another column."""
        kind = self.types[position]
        return self.patterns[_TIMES.index(kind)] if kind in _TIMES else ""

    def has_clock(self, position: int) -> bool:
        """Whether the cells of a date column hold a time of day."""
        return "%H" in self.pattern(position)

    def cell(self, position: int, value: Cell) -> str:
        """Return a value of the scan as the file writes it."""
        if value is None:
            return ""
        if isinstance(value, datetime):
            return value.strftime(self.pattern(position))
        if isinstance(value, float):
            return repr(value).removesuffix(".0").replace(".", self.decimal)
        return str(value)


def formed(outline: Outline, prepared: Prepared, *, has_other_blanks: bool = False) -> TextForm:
    """Decide how the cells of a text file are written.

    Parameters
    ----------
    outline, prepared
        The records at the head of the file, and the same as typed rows.
    has_other_blanks
        Whether many cells of the file stand for nothing in other ways than those of the head.

    Raises
    ------
    UnfitError
        Where the records of the outline do not prove it.
    """
    if prepared.found.proof not in _PROVEN:
        raise UnfitError("its first rows do not prove which sign is the decimal one", WHICH_SIGN)
    width = _width(outline, prepared)
    patterns = {name: _pattern(name, prepared) for name, column in prepared.columns.items() if column.is_temporal}
    different = tuple(pattern for pattern, _ in Counter(filter(None, patterns.values())).most_common())
    if len(different) > len(_TIMES):
        raise UnfitError(f"its dates are written in {len(different)} ways")
    types = ["VARCHAR"] * width
    for name, at in prepared.layout.places.items():
        column = prepared.columns[name]
        if column.is_numeric:
            types[at] = "DOUBLE"
        elif patterns.get(name):
            types[at] = _TIMES[different.index(patterns[name])]
    seen = NOTHING.intersection(itertools.chain.from_iterable(outline.sheet.rows))
    return TextForm(
        outline.path,
        outline.count,
        tuple(types),
        outline.sheet.delimiter,
        outline.skip,
        prepared.found.decimal,
        different,
        tuple(sorted(NOTHING if has_other_blanks else {"", *seen})),
    )


def quoted(text: str) -> str:
    """Return a text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def _width(outline: Outline, prepared: Prepared) -> int:
    """Return the number of cells of most records; a header may be followed by blank cells that it does not name."""
    numbers = prepared.found.frame.index
    widths = Counter(len(outline.sheet.rows[at - 1]) for at in numbers[numbers <= outline.count])
    width = widths.most_common(1)[0][0] if widths else 0
    if width < prepared.layout.width:
        raise UnfitError("most of its rows have fewer cells than its header")
    return width


def _pattern(name: str, prepared: Prepared) -> str:
    """Return the pattern by which most dates of a column are read as they should be; empty where it has none."""
    raw, read = prepared.origin.records.raw[name], prepared.found.frame[name]
    expected = {str(cell): moment for cell, moment in zip(raw, read, strict=True) if pd.notna(moment)}
    if not expected and all(is_null(cell) for cell in raw):
        return ""
    is_day = prepared.columns[name].kind == "date"
    sample = dict(itertools.islice(expected.items(), _SAMPLE))
    likely = [one for one in _PATTERNS if _fitting(sample, one, is_day=is_day) > 0] or _PATTERNS[:1]
    fitting = {pattern: _fitting(expected, pattern, is_day=is_day) for pattern in likely}
    best = max(likely, key=lambda pattern: fitting[pattern])
    if fitting[best] < 1:
        raise UnfitError(f"its dates are written in words, as stretches or without a year, such as {raw.iloc[0]}")
    _refuse_unproven(expected, best, prepared)
    return best


def _fitting(expected: Mapping[str, pd.Timestamp], pattern: str, *, is_day: bool) -> int:
    """Count the dates that a pattern reads; less than none if it reads one otherwise."""
    count = 0
    for cell, moment in expected.items():
        try:
            at = datetime.strptime(cell.strip(), pattern)  # noqa: DTZ007 - exports hold local days without a zone
        except ValueError:
            continue
        if (datetime.combine(at, time.min) if is_day else at) != moment:
            return -1
        count += 1
    return count


def _refuse_unproven(cells: Collection[str], pattern: str, prepared: Prepared) -> None:
    """Refuse an order of day and month that later rows could turn around."""
    hints = prepared.hints
    if pattern.startswith("%Y") or hints.dates or hints.day_first is not None or dates.proven(cells):
        return
    answer = Answer("dates", pattern, "as read")
    raise UnfitError("its first rows do not prove which number of a date is the day", answer)
