"""What is to be said, before it is said in a language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from helpers.units import Period, Quantity


@dataclass(frozen=True)
class Name:
    """A name that comes from the data (a campaign, a product, a person): never translated, digits allowed.

    `link` leads to what bears the name; only an address of the web is followed, any other is left out.
    """

    text: str
    link: str | None = None


@dataclass(frozen=True)
class Message:
    """A sentence or label with its values.

    Parameters
    ----------
    text
        The English text, which is also the key in the catalogs. Places are written `{name}`; a figure may only come
        in through a place.
    values
        What goes into each place, in order of name.
    plural
        The English plural, where the text depends on a count.
    n
        The count that chooses between singular and plural.
    """

    text: str
    values: tuple[tuple[str, Value], ...] = ()
    plural: str | None = None
    n: float | None = None


Value: TypeAlias = Quantity | Name | date | Period | Message
"""What a place in a message may hold."""


def msg(text: str, **values: Value) -> Message:
    """Make a message; Babel finds the texts of all calls of this function."""
    return Message(text, tuple(sorted(values.items())))


def counted(one: str, many: str, n: Quantity, **values: Value) -> Message:
    """Make a message that depends on a count, which also goes into the place `{n}`."""
    return Message(one, tuple(sorted({**values, "n": n}.items())), plural=many, n=n.value)


def listed(names: Sequence[Message]) -> Message:
    """Names one after the other, the last one after an `and`."""
    said = names[0]
    for name in names[1:-1]:
        said = msg("{listed}, {name}", listed=said, name=name)
    return msg("{listed} and {name}", listed=said, name=names[-1]) if len(names) > 1 else said
