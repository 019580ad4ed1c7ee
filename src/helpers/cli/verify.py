"""`cuaderno verify`: does a finished page still hold."""

# ruff: noqa: PLC0415  imported by the command that needs it, so that --help answers at once
from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from rich.table import Table

from helpers.cli import console
from helpers.cli.options import AsJson, Clients

if TYPE_CHECKING:
    from helpers.batch import Entry
    from helpers.revision import Verification
    from helpers.revision.compare import FieldChange, Judged

_SHOWN = 20
_TERMINATED = 143
_GROUPS = {
    "differs": "Now otherwise",
    "gone": "Cannot be made any more",
    "other_files": "Same figures, from other files",
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
    for outcome, title in _GROUPS.items():
        _outcome(title, [one for one in found.judged if one.outcome == outcome])
    wrong = [
        f"{one.claim} ({one.part}): shows {one.shown or 'nothing'}, "
        + ("which the page does not claim" if one.expected is None else f"its claim is written {one.expected}")
        for one in found.misshown
    ]
    often = Counter(wrong)
    _group("Shown otherwise than claimed", [f"{line}{f', {n} times' if n > 1 else ''}" for line, n in often.items()])
    if not found.failing:
        _group("Said by this page alone", list(found.added))
        _group("Missing from this page", list(found.missing))


def _outcome(title: str, claims: Sequence[Judged]) -> None:
    """The claims of one outcome, those of one reason together."""
    if not claims:
        return
    out = console.results()
    out.print(console.plain(f"{title} ({len(claims)})", "bold"))
    for why in dict.fromkeys(one.why for one in claims):
        alike = [one for one in claims if one.why == why]
        out.print(console.plain(f"  {'; '.join(why)}", "dim"))
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=False)
        for _ in range(2):
            table.add_column(overflow="fold")
        for one in alike[:_SHOWN]:
            table.add_row(console.plain(f"    {one.id}"), console.plain(_changed(one)))
        out.print(table)
        _rest(alike)


def _changed(one: Judged) -> str:
    """The new value where there is one, and what else changed by name; else every field."""
    first = [change for change in one.changes if change.field == "value"] or one.changes
    others = dict.fromkeys(change.field.partition(".")[0] for change in one.changes if change not in first)
    written = ", ".join(f"{change.field} {_written(change)}" for change in first)
    return f"{written}; also {', '.join(others)}" if others else written


def _written(change: FieldChange) -> str:
    """Both sides, with as many digits as tell them apart."""
    several = ([_number(side, digits) for side in (change.old, change.new)] for digits in (6, 12))
    return " → ".join(next((sides for sides in several if sides[0] != sides[1]), map(repr, (change.old, change.new))))


def _number(value: object, digits: int) -> str:
    if not isinstance(value, float):
        return str(value)
    return f"{value:,.{digits - 5}f}" if abs(value) >= 1000 else f"{value:.{digits}g}"


def _group(title: str, lines: list[str]) -> None:
    if not lines:
        return
    out = console.results()
    out.print(console.plain(f"{title} ({len(lines)})", "bold"))
    for line in lines[:_SHOWN]:
        out.print(console.plain(f"  {line}"))
    _rest(lines)


def _rest(shown: Sequence[object]) -> None:
    if len(shown) > _SHOWN:
        console.results().print(console.plain(f"    … and {len(shown) - _SHOWN} more; --json lists all", "dim"))
