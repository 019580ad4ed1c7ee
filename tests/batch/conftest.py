"""A project folder with two stages, and an engine that plays what a notebook would have shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType
from typing import Any

import nbformat
import pytest

from helpers import blocks, engines
from helpers.batch import Entry, Order
from helpers.clients import Parameters, Roots
from helpers.engines import Execution, Job

STAGES = ("audit", "post_campaign")


def executed(stage: str, *, end: str = "2026-10-31", as_of: str = "2026-11-05") -> Any:
    """An executed notebook: a title, the head, a summary, the record."""
    text = [[blocks.Run(text="October")]]
    head = blocks.Head(
        client="acme", name="Acme", stage=stage, start="2026-10-01", end=end, period=text, as_of=as_of,
        currency="EUR", languages=["en"], drawn="en",
    )  # fmt: skip
    summary = blocks.Prose(role="summary", paragraphs=[[[blocks.Run(text=f"All is well with {stage}.")]]])
    source = blocks.Source(file=f"exports/{stage}.csv", sha256="ab" * 32, rows=3)
    record = blocks.Record(
        claims=[], claim_texts=[], warnings=[{"code": "stale", "scope": {}}], warning_texts=[["old", "old"]],
        result={"stage": stage}, inputs=[source], versions={},
        making=blocks.Making(goals=[{"metric": "cpa", "target": 20}], campaigns=[["meta", "Otoño"]]),
    )  # fmt: skip
    outputs = [
        nbformat.v4.new_output("display_data", {blocks.MIME: blocks.dump(one)}) for one in (head, summary, record)
    ]
    cells = [
        nbformat.v4.new_markdown_cell("# Title", id="title"),
        nbformat.v4.new_code_cell("page", id="page", outputs=outputs),
    ]
    return nbformat.v4.new_notebook(cells=cells)


class Played:
    """An engine that looks up what each stage shall give; an exception among them is raised."""

    def __init__(self) -> None:
        self.script: dict[str, Execution | BaseException] = {}
        self.jobs: list[Job] = []

    def execute(self, job: Job) -> Execution:
        self.jobs.append(job)
        stage = job.notebook.stem.partition("_")[2]
        given = self.script.get(stage, Execution(executed(stage), peak_mib=100.0))
        if isinstance(given, BaseException):
            raise given
        return given


class Heard:
    """A listener that remembers."""

    def __init__(self) -> None:
        self.states: list[tuple[str, str]] = []

    def group(self, group: int) -> None:
        pass

    def stage(self, entry: Entry, state: str) -> None:
        self.states.append((entry.stage, state))


@pytest.fixture
def played(monkeypatch: pytest.MonkeyPatch) -> Played:
    engine = Played()
    monkeypatch.setattr(engines, "ENGINES", MappingProxyType({"played": engine}))
    return engine


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def roots(tmp_path: Path) -> Roots:
    folder = tmp_path / "clients" / "acme"
    folder.mkdir(parents=True)
    (folder / "client.yaml").write_text("name: Acme\ncurrency: EUR\ntimezone: UTC\n")
    (tmp_path / "notebooks").mkdir()
    for number, stage in enumerate(STAGES, start=1):
        (tmp_path / "notebooks" / f"{number:02}_{stage}.ipynb").write_text("{}")
    return Roots(tmp_path / "clients", tmp_path / "reports")


@pytest.fixture
def order(roots: Roots) -> Callable[..., Order]:
    def made(*stages: str, client: str = "acme", period: str = "last-month") -> Order:
        parameters = Parameters(client=client, period=period)
        return Order(parameters, stages or STAGES, STAGES, roots.project / "notebooks", roots, "played")

    return made
