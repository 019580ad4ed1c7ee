"""What customers will bring: models of repeat purchases and spend, and what they expect of groups of customers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.claims import Claim, Comparison, Ledger
from helpers.methods import lifetime, spend
from helpers.methods.lifetime import Fitted, Histories
from helpers.methods.spend import Future
from helpers.stages.parts import Cell, Gap, Measure, Table
from helpers.stages.persona_people import People
from helpers.units import Period
from helpers.wording import Message, Name, msg

HORIZON = 26
"""Weeks that are looked ahead; in words, half a year."""

LEVEL = 0.8
SEED = 20
MIN_CUSTOMERS = 50
MIN_REPEATERS = 20
WHOLE = "whole"

_MODELS: dict[str, Message] = {
    "bg_nbd": msg("Repeat purchases (BG/NBD)"),
    "pareto_nbd": msg("Repeat purchases (Pareto/NBD)"),
    "gamma_gamma": msg("Worth of a purchase (Gamma-Gamma)"),
}

_NO_ORDERS = Gap(
    msg("No order names its customer, so what a customer will bring cannot be told."),
    msg("The orders of the last thirteen months with a customer number or e-mail address."),
)
_FEW_REPEATS = Gap(
    msg("Too few customers have bought again to say what one of them will bring."),
    msg("The orders of at least the last thirteen months with a customer number or e-mail address."),
)


@dataclass(frozen=True)
class Worth:
    """The fitted models, and what they expect of the customers of each group.

    Parameters
    ----------
    models
        BG/NBD, Pareto/NBD and Gamma-Gamma.
    purchases, value
        Claims by group; `WHOLE` is all customers together.
    """

    models: tuple[Fitted, ...]
    purchases: Mapping[str, Claim]
    value: Mapping[str, Claim]

    @property
    def table(self) -> Table:
        """The parameters of the models, one row each."""
        rows: list[tuple[Cell, ...]] = [
            (_MODELS[model.model], Name(name), Measure("parameter").of(value), Measure("count").of(model.n))
            for model in self.models
            if model.is_inside
            for name, value in model.parameters.items()
        ]
        heads = (msg("Model"), msg("Parameter"), msg("Value"), msg("Customers behind it"))
        return Table(msg("The models behind the value"), heads, tuple(rows), note=msg("Time is in weeks."))


def worth(ledger: Ledger, people: People, period: Period, groups: pd.Series) -> Worth | Gap:
    """Fit the models and claim what each group is expected to bring.

    Parameters
    ----------
    groups
        Name of the group of each person, by customer; who is not in it counts for the whole only.
    """
    if people.orders.empty:
        return _NO_ORDERS
    known = lifetime.histories(people.orders, period.end)
    spent = spend.fit_gamma_gamma(known)
    if len(known) < MIN_CUSTOMERS or spent.n < MIN_REPEATERS:
        return _FEW_REPEATS
    models = (lifetime.fit_bg_nbd(known), lifetime.fit_pareto_nbd(known), spent)
    _claim_parameters(ledger, models, people.orders)
    expected = _expected(models[0], spent, known, groups.reindex(known.customers))
    return _claimed(ledger, models, people.orders, expected)


def _claim_parameters(ledger: Ledger, models: tuple[Fitted, ...], rows: pd.DataFrame) -> None:
    for fitted in models:
        # At the edge of what can be told, a parameter means nothing by itself.
        for name, value in fitted.parameters.items() if fitted.is_inside else ():
            ledger.add(
                "model_parameter", value, scope={"model": fitted.model, "parameter": name}, rows=rows, n=fitted.n
            )


@dataclass(frozen=True)
class _Expected:
    """A group: how many purchases and how much money are expected of it, and the draws around that."""

    customers: np.ndarray
    purchases: float
    money: float
    future: Future


def _expected(habit: Fitted, spent: Fitted, known: Histories, names: pd.Series) -> dict[str, _Expected]:
    labels = sorted(set(names.dropna()))
    codes = names.map({label: number for number, label in enumerate(labels)}).fillna(len(labels)).to_numpy(dtype=int)
    # An order that no id decides, so that the same customers always draw the same numbers.
    order = np.lexsort((known.spend, known.recency, known.repeats, known.age, codes))
    known, codes = known.take(order), codes[order]
    purchases = lifetime.expected_purchases(habit, known, HORIZON)
    money = purchases * spend.expected_spend(spent, known)
    futures = spend.futures(habit, spent, known, codes, HORIZON, seed=SEED)
    found = {WHOLE: _Expected(known.customers, purchases.sum(), money.sum(), Future.together(futures.values()))}
    for number, label in enumerate(labels):
        own = codes == number
        found[label] = _Expected(known.customers[own], purchases[own].sum(), money[own].sum(), futures[number])
    return found


def _claimed(
    ledger: Ledger, models: tuple[Fitted, ...], orders: pd.DataFrame, expected: Mapping[str, _Expected]
) -> Worth:
    purchases, value = {}, {}
    mean = expected[WHOLE].money / expected[WHOLE].future.customers
    for label, group in expected.items():
        scope = {"horizon": str(HORIZON)} | ({} if label == WHOLE else {"segment": label})
        rows = orders[orders["customer_id"].isin(group.customers)]
        times = group.future.total(group.future.purchases, group.purchases, LEVEL)
        each = group.future.each(group.future.revenue, group.money / group.future.customers, LEVEL)
        against = None if label == WHOLE else Comparison("peers", mean)
        purchases[label] = ledger.add("expected_purchases", times, scope=scope, rows=rows)
        value[label] = ledger.add("segment_value", each, scope=scope, rows=rows, compared_to=against)
    return Worth(models, purchases, value)


def sentences(found: Worth) -> tuple[Message, ...]:
    """What the whole of the customers is expected to bring."""
    times, value = found.purchases[WHOLE], found.value[WHOLE]
    said = [
        msg(
            "In the next half year the known customers are expected to buy {n} times (between {low} and {high}).",
            n=times.figure,
            low=times.low,
            high=times.high,
        )
    ]
    if value.is_known:
        text = msg(
            "That makes {value} for each of them (between {low} and {high}).",
            value=value.figure,
            low=value.low,
            high=value.high,
        )
        said.append(text)
    return tuple(said)
