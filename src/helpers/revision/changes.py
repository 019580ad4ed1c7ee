"""What has changed beneath the figures: files, goals, definitions, versions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from helpers.revision.forms import MadeFrom

_WORDS = {
    "files": "file",
    "settings": "file",
    "earlier": "report of",
    "goals": "goal",
    "definitions": "definition of",
    "versions": "version of",
}
_LEGIBLE = ("goals", "versions")


@dataclass(frozen=True)
class Difference:
    """Something by its name, before and after; None on the side where it is not."""

    name: str
    old: str | None
    new: str | None

    @property
    def kind(self) -> Literal["new", "gone", "changed"]:
        """What became of it."""
        if self.old is None:
            return "new"
        return "gone" if self.new is None else "changed"

    def as_json(self) -> dict[str, Any]:
        """Return name, kind, and both sides."""
        return {"name": self.name, "kind": self.kind, "old": self.old, "new": self.new}


@dataclass(frozen=True)
class Changes:
    """Everything that is not as it was.

    Parameters
    ----------
    files
        Exports and files of experiments, by digest.
    settings
        Files of the client folder that are no exports, by digest.
    earlier
        What other stages have found, by digest.
    goals
        By metric and scope: the target, and until when.
    definitions
        Of metrics that are claimed on both sides.
    """

    files: tuple[Difference, ...] = ()
    settings: tuple[Difference, ...] = ()
    earlier: tuple[Difference, ...] = ()
    goals: tuple[Difference, ...] = ()
    definitions: tuple[Difference, ...] = ()
    versions: tuple[Difference, ...] = ()

    @property
    def is_none(self) -> bool:
        """Whether everything is as it was, so that the same figures must come out."""
        return not any(part for _, part in self.parts())

    def parts(self) -> Iterable[tuple[str, tuple[Difference, ...]]]:
        """Each kind by its name."""
        return vars(self).items()

    @property
    def said(self) -> tuple[str, ...]:
        """Every change in words."""
        return tuple(said(name, one) for name, part in self.parts() for one in part)

    def as_json(self) -> dict[str, Any]:
        """Return lists by kind."""
        return {name: [one.as_json() for one in part] for name, part in self.parts()}


def changes(old: MadeFrom, new: MadeFrom) -> Changes:
    """Hold two pages of the same stage against each other by what they were made from."""
    return Changes(
        files=differences({one.file: one.sha256 for one in old.inputs}, {one.file: one.sha256 for one in new.inputs}),
        settings=differences(*({one.name: one.sha256 for one in side.files} for side in (old, new))),
        earlier=differences(*({one.name: one.sha256 for one in side.earlier} for side in (old, new))),
        goals=differences(goals(old.goals), goals(new.goals)),
        definitions=in_both(old.definitions, new.definitions),
        versions=differences(old.versions, new.versions),
    )


def differences(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[Difference, ...]:
    """What is not the same on both sides, in order of the names."""
    names = sorted({*old, *new})
    every = (Difference(name, old.get(name), new.get(name)) for name in names)
    return tuple(one for one in every if one.old != one.new)


def in_both(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[Difference, ...]:
    """What is on both sides and not the same."""
    return tuple(one for one in differences(old, new) if one.kind == "changed")


def said(part: str, one: Difference) -> str:
    """A difference of a part of `Changes` in words; of what is told by digests only that it changed."""
    name = f"{_WORDS[part]} {one.name}"
    if one.kind != "changed":
        return f"{name} is {one.kind}"
    return f"{name}: {one.old} → {one.new}" if part in _LEGIBLE else f"{name} was changed"


def goals(listed: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Targets by metric and scope; where several have both in common, also by their last day."""
    found: dict[str, str] = {}
    for goal in listed:
        place = ", ".join(f"{key} {value}" for key, value in sorted((goal.get("scope") or {}).items()))
        name = f"{goal.get('metric')} ({place})" if place else str(goal.get("metric"))
        until = f" until {goal['until']}" if goal.get("until") else ""
        target = goal.get("target")
        written = f"{target:g}" if isinstance(target, float | int) else str(target)
        found[f"{name}{until}" if name in found else name] = f"{written}{until}"
    return found
