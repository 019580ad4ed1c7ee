"""What has too many marks is drawn as a picture inside the drawing; its texts stay texts."""

from __future__ import annotations

import math
import re
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from matplotlib.figure import Figure

from helpers.charts import CHARTS, render
from helpers.charts.density import MOST
from helpers.charts.lettering import note
from helpers.charts.style import line
from helpers.stages.parts import Caption, Curve, Curves, Line, Measure, Timeline
from helpers.svg import clean
from helpers.wording import Name, Pen, msg

MANY = 20_000
CAPTION = Caption(msg("T"), msg("S"))
EURO = Measure("money", "EUR")
CLOUD = np.random.default_rng(0).normal(size=(2, MANY))


def _scatter(how: str) -> Any:
    """A chart of a cloud, as somebody might add one."""

    def draw(part: Any, pen: Pen, size: Any) -> Figure:
        figure = Figure(figsize=(size.width, size.height))
        axes = figure.add_axes((0.1, 0.1, 0.8, 0.8))
        axes.set_axis_off()
        if how == "plot":
            axes.plot(*part, **line("s1", 0, marker="o", markersize=3))
        else:
            axes.scatter(*part, s=9, gid="~s1~s1~")
        note(axes, pen.text(msg("Spend")), (40, 8))
        return figure

    return SimpleNamespace(draw=draw)


def _timeline() -> Timeline:
    days = tuple(date(1972, 1, 1) + timedelta(days=at) for at in range(MANY))
    values = tuple(math.sin(at) + at % 7 for at in range(MANY))
    band = tuple(value + 1 for value in values)
    return Timeline(CAPTION, EURO, (Line(msg("Spend"), days, values, "forecast", values, band),))


def _curves() -> Curves:
    spend = tuple(float(at) for at in range(MANY))
    values = tuple(100 * math.sqrt(at) * (1 + 0.1 * math.sin(at)) for at in spend)
    return Curves(CAPTION, EURO, EURO, (Curve(Name("Meta"), spend, values, values, values, 900, 800),))


DRAWN = {
    "a cloud of points": (_scatter("plot"), CLOUD),
    "a collection": (_scatter("scatter"), CLOUD),
    "years of days": (CHARTS["timeline"], _timeline()),
    "curves": (CHARTS["curves"], _curves()),
}


@pytest.mark.parametrize("what", DRAWN)
def test_twenty_thousand_points_weigh_little_and_pass_the_cleaner(what: str) -> None:
    wide, narrow, _ = render(*DRAWN[what], ["en", "en"])

    assert len(wide) + len(narrow) <= 300_000
    for svg in (wide, narrow):
        assert "data:image/png;base64," in svg
        assert clean(svg) == svg
        shapes = re.sub(r"data:image/png[^\"]*", "", svg)
        assert shapes.count("<use") + shapes.count("L") <= MOST
        assert list(ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text"))


def test_the_picture_is_the_same_bytes_every_time() -> None:
    chart, cloud = DRAWN["a cloud of points"]

    assert render(chart, cloud, ["en"]) == render(chart, cloud, ["en"])


def test_a_few_points_stay_shapes_that_follow_the_theme() -> None:
    wide, _, _ = render(_scatter("plot"), CLOUD[:, :200], ["en"])

    assert "<image" not in wide
    assert wide.count("<use") == 200
