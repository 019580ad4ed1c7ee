"""Records that are called totals, and totals that look like records: arithmetic tells them apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from helpers.intake.cells import as_text
from helpers.intake.rows import Records
from helpers.tables import Column

_TOLERANCE = 0.006  # of each figure of a sum that is rounded to cents
_AS_WHOLE = 0.5  # of a large mean that is shown as a whole number
# Up to so many rows are judged in all combinations, more of them one by one.
_MOST_CALLED = 4
LARGE = 10
"""From here on figures tell; ones and zeros agree by chance."""
DECISIVE = ("spend", "impressions")
"""Measures that tell a total; platforms withhold others of some rows."""

_Figures: TypeAlias = npt.NDArray[np.float64]
_Places: TypeAlias = npt.NDArray[np.intp]


def restored(records: Records, columns: Mapping[str, Column]) -> Records:
    """Take back as records the rows that are only called a total: their counts are not the sums of the others."""
    counts = [name for name, column in columns.items() if column.kind == "count" and column.adds_up]
    figures = records.raw[counts].map(_count).sum()
    totals = records.totals[counts].map(_count)
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
    has_figures = bool(records.called[measures].map(_count).gt(0).to_numpy().any())
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
    stated = totals.reindex(columns=weight.sums.index)
    for number in range(len(called) + 1 if len(called) <= _MOST_CALLED else 1):
        for rows in combinations(called.index, number):
            sums = weight.sums.add(called.loc[list(rows)].sum(), fill_value=0)[weight.sums.index]
            if _is_summed(stated.drop(index=list(rows), errors="ignore"), sums, weight.rows + number):
                return [int(row) for row in rows]
    if alone := _held_alone(called, stated, weight) if len(called) > _MOST_CALLED else []:
        return alone[:1]
    is_smaller = called.gt(0) & called.lt(weight.largest)
    return [int(row) for row in called.index[is_smaller.any(axis=1) & called.index.isin(totals.index)]]


def _held_alone(called: pd.DataFrame, stated: pd.DataFrame, weight: Weight) -> list[int]:
    """Return the rows that, each added alone to the records, make them what the other totals say, or all of these."""
    is_held = pd.Series(data=False, index=called.index)
    slack = _TOLERANCE * (weight.rows + 2)
    for name, records in weight.sums.items():
        sums, own = called[name].fillna(0) + records, stated[name].reindex(called.index)
        values = np.sort(stated[name].dropna())
        number = values.searchsorted(sums + slack, side="right") - values.searchsorted(sums - slack)
        others = number - (own - sums).abs().le(slack)
        is_all = (stated[name].sum() - own.fillna(0) - sums).abs().le(slack)
        is_held |= (others.gt(0) | is_all) & sums.ge(LARGE)
    return [int(row) for row in called.index[is_held]]


def of_neighbours(called: pd.DataFrame, parts: pd.DataFrame) -> list[int]:
    """Return such rows that sum up several records right above or below them, as people add them to groups.

    Of a group of one, which stands right above its total, two measures have to tell.
    """
    wanted = called[called.ge(LARGE).any(axis=1)]
    at = parts.index.searchsorted(wanted.index)
    figures, sums = parts.fillna(0).to_numpy(dtype="float64"), wanted.to_numpy(dtype="float64")
    is_found = (_summed_next(sums, figures[::-1], len(parts) - at) > 0) | (_summed_next(sums, figures, at) > 0)
    if len(parts):
        is_equal = (np.abs(figures[np.maximum(at - 1, 0)] - sums) <= 2 * _TOLERANCE).all(axis=1)
        is_found |= is_equal & (at > 0) & ((sums > 0).sum(axis=1) > 1)
    return [int(row) for row in wanted.index[is_found]]


def above(called: pd.DataFrame, parts: pd.DataFrame) -> pd.Series:
    """Return how many records right above it, of two or more, each of such rows sums up, where it does."""
    wanted = called[called.ge(LARGE).any(axis=1)]
    at = len(parts) - parts.index.searchsorted(wanted.index)
    figures = parts.iloc[::-1].fillna(0).to_numpy(dtype="float64")
    found = pd.Series(_summed_next(wanted.to_numpy(dtype="float64"), figures, at), index=wanted.index)
    return found[found.gt(0)]


def _summed_next(sums: _Figures, figures: _Figures, at: _Places) -> _Places:
    """Return of how many of the figures that follow its place, two or more, each of some rows is the sum; zero if none.

    As many as reach it in every measure are compared with it: each may be off by what rounding takes. Credits among
    them may hide that they are its parts, nothing else.
    """
    added = np.vstack([np.zeros(figures.shape[1]), figures.cumsum(axis=0)])
    slack = _TOLERANCE * np.arange(len(added))
    number = np.full(len(at), 2)
    for column in range(figures.shape[1]):
        reached = np.maximum.accumulate(added[:, column] + slack)
        goal = sums[:, column] + added[at, column] + slack[at] - _TOLERANCE
        number = np.maximum(number, reached.searchsorted(goal) - at)
    end = np.minimum(at + number, len(figures))
    gaps = np.abs(added[end] - added[at] - sums)
    is_off = gaps > _TOLERANCE * (number + 1)[:, None]
    return np.where((at + number <= len(figures)) & ~is_off.any(axis=1), number, 0)


def unexplained(called: pd.DataFrame, totals: pd.DataFrame, sums: pd.Series, rows: int) -> list[int]:
    """Return those of such rows that are left out although they are neither the sum nor the mean of the records."""
    if _is_summed(totals, sums, rows) or not rows:
        return []
    means = sums / rows
    gaps = (called - means).abs()
    is_mean = (gaps.le(_AS_WHOLE) & means.ge(LARGE)) | (gaps.le(_TOLERANCE) & sums.ge(LARGE))
    is_filled = called.gt(0).any(axis=1)
    return [int(row) for row in called.index[is_filled & ~is_mean.any(axis=1)]]


def _is_summed(totals: pd.DataFrame, sums: pd.Series, rows: int) -> bool:
    """Whether a total row, or all of them together, sum up the records in a measure that is large enough to tell."""
    stated = totals.reindex(columns=sums.index)
    gaps = (pd.concat([stated, stated.sum().to_frame().T]) - sums).abs()
    return bool((gaps.le(_TOLERANCE * (rows + 1)) & sums.ge(LARGE)).to_numpy().any())


def _count(cell: object) -> int:
    """Return a count whatever sign groups it."""
    return int(re.sub(r"\D", "", as_text(cell)) or 0)
