"""What is wrong with one client is said there, stops no other client and leaves no trace in another's report."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from tests.ended import Ended

from .workbook import Project, entry, lay, made_once, report, text_of

CANARIES = ("canary-broken-5d1f", "canary-damaged-9e72", "canary-partly-31c8")
SETTINGS = "currency: EUR\ntimezone: Europe/Madrid\n"


def meta(campaign: str) -> str:
    """October of one campaign, ten euros a day."""
    head = "Campaign name,Day,Impressions,Amount spent (EUR),Link clicks,Purchases"
    return "\n".join((head, *(f"{campaign},2026-10-{day:02},1000,10.00,20,1" for day in range(1, 32)))) + "\n"


def cut_workbook(name: str) -> bytes:
    """The first half of what was a workbook, as a broken download leaves it."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr("[Content_Types].xml", name * 50)
        archive.writestr("xl/worksheets/sheet1.xml", name * 500)
    return whole.getvalue()[: whole.tell() // 2]


@pytest.fixture(scope="module")
def four(shelf: Path) -> Project:
    """Four clients: a client file to be mended, an export that is damaged, one of two damaged, and all well."""
    broken, damaged, partly = CANARIES

    def make(folder: Path) -> Ended:
        lay(folder, "broken", f"name: {broken}\ncurrency: EURO\ntimezone: Europe/Madrid\n", {"a.csv": meta(broken)})
        lay(folder, "damaged", f"name: {damaged}\n{SETTINGS}as_of: 2026-11-01\n", {"a.xlsx": cut_workbook(damaged)})
        exports = {"a.csv": meta(partly), "b.xlsx": cut_workbook(partly)}
        lay(folder, "partly", f"name: {partly}\n{SETTINGS}brand:\n  agency: agency of {partly}\n", exports)
        remark = folder / "clients" / "partly" / "commentary" / "2026-10" / "audit.en.md"
        remark.parent.mkdir(parents=True)
        remark.write_text(f"Words about {partly}.", encoding="utf-8")
        lay(folder, "well", f"name: Bien\n{SETTINGS}", {"a.csv": meta("Tazas")})
        return report(folder, "--all", "--stage", "audit", folder=folder)

    return made_once(shelf / "four", make)


def audit(project: Project, client: str) -> dict[str, Any]:
    """What the run document says of the client's audit."""
    return entry(project.ended.runs[client], "audit")


def test_the_run_says_that_not_all_is_done(four: Project) -> None:
    assert four.ended.code == 1
    assert {client: audit(four, client)["status"] for client in four.ended.runs} == {
        "broken": "refused",
        "damaged": "refused",
        "partly": "ok",
        "well": "ok",
    }


@pytest.mark.parametrize("client", ["broken", "damaged", "partly", "well"])
def test_every_client_has_a_whole_run_document(four: Project, client: str) -> None:
    run = four.ended.runs[client]

    assert run["schema"] == "cuaderno.run/1"
    assert {"client", "period", "as_of", "started", "finished", "versions", "inputs", "stages"} <= set(run)
    assert {each["status"] for each in run["stages"] if each["stage"] != "audit"} == {"skipped"}
    known = {"stage", "status", "seconds", "cpu_seconds", "peak_mib", "error", "outputs", "warnings"}
    assert all(known <= set(each) for each in run["stages"])
    assert bool(audit(four, client)["error"]) == (audit(four, client)["status"] == "refused")


def test_a_client_file_to_be_mended_is_named_by_line_and_column(four: Project) -> None:
    error = audit(four, "broken")["error"]

    assert "currency" in error["what"]
    assert "EURO" in error["what"]
    assert error["where"] == "clients/broken/client.yaml:2:11"
    assert error["next"]


def test_a_damaged_export_is_named_and_not_called_missing(four: Project) -> None:
    error = audit(four, "damaged")["error"]

    assert "exports/a.xlsx" in error["what"] + error["where"]
    assert "there is no export" not in error["what"]


def test_a_damaged_export_among_good_ones_is_told_on_the_page(four: Project) -> None:
    """Else its figures are missing in every sum, and nobody knows."""
    page = four.page("partly", "audit", "en")

    assert "exports/b.xlsx" in page
    assert audit(four, "partly")["warnings"]


def test_a_client_has_its_own_agency_and_commentary(four: Project) -> None:
    """They are canaries too: of no other client's files does a page hold anything."""
    page = four.page("partly", "audit", "en")

    assert f"agency of {CANARIES[2]}" in page
    assert f"Words about {CANARIES[2]}." in page


def test_the_client_in_good_order_has_its_page(four: Project) -> None:
    text = text_of(four.page("well", "audit", "en"))

    assert "€310" in text
    assert "Audit" in text


@pytest.mark.parametrize("client", ["well", "partly"])
def test_nothing_of_another_client_gets_into_a_report(four: Project, client: str) -> None:
    """Neither into its pages, nor into the notebook, the claims, the run document and what is kept for later."""
    own = four.ended.runs[client]["name"]
    foreign = [canary.encode() for canary in CANARIES if canary != own]
    kept = [folder / client for folder in (four.folder / "reports", four.folder / ".cuaderno")]
    files = [path for folder in kept for path in folder.rglob("*") if path.is_file()]

    assert {path.suffix for path in files} >= {".html", ".ipynb", ".json", ".parquet"}
    assert [path for path in files if any(canary in path.read_bytes() for canary in foreign)] == []
    assert client != "partly" or any(own.encode() in path.read_bytes() for path in files)


def test_the_refused_say_on_the_terminal_what_to_do(four: Project) -> None:
    assert "clients/broken/client.yaml:2:11" in four.ended.err
    assert "damaged" in four.ended.err
    assert "Traceback" not in four.ended.err
