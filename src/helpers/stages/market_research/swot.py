"""Strengths, weaknesses, opportunities and threats: only lines that the data show beyond chance, each with evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

from helpers.claims import Claim
from helpers.stages.parts import Cell, Table
from helpers.wording import Message, Name, msg

Quadrant = Literal["strength", "weakness", "opportunity", "threat"]
ALPHA = 0.05
"""Chance of a false claim that all comparisons of the page share; p-values are adjusted before they are held to it."""

Grade = Literal["measured", "inferred"]

_TITLES: dict[Quadrant, Message] = {
    "strength": msg("Strengths"),
    "weakness": msg("Weaknesses"),
    "opportunity": msg("Opportunities"),
    "threat": msg("Threats"),
}
_GRADES: dict[Grade, Message] = {"measured": msg("measured"), "inferred": msg("inferred")}


@dataclass(frozen=True)
class Finding:
    """One line: what the data show, and whether it was measured or is inferred from what was measured."""

    quadrant: Quadrant
    text: Message
    grade: Grade
    claim: Claim


def swot(findings: Sequence[Finding]) -> Table:
    """The findings by quadrant; an empty quadrant says that nothing is shown."""
    rows: list[tuple[Cell, ...]] = []
    for quadrant, title in _TITLES.items():
        lines = [finding for finding in findings if finding.quadrant == quadrant]
        rows += [(title, line.text, _GRADES[line.grade], _files(line.claim)) for line in lines]
        if not lines:
            rows.append((title, msg("The data show nothing here beyond chance."), None, None))
    return Table(
        msg("Strengths, weaknesses, opportunities, threats"),
        (msg("Side"), msg("What the data show"), msg("Grade"), msg("Evidence")),
        tuple(rows),
        note=msg("Measured: counted in the files named. Inferred: a conclusion from what was measured."),
    )


def _files(claim: Claim) -> Name:
    return Name(", ".join(PurePosixPath(one.file).name for one in claim.evidence))
