"""The months of a year, once trend and level shifts are taken out."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import pandas as pd
import pytest

from helpers.methods.season import MONTHS, season

SHAPE = np.array([1.3, 1.0, 0.9, 0.9, 1.0, 0.8, 0.8, 0.7, 0.9, 1.0, 1.3, 1.4])


def months(years: int) -> pd.DatetimeIndex:
    return pd.date_range("2021-01-01", periods=12 * years, freq="MS")


def test_an_exact_season_is_found_exactly_and_has_the_mean_one() -> None:
    days = months(3)
    values = 40 * 1.02 ** np.arange(36) * SHAPE[days.month - 1]

    found = season(list(days), values)

    assert found is not None
    assert [found.index[name].value for name in MONTHS] == pytest.approx(SHAPE / SHAPE.mean(), rel=1e-6)
    assert sum(one.value for one in found.index.values()) == pytest.approx(12)
    assert found.p_value <= 0.001


@pytest.mark.parametrize("freq", ["D", "W-SUN"])
def test_a_season_is_found_in_days_and_weeks_across_a_level_shift(freq: str) -> None:
    days = pd.date_range("2022-01-01", "2025-12-31", freq=freq)
    rng = np.random.default_rng(3)
    level = np.where(days >= "2024-05-01", 2.5, 1.0)
    values = 30 * level * SHAPE[days.month - 1] * np.exp(rng.normal(0, 0.05, len(days)))

    found = season(list(days), values, shifts=[date(2024, 5, 1)])

    assert found is not None
    for name, true in zip(MONTHS, SHAPE / SHAPE.mean(), strict=True):
        assert found.index[name].value == pytest.approx(true, rel=0.05)


def test_one_odd_summer_makes_no_season() -> None:
    days = months(5)
    rng = np.random.default_rng(4)
    values = 50 * np.exp(rng.normal(0, 0.03, 60))
    values[30] *= 3

    found = season(list(days), values)

    assert found is not None
    assert found.index["jul"].value == pytest.approx(1.0, abs=0.05)
    assert found.p_value > 0.05


@pytest.mark.parametrize(("weeks", "correlation"), [(104, 0.0), (156, 0.6), (260, 0.6)])
def test_without_a_season_one_is_rarely_found(worlds, weeks: int, correlation: float) -> None:
    days = list(pd.date_range("2021-01-03", periods=weeks, freq="W-SUN"))
    series = 50 * np.exp(0.1 * worlds.wander(np.random.default_rng(weeks), 120, weeks, correlation))

    found = [season(days, row) for row in series]

    assert sum(one is not None and one.p_value < 0.05 for one in found) <= worlds.at_most(0.05, 120)


def test_less_than_two_full_years_have_no_season() -> None:
    days = pd.date_range("2024-01-07", periods=103, freq="W-SUN")

    assert season(list(days), np.ones(103)) is None
    assert season(list(months(2)[:23]), np.ones(23)) is None
    assert season([], []) is None


def test_a_series_of_nothing_has_no_season() -> None:
    assert season(list(months(3)), np.zeros(36)) is None


def test_months_without_a_search_keep_the_index_finite() -> None:
    values = np.tile([9.0, 8, 0, 7, 9, 8, 7, 9, 8, 9, 7, 8], 3)

    found = season(list(months(3)), values)

    assert found is not None
    assert all(math.isfinite(one.value) for one in found.index.values())
    assert min(found.index, key=lambda name: found.index[name].value) == "mar"
