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
    conclusion
        The report's first sentence by language, in pieces whose figures name their claims; of the earlier run where
        files are kept.
    """

    stage: str
    status: Status = "skipped"
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    peak_mib: float | None = None
    error: CuadernoError | None = None
    outputs: list[Json] = field(default_factory=list)
    warnings: list[Any] = field(default_factory=list)
    conclusion: Mapping[str, list[Json]] = field(default_factory=dict)
    kept: list[Json] = field(default_factory=list)

    @property
    def headline(self) -> dict[str, str]:
        """The conclusion as plain text, by language."""
        return {language: "".join(run["text"] for run in runs) for language, runs in self.conclusion.items()}

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
            "headline": self.headline,
            "conclusion": dict(self.conclusion),
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
    data_until
        The last day that the client's data hold; None until a notebook has said, and where they hold no date.
    error
        Why nothing could be run at all.
    """

    client: str
    period: Json
    entries: list[Entry]
    name: str = ""
    as_of: str = ""
    data_until: str | None = None
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
            "data_until": self.data_until,
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


def note_unplaced(reports: Path, document: Json) -> bool:
    """Keep the word of a run that left none in a period's folder, as `run.json` of the client; drop an older one.

    Such a run was refused before its period was known, or its process died. A run that another one kept out says
    nothing about the client.

    Returns
    -------
    Whether anything has changed, so that the client's page is to be written again.
    """
    path = reports / document["client"] / FILE
    has_failed = bool(document["error"]) or any(entry["error"] for entry in document["stages"])
    if document["status"] == "locked" or not (has_failed or path.is_file()):
        return False
    if has_failed and _started(path.parent / document["period"]["key"]) != document["started"]:
        write_whole(path, dump(document))
        return True
    if not path.is_file():
        return False
    path.unlink()
    return True


def earlier(folder: Path) -> dict[str, Json]:
    """What an earlier run left in a folder: entries by stage, empty where there is none that can be read."""
    try:
        saved = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return {entry["stage"]: entry for entry in saved["stages"]}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _started(folder: Path) -> str:
    """When the run began that a folder's document is of; empty where there is none that can be read."""
    try:
        return str(json.loads((folder / FILE).read_text(encoding="utf-8"))["started"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def keep(entry: Entry, before: Json | None, folder: Path) -> None:
    """Note the files of an earlier run of the stage that are still there."""
    if before is None:
        return
    files = [*before.get("outputs", []), *before.get("kept", [])]
    entry.kept = [file for file in files if (folder / file["file"]).is_file()]
    if entry.kept:
        entry.conclusion = before.get("conclusion", {})


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
