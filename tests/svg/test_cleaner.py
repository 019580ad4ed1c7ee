"""The border for drawings lets through what is known and nothing else."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from helpers.svg import TOKENS, DrawingError, as_image, clean, mark, translate

OPEN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 100 50">'
SHAPE = '<path d="M 0 0 L 10 10"/>'


def svg(inner: str, opening: str = OPEN) -> str:
    return f"{opening}{inner}</svg>"


HOSTILE = {
    "script": "<script>alert(1)</script>",
    "script of another namespace": '<x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script>',
    "handler": '<path d="M0 0" onclick="alert(1)" onload="alert(1)"/>',
    "foreign object": '<foreignObject><iframe xmlns="urn:x" src="javascript:alert(1)"/></foreignObject>',
    "link": '<a href="javascript:alert(1)"><text>click</text></a>',
    "old link": '<a xlink:href="javascript:alert(1)"><rect width="9" height="9"/></a>',
    "image from outside": '<image href="https://evil.example/x.png" width="9" height="9"/>',
    "old image from outside": '<image xlink:href="http://evil.example/x.png"/>',
    "svg as image": '<image href="data:image/svg+xml;base64,PHN2Zy8+"/>',
    "html as image": '<image href="data:text/html,&lt;script&gt;alert(1)&lt;/script&gt;"/>',
    "use from outside": '<use href="https://evil.example/x.svg#a"/>',
    "use of itself": '<g id="a"><use href="#a"/></g>',
    "use of a group": '<g id="a"><path d="M0 0"/></g><use href="#a"/><use href="#a"/>',
    "animation": '<path d="M0 0"><animate attributeName="d" values="M0 0"/><set attributeName="fill" to="red"/></path>',
    "style sheet": "<style>@import url(https://evil.example/x.css); path{fill:url(https://evil.example)}</style>",
    "style rule": '<style>.a{fill:url(https://evil.example/x)}</style><path class="a" d="M0 0"/>',
    "style": '<path d="M0 0" style="fill:url(http://evil.example/x); background:url(http://evil.example)"/>',
    "paint": '<path d="M0 0" fill="url(http://evil.example/x#a)"/>',
    "paint in capitals": '<path d="M0 0" fill="URL(HTTP://EVIL.EXAMPLE/x)"/>',
    "paint with an escape": '<path d="M0 0" fill="u\\72l(http://evil.example/x)"/>',
    "paint in quotes": '<path d="M0 0" fill="url(\'http://evil.example/x\')"/>',
    "clip path": '<path d="M0 0" clip-path="url(http://evil.example/x#a)"/>',
    "mask and filter": '<path d="M0 0" mask="url(http://evil.example#m)" filter="url(http://evil.example#f)"/>',
    "filter image": '<filter id="f"><feImage href="http://evil.example/x"/></filter><path d="M0" filter="url(#f)"/>',
    "marker": '<path d="M0 0" marker-end="url(http://evil.example#m)"/>',
    "cursor": '<path d="M0 0" cursor="url(http://evil.example/c.cur)"/>',
    "handler as class": '<path d="M0 0" class="x&quot; onclick=&quot;alert(1)"/>',
    "handler as id": '<path d="M0 0" id="a&quot; onload=&quot;alert(1)"/><use href="#a&quot; onload=&quot;alert(1)"/>',
    "markup as text": "<text>&lt;/text&gt;&lt;script&gt;alert(1)&lt;/script&gt;</text>",
    "expression": '<path d="M0 0" style="width:expression(alert(1))"/>',
    "data in a transform": '<path d="M0 0" transform="translate(1) url(http://evil.example)"/>',
    "handler element": '<handler type="application/ecmascript">alert(1)</handler><listener event="load"/>',
    "embedded": '<embed src="http://evil.example"/><object data="http://evil.example"/><video src="http://evil.example"/>',
    "title as markup": "<title>&lt;img src=x onerror=alert(1)&gt;</title>",
    "inner document": '<svg><script>alert(1)</script><path d="M0 0"/></svg>',
    "gradient from outside": '<linearGradient id="g" href="http://evil.example#g"/><path d="M0 0" fill="url(#g)"/>',
    "processing": '<?xml-stylesheet href="http://evil.example/x.css"?>',
    "metadata": '<metadata><x xmlns="urn:x">secret</x></metadata>',
}
FORBIDDEN = re.compile(
    r"<(?:script|foreignObject|a|iframe|animate|set|style|filter|mask|handler|listener|embed|object|video|metadata|fe\w+)\b"
    r"|\son\w+\s*=\s*[\"']|javascript:|evil\.example|expression|secret|<\?|<svg[^>]*>.*<svg",
    re.IGNORECASE | re.DOTALL,
)


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_hostile_passes(name: str) -> None:
    cleaned = clean(svg(SHAPE + HOSTILE[name]))

    without_text = re.sub(r">[^<]*<", "><", cleaned)
    attributes = {key for element in ElementTree.fromstring(cleaned).iter() for key in element.attrib}
    assert not FORBIDDEN.search(without_text)
    assert not any(key.startswith("on") for key in attributes)


@pytest.mark.parametrize("name", HOSTILE)
def test_cleaning_twice_changes_nothing(name: str) -> None:
    once = clean(svg(SHAPE + HOSTILE[name]), prefix="f1-")

    assert clean(once, prefix="f1-") == once


@pytest.mark.parametrize(
    "source",
    [
        "",
        "plain text",
        "<html><body/></html>",
        f"{OPEN}<path></svg>",
        f'<!DOCTYPE svg [<!ENTITY a "b">]>{OPEN}<text>&a;</text></svg>',
        f'{OPEN}<!DOCTYPE svg><path d="M0 0"/></svg>',
        svg(SHAPE, '<svg xmlns="http://www.w3.org/2000/svg">'),
        svg(SHAPE, "<svg>"),
        svg(""),
        svg("<g>" * 100 + SHAPE + "</g>" * 100),
    ],
    ids=[
        "empty",
        "text",
        "html",
        "not well-formed",
        "entity",
        "document type",
        "no size",
        "no namespace",
        "blank",
        "deep",
    ],
)
def test_what_is_no_drawing_is_refused(source: str) -> None:
    with pytest.raises(DrawingError):
        clean(source)


def test_numbers_that_could_take_for_ever_to_read_are_read_at_once() -> None:
    cleaned = clean(svg(f'<path d="M0 0" stroke-dasharray="{"1" * 5000}x" transform="scale({"1" * 5000}"/>'))

    assert "transform" not in cleaned


def test_a_rule_of_a_style_sheet_becomes_attributes() -> None:
    cleaned = clean(svg('<style>.a{fill:#0b5fa5;stroke:none}</style><rect class="a" width="9" height="9"/>'))

    assert '<rect width="9" height="9" fill="#0b5fa5" stroke="none"/>' in cleaned


def test_a_style_becomes_attributes() -> None:
    cleaned = clean(svg('<text style="font: bold 9px sans; text-anchor: middle; position: fixed">a</text>'))

    assert '<text text-anchor="middle" font-weight="bold" font-size="9px">a</text>' in cleaned


def test_ids_are_numbered_below_the_prefix_and_only_kept_where_they_are_used() -> None:
    inner = '<defs><clipPath id="p12"><rect width="9"/></clipPath></defs><path id="x" d="M0 0" clip-path="url(#p12)"/>'

    cleaned = clean(svg(inner), prefix="f3w-")

    assert re.findall(r'id="([^"]*)"', cleaned) == ["f3w-i1"]
    assert 'clip-path="url(#f3w-i1)"' in cleaned


def test_a_gradient_of_a_logo_stays() -> None:
    inner = '<linearGradient id="g"><stop offset="0.5"/></linearGradient><rect width="9" height="9" fill="url(#g)"/>'

    assert 'fill="url(#i1)"' in clean(svg(inner))


def test_arcs_keep_flags_that_run_together() -> None:
    assert 'd="M0 0a25 25 0 01.5.25"' in clean(svg('<path d="M0 0a25 25 0 01.5.25"/>'))


def test_coordinates_are_rounded() -> None:
    assert 'd="M1.2 3.5L10 -0.4z"' in clean(svg('<path d="M 1.2345 3.4567 L 10.0001 -0.4321 z"/>'))


def test_the_size_is_taken_from_width_and_height_where_there_is_no_view_box() -> None:
    opening = '<svg xmlns="http://www.w3.org/2000/svg" width="120px" height="40px">'

    assert 'viewBox="0 0 120 40"' in clean(svg(SHAPE, opening))


def test_title_and_description_come_first_and_replace_those_of_the_source() -> None:
    cleaned = clean(svg(f"<title>old</title>{SHAPE}"), title="New & better", description="From 1 to 3")

    assert re.search(r'role="img"[^>]*><title>New &amp; better</title><desc>From 1 to 3</desc><path', cleaned)


def test_a_marked_group_gives_its_parts_the_classes_of_their_colours() -> None:
    inner = f'<g id="{mark("s1", "line")}"><path d="M0 0" stroke="#123456"/></g>'
    inner += f'<g id="{mark("ink", is_name=True)}"><text>Ana</text></g>'

    cleaned = clean(svg(inner))

    assert 'class="f-s1 k-line"' in cleaned
    assert '<text class="f-ink" translate="no">Ana</text>' in cleaned


def test_classes_that_are_no_colours_are_dropped() -> None:
    assert 'class="f-s1"' in clean(svg('<path d="M0 0" class="f-s1 evil f-evil"/>'))


def test_texts_are_exchanged_and_names_stay() -> None:
    source = clean(svg('<text>Inversión</text><text translate="no">Inversión</text><text>a &lt; b</text>'))

    english = translate(source, [["Inversión", "Inversión", "Spend"], ["a < b", "a < b", "a & <b>"]], 2)

    assert re.findall(r"<text[^>]*>[^<]*</text>", english) == [
        "<text>Spend</text>", '<text translate="no">Inversión</text>', "<text>a &amp; &lt;b&gt;</text>",
    ]  # fmt: skip


def test_as_an_image_no_sign_ends_an_attribute() -> None:
    address = as_image(clean(svg('<text>"&lt;#%&gt; ñ</text>')))

    assert address.startswith("data:image/svg+xml,")
    assert not set('"<>#') & set(address)


def test_every_token_has_two_colours() -> None:
    assert all(re.fullmatch(r"#[0-9a-f]{6}", colour) for token in TOKENS.values() for colour in token)
