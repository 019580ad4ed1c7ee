"""Values of a driver as exact text, and the type of column that holds all of them."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, tzinfo
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal
from zoneinfo import ZoneInfo

from helpers.intake import private
from helpers.platforms import normalised

Kind = Literal["flag", "whole", "decimal", "float", "day", "moment", "instant", "text"]

_MOST_DIGITS = 38
_BIGINT_DIGITS = 18
_OR = "|"
_TYPES: Mapping[frozenset[Kind], str] = {
    frozenset({"flag"}): "BOOLEAN",
    frozenset({"day"}): "DATE",
    frozenset({"moment"}): "TIMESTAMP",
    frozenset({"day", "moment"}): "TIMESTAMP",
    frozenset({"instant"}): "TIMESTAMP",
}


@dataclass
class Column:
    """One column of a query while its rows come in.

    Parameters
    ----------
    name
        As the database calls it.
    zone
        In which moments with a time zone are written, as a platform's export of this client would have them.
    salt
        The client's own: people are kept as the digests that intake would make of them.
    """

    name: str
    zone: ZoneInfo
    salt: str
    _kinds: set[Kind] = field(default_factory=set)
    _whole: int = 0
    _fraction: int = 0
    _midnights: int = 0
    _instants: int = 0

    def take(self, values: Sequence[Any]) -> list[str | None]:
        """Return values as text that loses nothing; None for NULL, and for a number that is none."""
        try:
            different = Counter(values)
        except TypeError:  # lists and structures
            return [self._text(value) for value in values]
        if _are_unlike(values):
            return [self._text(value) for value in values]
        text_of = {value: self._text(value, rows) for value, rows in different.items()}
        return [text_of[value] for value in values]

    def _text(self, value: Any, rows: int = 1) -> str | None:
        if value is None:
            return None
        kind, text = self._instant(value, rows) if _is_instant(value) else _written(value)
        if text is None:
            return None
        if kind == "text" or self._is_about_people:
            kind, text = "text", self._without_people(text)
        self._kinds.add(kind)
        if kind in {"whole", "decimal"}:
            whole, _, fraction = text.lstrip("-").partition(".")
            self._whole, self._fraction = max(self._whole, len(whole)), max(self._fraction, len(fraction))
        return text

    @cached_property
    def _is_about_people(self) -> bool:
        return private.is_personal(normalised(self.name))

    def _without_people(self, text: str) -> str:
        """Return a text without e-mail addresses; a cell that is a person becomes a digest, which still tells who."""
        without = private.masked(text, phones=False)
        is_person = self._is_about_people or without.strip() == private.MASK
        return private.digest(text, self.salt) if is_person else without

    def _instant(self, value: datetime, rows: int) -> tuple[Kind, str]:
        """Return a moment of a known time zone that so many rows hold, as it was in UTC and by the client's clock."""
        there, here = (_by_the_clock(value, zone) for zone in (UTC, self.zone))
        self._instants += rows
        self._midnights += rows if there.time() == time.min else 0
        return "instant", f"{there.isoformat(sep=' ')}{_OR}{here.isoformat(sep=' ')}"

    @property
    def _are_days(self) -> bool:
        return self._midnights == self._instants

    @property
    def may_be_days(self) -> bool:
        """Whether most moments are midnight in UTC, as days are kept, and some are not, so that nobody can tell."""
        return self._instants > self._midnights > self._instants / 2

    def typed(self, text: str) -> str:
        """Return the expression, in DuckDB's SQL, that turns the text of a row into a value.

        Moments are written by the clock of the zone, as a platform's export has them; where all of them are midnight in
        UTC, they are days that a warehouse keeps as moments, and stay the same days everywhere.
        """
        if self._kinds != {"instant"}:
            return f"CAST({text} AS {self.type})"
        return f"CAST(split_part({text}, '{_OR}', {1 if self._are_days else 2}) AS {self.type})"

    @property
    def type(self) -> str:
        """The type, as DuckDB calls it, to which the text of every row converts exactly.

        Decimals of more digits than any bill has become floating point.
        """
        if self._kinds == {"instant"} and self._are_days:
            return "DATE"
        if self._kinds and self._kinds <= {"whole", "decimal", "float"}:
            return self._number
        return _TYPES.get(frozenset(self._kinds), "VARCHAR")

    @property
    def _number(self) -> str:
        if self._kinds == {"whole"} and self._whole <= _BIGINT_DIGITS:
            return "BIGINT"
        if "float" in self._kinds or self._whole + self._fraction > _MOST_DIGITS:
            return "DOUBLE"
        return f"DECIMAL({_MOST_DIGITS}, {self._fraction})"


def _are_unlike(values: Sequence[Any]) -> bool:
    """Whether equal values may differ: 1 and true, or the two moments of an hour that comes twice."""
    kinds = set(map(type, values)) - {type(None)}
    if len(kinds) > 1:
        return True
    return any(issubclass(kind, datetime) for kind in kinds) and any(value.fold for value in values if value)


def _is_instant(value: Any) -> bool:
    return isinstance(value, datetime) and value.tzinfo is not None


def _by_the_clock(value: datetime, zone: tzinfo) -> datetime:
    """Return a moment as a clock of the zone told it.

    At either end of the calendar (9999-12-31 23:59:59 for "still valid", 0001-01-01 for "from the first") it may tell
    none: then it stays as the database writes it, so that a reader knows it again.
    """
    try:
        return value.astimezone(zone).replace(tzinfo=None)
    except OverflowError:
        return value.replace(tzinfo=None)


def _written(value: Any) -> tuple[Kind, str | None]:
    """Return what a value is, and its text; None where it is not a number though of their type."""
    write = _WRITERS.get(type(value))
    if write is not None:
        return write(value)
    if isinstance(value, datetime):
        return "moment", value.isoformat(sep=" ")
    if isinstance(value, date):
        return "day", value.isoformat()
    if isinstance(value, bytes | bytearray | memoryview):
        return "text", bytes(value).hex()
    if isinstance(value, dict | list | tuple):
        return "text", json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    return "text", str(value)


def _decimal(value: Decimal) -> tuple[Kind, str | None]:
    if not value.is_finite():
        return "text", None if value.is_nan() else str(value)
    text = format(value, "f")
    return "decimal", text.rstrip("0").rstrip(".") if "." in text else text


def _float(value: float) -> tuple[Kind, str | None]:
    if not math.isfinite(value):
        return "text", None if math.isnan(value) else str(value)
    return "float", repr(value + 0.0)  # there is one zero


_WRITERS: dict[type, Callable[[Any], tuple[Kind, str | None]]] = {
    str: lambda value: ("text", value),
    bool: lambda value: ("flag", str(value).lower()),
    int: lambda value: ("whole", str(value)),
    float: _float,
    Decimal: _decimal,
}
