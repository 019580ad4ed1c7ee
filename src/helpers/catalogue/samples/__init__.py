"""What each chart is tried on: one module a chart, of the same name, whose `SAMPLES` are parts by situation.

The first situation is the typical one. What stands here is drawn in the catalogue and by the tests.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from helpers.charts import CHARTS

__all__ = ["samples", "typical"]


def samples(chart: str) -> dict[str, Any]:
    """The parts that a chart is tried on, by situation.

    Raises
    ------
    ModuleNotFoundError
        If nobody wrote samples for the chart.
    """
    found: dict[str, Any] = import_module(f"{__name__}.{chart}").SAMPLES
    return found


def typical() -> dict[str, Any]:
    """The first sample of every chart, by chart."""
    return {chart: next(iter(samples(chart).values())) for chart in CHARTS}
