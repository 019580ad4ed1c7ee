"""Which rows of a table are records, and which are totals, footers or cut off."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice

import pandas as pd

from helpers.intake import numbers
from helpers.intake.cells import Cell, as_text, is_blank, is_nameless, is_null
from helpers.intake.labels import AVERAGE, COUNTED, OF_A_DAY, OF_SOME, PLAIN, PLAINLY
from helpers.intake.receipt import Problem
from helpers.intake.typed import RefusedTableError
from helpers.platforms import LeftOut, TotalRow

_LABEL_WITHIN = 4
_PLAIN_TOTALS: tuple[TotalRow, ...] = (TotalRow(PLAIN),)
_AVERAGE = TotalRow(AVERAGE, is_same_scope=False)
# Campaigns may be called so too.
_WORDS = (*_PLAIN_TOTALS, _AVERAGE)
_COMMON_TOTALS: tuple[TotalRow, ...] = (
    *_PLAIN_TOTALS,
    TotalRow(PLAINLY),
    TotalRow(COUNTED),
    TotalRow(OF_SOME, is_same_scope=False),
    TotalRow(OF_A_DAY, is_same_scope=False),
    _AVERAGE,
)


@dataclass(frozen=True)
class Records:
    """The records of a table and what was set aside.

    Parameters
    ----------
    raw
        One column a canonical or working column, cells as in the file; the index holds the rows of the file.
    totals
        Rows that sum exactly the records, in the same columns.
    day_totals
        Rows that each sum the records of one day: together they sum all of them.
    dropped
        Number of rows set aside, by reason.
    said
        What these rows say in the cells for which they are set aside, by reason, the most frequent first.
    called
        Rows set aside for a name that a record may have as well: those called a total stand in `totals` too, the others
        are called an average.
    """

    raw: pd.DataFrame
    totals: pd.DataFrame
    day_totals: pd.DataFrame
    dropped: Mapping[str, int] = field(default_factory=dict)
    said: Mapping[str, Sequence[str]] = field(default_factory=dict)
    called: pd.DataFrame = field(default_factory=pd.DataFrame)

    def without_totals(self, found: pd.Index) -> Records:
        """Set aside rows that turned out to sum up others."""
        number = self.dropped.get("total_row", 0) + len(found)
        dropped = {**self.dropped, "total_row": number} if number else self.dropped
        return replace(self, raw=self.raw.drop(found), dropped=dropped)

    def restored(self, rows: Collection[int]) -> Records:
        """Take back as records rows that turned out to be only called a total."""
        found = self.called.index.isin(rows)
        left = self.dropped["total_row"] - int(found.sum())
        others = {reason: number for reason, number in self.dropped.items() if reason != "total_row"}
        return replace(
            self,
            raw=pd.concat([self.raw, self.called[found]]).sort_index(),
            totals=self.totals[~self.totals.index.isin(rows)],
            dropped={**others, **({"total_row": left} if left else {})},
            called=self.called[~found],
        )


@dataclass(frozen=True)
class Layout:
    """Where the columns of a table are.

    Parameters
    ----------
    places
        Position of each canonical or working column.
    measures
        Those that hold numbers.
    names
        Those that name what a row is about: blank in a total row.
    width
        Number of header cells.
    total_rows
        Labels of the platform's own total rows.
    has_blank_totals
        Whether a row with all names blank is a total, as the platform writes it.
    asides
        First cells, in lower case, of rows that tell something of the file.
    named_by
        The column without which a row sums others up, "" where there is none.
    days
        Those of the names that place a row in time.
    splits
        Those that divide further what the others name.
    writes_no_totals
        Whether only a person can have added a total.
    """

    places: Mapping[str, int]
    measures: frozenset[str]
    names: tuple[str, ...]
    width: int
    total_rows: tuple[TotalRow, ...] = ()
    has_blank_totals: bool = False
    asides: frozenset[str] = frozenset()
    named_by: str = ""
    days: frozenset[str] = frozenset()
    splits: frozenset[str] = frozenset()
    writes_no_totals: bool = False

    @cached_property
    def part_places(self) -> frozenset[int]:
        """Positions of the names that a platform's own total rows may hold beside their label: days and splits."""
        return frozenset(self.places[name] for name in self.days | self.splits)

    @cached_property
    def day_places(self) -> frozenset[int]:
        """Positions of the names that place a row in time."""
        return frozenset(self.places[name] for name in self.days)

    @cached_property
    def name_places(self) -> tuple[int, ...]:
        """Positions of the names."""
        return tuple(self.places[name] for name in self.names)


def separate(
    rows: Sequence[list[Cell]],
    row_numbers: Sequence[int],
    layout: Layout,
    *,
    ends_midway: bool,
) -> Records:
    """Tell records from totals and footers.

    Raises
    ------
    RefusedTableError
        Where a row has more cells than the header, or the last one is cut off.
    """
    kept: dict[int, list[Cell]] = {}
    totals: dict[int, list[Cell]] = {}
    day_totals: dict[int, list[Cell]] = {}
    called: dict[int, list[Cell]] = {}
    dropped: dict[str, int] = {}
    last = len(rows) - 1
    for position, (row, number) in enumerate(zip(rows, row_numbers, strict=True)):
        _refuse_ragged(row, number, layout.width)
        if _is_footer(row, layout):
            dropped["footer"] = dropped.get("footer", 0) + 1
            continue
        if layout.asides and as_text(row[0]).casefold() in layout.asides:
            dropped["aside"] = dropped.get("aside", 0) + 1
            continue
        if not kept and not totals and _describes(row, layout):
            dropped["description"] = 1
            continue
        rule = total_rule(row, layout)
        if rule is not None:
            dropped["total_row"] = dropped.get("total_row", 0) + 1
            if rule in _WORDS:
                called[number] = row
            if rule.is_same_scope:
                (day_totals if rule.is_by_day else totals)[number] = row
            continue
        if ends_midway and position == last and _is_cut(row, rows[:last], layout.width):
            raise RefusedTableError(
                Problem.of(
                    "truncated_file",
                    f"The last row ends after {len(row)} of {layout.width} cells.",
                    "Download the export again.",
                    row=number,
                )
            )
        kept[number] = row
    raw, all_rows, by_day, named = (_frame(one, layout.places) for one in (kept, totals, day_totals, called))
    return Records(raw, all_rows, by_day, dropped, called=named)


