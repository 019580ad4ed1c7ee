"""Every notebook runs as it is, cell by cell, on the demo client; what it emits are blocks."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import nbformat
import pytest

from helpers import blocks, stages
from helpers.page import page as module

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.fixture(scope="module")
def clients(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("workbook") / "clients"
    shutil.copytree(ROOT / "clients" / "demo", folder / "demo")
    return folder


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch, clients: Path) -> list[dict[str, Any]]:
    """Collects what cells display."""
    bundles: list[dict[str, Any]] = []
    monkeypatch.setenv("CUADERNO_CLIENTS", str(clients))
    monkeypatch.setattr(module, "display", lambda bundle, **_: bundles.append(bundle))
    return bundles


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_as_it_is(path: Path, shown: list[dict[str, Any]]) -> None:
    names: dict[str, Any] = {}
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code":
            exec(cell.source, names)

    kinds = [blocks.load(bundle[blocks.MIME]).kind for bundle in shown]
    assert kinds[0] == "head"
    assert kinds[-1] == "record"
    assert {"prose", "cards", "figure", "grid", "actions"} <= set(kinds)
    assert kinds.count("gap") == 0


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_opens_the_stage_of_its_name(path: Path, shown: list[dict[str, Any]]) -> None:
    names: dict[str, Any] = {}
    sources = [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    for source in sources[:2]:
        exec(source, names)

    head = blocks.load(shown[0][blocks.MIME])
    assert isinstance(head, blocks.Head)
    assert head.stage == path.stem.partition("_")[2]
    assert head.stage in stages.names()
    assert (head.start, head.end, head.as_of) == ("2026-10-01", "2026-10-31", "2026-11-05")
    assert head.languages == ["es-ES", "en"]
