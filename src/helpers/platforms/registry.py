"""All platforms, found by looking through this folder."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from types import MappingProxyType

import helpers.platforms as package
from helpers.platforms.model import Platform


def _found() -> dict[str, Platform]:
    modules = (
        importlib.import_module(f"{package.__name__}.{info.name}")
        for info in pkgutil.iter_modules(package.__path__)
        if info.name not in {"model", "registry"}
    )
    platforms = [module.PLATFORM for module in modules if isinstance(getattr(module, "PLATFORM", None), Platform)]
    return {platform.source: platform for platform in platforms}


PLATFORMS: Mapping[str, Platform] = MappingProxyType(_found())
