"""What people would have written into the client folder: client file, media plan, change log, logo."""

from __future__ import annotations

from datetime import timedelta
from fnmatch import fnmatchcase

import pandas as pd

from helpers.simulate import ads_meta
from helpers.simulate.exports.plain import COMPETITOR_COLUMNS, FOLLOWER_COLUMNS, LIBRARY_COLUMNS, MEMBER_COLUMNS
from helpers.simulate.posts import COMPETITORS
from helpers.simulate.scenario import AS_OF, CURRENCY, LAST_MONTH, TIMEZONE, Experiment, Scenario
from helpers.simulate.scenarios import SPIKED_CAMPAIGN
from helpers.simulate.spend import expected
from helpers.simulate.streams import Streams
from helpers.simulate.world import World

TEAM = {
    "Ana Soler": "media_buyer",
    "Bruno Vidal": "community_manager",
    "Carla Ríos": "social_media_manager",
    "Diego Prat": "analyst",
}
MARGIN = 0.5
_BUYER = "Ana Soler"
_PLATFORM_NAMES = {"meta": "Meta", "google_ads": "Google", "tiktok": "TikTok"}

# Lines of the plan: name, platform, campaign pattern, objective.
_PLAN_LINES = (
    ("meta-ventas", "meta", "ES | Ventas | *", "sales"),
    ("meta-reconocimiento", "meta", "ES | Reconocimiento | *", "awareness"),
    ("meta-internacional", "meta", "INT | *", "sales"),
    ("google-busqueda", "google_ads", "Búsqueda | *", "sales"),
    ("google-pmax", "google_ads", "PMax | *", "sales"),
    ("tiktok-ventas", "tiktok", "ES_*", "sales"),
)


def client_file(scenario: Scenario) -> dict[str, object]:
    """Return the content of `client.yaml`."""
    return {
        "name": scenario.name,
        "currency": CURRENCY,
        "timezone": TIMEZONE,
        "country": "ES",
        "sector": "home-textiles",
        "languages": ["es-ES", "en"],
        "as_of": AS_OF,
        "brand": {"logo": "brand/logo.svg", "accent": scenario.accent},
        "goals": [
            {"metric": "roas", "target": 3.2, "scope": {"platform": "meta"}, "until": AS_OF.replace(month=12, day=31)},
            {"metric": "cpa", "target": 20, "scope": {"platform": "google_ads"}},
            {"metric": "cpa", "target": 25, "scope": {"platform": "tiktok"}},
        ],
        "profiles": [{"platform": platform, "handle": scenario.handle} for platform in ("instagram", "facebook")],
        "competitors": [
            {"name": rival.name, "profiles": [{"platform": "instagram", "handle": rival.handle}]}
            for rival in COMPETITORS
        ],
        "team": [{"person": person, "role": role} for person, role in TEAM.items()],
        "attribution": {"meta": "7d_click_1d_view", "google_ads": "30d_click"},
        "margin": MARGIN,
        "fx": {"policy": "daily", "file": "fx.csv"},
        "sources": _sources(),
        "experiments": [_experiment(test) for test in scenario.experiments],
    }


def _sources() -> list[dict[str, object]]:
    """Return how the tables that people keep by hand are read."""
    return [
        {
            "files": "exports/mercado/competidores.csv",
            "table": "competitor_posts",
            "columns": dict(COMPETITOR_COLUMNS),
            "dates": "%d/%m/%Y",
        },
        {
            "files": "exports/mercado/biblioteca_anuncios.csv",
            "table": "competitor_ads",
            "columns": dict(LIBRARY_COLUMNS),
        },
        {
            "files": "exports/redes/seguidores.csv",
            "table": "organic_daily",
            "columns": dict(FOLLOWER_COLUMNS),
            "dates": "%d/%m/%Y",
        },
        {"files": "exports/clientes/socios.csv", "table": "customers", "columns": dict(MEMBER_COLUMNS)},
    ]


