"""Persona cards: what tells a persona from the others, each attribute with its grade and the people behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from helpers.claims import Claim
from helpers.stages.parts import Cell, Measure, Table
from helpers.stages.persona.groups import Audience
from helpers.stages.persona.people import BEHAVIOUR, People
from helpers.stages.persona.trade import FEW
from helpers.stages.persona.value import WHOLE, Worth
from helpers.wording import Message, Name, listed, msg

Grade = Literal["measured", "inferred", "assumed"]

GRADES: dict[Grade, Message] = {"measured": msg("measured"), "inferred": msg("inferred"), "assumed": msg("assumed")}

_MANY = 2
_CLEAR = 0.3
"""A trait that lies fewer standard deviations from everyone's is not worth a name."""

_UNITS: dict[str, Literal["money", "share", "ratio"]] = {"order_value": "money", "discount_share": "share"}


@dataclass(frozen=True)
class Personas:
    """The cards of an audience.

    Parameters
    ----------
    worth
        None where the data do not tell what people will bring.
    orders
        Claims of the order value by persona; empty where it is not known.
    """

    people: People
    audience: Audience
    worth: Worth | None
    orders: Mapping[str, Claim]
    currency: str

    def name(self, label: str) -> Message:
        """What to call a persona: how much it brings, then what tells it most from the others."""
        traits = [*self._spending(label), *self._traits(label)]
        if not traits:
            return msg("Persona {number}: close to everyone", number=Name(label))
        return msg("Persona {number}: {traits}", number=Name(label), traits=listed(traits))

    def cards(self) -> tuple[Table, ...]:
        """One card a persona; one for everyone where there are none."""
        if self.audience.is_one:
            everyone = self.people.attributes.index
            return (self._card(msg("Everyone"), everyone, WHOLE),) if len(everyone) >= FEW else ()
        return tuple(self._card(self.name(label), self.members(label), label) for label in self.audience.sizes)

    def members(self, label: str) -> pd.Index:
        """The people of a persona."""
        return self.audience.of.index[self.audience.of == label]

    def _spending(self, label: str) -> list[Message]:
        """What chance does not explain of what the persona brings, else of what it pays for an order."""
        if self.worth and label in (*self.worth.above, *self.worth.below):
            return [msg("worth more") if label in self.worth.above else msg("worth less")]
        verdict = self.orders[label].verdict if label in self.orders else None
        if verdict == "better":
            return [msg("larger orders")]
        return [msg("smaller orders")] if verdict == "worse" else []

    def _traits(self, label: str) -> list[Message]:
        members = self.members(label)
        found = [
            trait
            for name in self.people.attributes.columns
            if (trait := self._trait(str(name), members)) is not None and abs(trait[0]) >= _CLEAR
        ]
        found.sort(key=lambda trait: -abs(trait[0]))
        return [said for _, said in found[:_MANY]]

    def _trait(self, name: str, members: pd.Index) -> tuple[float, Message] | None:
        """How far a persona lies from everyone in an attribute, in standard deviations, and how to say it."""
        column, label = self.people.attributes[name], self.people.label(name)
        if pd.api.types.is_numeric_dtype(column):
            spread = float(column.std())
            if not spread > 0:
                return None
            distance = float((column.reindex(members).mean() - column.mean()) / spread)
            if distance > 0:
                return distance, msg("{attribute} above average", attribute=label)
            return distance, msg("{attribute} below average", attribute=label)
        share, own = column.value_counts(normalize=True), column.reindex(members).value_counts()
        if own.empty or own.max() < FEW or len(share) < 2:
            return None
        level = str(own.idxmax())
        everyone = float(share[level])
        distance = (own.max() / own.sum() - everyone) / np.sqrt(everyone * (1 - everyone))
        return float(distance), msg("{attribute}: {level}", attribute=label, level=Name(level))

    def _card(self, title: Message, members: pd.Index, label: str) -> Table:
        rows = [self._attribute(str(name), members) for name in self.people.attributes.columns]
        if self.people.basis == "told":
            own = self.people.behaviour[self.people.behaviour.index.isin(members)]
            rows += [_told_by_orders(str(name), own, self.people.behaviour, self.currency) for name in own.columns]
        rows += [*self._expected(label), *self._beyond(label)]
        known = [row for row in rows if row]
        if self.audience.is_one:
            heads: tuple[Message, ...] = (msg("Attribute"), msg("Value"), msg("Grade"), msg("People behind it"))
            return Table(title, heads, tuple((name, value, *graded) for name, value, _, *graded in known))
        heads = (msg("Attribute"), msg("This persona"), msg("Everyone"), msg("Grade"), msg("People behind it"))
        return Table(title, heads, tuple(known))

    def _attribute(self, name: str, members: pd.Index) -> tuple[Cell, ...]:
        column = self.people.attributes[name]
        currency = self.currency if self.people.basis == "behaviour" else None
        return _row(self.people.label(name), column.reindex(members), column, name if currency else "", self.currency)

    def _expected(self, label: str) -> list[tuple[Cell, ...]]:
        value = self.worth.value.get(label) if self.worth else None
        if value is None or not value.is_known:
            return []
        everyone = value.other if value.compared_to else value.figure
        said = msg("Expected to pay in the next half year")
        return [(said, value.figure, everyone, GRADES["inferred"], value.count)]

    def _beyond(self, label: str) -> list[tuple[Cell, ...]]:
        """What is taken for granted of customers whom the table does not hold."""
        others = self.people.behaviour.index.difference(self.people.attributes.index)
        if label == WHOLE or len(others) < FEW:
            return []
        said = msg("Customers outside the table")
        return [(said, msg("taken to be alike"), None, GRADES["assumed"], Measure("count").of(len(others)))]


