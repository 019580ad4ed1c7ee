"""How all charts look: sizes, letters, and colours by the names of `svg.TOKENS`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import matplotlib as mpl
import seaborn as sns

from helpers.svg import TOKENS, mark
from helpers.wording import Message, Name, Pen

FONT = 9.0
"""Points; at least 11 px on the narrowest phone, where a narrow drawing is shown a quarter larger than drawn."""

LEADING = 11.5
"""Points from one line of text to the next."""


@dataclass(frozen=True)
class Size:
    """Width of a drawing, and the height that it has unless its content asks for another; in inches."""

    width: float
    height: float

    @property
    def points(self) -> float:
        """Width in points."""
        return self.width * 72


WIDE = Size(7.4, 3.5)
NARROW = Size(3.7, 3.4)

_RC = {
    "svg.fonttype": "none",
    "svg.hashsalt": "cuaderno",
    "text.parse_math": False,
    "font.family": "DejaVu Sans",
    "font.size": FONT,
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "axes.unicode_minus": True,
    "path.simplify_threshold": 0.3,
    "lines.solid_capstyle": "round",
    "lines.solid_joinstyle": "round",
    "lines.dash_capstyle": "butt",
}


@contextmanager
def theme() -> Iterator[None]:
    """Seaborn's plain theme with real text, no mathematics in names, and the same bytes every time."""
    with mpl.rc_context(sns.axes_style("white") | _RC):
        yield


def line(colour: str, width: float = 1.0, **more: Any) -> dict[str, Any]:
    """Arguments for a line in a colour of the page."""
    return {"color": TOKENS[colour].light, "gid": mark(colour), "linewidth": width} | more


def area(colour: str, edge: str = "", **more: Any) -> dict[str, Any]:
    """Arguments for a filled shape, outlined where `edge` names a colour."""
    outline = {"edgecolor": TOKENS[edge].light, "linewidth": 1.0} if edge else {"linewidth": 0}
    return {"facecolor": TOKENS[colour].light, "gid": mark(colour, edge)} | outline | more


def letters(colour: str = "ink", *, is_name: bool = False, **more: Any) -> dict[str, Any]:
    """Arguments for text in a colour of the page; names from the data are never translated."""
    return {"color": TOKENS[colour].light, "gid": mark(colour, is_name=is_name), "fontsize": FONT} | more


def written(label: Message | Name, pen: Pen) -> str:
    """The label as it is drawn.

    A name does not pass the pen: it is marked in the drawing instead, so that one that reads like a word of the
    chart is still left alone.
    """
    return printable(label.text) if isinstance(label, Name) else pen.text(label)


def printable(text: str) -> str:
    """The text without signs that no drawing can hold; a dash where nothing is left."""
    return "".join(sign if sign.isprintable() else " " for sign in text).strip() or "–"


def as_message(label: Message | Name, most: int = 40) -> Message:
    """The label for use inside a sentence or as head of a column; a long name is cut."""
    if isinstance(label, Message):
        return label
    return Message("{name}", (("name", Name(cut(printable(label.text), most))),))


def cut(text: str, most: int) -> str:
    """The text with its middle left out, if it has more signs than `most`: names differ at both ends."""
    if len(text) <= most:
        return text
    head = max(most // 2, 1)
    tail = max(most - head - 1, 0)
    return f"{text[:head].rstrip()}…{text[len(text) - tail :].lstrip()}"
