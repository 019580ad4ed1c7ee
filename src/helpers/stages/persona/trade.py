"""Classes of trade by recency and frequency: who is new, who is loyal, who is about to be lost."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.claims import Claim, Ledger
from helpers.stages.parts import Bar, Bars, Caption, Gap, Measure, Table
from helpers.stages.persona.people import NO_ORDERS, People
from helpers.units import Period
from helpers.wording import Message, msg

FEW = 10
"""No cell of fewer people is shown."""

_NEW = 13 * 7
_RETURNS = 0.8
_MIN_RETURNS = 30
_USUAL = 26 * 7.0

AT_RISK = "at_risk"
_CLASSES: dict[str, Message] = {
    "new": msg("New: first purchase in the last quarter"),
    "once": msg("Bought once, not of late"),
    "loyal": msg("Loyal: bought again and of late"),
    AT_RISK: msg("At risk: bought again, overdue"),
    "lost": msg("Lost: bought again, long ago"),
}
_NO_CLASSES = Gap(
    msg("Too few customers are known by their orders to be put into classes."),
    msg("The orders of the last thirteen months with a customer number or e-mail address."),
)


@dataclass(frozen=True)
class Trade:
    """The classes and what is said of them.

    Parameters
    ----------
    at_risk
        How many customers are at risk, where enough are.
    worth
        What an order of theirs is worth.
    """

    table: Table | Gap
    bars: Bars | Gap
    said: tuple[Message, ...]
    at_risk: Claim | None
    worth: Claim | None


def trade(ledger: Ledger, people: People, period: Period, currency: str) -> Trade:
    """Put every customer into a class and say who brings the money.

    Overdue is who has not come back within the time in which four of five returns happen; lost is twice that.
    """
    orders = people.orders
    if orders["customer_id"].nunique() < FEW:
        gap = NO_ORDERS if orders.empty else _NO_CLASSES
        return Trade(gap, gap, (), None, None)
    usual = _usual(orders)
    each = _each(orders, period)
    classes = _classified(each, usual)
    parts = _parts(each, classes)
    table, bars = _table(parts, currency), _bars(ledger, parts, orders)
    at_risk, worth = _claims(ledger, orders, classes)
    return Trade(table, bars, _said(ledger, orders, usual, at_risk), at_risk, worth)


def _each(orders: pd.DataFrame, period: Period) -> pd.DataFrame:
    by = orders.groupby("customer_id", observed=True)
    end = pd.Timestamp(period.end)
    table = pd.DataFrame(
        {
            "days": by["date"].nunique(),
            "since": (end - by["date"].max()).dt.days,
            "age": (end - by["date"].min()).dt.days,
            "orders": by["orders"].sum(),
            "revenue": by["revenue"].sum(),
        }
    )
    # In an order that no id decides, so that sums are the same to the last digit.
    return table.sort_values(list(table.columns), kind="stable")


def _usual(orders: pd.DataFrame) -> float | None:
    """Days within which four of five returns happen; None where too few have returned to say."""
    days = orders[["customer_id", "date"]].drop_duplicates().sort_values(["customer_id", "date"])
    gaps = days.groupby("customer_id", observed=True)["date"].diff().dt.days.dropna()
    return float(np.quantile(gaps, _RETURNS)) if len(gaps) >= _MIN_RETURNS else None


def _classified(each: pd.DataFrame, usual: float | None) -> pd.Series:
    limit = usual or _USUAL
    again = each["days"] >= 2
    conditions = [
        ~again & (each["age"] <= _NEW),
        ~again,
        each["since"] <= limit,
        each["since"] <= 2 * limit,
    ]
    return pd.Series(np.select(conditions, list(_CLASSES)[:4], "lost"), index=each.index)


def _parts(each: pd.DataFrame, classes: pd.Series) -> list[tuple[Message, pd.DataFrame]]:
    """Customers of each class; a class of too few people is put together with its neighbour."""
    parts = [(label, each[classes == name]) for name, label in _CLASSES.items()]
    parts = [(label, rows) for label, rows in parts if len(rows)]
    while len(parts) > 1 and min(len(rows) for _, rows in parts) < FEW:
        small = min(range(len(parts)), key=lambda number: len(parts[number][1]))
        first = max(small - 1, 0)
        (one, own), (other, further) = parts[first], parts[first + 1]
        both = msg("{one}; {other}", one=one, other=other)
        parts[first : first + 2] = [(both, pd.concat([own, further]))]
    return parts


def _table(parts: list[tuple[Message, pd.DataFrame]], currency: str) -> Table:
    count, share, money, ratio = Measure("count"), Measure("share"), Measure("money", currency), Measure("ratio")
    people, revenue = sum(len(rows) for _, rows in parts), sum(rows["revenue"].sum() for _, rows in parts)
    body = tuple(
        (
            label,
            count.of(len(rows)),
            share.of(len(rows) / people),
            share.of(rows["revenue"].sum() / revenue) if revenue else None,
            ratio.of(rows["orders"].mean()),
            money.of(rows["revenue"].sum() / rows["orders"].sum()),
        )
        for label, rows in parts
    )
    heads = (
        msg("Class"),
        msg("Customers"),
        msg("Share of customers"),
        msg("Share of revenue"),
        msg("Orders for each customer"),
        msg("Average order value"),
    )
    return Table(msg("Classes of customers"), heads, body)


def _bars(ledger: Ledger, parts: list[tuple[Message, pd.DataFrame]], orders: pd.DataFrame) -> Bars | Gap:
    revenue = sum(rows["revenue"].sum() for _, rows in parts)
    if not revenue:
        return _NO_CLASSES
    span = _span(orders)
    total = ledger.add("revenue", float(orders["revenue"].sum()), rows=orders, period=span)
    title = msg("{revenue} from known customers, by how they buy now", revenue=total.figure)
    caption = Caption(title, msg("Share of the revenue of all orders that name their customer"))
    bars = tuple(Bar(label, float(rows["revenue"].sum() / revenue)) for label, rows in parts)
    return Bars(caption, Measure("share"), bars)


def _span(orders: pd.DataFrame) -> Period:
    return Period(orders["date"].min().date(), orders["date"].max().date())


def _claims(ledger: Ledger, orders: pd.DataFrame, classes: pd.Series) -> tuple[Claim | None, Claim | None]:
    own = orders[orders["customer_id"].isin(classes.index[classes == AT_RISK])]
    count = own["customer_id"].nunique()
    if count < FEW:
        return None, None
    at_risk = ledger.add("items", count, scope={"parameter": AT_RISK}, rows=own)
    worth = ledger.add("aov", float(own["revenue"].mean()), scope={"segment": AT_RISK}, rows=own, period=_span(orders))
    return at_risk, worth if worth.is_known else None


def _said(ledger: Ledger, orders: pd.DataFrame, usual: float | None, at_risk: Claim | None) -> tuple[Message, ...]:
    if usual is None:
        return (
            msg("Too few have come back to say how long it takes; half a year without a purchase counts as overdue."),
        )
    days = ledger.add("items", usual, scope={"parameter": "usual_return"}, rows=orders, unit="days")
    said = [msg("Four of five returns happen within {days} days; who is over that time is overdue.", days=days.figure)]
    if at_risk:
        said.append(msg("{n} customers who had come back are now at risk.", n=at_risk.figure))
    return tuple(said)
