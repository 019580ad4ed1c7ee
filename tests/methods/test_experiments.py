import math

import numpy as np
import pandas as pd
import pytest

from helpers.methods.experiments import (
    SAMPLE_RATIO_ALPHA,
    adjust,
    compare_days,
    compare_means,
    compare_proportions,
    mature_days,
    sample_ratio,
)

WORLDS = 300


def test_the_split_of_cookie_cats_is_broken():
    p_value = sample_ratio({"gate_30": 44_700, "gate_40": 45_489}, {"gate_30": 0.5, "gate_40": 0.5})

    assert p_value == pytest.approx(0.00861, abs=5e-6)
    assert p_value < SAMPLE_RATIO_ALPHA


@pytest.mark.parametrize(
    ("counts", "expected", "p_value"),
    [
        ({"a": 50, "b": 50}, {"a": 1, "b": 1}, 1.0),
        # Chi-square 4 with one degree of freedom.
        ({"a": 60, "b": 40}, {"a": 0.5, "b": 0.5}, 0.0455),
        # Chi-square 0 against a planned 3 : 1.
        ({"a": 75, "b": 25}, {"a": 3, "b": 1}, 1.0),
        ({"a": 75}, {"a": 1}, math.nan),
        ({}, {"a": 1, "b": 1}, math.nan),
    ],
)
def test_a_split_is_held_against_its_plan(counts, expected, p_value):
    assert sample_ratio(counts, expected) == pytest.approx(p_value, abs=1e-4, nan_ok=True)


@pytest.fixture
def cookie_cats(dataset):
    table = pd.read_csv(dataset("cookie_cats/cookie_cats.csv"))
    return table[table["version"] == "gate_30"], table[table["version"] == "gate_40"]


@pytest.mark.parametrize(
    ("column", "difference", "low", "high", "p_value"),
    [("retention_7", -.0082013, -.01328, -.00312, .001554), ("retention_1", -.0059052, -.01239, .00058, .07441)],
)  # fmt: skip
def test_retention_in_cookie_cats_is_as_published(cookie_cats, column, difference, low, high, p_value):
    control, treatment = cookie_cats

    found = compare_proportions(control[column].sum(), len(control), treatment[column].sum(), len(treatment))

    assert found.difference.value == pytest.approx(difference, abs=1e-6)
    assert (found.difference.interval.low, found.difference.interval.high) == pytest.approx((low, high), abs=1e-5)
    assert found.p_value == pytest.approx(p_value, abs=5e-6)
    assert found.lift.value == pytest.approx(treatment[column].mean() / control[column].mean() - 1)


def test_the_player_with_49854_rounds_is_an_outlier(cookie_cats):
    control, treatment = (arm["sum_game_rounds"].to_numpy() for arm in cookie_cats)

    found = compare_means(control, treatment)

    assert found.difference.value == pytest.approx(51.298776 - 52.456264, abs=1e-5)
    assert found.has_outliers
    assert found.difference.interval.holds(0)
    assert not found.depends_on_outliers
    assert not compare_means(control[control < 49_854], treatment).has_outliers


@pytest.mark.parametrize(
    ("successes", "trials", "value", "low", "high"),
    # The intervals are the classical ones; those by days may differ by the stated amounts.
    [
        ("Enrollments", "Clicks", -0.0205549, -0.02912, -0.01199),
        ("Payments", "Clicks", -0.0048737, -0.01160, 0.00186),
    ],
)
def test_the_free_trial_of_udacity_is_as_published(dataset, successes, trials, value, low, high):
    control = pd.read_csv(dataset("udacity_free_trial/control_data.csv"), encoding="utf-8-sig")
    treatment = pd.read_csv(dataset("udacity_free_trial/experiment_data.csv"), encoding="utf-8-sig")

    known = mature_days(control[successes], treatment[successes])
    found = compare_days(
        pd.DataFrame(
            {"successes_c": control[successes], "trials_c": control[trials],
             "successes_t": treatment[successes], "trials_t": treatment[trials]}
        )
    )  # fmt: skip

    assert known.tolist() == [True] * 23 + [False] * 14
    assert found.difference.value == pytest.approx(value, abs=1e-6)
    assert found.difference.n == 23
    assert found.difference.interval.low == pytest.approx(low, abs=0.008)
    assert found.difference.interval.high == pytest.approx(high, abs=0.008)
    assert found.difference.interval.holds(0) == (low < 0 < high)


def test_proportions_follow_the_textbook():
    found = compare_proportions(50, 1000, 65, 1000)

    # Pooled share 0.0575: z = 0.015 / sqrt(0.0575 x 0.9425 x 0.002) = 1.4409.
    assert found.p_value == pytest.approx(0.1496, abs=1e-4)
    assert found.lift.value == pytest.approx(0.3)
    assert found.difference.n == 2000


