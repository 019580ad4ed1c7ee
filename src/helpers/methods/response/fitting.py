"""Fit the response curves of a client's channels, and say where the data and what was believed do not go together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from helpers.methods.collinearity import TOO_HIGH, variance_inflation
from helpers.methods.response.curves import saturation, slope
from helpers.methods.response.model import DAYS_A_YEAR, WEEK, History, Model, Parameters
from helpers.methods.response.priors import Prior
from helpers.methods.response.sampling import Peak, peak, sample

DRAWS = 500
TRIES = 4000
MOVES = 20

SURPRISE = 2.5
"""Standard errors between prior and data from which they conflict."""
LEAST_WIDENING = 2.0
LEARNED = 0.95
"""Data that leave the width of a prior above this share of itself say too little to contradict it."""
TRADE_OFF = -0.7
"""Correlation of two effects below which only their sum is known."""
IN_STEP = 0.5
ODD = 3.0
"""Standard deviations from the model from which a week is left out: one week in 370 lies as far by chance."""
ROUNDS = 4
MOST_ODD = 0.1
FEWEST_FREE = 20
ORDINARY = 0.8
NORMAL_REACH = 1.2816
"""Standard deviations of a normal variable that hold the inner 80 %."""


@dataclass(frozen=True)
class Response:
    """Posterior draws of the response curves, and what follows from them.

    Money of sales and of spend is that of the history; `spend` arguments are per week. Arrays of draws come first:
    a mean or quantile over axis 0 is the estimate or its interval.

    Attributes
    ----------
    model
        History and priors, the latter as widened.
    given
        Parameters of each draw.
    coefficients
        Of the base, shape (draws, columns), in units of mean sales.
    conflicts
        Channels whose data contradicted the prior; the prior was then widened and the fit repeated.
    inseparable
        Groups of channels whose effects cannot be told apart; a channel alone cannot be told from the
        season or, where its spend never changes, from the base.
    unexplained
        Weeks whose sales neither base nor media come near, such as an unannounced promotion; they were left out of
        the fit, and a forecast does not expect their like.
    seed
        Of all chance.
    """

    model: Model
    given: Parameters
    coefficients: np.ndarray
    conflicts: tuple[int, ...]
    inseparable: tuple[tuple[int, ...], ...]
    unexplained: tuple[int, ...]
    seed: int

    @property
    def history(self) -> History:
        """What was fitted."""
        return self.model.history

    @property
    def priors(self) -> tuple[Prior, ...]:
        """The priors that the draws rest on, widened where they conflicted with the data."""
        return tuple(self.model.priors)

    def contribution(self) -> np.ndarray:
        """Return the sales that each channel brought over the weeks of the history, shape (draws, channels)."""
        return np.asarray(self.given.roas * self.history.spend.sum(axis=0))

    def base_share(self) -> np.ndarray:
        """Return the share of expected sales that no channel brought, shape (draws,); NaN if no sales are known."""
        if not self.history.known.any():
            return np.full(len(self.coefficients), np.nan)
        weekly = self.model.design(self.history.weeks).mean(axis=0) @ self.coefficients.T
        media = self.contribution().sum(axis=1) / self.history.weeks / self.model.level
        return np.asarray(weekly / (weekly + media))

    def steady(self, spend: np.ndarray) -> np.ndarray:
        """Return weekly sales from each channel once a constant weekly spend has settled, shape (draws, channels)."""
        return np.asarray(self.ceiling * saturation(spend, self.half, self.given.shape))

    def marginal(self, spend: np.ndarray) -> np.ndarray:
        """Return sales per one more unit of constant weekly spend, once settled, shape (draws, channels)."""
        return np.asarray(self.ceiling * slope(spend, self.half, self.given.shape))

    @cached_property
    def half(self) -> np.ndarray:
        """Weekly spend at which each channel reaches half of its ceiling, shape (draws, channels)."""
        return np.asarray(self.given.half * self.model.unit)

    @cached_property
    def ceiling(self) -> np.ndarray:
        """Weekly sales that each channel approaches as spend grows, shape (draws, channels)."""
        return self.model.ceiling(self.given, self.model.reached(self.given))

    def forecast(self, spend: np.ndarray) -> np.ndarray:
        """Return the sales of the weeks after the history, shape (draws, weeks).

        What the history's spend still brings, trend, season and their uncertainty are in it, and the noise of the
        weeks themselves: quantiles bound what will be observed. Sales below zero are taken for none.

        Parameters
        ----------
        spend
            Shape (weeks, channels). NaN comes back if no sales are known.
        """
        if not self.history.known.any():
            return np.full((len(self.coefficients), len(spend)), np.nan)
        media = (self.model.reached(self.given, spend) * self.ceiling).sum(axis=2).T
        base = self.coefficients @ self.model.design(len(spend), skip=self.history.weeks).T
        return np.asarray(np.maximum(media + self.model.level * (base + self._coming_noise(len(spend))), 0.0))

    def widths(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the standard deviation of each channel's ln ROAS before and after the data, (channels,) each."""
        return np.array([prior.log_sd for prior in self.priors]), np.log(self.given.roas).std(axis=0)

    def _coming_noise(self, weeks: int) -> np.ndarray:
        """Return noise of the weeks after the history that goes on from its last, in units of mean sales."""
        last = int(np.flatnonzero(self.history.known)[-1])
        media = (self.model.reached(self.given)[last] * self.ceiling).sum(axis=1)
        base = self.model.design(1, skip=last)[0] @ self.coefficients.T
        noise = (self.history.sales[last] - media) / self.model.level - base
        size, kept = self.given.noise, self.given.correlation
        shocks = np.random.default_rng([self.seed, 1]).standard_normal(
            (self.history.weeks - 1 - last + weeks, len(size))
        )
        path = []
        for shock in shocks:
            noise = kept * noise + size * np.sqrt(1 - kept**2) * shock
            path.append(noise)
        return np.array(path[-weeks:]).T


