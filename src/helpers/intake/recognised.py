"""A table that a platform wrote, read by its description."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from helpers.intake import (
    assemble,
    cells,
    checks,
    clock,
    cover,
    finish,
    preamble,
    private,
    refusals,
    rows,
    totals,
    typed,
    wholes,
)
from helpers.intake.assemble import Outcome
from helpers.intake.blocks import Block
from helpers.intake.containers import Sheet
from helpers.intake.finish import Origin
from helpers.intake.preamble import Preamble
from helpers.intake.receipt import Answer, Problem
from helpers.intake.recognise import Match
from helpers.intake.typed import RefusedTableError
from helpers.platforms import Header, other_column
from helpers.tables import TABLES, Column, Held, Table
from helpers.units import Period

_FOOT_WITHIN = 3
_ALWAYS_ASIDE = frozenset({"account", "account_id", "currency"})


Constant = str | float | int | bool


@dataclass(frozen=True)
class Overrides:
    """What the analyst states about a recognised export: constants, how dates and numbers are written, its days."""

    constants: Mapping[str, Constant] | None = None
    dates: str = ""
    numbers: str = ""
    year: int | None = None
    timezone: str = ""


@dataclass(frozen=True)
class Rest:
    """Records of a table that are read elsewhere: how many, and their different dates."""

    rows: int
    days: pd.Series


@dataclass
class Prepared:
    """One table of a recognised report, typed and complete; its rows are not weighed yet.

    Parameters
    ----------
    match
        How its headers are read.
    fields, columns
        Header as described, and what it holds, by canonical or working column.
    layout
        Where the columns are.
    head
        What the lines around the table say.
    hints, constants
        What is known beside the cells, and what the analyst states of every row.
    found
        Typed columns, in the units of the file.
    frame
        Typed and computed columns, in the units of the table.
    origin
        Where they come from.
    outcome
        What is to be said so far.
    """

    match: Match
    fields: Mapping[str, Header]
    columns: Mapping[str, Column]
    layout: rows.Layout
    head: Preamble
    hints: typed.Hints
    constants: Mapping[str, Held]
    found: typed.Typed
    frame: pd.DataFrame
    origin: Origin
    outcome: Outcome

    @property
    def table(self) -> Table:
        """The table that the report fills."""
        return TABLES[self.match.report.table]


def read(block: Block, sheet: Sheet, overrides: Overrides, salt: str, period: Period | None) -> Outcome:
    """Read one table of a recognised report; `period` is what the file says elsewhere of the days that it covers.

    Raises
    ------
    RefusedTableError
        Where figures would be lost or their meaning is not proven.
    """
    prepared = prepare(block, sheet, overrides, salt, period)
    return prepared if isinstance(prepared, Outcome) else finished(prepared)


def prepare(
    block: Block,
    sheet: Sheet,
    overrides: Overrides,
    salt: str,
    period: Period | None = None,
    rest: Rest | None = None,
    *,
    is_whole: bool = True,
) -> Prepared | Outcome:
    """Type and complete the rows of one table; where it has none, return what is to be said of that.

    Parameters
    ----------
    block, sheet, overrides, salt, period
        As for `read`.
    rest
        Records of the table that the block leaves out; None where it leaves none out, or they are not known yet.
    is_whole
        Whether the block holds all records, so that those which sum up others can be told from these.

    Raises
    ------
    RefusedTableError
        Where figures would be lost or their meaning is not proven.
    """
    match = best(block)
    refusals.refuse_layout(match)
    fields = {**match.fields, **_open_dimensions(match, block)}
    columns = {name: _column(name, header, TABLES[match.report.table]) for name, header in fields.items()}
    head = _head(block, match, period)
    outcome = Outcome(problems=_header_problems(match), created=head.created.isoformat() if head.created else None)
    layout = _layout(match, {**match.columns, **_open_places(match, block)}, columns)
    records = _records(block, match, sheet, layout, columns, is_whole=is_whole)
    if records.raw.empty:
        outcome.problems += [*_notes(match, head, records, rest), _empty(match, records)]
        return outcome
    first = len(records.raw) if rest is None and not is_whole else None
    hints = replace(_hints(match, sheet, head, overrides), first=first)
    records, found, notes = _converted(records, match, columns, fields, hints, is_whole=is_whole)
    outcome.problems += [*notes, *_notes(match, head, records, rest), *found.problems]
    people = _people(found, fields)
    frame = private.digested(_scaled(found.frame, fields), people, salt)
    constants = checks.stated(overrides.constants or {}, TABLES[match.report.table])
    frame = _complete(found, frame, match, head, constants, outcome)
    if match.report.dates_are_first_days:
        frame = cover.bucketed(frame, head.period, rest.days if rest else None)
    frame = _summed(frame, fields, TABLES[match.report.table], outcome) if match.report.is_summed else frame
    outcome.problems += _limits(block, match, overrides)
    origin = Origin(
        source=match.platform.source,
        report=head.title or match.report.name,
        encoding=sheet.encoding,
        labels=match.labels,
        records=records,
        totals=_scaled(assemble.typed_totals(records, columns, found.decimal), fields),
        called=_called(records, match, columns, fields, found.decimal),
        salt=salt,
        language=match.language,
        stated=head.period,
        personal=(*match.personal, *(match.labels[name] for name in people)),
        is_summed=match.report.is_summed,
        lists_part=bool(_cut_note(block, match)),
        timezone=overrides.timezone or clock.stated(block, _dated(match, columns)),
    )
    return Prepared(match, fields, columns, layout, head, hints, constants, found, frame, origin, outcome)


def finished(prepared: Prepared) -> Outcome:
    """Bring the rows into the shape of their tables and weigh them."""
    origin = prepared.origin
    for name, shaped in _shaped(prepared.frame, prepared.match, prepared.fields, prepared.table).items():
        finish.finish(prepared.outcome, shaped, TABLES[name], origin)
        origin = replace(origin, is_told=origin.is_told or finish.is_unfolded(shaped, origin))
    return prepared.outcome


def best(block: Block) -> Match:
    """Return the report that a table is.

    Raises
    ------
    RefusedTableError
        Where several platforms could have written it.
    """
    first = block.candidates[0]
    rivals = {match.platform.source: match.platform.title for match in block.candidates if match.score == first.score}
    if len(rivals) == 1:
        return first
    one, *others = sorted(rivals)
    raise RefusedTableError(
        Problem.of(
            "unknown_table",
            f"The headers fit {' and '.join(sorted(rivals.values()))} equally well.",
            "Say which it is: source: for the file under sources in client.yaml.",
        ),
        Answer("source", one, f"or {', '.join(others)}"),
    )


def _head(block: Block, match: Match, period: Period | None) -> Preamble:
    """Read the lines around a table; what they leave open of its days, its headers say, else another table."""
    head = preamble.read([*block.preamble, *block.footer])
    headed = match.report.headed_period(block.header) if match.report.headed_period else None
    return replace(head, period=head.period or headed or period)


def _converted(
    records: rows.Records,
    match: Match,
    columns: Mapping[str, Column],
    fields: Mapping[str, Header],
    hints: typed.Hints,
    *,
    is_whole: bool,
) -> tuple[rows.Records, typed.Typed, list[Problem]]:
    """Type the records; of a whole table without those that are proven to sum up others. Refuse what counts twice."""
    found = typed.convert(_parts(records.raw, fields), columns, match.labels, hints)
    _refuse_others(found.frame, match)
    if not is_whole:
        return records, found, []
    if campaigns := _misnamed(records, found.frame, match, columns, found.decimal):
        records = records.restored(campaigns)
        found = typed.convert(_parts(records.raw, fields), columns, match.labels, hints)
    is_paid = match.report.table == "ads" and match.report.shape is None
    splits = [name for name, header in fields.items() if header.is_breakdown]
    stated = assemble.typed_totals(records, columns, found.decimal)
    whole = wholes.of_table(found.frame, columns, TABLES[match.report.table], splits, stated, is_paid=is_paid)
    found, records, notes = wholes.without(found, records, match.labels, whole)
    refusals.refuse_overlaps(found.frame, match)
    return records, found, notes


def _called(
    records: rows.Records, match: Match, columns: Mapping[str, Column], fields: Mapping[str, Header], decimal: str
) -> pd.DataFrame | None:
    """Return the measures of rows of paid media that were left out for a name that a campaign may have as well."""
    if match.report.table != "ads" or records.called.empty:
        return None
    return _scaled(assemble.measured(records.called, columns, decimal), fields)


def _misnamed(
    records: rows.Records, frame: pd.DataFrame, match: Match, columns: Mapping[str, Column], decimal: str
) -> list[int]:
    """Return the rows of paid media that are called a total or an average and are campaigns."""
    called = _called(records, match, columns, {}, decimal)
    by_kind = TABLES["ads"].alike or {}
    names = [] if called is None else [str(name) for name in called if name in frame and name not in by_kind]
    if called is None or not names:
        return []
    deciding = totals.decisive(names)
    weight = totals.Weight(frame[deciding].sum(), frame[deciding].max(), len(frame))
    called = called[deciding].drop(index=totals.of_neighbours(called[deciding], frame[deciding]))
    return totals.misnamed(called, assemble.typed_totals(records, columns, decimal), weight)


def _records(
    block: Block,
    match: Match,
    sheet: Sheet,
    layout: rows.Layout,
    columns: Mapping[str, Column],
    *,
    is_whole: bool,
) -> rows.Records:
    """Tell the records of a table from its other rows, and leave out those that are no facts."""
    records = rows.separate(block.rows, block.row_numbers, layout, ends_midway=_ends_midway(sheet))
    if match.report.writes_no_totals:
        records = totals.restored(records, columns)
    if is_whole and match.report.table == "ads":
        records = totals.with_only(records, columns)
    return records if match.report.left_out is None else rows.without(records, match.report.left_out)


def _complete(
    found: typed.Typed,
    frame: pd.DataFrame,
    match: Match,
    head: Preamble,
    stated: Mapping[str, Held],
    outcome: Outcome,
) -> pd.DataFrame:
    """Add currency, derived columns, constants and the time covered."""
    table = TABLES[match.report.table]
    frame = frame.assign(**{f"{name}|censored": flags for name, flags in found.censored.items()})
    frame = frame.assign(**{f"{name}|bound": bounds for name, bounds in found.bounds.items()})
    usual = {
        name: frame[name].fillna(value) if name in frame else value
        for name, value in {**match.report.constants, **match.constants}.items()
    }
    frame = checks.with_stated(frame.assign(**usual), stated)
    frame, notes = checks.with_currency(frame, table, found, match.labels, is_stated="currency" in stated)
    outcome.problems += notes
    frame, notes = assemble.derive(frame, match.report.derived, table)
    outcome.problems += notes
    if match.report.leaves_zero_blank:
        frame = _with_zeros(frame, match, table)
    if "_nth_day" in frame and head.period is not None:
        days = _nth_days(frame["_nth_day"], head.period, match.labels["_nth_day"])
        frame = frame.assign(date=days).assign(**{"date|end": days}).assign(**{"date|grain": "day"})
    if head.property_name and "property" in table.by_name:
        frame = frame.assign(property=head.property_name)
    if "period_start" not in table.by_name:
        return frame
    return cover.covered(frame, head.period)


def _nth_days(counted: pd.Series, period: Period, label: str) -> pd.Series:
    """Turn numbers of days into days of the period that the file states."""
    outside = counted[~counted.between(0, period.days - 1) & counted.notna()]
    if len(outside):
        raise RefusedTableError(
            Problem.of(
                "unreadable_values",
                f"{outside.iloc[0]:.0f} is no day of the stated period: it has {period.days}, counted from nought.",
                "Export by Date instead, or download the export again.",
                row=int(outside.index[0]),
                column=label,
            )
        )
    return pd.Timestamp(period.start) + pd.to_timedelta(counted, unit="D")


def _dated(match: Match, columns: Mapping[str, Column]) -> list[str]:
    """Headers of the columns that hold days or moments."""
    return [label for name, label in match.labels.items() if name in columns and columns[name].is_temporal]


def _parts(raw: pd.DataFrame, fields: Mapping[str, Header]) -> pd.DataFrame:
    """Leave of each cell what counts of it."""
    found = {}
    for name, header in fields.items():
        if header.part and name in raw:
            part = re.compile(header.part)
            found[name] = pd.Series(
                [m[0] if (m := part.search(cells.as_text(cell))) else "" for cell in raw[name]], index=raw.index
            )
    return raw.assign(**found)


def _people(found: typed.Typed, fields: Mapping[str, Header]) -> list[str]:
    """Return the columns in which people are named."""
    return [name for name, header in fields.items() if header.is_person and found.frame[name].notna().any()]


def _scaled(frame: pd.DataFrame, fields: Mapping[str, Header]) -> pd.DataFrame:
    """Bring measures that the file has in another unit, such as micros, to that of the table."""
    scaled = {name: fields[name].scale for name in frame.columns if name in fields and fields[name].scale != 1}
    return frame.assign(**{name: frame[name] * scale for name, scale in scaled.items()})


def _summed(frame: pd.DataFrame, fields: Mapping[str, Header], table: Table, outcome: Outcome) -> pd.DataFrame:
    """Add up rows that differ only in what the table does not hold; reach and frequency of several rows are unknown."""
    outcome.problems += checks.repeats(checks.equal_rows(frame, table))
    days = [name for name in ("date", "period_start", "period_end") if name in frame]
    frame = frame.assign(**{name: frame[name].dt.normalize() for name in days})
    split = [name for name, header in fields.items() if header.is_breakdown]
    names = [name for name in table.names if name in frame and not table.by_name[name].is_numeric]
    groups = frame.groupby(list(dict.fromkeys([*names, *split])), dropna=False, sort=False, observed=True)
    is_alone = groups[names[0]].transform("size").eq(1)
    summed = {
        column.name: groups[column.name].transform("sum", min_count=1)
        if column.adds_up
        else frame[column.name].where(is_alone)
        for column in table.columns
        if column.is_numeric and column.name in frame
    }
    return frame.assign(**summed)[groups.cumcount().eq(0)]


def _with_zeros(frame: pd.DataFrame, match: Match, table: Table) -> pd.DataFrame:
    """Write a zero where the platform leaves a measure of the file blank because there was none of it."""
    return frame.assign(**{name: frame[name].fillna(0) for name in without_blanks(match, table) if name in frame})


def without_blanks(match: Match, table: Table) -> list[str]:
    """Return the measures of the file of which a blank is a zero.

    A derived measure counts as one of the file where any of its parts is; what only adds up by kind stays as it is.
    """
    derived = {one.column for one in match.report.derived if any(part in match.fields for part in one.inputs)}
    by_kind = table.alike or {}
    sums = [one.name for one in table.columns if one.additivity == "sum" and one.name not in by_kind]
    return [name for name in sums if name in match.fields or name in derived]


def _shaped(
    frame: pd.DataFrame, match: Match, fields: Mapping[str, Header], table: Table
) -> Mapping[str, pd.DataFrame]:
    """Turn the converted columns into the rows of one or more tables."""
    if match.report.shape is not None:
        return match.report.shape(frame)
    split = [name for name, header in fields.items() if header.is_breakdown and frame[name].notna().any()]
    if not split:
        return {table.name: frame}
    names = "|".join(name.removeprefix("_") for name in split)
    values = frame[split].fillna("").astype("str").agg("|".join, axis=1)
    if table.name == "ads":
        return {"ads_breakdown": frame.assign(breakdown=names, value=values)}
    return {table.name: frame.assign(dimension=names, value=values)}


def _layout(match: Match, places: Mapping[str, int], columns: Mapping[str, Column]) -> rows.Layout:
    names = tuple(
        name
        for name, column in columns.items()
        if not column.is_numeric and name not in _ALWAYS_ASIDE and not name.startswith("_report")
    )
    return rows.Layout(
        places=places,
        measures=frozenset(name for name, column in columns.items() if column.is_numeric),
        names=names,
        width=match.width,
        total_rows=match.report.total_rows,
        has_blank_totals=match.report.has_blank_totals,
        asides=frozenset(text.casefold() for text in match.report.asides),
        named_by=match.report.named_by,
        days=frozenset(name for name in names if columns[name].is_temporal),
        splits=frozenset(name for name in names if name in match.fields and match.fields[name].is_breakdown),
        writes_no_totals=match.report.writes_no_totals,
    )


def _refuse_others(frame: pd.DataFrame, match: Match) -> None:
    """Refuse a table whose headers are everybody's and whose figures are not this report's."""
    if match.report.holds is not None and not match.report.holds(frame):
        raise RefusedTableError(
            Problem.of(
                "unknown_table",
                f"The headers could be {match.platform.title}'s, the figures are not.",
                "Map its columns under sources in client.yaml.",
            )
        )


def _limits(block: Block, match: Match, overrides: Overrides) -> list[Problem]:
    """Say what the file leaves open: which network it is about, and whether its rows can be everything."""
    problems = []
    if any(name not in {**match.constants, **(overrides.constants or {})} for name in match.report.stand_ins):
        message = "The file does not say which network it is about: its rows count as {platform}."
        action = "Say constants: {platform: instagram} or {platform: facebook} for it under sources in client.yaml."
        problems.append(Problem.of("platform_unstated", message.format(**match.report.constants), action))
    missing = _cut_note(block, match) or match.report.is_partial
    if missing:
        problems.append(Problem.of("incomplete_data", f"The rows are not everything: {missing}."))
    return problems


def _cut_note(block: Block, match: Match) -> str:
    """Return the line in which the platform says that it left rows out, "" if there is none."""
    lines = [*(cells.as_text(row[0]) for row in block.rows[-_FOOT_WITHIN:] if row), *block.footer]
    note = match.report.cut_note
    return next((line.rstrip(".") for line in lines if note and re.search(note, line, re.IGNORECASE)), "")


def _column(name: str, header: Header, table: Table) -> Column:
    if header.kind is None and name in table.by_name:
        return table.by_name[name]
    kind = header.kind or "text"
    return Column(name, kind, "", "sum" if kind in {"money", "count"} else "none")


def _open_dimensions(match: Match, block: Block) -> dict[str, Header]:
    """Columns that no header describes: dimensions that the user chose, and what the report keeps to unfold."""
    dimensions = {block.header[i]: Header(block.header[i], is_breakdown=True) for i in _open_positions(match, block)}
    return dimensions | {other_column(i, block.header[i]): Header("_other") for i in match.others}


def _open_places(match: Match, block: Block) -> dict[str, int]:
    return {block.header[i]: i for i in _open_positions(match, block)} | {
        other_column(i, block.header[i]): i for i in match.others
    }


def _open_positions(match: Match, block: Block) -> list[int]:
    """Positions of unknown columns before the first measure, where the report lets its user choose dimensions."""
    if not match.report.has_open_dimensions:
        return []
    table = TABLES[match.report.table]
    measures = [i for name, i in match.columns.items() if _column(name, match.fields[name], table).is_numeric]
    first = min(measures, default=0)
    return [i for i, cell in enumerate(block.header[:first]) if cell in match.unknown]


def _hints(match: Match, sheet: Sheet, head: Preamble, overrides: Overrides) -> typed.Hints:
    usual = match.report.decimal.get(match.language or "", match.report.decimal.get("*"))
    by_language = "." if match.language == "en" else None if match.language is None else ","
    # Semicolons are written where the comma is the decimal sign, whatever the platform wrote first.
    decimal = "," if sheet.delimiter == ";" else usual or by_language
    is_resaved = sheet.delimiter == ";"
    order = match.report.day_first if match.report.day_first is not None else head.day_first
    return typed.Hints(
        numbers=overrides.numbers,
        dates=overrides.dates,
        language=match.language,
        day_first=None if is_resaved else order,
        decimal=decimal,
        stated=head.period,
        year=overrides.year,
    )


def _notes(match: Match, head: Preamble, records: rows.Records, rest: Rest | None) -> list[Problem]:
    """Say which rows were left out, and compare what the file says about itself with the others."""
    told_by = match.report.left_out
    problems = finish.left_out_notes(records, match.labels.get(told_by.column, "") if told_by else "")
    number, totals = len(records.raw) + (rest.rows if rest else 0), records.dropped.get("total_row", 0)
    if head.rows is not None and head.rows not in (number, number + totals):
        message = f"The file says that it has {head.rows} rows, and {number} were found."
        problems.append(Problem.of("control_total_mismatch", message, "Download the export again."))
    if head.is_incomplete:
        message = "The platform says that figures of the last days may still be missing."
        problems.append(Problem.of("incomplete_data", message, "Export again in a day or two."))
    return problems


def _header_problems(match: Match) -> list[Problem]:
    problems = []
    if match.duplicates:
        which = "both are kept, the second with a number" if match.report.keeps_others else "the first counts"
        named = ", ".join(" ".join(header.split()) for header in match.duplicates)
        problems.append(Problem.of("duplicate_header", f"The same header stands twice; {which}: {named}."))
    if match.unknown:
        problems.append(Problem.of("unknown_columns", f"Columns that are not used: {', '.join(match.unknown[:20])}."))
    return problems


def _empty(match: Match, records: rows.Records) -> Problem:
    if match.report.left_out is not None and match.report.left_out.reason in records.dropped:
        action = "If they are to count, map its columns under sources in client.yaml."
        return Problem.of("empty_export", "Every row of the export is left out.", action)
    action = "Choose a period in which something ran, and export again."
    return Problem.of("empty_export", "The export has a header and no rows.", action)


def _ends_midway(sheet: Sheet) -> bool:
    return bool(sheet.text) and not sheet.text.endswith(("\n", "\r"))
