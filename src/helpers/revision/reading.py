"""A finished page, parsed and never run: its claims, the figures that it shows for them, and what it says.

The page may come back from anybody, so nothing in it is trusted. nh3 reads it as a browser would and gives back well
formed markup of known elements; only that is looked at.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import nh3

from helpers.errors import UsageError
from helpers.revision.forms import Document, parse

LARGEST = 1_000_000
"""Bytes of the largest page that is read, three times what ours are held to: time may grow with the square of it."""

_ALONE = frozenset({"br", "col", "hr", "img", "wbr"})
_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "del", "em", "i", "img", "ins", "mark", "q", "s", "small",
     "span", "strong", "sub", "sup", "time", "tspan", "u", "var", "wbr"}
)  # fmt: skip
_BLOCKS = frozenset(
    {"article", "aside", "blockquote", "caption", "col", "colgroup", "dd", "details", "div", "dl", "dt", "figcaption",
     "figure", "footer", "g", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre",
     "script", "section", "summary", "svg", "table", "tbody", "td", "text", "tfoot", "th", "thead", "tr", "ul"}
)  # fmt: skip

_ANOTHER = "Name a page that `cuaderno report` wrote, such as reports/demo/2026-10/audit.en.html."


@dataclass(frozen=True)
class Shown:
    """A figure of the page: the claim and part that it says it is, and its text."""

    claim: str
    part: str
    text: str


@dataclass(frozen=True)
class PageRead:
    """A page.

    Parameters
    ----------
    content
        Its bytes.
    passages
        What it says, one text for each paragraph, cell, heading or label, in order.
    """

    content: bytes
    document: Document
    shown: tuple[Shown, ...]
    passages: tuple[str, ...]


def read_page(path: Path) -> PageRead:
    """Read a page.

    Raises
    ------
    UsageError
        If it is no page of ours: no such file, too large, no text, or without the one block of claims.
    """
    content = _content(path)
    try:
        html = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UsageError("the file is no page: it is not UTF-8", where=path.name, next_step=_ANOTHER) from error
    found = _Reader()
    found.feed(
        nh3.clean(
            html,
            tags=set(_INLINE | _BLOCKS),
            clean_content_tags={"style", "title"},
            attributes={"script": {"id", "type"}},
            generic_attribute_prefixes={"data-claim", "data-part"},
        )
    )
    found.close()
    if len(found.claims) != 1:
        raise UsageError(
            "the file is no report of ours: it does not carry one block of claims",
            where=path.name,
            seen=f"{len(found.claims)} of them",
            next_step=_ANOTHER,
        )
    return PageRead(content, parse(found.claims[0], path.name), tuple(found.shown), tuple(found.passages))


def _content(path: Path) -> bytes:
    if not path.is_file():
        raise UsageError("there is no such file", where=str(path), next_step=_ANOTHER)
    if path.stat().st_size > LARGEST:
        seen = f"{path.stat().st_size / 1e6:.0f} MB"
        raise UsageError("the file is too large for a page of ours", where=path.name, seen=seen, next_step=_ANOTHER)
    return path.read_bytes()


@dataclass
class _Open:
    """An element that has begun: what it shows, if it is a figure, and what of its text was read."""

    tag: str
    claim: str | None = None
    part: str = "value"
    text: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    """Gathers claims, figures and passages of well formed markup; each text is kept once, so its time is linear."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.claims: list[str] = []
        self.shown: list[Shown] = []
        self.passages: list[str] = []
        self._open: list[_Open] = []
        self._figures: list[_Open] = []
        self._said: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element."""
        given = {name: value or "" for name, value in attrs}
        if tag not in _INLINE:
            self._end_passage()
        if tag == "script" and given.get("id") == "claims" and given.get("type") == "application/json":
            self.claims.append("")
        if tag in _ALONE:
            return
        self._open.append(_Open(tag, given.get("data-claim"), given.get("data-part") or "value"))
        if self._open[-1].claim is not None:
            self._figures.append(self._open[-1])

    def handle_endtag(self, tag: str) -> None:
        """End an element."""
        if tag not in _INLINE:
            self._end_passage()
        if tag in _ALONE or not self._open:
            return
        ended = self._open.pop()
        if ended.claim is not None:
            self._figures.pop()
            self.shown.append(Shown(ended.claim, ended.part, "".join(ended.text).strip()))

    def handle_data(self, data: str) -> None:
        """Keep a text: that of the claims, or one that is read."""
        if self._open and self._open[-1].tag == "script":
            if self.claims:
                self.claims[-1] += data
            return
        self._said.append(data)
        if self._figures:
            self._figures[-1].text.append(data)

    def close(self) -> None:
        """End the last passage."""
        super().close()
        self._end_passage()

    def _end_passage(self) -> None:
        said = " ".join("".join(self._said).split())
        self._said.clear()
        if said:
            self.passages.append(said)
