"""Asking a database: read only where it can be said, within limits, and without its address in any message."""

# ruff: noqa: PLC0415  SQLAlchemy is of the extra `warehouse`, and only those who ask a database need it
from __future__ import annotations

import os
import re
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from helpers.errors import ClientError, CuadernoError, PreflightError
from helpers.intake import safety
from helpers.intake.questions import NARROWER
from helpers.warehouse import secrets
from helpers.warehouse.query import Query

if TYPE_CHECKING:
    from sqlalchemy import URL, Connection, Engine
    from sqlalchemy.exc import SQLAlchemyError

_BATCH = 10_000
_INSTALL = "pip install -c requirements.lock -e '.[warehouse]'"
_CORRECT = "Correct the name or the SELECT under sql: in client.yaml by what the database says."
_NO_FILES = "Copy what a view reads of files into a table of the database, or put the files into exports/."
# SQLite and MySQL raise the same error for these as for a database that cannot be reached.
_IS_ABOUT_WORDS = re.compile(r"no such (table|column|function)|unknown column|syntax error", re.IGNORECASE)
# The file of a client must neither be changed nor lead to other files, whatever the query says.
_DUCKDB: Mapping[str, Any] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "memory_limit": "1GB",
    "lock_configuration": "true",
}


@dataclass(frozen=True)
class Limits:
    """What one query may take; what takes more is refused, never cut.

    Parameters
    ----------
    seconds
        By the clock, from the question to the last row.
    rows, cells
        As many as a file may have.
    characters
        All cells together, written as JSON: twice those of an ad table of so many rows.
    connecting
        Seconds until the database answers at all.
    """

    seconds: float = 600
    rows: int = safety.MOST_ROWS
    cells: int = safety.MOST_CELLS
    characters: int = 1 << 30
    connecting: int = 15


@dataclass(frozen=True)
class Answer:
    """The names of the columns, and the rows in batches, values as the driver gives them."""

    names: tuple[str, ...]
    batches: Iterator[Sequence[Sequence[Any]]]


@contextmanager
def answer(query: Query, limits: Limits) -> Iterator[Answer]:
    """Ask a database; rows come as they are taken, a batch at a time.

    Raises
    ------
    PreflightError
        Where the address, the driver or the database is missing, or it does not let this user in.
    ClientError
        Where the query is to be mended: no such table, no SELECT, too much.
    """
    url = address(query)
    watch = _Watch(limits.seconds)
    with _told(query, url, watch), _engine(url, limits).connect() as opened, watch.over(opened):
        connection = opened.execution_options(
            stream_results=True, max_row_buffer=_BATCH, no_parameters=True, postgresql_readonly=True
        )
        statement = query.statement(connection.dialect)
        with connection.exec_driver_sql(statement) as result:
            names = tuple(result.keys())
            _refuse_unclear(query, names)
            wanted = query.wanted(names)
            batches = watch.each(query, result.columns(*wanted).partitions(_BATCH))
            yield Answer(tuple(names[at] for at in wanted), batches)


def address(query: Query) -> URL:
    """Return the address of a query's database, from the environment.

    Raises
    ------
    PreflightError
        Where the variable is not set, holds no address, or nothing is installed that reads databases.
    """
    try:
        import sqlalchemy
        import sqlglot  # noqa: F401
    except ModuleNotFoundError as error:
        raise PreflightError(
            "what reads databases is not installed",
            where=query.where,
            seen=f"no {error.name}",
            next_step=f"{_INSTALL}.",
        ) from None
    value = os.environ.get(query.url_env, "").strip()
    if not value:
        raise PreflightError(
            f"the environment variable {query.url_env} is not set",
            where=query.where,
            next_step="Set it to the database's address, such as postgresql://USER:PASSWORD@HOST/DATABASE.",
        )
    try:
        return sqlalchemy.make_url(value)
    except (sqlalchemy.exc.ArgumentError, ValueError):  # whose text would quote the address
        raise PreflightError(
            f"the environment variable {query.url_env} holds no address of a database",
            where=query.where,
            next_step="Write it as postgresql://USER:PASSWORD@HOST/DATABASE or duckdb:////FOLDER/FILE.duckdb.",
        ) from None


def _engine(url: URL, limits: Limits) -> Engine:
    import sqlalchemy
    from sqlalchemy.pool import NullPool

    arguments: dict[str, Any] = {}
    kind, driver = url.get_backend_name(), url.get_driver_name()
    if kind == "postgresql" and driver in {"psycopg", "psycopg2"}:
        arguments = {"options": _options(url, limits)}  # they take the place of those in the address
        if "connect_timeout" not in url.query:
            arguments["connect_timeout"] = limits.connecting
    elif kind == "duckdb":
        arguments = {"read_only": True, "config": dict(_DUCKDB)}
    elif kind == "sqlite":
        url = _only_to_read(url)
    return sqlalchemy.create_engine(url, poolclass=NullPool, connect_args=arguments, hide_parameters=True)


def _only_to_read(url: URL) -> URL:
    """Return the address of an SQLite file that is there; else one would be made under any mistyped name."""
    file = url.database or ":memory:"
    name = file if file.startswith("file:") else f"file:{quote(file)}"
    return url.set(database=name).update_query_dict({"uri": "true", "mode": "ro"})


