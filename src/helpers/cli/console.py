"""What is written to the terminal, and where: results to standard output, everything else to standard error."""

# ruff: noqa: PLC0415  imported by the command that needs it, so that --help answers at once
from __future__ import annotations

import json
import re
import sys
from typing import Any

from rich.console import Console
from rich.text import Text

from helpers.errors import CuadernoError

_WIDE = 200
"""Columns where nobody looks at a terminal: lines are not broken for a file or a pipe."""

_STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Signs that steer a terminal, of eight bits too, and those that turn the direction of what is read."""


def results() -> Console:
    """The console of standard output."""
    return Console(width=None if sys.stdout.isatty() else _WIDE, highlight=False, soft_wrap=not sys.stdout.isatty())


def log() -> Console:
    """The console of standard error."""
    return Console(
        stderr=True,
        width=None if sys.stderr.isatty() else _WIDE,
        highlight=False,
        soft_wrap=not sys.stderr.isatty(),
    )


def plain(text: str, style: str = "") -> Text:
    """Text that may come from data: without markup, and without codes that steer a terminal."""
    return Text(_STEERING.sub("", text), style=style)


def line(*parts: Text) -> Text:
    """Parts beside each other, each in its own style."""
    return Text.assemble(*parts)


def document(content: Any) -> None:
    """Print one JSON document, and nothing else."""
    sys.stdout.write(json.dumps(content, ensure_ascii=False, indent=1) + "\n")
    sys.stdout.flush()


def tell(error: BaseException) -> None:
    """Say what is wrong, where, and what to do: three lines for each fault."""
    from helpers.clients.faults import each

    for one in each(error):
        if isinstance(one, CuadernoError):
            tell_fault(**one.as_json())


def tell_fault(what: str, where: str, next: str) -> None:  # noqa: A002  the contract's own keys
    """Say one fault that a run document holds."""
    target = log()
    target.print(line(Text("✗ ", "bold red"), plain(what, "bold")))
    if where != "-":
        target.print(plain(f"  {where}", "dim"))
    target.print(plain(f"  {next}"))


def note(text: str) -> None:
    """Say something on the way."""
    log().print(plain(text))


def warn(text: str) -> None:
    """Say something that is not as it seems."""
    log().print(line(Text("! ", "bold yellow"), plain(text)))
