"""Tables of one file that tell the same facts again, such as the sheet of the year beside those of its months."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from helpers.intake.assemble import Outcome
from helpers.intake.checks import is_filled
from helpers.intake.receipt import Problem
from helpers.tables import TABLES
from helpers.tables.ads import LEVELS

Verdict = Literal["told", "perhaps", "own"]

_SPLIT = ("breakdown", "value")
_PAID = ("platform", "channel", *(name for level in LEVELS for name in level), "currency", *_SPLIT)
_SOLD = ("ordered_at", "customer_id", "channel", "product", "sku", "currency")
_COVERED = ["period_start", "period_end"]
_UNSTATED = "other"  # platform of rows that do not name theirs
# Formatted sheets round money to cents, each row by up to half of one; no count is off by one.
_ROUNDING, _MOST_ROUNDING = 0.005, 0.5


@dataclass(frozen=True)
class _Kind:
    """How tables of one kind are told apart: `names` where both have them, and the figure that must be there."""

    names: Sequence[str]
    figure: str
    number: str = ""


_KINDS: Mapping[str, _Kind] = {
    "ads": _Kind(_PAID, "spend"),
    "ads_breakdown": _Kind(_PAID, "spend"),
    "orders": _Kind(_SOLD, "revenue", "order_id"),
    "order_lines": _Kind(_SOLD, "revenue", "order_id"),
}


def leave_out(outcome: Outcome, places: Sequence[str]) -> None:
    """Leave out the tables of a ledger or of paid media of which every fact stands in another one, and say so.

    Parameters
    ----------
    outcome
        All tables of the file.
    places
        Where each of them stands in the file, as a person would say it.
    """
    again: set[int] = set()
    order = sorted(range(len(outcome.frames)), key=lambda at: (-len(outcome.frames[at][1]), at))
    for rank, at in enumerate(order):  # of two that are alike the one with more rows counts, else the first
        said = {one: _verdict(outcome, one, at) for one in order[:rank] if one not in again}
        for verdict in ("told", "perhaps"):
            whole = next((one for one, found in said.items() if found == verdict), None)
            if whole is not None:
                again |= {at} if verdict == "told" else set()
                outcome.problems.append(_note(outcome, at, places[at], places[whole], is_left_out=verdict == "told"))
                break
    outcome.frames = [one for at, one in enumerate(outcome.frames) if at not in again]
    outcome.receipts = [one for at, one in enumerate(outcome.receipts) if at not in again]


def _note(outcome: Outcome, at: int, place: str, whole: str, *, is_left_out: bool) -> Problem:
    totals = {name: value for name, value in outcome.receipts[at].totals.items() if value}
    held = ", ".join(f"{name} {value:,.2f}".removesuffix(".00") for name, value in totals.items())
    if is_left_out:
        message = f"The {place} tells facts of the {whole} again and is left out: {held}."
        return Problem.of("duplicates", message, "If they are facts of their own, send them in files.")
    message = f"Every sale of the {place} stands in the {whole} too, none has a number, and both count: {held}."
    return Problem.of("duplicates", message, "If they are the same sales, remove one of the two from the file.")


def _verdict(outcome: Outcome, whole: int, part: int) -> Verdict:
    """Whether all facts of a table stand in another: their keys, one by one, with the same figures."""
    first, second = outcome.receipts[whole], outcome.receipts[part]
    if (first.source, first.table) != (second.source, second.table) or second.table not in _KINDS:
        return "own"
    kind = _KINDS[second.table]
    (_, rows), (_, others) = outcome.frames[whole], outcome.frames[part]
    names = [name for name in kind.names if is_filled(rows, name) and is_filled(others, name)]
    if not (is_filled(rows, kind.figure) and is_filled(others, kind.figure)):
        return "own"
    if kind.number:
        return _sold_again(_by_day(rows), _by_day(others), names, kind.number)
    return "told" if _spent_again(rows, others, names, second.table) else "own"


def _by_day(frame: pd.DataFrame) -> pd.DataFrame:
    """One sheet may have the time of a sale and the other its day alone."""
    return frame.assign(ordered_at=frame["ordered_at"].dt.normalize()) if "ordered_at" in frame else frame


def _sold_again(rows: pd.DataFrame, others: pd.DataFrame, names: Sequence[str], number: str) -> Verdict:
    """Compare sales by number, day, currency and amount; without numbers equal sales may be several."""
    if is_filled(rows, number) and is_filled(others, number):
        if others[number].isna().any():
            return "own"
        keys = [number, *(name for name in names if name != "customer_id")]  # digests of what each sheet shows
        known, told = (frame.groupby(keys, dropna=False)["revenue"].sum().round(2) for frame in (rows, others))
        is_told = bool(told.index.isin(known.index).all()) and bool(known.reindex(told.index).eq(told).all())
        return "told" if is_told else "own"
    keys = [*names, "revenue"]
    known, told = (frame.groupby(keys, dropna=False).size() for frame in (rows, others))
    return "perhaps" if bool(known.reindex(told.index, fill_value=0).ge(told).all()) else "own"


def _spent_again(rows: pd.DataFrame, others: pd.DataFrame, names: Sequence[str], table: str) -> bool:
    """Compare paid media by all that names both tables and by time, as days or as the months of these."""
    if max(len(rows), len(others)) < 2 or not others["spend"].sum() > 0:
        return False
    if is_filled(rows, "period_start") != is_filled(others, "period_start"):
        return False
    measures = [name for name in TABLES[table].additive if is_filled(rows, name) and is_filled(others, name)]
    is_unstated = any(frame["platform"].eq(_UNSTATED).any() for frame in (rows, others) if "platform" in frame)
    keys = [name for name in names if name != "platform" or not is_unstated]
    keys += _COVERED if is_filled(rows, "period_start") else []
    spans = _spans(rows, others)
    if not keys:
        return False
    known, told = (_sums(_placed(frame, spans), keys, measures) for frame in (rows, others))
    beside = told.merge(known, on=keys, how="left", suffixes=("", "|known"))
    gaps = beside[measures] - beside[[f"{name}|known" for name in measures]].set_axis(measures, axis=1)
    slack = (0.01 + _ROUNDING * beside[["_rows", "_rows|known"]].max(axis=1)).clip(upper=_MOST_ROUNDING)
    return bool(gaps.abs().lt(slack, axis=0).to_numpy().all())


def _sums(frame: pd.DataFrame, keys: list[str], measures: list[str]) -> pd.DataFrame:
    groups = frame.groupby(keys, dropna=False, observed=True)
    return groups[measures].sum().assign(_rows=groups.size()).reset_index()


def _spans(rows: pd.DataFrame, others: pd.DataFrame) -> pd.IntervalIndex | None:
    """Return the stretches of the table with the longer ones; None where these overlap, or there are none."""
    dated = [frame[_COVERED].dropna().drop_duplicates() for frame in (rows, others) if set(_COVERED) <= set(frame)]
    longest = [(one["period_end"] - one["period_start"]).max() for one in dated]
    if len(dated) < 2 or any(pd.isna(one) for one in longest):
        return None
    coarse = dated[0] if longest[0] >= longest[1] else dated[1]
    spans = pd.IntervalIndex.from_arrays(coarse["period_start"], coarse["period_end"], closed="both")
    return None if spans.is_overlapping else spans


def _placed(frame: pd.DataFrame, spans: pd.IntervalIndex | None) -> pd.DataFrame:
    """Give each row the stretch that holds all of it, where one does."""
    if spans is None:
        return frame
    at = spans.get_indexer(pd.Index(frame["period_start"]))
    start, end = (pd.Series(side.take(at), index=frame.index) for side in (spans.left, spans.right))
    is_within = pd.Series(at >= 0, index=frame.index) & frame["period_end"].le(end)
    return frame.assign(
        period_start=start.where(is_within, frame["period_start"]),
        period_end=end.where(is_within, frame["period_end"]),
    )
