"""What the runs of a client have left."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from helpers.clients import periods
from helpers.errors import UsageError
from helpers.units import Period

RUN = "run.json"


@dataclass(frozen=True)
class Stage:
    """One stage of a run: its status, why it failed, its headline by language, the pages that lie there."""

    name: str
    status: str
    error: str
    headline: dict[str, str]
    pages: dict[str, str]
    claims: tuple[dict[str, Any], ...]
    warnings: frozenset[str]


@dataclass(frozen=True)
class Run:
    """The newest run of one period.

    `period` is None where the run ended before its days were known; `key` is the name of its folder.
    """

    client: str
    name: str
    key: str
    period: Period | None
    as_of: str
    languages: tuple[str, ...]
    stages: tuple[Stage, ...]


def runs_of(folder: Path) -> list[Run]:
    """The runs below a client's folder, newest period first."""
    found = [read(path) for path in sorted(folder.glob(f"[!.]*/{RUN}"))]
    return sorted(found, key=lambda run: (_end(run), run.key), reverse=True)


def clients_in(reports: Path) -> list[Path]:
    """The folders of the clients that have at least one run."""
    return sorted({path.parent.parent for path in reports.glob(f"[!.]*/[!.]*/{RUN}")})


def read(path: Path) -> Run:
    """Read a run; one that cannot be read is a run whose only stage has failed."""
    folder = path.parent
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        stages = tuple(_stage(folder, entry) for entry in document["stages"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        broken = Stage("", "failed", f"{path.name}: {error}", {}, {}, (), frozenset())
        return Run(folder.parent.name, folder.parent.name, folder.name, None, "", ("en",), (broken,))
    return Run(
        client=folder.parent.name,
        name=document.get("name") or folder.parent.name,
        key=folder.name,
        period=_period(document.get("period")) or _named(folder.name),
        as_of=document.get("as_of") or "",
        languages=tuple(document.get("languages") or ["en"]),
        stages=stages,
    )


def _end(run: Run) -> date:
    return run.period.end if run.period else date.min


def _stage(folder: Path, entry: dict[str, Any]) -> Stage:
    name = entry["stage"]
    there = {
        path.name.split(".")[1]: path.name
        for path in sorted(folder.glob(f"{name}.*.html"))
        if path.name.count(".") == 2
    }
    claims = folder / f"{name}.claims.json"
    document = json.loads(claims.read_text(encoding="utf-8")) if claims.is_file() else {}
    return Stage(
        name=name,
        status=entry["status"],
        error=(entry.get("error") or {}).get("what", ""),
        headline=dict(entry.get("headline") or {}),
        pages=there,
        claims=tuple(document.get("claims", [])),
        warnings=frozenset(warning["code"] for warning in document.get("warnings", [])),
    )


def _period(given: Any) -> Period | None:
    if not isinstance(given, dict) or not given.get("start") or not given.get("end"):
        return None
    return Period(date.fromisoformat(given["start"]), date.fromisoformat(given["end"]))


def _named(key: str) -> Period | None:
    """The days that the folder's name stands for, where a run ended before it knew them."""
    try:
        return periods.parse(key, as_of=date.max, covered=None)
    except UsageError:
        return None
