"""DuckDB at work: the scan of a large file into Parquet, and what it left aside."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import duckdb
import numpy as np
import pandas as pd

from helpers.intake.cells import Cell
from helpers.intake.large.form import MOST_ODD, Form, TextForm, quoted
from helpers.intake.large.outline import UnfitError
from helpers.intake.large.plan import Plan
from helpers.intake.receipt import Problem

_MEMORY = "160MB"
# Groups of half the usual rows: the words of a group stay in the processor's cache, a quarter less time to write.
_PARQUET = f"FORMAT parquet, PARQUET_VERSION v2, ROW_GROUP_SIZE {60 << 10}"
_WORDS = 50_000


class ManyOddError(UnfitError):
    """Records that are not plain, more of them than can be read one by one."""


@dataclass(frozen=True)
class Odd:
    """A record that the scan left aside.

    `line` is the record as text, `cells` what is known of it otherwise; `is_last` says that the file ends with it.
    """

    line: str
    cells: tuple[Cell, ...] = ()
    is_after_blank: bool = False
    is_last: bool = False


class Scan:
    """A connection to DuckDB within bounds, for one file.

    Parameters
    ----------
    scratch
        Folder for what does not fit into memory.
    target
        Parquet file that receives the rows.

    Attributes
    ----------
    odd
        Records that the last scan left aside, by their number in the file.
    """

    def __init__(self, scratch: Path, target: Path) -> None:
        self._target = target
        self._connection = duckdb.connect(
            config={"threads": 1, "memory_limit": _MEMORY, "temp_directory": str(scratch / "spill")}
        )
        self._connection.execute("SET enable_progress_bar = false")
        # Rows keep the order of the file only where the file is what is joined to.
        self._connection.execute("SET disabled_optimizers = 'join_order,build_side_probe_side'")
        self.odd: dict[int, Odd] = {}
        self._passed_over: list[int] = []

    @property
    def written(self) -> str:
        """Table function of the rows written."""
        return f"read_parquet({quoted(str(self._target))})"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def run(self, plan: Plan, blank: Callable[[int], Sequence[int]]) -> None:
        """Write the plain records of a file, and keep the others in `odd` by their number in the file.

        Parameters
        ----------
        plan
            What is scanned.
        blank
            Asked with the number of records found, returns the numbers of those that are blank.

        Raises
        ------
        ManyOddError
            Where many records do not fit the types.
        UnfitError
            Where many records name too little.
        """
        self._forget()
        for name, words in plan.cleaned.items():
            frame = pd.DataFrame({"word": list(words), "clean": pd.Series(list(words.values()), dtype="object")})
            self._connection.register("given", frame)
            self._connection.execute(
                f'CREATE OR REPLACE TABLE "words_{name}" AS'
                " SELECT word::VARCHAR AS word, clean::VARCHAR AS clean FROM given"
            )
        # The sequence counts what the condition sets aside: it moves only where the condition does not hold.
        where = f" WHERE coalesce({plan.plain}, false) OR nextval('aside') < 0"
        query = plan.select(plan.form.source(), where)
        self._connection.execute(f"COPY ({query}) TO {quoted(str(self._target))} ({_PARQUET})")
        self.odd = self._rejected(plan.form)
        aside = self._aside(plan) if self._value("SELECT nextval('aside')") > 1 else []
        found = self._value(f"SELECT count(*) FROM {self.written}") + len(self.odd) + len(aside)
        self._passed_over = sorted([*self.odd, *blank(found)])
        self.odd |= {self.number(plan.form.first, position): Odd("", cells) for position, cells in aside}
        self._passed_over = sorted({*self.odd, *self._passed_over})

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Return the rows of a query."""
        return self._connection.execute(query).fetchall()

    def digests(self, query: str) -> np.ndarray:
        """Return the one column of a query, numbers of 64 bits, a piece at a time."""
        found = self._connection.sql(query).to_arrow_reader(_WORDS)
        return np.concatenate([np.empty(0, dtype="uint64"), *(piece.column(0).to_numpy() for piece in found)])

    def words(self, name: str) -> Iterator[list[str]]:
        """Return the different words of a column of the rows written, some thousands at a time."""
        cursor = self._connection.cursor()
        found = cursor.execute(f'SELECT DISTINCT "{name}" FROM {self.written} WHERE "{name}" IS NOT NULL')
        while words := found.fetchmany(_WORDS):
            yield [word for (word,) in words]

    def words_of(self, plan: Plan, place: str) -> set[str | None]:
        """Return the different words of a column of the plain records of the file itself, None for a blank."""
        source = plan.form.source(keeps_rejects=False)
        return {word for (word,) in self.rows(f"SELECT DISTINCT {place} FROM {source} WHERE {plan.plain}")}

    def record(self, form: Form, condition: str) -> tuple[int, list[Cell]] | None:
        """Return the first plain record that fulfils a condition, with its number in the file; None if none does."""
        found = self._records(form, condition, limit=1)
        rejected = [number for number in self._passed_over if not (one := self.odd.get(number)) or not one.cells]
        return next(((_numbered(form.first + at, rejected), list(cells)) for at, cells in found), None)

    def is_any(self, form: TextForm, condition: str, types: Mapping[int, str]) -> bool:
        """Whether any record fulfils a condition, with other types for some columns."""
        source = form.source(types, keeps_rejects=False)
        return bool(self.rows(f"SELECT 1 FROM {source} WHERE {condition} LIMIT 1"))

    def number(self, first: int, position: int) -> int:
        """Return the number in the file of a row written, from its position among these, counted from 1."""
        return _numbered(first + position, self._passed_over)

    def _forget(self) -> None:
        for table in ("reject_errors", "reject_scans"):
            self._connection.execute(f"DROP TABLE IF EXISTS {table}")
        self._connection.execute("CREATE OR REPLACE SEQUENCE aside")

    def _rejected(self, form: Form) -> dict[int, Odd]:
        if not isinstance(form, TextForm):
            return {}
        size = form.path.stat().st_size
        errors = self.rows(
            "SELECT line, any_value(csv_line), min(byte_position), list(error_type::VARCHAR)"
            " FROM reject_errors GROUP BY line ORDER BY line"
        )
        if len(errors) >= MOST_ODD or self._value("SELECT count(*) FROM reject_errors") >= MOST_ODD:
            raise ManyOddError(f"{len(errors)} of its records or more are not plain: {_example(self)}")
        odd = {}
        for number, line, start, kinds in errors:
            if any("ENCODING" in kind for kind in kinds):
                raise UnicodeError
            bare = line.lstrip("\r\n")
            end = start + len(line.encode())
            odd[number + form.first - form.skip] = Odd(bare, (), line != bare, end >= size)
        return odd

    def _aside(self, plan: Plan) -> list[tuple[int, tuple[Cell, ...]]]:
        found = self._records(plan.form, f"NOT coalesce({plan.plain}, false)", limit=MOST_ODD)
        if len(found) >= MOST_ODD:
            raise UnfitError(f"{len(found)} of its records or more name too little to be told from totals")
        return found

    def _records(self, form: Form, condition: str, limit: int) -> list[tuple[int, tuple[Cell, ...]]]:
        """Return records that were not rejected, as the file has them, with their position among all of these."""
        source = form.source(keeps_rejects=False)
        found = self.rows(
            f"SELECT * FROM (SELECT row_number() OVER () AS position, * FROM {source}) WHERE {condition} LIMIT {limit}"
        )
        return [(at, tuple(form.cell(i, value) for i, value in enumerate(values))) for at, *values in found]

    def _value(self, query: str) -> int:
        ((value,),) = self.rows(query)
        return int(value)


def _numbered(number: int, others: Sequence[int]) -> int:
    """Return the number of a record where those before it were counted without others."""
    for other in others:
        if other > number:
            break
        number += 1
    return number


def _example(scan: Scan) -> str:
    ((message,),) = scan.rows("SELECT error_message FROM reject_errors LIMIT 1")
    return Problem.of("unreadable_values", str(message)[:120]).message
