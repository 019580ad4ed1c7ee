"""JupyterLab opens on copies, and what an analyst has written in one stays."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from tests.ended import Ended

from helpers.batch import stage_notebooks
from helpers.batch.notebooks import folder


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[tuple[list[str], dict[str, Any]]]:
    """Instead of starting a server, remember how it would have been started."""
    calls: list[tuple[list[str], dict[str, Any]]] = []

    def run(command: list[str], **options: Any) -> subprocess.CompletedProcess[bytes]:
        calls.append((command, options))
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(subprocess, "run", run)
    return calls


def test_notebooks_are_copied_for_the_client_and_lab_is_started_there(
    cuaderno: Callable[..., Ended], started: list[tuple[list[str], dict[str, Any]]], project: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv("WAREHOUSE_URL", "postgresql://ana:s3cret@db.example.org/ads")
    assert cuaderno("lab", "acme", "--no-browser").code == 0

    place = project / ".cuaderno" / "_lab" / "acme"
    assert sorted(path.name for path in place.iterdir()) == [path.name for path in stage_notebooks(folder()).values()]
    for path in place.iterdir():
        cells = nbformat.read(path, as_version=4).cells
        assert any('client = "acme"' in cell.source for cell in cells)
    ((command, options),) = started
    assert f"--ServerApp.root_dir={place}" in command
    assert "--no-browser" in command
    assert options["env"]["CUADERNO_CLIENTS"] == str(project / "clients")
    assert options["env"]["JUPYTER_PREFER_ENV_PATH"] == "1"
    assert options["env"]["PATH"] == os.environ["PATH"]
    assert "WAREHOUSE_URL" not in options["env"]


def test_a_second_start_keeps_what_was_edited(
    cuaderno: Callable[..., Ended], started: list[tuple[list[str], dict[str, Any]]], project: Path
) -> None:
    cuaderno("lab", "acme")
    copy = sorted((project / ".cuaderno" / "_lab" / "acme").iterdir())[0]
    copy.write_text(copy.read_text().replace("# ", "# My own ", 1))
    edited = copy.read_text()

    ended = cuaderno("lab", "acme")

    assert copy.read_text() == edited
    assert f"kept your {copy.name}" in ended.err


def test_lab_for_a_client_that_is_not_there_is_misuse(
    cuaderno: Callable[..., Ended], started: list[tuple[list[str], dict[str, Any]]]
) -> None:
    assert cuaderno("lab", "acmee").code == 2
    assert started == []
