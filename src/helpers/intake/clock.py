"""Whose midnight the days of a file begin at, where it says so."""

from __future__ import annotations

import re
from collections.abc import Iterable
from zoneinfo import available_timezones

from helpers.intake.blocks import Block
from helpers.intake.cells import as_text
from helpers.platforms import normalised

_HEADS = frozenset({"time zone", "timezone", "zona horaria", "huso horario", "account time zone"})
_LINE = re.compile(r"^(?:time ?zone|zona horaria|huso horario)\s*:\s*(?P<zone>.+)$", re.IGNORECASE)
_OFFSET = re.compile(
    r"\b(?:UTC|GMT)(?:\s*(?P<sign>[+\-\u2212])\s*(?P<hours>\d{1,2})(?::?(?P<minutes>[0-5]\d))?)?", re.IGNORECASE
)


def zone_of(text: str) -> str | None:
    """Return the time zone that a text names: IANA, or an offset such as `UTC+01:00`; None where it names none.

    The name of an offset holds summer and winter alike, as platforms mean it that write one.
    """
    name = text.strip()
    if name in available_timezones():
        return name
    found = _OFFSET.search(name)
    if found is None:
        return None
    hours, minutes = int(found["hours"] or 0), int(found["minutes"] or 0)
    if hours > 14:
        return None
    return f"UTC{'+' if found['sign'] == '+' else '-'}{hours:02d}:{minutes:02d}" if hours or minutes else "UTC"


def places(block: Block) -> list[int]:
    """Return the positions of the columns of a table that name time zones."""
    return [at for at, header in enumerate(block.header) if normalised(header) in _HEADS]


def words(block: Block, at: int) -> set[str]:
    """Return the different words of a column of a table."""
    return {as_text(row[at]) for row in block.rows if at < len(row)}


def stated(block: Block, dated: Iterable[str]) -> str | None:
    """Return the time zone of a table's days; None where the file does not say, or says several.

    Parameters
    ----------
    block
        The table with the lines around it.
    dated
        Headers of its columns of dates, as the file has them.
    """
    lines = (line.strip() for line in (*block.preamble, *block.footer))
    named = {found["zone"] for line in lines if (found := _LINE.match(line))}
    named |= {header for header in dated if "(" in header}
    for at in places(block):
        named |= words(block, at)
    zones = {zone for text in named if (zone := zone_of(text))}
    return zones.pop() if len(zones) == 1 else None
