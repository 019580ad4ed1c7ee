"""Rows that stand for others of their table: some exports list a whole beside its parts.

Ads Manager writes a campaign's row above its rows by age, under "All" or without an age; other tables list each day's
sum among its campaigns, called a total or not. Added to their parts such rows double every figure. Names propose and
arithmetic decides: a row is proven to be a whole, or proven to be none, or the table is refused.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from helpers.intake import labels, totals
from helpers.intake.receipt import Problem
from helpers.intake.rows import Records
from helpers.intake.typed import RefusedTableError, Typed
from helpers.platforms import ANY_LEVEL
from helpers.tables import Column, Table
from helpers.tables.ads import LEVELS
from helpers.tables.ads_breakdown import PARTIAL

LEVEL_NAMES = ("platform", "channel", *ANY_LEVEL)
"""Columns that name what a row of paid media is about."""
# Figures are rounded one by one, each by up to half of the last digit.
_ROUNDING = 0.005
# More than this share of rows that are called alike must be sums where records may be called so.
_MOST = 0.5
# So many measures must be there, and one of them large.
_EVIDENCE = 2
# What a row is the total of where a name beside it, or of another row, says the same. Stands before all words.
_KNOWN = " "
# A sum holds each of its parts; what restated figures may take from it is less than this share of a part.
_LEAST = 0.9


@dataclass(frozen=True)
class Names:
    """Columns by which the rows of a table are told apart.

    Parameters
    ----------
    others
        Name and date a row.
    splits
        Divide further what `others` name and date.
    days
        Those of `others` that hold days.
    is_paid
        Whether the rows are of paid media: then also a row that leaves a name blank may be a whole, and one that is
        called so must not stay in doubt. Elsewhere words such as "total" are also what people search for or sell.
    """

    others: Sequence[str]
    splits: Sequence[str]
    days: Sequence[str] = ()
    is_paid: bool = True

    @property
    def called(self) -> list[str]:
        """The columns in which a cell may say that its row is a total; anything may be searched for."""
        return [name for name in (*self.others, *self.splits) if name not in self.days and name not in PARTIAL]


@dataclass(frozen=True)
class Found:
    """Rows that sum up others, by index, what they hold, and the measures of which it is more than the rows beneath."""

    rows: pd.Index
    more_of: tuple[str, ...] = ()
    held: str = ""


@dataclass(frozen=True)
class _Rows:
    """Keys and figures of a table; `says` tells in which cells a row is called a total. A key is NaN where it is open.

    `parts` are the rows that may be beneath a whole.
    """

    keys: pd.DataFrame
    figures: pd.DataFrame
    says: pd.DataFrame
    parts: pd.Series

    def beside(self, is_whole: pd.Series, kind: pd.Series) -> pd.DataFrame:
        """Sum and greatest part beside each row that may be a whole and has any; `_parts` is their number."""
        rest = [str(name) for name, is_open in kind.items() if not is_open]
        is_finer = self.parts & ~is_whole & self.keys[rest].notna().all(axis=1)
        group = pd.Series(0, index=self.keys.index)
        if rest:
            group = self.keys.groupby(rest, dropna=False, sort=False).ngroup()
        groups = self.figures[is_finer].groupby(group[is_finer])
        sums = groups.sum(min_count=1).assign(_parts=groups.size()).join(groups.max().add_suffix(_GREATEST))
        found = group[is_whole & group.isin(sums.index)]
        return sums.loc[found].set_axis(found.index)

    def beneath(self, rows: pd.Index) -> pd.DataFrame:
        """Return what `beside` does, of each of some rows by what it leaves open."""
        blank, is_one = self.keys.isna(), pd.Series(self.keys.index.isin(rows), index=self.keys.index)
        beside = [self.beside(is_one & blank.eq(kind).all(axis=1), kind) for kind in _kinds(blank[is_one])]
        return pd.concat(beside).sort_index()

    def is_undated(self, days: Sequence[str]) -> pd.Series:
        """Whether rows large enough to tell leave the day open that others fill."""
        dated = self.keys[[name for name in days if self.keys[name].notna().any()]]
        is_open = dated.isna().all(axis=1) if len(dated.columns) else pd.Series(data=False, index=dated.index)
        return is_open & self.figures.ge(totals.LARGE).any(axis=1)

    def above(self, rows: pd.Index) -> pd.DataFrame:
        """As `beside`, of the parts right above such of some rows as sum them up in what decides."""
        parts = self.figures[self.parts]
        number = totals.above(_decisive(self.figures).loc[rows], _decisive(parts))
        ends = parts.index.searchsorted(number.index)
        runs = [parts.iloc[end - count : end] for end, count in zip(ends, number, strict=True)]
        made = [pd.concat([run.sum(min_count=1), run.max().add_suffix(_GREATEST)]) for run in runs]
        return pd.DataFrame(made, index=number.index).assign(_parts=number)

    def without(self, rows: pd.Index) -> _Rows:
        """Take rows that are wholes from those that may be beneath one."""
        return replace(self, parts=self.parts & ~self.keys.index.isin(rows))

    def named(self, raw: pd.DataFrame, rows: pd.Index) -> _Rows:
        """Take rows for what they are called in the file, which may be beneath a whole."""
        if rows.empty:
            return self
        is_named = pd.Series(self.keys.index.isin(rows), index=self.keys.index)
        keys = {str(name): self.keys[name].mask(is_named & self.says[name], raw[name]) for name in self.says}
        says = self.says.apply(lambda one: one & ~is_named)
        return replace(self, keys=self.keys.assign(**keys), says=says, parts=self.parts | is_named)


_GREATEST = "|greatest"
_IS_CALLED = "is called the total of the rows beside it"


def of_parts(frame: pd.DataFrame, names: Names, measures: Sequence[str], stated: pd.DataFrame) -> Found:
    """Find the rows that sum up other rows of the table.

    Parameters
    ----------
    frame
        Typed records; the index holds the rows of the file.
    names
        What tells them apart; a row that leaves some of it blank, or is called a total of it, may be a whole.
    measures
        Columns that may be added.
    stated
        Measures of the file's own totals of all records.

    Raises
    ------
    RefusedTableError
        Where a row may be the total of others and may not: it is called so and differs from their sum, and no total of
        the file counts it as a record, or others of its kind are proven totals.
    """
    raw = frame[[*names.others, *names.splits]]
    keys, says, told = _read(raw, names)
    if not measures or not (names.is_paid or len(told)):
        return Found(frame.index[:0])
    table = _Rows(keys, frame[list(measures)], says, ~says.any(axis=1))
    unnamed = _unnamed(table.named(raw, told.index[told.gt(_KNOWN)])) if names.is_paid else Found(frame.index[:0])
    table, told = table.without(unnamed.rows), told[~told.index.isin(unnamed.rows)]
    of_some = _of_some(table, told[told.ne("")], names)
    records = told.index[told.ne("")].difference(of_some.rows)
    table = table.named(raw, records)
    own = _unnamed(table) if names.is_paid and len(records) else Found(frame.index[:0])  # those of such records
    called = _called(table.without(own.rows), told[told.eq("")], names, stated)
    found = (unnamed, of_some, own, called)
    rows = frame.index[frame.index.isin([row for one in found for row in one.rows])]
    more_of = tuple(dict.fromkeys(name for one in found for name in one.more_of))
    return Found(rows, more_of, amounts(table.figures.loc[rows]))


def of_table(
    frame: pd.DataFrame,
    columns: Mapping[str, Column],
    table: Table,
    splits: Sequence[str],
    stated: pd.DataFrame,
    *,
    is_paid: bool,
) -> Found:
    """Find the rows that sum up others of their table, told apart by all of its days and names.

    Parameters
    ----------
    frame
        Typed records; the index holds the rows of the file.
    columns
        What its columns hold.
    table
        The table that they fill.
    splits, is_paid
        As for `Names`.
    stated
        As for `of_parts`.

    Raises
    ------
    RefusedTableError
        As for `of_parts`.
    """
    by_kind = table.alike or {}
    measures = [
        name for name, column in columns.items() if column.adds_up and column.is_numeric and name not in by_kind
    ]
    names = names_of([str(name) for name in frame], columns, splits, is_paid=is_paid)
    return of_parts(frame, names, measures, stated)


def names_of(present: Collection[str], columns: Mapping[str, Column], splits: Sequence[str], *, is_paid: bool) -> Names:
    """Return what tells the rows of a table apart, of the columns that it has; the rest is as for `of_table`."""
    if not is_paid:
        days = [name for name, column in columns.items() if column.is_temporal and name in present]
        texts = [name for name, column in columns.items() if column.kind == "text" and name in present]
        return Names([*days, *texts], [], days, is_paid=False)
    days = [name for name in ("date", "_week", "_month", "_quarter") if name in present]
    days += [name for name in ("_report_start", "period_start") if name in present and not days]
    return Names([*(name for name in LEVEL_NAMES if name in present), *days], splits, days)


def without(
    found: Typed, records: Records, labels: Mapping[str, str], whole: Found
) -> tuple[Typed, Records, list[Problem]]:
    """Set rows that sum up others aside, and say what they and what only they hold."""
    if whole.rows.empty:
        return found, records, []
    message = f"Rows that sum up others are left out, the first is row {whole.rows.min()}: {whole.held} in all."
    notes = [Problem.of("total_row_dropped", message)]
    if whole.more_of:
        held = ", ".join(labels[name] for name in whole.more_of)
        message = f"Total rows hold more than the rows beneath them: {held}."
        notes.append(Problem.of("incomplete_data", message, "Export without the breakdown to have all of them."))
    return found.without(whole.rows), records.without_totals(whole.rows), notes


def claimed(words: Iterable[object], *, is_paid: bool) -> set[str]:
    """Return what some words say that they are the totals of, "" where they say of all; `is_paid` as for `Names`."""
    return {of for word in words if (of := _label(word, is_paid=is_paid)) is not None}


def _read(keys: pd.DataFrame, names: Names) -> tuple[pd.DataFrame, pd.DataFrame, pd.Series]:
    """Read the cells that say what their row is the total of; they are open, or hold what they are the total of.

    Returns
    -------
    Keys; which cells say so; what each such row is the total of: "" of all, `_KNOWN`, or a word that no other row has.
    """
    says = pd.DataFrame(data=False, index=keys.index, columns=keys.columns)
    read, told = dict[str, pd.Series](), dict[str, pd.Series]()
    for name in names.called:
        cells = keys[name].dropna().unique()
        labels = {cell: of for cell in cells if (of := _label(cell, is_paid=names.is_paid)) is not None}
        word = keys[name].map(labels).dropna() if labels else keys[name].iloc[:0]
        known = {str(cell).casefold(): cell for cell in cells if cell not in labels}
        others = keys.loc[word.index].drop(columns=name).astype("str")
        beside = others.apply(lambda one: one.str.strip().str.casefold()).eq(word, axis=0).any(axis=1)
        says.loc[word.index, name] = True
        told[name] = word.mask(word.ne("") & (word.isin(known) | beside), _KNOWN)
        read[name] = keys[name].where(~says[name], word.map(known).reindex(keys.index))
    if names.is_paid:
        says = _without_named(keys, says)
    words = [pd.Series(dtype="str"), *(one[says.loc[one.index, name]] for name, one in told.items())]
    keys = keys.assign(**{name: read[name].where(says[name], keys[name]) for name in read})
    return keys, says, pd.concat(words).groupby(level=0).min()


def _without_named(keys: pd.DataFrame, says: pd.DataFrame) -> pd.DataFrame:
    """Take what has an id, or levels of its own beneath, for what it is, though it is called a total."""
    is_named = pd.Series(data=False, index=keys.index)  # by a level beneath
    for identifier, name in reversed(LEVELS):
        has_id = keys[identifier].notna() & ~says[identifier] if identifier in keys else False
        is_named = is_named | has_id
        if name in keys:
            says[name] &= ~is_named
            is_named = is_named | (keys[name].notna() & ~says[name])
    return says


def _label(cell: object, *, is_paid: bool) -> str | None:
    word = str(cell).strip().casefold()
    return "" if is_paid and word in labels.ALL else labels.of_what(word)


def _unnamed(table: _Rows) -> Found:
    """Find rows that leave names blank and sum up those that fill them, some of them too large for chance."""
    blank = table.keys.loc[:, table.keys.notna().any()].isna()
    rows, more_of = blank.index[:0], list[str]()
    for kind in _kinds(blank[blank.any(axis=1) & table.parts]):
        is_whole = table.parts & blank.eq(kind).all(axis=1)
        left = _Rows(table.keys, table.figures, table.says, table.parts & ~blank.index.isin(rows))
        sums = left.beside(is_whole, kind)
        said = _said(table.figures, sums)
        if not said[_is_evident(table.figures, sums)].eq("equal").any():
            continue
        if not said.isin(["equal", "nothing"]).all():
            raise RefusedTableError(
                _doubt(table.figures, sums, said, "stands above rows as others do that are their sum")
            )
        rows = rows.union(sums.index)
        more_of += _larger(table.figures, sums)
    return Found(rows, tuple(more_of))


def _called(table: _Rows, told: pd.Series, names: Names, stated: pd.DataFrame) -> Found:
    """Find rows that are called totals and are; what is called so in the same columns is judged together."""
    if told.empty or (sums := table.beneath(told.index)).empty:
        return Found(table.keys.index[:0])
    said = _said(table.figures, sums)
    is_evident = _is_evident(table.figures, sums) | names.is_paid  # the name is evidence enough
    rows, doubts = sums.index[:0], list[pd.Series]()
    in_splits = table.says[[name for name in names.splits if name in names.called]].any(axis=1)
    for _, family in said.groupby([table.says.loc[said.index, name] for name in names.called]):
        is_proven = bool((family.eq("equal") & is_evident[family.index]).any())
        is_sum = is_proven or bool((family.eq("equal") & sums.loc[family.index, "_parts"].ge(2)).any())
        may_be_name = not in_splits[family.index].any() and (family.eq("part").any() or not names.is_paid)
        if is_sum and family.isin(["equal", "nothing"]).all():
            rows = rows.union(family.index)
        elif is_proven:
            raise RefusedTableError(_doubt(table.figures, sums, family, _IS_CALLED))
        elif not may_be_name and not family.eq("nothing").all():
            doubts.append(family)
    is_record = table.parts | table.figures.index.isin(told.index.difference(rows))
    if doubts and not _is_stated(table.figures[is_record], stated):
        raise RefusedTableError(_doubt(table.figures, sums, doubts[0], _IS_CALLED))
    return Found(rows, tuple(_larger(table.figures, sums.loc[rows])))


def _of_some(table: _Rows, told: pd.Series, names: Names) -> Found:
    """Find rows that are called the total of something as a record may be, too, and are: most that are called alike.

    They sum up the rows beside them, or those right above: what is called "Total January" has no day. Rows that are no
    sum are refused only among others of their kind that are.
    """
    if told.empty:
        return Found(table.keys.index[:0])
    sums = table.beneath(told.index)
    said = _said(table.figures, sums)
    above = table.above(told.index.difference(said.index[said.eq("equal")]))
    sums = pd.concat([sums.drop(above.index, errors="ignore"), above]).sort_index()
    said, told = _said(table.figures, sums), told[sums.index]
    is_evident = _is_evident(table.figures, sums) | table.is_undated(names.days)[sums.index]
    is_named = told.eq(_KNOWN) & (sums["_parts"].ge(2) | names.is_paid)  # then the name is evidence, too
    rows = sums.index[:0]
    for (*_, word), family in said.groupby([*(table.says.loc[said.index, name] for name in names.called), told]):
        is_equal, least = family.eq("equal"), 0 if word == _KNOWN else _MOST
        if not family.isin(["equal", "nothing"]).all():
            if (is_equal & is_evident[family.index]).mean() > least:
                raise RefusedTableError(_doubt(table.figures, sums, family, _IS_CALLED))
        elif (is_equal & (is_evident | is_named)[family.index]).mean() > least:
            rows = rows.union(family.index)
    return Found(rows, tuple(_larger(table.figures, sums.loc[rows])))


def _is_stated(records: pd.DataFrame, stated: pd.DataFrame) -> bool:
    """Whether a total of the file is the sum of some records in all that decides, and large enough to tell."""
    sums = _decisive(records).sum(min_count=1)
    slack = sums.abs() * 1e-6 + _ROUNDING * (len(records) + 1)
    gaps = (stated.reindex(columns=sums.index) - sums).abs()
    is_equal = gaps.le(slack)
    return bool(((is_equal | gaps.isna()).all(axis=1) & (is_equal & sums.ge(totals.LARGE)).any(axis=1)).any())


def _kinds(blank: pd.DataFrame) -> list[pd.Series]:
    """Return what rows leave blank, each kind once, those that leave the least first."""
    kinds = blank.drop_duplicates()
    return [kinds.loc[row] for row in kinds.sum(axis=1).sort_values(kind="stable").index]


def _gap(figures: pd.DataFrame, sums: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return by how much each row differs from the sum of its parts, NaN where either is blank, and its slack."""
    parts = sums[figures.columns]
    slack = (parts.abs() * 1e-6).add(_ROUNDING * (sums["_parts"] + 1), axis=0)
    return figures.loc[sums.index] - parts, slack


