"""The reader: one file in, one receipt and its canonical rows out."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path

import pandas as pd

from helpers.errors import ExportError
from helpers.intake import blocks, containers, large, preamble, questions, recognised, repeats, safety, sources
from helpers.intake.assemble import Outcome
from helpers.intake.blocks import Block, Layout, Recogniser, Stranger
from helpers.intake.containers import Extent, Sheet
from helpers.intake.large import LargeFile, UnfitError
from helpers.intake.private import DEFAULT_SALT
from helpers.intake.receipt import Problem, Receipt
from helpers.intake.recognise import matches
from helpers.intake.recognised import Overrides
from helpers.intake.safety import Seal
from helpers.intake.sources import Source
from helpers.intake.typed import RefusedTableError
from helpers.tables import TABLES
from helpers.units import Period

# Raised with every change that may read a file differently, so that stores read their files again.
READER_VERSION = 6
_LESS = "Export a shorter period or fewer columns."
_STATE_IT = "Say it for the file under sources in client.yaml, or export a shorter period."
_MAP_IT = "Map its columns under sources in client.yaml, or ask for the export that the platforms command lists."
_JOIN_THEM = "If they are rows of the table above them, remove the blank line between; if not, send them as a file."


@dataclass(frozen=True)
class Reading:
    """What became of a file.

    Parameters
    ----------
    receipt
        What was found, dropped and doubted.
    frames
        Name of the canonical table and its rows, in the order of `receipt.tables`; all columns of the table. None of
        a large file, of which the rows are only written.
    """

    receipt: Receipt
    frames: list[tuple[str, pd.DataFrame]] = field(default_factory=list)

    def write(self, folder: Path) -> None:
        """Write the rows as Parquet, under the names of `Receipt.parts`; those of a large file are written already."""
        for name, (_, frame) in zip(self.receipt.parts, self.frames, strict=False):
            frame.to_parquet(folder / name, index=False)


def files_of(part: Path) -> list[Path]:
    """Return the Parquet files of a part, in order: itself, or what is in the folder that a large file leaves."""
    return sorted(part.glob("*.parquet")) if part.is_dir() else [part]


def read_file(
    path: Path,
    *,
    name: str | None = None,
    sources: Sequence[Source] = (),
    salt: str = DEFAULT_SALT,
    seal: Seal | None = None,
    into: Path | None = None,
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
    seal
        Of its bytes, where it is known.
    into
        Folder that receives the rows of a large file; without one they are not kept.
    """
    shown = name or path.name
    try:
        safety.check_path(path)
        seal = seal or safety.sealed(path)
        is_large = containers.extent(path).as_text >= large.THRESHOLD
        outcome = _read_large(path, shown, seal, sources, salt, into) if is_large else None
        if outcome is None:
            outcome = _read(path.read_bytes(), shown, sources, salt)
    except (ExportError, OSError) as error:
        return Reading(Receipt(shown, "", problems=(Problem.of_error(error),)))
    frames = [
        (table, TABLES[table].conform(frame.reset_index(drop=True).assign(file=shown, sha256=seal.sha256)))
        for table, frame in outcome.frames
    ]
    receipt = Receipt(shown, seal.sha256, tuple(outcome.receipts), _once(outcome.problems), outcome.created)
    return Reading(receipt, frames)


def _read_large(
    path: Path, name: str, seal: Seal, entries: Sequence[Source], salt: str, into: Path | None
) -> Outcome | None:
    """Read a file without holding it; None where it cannot be read so and is small enough to be held."""

    def entry_of(table: str) -> Source:
        return entries[0] if entries else questions.entry_for(name, table)

    with tempfile.TemporaryDirectory() as scratch:
        part = (into or Path(scratch)) / "part"
        file = LargeFile(path, name, seal, _recogniser(entries), _overrides(entries), entry_of, salt)
        try:
            _refuse_mapped(entries)
            outcome = large.read(file, part, Path(scratch))
        except ExportError as error:
            outcome = Outcome(problems=[Problem.of_error(error)])
        except UnfitError as unfit:
            shutil.rmtree(part, ignore_errors=True)
            extent = containers.extent(path)
            if extent.can_be_held:
                return None
            problem = _unheld(extent, unfit, questions.narrower(entries, _LESS))
            outcome = Outcome(problems=[questions.asked(problem, entry_of(unfit.table))])
        if outcome.receipts:
            part.rename(part.with_name(Receipt(name, seal.sha256, tuple(outcome.receipts)).parts[0]))
    return outcome


def _refuse_mapped(entries: Sequence[Source]) -> None:
    if any(entry.columns for entry in entries):
        raise UnfitError("its columns are mapped, and not named as those of a plain table: date, campaign, spend")


def _unheld(extent: Extent, unfit: UnfitError, narrower: str) -> Problem:
    """Say why a large file cannot be read in passing."""
    seen = f"The file is too large to be held ({extent}), and it cannot be read in passing: {unfit.reason}."
    action = _STATE_IT if unfit.answer else narrower
    return replace(Problem.of("unsafe_file", seen, action), answer=unfit.answer)


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
        _attempt(outcome, partial(sources.read, sheets, entry, salt), entry)
    if not mapped:
        _read_recognised(outcome, name, sheets, entries, salt)
    if outcome.receipts:
        outcome.problems = [_of_a_part(problem) for problem in outcome.problems]
    if len({(receipt.table, receipt.source) for receipt in outcome.receipts}) > 1 or (
        len(outcome.receipts) > 1 and not mapped
    ):
        tables = ", ".join(receipt.table for receipt in outcome.receipts)
        outcome.problems.append(
            Problem.of("several_tables", f"The file holds {len(outcome.receipts)} tables: {tables}.")
        )
    return outcome


