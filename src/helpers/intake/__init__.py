"""From the bytes of an export to a receipt and canonical rows.

The only place that knows encodings, delimiters, preambles, number and date styles. `read_file` never raises for bad
input: what cannot be read ends as a receipt that says what, where, what was seen and what to do.
"""

from __future__ import annotations

from helpers.intake.reader import READER_VERSION, Reading, read_file
from helpers.intake.receipt import Problem, Receipt, TableReceipt
from helpers.intake.sources import Source

__all__ = ["READER_VERSION", "Problem", "Reading", "Receipt", "Source", "TableReceipt", "read_file"]
