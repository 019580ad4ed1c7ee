"""A reports folder whose every file, name and value is a payload, as the index pages would meet it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from helpers.site import write_client_index, write_portfolio

from .fields import runs

STAGE = "audit"
PERIOD = "2026-10"
_LONGEST = 120


def on_disk(payload: str) -> str:
    """The payload as far as it can be the name of a file."""
    name = "".join(" " if sign in "/\0" else sign for sign in payload).encode()[:_LONGEST].decode(errors="ignore")
    return name.strip(". ") or "x"


def lay(reports: Path, payloads: Sequence[str], *, formed: bool = True) -> Path:
    """Lay down two clients for each payload, one with its name, and one client whose periods are named by them all.

    Parameters
    ----------
    reports
        The folder to be filled.
    payloads
        Each stands in every field of run documents of its own.
    formed
        Whether days, languages, stages and states have their form; without it the payload stands there too.
    """
    for number, payload in enumerate(payloads):
        named = f"{on_disk(payload)}-{number}"
        for place in (f"client-{number}/{PERIOD}", f"{named}/{PERIOD}", f"all/{named}"):
            _run(reports / place, _document(payload, formed=formed), payload)
    return reports


def index_pages(reports: Path, *clients: str) -> list[Path]:
    """Write the index pages of these clients, or of all, and the portfolio; return them."""
    found = clients or sorted(path.name for path in reports.iterdir() if path.is_dir())
    made = [page for client in found for page in write_client_index(reports, client)]
    return [*made, *write_portfolio(reports)]


def _run(folder: Path, document: dict[str, Any], payload: str) -> None:
    folder.mkdir(parents=True)
    (folder / "run.json").write_text(json.dumps(document), encoding="utf-8")
    marks = [run.model_dump(exclude_none=True) for run in runs(payload)]
    for entry in document["stages"]:
        entry["conclusion"] = {"en": marks, payload: marks}
        for language in ("en", on_disk(payload).replace(".", " ")):
            page = folder / f"{on_disk(entry['stage'])}.{language}.html"
            if entry["status"] != "refused":
                page.write_text("<!doctype html>", encoding="utf-8")
    left = {"claims": [_claim("roas", payload), _claim(payload, payload)], "warnings": [{"code": payload}]}
    (folder / f"{STAGE}.claims.json").write_text(json.dumps(left), encoding="utf-8")


def _document(payload: str, *, formed: bool) -> dict[str, Any]:
    states = [(STAGE, "ok", None), ("strategy", "failed", payload), ("community", "refused", payload)]
    stages = [
        {"stage": stage, "status": status, "headline": {"en": payload, payload: payload}, "outputs": [payload],
         "error": said and {"what": said, "where": said, "next": said}, "warnings": []}
        for stage, status, said in (states if formed else [*states, (payload, payload, payload)])
    ]  # fmt: skip
    days = {"start": "2026-10-01", "end": "2026-10-31"} if formed else {"start": payload, "end": payload}
    return {
        "schema": "cuaderno.run/1", "client": payload, "name": payload, "stages": stages,
        "languages": ["en"] if formed else [payload, "en"], "as_of": "2026-11-01" if formed else payload,
        "period": {"key": payload} | days, "started": payload, "finished": payload, "versions": {payload: payload},
    }  # fmt: skip


def _claim(metric: str, payload: str) -> dict[str, Any]:
    """A claim that misses its plan, so that index pages speak of it."""
    return {
        "id": payload, "metric": metric, "scope": {payload: payload}, "unit": "ratio", "currency": None, "value": 1.0,
        "period": {"start": "2026-10-01", "end": "2026-10-31"}, "interval": None, "n": None, "verdict": "worse",
        "compared_to": {"what": "plan", "value": 2.0}, "evidence": [],
    }  # fmt: skip
