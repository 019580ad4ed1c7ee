"""Media models: one row a week (or day, or month), one column a channel and measure, and what was sold.

The layout of the open tools for media mix models. Robyn ends the names of columns with S for spend, I for impressions
and P for other exposure, Meridian with `_spend` and `_impression`; analysts write the words out. What was sold becomes
a series, revenue under the name of that metric. Columns that are neither (competitors, weather, holidays) are not used.
A table split by region as well is not read: its regions would stand as rows of the same channel and week.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pandas as pd

from helpers.platforms.model import Header, Platform, Report, Shaped, normalised
from helpers.tables import Kind
from helpers.tables.ads import PLATFORMS

# The sum of all channels is none of them.
_SUM = r"(?:grand[\s_]|media[\s_])?(?:total|totales|all|overall|suma)(?:[\s_]media|[\s_]channels|[\s_]medios)?"
_CODE = r"(?:\s*\([A-Z]{3}\))?"
_CHANNEL = rf"(?!{_SUM}[\s_]+[^\W_]+{_CODE}$)(?P<channel>[^\s_].*?)"
_NAMED = rf"(?!{_SUM}{_CODE}$)(?P<named>\S.*?)"
# The words of a measure behind or before the name of the channel: tv_spend, Spend TV, Inversión en TV.
_MEASURES = {
    "spend": (r"s|spend|spent|cost|coste|costo|gasto|inversi[oó]n", r"spend|cost|coste|costo|gasto|inversi[oó]n"),
    "impressions": (r"i|impressions?|impr?s?|impresiones", r"impressions|impresiones"),
    "clicks": (r"clicks_p|clicks?|clics", r"clicks|clics"),
}
_KINDS: Mapping[str, Kind] = {"spend": "money", "impressions": "count", "clicks": "count"}
_OUTCOMES = {
    "revenue": ("revenue", "sales_revenue", "sales_value", "ingresos", "facturacion", "facturación"),
    "sales": ("sales", "ventas"),
    "conversions": ("conversions", "conversiones"),
    "orders": ("orders", "pedidos"),
}
_REGIONS = frozenset({"geo", "region", "country", "dma", "state", "city", "provincia", "pais", "location"})
_COVERED = ("date", "period_start", "period_end", "period_grain", "currency")
_LEAST_CHANNELS = 2


def _pattern(measure: str) -> str:
    behind, before = _MEASURES[measure]
    joint = r"[\s_]+(?:(?:en|in|on|de|for)[\s_]+)?"
    return rf"(?i:(?:{_CHANNEL}[\s_]+(?:{behind})|(?:{before}){joint}{_NAMED}){_CODE})"


def _channel(measure: str, header: str) -> str:
    found = re.fullmatch(_pattern(measure), header)
    return (found["channel"] or found["named"]).strip() if found else header


def _is_media_model(headers: Sequence[str]) -> bool:
    """Whether at least two channels have a column for what was spent, and no column splits the rows by region."""
    spend = re.compile(_pattern("spend"))
    channels = {_channel("spend", header).casefold() for header in headers if spend.fullmatch(header)}
    return len(channels) >= _LEAST_CHANNELS and not _REGIONS & {normalised(header) for header in headers}


def _by_channel(frame: pd.DataFrame) -> Shaped:
    """Turn the columns of a week into a row a channel, and its outcomes into series."""
    measures: dict[str, dict[str, pd.Series]] = {}
    for name in frame.columns:
        measure, _, header = name.removeprefix("_").partition(":")
        if measure in _MEASURES and header and "|" not in name:
            measures.setdefault(_channel(measure, header), {})[measure] = frame[name]
    shared = frame[[name for name in _COVERED if name in frame]]
    rows = [
        shared.assign(platform=_platform(channel), channel=channel, **columns) for channel, columns in measures.items()
    ]
    series = [
        pd.DataFrame({"at": frame["period_start"], "name": name, "value": frame[f"_{name}"]}, index=frame.index)
        for name in _OUTCOMES
        if f"_{name}" in frame
    ]
    tables = {"ads": pd.concat(rows)}
    return tables | {"series": pd.concat(series)} if series else tables


def _platform(channel: str) -> str:
    """Return the platform that a channel is named after; "other" where its name says nothing."""
    words = [channel.casefold(), *re.split(r"[\s_]+", channel.casefold())]
    known = PLATFORMS | {name: name for name in PLATFORMS.values()}
    return next((known[word] for word in words if word in known), "other")


PLATFORM = Platform(
    source="mmm",
    title="Media model",
    reports=(
        Report(
            name="Weekly media",
            table="ads",
            headers=(
                Header(
                    "date",
                    {
                        "en": ("week", "date", "day", "week_start", "week_of", "date_week", "time", "ds", "month"),
                        "es": ("semana", "fecha", "día", "mes"),
                    },
                ),
                *(Header(f"_{name}", {"*": spellings}, kind="number") for name, spellings in _OUTCOMES.items()),
                *(Header(f"_{name}", kind=_KINDS[name], pattern=_pattern(name)) for name in _MEASURES),
            ),
            required=(("date",), ("_spend",)),
            fits=_is_media_model,
            decimal={"*": "."},
            dates_are_first_days=True,
            shape=_by_channel,
        ),
    ),
)
