"""What a check is, what it looks at, and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TypeAlias

import pandas as pd

from helpers.claims import scope_label
from helpers.intake.receipt import Receipt, Severity
from helpers.kpis import on_days, prepare_ads
from helpers.quality.tagging import tagged
from helpers.store import Notice
from helpers.tables import TABLES
from helpers.units import Period, Quantity
from helpers.wording import Message, Name, msg

WEIGHT: Mapping[Severity, int] = {"error": 0, "warning": 1, "info": 2}
MOST_NAMES = 4

Place: TypeAlias = tuple[tuple[str, str], ...]
"""Where a finding holds, in the contract's scope keys."""


@dataclass(frozen=True)
class Material:
    """What checks may look at.

    Parameters
    ----------
    frames
        Canonical tables by name, each fact once; a table that is left out is empty.
    receipts
        Of the files that they come from.
    notices
        What was noted when the files were put together.
    today
        The day after which nothing can have happened; None where nobody says.
    names
        What the client goes by, for telling its own site among those that send visits.
    windows
        Attribution setting by platform, as client.yaml states it.
    timezone
        Whose days the client's reports count, IANA.
    """

    frames: Mapping[str, pd.DataFrame]
    receipts: Sequence[Receipt] = ()
    notices: Sequence[Notice] = ()
    today: date | None = None
    names: tuple[str, ...] = ()
    windows: Mapping[str, str] = field(default_factory=dict)
    timezone: str = "UTC"

    def table(self, name: str) -> pd.DataFrame:
        """A canonical table, empty where nothing is known."""
        return self.frames[name] if name in self.frames else TABLES[name].empty()

    @cached_property
    def ads(self) -> pd.DataFrame:
        """Paid media with the column `traffic` (link clicks, else clicks)."""
        return prepare_ads(self.table("ads"))

    @cached_property
    def daily_ads(self) -> pd.DataFrame:
        """The rows of paid media that stand for one day."""
        return self.ads[self.ads["period_grain"] == "day"]

    @cached_property
    def tags(self) -> pd.DataFrame:
        """What visits say of where they come from, as `tagging.tagged` has it."""
        return tagged(self.table("orders"), self.table("web"))

    @cached_property
    def orders(self) -> pd.DataFrame:
        """The dated orders of the ledger, placed on their days."""
        orders = self.table("orders")
        return on_days(orders[orders["ordered_at"].notna()], "ordered_at")


@dataclass(frozen=True)
class Finding:
    """One fault at one place.

    Parameters
    ----------
    text
        What was found; its place `{n}` holds the figure, where there is one.
    n
        How much of it there is: a count or a share.
    rows
        The rows that show it, with columns `file` and `sha256`.
    scope
        Where it holds; a check finds at most one fault at a place.
    tables
        Tables that it is about; empty for those of its check.
    when
        The days on which it shows; None where it is of no day.
    fix
        What to do here, where that is more than the check's own words say.
    """

    text: Message
    n: Quantity
    rows: pd.DataFrame
    scope: Place = ()
    tables: tuple[str, ...] = ()
    when: Period | None = None
    fix: Message | None = None

    def with_figure(self, figure: Quantity) -> Message:
        """The text with its figure bound to a claim."""
        return replace(self.text, values=tuple((k, figure if k == "n" else v) for k, v in self.text.values))


Find: TypeAlias = Callable[[Material], Iterable[Finding]]


@dataclass(frozen=True)
class Check:
    """One thing that is looked for.

    Parameters
    ----------
    id
        Its name, which is also the code of its warning.
    severity
        `error`: figures are wrong; `warning`: they may be; `info`: to be known.
    tables
        The canonical tables that it looks at; none where it looks at the files themselves.
    find
        A pure function of the material.
    fix
        What to do about it.
    is_said_elsewhere
        Whether pages say it without this check: a note of the reading, or what a stage looks for in its own period.
    """

    id: str
    severity: Severity
    tables: tuple[str, ...]
    find: Find
    fix: Message
    is_said_elsewhere: bool = False


@dataclass(frozen=True, kw_only=True)
class Found(Notice):
    """A finding as stages get it, among the notices of the reading; its code is the check's id."""

    check: Check
    finding: Finding

    @property
    def fix(self) -> Message:
        """What to do about it."""
        return self.finding.fix or self.check.fix

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables that it is about."""
        return self.finding.tables or self.check.tables


def number(count: float) -> Quantity:
    """A count that no claim backs yet."""
    return Quantity(float(count), "count")


def share(part: float, whole: float) -> Quantity:
    """A share that no claim backs yet."""
    return Quantity(float(part) / float(whole), "share")


def called(key: str, value: str) -> Message:
    """What a reader calls a place: a platform, an account, a campaign."""
    return msg("{name}", name=scope_label(key, value))


def some(names: Iterable[object]) -> Name:
    """The first few names, in order."""
    known = sorted({str(name) for name in names})
    return Name(", ".join(known[:MOST_NAMES]) + (" …" if len(known) > MOST_NAMES else ""))


def days_of(rows: pd.DataFrame, column: str = "period_start") -> Period | None:
    """First and last day of some rows; None where none has a date."""
    moments = pd.to_datetime(rows[column]).dropna()
    return Period(moments.min().date(), moments.max().date()) if len(moments) else None
