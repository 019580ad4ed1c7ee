"""Everything of a period in one ZIP file: pages, PDF, spreadsheets, an index, and a list with the SHA-256 of each."""

from __future__ import annotations

import hashlib
import io
import json
import re
import tempfile
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from helpers.site.bundles import chromium, printed, workbook
from helpers.site.bundles.handover import Bundle, Handover, Wishes
from helpers.site.bundles.markup import linked
from helpers.site.client_pages import write_period

SCHEMA = "cuaderno.share/1"
MANIFEST = "manifest.json"

_READABLE = 0o100644 << 16
_UNIX = 3


def make(handover: Handover, wishes: Wishes) -> Bundle:
    """Pack what goes out; without Chromium there is no PDF in it, which is said.

    Raises
    ------
    CuadernoError
        As the formats do that are packed.
    """
    files, warnings = _pages(handover), []
    files |= workbook.make(handover, wishes).files
    if chromium.program() is None:
        warnings.append(f"there is no PDF in the bundle: {chromium.missing()}")
    else:
        files |= printed.make(handover, wishes).files
    files[MANIFEST] = manifest(handover, files)
    return Bundle({name(handover): packed(files, handover.day)}, tuple(warnings))


def name(handover: Handover) -> str:
    """The bundle's file name: client folder and period, in letters, digits and hyphens."""
    slug = re.sub(r"[^a-z0-9]+", "-", f"{handover.client.id}-{handover.run.key}".lower())
    return f"{slug}.zip"


def manifest(handover: Handover, files: Mapping[str, bytes]) -> bytes:
    """What the bundle holds: every file with its SHA-256 and size."""
    document = {
        "schema": SCHEMA,
        "client": handover.client.id,
        "period": handover.run.key,
        "as_of": handover.day.isoformat(),
        "files": [described(file, content) for file, content in sorted(files.items())],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def described(file: str, content: bytes) -> dict[str, str | int]:
    """A file's name, SHA-256 and size in bytes."""
    return {"file": file, "sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}


def packed(files: Mapping[str, bytes], day: date) -> bytes:
    """The files as a ZIP, by name, all dated with the day: the same files give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for file, content in sorted(files.items()):
            entry = zipfile.ZipInfo(file, (day.year, day.month, day.day, 0, 0, 0))
            entry.external_attr, entry.create_system = _READABLE, _UNIX
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED, compresslevel=9)
    return out.getvalue()


def _pages(handover: Handover) -> dict[str, bytes]:
    """The pages and an index of them in each language; links lead to what is in the bundle, and nowhere else."""
    files = {file: handover.page(file) for _, _, file in handover.pages}
    with tempfile.TemporaryDirectory(prefix="cuaderno-index-") as folder:
        written = write_period(Path(folder), handover.run, is_alone=True)
        files |= {path.name: path.read_text(encoding="utf-8") for path in written}
    there = {file: file for file in files}
    return {file: linked(page, there).encode() for file, page in files.items()}
