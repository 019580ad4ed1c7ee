"""Files as analysts have them: damaged, resaved, hostile, unknown."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter

from helpers.intake import Reading, Receipt, Source, read_file, recognise, safety
from helpers.platforms import PLATFORMS

META = "Reporting starts,Reporting ends,Campaign name,Amount spent (EUR),Impressions\n"
GOOGLE = "Campaign report\n{period}\nCampaign,Currency code,Cost,Impr.,Clicks\n"


def read(tmp_path: Path, content: str | bytes, *, name: str = "file.csv", sources: tuple[Source, ...] = ()) -> Reading:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_file(path, sources=sources)


def codes(reading: Reading) -> set[str]:
    return {problem.code for problem in reading.receipt.problems}


def workbook(*sheets: list[list[object]]) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        for rows in sheets:
            sheet = book.add_worksheet()
            for i, row in enumerate(rows):
                for j, cell in enumerate(row):
                    sheet.write(i, j, cell)
    return buffer.getvalue()


def test_every_refusal_says_what_to_do(tmp_path: Path) -> None:
    for content in (
        b"",
        b"<html><table></table></html>",
        b"PK\x03\x04rubbish",
        b"\xff\xfea",
        b'a,"b\n',
        b"\0\1\2" * 99,
    ):
        receipt = read(tmp_path, content).receipt

        assert receipt.status == "refused"
        assert receipt.tables == ()
        assert all(problem.message and problem.action for problem in receipt.problems)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_export"),
        (b"<!DOCTYPE html><p>", "not_a_table"),
        (b"PK\x03\x04rubbish", "truncated_file"),
        ("Informe\n1,5".encode("utf-16")[:-1], "truncated_file"),
        (META.encode() + b'2026-01-01,2026-01-01,"A,1,10\n', "truncated_file"),
        (META.encode() + b"2026-01-01,2026-01-01,A,1,10\n2026-01-01,2026-01-01,B", "truncated_file"),
    ],
)
def test_a_damaged_file_is_refused_by_name(tmp_path: Path, content: bytes, code: str) -> None:
    reading = read(tmp_path, content)

    assert reading.receipt.status == "refused"
    assert code in codes(reading)


def test_an_unknown_table_warns_and_is_never_an_error(tmp_path: Path) -> None:
    reading = read(tmp_path, "Colour,Taste\nred,sweet\n")

    assert reading.receipt.status == "warning"
    assert codes(reading) == {"unknown_table"}
    assert reading.frames == []


def test_a_header_without_rows_is_an_empty_export(tmp_path: Path) -> None:
    reading = read(tmp_path, META + "No data available.\n")

    assert reading.receipt.status == "warning"
    assert codes(reading) == {"empty_export"}


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert read_file(tmp_path / "gone.csv").receipt.status == "refused"


def test_a_cell_with_an_unquoted_separator_is_refused_rather_than_shifted(tmp_path: Path) -> None:
    reading = read(tmp_path, META + "2026-01-01,2026-01-01,Pots, red,12,100\n")

    assert reading.receipt.status == "refused"
    assert "not_a_table" in codes(reading)


def test_money_that_is_no_number_refuses_the_table_and_names_the_row(tmp_path: Path) -> None:
    reading = read(tmp_path, META + "2026-01-01,2026-01-01,A,1,10\n2026-01-02,2026-01-02,A,one,10\n")
    problem = next(one for one in reading.receipt.problems if one.code == "unreadable_values")

    assert reading.receipt.status == "refused"
    assert (problem.row, problem.column) == (3, "Amount spent (EUR)")


@pytest.mark.parametrize(
    "sentinel",
    [
        "9999-12-31",
        "0001-12-31",
        "1900-01-01",
        "31/12/9999",
        "9999-W52",
        "dec-0026",
        "2026-10-01 - 9999-12-31",
        "2026-10-01 - 9999-W52",
    ],
)
def test_a_date_that_stands_for_none_is_refused_by_name(tmp_path: Path, sentinel: str) -> None:
    receipt = read(tmp_path, f"Day,Campaign name,Amount spent (EUR)\n2026-10-01,A,10\n{sentinel},B,20\n").receipt

    assert receipt.status == "refused"
    (problem,) = receipt.problems
    assert (problem.code, problem.row) == ("unreadable_values", 3)
    assert problem.message.startswith(f"'{sentinel}' is in no year from 1990 to 2100")


def test_an_unknown_table_with_dates_that_stand_for_none_is_no_crash(tmp_path: Path) -> None:
    reading = read(tmp_path, "valid,name,price\n2026-01-01 - 9999-12-31,A,3\n2026-01-01 - 9999-12-31,B,4\n")

    assert codes(reading) == {"unknown_table"}


def test_a_stated_period_without_end_is_no_period(tmp_path: Path) -> None:
    reading = read(tmp_path, GOOGLE.format(period='"January 1, 2026 - December 31, 9999"') + "A,EUR,3,90,4\n")

    assert reading.receipt.tables[0].period is None
    assert "period_missing" in codes(reading)


@pytest.mark.parametrize("day", [31, 99999999, 99999999999])
def test_a_day_beyond_those_that_the_file_states_is_refused_by_name(tmp_path: Path, day: int) -> None:
    head = "# Start date: 20260101\n# End date: 20260131\nNth day,Session source / medium,Sessions,Engaged sessions\n"

    receipt = read(tmp_path, f"{head}0030,a / b,10,8\n{day},a / b,1,1\n").receipt

    assert receipt.status == "refused"
    assert (receipt.problems[0].row, receipt.problems[0].column) == (5, "Nth day")


def test_an_hour_that_no_day_has_is_no_crash(tmp_path: Path) -> None:
    body = "Date,Hour,Active followers\n2026-03-01,5,10\n2026-03-01,99999999999999,7\n"

    (_, rows), *_ = read(tmp_path, body).frames

    assert rows["value"].tolist() == [10]


def test_a_row_that_ends_before_it_starts_is_refused_by_name(tmp_path: Path) -> None:
    receipt = read(tmp_path, META + "2026-10-01,2026-10-31,A,10,1\n2026-10-10,2026-10-01,B,20,2\n").receipt

    (problem,) = receipt.problems
    assert (receipt.status, problem.row) == ("refused", 3)
    assert problem.message == "1 rows end before they start, such as 2026-10-10 to 2026-10-01."


@pytest.mark.parametrize(
    ("end", "last"),
    [
        ("2026-10-01T00:00:00.000+02:00", "2026-10-01"),
        ("2026-10-03T00:00:00.000+02:00", "2026-10-02"),
        ("2026-09-30", None),
    ],
)
def test_snapchats_midnight_at_the_end_is_the_day_before(tmp_path: Path, end: str, last: str | None) -> None:
    header = "Start Time,End Time,Campaign Name,Spend,Paid Impressions,Swipe Ups\n"

    receipt = read(tmp_path, f"{header}2026-10-01T00:00:00.000+02:00,{end},A,10.5,1000,10\n").receipt

    assert [table.period for table in receipt.tables] == ([("2026-10-01", last)] if last else [])


@pytest.mark.parametrize("clock", [None, 13])
def test_snapchats_midnight_in_a_cell_of_a_spreadsheet_is_the_day_before(tmp_path: Path, clock: int | None) -> None:
    path = tmp_path / "export.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page, moment = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        page.write_row(0, 0, ["Start Time", "End Time", "Campaign Name", "Spend", "Paid Impressions", "Swipe Ups"])
        page.write_datetime(1, 0, datetime(2026, 3, 1), moment)  # noqa: DTZ001
        page.write_datetime(1, 1, datetime(2026, 3, 2, clock or 0), moment)  # noqa: DTZ001
        page.write_row(1, 2, ["A", 5.5, 1000, 10])

    (table,) = read_file(path).receipt.tables

    assert table.period == ("2026-03-01", "2026-03-02" if clock else "2026-03-01")


def test_snapchats_midnight_in_a_stated_pattern_is_the_day_before(tmp_path: Path) -> None:
    header = "Start Time,End Time,Campaign Name,Spend,Paid Impressions,Swipe Ups\n"
    stated = (Source("*", "ads", dates="%d/%m/%Y %H:%M"),)

    receipt = read(tmp_path, f"{header}01/03/2026 00:00,02/03/2026 00:00,A,10.5,1000,10\n", sources=stated).receipt

    assert receipt.tables[0].period == ("2026-03-01", "2026-03-01")


def test_a_year_of_two_digits_is_of_this_century(tmp_path: Path) -> None:
    receipt = read(tmp_path, "Day,Campaign name,Amount spent (EUR)\n31/12/26,A,10\n").receipt

    assert receipt.tables[0].period == ("2026-12-31", "2026-12-31")


def test_a_semicolon_file_with_decimal_commas_is_read(tmp_path: Path) -> None:
    text = META.replace(",", ";") + "05/01/2026;05/01/2026;A;1.204,5;10\n06/01/2026;06/01/2026;A;0,25;20\n"
    reading = read(tmp_path, text.replace("Campaign name", "Campaign name").encode("cp1252"))

    assert reading.receipt.status == "refused"  # 05/01 under English headers: nothing says which is the day
    assert "ambiguous_dates" in codes(reading)


def test_the_analyst_decides_what_the_file_does_not(tmp_path: Path) -> None:
    text = META.replace(",", ";") + "05/01/2026;05/01/2026;A;1.204,5;10\n06/01/2026;06/01/2026;A;0,25;20\n"
    reading = read(tmp_path, text, sources=(Source("*", "ads", dates="%d/%m/%Y"),))

    assert reading.receipt.tables[0].totals["spend"] == 1204.75
    assert reading.receipt.tables[0].period == ("2026-01-05", "2026-01-06")
    assert reading.receipt.tables[0].source == "meta_ads"


def test_sep_is_obeyed_and_double_quoting_undone(tmp_path: Path) -> None:
    line = "2026-01-01,2026-01-01,A,1.5,10\n"
    wrapped = "".join(f'"{row}"\n' for row in (META + line).splitlines())

    assert read(tmp_path, "sep=;\n" + (META + line).replace(",", ";")).receipt.tables[0].totals["spend"] == 1.5
    assert read(tmp_path, wrapped).receipt.tables[0].totals["spend"] == 1.5
    assert "double_encoded" in codes(read(tmp_path, wrapped))


def test_a_campaign_called_total_is_a_campaign(tmp_path: Path) -> None:
    rows = "2026-01-01,2026-01-01,Total,1,10\n2026-01-01,2026-01-01,Total: summer,2,20\n"

    assert read(tmp_path, META.replace("Reporting starts", "Day") + rows).receipt.tables[0].totals["spend"] == 3


def test_a_total_that_disagrees_with_its_rows_is_told(tmp_path: Path) -> None:
    period = "1 January 2026 - 31 January 2026"
    rows = "A,EUR,10.50,100,5\nB,EUR,4.50,50,2\nTotal: Campaigns,EUR,25.00,150,7\nTotal: Account,EUR,99.00,999,99\n"
    reading = read(tmp_path, GOOGLE.format(period=period) + rows)

    assert reading.receipt.tables[0].totals["spend"] == 15
    assert reading.receipt.tables[0].control_totals["spend"] == {"file": 25, "rows": 15}
    assert {"control_total_mismatch", "total_row_dropped"} <= codes(reading)


def test_currency_is_never_guessed(tmp_path: Path) -> None:
    row = "2026-01-01,2026-01-01,A,1.5,10\n"

    assert read(tmp_path, META + row).receipt.tables[0].currency == "EUR"
    for header in ("Amount spent ($)", "Amount spent"):
        reading = read(tmp_path, META.replace("Amount spent (EUR)", header) + row)
        assert reading.receipt.tables[0].currency is None
        assert "currency_missing" in codes(reading)


def test_money_in_two_currencies_is_not_added(tmp_path: Path) -> None:
    rows = "A,EUR,10.50,100,5\nB,USD,4.50,50,2\n"
    reading = read(tmp_path, GOOGLE.format(period="1 January 2026 - 31 January 2026") + rows)

    assert "mixed_currencies" in codes(reading)
    assert "spend" not in reading.receipt.tables[0].totals
    assert reading.receipt.tables[0].totals["impressions"] == 150


def test_results_of_unlike_kinds_are_not_added(tmp_path: Path) -> None:
    header = META.strip() + ",Results,Result indicator\n"
    reading = read(
        tmp_path,
        header + "2026-01-01,2026-01-01,A,1,10,3,actions:lead\n2026-01-01,2026-01-01,B,1,10,40,actions:link_click\n",
    )

    assert "non_additive" in codes(reading)
    assert not {"results", "conversions"} & set(reading.receipt.tables[0].totals)


def test_purchases_then_leads_then_results_of_one_kind_are_metas_conversions(tmp_path: Path) -> None:
    row = "2026-01-01,2026-01-01,A,1,10,"
    cases = {
        META.strip() + ",Purchases,Leads\n" + row + "2,5\n": 2,
        META.strip() + ",Purchases,Leads\n" + row + ",5\n": 5,
        META.strip() + ",Results,Result indicator\n" + row + "7,actions:lead\n": 7,
    }
    for text, conversions in cases.items():
        assert read(tmp_path, text).receipt.tables[0].totals["conversions"] == conversions


def test_text_that_a_spreadsheet_would_run_is_data_with_a_warning(tmp_path: Path) -> None:
    rows = '2026-01-01,2026-01-01,"=HYPERLINK(""http://x.example"")",1,10\n2026-01-01,2026-01-01,<b>A</b>,1,10\n'
    reading = read(tmp_path, META + rows)

    assert {"formula_text", "markup_text"} <= codes(reading)
    assert list(reading.frames[0][1]["campaign"]) == ['=HYPERLINK("http://x.example")', "<b>A</b>"]


@pytest.mark.parametrize("name", ["- Brand", "@cafe_aurora", "+34 campaign", "<3 coffee", "A < B"])
def test_ordinary_names_raise_no_alarm(tmp_path: Path, name: str) -> None:
    assert not {"formula_text", "markup_text"} & codes(read(tmp_path, META + f"2026-01-01,2026-01-01,{name},1,10\n"))


def test_equal_rows_are_kept_and_told(tmp_path: Path) -> None:
    reading = read(tmp_path, META + "2026-01-01,2026-01-01,A,1.5,10\n" * 2)

    assert "duplicates" in codes(reading)
    assert reading.receipt.tables[0].totals["spend"] == 3


def test_ids_that_lost_digits_are_told(tmp_path: Path) -> None:
    header = META.replace("Campaign name", "Campaign ID")

    assert "identifiers_damaged" in codes(read(tmp_path, header + "2026-01-01,2026-01-01,1.20215E+17,1,10\n"))
    exact = read(tmp_path, header + "2026-01-01,2026-01-01,120215000000000123,1,10\n")
    assert list(exact.frames[0][1]["campaign_id"]) == ["120215000000000123"]


def test_ids_that_all_end_in_zeros_lost_their_digits_and_one_may_end_so_by_chance(tmp_path: Path) -> None:
    header = META.replace("Campaign name", "Campaign ID")
    line = "2026-01-01,2026-01-01,{},1,10\n"
    lost = [line.format(number) for number in ("120215000123456000", "120215000123457000")]

    assert "identifiers_damaged" in codes(read(tmp_path, header + "".join(lost)))
    assert "identifiers_damaged" not in codes(read(tmp_path, header + lost[0]))
    assert "identifiers_damaged" not in codes(read(tmp_path, header + lost[0] + line.format("120215000123457321")))


def test_workbook_sheets_are_found_by_their_headers(tmp_path: Path) -> None:
    rows = [
        ["Reporting starts", "Reporting ends", "Campaign name", "Amount spent (EUR)", "Impressions"],
        ["2026-01-01", "2026-01-01", "A", 12.5, 100],
    ]
    reading = read(tmp_path, workbook([["Notes"], ["nothing here"]], rows), name="x.xlsx")

    assert reading.receipt.tables[0].totals["spend"] == 12.5
    assert reading.receipt.tables[0].encoding == "xlsx"


def test_a_zip_holds_several_exports(tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("meta.csv", META + "2026-01-01,2026-01-01,A,1.5,10\n")
        archive.writestr("trends.csv", "Category: All categories\n\nWeek,tea: (Spain)\n2026-01-04,7\n")
        archive.writestr("__MACOSX/meta.csv", "rubbish")
    reading = read_file(path)

    assert [table.table for table in reading.receipt.tables] == ["ads", "trends"]
    assert "several_tables" in codes(reading)


def test_parquet_is_read(tmp_path: Path) -> None:
    path = tmp_path / "ledger.parquet"
    pd.DataFrame(
        {"day": pd.to_datetime(["2026-01-01", "2026-01-02"]), "sum": [1.5, 2.5], "tags": [["a"], ["b"]]}
    ).to_parquet(path)
    source = Source("*", "orders", {"ordered_at": "day", "revenue": "sum"}, {"currency": "EUR"})

    assert read_file(path, sources=(source,)).receipt.tables[0].totals["revenue"] == 4


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text(META)
    (tmp_path / "exports").mkdir()
    link = tmp_path / "exports" / "link.csv"
    link.symlink_to(tmp_path / "secret.csv")

    assert "unsafe_file" in {problem.code for problem in read_file(link).receipt.problems}


def test_bombs_are_refused_before_they_are_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    far = workbook([["a", "b"], ["1", "2"]])
    with zipfile.ZipFile(io.BytesIO(far)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(b'r="B2"', b'r="XFD1048576"')
    path = tmp_path / "far.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    assert "unsafe_file" in {problem.code for problem in read_file(path).receipt.problems}

    monkeypatch.setattr(safety, "_HARMLESS", 1000)
    dense = tmp_path / "dense.zip"
    with zipfile.ZipFile(dense, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", "0" * 5_000_000)
    assert "unsafe_file" in {problem.code for problem in read_file(dense).receipt.problems}


def test_a_workbook_that_declares_entities_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.xlsx", "w") as archive:
        archive.writestr("[Content_Types].xml", "<!DOCTYPE lolz [<!ENTITY a 'b'>]><Types/>")

    assert "unsafe_file" in {problem.code for problem in read_file(tmp_path / "x.xlsx").receipt.problems}


def test_a_receipt_survives_being_saved(tmp_path: Path) -> None:
    receipt = read(tmp_path, META + "2026-01-01,2026-01-01,A,1.5,10\n").receipt

    assert Receipt.from_json(json.loads(json.dumps(receipt.as_json()))) == receipt


def test_an_unmarked_header_row_that_fits_two_platforms_is_a_question(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    twin = replace(PLATFORMS["meta_ads"], source="twin", title="Twin")
    monkeypatch.setattr(recognise, "PLATFORMS", {**PLATFORMS, "twin": twin})
    reading = read(tmp_path, META + "2026-01-01,2026-01-01,A,1.5,10\n")

    assert reading.receipt.status == "warning"
    assert codes(reading) == {"unknown_table"}
    assert "Meta Ads and Twin" in reading.receipt.problems[0].message


@pytest.mark.parametrize(
    "header",
    [
        "Timestamp,Level,Message",
        "timestamp,value",
        "Marca temporal,Sensor,Valor",
        "#,Name,Points",
        "Date,TV,Radio,Sales",
        "Date,ad_id,age,gender,Impressions,Clicks,Spent",
        "week,tv_spend,sales",
        "geo,week,tv_spend,radio_spend,sales",
        "id,Amount,Currency,Created",
        "Date,Amount,Balance,Concept",
        "Name,Email,City,Status",
        "date,campaign,cost,weather,mood,team,region",
    ],
)
def test_a_table_of_no_platform_is_taken_for_none(tmp_path: Path, header: str) -> None:
    row = ",".join(["2026-02-01", *(str(number) for number in range(1, header.count(",") + 1))])
    reading = read(tmp_path, f"{header}\n{row}\n")

    assert codes(reading) == {"unknown_table"}
    assert reading.frames == []


@pytest.mark.parametrize(
    "text",
    [
        "Search keyword,Cost,Impressions,Clicks\nshoes,10.50,1000,10\n",
        "Device,Cost,Impressions,Clicks\n,10.50,1000,10\n",
        "Resumen\nTop\nZapatos,120\nBotas,90\n",
        "Date,Campaign,Notes about it\n2026-10-01,A,x\n\nTop\nZapatos,12\nBotas,9\n",
    ],
)
def test_words_that_anybody_writes_are_no_ones(tmp_path: Path, text: str) -> None:
    reading = read(tmp_path, text)

    assert reading.receipt.tables == ()
    assert codes(reading) == {"unknown_table"}


@pytest.mark.parametrize("beside", ["Categoría: Todas las categorías\n\n{}", "{}\nEN AUMENTO\nbotas rojas,Breakout\n"])
def test_what_stands_beside_it_says_that_a_list_is_of_google_trends(tmp_path: Path, beside: str) -> None:
    (table,) = read(tmp_path, beside.format("PRINCIPALES\nzapatos,100\nbotas,90\n")).receipt.tables

    assert (table.source, table.kept) == ("google_trends", 2)


def test_plain_words_count_only_where_no_platform_fits(tmp_path: Path) -> None:
    plain = read(tmp_path, "Day,Campaign name,Amount spent (EUR),Impressions\n2026-01-01,A,1.5,10\n")
    ours = read(
        tmp_path, "Day,Campaign name,Amount spent (EUR),CPM (cost per 1,000 impressions)\n2026-01-01,A,1.5,10\n"
    )

    assert plain.receipt.tables[0].totals["spend"] == 1.5
    assert {table.source for table in ours.receipt.tables} <= {"meta_ads"}


def test_rows_of_a_fact_that_are_finer_than_the_table_are_added_and_counted_as_records(tmp_path: Path) -> None:
    text = "date,ad_id,device,clicks,impressions,cost_micros\n"
    rows = "2026-02-01,7,MOBILE,1,10,500000\n2026-02-01,7,DESKTOP,2,30,250000\n2026-02-02,7,DESKTOP,2,30,250000\n"
    reading = read(tmp_path, text + rows)

    assert list(reading.frames[0][1]["spend"]) == [0.75, 0.25]
    assert reading.receipt.tables[0].kept == 3
    assert "duplicates" not in codes(reading)
    assert "duplicates" in codes(read(tmp_path, text + rows + rows.splitlines()[0] + "\n"))


def test_a_record_counts_once_whatever_the_tables_it_fills(tmp_path: Path) -> None:
    weeks = ["2026-01-05", "2026-01-12", "2026-01-19", "2026-01-26"]
    rows = "".join(f"{week},{n},1,2\n" for n, week in enumerate(weeks))
    receipt = read(tmp_path, "week,revenue,tv_spend,radio_spend\n" + rows).receipt

    assert [(table.table, table.kept) for table in receipt.tables] == [("ads", 4), ("series", 0)]
    assert receipt.rows == 4
    assert receipt.tables[0].period == ("2026-01-05", "2026-02-01")


def test_payments_in_two_currencies_are_not_added(tmp_path: Path) -> None:
    header = "Created date (UTC);Amount;Currency;Converted Amount;Converted Currency;Status;Customer ID\n"
    rows = "2026-02-01 10:00:00;15.00;usd;13.80;eur;Paid;c1\n2026-02-02 10:00:00;9.00;eur;9.00;eur;Paid;c2\n"
    reading = read(tmp_path, header + rows)

    assert "mixed_currencies" in codes(reading)
    assert dict(reading.receipt.tables[0].totals) == {"orders": 2}
    assert list(reading.frames[0][1]["currency"]) == ["USD", "EUR"]


def test_a_date_column_that_proves_its_order_speaks_for_the_others(tmp_path: Path) -> None:
    header = META.replace("Campaign name", "Campaign name,Day")
    reading = read(tmp_path, header + "01/02/2026,02/01/2026,A,01/13/2026,1,10\n")

    assert reading.receipt.tables[0].period == ("2026-01-13", "2026-01-13")
    assert reading.receipt.status == "ok"


OVERVIEW = "Date,Video Views,Profile Views,Likes,Comments,Shares\n"


def test_days_without_a_year_are_kept_undated_until_the_analyst_says_the_year(tmp_path: Path) -> None:
    rows = OVERVIEW + "31 de diciembre,1.2K,40,33,2,1\n1 de enero,800,51,undefined,4,0\n"
    undated = read(tmp_path, rows).receipt
    dated = read(tmp_path, rows, sources=(Source("*", "organic_daily", year=2026),)).receipt

    assert {"year_missing", "rounded_values"} <= {problem.code for problem in undated.problems}
    assert (undated.tables[0].period, undated.tables[0].totals["views"]) == (None, 2000)
    assert dated.tables[0].period == ("2025-12-31", "2026-01-01")
    assert dated.status == "ok"


def test_a_title_that_names_no_known_figure_is_not_guessed(tmp_path: Path) -> None:
    receipt = read(tmp_path, "sep=,\nMoonshine\nDate,Primary\n2026-01-01,5\n").receipt

    assert receipt.tables == ()
    assert receipt.status == "warning"


def test_the_network_that_a_card_does_not_name_is_asked_for_once(tmp_path: Path) -> None:
    card = "sep=,\nViews\nDate,Primary\n2026-01-01,5\n"
    stated = read(tmp_path, card, sources=(Source("*", "organic_daily", constants={"platform": "instagram"}),))

    assert "platform_unstated" in codes(read(tmp_path, card))
    assert "platform_unstated" not in codes(stated)
    assert list(stated.frames[0][1]["platform"]) == ["instagram"]


def test_the_totals_of_the_days_are_compared_with_all_rows(tmp_path: Path) -> None:
    head = "Date,Source/Medium,Sessions\n"
    rows = "1/30/2020,a / b,10\n1/31/2020,a / b,20\n1/30/2020,Total,10\n1/31/2020,Total,25\n"
    receipt = read(tmp_path, head + rows).receipt

    assert receipt.tables[0].totals["sessions"] == 30
    assert receipt.tables[0].control_totals["sessions"] == {"file": 35, "rows": 30}
    assert "control_total_mismatch" in {problem.code for problem in receipt.problems}


def test_an_index_coverage_file_is_not_taken_for_search_results(tmp_path: Path) -> None:
    receipt = read(tmp_path, "Fecha,Sin indexar,Indexadas,Impresiones\n2026-01-01,4,10,200\n").receipt

    assert receipt.tables == ()


def test_headers_that_anybody_writes_are_believed_only_beside_more_of_the_same_platform(tmp_path: Path) -> None:
    receipt = read(tmp_path, "Date,Views\n2026-01-01,5\n2026-01-02,6\n").receipt

    assert receipt.tables == ()
    assert {problem.code for problem in receipt.problems} == {"unknown_table"}
