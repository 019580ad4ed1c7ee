"""What is asked of a database: one table, or one SELECT, and never anything that changes it."""

from __future__ import annotations

import hashlib
import json
import logging
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from helpers.clients import Client
from helpers.errors import ClientError
from helpers.intake import Source
from helpers.platforms import normalised
from helpers.warehouse import secrets

if TYPE_CHECKING:
    from sqlalchemy import Dialect
    from sqlglot import exp

_TABLE = re.compile(r"[\w$-]+(\.[\w$-]+){0,2}")
# Where the parser calls a dialect otherwise than SQLAlchemy does.
_SPOKEN = {"postgresql": "postgres", "mssql": "tsql", "mariadb": "mysql", "awsathena": "athena"}
# Functions that lead out of the session in which nothing can be changed, or to files of the server.
_LEADS_AWAY = re.compile(r"dblink.*|open(rowset|query|datasource)|load_file|lo_(import|export)", re.IGNORECASE)
_IS_EXECUTED = re.compile(r"M?!")
# To PostgreSQL the start of a name, whose escapes would hide any other; to the parser `U`, an operator and a name.
_ESCAPED_NAME = 'U&"'
_WRITE_ONE = "Write the name of a table, or one SELECT without a semicolon; what is harder belongs into a view."
_SPELL_IT = "Write the name itself between double quotes."


@dataclass(frozen=True)
class Query:
    """One table or SELECT of a client's database.

    Parameters
    ----------
    name
        How receipts, evidence and messages call it.
    sql
        A table's name with or without its schema, or a SELECT.
    url_env
        The environment variable that holds the database's address.
    where
        Where the client file asks for it.
    sources
        The entries of the client file that say what its columns are.
    """

    name: str
    sql: str
    url_env: str
    where: str
    sources: tuple[Source, ...] = ()

    @property
    def key(self) -> str:
        """What it asks, of which database and for which columns, as a file's name."""
        asked = json.dumps([self.url_env, self.sql, sorted(self._headers)])
        return hashlib.sha256(asked.encode()).hexdigest()[:16]

    @property
    def _headers(self) -> set[str]:
        """The columns that the client file maps, empty where it leaves any table to be recognised."""
        if not all(entry.columns and entry.header for entry in self.sources):
            return set()
        return {normalised(str(header)) for entry in self.sources for header in entry.columns.values()}

    def statement(self, dialect: Dialect) -> str:
        """Return the text that the database is sent: its words as they are written, without comments.

        Raises
        ------
        ClientError
            If it is more than one statement, or no SELECT, or leads out of its database.
        """
        if is_table(self.sql):
            quote = dialect.identifier_preparer.quote
            return f"SELECT * FROM {'.'.join(quote(part) for part in self.sql.split('.'))}"  # noqa: S608  quoted
        words = self._without_comments(dialect)
        self._refuse_all_but_one_select(dialect)
        return words.rstrip("; \t\r\n")

    def wanted(self, names: Sequence[str]) -> list[int]:
        """Return the positions of the columns that are read: those that the client file maps, else all.

        What nobody asked for, such as people's addresses, is not kept. Where a mapped column is missing, all are: then
        the receipt can say which there are.
        """
        headers = self._headers
        mapped = [at for at, name in enumerate(names) if normalised(name) in headers]
        is_whole = bool(mapped) and len({normalised(names[at]) for at in mapped}) == len(headers)
        return mapped if is_whole else [*range(len(names))]

    def _refuse_all_but_one_select(self, dialect: Dialect) -> None:
        import sqlglot  # noqa: PLC0415  of the extra `warehouse`
        from sqlglot import exp  # noqa: PLC0415

        logging.getLogger("sqlglot").setLevel(logging.ERROR)  # it would warn of what is refused right below
        try:
            found = sqlglot.parse(self.sql, read=_spoken(dialect))
        except sqlglot.errors.SqlglotError as error:
            raise self.refused("the query cannot be read as SQL", _first(str(error))) from error
        statements = [one for one in found if one is not None and not isinstance(one, exp.Semicolon)]
        if len(statements) != 1:
            raise self.refused("the query is more than one statement", f"{len(statements)} statements")
        if not isinstance(statements[0], exp.Query):
            raise self.refused("the query is no SELECT", _first(self.sql))
        changing = statements[0].find(exp.DML, exp.DDL, exp.Into, exp.Lock, exp.Command)
        if changing is not None:
            raise self.refused("the query would change or lock what it reads", type(changing).__name__.upper())
        called = map(_called, statements[0].find_all(exp.Func))
        away = next((name for name in called if _LEADS_AWAY.fullmatch(name)), None)
        if away is not None:
            raise self.refused("the query calls a function that leads out of its database", away)

    def _without_comments(self, dialect: Dialect) -> str:
        """Return the words of the query, and refuse what no parser reads: names in escapes, comments to be executed."""
        import sqlglot  # noqa: PLC0415  of the extra `warehouse`

        try:
            tokens = sqlglot.tokenize(self.sql, read=_spoken(dialect))
        except sqlglot.errors.SqlglotError as error:
            raise self.refused("the query cannot be read as SQL", _first(str(error))) from error
        for token in tokens:
            if self.sql[token.start : token.end + 3].upper() == _ESCAPED_NAME:
                raise self.refused("the query spells a name by the numbers of its letters", _ESCAPED_NAME, _SPELL_IT)
        comment = next((one for token in tokens for one in token.comments if _IS_EXECUTED.match(one)), None)
        if comment is not None:
            raise self.refused("the query holds a comment that its database executes", _first(comment))
        words, at = [], 0
        for token in tokens:
            between = self.sql[at : token.start]
            # PostgreSQL joins two texts only over a line break.
            words += ["\n" if "\n" in between else " " if between else "", self.sql[token.start : token.end + 1]]
            at = token.end + 1
        return "".join(words).strip()

    def refused(self, what: str, seen: str, next_step: str = _WRITE_ONE) -> ClientError:
        """Return what to say of a query that is not sent, or that its database refuses."""
        return ClientError(what, where=self.where, seen=secrets.without_addresses(seen), next_step=next_step)


