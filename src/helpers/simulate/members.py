"""The shop's loyalty club: what a part of the customers told about themselves, in four groups that are truly there.

A group leans to one of the two kinds of customers of the ledger, so what its members spend differs too, and nobody
needs to be told so.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.simulate.orders import SEGMENTS, Ledger
from helpers.simulate.streams import Streams

SHARE = 0.2
"""Part of the customers who are members."""

HOMES = ("propia", "alquiler")
RANGES = ("básica", "algodón", "lino", "premium")
_UNANSWERED = 0.02


@dataclass(frozen=True)
class Group:
    """Members who are alike.

    Parameters
    ----------
    leaning
        Chance that a customer of each kind of the ledger, in the order of `SEGMENTS`, is of this group.
    age, household, visits
        Mean age, people at home, visits of the site a month.
    owns
        Chance of a home of one's own.
    ranges
        Chances of preferring each of `RANGES`.
    """

    name: str
    leaning: tuple[float, float]
    age: float
    household: float
    visits: float
    owns: float
    ranges: tuple[float, float, float, float]


GROUPS = (
    Group("familia", (0.5, 0.08), 43.0, 4.2, 3.0, 0.85, (0.08, 0.72, 0.12, 0.08)),
    Group("pareja", (0.4, 0.07), 55.0, 2.1, 6.5, 0.92, (0.03, 0.07, 0.3, 0.6)),
    Group("piso", (0.05, 0.5), 29.0, 1.6, 2.2, 0.06, (0.75, 0.15, 0.07, 0.03)),
    Group("mayor", (0.05, 0.35), 68.0, 1.4, 0.8, 0.9, (0.3, 0.6, 0.06, 0.04)),
)


def draw(ledger: Ledger, streams: Streams) -> pd.DataFrame:
    """Draw the members and what they told.

    Returns
    -------
    One row a member in order of customer: customer, group (position in `GROUPS`), edad and personas_en_casa (whole
    numbers), vivienda, gama_preferida ("" where the member did not say), visitas_al_mes (to one decimal).
    """
    kinds = ledger.orders.drop_duplicates("customer").set_index("customer")["segment"].sort_index()
    is_member = streams.of("members").uniform(0.0, 1.0, len(kinds)) < SHARE
    kind = kinds[is_member].to_numpy()
    leaning = np.array([[group.leaning[number] for group in GROUPS] for number in range(len(SEGMENTS))])
    group = _pick(streams.of("members", "group"), leaning[kind])
    rng = streams.of("members", "answers")
    of = {name: np.array([getattr(one, name) for one in GROUPS])[group] for name in ("age", "household", "visits")}
    owns = np.array([one.owns for one in GROUPS])[group]
    answers = {
        "edad": np.clip(np.round(rng.normal(of["age"], 5.0)), 18, 90).astype(int),
        "personas_en_casa": 1 + rng.poisson(of["household"] - 1),
        "vivienda": np.array(HOMES)[(rng.uniform(0.0, 1.0, len(group)) >= owns).astype(int)],
        "gama_preferida": np.array(RANGES)[_pick(rng, np.array([one.ranges for one in GROUPS])[group])],
        "visitas_al_mes": np.round(of["visits"] * np.exp(rng.normal(-0.125, 0.5, len(group))), 1),
    }
    members = pd.DataFrame({"customer": kinds.index[is_member], "group": group, **answers})
    is_answered = rng.uniform(0.0, 1.0, len(group)) >= _UNANSWERED
    return members.assign(gama_preferida=members["gama_preferida"].where(is_answered, ""))


def _pick(rng: np.random.Generator, chances: np.ndarray) -> np.ndarray:
    """One position for each row of chances."""
    edges = np.cumsum(chances, axis=1) / chances.sum(axis=1, keepdims=True)
    return np.asarray((rng.uniform(0.0, 1.0, len(chances))[:, None] > edges).sum(axis=1))
