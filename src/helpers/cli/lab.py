"""`cuaderno lab`: JupyterLab on working copies of the notebooks."""

# ruff: noqa: PLC0415  imported by the command that needs it, so that --help answers at once
from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from helpers.cli import console
from helpers.cli.options import Clients, Reports
from helpers.errors import UsageError

if TYPE_CHECKING:
    from helpers.clients import Roots

_FOLDER = "_lab"
# Nothing is fetched at run time, neither news nor word of newer versions.
_QUIET = ("--LabApp.news_url=None", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate")
_CLIENT = re.compile(r'^client = ".*"$', re.MULTILINE)


def lab(
    client: Annotated[str, typer.Argument(metavar="[CLIENT]", help="Whom the notebooks are for.")] = "demo",
    further: Annotated[
        list[str] | None, typer.Argument(metavar="-- …", show_default=False, help="Passed on to JupyterLab.")
    ] = None,
    *,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Open no browser.")] = False,
    port: Annotated[int | None, typer.Option(help="Port of the server.", show_default=False)] = None,
    clients: Clients = None,
    reports: Reports = None,
) -> None:
    """Open JupyterLab on working copies of the notebooks; nothing that is shown there gets into the workbook itself."""
    from helpers.batch import stage_notebooks
    from helpers.batch.notebooks import folder
    from helpers.clients import check_name, find
    from helpers.engines.environment import without_secrets

    roots = find(clients, reports)
    check_name(client, roots)
    notebooks = stage_notebooks(folder())
    if not notebooks:
        raise UsageError("there are no notebooks", where=str(folder()), next_step="Check out the workbook again.")
    place = lay_out(list(notebooks.values()), client, roots)
    command = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={place}", *_QUIET]
    command += ["--no-browser"] if no_browser else []
    command += [f"--port={port}"] if port is not None else []
    command += further or []
    console.note(f"JupyterLab on {place}; stop it with Ctrl-C.")
    # The environment's own kernel, not one of the same name in the user's folder.
    surroundings = without_secrets(os.environ, roots) | roots.variables() | {"JUPYTER_PREFER_ENV_PATH": "1"}
    raise typer.Exit(subprocess.run(command, env=surroundings, cwd=place, check=False).returncode)  # noqa: S603


def lay_out(notebooks: list[Path], client: str, roots: Roots) -> Path:
    """Copy the notebooks for a client; copies that are there already are the analyst's and stay.

    Parameters
    ----------
    notebooks
        The workbook's own.
    client
        Put into their parameters cells.
    roots
        Where the copies go: `.cuaderno/_lab/<client>/` beside the clients folder.
    """
    import nbformat

    place = roots.kept / _FOLDER / client
    place.mkdir(parents=True, exist_ok=True)
    for path in notebooks:
        fresh = _for_client(nbformat.read(path, as_version=4), client)  # type: ignore[no-untyped-call]
        copy = place / path.name
        if not copy.exists():
            nbformat.write(fresh, copy)  # type: ignore[no-untyped-call]
            console.note(f"copied {path.name}")
        elif _sources(nbformat.read(copy, as_version=4)) != _sources(fresh):  # type: ignore[no-untyped-call]
            console.note(f"kept your {path.name}, which differs from the workbook's; delete it to get a new copy")
    return place


def _for_client(notebook: Any, client: str) -> Any:
    for cell in notebook.cells:
        if "parameters" in cell.metadata.get("tags", []):
            cell.source = _CLIENT.sub(f'client = "{client}"', cell.source)
    return notebook


def _sources(notebook: Any) -> list[str]:
    return [str(cell.source) for cell in notebook.cells]
