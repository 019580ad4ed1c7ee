"""Personal data: dropped, or turned into a salted digest where rows of one person must stay together."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

import pandas as pd

# A client's own salt is better; this one only keeps digests stable between files when none is given.
DEFAULT_SALT = "cuaderno"
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PERSON_COLUMNS = frozenset({"customer_id", "contact_id", "respondent"})


def digest(text: str, salt: str) -> str:
    """Return a digest that is the same for the same person and salt, and from which nobody reads the person."""
    return hashlib.sha256(f"{salt}\0{text.strip().casefold()}".encode()).hexdigest()[:20]


def digested(frame: pd.DataFrame, names: Sequence[str], salt: str) -> pd.DataFrame:
    """Return the frame with digests in place of the people that the columns `names` hold; blanks stay blank."""
    columns = {
        name: frame[name].map(lambda word: digest(word, salt), na_action="ignore").astype("str") for name in names
    }
    return frame.assign(**columns)


def hashed(frame: pd.DataFrame, salt: str) -> tuple[pd.DataFrame, list[str]]:
    """Replace e-mail addresses by digests, in every text column.

    Returns
    -------
    The frame, and the names of the columns in which addresses stood.
    """
    found = []
    for name in frame.columns:
        if not pd.api.types.is_string_dtype(frame[name]):
            continue
        words = frame[name].dropna().unique()
        secrets = {word: digest(word, salt) for word in words if _EMAIL.fullmatch(str(word))}
        if secrets:
            found.append(str(name))
            replacement = secrets if name in _PERSON_COLUMNS else dict.fromkeys(secrets)
            frame = frame.assign(
                **{str(name): frame[name].map(lambda word, to=replacement: to.get(word, word)).astype("str")}
            )
    return frame, found
