"""A client knows where its things are, and nothing leads out of its folder."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from helpers.clients import Client, Comment, Roots, client_names, open_client
from helpers.errors import ClientError, UsageError

HEAD = "name: Café Aurora\ncurrency: EUR\ntimezone: Europe/Madrid\n"


def test_a_wrong_name_suggests_the_client_that_was_meant(lay_down: Callable[..., Path], roots: Roots) -> None:
    lay_down()

    with pytest.raises(UsageError) as raised:
        open_client("auroa", roots)

    assert "Did you mean aurora?" in raised.value.next_step


@pytest.mark.parametrize("name", ["../aurora", "", "Aurora", "aurora/", ".", "a" * 64, "-aurora", "s3:aurora"])
def test_a_name_that_is_no_folder_of_a_client_is_refused(
    lay_down: Callable[..., Path], roots: Roots, name: str
) -> None:
    lay_down()

    with pytest.raises(UsageError, match="no such client"):
        open_client(name, roots)


def test_a_folder_without_client_file_says_how_to_get_one(roots: Roots) -> None:
    (roots.clients / "nuevo").mkdir()

    with pytest.raises(ClientError, match="cuaderno new nuevo"):
        open_client("nuevo", roots)


def test_clients_are_listed_by_their_files(lay_down: Callable[..., Path], roots: Roots) -> None:
    lay_down(name="b")
    lay_down(name="a")
    lay_down(name="No_client")
    (roots.clients / "empty").mkdir()

    assert client_names(roots) == ("a", "b")


def test_exports_are_the_readable_files_but_for_those_of_experiments(opened: Callable[..., Client]) -> None:
    experiment = (
        "experiments: [{name: a, kind: before_after, file: exports/s.csv, date: d, outcome: y, start: 2026-03-11}]\n"
    )
    paths = ["exports/b.CSV", "exports/a/z.xlsx", "exports/s.csv", "exports/~$z.xlsx", "exports/.h.csv", "exports/n.md"]

    client = opened(HEAD + experiment, dict.fromkeys(paths, "x"))

    assert [client.shown(path) for path in client.exports()] == ["exports/a/z.xlsx", "exports/b.CSV"]


def test_a_client_without_exports_has_none(opened: Callable[..., Client]) -> None:
    assert opened().exports() == ()


@pytest.mark.parametrize("is_folder", [False, True])
def test_a_link_out_of_the_client_folder_is_refused(
    opened: Callable[..., Client], tmp_path: Path, is_folder: bool
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.csv").write_text("x")
    client = opened(HEAD, {"exports/a.csv": "x"})
    (client.folder / "exports" / "link").symlink_to(outside if is_folder else outside / "secret.csv")

    with pytest.raises(ClientError, match="leads out"):
        client.exports()


def test_a_pipe_among_the_exports_is_passed_over(opened: Callable[..., Client]) -> None:
    client = opened(HEAD, {"exports/a.csv": "x"})
    os.mkfifo(client.folder / "exports" / "b.csv")

    assert [path.name for path in client.exports()] == ["a.csv"]


def test_a_name_that_is_no_text_is_shown_as_one(opened: Callable[..., Client]) -> None:
    client = opened()
    (client.folder / "exports").mkdir(exist_ok=True)
    (client.folder / "exports" / os.fsdecode(b"meta_\xff.csv")).write_text("a,b\n")

    (path,) = client.exports()

    assert client.shown(path) == "exports/meta_\ufffd.csv"
    assert path.is_file()


def test_commentary_is_found_by_period_stage_and_language(opened: Callable[..., Client]) -> None:
    client = opened(HEAD, {"commentary/2026-10/audit.es-ES.md": "Buen mes."})

    assert client.commentary("2026-10", "audit", "es-ES") == Comment("Buen mes.")
    assert client.commentary("2026-10", "audit", "en") is None


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_comment_is_signed_at_its_top(opened: Callable[..., Client], end: str) -> None:
    signed = end.join(("---", "author: Ana Ruiz ", "---", "Buen mes.", ""))
    ruled = end.join(("---", "Buen mes.", "---", ""))
    client = opened(HEAD, {"commentary/2026-10/audit.en.md": signed, "commentary/2026-10/strategy.en.md": ruled})

    assert client.commentary("2026-10", "audit", "en") == Comment(f"Buen mes.{end}", "Ana Ruiz")
    assert client.commentary("2026-10", "strategy", "en") == Comment(ruled)


def test_the_logo_is_read_where_one_is_named(opened: Callable[..., Client]) -> None:
    assert opened().logo() is None
    assert opened(HEAD + "brand: {logo: brand/logo.svg}\n", {"brand/logo.svg": "<svg/>"}).logo() == b"<svg/>"


def test_a_logo_that_would_burst_the_page_is_refused(opened: Callable[..., Client]) -> None:
    client = opened(HEAD + "brand: {logo: brand/logo.svg}\n", {"brand/logo.svg": "x" * 300_001})

    with pytest.raises(ClientError, match="larger than 300 kB"):
        client.logo()


def test_what_is_kept_lies_beside_the_clients_folder(opened: Callable[..., Client], tmp_path: Path) -> None:
    client = opened()

    assert client.kept == tmp_path / ".cuaderno" / "aurora"
    assert client.result_file("2026-10", "audit") == client.kept / "results" / "2026-10" / "audit.json"
    assert client.reports == tmp_path / "reports" / "aurora"


def test_the_salt_is_made_once_and_is_the_owners_alone(opened: Callable[..., Client]) -> None:
    client = opened()

    first = client.salt()

    assert len(first) == 64
    assert client.salt() == first
    assert (client.kept / "salt").stat().st_mode & 0o077 == 0


def test_two_clients_have_different_salts(lay_down: Callable[..., Path], roots: Roots) -> None:
    lay_down(name="a")
    lay_down(name="b")

    assert open_client("a", roots).salt() != open_client("b", roots).salt()


def test_a_value_of_the_file_can_be_pointed_at(opened: Callable[..., Client]) -> None:
    client = opened(HEAD + "goals:\n  - {metric: roas, target: 3}\n")

    assert client.where("goals", 0, "target") == "clients/aurora/client.yaml:5:28"


def test_sources_reach_the_exports_that_they_name(opened: Callable[..., Client]) -> None:
    text = "sources: [{files: exports/l*.csv, table: orders, columns: {revenue: Importe}, numbers: '1.234,56'}]\n"
    client = opened(HEAD + text, {"exports/ledger.csv": "x", "exports/other.csv": "x"})

    ledger, other = client.exports()
    (source,) = client.intake_sources(ledger)
    assert (source.table, source.columns, source.numbers) == ("orders", {"revenue": "Importe"}, "1.234,56")
    assert client.intake_sources(other) == ()


def test_tables_of_a_database_are_no_entries_of_exports(opened: Callable[..., Client]) -> None:
    text = "sources: [{sql: t, url_env: WAREHOUSE_URL, table: orders}, {files: exports/*.csv, table: ads}]\n"
    client = opened(HEAD + text, {"exports/ledger.csv": "x"})

    assert [source.table for source in client.intake_sources()] == ["ads"]
    assert [source.table for source in client.intake_sources(client.exports()[0])] == ["ads"]
