"""One cell: what counts as blank, and how it is written as text."""

from __future__ import annotations

import math
import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import Decimal

Cell = str | float | int | bool | date | datetime | time | timedelta | Decimal | None

NULLS = frozenset(
    {"", "-", "--", "---", "—", "–", "undefined", "nan", "n/a", "na", "#n/a", "null", "none", "sin datos"}
)
# A campaign may be called "None" or "n/a"; only signs stand for no name.
NO_NAMES = frozenset({"", "-", "--", "—", "–"})

# Blanks around it, as Google Ads writes them, included.
_LONGEST_NULL = 20


def as_text(cell: object) -> str:
    """Return a cell as a person would read it: whole numbers without a point, dates in ISO 8601."""
    if isinstance(cell, str):
        return cell.strip() if cell.isascii() else unicodedata.normalize("NFC", cell).strip()
    if cell is None or isinstance(cell, bool):
        return "" if cell is None else str(cell).lower()
    if isinstance(cell, float):
        return _number_as_text(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)


def _number_as_text(number: float) -> str:
    if math.isnan(number):
        return ""
    return str(int(number)) if number.is_integer() and abs(number) < 2**63 else repr(number)


def is_null(cell: object) -> bool:
    """Whether a cell says that there is nothing."""
    if isinstance(cell, str) and len(cell) > _LONGEST_NULL:
        return False
    return as_text(cell).casefold() in NULLS


def is_nameless(cell: object) -> bool:
    """Whether a cell that should name something names nothing."""
    return as_text(cell) in NO_NAMES


def is_blank(row: list[Cell]) -> bool:
    """Whether a row has no cell with anything in it."""
    return all(cell == "" or cell is None or (isinstance(cell, str) and not cell.strip()) for cell in row)
