"""The folder as a whole: the same again, small, and refused where it would do harm."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from helpers.errors import UsageError
from helpers.simulate import FAULTS, write_client, write_truth

ROOT = Path(__file__).resolve().parents[2]
LIMIT = 4_600_000


def files(folder: Path) -> dict[str, Path]:
    """What the simulator writes of a client; the commentary beside it is a person's."""
    written = (path for path in folder.rglob("*") if path.is_file() and "commentary" not in path.parts)
    return {path.relative_to(folder).as_posix(): path for path in written}


def test_the_committed_client_is_what_the_simulator_writes(client, raw, again, read_cells) -> None:
    written, truth = again[client]
    committed = json.loads((ROOT / "tests/truth" / f"{client}.truth.json").read_text(encoding="utf-8"))

    assert files(written.folder).keys() == files(raw.folder).keys()
    for name, path in files(raw.folder).items():
        assert read_cells(path) == read_cells(written.folder / name), f"{name}: write the committed client again"
    assert json.loads(json.dumps(truth)) == committed


def test_the_same_seed_gives_the_same_bytes(again, tmp_path) -> None:
    first, _ = again["demo"]

    write_client(tmp_path / "demo", seed=7)

    assert {name: path.read_bytes() for name, path in files(tmp_path / "demo").items()} == {
        name: path.read_bytes() for name, path in files(first.folder).items()
    }


def test_another_seed_gives_other_figures_of_the_same_shape(again, tmp_path) -> None:
    first, _ = again["demo"]

    write_client(tmp_path / "other", seed=8)

    other = files(tmp_path / "other")
    assert other.keys() == files(first.folder).keys()
    assert (tmp_path / "other/exports/shopify/orders_export.csv").read_bytes() != first.export("shopify/*").read_bytes()


def test_both_clients_together_stay_small(raws) -> None:
    assert sum(path.stat().st_size for raw in raws.values() for path in files(raw.folder).values()) <= LIMIT


def test_no_truth_lies_where_the_workbook_reads() -> None:
    assert [path for path in (ROOT / "clients").rglob("*") if "truth" in path.name] == []


@pytest.mark.parametrize(
    ("without", "seen"),
    [(["bid_spikes"], "bid_spikes"), (["tracking_outage", "rain"], "rain")],
)
def test_an_unknown_fault_is_refused_with_the_known_ones(tmp_path, without: list[str], seen: str) -> None:
    with pytest.raises(UsageError) as caught:
        write_client(tmp_path / "x", seed=1, without=without)

    assert seen in str(caught.value)
    assert all(fault in str(caught.value) for fault in FAULTS)
    assert not (tmp_path / "x").exists()


def test_a_folder_that_holds_something_is_refused_and_kept(tmp_path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")

    with pytest.raises(UsageError, match="new or empty"):
        write_client(tmp_path, seed=1)

    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_negative_seed_is_refused(tmp_path) -> None:
    with pytest.raises(UsageError, match="not negative"):
        write_client(tmp_path, seed=-1)


def test_truth_is_written_and_read_back(again, tmp_path) -> None:
    _, truth = again["demo"]

    write_truth(truth, tmp_path / "demo.truth.json")

    assert json.loads((tmp_path / "demo.truth.json").read_text(encoding="utf-8")) == truth


def test_the_client_goes_by_the_name_that_is_asked_for(tmp_path) -> None:
    truth = write_client(tmp_path / "x", seed=3, name="Casa Prueba")

    written: dict[str, Any] = YAML(typ="safe").load(tmp_path / "x/client.yaml")
    assert (truth["client"], written["name"]) == ("Casa Prueba", "Casa Prueba")
    assert written["profiles"][0]["handle"] == "casaprueba"


def test_the_client_file_names_only_files_that_exist(raw) -> None:
    written: dict[str, Any] = YAML(typ="safe").load(raw.folder / "client.yaml")

    named = [
        written["brand"]["logo"],
        written["fx"]["file"],
        *(source["files"] for source in written["sources"]),
        *(test["file"] for test in written["experiments"]),
    ]
    assert [name for name in named if not (raw.folder / name).is_file()] == []
    assert written["as_of"] == date(2026, 11, 5)


def test_the_plan_covers_the_last_month_and_nearly_all_of_its_spend(raw, truth) -> None:
    plan: dict[str, Any] = YAML(typ="safe").load(raw.folder / "plans/2026-10.yaml")

    planned = sum(line["budget"] for line in plan["lines"])
    assert (plan["status"], plan["start"], plan["end"]) == ("approved", date(2026, 10, 1), date(2026, 10, 31))
    assert planned == pytest.approx(truth["totals"]["2026-10"]["ads"]["spend"], rel=0.2)
