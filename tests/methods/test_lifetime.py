"""Models of repeat purchases give the published answers, find planted parameters, and cover what then happens."""

from __future__ import annotations

from datetime import date
from math import comb

import numpy as np
import pandas as pd
import pytest

from helpers.methods import lifetime, spend
from helpers.methods.lifetime import Fitted, Histories

# Fader, Hardie & Lee (2005), of the tenth of the CDNOW cohort up to 30 September 1997.
PUBLISHED = {
    "bg_nbd": (0.2426, 4.4136, 0.7929, 2.4259),
    "pareto_nbd": (0.5533, 10.5776, 0.6062, 11.668),
    "gamma_gamma": (6.25, 3.74, 15.44),
}
BG_NBD = (0.6, 6.0, 0.8, 2.4)
SPEND = (6.0, 4.0, 30.0)


def a_history(repeats: float, recency: float, age: float, spent: float = np.nan, first: float = np.nan) -> Histories:
    return Histories(np.array(["x"]), *(np.array([float(part)]) for part in (repeats, recency, age, spent, first)))


def simulated(seed: int, customers: int, habit: tuple[float, ...] = BG_NBD, money: tuple[float, ...] = SPEND):
    """Customers as BG/NBD and Gamma-Gamma describe them: what is known after up to a year, and the 26 weeks after."""
    rng = np.random.default_rng(seed)
    r, alpha, a, b = habit
    p, q, v = money
    rate, leaving = rng.gamma(r, 1 / alpha, customers), rng.beta(a, b, customers)
    age, price = rng.uniform(10, 52, customers), rng.gamma(q, 1 / v, customers)
    rows, later = [], np.zeros(2)
    for number in range(customers):
        clock, times = 0.0, []
        while clock < age[number] + 26:
            clock += rng.exponential(1 / rate[number])
            times.append(clock)
            if rng.random() < leaving[number]:
                break
        paid = rng.gamma(p, 1 / price[number], len(times) + 1)
        known = np.array(times) <= age[number]
        coming = ~known & (np.array(times) <= age[number] + 26)
        later += coming.sum(), paid[1:][coming].sum()
        own = paid[1:][known]
        mean = own.mean() if len(own) else np.nan
        rows.append((known.sum(), max(np.array(times)[known], default=0.0), age[number], mean, paid[0]))
    return Histories(np.arange(customers), *np.array(rows, dtype=float).T), later


@pytest.fixture(scope="module")
def planted() -> Histories:
    return simulated(1, 6000)[0]


@pytest.fixture
def cdnow(dataset) -> Histories:
    rows = pd.read_csv(dataset("cdnow/CDNOW_sample.txt"), sep=r"\s+", header=None, dtype={1: str, 2: str})
    orders = pd.DataFrame({"customer_id": rows[1], "date": pd.to_datetime(rows[2]), "revenue": rows[4]})
    return lifetime.histories(orders, date(1997, 9, 30))


def test_histories_merge_purchases_of_one_day_and_end_with_the_period() -> None:
    days = ("2026-01-01", "2026-01-01", "2026-01-15", "2026-01-29", "2026-03-01", "2026-01-08")
    orders = pd.DataFrame(
        {
            "customer_id": ["b", "b", "b", "b", "b", "a"],
            "date": pd.to_datetime(list(days)),
            "revenue": [10.0, 5.0, 30.0, 50.0, 999.0, 7.0],
        }
    )

    known = lifetime.histories(orders, date(2026, 2, 12))

    assert list(known.customers) == ["a", "b"]
    assert list(known.repeats) == [0, 2]
    assert known.recency == pytest.approx([0, 4])
    assert known.age == pytest.approx([5, 6])
    assert known.spend[1] == 40.0
    assert np.isnan(known.spend[0])
    assert list(known.first) == [7.0, 15.0]


def test_the_published_parameters_come_from_the_published_file(cdnow) -> None:
    assert (len(cdnow), cdnow.repeats.sum(), (cdnow.repeats == 0).sum()) == (2357, 2457, 1411)
    models = (
        lifetime.fit_bg_nbd(cdnow),
        lifetime.fit_pareto_nbd(cdnow),
        spend.fit_gamma_gamma(cdnow.repeats, cdnow.spend),
    )

    for fitted in models:
        assert fitted.values == pytest.approx(PUBLISHED[fitted.model], rel=0.002)
    assert models[0].likelihood == pytest.approx(-9582.4, abs=0.05)


def test_the_published_expectation_of_one_customer() -> None:
    fitted = Fitted("bg_nbd", PUBLISHED["bg_nbd"], np.zeros((4, 4)), 0.0, is_inside=True, n=2357)

    expected = lifetime.expected_purchases(fitted, a_history(2, 30.43, 38.86), 39)

    assert expected[0] == pytest.approx(1.226, abs=0.0005)


