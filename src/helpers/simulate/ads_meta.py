"""What Meta delivers and reports: one row an ad and day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from helpers.simulate.noise import Numbers, dispersed_counts, value_of, wander
from helpers.simulate.scenario import AWARENESS, COVERED, CURRENCY, AdSlot
from helpers.simulate.spend import share_out
from helpers.simulate.streams import Streams
from helpers.simulate.world import World

PIXEL_COLUMNS = ("add_to_cart", "checkouts", "conversions", "conversion_value")
ADDITIVE_COLUMNS = (
    "impressions",
    "spend",
    "clicks",
    "link_clicks",
    "landing_page_views",
    *PIXEL_COLUMNS,
    "video_views",
    "thruplays",
)
_THEMES = ("Dormitorio", "Lino", "Nórdicos", "Baño", "Mantas", "Mesa", "Infantil", "Rebajas", "Otoño", "Algodón")
_VIDEO_FORMATS = ("Reel", "Vídeo")


@dataclass(frozen=True)
class Ad:
    """One ad: where it runs, from when to when, how well it draws clicks compared with its slot."""

    slot: AdSlot
    name: str
    start: date
    end: date
    quality: float


def draw(world: World, order_value: float, streams: Streams) -> pd.DataFrame:
    """Return Meta's figures before any fault.

    Parameters
    ----------
    order_value
        Mean total of an order, in euros.

    Returns
    -------
    One row an ad and day with delivery: date, account, campaign, ad_set, ad, objective, active, currency, reach and
    `ADDITIVE_COLUMNS`; spend and conversion_value in the account's currency, to the cent. Sorted by date.
    """
    spend, claims = _by_slot(world, streams)
    prices = {
        campaign: world.pressure.to_numpy()
        * wander(streams.of("cpm", campaign), len(world.days), spread=0.13, memory=0.75)
        for campaign in dict.fromkeys(slot.campaign for slot in world.scenario.slots)
    }
    rows = []
    for slot in world.scenario.slots:
        for ad in launches(slot, streams):
            alive = (world.days >= pd.Timestamp(ad.start)) & (world.days <= pd.Timestamp(ad.end))
            terms = pd.DataFrame(
                {"spend": spend[slot.key], "cpm": slot.cpm * prices[slot.campaign], "claims": claims[slot.key]},
                index=world.days,
            )
            figures = _deliver(ad, terms.loc[alive], order_value, streams)
            figures.insert(1, "account", f"{world.scenario.name} {slot.account}")
            rows.append(figures)
    return pd.concat(rows, ignore_index=True).sort_values(["date", "account", "campaign", "ad"], ignore_index=True)


def launches(slot: AdSlot, streams: Streams) -> list[Ad]:
    """Return the ads that fill a slot one after another, up to the end of the data."""
    rng = streams.of("launches", slot.key)
    starts = [slot.start]
    while starts[-1] <= COVERED.end:
        starts.append(starts[-1] + timedelta(days=int(rng.integers(slot.life[0], slot.life[1] + 1))))
    starts = [start for start in starts if start <= COVERED.end - timedelta(days=20)]
    if slot.last_launch is not None:
        starts = [start for start in starts if start < slot.last_launch - timedelta(days=20)] + [slot.last_launch]
    ends = [start - timedelta(days=1) for start in starts[1:]] + [COVERED.end]
    return [_ad(slot, span, rng) for span in zip(starts, ends, strict=True)]


def _ad(slot: AdSlot, span: tuple[date, date], rng: np.random.Generator) -> Ad:
    look = slot.formats[int(rng.integers(len(slot.formats)))]
    theme = _THEMES[int(rng.integers(len(_THEMES)))]
    quality = float(np.exp(rng.normal(0.0, 0.18)))
    return Ad(slot, f"{look} | {theme} | {slot.key} {span[0]:%y%m%d}", *span, quality)


def _by_slot(world: World, streams: Streams) -> tuple[dict[str, Numbers], dict[str, Numbers]]:
    """Split the platform's spend and its claimed conversions among the slots, day by day."""
    slots = world.scenario.slots
    days = len(world.days)
    weights = np.column_stack(
        [
            slot.share
            * wander(streams.of("share", slot.key), days, spread=0.08, memory=0.7)
            * (world.days >= pd.Timestamp(slot.start))
            for slot in slots
        ]
    )
    pull = weights * np.array([slot.pull for slot in slots])
    spend = share_out(world.spend.daily["meta"].to_numpy(), weights)
    claims = share_out(world.claimed("meta"), pull)
    keys = [slot.key for slot in slots]
    return dict(zip(keys, spend.T, strict=True)), dict(zip(keys, claims.T, strict=True))


def _deliver(ad: Ad, terms: pd.DataFrame, order_value: float, streams: Streams) -> pd.DataFrame:
    """Run one ad: spend buys impressions, impressions draw clicks, the pixel counts what follows."""
    rng = streams.of("ad", ad.name)
    days = len(terms)
    spend = np.round(terms["spend"].to_numpy(), 2)
    impressions = np.round(1000 * spend / terms["cpm"].to_numpy()).astype(np.int64)
    reach = np.ceil(impressions / rng.uniform(1.06, 1.28, days)).astype(np.int64)
    link_clicks = np.minimum(dispersed_counts(rng, impressions * ad.slot.ctr * ad.quality), impressions)
    conversions = rng.poisson(terms["claims"].to_numpy())
    checkouts = conversions + rng.poisson(0.7 * terms["claims"].to_numpy())
    is_video = ad.name.startswith(_VIDEO_FORMATS)
    return pd.DataFrame(
        {
            "date": terms.index,
            "campaign": ad.slot.campaign,
            "ad_set": ad.slot.ad_set,
            "ad": ad.name,
            "objective": ad.slot.objective,
            "active": ad.end == COVERED.end,
            "currency": CURRENCY,
            "reach": reach,
            "impressions": impressions,
            "spend": spend,
            "clicks": link_clicks + dispersed_counts(rng, 0.6 * link_clicks),
            "link_clicks": link_clicks,
            "landing_page_views": rng.binomial(link_clicks, 0.78),
            "add_to_cart": checkouts + rng.poisson(2.4 * terms["claims"].to_numpy()),
            "checkouts": checkouts,
            "conversions": conversions,
            "conversion_value": value_of(rng, conversions, order_value),
            "video_views": rng.binomial(impressions, 0.24) if is_video else 0,
            "thruplays": rng.binomial(impressions, 0.07 if ad.slot.objective != AWARENESS else 0.16) if is_video else 0,
        }
    )
