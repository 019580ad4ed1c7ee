"""What a notebook leaves behind becomes an error that says what, where and what to do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import nbformat
import pytest

from helpers.clients import Roots
from helpers.engines import failures
from helpers.engines.session import Session
from helpers.errors import ClientError, CuadernoError, RunError, StageDataError


@pytest.fixture
def failed(notebook: Callable[..., Any], roots: Roots) -> Callable[..., Session]:
    """A session whose third committed cell shows an error; papermill's cells stand before it."""

    def made(kind: str, text: str, lines: list[str]) -> Session:
        session = Session(roots)
        session.notebook = notebook("raise")
        session.notebook.cells[2].outputs = [nbformat.v4.new_output("error", ename=kind, evalue=text, traceback=lines)]
        added = nbformat.v4.new_code_cell("client = 'acme'", metadata={"tags": ["injected-parameters"]})
        mark = nbformat.v4.new_markdown_cell("!", metadata={"tags": ["papermill-error-cell-tag"]})
        session.notebook.cells[2:2] = [added, mark]
        session.notebook.cells.insert(0, mark)
        return session

    return made


@pytest.mark.parametrize("kind", [ClientError, StageDataError, RunError])
def test_our_own_errors_come_through_whole(failed: Callable[..., Session], kind: type[CuadernoError]) -> None:
    raised = kind("the key name is missing", where="client.yaml:1:1", seen="x", next_step="Add it.")

    error = failures.of_outputs(failed(kind.__name__, "…", raised._render_traceback_()), "01_trial.ipynb")

    assert type(error) is kind
    assert error.as_json() == raised.as_json()


def test_any_other_error_names_notebook_and_cell(failed: Callable[..., Session]) -> None:
    error = failures.of_outputs(failed("ZeroDivisionError", "division by zero", ["a", "b"]), "01_trial.ipynb")

    assert isinstance(error, RunError)
    assert error.where == "01_trial.ipynb, cell 3"
    assert "ZeroDivisionError: division by zero" in error.seen


def test_an_exit_is_no_success(failed: Callable[..., Session]) -> None:
    error = failures.of_outputs(failed("SystemExit", "0", []), "01_trial.ipynb")

    assert isinstance(error, RunError)
    assert "before its last cell" in error.what


def test_a_name_of_ours_without_our_lines_is_not_taken_for_ours(failed: Callable[..., Session]) -> None:
    error = failures.of_outputs(failed("ClientError", "x", ["one line"]), "01_trial.ipynb")

    assert type(error) is RunError


def test_an_endless_message_is_cut(failed: Callable[..., Session]) -> None:
    error = failures.of_outputs(failed("ValueError", "x" * 10_000, []), "01_trial.ipynb")

    assert error is not None
    assert len(error.seen) < 300


def test_a_notebook_without_errors_gives_none(notebook: Callable[..., Any], roots: Roots) -> None:
    session = Session(roots)
    session.notebook = notebook("1")

    assert failures.of_outputs(session, "01_trial.ipynb") is None
