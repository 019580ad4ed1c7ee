"""Apple Ads (Apple Search Ads) exports, CSV, English and Spanish.

Remembered, not seen in a real file: treat as provisional. Lines above the header name account and days. A tap is a
click; installs are what the platform counts as conversions. Money carries its sign in the cell.
"""

from __future__ import annotations

from helpers.platforms.model import ANY_LEVEL, Derived, Header, Platform, Report

_NAMES = (
    Header("date", {"en": ("Day", "Date"), "es": ("Día", "Fecha")}),
    Header("_week", {"en": ("Week",), "es": ("Semana",)}, kind="date"),
    Header("_month", {"en": ("Month",), "es": ("Mes",)}, kind="date"),
    Header("account", {"en": ("Account Name",), "es": ("Nombre de la cuenta",)}),
    Header("account_id", {"en": ("Org ID", "Account ID"), "es": ("ID de la cuenta",)}),
    Header("campaign", {"en": ("Campaign Name", "Campaign"), "es": ("Nombre de la campaña", "Campaña")}),
    Header("campaign_id", {"en": ("Campaign ID",), "es": ("ID de la campaña",)}),
    Header("ad_group", {"en": ("Ad Group Name", "Ad Group"), "es": ("Nombre del grupo de anuncios",)}),
    Header("ad_group_id", {"en": ("Ad Group ID",), "es": ("ID del grupo de anuncios",)}),
    Header("ad", {"en": ("Ad Name",), "es": ("Nombre del anuncio",)}),
    Header("ad_id", {"en": ("Ad ID",), "es": ("ID del anuncio",)}),
    Header("status", {"en": ("Campaign Status", "Status"), "es": ("Estado de la campaña", "Estado")}),
    Header("currency", {"en": ("Currency",), "es": ("Moneda", "Divisa")}),
)
_BREAKDOWNS = tuple(
    Header(column, names, is_breakdown=True)
    for column, names in (
        ("keyword", {"en": ("Keyword",), "es": ("Palabra clave",)}),
        ("search_term", {"en": ("Search Term",), "es": ("Término de búsqueda",)}),
        ("match_type", {"en": ("Match Type",), "es": ("Tipo de concordancia",)}),
        ("country", {"en": ("Country or Region", "Storefront"), "es": ("País o región",)}),
        ("device", {"en": ("Device Size", "Device"), "es": ("Dispositivo",)}),
    )
)
_MEASURES = (
    Header("spend", {"en": ("Spend", "Local Spend"), "es": ("Gasto", "Gasto local")}),
    Header("impressions", {"en": ("Impressions",), "es": ("Impresiones",)}),
    Header("clicks", {"en": ("Taps",), "es": ("Toques", "Pulsaciones")}),
    Header(
        "_installs",
        {
            "en": ("Installs (Total)", "Total Installs", "Installs", "Installs (Tap-Through)", "Tap Installs"),
            "es": ("Instalaciones (total)", "Instalaciones"),
        },
        kind="count",
    ),
)
_KNOWN = {
    "en": (
        "App Name",
        "App ID",
        "TTR",
        "CR",
        "Avg CPA",
        "Avg CPT",
        "Avg CPM",
        "CPA",
        "CPT",
        "CPM",
        "Conversion Rate",
        "New Downloads",
        "Redownloads",
        "LAT On Installs",
        "LAT Off Installs",
        "Daily Budget",
        "Bid Amount",
        "Max CPT Bid",
        "Installs (View-Through)",
        "Ad Placement",
    ),
    "es": ("Nombre de la app", "ID de la app", "TTR", "CPT medio", "CPA medio", "Descargas nuevas", "Redescargas"),
}

PLATFORM = Platform(
    source="apple_ads",
    title="Apple Ads",
    reports=(
        Report(
            name="Campaign report",
            table="ads",
            headers=(*_NAMES, *_BREAKDOWNS, *_MEASURES),
            required=(("spend",), ("clicks",), ANY_LEVEL),
            marks=("Taps", "Toques", "Pulsaciones"),
            needs_mark=True,
            known=_KNOWN,
            derived=(Derived("conversions", "first", ("_installs",)),),
            constants={"platform": "other", "channel": "apple_ads"},
            has_blank_totals=True,
            decimal={"en": "."},
        ),
    ),
)
