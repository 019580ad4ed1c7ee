"""Google Search Console performance, ZIP of CSV files or XLSX, English and Spanish.

Seen in real exports: one table a dimension, at most 1,000 rows of each; only the table by day (Chart, in older exports
Dates) holds everything, because searches that few people make are anonymised. The table of filters states the period in
relative words, so that of the days counts. A day without impressions has no rate and no position. A comparison has
every figure twice, with the days in the header, and is not read. There are no total rows: people search for "total".
"""

from __future__ import annotations

import re

import pandas as pd

from helpers.platforms.model import Header, Names, Platform, Report, Shaped

_MEASURES = (
    Header("clicks", {"en": ("Clicks",), "es": ("Clics",)}),
    Header("impressions", {"en": ("Impressions",), "es": ("Impresiones",)}),
    Header("ctr", {"*": ("CTR",)}),
    Header(
        "position",
        {"en": ("Position", "Average position"), "es": ("Posición", "Posición media", "Posición promedio")},
    ),
)
_DIMENSIONS: tuple[tuple[str, Names, str], ...] = (
    (
        "query",
        {"en": ("Top queries", "Query"), "es": ("Consultas principales", "Consulta", "Consultas más frecuentes")},
        "searches that few people make are left out, and no more than the largest are listed",
    ),
    (
        "page",
        {"en": ("Top pages", "Page"), "es": ("Páginas principales", "Página")},
        "",
    ),
    ("country", {"en": ("Country",), "es": ("País",)}, ""),
    ("device", {"en": ("Device",), "es": ("Dispositivo",)}, ""),
    (
        "appearance",
        {"en": ("Search Appearance",), "es": ("Aparición en búsquedas", "Aspecto en la búsqueda")},
        "only results of a special appearance are counted",
    ),
)
_CLICKS = re.compile(r"\S (?:clicks|clics)$", re.IGNORECASE)


def _by_day(frame: pd.DataFrame) -> Shaped:
    """Name the dimension of the rows that hold everything."""
    return {"search_console": frame.assign(dimension="date", value=frame["date"].dt.strftime("%Y-%m-%d"))}


def _report(dimension: str, names: Names, is_partial: str) -> Report:
    return Report(
        name=f"By {dimension}",
        table="search_console",
        headers=(Header(dimension, names, is_breakdown=True), *_MEASURES),
        required=((dimension,), ("clicks",), ("impressions",), ("ctr", "position")),
        is_partial=is_partial,
        takes_period=True,
        writes_no_totals=True,
    )


_COMPARISON = Report(
    name="comparison of two periods",
    table="search_console",
    headers=(
        Header("date", {"en": ("Date",), "es": ("Fecha",)}),
        *(Header(dimension, names, kind="text") for dimension, names, _ in _DIMENSIONS),
        Header("_compared", pattern=r"(?i).*\S (?:clicks|clics|impressions|impresiones)", kind="number"),
        Header("_rates", pattern=r"(?i).*\S (?:CTR|position|posición)", kind="text"),
    ),
    required=(("date", *(dimension for dimension, *_ in _DIMENSIONS)), ("_compared",)),
    fits=lambda headers: sum(bool(_CLICKS.search(header)) for header in headers) > 1,
    instead="Every figure stands twice, once for each period: export each period without the comparison.",
)


PLATFORM = Platform(
    source="search_console",
    title="Google Search Console",
    reports=(
        Report(
            name="By day",
            table="search_console",
            headers=(Header("date", {"en": ("Date",), "es": ("Fecha",)}), *_MEASURES),
            required=(("date",), ("clicks",), ("impressions",), ("ctr", "position")),
            is_clock=True,
            dates_are_first_days=True,
            shape=_by_day,
        ),
        _COMPARISON,
        *(_report(*described) for described in _DIMENSIONS),
    ),
)
