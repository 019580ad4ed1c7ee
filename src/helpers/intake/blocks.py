"""Rows to tables: preambles, headers, stacked tables and footers of one sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from helpers.intake import cells, numbers
from helpers.intake.cells import Cell
from helpers.intake.recognise import Match, headers_for, matches
from helpers.tables import TABLES

_HEADER_WITHIN = 40
_MEASURES = frozenset({"count", "money", "number"})


@dataclass
class Block:
    """One table of a sheet.

    `row_numbers` are those of the file, counted from 1. `footer` holds one-cell lines behind the rows.
    """

    preamble: list[str]
    candidates: list[Match]
    header: list[str]
    rows: list[list[Cell]] = field(default_factory=list)
    row_numbers: list[int] = field(default_factory=list)
    footer: list[str] = field(default_factory=list)


class Stranger(NamedTuple):
    """The first row of what no platform recognises; `is_doubtful` where rows may be some of the table above."""

    row: int
    line: str
    is_doubtful: bool = False


@dataclass
class Layout:
    """All tables of a sheet, and the first lines of what no platform recognises."""

    blocks: list[Block]
    strangers: list[Stranger]


# Asked with a row of headers and the lines above it.
Recogniser = Callable[[Sequence[str], Sequence[str]], list[Match]]


def find(rows: Sequence[list[Cell]], recognise: Recogniser = matches) -> Layout:
    """Cut a sheet into its tables."""
    rows = _with_headers(rows)
    layout = Layout([], [])
    loose: list[str] = []
    earlier: list[str] = []  # lines above earlier tables, which may speak for all that follow
    for start, end in _runs(rows):
        run = rows[start:end]
        at = _header_at(run, [*earlier, "", *loose], recognise)
        if at is not None:
            header = [cells.as_text(cell) for cell in _stripped(run[at])]
            lines = [*loose, *(_line(row) for row in run[:at])]
            block = Block(lines, recognise(header, [*earlier, "", *lines]), header)
            earlier += lines
            layout.blocks.append(block)
            loose = []
            _extend(block, run[at + 1 :], start + at + 2)
        elif layout.blocks and _continues(layout.blocks[-1], run):
            _extend(layout.blocks[-1], run, start + 1)
        elif all(map(_is_title, run)):
            if layout.blocks:
                layout.blocks[-1].footer.extend(_line(row) for row in run)
            loose.extend(_line(row) for row in run)
        else:
            is_doubtful = bool(layout.blocks) and _is_like(layout.blocks[-1], run)
            layout.strangers.append(Stranger(start + 1, _line(run[0])[:120], is_doubtful))
            loose = [_line(row) for row in run]
    return layout


def _with_headers(rows: Sequence[list[Cell]]) -> Sequence[list[Cell]]:
    """Write headers in place of a line under which a platform writes none."""
    found: dict[int, list[Cell]] = {}
    lines = {at: line[0] for at, line in enumerate(rows) if len(_stripped(line)) == 1 and isinstance(line[0], str)}
    for at, line in lines.items():
        headers = headers_for(line, lines.values())
        if headers is not None and at + 1 < len(rows) and len(_stripped(rows[at + 1])) == len(headers):
            found[at] = list(headers)
    return [found.get(at, row) for at, row in enumerate(rows)] if found else rows


def _runs(rows: Sequence[list[Cell]]) -> Iterator[tuple[int, int]]:
    start = None
    for position, row in enumerate(rows):
        if not cells.is_blank(row):
            start = position if start is None else start
        elif start is not None:
            yield start, position
            start = None
    if start is not None:
        yield start, len(rows)


def _header_at(run: Sequence[list[Cell]], loose: Sequence[str], recognise: Recogniser) -> int | None:
    above = list(loose)
    for position, row in enumerate(run[:_HEADER_WITHIN]):
        if recognise([cells.as_text(cell) for cell in _stripped(row)], above):
            return position
        above.append(_line(row))
    return None


def _stripped(row: list[Cell]) -> list[Cell]:
    """Return a row without the empty cells at its end, which spreadsheets add to short lines."""
    width = len(row)
    while width and cells.is_blank([row[width - 1]]):
        width -= 1
    return row[:width]


def _extend(block: Block, rows: Sequence[list[Cell]], first: int) -> None:
    block.rows.extend(rows)
    block.row_numbers.extend(range(first, first + len(rows)))


def _continues(block: Block, run: Sequence[list[Cell]]) -> bool:
    """Whether rows behind a blank line belong to the table above: where first there are measures, they are numbers."""
    if not block.candidates:
        return False
    match = block.candidates[0]
    kinds = {column.name: column.kind for column in TABLES[match.report.table].columns}
    places = [i for name, i in match.columns.items() if kinds.get(name) in _MEASURES]
    for row in run:
        values = [row[i] for i in places if i < len(row) and not cells.is_null(row[i])]
        if (_is_title(row) and not values) or len(_stripped(row)) > match.width:
            return False
        if values:
            return all(numbers.looks_numeric(value) for value in values)
    return False


def _is_like(block: Block, run: Sequence[list[Cell]]) -> bool:
    """Whether rows without a title of their own hold one that is as wide as the table above and has figures."""
    return not _is_title(run[0]) and any(
        len(_stripped(row)) == len(block.header) and any(map(numbers.looks_numeric, row)) for row in run
    )


def _is_title(row: list[Cell]) -> bool:
    return len([cell for cell in row if not cells.is_blank([cell])]) < 2


def _line(row: list[Cell]) -> str:
    return ",".join(cells.as_text(cell) for cell in _stripped(row))
