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
_SCHEMES = ("https:", "mailto:")


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


def _outward(tag: str, attribute: str, value: str) -> str | None:
    """Links lead to the web or to mail; inside a report a relative one leads nowhere."""
    del tag
    return value if attribute != "href" or value.lower().startswith(_SCHEMES) else None


def _safe(markup: str, tags: set[str]) -> Markup:
    # "*" stands for the attributes that nh3 else lets pass on every tag.
    cleaned = nh3.clean(
        markup,
        tags=tags,
        attributes={"*": set(), "a": {"href"}},
        attribute_filter=_outward,
        url_schemes={scheme.rstrip(":") for scheme in _SCHEMES},
        link_rel="noopener noreferrer",
    )
    return Markup(cleaned.strip().replace("<th>", '<th scope="col">'))  # noqa: S704  sanitised just above
