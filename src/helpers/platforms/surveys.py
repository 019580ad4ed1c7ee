"""What the forms of all survey tools share: a row a respondent becomes a row an answer."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

import pandas as pd

from helpers.platforms.model import Shaped, other_columns

# Questions whose answers name a person, in the words that forms use for them; of the answers nothing is kept.
PRIVATE = (
    r"\b(e-?mail|correo|phone|tel[eé]fono|m[oó]vil|whatsapp|dni|nif|address|direcci[oó]n|network id|ip)\b"
    r"|\b(your|full|first|last|tu|su) (name|nombre)\b|\b(nombre y apellidos?|nombre completo|apellidos?|te llamas)\b"
    r"|^(name|nombre)\??$"
)
_HINTS = re.compile(
    r"select all|check all|tick all|choose all|all that apply|marca todas|todas las que|varias opciones", re.I
)
# The form itself joins options by a semicolon, its spreadsheet by a comma and a blank.
_SEPARATORS = (";", ", ")
_LONGEST_OPTION = 80
_LEAST_OPTIONS = 2


def unfolded(frame: pd.DataFrame, questions: dict[str, str]) -> Shaped:
    """Return one row an answer; a blank cell is none, and an answer of several options is one row each.

    Parameters
    ----------
    frame
        One row a respondent. The index, the row of the file, stands for a respondent who is not told otherwise.
    questions
        Text of the question by name of the column that holds answers to it.
    """
    if not questions:
        return {"survey": pd.DataFrame({"question": [], "answer": []}, dtype="str")}
    respondent = pd.Series([str(row) for row in frame.index], index=frame.index, dtype="str")
    if "respondent" in frame:
        respondent = frame["respondent"].fillna(respondent)
    parts = [
        pd.DataFrame(
            {
                "respondent": respondent,
                "submitted_at": frame.get("submitted_at", pd.NaT),
                "question": question,
                "answer": options(frame[name], question),
                "_order": position,
            }
        )
        for position, (name, question) in enumerate(questions.items())
    ]
    answers = pd.concat(parts).explode("answer").dropna(subset="answer")
    # By respondent and then in the order of the questions, as the file has them.
    answers = answers.rename_axis("_row").sort_values(["_row", "_order"], kind="stable").rename_axis(None)
    value = pd.to_numeric(answers["answer"], errors="coerce")
    return {"survey": answers.drop(columns="_order").assign(answer=answers["answer"].astype("str"), value=value)}


def numbered(questions: dict[str, str]) -> dict[str, str]:
    """Tell questions of equal text apart: the second is called `text (2)`."""
    seen: Counter[str] = Counter()
    found = {}
    for name, question in questions.items():
        seen[question] += 1
        found[name] = question if seen[question] == 1 else f"{question} ({seen[question]})"
    return found


def questions_of(frame: pd.DataFrame) -> dict[str, str]:
    """Return the text of the question by the column that the file keeps for it; line breaks become blanks."""
    return {name: " ".join(header.split()) for name, header in other_columns(frame.columns).items()}


def options(answers: pd.Series, question: str) -> pd.Series:
    """Return each cell as its list of options; a cell of prose stays one."""
    filled = list(answers.dropna().unique())
    is_hinted = _HINTS.search(question) is not None
    separator = next((sign for sign in _SEPARATORS if _is_multiple(filled, sign, is_hinted=is_hinted)), "")
    if not separator:
        return answers
    return answers.map(lambda cell: _split(cell, separator), na_action="ignore")


def _split(cell: str, separator: str) -> list[str]:
    return [part.strip() for part in cell.split(separator) if part.strip()]


def _is_multiple(cells: list[str], separator: str, *, is_hinted: bool) -> bool:
    """Whether cells are choices from one list: short options that come back beside other options or alone.

    A comma in prose brings parts that always stand beside the same words; one in an option's own text does too.
    """
    choices = [_split(cell, separator) for cell in cells]
    several = [choice for choice in choices if len(choice) >= _LEAST_OPTIONS]
    if not several or any(len(option) > _LONGEST_OPTION for choice in choices for option in choice):
        return False
    if any(len(set(choice)) < len(choice) for choice in choices):
        return False
    company: dict[str, set[frozenset[str]]] = defaultdict(set)
    for choice in choices:
        for option in choice:
            company[option].add(frozenset(choice))
    in_lists = {option for choice in several for option in choice}
    returning = sum(1 for option in in_lists if len(company[option]) > 1)
    return returning >= (1 if is_hinted else _LEAST_OPTIONS) and (is_hinted or 2 * returning >= len(in_lists))
