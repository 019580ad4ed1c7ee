"""What a report costs and weighs, beside nbconvert's own page: `python -m benchmarks.report [--quick] [FOLDER]`.

On executed notebooks of the demo client: the page in one language, warm and in one process, its drawings set apart;
every chart drawn for screen and phone; the bytes of the pages. Time is CPU time of the process, the median of several
rounds; garbage is collected before them, since what other work left behind is not the page's. `lab` is nbconvert's
stock exporter on the same notebook in the same run, so that only the ratio says something on another machine.
"""

from __future__ import annotations

import argparse
import gc
import gzip
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import HTMLExporter

from helpers.blocks import Figure
from helpers.catalogue.samples import typical
from helpers.charts import CHARTS, render
from helpers.export import pages
from helpers.export.reading import read
from helpers.html.drawing import drawing
from helpers.html.view import View

RENDER, CHART = 30.0, 100.0
"""Milliseconds of CPU: a page beyond its drawings, a chart with both drawings."""
CLAIMLESS, WHOLE, PACKED = 150, 300, 60
"""Kilobytes: a page of six charts without its claims, a page whole, a page compressed."""
FIGURES = 6

_CLAIMS = re.compile(r'<script type="application/json" id="claims">.*?</script>', re.DOTALL)


@dataclass(frozen=True)
class Line:
    """One row of a table: what was measured, its figures as text, and the bars that it misses."""

    what: str
    figures: tuple[str, ...]
    missed: tuple[str, ...] = ()


