"""The notebooks are thin, clean and one a stage."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import nbformat
import pytest

from helpers import stages

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
MAX_LINES = 10

each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def code_cells(path: Path) -> list[Any]:
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


def test_every_stage_has_its_notebook_and_every_notebook_its_stage() -> None:
    stems = [path.stem.partition("_")[2] for path in NOTEBOOKS]

    assert sorted(stems) == sorted(stages.names())


@each_notebook
def test_a_notebook_is_committed_without_outputs(path: Path) -> None:
    assert all(not cell.outputs and cell.execution_count is None for cell in code_cells(path))


@each_notebook
def test_a_notebook_is_written_as_nbformat_writes_it(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == nbformat.writes(nbformat.read(path, as_version=4)) + "\n"


@each_notebook
def test_a_notebook_runs_on_the_kernel_of_the_environment(path: Path) -> None:
    assert nbformat.read(path, as_version=4).metadata.kernelspec.name == "python3"


@each_notebook
def test_a_cell_is_short_and_defines_nothing(path: Path) -> None:
    for cell in code_cells(path):
        assert cell.source.count("\n") < MAX_LINES
        assert not any(
            isinstance(node, ast.FunctionDef | ast.ClassDef | ast.If) for node in ast.walk(ast.parse(cell.source))
        )


@each_notebook
def test_a_notebook_holds_no_sentence_in_code(path: Path) -> None:
    texts = [
        node.value
        for cell in code_cells(path)
        for node in ast.walk(ast.parse(cell.source))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]

    assert not [text for text in texts if " " in text]


@each_notebook
def test_a_notebook_has_one_parameters_cell_of_texts_with_the_demo_client(path: Path) -> None:
    tagged = [cell for cell in code_cells(path) if "parameters" in cell.metadata.get("tags", [])]

    assert len(tagged) == 1
    values: dict[str, object] = {}
    exec(tagged[0].source, values)
    given = {name: value for name, value in values.items() if not name.startswith("__")}
    assert given == {"client": "demo", "period": "last-month", "languages": "", "as_of": ""}


@each_notebook
def test_a_notebook_opens_with_its_one_title_and_the_question_it_answers(path: Path) -> None:
    words = [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "markdown"]

    assert re.fullmatch(r"# [^\n]+\n\n[^\n]+\?", words[0])
    assert not any(re.match(r"# ", source) for source in words[1:])
