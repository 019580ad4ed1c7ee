"""The frame of all charts that are read line by line: label, drawing, value.

The label stands left of the drawing where all labels fit there, else above it; the values stand flush right like the
last column of a table, so that no label meets a mark.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from helpers.charts.lettering import along, note, room_of, shortened, wrapped
from helpers.charts.style import LEADING, NARROW, Size, letters, line, written
from helpers.svg.verdicts import VERDICTS
from helpers.units import Quantity
from helpers.wording import Message, Name, Pen, msg

_LEFT_SHARE = 0.36
_GAP = 8.0
_BESIDE, _ABOVE = 26.0, 35.0
_BAR = 13.0
_LOWERED = 0.18
_INDENT = 1.0


@dataclass(frozen=True)
class Row:
    """One line: its label, its value as written, the colour of the value, and whether it is a total."""

    label: Message | Name
    value: str
    colour: str = "ink"
    is_total: bool = False

    @property
    def weight(self) -> str:
        """Of the letters."""
        return "bold" if self.is_total else "normal"


@dataclass(frozen=True)
class Frame:
    """A figure whose axes have one unit of height a row.

    `shift` is how far a mark lies below the middle of its row, which it does where labels stand above; `thickness` is
    that of a bar, in rows; `left` and `room` are where the drawing begins and how wide it is, in points.
    """

    figure: Figure
    axes: Axes
    shift: float
    thickness: float
    left: float
    room: float

    def at(self, row: int) -> float:
        """Centre of the mark of a row."""
        return row + self.shift


def framed(rows: Sequence[Row], pen: Pen, size: Size, *, top: float = 4.0, bottom: float = 4.0) -> Frame:
    """Lay out the rows; `top` and `bottom` are points kept free for notes on the scale."""
    labels = [written(row.label, pen) for row in rows]
    column = _column(rows, labels, size, pen)
    pitch = _BESIDE if column else _ABOVE
    height = top + pitch * len(rows) + bottom
    left = column + _GAP if column else 1.0
    values = max((room_of(row.value, pen, weight=row.weight) for row in rows), default=0.0)
    room = size.points - left - values - _GAP
    figure = Figure(figsize=(size.width, height / 72))
    axes = figure.add_axes((left / size.points, bottom / height, room / size.points, pitch * len(rows) / height))
    axes.set_axis_off()
    axes.set_ylim(len(rows) - 0.5, -0.5)
    frame = Frame(figure, axes, 0.0 if column else _LOWERED, _BAR / pitch, left, room)
    for number, (row, text) in enumerate(zip(rows, labels, strict=True)):
        how = letters(is_name=isinstance(row.label, Name), fontweight=row.weight, ha="left")
        pieces = _pieces(row, text, column, size)
        middle = number if column else number - 0.5 + 8 / pitch
        for place, piece in enumerate(pieces):
            offset = (place - (len(pieces) - 1) / 2) * LEADING / pitch
            note(axes, piece, (0.0 if column else _INDENT, middle + offset), ("figure points", "data"), **how)
        how = letters(row.colour, fontweight=row.weight, ha="right")
        note(axes, row.value, (size.points, frame.at(number)), ("figure points", "data"), **how)
    return frame


def _pieces(row: Row, text: str, column: float, size: Size) -> list[str]:
    if not isinstance(row.label, Name):
        return [text]
    return wrapped(text, column, row.weight) if column else [shortened(text, size.points - _INDENT, row.weight)]


def _column(rows: Sequence[Row], labels: Sequence[str], size: Size, pen: Pen) -> float:
    """Width of the labels where they stand beside the drawing, else 0.

    On a wide screen names take two lines and are cut where these are too short; messages are neither broken nor cut,
    since they differ from language to language, so all labels stand above where one of them has no room.
    """
    most = size.points * _LEFT_SHARE
    names, words = [0.0], [0.0]
    for row, text in zip(rows, labels, strict=True):
        is_name = isinstance(row.label, Name)
        (names if is_name else words).append(room_of(text, pen, is_name=is_name, weight=row.weight))
    has_room = max(words) <= most and (size.width > NARROW.width or max(names) <= most)
    return min(most, max(*names, *words)) if has_room else 0.0


def judged(value: Quantity, verdict: str | None, pen: Pen) -> tuple[str, str]:
    """The value with its verdict in a word, where it has one, and its colour."""
    if verdict not in {"better", "worse"} or verdict is None:
        return pen.text(value), "ink"
    look = VERDICTS[verdict]
    return pen.text(msg("{value} {verdict}", value=value, verdict=look.word)), look.token


def upright(frame: Frame, value: float = 0.0) -> None:
    """A line through all rows, from which the bars or the estimates are read."""
    frame.axes.plot(*_through(frame, value), clip_on=False, **line("edge", 1.0, zorder=1))


def _through(frame: Frame, value: float) -> tuple[list[float], list[float]]:
    """A vertical through all rows; where labels stand above, it leaves out their lines of text."""
    low, high = sorted(frame.axes.get_ylim())
    if not frame.shift:
        return [value] * 2, [low, high]
    rows = range(round(high - low))
    ends = [y for row in rows for y in (frame.at(row) - frame.thickness * 0.75, row + 0.5, math.nan)]
    return [value] * len(ends), ends


def scale(frame: Frame, ticks: Sequence[tuple[float, str]], pen: Pen) -> None:
    """Light vertical lines with their values below, as far as these have room."""
    start, end = frame.axes.get_xlim()
    for value, _ in ticks:
        frame.axes.plot(*_through(frame, value), clip_on=False, **line("line", 0.8, zorder=0))
    labels = [
        (frame.left + (value - start) / (end - start) * frame.room, text, room_of(text, pen)) for value, text in ticks
    ]
    for place, text in along(labels, 0.0, frame.figure.get_figwidth() * 72):
        note(frame.axes, text, (place, 8.0), **letters("mute"))
