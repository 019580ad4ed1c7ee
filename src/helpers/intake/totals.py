"""Records that are called totals, and totals that look like records: arithmetic tells them apart."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from helpers.intake.cells import as_text
from helpers.intake.rows import Records
from helpers.tables import Column

_EACH = (
    r"(?:(?:las |los |the )?(?:campaigns?|ad ?sets?|ad groups?|ads|channels|platforms|"
    r"campañas|conjuntos(?: de anuncios)?|grupos(?: de anuncios)?|anuncios|canales|plataformas))"
)
_LABEL = re.compile(
    rf"(?:all|todas|todos) {_EACH}|"
    rf"(?:grand |gran |sub-?)?total(?:es|s|e)?(?: general)?:?(?: (?:de |of )?(?:{_EACH}|(?P<of>.+)))?"
)


def restored(records: Records, columns: Mapping[str, Column]) -> Records:
    """Take back as records the rows that are only called a total: their counts are not the sums of the others."""
    counts = [name for name, column in columns.items() if column.kind == "count" and column.adds_up]
    figures = records.raw[counts].map(_whole).sum()
    totals = records.totals[counts].map(_whole)
    is_sum = [
        bool(counts) and any(row.eq(wanted).all() for wanted in (figures, figures + totals.sum() - row))
        for _, row in totals.iterrows()
    ]
    called = records.totals[[not one for one in is_sum]]
    if called.empty:
        return records
    left = records.dropped["total_row"] - len(called)
    dropped = {reason: number for reason, number in records.dropped.items() if reason != "total_row"}
    return replace(
        records,
        raw=pd.concat([records.raw, called]).sort_index(),
        totals=records.totals[is_sum],
        dropped={**dropped, **({"total_row": left} if left else {})},
    )


def label(cell: object) -> str | None:
    """Return what a cell says that it is the total of, "" where it says nothing more, None where it is no total."""
    found = _LABEL.fullmatch(as_text(cell).casefold())
    return (found["of"] or "").strip() if found else None


def _whole(cell: object) -> int:
    """Return a count whatever sign groups it."""
    return int(re.sub(r"\D", "", as_text(cell)) or 0)
