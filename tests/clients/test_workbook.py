"""The workbook's own files by digest."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.clients import workbook

FILES = ("src/helpers/a.py", "src/helpers/catalogs/es.po", "notebooks/01_audit.ipynb", "templates/page.html.j2")


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in (
        "src/helpers/a.py",
        "src/helpers/catalogs/es.po",
        "notebooks/01_audit.ipynb",
        "templates/page.html.j2",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    monkeypatch.setattr(workbook, "checkout", lambda: tmp_path)
    return tmp_path


def found() -> dict[str, str]:
    workbook.fingerprints.cache_clear()
    try:
        return dict(workbook.fingerprints())
    finally:
        workbook.fingerprints.cache_clear()


@pytest.mark.parametrize(
    ("changed", "part"),
    [
        ("src/helpers/a.py", "code"),
        ("src/helpers/catalogs/es.po", "code"),
        ("notebooks/01_audit.ipynb", "code"),
        ("templates/page.html.j2", "templates"),
        ("src/helpers/new.py", "code"),
    ],
)
def test_every_file_that_makes_a_page_counts(checkout: Path, changed: str, part: str) -> None:
    before = found()
    (checkout / changed).write_text("something else")

    after = found()

    assert {name for name in before if before[name] != after[name]} == {part}


def test_what_tools_leave_behind_does_not_count(checkout: Path) -> None:
    before = found()
    (checkout / "notebooks" / ".ipynb_checkpoints").mkdir()
    (checkout / "notebooks" / ".ipynb_checkpoints" / "01_audit.ipynb").write_text("draft")
    (checkout / "src" / "helpers" / "a.pyc").write_text("compiled")

    assert found() == before
