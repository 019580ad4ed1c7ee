"""The files themselves: what reading them noted, and how exports of one report differ."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pandas as pd

from helpers.intake.receipt import Severity, TableReceipt
from helpers.quality import clock, noted
from helpers.quality.model import Check, Find, Finding, Material, Place, days_of, number, share, some
from helpers.tables import TABLES, Table
from helpers.units import Period
from helpers.wording import Message, Name, msg

FILLED = 0.9
"""A column that so many rows of one export hold is one of that report."""

FEW_ROWS = 10


def _from_notes(code: str) -> Find:
    """Find what was noted under a code."""

    def find(material: Material) -> Iterator[Finding]:
        for notice in material.notices:
            text = noted.sentence(notice)
            if text is not None and noted.code_of(notice) == code:
                table = str(notice.values.get("table", ""))
                rows = material.table(table).iloc[:0] if table in TABLES else pd.DataFrame(columns=["file", "sha256"])
                scope: Place = tuple((key, str(value)) for key, value in notice.scope.items())
                yield Finding(text, number(float(notice.values.get("rows", 1))), rows, scope, (table,) if table else ())

    return find


def _control_totals(material: Material) -> Iterator[Finding]:
    """Files whose rows do not add up to their own total row."""
    names = [r.file for r in material.receipts if any(p.code == "control_total_mismatch" for p in r.problems)]
    if names:
        n = number(len(names))
        text = msg("Exports whose rows do not add up to their own total row ({names}): {n}.", names=some(names), n=n)
        yield Finding(text, n, pd.DataFrame(columns=["file", "sha256"]))


def _reports(material: Material) -> dict[tuple[str, str, str, str], dict[str, TableReceipt]]:
    """The tables of the files by source, report, canonical table and grain, then by file."""
    found: dict[tuple[str, str, str, str], dict[str, TableReceipt]] = {}
    for receipt in material.receipts:
        for one in receipt.tables:
            found.setdefault((one.source, one.report, one.table, ", ".join(one.grain)), {})[receipt.file] = one
    return {key: files for key, files in found.items() if len(files) > 1}


def _drift(material: Material) -> Iterator[Finding]:
    """Columns that one export of a report fills and a later one lacks altogether."""
    for (source, report, table, grain), files in _reports(material).items():
        rows = material.table(table)
        rows = rows[rows["file"].isin(files)]
        owner = rows["account"].fillna("") if "account" in rows else pd.Series("", index=rows.index)
        lost = [pair for _, part in rows.groupby(owner, observed=True) for pair in _lost(part, TABLES[table])]
        if lost:
            n, later = number(len({column for column, _ in lost})), {file for _, file in lost}
            text = msg("Columns that earlier exports of the same report hold and {file} lacks ({names}): {n}.",
                       file=some(later), names=some(column for column, _ in lost), n=n)  # fmt: skip
            wrong = rows[rows["file"].isin(later)]
            scope = (("series", f"{source} {report} {table} {grain}"),)
            yield Finding(text, n, wrong, scope, (table,), days_of(wrong, TABLES[table].day or "period_start"))


def _lost(rows: pd.DataFrame, table: Table) -> list[tuple[str, str]]:
    """Column and file of what a file lacks and one before it holds; files in the order of their last days."""
    if not table.day:
        return []
    last = rows.groupby("file", observed=True)[table.day].agg(["max", "size"])
    order = last[last["size"] >= FEW_ROWS].sort_values("max").index
    measures = [column.name for column in table.columns if column.is_numeric]
    filled = rows[measures].notna().groupby(rows["file"], observed=True).mean()
    lost = []
    for column in measures:
        is_held = False
        for file in order:
            if is_held and filled.loc[file, column] == 0:
                lost.append((column, str(file)))
            is_held = is_held or bool(filled.loc[file, column] >= FILLED)
    return lost


def _languages(material: Material) -> Iterator[Finding]:
    """Exports of one report with headers in different languages."""
    for (source, report, table, grain), files in _reports(material).items():
        languages = {one.language for one in files.values() if one.language}
        if len(languages) > 1:
            n = number(len(languages))
            text = msg(
                "Languages of the headers in exports of the same report, {report}: {n}.", report=Name(report), n=n
            )
            rows = material.table(table)
            yield Finding(
                text, n, rows[rows["file"].isin(files)], (("series", f"{source} {report} {table} {grain}"),), (table,)
            )


def _other_days(material: Material) -> Iterator[Finding]:
    """Exports whose days begin at another midnight than the client's."""
    found: dict[tuple[str, str, str], dict[str, Period]] = {}
    for receipt in material.receipts:
        for one in receipt.tables:
            if one.timezone and one.period:
                days = Period(*(date.fromisoformat(day) for day in one.period))
                found.setdefault((one.source, one.table, one.timezone), {})[receipt.file] = days
    for (source, table, zone), files in found.items():
        days = Period(min(one.start for one in files.values()), max(one.end for one in files.values()))
        apart = clock.hours_apart(zone, material.timezone, days)
        if apart:
            n = share(apart, 24)
            text = msg("{file} counts its days in {zone}, not in the client's {own}: up to {n} of a day's figures "
                       "belong to the day before or after it, at both ends of a period.",
                       file=some(files), zone=Name(zone), own=Name(material.timezone), n=n)  # fmt: skip
            rows = material.table(table)
            scope = (("series", f"{source} {table}"),)
            yield Finding(text, n, rows[rows["file"].isin(files)], scope, (table,), days)


def _noted(code: str, severity: Severity, fix: Message) -> Check:
    return Check(code, severity, (), _from_notes(code), fix, is_said_elsewhere=True)


CHECKS = (
    _noted("unread_export", "error", msg("Follow what the receipt of the file says, or export it again.")),
    Check(
        "control_total_mismatch",
        "warning",
        (),
        _control_totals,
        msg("Export the report again without filters; until then the rows count, not the total row."),
    ),
    Check(
        "schema_drift",
        "warning",
        (),
        _drift,
        msg("Export the later file again with the columns of the earlier ones; save them as a view."),
    ),
    _noted("unknown_export", "warning", msg("Name its table and columns under sources in client.yaml.")),
    _noted(noted.LEFT_OUT, "warning", msg("Give exchange rates under fx in client.yaml.")),
    _noted("currency_missing", "warning", msg("State the currency of the file under sources in client.yaml.")),
    _noted("duplicates", "warning", msg("If they are one fact exported twice, remove them from the file.")),
    _noted("restated", "warning", msg("Look whether an earlier report stated these days otherwise, and say so.")),
    _noted("non_additive", "warning", msg("Export one kind of result for all campaigns, such as purchases.")),
    _noted("overlap", "info", msg("Nothing is to be done; remove the older export if it is no longer needed.")),
    _noted("mixed_currencies", "info", msg("Look at the rates under fx in client.yaml.")),
    _noted("personal_data", "info", msg("Nothing is to be done; export without these columns next time.")),
    Check(
        "other_timezone",
        "warning",
        (),
        _other_days,
        msg("Export in the client's time zone where the platform lets you; judge weeks and months, not single days."),
    ),
    Check(
        "header_languages",
        "info",
        (),
        _languages,
        msg("Agree on one language of the ads manager, so that columns keep their names."),
    ),
)
