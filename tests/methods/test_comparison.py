import math

import numpy as np
import pytest

from helpers.methods.comparison import (
    Change,
    compare_ratios,
    compare_to_target,
    compare_totals,
    control_false_discoveries,
    verdict,
)
from helpers.units import Estimate, Interval

WORLDS = 300
ALPHA = 0.05
SHOWN = {"better", "worse"}
SCATTER = [(1.0, 0.0), (1.3, 0.3), (3.0, 0.0), (8.0, 0.3)]


def change(share: float, p_value: float, *, is_enough: bool = True, calendar: float = 1.0) -> Change:
    return Change(Estimate(share), p_value, is_enough, calendar=calendar)


@pytest.mark.parametrize(("dispersion", "correlation"), SCATTER)
@pytest.mark.parametrize("month", [10, 30, 100, 1000])
def test_where_nothing_changed_totals_rarely_have_a_verdict(worlds, month, dispersion, correlation):
    days = worlds.counts(21, worlds.weekday_means(61, month), WORLDS, dispersion=dispersion, correlation=correlation)

    said = [verdict(compare_totals(row[30:], row[:30]), direction="up", alpha=ALPHA) for row in days]

    assert sum(word in SHOWN for word in said) <= worlds.at_most(0.06, WORLDS)


@pytest.mark.parametrize(("dispersion", "correlation"), SCATTER)
@pytest.mark.parametrize("month", [30, 1000])
def test_where_nothing_changed_rates_and_costs_rarely_have_a_verdict(worlds, month, dispersion, correlation):
    means = worlds.weekday_means(61, month)
    orders = worlds.counts(22, means, WORLDS, dispersion=dispersion, correlation=correlation)
    clicks = worlds.counts(23, 25 * means, WORLDS)

    pairs = list(zip(orders, clicks, strict=True))
    rates = [compare_ratios(n[30:], d[30:], n[:30], d[:30], counts=True) for n, d in pairs]
    costs = [compare_ratios(d[30:], n[30:], d[:30], n[:30], counts="denominator") for n, d in pairs]

    for found in (rates, costs):
        said = [verdict(one, direction="up", alpha=ALPHA) for one in found]
        assert sum(word in SHOWN for word in said) <= worlds.at_most(0.06, WORLDS)


@pytest.mark.parametrize("days", [7, 14, 90])
def test_weeks_and_quarters_are_as_honest_as_months(worlds, days):
    rows = worlds.counts(24, worlds.weekday_means(2 * days, 1000), WORLDS, dispersion=3, correlation=0.3)

    said = [verdict(compare_totals(row[days:], row[:days]), direction="up", alpha=ALPHA) for row in rows]

    assert sum(word in SHOWN for word in said) <= worlds.at_most(0.06, WORLDS)


def test_a_fall_of_a_fifth_of_a_thousand_is_shown(worlds):
    old = worlds.counts(25, worlds.weekday_means(30, 1000), WORLDS)
    new = worlds.counts(26, 0.8 * worlds.weekday_means(30, 1000), WORLDS)

    said = [verdict(compare_totals(*pair), direction="up", alpha=ALPHA) for pair in zip(new, old, strict=True)]

    assert said.count("worse") > 0.95 * WORLDS


def test_the_interval_of_a_change_holds_the_true_change(worlds):
    scatter = {"dispersion": 3, "correlation": 0.3}
    old = worlds.counts(27, worlds.weekday_means(28, 600), WORLDS, **scatter)
    new = worlds.counts(28, 1.3 * worlds.weekday_means(28, 600), WORLDS, **scatter)

    held = sum(compare_totals(*pair).share.interval.holds(0.3) for pair in zip(new, old, strict=True))

    assert held >= worlds.at_least(0.9, WORLDS)


def test_three_more_days_are_no_growth():
    found = compare_totals(np.full(31, 10.0), np.full(28, 10.0))

    assert found.share.value == pytest.approx(31 / 28 - 1)
    assert found.calendar == pytest.approx(31 / 28)
    assert found.like_for_like == pytest.approx(0)
    assert found.p_value > 0.9


def test_one_more_weekend_is_no_growth():
    week = np.array([100.0, 100, 100, 100, 100, 400, 400])

    found = compare_totals(np.tile(np.roll(week, 2), 5)[:30], np.tile(week, 5)[:30])

    assert found.share.value == pytest.approx((4 * 1300 + 800) / (4 * 1300 + 200) - 1)
    assert found.like_for_like == pytest.approx(0)
    assert found.p_value > 0.9


@pytest.mark.parametrize("numbers", [(6, 30), (30, 6)])
def test_under_a_week_there_is_not_enough(numbers):
    new, old = (np.full(days, 50.0) for days in numbers)

    found = compare_totals(new, old)

    assert not found.is_enough
    assert verdict(found, direction="up") == "not_enough_data"
    assert found.needed == pytest.approx(7 / 6)


def test_under_ten_events_there_is_not_enough():
    days = np.zeros(30)
    days[[3, 17, 25]] = 1

    found = compare_totals(days, days)

    assert not found.is_enough
    # 6 events are there, 10 are needed; chance clumps may raise the number, never lower it.
    assert found.needed >= 10 / 6


@pytest.mark.parametrize("empty", [np.zeros(30), np.array([]), np.full(30, np.nan)])
def test_nothing_on_both_sides_says_nothing(empty):
    found = compare_totals(empty, empty)

    assert math.isnan(found.share.value)
    assert verdict(found, direction="up") == "not_enough_data"


