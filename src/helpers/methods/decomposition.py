"""Why a product changed: an exact split of its change among its factors.

The logarithmic mean (LMDI, Ang 2004) leaves no remainder and does not depend on the order of the factors, but needs
positive numbers. Where a factor is zero or changes its sign the Shapley value takes its place: the average, over all
orders of changing one factor after the other, of what each one adds. Both sum to the change.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np
import pandas as pd

MIX = "mix"


def decompose(old: Mapping[str, float], new: Mapping[str, float], factors: Sequence[str]) -> dict[str, float]:
    """Split the change of a product among its factors.

    Parameters
    ----------
    old, new
        Value of each factor. A factor that is NaN on one side, such as a rate of nothing, counts as unchanged.
    factors
        Whose product is the outcome, in the outcome's unit: spend, 1 / cost per mille, rate …

    Returns
    -------
    What each factor contributed, in the outcome's unit; the contributions sum to the new product less the old one.
    NaN for all where a factor is known on neither side although the product need not be zero.
    """
    before, after = _known_factors(old, new, factors)
    if all(a > 0 and b > 0 for a, b in zip(before, after, strict=True)):
        shares = _logarithmic(before, after)
    else:
        shares = _shapley(before, after)
    return dict(zip(factors, shares, strict=True))


def decompose_mix(old: pd.DataFrame, new: pd.DataFrame, factors: Sequence[str]) -> dict[str, float]:
    """Split the change of an outcome that several segments make together, and set the shift between them apart.

    Parameters
    ----------
    old, new
        One row a segment, the segment as index; the columns are factors whose product is the segment's outcome. A
        segment without a row on one side has a volume of zero there.
    factors
        Columns; the first is a volume that adds up over segments, such as spend or clicks.

    Returns
    -------
    What each factor contributed, and under "mix" the shift of volume between segments: the volume's own key holds
    the growth of the total alone. A segment that appears or vanishes counts as mix and volume, never as a change of
    its rates. The contributions sum to the change of the outcome. With shares as the first column they explain the
    change of a ratio: the volume contributes nothing then.
    """
    volume, *rates = factors
    segments = old.index.union(new.index)
    sides = [side.reindex(segments) for side in (old, new)]
    volumes = [side[volume].fillna(0.0) for side in sides]
    totals = [float(column.sum()) for column in volumes]
    result = dict.fromkeys([volume, MIX, *rates], 0.0)
    for segment in segments:
        before, after = (
            {volume: total, MIX: _share(float(column.loc[segment]), total)}
            | {rate: float(side.loc[segment, rate]) for rate in rates}
            for side, column, total in zip(sides, volumes, totals, strict=True)
        )
        for factor, part in decompose(before, after, [volume, MIX, *rates]).items():
            result[factor] += part
    return result


def _known_factors(
    old: Mapping[str, float], new: Mapping[str, float], factors: Sequence[str]
) -> tuple[list[float], list[float]]:
    before = [float(new[name] if math.isnan(old[name]) else old[name]) for name in factors]
    after = [float(old[name] if math.isnan(new[name]) else new[name]) for name in factors]
    # Nothing times whatever it was is nothing.
    filler = 0.0 if 0.0 in before and 0.0 in after else math.nan
    return [filler if math.isnan(x) else x for x in before], [filler if math.isnan(x) else x for x in after]


def _logarithmic(before: Sequence[float], after: Sequence[float]) -> list[float]:
    logs = [math.log(b / a) for a, b in zip(before, after, strict=True)]
    growth = math.fsum(logs)
    # (e^g - 1) / g is the logarithmic mean over the old product, and stays exact where the product hardly moves.
    weight = math.prod(before) * (math.expm1(growth) / growth if growth else 1.0)
    return [weight * log for log in logs]


def _shapley(before: Sequence[float], after: Sequence[float]) -> list[float]:
    count = len(before)
    shares = np.zeros(count)
    for factor in range(count):
        others = [place for place in range(count) if place != factor]
        step = after[factor] - before[factor]
        for size in range(count):
            orders = math.factorial(size) * math.factorial(count - size - 1) / math.factorial(count)
            for moved in combinations(others, size):
                rest = math.prod(after[place] if place in moved else before[place] for place in others)
                shares[factor] += orders * step * rest
    return [float(share) for share in shares]


def _share(part: float, whole: float) -> float:
    return part / whole if whole else math.nan
