"""`cuaderno new`: lay down a client folder."""

# ruff: noqa: PLC0415  imported by the command that needs it, so that --help answers at once
from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated

import typer

from helpers.cli import console
from helpers.cli.options import Clients, listed
from helpers.errors import UsageError


def new(
    client: Annotated[str, typer.Argument(metavar="CLIENT", help="Name of the folder: a-z, 0-9 and -.")],
    *,
    name: Annotated[str, typer.Option(help="Name that people read.")] = "",
    currency: Annotated[str, typer.Option(help="Reporting currency, such as EUR.")] = "",
    timezone: Annotated[str, typer.Option(help="Time zone, such as Europe/Madrid.")] = "",
    language: Annotated[
        str, typer.Option(metavar="L,…", help="Languages of the reports, of en, es-ES, es-MX, es-AR; en if left out.")
    ] = "",
    clients: Clients = None,
) -> None:
    """Lay down a client folder with a commented client.yaml."""
    from helpers.clients import FILE, NAME, checkout, find

    roots = find(clients)
    languages = _known(listed(language))
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
    missing = _fill_in(folder / FILE, filled, languages or ["en"])
    console.results().print(console.plain(str(folder)))
    if missing:
        console.note(f"Next: fill in {' and '.join(missing)} in {FILE}, put exports into exports/,")
    else:
        console.note("Next: put exports into exports/,")
    console.note(f"then `cuaderno check {client}` and `cuaderno report {client}`.")


def _known(languages: list[str]) -> list[str]:
    """The languages, each once; one that there is no catalog for is refused before anything is laid down."""
    from helpers.wording import LANGUAGES

    for language in languages:
        if language not in LANGUAGES:
            raise UsageError(
                "reports cannot be written in this language",
                where="--language",
                seen=language,
                next_step=f"Name one or more of: {', '.join(LANGUAGES)}.",
            )
    return list(dict.fromkeys(languages))


def _fill_in(path: Path, values: dict[str, str], languages: list[str]) -> list[str]:
    """Write values behind their keys, comments untouched; the keys that stay blank are returned."""
    text = path.read_text(encoding="utf-8")
    for key, value in values.items():
        text = text.replace(f"\n{key}:", f"\n{key}: {value}" if value else f"\n{key}:", 1)
    text = text.replace("\nlanguages: [en]", f"\nlanguages: [{', '.join(languages)}]", 1)
    path.write_text(text, encoding="utf-8", newline="\n")
    return [key for key, value in values.items() if not value]