def _called(call: exp.Func) -> str:
    """How a function is called; what the parser does not know has its name where another has its first argument."""
    from sqlglot import exp  # noqa: PLC0415  of the extra `warehouse`

    return (
        call.name if isinstance(call, exp.Anonymous | exp.AnonymousAggFunc | exp.ParameterizedAgg) else call.sql_name()
    )


def _spoken(dialect: Dialect) -> str | None:
    """How the parser calls a dialect; None where it does not know it."""
    import sqlglot  # noqa: PLC0415  of the extra `warehouse`

    spoken = _SPOKEN.get(dialect.name, dialect.name)
    return spoken if spoken in sqlglot.Dialects._value2member_map_ else None


def is_table(sql: str) -> bool:
    """Whether it names a table, with its schema and database or without."""
    return _TABLE.fullmatch(sql.strip()) is not None


def queries(client: Client) -> tuple[Query, ...]:
    """Everything that a client file asks of databases, in its order; what is asked twice is read once."""
    asked: dict[tuple[str, str], list[int]] = {}
    for at, entry in enumerate(client.sources):
        if entry.sql is not None:
            asked.setdefault((entry.sql.strip(), entry.url_env or ""), []).append(at)
    names = _names(list(asked))
    return tuple(
        Query(
            names[sql, url_env],
            sql,
            url_env,
            client.where("sources", places[0], "sql"),
            tuple(client.sources[at].as_source(names[sql, url_env]) for at in places),
        )
        for (sql, url_env), places in asked.items()
    )


def _names(asked: Sequence[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Call a table by its name and a SELECT by its digest; the database is named where two are asked the same."""
    short = {one: f"sql:{one[0] if is_table(one[0]) else f'select-{_digest(one[0])}'}" for one in asked}
    taken = Counter(short.values())
    return {one: name if taken[name] == 1 else f"{name}@{one[1]}" for one, name in short.items()}


def _digest(sql: str) -> str:
    """Eight digits of the words of a query, however they are laid out."""
    return hashlib.sha256(" ".join(sql.split()).encode()).hexdigest()[:8]


def _first(text: str) -> str:
    """The first line, short enough for a message."""
    return text.strip().splitlines()[0][:120]
