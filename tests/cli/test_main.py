"""The command answers at once, and misuse ends with 2."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest
from tests.ended import Ended


def test_help_imports_nothing_heavy() -> None:
    code = "import sys, helpers.cli.app; print([m for m in ('pandas', 'papermill', 'matplotlib') if m in sys.modules])"

    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert ended.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "arguments",
    [
        ["reprt"],
        ["report"],
        ["report", "acme", "--all"],
        ["report", "acmee"],
        ["report", "acme", "--stage", "audt"],
        ["report", "acme", "--period", "octubre"],
        ["report", "acme", "--language", "xx"],
        ["report", "acme", "--as-of", "today"],
        ["report", "acme", "--engine", "warm"],
        ["report", "acme", "--executor", "dask"],
        ["report", "acme", "--out", "s3://bucket/reports"],
        ["report", "acme", "--jobs", "0"],
        ["report", "acme", "--clients", "/no/such/folder"],
        ["plan", "show", "acme"],
        ["share", "acme"],
    ],
    ids=" ".join,
)
def test_misuse_ends_with_2_and_prints_no_result(cuaderno: Callable[..., Ended], arguments: list[str]) -> None:
    ended = cuaderno(*arguments)

    assert ended.code == 2
    assert ended.out == ""
    assert ended.err


def test_python_m_helpers_is_the_same_command() -> None:
    ended = subprocess.run([sys.executable, "-m", "helpers", "--help"], capture_output=True, text=True, check=True)

    assert "report" in ended.stdout
