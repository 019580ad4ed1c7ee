"""What goes out: the reports of one client and period that were asked for, as they lie in the reports folder."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from helpers.clients import Client, periods
from helpers.clients.files import write_whole
from helpers.errors import UsageError
from helpers.site.runs import RUN, Run, Stage, read, runs_of

FOLDER = "share"

_UNUSABLE = {"failed", "refused"}


@dataclass(frozen=True)
class Wishes:
    """How the files are to be made.

    Parameters
    ----------
    paper
        `A4` or `Letter`.
    password
        What closes the files; None where they stay open.
    """

    paper: str = "A4"
    password: str | None = None


@dataclass(frozen=True)
class Bundle:
    """Finished files by name, and what the person who hands them over should know."""

    files: Mapping[str, bytes]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Handover:
    """The reports that go out.

    Parameters
    ----------
    client
        Whose they are.
    folder
        Where they lie.
    run
        The run that made them, with the stages and languages that go out and no others.
    left_out
        Stages whose last run failed, so that their pages are not of now.
    """

    client: Client
    folder: Path
    run: Run
    left_out: tuple[str, ...] = field(default=())

    @property
    def day(self) -> date:
        """The day that counted as today: what files are dated with, so that the same reports give the same bytes."""
        if self.run.as_of is None:
            raise UsageError(
                "the run does not say which day counted as today",
                where=f"{self.folder.name}/{RUN}",
                next_step=f"Run it again: {_command(self.client, self.folder.name)}.",
            )
        return self.run.as_of

    @property
    def pages(self) -> tuple[tuple[str, str, str], ...]:
        """Stage, language and file name of every page that goes out."""
        return tuple(
            (stage.name, language, name) for stage in self.run.stages for language, name in stage.pages.items()
        )

    def page(self, name: str) -> str:
        """A page as it lies there."""
        return (self.folder / name).read_text(encoding="utf-8")

    def notebook(self, stage: str) -> Any:
        """The executed notebook that a stage's pages were made from.

        Raises
        ------
        UsageError
            If it is gone, or no notebook.
        """
        path = self.folder / f"{stage}.ipynb"
        try:
            return json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise self.again("the notebook of the report is gone or damaged", where=str(path)) from error

    def again(self, what: str, *, where: str) -> UsageError:
        """What to say where the reports must be made anew before they can go out."""
        return UsageError(
            what, where=where, next_step=f"Make the reports again: {_command(self.client, self.run.key)}."
        )


def find(client: Client, period: str, stages: Sequence[str] = (), languages: Sequence[str] = ()) -> Handover:
    """Find the reports of a period.

    Parameters
    ----------
    period
        As it is written on the command line; `last-month` is that of the newest run where the client has no `as_of`.
    stages, languages
        Which of them; all that there are where empty.

    Raises
    ------
    UsageError
        If there are no such reports; it names the command that makes them.
    """
    key = _key(client, period)
    folder = client.reports / key
    if not (folder / RUN).is_file():
        raise UsageError(
            "there are no reports of this period yet",
            where=client.id,
            seen=key,
            next_step=f"Make them first: {_command(client, key)}.",
        )
    run = read(folder / RUN)
    chosen, left_out = _chosen(client, run, stages)
    spoken = tuple(languages) or run.languages
    speaking = tuple(_speaking(client, run, stage, spoken, is_asked=bool(languages)) for stage in chosen)
    return Handover(client, folder, replace(run, stages=speaking, languages=spoken), left_out)


def write(handover: Handover, bundle: Bundle) -> list[Path]:
    """Write the files of a bundle, each whole or not at all.

    Returns
    -------
    Their paths, in order of their names.
    """
    folder = handover.folder / FOLDER
    for name, content in sorted(bundle.files.items()):
        write_whole(folder / name, content)
    return [folder / name for name in sorted(bundle.files)]


def _key(client: Client, period: str) -> str:
    today = client.as_of or next((run.as_of for run in runs_of(client.reports) if run.as_of), None)
    key = periods.key(period, as_of=today)
    if key is None:
        raise UsageError(
            "there are no reports of this client yet",
            where=client.id,
            next_step=f"Make them first: {_command(client, period)}.",
        )
    return key


def _chosen(client: Client, run: Run, asked: Sequence[str]) -> tuple[list[Stage], tuple[str, ...]]:
    """The stages that go out, and those left out because their last run failed."""
    there = {stage.name: stage for stage in run.stages if stage.pages}
    usable = {name: stage for name, stage in there.items() if stage.status not in _UNUSABLE}
    for name in asked:
        if name not in usable:
            what = "the last run of this stage failed" if name in there else "there is no report of this stage"
            others = f"There are: {', '.join(usable) or 'none'}."
            raise UsageError(
                what,
                where=f"{client.id} {run.key}",
                seen=name,
                next_step=f"Make it first: {_command(client, run.key, name)}. {others}",
            )
    if not usable:
        raise UsageError(
            "no report of this period is finished",
            where=f"{client.id} {run.key}",
            next_step=f"Make them first: {_command(client, run.key)}.",
        )
    chosen = [stage for name, stage in usable.items() if not asked or name in asked]
    return chosen, () if asked else tuple(name for name in there if name not in usable)


def _speaking(client: Client, run: Run, stage: Stage, languages: Sequence[str], *, is_asked: bool) -> Stage:
    """The stage with its pages in these languages; an earlier run may have left fewer."""
    missing = [language for language in languages if language not in stage.pages]
    if missing and (is_asked or len(missing) == len(languages)):
        raise UsageError(
            "there is no report in this language",
            where=f"{client.id} {run.key} {stage.name}",
            seen=", ".join(missing),
            next_step=f"Make it first: {_command(client, run.key, stage.name)}. There are: {', '.join(stage.pages)}.",
        )
    pages = {language: stage.pages[language] for language in languages if language in stage.pages}
    # What goes out is finished, even where the last run left it untouched.
    return replace(stage, pages=pages, status="ok")


def _command(client: Client, period: str, stage: str = "") -> str:
    return f"cuaderno report {client.id} --period {period}" + (f" --stage {stage}" if stage else "")
