"""Filling a stage's `Inputs` by the names of its fields."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from types import ModuleType
from typing import Any

import pandas as pd

from helpers import plans, stages
from helpers.clients import Client
from helpers.errors import ClientError, UsageError
from helpers.page import saved
from helpers.page.loading import Loaded
from helpers.quality import examine
from helpers.stages.context import Context
from helpers.store import Notice
from helpers.tables import TABLES
from helpers.units import Period


def inputs_of(stage: ModuleType, client: Client, loaded: Loaded) -> Any:
    """Make the `Inputs` of a stage: canonical tables, and what `context.FURTHER_INPUTS` names.

    Raises
    ------
    UsageError
        If a field names neither.
    ClientError
        If a plan that the stage reads is to be mended, or money in a table that it reads has no exchange rate although
        the client states how it is exchanged.
    """
    _refuse_unknown_rates(stage, client, loaded)
    further: dict[str, Callable[[], object]] = {
        "context": lambda: _context(stage, client, loaded),
        "notices": lambda: _notices(stage, loaded),
        "plans": lambda: plans.load_plans(client),
        "trials": lambda: loaded.trials,
        "snapshots": lambda: loaded.snapshots,
        "earlier": lambda: saved.earlier(client, loaded.key, loaded.files),
    }
    given: dict[str, Any] = {}
    for field in fields(stage.Inputs):
        if field.name not in further and field.name not in TABLES:
            raise UsageError(
                "a stage asks for what there is not",
                where=f"{stage.__name__}.Inputs",
                seen=field.name,
                next_step="Name a canonical table or one of context.FURTHER_INPUTS.",
            )
        given[field.name] = further[field.name]() if field.name in further else loaded.frames[field.name]
    return stage.Inputs(**given)


def _refuse_unknown_rates(stage: ModuleType, client: Client, loaded: Loaded) -> None:
    """Where a client states how money is exchanged, none may be left out for want of a rate."""
    for name in sorted(stages.tables_of(stage) & set(loaded.left_out)) if client.fx else ():
        rows = loaded.left_out[name]
        days = pd.to_datetime(rows[TABLES[name].day]).dropna().dt.date
        when = f" from {days.min()} to {days.max()}" if len(days) else ""
        raise ClientError(
            "there is no exchange rate for money in the exports",
            where=client.where("fx"),
            seen=f"{len(rows)} rows of {name} in {', '.join(sorted(rows['currency'].dropna().unique()))}{when}",
            next_step=f"Add the rates to {client.currency} under fx"
            + (f", in {client.fx.file}" if client.fx and client.fx.file else "")
            + "; or remove fx, so that only money in the reporting currency counts, which the report then says.",
        )


def _notices(stage: ModuleType, loaded: Loaded) -> tuple[Notice, ...]:
    """The notices on tables that the stage reads or on none, and what the checks find in its tables and period."""
    read = stages.tables_of(stage)
    noticed = [notice for notice in loaded.notices if notice.values.get("table", "") in {"", *read}]
    found = [one for one in examine(loaded.material, read=read) if _touches(one.finding.when, loaded.period)]
    return (*noticed, *found)


def _touches(days: Period | None, period: Period) -> bool:
    return days is None or (days.start <= period.end and period.start <= days.end)


def _context(stage: ModuleType, client: Client, loaded: Loaded) -> Context:
    return Context(
        client=client.id,
        name=client.name,
        stage=stage.__name__.rpartition(".")[2],
        period=loaded.period,
        as_of=loaded.as_of,
        currency=client.currency,
        country=client.country,
        goals=client.goals,
        margin=client.margin,
        competitors=tuple(competitor.name for competitor in client.competitors),
    )
