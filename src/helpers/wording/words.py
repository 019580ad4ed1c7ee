"""One language: its catalog, its way of writing numbers and dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from string import Formatter

from babel.dates import format_date, format_interval, format_skeleton

from helpers.errors import UsageError
from helpers.units import Part, Period, Quantity
from helpers.wording.agreement import agreeing
from helpers.wording.lookup import LANGUAGES, WRITABLE, locale_of, template_of
from helpers.wording.message import Message, Name, Value, msg
from helpers.wording.numbers import number_format, write

WEB = re.compile(r"https://[^\s\x00-\x1f\x7f\"'<>\\]{1,2000}")
"""Addresses that a page may lead to: of the web, encrypted, without signs that end an attribute or do not show."""

_POINTS = msg("pp")
_FIRST = re.compile(r"^[\W_]*[^\W\d_]")
_FIGURE = re.compile(r"\d")
_CODE = re.compile(r"`[^`]*`")


@dataclass(frozen=True)
class Run:
    """A piece of a written sentence.

    At most one of the marks is set: the claim (and which number of it) that backs a figure, that the text is a name
    from the data (and the web address that it leads to), or the ISO date that it writes. `number` is the quantity that
    it writes, with or without a claim.
    """

    text: str
    claim: str | None = None
    part: Part | None = None
    is_name: bool = False
    day: str | None = None
    link: str | None = None
    number: Quantity | None = None

    def as_json(self) -> dict[str, object]:
        """Return the form that blocks hold: the marks that are set, and no others."""
        marks = {
            "claim": self.claim,
            "part": self.part,
            "name": self.is_name or None,
            "date": self.day,
            "link": self.link,
            "number": _number(self.number),
        }
        return {"text": self.text} | {key: mark for key, mark in marks.items() if mark is not None}


class Words:
    """Writes messages in one language.

    Parameters
    ----------
    language
        One of `LANGUAGES`, such as `es-ES`, or the language of tests.

    Raises
    ------
    UsageError
        If there is no catalog for the language.
    """

    def __init__(self, language: str) -> None:
        if language not in WRITABLE:
            raise UsageError(
                "reports cannot be written in this language",
                seen=language,
                next_step=f"Name one of: {', '.join(LANGUAGES)}.",
            )
        self.language = language
        self._locale = locale_of(language)

    def text(self, value: Value) -> str:
        """The value written out, without marks."""
        return "".join(run.text for run in self.runs(value))

    def inside(self, value: Value) -> str:
        """The value as it stands in the middle of a line: it keeps its small letter."""
        return "".join(run.text for run in self.runs(value, begins=False))

    def runs(self, value: Value, *, begins: bool = True) -> list[Run]:
        """The value written out, each figure bound to its claim.

        Parameters
        ----------
        value
            What to write.
        begins
            Whether it begins a line: a sentence or label of ours then begins with a capital.

        Raises
        ------
        ValueError
            If a text states a figure that no claim could back, or lacks a value: a developer's fault.
        """
        first, *rest = self._runs(value) or [Run("")]
        is_ours = begins and isinstance(value, Message) and first.claim is None and not first.is_name
        return [replace(first, text=_begun(first.text)) if is_ours else first, *rest]

    def _runs(self, value: Value) -> list[Run]:
        match value:
            case Quantity():
                part = value.part if value.claim else None
                return [Run(self._number(value), claim=value.claim, part=part, number=value)]
            case Name(text, link):
                return [Run(text, is_name=True, link=link if link and WEB.fullmatch(link) else None)]
            case Period():
                return [self._period(value)]
            case date():
                return [Run(format_date(value, "medium", locale=self._locale), day=value.isoformat())]
            case Message():
                return list(self._sentence(value))

    def month(self, day: date) -> str:
        """Short name of the month, with the year in January; for axes."""
        return format_date(day, "MMM y" if day.month == 1 else "MMM", locale=self._locale)

    def short_day(self, day: date) -> str:
        """Day and month; for axes."""
        return format_skeleton("MMMd", day, locale=self._locale)

    def weekday(self, number: int) -> str:
        """Short name of a weekday, Monday is 0."""
        return str(self._locale.days["format"]["abbreviated"][number])

    def number_format(self, quantity: Quantity) -> str:
        """The number format of a spreadsheet cell that holds the quantity, in the notation of such formats."""
        return number_format(quantity, self._locale, points=self._translated(_POINTS))

    def _number(self, quantity: Quantity) -> str:
        written = write(quantity, self._locale)
        is_points = quantity.unit == "points" and quantity.is_known
        return f"{written}\u00a0{self._translated(_POINTS)}" if is_points else written

    def _period(self, period: Period) -> Run:
        written = format_interval(period.start, period.end, "yMMMd", locale=self._locale)
        return Run(written, day=period.start.isoformat())

    def _sentence(self, message: Message) -> Iterator[Run]:
        values = dict(message.values)
        for literal, place, spec, _ in Formatter().parse(self._translated(message)):
            if _FIGURE.search(_CODE.sub("", literal)):
                raise ValueError(f"a figure stands in the text itself: {message.text!r} ({self.language})")
            if literal:
                yield Run(literal)
            if place is None:
                continue
            if place not in values:
                raise ValueError(f"no value for {{{place}}} in {message.text!r} ({self.language})")
            written = self._runs(values[place])
            yield from [Run(agreeing(values[place], "".join(run.text for run in written), spec))] if spec else written

    def _translated(self, message: Message) -> str:
        return template_of(message, self.language)


def _number(quantity: Quantity | None) -> dict[str, object] | None:
    """The quantity in the form that blocks hold; an unknown one is left out."""
    if quantity is None or not quantity.is_known:
        return None
    number: dict[str, object] = {"value": float(quantity.value), "unit": quantity.unit}
    return number | ({"currency": quantity.currency} if quantity.currency else {})


def _begun(text: str) -> str:
    """The text with its first letter as a capital, whatever signs stand before it."""
    return _FIRST.sub(lambda found: found[0].upper(), text, count=1)
