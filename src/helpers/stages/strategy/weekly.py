"""Spend of each channel and sales, week by week: what response curves are fitted to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import pandas as pd

from helpers.kpis import measure
from helpers.methods.response import History
from helpers.stages.sales import Sales
from helpers.stages.scorecard import Scope, select
from helpers.units import Period

WEEK = 7
RECENT_WEEKS = 8
"""What a channel spends now is its mean over these last weeks."""


@dataclass(frozen=True)
class Weekly:
    """Consecutive whole weeks, from the first with ads to the last one that ended in the period.

    Parameters
    ----------
    scopes
        The channels, most spend first.
    spend
        One row a week (its first day), one column a channel in the order of `scopes`, in the reporting currency; weeks
        without a row are zero.
    sales
        Revenue by week; NaN outside the days that the ledger covers, and everywhere without one.
    platforms
        The platform of each channel; of several, the one with most rows.
    attributed
        For each channel the revenue that its platform claims for each unit of spend, over all history; None where it
        claims none.
    rows
        The ads and sales that all this was worked out from.
    """

    scopes: tuple[Scope, ...]
    spend: pd.DataFrame
    sales: pd.Series
    platforms: tuple[str, ...]
    attributed: tuple[float | None, ...]
    rows: pd.DataFrame

    @property
    def period(self) -> Period:
        """From the first day of the first week to the last day of the last."""
        first, last = self.spend.index[0].date(), self.spend.index[-1].date()
        return Period(first, last + timedelta(days=WEEK - 1))

    @property
    def known_weeks(self) -> int:
        """Weeks whose sales are known."""
        return int(self.sales.notna().sum())

    @property
    def recent(self) -> np.ndarray:
        """What each channel spends in a week now, shape (channels,)."""
        return self.spend.tail(RECENT_WEEKS).mean().to_numpy()

    @property
    def history(self) -> History:
        """The same as the methods take it."""
        return History(self.sales.to_numpy(float), self.spend.to_numpy(float), self.period.start)


def by_week(ads: pd.DataFrame, sold: Sales | None, scopes: list[Scope], period: Period) -> Weekly | None:
    """Add ads and sales up by week.

    Parameters
    ----------
    ads
        Prepared ads, all history; rows that stand for more than a week are left out.
    sold
        The sales, None where there are none.
    scopes
        The channels; those that never spent are left out.
    period
        The run's period; what lies after it does not count.

    Returns
    -------
    None where the ads are not known by day or week, or no whole week is.
    """
    end = pd.Timestamp(period.end)
    lasting = (ads["period_end"] - ads["period_start"]).dt.days
    rows = ads[(lasting < WEEK) & (ads["period_end"] <= end) & ads["spend"].notna()]
    steps = rows["period_start"].drop_duplicates().sort_values()
    step = steps.diff().dt.days.median() if len(steps) > 1 else 1.0
    if rows.empty or step > WEEK:
        return None
    weeks = _weeks(rows, end, anchor=int(steps.iloc[0].weekday()) if step == WEEK else 0, step=int(step))
    columns = {scope: _summed(select(rows, scope), "period_start", "spend", weeks) for scope in scopes}
    kept = tuple(scope for scope in scopes if columns[scope].sum() > 0)
    if not kept:
        return None
    claims = tuple(_attributed(select(rows, scope)) for scope in kept)
    sales, sold_rows = _sales(sold, weeks)
    evidence = pd.concat([rows[["file", "sha256"]], sold_rows[["file", "sha256"]]], ignore_index=True)
    spend = pd.DataFrame({at: columns[scope] for at, scope in enumerate(kept)}, index=weeks)
    platforms = tuple(str(select(rows, scope)["platform"].mode().iloc[0]) for scope in kept)
    return Weekly(kept, spend, sales, platforms, claims, evidence)


def _weeks(rows: pd.DataFrame, end: pd.Timestamp, *, anchor: int, step: int) -> pd.DatetimeIndex:
    """First days of the weeks that lie wholly between the first row and the last."""
    first, last = rows["period_start"].min(), min(rows["period_end"].max() + pd.Timedelta(days=step - 1), end)
    start = first + pd.Timedelta(days=(anchor - first.weekday()) % WEEK)
    return pd.date_range(start, last - pd.Timedelta(days=WEEK - 1), freq=f"{WEEK}D")


def _summed(rows: pd.DataFrame, day: str, column: str, weeks: pd.DatetimeIndex) -> pd.Series:
    """Sums by week, zero where there is no row; rows outside the weeks are left out."""
    place = (rows[day] - weeks[0]).dt.days // WEEK if len(weeks) else rows[day].dt.day * 0
    sums = rows[column].astype(float).groupby(place).sum()
    return sums.reindex(range(len(weeks)), fill_value=0.0).set_axis(weeks)


def _sales(sold: Sales | None, weeks: pd.DatetimeIndex) -> tuple[pd.Series, pd.DataFrame]:
    unknown = pd.Series(np.nan, index=weeks)
    if sold is None:
        return unknown, pd.DataFrame(columns=["file", "sha256"])
    frame = sold.frame[sold.frame["period_start"].notna()]
    lasting = (frame["period_end"] - frame["period_start"]).dt.days
    if frame.empty or lasting.max() >= WEEK:
        return unknown, frame.head(0)
    first, last = frame["period_start"].min(), frame["period_end"].max()
    is_covered = (weeks >= first) & (weeks + pd.Timedelta(days=WEEK - 1) <= last)
    return _summed(frame, "period_start", "revenue", weeks).where(is_covered), frame


def _attributed(rows: pd.DataFrame) -> float | None:
    claimed = measure(rows, "roas")
    return claimed if np.isfinite(claimed) and claimed > 0 else None
