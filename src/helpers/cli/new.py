"""`cuaderno new`: lay down a client folder."""

# ruff: noqa: PLC0415  imported by the command that needs it, so that --help answers at once
from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated

import typer

from helpers.cli import console
from helpers.cli.options import Clients
from helpers.errors import UsageError


def new(
    client: Annotated[str, typer.Argument(metavar="CLIENT", help="Name of the folder: a-z, 0-9 and -.")],
    *,
    name: Annotated[str, typer.Option(help="Name that people read.")] = "",
    currency: Annotated[str, typer.Option(help="Reporting currency, such as EUR.")] = "",
    timezone: Annotated[str, typer.Option(help="Time zone, such as Europe/Madrid.")] = "",
    clients: Clients = None,
) -> None:
    """Lay down a client folder with a commented client.yaml."""
    from helpers.clients import FILE, NAME, checkout, find

    roots = find(clients)
    if not NAME.fullmatch(client):
        raise UsageError(
            "a client's name is made of a-z, 0-9 and -, at most 63 of them",
            where="CLIENT",
            seen=client,
            next_step="Choose such a name for the folder; the name that people read goes into client.yaml.",
        )
    folder = roots.clients / client
    if (folder / FILE).exists():
        raise UsageError(
            "there is already such a client", where=str(folder), next_step="Choose another name, or edit its files."
        )
    shutil.copytree(checkout() / "templates" / "client", folder, dirs_exist_ok=True)
    filled = {"name": name or client.replace("-", " ").title(), "currency": currency, "timezone": timezone}
    missing = _fill_in(folder / FILE, filled)
    console.results().print(console.plain(str(folder)))
    if missing:
        console.note(f"Next: fill in {' and '.join(missing)} in {FILE}, put exports into exports/,")
    else:
        console.note("Next: put exports into exports/,")
    console.note(f"then `cuaderno check {client}` and `cuaderno report {client}`.")


def _fill_in(path: Path, values: dict[str, str]) -> list[str]:
    """Write values behind their keys, comments untouched; the keys that stay blank are returned."""
    text = path.read_text(encoding="utf-8")
    for key, value in values.items():
        text = text.replace(f"\n{key}:", f"\n{key}: {value}" if value else f"\n{key}:", 1)
    path.write_text(text, encoding="utf-8", newline="\n")
    return [key for key, value in values.items() if not value]