def _options(url: URL, limits: Limits) -> str:
    """Options of a session of PostgreSQL: those of the address, then ours, for the last of one name holds."""
    given = url.query.get("options", ())
    ours = ("-c default_transaction_read_only=on", f"-c statement_timeout={int(1000 * limits.seconds)}")
    return " ".join([*((given,) if isinstance(given, str) else given), *ours])


def _refuse_unclear(query: Query, names: Sequence[str]) -> None:
    """Refuse columns that nobody can tell by their names."""
    if not names:
        raise query.refused("the query returns no columns", "")
    seen: set[str] = set()
    for at, name in enumerate(names, start=1):
        if not name.strip():
            raise ClientError(
                "a column of the query has no name",
                where=query.where,
                seen=f"column {at} of {len(names)}",
                next_step="Name each column, with AS where it is calculated.",
            )
        if name.casefold() in seen:
            raise ClientError(
                "two columns of the query have the same name",
                where=query.where,
                seen=name,
                next_step="Name each column once, with AS where two tables have the same.",
            )
        seen.add(name.casefold())


class _Watch:
    """Stops a query by the clock, also where the database knows no such limit itself."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.has_rung = False

    @contextmanager
    def over(self, connection: Connection) -> Iterator[None]:
        """Let the clock run for a connection."""
        driver = connection.connection.dbapi_connection
        stop = getattr(driver, "interrupt", None) or getattr(driver, "cancel", None)

        def ring() -> None:
            self.has_rung = True
            if stop is not None:
                stop()

        timer = threading.Timer(self.seconds, ring)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def each(self, query: Query, batches: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
        """Pass batches on until the clock rings, for drivers that cannot be stopped."""
        for batch in batches:
            if self.has_rung:
                raise self.too_long(query)
            yield batch

    def too_long(self, query: Query) -> ClientError:
        """Return what to say of a query that takes too long."""
        seen = f"no end after {self.seconds:g} seconds"
        return ClientError("the query takes too long", where=query.where, seen=seen, next_step=NARROWER)


@contextmanager
def _told(query: Query, url: URL, watch: _Watch) -> Iterator[None]:
    """Turn what a driver raises into our own words."""
    from sqlalchemy.exc import NoSuchModuleError, SQLAlchemyError

    try:
        yield
    except (NoSuchModuleError, ModuleNotFoundError):
        raise PreflightError(
            f"no driver for {url.drivername} is installed",
            where=f"{query.where}: {query.url_env}",
            next_step=f"For PostgreSQL and DuckDB: {_INSTALL}. For others: the package of their SQLAlchemy dialect.",
        ) from None
    except SQLAlchemyError as error:
        raise _refusal(query, url, watch, error) from None
    if watch.has_rung:
        raise watch.too_long(query)


def _refusal(query: Query, url: URL, watch: _Watch, error: SQLAlchemyError) -> CuadernoError:
    seen = secrets.without(_said(error), url)
    state = str(getattr(getattr(error, "orig", None), "sqlstate", None) or "")
    if watch.has_rung or state == "57014":  # cancelled, by its own clock or ours
        return watch.too_long(query)
    where = f"{query.where}: {query.url_env}"
    if state == "42501" or "permission denied" in seen.casefold():
        return PreflightError(
            "the database does not let this user read that",
            where=where,
            seen=seen,
            next_step="Ask who keeps the database for the right to read it.",
        )
    if "cannot access file" in seen.casefold():
        return query.refused("the query reads files beside the database", seen, _NO_FILES)
    if _is_about_the_way(error) and not _IS_ABOUT_WORDS.search(seen):
        return PreflightError(
            "the database cannot be read",
            where=where,
            seen=seen,
            next_step=f"Check the address in {query.url_env}, and that the database answers from here.",
        )
    return query.refused("the database refuses the query", seen, _CORRECT)


def _is_about_the_way(error: SQLAlchemyError) -> bool:
    """Whether the database was not reached or let nobody in, so that the query is not to blame."""
    from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

    if not isinstance(error, DBAPIError):
        return False
    return (
        error.connection_invalidated or error.statement is None or isinstance(error, OperationalError | InterfaceError)
    )


def _said(error: SQLAlchemyError) -> str:
    """The first line of what the driver says, without the statement and the address that SQLAlchemy adds."""
    told = getattr(getattr(error, "orig", None), "diag", None)
    primary = getattr(told, "message_primary", None)
    text = primary or str(getattr(error, "orig", None) or type(error).__name__)
    return next((line.strip() for line in text.splitlines() if line.strip()), type(error).__name__)


def too_much(query: Query, what: str) -> ClientError:
    """Return what to say of a query that returns more than any export holds."""
    return ClientError("the query returns too much to be read", where=query.where, seen=what, next_step=NARROWER)


def doubtful_days(query: Query, name: str, zone: str) -> ClientError:
    """Return what to say of a column of which most rows look like days, and some like moments."""
    days, moments = (f"{name} AT TIME ZONE '{place}'" for place in ("UTC", zone))
    return ClientError(
        "a column holds days and moments: most of its rows are midnight in UTC, some are not",
        where=query.where,
        seen=name,
        next_step="Say which it is with a SELECT under sql: "
        f"CAST({days} AS date) AS {name} for days, {moments} AS {name} for moments; or leave it out.",
    )
