"""Counts from wide to narrow, one group a platform, with each step's share of the step before.

Steps of a funnel differ by powers of ten, so they stand on a logarithmic scale whose lines are labelled.
"""

from __future__ import annotations

import math

from matplotlib.figure import Figure

from helpers.charts.rows import Row, framed, scale
from helpers.charts.style import NARROW, Size, as_message, line
from helpers.stages.parts import Bar, Funnel, Table
from helpers.units import Quantity
from helpers.wording import Message, Name, Pen, msg

Group = tuple[Message | Name, tuple[Bar, ...]]


def draw(part: Funnel, pen: Pen, size: Size) -> Figure:
    """Draw one row a step below the name of its group: its count as a point, its share in words."""
    rows: list[Row] = []
    counts: list[float | None] = []
    for label, steps in part.groups:
        if len(part.groups) > 1:
            rows.append(Row(label, "", is_total=True))
            counts.append(None)
        for step, share in zip(steps, _shares(steps), strict=True):
            rows.append(Row(step.label, _count(step, share, pen)))
            counts.append(step.value)
    frame = framed(rows, pen, size, bottom=18.0)
    top = max([value for value in counts if value is not None and value > 0], default=1.0)
    decades = max(math.ceil(math.log10(top)), 1)
    frame.axes.set_xlim(0, decades)
    # By the size alone, so that every language has the same lines.
    apart = math.ceil(decades / (2 if size.width <= NARROW.width else 4))
    scale(frame, [(at, pen.text(Quantity(10.0**at))) for at in range(0, decades + 1, apart)], pen)
    for number, count in enumerate(counts):
        if count is not None and count >= 1:
            place, end = frame.at(number), math.log10(count)
            frame.axes.plot([0, end], [place] * 2, **line("actual", 2.0, zorder=2, solid_capstyle="butt"))
            frame.axes.plot([end], [place], clip_on=False, **line("actual", 0, zorder=3, marker="o", markersize=8))
    return frame.figure


def _shares(steps: tuple[Bar, ...]) -> list[Quantity | None]:
    """Each step as a share of the one before; None for the first and after a step of none."""
    before = (None, *steps[:-1])
    return [
        Quantity(step.value / last.value, "share") if last is not None and last.value > 0 else None
        for last, step in zip(before, steps, strict=True)
    ]


def _count(step: Bar, share: Quantity | None, pen: Pen) -> str:
    count = Quantity(step.value)
    if share is None:
        return pen.text(count)
    return pen.text(msg("{count} ({share})", count=count, share=share))


def describe(part: Funnel) -> Message:
    """Say what becomes of the first step in the first group, and how many groups there are."""
    label, steps = part.groups[0]
    return msg(
        "Funnel on a logarithmic scale, number of groups: {groups}. For {group}, {first} ({first_label}) "
        "end as {last} ({last_label}).",
        groups=Quantity(len(part.groups)),
        group=as_message(label),
        first=Quantity(steps[0].value),
        first_label=as_message(steps[0].label),
        last=Quantity(steps[-1].value),
        last_label=as_message(steps[-1].label),
    )


def data(part: Funnel) -> Table:
    """One row a step of a group."""
    rows = tuple(
        (label, as_message(step.label), Quantity(step.value), share)
        for label, steps in part.groups
        for step, share in zip(steps, _shares(steps), strict=True)
    )
    return Table(part.caption.subtitle, (msg("Group"), msg("Step"), msg("Count"), msg("Share of step before")), rows)
