"""The reader: one file in, one receipt and its canonical rows out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pandas as pd

from helpers.errors import ExportError
from helpers.intake import blocks, containers, recognised, safety, sources
from helpers.intake.assemble import Outcome
from helpers.intake.blocks import Block
from helpers.intake.containers import Sheet
from helpers.intake.private import DEFAULT_SALT
from helpers.intake.receipt import Problem, Receipt
from helpers.intake.recognised import Overrides
from helpers.intake.sources import Source
from helpers.intake.typed import RefusedTableError
from helpers.tables import TABLES

# Raised with every change that may read a file differently, so that stores read their files again.
READER_VERSION = 2
_MAP_IT = "Map its columns under sources in client.yaml, or ask for the export that the platforms command lists."


@dataclass(frozen=True)
class Reading:
    """What became of a file.

    Parameters
    ----------
    receipt
        What was found, dropped and doubted.
    frames
        Name of the canonical table and its rows, in the order of `receipt.tables`; all columns of the table.
    """

    receipt: Receipt
    frames: list[tuple[str, pd.DataFrame]] = field(default_factory=list)

    def write(self, folder: Path) -> None:
        """Write the rows as Parquet, under the names of `Receipt.parts`."""
        for name, (_, frame) in zip(self.receipt.parts, self.frames, strict=True):
            frame.to_parquet(folder / name, index=False)


def read_file(
    path: Path,
    *,
    name: str | None = None,
    sources: Sequence[Source] = (),
    salt: str = DEFAULT_SALT,
) -> Reading:
    """Read one export. Bad input never raises: it ends as a receipt with the status `refused`.

    Parameters
    ----------
    path
        The file.
    name
        How it is called in the receipt, relative to the client folder; the file's own name by default.
    sources
        The entries of client.yaml that apply to this file; if any of them maps columns, only they are read.
    salt
        The client's own, for digests of customers.
    """
    shown = name or path.name
    try:
        safety.check_path(path)
        raw = path.read_bytes()
    except (ExportError, OSError) as error:
        return Reading(Receipt(shown, "", problems=(Problem.of_error(error),)))
    sha256 = hashlib.sha256(raw).hexdigest()
    outcome = _read(raw, shown, sources, salt)
    frames = [
        (table, TABLES[table].conform(frame.reset_index(drop=True).assign(file=shown, sha256=sha256)))
        for table, frame in outcome.frames
    ]
    receipt = Receipt(shown, sha256, tuple(outcome.receipts), _once(outcome.problems), outcome.created)
    return Reading(receipt, frames)


def _read(raw: bytes, name: str, entries: Sequence[Source], salt: str) -> Outcome:
    outcome = Outcome()
    if not raw.strip():
        outcome.problems.append(
            Problem.of("empty_export", "The file is empty.", "Download the export again.", is_fatal=True)
        )
        return outcome
    try:
        sheets = containers.open_sheets(raw, name)
    except ExportError as error:
        outcome.problems.append(Problem.of_error(error))
        return outcome
    for sheet in sheets:
        outcome.problems += sheet.problems
    mapped = [entry for entry in entries if entry.columns]
    for entry in mapped:
        _attempt(outcome, partial(sources.read, sheets, entry, salt))
    if not mapped:
        _read_recognised(outcome, sheets, entries, salt)
    if len({(receipt.table, receipt.source) for receipt in outcome.receipts}) > 1 or (
        len(outcome.receipts) > 1 and not mapped
    ):
        tables = ", ".join(receipt.table for receipt in outcome.receipts)
        outcome.problems.append(
            Problem.of("several_tables", f"The file holds {len(outcome.receipts)} tables: {tables}.")
        )
    return outcome


def _read_recognised(outcome: Outcome, sheets: Sequence[Sheet], entries: Sequence[Source], salt: str) -> None:
    overrides = _overrides(entries)
    layouts = [(sheet, blocks.find(sheet.rows)) for sheet in sheets]
    strangers = [(sheet.name, row, line) for sheet, layout in layouts for row, line in layout.strangers]
    for sheet, layout in layouts:
        for block in layout.blocks:
            _attempt(outcome, partial(_read_block, block, sheet, overrides, salt))
    if any(layout.blocks for _, layout in layouts):
        outcome.problems += [_stranger(*found) for found in strangers]
    elif strangers:
        outcome.problems.append(_unknown(*strangers[0]))
    else:
        outcome.problems.append(Problem.of("not_a_table", "No table was found in the file.", _MAP_IT))


def _read_block(block: Block, sheet: Sheet, overrides: Overrides, salt: str) -> Outcome:
    best = block.candidates[0]
    rivals = {match.platform.title for match in block.candidates if match.score == best.score}
    if len(rivals) > 1:
        raise RefusedTableError(
            Problem.of(
                "unknown_table",
                f"The headers fit {' and '.join(sorted(rivals))} equally well.",
                "Say which it is: map its columns under sources in client.yaml.",
            )
        )
    return recognised.read(block, best, sheet, overrides, salt)


def _attempt(outcome: Outcome, read: Callable[[], Outcome]) -> None:
    """Take in one table; if it is refused, the others of the file still count."""
    try:
        outcome.add(read())
    except RefusedTableError as refusal:
        outcome.problems.append(refusal.problem)


def _overrides(entries: Sequence[Source]) -> Overrides:
    constants = {name: value for entry in entries for name, value in entry.constants.items()}
    return Overrides(
        constants,
        next((entry.dates for entry in entries if entry.dates), ""),
        next((entry.numbers for entry in entries if entry.numbers), ""),
    )


def _stranger(sheet: str, row: int, line: str) -> Problem:
    place = f" of {sheet}" if sheet else ""
    return Problem.of("unknown_columns", f"Rows{place} from row {row} on belong to no known table: {line}.", row=row)


def _unknown(sheet: str, row: int, line: str) -> Problem:
    place = f"{sheet}: " if sheet else ""
    return Problem.of("unknown_table", f"{place}no platform writes these headers: {line}.", _MAP_IT, row=row)


def _once(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    return tuple(dict.fromkeys(problems))
