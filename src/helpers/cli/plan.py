"""`cuaderno plan`: a media plan is proposed by an analysis, edited and approved by a person."""

# ruff: noqa: PLC0415  imported by the command that needs it, so that --help answers at once
from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias
from zoneinfo import ZoneInfo

import typer
from rich.table import Table

from helpers.cli import console
from helpers.cli.options import AsJson, Clients
from helpers.errors import UsageError

if TYPE_CHECKING:
    from helpers.clients import Client
    from helpers.plans import Plan

plan = typer.Typer(
    help="The media plan: proposed by strategy, edited and approved by a person.",
    no_args_is_help=True,
    add_completion=False,
)

_Client: TypeAlias = Annotated[str, typer.Argument(metavar="CLIENT", help="Name of the client's folder.")]
_Flight: TypeAlias = Annotated[
    str | None, typer.Argument(metavar="[FLIGHT]", help="Name of the flight; the latest where left out.")
]


@plan.command("propose")
def propose(
    client: _Client,
    flight: _Flight = None,
    *,
    xlsx: Annotated[Path | None, typer.Option(help="Take an edited spreadsheet of `plan show --xlsx` back.")] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Bring an existing proposal up to the newest.")] = False,
    clients: Clients = None,
) -> None:
    """Write what the strategy report proposes, or an edited spreadsheet, as plans/FLIGHT.yaml."""
    from helpers import plans
    from helpers.clients import find, open_client

    opened = open_client(client, find(clients))
    if xlsx is None:
        written = plans.propose(opened, _proposal(opened, flight), replace=replace)
    else:
        written = _take_back(opened, flight, xlsx)
    console.results().print(console.plain(str(written)))
    console.note(f"Next: edit it, look at it with `cuaderno plan show {client}`, then")
    console.note(f"sign it: cuaderno plan approve {client} --by NAME")


@plan.command("show")
def show(
    client: _Client,
    flight: _Flight = None,
    *,
    xlsx: Annotated[Path | None, typer.Option(help="Write it as a spreadsheet to this file.")] = None,
    as_json: AsJson = False,
    clients: Clients = None,
) -> None:
    """Show a plan: its lines, their days and budgets."""
    from helpers import plans
    from helpers.clients import find, open_client
    from helpers.clients.files import write_whole
    from helpers.plans.sheet import as_sheet

    found = plans.find_plan(open_client(client, find(clients)), flight)
    if xlsx is not None:
        write_whole(xlsx, as_sheet(found.plan))
        console.results().print(console.plain(str(xlsx)))
        console.note(f"Edit it, then take it back: cuaderno plan propose {client} {found.plan.flight} --xlsx {xlsx}")
    elif as_json:
        console.document(found.plan.model_dump(mode="json", exclude_none=True))
    else:
        _print(found.plan)


@plan.command("approve")
def approve(
    client: _Client,
    flight: _Flight = None,
    *,
    by: Annotated[str, typer.Option(help="Who approves it.")],
    on: Annotated[str, typer.Option(help="The day, as 2026-11-05; today where left out.")] = "",
    clients: Clients = None,
) -> None:
    """Sign a plan: campaigns, monitoring and post-campaign read approved plans alone."""
    from helpers import plans
    from helpers.clients import find, open_client

    opened = open_client(client, find(clients))
    found = plans.find_plan(opened, flight)
    day = _day(on) if on else datetime.now(ZoneInfo(opened.timezone)).date()
    written = plans.approve(found, by=by, on=day)
    console.results().print(console.plain(str(written)))
    console.note(f"{found.plan.flight} is approved by {by}.")


def _proposal(client: Client, flight: str | None) -> Plan:
    """The proposal of a saved strategy: that of the flight, or the one that starts last."""
    from helpers.page import saved
    from helpers.plans import Plan

    results = (one["result"] for one in saved.documents(client) if one["stage"] == "strategy")
    proposals = [Plan.model_validate(result["plan"]) for result in results if "flight" in (result.get("plan") or {})]
    wanted = [one for one in proposals if flight in {None, one.flight}]
    if not wanted:
        raise UsageError(
            "no strategy report has proposed such a plan"
            if proposals
            else "no strategy report has proposed a plan yet",
            where=client.id,
            seen=flight or "",
            next_step=f"Run `cuaderno report {client.id} --stage strategy` first; its page says what a plan lacks.",
        )
    return max(wanted, key=lambda one: one.start)


def _take_back(client: Client, flight: str | None, xlsx: Path) -> Path:
    from helpers import plans
    from helpers.plans.sheet import from_sheet

    if not xlsx.is_file():
        raise UsageError(
            "there is no such file", where="--xlsx", seen=str(xlsx), next_step="Name the edited spreadsheet."
        )
    found = plans.find_plan(client, flight)
    return plans.revise(found, from_sheet(xlsx.read_bytes(), xlsx.name, found.plan))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError("this is no day", where="--on", seen=text, next_step="Write it as 2026-11-05.") from error


def _print(shown: Plan) -> None:
    signed = f", by {shown.approved_by} on {shown.approved_on}" if shown.approved else ""
    console.results().print(console.plain(f"{shown.flight}: {shown.status}{signed}", "bold"))
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for head in ("line", "platform", "channel", "campaign", "persona", "start", "end"):
        table.add_column(head, overflow="fold")
    table.add_column(f"budget in {shown.currency}", justify="right")
    rows = [
        (one.line, one.platform, one.channel, one.campaign, one.persona, one.start, one.end, one.budget)
        for one in shown.lines
    ]
    for row in [*rows, ("total", "", "", "", "", shown.start, shown.end, shown.budget)]:
        table.add_row(*(console.plain(str(cell or "")) for cell in row[:-1]), console.plain(f"{row[-1]:,.2f}"))
    console.results().print(table)
    for goal in shown.objectives:
        place = ", ".join(f"{key} {value}" for key, value in goal.scope.items())
        console.results().print(console.plain(f"objective: {goal.metric} {goal.target:g} {place}".rstrip()))
