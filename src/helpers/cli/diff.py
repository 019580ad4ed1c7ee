"""`cuaderno diff`: what changed between two runs of a client."""

# ruff: noqa: PLC0415  imported by the command that needs it, so that --help answers at once
from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from helpers.cli import console
from helpers.cli.options import AsJson, Clients, Reports

if TYPE_CHECKING:
    from helpers.revision import Diff
    from helpers.revision.changes import Difference
    from helpers.revision.diff import Moved

_SHOWN = 20
_DIGEST = 12


def diff(
    client: Annotated[str, typer.Argument(metavar="CLIENT", help="Name of the client's folder.")],
    first: Annotated[str, typer.Argument(metavar="P1", help="Period of the earlier run, or the folder of a run.")],
    second: Annotated[str, typer.Argument(metavar="P2", help="Period of the later run, or the folder of a run.")],
    *,
    as_json: AsJson = False,
    clients: Clients = None,
    reports: Reports = None,
) -> None:
    """Say what changed between two runs: restated figures, goals, definitions, campaigns, files, and what moved."""
    from helpers import revision
    from helpers.clients import find, open_client

    found = revision.diff(open_client(client, find(clients, reports)), first, second)
    if as_json:
        console.document(found.as_json())
    else:
        _print(found)


def _print(found: Diff) -> None:
    out = console.results()
    runs = [f"{run.name} ({run.start} to {run.end})" for run in (found.old, found.new)]
    out.print(console.plain(f"{found.client}: {' → '.join(runs)}", "bold"))
    _figures("Restated: the same days, another figure", found.restated)
    _named("Goals", found.goals)
    _named("Definitions", found.definitions)
    _named("Versions", found.versions)
    _named("Campaigns", found.campaigns, is_legible=False)
    _named("Files", found.files, is_legible=False)
    _figures("Main figures that moved", found.moved)


def _named(title: str, part: Sequence[Difference] | None, *, is_legible: bool = True) -> None:
    """One line a difference; both sides only where they are words."""
    if part is None:
        _title(title, "not recorded by one of the runs; run that period again")
        return
    _title(title, str(len(part)) if part else "none")
    for one in part[:_SHOWN]:
        sides = f": {one.old} → {one.new}" if is_legible and one.kind == "changed" else ""
        value = f": {one.new or one.old}" if is_legible and one.kind != "changed" else ""
        console.results().print(console.plain(f"  {one.kind:<7}  {one.name}{sides}{value}"))
    _rest(part)


def _figures(title: str, part: Sequence[Moved]) -> None:
    _title(title, str(len(part)) if part else "none")
    if not part:
        return
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=False)
    table.add_column(overflow="fold")
    for _ in range(4):
        table.add_column(justify="right", no_wrap=True)
    table.add_column(overflow="fold")
    for one in part[:_SHOWN]:
        place = ", ".join(f"{key} {value}" for key, value in one.scope)
        days = f"{one.period.start} to {one.period.end}" if one.period else ""
        verdict = f"{one.verdict} (against {one.against})" if one.verdict else ""
        change = "" if one.change is None else f"{one.change:+.1%}"
        name = "  " + " · ".join(filter(None, (one.metric, place, days)))
        figures = (_written(one, one.old.value), _written(one, one.new.value), _written(one, None))
        table.add_row(*(console.plain(cell) for cell in (name, *figures, change, verdict)))
    console.results().print(table)
    _rest(part)


def _written(moved: Moved, value: float | None) -> str:
    """A figure as reports write it; the difference where none is given."""
    from helpers.units import Quantity
    from helpers.wording import Words

    unit, currency = moved.new.unit, moved.new.currency
    if value is not None:
        return Words("en").text(Quantity(value, unit, currency))
    between = "points" if unit == "share" else unit
    return Words("en").text(Quantity(moved.difference, between, currency, signed=True))


def _title(title: str, said: str) -> None:
    console.results().print(console.plain(f"{title}: {said}", "bold"))


def _rest(part: Sequence[object]) -> None:
    if len(part) > _SHOWN:
        console.results().print(console.plain(f"  … and {len(part) - _SHOWN} more; --json lists all", "dim"))
