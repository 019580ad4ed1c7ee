"""What a person may have meant by a misspelt word."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that is closest to the given one; capitals do not matter.

    Returns
    -------
    None where nothing is near enough to be worth a guess.
    """
    by_lower = {name.lower(): name for name in known}
    found = get_close_matches(word.lower(), by_lower, n=1, cutoff=0.6)
    return by_lower[found[0]] if found else None


def advice(word: str, known: Iterable[str], *, shown: int = 12) -> str:
    """An instruction that names the closest known word, else the known ones."""
    names = list(known)
    close = nearest(word, names)
    if close is not None:
        return f"Did you mean {close}?"
    if not names:
        return "There is none yet."
    more = f" and {len(names) - shown} more" if len(names) > shown else ""
    return f"Name one of: {', '.join(names[:shown])}{more}."
