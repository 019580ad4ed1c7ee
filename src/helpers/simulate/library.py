"""The ads that the client and its competitors run, as the analyst found them in the library of the platform."""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.simulate.posts import COMPETITORS
from helpers.simulate.scenario import LAST_MONTH, Scenario
from helpers.simulate.streams import Streams

OWN_ADS = 8
_FORMER_ADS = 1
_LONGEST_RUN = 45


def draw(scenario: Scenario, streams: Streams) -> pd.DataFrame:
    """Return the ads of the last weeks; those of the last month have known shares.

    Returns
    -------
    One row an ad, sorted by first day: page, ad_id, start, stop (NaT while it runs). Each advertiser has its known
    number of ads that ran in the last month, and one that had ended before.
    """
    advertisers = {scenario.name: OWN_ADS} | {rival.name: rival.ads for rival in COMPETITORS}
    tables = [_ads(name, count, streams.of("library", name)) for name, count in advertisers.items()]
    listed = pd.concat(tables, ignore_index=True).sort_values(["start", "page"], ignore_index=True)
    return listed.assign(ad_id=480000 + 7 * np.arange(len(listed)))[["page", "ad_id", "start", "stop"]]


def _ads(name: str, count: int, rng: np.random.Generator) -> pd.DataFrame:
    first, last = pd.Timestamp(LAST_MONTH.start), pd.Timestamp(LAST_MONTH.end)
    start = last - pd.to_timedelta(rng.integers(0, _LONGEST_RUN, count), unit="D")
    ends = first + pd.to_timedelta(rng.integers(0, LAST_MONTH.days, count), unit="D")
    has_ended = (rng.uniform(size=count) < 0.4) & (ends >= start)
    running = pd.DataFrame({"page": name, "start": start, "stop": pd.Series(ends).where(has_ended)})
    former = first - pd.to_timedelta(rng.integers(5, 20, _FORMER_ADS), unit="D")
    ended = pd.DataFrame({"page": name, "start": former - pd.Timedelta(weeks=2), "stop": former})
    return pd.concat([running, ended], ignore_index=True)
