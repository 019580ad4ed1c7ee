"""Planted groups are found, structureless data are refused, and the parts agree with what can be worked out by hand."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from helpers.methods import mixture, segments
from helpers.methods.mixture import Mixed
from helpers.methods.null import Cloud


def planted(seed: int, people: int = 600, groups: int = 3) -> tuple[pd.DataFrame, np.ndarray]:
    """Groups that lie apart in two skewed numbers and lean to categories of their own."""
    rng = np.random.default_rng(seed)
    group = rng.integers(0, groups, people)
    numbers = np.exp(0.5 * (np.array([[0, 0], [3, 0], [0, 3]])[group] + rng.normal(0, 1, (people, 2))))
    word = np.where(rng.random(people) < 0.7, group, rng.integers(0, groups, people))
    table = pd.DataFrame({"spend": numbers[:, 0], "visits": numbers[:, 1], "home": np.array(list("abc"))[word]})
    return table, group


def normal(rng: np.random.Generator) -> pd.DataFrame:
    return pd.DataFrame(rng.normal(size=(400, 5)))


def correlated(rng: np.random.Generator) -> pd.DataFrame:
    return pd.DataFrame(rng.normal(size=(400, 4)) @ rng.normal(size=(4, 4)))


def even(rng: np.random.Generator) -> pd.DataFrame:
    return pd.DataFrame(rng.uniform(size=(400, 2)))


def skewed(rng: np.random.Generator) -> pd.DataFrame:
    return pd.DataFrame(np.exp(rng.normal(size=(400, 3))))


def mixed(rng: np.random.Generator) -> pd.DataFrame:
    """Numbers and categories that hang together through one thing that has no groups."""
    common = rng.normal(size=400)
    columns = {f"n{i}": common + rng.normal(size=400) for i in range(3)}
    cuts = {f"c{i}": np.digitize(common + rng.normal(size=400), [-1.0, 0.5]).astype(str) for i in range(3)}
    return pd.DataFrame(columns | cuts)


def counted(rng: np.random.Generator) -> pd.DataFrame:
    return pd.DataFrame(rng.poisson(rng.gamma(1.0, 2.0, 400)[:, None], size=(400, 3)))


def test_planted_groups_are_found_with_their_number() -> None:
    table, truth = planted(1)

    found = segments.find(table, seed=1)

    assert (found.verdict, found.count) == ("found", 3)
    assert mixture.rand(found.labels, truth) > 0.8
    assert found.stability >= segments.STABLE
    assert found.p_value <= segments.ALPHA
    sizes = np.bincount(found.labels)
    assert list(sizes) == sorted(sizes, reverse=True)


SLOW = [pytest.param(shape, marks=pytest.mark.slow) for shape in (correlated, even, mixed, counted)]


@pytest.mark.parametrize("shape", [normal, skewed, *SLOW])
def test_structureless_data_are_refused(shape: Callable[[np.random.Generator], pd.DataFrame]) -> None:
    verdicts = [segments.find(shape(np.random.default_rng(seed)), seed=seed).verdict for seed in range(6)]

    assert verdicts.count("found") <= 1


def test_the_published_groups_of_a_mall_are_found(dataset) -> None:
    """Every published analysis of income and spending score finds five."""
    table = pd.read_csv(dataset("mall_customers/Mall_Customers.csv")).iloc[:, 3:5]

    found = segments.find(table, seed=1)

    assert found.verdict == "found"
    assert sorted(np.bincount(found.labels)) == pytest.approx([22, 23, 35, 39, 81], abs=4)


def test_no_group_has_fewer_than_ten_people() -> None:
    rng = np.random.default_rng(4)
    far = pd.DataFrame(np.vstack([rng.normal(0, 1, (150, 3)), rng.normal(9, 0.5, (8, 3))]))

    assert np.bincount(segments.find(far, seed=1).labels).min() >= segments.SMALLEST


def test_too_few_people_or_no_column_that_differs_is_said() -> None:
    assert segments.find(planted(2)[0].head(30), seed=1).verdict == "too_few"
    assert segments.find(pd.DataFrame({"one": ["x"] * 100}), seed=1).verdict == "too_few"


@pytest.mark.slow
def test_many_people_are_all_put_into_the_groups_that_a_part_shows() -> None:
    table, truth = planted(3, people=segments.LARGEST * 2)

    found = segments.find(table, seed=1)

    assert len(found.labels) == len(table)
    assert mixture.rand(found.labels, truth) > 0.8


def test_the_same_seed_gives_the_same_groups() -> None:
    table, _ = planted(5)

    first, again = (segments.find(table, seed=2) for _ in range(2))

    assert (first.labels == again.labels).all()
    assert (first.stability, first.p_value) == (again.stability, again.p_value)


@pytest.mark.slow
def test_scale_and_unit_of_a_number_do_not_matter() -> None:
    table, _ = planted(6)

    first, other = (segments.find(each, seed=2) for each in (table, table.assign(spend=table["spend"] * 1e6)))

    assert mixture.rand(first.labels, other.labels) == pytest.approx(1.0)


def test_blanks_say_nothing_and_hide_no_group() -> None:
    table, truth = planted(7)
    rng = np.random.default_rng(0)
    holes = table.mask(rng.random(table.shape) < 0.1)

    found = segments.find(holes, seed=1)

    assert found.verdict == "found"
    assert mixture.rand(found.labels, truth) > 0.7


def test_columns_that_cannot_tell_people_apart_are_left_out() -> None:
    people = 200
    table = pd.DataFrame(
        {
            "name": [f"n{i}" for i in range(people)],
            "same": 1.0,
            "blank": [1.0, 2.0, 3.0] + [np.nan] * (people - 3),
            "age": np.arange(people) % 61,
            "club": ["yes", "no"] * (people // 2),
        }
    )

    assert segments.prepare(table)[1] == ("age", "club")


def test_a_number_with_few_values_becomes_steps() -> None:
    people, names = segments.prepare(pd.DataFrame({"at_home": [1] * 50 + [2] * 30 + [3] * 10 + [6] * 10}))

    assert names == ("at_home",)
    assert people.numbers.shape[1] == 0
    assert sorted(np.bincount(people.categories[:, 0])) == [20, 30, 50]


def test_rand_agrees_with_a_calculation_by_hand() -> None:
    """Hubert and Arabie: of six people, pairs together in both 2, in one 4, in the other 3, of 15."""
    one, other = [0, 0, 0, 1, 1, 2], [0, 0, 1, 1, 1, 2]

    due = 4 * 4 / 15
    assert mixture.rand(one, other) == pytest.approx((2 - due) / (4 - due))
    assert mixture.rand(one, [5, 5, 5, 0, 0, 3]) == 1.0


def test_a_class_agrees_with_moments_and_shares_by_hand() -> None:
    """Two classes far apart: each has the mean of its own people, and shares with one more person as all answer."""
    low, high = [-1.1, -1.0, -0.9, -1.0] * 10, [1.1, 1.0, 0.9, 1.0] * 10
    people = Mixed(np.array([[x] for x in low + high]), np.array([[0]] * 40 + [[1]] * 40), (2,))

    found = mixture.fit(people, 2, "shared", np.random.default_rng(1))

    assert sorted(found.means[:, 0]) == pytest.approx([-1, 1], abs=1e-6)
    assert sorted(found.chances[:, 0]) == pytest.approx([0.5 / 41, 40.5 / 41], abs=1e-6)
    squares = 80 * 0.005
    assert found.variances[:, 0] == pytest.approx((squares + 2 * 0.1) / (80 + 2), abs=1e-6)
    assert found.parameters == 1 + 2 + 1 + 2


def test_a_cloud_keeps_correlations_shares_and_flatness() -> None:
    rng = np.random.default_rng(8)
    common = rng.normal(size=4000)
    flat = rng.uniform(size=4000)
    table = pd.DataFrame(
        {"x": common + rng.normal(size=4000), "y": common + rng.normal(size=4000), "flat": flat}
        | {"step": np.where(common > 0.8, "many", "few")}
    )
    people, _ = segments.prepare(table)

    drawn = Cloud(people).draw(rng)

    assert np.corrcoef(drawn.numbers[:, 0], drawn.numbers[:, 1])[0, 1] == pytest.approx(0.5, abs=0.06)
    assert np.bincount(drawn.categories[:, 0]) / 4000 == pytest.approx(
        np.bincount(people.categories[:, 0]) / 4000, abs=0.03
    )
    kurtosis = (drawn.numbers**4).mean(axis=0) - 3
    assert kurtosis[2] == pytest.approx(-1.2, abs=0.1)
    tied = [np.corrcoef(each.numbers[:, 0], each.categories[:, 0])[0, 1] for each in (people, drawn)]
    assert abs(tied[1]) == pytest.approx(abs(tied[0]), abs=0.06)


def test_a_cloud_has_one_hump_where_the_data_have_two() -> None:
    rng = np.random.default_rng(9)
    two = Mixed(np.repeat([[-1.0], [1.0]], 500, axis=0) + rng.normal(0, 0.1, (1000, 1)), np.empty((1000, 0), int), ())

    drawn = Cloud(two).draw(rng).numbers[:, 0]

    assert (np.abs(drawn) < 0.5).mean() > 0.2


def test_an_outcome_that_differs_between_groups_is_told_from_one_that_does_not() -> None:
    rng = np.random.default_rng(10)
    labels = np.repeat([0, 1, 2], 100)

    same, other = rng.exponential(10, 300), rng.exponential(10, 300) * np.array([1.0, 1.0, 2.0])[labels]

    assert segments.differ(labels, other, seed=1) <= 0.005
    assert segments.differ(labels, same, seed=1) > 0.05
    assert np.isnan(segments.differ(np.zeros(300, dtype=int), same, seed=1))


def test_the_test_of_an_outcome_is_right_where_nothing_differs(worlds) -> None:
    rng = np.random.default_rng(11)
    labels = rng.integers(0, 3, 90)
    alarms = [segments.differ(labels, rng.exponential(1, 90), seed=seed, draws=199) <= 0.05 for seed in range(200)]

    assert sum(alarms) <= worlds.at_most(0.05, 200)
