"""The answer key of a client: what is true of its world, and the sums of what its files say."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pandas as pd

from helpers.simulate import library, members, orders, posts, trends
from helpers.simulate.faults import Planted
from helpers.simulate.figures import Figures
from helpers.simulate.scenario import AS_OF, COVERED, CURRENCY, LAST_MONTH, Channel
from helpers.simulate.scenarios import BROKEN_EXPERIMENT
from helpers.simulate.world import World, hill, possible_orders
from helpers.units import Period

SCHEMA = "cuaderno.truth/1"
_LEDGER_MONEY = ("total", "subtotal", "shipping", "tax", "discount", "refunded")
_COUNTS = ("impressions", "clicks", "link_clicks")
_AMOUNTS = ("spend", "conversions", "conversion_value")
_PERIODS = {"all": COVERED, "2026-10": LAST_MONTH}


def describe(world: World, figures: Figures, planted: Iterable[Planted], seed: int) -> dict[str, object]:
    """Return the truth as the package documents it; JSON-able."""
    return {
        "schema": SCHEMA,
        "seed": seed,
        "client": world.scenario.name,
        "seasonal": world.scenario.follows_season,
        "period": COVERED.as_json(),
        "as_of": AS_OF.isoformat(),
        "currency": CURRENCY,
        "faults": [fault.as_json() for fault in planted],
        "totals": {name: _totals(figures, period) for name, period in _PERIODS.items()},
        "separable": not world.scenario.follows_season,
        "channels": {channel.platform: _channel(world, figures, channel) for channel in world.scenario.channels},
        "base": _base(figures),
        "customers": {
            "model": "bg_nbd",
            "unit": "week",
            **orders.BG_NBD,
            "segments": {segment.name: segment.share for segment in orders.SEGMENTS},
        },
        "members": _members(figures),
        "trends": {"term": trends.TERM, "level_shift": figures.trends.shift.isoformat(), "factor": trends.SHIFT_FACTOR},
        "competitors": _competitors(),
        "posts": _posts(world),
        "experiments": _experiments(world, figures, {fault.name for fault in planted}),
    }


def write_truth(truth: dict[str, object], path: Path) -> None:
    """Write the truth beside, never inside, the client folder."""
    path.write_text(json.dumps(truth, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")


def _totals(figures: Figures, period: Period) -> dict[str, object]:
    tables = {platform: _inside(rows, period) for platform, rows in _in_euros(figures).items()}
    return {
        # Where a platform does not report a measure, the sum is that of the others.
        "ads": _sums(pd.concat(tables.values())),
        "platforms": {platform: _sums(rows) for platform, rows in tables.items()},
        "ledger": _ledger(figures, period),
    }


def _in_euros(figures: Figures) -> dict[str, pd.DataFrame]:
    """Return the ad tables with money in euros, unrounded, and a column for every measure that the files hold."""
    rates = figures.rates.reindex(figures.meta["date"]).to_numpy()
    rate = np.where(figures.meta["currency"] == CURRENCY, 1.0, rates)
    meta = figures.meta.assign(
        spend=figures.meta["spend"] * rate, conversion_value=figures.meta["conversion_value"] * rate
    )
    # On TikTok the click to the destination is both the platform's click and its link click.
    tiktok = figures.tiktok.assign(link_clicks=figures.tiktok["clicks"])
    return {"meta": meta, "google_ads": figures.google, "tiktok": tiktok}


def _sums(rows: pd.DataFrame) -> dict[str, float | int | None]:
    """Sum every measure, money and conversions to two decimals; None where the files hold no such column."""
    amounts = {name: round(float(rows[name].sum()), 2) if name in rows else None for name in _AMOUNTS}
    counts = {name: int(rows[name].sum()) if name in rows else None for name in _COUNTS}
    return {**amounts, **counts}


def _ledger(figures: Figures, period: Period) -> dict[str, float | int]:
    everything = figures.ledger.orders.assign(
        date=figures.ledger.orders["ordered_at"].dt.tz_localize(None).dt.normalize()
    )
    rows = _inside(everything, period)
    first_orders = _inside(everything.drop_duplicates("customer"), period)
    lines = figures.ledger.lines
    units = lines.loc[lines["order"].isin(rows.index), "quantity"]
    money = {name: round(int(rows[name].sum()) / 100, 2) for name in _LEDGER_MONEY}
    return {
        "orders": len(rows),
        **money,
        "units": int(units.sum()),
        "customers": int(rows["customer"].nunique()),
        "new_customers": len(first_orders),
        "customers_with_two_orders": int((rows["customer"].value_counts() >= 2).sum()),
    }


def _channel(world: World, figures: Figures, channel: Channel) -> dict[str, object]:
    caused = figures.ledger.orders.loc[figures.ledger.orders["cause"] == channel.platform]
    rows = _in_euros(figures)[channel.platform]
    spend = float(rows["spend"].sum())
    revenue = int(caused["total"].sum()) / 100
    return {
        "adstock": {
            "kind": "geometric",
            "retention_day": channel.retention,
            "retention_week": round(channel.retention**7, 4),
        },
        "saturation": {
            "kind": "hill",
            "alpha": channel.alpha,
            "half_saturation": round(channel.half_saturation * channel.usual_spend, 2),
            "possible_orders": round(possible_orders(channel), 4),
        },
        "expected_orders": round(float(world.effect[channel.platform].sum()), 2),
        "caused_orders": len(caused),
        "caused_revenue": round(revenue, 2),
        "contribution_share": round(len(caused) / len(figures.ledger.orders), 4),
        "spend": round(spend, 2),
        "true_roas": round(revenue / spend, 4),
        "marginal_roas": round(_marginal_roas(world, figures, channel), 4),
        "overclaim": {
            "factor": channel.overclaim,
            "realised": round(float(rows["conversions"].sum()) / len(caused), 4),
        },
        "blackouts": [blackout.as_json() for blackout in world.spend.blackouts[channel.platform]],
    }


def _marginal_roas(world: World, figures: Figures, channel: Channel) -> float:
    """Revenue of one more euro a day, lastingly, at the last month's mean spend."""
    days = world.spend.daily.loc[pd.Timestamp(LAST_MONTH.start) : pd.Timestamp(LAST_MONTH.end)]
    spend = float(days[channel.platform].mean())
    around = hill(channel, np.array([spend - 0.5, spend + 0.5]))
    return possible_orders(channel) * float(around[1] - around[0]) * figures.ledger.mean_total


