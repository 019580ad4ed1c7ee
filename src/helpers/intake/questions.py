"""What only the analyst can say about a file: the entry for client.yaml that answers it, to be pasted."""

from __future__ import annotations

import glob
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace

from helpers.intake import cells, dates, numbers, private
from helpers.intake.cells import Cell
from helpers.intake.receipt import Answer, Problem
from helpers.intake.recognise import matches
from helpers.intake.sources import Source
from helpers.platforms import PLATFORMS, Report, normalised
from helpers.tables import TABLES

_HEADER_WITHIN = 40
_SAMPLE = 200
# Parts of headers that say what a column of numbers is, where no spelling of ours fits; more telling ones first.
_TELLING: Mapping[str, tuple[str, ...]] = {
    "spend": ("spend", "spent", "cost", "coste", "gasto", "gastado", "inversion"),
    "revenue": ("revenue", "amount", "total", "sales", "price", "importe", "ingreso", "venta", "precio", "monto"),
}
_TABLE_OF = {"spend": "ads", "revenue": "orders"}
_DAY_OF = {"ads": "date", "orders": "ordered_at", "series": "at"}
NARROWER = "Ask for fewer days or columns, or for sums by day, with a SELECT under sql: in client.yaml."
_CONSTANTS: Mapping[str, Mapping[str, str]] = {"ads": {"platform": "other"}}


def snippet(entry: Source, answer: Answer | None = None) -> str:
    """Return an entry of client.yaml as YAML, with the answer among its keys."""
    if answer is not None and answer.value is not None:
        constants = {**entry.constants, answer.key: answer.value}
        is_own = answer.key in asdict(entry)
        entry = Source(**(asdict(entry) | ({answer.key: answer.value} if is_own else {"constants": constants})))
    lines = list(_lines(entry, answer))
    written = "\n".join(["sources:", f"  - {lines[0]}", *(f"    {line}" for line in lines[1:])])
    # A file without headers would have its first people quoted as such.
    return private.masked(written, phones=False)


def asked(problem: Problem, entry: Source) -> Problem:
    """Return a problem that the analyst can answer with the entry that does so."""
    return problem if problem.answer is None else replace(problem, snippet=snippet(entry, problem.answer), answer=None)


def entry_for(name: str, table: str, entries: Sequence[Source] = ()) -> Source:
    """Return the entry that means one file and says nothing else yet; of a database, the one that asks for it."""
    asking = next((entry for entry in entries if entry.sql), None)
    if asking is not None:
        return Source(asking.files, table, sql=asking.sql, url_env=asking.url_env)
    inside = name if "/" in name else f"exports/{name}"
    return Source(glob.escape(inside), table)


def narrower(entries: Sequence[Source], otherwise: str) -> str:
    """Return how less of what a database returns is asked for, of files something else."""
    return NARROWER if any(entry.sql for entry in entries) else otherwise


def guess(name: str, rows: Sequence[list[Cell]], entries: Sequence[Source] = ()) -> Source | None:
    """Propose which table a file without a known layout is, with its own headers; None where it has no such row.

    It is a proposal, not a reading: the analyst corrects it where it is wrong.
    """
    found = _header(rows)
    if found is None:
        return None
    at, headers = found
    if all(cells.is_blank(row) for row in rows[at + 1 :]):
        return None
    columns = {header: [row[i] for row in rows[at + 1 : at + 1 + _SAMPLE] if i < len(row)] for i, header in headers}
    days = [header for header, values in columns.items() if _are(values, _is_date)]
    figures = [
        header for header, values in columns.items() if header not in days and _are(values, numbers.looks_numeric)
    ]
    measure, header = _measure(figures)
    entry = entry_for(name, _TABLE_OF.get(measure, "series" if days and figures else "customers"), entries)
    if entry.table == "customers":
        return replace(entry, columns=_attributes(list(columns)))
    if not days:
        return replace(entry, table="customers", columns=_attributes(list(columns)))
    form = _form([header for _, header in headers])
    if form and len(days) + len(figures) < len(columns):
        return replace(entry, table="survey", source=form)
    own = {_DAY_OF[entry.table]: days[0], measure or "value": header or figures[0]}
    constants = _CONSTANTS.get(entry.table, {}) if entry.table != "series" else {"name": normalised(figures[0])}
    described = _described(entry.table, [one for one in columns if one not in own.values()])
    return replace(entry, columns={**own, **described}, constants=dict(constants))


