"""What a notebook that is not trusted shows of each block."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest

from helpers import blocks
from helpers.blocks import Card, Column, Figure, Grid, Head, Prose, Record, Run, Text
from helpers.html import fallback

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0L9 9"/><text>Inversión</text></svg>'


def both(spanish: str, english: str) -> Text:
    return [[Run(text=spanish)], [Run(text=english)]]


GRID = Grid(
    caption=both("Tabla", "Table"),
    columns=[Column(label=both("Nombre", "Name")), Column(label=both("Valor", "Value"), is_number=True)],
    rows=[[[[Run(text="<b>x</b>", name=True)]] * 2, [[], []]]],
)
HEAD = Head(
    client="demo",
    name="Café <i>",
    stage="audit",
    start="2026-10-01",
    end="2026-10-31",
    period=both("oct", "Oct"),
    as_of="2026-11-01",
    currency="EUR",
    languages=["es-ES", "en"],
    drawn="es-ES",
)
FIGURE = Figure(
    chart="bars",
    title=both("Título", "Title"),
    subtitle=both("Sub", "Sub"),
    description=both("De 1 a 3", "From 1 to 3"),
    wide=SVG,
    narrow=SVG,
    texts=[["Inversión", "Inversión", "Spend"]],
    data=GRID,
)
ACTION = blocks.Action(
    what=both("Hacer", "Do"),
    expected=both("más", "more"),
    owner=both("A", "A"),
    due=both("hoy", "today"),
    reversal=both("no", "no"),
)
CARD = Card(label=both("Inversión", "Spend"), value=both("3 €", "€3"), verdict="worse", spark=[1, 2])
CONCLUSION = [[Run(text="El ROAS fue "), Run(text="3,21", claim="a.roas")], [Run(text="x")]]
BLOCKS: dict[str, blocks.Block] = {
    "head": HEAD,
    "prose": Prose(role="summary", paragraphs=[CONCLUSION]),
    "list": Prose(role="list", paragraphs=[both("uno", "one")]),
    "commentary": blocks.Commentary(language="es-ES", markdown="<script>x</script> **hola**", author="Ana"),
    "cards": blocks.Cards(cards=[CARD]),
    "grid": GRID,
    "figure": FIGURE,
    "actions": blocks.Actions(actions=[ACTION]),
    "gap": blocks.Gap(what=both("Falta", "Missing"), cheapest=both("Pedir", "Ask")),
    "record": Record(claims=[], claim_texts=[], warnings=[], warning_texts=[], result={}, inputs=[], versions={}),
}


@pytest.mark.parametrize("name", BLOCKS)
def test_it_holds_nothing_that_the_sanitiser_of_jupyterlab_strips(name: str) -> None:
    html = fallback(BLOCKS[name], ["es-ES", "en"])

    tags = set(re.findall(r"<(\w+)", html))
    assert html
    assert not tags & {"svg", "script", "style", "section", "path", "button", "iframe"}


@pytest.mark.parametrize("name", BLOCKS)
def test_it_is_well_formed(name: str) -> None:
    html = fallback(BLOCKS[name], ["es-ES", "en"])

    closed = re.sub(r"(<img [^>]*)>", r"\1/>", html)
    ElementTree.fromstring(f"<div>{closed}</div>")


def test_a_drawing_is_one_image_with_words_on_white() -> None:
    html = fallback(BLOCKS["figure"], ["es-ES", "en"])

    (address,) = re.findall(r'<img src="([^"]*)"', html)
    assert html.count("<img") == 1
    assert 'alt="De 1 a 3"' in html
    assert "background:#ffffff" in html
    assert ";base64" not in address
    drawing = ElementTree.fromstring(unquote(address.removeprefix("data:image/svg+xml,").replace("&#39;", "'")))
    assert "font-family" in drawing.attrib


def test_it_speaks_the_first_language_of_the_page() -> None:
    figure = BLOCKS["figure"]

    assert "Inversi%C3%B3n" in fallback(figure, ["es-ES", "en"])


def test_a_drawing_whose_page_has_only_another_language_is_translated() -> None:
    figure: Any = BLOCKS["figure"]
    english = figure.model_copy(
        update={key: [getattr(figure, key)[1]] for key in ("title", "subtitle", "description")}
        | {"texts": [["Inversión", "Spend"]]}
    )

    html = fallback(english, ["en"])

    assert "Spend" in html
    assert "Inversi" not in html


def test_a_name_is_text() -> None:
    assert "&lt;b&gt;x&lt;/b&gt;" in fallback(GRID, ["es-ES", "en"])


def test_a_verdict_is_a_word() -> None:
    assert "worse" in fallback(BLOCKS["cards"], ["en", "en"])
