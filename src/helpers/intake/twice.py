"""Sheets of one file that hold the same rows: a raw and a formatted sheet, or a copy that somebody kept."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from helpers.intake.assemble import Outcome
from helpers.intake.checks import is_filled
from helpers.intake.receipt import Problem
from helpers.tables import TABLES, Table

# Formatted sheets round money to cents.
_ROUNDING = 0.01
_OF_MEDIA = frozenset({"ads", "ads_breakdown"})


def told_once(parts: Sequence[Outcome]) -> list[Outcome]:
    """Leave out the tables of paid media that repeat an earlier one of the file row by row, and say so."""
    told: list[Outcome] = []
    for part in parts:
        told.append(_left_out(part) if any(_repeats(part, earlier) for earlier in told) else part)
    return told


def _left_out(part: Outcome) -> Outcome:
    message = f"A further table holds the same {part.receipts[0].kept} rows once more: it is left out."
    return Outcome(problems=[Problem.of("duplicates", message, "Nothing, if one of the sheets is a copy.")])


def _repeats(part: Outcome, earlier: Outcome) -> bool:
    if len(part.frames) != 1 or len(earlier.frames) != 1 or part.receipts[0].source != earlier.receipts[0].source:
        return False
    (name, rows), (other_name, others) = part.frames[0], earlier.frames[0]
    if name != other_name or name not in _OF_MEDIA or len(rows) != len(others):
        return False
    table = TABLES[name]
    names = _names(rows, table)
    measures = [one for one in table.additive if is_filled(rows, one) and is_filled(others, one)]
    if names != _names(others, table) or not measures:
        return False
    first, second = (_in_order(frame, names, measures) for frame in (rows, others))
    return first[names].equals(second[names]) and np.allclose(
        first[measures], second[measures], rtol=0, atol=_ROUNDING, equal_nan=True
    )


def _names(frame: pd.DataFrame, table: Table) -> list[str]:
    return [name for group in table.key for name in group if is_filled(frame, name)]


def _in_order(frame: pd.DataFrame, names: Sequence[str], measures: Sequence[str]) -> pd.DataFrame:
    return frame[[*names, *measures]].sort_values([*names, *measures], ignore_index=True)
