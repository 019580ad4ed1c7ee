"""What customers will bring: models of repeat purchases and spend, and what they expect of groups of customers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.claims import Claim, Comparison, Ledger
from helpers.methods import lifetime, spend
from helpers.methods.lifetime import Fitted, Histories
from helpers.methods.spend import Future
from helpers.stages.parts import Cell, Gap, Measure, Table
from helpers.stages.persona.people import NO_ORDERS, People
from helpers.units import Period
from helpers.wording import Message, Name, msg

HORIZON = 26
"""Weeks that are looked ahead; in words, half a year."""

LEVEL = 0.8
ALPHA = 0.1
SEED = 20
MIN_CUSTOMERS = 50
MIN_REPEATERS = 20
WHOLE = "whole"

_MODELS: dict[str, Message] = {
    "bg_nbd": msg("Repeat purchases (BG/NBD)"),
    "pareto_nbd": msg("Repeat purchases (Pareto/NBD)"),
    "gamma_gamma": msg("Worth of a purchase (Gamma-Gamma)"),
}

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
    above, below
        Groups whose customers bring more, or less, than all do, by more than chance among so many groups.
    """

    models: tuple[Fitted, ...]
    purchases: Mapping[str, Claim]
    value: Mapping[str, Claim]
    above: tuple[str, ...]
    below: tuple[str, ...]

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
        return NO_ORDERS
    known = _in_order(lifetime.histories(people.orders, period.end))
    if len(known) < MIN_CUSTOMERS or (known.spend > 0).sum() < MIN_REPEATERS:
        return _FEW_REPEATS
    repeats = spend.fit_gamma_gamma(known.repeats, known.spend)
    models = (lifetime.fit_bg_nbd(known), lifetime.fit_pareto_nbd(known), repeats)
    _claim_parameters(ledger, models, people.orders)
    return _claimed(ledger, models, people.orders, _by_group(models[0], known, groups))


def _in_order(known: Histories) -> Histories:
    """The customers in an order that no id decides, so that the same ones always give, and draw, the same numbers."""
    return known.take(np.lexsort((known.first, known.spend, known.recency, known.repeats, known.age)))


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


def _by_group(habit: Fitted, known: Histories, groups: pd.Series) -> dict[str, _Expected]:
    """The expectations of all customers and of each group."""
    names = groups.reindex(known.customers).to_numpy(dtype=object)
    parts = {str(label): known.take(names == label) for label in sorted(set(groups)) if (names == label).any()}
    spent = _fit_spend(known)
    habits = _own_or_shared(lifetime.fit_bg_nbd, habit, list(parts.values()))
    spends = _own_or_shared(_fit_spend, spent, list(parts.values()))
    found = {WHOLE: _expected(habit, spent, known)}
    for (label, part), pace, money in zip(parts.items(), habits, spends, strict=True):
        found[label] = _expected(pace, money, part)
    return found


def _fit_spend(known: Histories) -> Fitted:
    return spend.fit_gamma_gamma(*spend.all_purchases(known))


def _own_or_shared(fit: Callable[[Histories], Fitted], of_all: Fitted, parts: list[Histories]) -> list[Fitted]:
    """A model for each group where groups differ more than chance makes them (Akaike's criterion), else that of all.

    Where too few of a group have bought again, no group has a model of its own.
    """
    if len(parts) < 2 or min((part.repeats > 0).sum() for part in parts) < MIN_REPEATERS:
        return [of_all] * len(parts)
    own, together = [fit(part) for part in parts], fit(lifetime.together(parts))
    gain = sum(model.likelihood for model in own) - together.likelihood
    return own if gain > len(of_all.values) * (len(parts) - 1) else [of_all] * len(parts)


def _expected(habit: Fitted, spent: Fitted, known: Histories) -> _Expected:
    purchases = lifetime.expected_purchases(habit, known, HORIZON)
    money = purchases * spend.expected_spend(spent, known)
    future = spend.future(habit, spent, known, HORIZON, seed=SEED)
    return _Expected(known.customers, float(purchases.sum()), float(money.sum()), future)


def _claimed(
    ledger: Ledger, models: tuple[Fitted, ...], orders: pd.DataFrame, expected: Mapping[str, _Expected]
) -> Worth:
    purchases, value = {}, {}
    mean = expected[WHOLE].money / expected[WHOLE].future.customers
    above, below = [], []
    for label, group in expected.items():
        scope = {"horizon": str(HORIZON)} | ({} if label == WHOLE else {"segment": label})
        rows = orders[orders["customer_id"].isin(group.customers)]
        each = group.money / group.future.customers
        times = group.future.total(group.future.purchases, group.purchases, LEVEL)
        money = group.future.each(group.future.revenue, each, LEVEL)
        against = None if label == WHOLE else Comparison("peers", mean)
        purchases[label] = ledger.add("expected_purchases", times, scope=scope, rows=rows)
        value[label] = ledger.add("segment_value", money, scope=scope, rows=rows, compared_to=against)
        # The error is shared by all groups.
        sure = group.future.each(group.future.revenue, each, 1 - ALPHA / max(len(expected) - 1, 1)).interval
        if label != WHOLE and sure:
            above += [label] if sure.low > mean else []
            below += [label] if sure.high < mean else []
    return Worth(models, purchases, value, tuple(above), tuple(below))


def sentences(found: Worth) -> tuple[Message, ...]:
    """What the whole of the customers is expected to bring: purchases, then money where it can be told."""
    times, value = found.purchases[WHOLE], found.value[WHOLE]
    purchases = msg(
        "In the next half year the known customers are expected to buy {n} times (between {low} and {high}).",
        n=times.figure,
        low=times.low,
        high=times.high,
    )
    if not value.is_known:
        return (purchases,)
    money = msg(
        "A known customer is expected to pay {value} in the next half year (between {low} and {high}).",
        value=value.figure,
        low=value.low,
        high=value.high,
    )
    return purchases, money
