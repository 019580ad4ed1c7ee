"""How much of what will be counted of a day is counted already: conversions come in for days after the click.

The development of claims in insurance (Mack 1993), for exports: what one export says of a day is set beside what a
later one says of it. With exports at any distance from each other, factors for every age are not to be had; the share
that has arrived is taken to be p at once and the rest exponentially later, which two numbers describe.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from helpers.units import Estimate, Interval

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

FEWEST_EVENTS = 50.0
FEWEST_DAYS = 7
RESAMPLES = 400

_AT_ONCE = np.linspace(0.02, 1.0, 50)
_DELAYS = np.geomspace(0.5, 30.0, 30)
# Every curve that is tried: one row each, the share at once and the mean delay of the rest in days.
_CURVES = np.array([(at_once, delay) for at_once in _AT_ONCE[:-1] for delay in _DELAYS] + [(1.0, 1.0)])


@dataclass(frozen=True)
class Seen:
    """Days that stand in two exports, one row each.

    Parameters
    ----------
    day
        Which day; only equality counts, for the rows of one day hang together.
    age, later_age
        Days from the day itself to the older and to the newer export.
    count, later_count
        What they say was counted; never negative.
    """

    day: NDArray[np.int64]
    age: Floats
    later_age: Floats
    count: Floats
    later_count: Floats


@dataclass(frozen=True)
class Development:
    """The curve of arrival.

    Parameters
    ----------
    curve
        Share at once, and mean delay of the rest in days.
    draws
        The same for each draw of the days anew, shape (draws, 2).
    """

    curve: Floats
    draws: Floats

    def arrived(self, ages: Floats) -> Floats:
        """The share that has arrived at each age in days, shape (ages,), between 0 and 1."""
        return _arrived(self.curve[None, :], ages).ravel()

    def share(self, ages: Floats, counts: Floats, *, level: float = 0.9) -> Estimate:
        """What is counted of some days so far, as a share of what will be.

        Parameters
        ----------
        ages, counts
            Of each day, shape (days,).
        level
            Chance that the interval holds the true share.

        Returns
        -------
        NaN without an interval where nothing is counted yet.
        """
        if not counts.sum():
            return Estimate(float("nan"))
        shares = counts.sum() / (counts / _arrived(np.vstack([self.curve, self.draws]), ages)).sum(axis=1)
        low, high = np.quantile(shares[1:], [(1 - level) / 2, (1 + level) / 2])
        return Estimate(float(shares[0]), Interval(float(low), float(high), level), int(counts.sum()))


def fit(seen: Seen, *, seed: int = 7) -> Development | None:
    """Find the curve of arrival; the interval comes from drawing the days anew.

    Parameters
    ----------
    seen
        Pairs of exports of the same days.
    seed
        Of the draws.

    Returns
    -------
    None where the pairs hold fewer than 7 days or 50 events: too little is known.
    """
    days, place = np.unique(seen.day, return_inverse=True)
    if len(days) < FEWEST_DAYS or seen.later_count.sum() < FEWEST_EVENTS:
        return None
    # The older count scatters around the newer one times the ratio of what had arrived; a smaller weight for large
    # days keeps one of them from deciding alone.
    ratio = _arrived(_CURVES, seen.age) / _arrived(_CURVES, seen.later_age)
    weight = 1 / np.maximum(seen.later_count, 1.0)
    by_day = np.zeros((len(days), len(_CURVES)))
    np.add.at(by_day, place, (weight * (seen.count - ratio * seen.later_count) ** 2).T)
    drawn = np.random.default_rng(seed).multinomial(len(days), np.full(len(days), 1 / len(days)), size=RESAMPLES)
    return Development(_CURVES[by_day.sum(axis=0).argmin()], _CURVES[(drawn @ by_day).argmin(axis=1)])


def _arrived(curves: Floats, ages: Floats) -> Floats:
    """The share that has arrived, shape (curves, ages)."""
    at_once, delay = curves[:, :1], curves[:, 1:]
    arrived: Floats = 1 - (1 - at_once) * np.exp(-np.maximum(ages, 0.0)[None, :] / delay)
    return arrived
