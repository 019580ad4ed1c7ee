"""What a reader says about a file: the receipt, in the form of the contract."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from helpers.errors import ExportError
from helpers.intake.private import masked

Severity = Literal["error", "warning", "info"]
Status = Literal["ok", "warning", "refused"]

# Micros are the finest money that platforms bill.
DIGITS = 6
# A code always weighs the same, unless the place that raises it says that values were lost.
SEVERITY: Mapping[str, Severity] = {
    "total_row_dropped": "info",
    "incomplete_data": "info",
    "several_tables": "info",
    "duplicate_header": "info",
    "unknown_columns": "info",
    "censored_values": "info",
    "personal_data_dropped": "info",
    "not_paid": "info",
    "not_won": "info",
    "platform_unstated": "info",
    "rounded_values": "info",
    "control_total_mismatch": "warning",
    "currency_missing": "warning",
    "period_missing": "warning",
    "year_missing": "warning",
    "mixed_currencies": "warning",
    "ambiguous_dates": "warning",
    "ambiguous_numbers": "warning",
    "identifiers_damaged": "warning",
    "damaged_by_spreadsheet": "warning",
    "double_encoded": "warning",
    "formula_text": "warning",
    "markup_text": "warning",
    "empty_export": "warning",
    "duplicates": "warning",
    "non_additive": "warning",
    "unknown_table": "warning",
    "unreadable_values": "error",
    "missing_columns": "error",
    "unsafe_file": "error",
    "truncated_file": "error",
    "not_a_table": "error",
}


@dataclass(frozen=True)
class Answer:
    """A key of an entry that settles a question.

    Parameters
    ----------
    key
        Name of a field of `Source`, or of a column of which the entry states the value for every row.
    value
        What is proposed; None where nothing may be proposed and the analyst has to write it.
    comment
        What it means, and what else could be written.
    """

    key: str
    value: str | None
    comment: str


@dataclass(frozen=True)
class Problem:
    """One thing that the analyst should know about a file.

    Parameters
    ----------
    code
        One of the contract's problem codes, or one of ours beside them.
    message
        What is the matter and what was seen, in the analyst's words.
    action
        What to do next; empty where nothing is to be done.
    row
        Row of the file or sheet, counted from 1.
    column
        Header of the column.
    snippet
        Where only the analyst knows: an entry for client.yaml that answers, in YAML.
    answer
        The key of that entry, until it is written.
    """

    code: str
    message: str
    action: str = ""
    row: int | None = None
    column: str | None = None
    severity: Severity = "info"
    snippet: str = ""
    answer: Answer | None = field(default=None, compare=False, repr=False)

    @classmethod
    def of(
        cls,
        code: str,
        message: str,
        action: str = "",
        *,
        row: int | None = None,
        column: str | None = None,
        is_fatal: bool = False,
    ) -> Problem:
        """Return a problem with the weight of its code, or an error where values are lost."""
        severity = "error" if is_fatal else SEVERITY[code]
        # Messages quote what was seen, and what was seen may be a person's address.
        return cls(code, masked(message, phones=False), action, row, column, severity)

    @classmethod
    def of_error(cls, error: ExportError | OSError) -> Problem:
        """Return the problem that an error tells of."""
        if isinstance(error, OSError):
            action = "Check that it is there and readable."
            return cls.of("not_a_table", f"The file cannot be opened: {error.strerror}.", action)
        seen = f"; found {error.seen}" if error.seen else ""
        where = f"{error.where}: " if error.where else ""
        return cls.of(error.code, f"{where}{error.what}{seen}.", error.next_step)

    def as_json(self) -> dict[str, Any]:
        """Return the form of the contract."""
        return {
            "severity": self.severity,
            "code": self.code,
            "message": self.message,
            "row": self.row,
            "column": self.column,
            "action": self.action,
            **({"snippet": self.snippet} if self.snippet else {}),
        }


@dataclass(frozen=True)
class TableReceipt:
    """What was found in one table of a file.

    `kept` counts records of the file, each once: 0 where all of them count in another table that they fill as well.
    `period` holds ISO dates, or is None where the file does not say. `totals` are sums over the kept rows of measures
    that may be added. `control_totals` sets the file's own totals beside them. `timezone` says whose days the dates
    are: an IANA name, `UTC` or `UTC+01:00`; None where the file does not say.
    """

    source: str
    report: str
    table: str
    language: str | None
    encoding: str
    grain: tuple[str, ...]
    period: tuple[str, str] | None
    currency: str | None
    kept: int
    dropped: Mapping[str, int] = field(default_factory=dict)
    totals: Mapping[str, float] = field(default_factory=dict)
    control_totals: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    timezone: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the form of the contract."""
        return {
            "source": self.source,
            "report": self.report,
            "table": self.table,
            "language": self.language,
            "encoding": self.encoding,
            "grain": list(self.grain),
            "period": None if self.period is None else {"start": self.period[0], "end": self.period[1]},
            "currency": self.currency,
            "rows": {"kept": self.kept, "dropped": dict(self.dropped)},
            "totals": {name: plain(value) for name, value in self.totals.items()},
            "control_totals": {
                name: {side: plain(value) for side, value in pair.items()} for name, pair in self.control_totals.items()
            },
            **({"timezone": self.timezone} if self.timezone else {}),
        }


