"""Sheets of one workbook: those that tell the facts of another one again count once, all others count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
import xlsxwriter

from helpers.intake import Reading, read_file, repeats

Row = Sequence[object]

ADS = ("Day", "Campaign name", "Amount spent (EUR)", "Impressions")
AGES = ("Day", "Campaign name", "Age", "Amount spent (EUR)", "Impressions")
PLAN = ("Date", "Campaign", "Channel", "Spend")
ORDERS = ("Order ID", "Order date", "Amount", "Currency")
UNNUMBERED = ("Fecha", "Cliente", "Importe")
SHOP = ("Name", "Created at", "Currency", "Total", "Lineitem quantity", "Lineitem name", "Lineitem price")


def book(tmp_path: Path, header: Row, pages: Mapping[str, Sequence[Row]]) -> Reading:
    """Read a workbook of sheets with one header."""
    return sheets(tmp_path, {name: [header, *rows] for name, rows in pages.items()})


def sheets(tmp_path: Path, pages: Mapping[str, Sequence[Row]]) -> Reading:
    """Read a workbook of sheets with headers of their own."""
    path = tmp_path / "export.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        for name, rows in pages.items():
            page = workbook.add_worksheet(name)
            for at, row in enumerate(rows):
                page.write_row(at, 0, row)
    return read_file(path)


def messages(reading: Reading) -> list[str]:
    return [problem.message for problem in reading.receipt.problems if problem.code == "duplicates"]


@pytest.mark.parametrize(
    ("header", "first", "second", "money"),
    [
        (ADS, [["2026-10-01", "A", 50, 1000]] * 2, [["2026-10-01", "B", 50, 1000]] * 2, {"spend": 200}),
        (ADS, [["2026-10-01", "A", 50, 1000]] * 2, [["2026-10-02", "A", 50, 1000]] * 2, {"spend": 200}),
        (AGES, [["2026-10-01", "A", "18-24", 5, 10]] * 2, [["2026-10-01", "A", "25-34", 5, 10]] * 2, {"spend": 20}),
        (PLAN, [["2026-10-01", "S", "Google", 50]] * 2, [["2026-10-01", "S", "Meta", 50]] * 2, {"spend": 200}),
        (ORDERS, [[1001, "2026-01-05", 10, "EUR"]], [[1001, "2026-03-05", 10, "EUR"]], {"revenue": 20}),
        (ORDERS, [[1001, "2026-01-05", 10, "EUR"]], [[1001, "2026-01-05", 10, "USD"]], {"revenue": 20}),
        (UNNUMBERED, [["2026-01-05", "Ana", 10]], [["2026-02-05", "Ana", 10]], {"revenue": 20}),
        (
            SHOP,
            [["#1", "2026-01-05 10:00:00", "EUR", 10, 1, "pot", 10]],
            [["#1", "2026-03-05 10:00:00", "EUR", 10, 1, "cup", 10]],
            {"revenue": 40},  # as orders and as their lines
        ),
    ],
    ids=["campaigns", "days", "ages", "channels", "dates of orders", "currencies", "no numbers", "lines"],
)
def test_sheets_of_equal_sums_and_different_facts_all_count(
    tmp_path: Path, header: Row, first: Sequence[Row], second: Sequence[Row], money: Mapping[str, float]
) -> None:
    reading = book(tmp_path, header, {"One": first, "Two": second})

    for name, expected in money.items():
        assert sum(table.totals.get(name, 0) for table in reading.receipt.tables) == expected
    assert not any("again" in message for message in messages(reading))


def test_a_sheet_of_one_month_within_that_of_the_year_is_left_out_by_name_with_its_figures(tmp_path: Path) -> None:
    year = [["2026-01-05", "A", 12.5, 900], ["2026-02-05", "A", 7.5, 400], ["2026-02-06", "B", 2.25, 100]]

    reading = book(tmp_path, ADS, {"Year": year, "February": year[1:]})

    assert [table.totals["spend"] for table in reading.receipt.tables] == [22.25]
    assert messages(reading) == [
        'The table "February" (from row 2 on) tells facts of the table "Year" (from row 2 on) again and is left out:'
        " spend 9.75, impressions 500."
    ]


def test_one_other_row_makes_a_sheet_its_own(tmp_path: Path) -> None:
    year = [["2026-01-05", "A", 12.5, 900], ["2026-02-05", "A", 7.5, 400], ["2026-02-06", "B", 2.25, 100]]
    swapped = [["2026-02-05", "B", 7.5, 400], ["2026-02-06", "A", 2.25, 100]]

    reading = book(tmp_path, ADS, {"Year": year, "February": swapped})

    assert [table.totals["spend"] for table in reading.receipt.tables] == [22.25, 9.75]
    assert messages(reading) == []


@pytest.mark.parametrize(
    ("header", "rows", "sums"),
    [
        (ORDERS, [[1001, "2026-01-05", 10, "EUR"], [1002, "2026-01-06", 4, "EUR"]], 14),
        (SHOP, [["#1", "2026-01-05 10:00:00", "EUR", 14, 2, "pot", 7]], 28),
        (AGES, [["2026-10-01", "A", "18-24", 10, 1000], ["2026-10-01", "A", "25-34", 4, 500]], 14),
    ],
    ids=["orders", "lines", "ages"],
)
def test_the_same_sheet_twice_counts_once(tmp_path: Path, header: Row, rows: Sequence[Row], sums: float) -> None:
    reading = book(tmp_path, header, {"One": rows, "Copy": rows})

    assert sum(t.totals.get(name, 0) for t in reading.receipt.tables for name in ("spend", "revenue")) == sums
    assert all("again and is left out" in message for message in messages(reading))
    assert len(messages(reading)) == len(reading.receipt.tables)


def test_equal_sales_without_numbers_count_and_are_told(tmp_path: Path) -> None:
    rows = [["2026-01-05", "Ana", 10], ["2026-01-06", "Bo", 4]]

    reading = book(tmp_path, UNNUMBERED, {"One": rows, "Two": rows})

    assert [table.totals["revenue"] for table in reading.receipt.tables] == [14, 14]
    assert [message for message in messages(reading) if "both count: revenue 14" in message]


BOUGHT = (*ADS[:3], "Purchases")
DELIVERY = [ADS, ["2026-03-01", "A", 12.5, 900], ["2026-03-01", "B", 7.5, 400]]
CONVERSIONS = [BOUGHT, ["2026-03-01", "A", 12.5, 4], ["2026-03-01", "B", 7.5, 1]]
BOTH = [(*ADS, "Purchases"), ["2026-03-01", "A", 12.5, 900, 4], ["2026-03-01", "B", 7.5, 400, 1]]
CLICKED = [(*ADS, "Purchases"), ["2026-03-01", "A", 12.5, 900, 3], ["2026-03-01", "B", 7.5, 400, 1]]


@pytest.mark.parametrize(
    ("first", "second", "figures"),
    [
        (DELIVERY, CONVERSIONS, "alone has impressions 1,300: added, both would count twice"),
        (
            [*DELIVERY, ["2026-04-01", "A", 3, 100]],
            BOTH,
            "alone has conversions 5, purchases 5: added, both would count twice",
        ),
        (BOTH, CLICKED, "has other figures of conversions 4, purchases 4: added, both would count twice"),
    ],
    ids=["delivery and conversions", "more columns of one month", "attribution"],
)
def test_a_sheet_of_the_same_money_and_other_figures_is_refused_by_their_names(
    tmp_path: Path, first: list[Row], second: list[Row], figures: str
) -> None:
    reading = sheets(tmp_path, {"One": first, "Two": second})

    assert [table.totals["spend"] for table in reading.receipt.tables] == [sum(row[2] for row in first[1:])]
    problem = next(problem for problem in reading.receipt.problems if problem.code == "duplicates")
    assert problem.severity == "error"
    assert figures in problem.message


def test_of_two_sheets_alike_the_one_with_more_columns_counts(tmp_path: Path) -> None:
    reading = sheets(tmp_path, {"Delivery": DELIVERY, "All": BOTH})

    assert [(table.totals["spend"], table.totals["purchases"]) for table in reading.receipt.tables] == [(20, 5)]
    assert messages(reading)[0].startswith('The table "Delivery" (from row 2 on) tells facts of the table "All"')


def test_orders_with_other_taxes_are_refused_and_named(tmp_path: Path) -> None:
    header = (*ORDERS, "Tax")

    reading = book(
        tmp_path, header, {"One": [[1, "2026-01-05", 10, "EUR", 2]], "Two": [[1, "2026-01-05", 10, "EUR", 1]]}
    )

    assert [table.totals["tax"] for table in reading.receipt.tables] == [2]
    assert "has other figures of tax 1" in messages(reading)[0]


@pytest.mark.parametrize("clicks", [[], [30], [7]], ids=["spend alone", "equal clicks", "other clicks"])
def test_equal_budgets_alone_do_not_make_two_accounts_one(tmp_path: Path, clicks: list[int]) -> None:
    header = [*ADS[:3], *(["Clicks (all)"] if clicks else [])]
    first = [["2026-10-01", "Brand", 50, *[30 for _ in clicks]], ["2026-10-02", "Brand", 50, *[30 for _ in clicks]]]
    second = [["2026-10-01", "Brand", 50, *clicks], ["2026-10-02", "Brand", 50, *clicks]]

    reading = book(tmp_path, header, {"Account 1": first, "Account 2": second})

    is_copy = clicks == [30]
    assert [table.totals["spend"] for table in reading.receipt.tables] == [100] * (1 if is_copy else 2)
    assert [message for message in messages(reading) if "both count: spend 100" in message] == (
        [] if clicks else messages(reading)
    )
    assert len(messages(reading)) == (0 if clicks == [7] else 1)


@pytest.mark.parametrize(
    ("header", "rows", "groupings"),
    [
        (ADS, [[[f"2026-{month:02}-0{day}", "A", 5, 90] for day in (1, 2)] for month in range(1, 9)], 0),
        (ADS, [[["2026-10-01", name, 50, 900]] * 2 for name in "ABCDEFGH"], 8),
        (ADS[1:], [[[name, 50, 900]] * 2 for name in "ABCDEFGH"], 8),
        (ORDERS, [[[at, f"2026-0{at}-05", 10, "EUR"]] for at in range(1, 9)], 0),
        (ORDERS, [[[at, "2026-01-05", 10, "EUR"]] for at in range(1, 9)], 8),
    ],
    ids=["other months", "the same day", "no days", "orders of other months", "orders of the same day"],
)
def test_each_of_many_sheets_is_grouped_once_at_most(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, header: Row, rows: Sequence[Sequence[Row]], groupings: int
) -> None:
    grouped = []
    group = repeats._groups
    monkeypatch.setattr(repeats, "_groups", lambda *asked: [grouped.append(1), group(*asked)][1])

    reading = book(tmp_path, header, {f"S{at}": sheet for at, sheet in enumerate(rows)})

    assert len(reading.receipt.tables) == 8
    assert len(grouped) == groupings


def test_sheets_of_weeks_stand_in_one_of_months(tmp_path: Path) -> None:
    header = ("Reporting starts", "Reporting ends", *ADS[1:])
    months = [["2026-02-01", "2026-02-28", "A", 10, 900], ["2026-03-01", "2026-03-31", "A", 7, 400]]
    weeks = [[f"2026-02-{at:02}", f"2026-02-{at + 6:02}", "A", 2.5, 225] for at in (1, 8, 15, 22)]

    reading = book(tmp_path, header, {"Weeks": weeks, "Months": months})

    assert [table.totals["spend"] for table in reading.receipt.tables] == [10, 17]  # March stands in no week

    reading = book(tmp_path, header, {"Weeks": weeks, "Months": months[:1]})

    assert [table.totals["spend"] for table in reading.receipt.tables] == [10]
