"""A Result as JSON, for the stages that come after: fields by name, messages in English, unknown numbers as null."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from functools import singledispatch
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from helpers.claims import Claim, Evidence
from helpers.clients import Client
from helpers.stages.earlier import SCHEMA, Earlier, Finding
from helpers.store import FileUsed
from helpers.units import Interval
from helpers.wording import Message, Words


def earlier(client: Client, period: str, files: Sequence[FileUsed]) -> Earlier:
    """Read what the stages have saved for a period.

    Parameters
    ----------
    period
        Name of the period's folder.
    files
        What is read now: a Result that was made from other files is stale, and left out.
    """
    now = {(file.name, file.sha256) for file in files}
    found: dict[str, tuple[Finding, ...]] = {}
    stale = []
    for document in documents(client, period):
        if {(file["file"], file["sha256"]) for file in document["inputs"]} == now:
            found[document["stage"]] = tuple(map(_finding, document["claims"]))
        else:
            stale.append(document["stage"])
    return Earlier(found, tuple(stale))


def documents(client: Client, period: str = "*") -> Iterator[dict[str, Any]]:
    """The saved Results of a period (of all periods unless named), in order of their paths.

    Files that another version of the workbook has written are passed over.
    """
    for path in sorted(Path(client.kept / "results").glob(f"{period}/*.json")):
        document = json.loads(path.read_text(encoding="utf-8"))
        if document.get("schema") == SCHEMA:
            yield document


def _finding(claim: dict[str, Any]) -> Finding:
    interval = Interval(**claim["interval"]) if claim["interval"] else None
    evidence = tuple(Evidence(**one) for one in claim["evidence"])
    return Finding(claim["metric"], claim["scope"], claim["value"], interval, claim["n"], evidence)


@singledispatch
def as_json(value: object) -> Any:
    """The value in a form that `json` writes; a claim becomes its id."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: as_json(getattr(value, field.name)) for field in fields(value)}
    return value


@as_json.register
def _(value: Message) -> str:
    return Words("en").text(value)


@as_json.register
def _(value: Claim) -> str:
    return value.id


@as_json.register
def _(value: BaseModel) -> dict[str, Any]:
    return value.model_dump(mode="json", exclude_none=True)


@as_json.register
def _(value: date) -> str:
    return value.isoformat()


@as_json.register
def _(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None


@as_json.register(tuple)
@as_json.register(list)
def _(value: tuple[object, ...] | list[object]) -> list[Any]:
    return [as_json(item) for item in value]


@as_json.register
def _(value: dict) -> dict[str, Any]:  # type: ignore[type-arg]
    return {str(key): as_json(item) for key, item in sorted(value.items())}