def test_growth_from_nothing_is_infinite_and_shown():
    found = compare_totals(np.full(30, 20.0), np.zeros(30))

    assert found.share.value == math.inf
    assert found.share.interval is None
    assert verdict(found, direction="up") == "better"


def test_a_fall_to_nothing_is_shown_with_its_upper_bound():
    found = compare_totals(np.zeros(30), np.full(30, 20.0))

    assert found.share.value == -1
    assert found.share.interval.low == -1
    assert -1 < found.share.interval.high < -0.9
    assert verdict(found, direction="up") == "worse"


def test_money_that_never_scatters_is_sure():
    same = compare_totals(np.full(30, 100.0), np.full(30, 100.0), counts=False)
    more = compare_totals(np.full(30, 101.0), np.full(30, 100.0), counts=False)

    assert verdict(same, direction="up") == "not_shown"
    assert verdict(more, direction="up") == "better"


def test_sums_that_change_their_sign_are_compared_too():
    rng = np.random.default_rng(5)

    found = compare_totals(rng.normal(10, 5, 30), rng.normal(-10, 5, 30), counts=False)

    assert verdict(found, direction="up") == "better"
    assert found.share.value > 0


def test_a_ratio_without_denominator_is_not_enough():
    found = compare_ratios(np.ones(30), np.zeros(30), np.ones(30), np.ones(30))

    assert verdict(found, direction="up") == "not_enough_data"


def test_a_cost_that_doubles_has_half_the_yield():
    spend, orders = np.full(60, 100.0), np.repeat([10.0, 5.0], 30)
    old, new = slice(None, 30), slice(30, None)

    cost = compare_ratios(spend[new], orders[new], spend[old], orders[old], counts="denominator")
    per_euro = compare_ratios(orders[new], spend[new], orders[old], spend[old], counts="numerator")

    assert cost.share.value == pytest.approx(1)
    assert per_euro.share.value == pytest.approx(-0.5)
    assert cost.p_value == per_euro.p_value
    assert cost.share.interval.low == pytest.approx(1 / (1 + per_euro.share.interval.high) - 1)
    assert verdict(cost, direction="down") == "worse"


def test_the_needed_data_would_show_the_change_in_four_of_five_cases(worlds):
    first = worlds.counts(31, worlds.weekday_means(30, 100), 1)[0]
    second = worlds.counts(31, worlds.weekday_means(30, 112), 1)[0]
    needed = compare_totals(second, first).needed
    true_share = second.sum() / first.sum()

    old = worlds.counts(33, needed * worlds.weekday_means(30, first.sum()), WORLDS)
    new = worlds.counts(34, needed * true_share * worlds.weekday_means(30, first.sum()), WORLDS)
    said = [verdict(compare_totals(*pair), direction="up") for pair in zip(new, old, strict=True)]

    assert needed > 1
    assert 0.65 <= said.count("better" if true_share > 1 else "worse") / WORLDS <= 0.95


@pytest.mark.parametrize(
    ("target", "p_value"),
    # The interval reaches 1.645 standard errors: 2 below, 4 above.
    [(8.0, 0.1), (14.0, 0.1), (10.0, 1.0), (10 - 2 * 1.96 / 1.645, 0.05)],
)
def test_a_target_at_the_bound_of_the_interval_has_its_p_value(target, p_value):
    estimate = Estimate(10.0, Interval(8.0, 14.0, 0.9), 30)

    assert compare_to_target(estimate, target).p_value == pytest.approx(p_value, abs=1e-3)


def test_a_value_above_its_target_is_a_share_above_it():
    found = compare_to_target(Estimate(3.3, Interval(3.0, 3.6), 30), 3.0)

    assert found.share.value == pytest.approx(0.1)
    assert (found.share.interval.low, found.share.interval.high) == pytest.approx((0.0, 0.2))


@pytest.mark.parametrize(
    ("estimate", "target"), [(Estimate(3.0), 2.0), (Estimate(math.nan), 2.0), (Estimate(3.0, Interval(2, 4)), math.nan)]
)
def test_without_interval_value_or_target_there_is_not_enough(estimate, target):
    assert verdict(compare_to_target(estimate, target), direction="up") == "not_enough_data"


@pytest.mark.parametrize(
    ("found", "direction", "said"),
    [
        (change(0.2, 0.01), "up", "better"),
        (change(0.2, 0.01), "down", "worse"),
        (change(-0.2, 0.01), "up", "worse"),
        (change(-0.2, 0.01), "down", "better"),
        (change(0.2, 0.05), "up", "not_shown"),
        (change(0.2, 0.01), "band", None),
        (change(0.2, 0.01), "none", None),
        (change(0.2, 0.01, is_enough=False), "up", "not_enough_data"),
        (change(0.2, math.nan), "up", "not_enough_data"),
        # The total rose by 5 %, the calendar alone would have brought 10 %.
        (change(0.05, 0.01, calendar=1.1), "up", "worse"),
    ],
)
def test_a_verdict_needs_data_evidence_and_a_direction(found, direction, said):
    assert verdict(found, direction=direction) == said


def test_false_discoveries_are_controlled_as_in_the_paper_of_1995():
    small = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459]
    large = [0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0]

    found = control_false_discoveries(np.array(small + large), q=0.05)

    assert found.tolist() == [True] * 4 + [False] * 11


def test_an_unknown_p_value_is_no_discovery_and_no_test():
    assert control_false_discoveries(np.array([np.nan, 0.09])).tolist() == [False, True]
    assert control_false_discoveries(np.array([])).tolist() == []
