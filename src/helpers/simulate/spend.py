"""What the media buyer decides to spend, before any auction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import pandas as pd

from helpers.simulate.noise import Numbers, wander
from helpers.simulate.scenario import COVERED, LAST_BLACKOUT_DAY, Channel, Scenario
from helpers.simulate.streams import Streams
from helpers.units import Period

BLACKOUT_SHARE = 0.25
BLACKOUT_LEVEL = 0.1
REACTION = 0.6
_BLOCK_DAYS = 28


@dataclass(frozen=True)
class Spend:
    """Euros that every channel spends on every day, and when it was held back.

    `daily` has one row a day and one column a platform; `blackouts` is empty where spend follows the season.
    """

    daily: pd.DataFrame
    blackouts: dict[str, tuple[Period, ...]]


def decide(scenario: Scenario, outlook: pd.Series[float], streams: Streams) -> Spend:
    """Set the spend of each channel in view of the demand that is expected.

    Parameters
    ----------
    outlook
        Demand that a planner foresees, by day, mean about 1: trend and season without chance.
    """
    if scenario.follows_season:
        columns = {channel.platform: _in_season(channel, outlook, streams) for channel in scenario.channels}
        return Spend(pd.DataFrame(columns), {channel.platform: () for channel in scenario.channels})
    blackouts = {channel.platform: _blackouts(channel, streams) for channel in scenario.channels}
    columns = {
        channel.platform: _varied(channel, outlook, streams) * _held_back(outlook.index, blackouts[channel.platform])
        for channel in scenario.channels
    }
    return Spend(pd.DataFrame(columns), blackouts)


def expected(channel: Channel, outlook: pd.Series[float], *, follows_season: bool) -> pd.Series[float]:
    """Return the spend a day that was planned, without chance and blackouts."""
    return channel.usual_spend * outlook ** (1.0 if follows_season else REACTION)


def share_out(amounts: Numbers, weights: Numbers) -> Numbers:
    """Split each day's amount by that day's weights.

    `amounts` has shape (days,), `weights` (days, parts) with at least one positive weight a day; so has the result.
    """
    shares: Numbers = weights / weights.sum(axis=1, keepdims=True)
    return shares * amounts[:, None]


def _in_season(channel: Channel, outlook: pd.Series[float], streams: Streams) -> pd.Series[float]:
    jitter = streams.of("spend", channel.platform).normal(1.0, 0.01, len(outlook))
    return expected(channel, outlook, follows_season=True).mul(jitter)


def _varied(channel: Channel, outlook: pd.Series[float], streams: Streams) -> pd.Series[float]:
    rng = streams.of("spend", channel.platform)
    weeks = len(outlook) // 7 + 2
    by_week = wander(rng, weeks, spread=0.12, memory=0.5)
    position = (np.arange(len(outlook)) + COVERED.start.weekday()) // 7
    jitter = rng.normal(1.0, 0.04, len(outlook))
    return expected(channel, outlook, follows_season=False).mul(by_week[position] * jitter)


def _blackouts(channel: Channel, streams: Streams) -> tuple[Period, ...]:
    monday = COVERED.start + timedelta(days=-COVERED.start.weekday() % 7)
    blocks = ((LAST_BLACKOUT_DAY - monday).days + 1) // _BLOCK_DAYS
    rng = streams.of("blackouts", channel.platform)
    chosen = sorted(rng.choice(blocks, size=round(BLACKOUT_SHARE * blocks), replace=False).tolist())
    starts = [monday + timedelta(days=_BLOCK_DAYS * block) for block in chosen]
    return tuple(Period(start, start + timedelta(days=_BLOCK_DAYS - 1)) for start in starts)


def _held_back(days: pd.Index[pd.Timestamp], blackouts: tuple[Period, ...]) -> pd.Series[float]:
    level = pd.Series(1.0, index=days)
    for blackout in blackouts:
        level.loc[pd.Timestamp(blackout.start) : pd.Timestamp(blackout.end)] = BLACKOUT_LEVEL
    return level
