"""The keys of `client.yaml`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Field, StrictBool, StrictInt, StrictStr, ValidationInfo, field_validator, model_validator

from helpers.clients.checks import (
    AnyPlatform,
    Colour,
    Country,
    Currency,
    Day,
    ExistingFile,
    Inside,
    Language,
    MetricId,
    Name,
    Number,
    Positive,
    Scope,
    Share,
    SourceName,
    TableName,
    Text,
    TimeZone,
    unknown_columns,
)
from helpers.clients.experiments import Experiment
from helpers.clients.faults import KEY, Part, fault
from helpers.clients.nearest import advice
from helpers.intake import Source
from helpers.tables import TABLES, UnheldError

Role: TypeAlias = Literal["media_buyer", "community_manager", "social_media_manager", "analyst"]
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
Constant: TypeAlias = StrictStr | StrictBool | StrictInt | Number


class Brand(Part):
    """How the client's reports look; `agency` is who signs them."""

    logo: ExistingFile | None = None
    accent: Colour | None = None
    agency: Text | None = None


class Goal(Part):
    """A metric's target, in the metric's own unit (a share as a fraction), until a day or for good."""

    metric: MetricId = Field(examples=["roas"])
    target: Number = Field(examples=["3.0"])
    scope: Scope = Field(default_factory=dict)
    until: Day | None = None


class Profile(Part):
    """An account on a network, by its handle."""

    platform: AnyPlatform = Field(examples=["instagram"])
    handle: Name = Field(examples=["cafeaurora"])


class Competitor(Part):
    """Whom the client is held against."""

    name: Name = Field(examples=["Café Rival"])
    profiles: tuple[Profile, ...] = ()


class Member(Part):
    """A person of the team and what they do for this client."""

    person: Text = Field(examples=["Ana"])
    role: Role = Field(examples=["media_buyer"])


class ExchangeRates(Part):
    """How money of other currencies is converted: `file` holds date, from, to, rate; `rates` one for all days."""

    policy: Literal["daily", "month_average", "fixed"] = Field(examples=["daily"])
    file: ExistingFile | None = None
    rates: dict[Currency, Positive] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _has_what_its_policy_needs(self) -> ExchangeRates:
        if self.policy == "fixed" and (not self.rates or self.file):
            raise fault("with policy fixed needs rates and no file", "Write {policy: fixed, rates: {USD: 0.92}}.")
        if self.policy != "fixed" and (not self.file or self.rates):
            raise fault(
                f"with policy {self.policy} needs a file and no rates",
                f"Write {{policy: {self.policy}, file: fx.csv}}; fx.csv has the columns date, from, to, rate.",
            )
        return self


class SourceEntry(Part):
    """A table that the workbook cannot recognise by itself, or reads wrongly."""

    files: Inside | None = None
    sql: Annotated[StrictStr, Field(min_length=1, max_length=10_000)] | None = None
    url_env: Text | None = None
    table: TableName = Field(examples=["orders"])
    columns: dict[Text, StrictInt | Name] = Field(default_factory=dict)
    constants: dict[Text, Constant] = Field(default_factory=dict)
    dates: Text | None = None
    numbers: Literal["1.234,56", "1,234.56"] | None = None
    header: StrictBool = True
    source: SourceName | None = None
    year: Annotated[StrictInt, Field(ge=2000, le=2100)] | None = None
    timezone: TimeZone | None = None

    @field_validator("columns", "constants")
    @classmethod
    def _are_columns_of_the_table(cls, value: dict[str, Any], info: ValidationInfo) -> dict[str, Any]:
        unknown = unknown_columns(info.data.get("table"), value)
        if unknown:
            name, known = unknown
            raise fault("is no column of this table", advice(name, known, shown=60), at=(name, KEY))
        return value

    @field_validator("constants")
    @classmethod
    def _are_of_the_kinds_of_their_columns(cls, value: dict[str, Any], info: ValidationInfo) -> dict[str, Any]:
        table = TABLES.get(info.data.get("table") or "")
        for name, stated in value.items():
            try:
                if table is not None and name in table.by_name:
                    table.by_name[name].held(stated)
            except UnheldError as error:
                raise fault(error.what, error.next_step, at=(name,)) from error
        return value

    @field_validator("url_env")
    @classmethod
    def _names_a_variable(cls, value: str | None) -> str | None:
        if value is not None and not _VARIABLE.fullmatch(value):
            # What stands there may be the address itself, so it is not shown.
            raise fault(
                "is not the name of an environment variable",
                "Write url_env: WAREHOUSE_URL, and set that variable to the address; it has no place in a file.",
                at=(KEY,),
            )
        return value

    @model_validator(mode="after")
    def _says_where_it_comes_from(self) -> SourceEntry:
        if (self.files is None) == (self.sql is None):
            raise fault("needs either files or sql", "Write files: exports/ledger.csv, or sql: a table's name.")
        if (self.sql is None) != (self.url_env is None):
            raise fault(
                "needs sql and url_env together",
                "Write url_env: WAREHOUSE_URL and put the address there in the environment, never into this file.",
            )
        return self

    def as_source(self, files: str) -> Source:
        """The entry as intake takes it; `files` is the glob of its files, or the name of what a database returned."""
        return Source(
            files=files,
            table=self.table,
            columns=self.columns,
            constants=self.constants,
            dates=self.dates or "",
            numbers=self.numbers or "",
            header=self.header,
            source=self.source or "",
            year=self.year,
            timezone=self.timezone or "",
            sql=self.sql or "",
            url_env=self.url_env or "",
        )

    @model_validator(mode="after")
    def _counts_columns_without_header(self) -> SourceEntry:
        if not self.header and not all(isinstance(at, int) and at > 0 for at in self.columns.values()):
            raise fault(
                "must be given by position where there is no header",
                "Write {customer_id: 2}: columns are counted from 1.",
                at=("columns",),
            )
        return self


class ClientFile(Part):
    """All keys of `client.yaml`; what is optional never stops a report."""

    name: Text = Field(examples=["Café Aurora"])
    currency: Currency = Field(examples=["EUR"])
    timezone: TimeZone = Field(examples=["Europe/Madrid"])
    country: Country | None = None
    sector: Text | None = None
    languages: Annotated[tuple[Language, ...], Field(min_length=1)] = ("en",)
    as_of: Day | None = None
    brand: Brand = Brand()
    goals: tuple[Goal, ...] = ()
    profiles: tuple[Profile, ...] = ()
    competitors: tuple[Competitor, ...] = ()
    team: tuple[Member, ...] = ()
    attribution: dict[AnyPlatform, Text] = Field(default_factory=dict)
    margin: Share | None = None
    fx: ExchangeRates | None = None
    sources: tuple[SourceEntry, ...] = ()
    experiments: tuple[Experiment, ...] = ()

    @model_validator(mode="after")
    def _names_things_once(self) -> ClientFile:
        _once("languages", self.languages)
        _once("competitors", [competitor.name for competitor in self.competitors])
        _once("experiments", [experiment.name for experiment in self.experiments])
        return self


def _once(key: str, names: Sequence[str]) -> None:
    for at, name in enumerate(names):
        if name in names[:at]:
            raise fault(f"name {name} twice", "Remove or rename one of them.", at=(key, at))