def rendering(notebooks: dict[str, Any], rounds: int) -> Iterator[Line]:
    """Milliseconds of CPU for the page in its first language, with and without its drawings, beside `lab`."""
    yield Line("page", ("figures", "whole ms", "drawings ms", "beyond ms", "lab ms", "lab / whole"))
    lab = HTMLExporter(template_name="lab")
    for name, notebook in notebooks.items():
        sheet = read(notebook)
        language = sheet.head.languages[0]
        figures = [piece for piece in sheet.pieces if isinstance(piece, Figure)]
        whole = median_ms(lambda book=notebook, code=language: pages(book, [code]), rounds)
        drawings = median_ms(lambda shown=figures, code=language: _draw_again(shown, code), rounds)
        stock = median_ms(lambda book=notebook: lab.from_notebook_node(book), max(rounds // 3, 3))
        beyond = max(whole - drawings, 0.0)
        yield Line(
            name,
            (
                str(len(figures)),
                f"{whole:.1f}",
                f"{drawings:.1f}",
                f"{beyond:.1f}",
                f"{stock:.1f}",
                f"{stock / whole:.1f}",
            ),
            missed("render", beyond, RENDER, "ms"),
        )


def _draw_again(figures: Sequence[Figure], language: str) -> None:
    """Clean and translate both drawings of each figure, as the page does."""
    view = View(0, language)
    for figure in figures:
        for is_wide in (True, False):
            drawing(figure, view, is_wide=is_wide, prefix="f1-")


def charting(rounds: int) -> Iterator[Line]:
    """Milliseconds of CPU for both drawings of a typical part, cleaned, in three languages."""
    yield Line("chart", ("both drawings ms", "kB"))
    for name, part in typical().items():
        spent = median_ms(lambda chart=name, drawn=part: render(CHARTS[chart], drawn, ("es-ES", "es-ES", "en")), rounds)
        weight = sum(map(len, render(CHARTS[name], part, ("es-ES", "es-ES", "en"))[:2])) / 1000
        yield Line(name, (f"{spent:.1f}", f"{weight:.1f}"), missed("chart", spent, CHART, "ms"))


def weighing(notebooks: dict[str, Any]) -> Iterator[Line]:
    """Kilobytes of every page: whole, compressed and without its claims, beside `lab`."""
    yield Line("page", ("figures", "kB", "gzip kB", "without claims", "lab kB", "lab gzip kB"))
    lab = HTMLExporter(template_name="lab")
    for name, notebook in notebooks.items():
        count = sum(isinstance(piece, Figure) for piece in read(notebook).pieces)
        usual = lab.from_notebook_node(notebook)[0]
        stock = (_kilobytes(usual), _packed(usual))
        for language, page in pages(notebook).items():
            whole, packed, claimless = _kilobytes(page), _packed(page), _kilobytes(_CLAIMS.sub("", page))
            # A page of fewer charts has to be as light as one of six; a page of more may weigh as much more.
            allowed = CLAIMLESS * max(count, FIGURES) / FIGURES
            sizes = (whole, packed, claimless, *stock)
            yield Line(
                f"{name}.{language}",
                (str(count), *(f"{size:.0f}" for size in sizes)),
                (
                    *missed("whole", whole, WHOLE, "kB"),
                    *missed("gzip", packed, PACKED, "kB"),
                    *missed("without claims", claimless, allowed, "kB"),
                ),
            )


def missed(what: str, found: float, bar: float, unit: str) -> tuple[str, ...]:
    """Name the bar if it was missed."""
    return () if found <= bar else (f"{what} {found:.1f} > {bar:g} {unit}",)


def median_ms(work: Callable[[], object], rounds: int) -> float:
    """Median milliseconds of CPU over the rounds, after one that warms up."""
    work()
    gc.collect()
    spent = []
    for _ in range(rounds):
        before = time.process_time()
        work()
        spent.append((time.process_time() - before) * 1000)
    return statistics.median(spent)


def _kilobytes(page: str) -> float:
    return len(page.encode()) / 1000


def _packed(page: str) -> float:
    return len(gzip.compress(page.encode(), mtime=0)) / 1000


def executed(folder: Path) -> dict[str, Any]:
    """The executed notebooks of a folder of reports, by stage."""
    found = {path.stem: nbformat.read(path, as_version=4) for path in sorted(folder.glob("*.ipynb"))}
    if not found:
        raise SystemExit(f"{folder}: no executed notebook; name a folder reports/<client>/<period>, or none at all")
    return found


def made(reports: Path, *, quick: bool) -> Path:
    """Run the demo client and return the folder of its notebooks."""
    stages = ["--stage", "audit,post_campaign"] if quick else []
    command = [sys.executable, "-m", "helpers", "report", "demo", "--reports", str(reports), *stages]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return next((reports / "demo").glob("*/run.json")).parent


def show(lines: Sequence[Line]) -> None:
    """Print a table whose first line names the columns."""
    wide = [max(len(line.figures[at]) for line in lines) + 2 for at in range(len(lines[0].figures))]
    name = max(len(line.what) for line in lines)
    for line in lines:
        cells = "".join(figure.rjust(width) for figure, width in zip(line.figures, wide, strict=True))
        print(f"{line.what:<{name}}{cells}{'  MISSED ' + ', '.join(line.missed) if line.missed else ''}", flush=True)
    print()


def main(arguments: list[str] | None = None) -> int:
    """Print the tables; 1 if a bar is missed."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.report", description="What a report costs and weighs.")
    asked.add_argument("folder", nargs="?", type=Path, help="executed notebooks; by default the demo client is run")
    asked.add_argument("--quick", action="store_true", help="two stages, fewer rounds")
    given = asked.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        notebooks = executed(given.folder or made(Path(temporary), quick=given.quick))
    rounds = 3 if given.quick else 9
    tables = [list(table) for table in (rendering(notebooks, rounds), charting(rounds), weighing(notebooks))]
    for table in tables:
        show(table)
    print(f"bars: page beyond its drawings <= {RENDER:g} ms CPU, chart <= {CHART:g} ms CPU;")
    print(f"      six charts without claims <= {CLAIMLESS} kB, whole <= {WHOLE} kB, gzip <= {PACKED} kB")
    rows = [line for table in tables for line in table[1:]]
    short = [line.what for line in rows if line.missed]
    print(
        f"report: {len(rows) - len(short)} of {len(rows)} rows hold every bar"
        + (f"; not: {', '.join(short)}" if short else "")
    )
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
