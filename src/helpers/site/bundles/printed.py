"""Reports as PDF: tagged, with an outline, dated with the reports and not with the clock."""

from __future__ import annotations

import io
import re
from datetime import date

from helpers.errors import PreflightError
from helpers.site.bundles import chromium
from helpers.site.bundles.handover import Bundle, Handover, Wishes
from helpers.site.bundles.markup import linked, restyled

LETTER = frozenset({"BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"})
"""The countries that write on US Letter, after CLDR; all others have A4."""

PAPERS = ("A4", "Letter")

_NODE = re.compile(rb"(?<!/Title )\(node(\d{8})\)")
_DATE = re.compile(rb"/(CreationDate|ModDate) \(D:\d{14}\+00'00'\)")


def paper_of(country: str | None) -> str:
    """The paper of a country; A4 where it is not known."""
    return "Letter" if country in LETTER else "A4"


def make(handover: Handover, wishes: Wishes) -> Bundle:
    """Print every page.

    Raises
    ------
    PreflightError
        If there is no Chromium, or nothing that could close a PDF with the password.
    RunError
        If Chromium does not print.
    """
    program = chromium.program()
    if program is None:
        raise chromium.missing()
    pages = handover.pages
    return Bundle({f"{stage}.{language}.pdf": _pdf(handover, name, wishes, program) for stage, language, name in pages})


def _pdf(handover: Handover, name: str, wishes: Wishes, program: str) -> bytes:
    # On paper no link to another file is of use, and it would name a folder of this machine.
    page = restyled(linked(handover.page(name), {}), f"@page{{size:{wishes.paper}}}")
    pdf = _numbered(_dated(chromium.pdf_of(page, program), handover.day))
    return pdf if wishes.password is None else _closed(pdf, wishes.password)


def _dated(pdf: bytes, day: date) -> bytes:
    """The file with this day for that of its printing; not a byte moves, so all positions in it stay right."""
    return _DATE.sub(lambda found: b"/%s (D:%s000000+00'00')" % (found[1], f"{day:%Y%m%d}".encode()), pdf)


def _numbered(pdf: bytes) -> bytes:
    """The file with the heads of its tables numbered from one, in their order.

    Chromium names them after numbers that it gives to the nodes of a page while it loads; under load they may start
    one later. The new numbers have as many digits and sort alike, so positions and the tree of names stay right.
    """
    ranks = {number: rank for rank, number in enumerate(sorted(set(_NODE.findall(pdf))), start=1)}
    return _NODE.sub(lambda found: b"(node%08d)" % ranks[found[1]], pdf)


def _closed(pdf: bytes, password: str) -> bytes:
    """The file encrypted with AES-256; with new random keys each time."""
    try:
        import pikepdf  # noqa: PLC0415  an extra, needed only for passwords
    except ImportError as error:
        raise PreflightError(
            "nothing is installed that closes a PDF with a password",
            seen="no pikepdf",
            next_step="Install the extra: pip install -c requirements.lock -e '.[pdf]'.",
        ) from error
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(out, encryption=pikepdf.Encryption(owner=password, user=password, R=6))
    return out.getvalue()
