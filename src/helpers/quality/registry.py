"""Every check, from the modules of `checks`, and how they are run."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from itertools import chain

from helpers.quality import checks
from helpers.quality.model import WEIGHT, Check, Found, Material


def _all() -> dict[str, Check]:
    names = sorted(module.name for module in pkgutil.iter_modules(checks.__path__))
    found = chain.from_iterable(import_module(f"{checks.__name__}.{name}").CHECKS for name in names)
    return {check.id: check for check in sorted(found, key=lambda check: WEIGHT[check.severity])}


CHECKS: dict[str, Check] = _all()
"""All checks by id, the gravest first."""


def examine(material: Material, *, is_for_pages: bool = False) -> list[Found]:
    """Run the checks that have something to look at, the gravest findings first.

    Parameters
    ----------
    material
        The tables of a client and what was noted when they were read.
    is_for_pages
        Leave out what is said elsewhere on a page: notes of the reading, what stages look for themselves, and what is
        merely to be known.
    """
    wanted = [check for check in CHECKS.values() if not (is_for_pages and _is_aside(check))]
    return [
        Found(check.id, dict(finding.scope), check=check, finding=finding)
        for check in wanted
        if _has_rows(check, material)
        for finding in check.find(material)
    ]


def _is_aside(check: Check) -> bool:
    return check.is_said_elsewhere or check.severity == "info"


def _has_rows(check: Check, material: Material) -> bool:
    return not check.tables or any(not material.table(name).empty for name in check.tables)
