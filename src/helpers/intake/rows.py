"""Which rows of a table are records, and which are totals, footers or cut off."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

import pandas as pd

from helpers.intake import numbers
from helpers.intake.cells import Cell, as_text, is_blank, is_nameless, is_null
from helpers.intake.receipt import Problem
from helpers.intake.typed import RefusedTableError
from helpers.platforms import TotalRow

_LABEL_WITHIN = 4
_COMMON_TOTALS: tuple[TotalRow, ...] = (
    TotalRow(r"(grand |gran )?total(s|es|e)?( general)?:?"),
    TotalRow(r"(resultados totales|total results|suma total|total général|totale complessivo|gesamt(summe|ergebnis)?)"),
    TotalRow(r"totale?s? (of|de|di|von) \d[\d.,]* (results?|resultados?|rows?|filas?|risultati|ergebnisse).*"),
    TotalRow(r"(results|total) from \d+ .+|resultados de \d+ .+"),
    TotalRow(r"total(es)?: .+", is_same_scope=False),
    TotalRow(r"(media|promedio|average|mean|mittelwert)", is_same_scope=False),
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
    dropped
        Number of rows set aside, by reason.
    """

    raw: pd.DataFrame
    totals: pd.DataFrame
    dropped: Mapping[str, int] = field(default_factory=dict)


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
    """

    places: Mapping[str, int]
    measures: frozenset[str]
    names: tuple[str, ...]
    width: int
    total_rows: tuple[TotalRow, ...] = ()
    has_blank_totals: bool = False

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
    dropped: dict[str, int] = {}
    last = len(rows) - 1
    for position, (row, number) in enumerate(zip(rows, row_numbers, strict=True)):
        _refuse_ragged(row, number, layout.width)
        if _is_footer(row, layout):
            dropped["footer"] = dropped.get("footer", 0) + 1
            continue
        rule = total_rule(row, layout)
        if rule is not None:
            dropped["total_row"] = dropped.get("total_row", 0) + 1
            if rule.is_same_scope:
                totals[number] = row
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
    return Records(_frame(kept, layout.places), _frame(totals, layout.places), dropped)


def total_rule(row: Sequence[Cell], layout: Layout) -> TotalRow | None:
    """Return the rule by which a row is a total, None for a record."""
    named = [at for at in layout.name_places if at < len(row) and not is_null(row[at])][:2]
    if len(named) > 1:
        return None
    for position, cell in enumerate(row[:_LABEL_WITHIN]):
        text = as_text(cell).casefold()
        if not text or named not in ([], [position]):
            continue
        for rule in (*layout.total_rows, *_COMMON_TOTALS):
            if re.fullmatch(rule.label, text):
                return rule
    if layout.has_blank_totals and layout.names and _names_nothing(row, layout) and _has_measure(row, layout):
        return TotalRow("")
    return None


def _names_nothing(row: Sequence[Cell], layout: Layout) -> bool:
    return all(is_nameless(row[at]) for at in layout.name_places if at < len(row))


def _frame(rows: Mapping[int, list[Cell]], places: Mapping[str, int]) -> pd.DataFrame:
    index = pd.Index(list(rows), dtype="int64")
    columns = {
        name: pd.Series([row[at] if at < len(row) else "" for row in rows.values()], index=index, dtype="object")
        for name, at in places.items()
    }
    return pd.DataFrame(columns, index=index)


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
