"""Tables that are recognised and must not be read: layouts of another purpose, rows that count facts twice."""

from __future__ import annotations

import pandas as pd

from helpers.intake.receipt import Problem
from helpers.intake.recognise import Match
from helpers.intake.typed import RefusedTableError


def refuse_layout(match: Match) -> None:
    """Refuse a layout that is known and not read."""
    if match.report.instead:
        message = f"This is {match.platform.title}'s {match.report.name}, which is not read."
        raise RefusedTableError(Problem.of("unknown_table", message, match.report.instead))


def refuse_overlaps(frame: pd.DataFrame, match: Match) -> None:
    """Refuse rows of which some count the same facts as others."""
    words = match.report.overlaps(frame) if match.report.overlaps is not None else ""
    if words:
        action = "Export it again with each fact once; or map its columns under sources in client.yaml."
        raise RefusedTableError(Problem.of("non_additive", f"{words}: nothing is added.", action, is_fatal=True))
