import datetime as dt
import math

import numpy as np
import pandas as pd
import pytest

from helpers.methods.trend import missing_days, trend, weekday_index

START = "2024-01-01"  # a Monday
WEEK = np.array([1.0, 1.1, 1.0, 1.05, 1.3, 0.7, 0.6])
WORLDS = 200


def growing(days: int, growth: float, *, season: float = 0.0) -> np.ndarray:
    time = np.arange(days)
    return 100 * (1 + growth) ** (time / 365.25) * np.exp(season * np.cos(2 * np.pi * time / 364)) * WEEK[time % 7]


def days(count: int) -> pd.DatetimeIndex:
    return pd.date_range(START, periods=count)


@pytest.mark.parametrize(("count", "season"), [(57, 0.0), (200, 0.0), (400, 0.3), (800, 0.3), (1500, 0.3)])
def test_growth_without_noise_is_found_exactly(count, season):
    found = trend(days(count), growing(count, 0.12, season=season))

    assert found.value == pytest.approx(0.12, abs=1e-6)
    assert found.n == count // 7


def test_the_season_is_no_growth_once_the_same_weeks_exist_twice():
    assert trend(days(420), growing(420, 0.0, season=0.5)).value == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize(
    ("count", "season", "correlation"),
    [(120, 0.0, 0.3), (365, 0.0, 0.5), (420, 0.3, 0.4), (550, 0.3, 0.4), (800, 0.3, 0.5)],
)
def test_the_interval_of_a_trend_holds_the_true_growth(worlds, count, season, correlation):
    rng = np.random.default_rng(count)
    noise = np.exp(0.15 * worlds.wander(rng, WORLDS, count, correlation))
    series = rng.poisson(growing(count, 0.12, season=season) * noise)

    found = [trend(days(count), row) for row in series]

    assert sum(one.interval.holds(0.12) for one in found) >= worlds.at_least(0.88, WORLDS)


def test_a_year_and_a_half_shows_growth_to_within_seven_points(worlds):
    rng = np.random.default_rng(1)
    series = growing(550, 0.12, season=0.3) * np.exp(0.15 * worlds.wander(rng, WORLDS, 550, 0.3))

    close = [abs(trend(days(550), row).value - 0.12) < 0.07 for row in series]

    assert sum(close) >= 0.9 * WORLDS


def test_missing_days_are_worth_their_weekdays_average():
    values = growing(560, 0.12)
    is_there = np.random.default_rng(2).random(560) > 0.1

    assert trend(days(560)[is_there], values[is_there]).value == pytest.approx(0.12, abs=0.03)


def test_weekdays_that_never_have_a_row_are_not_missing():
    index = days(560)
    is_open = index.day_of_week < 5

    assert trend(index[is_open], growing(560, 0.12)[is_open]).value == pytest.approx(0.12, abs=1e-6)


def test_a_stretch_without_sales_counts_as_nothing():
    values = growing(700, 0.2)
    values[100:120] = 0

    # The gap lies in the earlier of the weeks seen twice and so adds to the growth.
    assert trend(days(700), values).value > 0.22


def test_days_without_a_row_are_empty_where_rows_are_rare(worlds):
    held = 0
    for seed in range(WORLDS):
        is_there = np.random.default_rng(seed).random(700) < 0.4
        held += trend(days(700)[is_there], growing(700, 0.2)[is_there]).interval.holds(0.2)

    assert held >= worlds.at_least(0.88, WORLDS)


@pytest.mark.parametrize(("frequency", "count", "steps"), [("7D", 110, 110), ("MS", 27, 27), ("MS", 11, 11)])
def test_weekly_and_monthly_series_are_read_as_they_are(frequency, count, steps):
    index = pd.date_range(START, periods=count, freq=frequency)
    years = np.arange(count) * 7 / 365.25 if frequency == "7D" else np.arange(count) / 12

    found = trend(index, 50 * 0.9**years)

    assert found.value == pytest.approx(-0.1, abs=1e-6)
    assert found.n == steps


@pytest.mark.parametrize("values", [np.ones(55), np.zeros(200), np.full(200, np.nan), np.array([])])
def test_too_little_has_no_trend(values):
    found = trend(days(len(values)), values)

    assert math.isnan(found.value)
    assert found.interval is None


