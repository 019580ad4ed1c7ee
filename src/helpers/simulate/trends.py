"""Search interest with one planted level shift."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from helpers.simulate.noise import Numbers
from helpers.simulate.scenario import Scenario
from helpers.simulate.streams import Streams
from helpers.simulate.world import season

SHIFT_FACTOR = 1.7
TERM = "ropa de cama lino"
_WEEKS = pd.date_range("2024-11-03", "2026-10-25", freq="W-SUN")


@dataclass(frozen=True)
class Trends:
    """Interest by week, 0 to 100 over both terms, and the first week of the higher level.

    `interest` has one row a week (its Sunday) and one column a term; a value between 0 and 1 is shown as `<1`.
    """

    interest: pd.DataFrame
    shift: date


def draw(scenario: Scenario, streams: Streams) -> Trends:
    """Draw two years of weekly interest: a generic term with a level shift and the brand, which few search."""
    rng = streams.of("trends")
    first_high = int(rng.integers(64, 84))
    level = np.where(np.arange(len(_WEEKS)) < first_high, 1.0, SHIFT_FACTOR)
    generic = level * season(_WEEKS) ** 0.5 * rng.lognormal(0.0, 0.07, len(_WEEKS))
    brand = 0.016 * rng.lognormal(0.0, 0.6, len(_WEEKS))
    top = generic.max()
    interest = pd.DataFrame(
        {TERM: np.round(100 * generic / top), scenario.name.lower(): _whole_or_tiny(100 * brand / top)}, index=_WEEKS
    )
    return Trends(interest, _WEEKS[first_high].date())


def _whole_or_tiny(interest: Numbers) -> Numbers:
    return np.where(interest < 1, 0.5, np.round(interest))