def _read_recognised(
    outcome: Outcome, name: str, sheets: Sequence[Sheet], entries: Sequence[Source], salt: str
) -> None:
    overrides = _overrides(entries)
    recognise = _recogniser(entries)
    layouts = _believed([(sheet, blocks.find(sheet.rows, recognise)) for sheet in sheets])
    strangers = [(sheet.name, found) for sheet, layout in layouts for found in layout.strangers]
    tables = [(block, sheet) for sheet, layout in layouts for block in layout.blocks]

    def entry_of(table: str) -> Source:
        return entries[0] if entries else questions.entry_for(name, table)

    places: list[str] = []
    for (block, sheet), part in zip(tables, _in_turn(tables, entry_of, overrides, salt), strict=True):
        outcome.add(part)
        places += [_place(block, sheet)] * len(part.frames)
    repeats.leave_out(outcome, places)
    if any(layout.blocks for _, layout in layouts):
        outcome.problems += [_stranger(*found) for found in strangers]
    elif strangers:
        guessed = next((found for sheet in sheets if (found := questions.guess(name, sheet.rows, entries))), None)
        outcome.problems.append(_unknown(*strangers[0], "" if guessed is None else questions.snippet(guessed)))
    else:
        outcome.problems.append(Problem.of("not_a_table", "No table was found in the file.", _MAP_IT))


def _recogniser(entries: Sequence[Source]) -> Recogniser:
    return partial(matches, stated=next((entry.source for entry in entries if entry.source), ""))


def _believed(layouts: Sequence[tuple[Sheet, Layout]]) -> list[tuple[Sheet, Layout]]:
    """Count tables among the unknown that are only believed beside another one of their platform, and stand alone."""
    found = [block for _, layout in layouts for block in layout.blocks]
    sure = {match.platform.source for block in found if not (match := block.candidates[0]).report.needs_company}
    believed = []
    for sheet, layout in layouts:
        alone = [
            block
            for block in layout.blocks
            if (match := block.candidates[0]).report.needs_company and match.platform.source not in sure
        ]
        strangers = [
            Stranger(max(min(block.row_numbers, default=2) - 1, 1), ",".join(block.header)[:120]) for block in alone
        ]
        kept = [block for block in layout.blocks if block not in alone]
        believed.append((sheet, Layout(kept, [*layout.strangers, *strangers])))
    return believed


def _is_dated(block: Block) -> bool:
    """Whether a table says by itself which days it covers."""
    return "date" in block.candidates[0].columns or preamble.read(block.preamble).period is not None


def _in_turn(
    tables: Sequence[tuple[Block, Sheet]], entry_of: Callable[[str], Source], overrides: Overrides, salt: str
) -> list[Outcome]:
    """Read all tables of a file, those first that tell the others which days they cover; in the order of the file."""
    found = [Outcome() for _ in tables]
    periods: dict[str, Period] = {}
    clocks = [block.candidates[0].report.is_clock and _is_dated(block) for block, _ in tables]
    for at in sorted(range(len(tables)), key=lambda at: not clocks[at]):
        block, sheet = tables[at]
        best = block.candidates[0]
        period = periods.get(best.platform.source) if best.report.takes_period else None
        _attempt(
            found[at], partial(recognised.read, block, sheet, overrides, salt, period), entry_of(best.report.table)
        )
        stated = [receipt.period for receipt in found[at].receipts if receipt.period]
        if best.report.is_clock and stated:
            periods[best.platform.source] = Period(*(date.fromisoformat(day) for day in stated[0]))
    return found


def _attempt(outcome: Outcome, read: Callable[[], Outcome], entry: Source) -> None:
    """Take in one table; if it is refused, the others of the file still count, and `entry` shows what would answer."""
    try:
        part = read()
    except RefusedTableError as refusal:
        part = Outcome(problems=[refusal.problem])
    part.problems = [questions.asked(problem, entry) for problem in part.problems]
    outcome.add(part)


def _overrides(entries: Sequence[Source]) -> Overrides:
    constants = {name: value for entry in entries for name, value in entry.constants.items()}
    return Overrides(
        constants,
        next((entry.dates for entry in entries if entry.dates), ""),
        next((entry.numbers for entry in entries if entry.numbers), ""),
        next((entry.year for entry in entries if entry.year is not None), None),
        next((entry.timezone for entry in entries if entry.timezone), ""),
    )


def _place(block: Block, sheet: Sheet) -> str:
    """Say where a table stands in its file."""
    row = min(block.row_numbers, default=1)
    return f'table "{sheet.name}" (from row {row} on)' if sheet.name else f"table from row {row} on"


def _stranger(sheet: str, found: Stranger) -> Problem:
    place = f" of {sheet}" if sheet else ""
    message = f"Rows{place} from row {found.row} on belong to no known table: {found.line}."
    problem = Problem.of("unknown_columns", message, _JOIN_THEM if found.is_doubtful else "", row=found.row)
    return replace(problem, severity="warning") if found.is_doubtful else problem


def _unknown(sheet: str, found: Stranger, snippet: str) -> Problem:
    place = f"{sheet}: " if sheet else ""
    message = f"{place}no platform writes these headers: {found.line}."
    problem = Problem.of("unknown_table", message, _MAP_IT, row=found.row)
    return replace(problem, snippet=snippet)


def _of_a_part(problem: Problem) -> Problem:
    """Weigh an empty table less where others of the file hold rows."""
    is_empty = problem.code == "empty_export" and problem.severity == "warning"
    return replace(problem, severity="info") if is_empty else problem


def _once(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    return tuple(dict.fromkeys(problems))
