"""Latent classes in mixed data: groups within which numbers are normal and categories have chances of their own.

The model of a class is a product over the columns (Lazarsfeld & Henry 1968; Banfield & Raftery 1993 for the numbers),
so that a column which a person does not answer simply says nothing of them. It is fitted by expectation and
maximisation (Dempster, Laird & Rubin 1977), from classes found by k-means on the scores of a factor analysis of mixed
data (Pagès 2004).
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

import numpy as np

Spread = Literal["own", "shared"]
"""Whether each class has a variance of its own in every number, or all classes the same."""

SPREADS: tuple[Spread, ...] = ("shared", "own")

STARTS = 8
_FIRST_ROUNDS = 6
_ROUNDS = 200
_TOLERANCE = 1e-5
# What is known before looking: two people with a tenth of the whole variance in each class, and one person who
# answers each category as all people do. It keeps a class from shrinking onto equal values.
_WEIGHT, _VARIANCE = 2.0, 0.1
_EMPTY = 1e-9
_NOBODY = np.empty(0, dtype=int)


@dataclass(frozen=True)
class Mixed:
    """People by columns.

    Parameters
    ----------
    numbers
        Shape (people, numbers), each column with mean 0 and variance 1; NaN where not known.
    categories
        Shape (people, categories), each column counting its levels from 0; -1 where not known.
    levels
        How many levels each category has.
    """

    numbers: np.ndarray
    categories: np.ndarray
    levels: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.numbers)

    def take(self, people: np.ndarray) -> Mixed:
        """The people at these positions, in this order."""
        return Mixed(self.numbers[people], self.categories[people], self.levels)

    @property
    def answers(self) -> tuple[np.ndarray, ...]:
        """One table a category, shape (people, levels): 1 at the level of each person, all 0 where not known."""
        return tuple(
            (column[:, None] == np.arange(count)).astype(float)
            for column, count in zip(self.categories.T, self.levels, strict=True)
        )

    @property
    def known(self) -> np.ndarray:
        """1 where a number is known, else 0."""
        return np.asarray(~np.isnan(self.numbers), dtype=float)

    @property
    def filled(self) -> np.ndarray:
        """The numbers, 0 where not known."""
        return np.asarray(np.nan_to_num(self.numbers))

    @cached_property
    def design(self) -> np.ndarray:
        """What sums describe a class: squares, values and presence of the numbers, then all answers; people across."""
        return np.ascontiguousarray(np.hstack([self.filled**2, self.filled, self.known, *self.answers]).T)

    @cached_property
    def alike(self) -> np.ndarray:
        """Shape (levels of all categories, the same): 1 where two levels are of one category."""
        owner = np.repeat(np.arange(len(self.levels)), self.levels)
        return np.asarray(owner[:, None] == owner, dtype=float)

    @cached_property
    def answer_shares(self) -> np.ndarray:
        """Share of each level of all categories among the people who answer."""
        seen = self.design[3 * self.numbers.shape[1] :].sum(axis=1) + _EMPTY
        return np.asarray(seen / (seen @ self.alike))

    @cached_property
    def scores(self) -> np.ndarray:
        """Scores of a factor analysis of mixed data (Pagès 2004), shape (people, dimensions kept).

        Numbers are standard, categories are indicators over the root of their share, both centred; the singular
        vectors with more than the mean variance of a column are kept, and never fewer than two where there are two.
        """
        columns = [self.filled]
        for answered in self.answers:
            share = answered.mean(axis=0)
            is_used = share > 0
            columns.append((answered[:, is_used] - share[is_used]) / np.sqrt(share[is_used]))
        table = np.hstack(columns)
        left, size, _ = np.linalg.svd(table - table.mean(axis=0), full_matrices=False)
        kept = max(int((size**2 / len(self) > 1).sum()), min(2, len(size)))
        return np.asarray(left[:, :kept] * size[:kept])


@dataclass(frozen=True)
class Classes:
    """A fitted mixture.

    `labels` holds the likeliest class of each person, `likelihood` the log likelihood of the data, `parameters` how
    many were fitted. Means and variances are of shape (classes, numbers), chances of (classes, levels of all
    categories).
    """

    count: int
    spread: Spread
    labels: np.ndarray
    likelihood: float
    parameters: int
    shares: np.ndarray
    means: np.ndarray
    variances: np.ndarray
    chances: np.ndarray

    @property
    def bic(self) -> float:
        """Schwarz's criterion; less is better."""
        return -2 * self.likelihood + self.parameters * math.log(len(self.labels))

    @property
    def smallest(self) -> int:
        """People in the smallest class."""
        return int(np.bincount(self.labels, minlength=self.count).min())

    def classify(self, people: Mixed) -> np.ndarray:
        """The likeliest class of each person, who need not have been fitted."""
        return np.asarray(_densities(self, people).argmax(axis=0))


