"""Plan files of a client: read, proposed, revised and approved; a person's comments and order outlive every edit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from helpers.clients import Client, document, faults
from helpers.clients.files import write_whole
from helpers.clients.nearest import advice
from helpers.errors import ClientError, UsageError
from helpers.plans import editing
from helpers.plans.model import LINE_KEYS, Plan

_HEAD = ("flight", "status", "approved_by", "approved_on", "start", "end", "currency")
_NOT_IN_A_NAME = re.compile(r"[^\w-]+")


@dataclass(frozen=True)
class PlanFile:
    """A plan and the file that holds it; `shown` is how messages name the file."""

    plan: Plan
    path: Path
    shown: str


def load_plans(client: Client) -> tuple[Plan, ...]:
    """Read all plans of a client, proposed ones too, in order of their start.

    Raises
    ------
    ClientError
        With everything that is to be mended in any of them.
    """
    return tuple(found.plan for found in _plan_files(client))


def find_plan(client: Client, flight: str | None = None) -> PlanFile:
    """Find a flight's plan; the one that starts last, where no flight is named.

    Raises
    ------
    UsageError
        If there is no such plan.
    ClientError
        With everything that is to be mended in any plan of the client.
    """
    files = {found.plan.flight: found for found in _plan_files(client)}
    if flight is None and files:
        return list(files.values())[-1]
    if flight not in files:
        hint = "Propose one: cuaderno report CLIENT --stage strategy, then cuaderno plan propose CLIENT."
        raise UsageError(
            "there is no such plan" if flight else "the client has no plan",
            where=f"{client.id}/plans",
            seen=flight or "",
            next_step=advice(flight or "", files) if files else hint,
        )
    return files[flight or ""]


def propose(client: Client, plan: Plan, *, replace: bool = False) -> Path:
    """Write a proposal as plans/<flight>.yaml.

    Parameters
    ----------
    plan
        A proposed plan.
    replace
        Whether a proposal of the same flight is brought up to this one; its comments and order stay.

    Raises
    ------
    UsageError
        If the flight has an approved plan, or a proposal that is not to be replaced; nothing is written.
    """
    existing = next((found for found in _plan_files(client) if found.plan.flight == plan.flight), None)
    if existing is None:
        path = client.folder / "plans" / f"{_NOT_IN_A_NAME.sub('-', plan.flight).strip('-') or 'plan'}.yaml"
        write_whole(path, editing.fresh(_content(plan)))
        return path
    if existing.plan.approved:
        raise _signed(
            existing,
            "the flight has an approved plan, which no proposal touches",
            "Name another flight, or set its status back to proposed by hand.",
        )
    if not replace:
        raise UsageError(
            "there is a proposal for this flight already",
            where=existing.shown,
            next_step="Edit it, approve it, or say --replace to bring it up to the newest strategy.",
        )
    return revise(existing, _content(plan))


def revise(found: PlanFile, content: Mapping[str, Any]) -> Path:
    """Bring a plan file up to new content: keys that it does not name stay, and so do comments and order.

    Raises
    ------
    UsageError
        If the plan is approved.
    ClientError
        If the new content is no sound plan; the file is left as it was.
    """
    if found.plan.approved:
        raise _signed(
            found,
            "the plan is approved, and is not edited any more",
            "Set its status back to proposed by hand, or plan another flight.",
        )
    return _write(found, content)


def approve(found: PlanFile, *, by: str, on: date) -> Path:
    """Sign a plan; only then it counts for the stages that come after.

    Raises
    ------
    UsageError
        If it is approved already.
    """
    if found.plan.approved:
        raise _signed(found, "the plan is approved already", "There is nothing to do.")
    return _write(found, {"status": "approved", "approved_by": by, "approved_on": on})


def read_plan(content: bytes, name: str) -> Plan:
    """Read one plan.

    Parameters
    ----------
    content
        The file.
    name
        What to call it in messages.

    Raises
    ------
    ClientError
        With everything that is to be mended.
    """
    return faults.read(Plan, document.parse(content, name))


def _content(plan: Plan) -> dict[str, Any]:
    """What is written of a plan, in the order in which people read it; what is not set is left out."""
    given = plan.model_dump(exclude_none=True)
    lines = [{key: line[key] for key in (*LINE_KEYS, "curve") if key in line} for line in given["lines"]]
    objectives = [{key: value for key, value in goal.items() if value != {}} for goal in given["objectives"]]
    return {key: given[key] for key in _HEAD if key in given} | {"objectives": objectives, "lines": lines}


def _signed(found: PlanFile, what: str, next_step: str) -> UsageError:
    """The refusal to touch what somebody has signed."""
    seen = f"approved by {found.plan.approved_by} on {found.plan.approved_on}"
    return UsageError(what, where=found.shown, seen=seen, next_step=next_step)


def _write(found: PlanFile, content: Mapping[str, Any]) -> Path:
    text = editing.revised(found.path.read_text(encoding="utf-8-sig"), content)
    read_plan(text.encode(), found.shown)
    write_whole(found.path, text)
    return found.path


def _plan_files(client: Client) -> list[PlanFile]:
    """Every plan with its file, in order of its start; all faults of all files at once."""
    files: dict[str, PlanFile] = {}
    problems: list[ClientError] = []
    for path in client.plans:
        shown = f"{client.roots.clients.name}/{client.id}/{client.shown(path)}"
        try:
            plan = read_plan(client.inside(path).read_bytes(), shown)
        except ClientError as error:
            problems += [one for one in faults.each(error) if isinstance(one, ClientError)]
            continue
        if plan.flight in files:
            problems.append(_flight_twice(plan, shown))
        files[plan.flight] = PlanFile(plan, path, shown)
    faults.raise_all(problems)
    return sorted(files.values(), key=lambda found: (found.plan.start, found.plan.flight))


def _flight_twice(plan: Plan, shown: str) -> ClientError:
    return ClientError(
        "two plans have the same flight", where=shown, seen=plan.flight, next_step="Rename the flight of one of them."
    )
