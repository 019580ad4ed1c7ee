"""Tables behind the data: what was read of each export, and at which rates money was exchanged."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import TypeAlias

import pandas as pd

from helpers.intake import Receipt
from helpers.intake.receipt import TableReceipt
from helpers.platforms import PLATFORMS
from helpers.quality import noted
from helpers.stages.parts import Cell, Table
from helpers.store import rates_used
from helpers.tables import TABLES
from helpers.units import Period, Quantity
from helpers.wording import Message, Name, listed, msg

MOST_LISTED = 24
"""So many rows of the table of exports are on a page."""

POLICIES: Mapping[str, Message] = {
    "fixed": msg("The client states one rate for all days."),
    "daily": msg("The rate of each day counts; the last one before where none was published."),
    "month_average": msg("The mean rate of each month counts."),
}

_Row: TypeAlias = tuple[Cell, ...]


def exports(receipts: Sequence[Receipt], read: Collection[str]) -> Table | None:
    """What was read of each export that fills one of these tables, and of each that could not be read.

    Returns
    -------
    One row an export (more where its tables are of several platforms, currencies or days); None where there is none.
    """
    rows = [row for receipt in sorted(receipts, key=lambda one: one.file) for row in _rows(receipt, read)]
    if not rows:
        return None
    columns = [msg("Export"), msg("Read as"), msg("Rows"), msg("Left out"), msg("To know")]
    if all(row[-1] is None for row in rows):
        columns, rows = columns[:-1], [row[:-1] for row in rows]
    more = msg("The command `cuaderno check` lists the other exports.") if len(rows) > MOST_LISTED else None
    return Table(msg("What was read of each export"), tuple(columns), tuple(rows[:MOST_LISTED]), note=more)


def rates(frames: Mapping[str, pd.DataFrame], read: Collection[str], period: Period, policy: str) -> Table | None:
    """At which rates money of the period was exchanged; None where none was.

    Parameters
    ----------
    policy
        As in client.yaml.
    """
    used = rates_used([(frames[name], TABLES[name].day) for name in sorted(read) if TABLES[name].day], period)
    if not used:
        return None
    columns = (msg("Currency"), msg("Month"), msg("Lowest rate"), msg("Highest rate"), msg("Rows"))
    rows = tuple(
        (
            Name(one.currency),
            msg("{days}", days=one.month),
            Quantity(one.low, "rate"),
            Quantity(one.high, "rate"),
            Quantity(float(one.rows), "count"),
        )
        for one in used
    )
    return Table(msg("Exchange rates used"), columns, rows, note=POLICIES[policy])


def _rows(receipt: Receipt, read: Collection[str]) -> Iterator[_Row]:
    name = Name(receipt.file.removeprefix("exports/"))
    told = [noted.LABELS[code] for code in _codes(receipt)]
    if not receipt.tables:
        yield (name, msg("not read"), None, None, listed(told) if told else None)
    # One row of a file may fill several tables; a reader counts the rows of the file.
    fullest: dict[Message, TableReceipt] = {}
    for found in receipt.tables:
        said = _read_as(found)
        if found.table in read and (said not in fullest or found.kept > fullest[said].kept):
            fullest[said] = found
    for said, found in fullest.items():
        known = [*told, *_agreement(receipt, found)]
        kept, dropped = Quantity(float(found.kept)), Quantity(float(sum(found.dropped.values())))
        yield (name, said, kept, dropped, listed(known) if known else None)


def _read_as(found: TableReceipt) -> Message:
    """Who wrote the table, in which currency, and the days that it covers."""
    is_known = found.source in PLATFORMS and found.source != "plain"
    said = msg("{name}", name=Name(PLATFORMS[found.source].title)) if is_known else msg("a plain table")
    if found.currency:
        said = msg("{said} · {more}", said=said, more=Name(found.currency))
    if found.period is None:
        return said
    return msg("{said} · {more}", said=said, more=Period(*(date.fromisoformat(day) for day in found.period)))


def _agreement(receipt: Receipt, found: TableReceipt) -> list[Message]:
    """Whether the rows add up to the file's own totals; nothing where it has none, or is told to differ from them."""
    if not found.control_totals or "control_total_mismatch" in _codes(receipt):
        return []
    if any(one.code == "incomplete_data" and one.column in found.control_totals for one in receipt.problems):
        return [msg("its own totals cover more")]
    return [msg("adds up to its own totals")]


def _codes(receipt: Receipt) -> list[str]:
    """What the receipt warns of, each once."""
    return list(dict.fromkeys(one.code for one in receipt.problems if one.severity != "info"))
