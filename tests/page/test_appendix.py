"""The receipts of the exports and the exchange rates stand on the page, and money is never left out in silence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from helpers import blocks, stages
from helpers.clients import Parameters, Roots, open_client
from helpers.errors import ClientError
from helpers.intake.receipt import SEVERITY
from helpers.page import load
from helpers.page import page as module
from helpers.page.page import Page
from helpers.quality import noted

EUROS = "Day,Campaign name,Amount spent (EUR),Impressions\n2026-10-01,Otoño,10.50,1000\nTotal,,10.50,1000\n"
DOLLARS = "Day,Campaign name,Amount spent (USD),Impressions\n2026-10-01,USA,100,900\n2026-10-05,USA,50,400\n"
RATES = "date,from,to,rate\n2026-10-01,USD,EUR,0.85125\n2026-10-05,USD,EUR,0.9\n"
FX = "fx: {policy: daily, file: fx.csv}\n"


@pytest.fixture
def tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run the audit on files, and return the tables that its data quality shows, by caption, in one language."""
    found: list[Any] = []
    monkeypatch.setattr(module, "display", lambda bundle, **_: found.append(blocks.load(bundle[blocks.MIME])))

    def run(settings: str = "", fx: str = "", language: str = "en", **files: str) -> dict[str, list[list[str]]]:
        folder = tmp_path / "clients" / "aurora"
        (folder / "exports").mkdir(parents=True)
        (folder / "client.yaml").write_text(
            f"name: Aurora\ncurrency: EUR\ntimezone: Europe/Madrid\nlanguages: [{language}]\n{settings}"
        )
        if fx:
            (folder / "fx.csv").write_text(fx)
        for name, text in files.items():
            (folder / "exports" / f"{name}.csv").write_text(text)
        client = open_client("aurora", Roots(tmp_path / "clients", tmp_path / "reports"))
        loaded = load(client, Parameters(client="aurora", period="2026-10"))
        page = Page(stages.stage("audit"), client, loaded, client.languages)
        page.analyse()
        page.quality()
        grids = [block for block in found if block.kind == "grid"]
        return {_plain(one.caption): [[_plain(cell) for cell in row] for row in one.rows] for one in grids}

    return run


def _plain(text: blocks.Text) -> str:
    return "".join(run.text for run in text[0])


def test_every_export_is_listed_with_what_was_read_of_it(tables: Any) -> None:
    found = tables(a_meta=EUROS, b_notes="nothing,of\nthis,sort\n")

    assert found["What was read of each export"] == [
        ["a_meta.csv", "Meta Ads · EUR · Oct 1, 2026", "1", "1", "Adds up to its own totals"],
        ["b_notes.csv", "Not read", "", "", "Not recognised"],
    ]


def test_an_export_that_fills_two_tables_is_listed_once(tables: Any) -> None:
    shopify = (Path(__file__).resolve().parents[1] / "exports" / "shopify").glob("*.csv")
    export = next(path for path in sorted(shopify) if ".golden" not in path.name)

    (row,) = tables(orders=export.read_text(encoding="utf-8"))["What was read of each export"]

    assert row[0] == "orders.csv"
    assert row[1].startswith("Shopify · ")


def test_a_total_that_the_rows_do_not_reach_is_told(tables: Any) -> None:
    (row,) = tables(meta=EUROS.replace("Total,,10.50", "Total,,99.00"))["What was read of each export"]

    assert row[-1] == "Its totals differ from its rows"


def test_the_rates_by_which_money_was_exchanged_are_printed(tables: Any) -> None:
    rates = tables(FX, RATES, language="es-ES", meta=EUROS, usa=DOLLARS)["Tipos de cambio utilizados"]

    assert rates == [["USD", "1–31 oct 2026", "0,85125", "0,90000", "2"]]


def test_without_another_currency_there_is_no_table_of_rates(tables: Any) -> None:
    assert set(tables(FX, RATES, meta=EUROS)) == {"What was read of each export"}


def test_money_without_a_rate_is_an_error_where_the_client_states_how_it_is_exchanged(tables: Any) -> None:
    late = RATES.replace("2026-10-01,USD,EUR,0.85125\n", "")

    with pytest.raises(ClientError) as refused:
        tables(FX, late, meta=EUROS, usa=DOLLARS)

    assert refused.value.seen == "1 rows of ads in USD from 2026-10-01 to 2026-10-01"
    assert "in fx.csv" in refused.value.next_step


def test_money_without_a_rate_is_a_warning_where_the_client_states_nothing(tables: Any) -> None:
    assert "What was read of each export" in tables(meta=EUROS, usa=DOLLARS)


def test_all_that_a_receipt_may_warn_of_has_its_words() -> None:
    assert {code for code, severity in SEVERITY.items() if severity != "info"} == set(noted.LABELS)
