"""Real exports and bad input that lie beside the checkout: exact where a platform is known, never a wrong number."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from helpers.intake import read_file
from helpers.platforms import PLATFORMS

SHARED = Path(__file__).resolve().parents[3] / "shared"
pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared samples are not beside the checkout")

# Layouts of known sources that are not described yet: they must end as a warning.
UNKNOWN = {}


def yardstick() -> ModuleType:
    spec = importlib.util.spec_from_file_location("intake_check", SHARED / "checks" / "intake.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def entries() -> list[dict[str, Any]]:
    path = SHARED / "samples" / "EXPECTED.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else []


def is_described(entry: dict[str, Any]) -> bool:
    return entry["path"] not in UNKNOWN and any(table["source"] in PLATFORMS for table in entry["tables"])


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry["path"])
def test_a_sample_is_read_exactly_or_not_at_all(entry: dict[str, Any]) -> None:
    receipt = read_file(SHARED / "samples" / entry["path"]).receipt
    differences, wrong = yardstick().compare_file(entry, receipt.as_json())

    assert wrong == 0, differences
    if is_described(entry):
        assert differences == []
    if receipt.status == "refused" or not receipt.tables:
        assert all(problem.action for problem in receipt.problems if problem.severity != "info")


@pytest.mark.slow
def test_no_file_of_the_bad_input_corpora_brings_the_reader_down() -> None:
    files = [path for path in (SHARED / "corpora").rglob("*") if path.is_file() and not path.is_symlink()]

    for path in files:
        receipt = read_file(path).receipt
        assert receipt.status in {"ok", "warning", "refused"}
        assert receipt.problems or receipt.tables
