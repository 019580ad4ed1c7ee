"""The canonical tables: every export ends in one of these, one module a grain.

Every row also carries where it came from: `source` (the export's platform), `file` and `sha256`.
"""

from __future__ import annotations

from helpers.tables.model import PROVENANCE, Additivity, Column, Held, Kind, Table, UnheldError
from helpers.tables.registry import TABLES

__all__ = ["PROVENANCE", "TABLES", "Additivity", "Column", "Held", "Kind", "Table", "UnheldError"]
