"""The page made again, by the ordinary run, in a place of its own: nothing that is kept of the client is touched."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from helpers.batch import Listener, Order, Run, notebooks, run_client, stage_notebooks
from helpers.clients import Client, Parameters, Roots, open_client
from helpers.clients.workbook import sha256
from helpers.errors import CuadernoError, ExportError, StageDataError, UsageError
from helpers.page import raw_files
from helpers.revision.forms import Document, MadeFrom, Rows
from helpers.revision.reading import PageRead, read_page

_NOT_COPIED = shutil.ignore_patterns(".*", "lock", "results", "failed")
_REFUSED = (StageDataError, ExportError)


def remake(document: Document, made: MadeFrom, roots: Roots, listener: Listener) -> PageRead | CuadernoError:
    """Make a page again from what the client folder holds now.

    Stages whose claims the page was made with are run again before it, so that no saved Result decides.

    Returns
    -------
    The page, or why the exports that are there now give none.

    Raises
    ------
    CuadernoError
        If there is no such client, stage or language, if something in the client folder is to be mended, or if the
        run itself ended badly.
    """
    client = open_client(document.client, roots)
    known = tuple(stage_notebooks(notebooks.folder()))
    if document.stage not in known:
        raise UsageError(
            "no report is made of this stage",
            where=document.stage,
            next_step=f"Stages are {', '.join(known)}; the page may come from another version of the workbook.",
        )
    before = {one.name for one in made.earlier}
    stages = tuple(name for name in known if name == document.stage or name in before)
    with _own_place(client) as place:

        def again(period: str) -> PageRead | CuadernoError:
            order = Order(_parameters(document.client, period, made), stages, known, notebooks.folder(), place)
            order = replace(order, asks_databases=False)  # a page holds or not by what was read, as with files
            return _page(document, run_client(order, listener), place)

        page = again(made.period)
        if isinstance(page, PageRead) and page.document.period != document.period:
            # `all` stands for more days than it did: the page's own days are asked for.
            page = again(f"{document.period.start}..{document.period.end}")
        return page


def _parameters(client: str, period: str, made: MadeFrom) -> Parameters:
    given = {"period": period, "languages": ",".join(made.languages), "as_of": made.as_of.isoformat()}
    return Parameters.of({"client": client, **given})


def _page(document: Document, run: Run, place: Roots) -> PageRead | CuadernoError:
    error = run.error or run.entry(document.stage).error
    if isinstance(error, _REFUSED):
        return error
    if error is not None:
        raise error
    folder = place.reports / document.client / run.period["key"]
    return read_page(folder / f"{document.stage}.{document.language}.html")


def now_there(client: Client) -> list[Rows]:
    """Exports and files of experiments as they are now, where no page could say so; their rows were not counted."""
    of_experiments = (client.folder / path for experiment in client.experiments for path in experiment.paths)
    raw = ((one.name, one.path) for one in raw_files(client))
    every = (*raw, *((client.shown(path), path) for path in of_experiments if path.is_file()))
    return [Rows(file=name, sha256=sha256(path), rows=0) for name, path in every]


@contextmanager
def _own_place(client: Client) -> Iterator[Roots]:
    """A project folder with this client alone: its folder by a link, what is kept of it as a copy."""
    with tempfile.TemporaryDirectory(prefix="cuaderno-verify-") as name:
        place = Roots(Path(name) / "clients", Path(name) / "reports")
        place.clients.mkdir()
        (place.clients / client.id).symlink_to(client.folder, target_is_directory=True)
        if client.kept.is_dir():
            shutil.copytree(client.kept, place.kept / client.id, copy_function=_link, ignore=_NOT_COPIED)
        yield place


def _link(source: str, target: str) -> None:
    """A second name for a file, which costs nothing: files of the store are written once and never changed."""
    with contextlib.suppress(OSError):
        os.link(source, target)
        return
    shutil.copy2(source, target)