def _base(figures: Figures) -> dict[str, object]:
    causes = figures.ledger.orders["cause"].value_counts()
    return {"first_orders": int(causes[orders.BASE]), "repeat_orders": int(causes[orders.REPEAT])}


def _members(figures: Figures) -> dict[str, object]:
    counts = figures.members["group"].value_counts()
    return {
        "count": len(figures.members),
        "groups": {
            group.name: {
                "members": int(counts.get(number, 0)),
                "share": round(float(counts.get(number, 0)) / len(figures.members), 4),
            }
            for number, group in enumerate(members.GROUPS)
        },
        "of_rows": "".join(figures.members["group"].astype(str)),
    }


def _posts(world: World) -> dict[str, object]:
    effects = {"instagram": world.scenario.format_effect, "facebook": dict.fromkeys(posts.FORMATS["facebook"], 1.0)}
    return {platform: {"best_format": _best(effect), "effect": effect} for platform, effect in effects.items()}


def _best(effect: dict[str, float]) -> str | None:
    top = max(effect, key=lambda one: effect[one])
    return top if min(effect.values()) < effect[top] else None


def _competitors() -> dict[str, object]:
    """Likes for each person reached, the client's own beside them, and each one's share of the ads of the month."""
    ads = {"client": library.OWN_ADS} | {rival.name: rival.ads for rival in posts.COMPETITORS}
    rates = {"client": posts.ENGAGEMENT["instagram"]} | {
        rival.name: rival.likes_per_reach for rival in posts.COMPETITORS
    }
    return {
        name: {"engagement_by_reach": rates[name], "share_of_ads": round(ads[name] / sum(ads.values()), 4)}
        for name in ads
    }


def _experiments(world: World, figures: Figures, planted: set[str]) -> dict[str, object]:
    return {
        test.name: {
            "start": test.start.isoformat(),
            "end": test.end.isoformat(),
            "rates": {"A": test.control_rate, "B": test.treatment_rate},
            "difference": round(test.treatment_rate - test.control_rate, 4),
            "users": {str(arm): int(n) for arm, n in figures.experiments[test.name]["variant"].value_counts().items()},
            "split_is_sound": test.name != BROKEN_EXPERIMENT.name or "sample_ratio_mismatch" not in planted,
        }
        for test in world.scenario.experiments
    }


def _inside(rows: pd.DataFrame, period: Period) -> pd.DataFrame:
    return rows.loc[rows["date"].between(pd.Timestamp(period.start), pd.Timestamp(period.end))]
