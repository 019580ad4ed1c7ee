"""Which number of a date is the day, and what time a cell covers."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from helpers.intake import dates, preamble
from helpers.intake.dates import DateStyle
from helpers.units import Period

DECIDED = [
    (["25/04/2026", "03/04/2026"], None, "dmy"),
    (["01/15/2026", "01/02/2026"], "es-ES", "mdy"),
    (["01/02/2026"], "es-ES", "dmy"),
    (["2026-01-02"], "en", None),
    (["05/05/2026"], "en", "dmy"),
    (["1.2.2026", "2.2.2026", "3.2.2026"], "en", "dmy"),
    (["03/01/2026 - 03/31/2026", "04/01/2026 - 04/07/2026"], "en", "mdy"),
    (["01/03/2026 - 07/03/2026"], "es-ES", "dmy"),
]


@pytest.mark.parametrize(("cells", "language", "order"), DECIDED)
def test_the_order_of_day_and_month_follows_from_evidence(cells: list[str], language: str, order: str | None) -> None:
    assert dates.decide(cells, language=language).order == order


def test_days_that_follow_each_other_in_one_reading_only_decide_and_are_told() -> None:
    style = dates.decide(["01/01/2026", "01/02/2026", "01/03/2026", "01/04/2026"], language="en")

    assert style.order == "mdy"
    assert "month first" in style.note


def test_the_period_that_the_file_states_decides() -> None:
    stated = Period(date(2026, 3, 1), date(2026, 3, 31))

    assert dates.decide(["03/04/2026"], language="en", stated=stated).order == "mdy"


def test_english_headers_decide_nothing() -> None:
    with pytest.raises(dates.AmbiguousDatesError, match="03/04/2026"):
        dates.decide(["03/04/2026"], language="en")


def test_the_order_within_ranges_is_not_guessed_either() -> None:
    with pytest.raises(dates.AmbiguousDatesError, match="03/01/2026"):
        dates.decide(["03/01/2026 - 03/07/2026"], language="en")

    moment = dates.parse("03/01/2026 - 03/07/2026", DateStyle(None, pattern="%m/%d/%Y"))
    assert moment is not None
    assert (moment.at.date(), moment.last_day) == (date(2026, 3, 1), date(2026, 3, 7))


def test_three_days_or_three_months_are_not_told_apart_by_their_sequence() -> None:
    months = ["1/1/2026", "2/1/2026", "3/1/2026"]

    with pytest.raises(dates.AmbiguousDatesError):
        dates.decide(months, language="en")
    assert dates.decide(months, language="es-ES").order == "dmy"


def test_dates_that_a_spreadsheet_turned_around_in_part_are_refused() -> None:
    with pytest.raises(dates.AmbiguousDatesError, match=r"25/04/2026 and 04/26/2026"):
        dates.decide(["25/04/2026", "04/26/2026"])


def test_two_ways_of_writing_in_one_column_are_told() -> None:
    assert "two ways" in dates.decide(["25/04/2026", "2026-04-26"]).note


def test_two_ways_of_writing_prove_nothing_for_a_date_that_can_be_read_in_both_orders() -> None:
    with pytest.raises(dates.AmbiguousDatesError, match=r"03/04/2026, beside 2026-04-26"):
        dates.decide(["03/04/2026", "25/04/2026", "2026-04-26"])


def test_the_order_that_the_analyst_states_leaves_dates_that_start_with_the_year_alone() -> None:
    style = dates.decide(["03/04/2026", "2026-04-26"], pattern="%d/%m/%Y")
    read = [dates.parse(cell, style) for cell in ("03/04/2026", "2026-04-26")]

    assert [moment.at.date() for moment in read if moment] == [date(2026, 4, 3), date(2026, 4, 26)]


CELLS = [
    ("2026-02-03", "2026-02-03T00:00:00"),
    ("2026/02/03", "2026-02-03T00:00:00"),
    ("20260203", "2026-02-03T00:00:00"),
    ("2026-02-03T00:00:00", "2026-02-03T00:00:00"),
    ("2026-02-03T23:59:59+01:00", "2026-02-03T23:59:59"),
    ("2026-04-05 19:50:32 +0400", "2026-04-05T19:50:32"),
    ("2021-10-27T14:22:01.906Z", "2021-10-27T14:22:01"),
    ("03/02/2026 9:05", "2026-02-03T09:05:00"),
    ("3.2.26", "2026-02-03T00:00:00"),
    ("Feb 3, 2026", "2026-02-03T00:00:00"),
    ("Tue, Feb 3, 2026", "2026-02-03T00:00:00"),
    ("3 feb 2026", "2026-02-03T00:00:00"),
    ("3 de febrero de 2026", "2026-02-03T00:00:00"),
    ("3. Februar 2026", "2026-02-03T00:00:00"),
    ("03-Feb-2026", "2026-02-03T00:00:00"),
    ("2024/04/17 1:15:33 PM GMT+5:30", "2024-04-17T13:15:33"),
    ("46056", "2026-02-03T00:00:00"),
    (pd.Timestamp(2026, 2, 3, 4), "2026-02-03T04:00:00"),
    (date(2026, 2, 3), "2026-02-03T00:00:00"),
]


@pytest.mark.parametrize(("cell", "at"), CELLS)
def test_a_date_is_the_local_day_as_written(cell: object, at: str) -> None:
    moment = dates.parse(cell, DateStyle("dmy"))

    assert moment is not None
    assert moment.at.isoformat() == at


STRETCHES = [
    ("2026-02", date(2026, 2, 1), date(2026, 2, 28), "month"),
    ("febrero de 2026", date(2026, 2, 1), date(2026, 2, 28), "month"),
    ("2026-W07", date(2026, 2, 9), date(2026, 2, 15), "week"),
    ("2026-02-01 - 2026-02-28", date(2026, 2, 1), date(2026, 2, 28), "month"),
    ("2026-02-02 - 2026-02-08", date(2026, 2, 2), date(2026, 2, 8), "week"),
    ("2026-02-02 - 2026-02-02", date(2026, 2, 2), date(2026, 2, 2), "day"),
    ("2026-02-02 - 2026-03-09", date(2026, 2, 2), date(2026, 3, 9), "range"),
]


@pytest.mark.parametrize(("cell", "start", "end", "grain"), STRETCHES)
def test_a_cell_may_cover_more_than_a_day(cell: str, start: date, end: date, grain: str) -> None:
    moment = dates.parse(cell, DateStyle(None))

    assert moment is not None
    assert (moment.at.date(), moment.last_day, moment.grain) == (start, end, grain)


@pytest.mark.parametrize("cell", ["Lifetime", "30/02/2026", "28 February", "99999", "2026-13-01"])
def test_what_is_no_date_is_refused(cell: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        dates.parse(cell, DateStyle("dmy"))


@pytest.mark.parametrize("cell", ["February 28", "8 de marzo", "28 feb"])
def test_a_day_without_a_year_is_known_as_one(cell: str) -> None:
    assert dates.lacks_year(cell)


LINES = [
    ["Campaign report", "January 20, 2026 - January 21, 2026"],
    ["Campaign report", "January 20,2026 - January 21,2026"],
    ["Informe", "20 de enero de 2026 - 21 de enero de 2026"],
    ["Report", "20 January 2026 - 21 January 2026"],
    ["# Report", "# Start date: 20260120", "# End date: 20260121"],
    ["# Informe", "# Fecha de inicio: 20260120", "# Fecha de finalización: 20260121"],
    ["# All Traffic", "# 20260120-20260121"],
    ["Ad Set Report", "Report Start: January 20, 2026, 12:00 AM", "Report End: January 21, 2026, 11:59 PM"],
]


@pytest.mark.parametrize("lines", LINES)
def test_the_lines_above_a_table_tell_its_period(lines: list[str]) -> None:
    assert preamble.read(lines).period == Period(date(2026, 1, 20), date(2026, 1, 21))


def test_the_day_of_the_export_is_not_its_period() -> None:
    head = preamble.read(["Date Generated: January 15, 2026, 9:12 AM"])

    assert head.created == date(2026, 1, 15)
    assert head.period is None


def test_days_without_a_year_get_one_by_their_order_and_the_year_of_the_latest() -> None:
    rising = ["30 de diciembre", "31 de diciembre", "1 de enero", "2 de enero"]

    assert dates.years_by_order(rising, 2026) == ["2025-12-30", "2025-12-31", "2026-01-01", "2026-01-02"]
    assert dates.years_by_order([*reversed(rising)], 2026) == ["2026-01-02", "2026-01-01", "2025-12-31", "2025-12-30"]
    assert dates.years_by_order(["February 28", "", "March 1"], 2025) == ["2025-02-28", "", "2025-03-01"]
    assert dates.years_by_order(["28 feb.", "1 mar."], 2025) == ["2025-02-28", "2025-03-01"]


@pytest.mark.parametrize(
    "cells", [["5 May", "1 January", "9 March"], ["28 February", "29 February", "1 March"]], ids=["order", "leap"]
)
def test_an_order_that_tells_no_year_gives_none(cells: list[str]) -> None:
    assert dates.years_by_order(cells, 2025) is None
