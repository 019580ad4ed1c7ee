"""What an export tells twice in itself counts once: wholes beside their parts, total rows by segment, sheets again."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

import pytest
import xlsxwriter

from helpers.intake import Reading, read_file

META = "Reporting starts,Reporting ends,Campaign name,{split}Amount spent (EUR),Impressions,Link clicks\n"
MARCH = "2026-03-01,2026-03-31,"


def read(tmp_path: Path, content: str) -> Reading:
    path = tmp_path / "export.csv"
    path.write_text(content, encoding="utf-8")
    return read_file(path)


def meta(tmp_path: Path, split: str, rows: list[str]) -> Reading:
    return read(tmp_path, META.format(split=split) + "".join(f"{MARCH}{row}\n" for row in rows))


def spends(reading: Reading) -> list[float]:
    return [spend for _, frame in reading.frames for spend in frame["spend"]]


@pytest.mark.parametrize(
    ("split", "rows", "expected"),
    [
        ("Age,", ["A,All,30,310,9", "A,18-24,12,110,4", "A,25-34,18,200,5"], [12, 18]),
        ("Age,", ["A,,30,310,9", "A,18-24,12,110,4", "A,25-34,18,200,5", "B,,7,70,3", "B,18-24,7,70,3"], [12, 18, 7]),
        (
            "Age,Gender,",
            ["A,,,30,310,9", "A,18-24,,30,310,9", "A,18-24,male,12,110,4", "A,18-24,female,18,200,5"],
            [12, 18],
        ),
        ("Ad set name,", ["A,,30,310,9", "A,x,12,110,4", "A,y,18,200,5"], [12, 18]),
        ("Age,", ["A,,0.15,15,0", "A,18-24,0.05,5,0", "A,25-34,0.10,10,0"], [0.05, 0.1]),
        ("Day,", ["A,,30,310,9", "A,2026-03-02,12,110,4", "A,2026-03-03,18,200,5"], [12, 18]),
        ("Age,", ["A,Todos,30,310,9", "B,18-24,12,110,4"], [30, 12]),
        ("Age,", ["A,,3,31,2", "A,18-24,12,110,4", "A,25-34,18,200,5"], [3, 12, 18]),
        ("Age,", ["A,,40,400,12", "A,18-24,12,110,4", "A,25-34,18,200,5"], [40, 12, 18]),
        ("Age,", ["A,,0,1,0", "A,18-24,0,1,0"], [0, 0]),
        (
            "Ad set name,",
            ["A,x,12,110,4", "A,y,18,200,5", "A,Total A,30,310,9", "B,z,7,70,3", "B,Subtotal,7,70,3"],
            [12, 18, 7],
        ),
        ("Ad set name,", ["Total,x,9,90,1", "A,x,12,110,4", "A,y,18,200,5"], [9, 12, 18]),
    ],
    ids=[
        "under All",
        "without a name",
        "nested",
        "campaigns among ad sets",
        "of little money",
        "a campaign's days",
        "All alone is a part",
        "a part without a name is no whole",
        "not even a large one",
        "a single impression proves nothing",
        "totals of each campaign",
        "a campaign called Total with ad sets",
    ],
)
def test_a_whole_beside_its_parts_is_not_added_to_them(
    tmp_path: Path, split: str, rows: list[str], expected: list[float]
) -> None:
    reading = meta(tmp_path, split, rows)

    assert spends(reading) == expected
    dropped = len(rows) - len(expected)
    assert reading.receipt.tables[0].dropped == ({"total_row": dropped} if dropped else {})


DAYS = ("2026-03-01", "2026-03-02")


def days(tmp_path: Path, rows: list[str], *others: str, columns: str = "Campaign name") -> Reading:
    """Read the same rows on two days, and other rows on the second."""
    head = f"Day,{columns},Amount spent (EUR),Impressions,Link clicks\n"
    told = [f"{day},{row}\n" for day in DAYS for row in rows]
    return read(tmp_path, head + "".join(told) + "".join(f"{DAYS[1]},{row}\n" for row in others))


NAMES = ("Total", "Gran total", "All", "Todas las campañas", "All campaigns", "Total campaigns", "Suma", "Sum")
NAMES += ("Suma total", "Resultados totales", "Total results", "Gesamt", "Gesamtsumme", "Gesamtergebnis", "Total geral")
NAMES += (
    "Totale complessivo",
    "Total général",
    "Total del día",
    "Day total",
    "Results from 2 ads",
    "Total shops",
)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("parts", [["A,12,110,4", "B,18,200,5"], ["A,30,310,9"]], ids=["two", "one"])
def test_a_total_of_each_day_is_left_out_whatever_it_is_called(tmp_path: Path, name: str, parts: list[str]) -> None:
    reading = days(tmp_path, [*parts, f"{name},30,310,9"])

    assert reading.receipt.tables[0].totals["spend"] == 60
    assert any(
        "first is row" in p.message and "spend 60, impressions 620" in p.message for p in reading.receipt.problems
    )


@pytest.mark.parametrize("name", ["Total War", "Suma"])
@pytest.mark.parametrize(("spend", "rest"), [(30, "310,9"), (31, "310,9"), (900, "9000,90"), (3, "31,1")])
def test_a_campaign_that_is_called_like_a_total_is_read(tmp_path: Path, name: str, spend: int, rest: str) -> None:
    """On the second of the days it is a sum, by chance, or it never is one."""
    head = "Day,Campaign name,Amount spent (EUR),Impressions,Link clicks\n"
    days = (("2026-03-01", "50,500,9"), ("2026-03-02", f"{spend},{rest}"))
    rows = [f"{day},A,12,110,4\n{day},B,18,200,5\n{day},{name},{own}\n" for day, own in days]

    receipt = read(tmp_path, head + "".join(rows)).receipt

    assert (receipt.status, receipt.tables[0].totals["spend"]) == ("ok", 110 + spend)


def test_a_campaign_called_the_total_of_another_one_is_read(tmp_path: Path) -> None:
    receipt = read(tmp_path, called(("Running", 100, 1000), ("Total Running", 200, 3000))).receipt

    assert (receipt.status, receipt.tables[0].totals["spend"]) == ("ok", 300)


def test_the_ages_of_a_campaign_called_the_total_of_another_one_are_not_added_to_it(tmp_path: Path) -> None:
    ages = [
        "Running,18-24,7,70,1",
        "Total Running,,30,310,9",
        "Total Running,18-24,12,110,4",
        "Total Running,25-34,18,200,5",
    ]

    assert spends(meta(tmp_path, "Age,", ages)) == [7, 12, 18]


@pytest.mark.parametrize(("last", "expected"), [("80,850", 130), ("81,850", None)], ids=["all", "only some"])
def test_totals_of_channels_with_the_day_of_their_last_row_are_left_out(
    tmp_path: Path, last: str, expected: float | None
) -> None:
    rows = MONTHS.replace(",,Total enero", "2026-01-06,Radio,Total Radio").replace("02-0", "01-0")
    rows = rows.replace("05,Radio,A,20", "05,Press,A,20").replace("06,Radio,B,60", "06,Press,B,60")
    rows = rows.replace(",,Total febrero,80,850", f"2026-01-06,Press,Total Press,{last}")

    receipt = read(tmp_path, f"Date,Channel,Campaign,Spend,Impressions\n{rows}").receipt

    assert [table.totals["spend"] for table in receipt.tables] == ([expected] if expected else [])


MONTHS = """2026-01-05,Radio,A,10,100
2026-01-06,Radio,B,40,300
,,Total enero,50,400
2026-02-05,Radio,A,20,150
2026-02-06,Radio,B,60,700
,,Total febrero,80,850
"""


def test_undated_totals_of_months_are_left_out(tmp_path: Path) -> None:
    receipt = read(tmp_path, f"Date,Channel,Campaign,Spend,Impressions\n{MONTHS}").receipt

    assert (receipt.tables[0].totals["spend"], dict(receipt.tables[0].dropped)) == (130, {"total_row": 2})


@pytest.mark.parametrize(("day", "total"), [("", 40), ("2026-01-31", 54)], ids=["undated", "a client called so"])
def test_totals_of_months_in_a_ledger_are_told_by_their_day(tmp_path: Path, day: str, total: float) -> None:
    rows = f"2026-01-05,Ana,10\n2026-01-06,Bo,4\n{day},Total enero,14\n2026-02-05,Ana,20\n2026-02-06,Bo,6\n"

    receipt = read(tmp_path, f"Fecha,Cliente,Importe\n{rows}").receipt

    assert receipt.tables[0].totals["revenue"] == total


def test_a_total_in_two_columns_is_one_total(tmp_path: Path) -> None:
    rows = ["A,a,12,110,4", "B,b,18,200,5", "Total,Total,30,310,9"]

    assert days(tmp_path, rows, columns="Campaign name,Ad set name").receipt.tables[0].totals["spend"] == 60


def test_totals_of_totals_are_left_out_with_these(tmp_path: Path) -> None:
    rows = ["A,a,12,110,4", "A,b,18,200,5", "A,Total,30,310,9", "B,b,5,50,2", "B,Total,5,50,2", "Total,,35,360,11"]

    receipt = days(tmp_path, rows, columns="Campaign name,Ad set name").receipt

    assert (receipt.tables[0].totals["spend"], dict(receipt.tables[0].dropped)) == (70, {"total_row": 6})


def test_a_campaign_called_total_counts_where_it_has_an_id(tmp_path: Path) -> None:
    rows = ["A,1,12,110,4", "Total,2,18,200,5", "Total,,30,310,9"]

    receipt = days(tmp_path, rows, columns="Campaign name,Campaign ID").receipt

    assert (receipt.tables[0].kept, receipt.tables[0].totals["spend"]) == (4, 60)


@pytest.mark.parametrize("name", ["Total", "Resultados totales"])
@pytest.mark.parametrize(("last", "status"), [("30,15", "ok"), ("31,15", "refused")])
def test_day_totals_of_a_web_export_are_left_out_or_asked_about(
    tmp_path: Path, last: str, status: str, name: str
) -> None:
    head = "Date,Session source / medium,Sessions,Engaged sessions\n"
    parts = ("20260301,a / b,10,8", "20260301,c / d,20,7", f"20260301,{name},30,15")
    later = ("20260302,a / b,10,8", "20260302,c / d,20,7", f"20260302,{name},{last}")

    receipt = read(tmp_path, head + "\n".join([*parts, *later]) + "\n").receipt

    assert receipt.status == status
    assert [table.totals["sessions"] for table in receipt.tables] == ([60] if status == "ok" else [])


def test_a_campaign_called_total_that_is_smaller_than_another_one_counts(tmp_path: Path) -> None:
    receipt = days(tmp_path, ["A,12,110,4", "B,18,200,5", "Total,16,150,6"]).receipt

    assert (receipt.status, receipt.tables[0].totals["spend"]) == ("ok", 92)


@pytest.mark.parametrize(
    ("rows", "more", "row", "seen"),
    [
        (["A,12,110,4"], ["Total,12,111,4"], 4, "spend 12, impressions 111, they have spend 12, impressions 110."),
        (["A,12,110,4", "B,18,200,5", "Total,30,310,9"], ["C,1,10,0"], 7, "they have spend 31, impressions 320."),
        (["A,12,110,4", "B,18,200,5", "All,40,400,9"], [], 4, "spend 40, impressions 400, they have spend 30"),
    ],
    ids=["by one impression", "on one of two days", "on both days"],
)
def test_a_row_called_total_that_is_not_their_sum_is_a_question(
    tmp_path: Path, rows: list[str], more: list[str], row: int, seen: str
) -> None:
    receipt = days(tmp_path, rows, *more).receipt

    (problem,) = (problem for problem in receipt.problems if problem.code == "duplicates")
    assert (receipt.status, problem.row) == ("refused", row)
    assert seen in problem.message


@pytest.mark.parametrize("label", ["", "All"])
@pytest.mark.parametrize("other", ["33,310,9", "27,310,9", "30,0,0", "33,,", "3,9,0"])
def test_one_row_unlike_the_wholes_of_its_kind_never_brings_them_back(tmp_path: Path, label: str, other: str) -> None:
    parts = [[f"{name},18-24,12,110,4", f"{name},25-34,18,200,5"] for name in "ABC"]
    wholes = [f"A,{label},30,310,9", f"B,{label},{other}", f"C,{label},30,310,9"]

    receipt = meta(tmp_path, "Age,", [row for whole, rows in zip(wholes, parts, strict=True) for row in (whole, *rows)])

    (problem,) = (problem for problem in receipt.receipt.problems if problem.severity == "error")
    assert (receipt.receipt.status, problem.code, problem.row) == ("refused", "duplicates", 5)


@pytest.mark.parametrize("spend", [20, 3])
def test_a_row_for_all_that_is_smaller_than_its_parts_is_asked_about(tmp_path: Path, spend: int) -> None:
    receipt = meta(tmp_path, "Age,", [f"A,All,{spend},200,6", "A,18-24,12,110,4", "A,25-34,18,200,5"]).receipt

    assert (receipt.status, [problem.row for problem in receipt.problems]) == ("refused", [2])


def test_a_row_larger_than_the_parts_beside_it_is_asked_about(tmp_path: Path) -> None:
    receipt = meta(tmp_path, "Age,", ["A,All,40,400,12", "A,18-24,12,110,4", "A,25-34,18,200,5"]).receipt

    assert (receipt.status, [problem.code for problem in receipt.problems]) == ("refused", ["duplicates"])


def test_what_only_the_whole_tells_is_said(tmp_path: Path) -> None:
    head = "Reporting starts,Reporting ends,Campaign name,Region,Amount spent (EUR),Impressions,Purchases\n"
    rows = ("A,,30,310,6", "A,Lugo,12,110,", "A,Soria,18,200,")

    receipt = read(tmp_path, head + "".join(f"{MARCH}{row}\n" for row in rows)).receipt

    assert receipt.tables[0].totals["spend"] == 30
    assert [problem.message for problem in receipt.problems if problem.code == "incomplete_data"] == [
        "Total rows hold more than the rows beneath them: Purchases."
    ]


@pytest.mark.parametrize("second", ["Device", "Day"])
def test_total_rows_of_each_segment_are_no_records(tmp_path: Path, second: str) -> None:
    one, two = ("Computers", "Tablets") if second == "Device" else ("2026-01-01", "2026-01-02")
    head = (
        f'Campaign report\n"January 1, 2026 - January 2, 2026"\nCampaign status,Campaign,{second},Clicks,Impr.,Cost\n'
    )
    rows = f"Enabled,A,{one},10,100,5.50\nEnabled,A,{two},20,300,4.50\nPaused,B,{two},1,30,0.50\n"
    listed = f"Total: Campaigns, --,{one},10,100,5.50\nTotal: Campaigns, --,{two},21,330,5.00\n"
    wider = f"Total: Account, --,{one},12,110,6.00\nTotal: Search, --,{two},20,300,4.50\n"

    receipt = read(tmp_path, head + rows + listed + wider).receipt

    assert receipt.tables[0].dropped == {"total_row": 4}
    assert receipt.tables[0].control_totals["spend"] == {"file": 10.5, "rows": 10.5}
    assert receipt.tables[0].totals["clicks"] == 31


@pytest.mark.parametrize(("spend", "kept"), [(2.3501, [2]), (2.5, [2, 2])], ids=["the same rows", "other rows"])
def test_a_sheet_that_repeats_another_is_left_out(tmp_path: Path, spend: float, kept: list[int]) -> None:
    header = ["Campaign name", "Reporting starts", "Reporting ends", "Amount spent (EUR)", "Impressions"]
    covered = ["2026-03-01", "2026-03-31"]
    path = tmp_path / "export.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for sheet, rows in {
            "Formatted Report": [["A", *covered, 1.2, 20], ["B", *covered, 2.35, 30]],
            "Raw Data Report": [["B", *covered, spend, 30], ["A", *covered, 1.2, 20]],
        }.items():
            page = book.add_worksheet(sheet)
            for at, row in enumerate([header, *rows]):
                page.write_row(at, 0, row)

    receipt = read_file(path).receipt

    assert [table.kept for table in receipt.tables] == kept
    assert ("duplicates" in {problem.code for problem in receipt.problems}) == (len(kept) == 1)


@pytest.mark.parametrize(
    "headers",
    [
        "tv_spend,radio_spend,total_spend",
        "tv_S,radio_S,all_S",
        "Inversión en tv,Inversión en radio,Inversión total",
        "TV Spend (EUR),Radio Spend (EUR),Total Spend (EUR)",
    ],
)
def test_the_sum_of_all_channels_is_no_channel(tmp_path: Path, headers: str) -> None:
    weeks = "".join(f"2026-01-{day:02},100,10,5,15\n" for day in (5, 12, 19, 26))

    reading = read(tmp_path, f"week,sales,{headers}\n{weeks}")

    assert reading.receipt.tables[0].totals["spend"] == 60
    assert set(reading.frames[0][1]["channel"].str.casefold()) == {"tv", "radio"}
    assert reading.receipt.tables[0].currency == ("EUR" if "EUR" in headers else None)


def test_the_same_campaign_on_another_platform_is_no_part_of_it(tmp_path: Path) -> None:
    head = "date_day,platform,campaign_name,ad_group_name,clicks,impressions,spend\n"
    rows = "2026-03-01,google_ads,A,,10,100,5.50\n2026-03-01,facebook_ads,A,x,10,100,5.50\n"

    assert read(tmp_path, head + rows).receipt.tables[0].totals["spend"] == 11


def test_a_search_for_the_word_total_is_no_total(tmp_path: Path) -> None:
    head = "Campaign,Search term,Currency code,Clicks,Impr.,Cost\n"

    receipt = read(tmp_path, f"{head}A,shoes,EUR,10,100,5.50\nA,total,EUR,10,100,5.50\n").receipt

    assert receipt.tables[0].totals["spend"] == 11


CALLED = "Reporting starts,Reporting ends,Campaign name,Amount spent (EUR),Impressions\n"
A, B, TOTAL, MEAN = ("A", 100, 1000), ("B", 200, 3000), ("Total", 300, 4000), ("Media", 150, 2000)


def called(*rows: tuple[str, float, float]) -> str:
    return CALLED + "".join(f"2026-01-01,2026-01-31,{name},{spend},{shown}\n" for name, spend, shown in rows)


@pytest.mark.parametrize(
    ("rows", "spend"),
    [
        ((A, B, TOTAL), 300),
        ((A, B, MEAN), 300),
        ((A, B, TOTAL, MEAN), 300),
        ((("A", 4, 8), ("B", 6, 10), ("Media", 5, 9)), 10),  # also where it is small
        ((A, B, ("Total", 50, 700)), 350),  # no sum is smaller than one of its parts
        ((A, B, ("Media", 120, 1500), ("Total", 420, 5500)), 420),  # the total of the file holds the campaign
        ((("", 350, 4700), A, B, ("Total", 50, 700)), 350),  # so does a total without a name
        ((("Total", 50, 700),), 50),  # there is nothing that it could sum up
    ],
)
def test_arithmetic_tells_a_campaign_called_total_from_a_total(
    tmp_path: Path, rows: tuple[tuple[str, int, int], ...], spend: float
) -> None:
    receipt = read(tmp_path, called(*rows)).receipt

    assert receipt.tables[0].totals["spend"] == spend
    assert receipt.status == "ok"


@pytest.mark.parametrize("has_both", [True, False])
def test_the_totals_of_groups_are_no_campaigns(tmp_path: Path, *, has_both: bool) -> None:
    rows = [TOTAL, A, B, ("Total", 30, 70), ("C", 10, 30), ("D", 20, 40)]
    receipt = read(tmp_path, called(*rows[0 if has_both else 1 :])).receipt

    assert receipt.tables[0].totals["spend"] == 330
    assert "control_total_mismatch" in {problem.code for problem in receipt.problems}


def test_the_total_of_a_group_of_one_is_no_campaign(tmp_path: Path) -> None:
    rows = [A, B, TOTAL, ("C", 10, 90), ("Total", 10, 90), ("D", 5, 50)]
    receipt = read(tmp_path, called(*rows)).receipt

    assert (receipt.tables[0].totals["spend"], dict(receipt.tables[0].dropped)) == (315, {"total_row": 2})


@pytest.mark.parametrize(("names", "spend"), [(("A", "Total"), 4655), (("A", "B", "Media"), 9305)])
def test_many_rows_that_are_called_totals_are_told_in_seconds(
    tmp_path: Path, names: tuple[str, ...], spend: float
) -> None:
    groups = [[(name, 10 * at, 100) for name in names] for at in range(1, 31)]
    start = perf_counter()
    receipt = read(tmp_path, called(("Z", 5, 50), *(row for group in groups for row in group))).receipt

    assert perf_counter() - start < 10
    assert receipt.tables[0].totals["spend"] == spend


def test_among_many_rows_called_an_average_one_that_the_total_holds_is_a_campaign(tmp_path: Path) -> None:
    means = [("Media", spend, 10) for spend in (11, 12, 13, 14)]
    receipt = read(tmp_path, called(A, B, *means, ("Media", 120, 1500), ("Total", 420, 5500))).receipt

    assert receipt.tables[0].totals["spend"] == 420


def test_a_campaign_called_total_is_not_the_sum_of_a_few_of_many_campaigns(tmp_path: Path) -> None:
    few = [("C", 10, 10)] * 1000
    receipt = read(tmp_path, called(("Z", 10, 500), ("Total", 40, 45), *few)).receipt

    assert receipt.tables[0].totals["spend"] == 10050


SMALL = (("A", 4, 8), ("B", 6, 10))


@pytest.mark.parametrize(
    ("rows", "row"), [((A, B), ("Total", 900, 7000)), ((A, B), ("Media", 120, 1500)), (SMALL, ("Media", 5.4, 9.4))]
)
def test_a_row_called_total_that_the_others_do_not_add_up_to_is_told_with_its_number(
    tmp_path: Path, rows: tuple[tuple[str, float, float], ...], row: tuple[str, float, float]
) -> None:
    receipt = read(tmp_path, called(*rows, row)).receipt

    (told,) = (problem for problem in receipt.problems if problem.row is not None)
    assert (told.code, told.severity, told.row) == ("control_total_mismatch", "warning", 4)
    assert f"spend {row[1]:,.2f}" in told.message
    assert "rename" in told.action


def test_an_empty_export_with_a_total_of_nothing_stays_empty(tmp_path: Path) -> None:
    assert read(tmp_path, called(("Total", 0, 0))).receipt.tables == ()


GOOGLE = (
    'Campaign report\n"January 1, 2026 - January 31, 2026"\nCampaign,Ad group,Currency code,Clicks,Impr.,Cost\n{rows}'
    "Total: Ad groups,,EUR,45,1250,{spend}\n"
)


@pytest.mark.parametrize(
    "rows",
    [
        "Brand,All,EUR,30,900,300.00\nBrand,Exact,EUR,10,300,100.00\nGeneric,Todo,EUR,5,50,20.00\n",
        "Brand,Todos,EUR,30,900,300.00\nBrand,Hombres,EUR,10,300,100.00\nBrand,Mujeres,EUR,5,50,20.00\n",
    ],
)
@pytest.mark.parametrize(("spend", "status"), [("420.00", "ok"), ("430.00", "refused")])
def test_the_total_of_a_file_tells_that_an_ad_group_is_only_called_all(
    tmp_path: Path, rows: str, spend: str, status: str
) -> None:
    receipt = read(tmp_path, GOOGLE.format(rows=rows, spend=spend)).receipt

    assert receipt.status == status
    told = [(table.totals["spend"], table.control_totals["spend"]["file"]) for table in receipt.tables]
    assert told == ([(420, 420)] if status == "ok" else [])


def test_a_total_without_a_name_tells_that_an_ad_set_is_only_called_all(tmp_path: Path) -> None:
    receipt = meta(
        tmp_path, "Ad set name,", [",,450,1350,9", "A,All,300,900,5", "A,x,100,300,3", "B,y,50,150,1"]
    ).receipt

    assert (receipt.status, receipt.tables[0].totals["spend"]) == ("ok", 450)
