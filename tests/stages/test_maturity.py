"""Conversions that come in days after the click: the days are named, and no verdict rests on what is still to come."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from helpers.stages import post_campaign
from helpers.stages.context import Context
from helpers.units import Period
from helpers.wording import Words

from .conftest import ads, canonical, claim_of, on_day

Make = Callable[..., Context]

FIRST, WEEKS = date(2026, 8, 3), 13
LATELY = Period(date(2026, 10, 19), date(2026, 11, 1))
META = {"platform": "meta", "campaign": "Ventas", "impressions": 1_000, "clicks": 30, "link_clicks": 20, "spend": 90.0}
DAILY = 200
AT_ONCE, DELAY = 0.4, 8.0


def counted(age: int) -> float:
    """What of a day's conversions is counted so many days after it."""
    return round(DAILY * (1 - (1 - AT_ONCE) * float(np.exp(-age / DELAY))))


def exports(arriving: Callable[[int], float]) -> pd.DataFrame:
    """An export each Monday of the five weeks before it."""
    taken_weekly = []
    for week in range(1, WEEKS + 1):
        taken = FIRST + timedelta(weeks=week)
        days = [taken - timedelta(days=n) for n in range(35, 0, -1) if taken - timedelta(days=n) >= FIRST]
        rows = [on_day(day, **META, conversions=arriving((taken - day).days)) for day in days]
        taken_weekly.append(ads(rows).assign(sha256=f"{week:064d}", taken=pd.Timestamp(taken)))
    return pd.concat(taken_weekly, ignore_index=True)


def analysed(make: Make, snapshots: pd.DataFrame, *, is_remembered: bool = True) -> post_campaign.Result:
    """The last two weeks against those before, as the newest export has them; with or without the exports before it."""
    now = snapshots[snapshots["taken"] == snapshots["taken"].max()]
    given = {name: canonical(name, []) for name in ("orders", "order_lines", "series")}
    given |= {"ads": now.drop(columns="taken").reset_index(drop=True)} | (
        {"snapshots": snapshots} if is_remembered else {}
    )
    context = make("post_campaign", period=LATELY)
    return post_campaign.analyse(post_campaign.Inputs(context, notices=(), plans=(), trials=(), **given))


def raised(result: post_campaign.Result) -> list[tuple[tuple[str, str], ...]]:
    """The scopes in which conversions are said to be still to come."""
    return [one.scope for one in result.caveats if one.code == "immature_outcomes"]


def test_the_days_still_to_come_in_are_named_with_their_share(context: Make) -> None:
    result = analysed(context, exports(counted))

    (caveat,) = [one for one in result.caveats if one.code == "immature_outcomes"]
    claim = claim_of(result.claims, "maturity", platform="meta")
    assert caveat.scope == (("platform", "meta"),)
    assert claim.period == LATELY
    assert claim.value == pytest.approx(sum(map(counted, range(1, 15))) / (14 * DAILY), abs=0.03)
    assert "Meta Ads: about" in Words("en").text(caveat.text)


def test_a_fall_that_the_rest_will_undo_is_worse_only_to_who_does_not_know(context: Make) -> None:
    known, unknown = (analysed(context, exports(counted), is_remembered=each) for each in (True, False))

    assert claim_of(unknown.claims, "cpa").verdict == "worse"
    assert claim_of(known.claims, "cpa").verdict == "not_shown"
    assert claim_of(known.claims, "cpa").value == claim_of(unknown.claims, "cpa").value


def test_a_fall_in_full_counts_stays_worse(context: Make) -> None:
    snapshots = exports(lambda _: DAILY)
    is_late = snapshots["date"] >= pd.Timestamp(LATELY.start)
    snapshots["conversions"] = snapshots["conversions"].where(~is_late, counted(3))

    result = analysed(context, snapshots)

    assert claim_of(result.claims, "cpa").verdict == "worse"
    assert raised(result) == []


def test_an_export_of_fewer_campaigns_is_no_late_conversion(context: Make) -> None:
    """Half of the campaigns, with half of the money, is not half of what will come."""
    snapshots = exports(lambda _: DAILY)
    parts = snapshots[["spend", "conversions"]]
    snapshots[["spend", "conversions"]] = parts.where(snapshots["taken"] == snapshots["taken"].max(), parts / 2)

    assert raised(analysed(context, snapshots)) == []
