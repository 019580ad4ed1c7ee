"""Every chart draws safe text at a readable size, says in a sentence what it shows, and gives all of its data."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest

from helpers.charts import CHARTS, render
from helpers.charts.lettering import along, shortened, spread, text_width, wrapped
from helpers.charts.style import FONT, NARROW, WIDE
from helpers.stages.parts import Bar, Bars, Caption, Line, Mark, Measure, Timeline
from helpers.svg import clean, translate
from helpers.wording import Name, Words, msg

SVG = "{http://www.w3.org/2000/svg}"
DRAWN = ("es-ES", "es-ES", "en")
HOSTILE = (
    "<script>alert(1)</script>",
    r"$\frac$ promo $x$ a_b^c $$",
    "Cupón $10 o $20",
    "salt\x00bell\x07line\nbreak\ttab",
    "📈 发布 إطلاق",
    "&amp; \"quotes\" 'single' </text>",
    "x" * 300,
    "una campaña con palabras " * 12,
    "",
)


def texts(svg: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(svg).iter(f"{SVG}text"))


def width_of(svg: str) -> float:
    return float(ElementTree.fromstring(svg).get("viewBox", "").split()[2])


def ends(text: ElementTree.Element) -> tuple[float, float]:
    """Left and right end of a text, in the wide font in which it was measured."""
    moved = re.match(r"translate\(([-\d.]+)", text.get("transform", ""))
    x = float(moved[1]) if moved else float(text.get("x", 0))
    width = text_width(text.text or "", text.get("font-weight", "normal"))
    left = x - {"middle": width / 2, "end": width}.get(text.get("text-anchor", ""), 0)
    return left, left + width


@pytest.fixture(scope="session")
def drawn(parts: dict[str, Any]) -> dict[str, tuple[str, str, list[list[str]]]]:
    return {name: render(chart, parts[name], DRAWN) for name, chart in CHARTS.items()}


def test_there_is_a_part_for_every_chart(parts: dict[str, Any]) -> None:
    assert parts.keys() == CHARTS.keys()


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_is_the_same_bytes_every_time(name: str, parts: dict[str, Any], drawn: dict[str, Any]) -> None:
    assert render(CHARTS[name], parts[name], DRAWN) == drawn[name]


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_is_small_and_clean(name: str, drawn: dict[str, Any]) -> None:
    for svg in drawn[name][:2]:
        assert len(svg) < 8_000
        assert clean(svg) == svg


@pytest.mark.parametrize("name", CHARTS)
def test_every_text_can_be_read_on_a_phone(name: str, drawn: dict[str, Any]) -> None:
    narrowest = 320 / NARROW.points

    assert FONT * narrowest >= 10.75
    assert {text.get("font-size") for svg in drawn[name][:2] for text in texts(svg)} == {f"{FONT:g}px"}


@pytest.mark.parametrize("name", CHARTS)
def test_no_text_leaves_the_drawing(name: str, drawn: dict[str, Any]) -> None:
    for svg in drawn[name][:2]:
        assert [text.text for text in texts(svg) if ends(text)[0] < -1 or ends(text)[1] > width_of(svg) + 1] == []


@pytest.mark.parametrize("name", CHARTS)
def test_exchanging_the_words_gives_what_drawing_in_the_other_language_gives(
    name: str, parts: dict[str, Any], drawn: dict[str, Any]
) -> None:
    wide, narrow, rows = drawn[name]
    english = render(CHARTS[name], parts[name], ("en",))

    for svg, other in ((wide, english[0]), (narrow, english[1])):
        assert [t.text for t in texts(translate(svg, rows, 2))] == [t.text for t in texts(other)]


@pytest.mark.parametrize("name", CHARTS)
def test_colours_are_classes(name: str, drawn: dict[str, Any]) -> None:
    for svg in drawn[name][:2]:
        painted = [e for e in ElementTree.fromstring(svg).iter() if e.tag.removeprefix(SVG) in {"path", "use", "text"}]
        plain = [
            e.attrib
            for e in painted
            if e.get("fill", "none") + e.get("stroke", "none") != "nonenone" and not e.get("class")
        ]
        assert plain == []


@pytest.mark.parametrize("name", CHARTS)
def test_the_table_has_a_cell_for_each_of_its_columns(name: str, parts: dict[str, Any]) -> None:
    table = CHARTS[name].data(parts[name])

    assert table.rows
    assert {len(row) for row in table.rows} == {len(table.columns)}


def _bars(*bars: Bar) -> Bars:
    return Bars(Caption(msg("Title"), msg("Subtitle")), Measure("count"), bars)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_drawn_as_it_is_or_cut_but_never_run(name: str) -> None:
    wide, narrow, _ = render(CHARTS["bars"], _bars(Bar(Name(name), 3), Bar(Name("b"), 1)), ["en", "en"])

    for svg in (wide, narrow):
        assert "<script" not in svg
        assert [text.text for text in texts(svg) if ends(text)[1] > width_of(svg) + 1] == []


def test_dollar_signs_are_no_formula() -> None:
    wide, _, _ = render(CHARTS["bars"], _bars(Bar(Name("Cupón $10 o $20"), 3)), ["en", "en"])

    assert "Cupón $10 o $20" in [text.text for text in texts(wide)]


def test_a_name_that_reads_like_a_word_of_the_chart_stays_in_every_language() -> None:
    spend, mine = Bar(msg("Spend"), 3), Bar(Name("Inversión"), 2)

    wide, _, rows = render(CHARTS["bars"], _bars(spend, mine), DRAWN)

    written = [text.text for text in texts(translate(wide, rows, 2))]
    assert Words("es-ES").text(msg("Spend")) == "Inversión"
    assert "Spend" in written
    assert "Inversión" in written


@pytest.mark.parametrize("values", [(math.nan, math.nan), (0.0, 0.0), (-5.0, 3.0), (7.0,), (1e-9, 2e9)])
def test_odd_values_are_drawn_and_described(values: tuple[float, ...]) -> None:
    part = _bars(*(Bar(Name(f"n{place}"), value) for place, value in enumerate(values)))
    days = tuple(date(2026, 1, 1) + timedelta(days=n) for n in range(len(values)))
    line = Timeline(part.caption, part.measure, (Line(msg("Total"), days, values),))

    for name, odd in (("bars", part), ("timeline", line)):
        render(CHARTS[name], odd, ["en", "en"])
        assert 60 <= len(Words("en").text(CHARTS[name].describe(odd))) <= 300


def test_four_lines_differ_by_more_than_colour() -> None:
    days = tuple(date(2026, 1, 1) + timedelta(days=n) for n in range(9))
    lines = tuple(Line(Name(f"Platform {k}"), days, tuple(float(k + n) for n in range(9))) for k in range(4))

    wide, _, _ = render(
        CHARTS["timeline"], Timeline(Caption(msg("T"), msg("S")), Measure("count"), lines), ["en", "en"]
    )

    dashes = re.findall(r'stroke-dasharray="([^"]*)"', wide)
    assert len(set(dashes)) == 3
    assert len({text.get("transform") or (text.get("x"), text.get("y")) for text in texts(wide)}) == len(texts(wide))


def test_marks_without_room_are_left_to_the_table() -> None:
    days = tuple(date(2026, 1, 1) + timedelta(days=n) for n in range(9))
    marks = tuple(Mark(day, day, Name(f"A change of the budget of campaign {n}")) for n, day in enumerate(days))
    part = Timeline(
        Caption(msg("T"), msg("S")), Measure("count"), (Line(msg("Total"), days, tuple(map(float, range(9)))),), marks
    )

    wide, _, _ = render(CHARTS["timeline"], part, ["en", "en"])

    assert sum("change" in (text.text or "") or "…" in (text.text or "") for text in texts(wide)) < 9
    assert [row[-1] for row in CHARTS["timeline"].data(part).rows] == [mark.label for mark in marks]


def test_a_cut_name_keeps_both_ends() -> None:
    cut = shortened("ES_2026_Q4_Meta_Prospecting_Lookalike_Video", 100)

    assert cut.startswith("ES_2026")
    assert cut.endswith("Video")
    assert text_width(cut) <= 100


def test_a_wrapped_name_breaks_where_a_part_ends() -> None:
    assert wrapped("Prospecting_Lookalike_Video", text_width("Prospecting_Look"))[0] == "Prospecting_"


@pytest.mark.parametrize(
    ("wanted", "heights", "placed"),
    [
        ([10, 50], [10, 10], [10, 50]),
        ([50, 50], [10, 10], [50, 60]),
        ([98, 99], [10, 10], [85, 95]),
        ([1, 2, 3], [10, 10, 10], [5, 15, 25]),
    ],
    ids=["apart", "one place", "at the top", "at the bottom"],
)
def test_labels_are_moved_as_little_as_keeps_them_clear(
    wanted: list[float], heights: list[float], placed: list[float]
) -> None:
    assert spread(wanted, heights, 0, 100) == placed


@pytest.mark.parametrize(
    ("labels", "placed"),
    [
        ([(10, "a", 10), (50, "b", 10)], [(10, "a"), (50, "b")]),
        ([(0, "a", 20), (99, "b", 20)], [(10, "a"), (90, "b")]),
        ([(20, "a", 20), (32, "b", 20), (60, "c", 20)], [(20, "a"), (60, "c")]),
        ([(1, "a", 30), (20, "b", 6)], [(15, "a")]),
    ],
    ids=["apart", "moved inside", "no room between", "no room after the move"],
)
def test_labels_of_an_axis_stay_inside_and_leave_one_out_rather_than_meet(
    labels: list[tuple[float, str, float]], placed: list[tuple[float, str]]
) -> None:
    assert along(labels, 0, 100) == placed


def test_both_sizes_are_those_of_the_page() -> None:
    assert (WIDE.points, round(NARROW.points, 1)) == (pytest.approx(532.8), 266.4)


def test_the_parts_are_not_changed_by_drawing(parts: dict[str, Any]) -> None:
    part = parts["bars"]
    before = replace(part)

    render(CHARTS["bars"], part, ["en", "en"])

    assert part == before
