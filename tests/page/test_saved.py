"""A stage finds what others have saved for its period, as long as it was made from the same files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from helpers.claims import Evidence
from helpers.clients import Client, Roots, open_client
from helpers.page import saved
from helpers.store import FileUsed
from helpers.units import Estimate, Interval

FILES = (FileUsed("orders.csv", "ab" * 32, 7),)
CLAIM = {
    "metric": "segment_share",
    "scope": {"segment": "1"},
    "value": 0.25,
    "interval": {"low": 0.2, "high": 0.3, "level": 0.8},
    "n": 40,
    "evidence": [{"file": "orders.csv", "sha256": "ab" * 32, "rows": 7}],
}


@pytest.fixture
def client(tmp_path: Path) -> Client:
    folder = tmp_path / "clients" / "aurora"
    folder.mkdir(parents=True)
    (folder / "client.yaml").write_text("name: Aurora\ncurrency: EUR\ntimezone: UTC\n", encoding="utf-8")
    return open_client("aurora", Roots(tmp_path / "clients", tmp_path / "reports"))


def save(client: Client, stage: str, *, period: str = "2026-10", sha256: str = "ab" * 32, **other: object) -> None:
    document = {
        "schema": "cuaderno.result/1",
        "stage": stage,
        "inputs": [{"file": "orders.csv", "sha256": sha256, "rows": 7}],
        "claims": [CLAIM],
        **other,
    }
    path = client.result_file(period, stage)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document), encoding="utf-8")


def test_claims_of_another_stage_are_found_by_metric(client: Client) -> None:
    save(client, "persona")

    earlier = saved.earlier(client, "2026-10", FILES)

    (found,) = earlier.of("persona", "segment_share")
    assert (found.scope, found.value, found.n) == ({"segment": "1"}, 0.25, 40)
    assert found.estimate == Estimate(0.25, Interval(0.2, 0.3, 0.8), 40)
    assert found.evidence == (Evidence("orders.csv", "ab" * 32, 7),)
    assert earlier.of("persona", "segments") == earlier.of("audit", "segment_share") == ()
    assert earlier.stale == ()


def test_a_result_of_other_files_is_stale_and_left_out(client: Client) -> None:
    save(client, "persona", sha256="cd" * 32)

    earlier = saved.earlier(client, "2026-10", FILES)

    assert earlier.stale == ("persona",)
    assert earlier.of("persona", "segment_share") == ()


def test_results_of_other_periods_and_versions_do_not_count(client: Client) -> None:
    save(client, "persona", period="2026-09")
    save(client, "audit", schema="cuaderno.result/0")

    earlier = saved.earlier(client, "2026-10", FILES)

    assert (dict(earlier.findings), earlier.stale) == ({}, ())
