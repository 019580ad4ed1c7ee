"""All canonical tables, found by looking through this folder."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from types import MappingProxyType

import helpers.tables as package
from helpers.tables.model import Table


def _found() -> dict[str, Table]:
    modules = (
        importlib.import_module(f"{package.__name__}.{info.name}")
        for info in pkgutil.iter_modules(package.__path__)
        if info.name not in {"model", "registry"}
    )
    tables = [module.TABLE for module in modules if isinstance(getattr(module, "TABLE", None), Table)]
    return {table.name: table for table in tables}


TABLES: Mapping[str, Table] = MappingProxyType(_found())