def _experiment(test: Experiment) -> dict[str, object]:
    return {
        "name": test.name,
        "kind": "ab",
        "file": f"exports/experimentos/{test.name}.csv",
        "unit": "user_id",
        "variant": "variant",
        "control": "A",
        "metrics": {"converted": "proportion", "revenue": "mean"},
        "expected_split": {"A": 0.5, "B": 0.5},
        "start": test.start,
        "end": test.end,
    }


def media_plan(world: World) -> dict[str, object]:
    """Return the approved plan of the last month: what the buyer meant to spend, to ten euros."""
    scenario = world.scenario
    outlook = world.outlook.loc[pd.Timestamp(LAST_MONTH.start) : pd.Timestamp(LAST_MONTH.end)]
    lines = [
        {
            "line": line,
            "platform": platform,
            "channel": platform,
            "campaign": pattern,
            "objective": objective,
            "persona": "Renovadora" if objective == "sales" else "Ocasional",
            "start": LAST_MONTH.start,
            "end": LAST_MONTH.end,
            "budget": int(round(_budget(scenario, platform, outlook) * _part(scenario, platform, pattern), -1)),
            "curve": "even",
        }
        for line, platform, pattern, objective in _PLAN_LINES
    ]
    return {
        "flight": f"{LAST_MONTH.start:%Y-%m}",
        "status": "approved",
        "approved_by": "Carla Ríos",
        "approved_on": LAST_MONTH.start.replace(month=9, day=28),
        "start": LAST_MONTH.start,
        "end": LAST_MONTH.end,
        "currency": CURRENCY,
        "objectives": [
            {"metric": "roas", "target": 3.2, "scope": {"platform": "meta"}},
            {"metric": "cpa", "target": 20, "scope": {"platform": "google_ads"}},
            {"metric": "orders", "target": scenario.orders_goal, "scope": {}},
        ],
        "lines": lines,
    }


def _budget(scenario: Scenario, platform: str, outlook: pd.Series[float]) -> float:
    channel = scenario.channel(platform)
    return float(expected(channel, outlook, follows_season=scenario.follows_season).sum())


def _part(scenario: Scenario, platform: str, pattern: str) -> float:
    """Part of a platform's spend that goes to the campaigns of a pattern."""
    shares = scenario.campaign_shares(platform)
    return sum(share for campaign, share in shares if fnmatchcase(campaign, pattern)) / sum(
        share for _, share in shares
    )


def change_log(world: World, streams: Streams) -> pd.DataFrame:
    """Return what the team noted, by day: date, platform, campaign (may be empty), change, person."""
    notes = [
        (ad.start, "meta", slot.campaign, f"Anuncio nuevo: {ad.name}")
        for slot in world.scenario.slots
        for ad in ads_meta.launches(slot, streams)
    ]
    for platform, blackouts in world.spend.blackouts.items():
        name = _PLATFORM_NAMES[platform]
        begins = {blackout.start for blackout in blackouts}
        ends = {blackout.end + timedelta(days=1) for blackout in blackouts}
        # Blackouts may follow one another without a break.
        notes += [(day, platform, "", f"{name}: presupuesto al 10 %") for day in begins - ends]
        notes += [(day, platform, "", f"{name}: vuelve el presupuesto") for day in ends - begins]
    notes.append((LAST_MONTH.start, "google_ads", SPIKED_CAMPAIGN, "Revisión de términos de búsqueda"))
    table = pd.DataFrame(notes, columns=["date", "platform", "campaign", "change"]).assign(person=_BUYER)
    return table.sort_values(["date", "platform", "change"], ignore_index=True)


def logo(scenario: Scenario) -> str:
    """Return a small mark: a folded sheet with three threads, in the accent colour."""
    return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="64" height="64">
<title>{scenario.name}</title>
<path d="M8 14h34l14 14v22H8z" fill="{scenario.accent}"/>
<path d="M42 14v14h14z" fill="#ffffff" fill-opacity="0.55"/>
<path d="M16 32q8-6 16 0t16 0M16 38q8-6 16 0t16 0M16 44q8-6 16 0t16 0" fill="none" stroke="#ffffff" stroke-width="2"/>
</svg>
"""
