"""Passwords of what is handed over: whoever has the file can try as many as they like, so short ones are refused."""

from __future__ import annotations

import secrets
import unicodedata

from helpers.errors import UsageError

VARIABLE = "CUADERNO_SHARE_PASSWORD"
SHORTEST = 12

_SIGNS = "abcdefghjkmnpqrstvwxyz23456789"
_GROUPS, _SIZE = 5, 5


def accepted(password: str) -> str:
    """The password as it is used: without blanks around it, accents composed, as the page does with what is typed.

    Raises
    ------
    UsageError
        If it is shorter than twelve characters.
    """
    used = unicodedata.normalize("NFC", password.strip())
    if len(used) < SHORTEST:
        raise UsageError(
            "the password is too short for a file that leaves the house",
            where=VARIABLE,
            seen=f"{len(used)} characters",
            next_step=f"Take at least {SHORTEST}, better several words; --format encrypted finds one if you give none.",
        )
    return used


def generated() -> str:
    """A new passphrase of 122 random bits, in groups that can be read out over the telephone."""
    return "-".join("".join(secrets.choice(_SIGNS) for _ in range(_SIZE)) for _ in range(_GROUPS))
