"""A reports folder made by hand: three clients, two periods of one of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

SHA = "ab" * 32
PAGE = "<!doctype html><html lang='en'><title>page</title></html>"


def claim(
    metric: str,
    verdict: str | None,
    what: str = "target",
    *,
    value: float = 1.0,
    goal: float = 2.0,
    scope: dict[str, str] | None = None,
    stage: str = "monitoring",
    month: str = "2026-10",
    currency: str | None = None,
) -> dict[str, Any]:
    """A claim as the contract has it, about the whole of the run's period."""
    tags = "".join(f".{tag}" for tag in (scope or {}).values())
    return {
        "id": f"{stage}.{metric}{tags}", "metric": metric, "scope": scope or {}, "verdict": verdict, "value": value,
        "unit": "money" if currency else "ratio", "currency": currency, "interval": None, "n": None,
        "period": {"start": f"{month}-01", "end": f"{month}-28"}, "text": metric,
        "compared_to": None if verdict is None else {"what": what, "value": goal},
        "evidence": [{"file": "exports/a.csv", "sha256": SHA, "rows": 3}],
    }  # fmt: skip


def spend(value: float, currency: str = "EUR", *, month: str = "2026-10", stage: str = "monitoring") -> dict[str, Any]:
    return claim("spend", None, value=value, currency=currency, month=month, stage=stage)


def stage(
    name: str = "monitoring",
    status: str = "ok",
    *,
    error: str = "",
    headline: str = "The ROAS held its level.",
    claims: list[dict[str, Any]] | None = None,
    warnings: tuple[str, ...] = (),
) -> dict[str, Any]:
    """A stage of a run document; `claims` and `warnings` go into the file beside it."""
    return {
        "stage": name,
        "status": status,
        "error": {"what": error, "where": "client.yaml:3:1", "next": "Mend it."} if error else None,
        "outputs": [],
        "warnings": [],
        "headline": {"en": headline, "es-ES": headline.replace("held", "mantuvo")} if headline else {},
        "claims": claims,
        "codes": warnings,
    }


def write_run(
    reports: Path,
    client: str = "acme",
    month: str = "2026-10",
    *,
    stages: list[dict[str, Any]] | None = None,
    claims: list[dict[str, Any]] | None = None,
    name: str = "Café Aurora",
    languages: tuple[str, ...] = ("es-ES", "en"),
    as_of: str = "2026-11-01",
    data_until: str | None = "2026-10-31",
) -> Path:
    """Lay down what a run leaves: run.json, and for each stage that is well a page and its claims."""
    folder = reports / client / month
    folder.mkdir(parents=True)
    made = [stage()] if stages is None else stages
    for entry in made:
        if entry["status"] == "ok":
            for language in languages:
                (folder / f"{entry['stage']}.{language}.html").write_text(PAGE)
            said = [{"code": code, "scope": {}, "text": code} for code in entry["codes"]]
            document = {"schema": "cuaderno.claims/1", "claims": entry["claims"] or claims or [], "warnings": said}
            (folder / f"{entry['stage']}.claims.json").write_text(json.dumps(document))
            (folder / f"{entry['stage']}.ipynb").write_text("{}")
    written = [{key: value for key, value in entry.items() if key not in {"claims", "codes"}} for entry in made]
    run = {
        "schema": "cuaderno.run/1", "client": client, "name": name, "languages": list(languages), "as_of": as_of,
        "period": {"key": month, "start": f"{month}-01", "end": f"{month}-28"}, "stages": written,
        "data_until": data_until,
        "started": "2026-11-01T04:00:00+00:00", "finished": "2026-11-01T04:01:00+00:00",
    }  # fmt: skip
    (folder / "run.json").write_text(json.dumps(run, ensure_ascii=False))
    return folder


@pytest.fixture(name="write_run")
def _write_run(tmp_path: Path) -> Callable[..., Path]:
    def write(*arguments: Any, **more: Any) -> Path:
        return write_run(tmp_path, *arguments, **more)

    return write


@pytest.fixture(name="stage")
def _stage() -> Callable[..., dict[str, Any]]:
    return stage


@pytest.fixture(name="spend")
def _spend() -> Callable[..., dict[str, Any]]:
    return spend


@pytest.fixture(name="claim")
def _claim() -> Callable[..., dict[str, Any]]:
    return claim
