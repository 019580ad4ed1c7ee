import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.methods.decomposition import decompose, decompose_mix

FACTORS = ["spend", "cpm", "ctr", "cvr", "aov"]
numbers = st.one_of(st.just(0.0), st.floats(1e-3, 1e4), st.floats(-1e4, -1e-3))


def segments(**columns: list[float]) -> pd.DataFrame:
    return pd.DataFrame(columns, index=list("ABC")[: len(next(iter(columns.values())))])


@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        # Only one factor moves: it has the whole change.
        ((2, 3), (4, 3), (6, 0)),
        # Both double: 6 becomes 24, half each.
        ((2, 3), (4, 6), (9, 9)),
        # One halves while the other doubles: nothing changes, they cancel.
        ((2, 3), (1, 6), (-6 * math.log(2), 6 * math.log(2))),
        # From nothing: the mean of 2 x 3 and 2 x 5, and of 0 x 2 and 2 x 2.
        ((0, 3), (2, 5), (8, 2)),
        # A sign turns: the mean of -2 x 3 and -2 x 4, and of 1 x 1 and -1 x 1.
        ((1, 3), (-1, 4), (-7, 0)),
        # A rate of nothing is unknown and counts as unchanged.
        ((0, math.nan), (2, 5), (10, 0)),
        ((2, 5), (0, math.nan), (-10, 0)),
        ((0, math.nan), (0, math.nan), (0, 0)),
    ],
)
def test_each_factor_has_its_part(old, new, parts):
    names = ["volume", "rate"]

    found = decompose(dict(zip(names, old, strict=True)), dict(zip(names, new, strict=True)), names)

    assert tuple(found.values()) == pytest.approx(parts)


def test_what_is_known_on_neither_side_stays_unknown():
    found = decompose({"volume": 1, "rate": math.nan}, {"volume": 2, "rate": math.nan}, ["volume", "rate"])

    assert all(math.isnan(part) for part in found.values())


@given(st.lists(numbers, min_size=10, max_size=10))
@settings(max_examples=200, deadline=None)
def test_the_parts_sum_to_the_change(values):
    old, new = dict(zip(FACTORS, values[:5], strict=True)), dict(zip(FACTORS, values[5:], strict=True))

    found = decompose(old, new, FACTORS)

    before, after = math.prod(old.values()), math.prod(new.values())
    size = max(abs(before), abs(after), *(abs(part) for part in found.values()))
    assert math.fsum(found.values()) == pytest.approx(after - before, abs=1e-9 * size)


def test_mix_and_rate_are_told_apart_in_the_glossarys_example():
    # 8,000 clicks at 1 % and 2,000 at 5 % become 4,000 at 0.9 % and 6,000 at 4.5 %: 1.80 % turn into 3.06 %.
    old = segments(clicks=[0.8, 0.2], cvr=[0.01, 0.05])
    new = segments(clicks=[0.4, 0.6], cvr=[0.009, 0.045])

    found = decompose_mix(old, new, ["clicks", "cvr"])

    # Both rates fell by a tenth: the rate's part is ln 0.9 times the logarithmic means of the segments.
    means = [(0.0036 - 0.008) / math.log(0.0036 / 0.008), (0.027 - 0.01) / math.log(2.7)]
    assert found["cvr"] == pytest.approx(math.log(0.9) * sum(means))
    assert found["clicks"] == pytest.approx(0)
    assert found["mix"] == pytest.approx(0.0306 - 0.018 - found["cvr"])


@pytest.mark.parametrize(
    ("new", "parts"),
    [
        # Everything doubles in the same proportions.
        (segments(clicks=[16000, 4000], cvr=[0.01, 0.05]), (180, 0, 0)),
        # Only the rates fall by a tenth.
        (segments(clicks=[8000, 2000], cvr=[0.009, 0.045]), (0, 0, -18)),
        # Only the proportions change: 2,000 clicks move from 1 % to 5 %.
        (segments(clicks=[6000, 4000], cvr=[0.01, 0.05]), (0, 80, 0)),
        # One segment goes and the other takes over its clicks; then all of them go.
        (segments(clicks=[10000], cvr=[0.01]), (0, -80, 0)),
        (segments(clicks=[8000, 2000], cvr=[0.01, 0.05]).iloc[:0], (-180, 0, 0)),
        # A new segment takes half of one segment's clicks.
        (segments(clicks=[4000, 2000, 4000], cvr=[0.01, 0.05, 0.02]), (0, 40, 0)),
    ],
)
def test_volume_mix_and_rate_each_have_their_part(new, parts):
    old = segments(clicks=[8000, 2000], cvr=[0.01, 0.05])

    found = decompose_mix(old, new, ["clicks", "cvr"])

    assert tuple(found.values()) == pytest.approx(parts, abs=1e-9)


def test_the_parts_of_many_segments_sum_to_the_change():
    rng = np.random.default_rng(1)
    old, new = (pd.DataFrame(rng.lognormal(size=(40, 5)), columns=FACTORS) for _ in range(2))
    old.loc[3, "cvr"] = 0
    new = new.drop(index=[5, 6])

    found = decompose_mix(old, new, FACTORS)

    change = new.prod(axis=1).sum() - old.prod(axis=1).sum()
    assert sum(found.values()) == pytest.approx(change, rel=1e-9)
    assert set(found) == {*FACTORS, "mix"}
