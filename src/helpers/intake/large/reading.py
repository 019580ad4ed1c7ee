"""The reading of one large file: outline, plan, scan, and again where the scan shows what the outline did not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import duckdb
import pandas as pd

from helpers.intake import blocks, checks, clock, containers, delimited, questions, recognised, wholes
from helpers.intake.assemble import Outcome
from helpers.intake.blocks import Block, Recogniser
from helpers.intake.cells import Cell
from helpers.intake.facts import Facts
from helpers.intake.large import parquet, weigh
from helpers.intake.large import plan as plans
from helpers.intake.large.form import Form, TextForm, formed, quoted
from helpers.intake.large.outline import Outline, UnfitError, encoding_of, outlined
from helpers.intake.large.parquet import TypedOutline
from helpers.intake.large.plan import Known, Plan
from helpers.intake.large.scan import ManyOddError, Scan
from helpers.intake.large.weigh import Claims, NoFigureError
from helpers.intake.large.words import Heard, HolesError, heard, is_nothing, named
from helpers.intake.receipt import Problem
from helpers.intake.recognised import Overrides, Prepared, Rest
from helpers.intake.safety import Seal
from helpers.intake.sources import Source
from helpers.intake.typed import WHICH_SIGN, RefusedTableError
from helpers.platforms import Report
from helpers.tables import Table

_ROUNDS = 6
_PROVENANCE = frozenset({"source", "file", "sha256"})
_MOST_CURRENCIES = 10


@dataclass(frozen=True)
class LargeFile:
    """A large file and what is known of it.

    Parameters
    ----------
    path, name, seal
        The file, what it is called in the receipt, and what tells its bytes.
    recognise
        What recognises its headers.
    overrides
        What the analyst states.
    entry_of
        The entry of client.yaml that means the file, by the table that it fills.
    salt
        Of the client.
    """

    path: Path
    name: str
    seal: Seal
    recognise: Recogniser
    overrides: Overrides
    entry_of: Callable[[str], Source]
    salt: str


def read(file: LargeFile, part: Path, scratch: Path) -> Outcome:
    """Read a large file, text or Parquet, into the Parquet of its table.

    Parameters
    ----------
    file
        The file.
    part
        Folder that receives the rows: `0.parquet` those at the head of the file, `1.parquet` the others, `2.parquet`
        those of them that are not plain.
    scratch
        Folder for what is needed on the way; its name holds no sign that stands for others.

    Returns
    -------
    The receipt of its one table and what is to be said of it; no frames.

    Raises
    ------
    UnfitError
        Where the file is no single table of plain records.
    ExportError
        As `read_file` refuses a small file.
    """
    (scratch / "in.txt").symlink_to(file.path.absolute())
    part.mkdir()
    (scratch / "rows").symlink_to(part.absolute())
    encoding = ""
    for _ in range(2):
        outline = _outlined(scratch / "in.txt", file.name, encoding)
        with Scan(scratch, scratch / "rows" / "1.parquet") as scan:
            try:
                return _Reading(file, outline, scan, scratch / "rows").run()
            except UnicodeError:
                encoding = encoding_of(file.path)
    raise UnfitError("its encoding changes on the way")


def _outlined(path: Path, name: str, encoding: str) -> Outline:
    if containers.is_parquet(path):
        return parquet.outlined(path, name)
    return outlined(path, name, path.parent, encoding)


@dataclass
class _Reading:
    """One file being read; `witnesses` are plain records that show what the head of the file does not.

    `zones` are the words of the columns that name time zones, by their position, as far as they are known.
    `claims` holds what the words of a column of the table say that they are the totals of, "" for all, and `cells`
    whether plain records have blank cells, and others, in columns that the table does not hold as they are.
    """

    file: LargeFile
    outline: Outline
    scan: Scan
    part: Path
    known: Known = field(default_factory=Known)
    heard: dict[str, Heard] = field(default_factory=dict)
    witnesses: dict[int, list[Cell]] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    zones: dict[int, set[str]] = field(default_factory=dict)
    scanned: Plan | None = None
    table: str = "ads"
    claims: dict[str, set[str]] = field(default_factory=dict)
    cells: dict[str, set[bool]] = field(default_factory=dict)

    def run(self) -> Outcome:
        """Read it; what the functions of small files refuse is refused as they do."""
        try:
            return self._read()
        except RefusedTableError as refusal:
            return Outcome(problems=[self._asked(refusal.problem)])
        except HolesError:
            raise containers.with_holes(self.file.name, *self.outline.holes()) from None
        except UnfitError as unfit:
            unfit.table = self.table
            raise
        except duckdb.OutOfMemoryException as error:
            raise MemoryError from error
        except duckdb.Error as error:
            if isinstance(error, duckdb.IOException):
                raise
            if isinstance(self.outline, TypedOutline):
                seen = str(error).replace(str(self.outline.path), self.file.name)
                raise containers.damaged_parquet(self.file.name, seen) from error
            raise UnfitError("DuckDB does not get through its records") from error

    def _asked(self, problem: Problem) -> Problem:
        return questions.asked(problem, self.file.entry_of(self.table))

    def _read(self) -> Outcome:
        for _ in range(_ROUNDS):
            prepared = self._prepared()
            if self.scanned is None:
                self._learn_head(prepared)
            form = self._formed(prepared)
            provenance = {"source": prepared.origin.source, "file": self.file.name, "sha256": self.file.seal.sha256}
            plan = plans.planned(form, prepared, self.known, provenance)
            if plan == self.scanned:
                try:
                    return self._finished(prepared, plan)
                except NoFigureError:
                    self.known.has_nan = True
                    continue
            try:
                self.scan.run(plan, self._blank)
            except ManyOddError:
                if self.known.has_other_blanks:
                    raise
                self.known.has_other_blanks = True
                continue
            self.scanned = plan
            self._learn(plan, self._prepared() if self._dismiss() else prepared)
        raise UnfitError("its rows contradict each other in what their columns hold")

    def _dismiss(self) -> bool:
        """Take for no witness what this scan left aside: it is read for itself, and others have to be called."""
        are_gone = not self.scan.odd.keys().isdisjoint(self.witnesses)
        if are_gone:
            self.witnesses = {at: row for at, row in self.witnesses.items() if at not in self.scan.odd}
            self.asked.clear()
        return are_gone

    def _formed(self, prepared: Prepared) -> Form:
        if isinstance(self.outline, TypedOutline):
            return parquet.formed(self.outline, prepared)
        return formed(self.outline, prepared, has_other_blanks=self.known.has_other_blanks)

    def _prepared(self) -> Prepared:
        """Read the head and all records that are not plain, as those of any file."""
        block, is_whole = self._block()
        report = recognised.best(block).report
        self.table = report.table
        self.zones = {at: clock.words(block, at) for at in clock.places(block)}
        plans.refuse_unseen(report)
        sheet = replace(self.outline.sheet, text="\n" if is_whole else " ")
        try:
            rest = self._rest(report)
            prepared = recognised.prepare(block, sheet, self.file.overrides, self.file.salt, rest=rest, is_whole=False)
        except RefusedTableError as refusal:
            if refusal.problem.answer is None or self.scanned is not None:
                raise
            # What the head leaves open, the rest of the file may answer.
            raise UnfitError(refusal.problem.message.rstrip("."), refusal.problem.answer) from refusal
        if isinstance(prepared, Outcome):
            raise UnfitError("its head holds no record")
        return prepared

    def _blank(self, found: int) -> list[int]:
        """Return the numbers of blank records, and refuse a scan that did not find all others.

        Mostly there are as many records as lines; where cells hold line ends or lines are blank, they are counted.
        """
        if found + self.outline.count in (self.file.seal.lines, self.file.seal.lines + 1):
            return []
        count, blank = self.outline.counted()
        if found != count:
            raise UnfitError(f"DuckDB finds {found} records behind its head, and there are {count}")
        return blank

    def _rest(self, report: Report) -> Rest | None:
        """Return what is to be known of the records that were scanned."""
        if self.scanned is None:
            return None
        ((written,),) = self.scan.rows(f"SELECT count(*) FROM {self.scan.written}")
        is_asked = report.dates_are_first_days and "date" in self.scanned.columns
        days = self.scan.rows(f"SELECT DISTINCT date FROM {self.scan.written}") if is_asked else []
        return Rest(written - len(self.witnesses), pd.Series([day for (day,) in days], dtype="datetime64[us]"))

    def _block(self) -> tuple[Block, bool]:
        """Return the table of the head with all records that are not plain; and whether the last is a whole one."""
        found = [(number, row) for number, row in enumerate(self.outline.sheet.rows, start=1)]
        others: dict[int, list[list[Cell]]] = {number: [row] for number, row in self.witnesses.items()}
        for number, odd in self.scan.odd.items():
            others[number] = [list(odd.cells)] if odd.cells else self._cut(odd.line)
            if odd.is_after_blank:
                others[number].insert(0, [])
        found += [(number, row) for number in sorted(others) for row in others[number]]
        layout = blocks.find([row for _, row in found], self.file.recognise)
        if len(layout.blocks) != 1 or layout.strangers or self.outline.sheet.problems:
            raise UnfitError("it is no single table that a platform is known to write")
        (block,) = layout.blocks
        if block.candidates[0].report.needs_company:
            raise UnfitError("its headers are those of many programs")
        block.row_numbers = [found[at - 1][0] for at in block.row_numbers]
        last = self.scan.odd.get(max(self.scan.odd, default=0))
        return block, last is None or not last.is_last

    def _cut(self, line: str) -> list[list[Cell]]:
        if "\0" in line:
            raise HolesError
        rows: list[list[Cell]] = [list(row) for row in delimited.records(line, self.outline.sheet.delimiter)]
        if len(rows) != 1:
            raise UnfitError("a quote opens in the middle of a record of it")
        return rows

    def _learn_head(self, prepared: Prepared) -> None:
        """Hear the words of the head, so that most files are scanned once."""
        raw = prepared.origin.records.raw
        for name, column in prepared.columns.items():
            if column.is_numeric and any(isinstance(cell, str) and cell.casefold() == "nan" for cell in raw[name]):
                self.known.has_nan = True
            words = [word for word in raw[name].unique() if isinstance(word, str) and word]
            named(name, words, prepared.layout, self.known)
            if column.kind == "text" and name in prepared.table.by_name:
                heard(Heard(), words, column, (), self.known, self.file.salt)

    def _learn(self, plan: Plan, prepared: Prepared) -> None:
        """Look at what was scanned for what the head did not show, and call a record as witness of each."""
        self.claims, self.cells = {}, {}
        places = {name: f"c{at}" for name, at in prepared.layout.places.items()}
        for name in plan.words:
            one = self.heard[name] = Heard()
            split = plan.split if name == "value" else ()
            for words in self.scan.words(name):
                heard(one, words, plan.table.by_name[name], split, self.known, self.file.salt)
                for part, parts in zip(split or [name], _parts(words, len(split)), strict=False):
                    self._name(part, parts, plan, prepared)
            for word in filter(None, (one.masked, one.damaged)):
                self._call(plan, f"{places[name]} = {quoted(word)}" if name in places else "")
        if "currency" in plan.words and "currency" in places:
            codes = self.scan.rows(
                f"SELECT DISTINCT currency FROM {self.scan.written} WHERE currency IS NOT NULL ORDER BY 1"
            )
            for (code,) in codes[:_MOST_CURRENCIES]:
                if code not in set(prepared.frame["currency"]):
                    self._call(plan, f"{places['currency']} = {quoted(code)}")
        self._learn_hidden(plan, prepared)
        self._learn_columns(plan, prepared, places)
        self._learn_zones(plan)
        if isinstance(plan.form, TextForm):
            if prepared.found.proof == "unneeded":
                self._refuse_signs(plan.form)
            self._refuse_short_days(plan.form)

    def _learn_hidden(self, plan: Plan, prepared: Prepared) -> None:
        """Look at the names of the file that the table does not hold as they are."""
        for column in plan.hidden:
            told = f'SELECT 1 FROM {self.scan.written} WHERE "{column.name}" = {quoted(column.usual)} LIMIT 1'
            if column.usual and not self.scan.rows(told):
                self.cells[column.name] = {False}
                continue
            words = self.scan.words_of(plan, column.place)
            self.cells[column.name] = {word is None or is_nothing(word) for word in words}
            self._name(column.name, [word for word in words if word is not None], plan, prepared)

    def _name(self, name: str, words: Sequence[str], plan: Plan, prepared: Prepared) -> None:
        """Take in words of a column of the file: what they name, and of what they say that they are the totals."""
        named(name, words, prepared.layout, self.known)
        if name in plans.called(prepared):
            of = wholes.claimed(words, is_paid=plan.table.name in weigh.PAID)
            self.claims.setdefault("value" if name in plan.split else name, set()).update(of)

    def _learn_columns(self, plan: Plan, prepared: Prepared, places: Mapping[str, str]) -> None:
        blank = [name for name in places if not checks.is_filled(prepared.found.frame, name)]
        seen = [name for name in blank if plan.columns.get(name) == places[name]]
        if seen:
            counts = self.scan.rows(f"SELECT {', '.join(f'count({name})' for name in seen)} FROM {self.scan.written}")[
                0
            ]
            blank = [name for name in blank if name not in seen or counts[seen.index(name)]]
        for name in blank:
            self._call(plan, plan.form.filled(prepared.layout.places[name]))
        for name, kind in (plan.table.alike or {}).items():
            if name in places and checks.is_of_one_kind(prepared.frame, name, kind):
                self._call(plan, _of_another_kind(name, kind, plan.form, prepared))

    def _learn_zones(self, plan: Plan) -> None:
        """Call a record whose time zone is none of those at the head of the file."""
        for at, words in self.zones.items():
            known = ", ".join(map(quoted, sorted({"", *words})))
            self._call(plan, f"{plan.form.filled(at)} AND c{at} NOT IN ({known})")

    def _call(self, plan: Plan, condition: str) -> None:
        """Call the first record that fulfils a condition as a witness."""
        if not condition or condition in self.asked:
            return
        self.asked.add(condition)
        found = self.scan.record(plan.form, f"{plan.plain} AND {condition}")
        if found is not None:
            self.witnesses[found[0]] = found[1]

    def _refuse_signs(self, form: TextForm) -> None:
        """Refuse a file of which the head has no decimal sign and some later record has a point."""
        measures = {i: "VARCHAR" for i, kind in enumerate(form.types) if kind == "DOUBLE"}
        if measures:
            signs = " OR ".join(f"contains(c{i}, '.')" for i in measures)
            if self.scan.is_any(form, signs, measures):
                raise UnfitError("only later rows say which sign is the decimal one", WHICH_SIGN)

    def _refuse_short_days(self, form: TextForm) -> None:
        """Refuse days such as 20260131 where one lacks a digit: DuckDB would guess where its month ends."""
        for at in range(len(form.types)):
            if form.pattern(at).startswith("%Y%m%d"):
                short = f"NOT regexp_matches(c{at}, '^ *[0-9]{{8}}')"
                if self.scan.is_any(form, short, {at: "VARCHAR"}):
                    raise UnfitError("a day of it has fewer than eight digits")

    def _refuse_open(self, prepared: Prepared, plan: Plan) -> None:
        """Refuse a column of currencies whose blanks the header or signs fill: with what, all rows together say."""
        place = f"c{prepared.layout.places.get('currency')}"
        if plan.columns.get("currency") != place or not checks.fills_blanks(prepared.found, prepared.match.labels):
            return
        open_rows = f"SELECT 1 FROM {self.scan.written} WHERE currency IS NULL LIMIT 1"
        if checks.codes(prepared.found.frame["currency"]).isna().any() or self.scan.rows(open_rows):
            raise UnfitError("some of its rows name no currency, and its header or signs name one")

    def _finished(self, prepared: Prepared, plan: Plan) -> Outcome:
        def weigh_all(kept: pd.DataFrame, table: Table, labels: Mapping[str, str]) -> Facts:
            own = kept.drop(index=list(self.witnesses))
            self._write(own.assign(source=prepared.origin.source), table)
            sample = pd.concat([own, self._odd_rows(plan)]).sort_index()
            names = [name for name in table.names if name in {*kept, *plan.columns} and name not in _PROVENANCE]
            weigh.refuse_wholes(self.scan, self._source(), names, table, self._claims(prepared, plan))
            found = weigh.weighed(self.scan, self._source(), names, table, checks.odd_text(sample, labels))
            weigh.refuse_misnamed(self.scan, self._source(), found, table, prepared.origin)
            return found

        if prepared.match.report.dates_are_first_days and set(prepared.frame["period_grain"].dropna()) - {"day"}:
            raise UnfitError("its dates stand for weeks or months")
        self._refuse_open(prepared, plan)
        prepared.origin = replace(prepared.origin, weigh=weigh_all)
        outcome = recognised.finished(prepared)
        outcome.frames.clear()
        outcome.problems = [self._asked(problem) for problem in outcome.problems]
        return outcome

    def _claims(self, prepared: Prepared, plan: Plan) -> Claims:
        """Return what speaks for wholes among all rows: those scanned, and those at hand."""
        told = {name: set(of) for name, of in self.claims.items()}
        for name in plans.called(prepared):
            of = wholes.claimed(prepared.found.frame[name].dropna().unique(), is_paid=plan.table.name in weigh.PAID)
            told.setdefault("value" if name in plan.split else name, set()).update(of)
        open_in = [
            name for name, are in self.cells.items() if len(are | {*prepared.found.frame[name].isna().unique()}) > 1
        ]
        return Claims(told, open_in, frozenset(self.cells))

    def _write(self, own: pd.DataFrame, table: Table) -> None:
        is_head = own.index <= self.outline.count
        for name, rows in (("0", own[is_head]), ("2", own[~is_head])):
            frame = table.conform(rows.assign(file=self.file.name, sha256=self.file.seal.sha256))
            frame.to_parquet(self.part / f"{name}.parquet", index=False)

    def _source(self) -> str:
        paths = ", ".join(quoted(str(self.part / f"{name}.parquet")) for name in "012")
        return f"read_parquet([{paths}], union_by_name = true)"

    def _odd_rows(self, plan: Plan) -> pd.DataFrame:
        """Return, of each column, the first row with a text like a formula and the first with one like markup."""
        found: dict[int, dict[str, str]] = {}
        for name, one in self.heard.items():
            for words in filter(None, one.odd.values()):
                listed = ", ".join(map(quoted, sorted(words)))
                ((position, word),) = self.scan.rows(
                    f'SELECT file_row_number + 1 AS position, "{name}" FROM {self.scan.written}'
                    f' WHERE "{name}" IN ({listed}) ORDER BY position LIMIT 1'
                )
                found.setdefault(self.scan.number(plan.form.first, position), {})[name] = word
        frame = pd.DataFrame.from_dict(found, orient="index", columns=list(self.heard))
        return frame.astype("str") if found else frame


def _of_another_kind(name: str, kind: str, form: Form, prepared: Prepared) -> str:
    """Return the condition under which a record counts another thing than the head does, by `checks.is_of_one_kind`."""
    at = prepared.layout.places
    told_by = [one for one in (kind, *checks.KINDS_BY) if one in at and checks.is_filled(prepared.frame, one)]
    if not told_by:
        return ""
    place, word = f"c{at[told_by[0]]}", str(prepared.frame[told_by[0]].dropna().iloc[0])
    is_filled = f"coalesce({form.filled(at[told_by[0]])}, false)"
    is_other = f"({is_filled} AND {place} <> {quoted(word)})"
    if told_by[0] == kind:
        is_other = f"({is_other} OR (c{at[name]} <> 0 AND NOT {is_filled}))"
    return f"c{at[name]} IS NOT NULL AND {is_other}"


def _parts(words: Sequence[str], count: int) -> list[list[str]]:
    """Return the words of each column of the file, where those of the table join several; doubtful ones in each."""
    cut = [word.split("|") for word in words] if count else [[word] for word in words]
    return [[word[at] if len(word) == max(count, 1) else word[-1] for word in cut] for at in range(max(count, 1))]
