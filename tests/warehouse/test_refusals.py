"""Whatever a query says, it changes nothing, leads nowhere else, takes no more than its share, and tells no secret."""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from sqlalchemy.dialects import mssql, mysql, postgresql

from helpers import warehouse
from helpers.clients import Client
from helpers.errors import ClientError, CuadernoError, PreflightError
from helpers.warehouse import Limits, reading, secrets

from .conftest import ask as rows_of
from .conftest import asking, execute
from .server import PASSWORD
from .world import ROWS

COUNT = "SELECT count(*) FROM ad_reporting__ad_report"
CHANGES = (
    "INSERT INTO ad_reporting__ad_report (clicks) VALUES (1)",
    "UPDATE ad_reporting__ad_report SET spend = 0",
    "DELETE FROM ad_reporting__ad_report",
    "DROP TABLE ad_reporting__ad_report",
    "TRUNCATE ad_reporting__ad_report",
    "CREATE TABLE beside AS SELECT * FROM ad_reporting__ad_report",
    "SELECT * INTO beside FROM ad_reporting__ad_report",
    "SELECT 1; DROP TABLE ad_reporting__ad_report",
    "SELECT 1; COMMIT; DROP TABLE ad_reporting__ad_report",
    "SELECT '\\'; DROP TABLE ad_reporting__ad_report; --'",
    "WITH gone AS (DELETE FROM ad_reporting__ad_report RETURNING *) SELECT * FROM gone",
    "SELECT * FROM ad_reporting__ad_report FOR UPDATE",
    "SET default_transaction_read_only = off",
    "BEGIN",
    "EXPLAIN ANALYZE DELETE FROM ad_reporting__ad_report",
    "CALL everything()",
    "; ",
    "this is no SQL at all (",
)


def refusal(client: Client, limits: Limits | None = None) -> ClientError:
    with pytest.raises(ClientError) as caught:
        warehouse.refresh(client, limits)
    assert caught.value.where.startswith("clients/acme/client.yaml:6:")
    return caught.value


@pytest.mark.parametrize("sql", CHANGES)
def test_what_would_change_the_database_is_refused(opened: Callable[..., Client], in_duckdb: str, sql: str) -> None:
    refusal(opened(in_duckdb, asking(sql)))

    assert rows_of(in_duckdb, COUNT) == [(len(ROWS),)]
    assert rows_of(in_duckdb, "SELECT count(*) FROM information_schema.tables WHERE table_name = 'beside'") == [(0,)]


