"""The latent world: demand, spend, and the orders that each channel truly brings.

Orders of a day are the sum of the base (demand without advertising) and one part per channel: a Hill curve over the
geometric carry-over of its spend. Repeat purchases come on top, in `orders`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.simulate.noise import Numbers, wander
from helpers.simulate.scenario import COVERED, Channel, Scenario
from helpers.simulate.spend import Spend, decide
from helpers.simulate.streams import Streams

WEEKDAY_INDEX = np.array([1.08, 1.02, 1.00, 0.98, 0.93, 0.92, 1.07])
YEARLY_GROWTH = 0.06
HOLIDAY_DEMAND = 0.8
_HOLIDAYS = {(1, 1), (1, 6), (5, 1), (8, 15), (10, 12), (11, 1), (12, 6), (12, 8), (12, 25)}
_BLACK_FRIDAY = pd.Timestamp("2025-11-28")


@dataclass(frozen=True)
class World:
    """What is true of a client and no export says.

    Parameters
    ----------
    demand
        Wish to buy by day, 1 on an ordinary day; multiplies the base.
    pressure
        Price of attention by day, 1 on an ordinary day; multiplies auction prices.
    spend
        Euros by day and platform.
    effect
        Expected orders by day and platform that exist because of advertising.
    """

    scenario: Scenario
    demand: pd.Series[float]
    outlook: pd.Series[float]
    pressure: pd.Series[float]
    spend: Spend
    effect: pd.DataFrame

    @property
    def days(self) -> pd.DatetimeIndex:
        """All days, in order."""
        return pd.DatetimeIndex(self.demand.index)

    @property
    def base(self) -> pd.Series[float]:
        """Expected first orders by day without advertising."""
        return self.scenario.base_orders * self.demand

    def claimed(self, platform: str) -> Numbers:
        """Conversions by day that the platform can be expected to report: its true orders times its over-claim."""
        return self.effect[platform].to_numpy() * self.scenario.channel(platform).overclaim


def build(scenario: Scenario, streams: Streams) -> World:
    """Draw the latent world of a client."""
    days = pd.date_range(COVERED.start, COVERED.end, freq="D")
    outlook = pd.Series(_trend(days) * season(days), index=days)
    rhythm = pd.Series(WEEKDAY_INDEX[days.day_of_week] * _holidays(days), index=days)
    rng = streams.of("demand")
    chance = wander(rng, len(days), spread=0.05, memory=0.8)
    spend = decide(scenario, outlook, streams)
    effect = pd.DataFrame(
        {
            channel.platform: expected_orders(channel, spend.daily[channel.platform].to_numpy()) * rhythm
            for channel in scenario.channels
        }
    )
    return World(scenario, outlook * rhythm * chance, outlook, pd.Series(_pressure(days), index=days), spend, effect)


def season(days: pd.DatetimeIndex) -> Numbers:
    """Return the seasonal index of home textiles: high from October to January, low in summer."""
    angle = 2 * np.pi * (days.day_of_year.to_numpy() - 335) / 365.25
    sales = 0.25 * _bump(days, _BLACK_FRIDAY, 5.0) + 0.18 * _bump(days, pd.Timestamp("2026-01-09"), 6.0)
    holiday_month = np.where(days.month == 8, -0.10, 0.0)
    return np.exp(0.14 * np.cos(angle) + sales + holiday_month)


def carry_over(spend: Numbers, retention: float) -> Numbers:
    """Return advertising pressure by day: geometric, normalised so that constant spend is its own pressure."""
    pressure = np.empty(len(spend))
    # Advertising did not begin with the first export: the shop enters at the level of its first week.
    level = float(np.mean(spend[:7]))
    for day, amount in enumerate(spend):
        level = retention * level + (1 - retention) * amount
        pressure[day] = level
    return pressure


def hill(channel: Channel, pressure: Numbers) -> Numbers:
    """Return the share of the possible orders, between 0 and 1, at a pressure in euros a day."""
    relative: Numbers = (pressure / (channel.half_saturation * channel.usual_spend)) ** channel.alpha
    return relative / (1 + relative)


def possible_orders(channel: Channel) -> float:
    """Return the orders a day that endless spend would approach."""
    return channel.usual_orders / float(hill(channel, np.array([channel.usual_spend]))[0])


def expected_orders(channel: Channel, spend: Numbers) -> Numbers:
    """Return the orders a day that a channel brings on an ordinary weekday."""
    return hill(channel, carry_over(spend, channel.retention)) * possible_orders(channel)


def _trend(days: pd.DatetimeIndex) -> Numbers:
    growth: Numbers = (1 + YEARLY_GROWTH) ** ((days - days[0]).days.to_numpy() / 365.25)
    return growth


def _holidays(days: pd.DatetimeIndex) -> Numbers:
    is_holiday = [(day.month, day.day) in _HOLIDAYS for day in days]
    return np.where(is_holiday, HOLIDAY_DEMAND, 1.0)


def _pressure(days: pd.DatetimeIndex) -> Numbers:
    """Return auction prices over the year: a third to a half more from November to December, calm in January."""
    christmas = 0.34 * _bump(days, pd.Timestamp("2025-12-02"), 22.0) + 0.34 * _bump(
        days, pd.Timestamp("2026-12-02"), 22.0
    )
    black_friday = 0.22 * _bump(days, _BLACK_FRIDAY, 4.0)
    return np.exp(christmas + black_friday - 0.12 * _bump(days, pd.Timestamp("2026-01-25"), 14.0))


def _bump(days: pd.DatetimeIndex, centre: pd.Timestamp, width: float) -> Numbers:
    return np.exp(-0.5 * ((days - centre).days.to_numpy() / width) ** 2)
