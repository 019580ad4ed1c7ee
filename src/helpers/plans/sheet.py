"""A plan as a spreadsheet that a person edits, and back."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from helpers.errors import ClientError
from helpers.plans.model import LINE_KEYS, Line, Plan, shares

_OBJECTIVE_KEYS = ("metric", "target", "scope")
_CENT = 0.005

Row = Sequence[Any]


def as_sheet(plan: Plan) -> bytes:
    """Write the plan as an XLSX file.

    The sheet `lines` has one row a line, `days` one row a day and one column a line with the money of that day,
    `objectives` one row an objective. Numbers are numbers, days are days, nothing is a formula.
    """
    import xlsxwriter  # noqa: PLC0415  only those who ask for a spreadsheet wait for it

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001  a fixed day: same plan, same bytes
        formats = {date: book.add_format({"num_format": "yyyy-mm-dd"}), float: book.add_format({"num_format": "0.00"})}
        for name, rows in _tables(plan).items():
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 1)
            sheet.set_column(0, len(rows[0]) - 1, 16)
            for at, row in enumerate(rows):
                for column, value in enumerate(row):
                    _write(sheet, at, column, value, formats)
    return out.getvalue()


def from_sheet(content: bytes, name: str, plan: Plan) -> dict[str, Any]:
    """Read an edited spreadsheet as the content that the plan file is brought up to.

    A line's budget is that of the sheet `lines`; the sheet `days` gives its shape, and only where the shape was
    changed does the line get a curve of its own.

    Parameters
    ----------
    content
        The file.
    name
        What to call it in messages.
    plan
        The plan as it stands now.

    Raises
    ------
    ClientError
        If the file is no spreadsheet, lacks a sheet or column, or holds something that is no amount or day.
    """
    sheets = _sheets(content, name)
    lines = [_line(entry, f"{name}, sheet lines") for entry in _entries(sheets, "lines", LINE_KEYS, name)]
    objectives = [_objective(entry) for entry in _entries(sheets, "objectives", _OBJECTIVE_KEYS, name)]
    known = {line.line: line for line in plan.lines}
    shapes = _shapes(sheets.get("days", [[]]), f"{name}, sheet days")
    for line in lines:
        shape, old = shapes.get(line["line"]), known.get(line["line"])
        if shape and (old is None or not _is_unchanged(shape, old)):
            line["curve"] = shares(shape)
    return {"objectives": objectives, "lines": lines}


def _tables(plan: Plan) -> dict[str, list[Row]]:
    days = sorted({day for line in plan.lines for day in line.by_day()})
    amounts = [line.by_day() for line in plan.lines]
    return {
        "lines": [LINE_KEYS, *([getattr(line, key) for key in LINE_KEYS] for line in plan.lines)],
        "days": [
            ["day", *(line.line for line in plan.lines)],
            *([day, *(amount.get(day, 0.0) for amount in amounts)] for day in days),
        ],
        "objectives": [
            _OBJECTIVE_KEYS,
            *([one.metric, one.target, _scope_text(one.scope)] for one in plan.objectives),
        ],
    }


def _write(sheet: Any, row: int, column: int, value: object, formats: Mapping[type, Any]) -> None:
    if value is None:
        return
    if isinstance(value, date):
        sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), formats[date])  # noqa: DTZ001
    elif isinstance(value, float | int):
        sheet.write_number(row, column, value, formats[float])
    else:
        sheet.write_string(row, column, str(value))


def _sheets(content: bytes, name: str) -> dict[str, list[list[Any]]]:
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return {sheet: book.get_sheet_by_name(sheet).to_python() for sheet in book.sheet_names}
    except CalamineError as error:
        raise ClientError(
            "the file is no spreadsheet",
            where=name,
            seen=str(error).split("\n", maxsplit=1)[0],
            next_step="Edit what `cuaderno plan show --xlsx` writes, and save it as .xlsx.",
        ) from error


def _entries(sheets: Mapping[str, list[list[Any]]], sheet: str, keys: Row, name: str) -> Iterator[dict[str, Any]]:
    """The rows of a sheet by their heads; blank rows are passed over, blank cells left out."""
    rows = sheets.get(sheet) or [[]]
    heads = [str(head).strip() for head in rows[0]]
    missing = [key for key in keys if key not in heads]
    if missing:
        raise ClientError(
            f"the sheet {sheet} lacks {', '.join(missing)}",
            where=name,
            seen=", ".join(filter(None, heads)) or "nothing",
            next_step="Keep the heads of `cuaderno plan show --xlsx`; a column may stay blank.",
        )
    for row in rows[1:]:
        entry = {
            head: value for head, value in zip(heads, row, strict=False) if head in keys and value not in {"", None}
        }
        if entry:
            yield entry


def _line(entry: dict[str, Any], where: str) -> dict[str, Any]:
    named = {key: value if key in {"start", "end", "budget"} else _text(value) for key, value in entry.items()}
    if "line" not in named or "budget" not in named:
        raise ClientError(
            "a line has no name or no budget",
            where=where,
            seen=str(entry),
            next_step="Fill both cells, or empty the row.",
        )
    return (
        named
        | {"budget": _amount(named["budget"], where)}
        | {key: _day(named[key], where) for key in ("start", "end") if key in named}
    )


def _objective(entry: dict[str, Any]) -> dict[str, Any]:
    pairs = (part.partition("=") for part in str(entry.get("scope", "")).split(",") if part.strip())
    scope = {key.strip(): value.strip() for key, _, value in pairs}
    return {"metric": entry.get("metric"), "target": entry.get("target"), "scope": scope}


def _scope_text(scope: Mapping[str, str]) -> str:
    return ", ".join(f"{key}={value}" for key, value in scope.items())


def _shapes(rows: list[list[Any]], where: str) -> dict[str, dict[date, float]]:
    """The money of each line by day, days without any left out; a line without any money is left out."""
    names = [_text(head) for head in rows[0][1:]] if rows and rows[0] else []
    shapes: dict[str, dict[date, float]] = {name: {} for name in names if name}
    for row in rows[1:]:
        if not row or row[0] in {"", None}:
            continue
        day = _day(row[0], where)
        for name, value in zip(names, row[1:], strict=False):
            amount = _amount(value, where) if value not in {"", None} else 0.0
            if name and amount > 0:
                shapes[name][day] = amount
    return {name: shape for name, shape in shapes.items() if shape}


def _is_unchanged(shape: Mapping[date, float], line: Line) -> bool:
    own, total = line.by_day(), math.fsum(shape.values())
    budget = math.fsum(own.values())
    if budget == 0:
        return True
    tolerance = 2 * _CENT * (1 / total + 1 / budget)
    return all(abs(shape.get(day, 0) / total - own.get(day, 0) / budget) <= tolerance for day in {*shape, *own})


def _text(value: object) -> str:
    """A name as text: a spreadsheet keeps a name of digits as a number."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()


def _amount(value: object, where: str) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool) and value >= 0:
        return round(float(value), 2)
    raise ClientError("this is no amount of money", where=where, seen=str(value), next_step="Write a plain number.")


def _day(value: object, where: str) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value).strip())
    except ValueError as error:
        raise ClientError(
            "this is no day", where=where, seen=str(value), next_step="Write the day as 2026-11-05."
        ) from error
