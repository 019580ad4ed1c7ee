"""What a canonical table is: its columns, their meaning and how they may be added."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from helpers.errors import ExportError

if TYPE_CHECKING:
    from pandera.pandas import DataFrameSchema

Kind = Literal["text", "count", "money", "number", "share", "date", "datetime", "flag"]
Additivity = Literal["sum", "none", "ratio"]

NUMERIC: frozenset[str] = frozenset({"count", "money", "number", "share"})
TEMPORAL: frozenset[str] = frozenset({"date", "datetime"})

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(rf"{_DAY.pattern}(?:[ T]\d\d:\d\d(?::\d\d)?)?")
# Counts are floats because an export may leave them blank, which is not zero; they are exact up to 2**53.
DTYPES: Mapping[str, Any] = {
    "text": "str",
    "count": "float64",
    "money": "float64",
    "number": "float64",
    "share": "float64",
    "date": "datetime64[us]",
    "datetime": "datetime64[us]",
    "flag": "boolean",
}


Held = str | float | bool | datetime
"""A value as a column holds it."""


class UnheldError(ValueError):
    """A value that a column cannot hold; `what` continues a sentence that begins with the column's name."""

    def __init__(self, what: str, next_step: str) -> None:
        super().__init__(what)
        self.what = what
        self.next_step = next_step


@dataclass(frozen=True)
class Column:
    """One column of a canonical table.

    Parameters
    ----------
    name
        As in the contract.
    kind
        `count` holds whole numbers, `number` may be fractional, `share` is a fraction (0.0288); money is in the
        currency of the row.
    meaning
        One line for the reader of a table.
    additivity
        `sum` may be added over rows; `none` never (reach, stocks, names); `ratio` is computed again from sums.
    required
        Whether a row without it is refused, if there is no default.
    default
        What a row holds where the file has no such column; if required, also where its cell is blank.
    values
        Canonical spelling by lower-case spelling found in exports; words not listed are kept in lower case.
        None leaves the words as they are.
    """

    name: str
    kind: Kind
    meaning: str
    additivity: Additivity = "none"
    required: bool = False
    default: float | str | None = None
    values: Mapping[str, str] | None = None

    @property
    def is_numeric(self) -> bool:
        """Whether the column holds numbers."""
        return self.kind in NUMERIC

    @property
    def is_temporal(self) -> bool:
        """Whether the column holds dates or times."""
        return self.kind in TEMPORAL

    @property
    def adds_up(self) -> bool:
        """Whether rows may be added."""
        return self.additivity == "sum"

    def held(self, value: str | float | bool) -> Held:  # noqa: FBT001  a value, no switch
        """Return what an analyst states of a row as the column holds it: a number that stands for a name is its text.

        Raises
        ------
        UnheldError
            Where it is of another kind.
        """
        if self.kind == "flag":
            if isinstance(value, bool):
                return value
            raise UnheldError("must be true or false", "Write true or false, without quotes.")
        if self.is_numeric:
            if not isinstance(value, bool | str) and abs(value) <= sys.float_info.max:
                return float(value)
            raise UnheldError("must be a number", "Write a plain number, such as 3.5, without quotes or unit.")
        if self.is_temporal:
            return _moment(value, has_clock=self.kind == "datetime")
        text = str(value).lower() if isinstance(value, bool) else str(value)
        return text if self.values is None else self.values.get(text.casefold(), text.casefold())


def _moment(value: object, *, has_clock: bool) -> datetime:
    try:
        if isinstance(value, str) and (_MOMENT if has_clock else _DAY).fullmatch(value):
            return datetime.fromisoformat(value)
    except ValueError:
        pass
    clock = ", or as 2026-11-05 14:30:00" if has_clock else ""
    raise UnheldError("must be a day", f"Write the day as 2026-11-05 (year, month, day){clock}.")


def text(
    name: str,
    meaning: str,
    *,
    required: bool = False,
    default: str | None = None,
    values: Mapping[str, str] | None = None,
) -> Column:
    """A column of words."""
    return Column(name, "text", meaning, required=required, default=default, values=values)


def count(name: str, meaning: str, *, additivity: Additivity = "sum") -> Column:
    """A column of whole numbers, added over rows unless said otherwise."""
    return Column(name, "count", meaning, additivity)


