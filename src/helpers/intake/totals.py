"""Records that are called totals, and totals that look like records: arithmetic tells them apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

import pandas as pd

from helpers.intake.cells import as_text
from helpers.intake.rows import Records
from helpers.tables import Column

_EACH = (
    r"(?:(?:las |los |the )?(?:campaigns?|ad ?sets?|ad groups?|ads|channels|platforms|"
    r"campañas|conjuntos(?: de anuncios)?|grupos(?: de anuncios)?|anuncios|canales|plataformas))"
)
_LABEL = re.compile(
    rf"(?:all|todas|todos) {_EACH}|"
    rf"(?:grand |gran |sub-?)?total(?:es|s|e)?(?: general)?:?(?: (?:de |of )?(?:{_EACH}|(?P<of>.+)))?"
)
_TOLERANCE = 0.006  # of a sum of two figures that are rounded to cents
_WHOLE = 0.5  # of a mean that is shown as a whole number
_MOST_CALLED = 4
LARGE = 10
"""From here on figures tell; ones and zeros agree by chance."""
DECISIVE = ("spend", "impressions")
"""Measures that tell a total; platforms withhold others of some rows."""


def restored(records: Records, columns: Mapping[str, Column]) -> Records:
    """Take back as records the rows that are only called a total: their counts are not the sums of the others."""
    counts = [name for name, column in columns.items() if column.kind == "count" and column.adds_up]
    figures = records.raw[counts].map(_whole).sum()
    totals = records.totals[counts].map(_whole)
    is_sum = [
        bool(counts) and any(row.eq(wanted).all() for wanted in (figures, figures + totals.sum() - row))
        for _, row in totals.iterrows()
    ]
    called = records.totals.index[[not one for one in is_sum]]
    return records if called.empty else records.restored(called)


def with_only(records: Records, columns: Mapping[str, Column]) -> Records:
    """Take the only row with figures as a record, though it is called a total: there is nothing that it sums up."""
    measures = [name for name, column in columns.items() if column.adds_up and name in records.called]
    if len(records.called) != 1 or len(records.raw) or not records.totals.index.isin(records.called.index).all():
        return records
    has_figures = bool(records.called[measures].map(_whole).gt(0).to_numpy().any())
    return records.restored(records.called.index) if has_figures else records


@dataclass(frozen=True)
class Weight:
    """Of all records of a table: sum and largest figure of each measure that decides, and their number."""

    sums: pd.Series
    largest: pd.Series
    rows: int


def decisive(measures: Iterable[str]) -> list[str]:
    """Return the measures that tell a total: money and impressions where there are any, else all."""
    names = list(measures)
    return [name for name in DECISIVE if name in names] or names


def misnamed(called: pd.DataFrame, totals: pd.DataFrame, weight: Weight) -> list[int]:
    """Return the rows that are called a total or an average and are records.

    They are where a total of the file holds them, or where they are smaller than one of those that they would sum up.

    Parameters
    ----------
    called
        Measures of such rows; the index holds the rows of the file.
    totals
        Of all rows that sum up the file, those called a total among them.
    weight
        Of the records.
    """
    for number in range(min(len(called), _MOST_CALLED) + 1):
        for rows in combinations(called.index, number):
            sums = weight.sums.add(called.loc[list(rows)].sum(), fill_value=0)[weight.sums.index]
            if _is_summed(totals.drop(index=list(rows), errors="ignore"), sums, weight.rows + number):
                return [int(row) for row in rows]
    is_smaller = called.gt(0) & called.lt(weight.largest)
    return [int(row) for row in called.index[is_smaller.any(axis=1) & called.index.isin(totals.index)]]


def of_neighbours(called: pd.DataFrame, parts: pd.DataFrame) -> list[int]:
    """Return such rows that sum up several records right above or below them, as people add them to groups."""
    found = []
    for row in called.index[called.ge(LARGE).any(axis=1)]:
        for beside in (parts[parts.index < row].iloc[::-1], parts[parts.index > row]):
            gaps = (beside.cumsum() - called.loc[row]).abs()
            if gaps.le(_TOLERANCE * (len(beside) + 1)).all(axis=1).iloc[1:].any():
                found.append(int(row))
    return found


def unexplained(called: pd.DataFrame, totals: pd.DataFrame, sums: pd.Series, rows: int) -> list[int]:
    """Return those of such rows that are left out although they are neither the sum nor the mean of the records."""
    if _is_summed(totals, sums, rows) or not rows:
        return []
    means = sums / rows
    is_mean = (called - means).abs().le(_WHOLE) & means.ge(LARGE)
    is_filled = called.gt(0).any(axis=1)
    return [int(row) for row in called.index[is_filled & ~is_mean.any(axis=1)]]


def _is_summed(totals: pd.DataFrame, sums: pd.Series, rows: int) -> bool:
    """Whether a total row, or all of them together, sum up the records in a measure that is large enough to tell."""
    stated = totals.reindex(columns=sums.index)
    gaps = (pd.concat([stated, stated.sum().to_frame().T]) - sums).abs()
    return bool((gaps.le(_TOLERANCE * (rows + 1)) & sums.ge(LARGE)).to_numpy().any())


def label(cell: object) -> str | None:
    """Return what a cell says that it is the total of, "" where it says nothing more, None where it is no total."""
    found = _LABEL.fullmatch(as_text(cell).casefold())
    return (found["of"] or "").strip() if found else None


def _whole(cell: object) -> int:
    """Return a count whatever sign groups it."""
    return int(re.sub(r"\D", "", as_text(cell)) or 0)
