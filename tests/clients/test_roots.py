"""Clients and reports are found from the environment, the notebook or the checkout, never from the working folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.clients import checkout, find
from helpers.errors import UsageError


@pytest.fixture(autouse=True)
def _stand_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in a folder that has clients of its own, which must not count."""
    (tmp_path / "here" / "clients").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "here")


def project(tmp_path: Path) -> Path:
    (tmp_path / "project" / "clients").mkdir(parents=True)
    return tmp_path / "project"


def test_the_checkout_is_what_remains() -> None:
    assert find(environment={}).clients == checkout() / "clients"


def test_what_is_given_wins_over_the_environment(tmp_path: Path) -> None:
    root = project(tmp_path)

    found = find(root / "clients", root / "out", environment={"CUADERNO_CLIENTS": "/no", "CUADERNO_REPORTS": "/no"})

    assert (found.clients, found.reports) == (root / "clients", root / "out")


def test_the_environment_names_both_folders(tmp_path: Path) -> None:
    root = project(tmp_path)

    found = find(environment={"CUADERNO_CLIENTS": str(root / "clients"), "CUADERNO_REPORTS": str(root / "out")})

    assert (found.clients, found.reports) == (root / "clients", root / "out")


def test_reports_lie_beside_the_clients_folder_where_nothing_is_said(tmp_path: Path) -> None:
    root = project(tmp_path)

    assert find(root / "clients", environment={}).reports == root / "reports"


def test_clients_are_found_upward_from_the_notebook(tmp_path: Path) -> None:
    root = project(tmp_path)
    notebook = root / ".cuaderno" / "_lab" / "demo" / "01_audit.ipynb"

    assert find(environment={"JPY_SESSION_NAME": str(notebook)}).clients == root / "clients"


def test_a_session_that_is_no_path_says_nothing() -> None:
    assert find(environment={"JPY_SESSION_NAME": "6f1c-41d2"}).clients == checkout() / "clients"


def test_a_clients_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such clients folder"):
        find(environment={"CUADERNO_CLIENTS": str(tmp_path / "no")})


def test_another_process_finds_the_same_folders(tmp_path: Path) -> None:
    root = project(tmp_path)
    found = find(root / "clients", root / "out", environment={})

    assert find(environment=found.variables()) == found