def _decisive(figures: pd.DataFrame) -> pd.DataFrame:
    """Money and impressions decide where the table has both: platforms withhold conversions of some breakdowns."""
    return figures[list(totals.DECISIVE)] if set(totals.DECISIVE) <= set(figures.columns) else figures


def _said(figures: pd.DataFrame, sums: pd.DataFrame) -> pd.Series:
    """Say how each row stands to its parts.

    Returns
    -------
    `equal` to their sum, `nothing` where it has no figures, `part` where it is far smaller than one of them, so that it
    is no sum, else `other`.
    """
    decisive = list(_decisive(figures))
    gap, slack = _gap(figures, sums)
    own, parts = figures.loc[sums.index].fillna(0), sums[figures.columns].fillna(0)
    greatest = sums[[f"{name}{_GREATEST}" for name in decisive]].set_axis(decisive, axis=1)
    is_bare = own[decisive].eq(0).all(axis=1) & parts[decisive].eq(0).all(axis=1)  # then the others have to tell
    is_off = gap.abs().gt(slack)
    is_equal = ~is_off[decisive].any(axis=1) & ~(is_bare & is_off.any(axis=1)) & gap.notna().any(axis=1)
    said = pd.Series("other", index=sums.index).mask(own[decisive].lt(greatest * _LEAST).any(axis=1), "part")
    return said.mask(is_equal, "equal").mask(own.eq(0).all(axis=1), "nothing")


