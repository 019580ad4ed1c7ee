"""Text to rows of cells: which delimiter, which quoting."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass

from helpers.errors import ExportError
from helpers.intake.text import TruncatedError

Row = list[str]

DELIMITERS = "\t;,|"
_VOTING_LINES = 200
_VOTING_TEXT = 1 << 18
_LARGEST_CELL = 1 << 20
_SEP = re.compile(r'^"?sep=(.)"?\r?\n', re.IGNORECASE)


@dataclass(frozen=True)
class Delimited:
    """The cells of a text file.

    Parameters
    ----------
    rows
        All records, blank ones among them, so that row numbers are those of the file's records.
    delimiter
        " " for columns set with blanks.
    is_unwrapped
        Whether every record was quoted once more, which was undone.
    """

    rows: list[Row]
    delimiter: str
    is_unwrapped: bool = False


def split(text: str) -> Delimited:
    """Return the cells of a text file; a first line `sep=,` is obeyed.

    Raises
    ------
    TruncatedError
        Where a quote is opened and never closed.
    ExportError
        Where a cell is larger than any export's.
    """
    stated = _SEP.match(text)
    body = text[stated.end() :] if stated else text
    delimiter = stated[1] if stated else vote(body)
    # The line with sep= stays as a blank record, so that row numbers are those that a person sees.
    rows: list[Row] = [*([[]] if stated else []), *records(body, delimiter)]
    inner = _unwrapped(rows)
    return Delimited(
        rows if inner is None else inner, delimiter if inner is None else ",", is_unwrapped=inner is not None
    )


def set_with_blanks(text: str) -> list[Row]:
    """Return the cells of a table whose columns are set with blanks."""
    return [line.split() for line in text.splitlines()]


def vote(text: str) -> str:
    """Return the delimiter that cuts most records into one same number of cells, at least two.

    Prose has commas and semicolons but no tabs: where the last lines are cut by tabs alike, the lines above a short
    table do not outvote them.
    """
    sample = "".join(text[:_VOTING_TEXT].splitlines(keepends=True)[:_VOTING_LINES])
    width, *others = {line.count("\t") for line in sample.splitlines()[-2:]} or {0}
    if width > 1 and not others and _votes(sample, "\t")[0] > 1:
        return "\t"
    return max(DELIMITERS, key=lambda delimiter: _votes(sample, delimiter))


def _votes(sample: str, delimiter: str) -> tuple[int, int]:
    try:
        widths = Counter(len(row) for row in csv.reader(io.StringIO(sample), delimiter=delimiter) if len(row) > 1)
    except csv.Error:
        return (0, 0)
    if not widths:
        return (0, 0)
    width, records = max(widths.items(), key=lambda item: (item[1], item[0]))
    return (records, width)


def records(body: str, delimiter: str) -> list[Row]:
    """Return the records of a text without a line that says how it is separated; raises as `split` does."""
    csv.field_size_limit(_LARGEST_CELL)
    try:
        return list(csv.reader(io.StringIO(body, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        if "unexpected end of data" in str(error):
            raise TruncatedError(
                "a quoted cell is opened and never closed, so the file ends in the middle",
                seen=str(error),
                next_step="Download the export again.",
            ) from error
    try:
        return list(csv.reader(io.StringIO(body, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise ExportError(
            "the file cannot be cut into cells",
            seen=str(error),
            next_step="Export it again as CSV or XLSX.",
        ) from error


def _unwrapped(rows: list[Row]) -> list[Row] | None:
    """Undo a spreadsheet's second round of quoting: every record is one cell that is itself a record."""
    single = [row[0] for row in rows if row]
    if len(single) < 2 or any(len(row) > 1 for row in rows) or not all("," in cell for cell in single[:2]):
        return None
    inner = [next(csv.reader([row[0]]), []) if row else [] for row in rows]
    widths = Counter(len(row) for row in inner if row)
    width, records = widths.most_common(1)[0]
    return inner if width > 1 and records >= 0.9 * len(single) else None