def fit(history: History, priors: Sequence[Prior], *, seed: int = 7, draws: int = DRAWS) -> Response:
    """Fit response curves with saturation and carry-over.

    Laplace's approximation, importance sampling from it, and a short differential-evolution chain; the same arguments
    give the same draws.

    Parameters
    ----------
    history
        Weeks, any number; without known sales the priors come back as they are.
    priors
        One a channel.
    seed
        Of all chance.
    draws
        Number of posterior draws.

    Raises
    ------
    ValueError
        If the history is inconsistent, a channel never spends, or the number of priors is not that of channels.
    """
    if len(priors) != history.channels:
        raise ValueError("one prior for each channel is needed")
    model = Model(history.checked(), tuple(priors))
    top = peak(model.log_posterior, np.zeros(model.parameters))
    model, top, unexplained = _explained(model, top)
    surprise = _surprise(model, top)
    conflicts = tuple(np.flatnonzero(surprise > SURPRISE).tolist())
    if conflicts:
        model = _widened(model, surprise)
        top = peak(model.log_posterior, np.zeros(model.parameters))
    rng = np.random.default_rng([seed, 0])
    places = sample(model.log_posterior, top, draws, tries=TRIES, moves=MOVES, rng=rng)
    given = model.natural(places)
    coefficients = _coefficients(model, given, rng)
    return Response(model, given, coefficients, conflicts, _inseparable(history, given), unexplained, seed)


def _explained(model: Model, top: Peak) -> tuple[Model, Peak, tuple[int, ...]]:
    """Leave out the weeks that the model cannot mean, since they would pass for the work of a channel."""
    out: set[int] = set()
    for _ in range(ROUNDS):
        odd = _odd_weeks(model, top)
        if not odd or len(out | odd) > MOST_ODD * model.history.weeks:
            break
        out |= odd
        model = Model(model.history.without(out), model.priors)
        top = peak(model.log_posterior, top.mode)
    return model, top, tuple(sorted(out))


def _odd_weeks(model: Model, top: Peak) -> set[int]:
    """Return the weeks that lie further from the mode than noise reaches, judged by the inner 80 %."""
    known = int(model.history.known.sum())
    freedom = known - model.design(1).shape[1] - model.history.channels
    if freedom < FEWEST_FREE:
        return set()
    distance = np.abs(model.left_over(top.mode))
    scale = np.nanquantile(distance, ORDINARY) / NORMAL_REACH * np.sqrt(known / freedom)
    return {int(week) for week in np.flatnonzero(distance > ODD * scale)}


def _coefficients(model: Model, given: Parameters, rng: np.random.Generator) -> np.ndarray:
    if not model.history.known.any():
        return np.full((len(given.noise), 2 + 2 * model.harmonics), np.nan)
    return model.base(given, model.media(given)).draw(rng)


def _surprise(model: Model, top: Peak) -> np.ndarray:
    """Return how many standard errors each channel's data lie from its prior, 0 where they say too little.

    A posterior mean scatters around that of the prior with the variance that the data took away from it (Evans &
    Moshonov 2006).
    """
    count = model.history.channels
    returns = slice(3 * count, 4 * count)
    middle, width = np.abs(top.mode[returns]), top.sd[returns]
    return np.where(width < LEARNED, middle / np.sqrt(1 - np.minimum(width, LEARNED) ** 2), 0.0)


def _widened(model: Model, surprise: np.ndarray) -> Model:
    """Return the model with the priors in conflict so wide that the data are no longer a surprise."""
    found = zip(model.priors, surprise.tolist(), strict=True)
    priors = tuple(prior.widened(max(LEAST_WIDENING, by)) if by > SURPRISE else prior for prior, by in found)
    return Model(model.history, priors)


def _inseparable(history: History, given: Parameters) -> tuple[tuple[int, ...], ...]:
    """Group the channels that move with each other or the season, or of which only the sum is known."""
    spend = pd.DataFrame(np.log1p(history.spend))
    inflated = variance_inflation(spend, cycle=DAYS_A_YEAR / WEEK).to_numpy() >= TOO_HIGH
    stuck = inflated | (np.ptp(history.spend, axis=0) == 0)
    in_step = np.outer(stuck, stuck) & (np.abs(_correlation(spend.to_numpy())) > IN_STEP)
    traded = _correlation(np.log(given.roas)) < TRADE_OFF
    return _groups(np.diag(stuck) | in_step | traded)


def _correlation(columns: np.ndarray) -> np.ndarray:
    """Return the correlation of columns with each other, 0 where a column never changes."""
    apart = columns - columns.mean(axis=0)
    size = np.sqrt((apart**2).sum(axis=0))
    return np.asarray(apart.T @ apart / np.maximum(np.outer(size, size), 1e-300))


def _groups(linked: np.ndarray) -> tuple[tuple[int, ...], ...]:
    """Return the sets that links connect; a channel without any link, not even to itself, is in none."""
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415  loads scipy.sparse

    _, labels = connected_components(linked, directed=False)
    places = [tuple(int(i) for i in np.flatnonzero(labels == label)) for label in range(labels.max() + 1)]
    return tuple(sorted(place for place in places if linked[np.ix_(place, place)].any()))
