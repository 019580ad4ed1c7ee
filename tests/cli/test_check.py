"""`cuaderno check` prints a receipt for each file and says by its exit code whether one was refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.ended import Ended

GOOD = "Campaign,Day,Cost\nBrand,2026-10-01,12.50\nBrand,2026-10-02,7.50\n"
LEDGER = "Order No,Fecha,Importe\n1,2026-10-01,12.50\n2,2026-10-02,7.50\n"
SOURCE = """sources:
  - files: exports/ledger.csv
    table: orders
    columns: {order_id: "Order No", ordered_at: "Fecha", revenue: "Importe"}
    constants: {currency: EUR}
"""


@pytest.fixture
def acme(project: Path) -> Path:
    folder = project / "clients" / "acme"
    with (folder / "client.yaml").open("a") as file:
        file.write(SOURCE)
    (folder / "exports" / "ledger.csv").write_text(LEDGER)
    return folder


def test_a_file_of_any_place_needs_no_client(cuaderno: Callable[..., Ended], tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_bytes(b"")

    ended = cuaderno("check", str(tmp_path / "empty.csv"), "--json")

    assert ended.document["file"] == "empty.csv"
    assert ended.document["status"] == "refused"
    assert ended.code == 1
    assert ended.err == ""


def test_several_files_give_a_list(cuaderno: Callable[..., Ended], tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_bytes(b"")

    ended = cuaderno("check", str(tmp_path / "a.csv"), str(tmp_path / "b.csv"), "--json")

    assert [receipt["file"] for receipt in ended.document["receipts"]] == ["a.csv", "b.csv"]


def test_a_client_always_gives_a_list(cuaderno: Callable[..., Ended], acme: Path) -> None:
    ended = cuaderno("check", "acme", "--json")

    (receipt,) = ended.document["receipts"]
    assert (receipt["client"], receipt["file"]) == ("acme", "exports/ledger.csv")
    assert receipt["tables"][0]["totals"]["revenue"] == 20
    assert ended.code == 0


def test_a_receipt_is_told_in_words(cuaderno: Callable[..., Ended], acme: Path) -> None:
    ended = cuaderno("check", "acme")

    assert "ledger.csv" in ended.out
    assert "2 rows" in ended.out
    assert "2026-10-01 to 2026-10-02" in ended.out
    assert "revenue 20" in ended.out


def test_nothing_that_is_told_steers_the_terminal(cuaderno: Callable[..., Ended], tmp_path: Path) -> None:
    (tmp_path / "a\x1b[31mb.csv").write_bytes(b"")

    ended = cuaderno("check", str(tmp_path / "a\x1b[31mb.csv"))

    assert "\x1b" not in ended.out + ended.err


def test_a_name_that_is_client_and_file_is_the_client(
    cuaderno: Callable[..., Ended], acme: Path, tmp_path: Path
) -> None:
    Path("acme").write_text(GOOD)

    ended = cuaderno("check", "acme", "--json")

    assert ended.document["receipts"][0]["client"] == "acme"
    assert "a client and a file" in ended.err


def test_what_is_neither_client_nor_file_is_misuse(cuaderno: Callable[..., Ended]) -> None:
    ended = cuaderno("check", "acmee", "--json")

    assert ended.code == 2
    assert ended.out == ""
    assert "Did you mean acme?" in ended.err


def test_faults_of_the_client_file_are_told_one_by_one(cuaderno: Callable[..., Ended], project: Path) -> None:
    (project / "clients" / "acme" / "client.yaml").write_text("name: A\ncurrency: EURO\ntimezone: Mars\n")

    ended = cuaderno("check", "acme")

    assert ended.code == 2
    assert "clients/acme/client.yaml:2:11" in ended.err
    assert "clients/acme/client.yaml:3:11" in ended.err


def test_a_client_at_fault_stops_no_other(cuaderno: Callable[..., Ended], acme: Path) -> None:
    (acme.parent / "broken").mkdir()
    (acme.parent / "broken" / "client.yaml").write_text("name: A\ncurrency: EURO\ntimezone: UTC\n")

    ended = cuaderno("check", "broken", "acme", "--json")

    assert [receipt["client"] for receipt in ended.document["receipts"]] == ["acme"]
    assert "clients/broken/client.yaml:2:11" in ended.err
    assert ended.code == 2


def test_a_plan_at_fault_is_found(cuaderno: Callable[..., Ended], acme: Path) -> None:
    (acme / "plans").mkdir()
    (acme / "plans" / "autumn.yaml").write_text("flight: autumn\n")

    ended = cuaderno("check", "acme")

    assert ended.code == 2
    assert "clients/acme/plans/autumn.yaml:1:1" in ended.err


def test_the_quality_of_a_clients_data_is_told_with_what_mends_it(cuaderno: Callable[..., Ended], acme: Path) -> None:
    (acme / "exports" / "ledger.csv").write_text(LEDGER + "2,2026-10-03,9.00\n")

    (problem,) = cuaderno("check", "acme", "--json").document["problems"]
    told = cuaderno("check", "acme")

    assert (problem["client"], problem["severity"], problem["code"]) == ("acme", "error", "repeated_orders")
    assert (problem["tables"], problem["value"], problem["unit"]) == (["orders"], 1, "count")
    assert "more than once" in problem["message"]
    assert problem["message"] in told.out.replace("\n", " ")
    assert told.code == 0


def test_good_data_bring_no_problem(cuaderno: Callable[..., Ended], acme: Path) -> None:
    assert cuaderno("check", "acme", "--json").document["problems"] == []
