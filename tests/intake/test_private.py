"""No name, address or number of a person gets into the store, and the receipt says where they stood."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.intake import Receipt, Source
from helpers.intake.private import MASK, is_personal, masked
from helpers.platforms import normalised
from helpers.store import Store
from helpers.tables import TABLES

from .bombs import META

SECRETS = ("ana.ruiz@correo.example", "600 123 456", "+34 611 222 333", "Ana Ruiz", "Calle Mayor 5", "12345678Z")
ASK = Source("*", "customers", {"customer_id": "who", "E-mail": "E-mail", "note": "note", "sum": "sum"})


def kept(tmp_path: Path, text: str, *sources: Source) -> tuple[Receipt, str]:
    """The receipt of a file, and all that the store holds of it, as one text."""
    path = tmp_path / "export.csv"
    path.write_text(text, encoding="utf-8")
    store = Store(tmp_path / "store")
    receipt = store.ingest(path, sources=sources, salt="of the client")
    rows = "".join(store.read(table, [receipt]).to_csv() for table in TABLES)
    files = (tmp_path / "store").rglob("*")
    raw = b"".join(file.read_bytes() for file in files if file.is_file()).decode("latin-1")
    for secret in SECRETS:
        assert secret not in rows + raw
    return receipt, rows


@pytest.mark.parametrize(
    "headers", ["Email,Phone,Customer name,Address,DNI", "Correo electrónico,Teléfono,Nombre completo,Dirección,NIF"]
)
def test_columns_about_people_are_left_out_of_a_known_export(tmp_path: Path, headers: str) -> None:
    people = ",".join((SECRETS[0], SECRETS[1], SECRETS[3], SECRETS[4], SECRETS[5]))
    text = f"{META.strip()},{headers},Colour\n2026-01-01,2026-01-01,A,1.5,10,{people},red\n"
    receipt, _ = kept(tmp_path, text)
    told = {problem.code: problem.message for problem in receipt.problems}

    assert receipt.tables[0].totals["spend"] == 1.5
    assert all(header in told["personal_data_dropped"] for header in headers.split(","))
    assert told["unknown_columns"].endswith(": Colour.")


def test_people_in_columns_that_the_analyst_named_are_dropped_or_become_digests(tmp_path: Path) -> None:
    text = (
        "who,E-mail,note,sum\n"
        f"{SECRETS[0]},{SECRETS[0]},call {SECRETS[2]} or {SECRETS[1]},10\n"
        f"{SECRETS[0].upper()},x,fine,5\n"
    )
    receipt, rows = kept(tmp_path, text, ASK)
    frame = Store(tmp_path / "store").read("customers", [receipt])

    assert "E-mail" not in frame
    assert frame["customer_id"].nunique() == 1
    assert frame["note"].tolist() == [f"call {MASK} or {MASK}", "fine"]
    assert frame["sum"].sum() == 15
    assert "who" in next(one.message for one in receipt.problems if one.code == "personal_data_dropped")
    assert SECRETS[0].upper() not in rows


def test_a_message_does_not_quote_an_address(tmp_path: Path) -> None:
    receipt, _ = kept(tmp_path, f"{SECRETS[0]},Colour\nred,blue\n")

    assert MASK in receipt.problems[0].message


def test_an_answer_to_a_question_for_a_name_is_left_out(tmp_path: Path) -> None:
    columns = {"respondent": "id", "question": "question", "answer": "answer"}
    text = f"id,question,answer\n1,¿Cuál es tu nombre completo?,{SECRETS[3]}\n2,¿Qué color prefieres?,rojo\n"
    _, rows = kept(tmp_path, text, Source("*", "survey", columns))

    assert "rojo" in rows


@pytest.mark.parametrize(
    "header", ["Phone calls", "Campaign name", "Email opens", "Nombre del anuncio", "Website address clicks", "Nombre"]
)
def test_ordinary_headers_are_about_nobody(header: str) -> None:
    assert not is_personal(normalised(header))


@pytest.mark.parametrize(
    "text",
    [
        "banner@2x.png",
        "@cafe_aurora",
        "2026-01-01",
        "1.234.567,89",
        "1 000 000.00",
        "120215000000000123",
        "300x250 728x90",
        "a@b",
    ],
)
def test_ordinary_texts_are_kept(text: str) -> None:
    assert masked(text) == text
