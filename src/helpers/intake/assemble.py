"""Columns computed from others, sums of the rows, and their comparison with the file's own totals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from helpers.intake import checks, numbers
from helpers.intake.facts import Facts
from helpers.intake.receipt import DIGITS, Problem, TableReceipt
from helpers.intake.rows import Records
from helpers.intake.totals import decisive, unexplained
from helpers.platforms import Derived
from helpers.tables import Column, Table

# Rows are rounded to cents one by one, the file's total once: each row may be off by half a cent.
_ROUNDING = 0.005


@dataclass
class Outcome:
    """What became of one table of a file."""

    frames: list[tuple[str, pd.DataFrame]] = field(default_factory=list)
    receipts: list[TableReceipt] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    created: str | None = None

    def add(self, other: Outcome) -> None:
        """Take in another table of the same file."""
        self.frames += other.frames
        self.receipts += other.receipts
        self.problems += other.problems
        self.created = self.created or other.created


def derive(frame: pd.DataFrame, rules: Sequence[Derived], table: Table) -> tuple[pd.DataFrame, list[Problem]]:
    """Compute canonical columns that the file lacks from those that it has.

    A measure of unlike kinds is no input: the receipt says so instead.
    """
    problems = []
    for rule in rules:
        if checks.is_filled(frame, rule.column) and rule.rule != "coalesce":
            continue
        inputs = [name for name in rule.inputs if checks.is_filled(frame, name)]
        if rule.rule == "product" and len(inputs) == len(rule.inputs):
            frame = frame.assign(**{rule.column: frame[inputs].prod(axis=1, skipna=False)})
        elif rule.rule == "sum" and inputs:
            frame = frame.assign(**{rule.column: frame[inputs].sum(axis=1, min_count=1)})
        elif rule.rule == "coalesce" and inputs:
            choices = [name for name in (rule.column, *inputs) if checks.is_filled(frame, name)]
            frame = frame.assign(**{rule.column: frame[choices].bfill(axis=1).iloc[:, 0]})
        elif rule.rule == "first" and inputs:
            kind = (table.alike or {}).get(inputs[0])
            if kind and not checks.is_of_one_kind(frame, inputs[0], kind):
                problems.append(unlike_note(inputs[0]))
                continue
            frame = frame.assign(**{rule.column: frame[inputs[0]]})
    return frame, problems


def totals_of(facts: Facts, table: Table) -> dict[str, float]:
    """Return the sums of the measures that may be added; of money only where it is of one currency."""
    is_one_currency = len(facts.currencies) <= 1
    totals = {
        name: round(value, DIGITS)
        for name, value in facts.sums.items()
        if name in facts.filled and name not in facts.unlike and (is_one_currency or name not in table.money)
    }
    if table.name == "orders":
        totals["orders"] = float(facts.orders)
    if "quantity" in totals:
        totals["units"] = totals.pop("quantity")
    return totals


def control(
    totals: pd.DataFrame, facts: Facts, *, called: pd.DataFrame | None = None, lists_part: bool = False
) -> tuple[dict[str, dict[str, float]], list[Problem]]:
    """Set the file's own totals beside the sums of its rows.

    Parameters
    ----------
    totals
        Typed total rows of the same scope; with several, any that agrees will do.
    facts
        Of the records.
    called
        Typed rows that only their names make totals or averages; None where no record is called so.
    lists_part
        Whether the file may hold the largest rows only, so that a larger total is no error.
    """
    compared: dict[str, dict[str, float]] = {}
    problems = []
    for name, rows in facts.sums.items():
        if name in facts.unlike or name not in totals or not totals[name].notna().any():
            continue
        stated = _nearest(totals[name], rows)
        compared[name] = {"file": round(stated, DIGITS), "rows": round(rows, DIGITS)}
        tolerance = max(_ROUNDING * (facts.rows + 1), 1e-6 * abs(rows))
        if lists_part and stated > rows + tolerance:
            problems.append(_part_note(name, stated, rows))
        elif abs(stated - rows) > tolerance:
            problems.append(
                Problem.of(
                    "control_total_mismatch",
                    f"{name}: the file's total says {stated:,.2f}, its rows add up to {rows:,.2f}.",
                    "Rows are missing or the total was changed: download the export again.",
                    column=name,
                )
            )
    return compared, problems if lists_part else [*problems, *_doubts(called, totals, facts)]


def _doubts(called: pd.DataFrame | None, totals: pd.DataFrame, facts: Facts) -> list[Problem]:
    """Tell of rows that were left out for their name although the records do not add up to them."""
    names = [name for name in facts.sums if called is not None and name in called and name not in facts.unlike]
    if called is None or not names:
        return []
    sums = pd.Series({name: facts.sums[name] for name in decisive(names)})
    return [_doubt(row, called, sums) for row in unexplained(called[list(sums.index)], totals, sums, facts.rows)]


def _doubt(row: int, called: pd.DataFrame, sums: pd.Series) -> Problem:
    figures = called.loc[[row], list(sums.index)].sum(min_count=1).dropna()
    seen = ", ".join(f"{name} {value:,.2f}" for name, value in figures.items())
    others = ", ".join(f"{name} {value:,.2f}" for name, value in sums.items())
    return Problem.of(
        "control_total_mismatch",
        f"Row {row} is left out because it is called a total or an average, and the other rows do not add up to it:"
        f" it has {seen}, they have {others}.",
        "If it is a campaign, rename it or export with the column of its id, so that it counts.",
        row=row,
    )


def _part_note(name: str, stated: float, rows: float) -> Problem:
    return Problem.of(
        "incomplete_data",
        f"{name}: the file's total says {stated:,.2f}, its rows add up to {rows:,.2f}: it lists only a part.",
        "Take the whole from the export by day.",
        column=name,
    )


def typed_totals(records: Records, columns: Mapping[str, Column], decimal: str) -> pd.DataFrame:
    """Read the measures of total rows; a cell that is no number is no total. The totals of days make up one."""
    by_day = measured(records.day_totals, columns, decimal).sum(min_count=1)
    totals = measured(records.totals, columns, decimal)
    return pd.concat([totals, by_day.to_frame().T]) if by_day.notna().any() else totals


def measured(raw: pd.DataFrame, columns: Mapping[str, Column], decimal: str) -> pd.DataFrame:
    """Read the measures of rows that are no records, as `typed_totals` does."""
    return pd.DataFrame(
        {
            name: pd.Series([_value(cell, decimal) for cell in raw[name]], index=raw.index, dtype="float64")
            for name in raw.columns
            if columns[name].adds_up
        },
        index=raw.index,
    )


def _nearest(stated: pd.Series, rows: float) -> float:
    return min((float(value) for value in stated.dropna()), key=lambda value: abs(value - rows))


def _value(cell: object, decimal: str) -> float:
    try:
        return numbers.parse(cell, decimal).value
    except ValueError:
        return numbers.NOTHING.value


def unlike_note(name: str) -> Problem:
    """Say that a measure counts different things in different rows."""
    return Problem.of(
        "non_additive",
        f"{name} counts different things in different rows, so it is not added and stands for no conversions.",
        "Export the column of the event that counts (purchases or leads).",
        column=name,
    )
