"""Response curves beside each other on common scales, with their bands, and where spend is now and is proposed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from helpers.charts.axis import limits, tick_text, ticks
from helpers.charts.lettering import SLACK, note, shortened, text_width, widest
from helpers.charts.style import NARROW, Size, area, as_message, letters, line, written
from helpers.stages.parts import Curve, Curves, Table
from helpers.units import Quantity
from helpers.wording import Message, Name, Pen, counted, msg

_TITLE, _FOOT, _GAP, _PANEL, _KEY = 20.0, 22.0, 14.0, 118.0, 18.0
_WIDE_COLUMNS, _NARROW_COLUMNS = 3, 2
_DOT = 5.0


@dataclass(frozen=True)
class _Layout:
    """Where the panels lie, in points."""

    columns: int
    rows: int
    left: float
    width: float
    height: float

    @property
    def panel(self) -> float:
        """Width of one panel."""
        return (self.width - self.left - _GAP * (self.columns - 1) - 6) / self.columns

    def corner(self, at: int) -> tuple[float, float]:
        """Lower left corner of a panel."""
        row, column = divmod(at, self.columns)
        each = _TITLE + _PANEL + _FOOT
        return self.left + column * (self.panel + _GAP), self.height - _KEY - (row + 1) * each + _FOOT


def draw(part: Curves, pen: Pen, size: Size) -> Figure:
    """Draw one panel a channel; scales are common, so that steepness can be compared by eye."""
    across = ticks(0.0, max(max(curve.spend) for curve in part.curves), 3, part.across)
    low, high = limits([end for curve in part.curves for end in (*curve.low, *curve.high)])
    up = ticks(low, high, 4, part.measure)
    heights = [tick_text(value, part.measure, pen) for value in up]
    layout = _layout(len(part.curves), widest(heights) * 1.15 + 8, size)
    figure = Figure(figsize=(size.width, layout.height / 72))
    for at, curve in enumerate(part.curves):
        left, bottom = layout.corner(at)
        axes = figure.add_axes(
            (left / layout.width, bottom / layout.height, layout.panel / layout.width, _PANEL / layout.height)
        )
        axes.set_axis_off()
        axes.set_xlim(0, across[-1])
        axes.set_ylim(up[0], up[-1])
        _grid(
            axes, part, pen, across, list(zip(up, heights if at % layout.columns == 0 else [""] * len(up), strict=True))
        )
        _curve(axes, curve)
        _name(axes, curve, pen, layout, (left, bottom))
    _key(figure, pen, layout)
    return figure


def _layout(count: int, left: float, size: Size) -> _Layout:
    columns = min(count, _NARROW_COLUMNS if size.width <= NARROW.width else _WIDE_COLUMNS)
    rows = -(-count // columns)
    return _Layout(columns, rows, left, size.points, rows * (_TITLE + _PANEL + _FOOT) + _KEY)


def _grid(axes: Axes, part: Curves, pen: Pen, across: list[float], up: list[tuple[float, str]]) -> None:
    end = across[-1]
    for value, text in up:
        axes.plot([0, end], [value] * 2, clip_on=False, **line("edge" if value == 0 else "line", 0.8, zorder=0))
        if text:
            axes.annotate(
                text, (0, value), (-6, 0), textcoords="offset points", va="center", annotation_clip=False,
                **letters("mute", ha="right"),
            )  # fmt: skip
    for value in (across[0], across[-1]):
        text = tick_text(value, part.across, pen)
        axes.annotate(
            text, (value, up[0][0]), (0, -12), textcoords="offset points", va="center", annotation_clip=False,
            **letters("mute", ha="left" if value == across[0] else "right"),
        )  # fmt: skip


def _curve(axes: Axes, curve: Curve) -> None:
    axes.fill_between(curve.spend, curve.low, curve.high, alpha=0.16, zorder=1, **area("actual"))
    axes.plot(curve.spend, curve.values, **line("actual", 2.0, zorder=3))
    for spend, is_filled in ((curve.planned, False), (curve.now, True)):
        value = float(np.interp(spend, curve.spend, curve.values))
        _dot(axes, spend, value, is_filled=is_filled)


def _dot(axes: Axes, across: float, up: float, *, is_filled: bool) -> None:
    """A filled dot for now, a ring for the proposal: told apart without colour."""
    how = line("actual" if is_filled else "s2", 0, marker="o", markersize=_DOT if is_filled else _DOT + 4, zorder=5)
    if not is_filled:
        how |= {"markerfacecolor": "none", "markeredgewidth": 1.8, "markeredgecolor": how["color"]}
    axes.plot([across], [up], clip_on=False, **how)


def _name(axes: Axes, curve: Curve, pen: Pen, layout: _Layout, corner: tuple[float, float]) -> None:
    is_name = isinstance(curve.label, Name)
    text = written(curve.label, pen)
    place = (corner[0], corner[1] + _PANEL + 10)
    how = letters(is_name=is_name, fontweight="bold", ha="left")
    note(axes, shortened(text, layout.panel) if is_name else text, place, **how)


def _key(figure: Figure, pen: Pen, layout: _Layout) -> None:
    """What dot and ring mean, above the panels."""
    axes = figure.add_axes((0, 1 - _KEY / layout.height, 1, _KEY / layout.height))
    axes.set_axis_off()
    axes.set_xlim(0, layout.width)
    axes.set_ylim(0, _KEY)
    start = layout.left + 6
    for label, is_filled in ((msg("spend now"), True), (msg("proposed"), False)):
        text = pen.text(label)
        _dot(axes, start, _KEY / 2, is_filled=is_filled)
        note(axes, text, (start + 10, _KEY / 2), ("data", "data"), **letters("mute", ha="left"))
        start += 10 + text_width(text) * SLACK + 16


def describe(part: Curves) -> Message:
    """Say how many channels there are, and what the steepest and the flattest of them brings at the spend of now."""
    now = {curve: float(np.interp(curve.now, curve.spend, curve.values)) for curve in part.curves}
    most, least = max(part.curves, key=lambda one: now[one]), min(part.curves, key=lambda one: now[one])
    return counted(
        "Response curve of a single channel: {most} brings {most_value} at a spend of {most_spend}.",
        "Response curves of {n} channels: {most} brings most, {most_value} at a spend of {most_spend}; "
        "{least} brings least, {least_value} at {least_spend}.",
        Quantity(len(part.curves)),
        most=as_message(most.label),
        most_value=part.measure.of(now[most]),
        most_spend=part.across.of(most.now),
        least=as_message(least.label),
        least_value=part.measure.of(now[least]),
        least_spend=part.across.of(least.now),
    )


def data(part: Curves) -> Table:
    """One row a channel and point of its curve."""
    rows = tuple(
        (
            as_message(curve.label, 200),
            part.across.of(spend),
            part.measure.of(value),
            part.measure.of(low),
            part.measure.of(high),
        )
        for curve in part.curves
        for spend, value, low, high in zip(curve.spend, curve.values, curve.low, curve.high, strict=True)
    )
    heads = (msg("Channel"), msg("Spend"), msg("Brings"), msg("Low"), msg("High"))
    return Table(part.caption.subtitle, heads, rows)
