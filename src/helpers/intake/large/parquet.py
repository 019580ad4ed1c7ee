"""Large Parquet files: their columns have types, so nothing about how their cells are written is to be decided."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import types as of

from helpers.intake import containers
from helpers.intake.cells import Cell
from helpers.intake.large.form import NOTHING, Form, quoted
from helpers.intake.large.outline import Outline, UnfitError
from helpers.intake.recognised import Prepared
from helpers.tables import Column

HEAD_ROWS = 4_096


@dataclass(frozen=True)
class TypedOutline(Outline):
    """What is known of a large Parquet file before it is scanned.

    Parameters
    ----------
    kinds
        Type of each column, that of nulls where it holds nothing else.
    rows
        Their number, without the headers.
    """

    kinds: tuple[pa.DataType, ...]
    rows: int

    def holes(self) -> NoReturn:
        """Refuse zeros inside a cell; a Parquet file has no holes."""
        raise UnfitError("a cell of it has a zero byte")

    def counted(self) -> tuple[int, list[int]]:
        """Return how many records there are behind the head; one without any value is a record too."""
        return self.rows + 1 - self.count, []


@dataclass(frozen=True)
class TypedForm(Form):
    """How the records of a Parquet file are read.

    Parameters
    ----------
    kinds
        Type of each column in the file.
    """

    kinds: tuple[pa.DataType, ...]

    def source(self, *, keeps_rejects: bool = True) -> str:  # noqa: ARG002
        """Return `read_parquet` of the records; all of them fit the types."""
        columns = ", ".join(
            f"{_read_as(asked, f'f{at}', kind)} AS c{at}"
            for at, (asked, kind) in enumerate(zip(self.types, self.kinds, strict=True))
        )
        names = ", ".join(f"f{at}" for at in range(len(self.kinds)))
        rows = f"read_parquet({quoted(str(self.path))}) AS file({names})"
        return f"(SELECT {columns} FROM {rows} WHERE file_row_number >= {self.first - 1})"

    def has_clock(self, position: int) -> bool:
        """Whether a date column holds moments."""
        return bool(of.is_timestamp(self.kinds[position]))

    def cell(self, position: int, value: Cell) -> Cell:  # noqa: ARG002
        """Return a value of the scan as it is, a blank for none."""
        return "" if value is None else value


def outlined(path: Path, name: str) -> TypedOutline:
    """Read the head of a file.

    Parameters
    ----------
    path, name
        The file, and what it is called in messages.

    Raises
    ------
    TruncatedError
        Where it is cut or damaged.
    """
    with containers.parquet(path, name) as file:
        head = [*itertools.islice(file.iter_batches(HEAD_ROWS, use_threads=False), 1)]
        sheet = containers.grid(pa.Table.from_batches(head) if head else file.schema_arrow.empty_table())
        return TypedOutline(path, sheet, len(sheet.rows), _kinds(file), file.metadata.num_rows)


def formed(outline: TypedOutline, prepared: Prepared) -> TypedForm:
    """Decide what each column is read as.

    Raises
    ------
    UnfitError
        Where the type of a column is none of those that hold what it should.
    """
    types = ["VARCHAR"] * len(outline.kinds)
    for name, at in prepared.layout.places.items():
        types[at], wanted = _asked(prepared.columns[name])
        if not _holds(outline.kinds[at], types[at]):
            header = outline.sheet.rows[0][at]
            raise UnfitError(f"its column {header} is of the type {outline.kinds[at]} and should hold {wanted}")
    return TypedForm(outline.path, outline.count, tuple(types), outline.kinds)


def _kinds(file: pq.ParquetFile) -> tuple[pa.DataType, ...]:
    """Return the type of each column; what the statistics say to be blank throughout is of no other.

    Their parts are told by position: a path cannot say whether a point is of a name or leads into a structure.
    """
    groups = [file.metadata.row_group(at) for at in range(file.metadata.num_row_groups)]
    fields = [field.type for field in file.schema_arrow]
    ends = [*itertools.accumulate(map(_leaves, fields), initial=0)]
    filled = [
        any(not _is_blank(group.column(at)) for group in groups for at in range(*span))
        for span in itertools.pairwise(ends)
    ]
    kinds = (kind if is_filled else pa.null() for kind, is_filled in zip(fields, filled, strict=True))
    return tuple(kind.value_type if of.is_dictionary(kind) else kind for kind in kinds)


def _leaves(kind: pa.DataType) -> int:
    """Count the columns that a file has for one of a type: several for a structure."""
    return sum(_leaves(kind.field(at).type) for at in range(kind.num_fields)) or 1


def _is_blank(part: pq.ColumnChunkMetaData) -> bool:
    known = part.statistics
    return known is not None and known.has_null_count and known.null_count == part.num_values


def _asked(column: Column) -> tuple[str, str]:
    """Return the type of DuckDB in which a column is read, and what that is in words."""
    if column.is_numeric:
        return "DOUBLE", "numbers"
    return ("TIMESTAMP", "days") if column.is_temporal else ("VARCHAR", "names")


def _holds(kind: pa.DataType, asked: str) -> bool:
    """Whether values of a type are read by DuckDB as the functions of small files read them."""
    if asked == "TIMESTAMP":
        fits = of.is_date(kind) or (of.is_timestamp(kind) and kind.tz is None)
    elif asked == "DOUBLE":
        fits = of.is_integer(kind) or of.is_decimal(kind) or of.is_floating(kind)
    else:
        is_whole = of.is_integer(kind) or (of.is_decimal(kind) and kind.scale == 0)
        fits = is_whole or _is_text(kind) or of.is_date(kind) or of.is_boolean(kind)
    return bool(fits or of.is_null(kind))


def _is_text(kind: pa.DataType) -> bool:
    return bool(of.is_string(kind) or of.is_large_string(kind))


def _read_as(asked: str, column: str, kind: pa.DataType) -> str:
    if asked == "VARCHAR" and _is_text(kind):
        return f"CASE WHEN {column} NOT IN ({', '.join(map(quoted, sorted(NOTHING)))}) THEN {column} END"
    if of.is_floating(kind):  # `= 'nan'` would be answered from the statistics, which leave it out
        return f"CASE WHEN NOT isnan({column}) THEN {column} END::{asked}"
    exact = f"{column}::VARCHAR" if of.is_decimal(kind) else column
    return f"{exact}::{asked}"
