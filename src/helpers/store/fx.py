"""Money in several currencies to the reporting currency."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

import numpy as np
import pandas as pd

from helpers.store.notices import Notice
from helpers.units import Period

Policy = Literal["fixed", "daily", "month_average"]
RATE = "fx_rate"
# Rates are not published at weekends and on holidays: the last one before counts, up to this many days.
_STALE_AFTER = pd.Timedelta(days=7)


def _no_rates() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "date": pd.Series(dtype="datetime64[us]"),
            "from": pd.Series(dtype="str"),
            "to": pd.Series(dtype="str"),
            "rate": pd.Series(dtype="float64"),
        }
    )


@dataclass(frozen=True)
class Fx:
    """How money is exchanged.

    Parameters
    ----------
    policy
        `fixed`: one rate for all days; `daily`: the day's rate; `month_average`: the mean of the month's rates.
    fixed
        For `fixed`: one unit of the currency in the reporting currency, such as {"USD": 0.92}.
    rates
        For the others: columns date, from, to, rate; one unit of `from` is `rate` units of `to`.
    """

    policy: Policy = "fixed"
    fixed: Mapping[str, float] = field(default_factory=dict)
    rates: pd.DataFrame = field(default_factory=_no_rates)

    def rate(self, currency: str, to: str, start: pd.Series, end: pd.Series) -> pd.Series:
        """Return the rate of each row, NaN where it is not known.

        Parameters
        ----------
        currency, to
            ISO 4217.
        start, end
            First and last day that a row covers; a longer row takes the mean of its days' rates.
        """
        if currency == to:
            return pd.Series(1.0, index=start.index)
        if self.policy == "fixed":
            return pd.Series(self.fixed.get(currency, np.nan), index=start.index, dtype="float64")
        known = self._series(currency, to)
        pairs = pd.DataFrame({"start": start, "end": end.fillna(start)})
        found = {pair: self._mean(known, *pair) for pair in set(pairs.itertuples(index=False, name=None))}
        return pd.Series(
            [found[pair] for pair in pairs.itertuples(index=False, name=None)], index=start.index, dtype="float64"
        )

    def _series(self, currency: str, to: str) -> pd.Series:
        """Return the rates by day; those stated the other way round are inverted."""
        rates = self.rates.assign(date=pd.to_datetime(self.rates["date"]))
        straight = rates[rates["from"].eq(currency) & rates["to"].eq(to)].set_index("date")["rate"]
        inverse = 1 / rates[rates["from"].eq(to) & rates["to"].eq(currency)].set_index("date")["rate"]
        known = straight if not straight.empty else inverse
        return known[~known.index.duplicated(keep="last")].sort_index()

    def _mean(self, known: pd.Series, start: pd.Timestamp, end: pd.Timestamp) -> float:
        if known.empty or pd.isna(start):
            return float("nan")
        if self.policy == "month_average":
            months = known.groupby(pd.DatetimeIndex(known.index).to_period("M")).mean()
            wanted = pd.period_range(start, end, freq="M")
            return float(months.reindex(wanted).mean(skipna=False))
        days = pd.date_range(start.normalize(), end.normalize())
        return float(known.reindex(days, method="ffill", tolerance=_STALE_AFTER).mean(skipna=False))


@dataclass(frozen=True)
class Converted:
    """Rows in the reporting currency, and those for which no rate is known, untouched."""

    frame: pd.DataFrame
    left_out: pd.DataFrame
    notices: list[Notice]


def convert(
    frame: pd.DataFrame,
    money: Sequence[str],
    to: str,
    fx: Fx | None,
    *,
    start: str = "period_start",
    end: str = "period_end",
) -> Converted:
    """Exchange money into the reporting currency.

    Parameters
    ----------
    frame
        With a column `currency`. Rows with money and no currency are taken to be in the reporting currency, which the
        client file states; the notice `currency_missing` says so.
    money
        Names of the money columns.
    to
        Reporting currency, ISO 4217.
    fx
        None where the client states no exchange: then only the reporting currency counts.
    start, end
        Columns with the days that a row covers.

    Returns
    -------
    `<column>_original` and `currency_original` hold what the file says, `fx_rate` the rate, NaN where none was used.
    Rows for which no rate is known are left out as a whole, because ratios of their counts to nobody's money would be
    wrong. The notice `mixed_currencies` tells of them, and of rows that were exchanged, with `is_converted` to keep
    them apart.
    """
    originals = {f"{name}_original": frame[name] for name in money}
    frame = frame.assign(currency_original=frame["currency"], **originals)
    has_money = frame[list(money)].fillna(0).ne(0).any(axis=1) if money else pd.Series(data=False, index=frame.index)
    notices = _missing(frame[has_money & frame["currency"].isna()], money, to)
    currency = frame["currency"].fillna(to)
    rate = pd.Series(np.nan, index=frame.index)
    for code in sorted(currency.unique()):
        rows = frame[currency.eq(code)]
        last = rows[end] if end in rows else rows[start]
        rate.loc[rows.index] = _rates(fx, str(code), to, rows[start], last)
    is_out = has_money & rate.isna()
    is_exchanged = has_money & rate.notna() & currency.ne(to)
    notices += _mixed(frame[is_out], money, to, is_converted=False)
    notices += _mixed(frame[is_exchanged], money, to, is_converted=True)
    factor = rate.fillna(1.0)
    used = {RATE: rate.where(is_exchanged), **{name: frame[name] * factor for name in money}}
    exchanged = frame.assign(currency=to, **used)
    return Converted(exchanged[~is_out].reset_index(drop=True), frame[is_out].reset_index(drop=True), notices)


@dataclass(frozen=True)
class RateUsed:
    """By how much money of a currency was multiplied in a month: units of the reporting currency for one of it.

    `low` and `high` are the least and the largest rate of its `rows`.
    """

    currency: str
    month: Period
    low: float
    high: float
    rows: int


def rates_used(frames: Iterable[tuple[pd.DataFrame, str]], period: Period) -> list[RateUsed]:
    """Return the rates by which the money of a period was exchanged, by currency and month.

    Parameters
    ----------
    frames
        Tables as `convert` leaves them, each with the name of the column of its days.
    """
    used: dict[tuple[str, date], list[float]] = {}
    for frame, day in frames:
        if RATE not in frame:
            continue
        at = pd.to_datetime(frame[day]).dt.normalize()
        rows = frame[frame[RATE].notna() & at.between(pd.Timestamp(period.start), pd.Timestamp(period.end))]
        months = at[rows.index].dt.to_period("M").dt.start_time
        for code, month, rate in zip(rows["currency_original"], months, rows[RATE], strict=True):
            used.setdefault((str(code), month.date()), []).append(float(rate))
    return [
        RateUsed(code, Period(first, _last_of_month(first)), min(found), max(found), len(found))
        for (code, first), found in sorted(used.items())
    ]


def _last_of_month(day: date) -> date:
    return (pd.Timestamp(day) + pd.offsets.MonthEnd(0)).date()


def _rates(fx: Fx | None, code: str, to: str, start: pd.Series, end: pd.Series) -> pd.Series:
    if fx is None:
        return pd.Series(1.0 if code == to else np.nan, index=start.index)
    return fx.rate(code, to, start, end)


def _missing(rows: pd.DataFrame, money: Sequence[str], to: str) -> list[Notice]:
    if rows.empty:
        return []
    values = {"files": sorted(rows["file"].dropna().unique()), "rows": len(rows), "assumed": to, **_sums(rows, money)}
    return [Notice("currency_missing", {}, values)]


def _mixed(rows: pd.DataFrame, money: Sequence[str], to: str, *, is_converted: bool) -> list[Notice]:
    return [
        Notice(
            "mixed_currencies",
            _scope(part),
            {
                "currency": str(code),
                "reporting": to,
                "is_converted": is_converted,
                "rows": len(part),
                "files": sorted(part["file"].dropna().unique()),
                **_sums(part, money),
            },
        )
        for code, part in rows.groupby("currency", observed=True)
    ]


def _sums(rows: pd.DataFrame, money: Sequence[str]) -> dict[str, float]:
    return {name: float(rows[name].sum()) for name in money if rows[name].notna().any()}


def _scope(rows: pd.DataFrame) -> dict[str, str]:
    names = set(rows["platform"].dropna()) if "platform" in rows else set()
    return {"platform": str(names.pop())} if len(names) == 1 else {}
