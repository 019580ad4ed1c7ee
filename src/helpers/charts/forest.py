"""Estimates with their intervals against a line of no effect."""

from __future__ import annotations

import math

from matplotlib.figure import Figure

from helpers.charts.axis import known, tick_text, ticks
from helpers.charts.rows import Row, framed, judged, scale, upright
from helpers.charts.style import NARROW, Size, as_message, line
from helpers.stages.parts import Bar, Forest, Table
from helpers.svg import TOKENS, mark
from helpers.units import Quantity
from helpers.wording import Message, Pen, counted, msg


def draw(part: Forest, pen: Pen, size: Size) -> Figure:
    """Draw one row an estimate: filled where it is told apart from no effect, hollow where it is not."""
    rows = [Row(bar.label, *judged(part.measure.of(bar.value), bar.verdict, pen)) for bar in part.bars]
    frame = framed(rows, pen, size, bottom=18.0)
    found = known([end for bar in part.bars for end in (bar.value, bar.low, bar.high) if end is not None])
    low, high = _reach([*found, part.no_effect])
    marks = ticks(low, high, 2 if size.width <= NARROW.width else 4, part.measure)
    frame.axes.set_xlim(marks[0], marks[-1])
    scale(frame, [(value, tick_text(value, part.measure, pen)) for value in marks], pen)
    upright(frame, part.no_effect)
    for number, bar in enumerate(part.bars):
        colour = {"better": "good", "worse": "bad"}.get(bar.verdict or "", "actual")
        place = frame.at(number)
        if bar.low is not None and bar.high is not None:
            frame.axes.plot([bar.low, bar.high], [place] * 2, **line(colour, 2.2, zorder=3, solid_capstyle="butt"))
        inside = colour if _is_told_apart(bar, part.no_effect) else "bg"
        point = line(colour, 0, zorder=4, marker="o", markersize=7.5, markeredgewidth=1.8, clip_on=False)
        point |= {"markerfacecolor": TOKENS[inside].light, "gid": mark(inside, colour)}
        frame.axes.plot([bar.value], [place], **point)
    return frame.figure


def _reach(values: list[float]) -> tuple[float, float]:
    low, high = min(values), max(values)
    return low, high if high > low else low + (abs(low) or 1.0)


def _is_told_apart(bar: Bar, no_effect: float) -> bool:
    return bar.low is not None and bar.high is not None and not bar.low <= no_effect <= bar.high


def describe(part: Forest) -> Message:
    """Say how far the estimates reach, and how many are told apart from no effect."""
    bars = [bar for bar in part.bars if math.isfinite(bar.value)]
    n = Quantity(len(part.bars))
    if not bars:
        return counted(
            "Estimates with intervals, of which none could be made: {n} row without a figure.",
            "Estimates with intervals, of which none could be made: {n} rows without a figure.",
            n,
        )
    top, bottom = max(bars, key=lambda bar: bar.value), min(bars, key=lambda bar: bar.value)
    return counted(
        "A single estimate with its interval: {top} for {top_label}, against {none} for no effect at all.",
        "{n} estimates with intervals, from {bottom} for {bottom_label} to {top} for {top_label}; "
        "{apart} with an interval clear of {none}.",
        n,
        top=part.measure.of(top.value),
        top_label=as_message(top.label),
        bottom=part.measure.of(bottom.value),
        bottom_label=as_message(bottom.label),
        apart=Quantity(sum(_is_told_apart(bar, part.no_effect) for bar in bars)),
        none=part.measure.of(part.no_effect),
    )


def data(part: Forest) -> Table:
    """One row an estimate with both ends of its interval."""
    rows = tuple(
        (bar.label, *(None if value is None else part.measure.of(value) for value in (bar.value, bar.low, bar.high)))
        for bar in part.bars
    )
    return Table(part.caption.subtitle, (msg("Name"), msg("Estimate"), msg("Low"), msg("High")), rows)
