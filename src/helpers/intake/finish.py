"""Typed columns to canonical rows and the receipt for them; the same for recognised and for mapped tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from helpers.intake import assemble, checks, facts, private
from helpers.intake.assemble import Outcome
from helpers.intake.facts import Facts, Weighing
from helpers.intake.receipt import Problem, TableReceipt
from helpers.intake.rows import Records
from helpers.platforms import normalised
from helpers.tables import Table
from helpers.tables.ads import LEVELS
from helpers.units import Period

_EXAMPLES = 6
_LEFT_OUT = {
    "total_row": ("total_row_dropped", "{} total rows are left out of the rows."),
    "not_paid": ("not_paid", "{} rows are of payments that failed or were cancelled: they are left out."),
    "not_won": ("not_won", "{} deals are left out: {} does not say that they are won."),
}


@dataclass(frozen=True)
class Origin:
    """Where the rows of a table come from.

    Parameters
    ----------
    source, report, language, encoding
        As in the receipt.
    labels
        Header in the file by canonical or working column.
    records
        What was told apart in the file.
    totals
        Typed total rows of the same scope.
    called
        Typed rows left out for a name that a record may have as well; None where records have no such names.
    salt
        Of the client, for digests of customers.
    stated
        The period that the file says it covers.
    personal
        Headers of columns that were left out because they hold personal data.
    is_summed
        Whether records of one fact were added up.
    is_told
        Whether the records count already, in another table that they were unfolded into.
    lists_part
        Whether the file may hold the largest rows only.
    timezone
        Whose days these are, where the file or the analyst says so.
    weigh
        What weighs the rows for the receipt.
    """

    source: str
    report: str
    encoding: str
    labels: Mapping[str, str]
    records: Records
    totals: pd.DataFrame
    salt: str
    called: pd.DataFrame | None = None
    language: str | None = None
    stated: Period | None = None
    personal: tuple[str, ...] = ()
    is_summed: bool = False
    is_told: bool = False
    lists_part: bool = False
    timezone: str | None = None
    weigh: Weighing = facts.of_frame


def finish(outcome: Outcome, frame: pd.DataFrame, table: Table, origin: Origin) -> None:
    """Add the rows of one canonical table, its receipt and what is to be said of them."""
    attributes = _attributes(frame, table) if table.is_open else []
    people = [name for name in attributes if _is_of_people(name, origin)]
    frame, secrets = private.hashed(_unanswered(frame), origin.salt, attributes)
    outcome.problems += _personal(outcome, origin, [*people, *secrets])
    known = [name for name in table.names if name in frame]
    kept = frame[[*known, *(name for name in attributes if name not in people)]]
    found = origin.weigh(kept, table, origin.labels)
    controls, notes = assemble.control(origin.totals, found, called=origin.called, lists_part=origin.lists_part)
    outcome.problems += [*notes, *found.odd, *checks.repeats(found.repeats), *checks.partly_blank(found.currencies)]
    if found.unlike and not _said(outcome, "non_additive"):
        outcome.problems.append(assemble.unlike_note(found.unlike[0]))
    is_reshaped = origin.is_summed or is_unfolded(frame, origin)
    records = 0 if origin.is_told else len(origin.records.raw) if is_reshaped else found.rows
    receipt = _receipt(found, table, origin, controls, records)
    if receipt.period is None and table.day and receipt.kept and not _said(outcome, "year_missing"):
        outcome.problems.append(_undated())
    outcome.frames.append((table.name, kept.assign(source=origin.source)))
    outcome.receipts.append(receipt)


def is_unfolded(frame: pd.DataFrame, origin: Origin) -> bool:
    """Whether a record of the file stands in several rows."""
    return len(frame) > len(origin.records.raw)


def left_out_notes(records: Records, header: str = "") -> list[Problem]:
    """Say how many rows were left out because they are totals or, as the column of that header says, no facts."""
    return [
        Problem.of(
            code, message.format(records.dropped[reason], f'"{header}"') + _examples(records.said.get(reason, ()))
        )
        for reason, (code, message) in _LEFT_OUT.items()
        if reason in records.dropped
    ]


def _examples(words: Sequence[str]) -> str:
    """What rows that were left out say, for whoever knows better."""
    filled = [word[:40] for word in words if word][:_EXAMPLES]
    return f" They say: {', '.join(filled)}{' …' if len(words) > _EXAMPLES else ''}." if filled else ""


def _attributes(frame: pd.DataFrame, table: Table) -> list[str]:
    """Return the columns beyond the table's own, without those used on the way."""
    others = [name for name in frame.columns if name not in table.by_name]
    return [name for name in others if not name.startswith("_") and "|" not in name]


def _receipt(
    found: Facts, table: Table, origin: Origin, controls: Mapping[str, Mapping[str, float]], records: int
) -> TableReceipt:
    stated = origin.stated if table.day in {"", "period_start"} else None  # single days say it better
    return TableReceipt(
        source=origin.source,
        report=origin.report,
        table=table.name,
        language=origin.language,
        encoding=origin.encoding,
        grain=_grain(found, table),
        period=(stated.start.isoformat(), stated.end.isoformat()) if stated else found.span,
        currency=found.currencies[0] if len(found.currencies) == 1 else None,
        kept=records,
        dropped=origin.records.dropped,
        totals=assemble.totals_of(found, table),
        control_totals=controls,
        timezone=origin.timezone,
    )


def _grain(found: Facts, table: Table) -> tuple[str, ...]:
    words = []
    if found.grains:
        words.append(min(found.grains) if len(found.grains) == 1 and found.grains != {"day"} else "date")
    elif table.day in found.filled:
        words.append("date")
    words += [name for identifier, name in LEVELS if found.filled & {name, identifier}]
    return (*words, *found.split.split("|")) if found.split else tuple(words)


def _is_of_people(name: str, origin: Origin) -> bool:
    """Whether a column that the analyst named is headed as names or addresses of people are."""
    return any(private.is_personal(normalised(word)) for word in (name, origin.labels.get(name, name)))


def _unanswered(frame: pd.DataFrame) -> pd.DataFrame:
    """Leave out what people answered to questions for their name, address or number."""
    if not {"question", "answer"} <= set(frame.columns):
        return frame
    asked = {question: private.is_personal(normalised(str(question))) for question in frame["question"].unique()}
    return frame.assign(answer=frame["answer"].mask(frame["question"].map(asked).astype(bool)))


def _personal(outcome: Outcome, origin: Origin, secrets: list[str]) -> list[Problem]:
    headers = tuple(dict.fromkeys([*origin.personal, *(origin.labels.get(name, name) for name in secrets)]))
    if not headers or _said(outcome, "personal_data_dropped"):
        return []
    message = f"Personal data was dropped or turned into digests: {', '.join(headers)}."
    return [Problem.of("personal_data_dropped", message)]


def _undated() -> Problem:
    return Problem.of(
        "period_missing",
        "The file does not say which days its figures cover.",
        "Export again with a day column; until then the figures count only where all dates are asked for.",
    )


def _said(outcome: Outcome, code: str) -> bool:
    return any(problem.code == code for problem in outcome.problems)
