"""The same data without groups: one cloud with the correlations of the data, each column as wide and as flat.

Every column is a function of one coordinate of a joint normal distribution. Numbers keep how flat or heavy-tailed they
are, but never have two humps; categories keep their levels and shares. Whatever clusters in such data does so for the
shape of single columns, not because there are groups.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import special

from helpers.methods.mixture import Mixed

_CLOSEST = 0.99
_HEAVIEST = 6.0

_AXIS = np.linspace(-6.0, 6.0, 601)


@dataclass(frozen=True)
class _Column:
    """What is kept of a column.

    `places` are the column's values as normal coordinates, `kept` the share of a normal variance that they show, and
    `value` turns normal coordinates into values.
    """

    places: np.ndarray
    kept: float
    value: Callable[[np.ndarray], np.ndarray]


class Cloud:
    """One cloud of people in the likeness of the data.

    Parameters
    ----------
    people
        The data; draws have as many people, and know as much of each.
    """

    def __init__(self, people: Mixed) -> None:
        self._people = people
        first = people.scores[:, 0] if people.scores.shape[1] else np.zeros(len(people))
        self._columns = [_number(column) for column in people.numbers.T]
        self._columns += [_category(column, first) for column in people.categories.T]
        self._root = _root(self._columns)

    def draw(self, rng: np.random.Generator) -> Mixed:
        """Draw as many people without groups."""
        people = self._people
        normal = rng.standard_normal((len(people), len(self._columns))) @ self._root.T
        values = [column.value(place) for column, place in zip(self._columns, normal.T, strict=True)]
        width = people.numbers.shape[1]
        numbers = np.column_stack([np.empty((len(people), 0)), *values[:width]])
        numbers = (numbers - numbers.mean(axis=0)) / np.maximum(numbers.std(axis=0), 1e-9)
        levels = np.column_stack([np.empty((len(people), 0)), *values[width:]]).astype(int)
        numbers[people.known == 0] = np.nan
        levels[people.categories < 0] = -1
        return Mixed(numbers, levels, people.levels)


def _root(columns: list[_Column]) -> np.ndarray:
    """A root of the normal correlations that show as those of the data."""
    places = np.column_stack([column.places for column in columns])
    shown = np.array([column.kept for column in columns])
    joint = np.clip(np.cov(places, rowvar=False, ddof=0).reshape(len(columns), -1) / np.outer(shown, shown), -1, 1)
    joint *= _CLOSEST
    np.fill_diagonal(joint, 1.0)
    size, axes = np.linalg.eigh(joint)
    root = axes * np.sqrt(np.maximum(size, 0.0))
    return np.asarray(root / np.sqrt((root**2).sum(axis=1, keepdims=True)))


def _number(column: np.ndarray) -> _Column:
    known = column[~np.isnan(column)]
    excess = float((known**4).mean() / (known**2).mean() ** 2 - 3)
    return _Column(np.nan_to_num(column), 1.0, _shape(excess))


def _shape(excess: float) -> Callable[[np.ndarray], np.ndarray]:
    """One hump with this excess of kurtosis: symmetric beta, at the flattest uniform, or Student's."""
    chance = special.ndtr(_AXIS)
    if excess < 0:
        form = max(1.0, -3 / excess - 1.5)
        values = (special.betaincinv(form, form, chance) - 0.5) * 2 * np.sqrt(2 * form + 1)
    else:
        freedom = 4 + 6 / min(max(excess, 1e-3), _HEAVIEST)
        values = special.stdtrit(freedom, chance) * np.sqrt(1 - 2 / freedom)
    return lambda place: np.asarray(np.interp(place, _AXIS, values))


def _category(column: np.ndarray, first: np.ndarray) -> _Column:
    """Levels in the order in which they lie along the axis that tells people apart best."""
    count = int(column.max()) + 1
    means = [first[column == level].mean() if (column == level).any() else np.inf for level in range(count)]
    order = np.argsort(means, kind="stable")
    rank = np.empty(count, dtype=int)
    rank[order] = np.arange(count)
    return _steps(np.where(column < 0, -1, rank[column]), order)


def _steps(codes: np.ndarray, values: np.ndarray) -> _Column:
    """A column of ordered levels: each is a stretch of the normal axis, and stands at its mean."""
    counts = np.bincount(codes[codes >= 0], minlength=len(values))
    edges = np.concatenate([[0.0], np.cumsum(counts) / counts.sum()])
    edges[-1] = 1.0
    heights = np.exp(-0.5 * special.ndtri(edges) ** 2) / np.sqrt(2 * np.pi)
    means = np.where(counts > 0, -np.diff(heights) / np.maximum(np.diff(edges), 1e-12), 0.0)
    places = np.where(codes >= 0, means[codes], 0.0)
    inner = special.ndtri(edges[1:-1])
    return _Column(places, max(float(places.var()), 1e-9), lambda place: values[np.searchsorted(inner, place)])
