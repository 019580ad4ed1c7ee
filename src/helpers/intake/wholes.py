"""Rows that stand for others of their table: some exports list a whole beside its parts.

Ads Manager writes a campaign's row above its rows by age, under "All" or without an age; other tables list each day's
sum among its campaigns. Added to their parts such rows double every figure, and nothing but arithmetic tells them from
parts without a name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from helpers.intake.receipt import Problem
from helpers.intake.typed import RefusedTableError

# What platforms write instead of a part where a row is about all of them.
_ALL = frozenset({"all", "todos", "todas", "todo", "total", "totals", "totales", "tous", "toutes", "alle", "tutti"})
# Figures are rounded one by one, each by up to half of the last digit.
_ROUNDING = 0.005
# Ones and zeros agree by chance: of the larger measures, so many must.
_EVIDENCE = 2


@dataclass(frozen=True)
class Names:
    """Columns by which the rows of a table are told apart: `splits` divide further what `others` name and date."""

    others: Sequence[str]
    splits: Sequence[str]


def of_parts(frame: pd.DataFrame, names: Names, measures: Sequence[str], labels: Mapping[str, str]) -> pd.Index:
    """Return the index of rows that sum up other rows of the table.

    Parameters
    ----------
    frame
        Typed records.
    names
        What tells them apart; a row that leaves some of it blank may be a whole.
    measures
        Columns that may be added.
    labels
        Header in the file by column.

    Raises
    ------
    RefusedTableError
        Where rows without a part are at least as large as the parts beside them, and not their sum: then nobody can
        say whether they hold them.
    """
    keys = frame[[*names.others, *names.splits]].copy()
    for name in names.splits:
        keys[name] = keys[name].mask(keys[name].astype("str").str.strip().str.casefold().isin(_ALL))
    keys = keys.loc[:, keys.notna().any()]
    blank = keys.isna()
    found = frame.index[:0]
    if not measures or not blank.to_numpy().any():
        return found
    figures = frame[list(measures)]
    for kind in _kinds(blank):
        missing = [str(name) for name, is_missing in kind.items() if is_missing]
        rest = [str(name) for name, is_missing in kind.items() if not is_missing]
        is_whole = blank.eq(kind).all(axis=1)
        is_finer = ~blank[rest].any(axis=1) & ~is_whole & ~frame.index.isin(found)
        sums = _sums(keys, figures, rest, is_whole, is_finer)
        agreement = _agreement(figures, sums)
        if agreement.empty:
            continue
        if agreement.eq("equal").all():
            found = found.union(sums.index)
        elif agreement.ne("less").all() and set(missing) <= set(names.splits):
            raise RefusedTableError(_doubt(agreement, [labels.get(name, name) for name in missing]))
    return found


def _kinds(blank: pd.DataFrame) -> list[pd.Series]:
    """Return what rows leave blank, each kind once, those that leave the least first."""
    kinds = blank[blank.any(axis=1)].drop_duplicates()
    return [kinds.loc[row] for row in kinds.sum(axis=1).sort_values(kind="stable").index]


def _sums(
    keys: pd.DataFrame, figures: pd.DataFrame, rest: Sequence[str], is_whole: pd.Series, is_finer: pd.Series
) -> pd.DataFrame:
    """Sum the finer rows beside each row that may be a whole, which has any; `_parts` is their number."""
    group = pd.Series(0, index=keys.index)
    if rest:
        group = keys.groupby(list(rest), dropna=False, sort=False).ngroup()
    groups = figures[is_finer].groupby(group[is_finer])
    sums = groups.sum(min_count=1).assign(_parts=groups.size())
    beside = group[is_whole & group.isin(sums.index)]
    return sums.loc[beside].set_axis(beside.index)


def _agreement(figures: pd.DataFrame, sums: pd.DataFrame) -> pd.Series:
    """Say of each row that is large enough to tell: `equal` to the sum of its parts, `more` or `less`."""
    stated, parts = figures.loc[sums.index], sums[figures.columns]
    known = stated.notna() & parts.notna()
    slack = parts.abs() * 1e-6
    slack = slack.add(_ROUNDING * (sums["_parts"] + 1), axis=0)
    gap = (stated - parts).where(known, 0)
    is_equal, is_less = gap.abs().le(slack).all(axis=1), gap.lt(-slack).any(axis=1)
    said = pd.Series("more", index=sums.index).mask(is_less, "less").mask(is_equal, "equal")
    return said[(stated.where(known).abs() > 1).sum(axis=1) >= _EVIDENCE]


def _doubt(agreement: pd.Series, headers: Sequence[str]) -> Problem:
    row = int(agreement.index[agreement.eq("more")][0])
    named = ", ".join(headers)
    return Problem.of(
        "duplicates",
        f"Rows without {named} stand beside rows with it and are larger than these: they may be their total or not.",
        f"Export again without the rows that leave {named} open, or without that breakdown.",
        row=row,
        column=headers[0],
        is_fatal=True,
    )
