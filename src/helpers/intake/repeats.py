"""Tables of one file that tell the same facts again, such as the sheet of the year beside those of its months."""

from __future__ import annotations

import pandas as pd

from helpers.intake.assemble import Outcome
from helpers.intake.receipt import Problem, TableReceipt

_TABLES = ("ads", "ads_breakdown", "orders", "order_lines")


def leave_out(outcome: Outcome) -> None:
    """Leave out the tables of a ledger or of paid media of which every fact stands in another one, and say so."""
    again = _told_again(outcome)
    if not again:
        return
    outcome.frames = [one for at, one in enumerate(outcome.frames) if at not in again]
    outcome.receipts = [one for at, one in enumerate(outcome.receipts) if at not in again]
    message = f"{len(again)} tables of the file tell facts of another one again: they are left out."
    outcome.problems.append(Problem.of("duplicates", message, "If they are facts of their own, send them in files."))


def _told_again(outcome: Outcome) -> set[int]:
    """Return the positions of such tables; of two that are alike the one with more rows counts, else the first."""
    order = sorted(range(len(outcome.frames)), key=lambda at: (-len(outcome.frames[at][1]), at))
    again: set[int] = set()
    for place, at in enumerate(order):
        earlier = [one for one in order[:place] if one not in again]
        if any(_tells(outcome, one, at) for one in earlier):
            again.add(at)
    return again


def _tells(outcome: Outcome, whole: int, part: int) -> bool:
    """Whether all facts of a table stand in another."""
    first, second = outcome.receipts[whole], outcome.receipts[part]
    if (first.source, first.table) != (second.source, second.table) or second.table not in _TABLES:
        return False
    (_, rows), (_, others) = outcome.frames[whole], outcome.frames[part]
    if others.empty:
        return False
    if second.table == "ads_breakdown":
        return first.grain == second.grain and _is_equal(first, second)  # the same parts of the same facts
    return _is_equal(first, second) if second.table == "ads" else _holds(rows, others)


def _holds(rows: pd.DataFrame, others: pd.DataFrame) -> bool:
    """Whether all orders of a table stand in another, with the same amounts."""
    if others["order_id"].isna().any():
        return False
    known, told = (frame.groupby("order_id")["revenue"].sum().round(2) for frame in (rows, others))
    return bool(told.index.isin(known.index).all()) and bool(known.reindex(told.index).eq(told).all())


def _is_equal(first: TableReceipt, second: TableReceipt) -> bool:
    """Whether tables of paid media cover the same time, as days or as the months of these, with the same sums."""
    common = first.totals.keys() & second.totals.keys()
    spent = first.totals.get("spend", 0)
    rounding = 0.01 + 0.005 * max(first.kept, second.kept)  # formatted sheets round money to cents
    return (
        _is_within(first.period, second.period)
        and spent > 0
        and "spend" in common
        and max(first.kept, second.kept) > 1
        and all(abs(first.totals[name] - second.totals[name]) < rounding for name in common)
    )


def _is_within(first: tuple[str, str] | None, second: tuple[str, str] | None) -> bool:
    """Whether one of two periods holds the other; none says nothing."""
    if first is None or second is None:
        return first == second
    start, end = max(first[0], second[0]), min(first[1], second[1])
    return (start, end) in (first, second)
