"""Files too large to be held, text and Parquet: DuckDB reads what is plain, the functions of small files all else.

The first records are read like any file; they decide what the columns are, and how numbers and dates are written.
DuckDB scans the rest with these types straight into Parquet. Records that do not fit (totals, footers, bounds such as
`<10`, odd dates, cut lines) come back and are read with the first ones; so are records that show what these did not: a
column that is filled only later, another currency. If that changes how the rest is to be read, it is scanned again.
Parquet has types, so that nothing is decided and everything fits. What is no single table of plain records, or is not
proven by what it holds, raises `UnfitError`.
"""

from helpers.intake.large.outline import UnfitError
from helpers.intake.large.reading import LargeFile, read

THRESHOLD = 32 << 20
"""Bytes from which on a file is read here, of Parquet those of its text (`Extent.as_text`); a smaller one is held."""

__all__ = ["THRESHOLD", "LargeFile", "UnfitError", "read"]
