"""Commands that print what the workbook is held to; never part of `make test`."""
