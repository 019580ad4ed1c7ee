"""What samples of several charts are made of: captions, units, and names that are hard to draw."""

from __future__ import annotations

from helpers.stages.parts import Bar, Caption, Measure, Verdict
from helpers.wording import Message, Name

EURO = Measure("money", "EUR")

HARD_NAMES = (
    r"$\frac$ promo $x$",
    "a_b^c $$",
    "Cupón $10 o $20 para nuevos",
    "<script>alert(1)</script>",
    "&amp; \"quotes\" 'single' </text>",
    "salt\x00bell\x07line\nbreak\ttab",
    "📈 发布 إطلاق",
    "حملة الجمعة البيضاء للعملاء الجدد",
    "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen_XL",
    "ES_2026_Q4_Meta_Prospecting_Lookalike_Purchasers_180d_Video_Story",
    "una campaña con muchas palabras " * 6,
    "Inversión",
    "",
)
"""Formulas, markup, control signs, pictures, right to left, a word of sixty letters, words of charts, nothing."""


def caption(title: str, subtitle: str) -> Caption:
    """The words over a sample; they are for developers and stay English."""
    return Caption(Message(title), Message(subtitle), Message("Source: made up for the catalogue."))


def hard_bars(level: float = 0.0, reach: float = 1.0) -> tuple[Bar, ...]:
    """One bar a hard name, with interval, reference and each verdict in turn."""
    verdicts: tuple[Verdict | None, ...] = ("better", "worse", "not_shown", "not_enough_data", None)
    return tuple(
        Bar(
            Name(name),
            level + reach * (1 - at / 15),
            level + reach * (0.9 - at / 15),
            level + reach * (1.2 - at / 15),
            level + reach * 0.8,
            verdicts[at % len(verdicts)],
        )
        for at, name in enumerate(HARD_NAMES)
    )
