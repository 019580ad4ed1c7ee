import datetime as dt

import numpy as np
import pandas as pd
import pytest

from helpers.methods.shift import level_shifts
from helpers.methods.trend import level_shift

WORLDS = 120
WEEK = np.array([1.0, 1.1, 1.0, 1.05, 1.3, 0.7, 0.6])


def days(count: int) -> pd.DatetimeIndex:
    return pd.date_range("2024-01-01", periods=count)


@pytest.mark.parametrize(
    ("count", "correlation", "growth", "season"),
    [
        (60, 0.6, 0.0, 0.0),
        (150, 0.6, 0.0, 0.0),
        pytest.param(365, 0.6, 0.3, 0.2, marks=pytest.mark.slow),
        pytest.param(750, 0.6, 0.3, 0.2, marks=pytest.mark.slow),
    ],
)
def test_without_a_shift_one_is_rarely_found(worlds, count, correlation, growth, season):
    time = np.arange(count) / 365.25
    shape = 100 * (1 + growth) ** time * np.exp(season * np.cos(2 * np.pi * time)) * WEEK[np.arange(count) % 7]
    series = shape * np.exp(0.15 * worlds.wander(np.random.default_rng(count), WORLDS, count, correlation))

    found = [level_shift(days(count), row) for row in series]

    assert sum(one is not None for one in found) <= worlds.at_most(0.05, WORLDS)


def test_a_clear_shift_is_found_on_its_day_with_its_size(worlds):
    series = 100 * WEEK[np.arange(140) % 7] * np.exp(0.1 * worlds.wander(np.random.default_rng(1), WORLDS, 140, 0.3))
    series[:, 80:] *= 1.5

    found = [level_shift(days(140), row) for row in series]

    shown = [one for one in found if one is not None]
    assert len(shown) >= 0.95 * WORLDS
    assert sum(abs((one.date - days(140)[80].date()).days) <= 2 for one in shown) >= 0.9 * len(shown)
    assert np.median([one.share for one in shown]) == pytest.approx(0.5, abs=0.05)


def test_counts_with_zeros_have_shifts_too():
    rng = np.random.default_rng(2)
    series = np.concatenate([rng.poisson(2, 60), rng.poisson(8, 60)])

    found = level_shift(days(120), series)

    assert abs((found.date - days(120)[60].date()).days) <= 2
    assert 1.5 < found.share < 6


def test_a_steady_trend_is_no_shift():
    noise = np.exp(0.02 * np.random.default_rng(3).normal(size=200))

    assert level_shift(days(200), 100 * 1.005 ** np.arange(200) * noise) is None


@pytest.mark.parametrize("values", [np.ones(100), np.array([1.0, 2.0] * 11), np.full(50, np.nan), np.array([])])
def test_a_short_or_constant_series_has_no_shift(values):
    assert level_shift(days(len(values)), values) is None


def test_the_lockdown_is_found_in_the_searches_of_chile(dataset):
    path = dataset("google_trends/es_comprar_online_chile_multiTimeline.csv")
    table = pd.read_csv(path, skiprows=2, names=["week", "interest"], header=0)

    found = level_shift(pd.to_datetime(table["week"]), table["interest"])

    # Labelled level shift of that series: mean 31 before, 77 in the months after.
    assert abs((found.date - dt.date(2020, 3, 22)).days) <= 14
    assert found.share > 0.5


def test_several_shifts_are_found_in_order_each_in_a_part_of_its_own():
    rng = np.random.default_rng(8)
    heights = np.repeat([50.0, 90.0, 40.0], 60) * np.exp(rng.normal(0, 0.05, 180))

    found = level_shifts(days(180), heights)

    assert all(
        abs((one.shift.date - days(180)[place].date()).days) <= 1 for one, place in zip(found, (60, 120), strict=True)
    )
    assert [one.shift.share > 0 for one in found] == [True, False]
    assert len({(one.start, one.end) for one in found}) == len(found) == 2


def test_no_more_than_five_shifts_are_told():
    heights = np.tile(np.repeat([20.0, 80.0], 40), 6) * np.exp(np.random.default_rng(9).normal(0, 0.02, 480))

    assert len(level_shifts(days(480), heights)) <= 5


def test_a_series_without_a_shift_has_none():
    assert level_shifts(days(200), 50 * np.exp(np.random.default_rng(10).normal(0, 0.05, 200))) == ()
    assert level_shifts([], []) == ()
