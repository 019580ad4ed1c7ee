"""The curve of arrival is found in simulated exports of known delay, and none where nothing arrives late."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from helpers.methods import development
from helpers.methods.development import Seen

AGES = np.arange(7.0)


def seen(at_once: float, delay: float, *, days: int = 90, mean: float = 40.0, every: int = 7, seed: int) -> Seen:
    """Exports taken every week: what was counted of each day by then, every event with its own delay."""
    draw = np.random.default_rng(seed)
    rows = []
    for day in range(days):
        count = draw.poisson(mean)
        late = np.where(draw.random(count) < at_once, 0.0, draw.exponential(delay, count))
        exports = [taken for taken in range(every, days + every, every) if taken > day][:5]
        known = [(taken - day - 1, float((late <= taken - day - 1).sum())) for taken in exports]
        rows += [(day, *older, *newer) for older, newer in pairwise(known)]
    day, age, count, later_age, later_count = np.array(rows).T
    return Seen(day.astype(np.int64), age, later_age, count, later_count)


@pytest.mark.parametrize(("at_once", "delay"), [(0.6, 4.0), (0.3, 2.0), (0.8, 6.0)])
def test_the_planted_share_lies_in_its_interval_about_as_often_as_it_says(at_once: float, delay: float) -> None:
    truth = 1 - (1 - at_once) * np.exp(-AGES / delay)
    counts = 40 * truth
    held = []
    for seed in range(25):
        found = development.fit(seen(at_once, delay, seed=seed))
        assert found is not None
        share = found.share(AGES, counts)
        assert share.value == pytest.approx(counts.sum() / (7 * 40), abs=0.06)
        assert share.interval
        held.append(share.interval.holds(counts.sum() / (7 * 40)))
    assert 0.8 <= np.mean(held) <= 1


def test_where_nothing_arrives_late_all_is_there() -> None:
    found = development.fit(seen(1.0, 1.0, seed=3))

    assert found is not None
    assert found.arrived(AGES) == pytest.approx(1)
    assert found.share(AGES, np.full(7, 40.0)).interval == development.Interval(1.0, 1.0, 0.9)


def test_later_corrections_down_are_no_delay() -> None:
    late = seen(1.0, 1.0, seed=3)
    corrected = Seen(late.day, late.age, late.later_age, late.count, np.floor(0.97 * late.later_count))
    found = development.fit(corrected)

    assert found is not None
    assert found.arrived(AGES) == pytest.approx(1)


def test_little_data_give_no_curve() -> None:
    assert development.fit(seen(0.6, 4.0, days=5, every=3, seed=1)) is None
    assert development.fit(seen(0.6, 4.0, days=60, mean=0.1, seed=1)) is None


def test_a_day_without_a_count_says_nothing() -> None:
    found = development.fit(seen(0.6, 4.0, seed=1))

    assert found is not None
    assert np.isnan(found.share(AGES, np.zeros(7)).value)
