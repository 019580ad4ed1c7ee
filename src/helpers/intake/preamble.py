"""What the lines above a table say about it: the period, the day of the export, the property."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from helpers.intake import dates
from helpers.units import Period

_START = re.compile(
    r"\b(report start|start date|fecha de inicio|inicio|from|desde|startdatum|date de début|data di inizio)\b", re.I
)
_END = re.compile(
    r"\b(report end|end date|fecha de finalización|fecha final|fecha de fin|fin|to|hasta|enddatum|date de fin)\b"
    r"|\bdata di fine\b",
    re.I,
)
_CREATED = re.compile(r"\b(generated|created|downloaded|exported|generado|creado|descargado|exportado)\b", re.I)
_ROWS = re.compile(r"^(?:rows|filas)\s*:\s*(?P<number>\d+)$", re.I)
_INCOMPLETE = re.compile(
    r"^(?:potential incomplete data|datos potencialmente incompletos|posibles datos incompletos)\s*:"
    r"\s*(?:true|yes|verdadero|sí)$",
    re.I,
)
_PROPERTY = re.compile(r"^#?\s*(?:property|propiedad)\s*:\s*(?P<name>.+)$", re.I)


@dataclass(frozen=True)
class Preamble:
    """What stands above a table.

    `period`, `created` and `rows` (the number of records) are None where nothing is said; `title` is the first line
    that is none of these. `is_incomplete` holds where the platform says that figures may still come. `day_first` is the
    order of day and month that a date in the lines proves, None where none does.
    """

    title: str = ""
    period: Period | None = None
    created: date | None = None
    property_name: str = ""
    rows: int | None = None
    is_incomplete: bool = False
    day_first: bool | None = None


def read(lines: Sequence[str]) -> Preamble:
    """Read the lines above a table."""
    starts, ends, created, ranges, titles, name = [], [], None, [], [], ""
    numbers = [int(found["number"]) for line in lines if (found := _ROWS.match(line.strip()))]
    is_incomplete = any(_INCOMPLETE.match(line.strip()) for line in lines)
    for line in (line.strip() for line in lines):
        days = dates.days_in(line)
        if _CREATED.search(line) and days:
            created = days[0]
        elif len(days) == 2:
            ranges.append((min(days), max(days)))
        elif len(days) == 1 and _START.search(line):
            starts.append(days[0])
        elif len(days) == 1 and _END.search(line):
            ends.append(days[0])
        elif found := _PROPERTY.match(line):
            name = found["name"].strip()
        elif line.strip("#-_ ") and not days and not _ROWS.match(line):
            titles.append(line.lstrip("# "))
    if starts and ends:
        ranges.append((min(starts), max(ends)))
    start, end = ranges[-1] if ranges else (date.max, date.min)
    is_known = start <= end and {start.year, end.year} <= set(dates.YEARS)
    period = Period(start, end) if is_known else None
    rows = numbers[0] if numbers else None
    order = dates.order_in(lines)
    day_first = None if order is None else order == "dmy"
    return Preamble(titles[0] if titles else "", period, created, name, rows, is_incomplete, day_first)
