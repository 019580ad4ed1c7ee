"""Answers to a survey."""

from __future__ import annotations

from helpers.tables.model import Column, Table, text

TABLE = Table(
    name="survey",
    grain="one answer of one respondent",
    columns=(
        text("respondent", "digest of the respondent"),
        Column("submitted_at", "datetime", "when it was sent, local time as written"),
        text("question", "the question", required=True),
        text("answer", "the answer"),
        Column("value", "number", "the answer as a number, where it is one", "none"),
    ),
    key=(("respondent",), ("submitted_at",), ("question",), ("answer",)),
    day="submitted_at",
    has_natural_repeats=True,
)
