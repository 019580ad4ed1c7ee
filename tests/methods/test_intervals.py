import math

import numpy as np
import pytest

from helpers.methods.intervals import linearised, mean, proportion, ratio, total

LEVEL = 0.9
WORLDS = 300
SCATTER = [(1.0, 0.0), (1.3, 0.3), (8.0, 0.3)]


def test_the_mean_has_students_interval():
    found = mean(np.array([1.0, 2, 3, 4, 5, np.nan]))

    # Standard error sqrt(2.5 / 5); Student's 95 % quantile with 4 degrees of freedom is 2.13185.
    assert (found.value, found.n) == (3.0, 5)
    assert found.interval.high == pytest.approx(3 + 2.13185 * math.sqrt(0.5), abs=1e-4)


@pytest.mark.parametrize(("values", "value"), [([4.0], 4.0), ([], math.nan)])
def test_one_value_has_no_interval(values, value):
    found = mean(np.array(values))

    assert found.value == pytest.approx(value, nan_ok=True)
    assert found.interval is None


def test_eight_of_ten_have_the_tabled_wilson_interval():
    found = proportion(8, 10, level=0.95)

    assert (found.interval.low, found.interval.high) == pytest.approx((0.4902, 0.9433), abs=1e-4)


@pytest.mark.parametrize("successes", [0, 10])
def test_a_proportion_stays_within_its_bounds(successes):
    found = proportion(successes, 10)

    assert 0 <= found.interval.low < found.interval.high <= 1


def test_nothing_tried_is_unknown():
    assert math.isnan(proportion(0, 0).value)


@pytest.mark.parametrize("days", [0, 13])
def test_under_two_weeks_there_is_no_interval(days):
    assert total(np.ones(days)).interval is None
    assert ratio(np.ones(days), np.ones(days)).interval is None


def test_a_ratio_without_denominator_is_unknown():
    found = ratio(np.ones(20), np.zeros(20))

    assert math.isnan(found.value)
    assert found.interval is None


def test_unknown_days_do_not_count():
    days = np.ones(20)
    days[3] = np.nan

    assert (total(days).value, total(days).n) == (19, 19)
    assert (ratio(days, np.full(20, 2.0)).value, ratio(days, days).n) == (0.5, 19)


@pytest.mark.parametrize("daily", [np.ones(30), np.tile([0.0, 2.0], 15)])
def test_counts_are_never_surer_than_poisson(daily):
    interval = total(daily).interval

    # Garwood's 90 % interval of 30 events.
    assert interval.low <= 21.6
    assert interval.high >= 40.7


def test_a_rate_of_counts_is_never_surer_than_binomial():
    found = ratio(np.ones(30), np.full(30, 10.0), counts=True).interval
    binomial = proportion(30, 300).interval

    assert found.high - found.low >= binomial.high - binomial.low


def test_a_cost_is_never_surer_than_its_count():
    cost = ratio(np.full(30, 10.0), np.ones(30), counts="denominator")
    yield_ = ratio(np.ones(30), np.full(30, 10.0), counts="numerator")

    assert cost.value == 10
    assert cost.interval.low == pytest.approx(1 / yield_.interval.high)
    assert cost.interval.high == pytest.approx(1 / yield_.interval.low)


@pytest.mark.parametrize(("counts", "is_bounded"), [(True, True), (False, False)])
def test_no_event_at_all_still_bounds_a_count(counts, is_bounded):
    assert (total(np.zeros(30), counts=counts).interval is not None) == is_bounded
    assert (ratio(np.zeros(30), np.full(30, 50.0), counts=counts).interval is not None) == is_bounded


def test_constant_money_has_no_width():
    interval = total(np.full(28, 100.0), counts=False).interval

    assert (interval.low, interval.high) == pytest.approx((2800, 2800))


def test_a_loss_has_an_interval_around_it():
    found = total(np.random.default_rng(1).normal(-5, 2, 30), counts=False)

    assert found.interval.low < found.value < found.interval.high


@pytest.mark.parametrize(("dispersion", "correlation"), SCATTER)
@pytest.mark.parametrize("month", [100, 1000])
def test_the_interval_of_a_total_holds_what_was_to_be_expected(worlds, month, dispersion, correlation):
    means = worlds.weekday_means(30, month)
    days = worlds.counts(11, means, WORLDS, dispersion=dispersion, correlation=correlation)

    held = sum(total(row, level=LEVEL).interval.holds(means.sum()) for row in days)

    assert held >= worlds.at_least(LEVEL, WORLDS)


@pytest.mark.parametrize(("dispersion", "correlation"), SCATTER)
def test_the_interval_of_a_rate_and_of_a_cost_holds_the_truth(worlds, dispersion, correlation):
    clicks = worlds.counts(12, 20 * worlds.weekday_means(30, 300), WORLDS)
    scatter = {"dispersion": dispersion, "correlation": correlation}
    orders = [worlds.counts(13 + world, 0.05 * row, 1, **scatter)[0] for world, row in enumerate(clicks)]

    rates = sum(ratio(n, d, level=LEVEL, counts=True).interval.holds(0.05) for n, d in zip(orders, clicks, strict=True))
    costs = sum(
        ratio(d, n, level=LEVEL, counts="denominator").interval.holds(20) for n, d in zip(orders, clicks, strict=True)
    )

    assert min(rates, costs) >= worlds.at_least(LEVEL, WORLDS)


def test_the_interval_of_money_holds_the_truth(worlds):
    means = worlds.weekday_means(30, 300)
    orders = worlds.counts(14, means, WORLDS, dispersion=3, correlation=0.3)
    rng = np.random.default_rng(15)
    revenue = np.array([[rng.lognormal(3.4, 0.63, int(n)).sum() for n in row] for row in orders])
    basket = math.exp(3.4 + 0.63**2 / 2)

    totals = sum(total(row, counts=False).interval.holds(means.sum() * basket) for row in revenue)
    baskets = sum(ratio(r, o).interval.holds(basket) for r, o in zip(revenue, orders, strict=True))

    assert min(totals, baskets) >= worlds.at_least(LEVEL, WORLDS)


def test_linearised_values_have_the_ratio_of_sums_as_their_mean_and_its_scatter() -> None:
    # 10 of 100 and 30 of 500: 40 of 600. What a post is off, 10 - 100/15 and 30 - 500/15, over the mean base of 300.
    values = linearised(np.array([10.0, 30.0, np.nan]), np.array([100.0, 500.0, 50.0]))

    assert values[:2] == pytest.approx([1 / 15 + (10 - 100 / 15) / 300, 1 / 15 + (30 - 500 / 15) / 300])
    assert np.nanmean(values) == pytest.approx(40 / 600)
    assert np.isnan(values[2])
    assert np.isnan(linearised(np.array([1.0]), np.array([0.0]))).all()


def test_the_interval_of_linearised_values_covers_the_ratio() -> None:
    rng = np.random.default_rng(3)
    held = 0
    for _ in range(400):
        views = rng.lognormal(7, 0.8, 40)
        interactions = rng.poisson(views * rng.gamma(20, 0.03 / 20, 40)).astype(float)
        interval = mean(linearised(interactions, views), level=0.8).interval
        held += interval is not None and interval.holds(0.03)

    assert 0.74 <= held / 400 <= 0.86
