"""The command, run inside the test's own process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.ended import Ended


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project folder with the client `acme`, named by the environment; the working folder is elsewhere."""
    folder = tmp_path / "project"
    (folder / "clients" / "acme" / "exports").mkdir(parents=True)
    (folder / "clients" / "acme" / "client.yaml").write_text("name: Acme\ncurrency: EUR\ntimezone: UTC\n")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    monkeypatch.setenv("CUADERNO_CLIENTS", str(folder / "clients"))
    monkeypatch.delenv("CUADERNO_REPORTS", raising=False)
    return folder


@pytest.fixture
def cuaderno(project: Path, command: Callable[..., Ended]) -> Callable[..., Ended]:
    """Run the command with these arguments, on this project."""
    return command
