"""How wide a text is, how it is fitted into a width, and how labels keep clear of each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from matplotlib.axes import Axes
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextToPath

from helpers.charts.style import FONT, cut

SLACK = 1.35
"""How much longer a text may be in another language than in the one that is drawn."""

POINTS = ("figure points", "figure points")

_MEASURE = TextToPath()
_BREAK = re.compile(r"(?<=[\s_\-|/·:])")


@cache
def text_width(text: str) -> float:
    """Width in points, in a font that is wider than those of most screens."""
    return float(_MEASURE.get_text_width_height_descent(text, FontProperties(size=FONT), ismath=False)[0])


def note(axes: Axes, text: str, place: tuple[float, float], coords: tuple[str, str] = POINTS, **how: Any) -> None:
    """Write a text, centred on its place unless told otherwise.

    `coords` says for both directions whether the place is in `data` or in `figure points`; the latter is the default.
    """
    how = {"ha": "center", "va": "center"} | how
    axes.annotate(text, place, xycoords=coords, annotation_clip=False, **how)


def widest(texts: Sequence[str]) -> float:
    """Width of the widest text in points; none is 0."""
    return max(map(text_width, texts), default=0.0)


def shortened(text: str, width: float) -> str:
    """The text, its middle left out as far as the width asks for."""
    most = len(text)
    while most > 3 and text_width(cut(text, most)) > width:
        most -= max(1, int(most * (1 - width / text_width(cut(text, most)))))
    return cut(text, max(most, 3))


def wrapped(text: str, width: float) -> list[str]:
    """The text on one line or two, broken where its words or parts end; what is still too long is shortened."""
    if text_width(text) <= width:
        return [text]
    first = ""
    for piece in _BREAK.split(text):
        if text_width(first + piece) > width:
            break
        first += piece
    rest = text[len(first) :]
    return [first.rstrip(), shortened(rest, width)] if first.strip() else [shortened(text, width)]


def spread(wanted: Sequence[float], heights: Sequence[float], low: float, high: float) -> list[float]:
    """Centres for labels that want to be at given places, moved apart as little as keeps them clear of each other.

    Parameters
    ----------
    wanted
        Where each label would like its centre, in points.
    heights
        How much room each takes.
    low, high
        Between these all should lie; where there is no room for all, they start at `low`.
    """
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    placed = dict.fromkeys(order, 0.0)
    floor = low
    for index in order:
        placed[index] = max(wanted[index], floor + heights[index] / 2)
        floor = placed[index] + heights[index] / 2
    ceiling = high
    for index in reversed(order):
        placed[index] = max(min(placed[index], ceiling - heights[index] / 2), low + heights[index] / 2)
        ceiling = placed[index] - heights[index] / 2
    return [placed[index] for index in range(len(wanted))]
