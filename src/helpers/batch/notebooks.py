"""The stages there are, in the order in which they are run: one notebook `NN_<stage>.ipynb` each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from helpers.clients import checkout
from helpers.clients.nearest import advice
from helpers.errors import UsageError

_NAME = re.compile(r"(\d\d)_([a-z][a-z_]*)\.ipynb")


def folder() -> Path:
    """Where the workbook's own notebooks are."""
    return checkout() / "notebooks"


def stage_notebooks(place: Path) -> dict[str, Path]:
    """The notebook of each stage, in the order of their numbers; other files are passed over."""
    found = sorted(path for path in place.glob("*.ipynb") if _NAME.fullmatch(path.name))
    return {path.stem.partition("_")[2]: path for path in found}


def chosen(asked: Iterable[str], known: Iterable[str]) -> tuple[str, ...]:
    """The stages that were asked for, in the order in which they are run; all where none was named.

    Raises
    ------
    UsageError
        If one is not there.
    """
    names, wanted = list(known), list(asked)
    for name in wanted:
        if name not in names:
            raise UsageError("there is no such stage", where="--stage", seen=name, next_step=advice(name, names))
    return tuple(name for name in names if not wanted or name in wanted)
