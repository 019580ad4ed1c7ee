"""Kinds of values in a client's file, each with its check and what to do where it fails."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from pathlib import PurePosixPath
from typing import Annotated, TypeAlias
from zoneinfo import available_timezones

from babel.core import Locale, get_global
from pydantic import AfterValidator, BeforeValidator, Field, StrictFloat, StrictStr, StringConstraints, ValidationInfo

from helpers.clients.faults import fault
from helpers.clients.nearest import advice
from helpers.platforms import PLATFORMS as SOURCES
from helpers.tables import TABLES
from helpers.wording import LANGUAGES

PLATFORMS = (
    "meta", "google_ads", "tiktok", "linkedin", "microsoft", "x", "pinterest", "snapchat", "reddit", "amazon", "other",
)  # fmt: skip
"""Where money is spent, as the contract names it."""

NETWORKS = ("facebook", "instagram", "tiktok", "youtube", "x", "linkedin")
"""Where profiles are kept, as the contract names it."""

SCOPE_KEYS = (
    "platform", "account", "campaign", "ad_group", "ad", "objective", "format", "weekday", "hour", "day", "month",
    "product", "category", "segment", "persona", "channel", "competitor", "term", "region", "experiment", "variant",
    "series", "model", "parameter", "flight", "line", "person", "horizon",
)  # fmt: skip
"""What a goal or an objective may be narrowed by, as the contract names it."""

FOLDER = "folder"
"""Key of the validation context that holds the client folder."""

# Territories of CLDR that ISO 3166-1 does not list: groups, reserved and private-use codes.
_NO_COUNTRY = frozenset(["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"])
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_WRITE_A_DAY = "Write the day as 2026-11-05 (year, month, day)."
_IDENTIFIER = re.compile(r"[a-z][a-z0-9_]*")


def _one_of(what: str, known: Callable[[], Iterable[str]]) -> AfterValidator:
    def check(value: str) -> str:
        names = list(known())
        if value not in names:
            raise fault(f"must be {what}", advice(value, names))
        return value

    return AfterValidator(check)


@cache
def currencies() -> frozenset[str]:
    """ISO 4217 codes of the money in use today."""
    used = get_global("territory_currencies").values()
    return frozenset(str(code) for spans in used for code, _, end, is_tender in spans if end is None and is_tender)


@cache
def countries() -> frozenset[str]:
    """ISO 3166-1 codes of two letters."""
    codes = map(str, Locale("en").territories)
    return frozenset(code for code in codes if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRY)


def _currency(value: str) -> str:
    if value not in currencies():
        raise fault(
            "must be a currency in use (ISO 4217)",
            "Write its three letters in capitals, such as EUR, USD, MXN, ARS, CLP or COP.",
        )
    return value


def _country(value: str) -> str:
    if value not in countries():
        raise fault(
            "must be a country (ISO 3166-1)", "Write its two letters in capitals, such as ES, MX, AR, CL, CO or US."
        )
    return value


def _language(value: str) -> str:
    if value not in LANGUAGES:
        raise fault("must be a language that reports can be written in", f"Known: {', '.join(LANGUAGES)}.")
    return value


def _plain_text(value: str) -> str:
    if _CONTROL.search(value) or value != value.strip():
        raise fault("must be plain text in one line", "Remove line breaks, and blanks at its ends.")
    return value


def _day(value: object) -> object:
    try:
        if isinstance(value, str) and _DAY.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError as error:
        raise fault(f"is no day: {error}", _WRITE_A_DAY) from error
    if isinstance(value, date):
        return value
    raise fault("must be a day", _WRITE_A_DAY)


def _inside(value: str) -> str:
    path = PurePosixPath(value)
    if path.is_absolute() or ".." in path.parts or "\\" in value or ":" in value or value.startswith("~"):
        raise fault(
            "must be a path inside the client folder", "Write it from the client folder on, such as exports/ledger.csv."
        )
    return value


def _existing(value: str, info: ValidationInfo) -> str:
    """A file of the client folder, where the folder is known."""
    folder = (info.context or {}).get(FOLDER)
    if folder is None:
        return value
    path = folder / value
    if not path.is_file():
        raise fault("names a file that is not there", "Add the file, or correct its name.")
    if not path.resolve().is_relative_to(folder.resolve()):
        raise fault("leads out of the client folder", "Copy the file into the client folder; links are not followed.")
    return value


def _table_name(value: str) -> str:
    if value not in TABLES:
        raise fault("must be a canonical table", advice(value, TABLES, shown=30))
    return value


def unknown_columns(table: str | None, names: Iterable[str]) -> tuple[str, tuple[str, ...]] | None:
    """The first name that is no column of the table, with those that are; None where all are, or where any may be."""
    description = TABLES.get(table or "")
    if description is None or description.is_open:
        return None
    known = tuple(column.name for column in description.columns)
    unknown = next((name for name in names if name not in known), None)
    return None if unknown is None else (unknown, known)


def _colour(value: str) -> str:
    if not _COLOUR.fullmatch(value):
        raise fault("must be a colour", 'Write it as "#0b5fa5", in quotes.')
    return value


def _identifier(value: str) -> str:
    if not _IDENTIFIER.fullmatch(value):
        raise fault("must be an id", "Write it in small letters, digits and underscores; `cuaderno kpis` lists them.")
    return value


def _text_of_number(value: object) -> object:
    """A campaign or column named by a number is meant as text."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Text: TypeAlias = Annotated[
    StrictStr, StringConstraints(min_length=1, max_length=200), AfterValidator(_plain_text)
]  # fmt: skip
Name: TypeAlias = Annotated[Text, BeforeValidator(_text_of_number)]
Currency: TypeAlias = Annotated[StrictStr, AfterValidator(_currency)]
Country: TypeAlias = Annotated[StrictStr, AfterValidator(_country)]
TimeZone: TypeAlias = Annotated[StrictStr, _one_of("a time zone (IANA)", available_timezones)]
Language: TypeAlias = Annotated[StrictStr, AfterValidator(_language)]
Day: TypeAlias = Annotated[date, BeforeValidator(_day)]
Number: TypeAlias = StrictFloat
Positive: TypeAlias = Annotated[StrictFloat, Field(gt=0)]
NotNegative: TypeAlias = Annotated[StrictFloat, Field(ge=0)]
Share: TypeAlias = Annotated[StrictFloat, Field(gt=0, le=1)]
Inside: TypeAlias = Annotated[Text, AfterValidator(_inside)]
ExistingFile: TypeAlias = Annotated[Inside, AfterValidator(_existing)]
TableName: TypeAlias = Annotated[StrictStr, AfterValidator(_table_name)]
SourceName: TypeAlias = Annotated[StrictStr, _one_of("a source of exports", lambda: sorted(SOURCES))]
Colour: TypeAlias = Annotated[StrictStr, AfterValidator(_colour)]
MetricId: TypeAlias = Annotated[StrictStr, AfterValidator(_identifier)]
Platform: TypeAlias = Annotated[StrictStr, _one_of("a platform", lambda: PLATFORMS)]
Network: TypeAlias = Annotated[StrictStr, _one_of("a network", lambda: NETWORKS)]
AnyPlatform: TypeAlias = Annotated[
    StrictStr, _one_of("a platform or network", lambda: dict.fromkeys(PLATFORMS + NETWORKS))
]
ScopeKey: TypeAlias = Annotated[StrictStr, _one_of("something that a report distinguishes", lambda: SCOPE_KEYS)]
Scope: TypeAlias = dict[ScopeKey, Name]
