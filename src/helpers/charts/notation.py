"""How a scenario looks, in every chart the same: the notation of ISO 24896 and IBCS.

Actual is solid and dark, previous solid and lighter, plan outlined, forecast hatched. Each can be told from the others
on a copy without colours. A chart draws values of a scenario with `box`, `line_of` and `tick`, never in a token of its
own choice.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.path import Path
from matplotlib.transforms import Transform
from numpy.typing import ArrayLike

from helpers.charts.style import area, line
from helpers.stages.parts import Role

_HATCH = 6.0
_INSIDE = 0.42


@dataclass(frozen=True)
class Stroke:
    """How a line is drawn: token, width in points, dashes; a hollow one shows the page between two edges."""

    colour: str
    width: float
    dashes: object = "solid"
    is_hollow: bool = False


STROKES: dict[Role, Stroke] = {
    "actual": Stroke("actual", 2.2),
    "previous": Stroke("previous", 1.6),
    "plan": Stroke("plan", 3.6, is_hollow=True),
    "forecast": Stroke("actual", 2.0, (0, (1.5, 1.5))),
}
_FILLS: dict[Role, tuple[str, str]] = {
    "actual": ("actual", ""),
    "previous": ("previous", ""),
    "plan": ("bg", "plan"),
    "forecast": ("bg", "actual"),
}


def line_of(axes: Axes, x: ArrayLike, y: ArrayLike, stroke: Stroke, transform: Transform | None = None) -> None:
    """Draw a line; without a transform it is in data coordinates."""
    where = {} if transform is None else {"transform": transform, "clip_on": False, "solid_capstyle": "butt"}
    axes.plot(x, y, **line(stroke.colour, stroke.width, linestyle=stroke.dashes, zorder=3, **where))
    if stroke.is_hollow:
        axes.plot(x, y, **line("bg", stroke.width * _INSIDE, zorder=3.1, **where))


def box(axes: Axes, corner: tuple[float, float], width: float, height: float, role: Role) -> None:
    """Draw a bar or column from its lower left corner, in data coordinates; the limits of the axes must be set."""
    fill, edge = _FILLS[role]
    drawn = axes.add_patch(Rectangle(corner, width, height, zorder=2, clip_on=not edge, **area(fill, edge)))
    if role == "forecast":
        hatch(axes, drawn.get_path().transformed(drawn.get_patch_transform()), "actual")


def hatch(axes: Axes, shape: Path, colour: str) -> None:
    """Cover a shape, in data coordinates, with slanted lines; the limits of the axes must be set."""
    figure = axes.get_figure(root=True)
    if figure is None:
        raise ValueError("a shape is hatched only inside a figure")
    to_page = axes.transData
    seen = shape.transformed(to_page).get_extents()
    step = _HATCH * figure.dpi / 72
    # Counted from the corner of the page, so that the lines of neighbouring shapes meet.
    feet = np.arange(np.floor((seen.x0 - seen.height) / step), np.ceil(seen.x1 / step) + 1) * step
    ends = np.array([[[foot, seen.y0], [foot + seen.height, seen.y1]] for foot in feet])
    points = to_page.inverted().transform(ends.reshape(-1, 2)).reshape(-1, 2, 2)
    gaps = np.full((len(points), 1, 2), np.nan)
    x, y = np.concatenate([points, gaps], axis=1).reshape(-1, 2).T
    lines = Line2D(x, y, **line(colour, 0.7, zorder=2.5))
    axes.add_line(lines)
    lines.set_clip_path(shape, to_page)


def tick(axes: Axes, at: float, ends: tuple[float, float], role: Role) -> None:
    """Draw an upright mark across a bar, in data coordinates: what the bar is compared to."""
    stroke = STROKES[role]
    look = {"clip_on": False, "solid_capstyle": "butt", "dash_capstyle": "butt"}
    axes.plot([at] * 2, ends, **line("bg", 6.5 if stroke.is_hollow else 5.0, zorder=5, **look))
    axes.plot(
        [at] * 2,
        ends,
        **line(stroke.colour, 4.2 if stroke.is_hollow else 2.4, zorder=6, linestyle=stroke.dashes, **look),
    )
    if stroke.is_hollow:
        middle, half = sum(ends) / 2, (ends[1] - ends[0]) / 2
        inside = (middle - half * 0.86, middle + half * 0.86)
        axes.plot([at] * 2, inside, **line("bg", 1.6, zorder=7, **look))
