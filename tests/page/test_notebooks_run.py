"""Every notebook runs as it is, cell by cell, on the demo client; what it emits are blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest

from helpers import blocks, stages
from helpers.page import page as module
from tests.page.conftest import each_notebook


@pytest.fixture
def shown(workbook: pytest.MonkeyPatch) -> Iterator[list[dict[str, Any]]]:
    """Collects what cells display."""
    bundles: list[dict[str, Any]] = []
    with workbook.context() as patched:
        patched.setattr(module, "display", lambda bundle, **_: bundles.append(bundle))
        yield bundles


@each_notebook
def test_a_notebook_runs_as_it_is(path: Path, executed: Callable[[Path], Any]) -> None:
    outputs = [output for cell in executed(path).cells for output in cell.get("outputs", [])]

    kinds = [blocks.load(output.data[blocks.MIME]).kind for output in outputs]
    assert kinds[0] == "head"
    assert kinds[-1] == "record"
    assert {"prose", "cards", "figure", "grid", "actions"} <= set(kinds)
    assert kinds.count("gap") == 0


@each_notebook
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
