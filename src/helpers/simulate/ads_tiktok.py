"""What TikTok Ads delivers and reports: one row a campaign and day."""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.simulate.noise import Numbers, dispersed_counts, wander
from helpers.simulate.scenario import TiktokCampaign
from helpers.simulate.spend import share_out
from helpers.simulate.streams import Streams
from helpers.simulate.world import World


def draw(world: World, streams: Streams) -> pd.DataFrame:
    """Return TikTok's figures; this export holds no conversion value.

    Returns
    -------
    One row a campaign and day with delivery: date, campaign, budget, spend in euros to the cent, impressions, reach,
    clicks (to the destination), conversions, views_2s, views_6s, views_full.
    """
    campaigns = world.scenario.tiktok
    weights = np.column_stack([campaign.share * (world.days >= pd.Timestamp(campaign.start)) for campaign in campaigns])
    spend = share_out(world.spend.daily["tiktok"].to_numpy(), weights)
    claims = share_out(world.claimed("tiktok"), weights * np.array([campaign.pull for campaign in campaigns]))
    rows = []
    for position, campaign in enumerate(campaigns):
        rng = streams.of("tiktok", campaign.name)
        figures = _deliver(campaign, spend[:, position], world, rng)
        figures["conversions"] = rng.poisson(claims[:, position])
        rows.append(figures.loc[figures["date"] >= pd.Timestamp(campaign.start)])
    return pd.concat(rows, ignore_index=True).sort_values(["date", "campaign"], ignore_index=True)


def _deliver(campaign: TiktokCampaign, spend: Numbers, world: World, rng: np.random.Generator) -> pd.DataFrame:
    days = len(spend)
    cpm = campaign.cpm * world.pressure.to_numpy() * wander(rng, days, spread=0.13, memory=0.75)
    cost = np.round(spend, 2)
    impressions = np.round(1000 * cost / cpm).astype(np.int64)
    return pd.DataFrame(
        {
            "date": world.days,
            "campaign": campaign.name,
            "budget": campaign.budget,
            "spend": cost,
            "impressions": impressions,
            "reach": np.ceil(impressions / rng.uniform(1.15, 1.4, days)).astype(np.int64),
            "clicks": np.minimum(dispersed_counts(rng, impressions * campaign.ctr), impressions),
            "views_2s": rng.binomial(impressions, 0.31),
            "views_6s": rng.binomial(impressions, 0.1),
            "views_full": rng.binomial(impressions, 0.03),
        }
    )