def money(name: str, meaning: str) -> Column:
    """A column of money in the currency of the row, added over rows."""
    return Column(name, "money", meaning, "sum")


PROVENANCE: tuple[Column, ...] = (
    text("source", "which export the row came from, such as meta_ads"),
    text("file", "name of the file, relative to the client folder"),
    text("sha256", "digest of the file's bytes"),
)


@dataclass(frozen=True)
class Table:
    """A canonical table.

    Parameters
    ----------
    name
        As in the contract.
    grain
        What one row is.
    columns
        In the order in which they are shown; provenance comes behind them.
    key
        Columns that name the same fact in two files; each entry is a tuple of alternatives, ids first.
    fallback_key
        Used for rows where `key` is entirely blank.
    day
        The column that places a row in time, "" where the table has none.
    is_open
        Whether columns beyond those listed are kept (attributes of customers).
    has_natural_repeats
        Whether equal rows are ordinary (two equal lines of one order).
    is_cumulative
        Whether figures grow with every export by nature, so that a change is no restatement.
    is_by_measure
        Whether platforms export the measures of one fact in files of their own: then the newest file wins for each
        measure that it has, not for the whole row.
    alike
        Additive column by the column that says what is counted: only rows of one kind may be added.
    """

    name: str
    grain: str
    columns: tuple[Column, ...]
    key: tuple[tuple[str, ...], ...]
    fallback_key: tuple[tuple[str, ...], ...] = ()
    day: str = ""
    is_open: bool = False
    has_natural_repeats: bool = False
    is_cumulative: bool = False
    is_by_measure: bool = False
    alike: Mapping[str, str] | None = None

    @cached_property
    def by_name(self) -> Mapping[str, Column]:
        """Columns by name, provenance included."""
        return {column.name: column for column in (*self.columns, *PROVENANCE)}

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all columns, provenance last."""
        return tuple(self.by_name)

    @property
    def money(self) -> tuple[str, ...]:
        """Names of the columns that hold money."""
        return tuple(column.name for column in self.columns if column.kind == "money")

    @property
    def additive(self) -> tuple[str, ...]:
        """Names of the columns that may be added over rows."""
        return tuple(column.name for column in self.columns if column.adds_up)

    def empty(self) -> pd.DataFrame:
        """Return the table with all its columns and no row."""
        return self._empty.copy()

    def conform(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return the frame with all columns of the table, in order and in their types.

        Parameters
        ----------
        frame
            Any subset of the table's columns; for an open table also others, kept behind.

        Returns
        -------
        A column that the frame lacks holds its default, else is empty; so do blank cells of required columns.
        """
        columns = {name: self._cast(frame, column) for name, column in self.by_name.items()}
        others = [name for name in frame.columns if name not in self.by_name] if self.is_open else []
        return pd.DataFrame(columns | {name: frame[name] for name in others}, index=frame.index)

    def validate(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Check a conformed frame against the table, all faults at once.

        Raises
        ------
        ExportError
            With every column that is missing, of a wrong type or blank where it must not be.
        """
        from pandera.errors import SchemaErrors  # noqa: PLC0415  whoever only reads a file does without it

        try:
            return self._schema.validate(frame, lazy=True)
        except SchemaErrors as error:
            faults = error.failure_cases[["column", "check"]].drop_duplicates().astype(str)
            seen = "; ".join(f"{row.column}: {row.check}" for row in faults.itertuples())
            raise ExportError(
                "the rows do not fit the table",
                where=self.name,
                seen=seen,
                next_step="Map the columns in client.yaml under sources, or export the table again.",
            ) from error

    @cached_property
    def _empty(self) -> pd.DataFrame:
        return self.conform(pd.DataFrame())

    @cached_property
    def _schema(self) -> DataFrameSchema:
        import pandera.pandas as pa  # noqa: PLC0415  a third of the start of a reading process

        columns = {
            name: pa.Column(DTYPES[column.kind], nullable=not column.required, required=True)
            for name, column in self.by_name.items()
        }
        return pa.DataFrameSchema(columns, strict=False)

    def _cast(self, frame: pd.DataFrame, column: Column) -> pd.Series:
        dtype = DTYPES[column.kind]
        if column.name in frame.columns:
            cast: pd.Series = frame[column.name].astype(dtype)
            return cast.fillna(column.default) if column.required and column.default is not None else cast
        return pd.Series(column.default, index=frame.index, dtype=dtype)
