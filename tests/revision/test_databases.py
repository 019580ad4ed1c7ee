"""A page whose figures come from a database holds by what was read last, and verifying it asks nobody."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from helpers import warehouse
from helpers.clients import open_client

from .conftest import SETTINGS, Project


@pytest.fixture
def database(project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The TikTok rows of the client, in a database instead of an export; the page is made from them."""
    path = tmp_path / "warehouse.duckdb"
    export = project.client / "exports" / "tiktok.csv"
    with duckdb.connect(path) as connection:
        connection.read_csv(str(export)).to_table("tiktok")
    export.unlink()
    entry = "sources:\n  - {sql: tiktok, url_env: WAREHOUSE_URL, table: ads}\n"
    (project.client / "client.yaml").write_text(SETTINGS + entry, encoding="utf-8")
    monkeypatch.setenv("WAREHOUSE_URL", f"duckdb:///{path}")
    project.report()
    return path


def test_a_page_from_a_database_holds_without_asking_it(
    project: Project, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("WAREHOUSE_URL")
    database.unlink()
    before = project.files()

    found = project.verify()

    assert found.holds
    assert found.is_same
    assert project.files() == before
    (spend,) = (one for one in found.document.claims if one.id == "post_campaign.spend.tiktok")
    assert spend.value == 155
    assert [(one.file, one.rows) for one in spend.evidence] == [("sql:tiktok", 31)]


def test_figures_that_a_database_gives_now_are_named(project: Project, database: Path) -> None:
    with duckdb.connect(database) as connection:
        connection.execute('UPDATE tiktok SET "Cost" = 6')
    warehouse.refresh(open_client("aurora", project.roots))

    found = project.verify()

    (spend,) = (one for one in found.judged if one.id == "post_campaign.spend.tiktok")
    assert ("value", 155, 186) in [(one.field, one.old, one.new) for one in spend.changes]
    assert spend.why == ("file sql:tiktok was changed",)
