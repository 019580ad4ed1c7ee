"""The spreadsheet is read back with another library: numbers are numbers, and nothing in it is alive."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from helpers.blocks import Number
from helpers.errors import UsageError
from helpers.export.reading import read
from helpers.site.bundles import FORMATS, Handover, Wishes
from helpers.site.bundles.workbook import HEAD_ROW, appendix, name_of
from helpers.stages.parts import Table
from helpers.units import Period, Quantity
from helpers.wording import Message, Name, msg

from .conftest import EXPORT

DAY = date(2026, 11, 5)
HOSTILE = (
    '=HYPERLINK("https://evil.example","open")',
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r\n=1+1",
    "https://evil.example/?a=1",
    "mailto:a@evil.example",
    "internal:Sheet1!A1",
    "{=1+1}",
    "'quoted'",
    "<b>bold</b>&amp;",
    "0012",
    "1e5",
    "true",
    "\x00\x01\x1f",
    "_x0041_",
    "\ufffe\uffff",
    "😀 Ñandú 漢字 \u202egnp",
    "$\\frac$ {{claim:x}} {% x %}",
    "  spaces  ",
    "a" * 40_000,
)
NOT_KEPT = ("\x00", "\r", "\ufffe", "_x0041_", "aaaa")
"""Beginnings of texts that the format cannot hold as they are: signs that XML lacks, its own escapes, long ones."""


def sheets(content: bytes) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def rows(sheet: Sequence[list[Any]]) -> list[list[Any]]:
    return [list(row) for row in sheet[HEAD_ROW + 1 :]]


def member(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode()


def format_of(content: bytes, sheet: str, row: int, column: int) -> str:
    """The number format of a cell."""
    place = list(sheets(content)).index(sheet) + 1
    cell = f'r="{chr(ord("A") + column)}{row + 1}"'
    style = re.search(rf'<c {cell} s="(\d+)"', member(content, f"xl/worksheets/sheet{place}.xml"))
    assert style
    styles = member(content, "xl/styles.xml")
    number = re.findall(r'<xf numFmtId="(\d+)"', styles.split("<cellXfs")[1])[int(style[1])]
    named = dict(re.findall(r'<numFmt numFmtId="(\d+)" formatCode="([^"]*)"', styles))
    return named[number].replace("&quot;", '"')


def with_table(notebook: Any, table: Table) -> Any:
    """The notebook with one more table at the end."""
    grid = EXPORT.Writer().grid(table)
    notebook.cells.insert(-1, EXPORT.shown(grid))
    return notebook


def test_every_figure_and_table_of_the_page_has_its_sheet(notebook: Any) -> None:
    made = sheets(appendix(notebook, "en", DAY))

    names = list(made)
    listed = rows(made["Contents"])
    assert names[0] == "Contents"
    assert names[-2:] == ["Files it was made from", "Claims"]
    assert [row[0] for row in listed] == names[1:]
    assert [row[1] for row in listed] == ["Figure 1", "Figure 2", "Table", "Table", "", ""]
    assert listed[2][2:4] == ["Detail by campaign", "Results by campaign"]
    assert made["Contents"][0][0] == "Post-campaign report · Café Aurora · Oct 1\u2009–\u200931, 2026"


def test_the_language_of_the_page_is_that_of_the_sheets(notebook: Any) -> None:
    names = list(sheets(appendix(notebook, "es-ES", DAY)))

    assert (names[0], names[-1]) == ("Contenido", "Afirmaciones")


def test_numbers_are_numbers_and_sum_to_what_the_report_was_made_from(notebook: Any) -> None:
    table = sheets(appendix(notebook, "en", DAY))["03 Results by campaign"]

    assert table[HEAD_ROW] == ["Campaign", "Platform", "Spend", "Clicks", "CTR", "Conversions", "CPA", "ROAS"]
    *campaigns, total = rows(table)
    assert len(campaigns) == 24
    for column in (2, 3, 4, 5, 6):
        assert {type(row[column]) for row in campaigns} == {float}
    assert sum(row[2] for row in campaigns) == pytest.approx(sum(5000.5 - 190 * n for n in range(24)), abs=1e-9)
    assert [row[4] for row in campaigns] == pytest.approx([0.0288 + n / 900 for n in range(24)], rel=1e-15)
    assert [row[7] for row in campaigns[3:5]] == [pytest.approx(3.05), ""]
    assert total == ["Total", "", 25382.4, "", "", "", "", 3.21]


def test_a_figure_gives_what_it_draws(notebook: Any) -> None:
    part = EXPORT.typical()["bars"]
    made = sheets(appendix(notebook, "en", DAY))
    name = next(name for name in made if name.startswith("01 "))

    assert made[name][0][0] == part.caption.title.text
    assert made[name][1][0] == part.caption.subtitle.text
    assert [row[1] for row in rows(made[name])] == [bar.value for bar in part.bars]


def test_days_are_days(notebook: Any) -> None:
    actions = sheets(appendix(notebook, "en", DAY))["04 What to do, most valuable"]

    assert [row[3] for row in rows(actions)] == [date(2026, 11, 15)] * 2


def test_a_stretch_of_days_is_no_day(notebook: Any) -> None:
    stretch = msg("{days}", days=Period(date(2026, 10, 15), date(2026, 10, 17)))
    table = Table(msg("Flights"), (msg("Name"), msg("Period"), msg("End")), ((Name("a"), stretch, DAY),))

    made = sheets(appendix(with_table(notebook, table), "en", DAY))

    assert rows(made["05 Flights"]) == [["a", "Oct 15\u2009–\u200917, 2026", DAY]]


def test_every_claim_is_there_with_its_numbers(notebook: Any) -> None:
    table = sheets(appendix(notebook, "en", DAY))["Claims"]

    made = [dict(zip(table[HEAD_ROW], row, strict=True)) for row in rows(table)]
    assert [claim["Claim"] for claim in made] == [claim["id"] for claim in EXPORT.CLAIMS]
    roas = made[0]
    assert (roas["Value"], roas["Low"], roas["High"], roas["Observations"]) == (3.21, 2.9, 3.5, 412)
    assert (roas["Compared to"], roas["Value compared to"], roas["Verdict"]) == ("Plan", 3.0, "better")
    assert (roas["From"], roas["To"], roas["Files it was made from"]) == (
        date(2026, 10, 1),
        date(2026, 10, 31),
        "meta_oct.csv",
    )


def test_a_change_is_compared_to_a_value_in_the_unit_of_what_changed(notebook: Any) -> None:
    change = EXPORT.CLAIMS[0] | {
        "metric": "change",
        "scope": {"parameter": "spend"},
        "unit": "share",
        "value": 0.155,
        "compared_to": {"what": "previous", "value": 8370.0},
    }
    record = EXPORT.record(EXPORT.Writer()).model_copy(update={"claims": [change], "claim_texts": [["x"] * 3]})
    notebook.cells[-1] = EXPORT.shown(record)

    content = appendix(notebook, "en", DAY)

    table = sheets(content)["Claims"]
    value, other = (format_of(content, "Claims", HEAD_ROW + 1, table[HEAD_ROW].index(head)) for head in (
        "Value", "Value compared to",
    ))  # fmt: skip
    assert (value, other) == ("#,##0.0%", '"€"#,##0.00')


@pytest.mark.parametrize(
    ("language", "quantity", "shown"),
    [
        ("en", Quantity(1234.5, "money", "USD"), '"$"#,##0.00'),
        ("es-ES", Quantity(1234.5, "money", "EUR"), '#,##0.00\u00a0"€"'),
        ("en", Quantity(1234.5, "money", "JPY"), '"¥"#,##0'),
        ("es-ES", Quantity(0.1234, "share"), "#,##0.0\u00a0%"),
        ("en", Quantity(0.0082, "points"), '#,##0.00%" (pp)"'),
        ("es-ES", Quantity(0.0082, "points"), '#,##0.00\u00a0%" (p. p.)"'),
        ("en", Quantity(401, "count"), "#,##0"),
        ("en", Quantity(3.2, "ratio"), "#,##0.00"),
    ],
)
def test_the_format_of_a_cell_says_the_unit(language: str, quantity: Quantity, shown: str) -> None:
    notebook = with_table(EXPORT.sample(charts=()), Table(msg("T"), (msg("A"), msg("B")), ((Name("x"), quantity),)))

    assert format_of(appendix(notebook, language, DAY), "03 T", HEAD_ROW + 1, 1) == shown


def test_hostile_names_stay_texts(notebook: Any) -> None:
    cells = tuple((Name(text), Name(text)) for text in HOSTILE)
    content = appendix(with_table(notebook, Table(Message(HOSTILE[0]), (msg("Name"), msg("Value")), cells)), "en", DAY)

    table = next(sheet for name, sheet in sheets(content).items() if name.startswith("05 "))
    assert table[0][0] == HOSTILE[0]
    for text, row in zip(HOSTILE, rows(table), strict=True):
        assert row[0] == row[1]
        assert row[0] == text or text.startswith(NOT_KEPT)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for part in archive.namelist():
            assert not re.search(r'<f[ >/]|TargetMode="External"', archive.read(part).decode())


def test_sheets_of_alike_and_forbidden_names_are_told_apart(notebook: Any) -> None:
    for caption in ("[]:*?/\\", "'", "History", "a" * 80, "A" * 80, "a" * 80, "\x00\x1f", "😀" * 40):
        with_table(notebook, Table(Message(caption), (msg("Name"),), ((Name("x"),),)))

    names = list(sheets(appendix(notebook, "en", DAY)))

    assert len({name.casefold() for name in names}) == len(names) == 3 + 4 + 8


@given(st.text(st.characters(), max_size=60))
def test_a_sheet_may_bear_every_name_that_is_made(wanted: str) -> None:
    made = name_of(f"01 {wanted}")

    assert made.startswith("01")
    assert len(made.encode("utf-16-le")) // 2 <= 31
    assert not re.search(r"[\[\]:*?/\\\x00-\x1f]", made)
    assert not made.endswith("'")


def test_the_same_report_gives_the_same_bytes(notebook: Any) -> None:
    first, again = appendix(notebook, "en", DAY), appendix(EXPORT.sample(charts=("bars", "forest")), "en", DAY)

    assert first == again
    assert first != appendix(notebook, "en", date(2026, 11, 6))


def test_a_report_of_an_earlier_version_is_sent_back(own: Handover) -> None:
    path = own.folder / "post_campaign.ipynb"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r', "number": \{[^{}]*\}', "", re.sub(r'"number": \{[^{}]*\}, ', "", text)))
    assert '"number"' not in path.read_text()

    with pytest.raises(UsageError, match="cuaderno report acme --period 2026-10") as raised:
        FORMATS["xlsx"](own, Wishes())

    assert "earlier version" in raised.value.what


def test_a_notebook_holds_a_number_where_its_text_writes_one(notebook: Any) -> None:
    grid = next(piece for piece in read(notebook).pieces if getattr(piece, "kind", "") == "grid")

    spanish, english = grid.rows[0][2]
    assert (spanish[0].text, english[0].text) == ("5.000\u00a0€", "€5,000")
    assert spanish[0].number == english[0].number == Number(value=5000.5, unit="money", currency="EUR")
