"""Whose midnight the days of an export begin at is taken from what the file says, never guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.intake import Source, read_file
from helpers.intake.clock import zone_of

STRIPE = Path(__file__).resolve().parents[1] / "exports" / "stripe" / "payments.csv"
META = """Reporting starts,Reporting ends,Campaign name,Day,Amount spent (EUR),Impressions,Link clicks{head}
2026-10-01,2026-10-01,Otoño,2026-10-01,10.50,1000,20{one}
2026-10-02,2026-10-02,Otoño,2026-10-02,4.50,500,10{two}
"""


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Europe/Madrid", "Europe/Madrid"),
        ("(GMT+01:00) Brussels, Copenhagen, Madrid, Paris", "UTC+01:00"),
        ("Fecha de creación (GMT+1)", "UTC+01:00"),
        ("(GMT-05:00) Eastern Time", "UTC-05:00"),
        ("UTC+5:30", "UTC+05:30"),
        ("Created date (UTC)", "UTC"),
        ("GMT+99", None),
        ("Amount spent (EUR)", None),
        ("hora local", None),
    ],
)
def test_a_zone_is_named_by_its_region_or_its_offset(text: str, zone: str | None) -> None:
    assert zone_of(text) == zone


def zone(tmp_path: Path, text: str, *sources: Source) -> str | None:
    path = tmp_path / "export.csv"
    path.write_text(text, encoding="utf-8")
    (table,) = read_file(path, name="exports/export.csv", sources=sources).receipt.tables
    return table.timezone


def test_a_header_of_dates_says_it(tmp_path: Path) -> None:
    assert zone(tmp_path, STRIPE.read_text(encoding="utf-8")) == "UTC"


def test_a_column_says_it_where_all_rows_agree(tmp_path: Path) -> None:
    named = {"head": ",Time zone", "one": ",America/Lima"}

    assert zone(tmp_path, META.format(two=",America/Lima", **named)) == "America/Lima"
    assert zone(tmp_path, META.format(two=",Europe/Madrid", **named)) is None


def test_a_file_that_says_nothing_has_none_until_the_analyst_states_it(tmp_path: Path) -> None:
    text = META.format(head="", one="", two="")

    assert zone(tmp_path, text) is None
    assert zone(tmp_path, text, Source("exports/*.csv", "ads", timezone="Asia/Tokyo")) == "Asia/Tokyo"
