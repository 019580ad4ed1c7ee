"""A kept element, and how it is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape


@dataclass
class Node:
    """One element of a cleaned drawing; attributes are written in the order in which they were set."""

    tag: str
    attributes: dict[str, str]
    text: str = ""
    children: list[Node] = field(default_factory=list)

    def walk(self) -> Iterator[Node]:
        """Give the element and all below it, as they stand in the document."""
        yield self
        for child in self.children:
            yield from child.walk()

    def write(self) -> str:
        """The element as markup that reads the same as XML and inside HTML."""
        attributes = "".join(f' {key}="{_quoted(value)}"' for key, value in self.attributes.items())
        if not self.text and not self.children:
            return f"<{self.tag}{attributes}/>"
        inner = escape(self.text, quote=False) + "".join(child.write() for child in self.children)
        return f"<{self.tag}{attributes}>{inner}</{self.tag}>"


def _quoted(value: str) -> str:
    return escape(value, quote=False).replace('"', "&quot;")
