"""A client whose figures lie in a database: in PostgreSQL, and the same in a DuckDB file."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy

from helpers.clients import Client, Roots, open_client

from . import server
from .world import COLUMNS, ROWS

ENTRY = "sources:\n  - {sql: ad_reporting__ad_report, url_env: WAREHOUSE_URL, table: ads}\n"
HEAD = "name: Pan y Sal\ncurrency: EUR\ntimezone: America/Mexico_City\nas_of: 2026-11-05\n"


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL that this test session may fill; started once for each worker."""
    given, programs = os.environ.get(server.URL_VARIABLE), server.binaries()
    if given:
        yield given
    elif programs is not None:
        with server.running(programs) as address:
            yield address
    else:
        reason = (
            f"no PostgreSQL: install Debian's package postgresql, or name an empty database in {server.URL_VARIABLE}"
        )
        pytest.fail(reason) if os.environ.get("REQUIRE_POSTGRES") == "1" else pytest.skip(reason)


def execute(address: str, *statements: str) -> None:
    """Run statements as the owner, each of them for good."""
    engine = sqlalchemy.create_engine(address, poolclass=sqlalchemy.NullPool)
    with engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


def ask(address: str, statement: str) -> list[tuple[object, ...]]:
    """Return what the database says to its owner."""
    engine = sqlalchemy.create_engine(address, poolclass=sqlalchemy.NullPool)
    with engine.connect() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(statement)]


def quoted(name: str) -> str:
    doubled = name.replace('"', '""')
    return f'"{doubled}"'


def fill(address: str, rows: tuple[tuple[object, ...], ...] = ROWS) -> None:
    """Write the ad report anew, rows in this order."""
    engine = sqlalchemy.create_engine(address, poolclass=sqlalchemy.NullPool)
    columns = ", ".join(f"{quoted(name)} {kind}" for name, kind in COLUMNS.items())
    marks = ", ".join(f":{at}" for at in range(len(COLUMNS)))
    named = [{str(at): value for at, value in enumerate(row)} for row in rows]
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE IF EXISTS ad_reporting__ad_report")
        connection.exec_driver_sql(f"CREATE TABLE ad_reporting__ad_report ({columns})")
        connection.execute(sqlalchemy.text(f"INSERT INTO ad_reporting__ad_report VALUES ({marks})"), named)


@pytest.fixture
def in_postgres(postgres: str) -> str:
    fill(postgres)
    return postgres


@pytest.fixture
def in_duckdb(tmp_path: Path) -> str:
    address = f"duckdb:///{tmp_path / 'warehouse.duckdb'}"
    fill(address)
    return address


@pytest.fixture(params=["postgres", "duckdb"])
def database(request: pytest.FixtureRequest) -> str:
    """Each kind of database in turn, with the ad report in it."""
    return str(request.getfixturevalue(f"in_{request.param}"))


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Client]:
    """Lay down a client, set the address of its database, open it."""

    def open_one(address: str, entry: str = ENTRY, *, project: str = "one") -> Client:
        roots = Roots(tmp_path / project / "clients", tmp_path / project / "reports")
        (roots.clients / "acme" / "exports").mkdir(parents=True, exist_ok=True)
        (roots.clients / "acme" / "client.yaml").write_text(HEAD + entry)
        monkeypatch.setenv("WAREHOUSE_URL", address)
        return open_client("acme", roots)

    return open_one


def asking(sql: str) -> str:
    """The entry of a client file that asks for this."""
    return f"sources:\n  - sql: {json.dumps(sql)}\n    url_env: WAREHOUSE_URL\n    table: ads\n"
