"""`cuaderno verify`: does a finished page still hold."""

# ruff: noqa: PLC0415  imported by the command that needs it, so that --help answers at once
from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from helpers.cli import console
from helpers.cli.options import AsJson, Clients

if TYPE_CHECKING:
    from helpers.batch import Entry
    from helpers.revision import Verification
    from helpers.revision.compare import Judged

_SHOWN = 20
_TERMINATED = 143
_GROUPS = {
    "differs": "Now otherwise",
    "gone": "Cannot be made any more",
    "other_files": "Same figures, from other files",
    "holds": "Holds",
}


def verify(
    page: Annotated[Path, typer.Argument(metavar="REPORT.html", help="A finished page, of any place.")],
    *,
    as_json: AsJson = False,
    clients: Clients = None,
) -> None:
    """Make a page again from the client's exports of now, and say which of its claims hold; exit 1 if not all do."""
    from helpers import revision
    from helpers.clients import find

    with _ended_by_signal():
        found = revision.verify(page, find(clients), _Progress())
    if as_json:
        console.document(found.as_json())
    else:
        _print(found)
    raise typer.Exit(int(not found.holds))


class _Progress:
    """Says on the way which stage is made again."""

    def group(self, group: int) -> None:
        """A kernel was started."""

    def stage(self, entry: Entry, state: str) -> None:
        """A stage began or ended."""
        if state == "running":
            console.note(f"making {entry.stage} again …")


@contextmanager
def _ended_by_signal() -> Iterator[None]:
    """Let a request to end clean up the place of the run."""

    def end(_number: int, _frame: Any) -> NoReturn:
        raise SystemExit(_TERMINATED)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _print(found: Verification) -> None:
    out = console.results()
    mark, style = ("✓ ", "bold green") if found.holds else ("✗ ", "bold red")
    out.print(console.line(console.plain(mark, style), console.plain(found.verdict, "bold")))
    about, made = found.document, found.document.made_from
    days = f"{about.period.start} to {about.period.end}"
    as_of = f" · as of {made.as_of}" if made else ""
    out.print(console.plain(f"  {about.client} · {about.stage} · {days}{as_of} · {about.language}", "dim"))
    out.print(console.plain(f"  {found.likeness}"))
    _group("Changed since the page was made", list(found.beneath.said))
    for outcome in ("differs", "gone", "other_files"):
        _group(_GROUPS[outcome], [_judged(one) for one in found.judged if one.outcome == outcome])
    wrong = [
        f"{one.claim} ({one.part}): shows {one.shown or 'nothing'}, "
        + ("which the page does not claim" if one.expected is None else f"its claim is written {one.expected}")
        for one in found.misshown
    ]
    _group("Shown otherwise than claimed", wrong)
    if not found.failing:
        _group("Said by this page alone", list(found.added))
        _group("Missing from this page", list(found.missing))


def _judged(one: Judged) -> str:
    fields = ", ".join(f"{change.field} {_written(change.old)} → {_written(change.new)}" for change in one.changes)
    return " · ".join(filter(None, (one.id, fields, "; ".join(one.why))))


def _written(value: Any) -> str:
    return f"{value:.12g}" if isinstance(value, float) else "none" if value is None else str(value)


def _group(title: str, lines: list[str]) -> None:
    if not lines:
        return
    out = console.results()
    out.print(console.plain(f"{title} ({len(lines)})", "bold"))
    for line in lines[:_SHOWN]:
        out.print(console.plain(f"  {line}"))
    if len(lines) > _SHOWN:
        out.print(console.plain(f"  … and {len(lines) - _SHOWN} more; --json lists all", "dim"))
