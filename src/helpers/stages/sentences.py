"""Sentences that several stages say; each is written from the claims it is given, and its condition is computed.

Note for translators: every sentence begins with its subject, so that a language can let the verb agree with it
(`{subject:singular m/singular f/plural m/plural f}`); what it is compared to is a phrase of its own, preposition
included.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

from helpers.claims import Basis, Claim, scope_label
from helpers.wording import Message, Value, msg

AGAINST: dict[Basis, Message] = {
    "plan": msg("against the plan"),
    "previous": msg("against the period before"),
    "previous_year": msg("against the same period of last year"),
    "target": msg("against the target"),
    "control": msg("against the control"),
    "peers": msg("against the peers"),
}
"""What something is compared to, as a phrase."""

WRITTEN = 1e-3
"""Figures that differ by less, as a share, may be written with the same digits."""

BESIDE: dict[Basis, Message] = {
    "plan": msg("vs. plan"),
    "previous": msg("vs. period before"),
    "previous_year": msg("vs. last year"),
    "target": msg("vs. target"),
    "control": msg("vs. control"),
    "peers": msg("vs. peers"),
}
"""The same, where there is little room."""


def subject(claim: Claim) -> Message:
    """The metric with its article and scope, to begin a sentence with."""
    said = claim.metric.subject
    for key, value in claim.scope:
        said = msg("{metric} of {scope}", metric=said, scope=scope_label(key, value))
    return said


def compared(claim: Claim, change: Claim) -> Message:
    """Say how a figure stands against what it is compared to, in the words that its verdict allows."""
    if claim.compared_to is None:
        return msg("{subject}: {value}.", subject=claim.subject, value=claim.figure)
    values: dict[str, Value] = {
        "subject": subject(claim),
        "against": AGAINST[claim.compared_to.what],
        "value": claim.figure,
        "other": claim.other,
        "change": change.figure,
    }
    match claim.verdict:
        case "better":
            return msg("{subject} improved {against}: {value} instead of {other} ({change}).", **values)
        case "worse":
            return msg("{subject} got worse {against}: {value} instead of {other} ({change}).", **values)
        case "not_shown":
            return msg("{subject} showed no change beyond chance {against}: {value}, before {other}.", **values)
        case "not_enough_data":
            return msg("{subject} had too little data for a verdict {against}: {value}, before {other}.", **values)
        case _:
            return msg("{subject} went from {other} to {value} {against} ({change}).", **values)


def leading(claims: Iterable[Claim], *, size: Callable[[float], float] = float) -> Claim | None:
    """The one claim that may be called the largest; None where there is none or the next is written alike.

    Parameters
    ----------
    claims
        Claims of one metric.
    size
        What they are ordered by, such as `abs` for contributions of either sign.
    """
    ordered = sorted(claims, key=lambda claim: -size(claim.figure.value))
    if not ordered:
        return None
    first, *rest = ordered
    is_tied = bool(rest) and math.isclose(size(first.figure.value), size(rest[0].figure.value), rel_tol=WRITTEN)
    return None if is_tied else first
