"""The command, run inside the test's own process."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from helpers.cli import main


@dataclass(frozen=True)
class Ended:
    """How the command ended."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """What was printed, which must be one JSON document and nothing else."""
        return json.loads(self.out)


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
def cuaderno(
    project: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Iterator[Callable[..., Ended]]:
    """Run the command with these arguments."""
    before = signal.getsignal(signal.SIGINT)

    def run(*arguments: str) -> Ended:
        monkeypatch.setattr(sys, "argv", ["cuaderno", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capfd.readouterr()
        return Ended(int(ended.value.code or 0), out, err)

    yield run
    signal.signal(signal.SIGINT, before)