@pytest.mark.parametrize("sql", CHANGES)
def test_the_database_itself_would_refuse_it_too(
    opened: Callable[..., Client], in_postgres: str, sql: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("helpers.warehouse.query.Query._refuse_all_but_one_select", lambda *_: None)
    before = rows_of(in_postgres, "SELECT sum(spend), count(*) FROM ad_reporting__ad_report")

    refusal(opened(in_postgres, asking(sql)))

    assert rows_of(in_postgres, "SELECT sum(spend), count(*) FROM ad_reporting__ad_report") == before
    assert rows_of(in_postgres, "SELECT count(*) FROM information_schema.tables WHERE table_name = 'beside'") == [(0,)]


@pytest.mark.parametrize(
    "sql",
    [
        "COPY ad_reporting__ad_report TO '{file}'",
        "SELECT * FROM read_csv('{file}')",
        "SELECT * FROM read_text('{file}')",
        "SELECT * FROM '{file}'",
        "FROM glob('{folder}/*')",
        "ATTACH '{folder}/other.duckdb'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SET enable_external_access = true; SELECT * FROM read_csv('{file}')",
        "EXPORT DATABASE '{folder}/other.duckdb'",
        "SELECT getvariable('x') FROM sniff_csv('{file}')",
    ],
)
@pytest.mark.parametrize("is_read_before", [True, False], ids=["by the reader of SQL", "by DuckDB"])
def test_no_query_leads_to_a_file(
    opened: Callable[..., Client], in_duckdb: str, tmp_path: Path, sql: str, is_read_before: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    if not is_read_before:
        monkeypatch.setattr("helpers.warehouse.query.Query._refuse_all_but_one_select", lambda *_: None)
    (tmp_path / "secret.csv").write_text("date_day,spend\n2026-10-01,7\n")
    client = opened(in_duckdb, asking(sql.format(file=tmp_path / "secret.csv", folder=tmp_path)))

    refusal(client)

    assert (tmp_path / "secret.csv").read_text() == "date_day,spend\n2026-10-01,7\n"
    assert not (tmp_path / "other.duckdb").exists()


@pytest.mark.parametrize("sql", ["SELECT pg_read_file('/etc/hostname')", "SELECT * FROM pg_ls_dir('/')"])
def test_a_user_without_such_rights_reads_no_file_of_the_server(
    opened: Callable[..., Client], in_postgres: str, sql: str
) -> None:
    with pytest.raises(PreflightError, match="does not let this user read that"):
        warehouse.refresh(opened(as_reader(in_postgres), asking(sql)))


@pytest.mark.parametrize(
    ("dialect", "sql", "seen"),
    [
        (mysql, "SELECT 1 /*!50000 INTO OUTFILE '/tmp/x' */", "!50000 INTO OUTFILE '/tmp/x'"),
        (mysql, "SELECT * FROM t /*M! FOR UPDATE */", "M! FOR UPDATE"),
        (mysql, "SELECT LOAD_FILE('/etc/hostname')", "LOAD_FILE"),
        (postgresql, "SELECT dblink_exec('dbname=x', 'DELETE FROM t')", "dblink_exec"),
        (postgresql, "SELECT * FROM public.\"dblink\"('dbname=x', 'DELETE FROM t') AS d(a INT)", "dblink"),
        (mssql, "SELECT * FROM OPENROWSET('SQLNCLI', 'x', 'DELETE FROM t')", "OPENROWSET"),
        (postgresql, "SELECT U&\"\\0064blink\"('x')", 'U&"'),
        (postgresql, "SELECT public.u&\"!0064blink\" UESCAPE '!' ('x')", 'U&"'),
        (postgresql, "SELECT public.U&\"\\0064blink\"('x')", 'U&"'),
    ],
)
def test_what_no_session_would_stop_is_refused_by_its_words(dialect: Any, sql: str, seen: str) -> None:
    with pytest.raises(ClientError) as caught:
        warehouse.Query("n", sql, "URL", "client.yaml:6:3").statement(dialect.dialect())

    assert caught.value.seen.strip() == seen


@pytest.mark.parametrize(
    ("dialect", "sql", "sent"),
    [
        (
            postgresql,
            "SELECT a -- all\n, 'x -- y'\n'z', $$/* */$$ /* b /* c */ */ FROM t;",
            "SELECT a\n, 'x -- y'\n'z', $$/* */$$ FROM t",
        ),
        (mysql, "SELECT `a b`, '/*!1 x */', 5 --1 # end", "SELECT `a b`, '/*!1 x */', 5 --1"),
        # Words of a text and names of columns call nothing.
        (
            postgresql,
            "SELECT lower('dblink is here'), max(load_file)",
            "SELECT lower('dblink is here'), max(load_file)",
        ),
        (postgresql, "SELECT 'U&\"a\"', U&'\\0061', menu&\"a\"", "SELECT 'U&\"a\"', U&'\\0061', menu&\"a\""),
    ],
)
def test_a_query_is_sent_as_it_is_written_but_for_comments(dialect: Any, sql: str, sent: str) -> None:
    assert warehouse.Query("n", sql, "URL", "client.yaml:6:3").statement(dialect.dialect()) == sent


def test_a_file_of_sqlite_is_opened_to_be_read_only(opened: Callable[..., Client], tmp_path: Path) -> None:
    path = tmp_path / "ads of us?.db"
    with pytest.raises(PreflightError, match="the database cannot be read"):
        warehouse.refresh(opened(f"sqlite:///{quote(str(path))}", asking("ads")))
    assert list(tmp_path.glob("*.db")) == []

    with closing(sqlite3.connect(path)) as made:
        made.executescript("CREATE TABLE ads (day TEXT); INSERT INTO ads VALUES ('2026-10-01')")
    (snapshot,) = warehouse.refresh(opened(f"sqlite:///{quote(str(path))}", asking("ads")))

    assert snapshot.rows == 1


def as_reader(address: str) -> str:
    """The same database as a user who may read nothing yet."""
    execute(
        address,
        "DO $$ BEGIN CREATE ROLE reader LOGIN PASSWORD 'only-4-reading'; EXCEPTION WHEN duplicate_object THEN END $$",
    )
    _, _, place = address.rpartition("@")
    return f"postgresql://reader:only-4-reading@{place}"


def test_a_table_that_the_user_may_not_read_is_a_matter_of_rights(
    opened: Callable[..., Client], in_postgres: str
) -> None:
    with pytest.raises(PreflightError, match=r"does not let this user read that.*permission denied for table"):
        warehouse.refresh(opened(as_reader(in_postgres)))


@pytest.mark.parametrize(
    ("kind", "sql"),
    [("postgres", "SELECT pg_sleep(30)"), ("duckdb", "SELECT count(*) FROM range(1000000000) a, range(1000) b")],
)
def test_a_query_without_end_is_ended(
    opened: Callable[..., Client], request: pytest.FixtureRequest, kind: str, sql: str
) -> None:
    client = opened(request.getfixturevalue(f"in_{kind}"), asking(sql))

    error = refusal(client, Limits(seconds=0.3))

    assert (error.what, error.seen) == ("the query takes too long", "no end after 0.3 seconds")


def test_the_clock_runs_over_the_rows_too(opened: Callable[..., Client], in_postgres: str) -> None:
    # Each batch comes in time, so that the server's own limit is never reached.
    client = opened(in_postgres, asking("SELECT g, pg_sleep(0.00001) FROM generate_series(1, 100000000) g"))

    assert refusal(client, Limits(seconds=1, rows=10**9)).what == "the query takes too long"


@pytest.mark.parametrize(
    ("limits", "seen"),
    [
        (Limits(rows=4), "more than 4 rows"),
        (Limits(cells=5 * 18 - 1), "more than 89 cells"),
        (Limits(characters=100), "more than 100 characters"),
    ],
)
def test_too_much_is_refused_and_never_cut(
    opened: Callable[..., Client], database: str, limits: Limits, seen: str
) -> None:
    client = opened(database)

    error = refusal(client, limits)

    assert (error.what, error.seen) == ("the query returns too much to be read", seen)
    assert list((client.kept / "warehouse").iterdir()) == []
    (kept,) = warehouse.refresh(client, Limits(rows=5, cells=5 * 18))
    assert kept.rows == 5


def test_many_rows_come_batch_by_batch(opened: Callable[..., Client], in_postgres: str) -> None:
    client = opened(in_postgres, asking("SELECT g AS n, g % 7 = 0 AS seventh FROM generate_series(1, 25000) g"))

    query = warehouse.queries(client)[0]
    with reading.answer(query, Limits()) as answer:
        sizes = [len(batch) for batch in answer.batches]

    assert sizes == [10_000, 10_000, 5_000]


@pytest.mark.parametrize("name", ["nowhere", "public.nowhere", "ad_reporting__ad_report--", "Ad_Reporting__Ad_Report"])
def test_a_table_that_is_not_there_is_named(opened: Callable[..., Client], in_postgres: str, name: str) -> None:
    error = refusal(opened(in_postgres, asking(name)))

    assert error.what == "the database refuses the query"
    assert f'relation "{name}" does not exist' in error.seen
    assert error.next_step.startswith("Correct the name or the SELECT")


def test_a_view_over_files_is_told_from_a_query_that_is_wrong(
    opened: Callable[..., Client], in_duckdb: str, tmp_path: Path
) -> None:
    (tmp_path / "days.csv").write_text("date_day,spend\n2026-10-01,7\n")
    execute(in_duckdb, f"CREATE VIEW days AS SELECT * FROM read_csv('{tmp_path / 'days.csv'}')")

    error = refusal(opened(in_duckdb, asking("days")))

    assert error.what == "the query reads files beside the database"
    assert error.next_step.startswith("Copy what a view reads of files into a table")


@pytest.mark.parametrize("sql", ["nowhere", "SELECT missing FROM ads"])
def test_a_name_that_sqlite_does_not_know_is_no_matter_of_its_address(
    opened: Callable[..., Client], tmp_path: Path, sql: str
) -> None:
    with closing(sqlite3.connect(tmp_path / "ads.db")) as made:
        made.execute("CREATE TABLE ads (day TEXT)")

    error = refusal(opened(f"sqlite:///{tmp_path / 'ads.db'}", asking(sql)))

    assert "no such" in error.seen
    assert error.next_step.startswith("Correct the name or the SELECT")


def test_a_name_is_quoted_as_its_database_writes_it(opened: Callable[..., Client], database: str) -> None:
    execute(
        database,
        'DROP SCHEMA IF EXISTS "Order" CASCADE',
        'CREATE SCHEMA "Order"',
        'CREATE TABLE "Order"."select" (a INTEGER, "B" TEXT)',
        'INSERT INTO "Order"."select" VALUES (1, \'x\')',
    )

    (snapshot,) = warehouse.refresh(opened(database, asking("Order.select")))

    assert snapshot.rows == 1


def test_options_of_the_address_hold_beside_ours(opened: Callable[..., Client], in_postgres: str) -> None:
    execute(
        in_postgres,
        "DROP SCHEMA IF EXISTS client_a CASCADE",
        "CREATE SCHEMA client_a",
        "CREATE TABLE client_a.only_there (a INTEGER)",
        "INSERT INTO client_a.only_there VALUES (1), (2)",
        "CREATE SEQUENCE client_a.numbers",
    )
    options = quote("-c search_path=client_a -c default_transaction_read_only=off")
    address = f"{in_postgres}{'&' if '?' in in_postgres else '?'}options={options}"

    (snapshot,) = warehouse.refresh(opened(address, asking("only_there")))

    assert snapshot.rows == 2
    assert "read-only transaction" in refusal(opened(address, asking("SELECT nextval('numbers')"))).seen


@pytest.mark.parametrize(("given", "seconds"), [("", 15), ("?connect_timeout=60", 60)])
def test_the_time_to_connect_is_that_of_the_address(
    opened: Callable[..., Client], given: str, seconds: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[dict[str, object]] = []

    def connect(*_: object, **options: object) -> None:
        asked.append(options)
        raise OSError

    monkeypatch.setattr("psycopg.connect", connect)

    with pytest.raises(CuadernoError):
        warehouse.refresh(opened(f"postgresql://ana@db/ads{given}"))

    assert int(str(asked[0]["connect_timeout"])) == seconds


def test_a_column_that_stands_twice_is_asked_about(opened: Callable[..., Client], database: str) -> None:
    error = refusal(opened(database, asking("SELECT 1 AS a, 2 AS b, 3 AS A")))

    assert (error.what, error.seen.casefold()) == ("two columns of the query have the same name", "a")


@pytest.mark.parametrize("name", ["", " "])
def test_a_column_without_a_name_is_asked_about(opened: Callable[..., Client], tmp_path: Path, name: str) -> None:
    sqlite3.connect(tmp_path / "ads.db").close()

    error = refusal(opened(f"sqlite:///{tmp_path / 'ads.db'}", asking(f'SELECT 1 AS a, 2 AS "{name}"')))

    assert (error.what, error.seen) == ("a column of the query has no name", "column 2 of 2")


def test_what_was_read_before_is_kept_and_not_used_instead(
    opened: Callable[..., Client], in_duckdb: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = opened(in_duckdb)
    (kept,) = warehouse.refresh(client)
    Path(in_duckdb.removeprefix("duckdb:///")).rename(client.folder / "moved.duckdb")

    with pytest.raises(PreflightError) as caught:
        warehouse.refresh(client)

    assert f"It was last read on {kept.read_at} (5 rows); that is kept and not used." in str(caught.value)
    assert warehouse.snapshots(client) == (kept,)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("", "WAREHOUSE_URL is not set"),
        ("no address, s3cret", "WAREHOUSE_URL holds no address of a database"),
        ("nosuch://u:s3cret@h/d", "no driver for nosuch is installed"),
        ("mysql+pymysql://u:s3cret@h/d", "no driver for mysql+pymysql is installed"),
        ("postgresql://u:s3cret@127.0.0.1:1/d", "the database cannot be read"),
        ("postgresql://u:s3cret@127.0.0.1:1/d?nonsense=s3cret", "the database cannot be read"),
        ("duckdb:////nowhere/s3cret.duckdb", "the database cannot be read"),
    ],
)
def test_a_database_that_cannot_be_reached_is_a_matter_of_operations(
    opened: Callable[..., Client], address: str, said: str
) -> None:
    with pytest.raises(PreflightError) as caught:
        warehouse.refresh(opened(address))

    assert caught.value.exit_code == 4
    assert said in str(caught.value)
    assert "s3cret" not in str(caught.value)
    assert "127.0.0.1" not in str(caught.value)


@pytest.mark.parametrize("key", ["sql", "url_env"])
def test_an_address_in_the_client_file_is_refused_and_not_shown(
    opened: Callable[..., Client], in_duckdb: str, key: str
) -> None:
    entry = {"sql": "ads", "url_env": "WAREHOUSE_URL", "table": "ads", key: "postgresql://ana:s3cret@db/ads"}

    with pytest.raises(ClientError) as caught:
        warehouse.refresh(opened(in_duckdb, f"sources:\n  - {json.dumps(entry)}\n"))

    assert caught.value.where.startswith("clients/acme/client.yaml:6:")
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize("sql", ["SELECT nextval('numbers')", "SELECT setval('numbers', 99)"])
def test_a_function_that_writes_is_refused_by_the_session(
    opened: Callable[..., Client], in_postgres: str, sql: str
) -> None:
    execute(in_postgres, "DROP SEQUENCE IF EXISTS numbers", "CREATE SEQUENCE numbers")

    assert "read-only transaction" in refusal(opened(in_postgres, asking(sql))).seen

    assert rows_of(in_postgres, "SELECT last_value, is_called FROM numbers") == [(1, False)]


def test_what_a_session_lets_pass_is_undone(opened: Callable[..., Client], in_postgres: str) -> None:
    with suppress(ClientError):  # PostgreSQL before version 16 makes large objects in read-only transactions too
        warehouse.refresh(opened(in_postgres, asking("SELECT lo_create(4711)")))

    assert rows_of(in_postgres, "SELECT count(*) FROM pg_largeobject_metadata WHERE oid = 4711") == [(0,)]


def test_what_is_not_installed_is_named_with_the_command_that_installs_it(
    opened: Callable[..., Client], in_duckdb: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "sqlalchemy", None)

    with pytest.raises(PreflightError, match=r"what reads databases is not installed.*pip install .*\[warehouse\]"):
        warehouse.refresh(opened(in_duckdb))


def test_drivers_messages_are_shown_without_the_address() -> None:
    from sqlalchemy import make_url  # noqa: PLC0415  beside what needs it

    url = make_url(f"postgresql://ana:{quote(PASSWORD, safe='')}@db.example.org/ads?sslkey=kkk9")
    text = (
        f"FATAL: {PASSWORD} or {quote(PASSWORD, safe='')} of ana at db.example.org, "
        "postgresql://ana:x@db.example.org/ads, password=hidden, sslkey kkk9; banana stays, mail to eva@example.org"
    )

    told = secrets.without(text, url)

    assert told == "FATAL: ••• or ••• of ••• at •••, ••• ••• sslkey •••; banana stays, mail to •••"


@pytest.mark.parametrize(("written", "password"), [("s3cret!", "s3cret!"), ("{s3;cr}}et}", "s3;cr}et")])
def test_words_of_an_odbc_connection_are_secrets_too(written: str, password: str) -> None:
    from sqlalchemy import make_url  # noqa: PLC0415  beside what needs it

    words = f"DRIVER={{ODBC}};SERVER=db.example.org;Uid=ana; PWD = {written};Encrypt=yes"
    url = make_url(f"mssql+pyodbc:///?odbc_connect={quote(words)}")

    told = secrets.without(f"Login failed for user 'ana' with '{password}' at db.example.org; banana stays", url)

    assert told == "Login failed for user '•••' with '•••' at •••; banana stays"
