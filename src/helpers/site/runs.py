"""What the runs of a client have left, read as carefully as any other file: one that is broken stops no other."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, Field, ValidationError

from helpers import blocks
from helpers.claims import Claim, Evidence, from_json
from helpers.clients import NAME, periods
from helpers.errors import UsageError
from helpers.kpis import METRICS
from helpers.revision.forms import ClaimForm
from helpers.units import Period
from helpers.wording import LANGUAGES

RUN = "run.json"
INDEX = "index"
"""First part of the names of the pages that list others."""

SHARED = "share"
"""Folder of a period with the bundles to hand over."""

_PAGE = re.compile(r"[a-z_]+\.([A-Za-z-]+)\.html")
_STAGE = re.compile(r"[a-z_]+")


@dataclass(frozen=True)
class Stage:
    """One stage of a run.

    Parameters
    ----------
    error
        Why there is no page, in the analyst's English; empty where there is one.
    conclusion
        By language, the report's first sentence; its figures name claims of this stage.
    pages
        By language, the pages that lie there, those that an earlier run made included.
    claims
        Claims of metrics that are known, the claims document as their evidence; in the order in which they were made.
    warnings
        Codes of the warnings, one for each.
    files
        What lies there beside the pages: the executed notebook and the claims.
    """

    name: str
    status: str
    error: str = ""
    conclusion: Mapping[str, list[blocks.Run]] = field(default_factory=dict)
    pages: Mapping[str, str] = field(default_factory=dict)
    claims: tuple[Claim, ...] = ()
    warnings: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


@dataclass(frozen=True)
class Run:
    """The newest run of one period.

    Parameters
    ----------
    client
        Name of the client's folder.
    name
        What people read; the folder's name where the run did not come to know it.
    key
        Name of the period's folder; empty for a run that ended before it had one.
    period
        Its days; None where the run ended before they were known.
    newest
        The last day that the data reach; None where the run did not come to know it, or the data hold no date.
    languages
        Those of the run, then those of further pages that lie there; at least one.
    shared
        Files to hand over, as paths below the period's folder.
    """

    client: str
    name: str
    key: str
    period: Period | None = None
    as_of: date | None = None
    newest: date | None = None
    languages: tuple[str, ...] = ("en",)
    stages: tuple[Stage, ...] = ()
    shared: tuple[str, ...] = ()


def runs_of(folder: Path, *, with_claims: bool = True) -> list[Run]:
    """The runs below a client's folder, newest period first.

    A period is as new as the last of its days that the data reach; of two that end alike the shorter one is newer, so
    that a month comes before its quarter and its year.
    """
    found = [read(path, with_claims=with_claims) for path in sorted(folder.glob(f"[!.]*/{RUN}"))]
    return sorted(found, key=_age, reverse=True)


def newest_run(folder: Path) -> Run | None:
    """The run of the newest period with its claims; None where there is none."""
    runs = runs_of(folder, with_claims=False)
    return read(folder / runs[0].key / RUN) if runs else None


def without_place(folder: Path) -> Run | None:
    """The last run of a client if it ended before it had a period's folder, or died before it could write there."""
    path = folder / RUN
    return read(path, key="") if path.is_file() else None


def clients_in(reports: Path) -> list[Path]:
    """The folders of the clients that have at least one run, in order; what no client can be called is none."""
    found = [*reports.glob(f"[!.]*/[!.]*/{RUN}"), *reports.glob(f"[!.]*/{RUN}")]
    names = {path.relative_to(reports).parts[0] for path in found}
    return [reports / name for name in sorted(names) if NAME.fullmatch(name)]


def read(path: Path, *, key: str | None = None, with_claims: bool = True) -> Run:
    """Read a run; one that cannot be read is a run whose only stage, without a name, has failed.

    Parameters
    ----------
    key
        Name of the period's folder, where it is not that of the file's folder.
    with_claims
        Whether to look at what lies beside the document too: claims, pages, files.
    """
    folder = path.parent
    is_placed = key is None
    key, client = (folder.name, folder.parent.name) if key is None else (key, folder.name)
    try:
        document = _Document.model_validate_json(path.read_bytes())
        stages = tuple(_stage(folder, entry, is_placed=is_placed, with_claims=with_claims) for entry in document.stages)
    except (OSError, ValueError) as error:
        broken = Stage("", "failed", f"{path.name}: {_why(error)}")
        return Run(client, client, key, _named(key), languages=_languages([], folder), stages=(broken,))
    return Run(
        client=client,
        name=document.name or client,
        key=key,
        period=document.period.days or _named(key),
        as_of=document.as_of or None,
        newest=document.data_until,
        languages=_languages(document.languages, folder),
        stages=stages,
        shared=_shared(folder) if is_placed else (),
    )


