"""Exchange rates of every day."""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.simulate.scenario import COVERED
from helpers.simulate.streams import Streams

_USUAL_RATE = 0.87


def draw(streams: Streams) -> pd.Series[float]:
    """Return the euros that one US dollar is worth, by day, four decimals."""
    days = pd.date_range(COVERED.start, COVERED.end, freq="D")
    steps = streams.of("fx").normal(0.0, 0.003, len(days))
    path = np.empty(len(days))
    distance = 0.0
    for day, step in enumerate(steps):
        distance = 0.985 * distance + step
        path[day] = distance
    return pd.Series(np.round(_USUAL_RATE * np.exp(path), 4), index=days)
