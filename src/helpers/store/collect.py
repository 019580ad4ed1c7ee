"""All files of a client as one set of canonical tables: what the stages read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import pandas as pd

from helpers.intake import Receipt, checks
from helpers.store import grain
from helpers.store.fx import Fx, convert
from helpers.store.merge import Exchange, keys, merge, newest_first
from helpers.store.notices import Notice, Restated
from helpers.store.store import Store
from helpers.tables import TABLES, Table

# A site has days without a visit, which have no row.
_NEARLY_ALL = 0.8
_STRETCH = ("period_start", "period_end")


@dataclass(frozen=True)
class FileUsed:
    """A file behind the figures; `rows` are the records kept from it."""

    name: str
    sha256: str
    rows: int


@dataclass(frozen=True)
class Collected:
    """Every canonical table, empty where nothing is known.

    Parameters
    ----------
    frames
        By table; each fact once, money in the reporting currency with the originals beside it.
    notices
        What must be said beside the figures.
    files
        The files that figures come from, in the order of their names.
    earlier
        Exports that are there no more and say what was restated since, likewise.
    left_out
        By table, rows in currencies for which no rate is known.
    """

    frames: Mapping[str, pd.DataFrame]
    notices: Sequence[Notice]
    files: Sequence[FileUsed]
    earlier: Sequence[FileUsed] = ()
    left_out: Mapping[str, pd.DataFrame] = field(default_factory=dict)


def collect(
    store: Store,
    receipts: Sequence[Receipt],
    *,
    currency: str,
    fx: Fx | None = None,
    earlier: Sequence[Receipt] = (),
) -> Collected:
    """Put all files of a client together.

    Parameters
    ----------
    store
        Which holds their rows.
    receipts
        Of the files that are now among the client's exports.
    currency
        Reporting currency, ISO 4217.
    fx
        None where the client states no exchange.
    earlier
        Of exports seen before (`Store.seen`); they give no figure, but say which figures were restated since.

    Raises
    ------
    ExportError
        Where rows do not fit their table.
    """
    used, notices = _once([receipt for receipt in receipts if receipt.tables and receipt.key])
    newest = newest_first(used)
    gone = [one for one in earlier if one.sha256 not in newest and one.tables and one.key]
    before: set[str] = set()
    frames: dict[str, pd.DataFrame] = {}
    for name, table in TABLES.items():
        exchange = partial(_in_one, table, currency, fx)
        rows = _with_channel(store.read(name, used), table)
        notices += _repeats(rows, table)
        frames[name], found = merge(table, rows, newest, exchange)
        since = _restated_since(table, rows, _with_channel(store.read(name, gone), table), (newest, gone), exchange)
        notices += [notice for notice in found if since is None or not isinstance(notice, Restated)]
        if since is not None:
            before |= since.files
            notices += since.notices
    frames["ads"], found = grain.one_grain(frames["ads"], grain.unbroken(frames["ads_breakdown"]), newest)
    notices += found
    frames["web"], found = _one_dimension(frames["web"])
    notices += found
    if frames["orders"].empty:
        frames["orders"] = orders_of(frames["order_lines"])
    left_out: dict[str, pd.DataFrame] = {}
    for name, table in TABLES.items():
        frames[name], left_out[name], found = _exchanged(frames[name], table, currency, fx)
        notices += found
    compared = [one for one in gone if one.sha256 in before]
    return Collected(
        {name: TABLES[name].validate(frame) if len(frame) else frame for name, frame in frames.items()},
        tuple(notices),
        _as_files(used),
        _as_files(compared),
        {name: frame for name, frame in left_out.items() if not frame.empty},
    )


def orders_of(lines: pd.DataFrame) -> pd.DataFrame:
    """Sum lines up to orders; a line without order number is an order of its own."""
    orders = TABLES["orders"]
    if lines.empty:
        return orders.empty()
    number = lines["order_id"].fillna("line " + lines.index.astype("str").to_series(index=lines.index))
    grouped = lines.groupby(number, sort=False, observed=True)
    own = ["order_id", "ordered_at", "customer_id", "currency", "source", "file", "sha256"]
    return orders.conform(
        grouped[own].first().assign(revenue=grouped["revenue"].sum(min_count=1)).reset_index(drop=True)
    )


def _once(receipts: Sequence[Receipt]) -> tuple[list[Receipt], list[Notice]]:
    """Let files with the same bytes count once."""
    first: dict[str, Receipt] = {}
    notices = []
    for receipt in sorted(receipts, key=lambda receipt: receipt.file):
        if receipt.sha256 in first:
            names = [first[receipt.sha256].file, receipt.file]
            notices.append(Notice("overlap", {}, {"files": names, "rows": receipt.rows}))
        else:
            first[receipt.sha256] = receipt
    return list(first.values()), notices


@dataclass(frozen=True)
class _Since:
    """What was restated since exports that are there no more, and the digests of those."""

    notices: list[Restated]
    files: set[str]


def _restated_since(
    table: Table,
    rows: pd.DataFrame,
    before: pd.DataFrame,
    order: tuple[list[str], Sequence[Receipt]],
    exchange: Exchange,
) -> _Since | None:
    """Compare figures with those of exports no longer there too; None where these tell of no fact that is there.

    Each fact is compared with what was said last before, wherever that stands, so that none is told twice.
    """
    if table.is_cumulative or rows.empty or before.empty:
        return None
    both = pd.concat([rows, before], ignore_index=True)
    key = keys(table, both)
    is_before = both.index >= len(rows)
    is_shared = is_before & key.isin(key[~is_before])
    if not is_shared.any():
        return None
    newest, gone = order
    _, found = merge(table, both[~is_before | is_shared], [*newest, *newest_first(gone)], exchange)
    restated = [notice for notice in found if isinstance(notice, Restated)]
    return _Since(restated, set(both.loc[is_shared, "sha256"]))


def _as_files(receipts: Sequence[Receipt]) -> tuple[FileUsed, ...]:
    return tuple(sorted((FileUsed(one.file, one.sha256, one.rows) for one in receipts), key=lambda one: one.name))


def _with_channel(rows: pd.DataFrame, table: Table) -> pd.DataFrame:
    """The channel of paid media is the platform where nothing else is said."""
    if table.name not in {"ads", "ads_breakdown"}:
        return rows
    return rows.assign(channel=rows["channel"].fillna(rows["platform"]))


def _repeats(rows: pd.DataFrame, table: Table) -> list[Notice]:
    counts = {str(name): checks.equal_rows(part, table) for name, part in rows.groupby("file", observed=True)}
    return [
        Notice("duplicates", {}, {"table": table.name, "file": name, "rows": number})
        for name, number in counts.items()
        if number
    ]


def _one_dimension(web: pd.DataFrame) -> tuple[pd.DataFrame, list[Notice]]:
    """Let one set of dimensions count for each property and day: the others split the same visits again.

    Undivided rows come first, then channels, then the first name; single days before the longer stretch around them.
    """
    if web.empty:
        return web, []
    names = web["dimension"].fillna("")
    rank = names.map({"": "0", "channel": "1"}).fillna("2") + names
    best = rank.groupby([web[column].astype("str").fillna("") for column in ("property", *_STRETCH)]).transform("min")
    chosen = web[rank.eq(best)]
    chosen = chosen[~_told_twice(chosen)]
    aside = web[~web.index.isin(chosen.index)]
    if aside.empty:
        return web, []
    values = {"table": "web", "rows": len(aside), "files": sorted(aside["file"].unique())}
    return chosen.reset_index(drop=True), [Notice("overlap", {}, values)]


def _told_twice(web: pd.DataFrame) -> pd.Series:
    """Whether a row tells the same days as others do.

    A stretch of which nearly all days stand alone is told by them; else it holds the few that do.
    """
    is_day = web["period_start"].eq(web["period_end"])
    names = web["property"].fillna("")
    aside = pd.Series(data=False, index=web.index)
    for at in web.index[~is_day & web["period_start"].notna()]:
        start, end = pd.Timestamp(web["period_start"][at]), pd.Timestamp(web["period_end"][at])
        inside = is_day & names.eq(names[at]) & web["period_start"].between(start, end)
        if web.loc[inside, "period_start"].nunique() >= _NEARLY_ALL * ((end - start).days + 1):
            aside[at] = True
        else:
            aside |= inside
    return aside


def _in_one(table: Table, currency: str, fx: Fx | None, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows in the reporting currency, without those that no rate converts."""
    return _exchanged(rows, table, currency, fx)[0]


def _exchanged(
    frame: pd.DataFrame,
    table: Table,
    currency: str,
    fx: Fx | None,
) -> tuple[pd.DataFrame, pd.DataFrame, list[Notice]]:
    money = [name for name in table.money if name in frame]
    if not money or "currency" not in table.by_name or not table.day:
        return frame, frame.iloc[:0], []
    end = "period_end" if table.day == "period_start" else table.day
    done = convert(frame, money, currency, fx, start=table.day, end=end)
    told = [replace(notice, values={**notice.values, "table": table.name}) for notice in done.notices]
    return done.frame, done.left_out, told
