"""What each export ever seen said of each day: how figures came in, export by export."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from helpers.intake import Receipt
from helpers.store.store import Store
from helpers.tables import TABLES


def taken_on(receipts: Sequence[Receipt]) -> dict[str, pd.Timestamp]:
    """The day on which each export was taken, by digest; one that says no day is left out.

    It is the day that the export states, else the day after its last one: an export of a month that was taken later
    looks younger than it is, so that its figures seem to have come in faster, never slower.
    """
    stated = {one.sha256: pd.Timestamp(one.created) for one in receipts if one.created}
    assumed = {one.sha256: pd.Timestamp(one.last_day) + pd.Timedelta(days=1) for one in receipts if one.last_day}
    return assumed | stated


def snapshots(store: Store, receipts: Sequence[Receipt]) -> pd.DataFrame:
    """Daily rows of paid media of all exports, overlaps kept.

    Parameters
    ----------
    receipts
        Of the files that are among the client's exports and of those that were (`Store.seen`).

    Returns
    -------
    The table `ads` with the column `taken`, the day of the export; rows that stand for one day, of exports that say
    when they are from. Empty where there are fewer than two exports.
    """
    days = taken_on(receipts)
    held = {one.sha256: one for one in receipts if one.sha256 in days and one.key and _has_ads(one)}
    if len(held) < 2:
        return no_snapshots()
    rows = store.read("ads", list(held.values()))
    return rows[rows["period_grain"].eq("day")].assign(taken=rows["sha256"].map(days))


def no_snapshots() -> pd.DataFrame:
    """The same without a row: what is known of a client with a single export."""
    return TABLES["ads"].empty().assign(taken=pd.Series(dtype="datetime64[us]"))


def _has_ads(receipt: Receipt) -> bool:
    return any(table.table == "ads" for table in receipt.tables)
