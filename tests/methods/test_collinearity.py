"""Series that move together are told from those that do not."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from helpers.methods.collinearity import TOO_HIGH, variance_inflation


def test_series_that_have_nothing_in_common_inflate_nothing() -> None:
    crossed = pd.DataFrame({"a": [1.0, 1, -1, -1], "b": [1.0, -1, 1, -1]})

    assert variance_inflation(crossed).tolist() == pytest.approx([1.0, 1.0])


def test_the_factor_is_one_over_what_the_others_do_not_explain() -> None:
    # The correlation of these columns is 0.8 by hand: sums of products 4, of squares 5 and 5.
    pair = pd.DataFrame({"a": [-2.0, -1, 0, 1, 2], "b": [-1.0, -2, 0, 2, 1]})

    assert variance_inflation(pair).tolist() == pytest.approx([1 / (1 - 0.8**2)] * 2)


def test_a_series_that_others_give_exactly_cannot_be_told_apart() -> None:
    twice = pd.DataFrame({"a": [1.0, 2, 3, 5], "b": [2.0, 4, 6, 10], "c": [1.0, 0, 1, 0]})

    factors = variance_inflation(twice)

    assert math.isinf(factors["a"])
    assert factors["c"] < TOO_HIGH


def test_a_series_that_is_the_season_is_not_told_from_it() -> None:
    weeks = np.arange(104)
    seasonal = pd.DataFrame({"a": 5 + np.sin(2 * np.pi * weeks / 52), "b": weeks % 2})

    factors = variance_inflation(seasonal, cycle=52)

    assert math.isinf(factors["a"])
    assert factors["b"] < TOO_HIGH


@pytest.mark.parametrize("level", [0.0, 1.0, math.log1p(6.0), 1e9 / 3])
def test_a_series_that_never_changes_has_no_factor(level: float) -> None:
    flat = pd.DataFrame({"a": [level] * 60, "b": np.arange(60.0)})

    assert math.isnan(variance_inflation(flat)["a"])
