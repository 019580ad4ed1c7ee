"""What can go wrong, each as one change of the reported figures.

A fault never touches what is true: orders and latent effects stay. None draws from the stream of another purpose, and
no fault's random numbers depend on another fault, so a twin without one of them differs from the world in nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import numpy as np
import pandas as pd

from helpers.errors import UsageError
from helpers.simulate import ads_meta
from helpers.simulate.experiments import TREATMENT
from helpers.simulate.figures import Figures, GoogleFile
from helpers.simulate.scenario import (
    COVERED,
    FATIGUING_SINCE,
    FOREIGN_CURRENCY,
    INTERNATIONAL,
    INTERNATIONAL_START,
    LAST_MONTH,
)
from helpers.simulate.scenarios import BROKEN_EXPERIMENT, FATIGUING_SLOT, SPIKED_CAMPAIGN
from helpers.simulate.streams import Streams

OUTAGE_DAYS = 3
SPIKE = 2.5
FATIGUE_EXPONENT = -0.43
# Times a day that a person of the audience sees the ad that tires.
DAILY_EXPOSURES = 0.25
LOST_TREATED_SHARE = 0.22
_MONEY = ("spend", "conversion_value")


@dataclass(frozen=True)
class Planted:
    """A fault that is in the files: its name, where to look, its first and last day, and its size."""

    name: str
    where: dict[str, str]
    start: date
    end: date
    size: dict[str, float] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        """Return the form that the truth file holds."""
        span = {"start": self.start.isoformat(), "end": self.end.isoformat()}
        return {"name": self.name, "where": self.where, **span, "size": self.size}


def tracking_outage(figures: Figures, streams: Streams) -> tuple[Figures, Planted]:
    """Let Meta's pixel count nothing for three days while clicks go on."""
    start = _day(streams.of("fault", "tracking_outage"), 7, 20)
    end = start + timedelta(days=OUTAGE_DAYS - 1)
    is_dark = figures.meta["date"].between(pd.Timestamp(start), pd.Timestamp(end))
    meta = figures.meta.copy()
    meta.loc[is_dark, list(ads_meta.PIXEL_COLUMNS)] = 0
    where = {"platform": "meta", "columns": " ".join(ads_meta.PIXEL_COLUMNS)}
    return replace(figures, meta=meta), Planted("tracking_outage", where, start, end, {"days": OUTAGE_DAYS})


def bid_spike(figures: Figures, streams: Streams) -> tuple[Figures, Planted]:
    """Multiply the price of a click for a day and a half; clicks stay, so spend rises with it."""
    start = _day(streams.of("fault", "bid_spike"), 9, 24)
    end = start + timedelta(days=1)
    google = figures.google.copy()
    is_campaign = google["campaign"] == SPIKED_CAMPAIGN
    for day, factor in ((start, SPIKE), (end, (SPIKE + 1) / 2)):
        is_hit = is_campaign & (google["date"] == pd.Timestamp(day))
        google.loc[is_hit, "spend"] = (google.loc[is_hit, "spend"] * factor).round(2)
    where = {"platform": "google_ads", "campaign": SPIKED_CAMPAIGN}
    return replace(figures, google=google), Planted("bid_spike", where, start, end, {"factor": SPIKE, "hours": 36})


def creative_fatigue(figures: Figures, streams: Streams) -> tuple[Figures, Planted]:
    """Let one ad's click rate fall with the exposures of its small audience; what follows the click falls with it."""
    meta = figures.meta.copy()
    ad = fatiguing_ad(meta)
    is_ad = meta["ad"] == ad
    impressions = meta.loc[is_ad, "impressions"].to_numpy()
    exposures = (np.cumsum(impressions) - impressions) / (impressions.mean() / DAILY_EXPOSURES)
    keeps = (1 + exposures) ** FATIGUE_EXPONENT
    # One number a row for all columns: rounding by chance keeps the order clicks ≥ link clicks ≥ visits.
    chance = streams.of("fault", "creative_fatigue").uniform(0.0, 1.0, len(keeps))
    before = meta.loc[is_ad, "conversions"].to_numpy()
    for column in ("clicks", "link_clicks", "landing_page_views", "add_to_cart", "checkouts", "conversions"):
        meta.loc[is_ad, column] = np.floor(meta.loc[is_ad, column].to_numpy() * keeps + chance).astype(np.int64)
    kept = meta.loc[is_ad, "conversions"].to_numpy() / np.maximum(before, 1)
    meta.loc[is_ad, "conversion_value"] = (meta.loc[is_ad, "conversion_value"].to_numpy() * kept).round(2)
    where = {"platform": "meta", "campaign": str(meta.loc[is_ad, "campaign"].iloc[0]), "ad": ad}
    size = {
        "exponent": FATIGUE_EXPONENT,
        "exposures": round(float(exposures[-1]), 2),
        "ctr_left": round(float(keeps[-1]), 4),
    }
    return replace(figures, meta=meta), Planted("creative_fatigue", where, FATIGUING_SINCE, COVERED.end, size)


