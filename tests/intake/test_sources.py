"""Tables that the analyst maps by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.intake import Reading, Source, read_file

LEDGER = (
    "Fecha;Pedido;Cliente;Importe;Coste\n"
    "01/02/2026;A1;ana@example.org;1.204,50 €;3\n"
    "13/02/2026;A2;bo@example.org;98,10 €;2\n"
)
ORDERS = {"ordered_at": "Fecha", "order_id": "Pedido", "customer_id": "Cliente", "revenue": "Importe"}


def read(tmp_path: Path, text: str, *sources: Source, encoding: str = "utf-8") -> Reading:
    path = tmp_path / "ledger.csv"
    path.write_bytes(text.encode(encoding))
    return read_file(path, name="exports/ledger.csv", sources=sources)


def codes(reading: Reading) -> set[str]:
    return {problem.code for problem in reading.receipt.problems}


def test_a_glob_below_the_client_folder_says_which_files_are_meant() -> None:
    source = Source("exports/ledger*.csv", "orders")

    assert source.applies_to("exports/ledger_2026.csv")
    assert not source.applies_to("other/ledger.csv")
    assert not Source("exports/*.csv", "orders").applies_to("exports/deep/ledger.csv")
    assert Source("exports/**/*.csv", "orders").applies_to("exports/deep/ledger.csv")
    assert Source("exports/**/*.csv", "orders").applies_to("exports/ledger.csv")


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_a_mapped_ledger_is_read_with_the_rules_of_every_export(tmp_path: Path, encoding: str) -> None:
    reading = read(tmp_path, LEDGER, Source("*", "orders", ORDERS), encoding=encoding)
    table = reading.receipt.tables[0]

    assert dict(table.totals) == {"revenue": 1302.6, "orders": 2}
    assert table.currency == "EUR"
    assert table.period == ("2026-02-01", "2026-02-13")


def test_customers_are_told_apart_by_digests_that_differ_between_clients(tmp_path: Path) -> None:
    path = tmp_path / "ledger.csv"
    path.write_text(LEDGER, encoding="utf-8")
    ours, theirs = (
        read_file(path, sources=(Source("*", "orders", ORDERS),), salt=salt).frames[0][1]["customer_id"]
        for salt in ("ours", "theirs")
    )

    assert ours.nunique() == 2
    assert not ours.str.contains("@").any()
    assert not set(ours) & set(theirs)


def test_a_total_row_is_left_out_and_compared(tmp_path: Path) -> None:
    reading = read(tmp_path, LEDGER + "TOTAL;;;1.302,60 €;\n", Source("*", "orders", ORDERS))

    assert reading.receipt.tables[0].kept == 2
    assert reading.receipt.tables[0].control_totals["revenue"] == {"file": 1302.6, "rows": 1302.6}
    assert "control_total_mismatch" not in codes(reading)
    assert "control_total_mismatch" in codes(
        read(tmp_path, LEDGER + "TOTAL;;;31.000,00 €;\n", Source("*", "orders", ORDERS))
    )


def test_one_file_may_be_two_tables_and_only_listed_columns_are_used(tmp_path: Path) -> None:
    text = "week,tv,web,note\n2026-01-05,10.5,3,na\n2026-01-12,20.5,4,na\n2026-01-19,30,5,x\n2026-01-26,0,6,NA\n"
    tv = Source("*", "ads", {"date": "week", "spend": "tv"}, {"platform": "other", "channel": "tv", "currency": "EUR"})
    web = Source("*", "series", {"at": "week", "value": "web"}, {"name": "revenue"})
    reading = read(tmp_path, text, tv, web)

    assert [table.table for table in reading.receipt.tables] == ["ads", "series"]
    assert reading.receipt.status == "ok"
    assert reading.receipt.tables[0].totals["spend"] == 61
    assert reading.receipt.tables[0].period == ("2026-01-05", "2026-02-01")
    assert set(reading.frames[0][1]["period_grain"]) == {"week"}
    assert reading.frames[1][1]["value"].sum() == 18


def test_columns_may_be_given_by_position(tmp_path: Path) -> None:
    source = Source("*", "orders", {"ordered_at": 1, "revenue": 3}, {"currency": "EUR"}, header=False)
    reading = read(tmp_path, "2026-01-05,a,10.5\n2026-01-06,b,1.5\n", source)

    assert reading.receipt.tables[0].totals["revenue"] == 12


@pytest.mark.parametrize("has_header", [True, False])
def test_columns_set_with_blanks_are_read(tmp_path: Path, has_header: bool) -> None:
    text = (
        " customer day cds value\n" if has_header else ""
    ) + " 0001 20260101  1   11.77\n 0002 20260112  5   77.00\n"
    columns = {"customer_id": "customer", "ordered_at": "day", "revenue": "value"}
    places = {"customer_id": 1, "ordered_at": 2, "revenue": 4}
    source = Source(
        "*", "orders", columns if has_header else places, {"currency": "USD"}, dates="%Y%m%d", header=has_header
    )
    reading = read(tmp_path, text, source)

    assert reading.receipt.tables[0].totals["revenue"] == 88.77
    assert list(reading.frames[0][1]["customer_id"]) == ["0001", "0002"]


def test_customers_keep_any_attribute_as_number_or_word(tmp_path: Path) -> None:
    source = Source("*", "customers", {"customer_id": "id", "income": "Income (k$)", "town": "Town"})
    frame = read(tmp_path, "id,Income (k$),Town\n1,15,Vigo\n2,16.5,Lugo\n", source).frames[0][1]

    assert list(frame["income"]) == [15, 16.5]
    assert list(frame["town"]) == ["Vigo", "Lugo"]


def test_a_bare_year_is_its_first_day(tmp_path: Path) -> None:
    source = Source("*", "competitor_ads", {"page": "brand", "start": "year"}, dates="%Y")
    frame = read(tmp_path, "year,brand\n2018,Rival\n", source).frames[0][1]

    assert frame["start"].dt.strftime("%Y-%m-%d").tolist() == ["2018-01-01"]


def test_the_stated_number_style_wins(tmp_path: Path) -> None:
    source = Source("*", "orders", {"ordered_at": "day", "revenue": "sum"}, {"currency": "EUR"}, numbers="1.234,56")

    assert read(tmp_path, "day,sum\n2026-01-01,3.122\n", source).receipt.tables[0].totals["revenue"] == 3122


def test_a_lone_group_of_three_digits_without_any_evidence_is_refused(tmp_path: Path) -> None:
    source = Source("*", "orders", {"ordered_at": "day", "revenue": "sum"}, {"currency": "EUR"})
    reading = read(tmp_path, "day,sum\n2026-01-01,3.122\n", source)

    assert reading.receipt.status == "refused"
    assert codes(reading) == {"ambiguous_numbers"}


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (Source("*", "orders", {"revenue": "Total"}), "Total"),
        (Source("*", "orders", {"turnover": "Importe"}), "turnover"),
        (Source("*", "ledger", {"revenue": "Importe"}), "ledger"),
    ],
)
def test_a_mapping_that_does_not_fit_is_refused_with_what_there_is(tmp_path: Path, source: Source, words: str) -> None:
    reading = read(tmp_path, LEDGER, source)
    problem = reading.receipt.problems[0]

    assert reading.receipt.status == "refused"
    assert words in problem.message
    assert problem.action


def test_line_counts_default_to_one_unit(tmp_path: Path) -> None:
    source = Source("*", "order_lines", {"order_id": "Pedido", "ordered_at": "Fecha", "revenue": "Importe"})

    assert read(tmp_path, LEDGER, source).frames[0][1]["quantity"].tolist() == [1, 1]


def test_words_of_known_meaning_are_spelled_the_canonical_way(tmp_path: Path) -> None:
    source = Source("*", "organic_posts", {"format": "Type", "likes": "like"}, {"platform": "Facebook"})
    frame = read(tmp_path, "Type,like\nPhoto,3\nStatus,\nReels,5\n", source).frames[0][1]

    assert list(frame["format"]) == ["photo", "status", "reel"]
    assert set(frame["platform"]) == {"facebook"}
    assert frame["likes"].isna().tolist() == [False, True, False]


ADS = {"date": "Tag", "campaign": "Kampagne", "spend": "Kosten", "impressions": "Einblendungen"}
OF_EACH_DAY = "Tag,Kampagne,Kosten,Einblendungen\n" + "".join(
    f"2026-03-0{day},A,{day}0.50,100{day}\n2026-03-0{day},B,20.25,500\n2026-03-0{day},Total,{day}0.75,{total}\n"
    for day, total in ((1, 1501), (2, 1502))
)


def test_totals_of_each_day_in_a_mapped_table_are_left_out(tmp_path: Path) -> None:
    text = OF_EACH_DAY.replace("Total,10.75", "Total,30.75").replace("Total,20.75", "Total,40.75")

    table = read(tmp_path, text, Source("*", "ads", ADS, constants={"currency": "EUR"})).receipt.tables[0]

    assert table.totals["spend"] == 10.50 + 20.25 + 20.50 + 20.25
    assert table.totals["impressions"] == 1001 + 500 + 1002 + 500
    assert table.kept == 4
    assert table.dropped == {"total_row": 2}


def test_a_mapped_total_that_is_not_the_sum_of_its_day_is_refused(tmp_path: Path) -> None:
    text = OF_EACH_DAY.replace("Total,10.75", "Total,30.75").replace("Total,20.75", "Total,44.75")

    receipt = read(tmp_path, text, Source("*", "ads", ADS, constants={"currency": "EUR"})).receipt

    assert receipt.status == "refused"
    assert receipt.problems[0].row == 7


def test_money_without_a_currency_beside_money_with_one_is_told_and_not_added(tmp_path: Path) -> None:
    path = tmp_path / "ads.csv"
    path.write_text(
        "Day,Campaign name,Currency,Amount spent,Impressions\n2026-03-01,A,USD,10.5,100\n2026-03-02,A,,10.25,90\n"
    )

    receipt = read_file(path).receipt

    assert receipt.tables[0].currency is None
    assert "spend" not in receipt.tables[0].totals
    assert receipt.tables[0].totals["impressions"] == 190
    assert "currency_missing" in {problem.code for problem in receipt.problems}


def test_a_day_without_a_column_is_stated_of_every_row(tmp_path: Path) -> None:
    text = "Campaign,Cost\nA,1.5\nB,2.5\n"
    stated = {"date": "2026-01-02", "currency": "EUR", "campaign_id": 12}

    reading = read(tmp_path, text, Source("*", "ads", {"campaign": "Campaign", "spend": "Cost"}, constants=stated))

    assert reading.receipt.tables[0].period == ("2026-01-02", "2026-01-02")
    assert [*reading.frames[0][1]["campaign_id"]] == ["12", "12"]


def test_a_constant_of_another_kind_is_refused(tmp_path: Path) -> None:
    reading = read(tmp_path, LEDGER, Source("*", "orders", ORDERS, constants={"new_customer": "yes"}))

    assert [(one.code, one.message) for one in reading.receipt.problems] == [
        ("unreadable_values", "new_customer must be true or false; constants: says 'yes'.")
    ]
