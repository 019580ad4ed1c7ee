"""Markdown cannot bring its own markup, nor links other than to the web and to mail."""

from __future__ import annotations

import re

import pytest

from helpers.html import inline, rich

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "![x](https://evil.example/x.png)",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](vbscript:x)",
    "[x](https://a.es 'title\" onclick=\"alert(1)')",
    '<https://a.es" onclick="alert(1)>',
    "`<script>alert(1)</script>`",
    "```html\n<script>alert(1)</script>\n```",
    "<!-- --><svg onload=alert(1)>",
    "# <b onclick=alert(1)>x</b>",
    "| a |\n|---|\n| <img src=x onerror=alert(1)> |",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
)
TAG = re.compile(r"<(/?)(\w+)([^>]*)>")


@pytest.mark.parametrize("render", [rich, inline])
@pytest.mark.parametrize("source", HOSTILE)
def test_no_markup_of_its_own_passes(render: object, source: str) -> None:
    html = render(source)  # type: ignore[operator]

    for _, tag, attributes in TAG.findall(html):
        assert tag in {"p", "a", "code", "pre", "h3", "h4", "table", "thead", "tbody", "tr", "th", "td", "strong", "em"}
        assert re.fullmatch(
            r'(?: (?:href="(?:https|mailto):[^"]*"|rel="noopener noreferrer"|scope="col"))*', attributes
        )


def test_emphasis_lists_and_links_come_out() -> None:
    html = rich("**bold** and [there](https://a.es)\n\n- one\n- `GA4`")

    assert "<strong>bold</strong>" in html
    assert '<a href="https://a.es" rel="noopener noreferrer">there</a>' in html
    assert "<li>one</li>" in html
    assert "<code>GA4</code>" in html


def test_headings_of_a_comment_stand_below_those_of_the_page() -> None:
    assert re.findall(r"<(h\d)>", rich("# a\n\n## b\n\n### c")) == ["h3", "h3", "h4"]


def test_heads_of_a_table_have_a_scope() -> None:
    assert '<th scope="col">a</th>' in rich("| a |\n|---|\n| b |")


def test_inline_text_has_no_paragraph() -> None:
    assert inline("a **b**") == "a <strong>b</strong>"
