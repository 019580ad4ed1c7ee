"""What a run shows while it goes on: a live table on a terminal, one line a stage elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Protocol

from rich.console import Group
from rich.live import Live
from rich.table import Table

from helpers.cli import console

_MARKS = {
    "ok": "green",
    "cached": "green",
    "failed": "bold red",
    "refused": "yellow",
    "skipped": "dim",
    "running": "cyan",
}


class Progress(Protocol):
    """Hears what clients' processes say."""

    def told(self, client: str, said: Mapping[str, Any]) -> None:
        """A process has said something."""
        ...


@contextmanager
def shown(clients: int) -> Iterator[Progress]:
    """Show progress on standard error as long as the context lasts."""
    if not sys.stderr.isatty():
        yield Lines()
        return
    table = Board(clients)
    with Live(get_renderable=table.render, console=console.log(), refresh_per_second=4, transient=True):
        yield table


class Lines:
    """One line for each stage that ends."""

    def told(self, client: str, said: Mapping[str, Any]) -> None:
        """Write the line."""
        if said.get("event") == "stage" and said["state"] != "running":
            entry = said["entry"]
            console.note(f"{client} {entry['stage']} {entry['status']} {entry['seconds']:.1f} s")


class Board:
    """A table of the clients that run now, with the states of their stages.

    Parameters
    ----------
    clients
        How many there are in all.
    """

    def __init__(self, clients: int) -> None:
        self._all = clients
        self._done = 0
        self._states: dict[str, dict[str, str]] = {}

    def told(self, client: str, said: Mapping[str, Any]) -> None:
        """Note the state."""
        if said.get("event") == "stage":
            self._states.setdefault(client, {})[said["entry"]["stage"]] = said["state"]
        elif said.get("event") == "ended":
            self._states.pop(client, None)
            self._done += 1

    def render(self) -> Group:
        """The table as it stands, below how far the run has come."""
        table = Table.grid(padding=(0, 2, 0, 0))
        for client, states in list(self._states.items()):
            cells = [console.plain(stage, _MARKS.get(state, "")) for stage, state in states.items()]
            table.add_row(console.plain(client, "bold"), *cells)
        return Group(console.plain(f"{self._done} of {self._all} clients", "dim"), table)
