"""What only the analyst can say: the receipt prints an entry for client.yaml, and pasting it makes the file read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from helpers.cli.app import app
from helpers.clients import Roots, open_client
from helpers.intake import Problem, Reading, read_file, recognise
from helpers.platforms import PLATFORMS

META = "Reporting starts,Reporting ends,Campaign name,Currency,Amount spent {},Impressions\n"
HEAD = "name: Pan y Sal\ncurrency: EUR\ntimezone: Europe/Madrid\n"


def question(reading: Reading) -> Problem:
    return next(problem for problem in reading.receipt.problems if problem.snippet)


def first_reading(tmp_path: Path, text: str, name: str = "file.csv") -> Reading:
    folder = tmp_path / "clients" / "pan" / "exports"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return read_file(folder / name, name=f"exports/{name}")


def answered(tmp_path: Path, snippet: str, name: str = "file.csv") -> Reading:
    """Paste the entry into the client's file, as an analyst does, and read the export again."""
    (tmp_path / "clients" / "pan" / "client.yaml").write_text(HEAD + snippet + "\n", encoding="utf-8")
    roots = Roots(clients=tmp_path / "clients", reports=tmp_path / "reports")
    client = open_client("pan", roots)
    path = client.folder / "exports" / name
    return read_file(path, name=f"exports/{name}", sources=client.intake_sources(path))


def entry(snippet: str) -> dict[str, Any]:
    (only,) = yaml.safe_load(snippet)["sources"]
    return dict(only)


def test_the_order_of_day_and_month_is_asked_once(tmp_path: Path) -> None:
    text = "Date;Campaign;Cost\n03/04/2026 9:15;A;1,5\n25/04/2026 10:00;A;2,5\n2026-04-26;A;3,5\n"
    asked = question(first_reading(tmp_path, text))
    reading = answered(tmp_path, asked.snippet)

    assert asked.code == "ambiguous_dates"
    assert reading.receipt.tables[0].period == ("2026-04-03", "2026-04-26")
    assert reading.receipt.tables[0].totals["spend"] == 7.5
    other = asked.snippet.replace("%d/%m/%Y", "%m/%d/%Y", 1)
    assert answered(tmp_path, other).receipt.status == "refused"  # the 25th is no month


def test_the_decimal_sign_is_asked_once_and_what_was_said_before_stays_in_the_entry(tmp_path: Path) -> None:
    first_reading(tmp_path, "day,sum\n2026-01-01,3.122\n")
    mapped = (
        "sources: [{files: exports/file.csv, table: orders, columns: {ordered_at: day, revenue: sum},"
        " constants: {currency: EUR}}]"
    )
    asked = question(answered(tmp_path, mapped))

    assert asked.code == "ambiguous_numbers"
    assert answered(tmp_path, asked.snippet).receipt.tables[0].totals["revenue"] == 3.122
    comma = asked.snippet.replace('numbers: "1,234.56"', 'numbers: "1.234,56"')
    assert answered(tmp_path, comma).receipt.tables[0].totals["revenue"] == 3122
    assert answered(tmp_path, comma).receipt.tables[0].currency == "EUR"


CONTRADICTIONS = {
    "header and column": (META.format("(USD)") + "2026-01-01,2026-01-01,A,EUR,1.5,10\n", 2),
    "one row of the column": (
        META.format("(USD)") + "2026-01-01,2026-01-01,A,USD,1.5,10\n2026-01-02,2026-01-02,A,EUR,2,9\n",
        3,
    ),
    "header and signs": (META.format("(USD)") + "2026-01-01,2026-01-01,A,,€1.50,10\n", None),
    "column and signs": (META.format("") + "2026-01-01,2026-01-01,A,USD,€1.50,10\n", None),
}


@pytest.mark.parametrize("name", CONTRADICTIONS)
def test_a_file_that_contradicts_itself_about_its_currency_asks_which_it_is(tmp_path: Path, name: str) -> None:
    text, row = CONTRADICTIONS[name]
    reading = first_reading(tmp_path, text)
    asked = question(reading)

    assert reading.receipt.status == "refused"
    assert asked.code == "mixed_currencies"
    assert "USD" in asked.message
    assert "EUR" in asked.message
    assert asked.row == row
    for code in ("USD", "EUR"):
        read = answered(tmp_path, asked.snippet.replace('currency: "USD"', f'currency: "{code}"')).receipt
        assert (read.status, read.tables[0].currency) == ("ok", code)


