"""A small client with a report of October, made by the ordinary run without the seconds that a kernel takes."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any
from unittest import mock

import nbformat
import pytest

from helpers import engines, site
from helpers.batch import Entry, Order, run_client, stage_notebooks
from helpers.batch.notebooks import folder
from helpers.clients import Parameters, Roots
from helpers.engines import Execution, Job
from helpers.errors import CuadernoError
from helpers.page import page as module
from helpers.revision import Verification, verify

STAGE = "post_campaign"
OCTOBER = tuple(date(2026, 10, 1) + timedelta(days=day) for day in range(31))
SETTINGS = """name: Café <b>Aurora</b>
currency: EUR
timezone: Europe/Madrid
languages: [es-ES, en]
as_of: 2026-11-05
goals:
  - {metric: cpa, target: 25}
  - {metric: roas, target: 1.5, scope: {platform: meta}}
"""


def meta(*, spend: float = 10.0) -> str:
    """A campaign over 31 days: 1,000 impressions, 20 clicks a day; a purchase of 45 on odd days."""
    head = "Campaign name,Day,Impressions,Amount spent (EUR),Link clicks,Purchases,Purchases conversion value"
    rows = (f"Otoño,{day},1000,{spend:.2f},20,{day.day % 2},{45 * (day.day % 2)}.00" for day in OCTOBER)
    return "\n".join((head, *rows)) + "\n"


def tiktok() -> str:
    """The same days of another platform."""
    head = "Campaign name,By Day,Cost,Impressions,Clicks (destination),Conversions,Currency"
    rows = (f"Vídeo,{day},5.00,2000,10,{day.day % 3 // 2},EUR" for day in OCTOBER)
    return "\n".join((head, *rows)) + "\n"


class InProcess:
    """Runs the cells here: what they show is the same."""

    def execute(self, job: Job) -> Execution:
        notebook = nbformat.read(job.notebook, as_version=4)
        names: dict[str, Any] = {}
        shown: list[Any] = []
        places = mock.patch.dict(os.environ, job.roots.variables())
        with places, mock.patch.object(module, "display", lambda bundle, **_: shown.append(bundle)):
            for cell in notebook.cells:
                if cell.cell_type != "code":
                    continue
                try:
                    exec(cell.source, names)
                except CuadernoError as error:
                    return Execution(notebook, error)
                finally:
                    cell.outputs = [nbformat.v4.new_output("display_data", one) for one in shown]
                    shown.clear()
                if "parameters" in cell.metadata.get("tags", []):
                    names |= job.parameters.model_dump()
        return Execution(notebook)


class Quiet:
    """A listener that remembers which stages were begun."""

    def __init__(self) -> None:
        self.begun: list[str] = []

    def group(self, group: int) -> None:
        pass

    def stage(self, entry: Entry, state: str) -> None:
        if state == "running":
            self.begun.append(entry.stage)


@dataclass(frozen=True)
class Project:
    """A folder with the client and its reports."""

    root: Path

    @property
    def roots(self) -> Roots:
        return Roots(self.root / "clients", self.root / "reports")

    @property
    def client(self) -> Path:
        return self.root / "clients" / "aurora"

    @property
    def run(self) -> Path:
        return self.root / "reports" / "aurora" / "2026-10"

    def page(self, language: str = "en", stage: str = STAGE) -> Path:
        return self.run / f"{stage}.{language}.html"

    def verify(self, page: Path | None = None) -> Verification:
        return verify(page or self.page(), self.roots, Quiet())

    def report(self, *stages: str, period: str = "2026-10") -> None:
        """Run stages as `cuaderno report` does."""
        known = tuple(stage_notebooks(folder()))
        parameters = Parameters(client="aurora", period=period)
        run = run_client(Order(parameters, stages or (STAGE,), known, folder(), self.roots), Quiet())
        assert run.status == "ok", run.as_json()

    def edit(self, page: Path, old: str, new: str, count: int = 1) -> Path:
        """Change the text of a page, which must hold it."""
        text = page.read_text(encoding="utf-8")
        assert old in text
        page.write_text(text.replace(old, new, count), encoding="utf-8")
        return page

    def files(self) -> dict[str, bytes]:
        """Everything that lies in the project."""
        found = (path for path in self.root.rglob("*") if path.is_file())
        return {path.relative_to(self.root).as_posix(): path.read_bytes() for path in found}


@pytest.fixture(autouse=True)
def in_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "ENGINES", MappingProxyType({engines.DEFAULT: InProcess()}))


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = Project(tmp_path_factory.mktemp("made"))
    exports = project.client / "exports"
    exports.mkdir(parents=True)
    (project.client / "client.yaml").write_text(SETTINGS, encoding="utf-8")
    (exports / "meta.csv").write_text(meta(), encoding="utf-8")
    (exports / "tiktok.csv").write_text(tiktok(), encoding="utf-8")
    with mock.patch.object(engines, "ENGINES", MappingProxyType({engines.DEFAULT: InProcess()})):
        project.report()
    site.write_client_index(project.roots.reports, "aurora")
    return project


@pytest.fixture
def project(made: Project, tmp_path: Path) -> Project:
    """A copy of one's own, in another folder."""
    shutil.copytree(made.root, tmp_path / "otra carpeta")
    return Project(tmp_path / "otra carpeta")
