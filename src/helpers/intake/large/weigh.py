"""The facts of a table of which the rows are in Parquet files."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.intake import dates, totals, wholes
from helpers.intake.checks import KINDS_BY
from helpers.intake.facts import SPLITS, Facts, last_day
from helpers.intake.finish import Origin
from helpers.intake.large.form import quoted
from helpers.intake.large.outline import UnfitError
from helpers.intake.large.scan import Scan
from helpers.intake.receipt import Problem
from helpers.tables import Table
from helpers.tables.ads import LEVELS

PAID = frozenset({"ads", "ads_breakdown"})
_TELLING = 3
_BY_NAME = ", union_by_name = true"


@dataclass(frozen=True)
class Claims:
    """What the words of a file say of wholes.

    Parameters
    ----------
    of
        By column of the table, what words of it say that they are the totals of, "" for all.
    open_in
        Columns of the file that some rows leave blank, where the table does not show it.
    hidden
        Columns of the file that the table does not hold as they are.
    """

    of: Mapping[str, Collection[str]]
    open_in: Sequence[str]
    hidden: frozenset[str]


class NoFigureError(UnfitError):
    """Numbers that are none: `nan`, which stands for nothing, or `inf`, which cannot be read."""


def weighed(scan: Scan, source: str, names: Sequence[str], table: Table, odd: Sequence[Problem]) -> Facts:
    """Weigh rows, as `facts.of_frame` does.

    Parameters
    ----------
    scan
        The connection.
    source
        Table function of the rows.
    names
        Columns that they have.
    table
        The table.
    odd
        What is to be said of odd texts.

    Raises
    ------
    NoFigureError
        Where a number is none.
    UnfitError
        Where a date is of no century of ours.
    """
    counts, sums = _filled(scan, source), _sums(scan, source, names, table)
    filled = frozenset(name for name in names if counts.get(name))
    unlike = [
        name
        for name, kind in (table.alike or {}).items()
        if name in filled and not _is_of_one_kind(scan, source, filled, name, kind)
    ]
    split = next((words[0] for name in SPLITS if name in filled and (words := _words(scan, source, name))), "")
    return Facts(
        rows=counts[""],
        filled=filled,
        sums=sums,
        unlike=tuple(unlike),
        currencies=_currencies(scan, source, counts, names, table) if "currency" in filled else (),
        grains=frozenset(_words(scan, source, "period_grain")) if "period_grain" in filled else frozenset(),
        split=split,
        span=_span(scan, source, filled, table) if table.day in filled else None,
        orders=_orders(scan, source, names) if table.name == "orders" else 0,
        repeats=_repeats(scan, source, names, table),
        odd=tuple(odd),
    )


def _filled(scan: Scan, source: str) -> dict[str, int]:
    """Count the filled cells of each column, which the files say themselves, and all rows under no name."""
    of_files = source.replace("read_parquet", "parquet_metadata", 1).replace(_BY_NAME, "")
    counts = dict(
        scan.rows(f"SELECT path_in_schema, sum(num_values - stats_null_count)::BIGINT FROM {of_files} GROUP BY ALL")
    )
    ((counts[""],),) = scan.rows(f"SELECT count(*) FROM {source}")
    return counts


def _sums(scan: Scan, source: str, names: Sequence[str], table: Table) -> dict[str, float]:
    numeric = [name for name in names if table.by_name[name].is_numeric]
    parts = [f'fsum("{name}")' for name in numeric]
    (values,) = scan.rows(f"SELECT {', '.join(parts)} FROM {source}") if parts else ((),)
    sums = {name: float(value or 0) for name, value in zip(numeric, values, strict=True)}
    if not all(map(math.isfinite, sums.values())):
        raise NoFigureError("some of its records hold a number that is none, such as nan or inf")
    return {name: sums[name] for name in table.additive if name in sums}


def refuse_wholes(scan: Scan, source: str, names: Sequence[str], table: Table, claims: Claims) -> None:
    """Refuse rows that may sum up others, which shows only in all rows together (`wholes.of_parts`).

    They say so, or are of paid media and leave a level, a day or a part open beside rows that fill it.

    Parameters
    ----------
    scan, source, names, table
        As for `weighed`.
    claims
        What the words of the file say.

    Raises
    ------
    UnfitError
        Where a row may be one.
    """
    counts = _filled(scan, source)
    texts = [name for name in names if table.by_name[name].kind == "text"]
    told = {name for name, of in claims.of.items() if of and (name in claims.hidden or _holds(scan, source, texts, of))}
    if table.name in PAID:
        told -= _named(counts, told | claims.hidden)
    if told:
        listed = ", ".join(sorted(told))
        raise UnfitError(f"a row is named a total ({listed}), and only all rows together show whether it is one")
    if table.name not in PAID:
        return
    open_in = [name for name in (*wholes.LEVEL_NAMES, "date") if 0 < counts.get(name, 0) < counts[""]]
    if "value" in names:
        ((parts,),) = scan.rows(f"SELECT count(*) FROM {source} WHERE list_contains(split(value, '|'), '')")
        open_in += ["value"] if parts else []
    if found := [*open_in, *claims.open_in]:
        raise UnfitError(f"some of its rows leave open what others tell apart ({', '.join(found)})")


def _holds(scan: Scan, source: str, texts: Sequence[str], of: Collection[str]) -> bool:
    """Whether rows name what others say that they are the total of; all is always there."""
    words = ", ".join(map(quoted, sorted(of)))
    any_of = " OR ".join(f"list_has_any(split(lower(trim(\"{name}\")), '|'), [{words}])" for name in texts)
    return "" in of or bool(scan.rows(f"SELECT 1 FROM {source} WHERE {any_of} LIMIT 1"))


def _named(counts: Mapping[str, int], but: Collection[str]) -> set[str]:
    """Return the levels that are told apart in every row by an id or by a level beneath: "total" is a name there."""
    found, is_named = set[str](), False
    for identifier, name in reversed(LEVELS):
        is_named = is_named or (identifier not in but and counts.get(identifier) == counts[""])
        found |= {name} if is_named else set()
        is_named = is_named or (name not in but and counts.get(name) == counts[""])
    return found


def refuse_misnamed(scan: Scan, source: str, facts: Facts, table: Table, origin: Origin) -> None:
    """Refuse rows that are called a total or an average and would be campaigns in a small file."""
    called, by_kind = origin.called, table.alike or {}
    names = [] if called is None else [name for name in facts.sums if name in called and name not in by_kind]
    if called is None or not names:
        return
    deciding = totals.decisive(names)
    maxima = ", ".join(f'max("{name}")' for name in deciding)
    (largest,) = scan.rows(f"SELECT {maxima} FROM {source}")
    sums = pd.Series({name: facts.sums[name] for name in deciding})
    weight = totals.Weight(sums, pd.Series(dict(zip(deciding, largest, strict=True)), dtype="float64"), facts.rows)
    if totals.misnamed(called[deciding], origin.totals, weight):
        raise UnfitError("a row is called a total or an average and is none")


def _words(scan: Scan, source: str, name: str) -> tuple[str, ...]:
    found = scan.rows(f'SELECT DISTINCT "{name}" FROM {source} WHERE "{name}" IS NOT NULL')
    return tuple(sorted(str(word) for (word,) in found))


def _currencies(
    scan: Scan, source: str, counts: Mapping[str, int], names: Sequence[str], table: Table
) -> tuple[str, ...]:
    found = _words(scan, source, "currency")
    money = [f'coalesce("{name}", 0) <> 0' for name in table.money if name in names]
    if not money or counts["currency"] == counts[""]:
        return found
    ((has_blank,),) = scan.rows(f"SELECT bool_or(currency IS NULL AND ({' OR '.join(money)})) FROM {source}")
    return (*found, "") if has_blank else found


def _span(scan: Scan, source: str, filled: frozenset[str], table: Table) -> tuple[str, str]:
    is_turned = "period_end < period_start" if {"period_start", "period_end"} <= filled else "false"
    ((first, last, has_turned),) = scan.rows(
        f'SELECT min("{table.day}"), max("{last_day(table)}"), bool_or({is_turned}) FROM {source}'
    )
    if has_turned:
        raise UnfitError("some of its rows end before they start")
    # What DuckDB makes of words such as `infinity` or `epoch` lies outside, too.
    for day in (first, last):
        if day.year not in dates.YEARS:
            raise UnfitError(f"a date of it would be in the year {day.year}")
    return first.date().isoformat(), last.date().isoformat()


def _orders(scan: Scan, source: str, names: Sequence[str]) -> int:
    number = 'count(DISTINCT "order_id") + count(*) - count("order_id")' if "order_id" in names else "count(*)"
    ((orders,),) = scan.rows(f"SELECT {number} FROM {source}")
    return int(orders)


def _is_of_one_kind(scan: Scan, source: str, filled: frozenset[str], name: str, kind: str) -> bool:
    """Whether a measure counts one thing in all rows, as `checks.is_of_one_kind` has it."""
    columns = [column for column in (kind, *KINDS_BY) if column in filled]
    parts = [f'count(DISTINCT "{column}")' for column in columns]
    told = f'bool_and("{kind}" IS NOT NULL OR "{name}" = 0)' if kind in filled else "true"
    ((rows, is_told, *kinds),) = scan.rows(
        f'SELECT {", ".join(["count(*)", told, *parts])} FROM {source} WHERE "{name}" IS NOT NULL'
    )
    known = next(((column, count) for column, count in zip(columns, kinds, strict=True) if count), None)
    if known is None:
        return bool(rows <= 1)
    return bool(known[1] == 1 and (known[0] != kind or is_told))


def _repeats(scan: Scan, source: str, names: Sequence[str], table: Table) -> int:
    """Count rows with figures that equal another one, by 64 bits of each: one by chance in a million such files."""
    measures = [name for name in table.additive if name in names]
    if table.has_natural_repeats or (table.additive and not measures):
        return 0
    figures = " OR ".join(f'coalesce("{name}", 0) <> 0' for name in measures) or "true"

    def equal(columns: Sequence[str]) -> int:
        listed = ", ".join(f'"{name}"' for name in columns)
        hashes = scan.digests(f"SELECT hash({listed}) AS digest FROM {source} WHERE {figures}")
        hashes.sort()
        return int(np.count_nonzero(hashes[1:] == hashes[:-1]))

    # Mostly a few columns tell all rows apart, at a third of the cost.
    last = [name for pair in table.key for name in pair if name in names and table.by_name[name].kind == "text"][-2:]
    few = [*last, table.day, *measures[:_TELLING]]
    return equal(names) if not last or table.day not in names or equal(few) else 0
