import numpy as np
import pytest

from helpers.methods.noise import autoregressive_variance, residuals, slow_level, sum_noise, weekly_balance


def test_independent_days_add_their_variances(worlds):
    days = worlds.wander(np.random.default_rng(1), 300, 90, 0.0)

    found = np.mean([sum_noise(row).variance for row in days])

    # A little more than 90: a correlation that is not there is feared by half a standard error.
    assert 90 <= found <= 115


@pytest.mark.parametrize("correlation", [0.3, 0.6])
def test_correlated_days_add_up_to_more(worlds, correlation):
    days = worlds.wander(np.random.default_rng(2), 300, 180, correlation)
    truth = 180 * (1 + correlation) / (1 - correlation)

    found = np.median([sum_noise(row).variance for row in days])

    assert 0.85 * truth <= found <= 1.25 * truth


def test_a_weekday_pattern_is_no_noise():
    assert sum_noise(np.tile([5.0, 1, 1, 1, 1, 9, 9], 5)).variance == pytest.approx(0, abs=1e-9)


def test_short_segments_share_their_weekdays():
    week = np.array([5.0, 1, 1, 1, 1, 9, 9])

    assert sum_noise(week + 3, week).variance == pytest.approx(0, abs=1e-9)


def test_unknown_days_are_left_out():
    days = np.random.default_rng(3).normal(size=60)
    gappy = np.concatenate([days[:30], [np.nan], days[30:]])

    assert 0 < sum_noise(gappy).variance < 60 * 4
    assert sum_noise(np.array([np.nan])).variance == 0


def test_a_fifth_weekend_is_worth_more_than_a_fifth_monday():
    week = np.array([1.0, 1, 1, 1, 1, 8, 8])

    starts_on_monday, _ = weekly_balance(np.tile(week, 5)[:30])
    starts_on_saturday, _ = weekly_balance(np.tile(np.roll(week, 2), 5)[:30])

    # 30 days that start on Monday hold 4 weeks, a Monday and a Tuesday: 86 events at 3 a day.
    assert starts_on_monday == pytest.approx(86 / 3)
    assert starts_on_saturday == pytest.approx(100 / 3)


def test_whole_weeks_are_worth_their_days():
    assert weekly_balance(np.arange(28.0)) == pytest.approx((28.0, 1.0))


@pytest.mark.parametrize("days", [np.zeros(30), np.array([1.0, 2.0]), np.array([])])
def test_without_a_level_a_day_is_a_day(days):
    assert weekly_balance(days) == (len(days), 1.0)


def test_the_variance_of_a_weighted_sum_is_the_quadratic_form():
    weights = np.array([1.0, -2.0, 0.5, 3.0])
    lags = np.abs(np.subtract.outer(np.arange(4), np.arange(4)))

    assert autoregressive_variance(weights, 0.6) == pytest.approx(weights @ 0.6**lags @ weights)


def test_columns_that_repeat_are_ignored():
    design = np.column_stack([np.ones(10), np.ones(10), slow_level(10, waves=1)])

    assert residuals(np.arange(10.0), design).freedom == 8
