"""The texts of a cleaned drawing, and the drawing as an image."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape, unescape
from urllib.parse import quote

_TEXT = re.compile(r"<text([^>]*)>([^<]*)</text>")
_UNTRANSLATED = 'translate="no"'


def translate(svg: str, texts: Sequence[Sequence[str]], index: int) -> str:
    """Write a cleaned drawing in another language.

    Parameters
    ----------
    svg
        A cleaned drawing.
    texts
        One row a text: as drawn, then in each language.
    index
        Which entry of the rows is wanted. Names from the data, and texts without a row, stay.
    """
    known = {row[0]: row[index] for row in texts}

    def swap(found: re.Match[str]) -> str:
        attributes, written = found.groups()
        text = unescape(written)
        if _UNTRANSLATED in attributes or text not in known:
            return found[0]
        return f"<text{attributes}>{escape(known[text], quote=False)}</text>"

    return _TEXT.sub(swap, svg)


def as_image(svg: str) -> str:
    """Return a cleaned drawing as an address that an `img` element shows."""
    return "data:image/svg+xml," + quote(svg, safe=" =:/,;()'-._~!*")
