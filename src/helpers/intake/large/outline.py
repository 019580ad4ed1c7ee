"""The first records of a large file, and of text the file itself as UTF-8."""

from __future__ import annotations

import codecs
import csv
import itertools
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from helpers.intake import containers, text
from helpers.intake.containers import Sheet
from helpers.intake.receipt import Answer
from helpers.intake.text import Decoded

HEAD = 1 << 19
_PIECE = 1 << 24
_BINARY = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")
_DIRECT = frozenset({"utf-8", "utf-8-sig"})
# DuckDB takes such quotes for those of a cell, Python's csv for letters of it.
_QUOTE_BEHIND_BLANKS = re.compile(' +"')


class UnfitError(Exception):
    """A file that cannot be read in passing.

    `answer` is what the analyst could state to change that, `table` the table that the file fills, where that is known.
    """

    def __init__(self, reason: str, answer: Answer | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.answer = answer
        self.table = ""


@dataclass(frozen=True)
class Outline:
    """What is known of a large file before it is scanned.

    Parameters
    ----------
    path
        The file as UTF-8: itself, or a copy.
    sheet
        Its first records, whole ones; `encoding` is that of the file itself.
    skip
        Number of records of the sheet that `path` has at its head: all, or none of them.
    """

    path: Path
    sheet: Sheet
    skip: int

    @property
    def count(self) -> int:
        """Number of records in the sheet, blank ones among them."""
        return len(self.sheet.rows)

    def holes(self) -> tuple[int, int]:
        """Return how many zeros the file has, and the line with the first."""
        count, line = 0, 1 if self.skip else 1 + self.sheet.text.count("\n")
        for piece in _pieces(self.path):
            at = piece.find(b"\0")
            line += piece.count(b"\n", 0, len(piece) if at < 0 else at) if not count else 0
            count += piece.count(b"\0")
        return count, line

    def counted(self) -> tuple[int, list[int]]:
        """Count the records behind the sheet as small files are cut into them, and return the numbers of blank ones."""
        count, blank = 0, []
        with self.path.open(encoding="utf-8-sig", errors="replace", newline="") as handle:
            rows = csv.reader(handle, delimiter=self.sheet.delimiter)
            for number, row in enumerate(itertools.islice(rows, self.skip, None), start=self.count + 1):
                count += bool(row)
                if not row:
                    blank.append(number)
        return count, blank


def outlined(path: Path, name: str, beside: Path, encoding: str = "") -> Outline:
    """Read the head of a file.

    Parameters
    ----------
    path, name
        The file, and what it is called in messages.
    beside
        Folder for a copy in UTF-8 where the file is in another encoding.
    encoding
        Encoding of the file where its head does not tell; empty: by its head.

    Raises
    ------
    UnfitError
        Where it is no text of plain lines, or quotes in a way that is read as two.
    ExportError
        Where it is no table, or ends in the middle of a character.
    """
    raw = _head(path)
    if raw.startswith(_BINARY):
        raise UnfitError("it is not a text file")
    found = encoding or _decoded(raw).encoding
    if encoding or found not in _DIRECT:
        path = _copied(path, text.utf16_codec(raw) or found, beside / "utf8.txt")
    head = _records(_decoded(_head(path)).text)
    sheet = replace(containers.open_sheets(head.encode(), name)[0], encoding=found)
    if any(_QUOTE_BEHIND_BLANKS.match(str(cell)) for cell in itertools.chain.from_iterable(sheet.rows)):
        raise UnfitError("a cell of its first rows has a blank before its quotes")
    if head.count("\n") == head.count("\r\n") or "\r\n" not in head:
        return Outline(path, sheet, len(sheet.rows))
    # DuckDB loses its way where the lines of a preamble end otherwise than the records do.
    return Outline(_rest(path, head, beside / "rest.txt"), sheet, 0)


def encoding_of(path: Path) -> str:
    """Return the encoding of a file that is not the UTF-8 which its head seemed to be, as small files have it.

    Raises
    ------
    TruncatedError
        Where it is, and ends in the middle of a character.
    """
    if _head(path).startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    decoder = codecs.getincrementaldecoder("utf-8")()
    is_ascii = True
    try:
        for piece in _pieces(path):
            is_ascii = is_ascii and piece[:-3].isascii()
            decoder.decode(piece)
    except UnicodeDecodeError:
        return "cp1252"
    if is_ascii:
        return "cp1252"
    raise text.cut_off(path.stat().st_size, "UTF-8")


def _head(path: Path) -> bytes:
    with path.open("rb") as handle:
        return handle.read(HEAD)


def _decoded(head: bytes) -> Decoded:
    """Return the text of the head of a file, without a last line that is cut."""
    codec = text.utf16_codec(head)
    if codec is not None:
        return Decoded(codecs.getincrementaldecoder(codec)("replace").decode(head), "utf-16")
    return text.decode(head[: head.rfind(b"\n") + 1])


def _records(head: str) -> str:
    """Return the head without what follows the last line end outside quotes."""
    end = head.rfind("\n") + 1
    while end and head.count('"', 0, end) % 2:
        end = head.rfind("\n", 0, end - 1) + 1
    if not end:
        raise UnfitError("its first line does not end")
    return head[:end]


def _copied(path: Path, codec: str, target: Path) -> Path:
    """Write a file once more as UTF-8, a piece at a time."""
    size = path.stat().st_size
    if codec.startswith("utf-16") and size % 2:
        raise text.cut_off(size, "UTF-16, an odd number")
    decoder = codecs.getincrementaldecoder(codec)("strict" if codec.startswith("utf-16") else "replace")
    try:
        with target.open("w", encoding="utf-8", newline="") as copy:
            for piece in _pieces(path):
                copy.write(decoder.decode(piece))
            decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise text.cut_off(size, "UTF-16") from error
    return target


def _rest(path: Path, head: str, target: Path) -> Path:
    """Write what follows the head to a file of its own."""
    with path.open("rb") as handle, target.open("wb") as copy:
        mark = len(codecs.BOM_UTF8) if handle.read(3) == codecs.BOM_UTF8 else 0
        handle.seek(mark + len(head.encode()))
        shutil.copyfileobj(handle, copy, _PIECE)
    return target


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as handle:
        while piece := handle.read(_PIECE):
            yield piece
