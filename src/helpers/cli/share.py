"""`cuaderno share`: what a run has left, as files to hand over."""

# ruff: noqa: PLC0415  imported by the command that needs it, so that --help answers at once
from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from helpers.cli import console
from helpers.cli.options import AsJson, Clients, Reports, listed
from helpers.errors import UsageError

if TYPE_CHECKING:
    from helpers.site.bundles import Handover


class Format(StrEnum):
    """What is made of the reports."""

    zip = "zip"
    pdf = "pdf"
    xlsx = "xlsx"
    encrypted = "encrypted"


class Paper(StrEnum):
    """What PDF is printed on."""

    a4 = "A4"
    letter = "Letter"


def share(  # noqa: PLR0913  the options of the command
    client: Annotated[str, typer.Argument(metavar="CLIENT", help="Name of the client's folder.")],
    *,
    kind: Annotated[Format, typer.Option("--format", help="What to make.")],
    period: Annotated[str, typer.Option(help="The period of the reports, as in `report`.")] = "last-month",
    stage: Annotated[str, typer.Option(metavar="S,…", help="Stages; all that there are where left out.")] = "",
    language: Annotated[str, typer.Option(metavar="L,…", help="Languages; all of the run where left out.")] = "",
    paper: Annotated[
        Paper | None,
        typer.Option(case_sensitive=False, show_default="by the client's country", help="What PDF is printed on."),
    ] = None,
    password: Annotated[bool, typer.Option("--password", help="Ask for a password, for pdf and encrypted.")] = False,
    as_json: AsJson = False,
    clients: Clients = None,
    reports: Reports = None,
) -> None:
    """Make files to hand over, in reports/CLIENT/PERIOD/share/; the page of the period lists them.

    A password comes from CUADERNO_SHARE_PASSWORD or is asked for, never from an argument, which others could see. An
    encrypted page without one gets a passphrase, which is printed once.
    """
    from helpers.batch import hold
    from helpers.clients import find, open_client
    from helpers.site import bundles, write_client_index
    from helpers.site.bundles.printed import paper_of

    opened = open_client(client, find(clients, reports))
    secret, is_new = _password(kind, is_asked=password)
    wishes = bundles.Wishes(paper.value if paper else paper_of(opened.country), secret)
    with _ended_by_signals(), hold(opened.kept / "lock", opened.id):
        handover = bundles.find(opened, period, listed(stage), listed(language))
        bundle = bundles.FORMATS[kind.value](handover, wishes)
        written = bundles.write(handover, bundle)
        write_client_index(opened.roots.reports, opened.id)
    for warning in (*(_failed(name) for name in handover.left_out), *bundle.warnings):
        console.warn(warning)
    shown = secret if is_new else None
    if as_json:
        console.document(_document(handover, kind, written, shown))
    else:
        _print(written, shown)


def _password(kind: Format, *, is_asked: bool) -> tuple[str | None, bool]:
    """The password to close the files with, and whether it is one that nobody knows yet."""
    from helpers.site.bundles import PROTECTED, passwords

    given = os.environ.get(passwords.VARIABLE)
    if kind.value not in PROTECTED:
        _refuse_password(kind, is_asked=is_asked, is_given=given is not None)
        return None, False
    if is_asked:
        return passwords.accepted(_asked(passwords.VARIABLE)), False
    if given is not None:
        return passwords.accepted(given), False
    return (passwords.generated(), True) if kind is Format.encrypted else (None, False)


def _asked(variable: str) -> str:
    if not sys.stdin.isatty():
        raise UsageError(
            "there is no terminal at which a password could be asked for",
            where="--password",
            next_step=f"Leave it out, and set {variable}.",
        )
    asked: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    return asked


def _refuse_password(kind: Format, *, is_asked: bool, is_given: bool) -> None:
    """No file may be taken for protected that is not."""
    if is_asked:
        raise UsageError(
            "this format knows no password",
            where="--password",
            seen=kind.value,
            next_step="Take --format encrypted or --format pdf.",
        )
    if is_given:
        console.warn(f"the {kind.value} file is open to whoever has it: only pdf and encrypted take a password")


def _document(handover: Handover, kind: Format, written: Sequence[Path], passphrase: str | None) -> dict[str, object]:
    from helpers.site.bundles.zipped import SCHEMA, described

    folder = handover.client.roots.reports
    files = [described(path.relative_to(folder).as_posix(), path.read_bytes()) for path in written]
    document: dict[str, object] = {
        "schema": SCHEMA,
        "client": handover.client.id,
        "period": handover.run.key,
        "format": kind.value,
    }
    return document | {"files": files} | ({"passphrase": passphrase} if passphrase else {})


def _print(written: Sequence[Path], passphrase: str | None) -> None:
    out = console.results()
    for path in written:
        out.print(console.plain(str(path)))
    if passphrase:
        out.print(console.plain(f"Passphrase: {passphrase}", "bold"))
        console.note("It is shown only this once. Send it by another way than the file.")


def _failed(stage: str) -> str:
    return f"left out, since its last run failed: {stage}"


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """SIGTERM ends the command in order, so that no browser and no temporary folder stays behind."""

    def stop(number: int, _frame: FrameType | None) -> NoReturn:
        raise SystemExit(128 + number)

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
