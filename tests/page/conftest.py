"""Every notebook of the workbook, run once on the demo client, in every language and in the one of tests."""

from __future__ import annotations

import functools
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_output

from helpers.clients import parameters
from helpers.export import pages
from helpers.page import page as module
from helpers.wording import LANGUAGES, PSEUDO

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
WRITTEN = ("es-ES", *(language for language in LANGUAGES if language != "es-ES"), PSEUDO)
"""The demo client's first language stays the first: drawings are made in it."""

each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


@pytest.fixture(scope="session")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Iterator[pytest.MonkeyPatch]:
    """A copy of the demo client that notebooks find."""
    clients = tmp_path_factory.mktemp("workbook") / "clients"
    shutil.copytree(ROOT / "clients" / "demo", clients / "demo")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("CUADERNO_CLIENTS", str(clients))
        yield patched


@pytest.fixture(scope="session")
def executed(workbook: pytest.MonkeyPatch) -> Callable[[Path], Any]:
    """The executed notebook of a file, with the bundles that its cells displayed."""
    workbook.setattr(parameters, "LANGUAGES", WRITTEN)
    return functools.cache(functools.partial(_execute, workbook))


@pytest.fixture(scope="session")
def in_every_language(executed: Callable[[Path], Any]) -> Callable[[Path], dict[str, str]]:
    """The pages of a notebook, by language."""
    return functools.cache(lambda path: pages(executed(path)))


def _execute(patched: pytest.MonkeyPatch, path: Path) -> Any:
    notebook = nbformat.read(path, as_version=4)
    names: dict[str, Any] = {}
    for cell in notebook.cells:
        if cell.cell_type == "code":
            shown: list[dict[str, Any]] = []
            patched.setattr(module, "display", lambda bundle, shown=shown, **_: shown.append(bundle))
            exec(cell.source, names)
            if "parameters" in cell.metadata.get("tags", []):
                names["languages"] = ",".join(WRITTEN)
            cell.outputs = [new_output("display_data", data=bundle) for bundle in shown]
    return notebook
