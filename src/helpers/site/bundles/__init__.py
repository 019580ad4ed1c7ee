"""Bundles to hand over, made from what a run has left: one module a format.

A format takes what goes out and how it is wished, and returns the files; only `write` puts them into their folder.
"""

from __future__ import annotations

from collections.abc import Callable

from helpers.site.bundles import printed, protected, workbook, zipped
from helpers.site.bundles.handover import Bundle, Handover, Wishes, find, write

FORMATS: dict[str, Callable[[Handover, Wishes], Bundle]] = {
    "zip": zipped.make,
    "pdf": printed.make,
    "xlsx": workbook.make,
    "encrypted": protected.make,
}
"""Every format by the name that the command knows it by."""

PROTECTED = ("pdf", "encrypted")
"""The formats that a password closes."""

__all__ = ["FORMATS", "PROTECTED", "Bundle", "Handover", "Wishes", "find", "write"]