def test_a_header_that_agrees_with_its_column_is_no_question(tmp_path: Path) -> None:
    for rows in ("EUR,€1.50", "eur,1.50", ",€1.50", "EUR,1.50"):
        read = first_reading(tmp_path, META.format("(EUR)") + f"2026-01-01,2026-01-01,A,{rows},10\n").receipt

        assert (read.status, read.tables[0].currency) == ("ok", "EUR")


@pytest.mark.parametrize(
    ("suffix", "rows", "currency", "spend"),
    [
        ("(EUR)", ("EUR,3.50", ",4.50"), "EUR", 8),
        ("", ("EUR,3.50", ",4.50"), None, None),
        ("(EUR)", ("EUR,3.50", "$,4.50"), None, None),  # a sign of several currencies is no blank
        ("", ("Euro,3.50", "euros,4.50"), "EUR", 8),
        ("", ("US dollars,3.50", "dólares estadounidenses,4.50"), "USD", 8),
        ("", ("house,3.50 €", "house,4.50 €"), "EUR", 8),
        ("(EUR)", ("house,3.50", "house,4.50"), "EUR", 8),
        ("(EUR)", ("house,3.50", "home,4.50"), None, 8),
        ("", ("house,3.50", "house,4.50"), None, 8),
        ("", ("zł,3.50", "PLN,4.50"), "PLN", 8),
        ("(NET)", (",3.50", ",4.50"), None, 8),
    ],
)
def test_only_codes_of_iso_4217_are_currencies_and_the_header_fills_what_is_open(
    tmp_path: Path, suffix: str, rows: Sequence[str], currency: str | None, spend: float | None
) -> None:
    body = "".join(f"2026-01-01,2026-01-01,A{at},{row},10\n" for at, row in enumerate(rows))

    read = first_reading(tmp_path, META.format(suffix) + body).receipt

    assert (read.tables[0].currency, read.tables[0].totals.get("spend")) == (currency, spend)
    assert ("currency_missing" in {problem.code for problem in read.problems}) == (currency is None)


def test_three_capitals_that_are_no_currency_contradict_nothing(tmp_path: Path) -> None:
    read = first_reading(tmp_path, META.format("(NET)") + "2026-01-01,2026-01-01,A,EUR,1.50,10\n").receipt

    assert read.tables[0].currency == "EUR"


def test_the_currency_of_a_mapped_file_is_asked_in_its_own_entry(tmp_path: Path) -> None:
    first_reading(tmp_path, "day,money,sum (USD)\n2026-01-01,EUR,3.12\n")
    mapped = (
        "sources: [{files: exports/file.csv, table: orders,"
        " columns: {ordered_at: day, revenue: sum (USD), currency: money}}]"
    )
    asked = question(answered(tmp_path, mapped))

    assert entry(asked.snippet)["columns"]["currency"] == "money"
    assert answered(tmp_path, asked.snippet).receipt.tables[0].currency == "USD"


