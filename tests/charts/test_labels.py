"""No label of any sample meets another or leaves the drawing, wide or narrow, in any language.

Texts are measured in the wide font in which charts are laid out; a browser's own is narrower.
"""

from __future__ import annotations

import re
from itertools import combinations
from typing import Any, NamedTuple
from xml.etree import ElementTree

import pytest

from helpers.catalogue.samples import samples
from helpers.charts import CHARTS, render
from helpers.charts.lettering import text_width
from helpers.charts.style import FONT
from helpers.svg import translate
from helpers.wording import LANGUAGES
from helpers.wording.pseudo import PSEUDO

SVG = "{http://www.w3.org/2000/svg}"
CASES = [(chart, situation) for chart in CHARTS for situation in samples(chart)]
ASCENT, DESCENT = 0.74 * FONT, 0.2 * FONT
TOUCH = 0.5


class Box(NamedTuple):
    """A text and where it stands, in points; y runs down."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def boxes(svg: str) -> list[Box]:
    return [_box(text) for text in ElementTree.fromstring(svg).iter(f"{SVG}text") if (text.text or "").strip()]


def _box(text: ElementTree.Element) -> Box:
    moved = re.match(r"translate\(([-\d.]+)[ ,]+([-\d.]+)", text.get("transform", ""))
    x, y = map(float, moved.groups() if moved else (text.get("x", "0"), text.get("y", "0")))
    width = text_width(text.text or "", text.get("font-weight", "normal"))
    left = x - {"middle": width / 2, "end": width}.get(text.get("text-anchor", ""), 0)
    return Box(text.text or "", left, y - ASCENT, left + width, y + DESCENT)


def meets(one: Box, other: Box) -> bool:
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    return across > TOUCH and down > TOUCH


def collisions(svg: str) -> list[tuple[str, str]]:
    return [(one.text, other.text) for one, other in combinations(boxes(svg), 2) if meets(one, other)]


def outside(svg: str) -> list[str]:
    width, height = map(float, ElementTree.fromstring(svg).get("viewBox", "").split()[2:])
    return [
        box.text
        for box in boxes(svg)
        if box.left < -TOUCH or box.top < -TOUCH or box.right > width + TOUCH or box.bottom > height + TOUCH
    ]


def in_every_language(chart: str, situation: str, drawn: str) -> dict[str, str]:
    """Both drawings of a sample in every language and in the pseudo language, by what they are."""
    others = [*(language for language in LANGUAGES if language != drawn), PSEUDO]
    wide, narrow, rows = render(CHARTS[chart], samples(chart)[situation], (drawn, *others))
    found = {}
    for name, svg in (("wide", wide), ("narrow", narrow)):
        for at, language in enumerate((drawn, *others)):
            found[f"{name}, drawn in {drawn}, read in {language}"] = translate(svg, rows, at)
    return found


@pytest.mark.parametrize(("chart", "situation"), CASES)
@pytest.mark.parametrize("drawn", ["en", "es-ES"])
def test_labels_keep_clear_of_each_other_and_inside(chart: str, situation: str, drawn: str) -> None:
    drawings = in_every_language(chart, situation, drawn)

    assert {name: found for name, svg in drawings.items() if (found := collisions(svg))} == {}
    assert {name: found for name, svg in drawings.items() if (found := outside(svg))} == {}


def test_a_collision_and_a_label_outside_are_noticed() -> None:
    def drawing(*places: tuple[float, float]) -> Any:
        texts = "".join(f'<text x="{x}" y="{y}">Brand</text>' for x, y in places)
        return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50">{texts}</svg>'

    assert collisions(drawing((10, 20), (30, 22))) == [("Brand", "Brand")]
    assert collisions(drawing((10, 20), (10, 32))) == []
    assert outside(drawing((90, 20))) == ["Brand"]
