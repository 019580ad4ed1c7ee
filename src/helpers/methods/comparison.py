"""Whether a number moved more than chance moves it, and what may be said about it.

Two periods are compared like for like: the p-value judges what is left of a change once the calendar (the number of
days, and which weekdays they are) is allowed for. Events are made independent by their dispersion (`distributions`), so
that the exact test stays honest where days scatter and hang together.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

from helpers.methods.distributions import normal_level, reach, share_bounds, share_p, student_p, two_sided_p
from helpers.methods.intervals import Counted, binomial_variance, paired
from helpers.methods.noise import WEEK, sum_noise, weekly_balance
from helpers.units import Estimate, Interval

Direction = Literal["up", "down", "band", "none"]
Verdict = Literal["better", "worse", "not_shown", "not_enough_data"]

FEWEST_EVENTS = 10.0
SHOWN = 0.05
MOST_NEEDED = 1000.0


@dataclass(frozen=True)
class Change:
    """A relative change, and what the data say about it.

    `share` is new over old less one: 0.12 is 12 % more, infinite where there was nothing before, NaN where it has no
    meaning. `p_value` is the chance of so large a like-for-like change where nothing changed; NaN if it cannot be
    said. `is_enough` is false where no verdict could be reached whatever the numbers. `needed` is how many times as
    much data would show a change of this size with 80 % chance (or, where there is not enough, would be enough);
    None once it is shown, and where over 1000 times as much would be needed. `calendar` is the factor that the
    calendar alone explains: 31 days after 28 give 1.107.
    """

    share: Estimate
    p_value: float
    is_enough: bool
    needed: float | None = None
    calendar: float = 1.0

    @property
    def like_for_like(self) -> float:
        """The change that the calendar does not explain, as a share; the p-value is about this one."""
        return (1 + self.share.value) / self.calendar - 1


@dataclass(frozen=True)
class _Side:
    """One period: what was counted, how much opportunity there was for it, and what it is divided by when shown."""

    events: float
    exposure: float
    divisor: float
    days: int


def compare_totals(new_daily: np.ndarray, old_daily: np.ndarray, *, level: float = 0.9, counts: bool = True) -> Change:
    """Compare the total of a period with that of an earlier one.

    Parameters
    ----------
    new_daily, old_daily
        One value a day in order, without gaps in time; NaN where a day is not known. Lengths may differ.
    level
        Chance that the interval of the change holds the true one.
    counts
        Whether events are counted, which are never surer than independent events; False for money.

    Returns
    -------
    The change of the totals. Under 7 known days a side, and under 10 effective events in all, `is_enough` is False.
    """
    new, old = np.asarray(new_daily, dtype=float), np.asarray(old_daily, dtype=float)
    (new_side, new_looseness), (old_side, old_looseness) = _total_side(new), _total_side(old)
    noise = sum_noise(new, old)
    variance = noise.variance * max(new_looseness, old_looseness)
    least = new_side.events + old_side.events if counts else 0.0
    return _compare(new_side, old_side, max(variance, least), noise.freedom, level=level)


def compare_ratios(
    new_num: np.ndarray,
    new_den: np.ndarray,
    old_num: np.ndarray,
    old_den: np.ndarray,
    *,
    level: float = 0.9,
    counts: Counted = False,
) -> Change:
    """Compare a ratio of sums over a period with that of an earlier one.

    Parameters
    ----------
    new_num, new_den, old_num, old_den
        One value a day in order, without gaps in time; a day counts where numerator and denominator are known.
    level
        Chance that the interval of the change holds the true one.
    counts
        What is counted in events, as in `intervals.ratio`.

    Returns
    -------
    The change of the ratio. Under 7 known days a side, under 10 effective events in all, and where a ratio has no
    denominator, `is_enough` is False.
    """
    if counts == "denominator":
        return _inverse(compare_ratios(new_den, new_num, old_den, old_num, level=level, counts="numerator"))
    periods = [paired(new_num, new_den), paired(old_num, old_den)]
    new, old = sides = [_ratio_side(num, den) for num, den in periods]
    if new.exposure <= 0 or old.exposure <= 0:
        return Change(Estimate(math.nan, None, new.days + old.days), math.nan, is_enough=False)
    ratios = [side.events / side.exposure for side in sides]
    noise = sum_noise(*[num - ratio * den for ratio, (num, den) in zip(ratios, periods, strict=True)])
    least = sum(binomial_variance(side.events, ratio, counts=counts) for side, ratio in zip(sides, ratios, strict=True))
    return _compare(new, old, max(noise.variance, least), noise.freedom, level=level)


def compare_to_target(estimate: Estimate, target: float) -> Change:
    """Compare a value with a target that is known exactly.

    Returns
    -------
    The change from target to value. The p-value is read off the estimate's own interval, side by side, as if its
    logarithm or itself were normal there; without an interval there is not enough data for a verdict.
    """
    value, interval = estimate.value, estimate.interval
    share = _relative(value, target)
    if interval is None or not math.isfinite(value) or not math.isfinite(target):
        return Change(Estimate(share, None, estimate.n), math.nan, is_enough=False)
    bounds = Interval(_relative(interval.low, target), _relative(interval.high, target), interval.level)
    half = interval.high - value if target > value else value - interval.low
    p_value = two_sided_p(_distance(target - value, half) * reach(interval.level))
    known_share = Estimate(share, bounds if math.isfinite(share) else None, estimate.n)
    return Change(known_share, p_value, is_enough=True, needed=_needed(p_value))


def verdict(change: Change, *, direction: Direction, alpha: float = SHOWN) -> Verdict | None:
    """Return what may be said of a change.

    Parameters
    ----------
    change
        Of one metric.
    direction
        Which way is good: "up", "down"; "band" and "none" give no better and no worse.
    alpha
        Chance of a verdict where nothing changed.

    Returns
    -------
    "better", "worse", "not_shown", "not_enough_data"; None for a metric without a good direction.
    """
    if direction in {"band", "none"}:
        return None
    if not change.is_enough or math.isnan(change.p_value):
        return "not_enough_data"
    if change.p_value >= alpha or change.like_for_like == 0 or math.isnan(change.share.value):
        return "not_shown"
    return "better" if (change.like_for_like > 0) == (direction == "up") else "worse"


def control_false_discoveries(p_values: np.ndarray, *, q: float = 0.1) -> np.ndarray:
    """Return which of many findings stand when a share `q` of them may be false (Benjamini & Hochberg 1995).

    NaN is never a finding and does not count as a test.
    """
    values = np.asarray(p_values, dtype=float)
    tested = ~np.isnan(values)
    ordered = np.sort(values[tested])
    passes = np.flatnonzero(ordered <= q * np.arange(1, len(ordered) + 1) / max(len(ordered), 1))
    limit = ordered[passes[-1]] if len(passes) else -math.inf
    is_found: np.ndarray = tested & (np.where(tested, values, math.inf) <= limit)
    return is_found


def _total_side(daily: np.ndarray) -> tuple[_Side, float]:
    average_days, looseness = weekly_balance(daily)
    return _Side(float(np.nansum(daily)), average_days, 1.0, _known(daily)), looseness


def _ratio_side(num: np.ndarray, den: np.ndarray) -> _Side:
    below = float(np.nansum(den))
    return _Side(float(np.nansum(num)), below, below, _known(num))


def _compare(new: _Side, old: _Side, variance: float, freedom: int, *, level: float) -> Change:
    days, fewest_days = new.days + old.days, min(new.days, old.days)
    share = _relative(new.events / new.divisor, old.events / old.divisor)
    calendar = new.exposure / new.divisor / (old.exposure / old.divisor) if fewest_days else math.nan
    if fewest_days == 0 or new.events + old.events == 0:
        return Change(Estimate(share, None, days), math.nan, is_enough=False)
    if min(new.events, old.events) < 0:
        return _compare_signed(new, old, variance, freedom, share=Estimate(share, None, days), calendar=calendar)
    # A series that never scatters is as sure as one can be.
    dispersion = max(variance / (new.events + old.events), 1e-12 * (new.events + old.events))
    successes, failures = new.events / dispersion, old.events / dispersion
    chance = new.exposure / (new.exposure + old.exposure)
    p_value = student_p(share_p(successes, failures, chance), freedom)
    if successes + failures < FEWEST_EVENTS or fewest_days < WEEK:
        scarcity = max(FEWEST_EVENTS / (successes + failures), WEEK / fewest_days)
        return Change(Estimate(share, None, days), p_value, is_enough=False, needed=scarcity, calendar=calendar)
    low, high = share_bounds(successes, failures, normal_level(level, freedom))
    scale = old.divisor / new.divisor
    bounds = Interval(_odds(low) * scale - 1, _odds(high) * scale - 1, level)
    shown = Estimate(share, bounds if math.isfinite(share) else None, days)
    return Change(shown, p_value, is_enough=True, needed=_needed(p_value), calendar=calendar)


def _compare_signed(
    new: _Side, old: _Side, variance: float, freedom: int, *, share: Estimate, calendar: float
) -> Change:
    """Compare sums that may be negative, such as net followers, by their difference."""
    daily = variance / (new.days + old.days)
    spread = daily * (new.days / new.exposure**2 + old.days / old.exposure**2)
    distance = _distance(new.events / new.exposure - old.events / old.exposure, math.sqrt(spread))
    p_value = two_sided_p(distance, freedom)
    is_enough = min(new.days, old.days) >= WEEK
    return Change(share, p_value, is_enough, _needed(p_value) if is_enough else None, calendar)


def _inverse(turned: Change) -> Change:
    share, bounds = turned.share.value, turned.share.interval
    value = 1 / (1 + share) - 1 if share > -1 else math.nan if math.isnan(share) else math.inf
    usable = bounds is not None and bounds.low > -1 and math.isfinite(value)
    interval = (
        Interval(1 / (1 + bounds.high) - 1, 1 / (1 + bounds.low) - 1, bounds.level) if usable and bounds else None
    )
    return Change(Estimate(value, interval, turned.share.n), turned.p_value, turned.is_enough, turned.needed)


def _needed(p_value: float) -> float | None:
    """Return the multiple of the data with which a change seen with this p-value is shown with 80 % chance."""
    if math.isnan(p_value) or p_value < SHOWN:
        return None
    # The upper 20 % of what may be seen start 0.84 standard errors below its middle: the bound of a 60 % interval.
    times = _distance(reach(1 - SHOWN) + reach(0.6), reach(1 - p_value)) ** 2
    return times if times <= MOST_NEEDED else None


def _known(daily: np.ndarray) -> int:
    return int((~np.isnan(daily)).sum())


def _relative(new: float, old: float) -> float:
    if old == 0:
        return math.inf if new > 0 else math.nan
    return (new - old) / abs(old)


def _odds(chance: float) -> float:
    return chance / (1 - chance) if chance < 1 else math.inf


def _distance(amount: float, unit: float) -> float:
    return abs(amount) / unit if unit > 0 else (0.0 if amount == 0 else math.inf)
