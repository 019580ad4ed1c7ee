"""What a query returned, as a file: sorted and typed, kept under the digest of its rows."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from helpers.clients import Client
from helpers.clients.files import move_whole, unwritable, write_whole
from helpers.errors import CuadernoError, PreflightError
from helpers.warehouse import reading
from helpers.warehouse.columns import Column
from helpers.warehouse.query import Query, queries
from helpers.warehouse.reading import Answer, Limits

_FOLDER = "warehouse"
_WHOLE = 1 << 256
# Raised with every change that may write the same rows differently.
_FORM = 1


@dataclass(frozen=True)
class Snapshot:
    """What a query returned when it was last read.

    Parameters
    ----------
    path
        Parquet file with the rows; it is written once and never changed.
    rows
        Their number.
    read_at
        When the database was last asked, ISO 8601 in UTC.
    """

    query: Query
    path: Path
    rows: int
    read_at: str


def refresh(client: Client, limits: Limits | None = None) -> tuple[Snapshot, ...]:
    """Ask the databases of a client, and keep what they return.

    Returns
    -------
    One for each query, in the order of the client file; empty where it asks for none.

    Raises
    ------
    PreflightError
        Where a database cannot be reached, or the disk is full. What was read before is kept, and never used instead.
    ClientError
        Where a query is to be mended.
    """
    return tuple(_refreshed(query, client, limits or Limits()) for query in queries(client))


def snapshots(client: Client) -> tuple[Snapshot, ...]:
    """What the queries of a client returned when they were last read; no database is asked.

    Raises
    ------
    PreflightError
        Where one was never read.
    """
    found = []
    for query in queries(client):
        snapshot = _kept(query, client.kept / _FOLDER)
        if snapshot is None:
            raise PreflightError(
                f"{query.name} was never read from its database",
                where=query.where,
                next_step=f"Run `cuaderno check {client.id}` where {query.url_env} is set.",
            )
        found.append(snapshot)
    return tuple(found)


def _refreshed(query: Query, client: Client, limits: Limits) -> Snapshot:
    folder = client.kept / _FOLDER
    try:
        return _read(query, client, limits)
    except CuadernoError as error:
        before = _kept(query, folder)
        if before is not None:
            error.next_step += f" It was last read on {before.read_at} ({before.rows} rows); that is kept and not used."
        raise


def _read(query: Query, client: Client, limits: Limits) -> Snapshot:
    folder, salt = client.kept / _FOLDER, client.salt()
    zone = ZoneInfo(next((entry.timezone for entry in query.sources if entry.timezone), client.timezone))
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryDirectory(prefix=".", dir=folder) as work:
            with reading.answer(query, limits) as answer:
                spool = _Spool(Path(work), query, [Column(name, zone, salt) for name in answer.names], limits)
                spool.fill(answer)
            path = folder / f"{spool.digest}.parquet"
            if not path.is_file():
                move_whole(spool.sorted(), path)
    except (OSError, duckdb.IOException, duckdb.OutOfMemoryException) as error:
        raise unwritable(folder, error if isinstance(error, OSError) else OSError(str(error)[:200])) from error
    snapshot = Snapshot(query, path, spool.rows, datetime.now(UTC).isoformat(timespec="seconds"))
    _note(snapshot, folder)
    return snapshot


@dataclass
class _Spool:
    """Rows on disk as exact text, until it is known which types hold all of them.

    Parameters
    ----------
    work
        A folder of its own.
    rows
        How many were taken; those without any value are none.
    """

    work: Path
    query: Query
    columns: Sequence[Column]
    limits: Limits
    rows: int = 0
    _characters: int = 0
    _sum: int = field(default=0, repr=False)

    def fill(self, answer: Answer) -> None:
        """Take all rows, a batch at a time."""
        schema = pa.schema([(str(at), pa.string()) for at in range(len(self.columns))])
        with pq.ParquetWriter(self.work / "spool.parquet", schema, compression="zstd") as writer:
            for batch in answer.batches:
                texts = (
                    column.take(values) for column, values in zip(self.columns, zip(*batch, strict=True), strict=True)
                )
                rows = [row for row in zip(*texts, strict=True) if any(cell and not cell.isspace() for cell in row)]
                self._count(rows)
                self._refuse_too_much()
                if rows:
                    arrays = [pa.array(cells, pa.string()) for cells in zip(*rows, strict=True)]
                    writer.write_table(pa.Table.from_arrays(arrays, schema=schema))
        for column in self.columns:
            if column.may_be_days:
                raise reading.doubtful_days(self.query, column.name, column.zone.key)

    def _count(self, rows: Sequence[tuple[str | None, ...]]) -> None:
        """Add rows to the digest, which does not depend on their order."""
        self.rows += len(rows)
        for row in rows:
            written = json.dumps(row).encode()
            self._sum = (self._sum + int.from_bytes(hashlib.sha256(written).digest())) % _WHOLE
            self._characters += len(written)

    def _refuse_too_much(self) -> None:
        limits = self.limits
        if self.rows > limits.rows:
            raise reading.too_much(self.query, f"more than {limits.rows:,} rows")
        if self.rows * len(self.columns) > limits.cells:
            raise reading.too_much(self.query, f"more than {limits.cells:,} cells")
        if self._characters > limits.characters:
            raise reading.too_much(self.query, f"more than {limits.characters:,} characters")

    @property
    def digest(self) -> str:
        """What was returned, whatever the order of the rows and the versions of what writes files."""
        columns = [[column.name, column.type] for column in self.columns]
        said = json.dumps([_FORM, columns, self.rows, f"{self._sum:x}"])
        return hashlib.sha256(said.encode()).hexdigest()

    def sorted(self) -> Path:
        """Write the rows, typed and in an order that follows from them alone; return the file."""
        path = self.work / "sorted.parquet"
        typed = ", ".join(
            f"{column.typed(_quoted(str(at)))} AS {_quoted(column.name)}" for at, column in enumerate(self.columns)
        )
        settings: dict[str, str | bool | int | float | list[str]] = {
            "threads": 1,
            "memory_limit": "192MB",
            "temp_directory": str(self.work),
        }
        with duckdb.connect(config=settings) as connection:
            spool = connection.read_parquet(str(self.work / "spool.parquet"))
            spool.project(typed).order(_all_of(len(self.columns))).write_parquet(str(path), compression="zstd")
        return path


def _quoted(name: str) -> str:
    doubled = name.replace('"', '""')
    return f'"{doubled}"'


def _all_of(number: int) -> str:
    return ", ".join(str(at + 1) for at in range(number))


def _note(snapshot: Snapshot, folder: Path) -> None:
    said = {"name": snapshot.query.name, "snapshot": snapshot.path.stem, "rows": snapshot.rows}
    document = json.dumps({**said, "read_at": snapshot.read_at}, indent=1) + "\n"
    write_whole(folder / f"{snapshot.query.key}.json", document, mode=0o600)


def _kept(query: Query, folder: Path) -> Snapshot | None:
    """Return what a query returned when it was last read; None where it never was, or the file is gone."""
    try:
        said = json.loads((folder / f"{query.key}.json").read_text(encoding="utf-8"))
        snapshot = Snapshot(query, folder / f"{said['snapshot']}.parquet", int(said["rows"]), str(said["read_at"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return snapshot if snapshot.path.is_file() else None
