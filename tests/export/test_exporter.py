"""nbconvert writes the same bytes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest

from helpers.errors import UsageError
from helpers.export import pages


@pytest.fixture(scope="module")
def exporter() -> Any:
    from helpers.export.exporter import CuadernoExporter  # noqa: PLC0415  costs seconds, which other tests save

    return CuadernoExporter


def test_nbconvert_gets_the_first_page_and_the_others_beside_it(exporter: Any, notebook: Any) -> None:
    made = pages(notebook)

    page, resources = exporter().from_notebook_node(notebook, {"unique_key": "07_post_campaign"})

    assert page == made["es-ES"]
    assert resources["output_extension"] == ".es-ES.html"
    assert resources["outputs"] == {"./07_post_campaign.en.html": made["en"].encode()}


def test_one_language_can_be_asked_for(exporter: Any, notebook: Any) -> None:
    page, resources = exporter(language="en").from_notebook_node(notebook, {"unique_key": "x"})

    assert page == pages(notebook)["en"]
    assert resources["output_extension"] == ".en.html"
    assert not resources["outputs"]


def test_an_unknown_language_is_misuse(exporter: Any, notebook: Any) -> None:
    with pytest.raises(UsageError):
        exporter(language="xx").from_notebook_node(notebook, {})


def test_the_files_that_nbconvert_writes_are_the_pages(
    exporter: Any, notebook: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from nbconvert.writers import FilesWriter  # noqa: PLC0415  costs seconds, which other tests save

    nbformat.write(notebook, tmp_path / "x.ipynb")
    monkeypatch.chdir(tmp_path)

    page, resources = exporter().from_filename("x.ipynb")
    FilesWriter().write(page, resources, notebook_name="x")

    made = pages(notebook)
    assert {path.name: path.read_text(encoding="utf-8") for path in tmp_path.glob("*.html")} == {
        f"x.{language}.html": page for language, page in made.items()
    }