def without(records: Records, rule: LeftOut) -> Records:
    """Set aside the rows that are no facts of the table."""
    if rule.column not in records.raw:
        return records
    fits = re.compile(rule.pattern, re.IGNORECASE).fullmatch
    words = records.raw[rule.column].map(as_text)
    is_left_out = words.map(lambda word: fits(word) is not None).astype(bool)
    if not is_left_out.any():
        return records
    dropped = {**records.dropped, rule.reason: int(is_left_out.sum())}
    said = {**records.said, rule.reason: [word for word, _ in Counter(words[is_left_out]).most_common()]}
    return replace(records, raw=records.raw[~is_left_out], dropped=dropped, said=said)


def total_rule(row: Sequence[Cell], layout: Layout) -> TotalRow | None:
    """Return the rule by which a row is a total, None for a record."""
    if layout.named_by in layout.places and _lacks(row, layout.places[layout.named_by]):
        return TotalRow("", is_same_scope=False)
    filled = [at for at in layout.name_places if at < len(row) and not is_null(row[at])]
    named, undated = filled[:3], [at for at in filled[:3] if at not in layout.day_places]
    unsplit = [at for at in filled if at not in layout.part_places]
    for position, cell in enumerate(row[:_LABEL_WITHIN] if min(len(undated), len(unsplit)) < 2 else ()):
        text = as_text(cell).casefold()
        if not text:
            continue
        alone: tuple[list[int], ...] = ([], [position])
        for rule in (*layout.total_rows, *(_PLAIN_TOTALS if layout.writes_no_totals else _COMMON_TOTALS)):
            if (undated if rule.is_by_day else named) in alone and re.fullmatch(rule.label, text):
                return rule
        for rule in layout.total_rows if unsplit in alone else ():
            if re.fullmatch(rule.label, text):
                return replace(rule, is_by_day=True)  # one for each device or day: together they sum all up
    if layout.has_blank_totals and layout.names and _names_nothing(row, layout) and _has_measure(row, layout):
        return TotalRow("")
    return None


def labels(words: Iterable[str], layout: Layout) -> set[str]:
    """Return those of some words by which a total row may be called."""
    rules = (*layout.total_rows, *_COMMON_TOTALS)
    is_label = re.compile("|".join(f"(?:{rule.label})" for rule in rules)).fullmatch
    return {word for word in words if is_label(as_text(word).casefold())}


def _describes(row: Sequence[Cell], layout: Layout) -> bool:
    """Whether a row under the headers says in words what they mean: every measure of it is text."""
    cells = [row[at] for name in layout.measures if (at := layout.places[name]) < len(row)]
    filled = [cell for cell in cells if not is_null(cell)]
    return (
        len(filled) > 1
        and all(isinstance(cell, str) and " " in cell.strip() for cell in filled)
        and not any(numbers.looks_numeric(cell) for cell in filled)
    )


def _names_nothing(row: Sequence[Cell], layout: Layout) -> bool:
    return all(is_nameless(row[at]) for at in layout.name_places if at < len(row))


def _frame(rows: Mapping[int, list[Cell]], places: Mapping[str, int]) -> pd.DataFrame:
    index = pd.Index(list(rows), dtype="int64")
    columns = {
        name: pd.Series([row[at] if at < len(row) else "" for row in rows.values()], index=index, dtype="object")
        for name, at in places.items()
    }
    return pd.DataFrame(columns, index=index)


def _lacks(row: Sequence[Cell], at: int) -> bool:
    return at >= len(row) or is_null(row[at])


def _has_measure(row: Sequence[Cell], layout: Layout) -> bool:
    at = (layout.places[name] for name in layout.measures)
    return any(not is_null(row[i]) for i in at if i < len(row))


def _is_footer(row: Sequence[Cell], layout: Layout) -> bool:
    filled = list(islice((i for i, cell in enumerate(row) if cell != "" and not is_blank([cell])), 2))
    if not filled:
        return True
    if len(filled) > 1 or layout.width <= 2:
        return False
    return not numbers.looks_numeric(row[filled[0]])  # notes are words: a lone number is a record of little


def _refuse_ragged(row: Sequence[Cell], number: int, width: int) -> None:
    if len(row) > width and not is_blank(list(row[width:])):
        raise RefusedTableError(
            Problem.of(
                "not_a_table",
                f"Row {number} has {len(row)} cells under {width} headers, so its figures cannot be told apart.",
                "A separator inside a cell is not quoted: download the export again.",
                row=number,
            )
        )


def _is_cut(row: Sequence[Cell], others: Sequence[Sequence[Cell]], width: int) -> bool:
    return 1 < len(row) < width and bool(others) and all(len(other) >= width for other in others)
