"""Rows that sum up others of a large file double nothing, wherever they stand: read as in a small file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from helpers.intake import Receipt, Source

from .conftest import Both, Reader

DAYS = range(1, 21)
PARTS = ((300.5, 401), (301.5, 402), (302.5, 403), (303.5, 404))
ALL = (sum(spend for spend, _ in PARTS), sum(seen for _, seen in PARTS))
SPEND, IMPRESSIONS = len(DAYS) * ALL[0], len(DAYS) * ALL[1]


def campaigns(day: int) -> list[str]:
    return [f"2026-01-{day:02d},C{at},{spend},{seen}" for at, (spend, seen) in enumerate(PARTS)]


def total(day: int, *, is_grouped: bool) -> str:
    spend, seen = ALL
    return (
        f'2026-01-{day:02d},Total,"{spend:,.2f}","{seen:,}"'
        if is_grouped
        else f"2026-01-{day:02d},Total,{spend},{seen}"
    )


def sums(receipt: Receipt) -> tuple[float, float]:
    (table,) = receipt.tables
    return table.totals["spend"], table.totals["impressions"]


def export(header: str, rows: Sequence[str]) -> str:
    return "\n".join([header, *rows, ""])


def check(read: Both, spend: float, impressions: float) -> None:
    assert read.is_same, (read.small.as_json(), read.large.as_json())
    assert sums(read.large) == (spend, impressions)


@pytest.mark.parametrize("is_grouped", [False, True])
@pytest.mark.parametrize("summed", [range(1, 3), DAYS], ids=["the days of the head", "every day"])
def test_a_total_of_each_day_doubles_nothing(both: Reader, summed: range, *, is_grouped: bool) -> None:
    rows = [
        row
        for day in DAYS
        for row in [*campaigns(day), *([total(day, is_grouped=is_grouped)] if day in summed else [])]
    ]

    check(both(export("Day,Campaign name,Amount spent (EUR),Impressions", rows), head=400), SPEND, IMPRESSIONS)


WORDS = [(name, ALL) for name in ("Suma total", "Gesamt", "Total del día", "Suma")]


@pytest.mark.parametrize(("name", "figures"), [*WORDS, ("Total C1", PARTS[1])])
def test_a_total_of_each_day_under_another_word_doubles_nothing(
    both: Reader, name: str, figures: tuple[float, int]
) -> None:
    spend, seen = figures
    rows = [row for day in DAYS for row in [*campaigns(day), f"2026-01-{day:02d},{name},{spend},{seen}"]]

    check(both(export("Day,Campaign name,Amount spent (EUR),Impressions", rows), head=400), SPEND, IMPRESSIONS)


def test_totals_of_a_day_behind_all_others_double_nothing(both: Reader) -> None:
    rows = [row for day in DAYS for row in campaigns(day)] + [total(day, is_grouped=True) for day in DAYS]

    check(both(export("Day,Campaign name,Amount spent (EUR),Impressions", rows), head=400), SPEND, IMPRESSIONS)


@pytest.mark.parametrize("word", ["", "--", "All", "Total", "Todas"])
def test_a_row_of_all_platforms_doubles_nothing(both: Reader, word: str) -> None:
    rows = [
        f"2026-01-{day:02d},{platform},EUR,{spend},{seen}"
        for day in DAYS
        for platform, spend, seen in (("Google", 30.5, 401), ("Facebook", 31.5, 402), (word, 62.0, 803))
    ]

    read = both(export("Date,Platform,Currency,Spend,Impressions", rows), head=400)

    check(read, 20 * 62.0, 20 * 803)


@pytest.mark.parametrize("word", [None, "all"])
def test_a_rollup_of_a_query_doubles_nothing(both: Reader, tmp_path: Path, word: str | None) -> None:
    rows = [
        (date(2026, 1, day), platform, "EUR", spend, seen)
        for day in DAYS
        for platform, spend, seen in (("google_ads", 30.5, 401), ("facebook_ads", 31.5, 402), (word, 62.0, 803))
    ]
    names = ("date", "platform", "currency", "spend", "impressions")
    path = tmp_path / "rollup.parquet"
    pq.write_table(pa.table(dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))), path, row_group_size=16)

    check(both(path), 20 * 62.0, 20 * 803)


@pytest.mark.parametrize(
    ("header", "part", "whole"),
    [
        (
            "Campaign,Device,Day,Currency code,Cost,Impr.,Clicks",
            "C{at},{device},{day},EUR,{spend},{seen},7",
            "Total: Account,{device},{day},EUR,{spend},{seen},14",
        ),
        (
            "Gregorian date,Campaign,Device type,Currency code,Spend,Impressions,Clicks",
            "{day},C{at},{device},EUR,{spend},{seen},7",
            "{day},Overall total - 2 campaigns,{device},EUR,{spend},{seen},14",
        ),
    ],
    ids=["Google", "Microsoft"],
)
def test_totals_of_a_platform_for_each_device_and_day_double_nothing(
    both: Reader, header: str, part: str, whole: str
) -> None:
    rows = []
    for number in DAYS:
        day, device = f"2026-01-{number:02d}", "Computer"
        rows += [part.format(at=at, day=day, device=device, spend=f"{at + 10}.50", seen=1000 + at) for at in range(2)]
        rows.append(whole.format(day=day, device=device, spend="22.00", seen=2001))

    check(both(export(header, rows), head=300), 20 * 22.0, 20 * 2001)


@pytest.mark.parametrize("word", ["Grand total", "Total general", "All"])
def test_the_sum_of_one_of_several_breakdowns_doubles_nothing(both: Reader, word: str) -> None:
    rows = [
        f"2026-01-{day:02d},A,{age},male,{spend},{seen}"
        for day in DAYS
        for age, spend, seen in (("18-24", 30.5, 401), ("25-34", 31.5, 402), (word, 62.0, 803))
    ]

    read = both(export("Day,Campaign name,Age,Gender,Amount spent (EUR),Impressions", rows), head=400)

    check(read, 20 * 62.0, 20 * 803)


def test_a_total_that_a_stated_campaign_hides_is_judged_as_in_a_small_file(both: Reader) -> None:
    rows = [row for day in DAYS for row in campaigns(day)] + ["2026-01-20,Total,15.00,9"]

    read = both(
        export("Day,Campaign name,Amount spent (EUR),Impressions", rows),
        head=400,
        sources=(Source("ads.csv", "", constants={"campaign": "everything"}),),
    )

    assert not read.passing
    assert read.is_same, (read.small.as_json(), read.large.as_json())


def test_a_campaign_with_an_id_may_be_called_total(both: Reader) -> None:
    rows = [row.replace(",C", f",10{day % 4},C") for day in DAYS for row in campaigns(day)]
    rows += ["2026-01-20,104,Total,15.00,9"]

    read = both(export("Day,Campaign ID,Campaign name,Amount spent (EUR),Impressions", rows), head=400)

    assert read.passing
    check(read, SPEND + 15, IMPRESSIONS + 9)


def test_a_total_of_a_part_is_found_by_the_name_of_another_column(both: Reader) -> None:
    rows = [
        f"2026-01-{day:02d},Brand,{name},{spend},{seen}"
        for day in DAYS
        for name, spend, seen in (("S1", 30.5, 401), ("S2", 31.5, 402), ("Total Brand", 62.0, 803))
    ]

    read = both(export("Day,Campaign name,Ad set name,Amount spent (EUR),Impressions", rows), head=400)

    check(read, 20 * 62.0, 20 * 803)


@pytest.mark.parametrize("currency", ["--", "USD"])
def test_a_row_that_shows_a_currency_and_may_be_a_total_is_not_lost(both: Reader, currency: str) -> None:
    rows = [f"2026-01-{at % 28 + 1:02d},C{at % 3},S{at % 4},EUR,{at}.50,{1000 + at}" for at in range(40)]
    rows.append(f"2026-01-05,Total,S1,{currency},14.50,900")

    read = both(export("By Day,Campaign name,Ad group name,Currency,Cost,Impressions", rows))

    assert read.passing
    assert read.is_same, (read.small.as_json(), read.large.as_json())
    assert read.large.rows == 41


@pytest.mark.parametrize("late", ["Purchases,0", "Purchases,3", ",3", ",0"])
def test_a_late_result_of_another_kind_is_seen_even_where_it_is_zero(both: Reader, late: str) -> None:
    rows = [f"2026-01-{at % 28 + 1:02d},A {at % 3},Leads,{at % 5},{at}.5,{1000 + at}" for at in range(40)]

    read = both(
        export(
            "Day,Campaign name,Result type,Results,Amount spent (EUR),Impressions",
            [*rows, f"2026-01-05,A,{late},4.5,8"],
        )
    )

    assert read.passing
    assert read.is_same, (read.small.as_json(), read.large.as_json())
    assert ("conversions" in read.large.tables[0].totals) is (late == ",0")


@pytest.mark.parametrize("dated", [0, 20])
def test_a_head_without_days_is_no_end(both: Reader, dated: int) -> None:
    rows = [
        f"{f'2026-01-{at % 28 + 1:02d}' if at >= 40 - dated else ''},Google,A {at % 3},EUR,{at}.5,{1000 + at},{at}"
        for at in range(40)
    ]

    read = both(export("Date,Platform,Campaign,Currency,Spend,Impressions,Clicks", rows), head=400)

    check(read, sum(range(40)) + 20, 40 * 1000 + sum(range(40)))


def test_a_line_end_of_old_machines_within_a_cell_is_no_end(both: Reader) -> None:
    rows = [row for day in DAYS for row in campaigns(day)]
    rows[70] = rows[70].replace("C2", "C\r2")

    read = both(export("Day,Campaign name,Amount spent (EUR),Impressions", rows), head=400)

    assert read.is_same, (read.small.as_json(), read.large.as_json())