def _is_evident(figures: pd.DataFrame, sums: pd.DataFrame) -> pd.Series:
    """Whether rows are large enough to tell a sum from chance."""
    told = figures.loc[sums.index].where(_gap(figures, sums)[0].notna()).abs()
    return told.gt(0).sum(axis=1).ge(_EVIDENCE) & told.max(axis=1).ge(totals.LARGE)


def _larger(figures: pd.DataFrame, sums: pd.DataFrame) -> list[str]:
    """Return the measures of which some row holds more than its parts together."""
    gap, slack = _gap(figures, sums.fillna(0))
    return [str(name) for name in figures.columns if gap[name].gt(slack[name]).any()]


def _doubt(figures: pd.DataFrame, sums: pd.DataFrame, said: pd.Series, why: str) -> Problem:
    row = int(said.index[~said.isin(["equal", "nothing"])][0])
    held, beneath = (amounts(one.loc[[row], list(_decisive(figures))]) for one in (figures, sums))
    return Problem.of(
        "duplicates",
        f"Row {row} {why}, and is not the sum of these: it has {held}, they have {beneath}.",
        "Export again without rows of totals, or with all of their parts; a campaign counts with a column of its id.",
        row=row,
        is_fatal=True,
    )


def amounts(figures: pd.DataFrame) -> str:
    """Say what some rows hold together; without money and impressions, of all measures."""
    sums = _decisive(figures).sum(min_count=1).dropna()
    return ", ".join(f"{name} {value:,.2f}".removesuffix(".00") for name, value in sums.items())
