"""The different words of a column, through the functions that every cell of a small file goes through."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import pandas as pd

from helpers.intake import checks, private, rows, typed
from helpers.intake.cells import is_nameless, is_null
from helpers.intake.large.plan import Known
from helpers.intake.rows import Layout
from helpers.tables import Column


class HolesError(Exception):
    """Zeros inside a cell."""


@dataclass
class Heard:
    """What the words of one column of the table bring about.

    `masked` holds one in which a person was named, `damaged` the first id without all of its digits, `odd` those that
    look like formulas or markup, by the code of that problem.
    """

    masked: str = ""
    damaged: str = ""
    odd: dict[str, list[str]] = field(default_factory=dict)


def heard(found: Heard, words: Sequence[str], column: Column, split: Sequence[str], known: Known, salt: str) -> None:
    """Take in different words of a column of the table: what they bring about, and what stands for them.

    Parameters
    ----------
    found
        What was heard of the column so far.
    words
        Different words, as they are written in the table so far.
    column
        The column.
    split
        Columns of the file that it joins; empty where it is one of these itself.
    known
        What words are known to mean.
    salt
        Of the client.

    Raises
    ------
    HolesError
        Where one has zeros inside.
    """
    if any("\0" in word for word in words):
        raise HolesError
    raw = pd.Series(list(words), dtype="object")
    spelled = _joined(raw, column) if split else _spelled(raw, column)
    hidden, secrets = private.hashed(pd.DataFrame({column.name: spelled}), salt)
    clean = [None if pd.isna(word) else word for word in hidden[column.name].tolist()]
    changed = {word: new for word, new in zip(words, clean, strict=True) if word != new}
    known.cleaned.setdefault(column.name, {}).update(changed)
    if secrets and not found.masked:
        found.masked = next(word for word, old, new in zip(words, spelled, clean, strict=True) if old != new)
    if column.name.endswith("_id"):
        damaged = typed.lost_digits({word: word for word in words})
        found.damaged = min([*damaged, *filter(None, [found.damaged])], default="")
    for code, odd in checks.odd_words(filter(None, clean)).items():
        found.odd.setdefault(code, []).extend(odd)


def named(name: str, words: Iterable[str], layout: Layout, known: Known) -> None:
    """Take in words of a column of the file: which of them name nothing, and which a total."""
    if name in layout.names:
        listed = set(words)
        known.unnamed.setdefault(name, set()).update(filter(is_nothing, listed))
        known.labels.setdefault(name, set()).update(rows.labels(listed, layout))


def is_nothing(word: str) -> bool:
    """Whether a word names nothing."""
    return is_null(word) or is_nameless(word)


def _spelled(words: pd.Series, column: Column) -> pd.Series:
    spelled = typed.texts(words, column, "", [])
    return checks.codes(spelled) if column.name == "currency" else spelled


def _joined(words: pd.Series, column: Column) -> pd.Series:
    parts = [_spelled(pd.Series(word.split("|"), dtype="object"), column) for word in words]
    return pd.Series(["|".join(part.fillna("")) for part in parts], dtype="str")
