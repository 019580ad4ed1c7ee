"""Small canonical tables, written row by row, whose answers are worked out by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest

from helpers.claims import Claim
from helpers.stages.context import Context
from helpers.tables import TABLES
from helpers.units import Period

OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))
SEPTEMBER = OCTOBER.previous()

Row = Mapping[str, Any]


def canonical(table: str, rows: Sequence[Row]) -> pd.DataFrame:
    """Rows as the table holds them: what a row leaves out is unknown, all from one file."""
    if not rows:
        return TABLES[table].empty()
    origin = {"source": "plain", "file": f"{table}.csv", "sha256": "a" * 64}
    return TABLES[table].conform(pd.DataFrame([{**origin, **row} for row in rows]))


def on_day(day: date, **values: Any) -> dict[str, Any]:
    """A row that stands for one day."""
    stamp = pd.Timestamp(day)
    return {"date": stamp, "period_start": stamp, "period_end": stamp, "period_grain": "day", **values}


def every_day(period: Period, **values: Any) -> list[dict[str, Any]]:
    """The same row on each day of a period."""
    return [on_day(period.start + timedelta(days=n), **values) for n in range(period.days)]


def ads(rows: Sequence[Row]) -> pd.DataFrame:
    """The table of paid media in euro; the channel is the platform."""
    known = [{"currency": "EUR", "channel": row["platform"], **row} for row in rows]
    frame = canonical("ads", known)
    return frame.assign(currency_original=frame["currency"], spend_original=frame["spend"])


def orders(rows: Sequence[Row]) -> pd.DataFrame:
    """The sales ledger in euro."""
    return canonical("orders", [{"currency": "EUR", **row} for row in rows])


@pytest.fixture
def context() -> Callable[..., Context]:
    """Make the context of a run on October 2026."""

    def make(stage: str, **further: Any) -> Context:
        given = {"period": OCTOBER, "as_of": date(2026, 11, 5), "currency": "EUR", **further}
        return Context(client="aurora", name="Café Aurora", stage=stage, **given)

    return make


def value_of(claims: Sequence[Claim], metric: str, **scope: str) -> float | str:
    """The value of the one claim with just this metric and scope."""
    return claim_of(claims, metric, **scope).value


def claim_of(claims: Sequence[Claim], metric: str, **scope: str) -> Claim:
    """The one claim with just this metric and scope."""
    found = [claim for claim in claims if claim.metric.id == metric and dict(claim.scope) == scope]
    if len(found) != 1:
        raise LookupError(f"{len(found)} claims of {metric} for {scope}")
    return found[0]


def codes(caveats: Sequence[Any]) -> list[str]:
    """The codes of warnings, in order."""
    return [caveat.code for caveat in caveats]
