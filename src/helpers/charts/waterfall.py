"""From one total to another by steps that add up exactly."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate

from matplotlib.figure import Figure

from helpers.charts.notation import box
from helpers.charts.rows import Frame, Row, framed, judged
from helpers.charts.style import Size, area, as_message, line
from helpers.stages.parts import Bar, Table, Waterfall
from helpers.units import Quantity
from helpers.wording import Message, Pen, counted, msg

_ZOOM_BELOW = 0.4


def draw(part: Waterfall, pen: Pen, size: Size) -> Figure:
    """Draw the totals in the notation of their scenario and each step from where the one before ended.

    Verdicts colour the steps and are words; a step without one is actual like any other measured value.
    """
    rows = [Row(part.start.label, pen.text(part.measure.of(part.start.value)), is_total=True)]
    rows += [Row(step.label, *judged(_signed(part, step), step.verdict, pen)) for step in part.steps]
    rows += [Row(part.end.label, pen.text(part.measure.of(part.end.value)), is_total=True)]
    frame = framed(rows, pen, size)
    levels = list(accumulate((step.value for step in part.steps), initial=part.start.value))
    base = _base([*levels, part.end.value])
    frame.axes.set_xlim(*_ends([*levels, part.end.value, base]))
    _total(frame, 0, base, part.start)
    for number, (step, before) in enumerate(zip(part.steps, levels, strict=False), start=1):
        colour = {"better": "good", "worse": "bad"}.get(step.verdict or "", "actual")
        low, high = sorted((before, before + step.value))
        frame.axes.barh([frame.at(number)], [high - low], frame.thickness, left=low, zorder=2, **area(colour))
    _total(frame, len(rows) - 1, base, part.end)
    # Where labels stand above, they lie where the connecting lines would run.
    for number, level in enumerate(levels if not frame.shift else []):
        ends = [frame.at(number) + frame.thickness / 2, frame.at(number + 1) - frame.thickness / 2]
        frame.axes.plot([level] * 2, ends, **line("edge", 0.8, zorder=1))
    if base != 0:
        for number in (0, len(rows) - 1):
            _cut(frame, number, base)
    return frame.figure


def _signed(part: Waterfall, step: Bar) -> Quantity:
    return replace(part.measure.of(step.value), signed=True)


def _ends(reach: list[float]) -> tuple[float, float]:
    low, high = min(reach), max(reach)
    return low, high if high > low else low + 1.0


def _base(levels: list[float]) -> float:
    """Where the totals begin: at zero, unless the steps could not be seen from there."""
    low, high = min(levels), max(levels)
    if low <= 0 or high - low >= _ZOOM_BELOW * high:
        return 0.0
    return low - (high - low or high) * 0.5


def _total(frame: Frame, row: int, base: float, total: Bar) -> None:
    corner = (base, frame.at(row) - frame.thickness / 2)
    box(frame.axes, corner, total.value - base, frame.thickness, total.role)


def _cut(frame: Frame, row: int, base: float) -> None:
    """Two slanted gaps that say that the bar does not begin at zero."""
    low, high = frame.axes.get_xlim()
    point = (high - low) / frame.room
    for offset in (10, 15):
        ends = [base + (offset - 3) * point, base + (offset + 3) * point]
        sides = [frame.at(row) + frame.thickness * 0.75, frame.at(row) - frame.thickness * 0.75]
        frame.axes.plot(ends, sides, **line("bg", 2.0, zorder=4, solid_capstyle="butt"))


def describe(part: Waterfall) -> Message:
    """Name both totals and the largest step."""
    largest = max(part.steps, key=lambda step: abs(step.value), default=part.end)
    return counted(
        "Waterfall from {start} ({start_label}) to {end} ({end_label}) in {n} step: {step} by {step_label}.",
        "Waterfall from {start} ({start_label}) to {end} ({end_label}) in {n} steps; the largest is {step} "
        "by {step_label}.",
        Quantity(len(part.steps)),
        start=part.measure.of(part.start.value),
        start_label=as_message(part.start.label),
        end=part.measure.of(part.end.value),
        end_label=as_message(part.end.label),
        step=_signed(part, largest),
        step_label=as_message(largest.label),
    )


def data(part: Waterfall) -> Table:
    """One row a total or step, in the order of the drawing."""
    first: tuple[tuple[Message, Quantity], ...] = ()
    rows = (
        *first,
        (as_message(part.start.label, 200), part.measure.of(part.start.value)),
        *((as_message(step.label, 200), _signed(part, step)) for step in part.steps),
        (as_message(part.end.label, 200), part.measure.of(part.end.value)),
    )
    return Table(part.caption.subtitle, (msg("Step"), msg("Value")), rows)
