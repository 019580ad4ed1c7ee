"""What every stage knows of its run, and how periods are held against each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from helpers.claims import Basis
from helpers.units import Period

if TYPE_CHECKING:
    from helpers.clients import Goal

FURTHER_INPUTS = ("context", "notices", "plans", "trials", "earlier", "snapshots")
"""What an `Inputs` may ask for beside canonical tables."""


@dataclass(frozen=True)
class Context:
    """The client and the run, as far as an analysis may know them."""

    client: str
    name: str
    stage: str
    period: Period
    as_of: date
    currency: str
    country: str | None = None
    goals: tuple[Goal, ...] = ()
    margin: float | None = None
    competitors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Baseline:
    """The period that the run's period is held against."""

    what: Basis
    period: Period


def baseline(days: pd.Series, period: Period) -> Baseline | None:
    """The default comparison: the same period of last year where the data reach back to it, else the one before.

    Parameters
    ----------
    days
        Dates of all rows of the table, any order; NaT is ignored.
    period
        The run's period.

    Returns
    -------
    None where the data hold no whole earlier period.
    """
    first = days.min()
    if pd.isna(first):
        return None
    for what, before in (("previous_year", period.year_before()), ("previous", period.previous())):
        if first <= pd.Timestamp(before.start) and before.end < period.start:
            return Baseline("previous_year" if what == "previous_year" else "previous", before)
    return None


def before(days: pd.Series, period: Period) -> Baseline | None:
    """The period just before, where the data hold it whole."""
    first, previous = days.min(), period.previous()
    if pd.isna(first) or first > pd.Timestamp(previous.start):
        return None
    return Baseline("previous", previous)
