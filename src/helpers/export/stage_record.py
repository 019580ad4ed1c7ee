"""What a stage leaves beside its page: claims, conclusion, Result, inputs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from helpers.blocks import Making, Prose, Text
from helpers.claims import SCHEMA
from helpers.errors import RunError
from helpers.export.reading import Sheet, read
from helpers.stages.earlier import SCHEMA as RESULT


@dataclass(frozen=True)
class StageRecord:
    """The record of one executed notebook.

    Parameters
    ----------
    stage, client
        As the head block names them.
    claims
        The document `<stage>.claims.json`, its texts in the client's first language.
    conclusion
        For each language the first sentence of the summary, in pieces as blocks hold them, whose figures name their
        claims; none where the page has no summary.
    result
        The stage's Result.
    inputs
        The files that it was made from: file, sha256, rows.
    earlier_exports
        Exports that are there no more and were compared with those that are, likewise.
    warnings
        Those of the claims document.
    versions
        Versions of what computed it.
    making
        What it was made from beside the exports.
    """

    stage: str
    client: str
    claims: dict[str, Any]
    conclusion: dict[str, list[dict[str, Any]]]
    result: dict[str, Any]
    inputs: list[dict[str, Any]]
    earlier_exports: list[dict[str, Any]]
    warnings: list[dict[str, Any]]
    versions: dict[str, str]
    making: Making

    @property
    def saved(self) -> dict[str, Any]:
        """What is kept of it for the stages that come after."""
        return {
            "schema": RESULT,
            "client": self.client,
            "stage": self.stage,
            "period": self.claims["period"],
            "inputs": self.inputs,
            "claims": self.claims["claims"],
            "result": self.result,
        }


def record(notebook: Any) -> StageRecord:
    """Return what an executed notebook's stage leaves, checked as a page would be.

    Raises
    ------
    RunError
        If the notebook failed or was not run to its end.
    """
    sheet = read(notebook)
    document = claims_document(sheet)
    return StageRecord(
        stage=sheet.head.stage,
        client=sheet.head.client,
        claims=document,
        conclusion=_conclusion(sheet),
        result=sheet.record.result,
        inputs=[source.model_dump() for source in sheet.record.inputs],
        earlier_exports=[source.model_dump() for source in sheet.record.earlier_exports],
        warnings=document["warnings"],
        versions=sheet.record.versions,
        making=sheet.record.making,
    )


def claims_document(sheet: Sheet, index: int = 0) -> dict[str, Any]:
    """The claims of a stage with their texts: at index 0 in the language of the drawings, then in each of the page.

    Raises
    ------
    RunError
        If a claim or warning has no text in that language.
    """
    head, made = sheet.head, sheet.record
    try:
        claims = [claim | {"text": texts[index]} for claim, texts in zip(made.claims, made.claim_texts, strict=True)]
        warnings = [
            warning | {"text": texts[index]} for warning, texts in zip(made.warnings, made.warning_texts, strict=True)
        ]
    except (ValueError, IndexError) as error:
        again = "Run the notebook again: cuaderno report CLIENT --force."
        raise RunError("a claim of the record lacks its text", where=head.stage, next_step=again) from error
    return {
        "schema": SCHEMA,
        "client": head.client,
        "stage": head.stage,
        "period": {"start": head.start, "end": head.end},
        "claims": claims,
        "warnings": warnings,
        "language": (head.drawn, *head.languages)[index],
        "made_from": _made_from(sheet),
    }


def _made_from(sheet: Sheet) -> dict[str, Any]:
    """All that has to be known to make the page again, and to say later what has changed; campaigns are a run's."""
    head, made = sheet.head, sheet.record
    return {
        "period": made.making.period,
        "as_of": head.as_of,
        "inputs": [source.model_dump() for source in made.inputs],
        "versions": made.versions,
        **made.making.model_dump(include={"files", "earlier", "goals", "definitions"}),
    }


def _conclusion(sheet: Sheet) -> dict[str, list[dict[str, Any]]]:
    summaries = (piece for piece in sheet.pieces if isinstance(piece, Prose) and piece.role == "summary")
    first: Text = next((piece.paragraphs[0] for piece in summaries if piece.paragraphs), [])
    return {
        language: [run.model_dump(mode="json", exclude_defaults=True) for run in runs]
        for language, runs in zip(sheet.head.languages, first, strict=False)
    }