@pytest.mark.parametrize("a", [1.0, 1.0 + 1e-9])
def test_the_expectation_has_no_hole_where_its_formula_has_one(a: float) -> None:
    def expected(value: float) -> float:
        fitted = Fitted("bg_nbd", (0.5, 6.0, value, 2.0), np.zeros((4, 4)), 0.0, is_inside=True, n=1)
        return float(lifetime.expected_purchases(fitted, a_history(2, 10, 20), 26)[0])

    assert expected(a) == pytest.approx((expected(0.99) + expected(1.01)) / 2, rel=1e-4)


def test_bg_nbd_finds_planted_parameters(planted) -> None:
    fitted = lifetime.fit_bg_nbd(planted)

    spread = np.sqrt((fitted.root**2).sum(axis=1))
    assert fitted.is_inside
    assert (np.abs(np.log(fitted.values) - np.log(BG_NBD)) < 3 * spread).all()
    assert (spread < 0.5).all()


def test_gamma_gamma_finds_planted_parameters(planted) -> None:
    fitted = spend.fit_gamma_gamma(planted.repeats, planted.spend)

    spread = np.sqrt((fitted.root**2).sum(axis=1))
    assert (np.abs(np.log(fitted.values) - np.log(SPEND)) < 3 * spread).all()
    assert fitted.n == (planted.repeats > 0).sum()


def test_pareto_nbd_is_the_negative_binomial_where_nobody_leaves() -> None:
    """With a rate of leaving that is next to nothing, the chance of x purchases is that of the NBD, by hand."""
    r, alpha, age, repeats = 2.0, 8.0, 10.0, 3
    leaving = (1e-6, 1e3)
    by_hand = comb(r_plus := int(r) + repeats - 1, repeats) * (alpha / (alpha + age)) ** r
    by_hand *= (age / (alpha + age)) ** repeats
    assert r_plus == 4

    found = lifetime._pareto_nbd(
        np.array([r, alpha, *leaving]), np.array([3.0]), np.array([age - 1e-9]), np.array([age])
    )

    # The likelihood is of purchases at given times: x! orders of them, spread evenly over the age.
    of_times = np.exp(found[0]) * age**repeats / (1 * 2 * 3)
    assert of_times == pytest.approx(by_hand, rel=1e-4)


def test_who_has_been_silent_for_long_has_more_likely_left() -> None:
    values = np.array(BG_NBD)

    silent, recent, never = (
        lifetime.alive(values, a_history(*known))[0] for known in ((6, 10, 50), (6, 49, 50), (0, 0, 50))
    )

    assert silent < 0.1
    assert 0.8 < recent < never == 1.0


def test_first_purchases_are_brought_to_the_level_of_the_later_ones() -> None:
    known = Histories(
        np.array(["a", "b", "c"]),
        np.array([2.0, 1.0, 0.0]),
        np.array([4.0, 2.0, 0.0]),
        np.array([9.0, 9.0, 9.0]),
        np.array([40.0, 20.0, np.nan]),
        np.array([20.0, 10.0, 30.0]),
    )

    count, mean = spend.all_purchases(known)

    assert list(count) == [3, 2, 1]
    assert mean == pytest.approx([40.0, 20.0, 60.0])


def test_a_spend_without_a_mean_is_said_to_be_unknown() -> None:
    fitted = Fitted("gamma_gamma", (6.0, 0.9, 15.0), np.zeros((3, 3)), 0.0, is_inside=True, n=20)

    assert np.isnan(spend.expected_spend(fitted, a_history(1, 2, 3, 20.0, 20.0))).all()


@pytest.mark.slow
def test_eighty_per_cent_intervals_hold_what_happens_eight_times_in_ten(worlds) -> None:
    held = np.zeros(2, dtype=int)
    trials = 60
    for seed in range(trials):
        known, later = simulated(100 + seed, 400)
        habit, money = lifetime.fit_bg_nbd(known), spend.fit_gamma_gamma(*spend.all_purchases(known))
        future = spend.future(habit, money, known, 26, seed=seed)
        for place, draws in enumerate((future.purchases, future.revenue)):
            interval = future.total(draws, float(later[place]), 0.8).interval
            held[place] += interval is not None and interval.holds(later[place])

    for count in held:
        assert worlds.at_least(0.75, trials) <= count <= worlds.at_most(0.85, trials)


def test_the_same_seed_gives_the_same_future(planted) -> None:
    known = planted.take(np.arange(300))
    habit, money = lifetime.fit_bg_nbd(known), spend.fit_gamma_gamma(*spend.all_purchases(known))

    first, again, other = (spend.future(habit, money, known, 26, seed=seed).revenue for seed in (1, 1, 2))

    assert (first == again).all()
    assert (first != other).any()


def test_the_expectation_is_the_mean_of_the_draws(planted) -> None:
    habit, money = lifetime.fit_bg_nbd(planted), spend.fit_gamma_gamma(*spend.all_purchases(planted))

    future = spend.future(habit, money, planted, 26, seed=3)

    expected = lifetime.expected_purchases(habit, planted, 26)
    assert future.purchases.mean() == pytest.approx(expected.sum(), rel=0.01)
    paid = (expected * spend.expected_spend(money, planted)).sum()
    assert future.revenue.mean() == pytest.approx(paid, rel=0.015)
