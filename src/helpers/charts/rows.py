"""The frame of all charts that are read line by line: label, drawing, value.

The label stands left of the drawing where all labels fit there, else above it; the values stand flush right like the
last column of a table, so that no label meets a mark.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from helpers.charts.lettering import SLACK, note, shortened, text_width, widest, wrapped
from helpers.charts.style import LEADING, NARROW, Size, letters, line, written
from helpers.svg.verdicts import VERDICTS
from helpers.units import Quantity
from helpers.wording import Message, Name, Pen, msg

_LEFT_SHARE = 0.36
_GAP = 8.0
_BESIDE, _ABOVE = 26.0, 35.0
_BAR = 13.0
_LOWERED = 0.18


@dataclass(frozen=True)
class Row:
    """One line: its label, its value as written, the colour of the value, and whether it is a total."""

    label: Message | Name
    value: str
    colour: str = "ink"
    is_total: bool = False


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
    column = _column(rows, labels, size)
    pitch = _BESIDE if column else _ABOVE
    height = top + pitch * len(rows) + bottom
    left = column + _GAP if column else 1.0
    room = size.points - left - widest([row.value for row in rows]) * 1.15 - _GAP
    figure = Figure(figsize=(size.width, height / 72))
    axes = figure.add_axes((left / size.points, bottom / height, room / size.points, pitch * len(rows) / height))
    axes.set_axis_off()
    axes.set_ylim(len(rows) - 0.5, -0.5)
    frame = Frame(figure, axes, 0.0 if column else _LOWERED, _BAR / pitch, left, room)
    for number, (row, text) in enumerate(zip(rows, labels, strict=True)):
        weight = "bold" if row.is_total else "normal"
        how = letters(is_name=isinstance(row.label, Name), fontweight=weight, ha="left")
        pieces = _pieces(row.label, text, column, size)
        middle = number if column else number - 0.5 + 8 / pitch
        for place, piece in enumerate(pieces):
            offset = (place - (len(pieces) - 1) / 2) * LEADING / pitch
            note(axes, piece, (0, middle + offset), ("figure points", "data"), **how)
        how = letters(row.colour, fontweight=weight, ha="right")
        note(axes, row.value, (size.points, frame.at(number)), ("figure points", "data"), **how)
    return frame


def _pieces(label: Message | Name, text: str, column: float, size: Size) -> list[str]:
    if not isinstance(label, Name):
        return [text]
    return wrapped(text, column) if column else [shortened(text, size.points)]


def _column(rows: Sequence[Row], labels: Sequence[str], size: Size) -> float:
    """Width of the labels where all fit beside the drawing, else 0.

    Names may take two lines on a wide screen; messages may not, since their line breaks differ from language to
    language.
    """
    most = size.points * _LEFT_SHARE
    lines = 1 if size.width <= NARROW.width else 2
    needed = [
        text_width(text) / lines if isinstance(row.label, Name) else text_width(text) * SLACK
        for row, text in zip(rows, labels, strict=True)
    ]
    if max(needed, default=0.0) > most * 0.95:
        return 0.0
    return min(most, max(map(text_width, labels), default=0.0) * SLACK)


def judged(value: Quantity, verdict: str | None, pen: Pen) -> tuple[str, str]:
    """The value with its verdict in a word, where it has one, and its colour."""
    if verdict not in {"better", "worse"} or verdict is None:
        return pen.text(value), "ink"
    look = VERDICTS[verdict]
    return pen.text(msg("{value} {verdict}", value=value, verdict=look.word)), look.token


def upright(frame: Frame, value: float = 0.0) -> None:
    """A line through all rows, from which the bars or the estimates are read."""
    low, high = sorted(frame.axes.get_ylim())
    frame.axes.plot([value, value], [low, high], clip_on=False, **line("edge", 1.0, zorder=1))


def scale(frame: Frame, ticks: Sequence[tuple[float, str]]) -> None:
    """Light vertical lines with their values below."""
    low, high = sorted(frame.axes.get_ylim())
    start, end = frame.axes.get_xlim()
    for value, text in ticks:
        frame.axes.plot([value, value], [low, high], clip_on=False, **line("line", 0.8, zorder=0))
        place = frame.left + (value - start) / (end - start) * frame.room
        note(frame.axes, text, (max(place, text_width(text) / 2), 8.0), **letters("mute"))