def _told_by_orders(name: str, own: pd.DataFrame, everyone: pd.DataFrame, currency: str) -> tuple[Cell, ...]:
    return _row(BEHAVIOUR[name], own[name], everyone[name], name, currency)


def _row(label: Message | Name, own: pd.Series, everyone: pd.Series, name: str, currency: str) -> tuple[Cell, ...]:
    """One attribute, measured: a mean, or the most frequent level with its share; empty under ten people."""
    own = own.dropna()
    if len(own) < FEW:
        return ()
    count = Measure("count").of(len(own))
    if pd.api.types.is_numeric_dtype(own):
        unit = _UNITS.get(name, "ratio")
        measure = Measure(unit, currency if unit == "money" else None)
        values = (measure.of(float(own.mean())), measure.of(float(everyone.mean())))
        return label, *values, GRADES["measured"], count
    counts = own.value_counts()
    level = str(sorted(counts.index[counts == counts.max()])[0])
    if counts.max() < FEW:
        return ()
    share = everyone.value_counts(normalize=True)
    return label, _level(level, counts.max() / len(own)), _level(level, share[level]), GRADES["measured"], count


def _level(level: str, share: float) -> Message:
    return msg("{level} ({share})", level=Name(level), share=Measure("share").of(float(share)))


def overview(personas: Personas, sizes: dict[str, Claim], shares: dict[str, Claim]) -> Table:
    """One row a persona: people, share, and what is expected of it."""
    audience, worth = personas.audience, personas.worth
    body: list[tuple[Cell, ...]] = []
    for label in audience.sizes:
        row: list[Cell] = [personas.name(label), sizes[label].figure, shares[label].figure]
        if personas.orders:
            row.append(personas.orders[label].figure if label in personas.orders else None)
        if worth:
            value, purchases = worth.value.get(label), worth.purchases.get(label)
            row += [value.figure if value else None, _between(value), purchases.figure if purchases else None]
        body.append(tuple(row))
    heads = [msg("Persona"), msg("People"), msg("Share of people")]
    if personas.orders:
        heads.append(msg("Average order value"))
    if worth:
        heads += [msg("Value of a customer"), msg("Between"), msg("Expected purchases")]
    note = msg("Value and purchases of the next half year; the interval holds four times in five.") if worth else None
    return Table(msg("The personas"), tuple(heads), tuple(body), note=note)


def _between(claim: Claim | None) -> Cell:
    if claim is None or claim.interval is None:
        return None
    return msg("{low} to {high}", low=claim.low, high=claim.high)
