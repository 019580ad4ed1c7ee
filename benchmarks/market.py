"""Fresh simulated markets: are intervals honest, are shifts found, is the client told apart from peers like itself.

Each function measures on seeds of its own and returns rows: what was measured, what came out, whether the bar holds.
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd

from helpers.methods import resample
from helpers.methods.shift import level_shifts
from helpers.stages import market_research
from helpers.stages.context import Context
from helpers.tables import TABLES
from helpers.units import Period

Row = tuple[str, str, bool]

COVER = (0.75, 0.85)
FALSE = 0.05
TOLD = 0.8
FORTNIGHT = 14
WEEKS = 156
FACTOR = 1.5
PERIOD = Period(date(2026, 10, 1), date(2026, 10, 31))
AS_OF = date(2026, 11, 5)
FOLLOWERS = 10_000.0
PEERS = ("Uno", "Dos", "Tres")


def cover(seed: int = 1901, worlds: int = 1500) -> list[Row]:
    """How often the 80 % interval of a mean engagement rate holds the truth, for posts of several kinds."""
    rng = np.random.default_rng(seed)
    kinds = {
        "negative binomial, size 1": (lambda count: rng.negative_binomial(1, 1 / 31, count), 30.0),
        "negative binomial, size 0.5": (lambda count: rng.negative_binomial(0.5, 0.5 / 30.5, count), 30.0),
        "lognormal reach times engagement": (lambda count: rng.poisson(_posts(rng, count)), 60 * np.exp(0.97 / 2)),
    }
    rows = []
    for name, (draw, true) in kinds.items():
        for count in (20, 30, 60):
            found = [resample.mean(draw(count) / FOLLOWERS, level=0.8, seed=n).interval for n in range(worlds)]
            held = float(np.mean([one is not None and one.holds(true / FOLLOWERS) for one in found]))
            rows.append((f"80 % interval, {count} posts, {name}", f"{held:.1%}", COVER[0] <= held <= COVER[1]))
    return rows


def shifts(seed: int = 2901, worlds: int = 200) -> list[Row]:
    """How often a shift of weekly interest is found within two weeks, and found where there is none."""
    rng = np.random.default_rng(seed)
    found = alarms = 0
    for _ in range(worlds):
        place = int(rng.integers(40, WEEKS - 30))
        days, steady = interest(rng)
        alarms += bool(level_shifts(days, steady))
        days, moved = interest(rng, place)
        near = [abs((one.shift.date - days[place]).days) <= FORTNIGHT for one in level_shifts(days, moved)]
        found += any(near)
    return [
        ("interest shifts found within two weeks", f"{found / worlds:.1%}", found / worlds >= 0.9),
        ("steady interest with a shift", f"{alarms / worlds:.1%}", alarms / worlds <= FALSE + _error(FALSE, worlds)),
    ]


def swot(seed: int = 3901, worlds: int = 200) -> list[Row]:
    """How often any line is shown where client and peers are alike, interest is steady and has no season.

    That silence is no deafness: a client with twice the engagement of its peers is told apart from nearly each.
    """
    rng = np.random.default_rng(seed)
    lines = sum(bool(_lines(alike(rng))) for _ in range(worlds))
    share = lines / worlds
    told = sum(len(_lines(alike(rng, better=2.0))) for _ in range(worlds // 4)) / (len(PEERS) * (worlds // 4))
    return [
        ("positions with a false line, client = peers", f"{share:.1%}", share <= FALSE + _error(FALSE, worlds)),
        ("peers told apart from a client that engages twice as much", f"{told:.1%}", told >= TOLD),
    ]


def interest(
    rng: np.random.Generator, place: int | None = None, *, season: float = 0.15
) -> tuple[list[date], np.ndarray]:
    """Weekly interest with a season and a correlated drift, from 0 to 100; from `place` on at another level."""
    days = pd.date_range(end="2026-10-25", periods=WEEKS, freq="W-SUN")
    drift = np.zeros(WEEKS)
    for week in range(1, WEEKS):
        drift[week] = 0.4 * drift[week - 1] + rng.normal(0, 0.07)
    height = np.exp(season * np.cos(2 * np.pi * days.day_of_year.to_numpy() / 365.25) + drift)
    if place is not None:
        height[place:] *= FACTOR
    return [day.date() for day in days], np.round(100 * height / height.max())


def alike(rng: np.random.Generator, *, better: float = 1.0) -> market_research.Inputs:
    """A client and three peers whose posts and ads come from one world, and interest that does not move.

    The client's posts engage `better` times as much as those of its peers.
    """
    context = Context(
        client="igual",
        name="Igual",
        stage="market_research",
        period=PERIOD,
        as_of=AS_OF,
        currency="EUR",
        competitors=PEERS,
    )
    own = [_post(rng, day, better) for day in _days(rng)]
    theirs = [{"competitor": name, "followers": FOLLOWERS, **_post(rng, day)} for name in PEERS for day in _days(rng)]
    ads = [{"page": name, "start": _day(rng)} for name in ("Igual", *PEERS) for _ in range(rng.poisson(20))]
    known = {"platform": "instagram", "date": pd.Timestamp("2025-01-01"), "followers": FOLLOWERS}
    days, values = interest(rng, season=0.0)
    trends = [
        {
            "term": "cosa",
            "geo": "España",
            "period_start": pd.Timestamp(day),
            "period_end": pd.Timestamp(day + timedelta(days=6)),
            "period_grain": "week",
            "interest": value,
        }
        for day, value in zip(days, values, strict=True)
    ]
    tables = {"organic_posts": own, "competitor_posts": theirs, "competitor_ads": ads, "organic_daily": [known]}
    frames = {name: _table(name, rows) for name, rows in {**tables, "trends": trends}.items()}
    empty = {name: TABLES[name].empty() for name in ("mentions", "ads")}
    return market_research.Inputs(context, (), **frames, **empty)


def _lines(inputs: market_research.Inputs) -> list[object]:
    """The lines that name evidence; a side without any says so in a line of its own."""
    return [row for row in market_research.analyse(inputs).swot.rows if row[-1] is not None]


def _posts(rng: np.random.Generator, count: int) -> np.ndarray:
    reach: np.ndarray = 2000 * rng.lognormal(0, 0.9, count) * 0.03 * rng.lognormal(0, 0.4, count)
    return reach


def _post(rng: np.random.Generator, day: pd.Timestamp, better: float = 1.0) -> dict[str, object]:
    likes = float(rng.poisson(better * _posts(rng, 1)[0]))
    return {
        "platform": "instagram",
        "published_at": day,
        "likes": likes,
        "comments": float(rng.binomial(int(likes), 0.06)),
    }


def _days(rng: np.random.Generator) -> list[pd.Timestamp]:
    count = int(rng.integers(60, 160))
    return [pd.Timestamp("2026-10-31") - pd.Timedelta(days=int(n)) for n in rng.integers(0, 360, count)]


def _day(rng: np.random.Generator) -> pd.Timestamp:
    return pd.Timestamp(PERIOD.start) + pd.Timedelta(days=int(rng.integers(0, PERIOD.days)))


def _table(name: str, rows: list[dict[str, object]]) -> pd.DataFrame:
    origin = {"source": "plain", "file": f"{name}.csv", "sha256": "a" * 64}
    return TABLES[name].conform(pd.DataFrame([{**origin, **row} for row in rows]))


def _error(rate: float, worlds: int) -> float:
    """Twice the chance error of a measured rate."""
    return 2 * float(np.sqrt(rate * (1 - rate) / worlds))


def measure() -> list[Row]:
    """All of it."""
    return [*cover(), *shifts(), *swot()]
