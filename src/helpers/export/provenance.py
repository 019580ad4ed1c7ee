"""Where a page comes from, so that two pages can be told apart and one can be made again."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from helpers import blocks
from helpers.export.reading import Sheet
from helpers.export.stage_record import claims_document

_SHORT = 12


@dataclass(frozen=True)
class Provenance:
    """What the foot of a page says of its making.

    Parameters
    ----------
    report
        Names this report, whatever the language of the page: the same files, parameters, code and figures give the same
        name, and any other figure gives another.
    parameters
        Those of the run, as the command takes them.
    versions
        Those of the blocks and of what computed and made the page, with digests of the workbook's code and templates.
    """

    report: str
    parameters: tuple[tuple[str, str], ...]
    versions: tuple[tuple[str, str], ...]


def provenance(sheet: Sheet) -> Provenance:
    """Return what the page of a notebook says of its making."""
    head = sheet.head
    schema, _, number = blocks.SCHEMA.partition("/")
    versions = ((schema, number), *sorted(sheet.record.versions.items()))
    return Provenance(
        report=_name(sheet, versions),
        parameters=(
            ("stage", head.stage),
            ("period", f"{head.start}..{head.end}"),
            ("as-of", head.as_of),
            ("currency", head.currency),
        ),
        versions=versions,
    )


def _name(sheet: Sheet, versions: object) -> str:
    document = claims_document(sheet)
    made = {
        "as_of": sheet.head.as_of,
        "claims": {part: document[part] for part in ("client", "stage", "period", "claims", "warnings")},
        "inputs": [source.model_dump() for source in sheet.record.inputs],
        "versions": versions,
    }
    return hashlib.sha256(json.dumps(made, sort_keys=True).encode()).hexdigest()[:_SHORT]
