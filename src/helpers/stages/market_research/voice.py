"""How much of the advertising is whose: shares of spend, or of ads where spend is not known of everyone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

import numpy as np
import pandas as pd

from helpers.kpis import within
from helpers.methods import intervals, shares
from helpers.units import Estimate, Interval, Period

LEVEL = 0.9
FEWEST_ADS = 20
NEARLY = 0.85
"""Two names that share so much of their letters may be one, misspelt."""

Basis = Literal["spend", "spend_range", "ads"]


@dataclass(frozen=True)
class Part:
    """The part of one advertiser; `p_value` is of having more or less than the client by chance."""

    name: str
    rows: pd.DataFrame
    share: Estimate
    p_value: float = float("nan")


@dataclass(frozen=True)
class Voice:
    """The shares of a period, largest first; `client` is None where the client's own part is not known."""

    basis: Basis
    parts: tuple[Part, ...]
    client: Part | None
    unpriced: tuple[str, ...] = ()

    @property
    def is_enough(self) -> bool:
        """Whether there are ads enough to tell shares apart."""
        return self.basis != "ads" or sum(part.share.n or 0 for part in self.parts[:1]) >= FEWEST_ADS


def same(one: str, other: str) -> bool:
    """Whether two names are written alike but for case, accents and signs."""
    return _folded(one) == _folded(other)


def nearly_alike(names: Iterable[str]) -> list[tuple[str, str]]:
    """Pairs of names that differ by so little that one may be a misspelling of the other."""
    folded = {name: _folded(name) for name in sorted(set(names))}
    matcher = SequenceMatcher(autojunk=False)
    found = []
    for place, (one, plain) in enumerate(folded.items()):
        matcher.set_seq2(plain)
        for other in list(folded)[place + 1 :]:
            matcher.set_seq1(folded[other])
            # The quick ones are upper bounds.
            if all(ratio() >= NEARLY for ratio in (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)):
                found.append((one, other))
    return found


def voice(competitors: pd.DataFrame, ads: pd.DataFrame, client: str, period: Period) -> Voice | None:
    """Work out the shares of the advertisers in a period.

    Parameters
    ----------
    competitors
        The table `competitor_ads`; rows of the client's own page, if any, are the client's.
    ads
        The client's own paid media, whose spend counts where spend is known of all competitors.
    client
        The client's name.
    period
        The run's period.

    Returns
    -------
    None where no ad of a competitor ran in the period. A spend that is known as a range counts with its middle, and
    its interval is what the ranges allow.
    """
    rows = running(competitors, period)
    pages = {str(page): own for page, own in rows.groupby("page", observed=True)}
    rivals = {page: own for page, own in pages.items() if not same(page, client)}
    unpriced = tuple(page for page, own in rivals.items() if not _priced(own).all())
    if not rivals:
        return None
    if not unpriced:
        return _by_spend(rivals, within(ads, period), client)
    is_mixed = any(_priced(own).any() for own in rivals.values())
    return _by_ads(pages, client, period, unpriced if is_mixed else ())


def running(competitors: pd.DataFrame, period: Period) -> pd.DataFrame:
    """The ads that ran in a period, and those without any date.

    Where the table knows last days, an ad without one still runs; where it knows none, an ad counts on its first day.
    """
    start, end = pd.Timestamp(period.start), pd.Timestamp(period.end)
    first, last = competitors["start"], competitors["stop"]
    if last.isna().all():
        return competitors[first.isna() | first.between(start, end)]
    return competitors[~(first > end) & ~(last < start)]


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold())
    return re.sub(r"\W|_", "", "".join(sign for sign in plain if not unicodedata.combining(sign)))


def _priced(rows: pd.DataFrame) -> pd.Series:
    return rows["spend"].notna() | (rows["spend_low"].notna() & rows["spend_high"].notna())


