"""The two synthetic clients, as data.

The figures follow published ranges for European home retail: auction prices, click and conversion rates, order values.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from helpers.simulate.scenario import (
    AWARENESS,
    FATIGUING_SINCE,
    INTERNATIONAL,
    INTERNATIONAL_START,
    SALES,
    AdSlot,
    Channel,
    Experiment,
    GoogleCampaign,
    Scenario,
    TiktokCampaign,
)

FATIGUING_SLOT = "remarketing"
SPIKED_CAMPAIGN = "Búsqueda | Genérica"
BROKEN_EXPERIMENT = Experiment(
    name="aviso_envio",
    start=date(2026, 10, 12),
    end=date(2026, 10, 31),
    users=3600,
    control_rate=0.100,
    treatment_rate=0.100,
)

_MOVING = ("Reel", "Vídeo")
_STILL = ("Imagen", "Carrusel")

_SLOTS = (
    AdSlot(
        key="amplio",
        account="ES",
        campaign="ES | Ventas | Prospección",
        ad_set="Amplio 25-54",
        objective=SALES,
        share=0.24,
        cpm=8.6,
        ctr=0.013,
        pull=1.0,
        formats=_MOVING + _STILL,
    ),
    AdSlot(
        key="similares",
        account="ES",
        campaign="ES | Ventas | Prospección",
        ad_set="Similares 1 %",
        objective=SALES,
        share=0.19,
        cpm=9.0,
        ctr=0.014,
        pull=1.0,
        formats=_STILL,
    ),
    AdSlot(
        key=FATIGUING_SLOT,
        account="ES",
        campaign="ES | Ventas | Remarketing",
        ad_set="Visitantes 30 d",
        objective=SALES,
        share=0.28,
        cpm=10.4,
        ctr=0.024,
        pull=1.5,
        formats=_STILL,
        last_launch=FATIGUING_SINCE,
    ),
    AdSlot(
        key="catalogo",
        account="ES",
        campaign="ES | Ventas | Catálogo",
        ad_set="Advantage+",
        objective=SALES,
        share=0.15,
        cpm=9.4,
        ctr=0.017,
        pull=1.3,
        formats=_STILL,
        life=(80, 160),
    ),
    AdSlot(
        key="alcance",
        account="ES",
        campaign="ES | Reconocimiento | Vídeo",
        ad_set="Hogar 25-54",
        objective=AWARENESS,
        share=0.08,
        cpm=4.8,
        ctr=0.006,
        pull=0.15,
        formats=_MOVING,
    ),
    AdSlot(
        key="internacional",
        account=INTERNATIONAL,
        campaign="INT | Ventas | Advantage+",
        ad_set="Europa en inglés",
        objective=SALES,
        share=0.08,
        cpm=9.8,
        ctr=0.014,
        pull=0.9,
        formats=_STILL,
        life=(70, 140),
        start=INTERNATIONAL_START,
    ),
)

_GOOGLE = (
    GoogleCampaign(
        name="Búsqueda | Marca",
        kind="Búsqueda",
        share=0.17,
        cpc=0.34,
        ctr=0.092,
        pull=2.6,
        share_of_voice=0.86,
    ),
    GoogleCampaign(
        name=SPIKED_CAMPAIGN,
        kind="Búsqueda",
        share=0.46,
        cpc=0.62,
        ctr=0.046,
        pull=0.6,
        share_of_voice=0.125,
    ),
    GoogleCampaign(
        name="PMax | Catálogo",
        kind="Máximo rendimiento",
        share=0.37,
        cpc=0.41,
        ctr=0.016,
        pull=0.9,
        share_of_voice=None,
    ),
)

_TIKTOK = (
    TiktokCampaign(
        name="ES_Ventas_UGC",
        share=0.75,
        cpm=5.9,
        ctr=0.0095,
        pull=1.1,
        budget=60.0,
    ),
    TiktokCampaign(
        name="ES_Catalogo_Spark",
        share=0.25,
        cpm=6.6,
        ctr=0.0105,
        pull=0.8,
        budget=20.0,
        start=date(2026, 3, 2),
    ),
)

_EXPERIMENTS = (
    Experiment(
        name="ficha_video",
        start=date(2026, 10, 5),
        end=date(2026, 10, 25),
        users=3600,
        control_rate=0.095,
        treatment_rate=0.165,
    ),
    Experiment(
        name="titular_portada",
        start=date(2026, 10, 5),
        end=date(2026, 10, 25),
        users=3000,
        control_rate=0.110,
        treatment_rate=0.110,
    ),
    BROKEN_EXPERIMENT,
)

INDEPENDENT = Scenario(
    name="Marelino Hogar",
    accent="#1f6f78",
    follows_season=False,
    base_orders=2.2,
    channels=(
        Channel(
            platform="meta",
            usual_spend=140.0,
            usual_orders=4.1,
            retention=0.80,
            alpha=1.3,
            half_saturation=1.1,
            overclaim=2.0,
        ),
        Channel(
            # Saturated: one more euro brings a tenth of what the average one did.
            platform="google_ads",
            usual_spend=82.0,
            usual_orders=2.8,
            retention=0.60,
            alpha=1.1,
            half_saturation=0.2,
            overclaim=1.75,
        ),
        Channel(
            platform="tiktok",
            usual_spend=50.0,
            usual_orders=1.6,
            retention=0.86,
            alpha=1.5,
            half_saturation=1.2,
            overclaim=1.4,
        ),
    ),
    slots=_SLOTS,
    google=_GOOGLE,
    tiktok=_TIKTOK,
    experiments=_EXPERIMENTS,
    format_effect={"reel": 1.6, "carousel": 1.0, "photo": 1.0},
    instagram_posts=4,
    facebook_posts=3,
    orders_goal=450,
)


# The same kind of shop at a smaller size, with fewer ads alive at a time: its files weigh less.
FOLLOWS_SEASON = replace(
    INDEPENDENT,
    name="Abrigo Norte",
    accent="#8a4b2d",
    follows_season=True,
    base_orders=0.75,
    channels=(
        Channel(
            platform="meta",
            usual_spend=72.0,
            usual_orders=2.2,
            retention=0.80,
            alpha=1.3,
            half_saturation=1.1,
            overclaim=2.4,
        ),
        Channel(
            platform="google_ads",
            usual_spend=34.0,
            usual_orders=1.0,
            retention=0.60,
            alpha=1.1,
            half_saturation=0.9,
            overclaim=1.75,
        ),
        Channel(
            platform="tiktok",
            usual_spend=18.0,
            usual_orders=0.5,
            retention=0.86,
            alpha=1.5,
            half_saturation=1.2,
            overclaim=1.4,
        ),
    ),
    slots=tuple(slot for slot in _SLOTS if slot.key != "similares"),
    google=tuple(campaign for campaign in _GOOGLE if campaign.kind != "Búsqueda" or campaign.name == SPIKED_CAMPAIGN),
    tiktok=_TIKTOK[:1],
    experiments=tuple(
        replace(test, users=test.users * 2 // 3, treatment_rate=rate)
        for test, rate in zip(_EXPERIMENTS, (0.185, 0.110, 0.100), strict=True)
    ),
    format_effect={"reel": 1.0, "carousel": 1.0, "photo": 1.0},
    instagram_posts=3,
    facebook_posts=2,
    orders_goal=180,
)


def scenario(name: str | None, *, seasonal: bool) -> Scenario:
    """Return the client that is asked for, under its own name or another."""
    chosen = FOLLOWS_SEASON if seasonal else INDEPENDENT
    return replace(chosen, name=name) if name else chosen
