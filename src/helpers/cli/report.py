"""`cuaderno report`: run the stage notebooks of clients and render their reports."""

# ruff: noqa: PLC0415  imported by the command that needs it, so that --help answers at once
from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated, Any

import typer

from helpers.cli import console
from helpers.cli.options import AsJson, Clients, Reports, listed
from helpers.errors import UsageError

if TYPE_CHECKING:
    from helpers.batch import Ended, Order, Slots
    from helpers.clients import Roots
    from helpers.engines import Limits


def report(  # noqa: PLR0913  the options of the command
    names: Annotated[list[str] | None, typer.Argument(metavar="CLIENT…", show_default=False)] = None,
    *,
    everyone: Annotated[bool, typer.Option("--all", help="All clients.")] = False,
    stage: Annotated[str, typer.Option(metavar="S,…", help="Stages to run; all where left out.")] = "",
    period: Annotated[
        str, typer.Option(help="2026-10, 2026-Q3, 2026-W41, 2026, DAY..DAY, last-month, all.")
    ] = "last-month",
    language: Annotated[
        str, typer.Option(metavar="L,…", help="Languages, of en, es-ES, es-MX, es-AR; the client's if left out.")
    ] = "",
    as_of: Annotated[str, typer.Option(metavar="DAY", help="The day that counts as today.")] = "",
    jobs: Annotated[int | None, typer.Option(min=1, show_default="cores", help="Clients at a time.")] = None,
    engine: Annotated[str, typer.Option(help="How notebooks are executed.")] = "cold",
    executor: Annotated[str, typer.Option(help="Where clients are run.")] = "local",
    out: Annotated[str, typer.Option(metavar="DIR", help="Where reports go, for this run.")] = "",
    force: Annotated[bool, typer.Option("--force", help="Run again what has not changed.")] = False,
    cell_timeout: Annotated[int, typer.Option(min=1, metavar="SECONDS", help="Longest time of a cell.")] = 600,
    stage_timeout: Annotated[int, typer.Option(min=1, metavar="SECONDS", help="Longest time of a stage.")] = 1800,
    as_json: AsJson = False,
    clients: Clients = None,
    reports: Reports = None,
) -> None:
    """Run the stage notebooks of clients and write their reports."""
    from helpers.clients import find
    from helpers.engines import Limits

    del force  # every run is a whole one; the option is there so that a script may already say so
    _check_places(executor, out)
    roots = find(clients, Path(out) if out else reports)
    chosen = _chosen(names or [], roots, everyone=everyone)
    given = {"period": period, "languages": language, "as_of": as_of}
    orders = _orders(chosen, given, stage, roots, engine, Limits(cell=cell_timeout, stage=stage_timeout))
    ended, interrupted = _run(orders, jobs or _cores())
    _write_indexes(roots, ended)
    documents = [one.document for one in ended]
    if as_json:
        console.document(documents[0] if len(documents) == 1 and not everyone else {"runs": documents})
    else:
        _show(documents, roots)
    _tell_faults(documents)
    raise typer.Exit(interrupted or _code(ended))


def _check_places(executor: str, out: str) -> None:
    if executor != "local":
        raise UsageError(
            "there is no such executor", where="--executor", seen=executor, next_step="Leave it out, or name local."
        )
    if "://" in out:
        raise UsageError(
            "reports cannot be written to an address yet", where="--out", seen=out, next_step="Name a folder."
        )


def _chosen(names: Sequence[str], roots: Roots, *, everyone: bool) -> list[str]:
    from helpers.clients import check_name, client_names

    if everyone == bool(names):
        raise UsageError("name either clients or --all", where="CLIENT", next_step="Such as: cuaderno report demo.")
    for name in names:
        check_name(name, roots)
    chosen = list(client_names(roots)) if everyone else list(dict.fromkeys(names))
    if not chosen:
        raise UsageError(
            "there is no client", where=str(roots.clients), next_step="Lay one down with `cuaderno new CLIENT`."
        )
    return chosen


def _orders(
    clients: Sequence[str], given: dict[str, str], stage: str, roots: Roots, engine: str, limits: Limits
) -> list[Order]:
    """One order a client, all checked before anything starts."""
    from helpers import engines
    from helpers.batch import Order, chosen, stage_notebooks
    from helpers.batch.notebooks import folder
    from helpers.clients import Parameters

    engines.engine(engine)
    known = tuple(stage_notebooks(folder()))
    stages = chosen(listed(stage), known)
    every = [Parameters.of({**given, "client": client}) for client in clients]
    return [Order(parameters, stages, known, folder(), roots, engine, limits) for parameters in every]


def _run(orders: Sequence[Order], jobs: int) -> tuple[list[Ended], int]:
    """Run all orders; the second value is the exit code of a signal, 0 if none came."""
    from helpers.batch import Slots
    from helpers.cli import progress

    with progress.shown(len(orders)) as watching:
        slots = Slots(jobs, _command, watching.told)
        with _stopped_by_signals(slots) as caught:
            ended = slots.run(orders)
    return ended, 128 + caught[0] if caught else 0


def _command(_order: Order) -> list[str]:
    # -P: a module in the folder where somebody stands must not take the place of ours.
    return [sys.executable, "-P", "-m", "helpers.cli.worker"]


@contextmanager
def _stopped_by_signals(slots: Slots) -> Iterator[list[int]]:
    caught: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        caught.append(number)
        slots.stop()

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield caught
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _write_indexes(roots: Roots, ended: Sequence[Ended]) -> None:
    """Note the runs that could leave nothing themselves, and write the portfolio once for all clients of the run."""
    from helpers import site
    from helpers.batch import note_unplaced
    from helpers.cli.portfolio import rewrite

    for one in ended:
        if note_unplaced(roots.reports, one.document):
            site.write_client_index(roots.reports, one.client)
    rewrite(roots)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _code(ended: Sequence[Ended]) -> int:
    """That of the client where there is only one, else 1 if any is not done."""
    if len(ended) == 1:
        return ended[0].code
    return int(any(one.code for one in ended))


_STYLES = {"ok": "green", "cached": "green", "failed": "bold red", "refused": "yellow", "skipped": "dim"}


def _show(documents: Sequence[dict[str, Any]], roots: Roots) -> None:
    """The pages that were written, by client and stage."""
    out = console.results()
    for document in documents:
        folder = roots.reports / document["client"] / document["period"]["key"]
        out.print(console.plain(f"{document['client']} {document['period']['key']}", "bold"))
        for entry in document["stages"]:
            if entry["status"] == "skipped" and not entry["error"]:
                continue
            status = console.plain(f"  {entry['status']:<8}", _STYLES[entry["status"]])
            out.print(console.line(status, console.plain(entry["stage"])))
            for file in (one["file"] for one in entry["outputs"] if one["file"].endswith(".html")):
                out.print(console.plain(f"           {folder / file}"))


def _tell_faults(documents: Sequence[dict[str, Any]]) -> None:
    """Each fault once: where a whole client was refused, its stages only repeat it."""
    for document in documents:
        errors = [document["error"]] if document["error"] else [entry["error"] for entry in document["stages"]]
        for error in errors:
            if error:
                console.tell_fault(error["what"], f"{document['client']}: {error['where']}", error["next"])
