"""Writing workbooks whose bytes depend on nothing but their cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time
from pathlib import Path

import xlsxwriter

from helpers.simulate.scenario import AS_OF

Cell = str | int | float


def write_workbook(path: Path, sheet: str, rows: Iterable[Sequence[Cell]]) -> None:
    """Write one sheet from its first row; an empty text leaves the cell away."""
    with xlsxwriter.Workbook(str(path), {"strings_to_numbers": False, "strings_to_formulas": False}) as book:
        # The library would write the clock's time.
        book.set_properties({"created": datetime.combine(AS_OF, time(9), tzinfo=UTC).replace(tzinfo=None)})
        page = book.add_worksheet(sheet)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
