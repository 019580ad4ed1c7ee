"""Client folders made for one test."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from helpers.clients import Client, Roots, open_client

HEAD = "name: Café Aurora\ncurrency: EUR\ntimezone: Europe/Madrid\n"


@pytest.fixture
def roots(tmp_path: Path) -> Roots:
    (tmp_path / "clients").mkdir()
    return Roots(tmp_path / "clients", tmp_path / "reports")


@pytest.fixture
def lay_down(roots: Roots) -> Callable[..., Path]:
    """Write a client folder: its file, and further files by path."""

    def write(text: str = HEAD, files: Mapping[str, str] | None = None, name: str = "aurora") -> Path:
        folder = roots.clients / name
        folder.mkdir(exist_ok=True)
        (folder / "client.yaml").write_text(text, encoding="utf-8")
        for path, content in (files or {}).items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(content, encoding="utf-8")
        return folder

    return write


@pytest.fixture
def opened(lay_down: Callable[..., Path], roots: Roots) -> Callable[..., Client]:
    """Write a client folder and open it."""

    def write(text: str = HEAD, files: Mapping[str, str] | None = None) -> Client:
        lay_down(text, files)
        return open_client("aurora", roots)

    return write
