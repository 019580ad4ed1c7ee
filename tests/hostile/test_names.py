"""Names that want to be more than names stand in the store exactly as the export has them."""

from __future__ import annotations

import csv
import io
import unicodedata
from pathlib import Path

import pytest
import xlsxwriter

from helpers.intake import Source
from helpers.store import Store

from .conftest import IS_WHOLE
from .folders import on_disk
from .payloads import ODD, OWN, naughty

HEADER = ("Day", "Account name", "Campaign name", "Ad name", "Amount spent (EUR)", "Impressions")
SHEET_SIGNS = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


@pytest.fixture(scope="module")
def texts() -> list[str]:
    """Our own handful; every naughty string where `make hostile` asks for them. A file with zero bytes is refused."""
    own = (text.replace("\0", "") for text in OWN.values())
    return [text for text in dict.fromkeys((*ODD, *own, *naughty())) if exact(text) is not None]


@pytest.fixture(scope="module")
def some(texts: list[str]) -> list[str]:
    """Every fifth, where each takes a file of its own; all where the whole is asked for."""
    return texts if IS_WHOLE else texts[::5]


def exact(text: str) -> str | None:
    """The text as the store holds it: one way of writing accents, no blanks around it; None for signs of nothing."""
    name = unicodedata.normalize("NFC", text).strip()
    return None if name in {"", "-", "--", "—", "–"} else name


def table(*rows: object) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerows(rows)
    return buffer.getvalue()


def test_names_of_accounts_campaigns_and_ads_are_exact(tmp_path: Path, texts: list[str]) -> None:
    path = tmp_path / "export.csv"
    rows = [("2026-01-01", text, text, text, at + 1, 10) for at, text in enumerate(texts)]
    path.write_bytes(table(HEADER, *rows).encode("utf-8"))
    store = Store(tmp_path / "store")
    receipt = store.ingest(path)
    frame = store.read("ads", [receipt])

    for level in ("account", "campaign", "ad"):
        assert frame[level].tolist() == [exact(text) for text in texts]
    assert receipt.tables[0].totals["spend"] == sum(range(1, len(texts) + 1))


def test_a_lone_name_of_a_campaign_never_takes_its_money_away(tmp_path: Path, texts: list[str]) -> None:
    path = tmp_path / "export.csv"
    rows = [("2026-01-01", "2026-01-31", text, at + 1, 10) for at, text in enumerate(texts)]
    path.write_bytes(table(("Reporting starts", "Reporting ends", "Campaign name", *HEADER[4:]), *rows).encode())
    receipt = Store(tmp_path / "store").ingest(path)

    assert receipt.rows == len(texts)
    assert receipt.tables[0].dropped == {}


def test_comments_sheets_and_columns_are_exact(tmp_path: Path, some: list[str]) -> None:
    store = Store(tmp_path / "store")
    for text in some:
        if "\ufffe" in text:  # no sign that a workbook can hold: programs write its number instead
            continue
        path = tmp_path / "export.xlsx"
        with xlsxwriter.Workbook(path) as book:
            page = book.add_worksheet(f"1 {text.translate(SHEET_SIGNS)}"[:14].rstrip())
            for at, cell in enumerate(("when", text, "2026-01-01", text)):
                page.write_string(at // 2, at % 2, cell)
        receipt = store.ingest(path, sources=(Source("*", "mentions", {"at": "when", "text": text}),))

        assert store.read("mentions", [receipt])["text"].tolist() == [exact(text)]


def test_files_keep_their_names_and_name_nothing_else(tmp_path: Path, some: list[str]) -> None:
    exports = tmp_path / "exports"
    exports.mkdir()
    store = Store(tmp_path / "store")
    paths = [exports / f"{on_disk(text)}-{at}.csv" for at, text in enumerate(some)]
    for at, path in enumerate(paths):
        path.write_text(table(HEADER, ("2026-01-01", "A", "B", "C", at, 10)))
    frame = store.read("ads", [store.ingest(path) for path in paths])
    kept = [path.relative_to(tmp_path).as_posix() for path in (tmp_path / "store").rglob("*")]

    assert frame["file"].tolist() == [path.name for path in paths]
    assert frame["spend"].tolist() == [*map(float, range(len(paths)))]
    assert all(name.isascii() and len(name) < 120 for name in kept)
    assert {path.name for path in tmp_path.iterdir()} == {"exports", "store"}
