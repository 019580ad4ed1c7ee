"""What was ever read, kept as one Parquet file a table and export, and gathered for the stages.

`Store.ingest` reads a file once; `collect` puts all files of a client together so that every fact counts once and all
money is in one currency.
"""

from __future__ import annotations

from helpers.store.collect import Collected, FileUsed, collect
from helpers.store.fx import Fx, convert, rates_used
from helpers.store.notices import Notice, Restated
from helpers.store.snapshots import no_snapshots, snapshots
from helpers.store.store import Store

__all__ = [
    "Collected",
    "FileUsed",
    "Fx",
    "Notice",
    "Restated",
    "Store",
    "collect",
    "convert",
    "no_snapshots",
    "rates_used",
    "snapshots",
]
