"""Claim by claim: what a page says against what is worked out now."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel

from helpers.revision.changes import Changes, said
from helpers.revision.forms import ClaimForm

EXACT = 1e-9
"""Relative difference up to which two numbers are the same."""

Outcome = Literal["holds", "differs", "other_files", "gone"]

_FIELDS = ("value", "interval", "n", "compared_to", "verdict", "unit", "currency", "metric", "scope", "period")


@dataclass(frozen=True)
class FieldChange:
    """A field of a claim that is not as it was; parts of a field are named with a dot."""

    field: str
    old: Any
    new: Any


@dataclass(frozen=True)
class Judged:
    """What became of a claim.

    Parameters
    ----------
    outcome
        `holds`; `differs` in a figure or verdict; `other_files`: the same figures from other files; `gone`: it can no
        longer be made.
    why
        As far as known.
    """

    id: str
    outcome: Outcome
    changes: tuple[FieldChange, ...] = ()
    why: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the claim's id, outcome, changed fields and reasons."""
        fields = [{"field": one.field, "old": one.old, "new": one.new} for one in self.changes]
        return {"id": self.id, "outcome": self.outcome, "changes": fields, "why": list(self.why)}


def judge(old: ClaimForm, new: ClaimForm | None, beneath: Changes) -> Judged:
    """Hold a claim against the one of the same id that is made now; None where none is."""
    if new is None:
        return Judged(old.id, "gone", why=_why(old, None, beneath))
    changed = tuple(change for field in _FIELDS for change in _changed(field, _plain(old, field), _plain(new, field)))
    if changed:
        return Judged(old.id, "differs", changed, _why(old, new, beneath))
    if _files(old) != _files(new):
        return Judged(old.id, "other_files", why=_why(old, new, beneath))
    return Judged(old.id, "holds")


def is_same(old: object, new: object) -> bool:
    """Whether two values are equal, numbers to a relative `EXACT`."""
    if isinstance(old, float | int) and isinstance(new, float | int):
        return math.isclose(old, new, rel_tol=EXACT)
    return old == new


def _plain(claim: ClaimForm, field: str) -> object:
    value = getattr(claim, field)
    return value.model_dump(mode="json") if isinstance(value, BaseModel) else value


def _changed(field: str, old: object, new: object) -> Iterator[FieldChange]:
    if isinstance(old, dict) and isinstance(new, dict):
        for key in dict.fromkeys((*old, *new)):
            yield from _changed(f"{field}.{key}", old.get(key), new.get(key))
    elif not is_same(old, new):
        yield FieldChange(field, old, new)


def _files(claim: ClaimForm) -> dict[str, tuple[str, int]]:
    return {one.file: (one.sha256, one.rows) for one in claim.evidence}


def _why(old: ClaimForm, new: ClaimForm | None, beneath: Changes) -> tuple[str, ...]:
    """The changes that this claim can come from: first those that name it, else all that there are."""
    mine = {*_files(old), *(_files(new) if new else {})}
    against = {claim.compared_to.what for claim in (old, new) if claim and claim.compared_to}
    named = [
        *(said("files", one) for one in beneath.files if one.name in mine),
        *(said("definitions", one) for one in beneath.definitions if one.name == old.metric),
    ]
    if "target" in against:
        goals = (one for one in beneath.goals if one.name.split(" ")[0] in {old.metric, old.scope.get("parameter")})
        named += [said("goals", one) for one in goals]
    if "plan" in against:
        named += [said("settings", one) for one in beneath.settings if one.name.startswith("plans/")]
    if named:
        return tuple(named)
    if len(beneath.said) > 1:
        return (f"one of: {'; '.join(beneath.said)}",)
    return beneath.said or ("nothing beneath it has changed, so the page was edited",)
