"""Values in their natural order (weekdays, months) as upright columns around a base."""

from __future__ import annotations

import math

import numpy as np
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from helpers.charts.axis import known, limits, tick_text, ticks
from helpers.charts.lettering import SLACK, note, shortened, widest
from helpers.charts.style import Size, as_message, letters, line, written
from helpers.stages.parts import Columns, Table
from helpers.svg import TOKENS, mark
from helpers.units import Quantity
from helpers.wording import Message, Name, Pen, counted, msg

_TOP, _BOTTOM = 16.0, 24.0


def draw(part: Columns, pen: Pen, size: Size) -> Figure:
    """Draw one column a value, standing on the base or hanging from it, with its interval."""
    ends = [end for bar in part.bars for end in (bar.value, bar.low, bar.high) if end is not None]
    low, high = _limits(ends, part.base)
    marks = ticks(low, high, 4, part.measure)
    names = [tick_text(value, part.measure, pen) for value in marks]
    left = widest(names) * 1.15 + 8
    figure = Figure(figsize=(size.width, size.height))
    width, height = size.points, size.height * 72
    room = width - left - 4
    axes = figure.add_axes((left / width, _BOTTOM / height, room / width, 1 - (_TOP + _BOTTOM) / height))
    axes.set_axis_off()
    _columns(axes, part)
    axes.set_xlim(-0.6, len(part.bars) - 0.4)
    axes.set_ylim(marks[0], marks[-1])
    for value, name in zip(marks, names, strict=True):
        axes.plot([-0.6, len(part.bars) - 0.4], [value] * 2, clip_on=False, **line("line", 0.8, zorder=0))
        note(axes, name, (left - 6, value), ("figure points", "data"), **letters("mute", ha="right"))
    axes.plot([-0.6, len(part.bars) - 0.4], [part.base] * 2, clip_on=False, **line("edge", 1.4, zorder=3))
    _feet(axes, part, pen, room)
    return figure


def _limits(ends: list[float], base: float) -> tuple[float, float]:
    """Columns stand on their base, which therefore always lies inside."""
    if base == 0:
        return limits(ends)
    found = known(ends) or [base]
    reach = max(abs(value - base) for value in found) or abs(base)
    return min(*found, base) - reach * 0.1, max(*found, base) + reach * 0.1


def _columns(axes: Axes, part: Columns) -> None:
    places = np.arange(len(part.bars))
    heights = np.array([bar.value for bar in part.bars], dtype=float) - part.base
    sns.barplot(
        x=places,
        y=heights,
        bottom=part.base,
        native_scale=True,
        width=0.62,
        color=TOKENS["actual"].light,
        saturation=1,
        linewidth=0,
        errorbar=None,
        ax=axes,
        gid=mark("actual"),
    )
    for place, bar in zip(places, part.bars, strict=True):
        if bar.low is not None and bar.high is not None and math.isfinite(bar.low) and math.isfinite(bar.high):
            for colour, weight, order in (("bg", 3.4, 3), ("mute", 1.5, 4)):
                axes.plot([place] * 2, [bar.low, bar.high], **line(colour, weight, zorder=order, solid_capstyle="butt"))


def _feet(axes: Axes, part: Columns, pen: Pen, room: float) -> None:
    """The names below; where they have no room side by side, every second or third is written."""
    names = [written(bar.label, pen) for bar in part.bars]
    each = room / max(len(names), 1)
    wanted = [
        widest([name]) * (1 if isinstance(bar.label, Name) else SLACK)
        for name, bar in zip(names, part.bars, strict=True)
    ]
    step = next((step for step in (1, 2, 3) if max(wanted, default=0.0) + 4 <= each * step), 1)
    for place in range(0, len(names), step):
        is_name = isinstance(part.bars[place].label, Name)
        text = shortened(names[place], each * step - 4) if is_name else names[place]
        note(axes, text, (place, 8), ("data", "figure points"), **letters(is_name=is_name))


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
