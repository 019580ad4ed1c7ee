"""Notebooks and a client made for one test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest

from helpers.clients import Roots

PARAMETERS = 'client = "demo"\nperiod = "last-month"\nlanguages = ""\nas_of = ""'


@pytest.fixture
def roots(tmp_path: Path) -> Roots:
    folder = tmp_path / "clients" / "acme"
    folder.mkdir(parents=True)
    (folder / "client.yaml").write_text("name: A\ncurrency: EUR\ntimezone: UTC\n")
    return Roots(tmp_path / "clients", tmp_path / "reports")


@pytest.fixture
def notebook() -> Callable[..., Any]:
    """Make a notebook: a title, the parameters cell, and code cells."""

    def made(*cells: str) -> Any:
        parameters = nbformat.v4.new_code_cell(PARAMETERS, id="parameters", metadata={"tags": ["parameters"]})
        code = [nbformat.v4.new_code_cell(source, id=f"code-{n}") for n, source in enumerate(cells)]
        title = nbformat.v4.new_markdown_cell("# Title", id="title")
        kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
        return nbformat.v4.new_notebook(cells=[title, parameters, *code], metadata={"kernelspec": kernel})

    return made


@pytest.fixture
def saved(notebook: Callable[..., Any], tmp_path: Path) -> Callable[..., Path]:
    """Write such a notebook."""

    def write(*cells: str) -> Path:
        path = tmp_path / "01_trial.ipynb"
        nbformat.write(notebook(*cells), path)
        return path

    return write
