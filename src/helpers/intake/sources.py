"""Tables that the analyst maps by hand: one entry under `sources:` in client.yaml."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from fnmatch import fnmatchcase

import pandas as pd

from helpers.intake import assemble, cells, checks, cover, finish, numbers, rows, typed, wholes
from helpers.intake.assemble import Outcome
from helpers.intake.cells import Cell
from helpers.intake.containers import Sheet
from helpers.intake.delimited import set_with_blanks
from helpers.intake.finish import Origin
from helpers.intake.receipt import Problem
from helpers.intake.typed import RefusedTableError
from helpers.platforms import normalised
from helpers.tables import TABLES, Column, Table

_HEADER_WITHIN = 40


@dataclass(frozen=True)
class Source:
    """How one canonical table is read from files that no platform describes, or how a recognised one is corrected.

    Parameters
    ----------
    files
        Glob below the client folder; the name of what a database returned, where `sql` is given.
    table
        Canonical table.
    columns
        Header in the file, or position counted from 1 where there is no header, by canonical column. Empty: the
        platform's description reads the file, and the rest of the entry corrects it.
    constants
        Canonical value for every row.
    dates
        `strptime` pattern of all dates; empty: decided from evidence.
    numbers
        `1.234,56` or `1,234.56`; empty: decided from evidence.
    header
        Whether the file has a row of headers.
    source
        The platform that wrote the file, where its headers do not say it; empty: recognised.
    year
        Year of the latest day, where days have none; the others follow by their order.
    timezone
        IANA name of whose days the dates are; empty: what the file says, which is often nothing.
    sql, url_env
        What a database is asked, and the environment variable with its address; empty for files.
    """

    files: str
    table: str
    columns: Mapping[str, str | int] = field(default_factory=dict)
    constants: Mapping[str, str | float | int | bool] = field(default_factory=dict)
    dates: str = ""
    numbers: str = ""
    header: bool = True
    source: str = ""
    year: int | None = None
    timezone: str = ""
    sql: str = ""
    url_env: str = ""

    def applies_to(self, name: str) -> bool:
        """Whether the file of that name, relative to the client folder, is meant; `*` stays inside a folder."""
        if "**" in self.files:
            return fnmatchcase(name, self.files.replace("**/", "*"))
        parts, wanted = name.split("/"), self.files.split("/")
        return len(parts) == len(wanted) and all(map(fnmatchcase, parts, wanted))

    def fingerprint(self) -> str:
        """Return a text that differs where the reading may differ."""
        return json.dumps(asdict(self), sort_keys=True, default=str)


def read(sheets: Sequence[Sheet], source: Source, salt: str) -> Outcome:
    """Read one mapped table from the first sheet that has its columns.

    Raises
    ------
    RefusedTableError
        Where the columns are not there, or figures would be lost.
    """
    table = _table(source)
    sheet, places, labels, first, width = _located(sheets, source)
    grid = _grid(sheet, source)
    kept = [(number, row) for number, row in enumerate(grid[first:], start=first + 1) if not cells.is_blank(row)]
    columns = {name: table.by_name.get(name, Column(name, "text", "")) for name in source.columns}
    names = tuple(name for name, column in columns.items() if not column.is_numeric and name != "currency")
    layout = rows.Layout(places, frozenset(columns) - frozenset(names) - {"currency"}, names, width)
    records = rows.separate([row for _, row in kept], [number for number, _ in kept], layout, ends_midway=False)
    outcome = Outcome(problems=finish.left_out_notes(records))
    if records.raw.empty:
        outcome.problems.append(
            Problem.of(
                "empty_export",
                "The file has a header and no rows.",
                "Put the file with its rows into the folder.",
            )
        )
        return outcome
    columns = {**columns, **_attributes(records.raw, table)}
    decimal = "," if sheet.delimiter == ";" else None
    hints = typed.Hints(numbers=source.numbers, dates=source.dates, year=source.year, decimal=decimal)
    found = typed.convert(records.raw, columns, labels, hints)
    summed = {name: column for name, column in columns.items() if name in records.totals}
    stated = assemble.typed_totals(records, summed, found.decimal)
    found, records, notes = wholes.without(found, records, labels, _wholes(found.frame, columns, table, stated))
    outcome.problems += [*found.problems, *notes]
    origin = Origin(
        source="plain",
        report=table.name,
        encoding=sheet.encoding,
        labels=labels,
        records=records,
        totals=stated,
        called=assemble.measured(records.called, summed, found.decimal) if table.name == "ads" else None,
        salt=salt,
        timezone=source.timezone or None,
    )
    finish.finish(outcome, _complete(found, source, labels, outcome), table, origin)
    return outcome


def _wholes(frame: pd.DataFrame, columns: Mapping[str, Column], table: Table, stated: pd.DataFrame) -> wholes.Found:
    splits = [name for name in ("breakdown", "value") if name in columns]
    return wholes.of_table(frame, columns, table, splits, stated, is_paid=table.name in {"ads", "ads_breakdown"})


def _complete(found: typed.Typed, source: Source, labels: Mapping[str, str], outcome: Outcome) -> pd.DataFrame:
    """Add constants, currency and the time covered."""
    table = TABLES[source.table]
    # A column that only an open table has is of no kind yet.
    stated = checks.with_stated(found.frame.assign(**source.constants), checks.stated(source.constants, table))
    frame, notes = checks.with_currency(stated, table, found, labels, is_stated="currency" in source.constants)
    outcome.problems += notes
    return cover.spaced(cover.covered(frame, None)) if "period_start" in table.by_name else frame


def _table(source: Source) -> Table:
    if source.table in TABLES:
        return TABLES[source.table]
    raise RefusedTableError(
        Problem.of(
            "missing_columns",
            f"There is no table named {source.table!r}.",
            f"Use one of: {', '.join(sorted(TABLES))}.",
            is_fatal=True,
        )
    )


def _located(sheets: Sequence[Sheet], source: Source) -> tuple[Sheet, dict[str, int], dict[str, str], int, int]:
    """Find the sheet and the row that hold the mapped headers."""
    table = TABLES[source.table]
    unknown = [name for name in (*source.columns, *source.constants) if name not in table.by_name and not table.is_open]
    if unknown:
        raise RefusedTableError(
            Problem.of(
                "missing_columns",
                f"The table {table.name} has no column {', '.join(unknown)}.",
                f"Its columns are: {', '.join(column.name for column in table.columns)}.",
                is_fatal=True,
            )
        )
    best: list[str] = []
    for sheet in sheets:
        grid = _grid(sheet, source)
        if not source.header:
            places = {name: int(position) - 1 for name, position in source.columns.items()}
            width = max((len(row) for row in grid[:200]), default=0)
            if places and max(places.values()) < width:
                return sheet, places, {name: f"column {at + 1}" for name, at in places.items()}, 0, width
            continue
        for number, row in enumerate(grid[:_HEADER_WITHIN]):
            headers = [cells.as_text(cell) for cell in row]
            found = _places(headers, source)
            if len(found) == len(source.columns):
                labels = {name: headers[at] for name, at in found.items()}
                return sheet, found, labels, number + 1, _width(headers)
            best = max(best, [header for header in headers if header], key=len)
    missing = [
        str(header)
        for header in source.columns.values()
        if normalised(str(header)) not in {normalised(b) for b in best}
    ]
    raise RefusedTableError(
        Problem.of(
            "missing_columns",
            f"No column is headed {', '.join(missing) or 'as mapped'}; the file has {', '.join(best[:30]) or 'none'}.",
            "Correct columns: for the file under sources in client.yaml.",
            is_fatal=True,
        )
    )


def _width(headers: Sequence[str]) -> int:
    return max((i + 1 for i, header in enumerate(headers) if header), default=0)


def _places(headers: Sequence[str], source: Source) -> dict[str, int]:
    exact = {header: i for i, header in reversed(list(enumerate(headers)))}
    loose = {normalised(header): i for i, header in reversed(list(enumerate(headers)))}
    found = {}
    for name, header in source.columns.items():
        at = exact.get(str(header), loose.get(normalised(str(header))))
        if at is not None and str(header).strip():
            found[name] = at
    return found


def _grid(sheet: Sheet, source: Source) -> list[list[Cell]]:
    """Return the cells of a sheet; a text of one wide column is set with blanks."""
    widths = {len(row) for row in sheet.rows[:_HEADER_WITHIN] if row}
    if not sheet.text or widths - {1} or len(source.columns) < 2:
        return sheet.rows
    return [list(row) for row in set_with_blanks(sheet.text)]


def _attributes(raw: pd.DataFrame, table: Table) -> dict[str, Column]:
    """Attributes of an open table are numbers where every cell is one."""
    others = [name for name in raw.columns if name not in table.by_name]
    return {name: Column(name, "number" if _all_numeric(raw[name]) else "text", "") for name in others}


def _all_numeric(values: pd.Series) -> bool:
    filled = [cell for cell in set(values) if not cells.is_null(cell)]
    return bool(filled) and all(numbers.looks_numeric(cell) for cell in filled)
