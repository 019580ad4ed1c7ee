"""The run document, `run.json`: what a run did to a client's folder of one period."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from importlib import metadata
from pathlib import Path
from platform import python_version
from typing import Any, Literal, TypeAlias

from helpers.blocks import Making
from helpers.clients.files import write_whole
from helpers.clients.workbook import fingerprints
from helpers.errors import ClientError, CuadernoError, ExportError, LockedError, StageDataError

SCHEMA = "cuaderno.run/1"
FILE = "run.json"
DONE = ("ok", "cached")

Status: TypeAlias = Literal["ok", "cached", "failed", "refused", "skipped"]
Json: TypeAlias = dict[str, Any]

_REFUSING = (StageDataError, ClientError, ExportError)


@dataclass
class Entry:
    """What became of one stage.

    Parameters
    ----------
    outputs
        Files of this run: name in the period's folder, sha256, bytes.
    kept
        Files of an earlier run that are still in place because this run made no new ones.
    headline
        The report's conclusion, by language; of the earlier run where files are kept.
    """

    stage: str
    status: Status = "skipped"
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    peak_mib: float | None = None
    error: CuadernoError | None = None
    outputs: list[Json] = field(default_factory=list)
    warnings: list[Any] = field(default_factory=list)
    headline: Mapping[str, str] = field(default_factory=dict)
    kept: list[Json] = field(default_factory=list)

    def fail(self, error: CuadernoError) -> None:
        """Note why there is no page: the input is to blame, or the run is."""
        self.status = "refused" if isinstance(error, _REFUSING) else "failed"
        self.error = error

    def as_json(self) -> Json:
        """Return the form of the contract."""
        return {
            "stage": self.stage,
            "status": self.status,
            "seconds": round(self.seconds, 2),
            "cpu_seconds": round(self.cpu_seconds, 2),
            "peak_mib": self.peak_mib,
            "error": None if self.error is None else self.error.as_json(),
            "outputs": self.outputs,
            "warnings": self.warnings,
            "headline": dict(self.headline),
            "kept": self.kept,
        }


@dataclass
class Run:
    """One client's run while it goes on.

    Parameters
    ----------
    period
        `{"key", "start", "end"}`: the folder's name and the days; only the asked text as key until a notebook has said.
    making
        The goals and campaigns that the stages have found; None until one is done.
    error
        Why nothing could be run at all.
    """

    client: str
    period: Json
    entries: list[Entry]
    name: str = ""
    as_of: str = ""
    languages: Sequence[str] = ()
    started: str = field(default_factory=lambda: now())  # noqa: PLW0108  defined below
    inputs: dict[tuple[str, str], Json] = field(default_factory=dict)
    making: Making | None = None
    error: CuadernoError | None = None
    is_interrupted: bool = False

    @property
    def status(self) -> str:
        """In one word: `ok`, `locked`, `refused` or `failed`."""
        if isinstance(self.error, LockedError):
            return "locked"
        found = {entry.status for entry in self.entries if entry.error is not None}
        if self.is_interrupted or "failed" in found:
            return "failed"
        return "refused" if found else "ok"

    def entry(self, stage: str) -> Entry:
        """The entry of a stage."""
        return next(entry for entry in self.entries if entry.stage == stage)

    def refuse(self, error: CuadernoError, stages: Iterable[str]) -> None:
        """Nothing is run: the error is the client's, and that of every stage that was asked for."""
        self.error = error
        for stage in stages:
            self.entry(stage).fail(error)

    def read(self, inputs: Iterable[Json]) -> None:
        """Note files that a stage has read."""
        for one in inputs:
            self.inputs.setdefault((one["file"], one["sha256"]), dict(one))

    def as_json(self) -> Json:
        """Return the form of the contract."""
        return {
            "schema": SCHEMA,
            "client": self.client,
            "name": self.name,
            "status": self.status,
            "period": self.period,
            "as_of": self.as_of,
            "languages": list(self.languages),
            "started": self.started,
            "finished": now(),
            "versions": versions(),
            "error": None if self.error is None else self.error.as_json(),
            "inputs": [self.inputs[key] for key in sorted(self.inputs)],
            "stages": [entry.as_json() for entry in self.entries],
            **({} if self.making is None else self.making.model_dump(mode="json", include={"goals", "campaigns"})),
        }

    def write(self, folder: Path) -> None:
        """Write `run.json`, as the last of a folder's files."""
        write_whole(folder / FILE, dump(self.as_json()))


def now() -> str:
    """The moment, in UTC to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def dump(document: Json) -> str:
    """The document as it is written: keys in their order, indented for people."""
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def earlier(folder: Path) -> dict[str, Json]:
    """What an earlier run left in a folder: entries by stage, empty where there is none that can be read."""
    try:
        saved = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return {entry["stage"]: entry for entry in saved["stages"]}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def keep(entry: Entry, before: Json | None, folder: Path) -> None:
    """Note the files of an earlier run of the stage that are still there."""
    if before is None:
        return
    files = [*before.get("outputs", []), *before.get("kept", [])]
    entry.kept = [file for file in files if (folder / file["file"]).is_file()]
    if entry.kept:
        entry.headline = before.get("headline", {})


@cache
def versions() -> dict[str, str]:
    """The versions of the workbook, with the digests of its own files, of Python and of everything that it needs."""
    needed = (line for line in metadata.requires("cuaderno") or [] if "extra ==" not in line)
    names = sorted({_bare(line) for line in needed})
    own = {"cuaderno": metadata.version("cuaderno"), **fingerprints(), "python": python_version()}
    return own | {name: metadata.version(name) for name in names}


def _bare(requirement: str) -> str:
    for mark in "<>=!~;[ (":
        requirement = requirement.partition(mark)[0]
    return requirement