@pytest.mark.parametrize("numbers", [(0, 0, 5, 10), (5, 10, 0, 0)])
def test_an_empty_arm_says_nothing(numbers):
    found = compare_proportions(*numbers)

    assert math.isnan(found.difference.value)
    assert math.isnan(found.p_value)


def test_a_lift_over_nothing_has_no_meaning():
    found = compare_proportions(0, 100, 10, 100)

    assert math.isnan(found.lift.value)
    assert found.difference.value == pytest.approx(0.1)


def test_means_follow_welchs_textbook_example():
    control, treatment = np.array([1.0, 2, 3, 4, 5]), np.array([4.0, 6, 8, 10])

    found = compare_means(control, treatment)

    # Variances of the means 0.5 and 5/3: t = 4 / sqrt(13/6) = 2.7175 with 4.748 degrees of freedom.
    assert found.difference.value == 4
    assert found.p_value == pytest.approx(0.0445, abs=5e-4)


@pytest.mark.parametrize("values", [[], [3.0]])
def test_fewer_than_two_units_say_nothing(values):
    assert math.isnan(compare_means(np.array(values), np.arange(5.0)).p_value)


def test_a_verdict_that_one_customer_makes_is_said_to_depend_on_it():
    rng = np.random.default_rng(1)
    control, treatment = rng.normal(100, 10, 800), rng.normal(101.4, 10, 800)
    control[0] = 3000

    found = compare_means(control, treatment)

    assert found.p_value > 0.05
    assert found.robust_p_value < 0.05
    assert found.has_outliers
    assert found.depends_on_outliers


def test_ordinary_units_are_no_outliers():
    rng = np.random.default_rng(2)

    # The effect lies where half the verdicts fall either way, and so close to the threshold often.
    flags = [compare_means(rng.lognormal(3, 0.63, 500), rng.lognormal(3.09, 0.63, 500)) for _ in range(WORLDS)]

    assert sum(found.has_outliers for found in flags) <= 0.02 * WORLDS
    assert not any(found.depends_on_outliers for found in flags)


def test_shared_bad_days_cancel_and_own_ones_do_not(worlds):
    rng = np.random.default_rng(3)
    days, held, false = 28, 0, 0
    for _ in range(WORLDS):
        shared = 0.1 * np.exp(0.4 * rng.normal(size=days))
        own = np.exp(0.15 * rng.normal(size=(2, days)))
        trials = rng.poisson(800, size=(2, days))
        successes = rng.binomial(trials, np.minimum(shared * own, 1))
        pairs = {"successes_c": successes[0], "trials_c": trials[0], "successes_t": successes[1], "trials_t": trials[1]}
        found = compare_days(pd.DataFrame(pairs))
        held += found.difference.interval.holds(0) and found.lift.interval.holds(0)
        false += found.p_value < 0.05

    assert held >= worlds.at_least(0.94, WORLDS)
    assert false <= worlds.at_most(0.05, WORLDS)


def test_under_a_week_of_days_there_is_no_interval():
    found = compare_days(pd.DataFrame({"successes_c": [1] * 6, "trials_c": 10, "successes_t": 2, "trials_t": 10}))

    assert found.difference.value == pytest.approx(0.1)
    assert found.difference.interval is None
    assert math.isnan(found.p_value)


def test_only_days_that_both_arms_know_count():
    pairs = pd.DataFrame(
        {"successes_c": [1.0] * 8, "trials_c": 10, "successes_t": [2.0] * 7 + [np.nan], "trials_t": 10}
    )

    assert compare_days(pairs).difference.n == 7


@pytest.mark.parametrize(
    ("control", "treatment", "known"),
    [
        ([1, 2, 3], [1, 2, 3], [True, True, True]),
        ([1, 2, np.nan], [1, np.nan, np.nan], [True, False, False]),
        # A gap in the middle is no immature day.
        ([1, np.nan, 3], [1, 2, 3], [True, True, True]),
        ([np.nan, np.nan], [1, 2], [False, False]),
        ([], [], []),
    ],
)
def test_trailing_blank_days_are_not_mature(control, treatment, known):
    assert mature_days(np.array(control), np.array(treatment)).tolist() == known


def test_p_values_of_several_metrics_are_raised_step_by_step():
    assert adjust(np.array([0.01, 0.04, np.nan, 0.03])) == pytest.approx([0.03, 0.06, np.nan, 0.06], nan_ok=True)
    assert adjust(np.array([0.6, 0.7])) == pytest.approx([1.0, 1.0])
    assert adjust(np.array([])).size == 0