def duplicated_export(figures: Figures, _streams: Streams) -> tuple[Figures, Planted]:
    """Leave a second download of the last month among the Google files: same rows, other name, other bytes."""
    again = GoogleFile(LAST_MONTH, "utf-8")
    where = {"platform": "google_ads", "file": f"exports/google_ads/{again.name}"}
    planted = Planted("duplicated_export", where, LAST_MONTH.start, LAST_MONTH.end)
    return replace(figures, google_files=(*figures.google_files, again)), planted


def foreign_currency(figures: Figures, _streams: Streams) -> tuple[Figures, Planted]:
    """Bill the international account in dollars, at the rate of each day."""
    meta = figures.meta.copy()
    is_abroad = meta["account"].str.endswith(INTERNATIONAL)
    rates = figures.rates.loc[meta.loc[is_abroad, "date"]].to_numpy()
    for column in _MONEY:
        meta.loc[is_abroad, column] = (meta.loc[is_abroad, column].to_numpy() / rates).round(2)
    meta.loc[is_abroad, "currency"] = FOREIGN_CURRENCY
    account = str(meta.loc[is_abroad, "account"].iloc[0])
    where = {"platform": "meta", "account": account, "currency": FOREIGN_CURRENCY}
    return replace(figures, meta=meta), Planted("foreign_currency", where, INTERNATIONAL_START, COVERED.end)


def sample_ratio_mismatch(figures: Figures, streams: Streams) -> tuple[Figures, Planted]:
    """Lose a part of the treated users of one experiment."""
    test = BROKEN_EXPERIMENT
    users = figures.experiments[test.name]
    chance = streams.of("fault", "sample_ratio_mismatch").uniform(0.0, 1.0, len(users))
    is_lost = (users["variant"] == TREATMENT) & (chance < LOST_TREATED_SHARE)
    left = users.loc[~is_lost].reset_index(drop=True)
    where = {"experiment": test.name, "file": f"exports/experimentos/{test.name}.csv"}
    planted = Planted("sample_ratio_mismatch", where, test.start, test.end, {"lost": int(is_lost.sum())})
    return replace(figures, experiments={**figures.experiments, test.name: left}), planted


_FAULTS: dict[str, Callable[[Figures, Streams], tuple[Figures, Planted]]] = {
    fault.__name__: fault
    for fault in (
        tracking_outage,
        bid_spike,
        creative_fatigue,
        duplicated_export,
        foreign_currency,
        sample_ratio_mismatch,
    )
}
FAULTS: tuple[str, ...] = tuple(_FAULTS)


def plant(figures: Figures, streams: Streams, *, without: Collection[str]) -> tuple[Figures, tuple[Planted, ...]]:
    """Return the figures with all faults but those named, and what was planted where.

    Raises
    ------
    UsageError
        A name in `without` is no fault.
    """
    check_names(without)
    planted = []
    for name, fault in _FAULTS.items():
        if name not in without:
            figures, one = fault(figures, streams)
            planted.append(one)
    return figures, tuple(planted)


def check_names(names: Collection[str]) -> None:
    """Refuse names that are no fault."""
    unknown = sorted(set(names) - set(FAULTS))
    if unknown:
        raise UsageError(
            "there is no such fault",
            where="--without",
            seen=", ".join(unknown),
            next_step=f"Choose from: {', '.join(FAULTS)}.",
        )


def fatiguing_ad(meta: pd.DataFrame) -> str:
    """Name of the ad that tires where `creative_fatigue` is planted: the last of the remarketing slot."""
    is_running = meta["active"] & meta["ad"].str.contains(f"| {FATIGUING_SLOT} ", regex=False)
    return str(meta.loc[is_running, "ad"].iloc[0])


def _day(rng: np.random.Generator, first: int, last: int) -> date:
    return LAST_MONTH.start.replace(day=int(rng.integers(first, last + 1)))
