"""Answers to Google Forms: from the form's own CSV (in a ZIP) or from its spreadsheet; English and Spanish.

Seen in real English exports: first the time stamp, `2024/04/17 1:15:33 PM GMT+5:30` in the CSV and local time in the
spreadsheet, then one column a question as its author wrote it; rows of a grid as `Question [Row]`; several options in
one cell, joined by `;` in the CSV and by a comma in the spreadsheet; line breaks and equal texts among the questions.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from helpers.platforms.model import Header, Platform, Report, Shaped, normalised
from helpers.platforms.surveys import PRIVATE, numbered, questions_of, unfolded

_STAMP = {"en": ("Timestamp",), "es": ("Marca temporal", "Marca de tiempo")}
_OWN = ("Score", "Puntuación", "Email Address", "Dirección de correo electrónico", "Username", "Nombre de usuario")
_QUESTION = re.compile(r"[?¿]|\S\s*\[.+\]$", re.DOTALL)


def _is_form(headers: Sequence[str]) -> bool:
    """Whether the time stamp comes first and what follows are questions: many a log begins with a time stamp too."""
    first, *others = [header for header in headers if header] or [""]
    if normalised(first) not in {normalised(name) for names in _STAMP.values() for name in names}:
        return False
    own = {normalised(name) for name in _OWN}
    return any(_QUESTION.search(header.strip()) or normalised(header) in own for header in others)


def _answers(frame: pd.DataFrame) -> Shaped:
    return unfolded(frame, numbered(questions_of(frame)))


PLATFORM = Platform(
    source="google_forms",
    title="Google Forms",
    reports=(
        Report(
            name="Answers",
            table="survey",
            headers=(
                Header("submitted_at", _STAMP),
                Header(
                    "respondent",
                    {
                        "en": ("Email Address", "Username"),
                        "es": ("Dirección de correo electrónico", "Nombre de usuario"),
                    },
                    is_person=True,
                ),
            ),
            required=(("submitted_at",),),
            known={"en": ("Score",), "es": ("Puntuación",)},
            personal_pattern=PRIVATE,
            keeps_others=True,
            fits=_is_form,
            shape=_answers,
        ),
    ),
)
