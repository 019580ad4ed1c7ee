"""Values in their natural order (weekdays, months) as upright columns around a base."""

from __future__ import annotations

import math

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from helpers.charts.axis import known, limits, tick_text, ticks
from helpers.charts.lettering import along, note, room_of, shortened, widest
from helpers.charts.notation import box
from helpers.charts.style import Size, as_message, letters, line, written
from helpers.stages.parts import Columns, Table
from helpers.units import Quantity
from helpers.wording import Message, Name, Pen, counted, msg

_TOP, _BOTTOM = 16.0, 24.0
_WIDTH = 0.62
_NAME = 44.0


def draw(part: Columns, pen: Pen, size: Size) -> Figure:
    """Draw one column a value, standing on the base or hanging from it, with its interval."""
    ends = [end for bar in part.bars for end in (bar.value, bar.low, bar.high) if end is not None]
    low, high = _limits(ends, part.base)
    marks = ticks(low, high, 4, part.measure)
    names = [tick_text(value, part.measure, pen) for value in marks]
    left = widest(names, pen) + 8
    figure = Figure(figsize=(size.width, size.height))
    width, height = size.points, size.height * 72
    room = width - left - 4
    axes = figure.add_axes((left / width, _BOTTOM / height, room / width, 1 - (_TOP + _BOTTOM) / height))
    axes.set_axis_off()
    axes.set_xlim(-0.6, len(part.bars) - 0.4)
    axes.set_ylim(marks[0], marks[-1])
    _columns(axes, part)
    for value, name in zip(marks, names, strict=True):
        axes.plot([-0.6, len(part.bars) - 0.4], [value] * 2, clip_on=False, **line("line", 0.8, zorder=0))
        note(axes, name, (left - 6, value), ("figure points", "data"), **letters("mute", ha="right"))
    axes.plot([-0.6, len(part.bars) - 0.4], [part.base] * 2, clip_on=False, **line("edge", 1.4, zorder=3))
    _feet(axes, part, pen, (left, left + room))
    return figure


def _limits(ends: list[float], base: float) -> tuple[float, float]:
    """Columns stand on their base, which therefore always lies inside."""
    if base == 0:
        return limits(ends)
    found = known(ends) or [base]
    reach = max(abs(value - base) for value in found) or abs(base)
    return min(*found, base) - reach * 0.1, max(*found, base) + reach * 0.1


def _columns(axes: Axes, part: Columns) -> None:
    for place, bar in enumerate(part.bars):
        if math.isfinite(bar.value):
            box(axes, (place - _WIDTH / 2, part.base), _WIDTH, bar.value - part.base, bar.role)
        if bar.low is not None and bar.high is not None and math.isfinite(bar.low) and math.isfinite(bar.high):
            for colour, weight, order in (("bg", 3.4, 3), ("mute", 1.5, 4)):
                axes.plot([place] * 2, [bar.low, bar.high], **line(colour, weight, zorder=order, solid_capstyle="butt"))


def _feet(axes: Axes, part: Columns, pen: Pen, ends: tuple[float, float]) -> None:
    """The names below; where they have no room side by side, every second, third, … is written, long ones cut."""
    texts = [written(bar.label, pen) for bar in part.bars]
    is_name = [isinstance(bar.label, Name) for bar in part.bars]
    each = (ends[1] - ends[0]) / (len(texts) + 0.2)
    needed = [room_of(text, pen, is_name=named) for text, named in zip(texts, is_name, strict=True)]
    most = max((min(room, _NAME) if named else room for room, named in zip(needed, is_name, strict=True)), default=0.0)
    step = next((step for step in range(1, len(texts)) if most + 4 <= each * step), max(len(texts), 1))
    for place in range(0, len(texts), step):
        room = each * step - 4
        text = shortened(texts[place], room) if is_name[place] else texts[place]
        label = (ends[0] + each * (place + 0.6), text, room_of(text, pen, is_name=is_name[place]))
        for centre, shown in along([label], 0.0, ends[1] + 4):
            note(axes, shown, (centre, 8), **letters(is_name=is_name[place]))


def describe(part: Columns) -> Message:
    """Name the highest and the lowest column."""
    bars = [bar for bar in part.bars if math.isfinite(bar.value)]
    n = Quantity(len(part.bars))
    if not bars:
        return counted(
            "Columns in their natural order, of which none is known: {n} place without a figure.",
            "Columns in their natural order, of which none is known: {n} places without a figure.",
            n,
        )
    top, bottom = max(bars, key=lambda bar: bar.value), min(bars, key=lambda bar: bar.value)
    return counted(
        "A single column: {top_label} stands at {top}, around a base of {base}; nothing else is set beside it.",
        "{n} columns in their natural order around a base of {base}: the highest is {top} for {top_label}, "
        "the lowest {bottom} for {bottom_label}.",
        n,
        base=part.measure.of(part.base),
        top=part.measure.of(top.value),
        top_label=as_message(top.label),
        bottom=part.measure.of(bottom.value),
        bottom_label=as_message(bottom.label),
    )


def data(part: Columns) -> Table:
    """One row a column, with its interval where any has one."""
    has_interval = any(bar.low is not None for bar in part.bars)
    columns = (msg("Name"), msg("Value")) + ((msg("Low"), msg("High")) if has_interval else ())
    rows = tuple(
        (bar.label, part.measure.of(bar.value))
        + (tuple(None if end is None else part.measure.of(end) for end in (bar.low, bar.high)) if has_interval else ())
        for bar in part.bars
    )
    return Table(part.caption.subtitle, columns, rows)