class _Error(BaseModel):
    what: str = ""


class _Days(BaseModel):
    start: date | None = None
    end: date | None = None

    @property
    def days(self) -> Period | None:
        return Period(self.start, self.end) if self.start and self.end and self.start <= self.end else None


class _Entry(BaseModel):
    stage: str = Field(pattern=f"^{_STAGE.pattern}$")
    status: Literal["ok", "cached", "failed", "refused", "skipped"]
    error: _Error | None = None
    headline: dict[str, str] = {}
    conclusion: dict[str, list[blocks.Run]] = {}


class _Warning(BaseModel):
    code: str


class _Claims(BaseModel):
    claims: list[dict[str, Any]] = []
    warnings: list[_Warning] = []


class _Document(BaseModel):
    name: str = ""
    period: _Days = _Days()
    as_of: date | Literal[""] | None = None
    data_until: date | None = None
    languages: list[str] = []
    stages: list[_Entry]


def _stage(folder: Path, entry: _Entry, *, is_placed: bool, with_claims: bool) -> Stage:
    error = entry.error.what or entry.status if entry.error else ""
    if not (is_placed and with_claims):
        return Stage(entry.stage, entry.status, error)
    document, evidence = _claims(folder / f"{entry.stage}.claims.json")
    said = {language: [blocks.Run(text=text)] for language, text in entry.headline.items()} | entry.conclusion
    files = (f"{entry.stage}.ipynb", f"{entry.stage}.claims.json")
    return Stage(
        name=entry.stage,
        status=entry.status,
        error=error,
        conclusion={language: runs for language, runs in said.items() if language in LANGUAGES},
        pages=_pages(folder, entry.stage),
        claims=tuple(_claim(one, evidence) for one in document.claims if one.get("metric") in METRICS),
        warnings=tuple(warning.code for warning in document.warnings),
        files=tuple(name for name in files if (folder / name).is_file()),
    )


def _claims(path: Path) -> tuple[_Claims, tuple[Evidence, ...]]:
    """A claims document, and the document itself as evidence for what is taken from it."""
    if not path.is_file():
        return _Claims(), ()
    content = path.read_bytes()
    try:
        document = _Claims.model_validate_json(content)
    except ValidationError as error:
        raise ValueError(f"{path.name}: {_why(error)}") from error
    return document, (Evidence(path.name, hashlib.sha256(content).hexdigest(), len(document.claims)),)


def _claim(saved: object, evidence: tuple[Evidence, ...]) -> Claim:
    try:
        form = ClaimForm.model_validate(saved)
    except ValidationError as error:
        raise ValueError(f"{evidence[0].file}: {_why(error)}") from error
    return replace(from_json(form.model_dump(mode="json")), evidence=evidence)


def _pages(folder: Path, stage: str) -> dict[str, str]:
    """The pages of a stage by language; a protected page has one part more in its name."""
    found = [(path.name, _PAGE.fullmatch(path.name)) for path in sorted(folder.glob(f"{stage}.*.html"))]
    return {match[1]: name for name, match in found if match and match[1] in LANGUAGES}


def _languages(named: list[str], folder: Path) -> tuple[str, ...]:
    """The languages of the run, and those of reports that an earlier run left; an index alone is no report."""
    reports = (path.name for path in sorted(folder.glob("*.html")) if not path.name.startswith(f"{INDEX}."))
    there = [match[1] for name in reports if (match := _PAGE.fullmatch(name))]
    known = [language for language in dict.fromkeys([*named, *there]) if language in LANGUAGES]
    return tuple(known) or ("en",)


def _shared(folder: Path) -> tuple[str, ...]:
    found = (path for path in sorted((folder / SHARED).glob("[!.]*")) if path.is_file())
    return tuple(f"{SHARED}/{path.name}" for path in found)


def _why(error: Exception) -> str:
    """The first fault in one line."""
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return f"{'.'.join(map(str, first['loc']))}: {first['msg']}".removeprefix(": ")
    return str(error).splitlines()[0]


def _age(run: Run) -> tuple[date, int, str]:
    if run.period is None:
        return date.min, 0, run.key
    return min(run.period.end, run.newest or run.period.end), -run.period.days, run.key


def _named(key: str) -> Period | None:
    """The days that the folder's name stands for, where a run ended before it knew them."""
    try:
        return periods.parse(key, as_of=date.max, covered=None) if key != periods.ALL else None
    except UsageError:
        return None
