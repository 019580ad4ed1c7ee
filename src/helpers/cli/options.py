"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

Clients: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--clients", envvar="CUADERNO_CLIENTS", metavar="DIR", show_default=False, help="Folder of the client folders."
    ),
]
Reports: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--reports",
        envvar="CUADERNO_REPORTS",
        metavar="DIR",
        show_default=False,
        help="Folder that reports are written to.",
    ),
]
AsJson: TypeAlias = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]


def listed(text: str) -> list[str]:
    """The parts of a list with commas, blanks left out."""
    return [part.strip() for part in text.split(",") if part.strip()]
