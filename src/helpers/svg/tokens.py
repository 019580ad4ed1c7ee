"""The colours of page and drawings by name, and how a drawing says which of its parts has which.

The series colours were found by a search that maximised the smallest difference between any two under normal vision
and three colour deficiencies, with a contrast of at least 4.5 against both backgrounds of each theme; tests hold them
to that. `actual`, `previous` and `plan` follow the IBCS notation: dark, lighter, outlined.
"""

from __future__ import annotations

from typing import NamedTuple


class Token(NamedTuple):
    """One colour on a light and on a dark page."""

    light: str
    dark: str


TOKENS = {
    "bg": Token("#ffffff", "#11151a"),
    "sf": Token("#f5f7fa", "#1a2027"),
    "ink": Token("#17202c", "#e9eef4"),
    "mute": Token("#55606e", "#a6b0bc"),
    "line": Token("#d8dee6", "#36404b"),
    "edge": Token("#7b8796", "#76828f"),
    "actual": Token("#24405f", "#c9d8ea"),
    "previous": Token("#8b97a6", "#7d8997"),
    "plan": Token("#55606e", "#a6b0bc"),
    "good": Token("#0b6b4c", "#63d4a6"),
    "bad": Token("#b0261d", "#ff9d91"),
    "s1": Token("#1c65c8", "#3a9bfd"),
    "s2": Token("#c2460d", "#ce8f51"),
    "s3": Token("#034a2e", "#b0efcc"),
    "s4": Token("#922072", "#e15e8e"),
    "s5": Token("#24126a", "#b1a0d7"),
    "s6": Token("#474503", "#f4de87"),
}
"""Every colour that a drawing or the page may use, except the client's accent."""

USES = {
    "bg": "the page; the inside of what is outlined",
    "sf": "the surface of cards",
    "ink": "letters",
    "mute": "secondary letters, intervals, marked days",
    "line": "lines of a scale",
    "edge": "the line of zero or of no effect",
    "actual": "actual values: bars, columns, lines; forecast, hatched or dotted",
    "previous": "the period before: lighter",
    "plan": "plan and target: outlined, never filled",
    "good": "a verdict, always beside its word",
    "bad": "a verdict, always beside its word",
    **dict.fromkeys(("s1", "s2", "s3", "s4"), "series, with dashes of its own"),
    **dict.fromkeys(("s5", "s6"), "series, in reserve: four lines are the most that a chart draws"),
}
"""Where each colour stands; `charts.notation` draws actual, previous, plan and forecast (ISO 24896, IBCS)."""

SERIES = ("s1", "s2", "s3", "s4", "s5", "s6")

_SIGN = "~"


def mark(fill: str, stroke: str = "", *, is_name: bool = False) -> str:
    """Return the group id by which a drawing names its colours; the cleaner turns it into classes.

    Parameters
    ----------
    fill
        Token of filled parts and, without `stroke`, of lines too.
    stroke
        Token of lines, where it differs.
    is_name
        Whether the text is a name from the data, which is never translated.
    """
    return _SIGN.join(("", fill, stroke or fill, "name" if is_name else ""))


class Mark(NamedTuple):
    """What a group id said about the colours of its parts."""

    fill: str
    stroke: str
    is_name: bool


def read_mark(group_id: str) -> Mark | None:
    """Return what a group id says, or None if it says nothing about known colours."""
    parts = group_id.split(_SIGN)
    if len(parts) != 4 or parts[0] or parts[1] not in TOKENS or parts[2] not in TOKENS:
        return None
    return Mark(parts[1], parts[2], parts[3] == "name")


CLASSES = frozenset(f"{kind}-{token}" for kind in "fk" for token in TOKENS)
"""`f-` classes colour what is filled, `k-` classes what is stroked."""
