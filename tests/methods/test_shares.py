"""Shares of a whole that is counted."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from helpers.methods import shares


def test_shares_are_parts_of_the_whole_with_the_interval_of_a_dirichlet() -> None:
    found = shares.shares([30, 8, 6], level=0.9)

    assert [one.value for one in found] == pytest.approx([30 / 44, 8 / 44, 6 / 44])
    assert found[0].interval is not None
    low, high = stats.beta(30.5, 14 + 1).ppf([0.05, 0.95])
    assert (found[0].interval.low, found[0].interval.high) == pytest.approx((low, high))
    assert found[0].n == 44


def test_ads_that_come_in_batches_count_for_less() -> None:
    alone, batched = shares.shares([30, 14]), shares.shares([30, 14], dispersion=4.0)

    assert alone[0].interval is not None
    assert batched[0].interval is not None
    assert batched[0].interval.high - batched[0].interval.low > alone[0].interval.high - alone[0].interval.low
    assert shares.more_p(30, 14, dispersion=4.0) > shares.more_p(30, 14)


def test_more_than_another_is_the_exact_sign_test() -> None:
    assert shares.more_p(30, 8) == pytest.approx(stats.binomtest(30, 38).pvalue)
    assert shares.more_p(8, 8) == 1.0
    assert np.isnan(shares.more_p(0, 0))


def test_the_interval_of_a_share_holds_the_truth_as_often_as_it_says(worlds) -> None:
    rng = np.random.default_rng(5)
    true = np.array([0.5, 0.3, 0.2])

    drawn = rng.multinomial(40, true, size=400)
    missed = sum(not shares.shares(row, level=0.9)[1].interval.holds(0.3) for row in drawn)

    assert missed <= worlds.at_most(0.1, 400)


def test_independent_launches_have_no_dispersion_and_batches_have_their_size() -> None:
    rng = np.random.default_rng(6)

    assert shares.dispersion(rng.poisson(20, (3, 400))) == pytest.approx(1.0, abs=0.1)
    assert shares.dispersion(5 * rng.poisson(4, (3, 400))) == pytest.approx(5.0, rel=0.1)
    assert shares.dispersion(np.array([[9, 0, 0]])) == 1.0


def test_nothing_has_no_shares_and_one_alone_is_the_whole() -> None:
    assert shares.shares([0, 0]) == []
    assert shares.shares([7])[0].value == 1.0
