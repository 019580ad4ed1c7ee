import pytest

from helpers.methods.distributions import normal_level, rate_bounds, share_bounds, share_p, student_p


def test_ten_events_have_the_tabled_poisson_interval():
    assert rate_bounds(10, 0.95) == pytest.approx((4.795, 18.390), abs=5e-4)


def test_no_event_bounds_the_rate_by_three():
    assert rate_bounds(0, 0.90) == pytest.approx((0.0, 2.9957), abs=1e-4)


def test_eight_of_ten_have_the_tabled_binomial_interval():
    assert share_bounds(8, 2, 0.95) == pytest.approx((0.4439, 0.9748), abs=1e-4)


@pytest.mark.parametrize(("successes", "failures", "expected"), [(8, 2, 112 / 1024), (5, 5, 1.0), (10, 0, 2 / 1024)])
def test_the_exact_test_counts_the_coins(successes, failures, expected):
    assert share_p(successes, failures, 0.5) == pytest.approx(expected)


def test_the_interval_holds_a_chance_exactly_where_the_test_does_not_reject_it():
    low, high = share_bounds(12.5, 30.25, 0.9)

    assert share_p(12.5, 30.25, low) == pytest.approx(0.1)
    assert share_p(12.5, 30.25, high) == pytest.approx(0.1)


def test_few_degrees_of_freedom_widen_interval_and_p_value_alike():
    # t with 5 degrees of freedom: 2.5706 cuts off 5 %, where a normal cuts off 1.0153 %.
    assert normal_level(0.95, 5) == pytest.approx(1 - 0.010153, abs=1e-5)
    assert student_p(0.010153, 5) == pytest.approx(0.05, abs=1e-4)
