"""What the web analytics see: sessions and tracked sales by day and channel group."""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.simulate.noise import dispersed_counts
from helpers.simulate.orders import Ledger
from helpers.simulate.streams import Streams
from helpers.simulate.world import World

# Sessions a day on an ordinary day, for the groups that no ad feeds, and the share of sessions that engage.
UNPAID_SESSIONS = {"Organic Search": 21.0, "Direct": 15.0, "Organic Social": 5.0, "Email": 5.0}
ENGAGED = {
    "Paid Social": 0.42,
    "Paid Search": 0.66,
    "Cross-network": 0.5,
    "Organic Search": 0.7,
    "Direct": 0.55,
    "Organic Social": 0.48,
    "Email": 0.72,
}
# Orders whose buyer lets herself be measured.
CONSENT = 0.86


def draw(world: World, ads: dict[str, pd.DataFrame], ledger: Ledger, streams: Streams) -> pd.DataFrame:
    """Return GA4's figures.

    Parameters
    ----------
    ads
        Figures of meta, google_ads and tiktok before any fault.

    Returns
    -------
    One row a day and channel group: date, group, sessions, engaged, key_events, revenue (euros, the cent).
    """
    visits = _paid_visits(world, ads)
    for group, usual in UNPAID_SESSIONS.items():
        visits[group] = usual * world.scenario.base_orders * world.demand
    rng = streams.of("sessions")
    sessions = {group: dispersed_counts(rng, mean.to_numpy()) for group, mean in visits.items()}
    wide = pd.DataFrame(sessions, index=world.days)
    tidy = wide.rename_axis("date").reset_index().melt("date", var_name="group", value_name="sessions")
    tidy["engaged"] = rng.binomial(tidy["sessions"], tidy["group"].map(ENGAGED))
    sales = _tracked_sales(ledger, streams)
    merged = tidy.merge(sales, on=["date", "group"], how="left", validate="one_to_one")
    merged = merged.fillna({"key_events": 0, "revenue": 0.0})
    # An order that was tracked had a session.
    merged["sessions"] = np.maximum(merged["sessions"], merged["key_events"].astype(np.int64))
    merged["engaged"] = np.maximum(merged["engaged"], merged["key_events"].astype(np.int64))
    return merged.astype({"key_events": np.int64}).sort_values(["date", "group"], ignore_index=True)


def _paid_visits(world: World, ads: dict[str, pd.DataFrame]) -> dict[str, pd.Series[float]]:
    def by_day(rows: pd.DataFrame, column: str) -> pd.Series[float]:
        return rows.groupby("date", observed=True)[column].sum().reindex(world.days, fill_value=0)

    google = ads["google_ads"]
    is_search = google["impression_share"].notna()
    return {
        "Paid Social": 0.78 * by_day(ads["meta"], "link_clicks") + 0.6 * by_day(ads["tiktok"], "clicks"),
        "Paid Search": 0.9 * by_day(google.loc[is_search], "clicks"),
        "Cross-network": 0.9 * by_day(google.loc[~is_search], "clicks"),
    }


def _tracked_sales(ledger: Ledger, streams: Streams) -> pd.DataFrame:
    orders = ledger.orders
    is_tracked = streams.of("consent").uniform(0.0, 1.0, len(orders)) < CONSENT
    sales = pd.DataFrame(
        {
            "date": orders["ordered_at"].dt.tz_localize(None).dt.normalize(),
            "group": orders["last_click"],
            "key_events": 1,
            "revenue": orders["total"] / 100,
        }
    )
    summed = sales.loc[is_tracked].groupby(["date", "group"], observed=True).sum()
    return summed.round({"revenue": 2}).reset_index()
