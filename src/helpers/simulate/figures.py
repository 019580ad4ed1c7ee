"""All that the platforms and the shop would report, before it is written in anybody's layout."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

import pandas as pd

from helpers.simulate import (
    ads_google,
    ads_meta,
    ads_tiktok,
    experiments,
    fx,
    library,
    members,
    orders,
    posts,
    trends,
    web,
)
from helpers.simulate.orders import Ledger
from helpers.simulate.scenario import COVERED
from helpers.simulate.streams import Streams
from helpers.simulate.trends import Trends
from helpers.simulate.world import World
from helpers.units import Period


@dataclass(frozen=True)
class GoogleFile:
    """One download of the Google Ads campaign table: what it covers and how its bytes are written."""

    period: Period
    encoding: Literal["utf-16", "utf-8"]

    @property
    def name(self) -> str:
        """File name: the covered days, and the form where it is not the usual one."""
        form = "" if self.encoding == "utf-16" else "_utf8"
        return f"informe_campanas_{self.period.start}_{self.period.end}{form}.csv"


@dataclass(frozen=True)
class Figures:
    """The tables of a client; each module that draws one describes it.

    `rates` are the euros for one dollar by day; `google_files` says which downloads are made of `google`.
    """

    meta: pd.DataFrame
    google: pd.DataFrame
    tiktok: pd.DataFrame
    web: pd.DataFrame
    ledger: Ledger
    members: pd.DataFrame
    posts: dict[str, pd.DataFrame]
    followers: pd.DataFrame
    competitors: pd.DataFrame
    library: pd.DataFrame
    trends: Trends
    experiments: dict[str, pd.DataFrame]
    rates: pd.Series[float]
    google_files: tuple[GoogleFile, ...]


def draw(world: World, streams: Streams) -> Figures:
    """Draw what is reported of a world in which nothing goes wrong."""
    ledger = orders.draw(world, streams)
    ads = {
        "meta": ads_meta.draw(world, ledger.mean_total, streams),
        "google_ads": ads_google.draw(world, ledger.mean_total, streams),
        "tiktok": ads_tiktok.draw(world, streams),
    }
    published = {platform: posts.draw(world.scenario, platform, streams) for platform in posts.ENGAGEMENT}
    return Figures(
        meta=ads["meta"],
        google=ads["google_ads"],
        tiktok=ads["tiktok"],
        web=web.draw(world, ads, ledger, streams),
        ledger=ledger,
        members=members.draw(ledger, streams),
        posts=published,
        followers=posts.draw_followers(published, streams),
        competitors=posts.draw_competitors(streams),
        library=library.draw(world.scenario, streams),
        trends=trends.draw(world.scenario, streams),
        experiments=experiments.draw(world.scenario, streams),
        rates=fx.draw(streams),
        google_files=tuple(GoogleFile(period, "utf-16") for period in by_year(COVERED)),
    )


def by_year(period: Period) -> tuple[Period, ...]:
    """Cut a period at the turn of each year."""
    years = range(period.start.year, period.end.year + 1)
    return tuple(Period(max(period.start, date(year, 1, 1)), min(period.end, date(year, 12, 31))) for year in years)
