"""Actual, previous, plan and forecast look the same in every chart, and differ without any colour."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any, get_args
from xml.etree import ElementTree

import pytest

from helpers.charts import CHARTS, render
from helpers.stages.parts import Bar, Bars, Caption, Columns, Line, Measure, Role, Timeline, Waterfall
from helpers.wording import Name, msg

CAPTION = Caption(msg("Title"), msg("Subtitle"))
COUNT = Measure("count")
ROLES = get_args(Role)
DAYS = tuple(date(2026, 1, 1) + timedelta(days=at) for at in range(9))
NO_COLOUR = re.compile(r'#[0-9a-f]{6}|class="[^"]*"|id="[^"]*"|url\([^)]*\)|href="[^"]*"')


def _bar(role: Role) -> Bar:
    return Bar(Name("Meta"), 5, role=role)


def _part(chart: str, role: Role) -> Any:
    match chart:
        case "bars":
            return Bars(CAPTION, COUNT, (_bar(role),))
        case "bars against":
            return Bars(CAPTION, COUNT, (Bar(Name("Meta"), 5, reference=4),), msg("plan"), role)
        case "columns":
            return Columns(CAPTION, COUNT, (_bar(role),))
        case "waterfall":
            return Waterfall(CAPTION, COUNT, _bar(role), (Bar(Name("CTR"), 1),), Bar(Name("Meta"), 6))
        case _:
            return Timeline(CAPTION, COUNT, (Line(Name("Meta"), DAYS, tuple(map(float, range(9))), role),))


def drawn(chart: str, role: Role) -> str:
    return render(CHARTS[chart.split(maxsplit=1)[0]], _part(chart, role), ["en"])[0]


@pytest.mark.parametrize("chart", ["bars", "bars against", "columns", "waterfall", "timeline"])
def test_scenarios_are_told_apart_without_colour(chart: str) -> None:
    # The previous period is only lighter: a copy without colours still has its lightness, so it is held to that.
    shapes = {role: NO_COLOUR.sub("", drawn(chart, role)) for role in ROLES if role != "previous"}

    assert len(set(shapes.values())) == len(shapes)
    assert "f-previous" in drawn(chart, "previous") or "k-previous" in drawn(chart, "previous")


@pytest.mark.parametrize("chart", ["bars", "columns", "waterfall"])
def test_a_plan_is_outlined_and_a_forecast_hatched(chart: str) -> None:
    assert 'class="f-bg k-plan"' in drawn(chart, "plan")
    assert 'class="f-bg k-actual"' in drawn(chart, "forecast")
    assert "clip-path" in drawn(chart, "forecast")


def test_the_hatch_stays_inside_its_bar() -> None:
    svg = ElementTree.fromstring(drawn("bars", "forecast"))
    clip = next(svg.iter("{http://www.w3.org/2000/svg}clipPath"))
    used = [each for each in svg.iter() if each.get("clip-path") == f"url(#{clip.get('id')})"]

    assert len(used) == 1


def test_a_change_without_verdict_is_not_taken_for_the_period_before() -> None:
    svg = drawn("waterfall", "previous")

    assert svg.count("f-previous") == 1
