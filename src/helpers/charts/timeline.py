"""Values over time: one to four lines, each named where it ends, with bands and marked stretches of days."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from helpers.charts.axis import day_ticks, known, limits, tick_text, ticks
from helpers.charts.lettering import along, note, room_of, shortened, spread, text_width, widest, wrapped
from helpers.charts.notation import STROKES, Stroke, hatch, line_of
from helpers.charts.style import LEADING, NARROW, Size, area, as_message, letters, line, written
from helpers.stages.parts import Line, Mark, Table, Timeline
from helpers.svg.tokens import SERIES
from helpers.units import Quantity
from helpers.wording import Message, Name, Pen, counted, msg

FloatArray: TypeAlias = npt.NDArray[np.float64]

_BOTTOM, _TOP, _SIDE = 20.0, 8.0, 6.0
_LABEL_SHARE = 0.2
_DAYS_SHARE = 0.66
_DASHES = ("solid", (0, (5, 2)), (0, (1.5, 1.5)), (0, (6, 1.5, 1.5, 1.5)))


@dataclass(frozen=True)
class _Plot:
    """The drawing area: its axes, and where it lies in the figure, in points."""

    axes: Axes
    left: float
    right: float
    bottom: float
    top: float
    width: float

    def height_of(self, value: float) -> float:
        """Where a value lies, in points above the lower edge of the figure."""
        low, high = self.axes.get_ylim()
        return self.bottom + (value - low) / (high - low) * (self.top - self.bottom)

    def place_of(self, day: date) -> float:
        """Where a day lies, in points from the left edge of the figure."""
        low, high = self.axes.get_xlim()
        return self.left + (day.toordinal() - low) / (high - low) * (self.right - self.left)


def draw(part: Timeline, pen: Pen, size: Size) -> Figure:
    """Draw all lines on one scale; a phone has their names above, a wide screen at their ends."""
    strokes = _strokes(part.lines)
    names = [written(each.label, pen) for each in part.lines]
    is_keyed = size.width <= NARROW.width and len(part.lines) > 1
    rows = len(part.lines) if is_keyed else 0
    low, high = limits([v for each in part.lines for v in (*each.values, *each.low, *each.high)], from_zero=False)
    marks = ticks(low, high, 5, part.measure)
    values = [tick_text(value, part.measure, pen) for value in marks]
    column = 0.0 if is_keyed or len(part.lines) < 2 else _column(part, names, size, pen)
    height = size.height * 72
    left = widest(values, pen) + _SIDE
    figure = Figure(figsize=(size.width, size.height))
    top = height - _TOP - rows * 13 - min(len(part.marks), 2) * 12
    right = size.points - column - _SIDE
    axes = figure.add_axes(
        (left / size.points, _BOTTOM / height, (right - left) / size.points, (top - _BOTTOM) / height)
    )
    axes.set_axis_off()
    days = [day for each in part.lines for day in each.days]
    axes.set_xlim(min(days).toordinal() - 0.5, max(days).toordinal() + 0.5)
    axes.set_ylim(marks[0], marks[-1])
    plot = _Plot(axes, left, right, _BOTTOM, top, size.points)
    _grid(
        plot,
        list(zip(marks, values, strict=True)),
        day_ticks(min(days), max(days), size.points * _DAYS_SHARE, pen),
        pen,
    )
    _marks(plot, part.marks, pen)
    for each, stroke in zip(part.lines, strokes, strict=True):
        _line(plot, each, stroke)
    if is_keyed:
        _key(plot, part.lines, names, strokes, height)
    elif column:
        _ends(plot, part.lines, names, strokes, column)
    return figure


def _strokes(lines: Sequence[Line]) -> list[Stroke]:
    """Colour and dashes by role; several lines that are all actual take the series colours in turn."""
    actual = [index for index, each in enumerate(lines) if each.role == "actual"]
    strokes = [STROKES[each.role] for each in lines]
    if len(actual) > 1:
        for number, index in enumerate(actual):
            strokes[index] = Stroke(SERIES[number % len(SERIES)], 2.0, _DASHES[number % len(_DASHES)])
    return strokes


def _column(part: Timeline, names: list[str], size: Size, pen: Pen) -> float:
    """Width of the names at the right."""
    most = size.points * _LABEL_SHARE
    rooms = [
        min(text_width(name, "bold"), most) if isinstance(each.label, Name) else room_of(name, pen, weight="bold")
        for name, each in zip(names, part.lines, strict=True)
    ]
    return max(rooms) + _SIDE


def _grid(plot: _Plot, values: list[tuple[float, str]], days: list[tuple[date, str]], pen: Pen) -> None:
    low, high = plot.axes.get_xlim()
    for value, text in values:
        edge = "edge" if value == 0 else "line"
        plot.axes.plot([low, high], [value] * 2, clip_on=False, **line(edge, 0.8, zorder=0))
        _note(plot, text, (plot.left - _SIDE, plot.height_of(value)), "right")
    labels = [(plot.place_of(day), text, room_of(text, pen)) for day, text in days]
    for place, text in along(labels, 0.0, plot.width):
        _note(plot, text, (place, 8.0), "center")


def _note(plot: _Plot, text: str, place: tuple[float, float], align: str) -> None:
    note(plot.axes, text, place, **letters("mute", ha=align))


def _line(plot: _Plot, each: Line, stroke: Stroke) -> None:
    days = np.array([day.toordinal() for day in each.days], dtype=float)
    values = np.array(each.values, dtype=float)
    if each.low and each.high:
        _band(plot, days, each, stroke.colour)
    line_of(plot.axes, days, values, stroke)
    there = np.isfinite(values)
    alone = there & ~np.append(False, there[:-1]) & ~np.append(there[1:], False)
    if alone.any():
        plot.axes.plot(days[alone], values[alone], **line(stroke.colour, 0, marker="o", markersize=4, zorder=3))


def _band(plot: _Plot, days: FloatArray, each: Line, colour: str) -> None:
    """The stretch between low and high; hatched for a forecast."""
    low, high = np.array(each.low, dtype=float), np.array(each.high, dtype=float)
    band = plot.axes.fill_between(days, low, high, alpha=0.16, zorder=1, **area(colour))
    for shape in band.get_paths() if each.role == "forecast" else ():
        hatch(plot.axes, shape, colour)


def _marks(plot: _Plot, marks: Sequence[Mark], pen: Pen) -> None:
    """Shaded days with their names above, in two rows; a name without room is left to the table of data."""
    free = [plot.left] * min(len(marks), 2)
    for each in sorted(marks, key=lambda item: item.start):
        plot.axes.axvspan(
            each.start.toordinal() - 0.5, each.end.toordinal() + 0.5, zorder=0, alpha=0.16, **area("mute")
        )
        is_name = isinstance(each.label, Name)
        text = shortened(written(each.label, pen), 110) if is_name else written(each.label, pen)
        width = room_of(text, pen, is_name=is_name)
        start = min(plot.place_of(each.start), plot.right - width)
        row = next((row for row, end in enumerate(free) if end <= max(start, plot.left)), None)
        if row is not None:
            free[row] = max(start, plot.left) + width + 6
            place = (max(start, plot.left), plot.top + 7 + row * 12)
            note(plot.axes, text, place, **letters("mute", is_name=is_name, ha="left"))


def _ends(plot: _Plot, lines: Sequence[Line], names: list[str], strokes: list[Stroke], column: float) -> None:
    """Each name at the end of its line, moved apart where ends meet."""
    pieces = [
        wrapped(name, column - _SIDE, "bold") if isinstance(each.label, Name) else [name]
        for name, each in zip(names, lines, strict=True)
    ]
    wanted = [plot.height_of((known(each.values) or [0.0])[-1]) for each in lines]
    places = spread(wanted, [len(piece) * LEADING + 2 for piece in pieces], plot.bottom - 6, plot.top + 6)
    for each, piece, stroke, place in zip(lines, pieces, strokes, places, strict=True):
        for number, text in enumerate(piece):
            how = letters(_ink(stroke.colour), is_name=isinstance(each.label, Name), fontweight="bold", ha="left")
            height = place + ((len(piece) - 1) / 2 - number) * LEADING
            note(plot.axes, text, (plot.right + _SIDE, height), **how)


def _key(plot: _Plot, lines: Sequence[Line], names: list[str], strokes: list[Stroke], height: float) -> None:
    """The names above the drawing, each behind a piece of its line."""
    width = plot.width
    for number, (each, name, stroke) in enumerate(zip(lines, names, strokes, strict=True)):
        is_name = isinstance(each.label, Name)
        place = height - 8 - number * 13
        text = shortened(name, width - 34, "bold") if is_name else name
        whole = plot.axes.figure.transFigure
        line_of(plot.axes, [2 / width, 24 / width], [place / height] * 2, stroke, whole)
        how = letters(_ink(stroke.colour), is_name=is_name, fontweight="bold", ha="left")
        note(plot.axes, text, (30, place), **how)


def _ink(colour: str) -> str:
    """The colour in which a line is named: lighter lines have letters that can be read."""
    return "mute" if colour in {"previous", "plan"} else colour


def describe(part: Timeline) -> Message:
    """Say how the first line runs: where it starts and ends, and its lowest and highest day."""
    main = part.lines[0]
    points = [(value, day) for value, day in zip(main.values, main.days, strict=True) if math.isfinite(value)]
    n = Quantity(len(main.days))
    if not points:
        return msg(
            "Line chart from {start} to {end}; none of its values is known, number of days: {n}.",
            start=main.days[0],
            end=main.days[-1],
            n=n,
        )
    (low, low_day), (high, high_day) = min(points), max(points)
    return counted(
        "Line chart with a single point, number of lines: {lines}. {label} stands at {last} on {high_day}.",
        "Line chart of {n} points, number of lines: {lines}. {label} goes from {first} on {start} to {last} on {end}, "
        "lowest {low} on {low_day}, highest {high} on {high_day}.",
        n,
        lines=Quantity(len(part.lines)),
        label=as_message(main.label),
        first=part.measure.of(points[0][0]),
        start=points[0][1],
        last=part.measure.of(points[-1][0]),
        end=points[-1][1],
        low=part.measure.of(low),
        low_day=low_day,
        high=part.measure.of(high),
        high_day=high_day,
    )


def data(part: Timeline) -> Table:
    """One row a day, one column a line and end of its band, and what is marked on that day."""
    days = sorted({day for each in part.lines for day in each.days})
    columns: list[Message] = [msg("Date")]
    series: list[dict[date, float]] = []
    for each in part.lines:
        label = as_message(each.label, 200)
        named = [(label, each.values)]
        if each.low and each.high:
            named += [(msg("{line}, low", line=label), each.low), (msg("{line}, high", line=label), each.high)]
        columns += [head for head, _ in named]
        series += [dict(zip(each.days, values, strict=True)) for _, values in named]
    rows = tuple((day, *(_cell(part, each.get(day, math.nan)) for each in series), *_event(part, day)) for day in days)
    return Table(part.caption.subtitle, (*columns, *([msg("Marked")] if part.marks else ())), rows)


def _cell(part: Timeline, value: float) -> Quantity | None:
    return part.measure.of(value) if math.isfinite(value) else None


def _event(part: Timeline, day: date) -> tuple[Message | Name | None, ...]:
    if not part.marks:
        return ()
    return (next((mark.label for mark in part.marks if mark.start <= day <= mark.end), None),)
