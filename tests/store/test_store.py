"""What was read once is not read again, and nothing is ever half there."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from helpers.intake import Source
from helpers.store import Store
from helpers.store import store as module

LEDGER = "day,sum\n2026-01-01,3.5\n"
MAPPED = Source("*", "orders", {"ordered_at": "day", "revenue": "sum"}, {"currency": "EUR"})


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "ledger.csv"
    path.write_text(LEDGER)
    return path


def test_an_unchanged_file_is_not_parsed_again(tmp_path: Path, ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(tmp_path / "store")
    first = store.ingest(ledger, sources=(MAPPED,))
    monkeypatch.setattr(module, "BORDER", None)

    assert store.ingest(ledger, sources=(MAPPED,)) == first
    assert store.ingest(ledger, name="other.csv", sources=(MAPPED,)) == replace(first, file="other.csv")


def test_another_mapping_salt_or_content_is_another_reading(tmp_path: Path, ledger: Path) -> None:
    store = Store(tmp_path / "store")
    keys = {
        store.ingest(ledger, sources=(MAPPED,)).key,
        store.ingest(ledger).key,
        store.ingest(ledger, sources=(replace(MAPPED, numbers="1,234.56"),)).key,
        store.ingest(ledger, sources=(MAPPED,), salt="other").key,
    }
    ledger.write_text(LEDGER + "2026-01-02,1\n")
    keys.add(store.ingest(ledger, sources=(MAPPED,)).key)

    assert len(keys) == 5
    assert len(store.seen()) == 5


def test_a_reading_that_was_cut_off_is_done_again(tmp_path: Path, ledger: Path) -> None:
    store = Store(tmp_path / "store")
    receipt = store.ingest(ledger, sources=(MAPPED,))
    folder = tmp_path / "store" / "files" / receipt.key
    for part in ("receipt.json", "00_orders.parquet"):
        (folder / part).unlink()
        assert store.ingest(ledger, sources=(MAPPED,)) == receipt
        assert store.read("orders", [receipt])["revenue"].sum() == 3.5
    assert [path.name for path in (tmp_path / "store" / "files").iterdir()] == [receipt.key]


def test_the_receipt_lies_beside_the_rows(tmp_path: Path, ledger: Path) -> None:
    receipt = Store(tmp_path / "store").ingest(ledger, sources=(MAPPED,))
    saved = json.loads((tmp_path / "store" / "files" / receipt.key / "receipt.json").read_text(encoding="utf-8"))

    assert saved["sha256"] == receipt.sha256
    assert saved["tables"][0]["totals"] == {"revenue": 3.5, "orders": 1}


def test_rows_name_the_file_as_its_receipt_does(tmp_path: Path, ledger: Path) -> None:
    store = Store(tmp_path / "store")
    store.ingest(ledger, name="old.csv", sources=(MAPPED,))
    receipt = store.ingest(ledger, name="new.csv", sources=(MAPPED,))

    assert store.read("orders", [receipt])["file"].tolist() == ["new.csv"]


def test_a_refused_file_has_a_receipt_and_no_rows(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b"")
    store = Store(tmp_path / "store")
    receipt = store.ingest(path)

    assert receipt.status == "refused"
    assert store.read("ads", [receipt]).empty
    assert store.ingest(tmp_path / "gone.csv").status == "refused"
