"""Means of few, skewed values: the interval holds the truth as often as it says."""

from __future__ import annotations

import math

import numpy as np
import pytest

from helpers.methods import resample


@pytest.mark.parametrize(("count", "spread"), [(20, 0.5), (20, 0.9), (60, 0.9)])
def test_the_interval_of_skewed_values_holds_the_truth_as_often_as_it_says(worlds, count: int, spread: float) -> None:
    rng = np.random.default_rng(11)
    true = math.exp(spread**2 / 2)

    found = [resample.mean(rng.lognormal(0, spread, count), level=0.8, seed=n).interval for n in range(300)]

    held = sum(one.holds(true) for one in found if one)
    assert 300 - held <= worlds.at_most(0.25, 300)
    assert held <= worlds.at_most(0.85, 300)


def test_the_interval_reaches_further_to_the_side_of_the_long_tail() -> None:
    values = np.array([1.0] * 10 + [2.0] * 6 + [4.0] * 3 + [30.0])

    found = resample.mean(values)

    assert found.value == pytest.approx(values.mean())
    assert found.interval is not None
    assert found.interval.high - found.value > found.value - found.interval.low > 0


def test_the_same_posts_in_another_order_have_the_same_interval() -> None:
    values = np.random.default_rng(2).lognormal(size=25)

    assert resample.mean(values) == resample.mean(values[::-1])


@pytest.mark.parametrize("values", [[], [3.0], [1.0, 2.0, 3.0, 4.0], [5.0] * 30, [math.nan] * 9])
def test_too_few_or_equal_values_bear_no_interval(values: list[float]) -> None:
    found = resample.mean(np.array(values))

    assert found.interval is None
    assert found.n == sum(not math.isnan(value) for value in values)


def test_a_value_that_is_not_known_is_left_out() -> None:
    found = resample.mean(np.array([1.0, math.nan, 3.0]))

    assert (found.value, found.n) == (2.0, 2)