def test_a_weekday_is_held_against_the_average_trading_day():
    index = days(28)[1:]  # the first Monday is closed
    values = np.where(index.day_of_week == 0, 30.0, np.where(index.day_of_week == 4, 20.0, 10.0))

    found = weekday_index(index, values)

    average = (3 * 30 + 4 * 20 + 20 * 10) / 27
    assert found["mon"].value == pytest.approx(30 / average)
    assert found["fri"].value == pytest.approx(20 / average)
    assert (found["mon"].n, found["fri"].n) == (3, 4)
    assert found["mon"].interval is None


def test_a_weekday_without_trade_is_left_out():
    index = days(70)
    is_open = index.day_of_week < 6

    assert set(weekday_index(index[is_open], np.ones(60))) == {"mon", "tue", "wed", "thu", "fri", "sat"}
    assert weekday_index([], []) == {}


def test_the_intervals_of_the_weekdays_hold_their_truth(worlds):
    rng = np.random.default_rng(3)
    series = growing(180, 0.1) * np.exp(0.2 * worlds.wander(rng, WORLDS, 180, 0.4))
    truth = WEEK / WEEK.mean()

    held = sum(
        found.interval.holds(truth[place])
        for row in series
        for place, found in enumerate(weekday_index(days(180), row).values())
    )

    assert held >= worlds.at_least(0.87, 7 * WORLDS)


def test_weekday_intervals_are_the_same_each_time():
    values = np.random.default_rng(4).random(90)

    assert weekday_index(days(90), values) == weekday_index(days(90), values)


def test_the_pizza_shop_has_its_published_weekdays_and_closed_days(dataset):
    sales = pd.read_csv(dataset("pizzaplace_ledger/pizzaplace.csv")).groupby("date", observed=True)["price"].sum()
    published = {"mon": 0.979, "tue": 0.961, "wed": 0.963, "thu": 1.040, "fri": 1.191, "sat": 1.037, "sun": 0.835}

    found = weekday_index(sales.index, sales)

    assert {day: one.value for day, one in found.items()} == pytest.approx(published, abs=0.001)
    assert len(missing_days(sales.index, dt.date(2015, 1, 1), dt.date(2015, 12, 31))) == 7


@pytest.mark.parametrize(
    ("dropped", "expected"),
    [
        ([], []),
        (["2024-01-10"], ["2024-01-10"]),
        # Every Sunday is closed, and one Wednesday besides.
        (["2024-01-07", "2024-01-14", "2024-01-21", "2024-01-28", "2024-01-24"], ["2024-01-24"]),
        # What lies before the first and after the last row is not known to be missing.
        (["2024-01-01", "2024-01-31"], []),
    ],
)
def test_missing_days_are_those_between_first_and_last(dropped, expected):
    kept = pd.date_range("2024-01-01", "2024-01-31").difference(pd.to_datetime(dropped))

    found = missing_days(pd.Series(kept), dt.date(2023, 12, 1), dt.date(2024, 12, 31))

    assert [day.isoformat() for day in found] == expected


@pytest.mark.parametrize("frequency", ["7D", "MS", "3D", "2D"])
def test_data_that_are_not_daily_miss_no_day(frequency):
    index = pd.date_range("2024-01-01", periods=20, freq=frequency)

    assert missing_days(pd.Series(index), dt.date(2024, 1, 1), dt.date(2026, 1, 1)) == []


def test_only_the_days_asked_for_are_missing():
    kept = pd.date_range("2024-01-01", "2024-03-31").difference(pd.to_datetime(["2024-01-10", "2024-02-14"]))

    found = missing_days(pd.Series(kept), dt.date(2024, 2, 1), dt.date(2024, 2, 29))

    assert found == [dt.date(2024, 2, 14)]


@pytest.mark.parametrize("rows", [[], ["2024-01-01"]])
def test_hardly_any_row_misses_nothing(rows):
    assert missing_days(pd.to_datetime(pd.Series(rows, dtype=object)), dt.date(2024, 1, 1), dt.date(2024, 2, 1)) == []
