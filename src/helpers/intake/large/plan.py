"""The columns of the table as SQL over the columns of the file: what `recognised` and `cover` compute, for DuckDB."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import pandas as pd

from helpers.intake import checks, recognised, wholes
from helpers.intake.large.form import Form, quoted
from helpers.intake.large.outline import UnfitError
from helpers.intake.recognised import Prepared
from helpers.intake.rows import Layout
from helpers.platforms import Derived, Report
from helpers.tables import TABLES, Held, Table
from helpers.units import Period

Words = Mapping[str, Mapping[str, str | None]]
_UNSEEN = ("shape", "left_out", "holds", "is_summed", "keeps_others", "overlaps", "writes_no_totals")
_COVERED = ("date", "_report_start", "_report_end")


@dataclass
class Known:
    """What the words of a file are known to mean.

    Parameters
    ----------
    cleaned
        By column of the table, what stands for a word that is not kept as it is; None where nothing does.
    unnamed
        By column of the file, words that name nothing.
    labels
        By column of the file, words that a total row is called by.
    has_nan
        Whether a measure is `nan` where there is none.
    has_other_blanks
        Whether many cells stand for nothing in other ways than those of the head.
    """

    cleaned: dict[str, dict[str, str | None]] = field(default_factory=dict)
    unnamed: dict[str, set[str]] = field(default_factory=dict)
    labels: dict[str, set[str]] = field(default_factory=dict)
    has_nan: bool = False
    has_other_blanks: bool = False


@dataclass(frozen=True)
class Hidden:
    """A column of the file, at its position, and the word that the table holds where it is blank, "" for any cell."""

    name: str
    place: str
    usual: str


@dataclass(frozen=True)
class Plan:
    """What is scanned and what is made of it.

    Parameters
    ----------
    form
        How the file is written.
    table
        The canonical table.
    plain
        Condition under which a record is no total and no footer, whatever else it holds.
    columns
        Expression by column of the table.
    words
        Columns of the table that hold words of the file.
    split
        Columns of the file that `value` joins.
    hidden
        Columns of the file that may call a row a total and that the table does not hold as the file has them.
    cleaned
        As known when it was made.
    """

    form: Form
    table: Table
    plain: str
    columns: Mapping[str, str]
    words: tuple[str, ...]
    split: tuple[str, ...]
    hidden: tuple[Hidden, ...]
    cleaned: Words

    def select(self, source: str, where: str = "") -> str:
        """Return the query for the rows of the table; cleaned words stand in tables named `words_<column>`."""
        chosen, joins = [], []
        for name, made in self.columns.items():
            words = f'"words_{name}"'
            if self.cleaned.get(name):
                joins.append(f" LEFT JOIN {words} ON {made} = {words}.word")
                chosen.append(f'CASE WHEN {words}.word IS NULL THEN {made} ELSE {words}.clean END AS "{name}"')
            else:
                chosen.append(f'{made} AS "{name}"')
        return f"SELECT {', '.join(chosen)} FROM {source}{''.join(joins)}{where}"


def refuse_unseen(report: Report) -> None:
    """Refuse a report of which a row of the table is not made from one record alone, or names a person."""
    if any(getattr(report, name) for name in _UNSEEN):
        raise UnfitError("what its rows mean shows only in all of them together")
    if any(header.is_person for header in report.headers):
        raise UnfitError("it names people")
    if any(header.part for header in report.headers):
        raise UnfitError("only a part of some of its cells counts")


def planned(form: Form, prepared: Prepared, known: Known, provenance: Mapping[str, str]) -> Plan:
    """Return how the columns of the table are made.

    Parameters
    ----------
    form
        How the file is written.
    prepared
        The records of the outline, read as those of any file: they decide what is computed from what.
    known
        What words mean.
    provenance
        Constants of every row.
    """
    made = _of_the_file(form, prepared, known)
    made, split = _completed(made, prepared), _split(prepared)
    table = TABLES["ads_breakdown"] if split and prepared.table.name == "ads" else prepared.table
    made |= _joined(made, split, table)
    constants = {name: constant(value) for name, value in provenance.items()}
    columns = {name: (made | constants)[name] for name in table.names if name in made or name in constants}
    columns = {name: sql for name, sql in columns.items() if sql != "NULL"}
    words = tuple(name for name, sql in columns.items() if table.by_name[name].kind == "text" and "::ENUM" not in sql)
    cleaned = {name: dict(known.cleaned[name]) for name in words if known.cleaned.get(name)}
    hidden = tuple(_hidden(columns, split, prepared))
    return Plan(form, table, _plain(form, prepared.layout, known), columns, words, split, hidden, cleaned)


def called(prepared: Prepared) -> list[str]:
    """Return the columns of the file in which a cell may say that its row is a total, as for small files."""
    splits = [name for name, header in prepared.fields.items() if header.is_breakdown]
    is_paid = prepared.match.report.table == "ads"
    return wholes.names_of(
        [str(name) for name in prepared.found.frame], prepared.columns, splits, is_paid=is_paid
    ).called


def constant(value: Held) -> str:
    """Return a value of every row; Parquet holds a word of an ENUM once, without looking at the rows."""
    if isinstance(value, datetime):
        return f"TIMESTAMP {quoted(value.isoformat())}"
    if isinstance(value, str):
        return f"{quoted(value)}::ENUM({quoted(value)})"
    return str(value).lower() if isinstance(value, bool) else f"{float(value)!r}::DOUBLE"


def _of_the_file(form: Form, prepared: Prepared, known: Known) -> dict[str, str]:
    made = {}
    for name, at in prepared.layout.places.items():
        column, scale = prepared.columns[name], prepared.fields[name].scale
        if column.kind == "flag":
            raise UnfitError(f"it has a column of yes and no, {prepared.match.labels.get(name, name)}")
        if column.is_temporal and prepared.found.frame[name].isna().all():
            made[name] = "NULL"
        elif column.kind == "date" and form.has_clock(at):
            made[name] = f"date_trunc('day', c{at})"
        elif column.is_temporal:
            made[name] = f"c{at}" if form.types[at] == "TIMESTAMP" else f"c{at}::TIMESTAMP"
        else:
            value = f"nullif(c{at}, 'nan'::DOUBLE)" if column.is_numeric and known.has_nan else f"c{at}"
            made[name] = f"{value} * {scale!r}::DOUBLE" if scale != 1 else value
    return made


def _completed(made: dict[str, str], prepared: Prepared) -> dict[str, str]:
    """Add what `recognised` adds, in its order."""
    match, table, frame = prepared.match, prepared.table, prepared.frame
    for name, value in {**match.report.constants, **match.constants}.items():
        made[name] = f"coalesce({made[name]}, {quoted(value)})" if name in made else constant(value)
    stated = prepared.constants
    made |= {name: constant(value) for name, value in stated.items()}
    if "currency" in frame and "currency" not in stated and not checks.is_filled(prepared.found.frame, "currency"):
        made["currency"] = _only(frame["currency"])
    filled = {name for name in made if name in stated or _is_filled(prepared, name)}
    for rule in match.report.derived:
        _derive(made, rule, filled, prepared)
    if match.report.leaves_zero_blank:
        zero = [name for name in recognised.without_blanks(match, table) if name in made]
        made |= {name: f"coalesce({made[name]}, 0)" for name in zero}
    if prepared.head.property_name and "property" in table.by_name:
        made["property"] = constant(prepared.head.property_name)
    return made | _covered(made, prepared.head.period) if "period_start" in table.by_name else made


def _is_filled(prepared: Prepared, name: str) -> bool:
    return name not in prepared.found.frame or checks.is_filled(prepared.found.frame, name)


def _only(values: pd.Series) -> str:
    words = values.dropna().unique()
    return constant(str(words[0])) if len(words) == 1 else "NULL"


def _derive(made: dict[str, str], rule: Derived, filled: set[str], prepared: Prepared) -> None:
    """Add one computed column, as `assemble.derive` does."""
    if rule.column in filled and rule.rule != "coalesce":
        return
    inputs = [name for name in rule.inputs if name in filled]
    if rule.rule == "product" and len(inputs) == len(rule.inputs):
        made[rule.column] = " * ".join(f"({made[name]})" for name in inputs)
    elif rule.rule == "sum" and inputs:
        zeros = " + ".join(f"coalesce({made[name]}, 0)" for name in inputs)
        blank = " AND ".join(f"{made[name]} IS NULL" for name in inputs)
        made[rule.column] = f"CASE WHEN {blank} THEN NULL ELSE {zeros} END"
    elif rule.rule == "coalesce" and inputs:
        choices = [made[name] for name in (rule.column, *inputs) if name in filled]
        made[rule.column] = f"coalesce({', '.join(choices)})"
    elif rule.rule == "first" and inputs and checks.is_filled(prepared.frame, rule.column):
        made[rule.column] = made[inputs[0]]
    if rule.column in made and inputs:
        filled.add(rule.column)


def _covered(made: Mapping[str, str], stated: Period | None) -> dict[str, str]:
    """Return the time that a row covers, as `cover.covered` does for days and for a first and a last day."""
    if any(name in made for name in ("_week", "_month", "_nth_day", "period_start", "period_end")):
        raise UnfitError("its rows are of weeks, months or stretches of days")
    day, first, last = (made.get(name, "NULL") for name in _COVERED)
    if ("_report_start" in made) != ("_report_end" in made):
        raise UnfitError("its rows say only where a stretch of days starts or ends")
    starts, ends = [one for one in (day, first) if one != "NULL"], [last] if last != "NULL" else []
    if stated is not None:
        starts.append(f"TIMESTAMP {quoted(stated.start.isoformat())}")
        ends.append(f"TIMESTAMP {quoted(stated.end.isoformat())}")
    if not ends:
        grain = f"CASE WHEN {day} IS NOT NULL THEN {constant('day')} END"
        return {"date": day, "period_start": day, "period_end": day, "period_grain": "NULL" if day == "NULL" else grain}
    start, end = f"coalesce({', '.join(starts)})", f"coalesce({', '.join(ends)})"
    end = end if day == "NULL" else f"CASE WHEN {day} IS NOT NULL THEN {day} ELSE {end} END"
    words = "::ENUM('day', 'range')"
    grain = f"CASE WHEN {start} = {end} THEN 'day'{words} WHEN {start} IS NOT NULL THEN 'range'{words} END"
    date = f"CASE WHEN {start} = {end} THEN {start} ELSE {day}::TIMESTAMP END"
    return {"date": date, "period_start": start, "period_end": end, "period_grain": grain}


def _hidden(columns: Mapping[str, str], split: Sequence[str], prepared: Prepared) -> Iterator[Hidden]:
    usual = {**prepared.match.report.constants, **prepared.match.constants}
    for name in called(prepared):
        place = f"c{prepared.layout.places[name]}"
        if name not in split and columns.get(name) != place:
            word = usual.get(name, "")
            is_kept = columns.get(name) == f"coalesce({place}, {quoted(word)})"
            yield Hidden(name, place, word if is_kept else "")


def _split(prepared: Prepared) -> tuple[str, ...]:
    """Return the dimensions that split the rows, as `recognised` joins them."""
    headers = prepared.fields.items()
    return tuple(name for name, header in headers if header.is_breakdown and checks.is_filled(prepared.frame, name))


def _joined(made: Mapping[str, str], split: Sequence[str], table: Table) -> dict[str, str]:
    if not split:
        return {}
    names = constant("|".join(name.removeprefix("_") for name in split))
    values = " || '|' || ".join(f"coalesce({made[name]}, '')" for name in split)
    return {"breakdown" if table.name == "ads_breakdown" else "dimension": names, "value": values}


def _plain(form: Form, layout: Layout, known: Known) -> str:
    """Return the condition under which a record names enough to be no total, by `rows.total_rule`, and no footer."""

    def filled(name: str) -> str:
        words = ", ".join(map(quoted, sorted(known.unnamed.get(name, ()))))
        at = f"c{layout.places[name]}"
        return f"({at} IS NOT NULL AND {at} NOT IN ({words}))" if words else f"({at} IS NOT NULL)"

    undated = [name for name in layout.names if name not in layout.days]
    dated = [filled(name) for name in layout.names if name in layout.days]
    figures = [f"(c{layout.places[name]} IS NOT NULL)" for name in sorted(layout.measures)]
    if not undated and (not dated or any(rule.is_by_day for rule in layout.total_rows)):
        raise UnfitError("no column of it names what a row is about")
    if not undated:
        condition = _any(dated)
    else:
        count = " + ".join(f"{filled(name)}::INT" for name in undated)
        condition = f"({count} >= 2 OR ({count} = 1 AND {_any([*dated, *figures])}))"
    needed = [filled(layout.named_by)] if layout.named_by in layout.places else []
    needed += [
        f"coalesce(c{layout.places[name]} NOT IN ({', '.join(map(quoted, sorted(words)))}), true)"
        for name, words in sorted(known.labels.items())
        if words and undated
    ]
    if layout.asides and form.types[0] == "VARCHAR":
        needed.append(f"coalesce(lower(c0) NOT IN ({', '.join(map(quoted, sorted(layout.asides)))}), true)")
    return f"({' AND '.join([condition, *needed])})"


def _any(conditions: Sequence[str]) -> str:
    return f"({' OR '.join(conditions)})" if conditions else "false"
