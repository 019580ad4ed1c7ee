"""The workbook's own files by digest: a page is made again exactly only by the code that made it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from helpers.clients.roots import checkout

_SHOWN = 12
_PARTS = {
    "code": (("src/helpers", ("*.py", "*.po")), ("notebooks", ("*.ipynb",))),
    "templates": (("templates", ("*.j2", "*.css")),),
}


@cache
def fingerprints() -> Mapping[str, str]:
    """The digests of `code` (package, catalogs, notebooks) and `templates`; equal wherever their bytes are equal."""
    return {part: _digest(checkout(), places) for part, places in _PARTS.items()}


def _digest(root: Path, places: tuple[tuple[str, tuple[str, ...]], ...]) -> str:
    found = [path for folder, kinds in places for kind in kinds for path in (root / folder).rglob(kind)]
    whole = hashlib.sha256()
    for path in sorted(found, key=lambda path: path.relative_to(root).as_posix()):
        if not any(part.startswith(".") for part in path.relative_to(root).parts):
            whole.update(f"{path.relative_to(root).as_posix()}\0{sha256(path)}\0".encode())
    return whole.hexdigest()[:_SHOWN]


def sha256(path: Path) -> str:
    """The digest of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
