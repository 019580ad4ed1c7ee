"""Limits that keep a file from taking the machine: size, inflation, cells, entities."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from pathlib import Path

from helpers.errors import ExportError

LARGEST_FILE = 300 * 2**20
LARGEST_INFLATED = 500 * 2**20
LARGEST_RATIO = 200
MOST_MEMBERS = 2_000
MOST_ROWS = 3_000_000
MOST_CELLS = 60_000_000

# Small files inflate well without being bombs: a ratio counts only from this size on.
_HARMLESS = 20 * 2**20
_CHUNK = 1 << 20
_CELL = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
_LESS = "Export a shorter period or fewer columns."


class UnsafeFileError(ExportError):
    """A file that is refused for what it would do to the machine."""


def check_path(path: Path) -> None:
    """Refuse a link that leads out of its folder, and a file that is too large to be an export."""
    if path.is_symlink() and not path.resolve().is_relative_to(path.parent.resolve()):
        raise UnsafeFileError(
            "the file is a link that leads out of its folder",
            where=path.name,
            next_step="Put the export itself into the folder.",
        )
    size = path.stat().st_size
    if size > LARGEST_FILE:
        raise UnsafeFileError(
            "the file is larger than any export",
            where=path.name,
            seen=f"{size / 2**20:.0f} MiB",
            next_step=_LESS,
        )


def check_size(rows: Sequence[Sequence[object]], where: str) -> None:
    """Refuse a grid with more rows or cells than can be held."""
    check_shape(len(rows), max((len(row) for row in rows[:1000]), default=0), where)


def check_shape(rows: int, columns: int, where: str) -> None:
    """Refuse a grid with more rows or cells than can be held."""
    if rows > MOST_ROWS or rows * columns > MOST_CELLS:
        raise UnsafeFileError(
            "the table is too large",
            where=where,
            seen=f"{rows} rows of {columns} cells",
            next_step=_LESS,
        )


def check_archive(archive: zipfile.ZipFile, where: str) -> None:
    """Refuse an archive that inflates to more than an export could hold."""
    members = archive.infolist()
    inflated = sum(info.file_size for info in members)
    packed = max(1, sum(info.compress_size for info in members))
    if len(members) > MOST_MEMBERS:
        seen = f"{len(members)} members"
    elif inflated > LARGEST_INFLATED:
        seen = f"{inflated / 2**20:.0f} MiB when unpacked"
    elif inflated > _HARMLESS and inflated / packed > LARGEST_RATIO:
        seen = f"{inflated / packed:.0f} times larger when unpacked"
    else:
        return
    raise UnsafeFileError("the archive unpacks to more than any export holds", where=where, seen=seen, next_step=_LESS)


def check_workbook(archive: zipfile.ZipFile, where: str) -> None:
    """Refuse a workbook whose cells lie so far apart that the sheet cannot be held, or that declares entities."""
    for info in archive.infolist():
        if not info.filename.endswith(".xml"):
            continue
        is_sheet = info.filename.startswith("xl/worksheets/")
        try:
            _check_part(archive, info, where, is_sheet=is_sheet)
        except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
            raise ExportError(
                "the workbook is damaged",
                where=where,
                seen=str(error)[:200],
                next_step="Download the export again.",
            ) from error


def _check_part(archive: zipfile.ZipFile, info: zipfile.ZipInfo, where: str, *, is_sheet: bool) -> None:
    last_row, last_column, tail, inflated = 0, 0, b"", 0
    with archive.open(info) as part:
        while chunk := part.read(_CHUNK):
            inflated += len(chunk)
            if inflated > LARGEST_INFLATED:
                raise UnsafeFileError("the workbook unpacks to more than it says", where=where, next_step=_LESS)
            if b"<!DOCTYPE" in tail + chunk or b"<!ENTITY" in tail + chunk:
                raise UnsafeFileError(
                    "the workbook declares entities, which no export does",
                    where=where,
                    seen=info.filename,
                    next_step="Download the export again.",
                )
            if not is_sheet:
                tail = chunk[-16:]
                continue
            for column, row in _CELL.findall(tail + chunk):
                last_row, last_column = max(last_row, int(row)), max(last_column, _column_number(column))
            tail = chunk[-32:]
    if is_sheet:
        check_shape(last_row, last_column, where)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
