"""Paid media at different grains: ad rows and campaign rows of the same days are never added.

For every campaign and stretch of time one file counts: the finest that holds all of the money. Rows split by a
dimension serve as totals only where nothing unsplit is known.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from helpers.store.notices import Notice
from helpers.tables import TABLES
from helpers.tables.ads import LEVELS
from helpers.tables.ads_breakdown import PARTIAL

# A finer file holds all of a coarser one's money if at most this share is missing: rounding, late corrections.
_COVERS = 0.99
_FINENESS = {"day": 0, "week": 1, "month": 2, "range": 3}
_MEASURES = ["spend", "impressions"]


def unbroken(breakdown: pd.DataFrame) -> pd.DataFrame:
    """Sum split rows up to rows of `ads`.

    Splits that never hold everything (search terms, keywords) give none. Reach and frequency are not summed and stay
    empty.
    """
    is_whole = ~breakdown["breakdown"].fillna("").map(lambda names: bool(PARTIAL & set(str(names).split("|"))))
    ads = TABLES["ads"]
    rows = breakdown[is_whole]
    if rows.empty:
        return ads.empty()
    measures = list(ads.additive)
    names = [name for name in ads.names if not ads.by_name[name].is_numeric]
    summed = rows.groupby([*names, "breakdown"], dropna=False, sort=False, observed=True)[measures].sum(min_count=1)
    return ads.conform(summed.reset_index().drop(columns="breakdown"))


def one_grain(ads: pd.DataFrame, spare: pd.DataFrame, newest: list[str]) -> tuple[pd.DataFrame, list[Notice]]:
    """Let one grain count for each campaign and stretch of time.

    Parameters
    ----------
    ads
        Rows of all files, each fact once.
    spare
        Rows summed up from splits: they count only where `ads` has nothing.
    newest
        Digests of the files, newest first.

    Returns
    -------
    The rows that count, and an `overlap` notice for each platform of which rows were set aside.
    """
    pool = pd.concat([ads.assign(_spare=False), spare.assign(_spare=True)], ignore_index=True)
    if pool.empty:
        return ads, []
    kept, notices = [], []
    for platform, rows in pool.groupby("platform", sort=True, dropna=False, observed=True):
        chosen = _choose(rows, newest)
        kept.append(chosen)
        aside = rows[~rows.index.isin(chosen.index) & ~rows["_spare"]]
        if not aside.empty:
            files = sorted(aside["file"].unique())
            notices.append(
                Notice("overlap", {"platform": str(platform)}, {"table": "ads", "rows": len(aside), "files": files})
            )
    return TABLES["ads"].conform(pd.concat(kept).sort_index().reset_index(drop=True)), notices


@dataclass(frozen=True)
class _Layer:
    """All rows of one file at one grain, with the order in which layers are preferred."""

    rows: pd.DataFrame
    rank: tuple[int, int, int, int]


def _choose(rows: pd.DataFrame, newest: list[str]) -> pd.DataFrame:
    layers = _layers(_grouped(rows), newest)
    accepted = layers[0].rows
    for layer in layers[1:]:
        accepted = _admit(accepted, layer.rows)
    return rows.loc[accepted.index]


def _grouped(rows: pd.DataFrame) -> pd.DataFrame:
    """Add `_group`, the campaign as all files can name it, and blank it where they cannot."""
    by_file = rows.groupby("sha256", observed=True)
    for column in ("campaign_id", "campaign"):
        if by_file[column].apply(lambda names: names.notna().any()).all():
            names = rows[column].fillna("")
            break
    else:
        names = pd.Series("", index=rows.index)
        has_any = rows["campaign"].fillna(rows["campaign_id"])
        # Account rows stand beside campaign rows: then campaigns keep their names and account rows have none.
        if (
            by_file["campaign"].apply(lambda one: one.notna().any()).sum()
            == rows.loc[has_any.notna(), "sha256"].nunique()
        ):
            names = rows["campaign"].fillna("")
    channel = rows["channel"].fillna("")
    return rows.assign(_channel=channel, _group=names)


def _layers(rows: pd.DataFrame, newest: list[str]) -> list[_Layer]:
    order = {sha256: position for position, sha256 in enumerate(newest)}
    found = []
    for (sha256, grain, is_spare), part in rows.groupby(
        ["sha256", rows["period_grain"].fillna("range"), "_spare"],
        sort=False,
        observed=True,
    ):
        rank = (int(bool(is_spare)), _FINENESS.get(str(grain), 3), -_level(part), order.get(str(sha256), len(order)))
        found.append(_Layer(part, rank))
    return sorted(found, key=lambda layer: layer.rank)


def _level(rows: pd.DataFrame) -> int:
    """How deep rows go: 0 for the account, 3 for ads."""
    named = [
        i for i, (identifier, name) in enumerate(LEVELS) if rows[identifier].notna().any() or rows[name].notna().any()
    ]
    return max(named, default=0)


def _admit(accepted: pd.DataFrame, layer: pd.DataFrame) -> pd.DataFrame:
    """Add the rows of a layer that say something new; where they hold more money, they replace what is there."""
    others = accepted[~accepted["sha256"].isin(layer["sha256"]) | accepted["_spare"].ne(layer["_spare"].iloc[0])]
    groups = ["_channel"] if _level(layer) == 0 or _level(others) == 0 else ["_channel", "_group"]
    slices = _slices(layer, groups)
    meets = _meetings(_slices(others, groups), slices, groups)
    if meets.empty:
        return pd.concat([accepted, layer])
    is_inside = meets["start"].ge(meets["start_new"]) & meets["end"].le(meets["end_new"])
    held = meets[is_inside].groupby("slice", observed=True)[_MEASURES].sum()
    wanted = slices.set_index("slice").loc[meets["slice"].unique(), _MEASURES]
    held = held.reindex(wanted.index).fillna(0)
    is_spare = bool(layer["_spare"].iloc[0])
    crosses = set(meets.loc[~is_inside, "slice"])
    covered = {name for name in wanted.index if is_spare or name in crosses or _holds(held.loc[name], wanted.loc[name])}
    replaced = meets[is_inside & ~meets["slice"].isin(covered)]
    gone = _rows_of(others, replaced[["start", "end", *groups]], groups)
    new = layer[~_rows_in(layer, slices[slices["slice"].isin(covered)], groups)]
    return pd.concat([accepted.drop(index=gone), new])


def _slices(rows: pd.DataFrame, groups: list[str]) -> pd.DataFrame:
    """Sum rows by campaign and stretch of time."""
    by = [*groups, "period_start", "period_end"]
    summed = rows.groupby(by, dropna=False, observed=True)[_MEASURES].sum().reset_index()
    summed = summed.rename(columns={"period_start": "start", "period_end": "end"})
    return summed.assign(slice=range(len(summed)))


def _meetings(there: pd.DataFrame, new: pd.DataFrame, groups: list[str]) -> pd.DataFrame:
    """Pair the slices that share a day, or might, because one has no date; days are paired directly: pairs stay few."""
    there = there.drop(columns="slice")
    right = new.rename(columns={"start": "start_new", "end": "end_new"}).drop(columns=_MEASURES)
    is_daily = there["start"].eq(there["end"]).all() and new["start"].eq(new["end"]).all()
    if is_daily:
        right = right.assign(start=right["start_new"])
        return there.merge(right, on=[*groups, "start"], how="inner", validate="many_to_many")
    pairs = there.merge(right, on=groups, how="inner", validate="many_to_many")
    shares_day = pairs["start"].le(pairs["end_new"]) & pairs["end"].ge(pairs["start_new"])
    return pairs[shares_day | pairs["start"].isna() | pairs["start_new"].isna()]


def _holds(held: pd.Series, wanted: pd.Series) -> bool:
    measure = "spend" if wanted["spend"] > 0 else "impressions"
    return bool(held[measure] >= _COVERS * wanted[measure])


def _rows_of(rows: pd.DataFrame, slices: pd.DataFrame, groups: list[str]) -> pd.Index:
    return rows.index[_rows_in(rows, slices, groups)]


def _rows_in(rows: pd.DataFrame, slices: pd.DataFrame, groups: list[str]) -> pd.Series:
    """Whether a row belongs to one of some slices."""
    wanted = set(_as_words(slices[[*groups, "start", "end"]]))
    own = _as_words(rows[[*groups, "period_start", "period_end"]])
    return pd.Series([one in wanted for one in own], index=rows.index, dtype="bool")


def _as_words(frame: pd.DataFrame) -> Iterator[tuple[str, ...]]:
    """Rows as tuples that compare equal where the rows are, missing dates included."""
    return frame.astype("str").fillna("").itertuples(index=False, name=None)
