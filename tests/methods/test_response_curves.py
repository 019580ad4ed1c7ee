"""Carry-over and saturation against numbers worked out by hand, and draws against a density known exactly."""

from __future__ import annotations

import math

import numpy as np
import pytest

from helpers.methods.response import channel_prior, regime
from helpers.methods.response.curves import carry_over, saturation, slope
from helpers.methods.response.sampling import peak, sample


def alone(*values: float) -> np.ndarray:
    """One draw of one channel."""
    return np.array([values]) if len(values) == 1 else np.array(values)[:, None]


def test_half_of_what_is_felt_is_left_a_week_later() -> None:
    spend = alone(0, 0, 0, 0, 80, 0, 0)

    assert carry_over(spend, alone(0.5))[:, 0, 0].tolist() == [0, 0, 0, 0, 40, 20, 10]


def test_a_constant_spend_is_felt_as_it_is() -> None:
    assert carry_over(alone(*[30.0] * 8), alone(0.7))[:, 0, 0] == pytest.approx([30.0] * 8)


def test_before_its_first_week_a_channel_spent_what_it_spent_in_its_first_four() -> None:
    # The mean of the first four is 20; half of it, and half of the 40 of the week itself, is felt in the first.
    assert carry_over(alone(40, 20, 20, 0, 0), alone(0.5))[0, 0, 0] == 30


def test_a_spend_at_half_saturation_reaches_half_and_twice_of_it_four_fifths_with_shape_two() -> None:
    reached = saturation(np.array([0.0, 10.0, 20.0]), np.array(10.0), np.array(2.0))

    assert reached == pytest.approx([0, 1 / 2, 4 / 5])


def test_the_slope_is_what_one_small_step_adds() -> None:
    at, half, shape = np.array([2.0, 10.0, 60.0]), np.array([10.0, 10.0, 20.0]), np.array([0.7, 1.0, 2.0])

    step = saturation(at + 1e-6, half, shape) - saturation(at - 1e-6, half, shape)

    assert slope(at, half, shape) == pytest.approx(step / 2e-6, rel=1e-6)


@pytest.mark.parametrize("shape", [0.5, 1.0, 2.0])
def test_the_slope_at_no_spend_is_finite(shape: float) -> None:
    assert math.isfinite(slope(np.array(0.0), np.array(10.0), np.array(shape)))


def test_without_benchmark_and_attribution_all_channels_together_bring_a_quarter_of_sales() -> None:
    spends = (100.0, 40.0)
    priors = [channel_prior(attributed_roas=None, benchmark=None, revenue=1000, spend=70, channels=2) for _ in spends]

    assert priors[0].roas == pytest.approx(1000 / 70 * 0.25 / 2)
    assert sum(prior.roas * spend for prior, spend in zip(priors, spends, strict=True)) == pytest.approx(250)
    assert all(prior.log_sd >= 1.2 for prior in priors)


def test_attribution_is_lowered_and_weighed_against_the_benchmark_by_precision() -> None:
    prior = channel_prior(attributed_roas=4.0, benchmark=2.0, revenue=0, spend=0, channels=3, retention=0.4)

    # Precisions 1 / .5² = 4 and 1 / .6² = 2.7778.
    middle = (4 * (math.log(4) - 0.2) + 2.7778 * math.log(2)) / 6.7778
    assert prior.roas == pytest.approx(math.exp(middle), rel=1e-4)
    assert 0.42 <= prior.log_sd <= 0.65
    assert prior.retention == 0.4


@pytest.mark.parametrize("unknown", [None, 0.0, math.nan])
def test_one_source_alone_is_taken_with_its_own_width(unknown: float | None) -> None:
    prior = channel_prior(attributed_roas=unknown, benchmark=2.0, revenue=0, spend=0, channels=3)

    assert prior.roas == pytest.approx(2.0)
    assert prior.log_sd == pytest.approx(0.6)


def test_a_prior_from_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="revenue"):
        channel_prior(attributed_roas=None, benchmark=None, revenue=0, spend=100, channels=5)


def test_half_a_year_and_a_year_and_a_half_part_the_regimes() -> None:
    assert [regime(weeks) for weeks in (25, 26, 78, 79)] == ["prior_driven", "mixed", "mixed", "data_driven"]


MEAN = np.array([1.0, -2.0, 0.5])
COVARIANCE = np.array([[1.0, 0.6, 0.0], [0.6, 0.5, 0.1], [0.0, 0.1, 0.2]])


def gaussian(places: np.ndarray) -> np.ndarray:
    apart = places - MEAN
    return np.asarray(-0.5 * np.einsum("ni,ij,nj->n", apart, np.linalg.inv(COVARIANCE), apart))


def test_the_peak_of_a_gaussian_has_its_mean_and_covariance() -> None:
    top = peak(gaussian, np.zeros(3))

    assert top.mode == pytest.approx(MEAN, abs=1e-2)
    assert top.root @ top.root.T == pytest.approx(COVARIANCE, abs=1e-3)


def test_draws_of_a_gaussian_have_its_mean_and_covariance() -> None:
    draws = sample(gaussian, peak(gaussian, np.zeros(3)), 4000, tries=8000, moves=20, rng=np.random.default_rng(3))

    # Four standard errors of independent draws, doubled because some draws share their proposal.
    reach = 8 * np.sqrt(np.diag(COVARIANCE) / 4000)
    assert (np.abs(draws.mean(axis=0) - MEAN) < reach).all()
    assert np.cov(draws.T) == pytest.approx(COVARIANCE, abs=0.12)


def test_draws_of_a_skewed_density_are_not_those_of_its_normal_approximation() -> None:
    def skewed(places: np.ndarray) -> np.ndarray:
        return np.asarray(places[:, 0] - np.exp(places[:, 0]))  # The log of an exponential variable: mean -0.5772.

    draws = sample(skewed, peak(skewed, np.zeros(1)), 4000, tries=8000, moves=20, rng=np.random.default_rng(3))

    assert draws.mean() == pytest.approx(-0.5772, abs=8 * 1.2825 / math.sqrt(4000))
