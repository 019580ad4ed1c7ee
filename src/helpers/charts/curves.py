"""Response curves beside each other on common scales, with their bands, and where spend is now and is proposed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.transforms import Affine2D, Transform

from helpers.charts.axis import limits, tick_text, ticks
from helpers.charts.lettering import note, room_of, shortened, widest
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


@dataclass(frozen=True)
class _Panel:
    """One channel's piece of the figure; all share one axes in points, since axes are what costs most to make."""

    axes: Axes
    left: float
    bottom: float
    width: float
    across: tuple[float, float]
    up: tuple[float, float]

    @property
    def into(self) -> Transform:
        """From spend and what it brings to where that lies."""
        (start, end), (low, high) = self.across, self.up
        scaled = Affine2D().translate(-start, -low).scale(self.width / (end - start), _PANEL / (high - low))
        return scaled.translate(self.left, self.bottom) + self.axes.transData

    def height_of(self, value: float) -> float:
        """Where a value lies, in points above the lower edge of the figure."""
        low, high = self.up
        return self.bottom + (value - low) / (high - low) * _PANEL


def draw(part: Curves, pen: Pen, size: Size) -> Figure:
    """Draw one panel a channel; scales are common, so that steepness can be compared by eye."""
    across = ticks(0.0, max(max(curve.spend) for curve in part.curves), 3, part.across)
    low, high = limits([end for curve in part.curves for end in (*curve.low, *curve.high)])
    up = ticks(low, high, 4, part.measure)
    heights = [tick_text(value, part.measure, pen) for value in up]
    layout = _layout(len(part.curves), widest(heights, pen) + 8, size)
    figure = Figure(figsize=(size.width, layout.height / 72))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(0, layout.width)
    axes.set_ylim(0, layout.height)
    for at, curve in enumerate(part.curves):
        left, bottom = layout.corner(at)
        panel = _Panel(axes, left, bottom, layout.panel, (across[0], across[-1]), (up[0], up[-1]))
        texts = heights if at % layout.columns == 0 else [""] * len(up)
        _grid(panel, list(zip(up, texts, strict=True)), [tick_text(value, part.across, pen) for value in panel.across])
        _curve(panel, curve)
        _name(panel, curve, pen)
    _key(axes, pen, layout.height - _KEY / 2)
    return figure


def _layout(count: int, left: float, size: Size) -> _Layout:
    columns = min(count, _NARROW_COLUMNS if size.width <= NARROW.width else _WIDE_COLUMNS)
    rows = -(-count // columns)
    return _Layout(columns, rows, left, size.points, rows * (_TITLE + _PANEL + _FOOT) + _KEY)


def _grid(panel: _Panel, up: list[tuple[float, str]], across: list[str]) -> None:
    right = panel.left + panel.width
    for value, text in up:
        height = panel.height_of(value)
        look = line("edge" if value == 0 else "line", 0.8, zorder=0)
        panel.axes.plot([panel.left, right], [height] * 2, clip_on=False, **look)
        if text:
            note(panel.axes, text, (panel.left - 6, height), **letters("mute", ha="right"))
    for text, place, align in zip(across, (panel.left, right), ("left", "right"), strict=True):
        note(panel.axes, text, (place, panel.bottom - 12), **letters("mute", ha=align))


def _curve(panel: _Panel, curve: Curve) -> None:
    into = panel.into
    panel.axes.fill_between(curve.spend, curve.low, curve.high, alpha=0.16, zorder=1, transform=into, **area("actual"))
    panel.axes.plot(curve.spend, curve.values, transform=into, **line("actual", 2.0, zorder=3))
    for spend, is_filled in ((curve.planned, False), (curve.now, True)):
        value = float(np.interp(spend, curve.spend, curve.values))
        _dot(panel.axes, spend, value, is_filled=is_filled, into=into)


def _dot(axes: Axes, across: float, up: float, *, is_filled: bool, into: Transform | None = None) -> None:
    """A filled dot for now, a ring for the proposal, since plan is outlined; in points without a transform."""
    how = line("actual" if is_filled else "plan", 0, marker="o", markersize=_DOT if is_filled else _DOT + 4, zorder=5)
    if not is_filled:
        how |= {"markerfacecolor": "none", "markeredgewidth": 1.8, "markeredgecolor": how["color"]}
    axes.plot([across], [up], clip_on=False, transform=into or axes.transData, **how)


def _name(panel: _Panel, curve: Curve, pen: Pen) -> None:
    is_name = isinstance(curve.label, Name)
    text = written(curve.label, pen)
    place = (panel.left, panel.bottom + _PANEL + 10)
    how = letters(is_name=is_name, fontweight="bold", ha="left")
    note(panel.axes, shortened(text, panel.width, "bold") if is_name else text, place, **how)


def _key(axes: Axes, pen: Pen, height: float) -> None:
    """What dot and ring mean, above the panels."""
    start = _DOT + 1
    for label, is_filled in ((msg("spend now"), True), (msg("proposed"), False)):
        text = pen.text(label)
        _dot(axes, start, height, is_filled=is_filled)
        note(axes, text, (start + 10, height), **letters("mute", ha="left"))
        start += 10 + room_of(text, pen) + 16


def describe(part: Curves) -> Message:
    """Say how many channels there are, and what the steepest and the flattest of them brings at the spend of now."""
    now = {curve: float(np.interp(curve.now, curve.spend, curve.values)) for curve in part.curves}
    most, least = max(part.curves, key=lambda one: now[one]), min(part.curves, key=lambda one: now[one])
    if len(part.curves) > 1 and now[most] == now[least]:
        return msg(
            "Response curves of {n} channels, which all bring the same at their spend of now: {value}.",
            n=Quantity(len(part.curves)),
            value=part.measure.of(now[most]),
        )
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
