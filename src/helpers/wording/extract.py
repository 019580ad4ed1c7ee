"""What Babel calls to find the words in Markdown cells, by the entry point `cuaderno_notebook`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import IO, Any

Found = tuple[int, str | None, str, list[str]]

_BLANK_LINES = re.compile(r"\n\s*\n")
_KEEPS_LINES = re.compile(r"\s*([-*+]\s|\||\d+[.)]\s)")


def paragraphs(source: str) -> list[str]:
    """The paragraphs of a Markdown cell, each one message.

    A wrapped paragraph becomes one line; a list or a table keeps its lines. The exporter splits the same way, so what
    was extracted is what is looked up.
    """
    parts = [part.strip() for part in _BLANK_LINES.split(source)]
    return [part if _KEEPS_LINES.match(part) else " ".join(part.split()) for part in parts if part]


def notebook(
    fileobj: IO[bytes], keywords: Mapping[str, Any], comment_tags: Sequence[str], options: Mapping[str, Any]
) -> Iterator[Found]:
    """Yield the paragraphs of every Markdown cell; the number of the cell stands for the line."""
    del keywords, comment_tags, options
    for number, cell in enumerate(json.load(fileobj)["cells"], start=1):
        if cell["cell_type"] == "markdown":
            for paragraph in paragraphs("".join(cell["source"])):
                yield number, None, paragraph, []
