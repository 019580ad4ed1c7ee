"""Groups of people in mixed data: how many the data show, and whether they are more than one cloud cut in pieces.

The number of groups is the one with the least BIC of a latent class model; of several that BIC cannot tell apart, the
one whose groups come back most surely. It is only believed if they do come back when people are drawn anew (bootstrap
ARI; Hennig 2007), and if they explain the data better than as many groups explain the same data without groups:
stability alone passes on structureless data.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from helpers.methods import mixture
from helpers.methods.mixture import Classes, Mixed, rand
from helpers.methods.null import Cloud

MOST = 8
SMALLEST = 10
"""No group of fewer people is ever made."""

ALIKE = 6.0
"""Models whose BIC differs by less are not told apart (Raftery 1995: strong evidence); the stabler one is taken."""

STABLE = 0.80
ALPHA = 0.05
RESAMPLES = 50
DRAWS = 100
LARGEST = 2_500
"""Of more people than these, a random part finds the groups, and all are put into them."""

ENOUGH = 5 * SMALLEST
_SKEWED = 1.0
_FAR = 4.0
_NOTHING = 1e-12
_RARE = 0.01
_COARSE = 0.1
_CUTS = (0.2, 0.4, 0.6, 0.8)
_MOST_LEVELS = 12
_HALF = 0.5

Verdict = Literal["found", "one_group", "unstable", "like_chance", "too_few"]


@dataclass(frozen=True)
class Groups:
    """What was found.

    Parameters
    ----------
    verdict
        `found` if the groups may be shown; else why not.
    labels
        Group of each person, 0 the largest; all 0 where there is but one.
    count
        The number that describes the people best, believed or not.
    stability
        Mean adjusted Rand index between the groups and those of samples drawn anew; NaN where not looked at.
    p_value
        How often data without groups are explained as well by so many; NaN where not looked at.
    columns
        Names of the columns that told people apart.
    """

    verdict: Verdict
    labels: np.ndarray
    count: int
    stability: float
    p_value: float
    columns: tuple[str, ...]


def find(table: pd.DataFrame, *, seed: int, smallest: int = SMALLEST) -> Groups:
    """Look for groups among people.

    Parameters
    ----------
    table
        One row a person; numeric columns are numbers, all others categories; blanks are not known.
    seed
        The same seed gives the same groups.
    smallest
        The fewest people of a group; never under ten.
    """
    people, columns = prepare(table)
    nobody = np.zeros(len(table), dtype=int)
    if len(people) < ENOUGH or not columns:
        return Groups("too_few", nobody, 1, np.nan, np.nan, columns)
    rng = np.random.default_rng(seed)
    part = people if len(people) <= LARGEST else people.take(rng.choice(len(people), LARGEST, replace=False))
    alike = candidates(part, rng, max(smallest, SMALLEST))
    if alike[0].count == 1:
        return Groups("one_group", nobody, 1, np.nan, np.nan, columns)
    stabilities = [_stability(part, classes, rng) for classes in alike]
    stability, best = max(zip(stabilities, alike, strict=True), key=lambda pair: pair[0])
    if stability < STABLE:
        return Groups("unstable", nobody, best.count, stability, np.nan, columns)
    p_value = _p_value(part, best, rng)
    if p_value > ALPHA:
        return Groups("like_chance", nobody, best.count, stability, p_value, columns)
    return Groups("found", _by_size(best.classify(people)), best.count, stability, p_value, columns)


def prepare(table: pd.DataFrame) -> tuple[Mixed, tuple[str, ...]]:
    """Bring columns on one scale, and leave out those that cannot tell people apart.

    Skewed numbers become logarithms where that makes them less so, then all are standardised; values beyond four
    standard deviations are drawn in. A number of which many are equal, such as people at home, has steps and not a
    shape: it becomes a category of up to five steps. Rare levels of a category are put together. A column is left out
    where more than half is blank, nothing differs, or most levels are rare, as those of a name.
    """
    numbers: dict[str, np.ndarray] = {}
    levels: dict[str, np.ndarray] = {}
    for name in table.columns:
        column = table[name]
        if column.isna().mean() > _HALF or column.nunique() < 2:
            continue
        is_number = pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)
        if is_number and column.value_counts(normalize=True).iloc[0] < _COARSE:
            numbers[str(name)] = _standard(column.to_numpy(dtype=float, na_value=np.nan))
        elif (codes := _codes(_steps(column) if is_number else column)) is not None:
            levels[str(name)] = codes
    names = [str(name) for name in table.columns if str(name) in numbers or str(name) in levels]
    empty = np.empty((len(table), 0))
    categories = np.column_stack([empty.astype(int), *levels.values()])
    counts = tuple(int(column.max()) + 1 for column in levels.values())
    return Mixed(np.column_stack([empty, *numbers.values()]), categories, counts), tuple(names)


def candidates(people: Mixed, rng: np.random.Generator, smallest: int = SMALLEST) -> list[Classes]:
    """Fit one to eight classes and keep the models that BIC cannot tell apart from the best, fewest classes first.

    A model with a class that is too small is none. The one class alone, where it is among them: what describes people
    as well without groups needs none.
    """
    models = [mixture.fit(people, 1, "shared", rng)]
    for count in range(2, min(MOST, len(people) // smallest) + 1):
        fits = [mixture.fit(people, count, spread, rng) for spread in mixture.SPREADS]
        models += sorted((fit for fit in fits if fit.smallest >= smallest), key=lambda fit: fit.bic)[:1]
    least = min(model.bic for model in models)
    alike = [model for model in models if model.bic < least + ALIKE]
    return alike[:1] if alike[0].count == 1 else alike


def differ(labels: np.ndarray, outcome: np.ndarray, *, seed: int, draws: int = 999) -> float:
    """How often groups made by chance differ as much in an outcome: a permutation test of the ranks' group means.

    Parameters
    ----------
    labels
        Group of each person.
    outcome
        Not used in finding the groups; NaN people are left out.

    Returns
    -------
    The p-value; NaN with fewer than two groups.
    """
    is_known = ~np.isnan(outcome)
    group, rank = labels[is_known], pd.Series(outcome[is_known]).rank().to_numpy()
    if len(np.unique(group)) < 2:
        return float("nan")
    size = np.bincount(group)
    used = size > 0
    rng = np.random.default_rng(seed)

    def spread(order: np.ndarray) -> float:
        return float((np.bincount(group, weights=order)[used] ** 2 / size[used]).sum())

    seen = spread(rank)
    chance = [spread(rng.permutation(rank)) for _ in range(draws)]
    return float((1 + sum(value >= seen for value in chance)) / (1 + draws))


def _stability(people: Mixed, best: Classes, rng: np.random.Generator) -> float:
    """Draw people anew, find as many groups, and put everybody into them."""
    found = []
    for _ in range(RESAMPLES):
        again = people.take(rng.integers(0, len(people), len(people)))
        classes = mixture.fit(again, best.count, best.spread, rng)
        found.append(rand(best.labels, classes.classify(people)))
    return float(np.mean(found))


def _p_value(people: Mixed, best: Classes, rng: np.random.Generator) -> float:
    """How often as many groups explain data without groups as well; stops as soon as that is too often."""
    cloud = Cloud(people)
    seen = best.likelihood - mixture.fit(people, 1, best.spread, rng).likelihood
    better = 0
    for _ in range(DRAWS):
        chance = cloud.draw(rng)
        gain = mixture.fit(chance, best.count, best.spread, rng).likelihood
        better += gain - mixture.fit(chance, 1, best.spread, rng).likelihood >= seen
        if (1 + better) / (1 + DRAWS) > ALPHA:
            break
    return (1 + better) / (1 + DRAWS)


def _by_size(labels: np.ndarray) -> np.ndarray:
    """The labels, counted from the largest group down."""
    order = np.argsort(-np.bincount(labels), kind="stable")
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    return np.asarray(rank[labels])


def _standard(values: np.ndarray) -> np.ndarray:
    known = values[~np.isnan(values)]
    straight = min(_forms(known), key=lambda form: abs(_skewness(form)))
    centred = (straight - straight.mean()) / max(straight.std(), _NOTHING)
    result = np.full(len(values), np.nan)
    result[~np.isnan(values)] = np.clip(centred, -_FAR, _FAR)
    return result


def _forms(known: np.ndarray) -> list[np.ndarray]:
    """A number as it is and, where it is skewed, its logarithm; zeros count as half of the least that is not."""
    if abs(_skewness(known)) <= _SKEWED or known.min() < 0:
        return [known]
    least = known[known > 0].min()
    return [known, np.log(np.maximum(known, least / 2))]


def _skewness(values: np.ndarray) -> float:
    return float(((values - values.mean()) ** 3).mean() / max(values.std(), _NOTHING) ** 3)


def _steps(column: pd.Series) -> pd.Series:
    """A number cut at its fifths; a value that holds several of them is a step of its own."""
    cuts = np.unique(column.quantile(_CUTS))
    return pd.Series(np.searchsorted(cuts, column), index=column.index).where(column.notna())


def _codes(column: pd.Series) -> np.ndarray | None:
    """Levels counted from 0, most frequent first, rare ones together as the last; None where most are rare."""
    words = column.astype("string").str.strip()
    share = words.value_counts(normalize=True)
    kept = share[share >= _RARE].index[:_MOST_LEVELS]
    if share[kept].sum() < _HALF or len(share) < 2:
        return None
    codes = pd.Series(pd.Categorical(words, categories=kept).codes, index=column.index).astype(int)
    return codes.where(~(words.notna() & ~words.isin(kept)), len(kept)).to_numpy()