def test_two_platforms_that_fit_equally_well_are_a_question(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    twin = replace(PLATFORMS["meta_ads"], source="twin", title="Twin")
    monkeypatch.setattr(recognise, "PLATFORMS", {**PLATFORMS, "twin": twin})
    text = (
        "Reporting starts,Reporting ends,Campaign name,Amount spent (EUR),Impressions\n2026-01-01,2026-01-01,A,1.5,10\n"
    )
    asked = question(first_reading(tmp_path, text))
    reading = answered(tmp_path, asked.snippet)

    assert entry(asked.snippet)["source"] == "meta_ads"
    assert "twin" in asked.snippet
    assert [table.source for table in reading.receipt.tables] == ["meta_ads"]
    assert reading.receipt.tables[0].totals["spend"] == 1.5


@pytest.mark.parametrize(
    ("text", "table", "totals"),
    [
        (
            'Fecha de alta;Zona;Coste: medios;Nota "x";Otra;Más\n13/02/2026;N;1.204,5;x;1;2\n14/02/2026;S;12,5;y;2;3\n',
            "ads",
            {"spend": 1217},
        ),
        (
            "Libro de caja\n\nDía del cobro,Tienda,Importe cobrado,Turno\n13/02/2026,N,12.50,1\n14/02/2026,S,7.25,2\n",
            "orders",
            {"revenue": 19.75, "orders": 2},
        ),
        ("week,visits\n2026-02-02,10\n2026-02-09,12\n", "series", {}),
        ("Member,Town,Points\nM1,Vigo,3\nM2,Lugo,4\n", "customers", {}),
    ],
)
def test_an_unknown_table_gets_an_entry_with_its_own_headers(
    tmp_path: Path, text: str, table: str, totals: dict[str, float]
) -> None:
    asked = question(first_reading(tmp_path, text, "odd [1].csv"))
    reading = answered(tmp_path, asked.snippet, "odd [1].csv")

    assert asked.code == "unknown_table"
    assert [found.table for found in reading.receipt.tables] == [table]
    assert dict(reading.receipt.tables[0].totals) == totals
    assert reading.receipt.tables[0].kept == 2


def test_a_form_without_a_question_in_its_headers_is_read_once_the_analyst_says_so(tmp_path: Path) -> None:
    text = "Timestamp,Ciudad,Edad\n2026-02-01 10:00:00,Vigo,33\n"
    asked = question(first_reading(tmp_path, text))
    reading = answered(tmp_path, asked.snippet)

    assert entry(asked.snippet)["source"] == "google_forms"
    assert list(reading.frames[0][1]["answer"]) == ["Vigo", "33"]


@pytest.mark.parametrize(
    ("days", "year"),
    [(("30 December", "31 December", "1 January"), 2026), (("January 1", "December 31", "December 30"), 2026)],
)
def test_days_without_a_year_take_it_from_the_latest_and_pass_new_year(
    tmp_path: Path, days: tuple[str, ...], year: int
) -> None:
    text = "Date,Campaign,Spend,Currency\n" + "".join(f"{day},A,1,EUR\n" for day in days)
    asked = question(first_reading(tmp_path, text))
    reading = answered(tmp_path, asked.snippet.replace("year: null", f"year: {year}"))

    assert asked.code == "year_missing"
    assert entry(asked.snippet)["year"] is None  # none may be proposed: a wrong one would look right
    assert reading.receipt.tables[0].period == ("2025-12-30", "2026-01-01")


def test_a_question_survives_being_saved(tmp_path: Path) -> None:
    receipt = first_reading(tmp_path, "Member,Town,Points\nM1,Vigo,3\n").receipt

    assert type(receipt).from_json(receipt.as_json()) == receipt


@pytest.mark.parametrize("header", ["yes", "null", "na\x95me", 'a "b": [c]', "# note", "- x", "{y}", "*ref"])
def test_an_entry_is_yaml_whatever_the_headers_hold(tmp_path: Path, header: str) -> None:
    quoted = '"' + header.replace('"', '""') + '"'
    asked = question(first_reading(tmp_path, f"Member,{quoted},Colour\nM1,Vigo,red\nM2,Lugo,blue\n"))

    assert header in entry(asked.snippet)["columns"].values()
    assert answered(tmp_path, asked.snippet).receipt.tables[0].kept == 2


def test_check_prints_the_entry(tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("Member,Town\nM1,Vigo\n", encoding="utf-8")
    shown = CliRunner().invoke(app, ["check", str(path)]).stdout

    assert entry(shown[shown.index("sources:") :])["columns"] == {"customer_id": "Member", "town": "Town"}


def test_a_file_without_headers_gets_no_entry_that_takes_a_row_for_them(tmp_path: Path) -> None:
    receipt = first_reading(tmp_path, "M1,3\nM2,4\nM3,5\n").receipt

    assert [problem.code for problem in receipt.problems] == ["unknown_table"]
    assert not receipt.problems[0].snippet


def test_a_proposed_entry_keeps_the_time_zone_that_the_analyst_stated(tmp_path: Path) -> None:
    first_reading(tmp_path, "fecha;canal;gasto\n01/02/2026;Radio;3,50\n02/03/2026;Prensa;4,50\n")
    mapped = (
        "sources: [{files: exports/file.csv, table: ads, columns: {date: fecha, channel: canal, spend: gasto},"
        " constants: {platform: other}, timezone: Europe/Madrid}]"
    )
    asked = question(answered(tmp_path, mapped))

    assert entry(asked.snippet)["timezone"] == "Europe/Madrid"
