"""Tables of one file that tell the same facts again, such as the sheet of the year beside those of its months."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from helpers.intake.assemble import Outcome
from helpers.intake.checks import is_filled
from helpers.intake.receipt import Problem
from helpers.intake.totals import DECISIVE
from helpers.tables import TABLES
from helpers.tables.ads import LEVELS

Verdict = Literal["told", "perhaps", "own"]
Edges = tuple[pd.Timestamp, pd.Timestamp]
Floats = npt.NDArray[np.float64]

_SPLIT = ("breakdown", "value")
_PAID = ("platform", "channel", *(name for level in LEVELS for name in level), "currency", *_SPLIT)
_SOLD = ("ordered_at", "customer_id", "channel", "product", "sku", "currency")
_COVERED = ("period_start", "period_end")
_UNSTATED = "other"  # platform of rows that do not name theirs
# Formatted sheets round money to cents, each row by up to half of one; no count is off by one.
_ROUNDING, _MOST_ROUNDING = 0.005, 0.5


@dataclass(frozen=True)
class _Kind:
    """How tables of one kind are told apart: `names` where both have them, and the figures that decide.

    The first of `figures` must be there. `days` hold the first and the last day of a row.
    """

    names: Sequence[str]
    figures: Sequence[str]
    days: tuple[str, str]
    number: str = ""


_ADS = _Kind(_PAID, DECISIVE, _COVERED)
_LEDGER = _Kind(_SOLD, ("revenue",), ("ordered_at", "ordered_at"), "order_id")
_KINDS: Mapping[str, _Kind] = {"ads": _ADS, "ads_breakdown": _ADS, "orders": _LEDGER, "order_lines": _LEDGER}


@dataclass(frozen=True)
class _Groups:
    """Rows of a table by what they are about: digests of that in order, the number of rows and sums of measures."""

    about: npt.NDArray[np.integer[Any]]
    rows: npt.NDArray[np.intp]
    sums: pd.DataFrame


@dataclass(frozen=True)
class _Spans:
    """Stretches of time that do not overlap; two with equal `words` are the same."""

    at: pd.IntervalIndex
    words: bytes


@dataclass(frozen=True, eq=False)
class _Sheet:
    """A table of the file; what is asked of it for each of the other ones is computed once."""

    source: str
    table: str
    frame: pd.DataFrame
    _grouped: dict[tuple[tuple[str, ...], bytes], _Groups] = field(default_factory=dict)

    @property
    def kind(self) -> _Kind:
        return _KINDS[self.table]

    @cached_property
    def filled(self) -> frozenset[str]:
        return frozenset(str(name) for name in self.frame if is_filled(self.frame, str(name)))

    @cached_property
    def measures(self) -> tuple[str, ...]:
        """Columns with figures that may be added."""
        return tuple(name for name in TABLES[self.table].additive if name in self.filled)

    @cached_property
    def sums(self) -> Mapping[str, float]:
        return {name: float(self.frame[name].sum()) for name in self.measures}

    @cached_property
    def growing(self) -> frozenset[str]:
        """Measures of which no row takes anything away."""
        return frozenset(name for name in self.measures if not self.frame[name].lt(0).any())

    @cached_property
    def days(self) -> tuple[pd.Series, pd.Series] | None:
        """First and last day of each row, None where no row has any."""
        first, last = self.kind.days
        return (self.frame[first], self.frame[last]) if {first, last} <= self.filled else None

    @cached_property
    def span(self) -> Edges | None:
        return (self.days[0].min(), self.days[1].max()) if self.days else None

    @cached_property
    def inner(self) -> Edges | None:
        """Where its first row ends and its last one begins: what holds it, in stretches of any length, meets both."""
        return (self.days[1].min(), self.days[0].max()) if self.days else None

    @cached_property
    def longest(self) -> pd.Timedelta:
        """Longest time that a row covers."""
        return (self.days[1] - self.days[0]).max() if self.days else pd.Timedelta(0)

    @cached_property
    def spans(self) -> _Spans | None:
        """The stretches that its rows cover; None where these overlap, or are all single days."""
        if self.days is None or not self.longest > pd.Timedelta(0):
            return None
        covered = self.frame[list(self.kind.days)].dropna().drop_duplicates().sort_values(list(self.kind.days))
        first, last = (covered[name] for name in self.kind.days)
        at = pd.IntervalIndex.from_arrays(first, last, closed="both")
        words = b"".join(days.to_numpy("datetime64[s]").tobytes() for days in (first, last))
        return None if at.is_overlapping else _Spans(at, words)

    def by(self, names: Sequence[str], spans: _Spans | None = None) -> _Groups:
        """Group the rows by some columns, days by the stretches that hold them."""
        key = (tuple(names), spans.words if spans else b"")
        if key not in self._grouped:
            self._grouped[key] = _groups(_placed(self.frame, spans)[list(names)], self.frame[list(self.measures)])
        return self._grouped[key]


def leave_out(outcome: Outcome, places: Sequence[str]) -> None:
    """Leave out the tables of a ledger or of paid media of which every fact stands in another one, and say so.

    Parameters
    ----------
    outcome
        All tables of the file.
    places
        Where each of them stands in the file, as a person would say it.
    """
    sheets = [
        _Sheet(receipt.source, receipt.table, _by_day(frame))
        for (_, frame), receipt in zip(outcome.frames, outcome.receipts, strict=True)
    ]
    again: set[int] = set()
    order = sorted(range(len(sheets)), key=lambda at: (-len(sheets[at].frame), at))
    for rank, at in enumerate(order):  # of two that are alike the one with more rows counts, else the first
        said = {one: _verdict(sheets[one], sheets[at]) for one in order[:rank] if one not in again}
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


def _verdict(whole: _Sheet, part: _Sheet) -> Verdict:
    """Whether all facts of a table stand in another: their keys, one by one, with the same figures."""
    if not _may_hold(whole, part):
        return "own"
    names = [name for name in part.kind.names if name in whole.filled & part.filled]
    if part.kind.number:
        return _sold_again(whole, part, names)
    return "told" if _spent_again(whole, part, names) else "own"


def _may_hold(whole: _Sheet, part: _Sheet) -> bool:
    """Whether a look at kinds, days and sums leaves open that a table holds another: most do not, of many sheets."""
    if (whole.source, whole.table) != (part.source, part.table) or part.table not in _KINDS:
        return False
    if part.kind.figures[0] not in whole.filled & part.filled:
        return False
    if whole.span and part.inner and (part.inner[0] < whole.span[0] or part.inner[1] > whole.span[1]):
        return False
    slack = (0.01 + _ROUNDING) * (len(whole.frame) + len(part.frame))
    decisive = [name for name in part.kind.figures if name in part.sums and name in whole.growing]
    return all(part.sums[name] <= whole.sums[name] + slack for name in decisive)


def _by_day(frame: pd.DataFrame) -> pd.DataFrame:
    """One sheet may have the time of a sale and the other its day alone."""
    return frame.assign(ordered_at=frame["ordered_at"].dt.normalize()) if "ordered_at" in frame else frame


def _sold_again(whole: _Sheet, part: _Sheet, names: Sequence[str]) -> Verdict:
    """Compare sales by number, day, currency and amount; without numbers equal sales may be several."""
    number = part.kind.number
    if number in whole.filled & part.filled:
        if part.frame[number].isna().any():
            return "own"
        keys = [number, *(name for name in names if name != "customer_id")]  # digests of what each sheet shows
        return "told" if _agree(whole.by(keys), part.by(keys), ["revenue"]) else "own"
    keys = [*names, "revenue"]
    known, told = whole.by(keys), part.by(keys)
    at = _places(known, told)
    return "perhaps" if at is not None and bool((known.rows[at] >= told.rows).all()) else "own"


def _spent_again(whole: _Sheet, part: _Sheet, names: Sequence[str]) -> bool:
    """Compare paid media by all that names both tables and by time, as days or as the months of these."""
    if len(whole.frame) < 2 or not part.sums["spend"] > 0:
        return False
    if (whole.days is None) != (part.days is None):
        return False
    is_unstated = any(one.frame["platform"].eq(_UNSTATED).any() for one in (whole, part) if "platform" in one.frame)
    keys = [name for name in names if name != "platform" or not is_unstated]
    keys += _COVERED if part.days else []
    if not keys:
        return False
    spans = (whole if whole.longest >= part.longest else part).spans
    measures = [name for name in part.measures if name in whole.measures]
    return _agree(whole.by(keys, spans), part.by(keys, spans), measures)


def _agree(known: _Groups, told: _Groups, measures: list[str]) -> bool:
    """Whether every group of a table stands in another one with the same sums."""
    at = _places(known, told)
    if at is None:
        return False
    slack = np.minimum(0.01 + _ROUNDING * np.maximum(known.rows[at], told.rows), _MOST_ROUNDING)
    gaps: Floats = np.abs(known.sums[measures].to_numpy()[at] - told.sums[measures].to_numpy())
    return bool((gaps < slack[:, None]).all())


def _places(known: _Groups, told: _Groups) -> npt.NDArray[np.intp] | None:
    """Where the groups of a table stand among those of another one; None where one does not."""
    at = np.searchsorted(known.about, told.about).clip(max=len(known.about) - 1)
    return at if bool((known.about[at] == told.about).all()) else None


def _groups(about: pd.DataFrame, figures: pd.DataFrame) -> _Groups:
    """Group rows by a digest of what they are about: among a million, two share one once in 37 million tables."""
    alike = about.astype(dict.fromkeys(about.select_dtypes("datetime"), "datetime64[s]"))
    digests = pd.util.hash_pandas_object(alike, index=False).to_numpy(np.uint64)
    found, at, rows = np.unique(digests, return_inverse=True, return_counts=True)
    return _Groups(found, rows, figures.groupby(at).sum())


def _placed(frame: pd.DataFrame, spans: _Spans | None) -> pd.DataFrame:
    """Give each row the stretch that holds all of it, where one does."""
    if spans is None:
        return frame
    at = spans.at.get_indexer(pd.Index(frame["period_start"]))
    start, end = (pd.Series(side.take(at), index=frame.index) for side in (spans.at.left, spans.at.right))
    is_within = pd.Series(at >= 0, index=frame.index) & frame["period_end"].le(end)
    return frame.assign(
        period_start=start.where(is_within, frame["period_start"]),
        period_end=end.where(is_within, frame["period_end"]),
    )
