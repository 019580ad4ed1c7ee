"""One module a chart: `draw` a part of a Result, `describe` it in a sentence, give its `data` as a table.

All text of a drawing comes from the pen, so that it is drawn once and its words are exchanged for other languages.
A module of this folder that draws is a chart; there is no list to keep.
"""

from __future__ import annotations

import io
import pkgutil
import warnings
from collections.abc import Sequence
from importlib import import_module
from typing import Any, Protocol

from matplotlib.figure import Figure

from helpers.charts.density import DPI, lighten
from helpers.charts.style import NARROW, WIDE, Size, theme
from helpers.charts.units import unit_of
from helpers.stages.parts import Measure, Table
from helpers.svg import clean
from helpers.wording import Message, Pen, Recording, msg

__all__ = ["CHARTS", "Chart", "describe", "render"]

_COUNTS = Measure("count")


class Chart(Protocol):
    """What a module of this folder offers; `Any` is the one kind of part that it draws."""

    def draw(self, part: Any, pen: Pen, size: Size) -> Figure:
        """The drawing."""

    def describe(self, part: Any) -> Message:
        """Type, range and extremes in a sentence, for readers who do not see the drawing."""

    def data(self, part: Any) -> Table:
        """Every number that the drawing shows."""


def _charts() -> dict[str, Chart]:
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    found = {name: import_module(f"{__name__}.{name}") for name in names}
    return {name: module for name, module in found.items() if hasattr(module, "draw")}


CHARTS: dict[str, Chart] = _charts()
"""Every chart by the name of its module."""


def describe(chart: Chart, part: Any) -> Message:
    """Say what a drawing shows: the chart's own sentence, and the unit of its values."""
    measure: Measure = getattr(part, "measure", _COUNTS)
    return msg("{sentence} {unit}", sentence=chart.describe(part), unit=unit_of(measure))


def render(chart: Chart, part: Any, languages: Sequence[str]) -> tuple[str, str, list[list[str]]]:
    """Draw a part for screens and for phones.

    Parameters
    ----------
    chart
        A module of `CHARTS`.
    part
        The part of a Result that it draws.
    languages
        The language that is drawn, then those in which the page is shown.

    Returns
    -------
    The wide and the narrow drawing, cleaned, and their texts: one row a text, as drawn, then in each language.
    """
    pen = Recording(languages)
    with theme(), warnings.catch_warnings():
        # Names may hold signs that the measuring font lacks; the reader's own fonts show them.
        warnings.filterwarnings("ignore", message=r"Glyph .* missing from")
        wide, narrow = (clean(_svg(chart.draw(part, pen, size))) for size in (WIDE, NARROW))
    return wide, narrow, pen.rows


def _svg(figure: Figure) -> str:
    lighten(figure)
    out = io.StringIO()
    figure.savefig(out, format="svg", metadata={"Date": None}, dpi=DPI)
    return out.getvalue()
