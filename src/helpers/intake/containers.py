"""What a file holds: one text table, the sheets of a workbook, the members of a ZIP, or Parquet."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from decimal import Decimal
from pathlib import PurePosixPath
from typing import cast

import pyarrow.parquet as pq
from pyarrow.lib import ArrowException
from python_calamine import CalamineError, CalamineWorkbook

from helpers.errors import ExportError
from helpers.intake import delimited, safety
from helpers.intake.cells import Cell
from helpers.intake.receipt import Problem
from helpers.intake.text import TruncatedError, decode

_OLE = b"\xd0\xcf\x11\xe0"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_PARQUET = b"PAR1"
_MARKUP = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<style")
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
    head = raw[:512].lstrip().lower()
    if raw.startswith(_ZIP):
        return list(_from_zip(raw, name))
    if raw.startswith(_OLE):
        return _workbook(raw, name, "xls")
    if raw.startswith(_PARQUET):
        return [_parquet(raw, name)]
    if head.startswith(_MARKUP):
        raise ExportError(
            "the file is a web page, not a table",
            where=name,
            seen=head[:40].decode("latin-1"),
            next_step=_SAVE_AS,
        )
    return [_text(raw, "")]


def _text(raw: bytes, name: str) -> Sheet:
    decoded = decode(raw)
    _refuse_binary(decoded.text, name)
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
    return Sheet(name, rows, decoded.encoding, cells.delimiter, decoded.text, problems)


def _refuse_binary(text: str, name: str) -> None:
    sample = text[:4096]
    odd = sum(1 for letter in sample if letter < " " and letter not in "\t\r\n\f")
    if odd > 0.1 * len(sample):
        raise ExportError(
            "the file is not text and no known kind of table",
            where=name,
            seen=f"{odd} control characters at its head",
            next_step=_SAVE_AS,
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
    readable = [
        info
        for info in archive.infolist()
        if not info.is_dir()
        and not info.filename.startswith("__MACOSX/")
        and PurePosixPath(info.filename).suffix.lower() in _READABLE
    ]
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
        if raw.startswith(_ZIP) and not info.filename.lower().endswith((".xlsx", ".xlsm")):
            continue
        for sheet in open_sheets(raw, info.filename):
            label = f"{info.filename}:{sheet.name}" if sheet.name else info.filename
            yield Sheet(label, sheet.rows, sheet.encoding, sheet.delimiter, sheet.text, sheet.problems)


def _workbook(raw: bytes, name: str, kind: str) -> list[Sheet]:
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
    try:
        table = pq.read_table(io.BytesIO(raw))
    except (ArrowException, OSError, ValueError) as error:
        raise TruncatedError(
            "the Parquet file is cut or damaged",
            where=name,
            seen=str(error)[:200],
            next_step="Write it again.",
        ) from error
    safety.check_shape(table.num_rows, table.num_columns, name)
    columns = [column.to_pylist() for column in table.columns]
    rows: list[list[Cell]] = [list(table.column_names)]
    rows.extend([_scalar(value) for value in row] for row in zip(*columns, strict=True))
    return Sheet("", rows, "parquet")
