"""`cuaderno portfolio`: how all clients stand, in the terminal, as JSON and as pages."""

# ruff: noqa: PLC0415  imported by the command that needs it, so that --help answers at once
from __future__ import annotations

from enum import StrEnum
from textwrap import shorten
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from helpers.cli import console
from helpers.cli.options import AsJson, Clients, Reports

if TYPE_CHECKING:
    from rich.text import Text

    from helpers.clients import Roots
    from helpers.site import Client, Portfolio
    from helpers.wording import Words


class Order(StrEnum):
    """What clients can be ordered by."""

    STATE = "state"
    NAME = "name"
    SPEND = "spend"


_LONGEST = 200
"""Signs of a reason; a run document has the whole of an error, with what to do."""

_STYLES = {
    "failed": "bold red",
    "stale": "yellow",
    "off_track": "red",
    "at_risk": "yellow",
    "on_track": "green",
    "not_judged": "dim",
}


def portfolio(
    *,
    by: Annotated[Order, typer.Option(help="Order of the clients.")] = Order.STATE,
    as_json: AsJson = False,
    clients: Clients = None,
    reports: Reports = None,
) -> None:
    """Show how all clients stand, and write the pages that say so anew."""
    from helpers.clients import find

    roots = find(clients, reports)
    found = rewrite(roots)
    if as_json:
        console.document(found.as_json(by.value))
        return
    _show(found, by)
    console.note(f"The same as pages: {roots.reports / 'index.html'}")


def rewrite(roots: Roots) -> Portfolio:
    """Write the pages of the portfolio; whoever else is at it is waited for, so that no page is of two minds."""
    from helpers import site
    from helpers.batch import hold

    with hold(roots.kept / "portfolio.lock", "portfolio", waits=True):
        found = site.overview(roots.reports)
        site.write_portfolio(roots.reports, found)
    return found


def _show(found: Portfolio, by: Order) -> None:
    from helpers.wording import Words

    if not found.clients:
        console.note("No client has a report yet. One is made with: cuaderno report CLIENT")
        return
    words = Words("en")
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for head in ("client", "state", "spend", "data until", "why"):
        table.add_column(head, overflow="fold", justify="right" if head == "spend" else "left")
    for client in found.ordered(by.value):
        table.add_row(*_row(client, words))
    console.results().print(table)


def _row(client: Client, words: Words) -> list[Text]:
    spend = words.text(client.spend.figure) if client.spend else "–"
    reason = f"{words.text(client.state.reason)} {client.state.error}".strip()
    return [
        console.plain(client.name if client.name == client.id else f"{client.name} ({client.id})"),
        console.plain(words.inside(client.state.word), _STYLES[client.state.kind]),
        console.plain(spend),
        console.plain(client.run.newest.isoformat() if client.run.newest else "–"),
        console.plain(shorten(reason, _LONGEST, placeholder="…")),
    ]
