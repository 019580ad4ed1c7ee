"""A run as it lies in its folder: the run document and the claims of its stages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from helpers.batch.document import FILE
from helpers.clients import Client, periods
from helpers.errors import UsageError
from helpers.revision.forms import Document, Input, MadeFrom, parse


class _RunForm(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)

    client: str
    period: dict[str, str | None]
    versions: dict[str, str] = {}
    inputs: list[Input] = []
    goals: list[dict[str, object]] | None = None
    campaigns: list[tuple[str, str]] | None = Field(default=None)


@dataclass(frozen=True)
class RunRead:
    """A run.

    Parameters
    ----------
    name
        Of its folder.
    documents
        The claims by stage, in order of the names.
    goals
        None where the run did not record them.
    campaigns
        Platform and name; None where the run did not record them.
    """

    name: str
    start: str
    end: str
    documents: Mapping[str, Document]
    versions: Mapping[str, str]
    inputs: Mapping[str, str]
    goals: list[dict[str, object]] | None
    campaigns: frozenset[tuple[str, str]] | None

    @property
    def files(self) -> dict[str, str]:
        """Digests of all files behind the figures; where stages differ, those of the run document."""
        read = {one.file: one.sha256 for made in self._made for one in made.inputs}
        beside = {one.name: one.sha256 for made in self._made for one in made.files if _counts(one.name)}
        return beside | read | dict(self.inputs)

    @property
    def definitions(self) -> dict[str, str]:
        """Formulas and meanings of the metrics that any stage claims."""
        return {name: text for made in self._made for name, text in made.definitions.items()}

    @property
    def _made(self) -> Iterable[MadeFrom]:
        return (document.made_from for document in self.documents.values() if document.made_from)


def find_run(client: Client, named: str) -> RunRead:
    """The run of a period, or the one in a folder that somebody has kept.

    Parameters
    ----------
    named
        A period as `periods.parse` reads it, or a path with a slash.

    Raises
    ------
    UsageError
        If there is no such run; it names the command that makes it.
    """
    if "/" in named:
        folder, remedy = Path(named), "Name a folder that `cuaderno report` wrote, or a copy of one."
    else:
        folder = client.reports / _key(client, named)
        remedy = f"Make it: cuaderno report {client.id} --period {folder.name}"
    if not (folder / FILE).is_file():
        raise UsageError("there is no such run", where=str(folder), seen="no run.json", next_step=remedy)
    run = _read(folder, remedy)
    if run.client != client.id:
        raise UsageError("the run is another client's", where=str(folder), seen=run.client, next_step=remedy)
    documents = {
        path.name.partition(".")[0]: parse(path.read_bytes(), path.name)
        for path in sorted(folder.glob("[!.]*.claims.json"))
    }
    return RunRead(
        name=folder.name,
        start=run.period.get("start") or "",
        end=run.period.get("end") or "",
        documents=documents,
        versions=run.versions,
        inputs={one.file: one.sha256 for one in run.inputs if not one.is_earlier},
        goals=run.goals,
        campaigns=None if run.campaigns is None else frozenset(run.campaigns),
    )


def _counts(name: str) -> bool:
    """A person's words lie in the folder of a period and bear no figure."""
    return not name.startswith("commentary/")


def _key(client: Client, named: str) -> str:
    key = periods.key(named, as_of=client.as_of)
    if key is None:
        raise UsageError("it is not known which month is meant", where=named, next_step="Name it, such as 2026-10.")
    return key


def _read(folder: Path, remedy: str) -> _RunForm:
    try:
        return _RunForm.model_validate_json((folder / FILE).read_bytes())
    except ValidationError as error:
        seen = str(error.errors(include_url=False)[0]["msg"])
        raise UsageError("the run document cannot be read", where=str(folder), seen=seen, next_step=remedy) from error
