"""Wrong parameters stop papermill before a kernel starts and before a file is written."""

# ruff: noqa: PLC0415  papermill loads our entry point, which is what is tested
from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import pytest

from helpers.clients import Roots
from helpers.engines.check import declared_parameters
from helpers.errors import CuadernoError

REFUSED = {
    "misspelt": ({"clent": "acme"}, "Did you mean client?"),
    "unknown": ({"zzz": "1"}, "client, period, languages, as_of"),
    "code as a name": ({"client=1\nimport os\nx": "1"}, "client"),
    "no text": ({"client": 12}, "quotes"),
    "a list": ({"client": "acme", "languages": ["en"]}, "quotes"),
    "no period": ({"client": "acme", "period": "octubre"}, "2026-10"),
    "no such client": ({"client": "acmee"}, "Did you mean acme?"),
    "the demo client, which is not there": ({}, "acme"),
}


@pytest.fixture(autouse=True)
def _no_kernel(roots: Roots, monkeypatch: pytest.MonkeyPatch) -> None:
    def started(*_: object) -> NoReturn:
        pytest.fail("a kernel was about to start")

    import papermill  # noqa: F401  it loads our entry point

    monkeypatch.setattr("helpers.engines.entry.private_place", started)
    for name, value in roots.variables().items():
        monkeypatch.setenv(name, value)


@pytest.mark.parametrize(("given", "advice"), REFUSED.values(), ids=REFUSED)
def test_papermill_refuses(saved: Callable[..., Path], tmp_path: Path, given: dict[str, object], advice: str) -> None:
    import papermill

    with pytest.raises(CuadernoError) as raised:
        papermill.execute_notebook(
            str(saved("1")), str(tmp_path / "out.ipynb"), parameters=given, engine_name="cuaderno", progress_bar=False
        )

    assert advice in raised.value.next_step
    assert not (tmp_path / "out.ipynb").exists()


def test_papermills_own_command_says_it_in_three_lines(saved: Callable[..., Path], tmp_path: Path) -> None:
    from click.testing import CliRunner
    from papermill.cli import papermill

    command = ["--engine", "cuaderno", "--no-progress-bar", str(saved("1")), str(tmp_path / "out.ipynb")]
    ended = CliRunner().invoke(papermill, [*command, "-p", "clent", "acme"])

    told = [line for line in ended.stderr.splitlines() if "Notebook:" not in line and "Passed unknown" not in line]
    assert told == ["the notebook has no such parameter", "clent", "Did you mean client?"]
    assert ended.exit_code == 2


def test_the_parameters_cell_is_read_without_running_it(notebook: Callable[..., Any]) -> None:
    made = notebook("client = 'other'")
    made.cells[1].source += "\nimport os\nfolder = os.getcwd()"

    assert declared_parameters(made) == {"client": "demo", "period": "last-month", "languages": "", "as_of": ""}
