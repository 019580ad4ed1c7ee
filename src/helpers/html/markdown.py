"""Markdown to HTML that can do no harm: no tags of its own, some twenty tags out of it, links to the web and mail."""

from __future__ import annotations

from functools import cache

import mistune
import nh3
from markupsafe import Markup

_TAGS = {
    *("p", "br", "hr", "strong", "em", "del", "code", "pre", "blockquote", "ul", "ol", "li", "a"),
    *("h2", "h3", "h4", "table", "thead", "tbody", "tr", "th", "td"),
}
_INLINE = {"strong", "em", "del", "code", "a"}
_SCHEMES = {"https", "mailto"}


def rich(text: str) -> Markup:
    """Paragraphs, lists and tables; headings begin at the third level."""
    return _safe(_lowered(str(_renderer()(text))), _TAGS)


def inline(text: str) -> Markup:
    """A single line: emphasis, code and links."""
    return _safe(str(_renderer()(text)), _INLINE)


@cache
def _renderer() -> mistune.Markdown:
    return mistune.create_markdown(escape=True, plugins=["table", "strikethrough"])


def _lowered(markup: str) -> str:
    """Headings of a comment stand below those of the page."""
    for level in (6, 5, 4, 3, 2, 1):
        below = 3 if level < 3 else 4
        markup = markup.replace(f"<h{level}>", f"<h{below}>").replace(f"</h{level}>", f"</h{below}>")
    return markup


def _safe(markup: str, tags: set[str]) -> Markup:
    cleaned = nh3.clean(
        markup,
        tags=tags,
        # "*" stands for the attributes that nh3 else lets pass on every tag.
        attributes={"*": set(), "a": {"href"}},
        url_schemes=_SCHEMES,
        # Inside a report a relative address leads nowhere, and one without a scheme to another host.
        url_relative="deny",
        link_rel="noopener noreferrer",
        set_tag_attribute_values={"th": {"scope": "col"}},
    )
    return Markup(cleaned.strip())  # noqa: S704  sanitised just above
