"""What of an executed notebook may come on a page: Markdown cells and valid blocks, in order; nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from helpers.blocks import MIME, Block, Head, Record, load
from helpers.errors import RunError
from helpers.wording import WRITABLE

_AGAIN = "Run the notebook again: cuaderno report CLIENT --force."
_PAPERMILL = "papermill-error-cell-tag"
_ANSI = re.compile(r"\x1b\[[0-9;]*m")
_NAME = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True)
class Passage:
    """A Markdown cell and its number, counted from one."""

    cell: int
    source: str


@dataclass(frozen=True)
class Sheet:
    """A notebook as the page sees it."""

    head: Head
    pieces: tuple[Passage | Block, ...]
    record: Record


def read(notebook: Any) -> Sheet:
    """Return the passages and blocks of an executed notebook; every other kind of output is left behind.

    Raises
    ------
    RunError
        If a cell ended in an error, if the notebook was not run to its end, or if a block is not what it should be.
    """
    pieces = [piece for number, cell in enumerate(notebook["cells"], 1) for piece in _pieces(number, cell)]
    heads = [piece for piece in pieces if isinstance(piece, Head)]
    records = [piece for piece in pieces if isinstance(piece, Record)]
    if len(heads) != 1 or len(records) != 1:
        raise RunError(
            "the notebook was not run to its end, so there is nothing to make a page of",
            seen=f"{len(heads)} head and {len(records)} record blocks",
            next_step=_AGAIN,
        )
    _check(heads[0])
    return Sheet(heads[0], tuple(piece for piece in pieces if not isinstance(piece, Head | Record)), records[0])


def _pieces(number: int, cell: Any) -> Iterator[Passage | Block]:
    if cell["cell_type"] == "markdown" and _PAPERMILL not in cell["metadata"].get("tags", []):
        yield Passage(number, "".join(cell["source"]))
    for output in cell.get("outputs", []):
        if output["output_type"] == "error":
            raise _failure(number, output)
        data = output.get("data", {}).get(MIME)
        if data is not None:
            yield _block(number, data)


def _failure(number: int, output: Any) -> RunError:
    """The error of a cell; ours bring what, where and next as three lines."""
    lines = [_ANSI.sub("", str(line)) for line in output.get("traceback", [])]
    what, where, next_step = lines if len(lines) == 3 else (f"{output['ename']}: {output['evalue']}", "", _AGAIN)
    return RunError(what, where=f"cell {number}" if where in {"", "-"} else where, next_step=next_step)


def _block(number: int, data: Any) -> Block:
    try:
        return load(data)
    except ValueError as error:
        raise RunError(
            "an output is not a valid block", where=f"cell {number}", seen=str(error)[:200], next_step=_AGAIN
        ) from error


def _check(head: Head) -> None:
    """Refuse names that would end up in addresses and are not what the workbook writes."""
    unknown = [language for language in (*head.languages, head.drawn) if language not in WRITABLE]
    if unknown or not head.languages or not _NAME.fullmatch(head.stage):
        raise RunError("the head block names no known stage and languages", where=head.stage[:80], next_step=_AGAIN)
