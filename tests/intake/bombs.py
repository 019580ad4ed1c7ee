"""Files that want to harm whoever reads them, made when they are wanted and never kept."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Mapping

import xlsxwriter

META = "Reporting starts,Reporting ends,Campaign name,Amount spent (EUR),Impressions\n"
ROW = "2026-01-01,2026-01-01,A,1.5,10\n"
LOL = '<!DOCTYPE lolz [<!ENTITY a "lol">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
)  # fmt: skip


def archive(members: Mapping[str, str | bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", packing) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return buffer.getvalue()


def workbook(*rows: list[object]) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return buffer.getvalue()


def rewritten(name: str, change: Callable[[bytes], bytes]) -> bytes:
    """A small workbook of which one part is another."""
    with zipfile.ZipFile(io.BytesIO(workbook(["a", "b"], ["c", "d"]))) as made:
        parts = {part: made.read(part) for part in made.namelist()}
    return archive({**parts, name: change(parts.get(name, b""))})


def linked() -> bytes:
    """An archive with a member that is a link."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        info = zipfile.ZipInfo("link.csv")
        info.external_attr = 0o120777 << 16
        made.writestr(info, "/etc/passwd")
    return buffer.getvalue()


def lying() -> bytes:
    """An archive whose member unpacks to far more than it says."""
    raw = bytearray(archive({"a.csv": b"0" * 9_000_000}))
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", raw, raw.index(mark) + at, 1000)
    return bytes(raw)


def encrypted() -> bytes:
    """The head of a compound file, as a workbook with a password has it, and the name of its one stream."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1024) + "EncryptedPackage".encode("utf-16-le") + bytes(512)


SHEET = "xl/worksheets/sheet1.xml"
BOMBS: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "dense.zip": (lambda: archive({"a.csv": b"0" * 22_000_000}), "unsafe_file"),
    "lying.zip": (lying, "truncated_file"),
    "many.zip": (lambda: archive({f"{n}.csv": "a" for n in range(2_500)}), "unsafe_file"),
    "nested.zip": (lambda: archive({"a.zip": archive({"b.zip": archive({"c.csv": META})})}), "unsafe_file"),
    "nested.csv.zip": (lambda: archive({"a.csv": archive({"c.csv": META + ROW})}), "unsafe_file"),
    "up.zip": (lambda: archive({"../../up.csv": META + ROW}), "unsafe_file"),
    "absolute.zip": (lambda: archive({"/etc/cron.d/x.csv": META + ROW}), "unsafe_file"),
    "drive.zip": (lambda: archive({"C:\\x.csv": META + ROW}), "unsafe_file"),
    "backwards.zip": (lambda: archive({"a\\..\\..\\x.csv": META + ROW}), "unsafe_file"),
    "link.zip": (linked, "unsafe_file"),
    "far.xlsx": (lambda: rewritten(SHEET, lambda xml: xml.replace(b'r="B2"', b'r="XFD1048576"')), "unsafe_file"),
    "far quoted.xlsx": (lambda: rewritten(SHEET, lambda xml: xml.replace(b'r="B2"', b"r='XFD1048576'")), "unsafe_file"),
    "rows.xlsx": (lambda: rewritten(SHEET, lambda xml: xml + b"<row><c><v>1</v></c></row>" * 850_000), "unsafe_file"),
    "laughs.xlsx": (lambda: rewritten("xl/sharedStrings.xml", lambda xml: LOL.encode() + xml), "unsafe_file"),
    "laughs 16.xlsx": (lambda: rewritten("xl/styles.xml", lambda _: (LOL + "<x/>").encode("utf-16")), "unsafe_file"),
    "outside.xlsx": (
        lambda: rewritten("[Content_Types].xml", lambda xml: b'<!DOCTYPE a SYSTEM "file:///etc/passwd">' + xml),
        "unsafe_file",
    ),
    "secret.xlsx": (encrypted, "not_a_table"),
    "half.csv": (lambda: (META + ROW).encode("utf-16")[:-1], "truncated_file"),
    "half letter.csv": (lambda: (META + ROW.replace("A", "Ñandú") + "ñ").encode()[:-1], "truncated_file"),
    "page.xls": (lambda: b"\xef\xbb\xbf<!-- x -->\n<html><table><tr><td>1</td></tr></table></html>", "not_a_table"),
    "page 16.xls": (lambda: "<html><table><tr><td>1</td></tr></table></html>".encode("utf-16"), "not_a_table"),
    "table.xls": (lambda: b"\n" * 600 + b"<table border=1><tr><td>1</td></tr></table>", "not_a_table"),
    "line.csv": (lambda: b"a" * 3_000_000, "not_a_table"),
    "columns.csv": (lambda: b"a," * 1_000_000 + b"\n" + b"1," * 1_000_000, "unsafe_file"),
    "zeros.csv": (lambda: (META + ROW * 30).encode() + bytes(64), "truncated_file"),
    "zero.csv": (lambda: (META + ROW).replace("1.5", "1\0005").encode(), "truncated_file"),
    "quotes.csv": (lambda: b'"' * 5_000_001, "not_a_table"),
}  # fmt: skip
"""By the name of the file: how it is made, and the code of its refusal."""
