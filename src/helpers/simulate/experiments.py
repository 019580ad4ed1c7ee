"""A/B tests with known rates: one with an effect, one without, one that a fault may break."""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.simulate.scenario import Scenario
from helpers.simulate.streams import Streams

CONTROL = "A"
TREATMENT = "B"
MEAN_ORDER = 68.0


def draw(scenario: Scenario, streams: Streams) -> dict[str, pd.DataFrame]:
    """Return the users of each experiment, by its name.

    Returns
    -------
    One row a user: user_id, variant (A is the control), converted (0 or 1), revenue (euros, 0 without conversion).
    """
    tables = {}
    for test in scenario.experiments:
        rng = streams.of("experiment", test.name)
        is_treated = rng.uniform(0.0, 1.0, test.users) < 0.5
        rate = np.where(is_treated, test.treatment_rate, test.control_rate)
        converted = (rng.uniform(0.0, 1.0, test.users) < rate).astype(np.int64)
        order = MEAN_ORDER * np.exp(rng.normal(0.0, 0.5, test.users) - 0.125)
        tables[test.name] = pd.DataFrame(
            {
                "user_id": np.arange(1, test.users + 1),
                "variant": np.where(is_treated, TREATMENT, CONTROL),
                "converted": converted,
                "revenue": np.round(converted * order, 2),
            }
        )
    return tables
