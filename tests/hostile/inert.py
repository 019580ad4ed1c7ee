"""What of a page could run, fetch or deceive, and which elements it has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import TypeAlias

Shape: TypeAlias = tuple[str, tuple[str, ...]]

ELEMENTS = frozenset(
    {
        *("html", "head", "meta", "title", "style", "body", "script", "header", "nav", "main", "section", "footer"),
        *("a", "div", "p", "h1", "h2", "h3", "h4", "ul", "ol", "li", "dl", "dt", "dd", "details", "summary", "hr"),
        *("br", "span", "bdi", "time", "strong", "em", "del", "code", "pre", "blockquote", "figure", "figcaption"),
        *("img", "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"),
        *("svg", "g", "defs", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan"),
        *("clippath", "use", "image", "stop", "lineargradient", "radialgradient", "desc"),
    }
)
"""Those of templates, drawings and Markdown; only `script` among them could run, and is looked at more closely."""

DATA = {"type": "application/json", "id": "claims"}
"""The only script element: data that no browser runs."""

POLICY = "Content-Security-Policy"

_PAINTED = {"fill", "stroke", "stop-color", "clip-path", "mask", "filter", "cursor", "style", "marker-end", "transform"}
_STYLES = {"max-width:100%;background:#ffffff"}
_ADDRESS = re.compile(
    r"https://|mailto:|#[\w-]+$|data:image/(?:png;base64|svg\+xml),|(?![^/?#]*:)(?!//)[\w.%/~-]+(?:#[\w-]+)?$"
)
_OUTWARD = re.compile(r"url\((?!#)", re.IGNORECASE)


class _Reader(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def faults(page: str) -> list[str]:
    """Everything in a page or a piece of one that must not be there, in words."""
    return [fault for tag, attributes in _Reader(page).tags for fault in _faults(tag, attributes)]


def shapes(page: str) -> list[Shape]:
    """The elements of a page in order, with the names of their attributes: what data must never change."""
    return [(tag, tuple(sorted(attributes))) for tag, attributes in _Reader(page).tags]


def _faults(tag: str, attributes: dict[str, str | None]) -> Iterator[str]:
    if tag not in ELEMENTS or (tag == "script" and attributes != DATA):
        yield f"<{tag}>"
    if tag == "meta" and (attributes.get("http-equiv") or POLICY) != POLICY:
        yield f"<{tag} {attributes}>"
    for key, given in attributes.items():
        value = given or ""
        if key.startswith("on") or (key == "style" and value not in _STYLES) or not re.fullmatch(r"[\w:-]+", key):
            yield f"<{tag} {key}={value!r}>"
        if key in {"href", "src", "xlink:href"} and not _ADDRESS.match(value):
            yield f"<{tag} {key}={value!r}>"
        if key in _PAINTED and _OUTWARD.search(value):
            yield f"<{tag} {key}={value!r}>"
