"""The sentences for what was noted while exports were read and put together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from helpers.claims import scope_label
from helpers.kpis import METRICS
from helpers.store import Notice, Restated
from helpers.tables import TABLES
from helpers.units import Quantity, Unit
from helpers.wording import Message, Name, Value, listed, msg

SENTENCES: dict[str, Message] = {
    "overlap": msg("Some days stand in several exports; the newest export counts, and each day counts once."),
    "restated": msg("A newer export gives other figures for days that were exported before; the newer ones count."),
    "duplicates": msg("Some rows of an export are equal in every column; they are kept, as the platform wrote them."),
    "mixed_currencies": msg("Amounts in another currency were converted at the client's exchange rates."),
    "mixed_currencies_without_rate": msg("Amounts in a currency without an exchange rate are left out of the totals."),
    "currency_missing": msg("An export does not say its currency; its amounts are read in the reporting currency."),
    "non_additive": msg("Results of different kinds are not added; they stay out of the totals."),
    "unlike_windows": msg("Conversions were counted in different attribution windows."),
    "unread_export": msg("The export {file} could not be read: what it holds is missing from every figure."),
    "unknown_export": msg("The export {file} was not recognised: what it holds is missing from every figure."),
    "personal_data": msg("Names, addresses and the like were dropped when the exports were read."),
}
"""By code of a notice; one without a sentence is left to the receipts."""

LABELS: dict[str, Message] = {
    "control_total_mismatch": msg("its totals differ from its rows"),
    "currency_missing": msg("no currency"),
    "period_missing": msg("no days"),
    "year_missing": msg("days without a year"),
    "mixed_currencies": msg("several currencies"),
    "ambiguous_dates": msg("day and month could be swapped"),
    "ambiguous_numbers": msg("decimal sign not proven"),
    "identifiers_damaged": msg("digits of ids lost"),
    "damaged_by_spreadsheet": msg("changed by a spreadsheet"),
    "double_encoded": msg("quoted twice, undone"),
    "formula_text": msg("text that looks like a formula"),
    "markup_text": msg("text that holds markup"),
    "empty_export": msg("no rows"),
    "duplicates": msg("equal rows"),
    "non_additive": msg("results of several kinds"),
    "unknown_table": msg("not recognised"),
    "unreadable_values": msg("cells that cannot be read"),
    "missing_columns": msg("columns missing"),
    "unsafe_file": msg("refused as unsafe"),
    "truncated_file": msg("cut off"),
    "not_a_table": msg("no table"),
}
"""In a few words, by code, what a receipt notes that is to be looked at."""

LEFT_OUT = "mixed_currencies_without_rate"

MOST_TOLD = 3
"""So many measures of a restatement are told."""

_FIRST = ("spend", "revenue", "conversions", "orders", "conversion_value")

Amount: TypeAlias = Callable[[Restated, str], tuple[Value, Value]]
"""A measure of a restatement before and after, as a sentence takes them."""


def code_of(notice: Notice) -> str:
    """The code under which a notice has its sentence: amounts that no rate converts are a fault of their own."""
    is_left_out = notice.code == "mixed_currencies" and not notice.values.get("is_converted")
    return LEFT_OUT if is_left_out else notice.code


def unit_of(notice: Restated, measure: str) -> Unit:
    """The unit of a measure of a restatement."""
    return "money" if measure in TABLES[notice.values["table"]].money else METRICS[measure].unit


def plain(notice: Restated, measure: str) -> tuple[Value, Value]:
    """Both sides of a measure, backed by no claim."""
    codes = notice.rows["currency"].dropna() if "currency" in notice.rows else ()
    unit, currency = unit_of(notice, measure), str(next(iter(codes), "")) or None
    return Quantity(notice.before[measure], unit, currency), Quantity(notice.after[measure], unit, currency)


def sentence(notice: Notice, amount: Amount = plain) -> Message | None:
    """What to say of a notice; None where only the receipts do.

    Parameters
    ----------
    amount
        How the figures of a restatement are bound to claims.
    """
    if isinstance(notice, Restated) and (told := _told(notice)):
        return _restatement(notice, [(METRICS[name].label, *amount(notice, name)) for name in told])
    text = SENTENCES.get(code_of(notice))
    if text is not None and "file" in notice.values:
        return replace(text, values=(("file", Name(str(notice.values["file"]))),))
    return text


def _told(notice: Restated) -> list[str]:
    """The measures that are metrics, those first that decide."""
    known = [name for name in notice.after if name in METRICS]
    return sorted(known, key=lambda name: _FIRST.index(name) if name in _FIRST else len(_FIRST))[:MOST_TOLD]


def _restatement(notice: Restated, amounts: list[tuple[Message, Value, Value]]) -> Message:
    changes = listed(
        [msg("{measure} {before} → {after}", measure=label, before=old, after=new) for label, old, new in amounts]
    )
    said = (
        msg("a newer export gives other figures for {days} ({changes}); the newer ones count",
            days=notice.days, changes=changes)
        if notice.days
        else msg("a newer export gives other figures ({changes}); the newer ones count", changes=changes)
    )  # fmt: skip
    if "platform" in notice.scope:
        return msg("{what}: {said}.", what=scope_label("platform", notice.scope["platform"]), said=said)
    return msg("{said}.", said=said)
