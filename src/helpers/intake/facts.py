"""What a receipt says of the rows of one table, wherever these are: in a frame, or in the files of a large export."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from helpers.intake import checks, cover
from helpers.intake.receipt import Problem
from helpers.tables import Table


@dataclass(frozen=True)
class Facts:
    """Rows of one table, weighed.

    Parameters
    ----------
    rows
        Number of rows.
    filled
        Columns with anything in them.
    sums
        Sum of every additive measure that the rows have, also of one that is blank throughout.
    unlike
        Measures whose rows count different things.
    currencies
        Currencies of the rows; "" among others where a row with money leaves it blank.
    grains
        Words of `period_grain`.
    split
        Names of the dimensions that split the rows, joined by bars; empty where none does.
    span
        First and last day in ISO 8601; None where no row has a date.
    orders
        Number of orders, where the table counts orders; else 0.
    repeats
        Rows with figures that equal another row in every column.
    odd
        What is to be said of odd texts.
    """

    rows: int
    filled: frozenset[str]
    sums: Mapping[str, float]
    unlike: tuple[str, ...]
    currencies: tuple[str, ...]
    grains: frozenset[str]
    split: str
    span: tuple[str, str] | None
    orders: int
    repeats: int
    odd: tuple[Problem, ...]


# Asked with typed rows, their table, and the header of each column in the file.
Weighing = Callable[[pd.DataFrame, Table, Mapping[str, str]], Facts]


def of_frame(frame: pd.DataFrame, table: Table, labels: Mapping[str, str]) -> Facts:
    """Weigh the rows of a frame, of which the index holds the rows of the file."""
    return Facts(
        rows=len(frame),
        filled=frozenset(str(name) for name in frame if frame[name].notna().any()),
        sums={name: float(frame[name].sum()) for name in table.additive if name in frame},
        unlike=tuple(checks.unlike_measures(frame, table)),
        currencies=_currencies(frame, table),
        grains=frozenset(_words(frame, "period_grain")),
        split=next((words[0] for name in SPLITS if (words := _words(frame, name))), ""),
        span=cover.span(frame, table.day, last_day(table)) if table.day else None,
        orders=_orders(frame) if table.name == "orders" else 0,
        repeats=checks.equal_rows(frame, table),
        odd=tuple(checks.odd_text(frame, labels)),
    )


SPLITS = ("breakdown", "dimension")


def last_day(table: Table) -> str:
    """Return the column with the last day that a row covers."""
    return "period_end" if table.day == "period_start" else table.day


def _words(frame: pd.DataFrame, name: str) -> tuple[str, ...]:
    return tuple(str(word) for word in frame[name].dropna().unique()) if name in frame else ()


def _currencies(frame: pd.DataFrame, table: Table) -> tuple[str, ...]:
    found = _words(frame, "currency")
    money = [name for name in table.money if name in frame]
    if not found or not money:
        return found
    has_blank = (frame["currency"].isna() & frame[money].fillna(0).ne(0).any(axis=1)).any()
    return (*found, "") if has_blank else found


def _orders(frame: pd.DataFrame) -> int:
    numbered = frame["order_id"].dropna() if "order_id" in frame else frame.index[:0]
    return int(numbered.nunique() + len(frame) - len(numbered))
