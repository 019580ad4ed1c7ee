"""Every check, from the modules of `checks`, and how they are run."""

from __future__ import annotations

import pkgutil
from collections.abc import Collection
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


def examine(material: Material, *, read: Collection[str] | None = None) -> list[Found]:
    """Run the checks that have something to look at, the gravest findings first.

    Parameters
    ----------
    material
        The tables of a client and what was noted when they were read.
    read
        The tables that a page is made from: only what is wrong in them is looked for, and not what the page says
        anyway (notes of the reading, what stages look for themselves) or what is merely to be known. None asks for
        everything.
    """
    found = [
        Found(check.id, dict(finding.scope), check=check, finding=finding)
        for check in CHECKS.values()
        if _has_rows(check, material) and (read is None or _is_for(check, read))
        for finding in check.find(material)
    ]
    if read is None:
        return found
    # A page claims one figure a check and place; the first is the one to act on.
    one_a_place = {(one.code, one.finding.scope): one for one in reversed(found) if set(one.tables) <= set(read)}
    return [one for one in found if one is one_a_place.get((one.code, one.finding.scope))]


def _is_for(check: Check, read: Collection[str]) -> bool:
    is_aside = check.is_said_elsewhere or check.severity == "info"
    return not is_aside and (not check.tables or any(name in read for name in check.tables))


def _has_rows(check: Check, material: Material) -> bool:
    return not check.tables or any(not material.table(name).empty for name in check.tables)
