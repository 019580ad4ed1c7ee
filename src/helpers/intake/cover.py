"""What time the rows of a table cover."""

from __future__ import annotations

import pandas as pd

from helpers.intake.receipt import Problem
from helpers.intake.typed import UNTIL, RefusedTableError
from helpers.units import Period

_EMPTY = "datetime64[us]"
_STRETCHES = (("_report_start", "_report_end"), ("_report_start", UNTIL), ("period_start", "period_end"))


def covered(frame: pd.DataFrame, stated: Period | None) -> pd.DataFrame:
    """Add `date`, `period_start`, `period_end`, `period_grain`.

    Parameters
    ----------
    frame
        Typed columns: any of `date`, `_week`, `_month`, `_quarter`, `_report_start` with `_report_end` or, where it is
        a moment, `_report_until`, `period_start` and `period_end`, each with its `|end` and `|grain`.
    stated
        What the file says of all rows; used where a row says nothing.

    Returns
    -------
    Missing values where neither says anything.

    Raises
    ------
    RefusedTableError
        Where a row ends before it starts.
    """
    start, end = _blank(frame), _blank(frame)
    grain = pd.Series(None, index=frame.index, dtype="str")
    alone = () if {"_report_end", UNTIL} & set(frame.columns) else (("_report_start", ""),)
    for name, bucket in (("date", ""), ("_week", "week"), ("_month", "month"), ("_quarter", "range"), *alone):
        if name in frame:
            first, last = frame[name], _bucket_end(frame, name, bucket)
            words = frame[f"{name}|grain"] if not bucket else pd.Series(bucket, index=frame.index).where(first.notna())
            start, end, grain = start.fillna(first), end.fillna(last), grain.fillna(words)
    dated = start.copy()
    for first_name, last_name in _STRETCHES:
        if first_name in frame and last_name in frame:
            rest = start.isna()
            start, end = start.fillna(frame[first_name].dt.normalize()), end.where(~rest, frame[f"{last_name}|end"])
            if last_name == UNTIL:  # from midnight to the same midnight: that day
                end = end.mask(frame[UNTIL].dt.normalize().eq(start), start)
    _refuse_turned(start, end)
    if stated is not None:
        start, end = start.fillna(pd.Timestamp(stated.start)), end.fillna(pd.Timestamp(stated.end))
    is_day = start.eq(end)
    grain = grain.where(~(is_day & grain.isna()), "day").where(~(start.notna() & ~is_day & grain.isna()), "range")
    return frame.assign(
        date=dated.where(dated.notna() | ~is_day, start),
        period_start=start,
        period_end=end,
        period_grain=grain.astype("str"),
    )


def _refuse_turned(start: pd.Series, end: pd.Series) -> None:
    turned = start.index[end.lt(start)]
    if turned.empty:
        return
    first, last = (days[turned[0]].date().isoformat() for days in (start, end))
    raise RefusedTableError(
        Problem.of(
            "unreadable_values",
            f"{len(turned)} rows end before they start, such as {first} to {last}.",
            "Correct the days, or download the export again.",
            row=int(turned[0]),
        )
    )


def spaced(frame: pd.DataFrame, further: pd.Series | None = None) -> pd.DataFrame:
    """Tell weeks and months from days where a mapped table only holds their first days.

    Dates that are always seven days apart are weeks, firsts of following months are months; each needs four of them.
    `further` holds the dates of rows that are not in the frame.
    """
    days = _days(frame, further)
    if len(days) < 4 or not frame["period_grain"].dropna().eq("day").all():
        return frame
    gaps = days.diff().dropna().dt.days
    if (gaps == 7).all():
        return _as_bucket(frame, "week", frame["date"] + pd.Timedelta(days=6))
    if (days.dt.day == 1).all() and gaps.between(28, 31).all():
        return _as_bucket(frame, "month", frame["date"] + pd.offsets.MonthEnd(0))
    return frame


def bucketed(frame: pd.DataFrame, stated: Period | None, further: pd.Series | None = None) -> pd.DataFrame:
    """Tell days from longer stretches where the date column of an export only holds their first days.

    A single date that is the first day of a longer stated period stands for all of it; a few that cut the whole of it
    into weeks or months stand for those; otherwise as `spaced`, `further` too.
    """
    days = _days(frame, further)
    if stated is None or stated.days == 1 or days.empty or days.iloc[0] != pd.Timestamp(stated.start):
        return spaced(frame, further)
    if len(days) == 1:
        return frame.assign(date=_blank(frame), period_end=pd.Timestamp(stated.end), period_grain="range")
    last_day = pd.Timestamp(stated.end)
    if (days.diff().dropna().dt.days == 7).all() and last_day - days.iloc[-1] < pd.Timedelta(days=7):
        return _as_bucket(frame, "week", frame["date"] + pd.Timedelta(days=6))
    if pd.Index(days).equals(pd.date_range(stated.start, last_day, freq="MS")):
        return _as_bucket(frame, "month", frame["date"] + pd.offsets.MonthEnd(0))
    return spaced(frame, further)


def span(frame: pd.DataFrame, first: str, last: str) -> tuple[str, str] | None:
    """Return the first and the last day of a frame in ISO 8601, None where it has no date."""
    if first not in frame or frame[first].isna().all():
        return None
    ends = frame[last] if last in frame else frame[first]
    return frame[first].min().date().isoformat(), ends.max().date().isoformat()


def _days(frame: pd.DataFrame, further: pd.Series | None) -> pd.Series:
    days = frame["date"] if further is None else pd.concat([frame["date"], further])
    return pd.Series(sorted(days.dropna().unique()), dtype=_EMPTY)


def _as_bucket(frame: pd.DataFrame, grain: str, end: pd.Series) -> pd.DataFrame:
    return frame.assign(period_start=frame["date"], period_end=end, period_grain=grain)


def _bucket_end(frame: pd.DataFrame, name: str, bucket: str) -> pd.Series:
    last = frame[f"{name}|end"]
    is_first_only = last.eq(frame[name])
    if bucket == "week":
        return last.where(~is_first_only, frame[name] + pd.Timedelta(days=6))
    if bucket == "month":
        return last.where(~is_first_only, frame[name] + pd.offsets.MonthEnd(0))
    if name == "_quarter":
        return last.where(~is_first_only, frame[name] + pd.offsets.QuarterEnd(0))
    return last


def _blank(frame: pd.DataFrame) -> pd.Series:
    return pd.Series(pd.NaT, index=frame.index, dtype=_EMPTY)
