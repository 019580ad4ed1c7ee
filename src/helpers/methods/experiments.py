"""Two arms of an experiment: is the split sound, do they differ, and does the answer hang on a few units."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import special

from helpers.methods.distributions import reach, two_sided_p
from helpers.methods.noise import WEEK
from helpers.units import Estimate, Interval

# A split that is off by chance once in a hundred sound experiments is looked into before anything else is read.
SAMPLE_RATIO_ALPHA = 0.01
TAIL_SHARE = 0.001
OUTLIER_DEVIATIONS = 6.0
# In standard errors of the mean: what one unit may move it by without being called an outlier.
OUTLIER_PULL = 1.0


@dataclass(frozen=True)
class Difference:
    """What the treatment changed.

    `difference` is treatment less control in the metric's unit, `lift` the same as a share of control (NaN where
    control is zero). `p_value` is two-sided; NaN where it cannot be said.
    """

    difference: Estimate
    lift: Estimate
    p_value: float


@dataclass(frozen=True)
class MeanDifference(Difference):
    """A difference of means, and how much of it hangs on a few units.

    `has_outliers` says that one unit alone moves the mean of its arm by more than chance moves it.
    `robust_p_value` is the p-value with the extreme 0.1 % of units of each arm drawn in to the next one's value, and
    `depends_on_outliers` says that the verdict changes with it.
    """

    has_outliers: bool
    robust_p_value: float
    depends_on_outliers: bool


def sample_ratio(counts: Mapping[str, int], expected: Mapping[str, float]) -> float:
    """Return the chance of a split as uneven as this one where units were assigned as planned.

    Parameters
    ----------
    counts
        Units in each variant.
    expected
        Planned share of each variant, in any unit; variants without a plan are left out.

    Returns
    -------
    The p-value of the chi-square test; below `SAMPLE_RATIO_ALPHA` the assignment or the counting is broken. NaN with
    fewer than two planned variants or without units.
    """
    names = [name for name, share in expected.items() if share > 0]
    seen = np.array([counts.get(name, 0) for name in names], dtype=float)
    planned = np.array([expected[name] for name in names], dtype=float)
    if len(names) < 2 or seen.sum() == 0:
        return math.nan
    due = planned / planned.sum() * seen.sum()
    return float(special.chdtrc(len(names) - 1, ((seen - due) ** 2 / due).sum()))


def compare_proportions(
    successes_c: float, n_c: float, successes_t: float, n_t: float, *, level: float = 0.95
) -> Difference:
    """Compare the shares of independent units that succeeded in control (c) and treatment (t).

    Returns
    -------
    The interval is that of two independent proportions, the p-value that of one pooled proportion. The lift's
    interval is taken on the logarithm. Everything is NaN where an arm is empty.
    """
    if n_c <= 0 or n_t <= 0:
        return _unknown_difference(round(n_c + n_t))
    rate_c, rate_t = float(successes_c / n_c), float(successes_t / n_t)
    variance_c, variance_t = rate_c * (1 - rate_c) / n_c, rate_t * (1 - rate_t) / n_t
    pooled = (successes_c + successes_t) / (n_c + n_t)
    spread = math.sqrt(pooled * (1 - pooled) * (1 / n_c + 1 / n_t))
    p_value = two_sided_p((rate_t - rate_c) / spread) if spread > 0 else math.nan
    errors = reach(level)
    count = round(n_c + n_t)
    difference = _around(rate_t - rate_c, math.sqrt(variance_c + variance_t), errors, level, count)
    relative = variance_c / rate_c**2 + variance_t / rate_t**2 if rate_c > 0 and rate_t > 0 else math.nan
    return Difference(difference, _lift(rate_c, rate_t, relative, errors, level, count), p_value)


def compare_means(values_c: np.ndarray, values_t: np.ndarray, *, level: float = 0.95) -> MeanDifference:
    """Compare the means of independent units in control (c) and treatment (t), by Welch's test.

    Parameters
    ----------
    values_c, values_t
        One value a unit; NaN is left out.
    level
        Of the intervals; one less it is the significance at which the verdict is checked for outliers.

    Returns
    -------
    The plain means' difference. NaN without intervals where an arm has fewer than two units.
    """
    arms = [_without_nan(values_c), _without_nan(values_t)]
    count = sum(len(arm) for arm in arms)
    if min(len(arm) for arm in arms) < 2:
        unknown = _unknown_difference(count)
        return MeanDifference(
            unknown.difference,
            unknown.lift,
            math.nan,
            has_outliers=False,
            robust_p_value=math.nan,
            depends_on_outliers=False,
        )
    plain = _welch(*arms, level=level)
    robust = _welch(*[_drawn_in(arm) for arm in arms], level=level)
    return MeanDifference(
        plain.difference,
        plain.lift,
        plain.p_value,
        has_outliers=any(_has_outlier(arm) for arm in arms),
        robust_p_value=robust.p_value,
        depends_on_outliers=_turns(plain, robust, alpha=1 - level),
    )


def compare_days(pairs: pd.DataFrame, *, level: float = 0.95) -> Difference:
    """Compare two rates that are known as daily totals of both arms.

    Whatever moves both arms on the same day cancels; what is left from day to day, over-dispersion included, makes
    the interval.

    Parameters
    ----------
    pairs
        One row a day; columns `successes_c`, `trials_c`, `successes_t`, `trials_t`. Days on which one of them is NaN
        are left out.
    level
        Of the intervals.

    Returns
    -------
    Difference of the ratios of sums, with the number of days. NaN where an arm has no trials, without intervals
    under 7 days.
    """
    known = pairs[["successes_c", "trials_c", "successes_t", "trials_t"]].astype(float).dropna()
    days = len(known)
    sums = known.sum()
    if days == 0 or sums["trials_c"] <= 0 or sums["trials_t"] <= 0:
        return _unknown_difference(days)
    rate_c, rate_t = sums["successes_c"] / sums["trials_c"], sums["successes_t"] / sums["trials_t"]
    if days < WEEK:
        lift = rate_t / rate_c - 1 if rate_c > 0 else math.nan
        return Difference(Estimate(float(rate_t - rate_c), None, days), Estimate(float(lift), None, days), math.nan)
    pull_c = ((known["successes_c"] - rate_c * known["trials_c"]) / sums["trials_c"]).to_numpy()
    pull_t = ((known["successes_t"] - rate_t * known["trials_t"]) / sums["trials_t"]).to_numpy()
    spread = math.sqrt(_sum_variance(pull_t - pull_c))
    errors = reach(level, days - 1)
    p_value = two_sided_p(float(rate_t - rate_c) / spread, days - 1) if spread > 0 else math.nan
    relative = _sum_variance(pull_t / rate_t - pull_c / rate_c) if rate_c > 0 and rate_t > 0 else math.nan
    difference = _around(float(rate_t - rate_c), spread, errors, level, days)
    return Difference(difference, _lift(float(rate_c), float(rate_t), relative, errors, level, days), p_value)


def mature_days(successes_c: np.ndarray, successes_t: np.ndarray) -> np.ndarray:
    """Return which days have known outcomes in both arms: False on the trailing days that are still blank.

    Parameters
    ----------
    successes_c, successes_t
        Outcomes of the same days in order, NaN where the export left them blank.

    Returns
    -------
    One truth value a day. A blank day with known days after it is a gap, not an immature day, and stays True.
    """
    known = ~(np.isnan(np.asarray(successes_c, dtype=float)) | np.isnan(np.asarray(successes_t, dtype=float)))
    last = int(np.flatnonzero(known)[-1]) if known.any() else -1
    return np.arange(len(known)) <= last


def adjust(p_values: np.ndarray) -> np.ndarray:
    """Return p-values of several metrics of one experiment, adjusted for their number (Holm 1979); NaN stays NaN."""
    values = np.asarray(p_values, dtype=float)
    places = np.flatnonzero(~np.isnan(values))
    order = places[np.argsort(values[places], kind="stable")]
    raised = np.maximum.accumulate(values[order] * np.arange(len(order), 0, -1))
    result = np.full(len(values), np.nan)
    result[order] = np.minimum(raised, 1.0)
    return result


def _welch(values_c: np.ndarray, values_t: np.ndarray, *, level: float) -> Difference:
    count = len(values_c) + len(values_t)
    mean_c, mean_t = float(values_c.mean()), float(values_t.mean())
    variance_c, variance_t = values_c.var(ddof=1) / len(values_c), values_t.var(ddof=1) / len(values_t)
    variance = float(variance_c + variance_t)
    if variance <= 0:
        lift = mean_t / mean_c - 1 if mean_c > 0 else math.nan
        return Difference(Estimate(mean_t - mean_c, None, count), Estimate(lift, None, count), math.nan)
    freedom = variance**2 / (variance_c**2 / (len(values_c) - 1) + variance_t**2 / (len(values_t) - 1))
    p_value = two_sided_p((mean_t - mean_c) / math.sqrt(variance), freedom)
    errors = reach(level, freedom)
    relative = variance_c / mean_c**2 + variance_t / mean_t**2 if mean_c > 0 and mean_t > 0 else math.nan
    difference = _around(mean_t - mean_c, math.sqrt(variance), errors, level, count)
    return Difference(difference, _lift(mean_c, mean_t, float(relative), errors, level, count), p_value)


def _turns(plain: Difference, robust: Difference, *, alpha: float) -> bool:
    """Return whether the verdict differs, and not just by a hair around the threshold."""
    interval = plain.difference.interval
    if interval is None:
        return False
    moved = abs(plain.difference.value - robust.difference.value)
    # The interval is about four standard errors wide.
    if moved < OUTLIER_PULL / 2 * (interval.high - interval.low) / 4:
        return False
    is_shown, stays_shown = plain.p_value < alpha, robust.p_value < alpha
    return is_shown != stays_shown or (is_shown and plain.difference.value * robust.difference.value < 0)


def _drawn_in(values: np.ndarray) -> np.ndarray:
    """Return the values with the extreme 0.1 % of units, at least one, drawn in to the next one's value."""
    count = max(1, int(TAIL_SHARE * len(values)))
    ordered = np.sort(values)
    middle = float(ordered[len(values) // 2])
    if ordered[-1] - middle >= middle - ordered[0]:
        return values.clip(max=ordered[-1 - count])
    return values.clip(min=ordered[count])


def _has_outlier(values: np.ndarray) -> bool:
    """Return whether one unit moves the mean by more than the standard error that the others give it."""
    furthest = int(np.argmax(np.abs(values - np.median(values))))
    others = np.delete(values, furthest)
    spread = float(others.std(ddof=1)) if len(others) > 1 else 0.0
    distance = abs(float(values[furthest] - others.mean()))
    return spread > 0 and distance > spread * max(OUTLIER_DEVIATIONS, OUTLIER_PULL * math.sqrt(len(values)))


def _sum_variance(pulls: np.ndarray) -> float:
    return float(len(pulls) * pulls.var(ddof=1))


def _around(value: float, spread: float, errors: float, level: float, count: int) -> Estimate:
    return Estimate(value, Interval(value - errors * spread, value + errors * spread, level), count)


def _lift(base: float, treated: float, relative: float, errors: float, level: float, count: int) -> Estimate:
    if base <= 0:
        return Estimate(math.nan, None, count)
    times = treated / base
    if math.isnan(relative):
        return Estimate(times - 1, None, count)
    half = errors * math.sqrt(relative)
    return Estimate(times - 1, Interval(times * math.exp(-half) - 1, times * math.exp(half) - 1, level), count)


def _unknown_difference(count: int) -> Difference:
    return Difference(Estimate(math.nan, None, count), Estimate(math.nan, None, count), math.nan)


def _without_nan(values: np.ndarray) -> np.ndarray:
    known = np.asarray(values, dtype=float)
    left: np.ndarray = known[~np.isnan(known)]
    return left
