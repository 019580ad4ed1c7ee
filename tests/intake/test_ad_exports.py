"""What only the exports of ad platforms do: renamed levels, first days, statements above the table."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.intake import Reading, read_file
from helpers.intake.recognise import matches


def read(tmp_path: Path, content: str) -> Reading:
    path = tmp_path / "export.csv"
    path.write_text(content, encoding="utf-8")
    return read_file(path)


def codes(reading: Reading) -> set[str]:
    return {problem.code for problem in reading.receipt.problems}


def test_an_unknown_platforms_file_is_not_taken_for_web_analytics() -> None:
    strange = [f"Tarjeta {n}" for n in range(12)]

    assert matches([*strange, "Engagement rate", "Conversions"]) == []
    assert matches([*strange, "Active users", "Conversions"]) == []
    assert [match.platform.source for match in matches(["Custom dimension", "Active users", "Conversions"])] == ["ga4"]


LINKEDIN = "Campaign Performance Report (in UTC)\nReport Start: {start}\nReport End: {end}\n\n"


@pytest.mark.parametrize(
    ("headers", "campaign", "ad_group"),
    [
        ("Campaign Group Name,Campaign Name,Campaign Type", "upper", "lower"),
        ("Campaign Name,Ad Set Name,Ad Set Type", "upper", "lower"),
        ("Account Name,Campaign Name,Campaign Objective", None, "lower"),
        ("Account Name,Campaign Name,Campaign Status", "lower", None),
        ("Account Name,Campaign Group Name,Campaign Group Status", "lower", None),
    ],
)
def test_which_level_a_linkedin_campaign_is_follows_from_the_levels_beside_it(
    tmp_path: Path, headers: str, campaign: str | None, ad_group: str | None
) -> None:
    content = f"Start Date (in UTC),{headers},Total Spent,Clicks\n01/31/2026,upper,lower,x,10.5,3\n"

    frame = read(tmp_path, content).frames[0][1]

    assert [frame["campaign"].dropna().tolist(), frame["ad_group"].dropna().tolist()] == [
        [name] if name else [] for name in (campaign, ad_group)
    ]


@pytest.mark.parametrize(
    ("days", "end", "expected"),
    [
        (["03/01/2026"], "March 31, 2026", [("2026-03-01", "2026-03-31", "range")]),
        (["03/01/2026"], "March 1, 2026", [("2026-03-01", "2026-03-01", "day")]),
        (
            ["03/01/2026", "03/02/2026"],
            "March 31, 2026",
            [("2026-03-01",) * 2 + ("day",), ("2026-03-02",) * 2 + ("day",)],
        ),
        (
            ["03/02/2026", "03/09/2026", "03/16/2026", "03/23/2026"],
            "March 29, 2026",
            [(f"2026-03-{day:02}", f"2026-03-{day + 6:02}", "week") for day in (2, 9, 16, 23)],
        ),
    ],
)
def test_the_first_day_of_a_longer_stretch_is_not_taken_for_a_day(
    tmp_path: Path, days: list[str], end: str, expected: list[tuple[str, str, str]]
) -> None:
    rows = "".join(f"{day},A,B,1.5,10\n" for day in days)
    head = LINKEDIN.format(start=f"March {int(days[0][3:5])}, 2026", end=end)

    frame = read(tmp_path, f"{head}Start Date (in UTC),Campaign Name,Ad Set Name,Total Spent,Clicks\n{rows}").frames[0][
        1
    ]

    covered = frame[["period_start", "period_end"]].apply(lambda column: column.dt.strftime("%Y-%m-%d"))
    assert list(zip(covered["period_start"], covered["period_end"], frame["period_grain"], strict=True)) == expected


def test_commas_of_the_lines_above_a_short_table_do_not_outvote_its_tabs(tmp_path: Path) -> None:
    prose = "".join(f"Línea {n}, 0:00\n" for n in range(9))

    receipt = read(
        tmp_path,
        f"{prose}\nFecha de inicio (en UTC)\tNombre de la cuenta\tTotal gastado\tClics\n01/03/2026\tA\t1,25\t3\n",
    ).receipt

    assert receipt.tables[0].totals == {"spend": 1.25, "clicks": 3}


MICROSOFT = "Gregorian date,Account number,Campaign name,Currency code,Spend,Clicks\n2/14/2026,X1,A,EUR,1.50,3\n"


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("Rows: 2", "control_total_mismatch"),
        ("Rows: 1", None),
        ("Potential Incomplete Data: True", "incomplete_data"),
        ("Potential Incomplete Data: False", None),
    ],
)
def test_what_a_report_says_of_itself_is_compared_with_its_rows(
    tmp_path: Path, statement: str, code: str | None
) -> None:
    found = codes(read(tmp_path, f'"{statement}"\n{MICROSOFT}')) & {"control_total_mismatch", "incomplete_data"}

    assert found == ({code} if code else set())


@pytest.mark.parametrize(
    ("line", "period"),
    [
        ("Report Time: 2/1/2026,2/28/2026", ("2026-02-01", "2026-02-28")),
        ("Período: 1/2/2026 - 28/2/2026", ("2026-02-01", "2026-02-28")),
        ("Report Time: 2/1/2026,2/5/2026", ("2026-02-14", "2026-02-14")),  # nothing proves the order: the rows count
    ],
)
def test_days_above_the_table_count_where_one_proves_the_order(
    tmp_path: Path, line: str, period: tuple[str, str]
) -> None:
    assert read(tmp_path, f'"{line}"\n{MICROSOFT}').receipt.tables[0].period == period


def test_the_start_of_a_campaign_is_not_the_day_of_its_figures(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        "State,Campaigns,Status,Start date,End date,Impressions,Clicks,Spend(EUR),Orders,Sales(EUR),ACOS\n"
        "ENABLED,SP,DELIVERING,01/31/2024,,1200,12,4.80,1,20.00,24%\n",
    )

    assert reading.receipt.tables[0].period is None
    assert "period_missing" in codes(reading)
    assert reading.receipt.tables[0].currency == "EUR"


@pytest.mark.parametrize(
    "headers",
    [
        "Page name,Disclaimer,Amount spent (EUR),Number of ads in Library",
        "Nombre de la página,Descargo de responsabilidad,Importe gastado (EUR),Número de anuncios en la biblioteca",
    ],
)
def test_at_most_a_hundred_is_a_bound_and_never_a_spend(tmp_path: Path, headers: str) -> None:
    reading = read(tmp_path, f"{headers}\nRival,Rival SL,≤100,12\nLarge,Large SL,15230,88\n")

    frame = reading.frames[0][1]
    assert reading.receipt.tables[0].totals == {"spend": 15230, "ads": 100}
    assert reading.receipt.tables[0].currency == "EUR"
    assert frame["spend"].isna().tolist() == [True, False]
    assert frame["spend_high"].tolist()[0] == 100
    assert {"censored_values", "period_missing"} <= codes(reading)


PLANNER = "Keyword,Currency,Segmentation,Avg. monthly searches,Competition,Searches: Jan 2026,Búsquedas: dic 2025\n"


def test_rows_of_the_keyword_planner_without_a_keyword_are_summaries_and_months_are_kept(tmp_path: Path) -> None:
    reading = read(
        tmp_path, f"{PLANNER},EUR,Todo,9000,,8000,1\n,EUR,España,9000,,8000,1\nsartén,EUR,,390,Alta,320,500\n"
    )

    frame = reading.frames[0][1]
    assert reading.receipt.tables[0].dropped == {"total_row": 2}
    assert reading.receipt.tables[0].totals == {"avg_monthly_searches": 390}
    assert reading.receipt.tables[0].control_totals == {}
    assert frame[["searches_2025_12", "searches_2026_01"]].to_numpy().tolist() == [[500, 320]]


def test_searches_given_from_to_are_not_added(tmp_path: Path) -> None:
    reading = read(tmp_path, f"{PLANNER}sartén,EUR,,1K – 10K,Alta,,\ncazuela,EUR,,10 - 100,Alta,,\n")

    assert reading.frames[0][1]["avg_monthly_searches"].isna().all()
    assert "censored_values" in codes(reading)


def test_money_given_from_to_refuses_the_table(tmp_path: Path) -> None:
    reading = read(tmp_path, MICROSOFT.replace("1.50", "1.50 - 2.50"))

    assert reading.receipt.status == "refused"
    assert codes(reading) >= {"unreadable_values"}


def test_every_column_of_a_build_sheet_is_kept_as_written(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        "Type,Status,Id,Parent Id,Campaign,Ad Group,Budget,Start Date,Bid,Format Version\n"
        "Format Version,,,,,,,,,6.0\n"
        "Campaign,Paused,-1,,A,,15.00,02/03/2026,,\n"
        "Keyword,Active,,-2,A,B,,,0.60,\n",
    )

    frame = reading.frames[0][1]
    assert reading.receipt.tables[0].dropped == {"aside": 1}
    assert frame["budget"].dropna().tolist() == ["15.00"]
    assert frame["start_date"].dropna().tolist() == ["02/03/2026"]
    assert frame["id"].dropna().tolist() == ["-1"]


@pytest.mark.parametrize(
    "headers",
    [
        "Date,Campaign Name,Impressions,Clicks,Amount Spent (EUR),eCPM",
        "Fecha,Nombre de la campaña,Impresiones,Clics,Importe gastado (EUR),eCPM",
        "Start Time,Campaign Name,Paid Impressions,Clicks,Amount Spent (EUR),eCPM",
        "Date,Campaign name,Impressions,Pin clicks,Spend in account currency (EUR),CPM",
        "Time period,Campaign name,Impressions,Clicks,Spend (EUR),CPM",
        "Gregorian date,Campaign name,Impressions,Clicks,Spend (EUR),CTR",
        "Start Date (in UTC),Campaign Name,Impressions,Clicks,Total Spent (EUR),Average CPM",
    ],
)
@pytest.mark.parametrize("label", ["", "Total", "Grand total"])
def test_a_total_row_is_compared_and_never_added(tmp_path: Path, headers: str, label: str) -> None:
    rows = "2026-03-13,A,1000,10,2.50,2.5\n2026-03-14,A,2000,20,5.00,2.5\n"

    table = read(tmp_path, f"{headers}\n{rows}{label},,3000,30,7.50,2.5\n").receipt.tables[0]

    assert table.totals == {"spend": 7.5, "impressions": 3000, "clicks": 30}
    assert table.control_totals["spend"] == {"file": 7.5, "rows": 7.5}


@pytest.mark.parametrize(
    "headers",
    [
        ["Date", "Platform", "Campaign", "Impressions", "Clicks", "Avg. CPC", "Spend", "Currency code"],
        ["Date", "Channel", "Campaign name", "Impressions", "Clicks", "CPM", "Spend"],
    ],
)
def test_a_sheet_of_several_platforms_is_no_platforms_export(headers: list[str]) -> None:
    """At most it is a plain table, where the platform is what its column says."""
    assert {match.platform.source for match in matches(headers)} <= {"plain"}


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2026-03-01T00:00:00-08:00", "2026-04-01T00:00:00-07:00", ("2026-03-01", "2026-03-31")),
        ("2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z", ("2026-03-01", "2026-03-01")),
        ("2026-03-01T00:00:00Z", "2026-03-01T00:00:00Z", ("2026-03-01", "2026-03-01")),
        ("2026-03-01T00:00:00Z", "2026-03-31T23:59:59.999Z", ("2026-03-01", "2026-03-31")),
        ("2026-03-01", "2026-03-31", ("2026-03-01", "2026-03-31")),
    ],
)
def test_an_end_at_midnight_is_the_end_of_the_day_before(
    tmp_path: Path, start: str, end: str, expected: tuple[str, str]
) -> None:
    head = "Start Time,End Time,Campaign Name,Currency,Amount Spent,Paid Impressions\n"

    assert read(tmp_path, f"{head}{start},{end},A,EUR,5.50,100\n").receipt.tables[0].period == expected


@pytest.mark.parametrize(
    ("content", "table", "period"),
    [
        (
            "By Week,Campaign name,Cost,Impressions,Clicks (destination)\n2026-03-02 ~ 2026-03-08,A,5.50,100,3\n",
            "ads",
            ("2026-03-02", "2026-03-08"),
        ),
        (
            "By Month,Campaign name,Cost,Impressions,Clicks (destination)\n2026-02,A,5.50,100,3\n",
            "ads",
            ("2026-02-01", "2026-02-28"),
        ),
        (
            "Quarter,Campaign,Currency code,Cost,Impr.\n2026-01-01,A,EUR,5.50,100\n",
            "ads",
            ("2026-01-01", "2026-03-31"),
        ),
        (
            "Time period,Campaign name,Impressions,Spend\n2026-03-01 to 2026-03-31,A,100,5.50\n",
            "ads",
            ("2026-03-01", "2026-03-31"),
        ),
        ("Campaign,Location,Currency code,Cost,Impr.\nA,Lugo,EUR,5.50,100\n", "ads_breakdown", None),
        ("Asset,Asset type,Campaign,Currency code,Cost,Impr.\nSale,Headline,A,EUR,5.50,100\n", "ads_breakdown", None),
        ("Network,Clicks,Cost,Avg. CPC\nGoogle Search,10,US$5.50,US$0.55\n", "ads_breakdown", None),
        ("Search Keyword,Cost,Clicks,CTR\nshoes,€5.50,3,1.0%\n", "ads_breakdown", None),
        ("Company Industry Segment,Impressions,Clicks,Total Spent\nBanking,100,3,5.50\n", "ads_breakdown", None),
        (
            "Nombre de la campaña,Inicio del informe,Fin del informe,Importe gastado (EUR),Compras\n"
            "A,2026-03-01,2026-03-31,5.50,2\n",
            "ads",
            ("2026-03-01", "2026-03-31"),
        ),
    ],
)
def test_columns_that_a_user_chose_are_read_for_what_they_are(
    tmp_path: Path, content: str, table: str, period: tuple[str, str] | None
) -> None:
    (receipt,) = read(tmp_path, content).receipt.tables

    assert (receipt.table, receipt.period, receipt.totals["spend"]) == (table, period, 5.5)


def test_networks_and_devices_in_other_words_than_googles_are_nobodys(tmp_path: Path) -> None:
    receipt = read(tmp_path, "Device,Cost,Impressions,Clicks\nSmartphone,5.50,100,3\n").receipt

    assert (receipt.tables, {problem.code for problem in receipt.problems}) == ((), {"unknown_table"})


def test_conversions_by_action_are_read_without_a_cost(tmp_path: Path) -> None:
    head = "Campaign,Conversion action,Currency code,Conversions,Conv. value\n"

    (table,) = read(tmp_path, f"{head}A,Purchase,EUR,3.00,90.00\nA,Lead,EUR,2.00,0.00\n").receipt.tables

    assert (table.table, table.totals) == ("ads_breakdown", {"conversions": 5, "conversion_value": 90})


def test_a_date_above_the_table_that_proves_its_order_speaks_for_the_days_below(tmp_path: Path) -> None:
    head = '"Report Time: 1/1/2026 - 3/31/2026"\n"Report Aggregation: Monthly"\n\n'
    rows = "".join(f"{month}/1/2026,X1,A,EUR,1.50,3\n" for month in (1, 2, 3))

    (table,) = read(tmp_path, head + MICROSOFT.splitlines()[0] + "\n" + rows).receipt.tables

    assert (table.grain[0], table.period) == ("month", ("2026-01-01", "2026-03-31"))
