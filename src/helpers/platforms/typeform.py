"""Answers to Typeform, CSV and XLSX, in English.

Technical columns read in public code: the first is headed `#` and holds the respondent's token; then one column a
question; a question of several options has one column an option, which repeats the option's text where it was chosen,
and `Other`; at the end times in UTC, the kind of response, the network's id and tags.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from helpers.platforms.model import Header, Platform, Report, Shaped, normalised
from helpers.platforms.surveys import PRIVATE, numbered, questions_of, unfolded

_TECHNICAL = ("Response Type", "Stage Date (UTC)", "Submit Date (UTC)", "Network ID")
_OTHER = "other"


def _is_typeform(headers: Sequence[str]) -> bool:
    names = {normalised(header) for header in headers}
    return headers[0].strip() == "#" and bool(names & {normalised(name) for name in _TECHNICAL})


def _answers(frame: pd.DataFrame) -> Shaped:
    """Give the columns of options to the question before them."""
    texts = questions_of(frame)
    asked: dict[str, str] = {}
    owner: dict[str, str] = {}
    last, is_among_options = "", False
    for name, header in texts.items():
        is_among_options = bool(last) and (
            _is_option(frame[name], header) or (is_among_options and _goes_on(frame[name], header))
        )
        if not is_among_options:
            last = name
            asked[name] = header
        owner[name] = last
    told = numbered(asked)
    return unfolded(frame, {name: told[owner[name]] for name in texts})


def _goes_on(answers: pd.Series, header: str) -> bool:
    """Whether a column behind options is one more: what people wrote themselves, or an option that nobody chose."""
    return header.casefold() == _OTHER or (bool(answers.isna().all()) and not header.endswith("?"))


def _is_option(answers: pd.Series, header: str) -> bool:
    """Whether a column holds nothing but its own header."""
    filled = answers.dropna()
    return not filled.empty and bool(filled.map(lambda cell: " ".join(cell.split()) == header).all())


PLATFORM = Platform(
    source="typeform",
    title="Typeform",
    reports=(
        Report(
            name="Answers",
            table="survey",
            headers=(
                Header("respondent", {"en": ("#",)}),
                Header("submitted_at", {"en": ("Submit Date (UTC)", "Submitted At")}),
            ),
            required=(("respondent",), ("submitted_at",)),
            known={"en": ("Response Type", "Start Date (UTC)", "Stage Date (UTC)", "Tags", "Ending")},
            personal=("Network ID",),
            personal_pattern=PRIVATE,
            keeps_others=True,
            fits=_is_typeform,
            decimal={"*": "."},
            shape=_answers,
        ),
    ),
)
