"""The appendix of a report as XLSX: one sheet a figure or table, numbers as numbers, nothing that is computed."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from helpers.errors import RunError
from helpers.export.reading import read
from helpers.site.bundles.handover import Bundle, Handover, Wishes
from helpers.site.bundles.tables import Cell, OutdatedError, Table, Tables
from helpers.units import Quantity

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

HEAD_ROW = 4
"""The row of the heads, counted from zero: title, subtitle, note and a blank line stand above it on every sheet."""

_NAME_LENGTH = 31
_TEXT_LENGTH = 32_767
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f]+")
_NO_XML = re.compile(r"[\ud800-\udfff\ufffe\uffff]")
_NARROW, _WIDE = 10, 52
_DAY, _MOMENT, _WORDS = "yyyy-mm-dd", "yyyy-mm-dd hh:mm", "@"


def make(handover: Handover, wishes: Wishes) -> Bundle:
    """Write the appendix of every page.

    Raises
    ------
    UsageError
        If a notebook is gone, or an earlier version of the workbook has run it.
    RunError
        If a notebook is no report.
    """
    del wishes  # a spreadsheet has neither paper nor password
    files = {}
    for stage, language, _ in handover.pages:
        try:
            content = appendix(handover.notebook(stage), language, handover.day)
        except OutdatedError as error:
            where = f"{handover.folder.name}/{stage}.ipynb"
            raise handover.again("the report was made by an earlier version of the workbook", where=where) from error
        files[f"{stage}.{language}.xlsx"] = content
    return Bundle(files)


def appendix(notebook: Any, language: str, day: date) -> bytes:
    """Write the tables of an executed notebook.

    The first sheet lists the others. Each has its title in the first row, what it says of itself in the next two, its
    heads in the fifth and its rows below. Numbers are as they were computed; the cell's format says their unit.

    Parameters
    ----------
    notebook
        An executed notebook.
    language
        One of its languages.
    day
        What the file is dated with: the same notebook gives the same bytes.

    Raises
    ------
    OutdatedError
        If the notebook's tables hold no numbers.
    """
    import xlsxwriter  # noqa: PLC0415  only those who ask for a spreadsheet wait for it

    sheet = read(notebook)
    tables = Tables(sheet, language)
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        title = f"{tables.story.name} · {sheet.head.name} · {tables.period}"
        book.set_properties({"title": title, "created": datetime.combine(day, time())})
        _Writer(book, tables).write(title)
    return out.getvalue()


class _Writer:
    """Writes sheets into one file; a number format is made once."""

    def __init__(self, book: Workbook, tables: Tables) -> None:
        self._book = book
        self._tables = tables
        self._formats: dict[tuple[str, bool], Format] = {}
        self._title = book.add_format({"bold": True, "font_size": 14})
        self._mute = book.add_format({"font_color": "#55606e"})
        self._head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self._link = book.add_format({"font_color": "#1c65c8", "underline": 1})

    def write(self, title: str) -> None:
        say, every = self._tables.say, self._tables.of_the_page()
        listed = [(name_of(f"{number:02} {table.name}"), table) for number, table in enumerate(every, 1)]
        listed += [(name_of(say("files")), self._tables.files()), (name_of(say("claims")), self._tables.claims())]
        contents = self._book.add_worksheet(name_of(say("contents")))
        self._contents(contents, title, listed)
        for name, table in listed:
            self._sheet(self._book.add_worksheet(name), table)

    def _contents(self, sheet: Worksheet, title: str, listed: Sequence[tuple[str, Table]]) -> None:
        say = self._tables.say
        rows = [(name, table.kind, table.section, table.title) for name, table in listed]
        head = (say("sheet"), say("kind"), say("section"), say("title"))
        self._sheet(sheet, Table(say("contents"), title, head, tuple(rows)))
        for at, (name, _) in enumerate(listed, HEAD_ROW + 1):
            place = name.replace("'", "''")
            sheet.write_url(at, 0, f"internal:'{place}'!A1", self._link, string=name)

    def _sheet(self, sheet: Worksheet, table: Table) -> None:
        self._text(sheet, 0, 0, table.title, self._title)
        self._text(sheet, 1, 0, table.subtitle, self._mute)
        self._text(sheet, 2, 0, table.note, self._mute)
        for column, head in enumerate(table.head):
            self._text(sheet, HEAD_ROW, column, head, self._head)
        every = [*table.rows, *([table.total] if table.total else [])]
        for at, row in enumerate(every):
            is_total = table.total is not None and at == len(table.rows)
            for column, cell in enumerate(row):
                self._cell(sheet, HEAD_ROW + 1 + at, column, cell, is_total=is_total)
        for column, head in enumerate(table.head):
            sheet.set_column(column, column, _width(head, [row[column] for row in every]))
        sheet.freeze_panes(HEAD_ROW + 1, 1)

    def _cell(self, sheet: Worksheet, row: int, column: int, cell: Cell, *, is_total: bool) -> None:
        match cell:
            case Quantity():
                pattern = self._tables.number_format(cell)
                sheet.write_number(row, column, cell.value, self._format(pattern, is_total=is_total))
            case datetime():
                # A spreadsheet knows no time zone: the client's own clock is what the claim says.
                sheet.write_datetime(row, column, cell.replace(tzinfo=None), self._format(_MOMENT, is_total=is_total))
            case date():
                moment = datetime.combine(cell, time())
                sheet.write_datetime(row, column, moment, self._format(_DAY, is_total=is_total))
            case str():
                self._text(sheet, row, column, cell, self._format(_WORDS, is_total=is_total))

    def _text(self, sheet: Worksheet, row: int, column: int, text: str, look: Format) -> None:
        if text and sheet.write_string(row, column, _NO_XML.sub("", text)[:_TEXT_LENGTH], look) < 0:
            raise RunError("a text does not fit into a spreadsheet", seen=text[:80], next_step="Tell the developers.")

    def _format(self, pattern: str, *, is_total: bool) -> Format:
        known = self._formats.get((pattern, is_total))
        if known is None:
            look: dict[str, Any] = {"num_format": pattern, "valign": "top", "text_wrap": pattern == _WORDS}
            look |= {"bold": True, "top": 1} if is_total else {}
            known = self._formats[pattern, is_total] = self._book.add_format(look)
        return known


def name_of(wanted: str) -> str:
    """A name that a sheet may have: no forbidden sign, no apostrophe at an end, 31 letters at most, cut at a word."""
    plain = " ".join(_NO_XML.sub("", _FORBIDDEN.sub(" ", wanted)).split())
    # Spreadsheets count a sign beyond the basic plane as two.
    while len(plain.encode("utf-16-le")) // 2 > _NAME_LENGTH:
        head, blank, _ = plain.rpartition(" ")
        plain = head if blank and len(head) > _NAME_LENGTH // 2 else plain[:-1]
    return plain.strip("' ")


def _width(head: str, cells: Sequence[Cell]) -> int:
    longest = max((len(cell) if isinstance(cell, str) else _NARROW for cell in cells if cell is not None), default=0)
    return min(max(_NARROW, len(head), longest) + 2, _WIDE)
