"""Values side by side as horizontal bars, with intervals, marks of what they are compared to, and verdicts."""

from __future__ import annotations

import math

from matplotlib.figure import Figure

from helpers.charts.axis import known, limits
from helpers.charts.lettering import note
from helpers.charts.notation import box, tick
from helpers.charts.rows import Frame, Row, framed, judged, upright
from helpers.charts.style import Size, as_message, letters, line
from helpers.stages.parts import Bar, Bars, Table
from helpers.units import Quantity
from helpers.wording import Message, Pen, counted, msg


def draw(part: Bars, pen: Pen, size: Size) -> Figure:
    """Draw one row a bar in the notation of its scenario: interval as a whisker, reference as an upright mark."""
    rows = [Row(bar.label, *judged(part.measure.of(bar.value), bar.verdict, pen)) for bar in part.bars]
    has_reference = part.reference is not None and any(_is_known(bar.reference) for bar in part.bars)
    frame = framed(rows, pen, size, top=18.0 if has_reference else 4.0)
    ends = [end for bar in part.bars for end in (bar.value, bar.low, bar.high, bar.reference) if end is not None]
    frame.axes.set_xlim(*limits(ends))
    places = [frame.at(number) for number in range(len(part.bars))]
    upright(frame)
    for bar, place in zip(part.bars, places, strict=True):
        if math.isfinite(bar.value):
            box(frame.axes, (0, place - frame.thickness / 2), bar.value, frame.thickness, bar.role)
        _whisker(frame, bar, place)
    if part.reference is not None and has_reference:
        _references(frame, part, places, pen.text(part.reference))
    return frame.figure


def _is_known(value: float | None) -> bool:
    return value is not None and math.isfinite(value)


def _whisker(frame: Frame, bar: Bar, place: float) -> None:
    if bar.low is not None and bar.high is not None:
        for colour, width, order in (("bg", 3.4, 3), ("mute", 1.5, 4)):
            look = line(colour, width, zorder=order, solid_capstyle="butt")
            frame.axes.plot([bar.low, bar.high], [place, place], **look)


def _references(frame: Frame, part: Bars, places: list[float], name: str) -> None:
    """Upright marks, named once above the first of them."""
    reach = frame.thickness * 0.8
    marked = [
        (bar.reference, place)
        for bar, place in zip(part.bars, places, strict=True)
        if bar.reference is not None and math.isfinite(bar.reference)
    ]
    for reference, place in marked:
        tick(frame.axes, reference, (place - reach, place + reach), part.reference_role)
    reference = marked[0][0]
    low, high = frame.axes.get_xlim()
    share = (reference - low) / (high - low)
    align = "left" if share < 0.4 else "right" if share > 0.6 else "center"
    height = frame.figure.get_figheight() * 72
    how = letters("mute", ha=align)
    note(frame.axes, name, (reference, height - 11), ("data", "figure points"), **how)


def describe(part: Bars) -> Message:
    """Name the highest and the lowest bar."""
    bars = [bar for bar in part.bars if math.isfinite(bar.value)]
    n = Quantity(len(part.bars))
    if not bars:
        return counted(
            "Horizontal bars, of which no value is known: {n} row without a figure in it.",
            "Horizontal bars, of which no value is known: {n} rows without a figure in them.",
            n,
        )
    top, bottom = max(bars, key=lambda bar: bar.value), min(bars, key=lambda bar: bar.value)
    sentence = counted(
        "Horizontal bar for a single value: {top_label} stands at {top}; nothing else is set beside it.",
        "Horizontal bars for {n} values: the highest is {top} for {top_label}, the lowest {bottom} for {bottom_label}.",
        n,
        top=part.measure.of(top.value),
        top_label=as_message(top.label),
        bottom=part.measure.of(bottom.value),
        bottom_label=as_message(bottom.label),
    )
    if part.reference is None or not known([bar.reference or math.nan for bar in bars]):
        return sentence
    return msg("{sentence} Upright marks: {reference}.", sentence=sentence, reference=part.reference)


def data(part: Bars) -> Table:
    """One row a bar; columns that no bar fills are left out."""
    shown = {
        "low": any(_is_known(bar.low) for bar in part.bars),
        "high": any(_is_known(bar.high) for bar in part.bars),
        "reference": any(_is_known(bar.reference) for bar in part.bars),
    }
    heads = {"low": msg("Low"), "high": msg("High"), "reference": part.reference or msg("Compared to")}
    fields = [name for name, is_shown in shown.items() if is_shown]
    rows = tuple(
        (bar.label, part.measure.of(bar.value), *(_quantity(part, getattr(bar, name)) for name in fields))
        for bar in part.bars
    )
    columns = (msg("Name"), msg("Value"), *(heads[name] for name in fields))
    return Table(part.caption.subtitle, columns, rows)


def _quantity(part: Bars, value: float | None) -> Quantity | None:
    return part.measure.of(value) if value is not None and math.isfinite(value) else None
