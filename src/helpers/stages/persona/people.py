"""Who is looked at, and what is known of them: what they told, else how they buy."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from helpers.kpis import prepare_orders
from helpers.stages.parts import Gap
from helpers.tables import TABLES
from helpers.units import Period
from helpers.wording import Message, Name, msg

# Special categories of personal data (GDPR, article 9), by the beginnings of words in English and Spanish.
_SPECIAL = (
    "biometr", "creenc", "diagnos", "disab", "discapac", "disease", "embaraz", "enferm", "ethnic", "etni", "faith",
    "genetic", "health", "ideolog", "illness", "medic", "orienta", "partido", "politic", "pregnan", "race", "racial",
    "raza", "relig", "salud", "sexual", "sindic", "union",
)  # fmt: skip

NO_ORDERS = Gap(
    msg("No order names its customer, so what a customer will bring cannot be told."),
    msg("The orders of the last thirteen months with a customer number or e-mail address."),
)

BEHAVIOUR: dict[str, Message] = {
    "purchases": msg("days with a purchase"),
    "weeks_since": msg("weeks since the last purchase"),
    "order_value": msg("average order value"),
    "discount_share": msg("share of orders with a discount"),
    "favourite": msg("most bought"),
    "first_source": msg("source of the first order"),
}
"""What orders tell of a customer, in the order of the columns."""

_WEEK = 7.0


@dataclass(frozen=True)
class People:
    """The people of an analysis.

    Parameters
    ----------
    orders
        Orders with customer and day until the end of the period, prepared.
    behaviour
        One row a customer of `orders`, indexed by customer, with the columns of `BEHAVIOUR` that are known.
    told
        One row a person of the table of customers, with what they told; without special categories.
    left_out
        Columns of special categories.
    rows
        The rows of the customers' table, for evidence.
    """

    orders: pd.DataFrame
    behaviour: pd.DataFrame
    told: pd.DataFrame
    left_out: tuple[str, ...]
    rows: pd.DataFrame

    @property
    def basis(self) -> Literal["told", "behaviour"]:
        """What groups are looked for in."""
        return "behaviour" if self.told.empty else "told"

    @property
    def attributes(self) -> pd.DataFrame:
        """What groups are looked for in: one row a person."""
        return self.behaviour if self.told.empty else self.told

    @property
    def evidence(self) -> pd.DataFrame:
        """The rows that the groups come from."""
        return self.orders if self.told.empty else self.rows

    def label(self, attribute: str) -> Message | Name:
        """What a reader calls an attribute: our word for behaviour, else the analyst's."""
        if self.basis == "behaviour":
            return BEHAVIOUR[attribute]
        return Name(attribute.replace("_", " "))


def people(orders: pd.DataFrame, lines: pd.DataFrame, customers: pd.DataFrame, period: Period) -> People:
    """Bring together orders until the end of a period and the table of customers."""
    placed = prepare_orders(orders)
    placed = placed[placed["customer_id"].notna() & (placed["date"] <= pd.Timestamp(period.end))]
    rows = customers[customers["customer_id"].notna()].drop_duplicates("customer_id", keep="last")
    told = rows.set_index("customer_id").drop(columns=_own_columns(rows))
    special = tuple(str(name) for name in told.columns if _is_special(str(name)))
    told = told.drop(columns=list(special))
    behaviour = _behaviour(placed, lines, period)
    return People(placed, behaviour, _in_order(told) if len(told.columns) else told.head(0), special, rows)


def _own_columns(rows: pd.DataFrame) -> list[str]:
    return [name for name in rows.columns if name in TABLES["customers"].by_name and name != "customer_id"]


def _is_special(name: str) -> bool:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return any(word.startswith(_SPECIAL) for word in re.split(r"[^a-z]+", plain))


def _behaviour(orders: pd.DataFrame, lines: pd.DataFrame, period: Period) -> pd.DataFrame:
    each = orders.groupby("customer_id", observed=True)
    columns = {
        "purchases": each["date"].nunique().astype(float),
        "weeks_since": (pd.Timestamp(period.end) - each["date"].max()).dt.days / _WEEK,
        "order_value": each["revenue"].mean(),
        "discount_share": (orders["discount"] > 0).groupby(orders["customer_id"], observed=True).mean()
        if orders["discount"].notna().any()
        else None,
        "favourite": _favourite(lines[lines["order_id"].isin(orders["order_id"])]),
        "first_source": orders.sort_values("ordered_at", kind="stable").groupby("customer_id")[_source(orders)].first(),
    }
    known = {name: column for name, column in columns.items() if column is not None and column.notna().any()}
    table = pd.DataFrame(known, index=pd.Index(each.size().index, name="customer_id"))
    return _in_order(table)


def _in_order(table: pd.DataFrame) -> pd.DataFrame:
    """The people in an order that no id decides: ids are salted digests, which differ between computers."""
    return table.sort_values(list(table.columns), kind="stable") if len(table.columns) else table


def _source(orders: pd.DataFrame) -> str:
    return "utm_source" if orders["utm_source"].nunique() > 1 else "channel"


def _favourite(lines: pd.DataFrame) -> pd.Series | None:
    """The category, else the product, that each customer paid most for."""
    named = "category" if lines["category"].notna().any() else "product"
    if lines.empty or lines[named].isna().all():
        return None
    paid = lines.groupby(["customer_id", named], observed=True)["revenue"].sum().reset_index()
    paid = paid.sort_values(["revenue", named], ascending=[False, True], kind="stable")
    return paid.drop_duplicates("customer_id").set_index("customer_id")[named]


def joined(people_: People, ids: pd.Index) -> np.ndarray:
    """What each of these people has paid so far; NaN for those without an order."""
    paid = people_.orders.groupby("customer_id", observed=True)["revenue"].sum(min_count=1)
    return paid.reindex(ids).to_numpy(dtype=float)
