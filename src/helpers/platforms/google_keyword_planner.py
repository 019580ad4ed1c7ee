"""Google Ads Keyword Planner, UTF-16 with tabs, English and Spanish.

Seen in public notes about real files: title, twelve months, header; the first rows sum all keywords up by segment and
name no keyword; English headers stand under preambles of any language. Accounts that spend little get round figures
and no single months. "Competition" is that for ads.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date

import pandas as pd

from helpers.platforms.model import Header, Platform, Report, Shaped
from helpers.units import Period

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan ene", "feb", "mar", "apr abr", "may", "jun", "jul", "aug ago", "sep", "oct", "nov", "dec dic"), start=1
    )
    for name in names.split()
}
_MONTH = re.compile(r"[^:]+:\s*(?P<month>[^\W\d_]{3})[^\W\d_]*\.?\s+(?:de\s+)?(?P<year>\d{4})")
_COLUMN = "_searches"


def _first_day(header: str) -> date | None:
    """Return the first day of the month that a header names, None where it names none."""
    found = _MONTH.fullmatch(header.strip())
    month = _MONTHS.get(found["month"].casefold()) if found else None
    return date(int(found["year"]), month, 1) if found and month else None


def _months(headers: Sequence[str]) -> Period | None:
    """Return the days from the first to the last of the single months."""
    starts = [first for header in headers if (first := _first_day(header))]
    if not starts:
        return None
    last = max(starts)
    return Period(min(starts), last.replace(day=monthrange(last.year, last.month)[1]))


def _with_months(frame: pd.DataFrame) -> Shaped:
    """Name the columns of single months by year and month."""
    months = {
        name: _first_day(name.removeprefix(f"{_COLUMN}:")) for name in frame.columns if name.startswith(f"{_COLUMN}:")
    }
    names = {name: f"searches_{first:%Y_%m}" for name, first in months.items() if first}
    return {"keyword_ideas": frame.rename(columns=names)}


PLATFORM = Platform(
    source="google_keyword_planner",
    title="Google Ads Keyword Planner",
    reports=(
        Report(
            name="Keyword stats",
            table="keyword_ideas",
            headers=(
                Header("keyword", {"en": ("Keyword",), "es": ("Palabra clave",)}),
                Header("currency", {"en": ("Currency",), "es": ("Moneda", "Divisa")}),
                Header(
                    "avg_monthly_searches",
                    {
                        "en": ("Avg. monthly searches", "Average monthly searches"),
                        "es-ES": ("Media de búsquedas mensuales", "Promedio de búsquedas mensuales"),
                        "es-419": ("Promedio de búsquedas mensuales", "Prom. de búsquedas mensuales"),
                    },
                ),
                Header("competition", {"en": ("Competition",), "es": ("Competencia",)}),
                Header(
                    "bid_low",
                    {
                        "en": ("Top of page bid (low range)",),
                        "es": (
                            "Puja por la parte superior de la página (intervalo bajo)",
                            "Oferta para la parte superior de la página (rango inferior)",
                        ),
                    },
                ),
                Header(
                    "bid_high",
                    {
                        "en": ("Top of page bid (high range)",),
                        "es": (
                            "Puja por la parte superior de la página (intervalo alto)",
                            "Oferta para la parte superior de la página (rango superior)",
                        ),
                    },
                ),
                Header(_COLUMN, pattern=r"(?:Searches|Búsquedas): .+ \d{4}", kind="count"),
            ),
            required=(("keyword",), ("avg_monthly_searches",)),
            marks=(
                "Avg. monthly searches",
                "Media de búsquedas mensuales",
                "Promedio de búsquedas mensuales",
                "Prom. de búsquedas mensuales",
                "Top of page bid (low range)",
            ),
            needs_mark=True,
            known={
                "en": (
                    "Segmentation",
                    "Three month change",
                    "YoY change",
                    "Competition (indexed value)",
                    "Ad impression share",
                    "Organic impression share",
                    "Organic average position",
                    "In account?",
                    "In account",
                    "In plan?",
                    "In plan",
                ),
                "es": (
                    "Segmentación",
                    "Cambio en tres meses",
                    "Cambio interanual",
                    "Competencia (valor indexado)",
                    "Cuota de impresiones de anuncios",
                    "Cuota de impresiones orgánicas",
                    "Posición media orgánica",
                    "¿En la cuenta?",
                    "¿En el plan?",
                ),
            },
            named_by="keyword",
            headed_period=_months,
            decimal={"en": "."},
            shape=_with_months,
        ),
    ),
)