def _lines(entry: Source, answer: Answer | None) -> Iterator[str]:
    if entry.sql:
        yield f"sql: {_scalar(entry.sql)}"
        yield f"url_env: {_scalar(entry.url_env)}"
    else:
        yield f"files: {_scalar(entry.files)}"
    yield f"table: {entry.table}"
    for key in ("columns", "constants"):
        pairs = getattr(entry, key)
        if pairs:
            yield f"{key}:"
            for name, value in pairs.items():
                comment = _comment(name, answer) if key == "constants" else ""
                yield f"  {_key(name)}: {_scalar(value)}{comment}"
    for key in ("source", "dates", "numbers", "year", "timezone", "header"):
        value = getattr(entry, key)
        if answer is not None and key == answer.key:
            yield f"{key}: {_scalar(answer.value)}{_comment(key, answer)}"
        elif value not in ("", None, True):
            yield f"{key}: {_scalar(value)}"


def _comment(key: str, answer: Answer | None) -> str:
    return f"  # {answer.comment}" if answer is not None and key == answer.key else ""


def _scalar(value: object) -> str:
    """Write a value as JSON, which is YAML too, whatever stands in it."""
    written = json.dumps(value, ensure_ascii=False)
    return "".join(letter if letter.isprintable() else json.dumps(letter)[1:-1] for letter in written)


def _key(name: str) -> str:
    """Write the name of a column; one that a file's author chose is quoted, for it may be a number or a yes."""
    return name if any(name in table.by_name for table in TABLES.values()) else _scalar(name)


def _header(rows: Sequence[list[Cell]]) -> tuple[int, list[tuple[int, str]]] | None:
    """Return the first row that is as wide as most, with its headers and their positions; None unless it is words."""
    widths = Counter(sum(not cells.is_blank([cell]) for cell in row) for row in rows[:_SAMPLE])
    usual = max((width for width in widths if width > 1), key=lambda width: (widths[width], width), default=0)
    for at, row in enumerate(rows[:_HEADER_WITHIN] if usual else ()):
        headers = [(i, cells.as_text(cell)) for i, cell in enumerate(row) if not cells.is_blank([cell])]
        if len(headers) < usual:
            continue
        texts = [text for _, text in headers]
        is_words = not any(numbers.looks_numeric(text) or _is_date(text) for text in texts)
        return (at, headers) if is_words and len(set(texts)) == len(texts) else None
    return None


def _are(values: Sequence[Cell], is_one: Callable[[Cell], bool]) -> bool:
    filled = [value for value in values if not cells.is_null(value)]
    return bool(filled) and all(is_one(value) for value in filled)


def _is_date(cell: Cell) -> bool:
    return any(dates.is_date(cell, order) for order in ("dmy", "mdy"))


def _form(headers: Sequence[str]) -> str:
    """Return the survey tool that could have written the headers, though nothing in them proves it; empty if none."""
    found = (
        platform for platform in PLATFORMS.values() if any(report.table == "survey" for report in platform.reports)
    )
    return next((platform.source for platform in found if matches(headers, stated=platform.source)), "")


def _measure(figures: Sequence[str]) -> tuple[str, str]:
    """Return the measure that a column of numbers is called after, and its header; empty where none is."""
    for measure, parts in _TELLING.items():
        for header in figures:
            if any(part in normalised(header) for part in parts):
                return measure, header
    return "", ""


def _attributes(headers: Sequence[str]) -> dict[str, str | int]:
    """Columns of a table of people or things: the first names them."""
    names = ["customer_id", *(_identifier(header) for header in headers[1:])]
    return dict(zip(names, headers, strict=True)) if len(set(names)) == len(names) else {"customer_id": headers[0]}


def _identifier(header: str) -> str:
    return "_".join("".join(letter if letter.isalnum() else " " for letter in normalised(header)).split()) or "column"


def _described(table: str, headers: Sequence[str]) -> dict[str, str | int]:
    """Columns whose headers are spelled as in a report that describes what many programs write."""
    found: dict[str, str | int] = {}
    for report in _common_reports(table):
        for header in headers:
            column = report.by_name[normalised(header)][0].column if normalised(header) in report.by_name else ""
            if column in TABLES[table].by_name and TABLES[table].day != column and column not in _DAY_OF.values():
                found.setdefault(column, header)
    return found


def _common_reports(table: str) -> list[Report]:
    reports = [report for platform in PLATFORMS.values() for report in platform.reports]
    return [report for report in reports if report.is_fallback and report.table == table]
