"""What a file holds: one text table, the sheets of a workbook, the members of a ZIP, or Parquet."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from decimal import Decimal
from pathlib import Path, PurePosixPath
from typing import IO, cast

import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow.lib import ArrowException
from python_calamine import CalamineError, CalamineWorkbook

from helpers.errors import ExportError
from helpers.intake import delimited, safety
from helpers.intake.cells import Cell
from helpers.intake.receipt import Problem
from helpers.intake.safety import UnsafeFileError
from helpers.intake.text import TruncatedError, decode

_OLE = b"\xd0\xcf\x11\xe0"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_PARQUET = b"PAR1"
# An ad table as CSV has 14 bytes a cell.
_CELL = 16
_PAGE = re.compile(r"<(!--|(!doctype|html|head|body|title|meta|style|script|div|p|table|svg|\?xml)\b)", re.IGNORECASE)
_ARCHIVES = {".zip", ".7z", ".rar", ".gz", ".tar", ".tgz", ".bz2", ".xz"}
_PASSWORD = "EncryptedPackage".encode("utf-16-le")
_READABLE = {".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".parquet"}
_SAVE_AS = "Open it in a spreadsheet, save it as XLSX or CSV and put that in its place."


@dataclass(frozen=True)
class Sheet:
    """One grid of cells, as the file has it.

    Parameters
    ----------
    name
        Name of the sheet or of the member; empty for a plain text file.
    rows
        All rows; text files hold only text, workbooks also numbers and dates.
    encoding
        As in the receipt.
    delimiter
        For text files.
    text
        The text of a text file, for tables that are set with blanks.
    """

    name: str
    rows: list[list[Cell]]
    encoding: str
    delimiter: str = ""
    text: str = ""
    problems: tuple[Problem, ...] = field(default=())


@dataclass(frozen=True)
class Extent:
    """How much a file holds: its bytes; of Parquet, which says so, rows and columns too."""

    bytes: int
    rows: int = 0
    columns: int = 0

    @property
    def as_text(self) -> int:
        """Bytes that it has as text, about."""
        return max(self.bytes, self.rows * self.columns * _CELL)

    @property
    def can_be_held(self) -> bool:
        """Whether all of it may be in memory at once."""
        return self.bytes <= safety.LARGEST_HELD and self.rows * self.columns <= safety.MOST_HELD_CELLS

    def __str__(self) -> str:
        return f"{self.rows} rows, {self.columns} columns" if self.rows else f"{self.bytes / 2**20:.0f} MiB"


def extent(path: Path) -> Extent:
    """Return how much a file holds, of damaged Parquet its bytes alone."""
    size = path.stat().st_size
    try:
        metadata = pq.read_metadata(path) if is_parquet(path) else None
    except (ArrowException, OSError):
        metadata = None
    return Extent(size, metadata.num_rows, metadata.num_columns) if metadata else Extent(size)


def open_sheets(raw: bytes, name: str) -> list[Sheet]:
    """Return all grids of a file.

    Parameters
    ----------
    raw
        The bytes of the file.
    name
        Its name; only for messages, the kind is told from the bytes.

    Raises
    ------
    ExportError
        Where it is not a table, is damaged, or is larger than any export.
    """
    if raw.startswith(_ZIP):
        return list(_from_zip(raw, name))
    if raw.startswith(_OLE):
        return _workbook(raw, name, "xls")
    if raw.startswith(_PARQUET):
        return [_parquet(raw, name)]
    return [_text(raw, name)]


def _text(raw: bytes, name: str) -> Sheet:
    decoded = decode(raw)
    _refuse_others(decoded.text, name)
    cells = delimited.split(decoded.text)
    problems: tuple[Problem, ...] = ()
    if cells.is_unwrapped:
        problems = (
            Problem.of(
                "double_encoded",
                "Every line was quoted once more by a spreadsheet; that was undone.",
                "Send the file as downloaded, without opening it in a spreadsheet.",
            ),
        )
    safety.check_size(cells.rows, name)
    rows = cast("list[list[Cell]]", cells.rows)  # text is a kind of cell; a copy of every row would only cost
    return Sheet("", rows, decoded.encoding, cells.delimiter, decoded.text, problems)


def _refuse_others(text: str, name: str) -> None:
    """Refuse what is text and no table, what is no text, and what has holes."""
    if _PAGE.match(text.lstrip()[:40]):
        raise ExportError(
            "the file is a web page, not a table", where=name, seen=text.lstrip()[:40], next_step=_SAVE_AS
        )
    sample = text[:4096]
    odd = sum(1 for letter in sample if letter < " " and letter not in "\t\r\n\f")
    if odd > 0.1 * len(sample):
        raise ExportError(
            "the file is not text and no known kind of table",
            where=name,
            seen=f"{odd} control characters at its head",
            next_step=_SAVE_AS,
        )
    if "\0" in text:
        raise with_holes(name, text.count("\0"), text.count("\n", 0, text.index("\0")) + 1)


def with_holes(name: str, count: int, line: int) -> TruncatedError:
    """Return what is to be said of so many zeros in a text: leaving them out would make one figure of two."""
    return TruncatedError(
        "the file has holes, as a broken download leaves them",
        where=name,
        seen=f"{count} zero bytes, the first in line {line}",
        next_step="Download the export again.",
    )


def _from_zip(raw: bytes, name: str) -> Iterator[Sheet]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise TruncatedError(
            "the file is cut or damaged",
            where=name,
            seen=str(error),
            next_step="Download the export again.",
        ) from error
    with archive:
        safety.check_archive(archive, name)
        members = archive.namelist()
        if "[Content_Types].xml" in members or any(member.startswith("xl/") for member in members):
            if any(member.endswith(".bin") and "/workbook" in member for member in members):
                raise ExportError("the workbook is of the binary kind (.xlsb)", where=name, next_step=_SAVE_AS)
            safety.check_workbook(archive, name)
            yield from _workbook(raw, name, "xlsx")
        elif "mimetype" in members:
            raise ExportError("the file is an OpenDocument table", where=name, next_step=_SAVE_AS)
        else:
            yield from _members(archive, name)


def _members(archive: zipfile.ZipFile, name: str) -> Iterator[Sheet]:
    members = [info for info in archive.infolist() if not info.is_dir() and not info.filename.startswith("__MACOSX/")]
    safety.check_members(members, name)
    packed = [info.filename for info in members if _suffix(info) in _ARCHIVES]
    readable = [info for info in members if _suffix(info) in _READABLE]
    if packed:
        raise UnsafeFileError(
            "the archive holds another archive, which is not opened",
            where=name,
            seen=", ".join(packed[:5]),
            next_step="Unpack it and put the exports themselves into the folder.",
        )
    if not readable:
        raise ExportError(
            "the archive holds no table",
            where=name,
            seen=", ".join(archive.namelist()[:5]) or "nothing",
            next_step="Put the exports themselves into the folder.",
        )
    for info in readable:
        try:
            raw = archive.read(info)
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError, ValueError) as error:
            raise TruncatedError(
                "a member of the archive is damaged or protected",
                where=f"{name}:{info.filename}",
                seen=str(error),
                next_step="Unpack the archive and put the files into the folder.",
            ) from error
        if raw.startswith(_ZIP) and _suffix(info) not in {".xlsx", ".xlsm"}:
            raise UnsafeFileError(
                "a member of the archive is an archive under another name",
                where=f"{name}:{info.filename}",
                next_step="Unpack it and put the exports themselves into the folder.",
            )
        for sheet in open_sheets(raw, info.filename):
            label = f"{info.filename}:{sheet.name}" if sheet.name else info.filename
            yield Sheet(label, sheet.rows, sheet.encoding, sheet.delimiter, sheet.text, sheet.problems)


def _suffix(info: zipfile.ZipInfo) -> str:
    return PurePosixPath(info.filename).suffix.lower()


def _workbook(raw: bytes, name: str, kind: str) -> list[Sheet]:
    if kind == "xls" and _PASSWORD in raw:
        raise ExportError(
            "the workbook is protected by a password", where=name, next_step="Save it without one, as XLSX or CSV."
        )
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
        sheets = [Sheet(title, _sheet_rows(book, title), kind) for title in book.sheet_names]
    except (CalamineError, ValueError, OSError, OverflowError, KeyError, IndexError) as error:
        raise ExportError(
            "the workbook cannot be read", where=name, seen=str(error)[:200], next_step=_SAVE_AS
        ) from error
    # The reader of workbooks is compiled code, and reports its own faults as panics outside the tree of exceptions.
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise ExportError(
            "the workbook cannot be read", where=name, seen=str(error)[:200], next_step=_SAVE_AS
        ) from error
    for sheet in sheets:
        safety.check_size(sheet.rows, f"{name}:{sheet.name}")
    return sheets


def _sheet_rows(book: CalamineWorkbook, title: str) -> list[list[Cell]]:
    return [list(row) for row in book.get_sheet_by_name(title).to_python(skip_empty_area=False)]


def _scalar(value: object) -> Cell:
    """Return a value of a Parquet column as a cell; lists and structures as their text."""
    if value is None:
        return ""
    return value if isinstance(value, str | float | int | date | time | timedelta | Decimal) else str(value)


def _parquet(raw: bytes, name: str) -> Sheet:
    with parquet(io.BytesIO(raw), name) as file:
        safety.check_shape(file.metadata.num_rows, file.metadata.num_columns, name, safety.MOST_HELD_CELLS)
        return grid(file.read())


def is_parquet(path: Path) -> bool:
    """Whether a file begins as Parquet does."""
    with path.open("rb") as handle:
        return handle.read(len(_PARQUET)) == _PARQUET


@contextmanager
def parquet(source: Path | IO[bytes], name: str) -> Iterator[pq.ParquetFile]:
    """Open a Parquet file.

    Raises
    ------
    TruncatedError
        Where it is cut or damaged, at its opening or later.
    """
    try:
        with pq.ParquetFile(source) as file:
            yield file
    except MemoryError:
        raise
    except (ArrowException, OSError, ValueError) as error:
        raise damaged_parquet(name, error) from error


def damaged_parquet(name: str, error: object) -> TruncatedError:
    """Return what is to be said of Parquet that cannot be read."""
    return TruncatedError(
        "the Parquet file is cut or damaged", where=name, seen=str(error)[:200], next_step="Write it again."
    )


def grid(table: pa.Table) -> Sheet:
    """Return rows of a Parquet file under its headers."""
    columns = [column.to_pylist() for column in table.columns]
    rows: list[list[Cell]] = [list(table.column_names)]
    rows.extend([_scalar(value) for value in row] for row in zip(*columns, strict=True))
    return Sheet("", rows, "parquet")
