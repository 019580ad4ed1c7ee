"""The stages of the workflow: one module a stage, same stem as its notebook.

A stage module holds a frozen `Inputs`, a frozen `Result` and `analyse(Inputs) -> Result`. The fields of `Inputs` say
what the stage reads: a canonical table by its name, or one of the further names of `context.FURTHER_INPUTS`; one that
asks for `earlier` names in `READS` the stages whose claims it reads. No clock, no random, no path inside.
"""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import fields
from types import ModuleType

from helpers.errors import UsageError
from helpers.tables import TABLES


def names() -> tuple[str, ...]:
    """Every stage that there is, in alphabetical order."""
    found = (info.name for info in pkgutil.iter_modules(__path__))
    return tuple(name for name in found if hasattr(importlib.import_module(f"{__name__}.{name}"), "analyse"))


def reads(module: ModuleType) -> tuple[str, ...]:
    """The stages whose saved claims a stage reads, in its `READS`; most read none."""
    return tuple(getattr(module, "READS", ()))


def tables_of(module: ModuleType) -> frozenset[str]:
    """The canonical tables that a stage reads."""
    return frozenset(field.name for field in fields(module.Inputs)) & frozenset(TABLES)


def stage(name: str) -> ModuleType:
    """The module of a stage.

    Raises
    ------
    UsageError
        If there is no such stage.
    """
    if name not in names():
        raise UsageError("there is no such stage", seen=name, next_step=f"Name one of: {', '.join(names())}.")
    return importlib.import_module(f"{__name__}.{name}")
