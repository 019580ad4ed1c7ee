"""Days that are missing, that came too early to be final, and sources that end before the others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pandas as pd

from helpers.methods import trend
from helpers.quality.model import Check, Finding, Material, Place, called, days_of, number
from helpers.units import Period
from helpers.wording import Message, msg

SILENT_DAYS = 3
"""A source that ends so many days before the newest one is late, not quiet."""

AROUND = timedelta(days=14)
BUSY = 12
"""Orders a day from which on an empty day is no chance: less than one in a hundred thousand days."""

ISOLATED_DAYS = 60
RARE = 0.01
DEFAULT_WINDOW = 7

Series = tuple[str, Place, Message, pd.DataFrame]
"""Table, place, what a reader calls it, and rows with `period_start`."""


def series_of(material: Material) -> Iterator[Series]:
    """Everything that should have a row a day: each ad account, site, profile, and the ledger."""
    for platform, rows in material.daily_ads.groupby("platform", observed=True):
        scope: Place = (("platform", str(platform)),)
        accounts = rows["account"].nunique()
        if accounts < 2:
            yield "ads", scope, called("platform", str(platform)), rows
            continue
        for account, part in rows.groupby("account", observed=True):
            yield "ads", (*scope, ("account", str(account))), called("account", str(account)), part
    web = material.table("web")
    for name, rows in web[web["period_start"].eq(web["period_end"])].groupby("property", observed=True):
        yield "web", (("series", str(name)),), called("series", str(name)), rows
    daily = material.table("organic_daily")
    for platform, rows in daily.assign(period_start=daily["date"]).groupby("platform", observed=True):
        yield (
            "organic_daily",
            (("platform", str(platform)), ("series", "organic_daily")),
            called("platform", str(platform)),
            rows,
        )
    if len(material.orders):
        yield "orders", (), msg("Sales"), material.orders


def _missing(material: Material) -> Iterator[Finding]:
    for table, scope, place, rows in series_of(material):
        span = days_of(rows)
        missing = trend.missing_days(rows["period_start"], span.start, span.end) if span else []
        missing = [day for day in missing if table != "orders" or _is_busy(rows, day)]
        if missing and len(missing) < rows["period_start"].nunique():
            n = number(len(missing))
            text = msg("{place}: days without a row between {first} and {last}: {n}.", place=place, n=n,
                       first=missing[0], last=missing[-1])  # fmt: skip
            yield Finding(text, n, rows, scope, (table,), Period(missing[0], missing[-1]))


def _is_busy(orders: pd.DataFrame, day: date) -> bool:
    """Whether the shop sells so much in the weeks around a day that chance alone leaves no day empty."""
    near = orders["period_start"].between(pd.Timestamp(day - AROUND), pd.Timestamp(day + AROUND))
    return len(orders[near]) >= BUSY * 2 * AROUND.days


def _ends_early(material: Material) -> Iterator[Finding]:
    """Series that end before the newest one of all; those that rest by nature get their own usual gap."""
    ends = [(one, span) for one in series_of(material) if (span := days_of(one[3]))]
    newest = max((span.end for _, span in ends), default=None)
    for (table, scope, place, rows), span in ends:
        gaps = pd.Series(rows["period_start"].drop_duplicates().sort_values()).diff().dt.days
        usual = max(float(SILENT_DAYS), 3 * float(gaps.quantile(0.95))) if len(gaps) > 1 else float(SILENT_DAYS)
        late = (newest - span.end).days if newest else 0
        if late > usual and late < len(gaps):
            n = number(late)
            text = msg("{place} ends on {last}, while other exports go on; days that it lacks: {n}.", place=place, n=n,
                       last=span.end)  # fmt: skip
            yield Finding(
                text, n, rows, scope, (table,), Period(span.end + timedelta(days=1), span.end + timedelta(late))
            )


def _future(material: Material) -> Iterator[Finding]:
    """Rows dated after the day that counts as today, or after their own file was written."""
    created = {one.file: pd.Timestamp(one.created[:10]) for one in material.receipts if one.created}
    today = pd.Timestamp(material.today) if material.today else pd.NaT
    for table, moment in (("orders", "ordered_at"), ("ads", "period_start"), ("organic_posts", "published_at")):
        rows = material.table(table)
        limit = rows["file"].map(lambda file: created.get(file, today)).astype("datetime64[us]")
        late = rows[rows[moment].dt.normalize().gt(limit) | _isolated(rows[moment])]
        if not late.empty:
            n = number(len(late))
            text = msg(
                "Rows of the table {table} that are dated in the future: {n}.", table=called("series", table), n=n
            )
            yield Finding(text, n, late, (("series", table),), (table,), days_of(late, moment))


def _isolated(moments: pd.Series) -> pd.Series[bool]:
    """Whether a row lies beyond a gap of months at the end that hardly any row lies beyond: a mistyped year."""
    days = moments.dt.normalize().drop_duplicates().sort_values().dropna()
    jumps = days[days.diff().dt.days.ge(ISOLATED_DAYS)]
    first = next((day for day in jumps if moments.ge(day).mean() <= RARE), None)
    return moments.ge(first) if first is not None else pd.Series(data=False, index=moments.index)


def _immature(material: Material) -> Iterator[Finding]:
    """The newest days, on which conversions of earlier clicks are still to come."""
    if material.today is None:
        return
    for platform, rows in material.daily_ads.groupby("platform", observed=True):
        window = _window(material.windows.get(str(platform), ""))
        first = pd.Timestamp(material.today - timedelta(days=window))
        young = rows[rows["period_start"].ge(first) & rows["conversions"].notna()]
        if not young.empty:
            n = number(young["period_start"].nunique())
            text = msg("Days of {place} on which conversions are still to come: {n}.",
                       place=called("platform", str(platform)), n=n)  # fmt: skip
            yield Finding(text, n, young, (("platform", str(platform)),), when=days_of(young))


def _window(setting: str) -> int:
    """Longest days of a setting such as 7d_click_1d_view."""
    return max((int(days) for days in re.findall(r"(\d+)d", setting)), default=DEFAULT_WINDOW)


CHECKS = (
    Check(
        "future_dates",
        "error",
        ("orders", "ads", "organic_posts"),
        _future,
        msg("Correct the dates in the source, or say how days and months are written under sources in client.yaml."),
    ),
    Check(
        "missing_days",
        "warning",
        ("ads", "web", "organic_daily", "orders"),
        _missing,
        msg("Export the missing days; if nothing ran on them, note it in log.csv."),
        is_said_elsewhere=True,
    ),
    Check(
        "ends_early",
        "warning",
        ("ads", "web", "organic_daily", "orders"),
        _ends_early,
        msg("Export the days up to the newest of the other files before the two are compared."),
    ),
    Check(
        "immature_outcomes",
        "info",
        ("ads",),
        _immature,
        msg("Compare these days only once their attribution window has passed."),
        is_said_elsewhere=True,
    ),
)
