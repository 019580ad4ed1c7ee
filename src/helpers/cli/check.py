"""`cuaderno check`: read exports and say for each what was found in it."""

# ruff: noqa: PLC0415  imported by the command that needs it, so that --help answers at once
from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from helpers.cli import console
from helpers.cli.options import AsJson, Clients
from helpers.errors import CuadernoError, ExportError, UsageError

if TYPE_CHECKING:
    from helpers.clients import Roots


def check(
    targets: Annotated[list[str], typer.Argument(metavar="CLIENT…|FILE…", help="Clients, or files of any place.")],
    *,
    as_json: AsJson = False,
    clients: Clients = None,
) -> None:
    """Read files and databases and print a receipt for each, for a client also its data quality; exit 1 if refused."""
    from helpers.clients import NAME, find

    roots = find(clients)
    found = _Found()
    has_client = False
    for target in targets:
        if NAME.fullmatch(target) and (roots.clients / target).is_dir():
            has_client = True
            if Path(target).is_file():
                console.warn(f"{target} is a client and a file; the client is checked. Write ./{target} for the file.")
            found.add_client(target, roots)
        else:
            found.receipts.append(_of_file(target, roots))
    if not as_json:
        _tell(found.receipts, found.problems)
    elif found.receipts or not found.errors:
        is_list = has_client or len(targets) > 1
        problems = {"problems": found.problems} if has_client else {}
        console.document({"receipts": found.receipts, **problems} if is_list else found.receipts[0])
    for error in found.errors:
        console.tell(error)
    raise typer.Exit(found.exit_code)


@dataclass
class _Found:
    """What was read of all targets: receipts, problems of data quality, and why some clients could not be read."""

    receipts: list[dict[str, Any]] = field(default_factory=list)
    problems: list[dict[str, Any]] = field(default_factory=list)
    errors: list[CuadernoError] = field(default_factory=list)

    def add_client(self, name: str, roots: Roots) -> None:
        """Read a client; an error leaves the receipts before it, is told behind them, and stops no other target."""
        try:
            for receipt in _of_client(name, roots):
                self.receipts.append(receipt)  # one by one: an error must not lose those before it
            self.problems += _quality(name, roots)
        except CuadernoError as error:
            self.errors.append(error)

    @property
    def exit_code(self) -> int:
        """The code of what stopped a client, 1 where codes differ; else whether a file was refused."""
        codes = {error.exit_code for error in self.errors}
        if codes:
            return codes.pop() if len(codes) == 1 else 1
        return int(any(receipt["status"] == "refused" for receipt in self.receipts))


def _of_client(name: str, roots: Roots) -> Iterator[dict[str, Any]]:
    """Receipts of a client's exports, then those of its databases, which are asked only then and may not answer."""
    from helpers import warehouse
    from helpers.clients import open_client
    from helpers.page import exported_files, returned_files
    from helpers.plans import load_plans
    from helpers.store import Store

    client = open_client(name, roots)
    load_plans(client)
    store, salt = Store(client.kept), client.salt()
    exports = exported_files(client)
    for raw in exports:
        yield {"client": name, **raw.ingest(store, salt).as_json()}
    warehouse.refresh(client)
    returned = returned_files(client)
    for raw in returned:
        yield {"client": name, **raw.ingest(store, salt).as_json()}
    if not exports and not returned:
        console.warn(f"{name}: there is nothing in {client.folder / 'exports'} that could be read.")


def _of_file(target: str, roots: Roots) -> dict[str, Any]:
    from helpers.clients import client_names
    from helpers.clients.nearest import nearest
    from helpers.intake.guarded import BORDER

    path = Path(target)
    if path.is_dir() or not path.exists():
        close = nearest(target, client_names(roots))
        hint = f"Did you mean {close}?" if close else f"Clients are folders of {roots.clients}."
        raise UsageError("this is neither a client nor a file", where="CLIENT or FILE", seen=target, next_step=hint)
    return BORDER.read(path).as_json()


def _quality(name: str, roots: Roots) -> Iterator[dict[str, Any]]:
    """What the checks of data quality find over all files of a client, the gravest first."""
    from helpers.clients import Parameters, open_client
    from helpers.page import load, raw_files
    from helpers.quality import examine
    from helpers.wording import Words

    client, words = open_client(name, roots), Words("en")
    if not raw_files(client):
        return
    try:
        material = load(client, Parameters(client=name, period="all")).material
    except ExportError as error:
        console.warn(f"{name}: the quality of the data could not be examined: {error}")
        return
    for one in examine(material):
        yield {
            "client": name,
            "severity": one.check.severity,
            "code": one.code,
            "scope": dict(one.scope),
            "tables": list(one.tables),
            "value": one.finding.n.value,
            "unit": one.finding.n.unit,
            "message": words.text(one.finding.text),
            "action": words.text(one.fix),
        }


def _tell(receipts: Sequence[dict[str, Any]], problems: Sequence[dict[str, Any]]) -> None:
    for receipt in receipts:
        _show(receipt)
    for problem in problems:
        _show_problem(problem, f" ({problem['client']}: {problem['code']})")


_STYLES = {"ok": "green", "warning": "yellow", "refused": "bold red", "error": "red", "info": "dim"}


def _show(receipt: dict[str, Any]) -> None:
    out = console.results()
    name = f"{receipt['client']}: {receipt['file']}" if "client" in receipt else receipt["file"]
    status = console.plain(f"{receipt['status']:<7}  ", _STYLES[receipt["status"]])
    out.print(console.line(status, console.plain(name, "bold")))
    for table in receipt["tables"]:
        out.print(console.plain(f"           {_described(table)}"))
    for problem in receipt["problems"]:
        where = ", ".join(f"{key} {problem[key]}" for key in ("row", "column") if problem[key] is not None)
        _show_problem(problem, f" ({where})" if where else "")


def _show_problem(problem: dict[str, Any], place: str) -> None:
    out = console.results()
    head = console.plain(f"  {problem['severity']:<7}  ", _STYLES[problem["severity"]])
    out.print(console.line(head, console.plain(f"{problem['message']}{place}")))
    if problem["action"]:
        out.print(console.plain(f"           → {problem['action']}"))
    if "snippet" in problem:
        out.print(console.plain("           Correct this where it is wrong and put it into client.yaml:"))
        for line in problem["snippet"].splitlines():
            out.print(console.plain(line))


def _described(table: dict[str, Any]) -> str:
    """One line: what it is, how much, from when to when, the sums."""
    period = table["period"]
    parts = [
        f"{table['source']} → {table['table']}",
        f"{table['rows']['kept']:,} rows" if table["rows"]["kept"] else "of the same rows",
        f"{period['start']} to {period['end']}" if period else "no dates",
        table.get("timezone", ""),
        table["currency"] or "",
        ", ".join(f"{name} {value:,}" for name, value in list(table["totals"].items())[:6]),
    ]
    return " · ".join(part for part in parts if part)
