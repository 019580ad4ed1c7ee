"""How wide a text is, how it is fitted into a width, and how labels keep clear of each other."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import Any

from matplotlib.axes import Axes
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextToPath

from helpers.charts.style import FONT, cut
from helpers.wording import Pen

SLACK = 0.4
"""By how much words may be longer in a language that nobody has written yet; figures are measured in all there are."""

POINTS = ("figure points", "figure points")

_MEASURE = TextToPath()
_SQUARE = 1.2
_APART = 4.0
_BREAK = re.compile(r"(?<=[\s_\-|/·:])")


@cache
def text_width(text: str, weight: str = "normal") -> float:
    """Width in points, in a font that is wider than those of most screens.

    Signs of full width (Chinese, Japanese, Korean, pictures), which the font lacks, are as wide as they are high.
    """
    square = [sign for sign in text if unicodedata.east_asian_width(sign) in {"W", "F"}]
    rest = text if not square else "".join(sign for sign in text if sign not in square)
    measured = _MEASURE.get_text_width_height_descent(rest, FontProperties(size=FONT, weight=weight), ismath=False)[0]
    return float(measured) + _SQUARE * FONT * len(square)


def note(axes: Axes, text: str, place: tuple[float, float], coords: tuple[str, str] = POINTS, **how: Any) -> None:
    """Write a text, centred on its place unless told otherwise.

    `coords` says for both directions whether the place is in `data` or in `figure points`; the latter is the default.
    """
    how = {"ha": "center", "va": "center"} | how
    axes.annotate(text, place, xycoords=coords, annotation_clip=False, **how)


def room_of(text: str, pen: Pen, *, is_name: bool = False, weight: str = "normal") -> float:
    """Width in points that a text needs in whatever language it is read; a name is the same in all."""
    if is_name:
        return text_width(text, weight)
    letters = "".join(sign for sign in text if sign.isalpha())
    longer = text_width(text, weight) + SLACK * text_width(letters, weight)
    return max(longer, *(text_width(form, weight) for form in pen.forms(text)))


def widest(texts: Sequence[str], pen: Pen) -> float:
    """Width in points of the widest text in any language; none is 0."""
    return max((room_of(text, pen) for text in texts), default=0.0)


def along(labels: Sequence[tuple[float, str, float]], low: float, high: float) -> list[tuple[float, str]]:
    """Place the labels of an axis between its ends; one that would meet the label before it is left out.

    Parameters
    ----------
    labels
        Where each wants its centre, its text, and the width it needs, in points and in order.
    low, high
        Ends that no label may pass.

    Returns
    -------
    Centre and text of each label that has room.
    """
    placed: list[tuple[float, str]] = []
    free = -math.inf
    for wanted, text, width in labels:
        centre = max(min(wanted, high - width / 2), low + width / 2)
        if centre - width / 2 >= free:
            placed.append((centre, text))
            free = centre + width / 2 + _APART
    return placed


def shortened(text: str, width: float, weight: str = "normal") -> str:
    """The text, its middle left out as far as the width asks for."""
    most = len(text)
    while most > 3 and text_width(cut(text, most), weight) > width:
        most -= max(1, int(most * (1 - width / text_width(cut(text, most), weight))))
    return cut(text, max(most, 3))


def wrapped(text: str, width: float, weight: str = "normal") -> list[str]:
    """The text on one line or two, broken where its words or parts end; what is still too long is shortened."""
    if text_width(text, weight) <= width:
        return [text]
    first = ""
    for piece in _BREAK.split(text):
        if text_width(first + piece, weight) > width:
            break
        first += piece
    rest = text[len(first) :]
    return [first.rstrip(), shortened(rest, width, weight)] if first.strip() else [shortened(text, width, weight)]


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