@dataclass(frozen=True)
class Receipt:
    """What was found in a file.

    Parameters
    ----------
    file
        Name, relative to the client folder.
    sha256
        Digest of the bytes.
    tables
        In the order of the frames of the reading.
    problems
        In the order in which they were met.
    created
        When the platform wrote the export, where it says so; ISO date.
    key
        Where the store keeps the rows; empty outside a store.
    is_settled
        Whether another reading of the same bytes would say the same; not so where the clock ended it.
    """

    file: str
    sha256: str
    tables: tuple[TableReceipt, ...] = ()
    problems: tuple[Problem, ...] = ()
    created: str | None = None
    key: str = ""
    is_settled: bool = True

    @property
    def parts(self) -> tuple[str, ...]:
        """Names of the Parquet files that hold the rows of its tables."""
        return tuple(f"{position:02d}_{found.table}.parquet" for position, found in enumerate(self.tables))

    @property
    def status(self) -> Status:
        """`refused` if an error left nothing to load, `warning` if something is to be looked at, else `ok`."""
        weights = {problem.severity for problem in self.problems}
        if not self.tables and "error" in weights:
            return "refused"
        return "warning" if weights & {"error", "warning"} else "ok"

    @property
    def rows(self) -> int:
        """Number of records kept, over all tables."""
        return sum(table.kept for table in self.tables)

    @property
    def last_day(self) -> str:
        """Last day that any of its tables covers, "" where none says."""
        return max((table.period[1] for table in self.tables if table.period), default="")

    def as_json(self) -> dict[str, Any]:
        """Return the form of the contract."""
        return {
            "file": self.file,
            "sha256": self.sha256,
            "status": self.status,
            "tables": [table.as_json() for table in self.tables],
            "problems": [problem.as_json() for problem in self.problems],
        }

    @classmethod
    def from_json(cls, saved: Mapping[str, Any]) -> Receipt:
        """Return the receipt that `as_json` wrote, with `created` and `key` where they were saved beside it."""
        return cls(
            file=saved["file"],
            sha256=saved["sha256"],
            tables=tuple(_table(one) for one in saved["tables"]),
            problems=tuple(Problem(**one) for one in saved["problems"]),
            created=saved.get("created"),
            key=saved.get("key", ""),
        )


def _table(saved: Mapping[str, Any]) -> TableReceipt:
    period = saved["period"]
    return TableReceipt(
        source=saved["source"],
        report=saved["report"],
        table=saved["table"],
        language=saved["language"],
        encoding=saved["encoding"],
        grain=tuple(saved["grain"]),
        period=None if period is None else (period["start"], period["end"]),
        currency=saved["currency"],
        kept=saved["rows"]["kept"],
        dropped=saved["rows"]["dropped"],
        totals=saved["totals"],
        control_totals=saved["control_totals"],
        timezone=saved.get("timezone"),
    )


def plain(value: float) -> float | int:
    """Return a figure as JSON writes it best: whole numbers without a point, the rest to a millionth."""
    if math.isfinite(value) and value == int(value):
        return int(value)
    return round(value, DIGITS)
