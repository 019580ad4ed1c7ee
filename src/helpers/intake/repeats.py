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
from helpers.intake.receipt import Problem, TableReceipt
from helpers.intake.totals import DECISIVE
from helpers.tables import TABLES
from helpers.tables.ads import LEVELS

Word = Literal["told", "contrary", "perhaps", "own"]
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
class _Verdict:
    """How a table stands to another one.

    Parameters
    ----------
    word
        All its facts are `told` again; they are, but with figures that the other one does not have (`contrary`);
        `perhaps`, as too little is there to compare; or they are its `own`.
    added
        Measures that only this table has.
    unlike
        Measures of which the other one says something else.
    """

    word: Word
    added: tuple[str, ...] = ()
    unlike: tuple[str, ...] = ()


_OWN = _Verdict("own")


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

    receipt: TableReceipt
    frame: pd.DataFrame
    _grouped: dict[tuple[tuple[str, ...], bytes], _Groups] = field(default_factory=dict)

    @property
    def kind(self) -> _Kind:
        return _KINDS[self.receipt.table]

    @cached_property
    def filled(self) -> frozenset[str]:
        return frozenset(str(name) for name in self.frame if is_filled(self.frame, str(name)))

    @cached_property
    def measures(self) -> tuple[str, ...]:
        """Columns with figures that may be added."""
        return tuple(name for name in TABLES[self.receipt.table].additive if name in self.filled)

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
        _Sheet(receipt, _by_day(frame)) for (_, frame), receipt in zip(outcome.frames, outcome.receipts, strict=True)
    ]
    again: set[int] = set()
    # Of two that are alike the one with more rows counts, else the one with more measures, else the first.
    order = sorted(range(len(sheets)), key=lambda at: (-len(sheets[at].frame), -len(sheets[at].measures), at))
    for rank, at in enumerate(order):
        said = {one: _verdict(sheets[one], sheets[at]) for one in order[:rank] if one not in again}
        for word in ("told", "contrary", "perhaps"):
            whole = next((one for one, found in said.items() if found.word == word), None)
            if whole is not None:
                again |= {at} if word != "perhaps" else set()
                outcome.problems.append(_note(said[whole], sheets[at], places[at], places[whole]))
                break
    outcome.frames = [one for at, one in enumerate(outcome.frames) if at not in again]
    outcome.receipts = [one for at, one in enumerate(outcome.receipts) if at not in again]


def _note(found: _Verdict, part: _Sheet, place: str, whole: str) -> Problem:
    held = _held(part, [name for name, total in part.receipt.totals.items() if total])
    if found.word == "told":
        message = f"The {place} tells facts of the {whole} again and is left out: {held}."
        return Problem.of("duplicates", message, "If they are facts of their own, send them in files.")
    if found.word == "contrary":
        added = f"alone has {_held(part, found.added)}" if found.added else ""
        unlike = f"has other figures of {_held(part, found.unlike)}" if found.unlike else ""
        contrary = " and ".join(filter(None, (added, unlike)))
        message = f"The {place} tells facts of the {whole} again, but {contrary}: added, both would count twice."
        return Problem.of("duplicates", f"{message} It is refused.", _EXPORT_ONE, is_fatal=True)
    if part.kind.number:
        message = f"Every sale of the {place} stands in the {whole} too, none has a number, and both count: {held}."
        return Problem.of("duplicates", message, "If they are the same sales, remove one of the two from the file.")
    message = f"The {place} has the spend of the {whole} row by row, nothing else tells them apart, and both count: "
    return Problem.of("duplicates", f"{message}{held}.", _REMOVE_ONE)


_EXPORT_ONE = (
    "Export one table with all of these columns, in one attribution setting; if they are facts of their own, add a"
    " column that tells them apart, such as the account."
)
_REMOVE_ONE = (
    "If they are the same facts, remove one of the two from the file; if not, add a column that tells them apart, such"
    " as the account."
)


def _held(sheet: _Sheet, measures: Sequence[str]) -> str:
    """Name measures with their totals, where the receipt adds them."""
    totals = {name: f" {total:,.2f}".removesuffix(".00") for name, total in sheet.receipt.totals.items()}
    return ", ".join(f"{name}{totals.get(name, '')}" for name in measures)


def _verdict(whole: _Sheet, part: _Sheet) -> _Verdict:
    """Whether all facts of a table stand in another: their keys, one by one, with the same figures."""
    if not _may_hold(whole, part):
        return _OWN
    names = [name for name in part.kind.names if name in whole.filled & part.filled]
    return _sold_again(whole, part, names) if part.kind.number else _spent_again(whole, part, names)


def _may_hold(whole: _Sheet, part: _Sheet) -> bool:
    """Whether a look at kinds, days and sums leaves open that a table holds another: most do not, of many sheets."""
    first, second = whole.receipt, part.receipt
    if (first.source, first.table) != (second.source, second.table) or second.table not in _KINDS:
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


def _sold_again(whole: _Sheet, part: _Sheet, names: Sequence[str]) -> _Verdict:
    """Compare sales by number, day, currency and amount; without numbers equal sales may be several."""
    number = part.kind.number
    if number in whole.filled & part.filled:
        if part.frame[number].isna().any():
            return _OWN
        keys = [number, *(name for name in names if name != "customer_id")]  # digests of what each sheet shows
        return _again(whole, part, keys, is_proven=True)
    keys = [*names, "revenue"]
    known, told = whole.by(keys), part.by(keys)
    at = _places(known, told)
    return _Verdict("perhaps") if at is not None and bool((known.rows[at] >= told.rows).all()) else _OWN


def _spent_again(whole: _Sheet, part: _Sheet, names: Sequence[str]) -> _Verdict:
    """Compare paid media by all that names both tables and by time, as days or as the months of these."""
    if len(whole.frame) < 2 or not part.sums["spend"] > 0:
        return _OWN
    if (whole.days is None) != (part.days is None):
        return _OWN
    is_unstated = any(one.frame["platform"].eq(_UNSTATED).any() for one in (whole, part) if "platform" in one.frame)
    keys = [name for name in names if name != "platform" or not is_unstated]
    keys += _COVERED if part.days else []
    return _again(whole, part, keys) if keys else _OWN


def _again(whole: _Sheet, part: _Sheet, keys: Sequence[str], *, is_proven: bool = False) -> _Verdict:
    """Compare the sums of tables by some columns; `is_proven` where these alone say that the facts are the same.

    Else two figures prove it, or one that is the sum of several: accounts with the same budget a day spend alike.
    """
    spans = (whole if whole.longest >= part.longest else part).spans
    known, told = whole.by(keys, spans), part.by(keys, spans)
    at = _places(known, told)
    if at is None:
        return _OWN
    common = [name for name in part.measures if name in whole.measures]
    slack = np.minimum(0.01 + _ROUNDING * np.maximum(known.rows[at], told.rows), _MOST_ROUNDING)
    gaps: Floats = np.abs(known.sums[common].to_numpy()[at] - told.sums[common].to_numpy())
    fits = {name for nth, name in enumerate(common) if (gaps[:, nth] < slack).all()}
    added = tuple(name for name in part.measures if name not in common)
    unlike = tuple(name for name in common if name not in fits)
    is_sum = bool((known.rows[at] > told.rows).any())
    is_proven = is_proven or is_sum or sum(part.sums[name] != 0 for name in fits) > 1
    if set(unlike) & set(part.kind.figures) or (unlike and not is_proven):
        return _OWN
    if added or unlike:
        return _Verdict("contrary", added, unlike)
    return _Verdict("told" if is_proven else "perhaps")


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
