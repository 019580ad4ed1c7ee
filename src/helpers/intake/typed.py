"""Text columns to typed columns, by what each canonical column holds."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time

import numpy as np
import pandas as pd

from helpers.errors import ExportError
from helpers.intake import dates, numbers
from helpers.intake.cells import NO_NAMES, as_text
from helpers.intake.receipt import Answer, Problem
from helpers.tables import Column
from helpers.units import Period

# A leap year, so that 29 February is a day.
_ANY_YEAR = 2024
# Shops write an apostrophe before codes that start with zero, to keep them from spreadsheets.
_UNQUOTED = re.compile(r"^'(?=\d+$)")
# Two posts may share a rounded id; they have other columns that tell them apart.
_REPLACEABLE = frozenset({"post_id"})
# Spreadsheets keep so many digits of a number and write zeros for the others.
_KEPT_DIGITS = 15
_TELLING_ZEROS = 4
_TRUE = frozenset({"true", "yes", "sí", "si", "1", "x", "new", "nuevo", "nueva", "verdadero"})
_FALSE = frozenset({"false", "no", "0", "returning", "recurrente", "falso"})


class RefusedTableError(ExportError):
    """A table of which values would be lost; the receipt says which, and `answer` what the analyst can say to it."""

    def __init__(self, problem: Problem, answer: Answer | None = None) -> None:
        super().__init__(problem.message, seen="", next_step=problem.action)
        self.problem = replace(problem, answer=answer)


# The working column of a moment at which what a row covers is over.
UNTIL = "_report_until"
WHICH_SIGN = Answer("numbers", "1,234.56", 'a decimal point; with a decimal comma: "1.234,56"')
_WHICH_YEAR = Answer("year", None, "write the year of the latest day; the others follow from it")


@dataclass(frozen=True)
class Hints:
    """What is known about the writing of a file beside its cells.

    Parameters
    ----------
    numbers
        Pattern that the analyst states, such as `1.234,56`; empty if none.
    dates
        `strptime` pattern that the analyst states; empty if none.
    language
        Of the headers; None if unknown.
    day_first
        What the platform always writes; None if it differs.
    decimal
        Decimal sign that language or layout suggest; None if unknown.
    stated
        The period that the file says it covers.
    year
        Year of the latest day where days have none, as the analyst states it.
    first
        How many rows of a longer table these are, its first ones; None where they are all.
    """

    numbers: str = ""
    dates: str = ""
    language: str | None = None
    day_first: bool | None = None
    decimal: str | None = None
    stated: Period | None = None
    year: int | None = None
    first: int | None = None


@dataclass
class Typed:
    """Typed columns and what was met on the way.

    `money` names the columns with money. For a date column `x`, `x|end` holds the last day that each cell covers and
    `x|grain` how much time that is. `censored` says which cells of a column give only a bound, `bounds` holds that
    bound and NaN elsewhere. `proof` says how well the decimal sign is known.
    """

    frame: pd.DataFrame
    currencies: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    decimal: str = "."
    proof: numbers.Proof = "unneeded"
    money: tuple[str, ...] = ()
    censored: dict[str, pd.Series] = field(default_factory=dict)
    bounds: dict[str, pd.Series] = field(default_factory=dict)

    def without(self, rows: pd.Index) -> Typed:
        """Return the columns without some rows."""
        censored = {name: cells.drop(rows) for name, cells in self.censored.items()}
        bounds = {name: cells.drop(rows) for name, cells in self.bounds.items()}
        return replace(self, frame=self.frame.drop(rows), censored=censored, bounds=bounds)


def convert(raw: pd.DataFrame, columns: Mapping[str, Column], labels: Mapping[str, str], hints: Hints) -> Typed:
    """Type all columns of a table.

    Parameters
    ----------
    raw
        Cells as the file has them, one column a canonical or working column; the index holds the rows of the file.
    columns
        What each of them holds.
    labels
        Its header in the file.
    hints
        What is known beside the cells.

    Raises
    ------
    RefusedTableError
        Where a date, or a number that is added, cannot be read.
    """
    typed = Typed(pd.DataFrame(index=raw.index))
    convention = _convention(raw, columns, hints, typed.problems)
    typed.decimal, typed.proof = convention.decimal, convention.proof
    hints = _with_sibling_order(raw, columns, hints)
    parts: dict[str, pd.Series] = {}
    for name in raw.columns:
        column, label = columns[name], labels.get(name, name)
        if column.is_numeric:
            parts[name] = _numbers(raw[name], column, label, typed, hints.first)
        elif column.is_temporal:
            parts.update(_dates(raw[name], column, label, hints, typed.problems))
        elif column.kind == "flag":
            parts[name] = _flags(raw[name])
        else:
            parts[name] = texts(raw[name], column, label, typed.problems)
    typed.frame = pd.DataFrame(parts, index=raw.index)
    typed.money = tuple(name for name in raw.columns if columns[name].kind == "money")
    return typed


def _with_sibling_order(raw: pd.DataFrame, columns: Mapping[str, Column], hints: Hints) -> Hints:
    """Let a date column that proves its order speak for those beside it: one program wrote them all."""
    orders = {dates.proven(set(raw[name])) for name in raw.columns if columns[name].is_temporal} - {None}
    return replace(hints, day_first=orders == {"dmy"}) if len(orders) == 1 else hints


def _convention(
    raw: pd.DataFrame, columns: Mapping[str, Column], hints: Hints, problems: list[Problem]
) -> numbers.Convention:
    if hints.numbers:
        return numbers.stated_convention(hints.numbers)
    measures = (
        cell for name in raw.columns if columns[name].kind in {"money", "number", "share"} for cell in set(raw[name])
    )
    counts = (cell for name in raw.columns if columns[name].kind == "count" for cell in set(raw[name]))
    try:
        convention = numbers.decide(measures, counts, fallback=hints.decimal)
    except ExportError as error:
        problem = Problem.of("ambiguous_numbers", f"{error.what}: {error.seen}", error.next_step, is_fatal=True)
        raise RefusedTableError(problem) from error
    if convention is None:
        raise RefusedTableError(
            Problem.of(
                "ambiguous_numbers",
                "Nothing in the file says whether a point or a comma is the decimal sign.",
                'Say numbers: "1.234,56" or "1,234.56" for the file under sources in client.yaml.',
                is_fatal=True,
            ),
            WHICH_SIGN,
        )
    if convention.proof == "assumed":
        sign = "point" if convention.decimal == "." else "comma"
        problems.append(
            Problem.of(
                "ambiguous_numbers",
                f"{convention.example}: read with a decimal {sign}, as this kind of file writes it.",
                'If that is wrong, say numbers: "1.234,56" or "1,234.56" for the file under sources in client.yaml.',
            )
        )
    return convention


def _numbers(cells: pd.Series, column: Column, label: str, typed: Typed, first: int | None) -> pd.Series:
    different = dict.fromkeys(cells)  # in the order of the file, so that a receipt is the same every time
    value_of = numbers.plain(different, typed.decimal)
    bounds: set[object] = set()
    rounded: list[object] = []
    for cell in (cell for cell in different if cell not in value_of):
        try:
            is_vague = column.kind == "count" and numbers.is_from_to(cell)
            number = numbers.FROM_TO if is_vague else numbers.parse(cell, typed.decimal)
        except ValueError:
            number = numbers.NOTHING
            typed.problems.append(_unreadable(cells, cell, column, label, first))
        value_of[cell] = number.value
        if number.is_censored:
            bounds.add(cell)
        if number.is_rounded:
            rounded.append(cell)
        if number.currency:
            typed.currencies[number.currency] += 1
    if rounded:
        message = f"Some counts are rounded, such as {as_text(rounded[0])}: sums of them are near, not exact."
        typed.problems.append(Problem.of("rounded_values", message, column=label))
    values = np.array([value_of[cell] for cell in cells], dtype="float64")
    if bounds:
        censored = np.array([cell in bounds for cell in cells], dtype=bool)
        typed.censored[column.name] = pd.Series(censored, index=cells.index)
        typed.bounds[column.name] = pd.Series(np.where(censored, values, np.nan), index=cells.index)
        typed.problems.append(
            Problem.of(
                "censored_values",
                f"{int(censored.sum())} cells give only a bound, such as {as_text(cells[censored].iloc[0])}.",
                column=label,
            )
        )
        if column.adds_up:
            values[censored] = np.nan  # a bound is no figure to add
    return pd.Series(values, index=cells.index)


def _unreadable(cells: pd.Series, cell: object, column: Column, label: str, first: int | None) -> Problem:
    rows = cells.index[cells == cell]
    among = "" if first is None else f" among the first {first:,}"
    problem = Problem.of(
        "unreadable_values",
        f"{as_text(cell)[:60]!r} is not a number ({len(rows)} rows{among}).",
        "Correct the cell, or download the export again without opening it in a spreadsheet.",
        row=int(rows[0]),
        column=label,
        is_fatal=True,
    )
    if column.adds_up or column.kind == "money":
        raise RefusedTableError(problem)
    return Problem(problem.code, problem.message, problem.action, problem.row, problem.column, "warning")


def _dates(cells: pd.Series, column: Column, label: str, hints: Hints, problems: list[Problem]) -> dict[str, pd.Series]:
    name = column.name
    if any(dates.lacks_year(cell) for cell in set(cells)):
        cells, problem = _with_years(cells, label, hints.year)
        problems += [problem] if problem else []
        hints = replace(hints, dates="")
    style = _date_style(cells, label, hints, problems)
    read: dict[object, dates.Moment | None] = {}
    for cell in dict.fromkeys(cells):
        try:
            moment = read[cell] = dates.parse(cell, style)
        except ValueError as error:
            raise RefusedTableError(_no_date(cells, cell, label, style)) from error
        if moment and not moment.is_known:
            raise RefusedTableError(_no_day_of_ours(cells, cell, label))
    if any(moment and moment.is_serial for moment in read.values()):
        message = "Dates are written as the day numbers of a spreadsheet and were turned back."
        action = "Send the file as downloaded, without opening it in a spreadsheet."
        problems.append(Problem.of("damaged_by_spreadsheet", message, action, column=label))
    moments = [read[cell] for cell in cells]
    # A day is a day, also where daylight saving time moves its stamp to one o'clock.
    is_day = column.kind == "date"
    starts = [
        datetime.combine(moment.at, time.min) if moment and is_day else moment and moment.at for moment in moments
    ]
    ends = [moment and (moment.last_day_before if column.name == UNTIL else moment.last_day) for moment in moments]
    grains = [moment.grain if moment else None for moment in moments]
    return {
        name: pd.Series(starts, index=cells.index, dtype="datetime64[us]"),
        f"{name}|end": pd.Series(ends, index=cells.index, dtype="datetime64[us]"),
        f"{name}|grain": pd.Series(grains, index=cells.index, dtype="str"),
    }


def _with_years(cells: pd.Series, label: str, stated: int | None) -> tuple[pd.Series, Problem | None]:
    """Give days without a year the year that the analyst states for the last of them, the others by their order."""
    years = dates.years_by_order(cells, stated) if stated is not None else None
    if years is not None:
        return pd.Series(years, index=cells.index, dtype="object"), None
    without = [cell for cell in cells if dates.lacks_year(cell)]
    in_order = dates.years_by_order(cells, _ANY_YEAR) is not None
    action = (
        "Say year: (that of the latest day) for the file under sources in client.yaml."
        if in_order
        else "The days follow no order that tells one year from the next: ask for an export with full dates."
    )
    message = f"{len(without)} days have no year, such as {as_text(without[0])}; the rows are kept without a date."
    undated = [None if dates.lacks_year(cell) else cell for cell in cells]
    problem = Problem.of("year_missing", message, action, row=int(cells.index[0]), column=label)
    return pd.Series(undated, index=cells.index, dtype="object"), replace(
        problem, answer=_WHICH_YEAR if in_order else None
    )


def _date_style(cells: pd.Series, label: str, hints: Hints, problems: list[Problem]) -> dates.DateStyle:
    try:
        style = dates.decide(
            set(cells),
            pattern=hints.dates,
            day_first=hints.day_first,
            language=hints.language,
            stated=hints.stated,
        )
    except dates.AmbiguousDatesError as error:
        message = f"{error.what}: {error.seen}"
        problem = Problem.of("ambiguous_dates", message, error.next_step, column=label, is_fatal=True)
        raise RefusedTableError(problem, _which_order(error.example)) from error
    if style.note:
        action = "If that is wrong, say dates: for the file under sources in client.yaml."
        problems.append(Problem.of("ambiguous_dates", f"{style.note}.", action, column=label))
    return style


def _which_order(example: str) -> Answer | None:
    patterns = dates.patterns_of(example)
    if patterns is None:
        return None
    return Answer(
        "dates", patterns[0], f"{example} with the day first; with the month first: {json.dumps(patterns[1])}"
    )


def _no_date(cells: pd.Series, cell: object, label: str, style: dates.DateStyle) -> Problem:
    row = int(cells.index[cells == cell][0])
    wanted = f" written as {style.pattern}" if style.pattern else ""
    return Problem.of(
        "unreadable_values",
        f"{as_text(cell)[:60]!r} is not a date{wanted}.",
        'Correct the cell, or say dates: "%d/%m/%Y" (as written) for the file under sources in client.yaml.',
        row=row,
        column=label,
    )


def _no_day_of_ours(cells: pd.Series, cell: object, label: str) -> Problem:
    years = f"{dates.YEARS[0]} to {dates.YEARS[-1]}"
    return Problem.of(
        "unreadable_values",
        f"{as_text(cell)[:60]!r} is in no year from {years}: it seems to stand for no date.",
        "Leave the cell blank where there is no date; of a database, ask for NULL there.",
        row=int(cells.index[cells == cell][0]),
        column=label,
    )


def _flags(cells: pd.Series) -> pd.Series:
    words = {cell: as_text(cell).casefold() for cell in set(cells)}
    meaning = {cell: True if word in _TRUE else False if word in _FALSE else None for cell, word in words.items()}
    return pd.Series([meaning[cell] for cell in cells], index=cells.index, dtype="boolean")


def texts(cells: pd.Series, column: Column, label: str, problems: list[Problem]) -> pd.Series:
    """Return words as the table holds them, None for no name; ids that have lost digits are told."""
    words = {cell: _UNQUOTED.sub("", as_text(cell)) for cell in set(cells)}
    if column.name.endswith("_id"):
        words = {cell: word.strip("[]") for cell, word in words.items()}
        damaged = lost_digits(words)
        if damaged:
            is_left_out = column.name in _REPLACEABLE
            problems.append(
                Problem.of(
                    "identifiers_damaged",
                    f"Digits of ids were lost, such as {damaged[0]}."
                    + (" These are left out: posts are told apart by link, day and text." if is_left_out else ""),
                    "Send the file as downloaded, without opening it in a spreadsheet.",
                    column=label,
                )
            )
            lost = set(damaged if is_left_out else ())
            words = {cell: "" if word in lost else word for cell, word in words.items()}
    if column.values is not None:
        spelling = column.values
        words = {cell: spelling.get(word.casefold(), word.casefold()) for cell, word in words.items()}
    return pd.Series(
        [None if words[cell] in NO_NAMES else words[cell] for cell in cells], index=cells.index, dtype="str"
    )


def lost_digits(words: Mapping[object, str]) -> list[str]:
    """Return, sorted, the ids that are written as a spreadsheet writes numbers too long for it.

    Parameters
    ----------
    words
        Different cells of a column with the ids that they hold.
    """
    rounded = {word for cell, word in words.items() if _is_rounded(cell, word)}
    long = {word for word in words.values() if len(word) > _KEPT_DIGITS and word.isascii() and word.isdigit()}
    tails = [word[_KEPT_DIGITS:] for word in long]
    # One id may end in zeros by chance; a whole column of them does not.
    if sum(map(len, tails)) >= _TELLING_ZEROS and not any(tail.strip("0") for tail in tails):
        rounded |= long
    return sorted(rounded)


def _is_rounded(cell: object, word: str) -> bool:
    if isinstance(cell, float):
        return abs(cell) >= 2**53
    return "e+" in word.casefold() and numbers.looks_numeric(word)
