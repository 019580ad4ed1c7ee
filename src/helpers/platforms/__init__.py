"""What the exports of each platform look like, as data: adding a platform is one new file here and one sample."""

from __future__ import annotations

from helpers.platforms.model import (
    ANY_LEVEL,
    Derived,
    Header,
    LeftOut,
    Platform,
    Report,
    Shaped,
    Title,
    TotalRow,
    normalised,
    other_column,
)
from helpers.platforms.registry import PLATFORMS

__all__ = [
    "ANY_LEVEL",
    "PLATFORMS",
    "Derived",
    "Header",
    "LeftOut",
    "Platform",
    "Report",
    "Shaped",
    "Title",
    "TotalRow",
    "normalised",
    "other_column",
]
