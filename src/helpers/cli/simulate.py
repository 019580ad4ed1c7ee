"""`cuaderno simulate`: a client folder from a world whose truth is known."""

# ruff: noqa: PLC0415  imported by the command that needs it, so that --help answers at once
from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from helpers.cli import console
from helpers.cli.options import listed


def simulate(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder to write; new or empty.")],
    *,
    seed: Annotated[int, typer.Option(help="The same seed gives the same files.")] = 1,
    seasonal: Annotated[bool, typer.Option("--seasonal", help="All spend follows the season.")] = False,
    without: Annotated[str, typer.Option(metavar="FAULT,…", help="Faults to leave out.")] = "",
) -> None:
    """Write a client folder of raw exports, and beside it DIR.truth.json."""
    from helpers.simulate import write_client, write_truth

    truth = write_client(folder, seed=seed, seasonal=seasonal, without=listed(without))
    beside = folder.absolute().with_name(f"{folder.absolute().name}.truth.json")
    write_truth(truth, beside)
    out = console.results()
    out.print(console.plain(str(folder)))
    out.print(console.plain(str(beside)))