def fit(people: Mixed, count: int, spread: Spread, rng: np.random.Generator) -> Classes:
    """Fit so many classes; of several starts, the best after a few rounds goes on (Biernacki et al. 2003)."""
    if count == 1:
        return _climb(people, np.ones((1, len(people))), spread, _ROUNDS)[0]
    from scipy.cluster.vq import kmeans2  # noqa: PLC0415  a third of a second that most pages do not need

    with warnings.catch_warnings():
        # A start with an empty class is as good as any.
        warnings.simplefilter("ignore", UserWarning)
        first = [kmeans2(people.scores, count, minit="++", rng=rng)[1] for _ in range(STARTS)]
    begun = [_climb(people, np.eye(count)[:, labels], spread, _FIRST_ROUNDS) for labels in first]
    _, weights = max(begun, key=lambda one: one[0].likelihood)
    return _climb(people, weights, spread, _ROUNDS)[0]


def _climb(people: Mixed, weights: np.ndarray, spread: Spread, rounds: int) -> tuple[Classes, np.ndarray]:
    """Expect and maximise by turns until the likelihood stands still, or for so many rounds."""
    last = -math.inf
    found = _maximise(people, weights, spread)
    for _ in range(rounds):
        weights, likelihood = _expect(found, people)
        found = replace(found, labels=weights.argmax(axis=0), likelihood=likelihood)
        if likelihood - last < _TOLERANCE * len(people):
            break
        last = likelihood
        found = replace(_maximise(people, weights, spread), labels=found.labels, likelihood=likelihood)
    return found, weights


def _expect(found: Classes, people: Mixed) -> tuple[np.ndarray, float]:
    """How far each person belongs to each class, and the log likelihood of all."""
    density = _densities(found, people)
    top = density.max(axis=0)
    weights = np.exp(density - top)
    total = weights.sum(axis=0)
    return weights / total, float(top.sum() + np.log(total).sum())


def _maximise(people: Mixed, weights: np.ndarray, spread: Spread) -> Classes:
    """The parameters under which people who belong to the classes in these shares are likeliest."""
    count, width = len(weights), people.numbers.shape[1]
    size = weights.sum(axis=1) + _EMPTY
    sums = weights @ people.design.T
    squares, values, known, answered = np.split(sums, [width, 2 * width, 3 * width], axis=1)
    known = known + _EMPTY
    means = values / known
    scatter = np.maximum(squares - known * means**2, 0.0)
    if spread == "shared":
        scatter, known = scatter.sum(axis=0, keepdims=True), known.sum(axis=0, keepdims=True)
    variances = (scatter + _WEIGHT * _VARIANCE) / (known + _WEIGHT)
    chances = (answered + people.answer_shares) / (answered @ people.alike + 1.0)
    parameters = count - 1 + width * (count + len(variances)) + count * sum(levels - 1 for levels in people.levels)
    return Classes(
        count, spread, _NOBODY, math.nan, parameters, size / size.sum(), means, variances + 0 * means, chances
    )


def _densities(found: Classes, people: Mixed) -> np.ndarray:
    """Log of share times density, shape (classes, people)."""
    inverse = 1.0 / found.variances
    level = found.means**2 * inverse + np.log(2 * math.pi * found.variances)
    weights = np.hstack([-0.5 * inverse, found.means * inverse, -0.5 * level, np.log(found.chances)])
    return np.asarray(weights @ people.design + np.log(found.shares)[:, None])


def rand(one: Sequence[int] | np.ndarray, other: Sequence[int] | np.ndarray) -> float:
    """The adjusted Rand index of two partitions of the same people (Hubert & Arabie 1985): 1 equal, 0 as by chance."""
    table = np.zeros((int(np.max(one)) + 1, int(np.max(other)) + 1))
    np.add.at(table, (np.asarray(one), np.asarray(other)), 1)
    together = _pairs(table).sum()
    rows, columns = _pairs(table.sum(axis=1)).sum(), _pairs(table.sum(axis=0)).sum()
    due = rows * columns / _pairs(np.array(float(table.sum())))
    most = (rows + columns) / 2
    return 1.0 if most == due else float((together - due) / (most - due))


def _pairs(counts: np.ndarray) -> np.ndarray:
    return np.asarray(counts * (counts - 1) / 2)
