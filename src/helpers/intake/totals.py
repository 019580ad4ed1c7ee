"""Records that are called totals, and totals that look like records: arithmetic tells them apart."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import pandas as pd

from helpers.intake.cells import as_text
from helpers.intake.rows import Records
from helpers.tables import Column

_LABEL = re.compile(r"(?:grand |gran |sub-?)?total(?:es|s|e)?(?: general)?:?(?: (?:de |of )?(?P<of>.+))?")
_TOLERANCE = 0.006  # of a sum of two figures that are rounded to cents
_WHOLE = 0.5  # of a mean that is shown as a whole number
_LARGE = 10  # ones and zeros agree by chance
_MOST_CALLED = 4
_DECISIVE = ("spend", "impressions")


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
    return [name for name in _DECISIVE if name in names] or names


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
    for row in called.index[called.ge(_LARGE).any(axis=1)]:
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
    is_mean = (called - means).abs().le(_WHOLE) & means.ge(_LARGE)
    is_filled = called.gt(0).any(axis=1)
    return [int(row) for row in called.index[is_filled & ~is_mean.any(axis=1)]]


def _is_summed(totals: pd.DataFrame, sums: pd.Series, rows: int) -> bool:
    """Whether a total row, or all of them together, sum up the records in a measure that is large enough to tell."""
    stated = totals.reindex(columns=sums.index)
    gaps = (pd.concat([stated, stated.sum().to_frame().T]) - sums).abs()
    return bool((gaps.le(_TOLERANCE * (rows + 1)) & sums.ge(_LARGE)).to_numpy().any())


def of_parts(frame: pd.DataFrame, columns: Mapping[str, Column]) -> list[int]:
    """Return the rows that are named a total and sum up others: those of their day, of their channel or of both.

    Parameters
    ----------
    frame
        Typed records; the index holds the rows of the file.
    columns
        What the columns hold.

    Returns
    -------
    Empty unless all rows of such names are such sums, one of them of several rows.
    """
    measures = [name for name, column in columns.items() if column.adds_up and column.is_numeric and name in frame]
    days = [name for name, column in columns.items() if column.is_temporal and name in frame]
    names = [name for name, column in columns.items() if column.kind == "text" and name in frame]
    if not measures:
        return []
    labels = {name: frame[name].map({cell: _label(cell) for cell in frame[name].unique()}) for name in names}
    called = pd.Series(data=False, index=frame.index)
    for found in labels.values():
        called |= found.notna()
    if not called.any():
        return []
    parts = frame[~called]
    rows: list[int] = []
    for name, found in labels.items():
        others = [*days, *(one for one in names if one != name)]
        rows += _sums(frame[found.eq("")], parts, others, measures)
        named = frame.assign(**{name: found})[found.fillna("").ne("")]
        rows += _sums(named, _folded(parts, name), [*others, name], measures)
    return rows


def _sums(stated: pd.DataFrame, parts: pd.DataFrame, names: Sequence[str], measures: Sequence[str]) -> list[int]:
    """Return the rows of `stated` if each is the sum of the parts that bear the same names, where it has names."""
    keys = [name for name in names if stated[name].notna().all()]
    if stated.empty or not keys:
        return []
    groups = parts.groupby(keys, dropna=False, observed=True)[list(measures)]
    sums, sizes = groups.sum(), groups.size()
    wanted = stated.set_index(keys)[list(measures)].fillna(0)
    if not wanted.index.is_unique or not wanted.index.isin(sums.index).all() or sizes.loc[wanted.index].max() < 2:
        return []
    gaps = (wanted - sums.loc[wanted.index]).abs()
    is_sum = bool((gaps <= _TOLERANCE * sizes.loc[wanted.index].max()).to_numpy().all())
    return [int(row) for row in stated.index] if is_sum else []


def are_named(words: Collection[str]) -> bool:
    """Whether one of these words says that it is the total of all, or of another one of them."""
    folded = {word.casefold() for word in words}
    return any(label is not None and (not label or label in folded) for label in map(_label, words))


def without(records: Records, rows: Sequence[int]) -> Records:
    """Set aside records that sum up others; that they do is proven, so nothing is left to compare."""
    is_total = records.raw.index.isin(rows)
    dropped = {**records.dropped, "total_row": records.dropped.get("total_row", 0) + len(rows)}
    return replace(
        records,
        raw=records.raw[~is_total],
        dropped=dropped,
    )


def _label(cell: object) -> str | None:
    """Return what a cell says that it is the total of, "" where it says nothing more, None where it is no total."""
    found = _LABEL.fullmatch(as_text(cell).casefold())
    return (found["of"] or "").strip() if found else None


def _folded(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    return frame.assign(**{name: frame[name].str.casefold()})


def _whole(cell: object) -> int:
    """Return a count whatever sign groups it."""
    return int(re.sub(r"\D", "", as_text(cell)) or 0)
