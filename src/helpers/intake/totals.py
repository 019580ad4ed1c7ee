"""Records that are called totals, and totals that look like records: arithmetic tells them apart."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from helpers.intake.cells import as_text
from helpers.intake.rows import Records
from helpers.tables import Column

_LABEL = re.compile(r"(?:grand |gran |sub-?)?total(?:es|s|e)?(?: general)?:?(?: (?:de |of )?(?P<of>.+))?")
_TOLERANCE = 0.006  # of a sum of two figures that are rounded to cents


def restored(records: Records, columns: Mapping[str, Column]) -> Records:
    """Take back as records the rows that are only called a total: their counts are not the sums of the others."""
    counts = [name for name, column in columns.items() if column.kind == "count" and column.adds_up]
    figures = records.raw[counts].map(_whole).sum()
    totals = records.totals[counts].map(_whole)
    is_sum = [
        bool(counts) and any(row.eq(wanted).all() for wanted in (figures, figures + totals.sum() - row))
        for _, row in totals.iterrows()
    ]
    called = records.totals[[not one for one in is_sum]]
    if called.empty:
        return records
    left = records.dropped["total_row"] - len(called)
    dropped = {reason: number for reason, number in records.dropped.items() if reason != "total_row"}
    return replace(
        records,
        raw=pd.concat([records.raw, called]).sort_index(),
        totals=records.totals[is_sum],
        dropped={**dropped, **({"total_row": left} if left else {})},
    )


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
