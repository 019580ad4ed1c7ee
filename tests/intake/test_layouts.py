"""What the accounts of users give beside the layouts of the samples: comparisons, totals, other lists, other dates."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.intake import Reading, read_file

GA4 = "# Traffic\n# Property: Kettle House\n# Start date: 20260301\n# End date: 20260331\n"
UA = "# Channels\n# 20200401-20200430\n\n"
DAYS = (
    "Date,Campaign,Spend\n2026-03-01,a,10\n2026-03-01,b,{}\n2026-03-01,Total,{}\n2026-03-02,a,7\n2026-03-02,Total,{}\n"
)
ORDER = "Date,Order ID,Customer,Product,Total\n2026-03-01,A1,Ana,pot,{0}\n2026-03-01,A1,Ana,cup,25\n"
SEARCH = "Top queries,Clicks,Impressions,CTR,Position\ntea,8,80,10%,1.2\n{row}pot,1,5,20%,9\n"


def reading(folder: Path, text: str) -> Reading:
    path = folder / "export.csv"
    path.write_text(text, encoding="utf-8")
    return read_file(path)


@pytest.mark.parametrize(
    "text",
    [
        GA4
        + "Session campaign,Date range,Sessions,Event count\nspring,Mar 1 - Mar 31,70,9\nspring,Feb 1 - Feb 28,60,8\n",
        GA4 + "Session campaign,Segment,Sessions,Event count\nspring,All users,70,9\nspring,Mobile traffic,60,8\n",
        UA
        + "Default Channel Grouping,Date Range,Sessions\nDirect,Apr 2020,12\nDirect,Mar 2020,9\nDirect,% Change,33%\n",
    ],
    ids=["days", "segments", "universal"],
)
def test_what_is_compared_is_not_added(tmp_path: Path, text: str) -> None:
    receipt = reading(tmp_path, text).receipt

    assert receipt.status == "refused"
    assert [problem.code for problem in receipt.problems] == ["non_additive"]


def test_one_segment_alone_is_the_whole(tmp_path: Path) -> None:
    text = GA4 + "Session campaign,Segment,Sessions,Event count\nspring,All users,70,9\nsummer,All users,6,2\n"

    (table,) = reading(tmp_path, text).receipt.tables

    assert table.totals == {"sessions": 76, "events": 11}


@pytest.mark.parametrize("query", ["total", "totales", "average", "total: war"])
def test_people_search_for_total(tmp_path: Path, query: str) -> None:
    (table,) = reading(tmp_path, SEARCH.format(row=f"{query},3,40,7.5%,4\n")).receipt.tables

    assert (table.kept, dict(table.dropped)) == (3, {})
    assert table.totals == {"clicks": 12, "impressions": 125}


def test_a_total_that_a_person_added_is_told_by_its_sum(tmp_path: Path) -> None:
    (table,) = reading(tmp_path, SEARCH.format(row="") + "Total,9,85,,\n").receipt.tables

    assert (table.kept, dict(table.dropped)) == (2, {"total_row": 1})
    assert table.totals == {"clicks": 9, "impressions": 85}


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("Top queries,3/1/26 - 3/31/26 Clicks,2/1/26 - 2/28/26 Clicks", "comparison"),
        ("id,Type,Source,Amount,Fee,Net,Currency,Created (UTC),Available On (UTC)", "balance"),
        ("id,Amount,Created (UTC),Currency,Arrival Date (UTC),Status", "payout"),
        ("id,Amount Due,Amount Paid,Currency,Date (UTC),Number,Total", "invoices"),
    ],
)
def test_a_layout_that_is_known_and_not_read_is_called_by_its_name(tmp_path: Path, header: str, words: str) -> None:
    receipt = reading(tmp_path, f"{header}\n{'1,' * header.count(',')}2\n").receipt

    (problem,) = receipt.problems
    assert not receipt.tables
    assert problem.code == "unknown_table"
    assert words in problem.message
    assert "xport" in problem.action


def test_the_totals_of_single_days_are_not_added_to_their_days(tmp_path: Path) -> None:
    (table,) = reading(tmp_path, DAYS.format("5.5", "15.5", "7")).receipt.tables

    assert (table.kept, dict(table.dropped)) == (3, {"total_row": 2})
    assert table.totals["spend"] == 22.5


def test_totals_of_channels_are_not_added_to_their_channels(tmp_path: Path) -> None:
    rows = "{day},Meta,a,10\n{day},Meta,b,5\n{day},{meta},15\n{day},Google,c,7\n{day},{google},7\n"
    named = rows.format(day="2026-03-01", meta="Total Meta,", google="Subtotal Google,")
    beside = rows.format(day="2026-03-01", meta="Meta,Total", google="Google,Total")

    for body in (named, beside):
        (table,) = reading(tmp_path, "Fecha,Canal,Campaña,Gasto\n" + body).receipt.tables
        assert (table.kept, dict(table.dropped), table.totals["spend"]) == (3, {"total_row": 2}, 22)


def test_a_subtotal_of_a_customer_is_no_sale(tmp_path: Path) -> None:
    text = "Fecha,Nº factura,Cliente,Total\n01/03/2026,F1,Ana,10\n,,Subtotal Ana,10\n13/03/2026,F2,Bo,20\n"

    (table,) = reading(tmp_path, text + ",,Total general,30\n").receipt.tables

    assert (table.kept, table.totals["revenue"], table.control_totals["revenue"]["file"]) == (2, 30, 30)


def test_a_total_that_is_the_sum_on_one_of_two_days_is_a_question(tmp_path: Path) -> None:
    receipt = reading(tmp_path, DAYS.format("5", "15", "9")).receipt

    (problem,) = receipt.problems[-1:]
    assert (receipt.status, problem.code, problem.row) == ("refused", "duplicates", 6)


def test_a_campaign_called_total_stays_one_beside_a_larger_one_of_its_day(tmp_path: Path) -> None:
    (table,) = reading(tmp_path, DAYS.format("5", "8", "3")).receipt.tables

    assert (table.kept, table.totals["spend"]) == (5, 33)


@pytest.mark.parametrize(
    "months", [("ene-26", "feb-26"), ("01/2026", "02/2026"), ("202601", "202602"), ("Enero 2026", "feb. 2026")]
)
def test_months_are_read_as_spreadsheets_write_them(tmp_path: Path, months: tuple[str, str]) -> None:
    (table,) = reading(tmp_path, f"Mes,Canal,Gasto\n{months[0]},Meta,10\n{months[1]},Meta,20\n").receipt.tables

    assert (table.grain[0], table.period) == ("month", ("2026-01-01", "2026-02-28"))


@pytest.mark.parametrize(
    "text",
    [
        "Date,Channel,Spend\n{0},Meta,1\n{1},Meta,1\n{2},Meta,1\n{3},Meta,1\n",
        '"Time","lamp"\r\n"{0}",50\r\n"{1}",100\r\n"{2}",20\r\n"{3}",20\r\n',
        "Date,Clicks,Impressions,CTR,Position\n{0},1,10,10%,2\n{1},1,10,10%,2\n{2},1,10,10%,2\n{3},1,10,10%,2\n",
    ],
    ids=["plain", "trends", "search_console"],
)
def test_first_days_of_weeks_stand_for_weeks(tmp_path: Path, text: str) -> None:
    days = ("2026-03-02", "2026-03-09", "2026-03-16", "2026-03-23")

    (table,) = reading(tmp_path, text.format(*days)).receipt.tables

    assert (table.grain[0], table.period) == ("week", ("2026-03-02", "2026-03-29"))


def test_shares_of_terms_on_the_map_of_trends_keep_its_scale(tmp_path: Path) -> None:
    text = "Region,tea: (3/13/25 - 3/13/26),pot: (3/13/25 - 3/13/26)\nMadrid,61%,39%\nSoria,40%,60%\n"

    ((_, frame),) = reading(tmp_path, text).frames

    assert frame["interest"].tolist() == [61, 40, 39, 60]


def test_an_amount_that_all_rows_of_an_order_repeat_is_a_question(tmp_path: Path) -> None:
    repeated, by_line = (reading(tmp_path, ORDER.format(amount)).receipt for amount in (25, 20))

    assert (repeated.status, [problem.code for problem in repeated.problems]) == ("refused", ["non_additive"])
    assert by_line.tables[0].totals == {"revenue": 45, "orders": 1}


def test_figures_of_posts_and_of_their_days_are_not_added(tmp_path: Path) -> None:
    header = "Post ID,Account ID,Account username,Publish time,Post type,Date,Views,Reach,Likes\n"
    post = "18,17,kettle,03/05/2026 10:30,IG image,{0},{1},80,10\n"

    both = reading(tmp_path, header + post.format("Lifetime", 150) + post.format("03/06/2026", 50)).receipt
    days = reading(tmp_path, header + post.format("03/05/2026", 100) + post.format("03/06/2026", 50)).receipt

    assert (both.status, [problem.code for problem in both.problems]) == ("refused", ["non_additive"])
    assert days.tables[0].totals["views"] == 150


def test_companies_of_hubspot_are_no_contacts(tmp_path: Path) -> None:
    text = "Record ID,Company name,Company owner,Create Date,Lifecycle Stage\n1,Kettle House,Bo,2026-03-01,Customer\n"

    receipt = reading(tmp_path, text).receipt

    assert not receipt.tables
    assert [problem.code for problem in receipt.problems] == ["unknown_table"]


@pytest.mark.parametrize(
    ("body", "rows", "money"),
    [
        ("Date,Campaign,Spend\n{0},a,10\n{0},b,5\n\nDate,Channel,Spend\n{0},Meta,15\n", [2], 15),
        ("Date,Campaign,Spend\n{0},a,10\n{0},b,5\n\nDate,Channel,Spend\n{0},Meta,16\n", [2, 1], 31),
        ("Date,Campaign,Spend\n{0},a,10\n{0},b,5\n\nMonth,Channel,Spend\n2026-03,Meta,15\n", [2], 15),
        ("{1}{0},A1,Ana,10\n\n{1}{0},A1,Ana,10\n{0},A2,Bo,5\n", [2], 15),
        ("{1}{0},A1,Ana,10\n\n{1}{0},A3,Ana,10\n{0},A2,Bo,5\n", [1, 2], 25),
    ],
    ids=["campaigns and channels", "other money", "days and months", "month and year", "other orders"],
)
def test_a_table_that_tells_the_facts_of_another_one_again_is_left_out(
    tmp_path: Path, body: str, rows: list[int], money: float
) -> None:
    found = reading(tmp_path, body.format("2026-03-01", "Date,Order ID,Customer,Total\n"))

    assert [table.kept for table in found.receipt.tables] == rows
    assert (
        sum(sum(table.totals.get(name, 0) for name in ("spend", "revenue")) for table in found.receipt.tables) == money
    )
    is_told = any(problem.code == "duplicates" for problem in found.receipt.problems)
    assert is_told == (len(rows) == 1)


def test_deals_of_which_no_stage_says_that_they_are_won_are_no_sales(tmp_path: Path) -> None:
    receipt = reading(tmp_path, "Record ID,Deal Name,Deal Stage,Close Date,Amount\n1,a,Signed,2026-03-01,10\n").receipt

    assert not receipt.tables
    assert [problem.code for problem in receipt.problems] == ["not_won", "empty_export"]
    assert receipt.problems[0].message.endswith("They say: Signed.")
    assert "left out" in receipt.problems[-1].message


def test_a_deal_counts_by_its_own_stage_and_not_by_who_won_instead(tmp_path: Path) -> None:
    stages = ["Closed Won (Sales Pipeline)", "closedwon", "Cierre ganado", "Not won", "Closed lost - competitor won"]
    stages += ["No ganado", "Perdido - ganado por otro", "We won't sell", "Signed"]
    deals = "".join(f"{at},d{at},{stage},2026-03-01 10:00,{2**at}\n" for at, stage in enumerate(stages))

    receipt = reading(tmp_path, "Record ID,Deal Name,Deal Stage,Close Date,Amount\n" + deals).receipt

    assert receipt.tables[0].totals["revenue"] == 1 + 2 + 4
    note = next(problem.message for problem in receipt.problems if problem.code == "not_won")
    assert note.startswith("6 deals are left out")
    assert note.endswith(
        "They say: Not won, Closed lost - competitor won, No ganado, Perdido - ganado por otro, We won't sell, Signed."
    )


def test_a_deal_counts_where_its_own_property_says_that_it_is_won(tmp_path: Path) -> None:
    header = "Record ID,Deal Name,Deal Stage,Is Closed Won,Close Date,Amount\n"

    receipt = reading(
        tmp_path, header + "1,a,Signed,true,2026-03-01 10:00,10\n2,b,Not won,false,2026-03-02 10:00,20\n"
    ).receipt

    assert receipt.tables[0].totals == {"revenue": 10, "orders": 1}
    assert [problem.code for problem in receipt.problems if problem.severity != "info"] == ["currency_missing"]
    note = next(problem.message for problem in receipt.problems if problem.code == "not_won")
    assert note == '1 deals are left out: "Is Closed Won" does not say that they are won. They say: false.'


ABOVE = "Day,Campaign name,Amount spent (EUR),Impressions,Purchases\n2026-01-01,A,10,100,1\n2026-01-02,A,10,100,1\n\n"


@pytest.mark.parametrize(
    ("rest", "spend", "weights"),
    [
        ("2026-01-03,B,,,\n2026-01-04,A,5,50,1\n", 25, set()),
        ("2026-01-03,B,n. v.,,\n2026-01-04,A,5,50,1\n", 20, {"warning"}),
        ("Notes\nAbout,the,export\n", 20, {"info"}),
        ("Device,Money\nMobile,5\n", 20, {"info"}),
        ("By device\nDevice,Money,a,b,c\nMobile,5,1,1,1\n", 20, {"info"}),
    ],
    ids=["a row without figures", "a row that fits ill", "notes", "a narrower table", "a table with a title"],
)
def test_rows_behind_a_blank_line_count_or_are_told(tmp_path: Path, rest: str, spend: float, weights: set[str]) -> None:
    receipt = reading(tmp_path, ABOVE + rest).receipt

    assert [table.totals["spend"] for table in receipt.tables] == [spend]
    told = [problem for problem in receipt.problems if "belong to no known table" in problem.message]
    assert {problem.severity for problem in told} == weights
    assert {bool(problem.action) for problem in told} == {one == "warning" for one in weights}


PLANNER = (
    "Keyword,Currency,Avg. monthly searches,Competition,Top of page bid (low range),{}\ntea,EUR,90,Low,0.10,80,100\n"
)


@pytest.mark.parametrize(
    ("months", "period"),
    [
        ("Searches: Jan 2025,Searches: Feb 2025", ("2025-01-01", "2025-02-28")),
        ("Searches: Dec 2024,Searches: Nov 2023", ("2023-11-01", "2024-12-31")),
        ("Búsquedas: sept. de 2025,Búsquedas: oct. de 2025", ("2025-09-01", "2025-10-31")),
    ],
)
def test_the_months_that_a_keyword_planner_export_heads_are_its_period(
    tmp_path: Path, months: str, period: tuple[str, str]
) -> None:
    (table,) = reading(tmp_path, PLANNER.format(months)).receipt.tables

    assert table.period == period


def test_what_a_keyword_planner_export_says_above_its_table_is_its_period(tmp_path: Path) -> None:
    text = "Keyword Stats 2026-03-09 at 10_15_20\nMarch 1 2025 - February 28 2026\n"

    (table,) = reading(tmp_path, text + PLANNER.format("Searches: Jan 2026,Searches: Feb 2026")).receipt.tables
    (alone,) = reading(tmp_path, text + PLANNER.format("In account?,In plan?")).receipt.tables

    assert table.period == alone.period == ("2025-03-01", "2026-02-28")
