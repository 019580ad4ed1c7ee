"""Tables of a database: what each query returned when it was last read, kept as a file among the client's exports.

`refresh` asks the databases, which only the commands do; `snapshots` says what is kept and asks nobody, so a notebook
needs no credentials. A snapshot is a Parquet file with sorted rows, and intake reads it like any other file.
"""

from __future__ import annotations

from helpers.warehouse.query import Query, queries
from helpers.warehouse.reading import Limits
from helpers.warehouse.snapshot import Snapshot, refresh, snapshots

__all__ = ["Limits", "Query", "Snapshot", "queries", "refresh", "snapshots"]
