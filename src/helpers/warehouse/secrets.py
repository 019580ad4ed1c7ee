"""Messages of drivers without what the address of a database holds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus

from helpers.intake.private import MASK, masked

if TYPE_CHECKING:
    from sqlalchemy import URL

_LONGEST = 300
_ANY_ADDRESS = re.compile(r"\b[a-z][\w+.-]*://\S+", re.IGNORECASE)
_ODBC_PART = re.compile(r"([^=;]+)=\s*(\{(?:[^}]|\}\})*\}|[^;]*)")
_ANY_PASSWORD = re.compile(r"\b(password|passwd|pwd|token|secret)\s*=\s*\S+", re.IGNORECASE)


def without(text: str, url: URL) -> str:
    """Return a message without the address: its password in any spelling, its options, its user, its host or file."""
    text = without_addresses(text)
    for secret in sorted(_secrets(url), key=len, reverse=True):
        text = text.replace(secret, MASK)
    file = url.database if "/" in (url.database or "") else None
    odbc = _odbc(url)
    for name in filter(None, (url.host, url.username, file, odbc.get("server"), odbc.get("uid"))):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", MASK, text)
    return masked(text, phones=False)[:_LONGEST]


def without_addresses(text: str) -> str:
    """Return a text without anything that looks like an address or a password."""
    return _ANY_PASSWORD.sub(MASK, _ANY_ADDRESS.sub(MASK, text))


def _secrets(url: URL) -> set[str]:
    values = [str(url.password) if url.password is not None else "", _odbc(url).get("pwd", "")]
    for option in url.query.values():
        values += [option] if isinstance(option, str) else option
    return {spelled for value in values if value for spelled in (value, quote(value, safe=""), quote_plus(value))}


def _odbc(url: URL) -> dict[str, str]:
    """Return what the words of an ODBC connection say, where an address holds them: keys in lower case."""
    words = url.query.get("odbc_connect", "")
    parts = _ODBC_PART.findall(words if isinstance(words, str) else ";".join(words))
    return {key.strip().lower(): _unbraced(value.strip()) for key, value in parts}


def _unbraced(value: str) -> str:
    return value[1:-1].replace("}}", "}") if value.startswith("{") and value.endswith("}") else value
