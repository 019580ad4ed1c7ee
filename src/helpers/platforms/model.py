"""The words in which an export is described."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import pandas as pd

from helpers.tables import Kind
from helpers.tables.ads import LEVELS

Names = Mapping[str, tuple[str, ...]]  # language of the header ("es" is both es-ES and es-419, "*" any) → spellings
Shaped = Mapping[str, pd.DataFrame]  # canonical table → its rows

# Whatever names an account, a campaign, an ad group or an ad: an export of paid media has at least one of these.
ANY_LEVEL: tuple[str, ...] = tuple(name for pair in LEVELS for name in pair)

_CURRENCY_SUFFIX = re.compile(r"\s*\((?P<code>(?!UTC|GMT)[A-Z]{3}|[^\w\s()%#]{1,3})\)$")
_ZONE_SUFFIX = re.compile(r"\s*\((?:GMT|UTC|[A-Z]{1,3}[DS]?T)(?:\s?[+-]\d{1,2}(?::?\d{2})?)?\)$")
_OTHER = "other:"


def split_currency(header: str) -> tuple[str, str | None]:
    """Return a header without its currency suffix, and that suffix: `Amount spent (EUR)` gives `EUR`."""
    found = _CURRENCY_SUFFIX.search(header.strip())
    if found is None:
        return header, None
    return header[: found.start()], found["code"]


def normalised(header: str) -> str:
    """Return a header as it is compared: without currency, time zone, accents, capitals and doubled blanks."""
    bare, _ = split_currency(_ZONE_SUFFIX.sub("", unicodedata.normalize("NFKC", header).strip()))
    plain = unicodedata.normalize("NFKD", " ".join(bare.split()).casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def other_column(position: int, header: str) -> str:
    """Return the name under which a column is kept that no header describes; it tells equal headers apart."""
    return f"{_OTHER}{position:04d}:{header}"


def other_columns(names: Iterable[str]) -> dict[str, str]:
    """Return header by name for the kept columns among names, in the order of the file."""
    return {name: name.removeprefix(_OTHER)[5:] for name in sorted(names) if name.startswith(_OTHER)}


@dataclass(frozen=True)
class Header:
    """One column of an export.

    Parameters
    ----------
    column
        The canonical column that it fills; a name with a leading underscore is used on the way and dropped.
    names
        How the column is headed, by language; where two headers of a file fit, the first spelling counts.
    kind
        For columns that are not in the canonical table.
    is_breakdown
        Whether the column splits rows by a dimension, named by `column`.
    pattern
        Instead of `names`: a regular expression that the whole header fits; several columns may.
    scale
        What one unit of the file is in units of the table: a millionth for micros.
    is_person
        Whether the cells name a person: of them only a salted digest is kept.
    part
        A regular expression of which only the first find in a cell counts; nothing where there is none.
    """

    column: str
    names: Names = field(default_factory=dict)
    kind: Kind | None = None
    is_breakdown: bool = False
    pattern: str = ""
    scale: float = 1.0
    is_person: bool = False
    part: str = ""


@dataclass(frozen=True)
class Derived:
    """A canonical column that is computed where the export has none.

    `rule` is `first` (the first input that the file has), `sum` (of those that it has), `product` (of all) or
    `coalesce` (the first input that the row has, also in blank cells of a column that the export has).
    """

    column: str
    rule: Literal["first", "sum", "product", "coalesce"]
    inputs: tuple[str, ...]


@dataclass(frozen=True)
class TotalRow:
    """A row that sums others up.

    `is_same_scope` says whether it sums exactly the rows of the file: then it is compared with them; wider totals
    (an account's) or parts of them are not. `is_by_day` says that there is one for each day, with its date.
    """

    label: str
    is_same_scope: bool = True
    is_by_day: bool = False


@dataclass(frozen=True)
class Title:
    """What the line above a table says that its headers do not.

    Parameters
    ----------
    pattern
        Regular expression that the whole line fits, compared as headers are (`normalised`).
    column
        The canonical column that the report's `_value` fills under this line; empty where it stays what it is.
    constants
        What every row of the table holds.
    is_context
        Whether the line may stand above others and recognises no table by itself.
    """

    pattern: str
    column: str = ""
    constants: Mapping[str, str] = field(default_factory=dict)
    is_context: bool = False

    def fits(self, line: str) -> bool:
        """Whether a line is this title."""
        return re.fullmatch(self.pattern, normalised(line)) is not None


@dataclass(frozen=True)
class LeftOut:
    """Rows that are no facts of the table, such as payments that failed.

    `pattern` is what the whole cell of `column` fits, whatever its capitals. `reason` is how the receipt counts them.
    """

    column: str
    pattern: str
    reason: str


@dataclass(frozen=True)
class Report:
    """One layout of a platform's exports.

    Parameters
    ----------
    name
        What the report is called.
    table
        The canonical table that it fills.
    headers
        Its columns; those it may have, not those it must have.
    required
        Groups of canonical columns; of each group at least one must be there.
    marks
        Spellings of headers that no other platform uses; without any of them nearly all headers must be known.
    needs_mark
        Whether one of them must be there, because the other headers are everybody's.
    foreign
        Headers of another kind of export that looks alike: with one of them it is not this one.
    known
        Headers that are recognised and left out: ratios that are computed again, settings.
    derived
        Canonical columns computed from others.
    constants
        What every row holds.
    personal
        Headers with personal data: dropped, with a note in the receipt.
    personal_pattern
        A regular expression that headers with personal data hold, where people choose the headers themselves.
    left_out
        Rows that are no facts of the table.
    total_rows
        Labels of total rows beyond those common to all exports.
    day_first
        Order of day and month where the platform always writes the same one.
    decimal
        Decimal sign by language where the platform always writes the same one; used when the file proves nothing.
    has_open_dimensions
        Whether unknown columns before the first measure are dimensions.
    has_blank_totals
        Whether a row that names nothing is a total.
    asides
        What the first cell of a row says that is no record but tells something of the file, such as its version.
    writes_no_totals
        Whether the platform writes no total rows: one that is called a total is a record, unless it is the exact sum.
    named_by
        Column without which a row is no record but a summary of others, as wide as the platform likes.
    leaves_zero_blank
        Whether the platform leaves a measure blank where there was none of it.
    keeps_others
        Whether unknown columns are kept for `shape` to unfold, named as `other_column` does.
    is_summed
        Whether rows that differ only in what the table does not hold (hours, devices) are added up.
    is_fallback
        Whether it counts only where no other report fits, because it describes what many programs write.
    fits
        What the row of headers must be beside `required`, where words do not say it; it counts as a mark.
    dates_are_first_days
        Whether the date column holds the first day of whatever stretch its user chose: day, week, month or all.
    stand_ins
        Constants of the report that are but a stand-in where no title and no analyst says better; so far `platform`.
    titles
        Lines of which one must stand right above the headers, because these are everybody's.
    cut_note
        Regular expression of a line in which the platform says that it lists only the largest rows: then a larger total
        is no error.
    is_partial
        In words, why the rows can never be everything; empty if they can.
    is_clock
        Whether its period is that of the tables of the file that take it.
    takes_period
        Whether its rows cover the period of such a table beside it, where nothing above them says which.
    needs_company
        Whether it is only believed beside another report of its platform in the same file, because its headers are
        everybody's.
    holds
        What the converted columns must fulfil, where the headers alone are no evidence.
    overlaps
        Asked with the converted columns: in words, why some rows count the same facts as others, so that nothing may be
        added; empty where none do.
    instead
        Of a layout that is known and not read: in words, why not and what to export in its place.
    headless
        Headers by the one line above a table that has none, as `normalised` gives it.
    headless_beside
        Regular expression that another line of the file fits where such a line is the platform's, compared likewise.
    shape
        Turns the converted columns into the rows of one or more tables, where renaming is not enough.
    """

    name: str
    table: str
    headers: tuple[Header, ...]
    required: tuple[tuple[str, ...], ...]
    marks: tuple[str, ...] = ()
    needs_mark: bool = False
    foreign: tuple[str, ...] = ()
    known: Names = field(default_factory=dict)
    derived: tuple[Derived, ...] = ()
    constants: Mapping[str, str] = field(default_factory=dict)
    personal: tuple[str, ...] = ()
    personal_pattern: str = ""
    left_out: LeftOut | None = None
    total_rows: tuple[TotalRow, ...] = ()
    day_first: bool | None = None
    decimal: Mapping[str, str] = field(default_factory=dict)
    has_open_dimensions: bool = False
    has_blank_totals: bool = False
    asides: tuple[str, ...] = ()
    writes_no_totals: bool = False
    named_by: str = ""
    leaves_zero_blank: bool = False
    keeps_others: bool = False
    is_summed: bool = False
    is_fallback: bool = False
    fits: Callable[[Sequence[str]], bool] | None = None
    dates_are_first_days: bool = False
    stand_ins: tuple[str, ...] = ()
    titles: tuple[Title, ...] = ()
    cut_note: str = ""
    is_partial: str = ""
    is_clock: bool = False
    takes_period: bool = False
    needs_company: bool = False
    holds: Callable[[pd.DataFrame], bool] | None = None
    overlaps: Callable[[pd.DataFrame], str] | None = None
    instead: str = ""
    headless: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    headless_beside: str = ""
    shape: Callable[[pd.DataFrame], Shaped] | None = None

    @cached_property
    def by_name(self) -> Mapping[str, tuple[Header, int]]:
        """Header and rank of its spelling, by normalised spelling."""
        found: dict[str, tuple[Header, int]] = {}
        for header in self.headers:
            spellings = [name for names in header.names.values() for name in names]
            for rank, name in enumerate(spellings):
                found.setdefault(normalised(name), (header, rank))
        return found

    @cached_property
    def patterns(self) -> tuple[tuple[re.Pattern[str], Header], ...]:
        """Headers that are described by a pattern."""
        return tuple((re.compile(header.pattern), header) for header in self.headers if header.pattern)

    @cached_property
    def languages(self) -> Mapping[str, frozenset[str]]:
        """Languages in which a normalised spelling occurs."""
        found: dict[str, set[str]] = {}
        for names in (*(header.names for header in self.headers), self.known):
            for language, spellings in names.items():
                for name in spellings:
                    found.setdefault(normalised(name), set()).add(language)
        return {name: frozenset(languages) for name, languages in found.items()}

    @cached_property
    def ignored(self) -> frozenset[str]:
        """Normalised headers that are known and left out."""
        return frozenset(normalised(name) for names in self.known.values() for name in names)

    @cached_property
    def strange(self) -> frozenset[str]:
        """Normalised headers of other kinds of exports."""
        return frozenset(normalised(name) for name in self.foreign)

    @cached_property
    def private(self) -> frozenset[str]:
        """Normalised headers with personal data."""
        return frozenset(normalised(name) for name in self.personal)

    def is_private(self, header: str) -> bool:
        """Whether a column holds personal data, by its header."""
        if normalised(header) in self.private:
            return True
        return bool(self.personal_pattern) and re.search(self.personal_pattern, header, re.IGNORECASE) is not None

    @cached_property
    def exclusive(self) -> frozenset[str]:
        """Normalised marks."""
        return frozenset(normalised(name) for name in self.marks)


@dataclass(frozen=True)
class Platform:
    """A source of exports and the layouts in which it writes them."""

    source: str
    title: str
    reports: tuple[Report, ...]