def _by_spend(rivals: Mapping[str, pd.DataFrame], ads: pd.DataFrame, client: str) -> Voice | None:
    bounds = {page: _bounds(rows) for page, rows in rivals.items()}
    spent = ads[ads["spend"].notna()]
    own = float(spent["spend"].sum()) if len(spent) else float("nan")
    if own > 0:
        bounds[client] = (own, own, own)
    whole = sum(middle for _, middle, _ in bounds.values())
    if whole <= 0:
        return None
    is_range = any(low < high for low, _, high in bounds.values())
    parts = [Part(page, rivals.get(page, spent), _share(page, bounds, whole)) for page in bounds]
    return _voice("spend_range" if is_range else "spend", parts, client)


def _bounds(rows: pd.DataFrame) -> tuple[float, float, float]:
    """Least, middle and most spend of an advertiser."""
    low, high = rows["spend"].fillna(rows["spend_low"]), rows["spend"].fillna(rows["spend_high"])
    middle = rows["spend"].fillna((rows["spend_low"] + rows["spend_high"]) / 2)
    return float(low.sum()), float(middle.sum()), float(high.sum())


def _share(page: str, bounds: Mapping[str, tuple[float, float, float]], whole: float) -> Estimate:
    low, middle, high = bounds[page]
    others = [other for name, other in bounds.items() if name != page]
    least = low / max(low + sum(most for _, _, most in others), 1e-300)
    most = high / max(high + sum(little for little, _, _ in others), 1e-300)
    return Estimate(middle / whole, Interval(least, most, LEVEL) if least < most else None)


def _by_ads(pages: Mapping[str, pd.DataFrame], client: str, period: Period, unpriced: tuple[str, ...]) -> Voice:
    counts = [float(rows["ads"].fillna(1.0).sum()) for rows in pages.values()]
    spread = shares.dispersion(_launches(pages, period))
    found = shares.shares(counts, dispersion=spread, level=LEVEL)
    own = next((count for page, count in zip(pages, counts, strict=True) if same(page, client)), None)
    parts = [
        Part(page, rows, share, float("nan") if own is None else shares.more_p(count, own, dispersion=spread))
        for (page, rows), count, share in zip(pages.items(), counts, found, strict=True)
    ]
    return _voice("ads", parts, client, unpriced)


def _launches(pages: Mapping[str, pd.DataFrame], period: Period) -> np.ndarray:
    """Ads begun in each week of the period by each advertiser; ads come in batches, and count for less then."""
    days = pd.date_range(period.start, period.end)
    daily = [rows["start"].dt.normalize().value_counts().reindex(days, fill_value=0) for rows in pages.values()]
    whole = len(days) // 7 * 7
    return np.array([counts.to_numpy()[:whole].reshape(-1, 7).sum(axis=1) for counts in daily])


def _voice(basis: Basis, parts: list[Part], client: str, unpriced: tuple[str, ...] = ()) -> Voice:
    ordered = sorted(parts, key=lambda part: -part.share.value)
    rivals = tuple(part for part in ordered if not same(part.name, client))
    own = next((part for part in ordered if same(part.name, client)), None)
    return Voice(basis, rivals, own, unpriced)


def mentions(rows: pd.DataFrame, period: Period) -> dict[str, pd.DataFrame]:
    """The mentions of each brand in a period; empty where fewer than two brands are followed."""
    inside = rows[rows["brand"].notna() & rows["at"].between(*_moments(period))]
    found = {str(brand): own for brand, own in inside.groupby("brand", observed=True)}
    return found if len(found) > 1 else {}


def mention_share(own: pd.DataFrame, everyone: pd.DataFrame, period: Period) -> Estimate:
    """A brand's mentions as a share of all, with the dispersion of the days."""
    days = pd.date_range(period.start, period.end)
    one, whole = (_daily(rows, days) for rows in (own, everyone))
    return intervals.ratio(one, whole, level=LEVEL, counts=True)


def _daily(rows: pd.DataFrame, days: pd.DatetimeIndex) -> np.ndarray:
    sums = rows.groupby(rows["at"].dt.normalize())["count"].sum()
    return sums.reindex(days, fill_value=0.0).to_numpy(float)


def _moments(period: Period) -> tuple[pd.Timestamp, pd.Timestamp]:
    return pd.Timestamp(period.start), pd.Timestamp(period.end) + pd.Timedelta(days=1) - pd.Timedelta(microseconds=1)
