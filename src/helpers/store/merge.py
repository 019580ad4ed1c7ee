"""The same fact in several files counts once; the newest file wins."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

import pandas as pd

from helpers.intake import Receipt
from helpers.store.notices import Notice, Restated
from helpers.tables import Table
from helpers.units import Period

# Figures are exported with two decimals or more: below this, two files say the same.
_SAME = 0.005

Exchange: TypeAlias = Callable[[pd.DataFrame], pd.DataFrame]
"""Rows with their money in the reporting currency; those for which no rate is known are left out."""


def newest_first(receipts: Sequence[Receipt]) -> list[str]:
    """Return the digests of files, newest first: by the export's own creation date, else its last date, else its name.

    A file's time stamp is no evidence: copying changes it.
    """
    ordered = sorted(receipts, key=lambda receipt: (receipt.created or receipt.last_day, receipt.file), reverse=True)
    return list(dict.fromkeys(receipt.sha256 for receipt in ordered))


def merge(
    table: Table, frame: pd.DataFrame, newest: Sequence[str], exchange: Exchange
) -> tuple[pd.DataFrame, list[Notice]]:
    """Let every fact count once.

    Parameters
    ----------
    table
        Whose key says what the same fact is.
    frame
        Rows of all files; equal rows inside one file are kept.
    newest
        Digests of the files, newest first.
    exchange
        How amounts that were restated are told in one currency.

    Returns
    -------
    The rows that count, in their own currencies, and notices `overlap` (facts that stand in several files) and
    `restated` (those with other figures).
    """
    if frame["sha256"].nunique() < 2:
        return frame, []
    rank = frame["sha256"].map({sha256: position for position, sha256 in enumerate(newest)}).astype("int64")
    key = keys(table, frame)
    best = rank.groupby(key).transform("min")
    is_kept = rank.eq(best)
    if table.is_by_measure:
        frame, is_kept = _newest_of_each(table, frame, key, rank)
    if is_kept.all():
        return frame, []
    notices = _overlaps(table, frame, is_kept)
    if not table.is_cumulative:
        notices += _restated(table, frame.assign(_key=key, _rank=rank), is_kept, exchange)
    return frame[is_kept].reset_index(drop=True), notices


def _newest_of_each(
    table: Table, frame: pd.DataFrame, key: pd.Series, rank: pd.Series
) -> tuple[pd.DataFrame, pd.Series]:
    """Blank measures that a newer file has of the same fact; a row that keeps one of its measures stays."""
    names = [column.name for column in table.columns if column.is_numeric]
    held = frame[names].notna()
    best = {name: rank.where(held[name]).groupby(key).transform("min") for name in names}
    is_current = pd.DataFrame({name: held[name] & rank.eq(best[name]) for name in names}, index=frame.index)
    is_kept = is_current.any(axis=1) | ~held.any(axis=1)
    # What is set aside as a whole keeps its figures: they are compared with the newer ones.
    blanked = {name: frame[name].where(is_current[name] | ~is_kept) for name in names}
    return frame.assign(**blanked), is_kept


def keys(table: Table, frame: pd.DataFrame) -> pd.Series:
    """Return one number a row: equal for the same fact."""
    parts = [_key_part(frame, alternatives) for alternatives in table.key]
    spare = [_key_part(frame, alternatives) for alternatives in table.fallback_key]
    own = pd.util.hash_pandas_object(pd.concat(parts, axis=1), index=False)
    named = pd.concat(parts, axis=1).drop(columns=[part.name for part in parts if part.name == "platform"])
    is_nameless = named.isna().all(axis=1)
    if not spare or not is_nameless.any():
        return own
    other = pd.util.hash_pandas_object(pd.concat(spare, axis=1), index=False)
    return own.where(~is_nameless, other)


def _key_part(frame: pd.DataFrame, alternatives: tuple[str, ...]) -> pd.Series:
    """Return ids where every file of the platform has them, else names, because names change and ids may be missing."""
    if len(alternatives) == 1:
        return frame[alternatives[0]]
    first, second = alternatives
    owner = frame["platform"] if "platform" in frame else pd.Series("", index=frame.index)
    has = pd.DataFrame(
        {"owner": owner, "file": frame["sha256"], first: frame[first].notna(), second: frame[second].notna()}
    )
    by_file = has.groupby(["owner", "file"], observed=True)[[first, second]].any()
    named = by_file[by_file.any(axis=1)]
    complete = named.groupby("owner", observed=True).all()
    by_first = owner.isin(complete.index[complete[first]])
    by_second = owner.isin(complete.index[complete[second]])
    mixed = frame[second].fillna(frame[first])
    return frame[first].where(by_first, frame[second].where(by_second, mixed)).rename(first)


def _scopes(frame: pd.DataFrame) -> list[tuple[dict[str, str], pd.Series]]:
    if "platform" not in frame:
        return [({}, pd.Series(data=True, index=frame.index))]
    return [
        ({"platform": str(name)}, frame["platform"].eq(name)) for name in sorted(frame["platform"].dropna().unique())
    ]


def _overlaps(table: Table, frame: pd.DataFrame, is_kept: pd.Series) -> list[Notice]:
    notices = []
    for scope, inside in _scopes(frame):
        aside = frame[inside & ~is_kept]
        if not aside.empty:
            files = sorted(aside["file"].unique())
            notices.append(Notice("overlap", scope, {"table": table.name, "rows": len(aside), "files": files}))
    return notices


def _restated(table: Table, frame: pd.DataFrame, is_kept: pd.Series, exchange: Exchange) -> list[Notice]:
    """Compare each fact's newest figures with those of the file before; amounts are of the facts that changed."""
    best_before = frame["_rank"].where(~is_kept).groupby(frame["_key"]).transform("min")
    is_older = ~is_kept & frame["_rank"].eq(best_before)
    is_newer = is_kept & frame["_key"].isin(frame.loc[is_older, "_key"])
    both = exchange(frame.assign(_is_newer=is_newer)[is_older | is_newer])
    measures = [name for name in table.additive if both[name].notna().any()]
    notices = [_restatement(table, scope, both[inside], measures) for scope, inside in _scopes(both)]
    return [notice for notice in notices if notice is not None]


def _restatement(table: Table, scope: dict[str, str], both: pd.DataFrame, measures: Sequence[str]) -> Restated | None:
    """What the newer of two sets of rows says otherwise; None where they say the same."""
    newer, older = both[both["_is_newer"]], both[~both["_is_newer"]]
    before = older.groupby("_key")[list(measures)].sum(min_count=1)
    after = newer.groupby("_key")[list(measures)].sum(min_count=1).reindex(before.index)
    changed = (after - before).abs().gt(_SAME)
    moved = [name for name in measures if changed[name].any()]
    if not moved:
        return None
    facts = changed.index[changed.any(axis=1)]
    rows = newer[newer["_key"].isin(facts)]
    return Restated(
        "restated",
        scope,
        {"table": table.name, "rows": len(facts)},
        before={name: float(before.loc[changed[name], name].sum()) for name in moved},
        after={name: float(after.loc[changed[name], name].sum()) for name in moved},
        days=_days(table, rows),
        rows=rows.drop(columns=["_key", "_rank", "_is_newer"]),
    )


def _days(table: Table, rows: pd.DataFrame) -> Period | None:
    if not table.day or rows[table.day].isna().all():
        return None
    last = rows["period_end" if table.day == "period_start" else table.day]
    return Period(rows[table.day].min().date(), last.max().date())
