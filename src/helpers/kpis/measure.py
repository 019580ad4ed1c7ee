"""Working metrics out of canonical tables, as sums and ratios of sums."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from helpers.kpis.model import Metric
from helpers.kpis.registry import METRICS
from helpers.units import Period

if TYPE_CHECKING:
    from numpy.typing import NDArray


def prepare_ads(ads: pd.DataFrame) -> pd.DataFrame:
    """Add the column `traffic`: link clicks where the row's platform reports them, else its clicks.

    Takes and gives the canonical table `ads`; `traffic` is NaN where neither is known.
    """
    has_links = ads["link_clicks"].notna().groupby(ads["platform"], observed=True).transform("any")
    return ads.assign(traffic=ads["link_clicks"].where(has_links, ads["clicks"]))


def prepare_orders(orders: pd.DataFrame) -> pd.DataFrame:
    """Add `orders` (one for each row) and the day of the order, as the dated tables hold it."""
    return on_days(orders, "ordered_at").assign(orders=1.0)


def on_days(frame: pd.DataFrame, moment: str) -> pd.DataFrame:
    """Place rows that have a moment on their local day, in the columns of the tables that cover days or periods."""
    day = pd.to_datetime(frame[moment]).dt.normalize()
    return frame.assign(date=day, period_start=day, period_end=day, period_grain="day")


def within(frame: pd.DataFrame, period: Period) -> pd.DataFrame:
    """The rows that lie wholly inside a period; rows without any date are left out."""
    inside = (frame["period_start"] >= pd.Timestamp(period.start)) & (frame["period_end"] <= pd.Timestamp(period.end))
    return frame[inside]


def measure(frame: pd.DataFrame, metric: str | Metric) -> float:
    """Work out a metric over all rows of a table.

    A ratio uses only the rows that hold both of its parts, so that a platform which does not report clicks does not
    make the others' clicks dearer.

    Parameters
    ----------
    frame
        A prepared canonical table, any grain.
    metric
        A metric of the kinds `sum` and `ratio`.

    Returns
    -------
    In the metric's unit; NaN where no row holds it or the denominator is zero.
    """
    known = METRICS[metric] if isinstance(metric, str) else metric
    if known.additivity not in {"sum", "ratio"}:
        raise ValueError(f"{known.id} is not worked out by adding rows")
    if known.numerator not in frame or (known.denominator and known.denominator not in frame):
        return float("nan")
    rows = holding(frame, known)
    top = rows[known.numerator].astype(float).sum(min_count=1)
    if not known.denominator:
        return float(top)
    return _ratio(known.scale * float(top), float(rows[known.denominator].astype(float).sum()))


def holding(frame: pd.DataFrame, metric: Metric) -> pd.DataFrame:
    """The rows that hold all parts of a metric's formula: those that a figure is worked out from."""
    parts = [part for part in (metric.numerator, metric.denominator) if part]
    return frame[frame[parts].notna().all(axis=1)]


def daily(frame: pd.DataFrame, metric: str, period: Period) -> tuple[NDArray[np.float64], NDArray[np.float64] | None]:
    """The parts of a metric for each day of a period.

    Returns
    -------
    Numerator (times the scale) and denominator, each of shape (days,), zero on days without a row; the second is None
    for a sum. Rows that cover several days are left out.
    """
    known = METRICS[metric]
    days = pd.date_range(period.start, period.end)
    dated = holding(frame[frame["period_grain"] == "day"], known)
    sums = dated.groupby("date", observed=True)[[c for c in (known.numerator, known.denominator) if c]].sum()
    sums = sums.reindex(days, fill_value=0.0).astype(float)
    top = known.scale * sums[known.numerator].to_numpy()
    return top, sums[known.denominator].to_numpy() if known.denominator else None


def _ratio(top: float, below: float) -> float:
    return top / below if below else float("nan")
