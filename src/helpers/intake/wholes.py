"""Rows that stand for others of their table: some exports list a whole beside its parts.

Ads Manager writes a campaign's row above its rows by age, under "All" or without an age; other tables list each day's
sum among its campaigns. Added to their parts such rows double every figure, and nothing but arithmetic tells them from
parts without a name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from helpers.intake.receipt import Problem
from helpers.intake.typed import RefusedTableError
from helpers.tables.ads_breakdown import PARTIAL

# What platforms write instead of a part where a row is about all of them.
ALL = frozenset({"all", "todos", "todas", "todo", "total", "totals", "totales", "tous", "toutes", "alle", "tutti"})
# Figures are rounded one by one, each by up to half of the last digit.
_ROUNDING = 0.005
# Ones and zeros agree by chance: so many measures must be there, and one of them so large.
_EVIDENCE, _LARGE = 2, 10
_DECISIVE = ("spend", "impressions")


@dataclass(frozen=True)
class Names:
    """Columns by which the rows of a table are told apart: `splits` divide further what `others` name and date."""

    others: Sequence[str]
    splits: Sequence[str]


@dataclass(frozen=True)
class Found:
    """Rows that sum up others, by index, and the measures of which they hold more than the rows beneath them."""

    rows: pd.Index
    more_of: tuple[str, ...] = ()


def of_parts(frame: pd.DataFrame, names: Names, measures: Sequence[str]) -> Found:
    """Find the rows that sum up other rows of the table.

    Parameters
    ----------
    frame
        Typed records.
    names
        What tells them apart; a row that leaves some of it blank, or says "All", may be a whole.
    measures
        Columns that may be added.

    Raises
    ------
    RefusedTableError
        Where a row says "All" and is larger than the parts beside it: then nobody can say whether it holds them.
    """
    keys = frame[[*names.others, *names.splits]]
    limited = [name for name in names.splits if name not in PARTIAL]  # anything may be searched for, also "total"
    says_all = keys[limited].apply(lambda cells: cells.astype("str").str.strip().str.casefold().isin(ALL))
    keys = keys.assign(**{name: keys[name].mask(says_all[name]) for name in limited})
    keys = keys.loc[:, keys.notna().any()]
    blank = keys.isna()
    rows, more_of = frame.index[:0], list[str]()
    if not measures or not blank.to_numpy().any():
        return Found(rows)
    figures = frame[list(measures)]
    for kind in _kinds(blank):
        rest = [str(name) for name, is_missing in kind.items() if not is_missing]
        is_whole = blank.eq(kind).all(axis=1)
        is_finer = ~blank[rest].any(axis=1) & ~is_whole & ~frame.index.isin(rows)
        sums = _sums(keys, figures, rest, is_whole, is_finer)
        agreement = _agreement(figures, sums)
        if agreement.empty:
            continue
        if agreement.eq("equal").all():
            rows = rows.union(sums.index)
            more_of += _larger(figures, sums)
        elif agreement.ne("less").all() and says_all.loc[agreement.index].any(axis=None):
            raise RefusedTableError(_doubt(agreement))
    return Found(rows, tuple(dict.fromkeys(more_of)))


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


def _gap(figures: pd.DataFrame, sums: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return by how much each row differs from the sum of its parts, NaN where either is blank, and its slack."""
    parts = sums[figures.columns]
    slack = (parts.abs() * 1e-6).add(_ROUNDING * (sums["_parts"] + 1), axis=0)
    return figures.loc[sums.index] - parts, slack


def _agreement(figures: pd.DataFrame, sums: pd.DataFrame) -> pd.Series:
    """Say of each row that is large enough to tell: `equal` to the sum of its parts, `more` or `less`.

    Money and impressions decide where the table has both: platforms withhold conversions of some breakdowns.
    """
    decisive = figures[list(_DECISIVE)] if set(_DECISIVE) <= set(figures.columns) else figures
    gap, slack = _gap(decisive, sums)
    is_equal, is_less = ~gap.abs().gt(slack).any(axis=1), gap.lt(-slack).any(axis=1)
    said = pd.Series("more", index=sums.index).mask(is_less, "less").mask(is_equal, "equal")
    told = figures.loc[sums.index].where(_gap(figures, sums)[0].notna()).abs()
    return said[told.gt(0).sum(axis=1).ge(_EVIDENCE) & told.max(axis=1).ge(_LARGE)]


def _larger(figures: pd.DataFrame, sums: pd.DataFrame) -> list[str]:
    """Return the measures of which some row holds more than its parts together."""
    gap, slack = _gap(figures, sums.fillna(0))
    return [str(name) for name in figures.columns if gap[name].gt(slack[name]).any()]


def _doubt(agreement: pd.Series) -> Problem:
    return Problem.of(
        "duplicates",
        'Rows that say "All" stand beside their parts and are larger than these: they may be the total or not.',
        "Export again without the rows for all, or without that breakdown.",
        row=int(agreement.index[agreement.eq("more")][0]),
        is_fatal=True,
    )
