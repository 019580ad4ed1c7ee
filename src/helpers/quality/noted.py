"""The sentences for what was noted while exports were read and put together."""

from __future__ import annotations

from dataclasses import replace

from helpers.store import Notice
from helpers.wording import Message, Name, msg

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

LEFT_OUT = "mixed_currencies_without_rate"


def code_of(notice: Notice) -> str:
    """The code under which a notice has its sentence: amounts that no rate converts are a fault of their own."""
    is_left_out = notice.code == "mixed_currencies" and not notice.values.get("is_converted")
    return LEFT_OUT if is_left_out else notice.code


def sentence(notice: Notice) -> Message | None:
    """What to say of a notice; None where only the receipts do."""
    text = SENTENCES.get(code_of(notice))
    if text is not None and "file" in notice.values:
        return replace(text, values=(("file", Name(str(notice.values["file"]))),))
    return text
