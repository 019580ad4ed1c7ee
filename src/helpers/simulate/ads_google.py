"""What Google Ads delivers and reports: one row a campaign and day."""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.simulate.noise import Numbers, value_of, wander
from helpers.simulate.scenario import GoogleCampaign
from helpers.simulate.spend import share_out
from helpers.simulate.streams import Streams
from helpers.simulate.world import World

CPC_SPREAD = 0.15
CPC_MEMORY = 0.85


def draw(world: World, order_value: float, streams: Streams) -> pd.DataFrame:
    """Return Google's figures before any fault.

    Returns
    -------
    One row a campaign and day: date, campaign, kind, spend and conversion_value in euros to the cent, impressions,
    clicks, conversions (fractional, two decimals), impression_share (a fraction; NaN outside search).
    """
    campaigns = world.scenario.google
    shares = np.tile([campaign.share for campaign in campaigns], (len(world.days), 1))
    spend = share_out(world.spend.daily["google_ads"].to_numpy(), shares)
    claims = share_out(world.claimed("google_ads"), shares * np.array([campaign.pull for campaign in campaigns]))
    rows = []
    for position, campaign in enumerate(campaigns):
        rng = streams.of("google", campaign.name)
        figures = _deliver(campaign, spend[:, position], world, rng)
        # Data-driven attribution gives fractions of a conversion to each campaign.
        figures["conversions"] = np.round(rng.gamma(np.maximum(claims[:, position], 1e-6)), 2)
        figures["conversion_value"] = value_of(rng, figures["conversions"].to_numpy(), order_value)
        rows.append(figures)
    return pd.concat(rows, ignore_index=True).sort_values(["date", "campaign"], ignore_index=True)


def _deliver(campaign: GoogleCampaign, spend: Numbers, world: World, rng: np.random.Generator) -> pd.DataFrame:
    """Run one campaign: spend buys clicks at the price of the day."""
    days = len(spend)
    # Search prices move half as much with the season as those of feeds.
    cpc = campaign.cpc * np.sqrt(world.pressure.to_numpy()) * wander(rng, days, spread=CPC_SPREAD, memory=CPC_MEMORY)
    cost = np.round(spend * rng.lognormal(0.0, 0.05, days), 2)
    clicks = np.round(cost / cpc).astype(np.int64)
    spread = np.sqrt(1.3 / np.maximum(clicks, 1))
    impressions = np.ceil(clicks / campaign.ctr * np.exp(rng.normal(0.0, 1.0, days) * spread)).astype(np.int64)
    share = np.full(days, np.nan)
    if campaign.share_of_voice is not None:
        # A share near the top has little room to move.
        wobble = 0.18 * (1 - campaign.share_of_voice)
        share = np.minimum(campaign.share_of_voice * rng.lognormal(0.0, wobble, days), 0.99)
    return pd.DataFrame(
        {
            "date": world.days,
            "campaign": campaign.name,
            "kind": campaign.kind,
            "spend": cost,
            "impressions": impressions,
            "clicks": clicks,
            "impression_share": np.round(share, 4),
        }
    )
