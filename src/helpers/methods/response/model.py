"""The model of weekly sales: a base with trend and season, what each channel adds, and noise that hangs together.

    sales[t] = base[t] + sum over channels of ceiling * saturation(felt[t]) + noise[t]

The base is linear in its coefficients, so it is integrated out exactly (Rasmussen & Williams 2006, section 2.7); the
noise is autoregressive of order one, since sales that are high for a reason not modelled stay high for weeks, and a
model with independent noise would take that for proof. Sales are in units of their mean, spend in units of what the
channel spends in a week in which it is on.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

import numpy as np

from helpers.methods.response.curves import carry_over, saturation
from helpers.methods.response.priors import Prior

DAYS_A_YEAR = 365.25
WEEK = 7
SHORT = 40
"""Weeks under which a second harmonic of the year cannot be told from noise."""

# Priors of analysis.md 7.1 in units of mean sales, of mean spend when on, and of logs.
HALF = (np.log(1.25), 0.65)
SHAPE = (0.0, 0.3)
RETENTION = (0.01, 0.95)
RETENTION_SD = 0.9
FURTHEST = 8.0
"""Standard deviations of a prior beyond which a parameter stands still, so that no search ends in infinity."""
NOISE = (np.log(0.06), 0.5)
CORRELATION = (-0.5, 1.0)
SEASON = (np.log(0.05), 0.6)
INTERCEPT = (1.0, 1.0)
TREND_SD = 0.15
HIGHEST_SHARE = 0.95
SHARE_EDGE = 0.03
"""Media do not bring more than all sales; the edge is soft, so that the density has a slope on both sides."""


@dataclass(frozen=True)
class History:
    """Sales and spend of consecutive weeks.

    `sales` has shape (weeks,), NaN where unknown: such a week says nothing of the effect, but its spend carries over.
    `spend` has shape (weeks, channels), never NaN or negative. `start` is the first day of the first week. `before`,
    shape (k, channels), is the spend of the weeks just before, whose effect is still felt; without it each channel is
    taken to have spent before what it spent in its first four weeks.
    """

    sales: np.ndarray
    spend: np.ndarray
    start: date
    before: np.ndarray | None = None

    @property
    def weeks(self) -> int:
        """Number of weeks."""
        return len(self.spend)

    @property
    def channels(self) -> int:
        """Number of channels."""
        return int(self.spend.shape[1])

    @property
    def known(self) -> np.ndarray:
        """Whether the sales of each week are known."""
        return np.asarray(~np.isnan(self.sales))

    @property
    def early(self) -> np.ndarray:
        """Spend of the weeks before, shape (k, channels), k may be 0."""
        return np.empty((0, self.channels)) if self.before is None else self.before

    def without(self, weeks: Collection[int]) -> History:
        """Return the same history with the sales of some weeks unknown."""
        sales = self.sales.copy()
        sales[list(weeks)] = np.nan
        return replace(self, sales=sales)

    def checked(self) -> History:
        """Return itself if it can be fitted.

        Raises
        ------
        ValueError
            If shapes do not fit, spend is missing or negative, a channel never spends, or sales are not positive.
        """
        if self.spend.ndim != 2 or self.sales.shape != (self.weeks,) or self.early.shape[1:] != self.spend.shape[1:]:
            raise ValueError("sales need one value a week, spend one row a week and one column a channel")
        if not (np.isfinite(self.spend).all() and np.isfinite(self.early).all()):
            raise ValueError("spend must be known in every week")
        if (self.spend < 0).any() or (self.early < 0).any() or not self.spend.any(axis=0).all():
            raise ValueError("spend must not be negative, and every channel must spend in some week")
        if self.known.any() and not np.nanmean(self.sales) > 0:
            raise ValueError("sales must be positive on average")
        return self


@dataclass(frozen=True)
class Parameters:
    """Parameter sets in natural units, (draws, channels) each or (draws,).

    `half` is in units of the channel's spend when on; `roas` in sales per unit of spend; `noise` (standard deviation)
    and `season` (of the first harmonic) in units of mean sales.
    """

    retention: np.ndarray
    half: np.ndarray
    shape: np.ndarray
    roas: np.ndarray
    noise: np.ndarray
    correlation: np.ndarray
    season: np.ndarray


@dataclass(frozen=True)
class Base:
    """What is known of the coefficients of the base, given all other parameters of each draw.

    `middle` (draws, columns) and `root` (draws, columns, columns): the Cholesky root of their precision.
    """

    middle: np.ndarray
    root: np.ndarray
    log_density: np.ndarray

    def draw(self, rng: np.random.Generator) -> np.ndarray:
        """Return one set of coefficients for each draw, shape (draws, columns)."""
        normal = rng.standard_normal(self.middle.shape)[..., None]
        return np.asarray(self.middle + np.linalg.solve(np.swapaxes(self.root, 1, 2), normal)[..., 0])


@dataclass(frozen=True)
class Model:
    """A history and the priors of its channels, as a density over parameter sets on the prior's scale."""

    history: History
    priors: Sequence[Prior]

    @cached_property
    def level(self) -> float:
        """Mean weekly sales; 1 if none are known."""
        return float(np.nanmean(self.history.sales)) if self.history.known.any() else 1.0

    @cached_property
    def unit(self) -> np.ndarray:
        """What each channel spends in a week in which it is on."""
        spend = self.history.spend
        return np.asarray(spend.sum(axis=0) / (spend > 0).sum(axis=0))

    @property
    def parameters(self) -> int:
        """Number of parameters of a set."""
        return 4 * self.history.channels + 3

    def natural(self, places: np.ndarray) -> Parameters:
        """Turn parameter sets from the prior's scale, shape (draws, parameters), into natural units."""
        count = self.history.channels
        places = np.clip(places, -FURTHEST, FURTHEST)
        carried, half, shape, roas = (places[:, i * count : (i + 1) * count] for i in range(4))
        noise, correlation, season = places[:, 4 * count :].T
        middle = np.clip([prior.retention for prior in self.priors], *RETENTION)
        usual = np.log([prior.roas for prior in self.priors])
        width = np.array([prior.log_sd for prior in self.priors])
        return Parameters(
            retention=_logistic(np.log(middle / (1 - middle)) + RETENTION_SD * carried),
            half=_lognormal(HALF, half),
            shape=_lognormal(SHAPE, shape),
            roas=np.exp(usual + width * roas),
            noise=_lognormal(NOISE, noise),
            correlation=_logistic(CORRELATION[0] + CORRELATION[1] * correlation),
            season=_lognormal(SEASON, season),
        )

    def reached(self, given: Parameters, future: np.ndarray | None = None) -> np.ndarray:
        """Return how near each channel comes to its ceiling, shape (weeks, draws, channels).

        The weeks are those of the history, or those of a future spend that follows on it.
        """
        parts = [self.history.early, self.history.spend] + ([] if future is None else [future])
        weeks = self.history.weeks if future is None else len(future)
        felt = carry_over(np.vstack(parts) / self.unit, given.retention)[-weeks:]
        return saturation(felt, given.half, given.shape)

    def ceiling(self, given: Parameters, reached: np.ndarray) -> np.ndarray:
        """Return weekly sales of each channel at full saturation, (draws, channels), so that its ROAS comes out."""
        mean = reached.mean(axis=0)
        return np.asarray(given.roas * self.history.spend.mean(axis=0) / np.maximum(mean, 1e-300))

    def media(self, given: Parameters) -> np.ndarray:
        """Return what all channels together bring in each week, (weeks, draws), in units of mean sales."""
        reached = self.reached(given)
        return np.asarray(np.einsum("tnk,nk->tn", reached, self.ceiling(given, reached)) / self.level)

    def left_over(self, place: np.ndarray) -> np.ndarray:
        """Return what one parameter set leaves unexplained of each week, (weeks,), in units of mean sales."""
        given = self.natural(place[None])
        media = self.media(given)
        base = self.design(self.history.weeks) @ self.base(given, media).middle[0]
        return np.asarray(self.history.sales / self.level - base - media[:, 0])

    def log_posterior(self, places: np.ndarray) -> np.ndarray:
        """Return the log density of parameter sets on the prior's scale, but for a constant."""
        given = self.natural(places)
        media = self.media(given)
        excess = np.maximum(media.mean(axis=0) - HIGHEST_SHARE, 0) / SHARE_EDGE
        prior = -0.5 * (places**2).sum(axis=1)
        if not self.history.known.any():
            return np.asarray(prior)
        return np.asarray(prior + self.base(given, media).log_density - 0.5 * excess**2)

    def base(self, given: Parameters, media: np.ndarray) -> Base:
        """Return the base given what media bring (weeks, draws), all in units of mean sales."""
        known = self.history.known
        design = self.design(self.history.weeks)[known]
        middle, spread = self._coefficients(given)
        left = (self.history.sales[known] / self.level - design @ middle)[:, None] - media[known]
        kept = given.correlation ** np.diff(np.flatnonzero(known))[:, None]
        fresh = 1 - kept**2
        values = _whiten(left[..., None], kept, fresh)[..., 0] / given.noise
        columns = np.moveaxis(_whiten(design[:, None, :], kept, fresh) / given.noise[:, None], 1, 0)
        precision = np.swapaxes(columns, 1, 2) @ columns + spread[..., None] ** -2.0 * np.eye(design.shape[1])
        root = np.linalg.cholesky(precision)
        pulled = np.linalg.solve(root, np.swapaxes(columns, 1, 2) @ values.T[..., None])
        found = np.linalg.solve(np.swapaxes(root, 1, 2), pulled)[..., 0]
        volume = np.log(np.diagonal(root, axis1=1, axis2=2)).sum(axis=1) + np.log(spread).sum(axis=1)
        scale = len(values) * np.log(given.noise) + 0.5 * np.log(fresh).sum(axis=0)
        size = (values**2).sum(axis=0) - (pulled[..., 0] ** 2).sum(axis=1)
        return Base(middle + found, root, np.asarray(-0.5 * size - scale - volume))

    def design(self, weeks: int, *, skip: int = 0) -> np.ndarray:
        """Return the columns of the base, shape (weeks, columns): level, years passed, waves of the year.

        The first `skip` weeks from the start of the history are left out.
        """
        days = WEEK * np.arange(skip, skip + weeks)
        first = self.history.start + timedelta(days=WEEK // 2)
        angle = 2 * np.pi * (first.timetuple().tm_yday + days) / DAYS_A_YEAR
        waves = [wave(j * angle) for j in range(1, self.harmonics + 1) for wave in (np.sin, np.cos)]
        years = (days - WEEK * (self.history.weeks - 1) / 2) / DAYS_A_YEAR
        return np.column_stack([np.ones(weeks), years, *waves])

    @property
    def harmonics(self) -> int:
        """Number of waves of the year that the base may have."""
        return 1 if self.history.weeks < SHORT else 2

    def _coefficients(self, given: Parameters) -> tuple[np.ndarray, np.ndarray]:
        """Return prior means (columns,) and standard deviations (draws, columns) of the base's coefficients."""
        orders = np.repeat(np.arange(1, self.harmonics + 1), 2)
        waves = given.season[:, None] / orders
        fixed = np.broadcast_to([INTERCEPT[1], TREND_SD], (len(waves), 2))
        return np.array([INTERCEPT[0], 0.0, *np.zeros(len(orders))]), np.hstack([fixed, waves])


def _whiten(values: np.ndarray, kept: np.ndarray, fresh: np.ndarray) -> np.ndarray:
    """Take from each week what the week before already said, so that what is left is independent."""
    later = (values[1:] - kept[..., None] * values[:-1]) / np.sqrt(fresh)[..., None]
    return np.concatenate([np.broadcast_to(values[:1], (1, *later.shape[1:])), later])


def _logistic(values: np.ndarray) -> np.ndarray:
    return np.asarray(1 / (1 + np.exp(-values)))


def _lognormal(prior: tuple[float, float], values: np.ndarray) -> np.ndarray:
    return np.asarray(np.exp(prior[0] + prior[1] * values))
