"""`cuaderno platforms` and `cuaderno kpis`: what can be read, and what can be claimed."""

# ruff: noqa: PLC0415  imported by the command that needs it, so that --help answers at once
from __future__ import annotations

from typing import Annotated, Any

import typer
from rich.table import Table

from helpers.cli import console
from helpers.cli.options import AsJson


def platforms(*, as_json: AsJson = False) -> None:
    """List the exports that are recognised."""
    from helpers.platforms import PLATFORMS

    found: list[dict[str, Any]] = [
        {
            "source": platform.source,
            "title": platform.title,
            "reports": [{"report": report.name, "table": report.table} for report in platform.reports],
        }
        for _, platform in sorted(PLATFORMS.items())
    ]
    if as_json:
        console.document({"platforms": found})
        return
    rows = [
        (one["source"], one["title"], report["report"], report["table"]) for one in found for report in one["reports"]
    ]
    _table(("source", "platform", "report", "table"), rows)


def kpis(
    *,
    as_json: AsJson = False,
    language: Annotated[str, typer.Option(help="Language of the names.")] = "en",
) -> None:
    """List the metrics that goals, plans and claims may name."""
    from helpers.kpis import METRICS
    from helpers.wording import Words

    words = Words(language)
    found: list[dict[str, Any]] = [
        {
            "id": metric.id,
            "label": words.text(metric.label),
            "unit": metric.unit,
            "additivity": metric.additivity,
            "direction": metric.direction,
            "formula": metric.formula,
            "meaning": words.text(metric.meaning),
        }
        for metric in METRICS.values()
    ]
    if as_json:
        console.document({"metrics": found})
        return
    keys = ("id", "label", "unit", "direction", "formula")
    _table(keys, [tuple(one[key] for key in keys) for one in found])


def _table(heads: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for head in heads:
        table.add_column(head, overflow="fold")
    for row in rows:
        table.add_row(*(console.plain(str(cell)) for cell in row))
    console.results().print(table)
