"""Limits that keep a file from taking the machine: size, inflation, cells, entities."""

from __future__ import annotations

import hashlib
import re
import stat
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath

import numpy as np

from helpers.errors import ExportError

# Text and Parquet are read in passing; all else, and what of them cannot be, is held.
LARGEST_FILE = 8 * 2**30
LARGEST_HELD = 300 * 2**20
# Parquet holds words once, so its bytes say little: 4.2 million cells of an ad table were held in 1 GiB, 4.8 not.
MOST_HELD_CELLS = 4_000_000
LARGEST_INFLATED = 500 * 2**20
LARGEST_RATIO = 200
MOST_MEMBERS = 2_000
MOST_ROWS = 3_000_000
MOST_CELLS = 60_000_000
# As many as a sheet can have.
MOST_COLUMNS = 16_384

# Small files inflate well without being bombs: a ratio counts only from this size on.
_HARMLESS = 20 * 2**20
_CHUNK = 1 << 20
_PIECE = 1 << 17
_LINE_END = 10
_CELL = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
_DECLARATIONS = tuple(
    sign.encode(encoding) for sign in ("<!DOCTYPE", "<!ENTITY") for encoding in ("utf-8", "utf-16-le", "utf-16-be")
)
_LESS = "Export a shorter period or fewer columns."


class UnsafeFileError(ExportError):
    """A file that is refused for what it would do to the machine."""

    code = "unsafe_file"


def check_path(path: Path) -> int:
    """Refuse a link that leads out of its folder, what is no ordinary file, and what is too large to be an export.

    Returns
    -------
    Size of the file in bytes.
    """
    status = path.stat()
    if path.is_symlink() and not path.resolve().is_relative_to(path.parent.resolve()):
        raise UnsafeFileError(
            "the file is a link that leads out of its folder",
            where=path.name,
            next_step="Put the export itself into the folder.",
        )
    if not stat.S_ISREG(status.st_mode):
        raise UnsafeFileError(
            "this is a folder, a device or a pipe, and no file",
            where=path.name,
            next_step="Put the export itself into the folder.",
        )
    size = status.st_size
    if size > LARGEST_FILE:
        raise UnsafeFileError(
            "the file is larger than any export",
            where=path.name,
            seen=f"{size / 2**20:.0f} MiB",
            next_step=_LESS,
        )
    return size


@dataclass(frozen=True)
class Seal:
    """What tells the bytes of a file from others: their SHA-256, and how many line ends there are."""

    sha256: str
    lines: int


def sealed(path: Path) -> Seal:
    """Read a file once, a piece at a time, for its seal."""
    digest, lines = hashlib.sha256(), 0
    piece = memoryview(bytearray(_PIECE))
    letters = np.frombuffer(piece, dtype=np.uint8)  # counts several times as fast as bytes do
    with path.open("rb", buffering=0) as handle:
        while length := handle.readinto(piece):
            digest.update(piece[:length])
            lines += int(np.count_nonzero(letters[:length] == _LINE_END))
    return Seal(digest.hexdigest(), lines)


def check_size(rows: Sequence[Sequence[object]], where: str) -> None:
    """Refuse a grid with more rows or cells than can be held."""
    _check(len(rows), max(map(len, rows), default=0), sum(map(len, rows)), where)


def check_shape(rows: int, columns: int, where: str, most: int = MOST_CELLS) -> None:
    """Refuse a grid with more rows or cells than can be held."""
    _check(rows, columns, rows * columns, where, most)


def _check(rows: int, columns: int, cells: int, where: str, most: int = MOST_CELLS) -> None:
    if rows > MOST_ROWS or columns > MOST_COLUMNS or cells > most:
        raise UnsafeFileError(
            "the table is too large",
            where=where,
            seen=f"{rows} rows, {columns} columns",
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


def check_members(members: Sequence[zipfile.ZipInfo], where: str) -> None:
    """Refuse an archive whose members are links or are named by a way out of the archive.

    Nothing is ever unpacked to disk; but who packs so does not pack exports.
    """
    for info in members:
        path = PureWindowsPath(info.filename)  # takes both kinds of slashes
        is_link = stat.S_ISLNK(info.external_attr >> 16)
        if is_link or path.drive or path.root or ".." in path.parts:
            raise UnsafeFileError(
                "the archive holds a link or a path that leads out of it",
                where=where,
                seen=info.filename[:200],
                next_step="Put the exports themselves into the folder.",
            )


def check_workbook(archive: zipfile.ZipFile, where: str) -> None:
    """Refuse a workbook whose cells lie so far apart that the sheet cannot be held, or that declares entities."""
    for info in archive.infolist():
        name = info.filename.casefold()
        if not name.endswith((".xml", ".rels", ".vml")):
            continue
        is_sheet = name.startswith("xl/worksheets/") and name.endswith(".xml")
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
            if any(sign in tail + chunk for sign in _DECLARATIONS):
                raise UnsafeFileError(
                    "the workbook declares entities, which no export does",
                    where=where,
                    seen=info.filename,
                    next_step="Download the export again.",
                )
            if not is_sheet:
                tail = chunk[-32:]
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
