"""Google Ads table downloads: CSV, UTF-16 "Excel .csv" with tabs, XLSX; English, Spanish of Spain and Latin America.

Seen in real English exports: title, date range, header, rows, total rows; blanks as ` --`, `< 10%` for small shares,
integers grouped in quotes, cost not grouped. Spanish labels read in public parsers and agency notes: Spain writes
points for thousands and a decimal comma, Latin America the English way. The totals named after the listed level sum
the rows; the account's and each campaign type's do not; with segments each total comes once a segment. Cards of the
overview have no lines above, no totals and their currency beside the figures; only their file names hold days. Sheets
of Google Ads Editor always have English headers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from helpers.platforms.build_sheets import BuildSheet
from helpers.platforms.model import ANY_LEVEL, Header, Platform, Report, TotalRow, normalised

_NAMES = (
    Header("date", {"en": ("Day", "Date"), "es": ("Día", "Fecha")}),
    Header("_week", {"en": ("Week",), "es": ("Semana",)}, kind="date"),
    Header("_month", {"en": ("Month",), "es": ("Mes",)}, kind="date"),
    Header("_quarter", {"en": ("Quarter",), "es": ("Trimestre",)}, kind="date"),
    Header("account", {"en": ("Account", "Account name"), "es": ("Cuenta", "Nombre de la cuenta")}),
    Header("account_id", {"en": ("Customer ID",), "es": ("ID de cliente",)}),
    Header("campaign", {"en": ("Campaign", "Campaign name"), "es": ("Campaña", "Nombre de la campaña")}),
    Header("campaign_id", {"en": ("Campaign ID",), "es": ("ID de campaña", "ID de la campaña")}),
    Header("ad_group", {"en": ("Ad group",), "es": ("Grupo de anuncios",)}),
    Header("ad_group_id", {"en": ("Ad group ID",), "es": ("ID de grupo de anuncios", "ID del grupo de anuncios")}),
    Header("ad", {"en": ("Ad name",), "es": ("Nombre del anuncio",)}),
    Header("ad_id", {"en": ("Ad ID",), "es": ("ID de anuncio", "ID del anuncio")}),
    Header("campaign_type", {"en": ("Campaign type",), "es": ("Tipo de campaña",)}),
    Header(
        "status",
        {
            "en": ("Ad status", "Keyword status", "Ad group status", "Campaign status", "Ad state", "Campaign state"),
            "es": (
                "Estado del anuncio",
                "Estado de la palabra clave",
                "Estado del grupo de anuncios",
                "Estado de la campaña",
            ),
        },
    ),
    Header("currency", {"en": ("Currency code", "Currency"), "es": ("Código de moneda", "Moneda")}),
)
_BREAKDOWNS = tuple(
    Header(column, names, is_breakdown=True)
    for column, names in (
        ("keyword", {"en": ("Keyword", "Search keyword"), "es": ("Palabra clave de búsqueda", "Palabra clave")}),
        ("search_term", {"en": ("Search term",), "es": ("Término de búsqueda",)}),
        ("match_type", {"en": ("Match type",), "es": ("Tipo de concordancia",)}),
        ("device", {"en": ("Device",), "es": ("Dispositivo",)}),
        (
            "network",
            {
                "en": ("Network", "Network (with search partners)"),
                "es": ("Red", "Red (con socios de búsqueda)"),
            },
        ),
        ("age", {"en": ("Age", "Age range"), "es": ("Edad", "Intervalo de edad", "Rango de edad")}),
        ("gender", {"en": ("Gender",), "es": ("Sexo", "Género")}),
        ("income", {"en": ("Household income",), "es": ("Ingresos del hogar", "Ingresos familiares")}),
        ("parental_status", {"en": ("Parental status",), "es": ("Estado parental", "Situación parental")}),
        ("audience", {"en": ("Audience segment", "Audience"), "es": ("Segmento de audiencia", "Audiencia")}),
        ("location", {"en": ("Location", "Targeted location"), "es": ("Ubicación", "Ubicación orientada")}),
        (
            "country",
            {
                "en": ("Country/Territory (User location)", "Country/Territory", "Country"),
                "es": ("País o territorio (ubicación del usuario)", "País o territorio", "País"),
            },
        ),
        ("region", {"en": ("Region (User location)", "Region"), "es": ("Región (ubicación del usuario)", "Región")}),
        ("city", {"en": ("City (User location)", "City"), "es": ("Ciudad (ubicación del usuario)", "Ciudad")}),
        ("placement", {"en": ("Placement",), "es": ("Ubicación del anuncio", "Emplazamiento")}),
        ("top_or_other", {"en": ("Top vs. Other",), "es": ("Parte superior frente a otros",)}),
        # An impression counts for each kind of click that it offers, and an ad's for each of its assets.
        ("click_type", {"en": ("Click type",), "es": ("Tipo de clic",)}),
        ("asset", {"en": ("Asset",), "es": ("Recurso", "Asset")}),
        ("landing_page", {"en": ("Landing page",), "es": ("Página de destino",)}),
        ("hour", {"en": ("Hour of the day",), "es": ("Hora del día",)}),
        ("weekday", {"en": ("Day of the week",), "es": ("Día de la semana",)}),
        ("conversion_action", {"en": ("Conversion action",), "es": ("Acción de conversión",)}),
    )
)
_MEASURES = (
    Header("spend", {"en": ("Cost",), "es-ES": ("Coste",), "es-419": ("Costo",)}),
    Header("impressions", {"en": ("Impr.", "Impressions"), "es": ("Impr.", "Impresiones")}),
    Header("clicks", {"en": ("Clicks",), "es": ("Clics",)}),
    Header("conversions", {"en": ("Conversions",), "es": ("Conversiones",)}),
    Header(
        "conversion_value",
        {
            "en": ("Conv. value", "Total conv. value"),
            "es": ("Valor de conv.", "Valor de conversión"),
        },
    ),
    Header("video_views", {"en": ("Views", "TrueView views"), "es": ("Visualizaciones", "Visualizaciones TrueView")}),
    Header(
        "search_impression_share",
        {
            "en": ("Search impr. share",),
            "es-ES": ("Cuota de impr. de búsqueda",),
            "es-419": ("Porcentaje de impresiones de búsqueda",),
        },
    ),
)
_KNOWN = {
    "en": (
        "Budget",
        "Budget name",
        "Budget type",
        "Status",
        "Status reasons",
        "Optimisation score",
        "Optimization score",
        "CTR",
        "Avg. CPC",
        "Avg. CPM",
        "Avg. cost",
        "Target CPA",
        "Avg. target CPA",
        "Target ROAS",
        "Avg. target ROAS",
        "Bid strategy type",
        "Bid strategy",
        "Conv. rate",
        "Conv. value / cost",
        "Cost / conv.",
        "Original conv. value",
        "Interactions",
        "Interaction rate",
        "Added/Excluded",
        "View rate",
        "View-through conv.",
        "All conv.",
        "All conv. value",
        "Final URL",
        "Max. CPC",
        "Default max. CPC",
        "Quality Score",
        "Ad group type",
        "Ad type",
        "Search lost IS (rank)",
        "Search lost IS (budget)",
        "Search top IS",
        "Search abs. top IS",
        "Phone calls",
        "Label",
        "Cost (Converted currency)",
        "Avg. CPC (Converted currency)",
        "Conv. value (Converted currency)",
        "Value / conv.",
        "Policy details",
        "Ad strength",
        "Mobile final URL",
        "Tracking template",
        *(f"Headline {n}" for n in range(1, 16)),
        *(f"Headline {n} position" for n in range(1, 16)),
        *(f"Description {n}" for n in range(1, 6)),
        *(f"Description {n} position" for n in range(1, 6)),
        "Path 1",
        "Path 2",
    ),
    "es": (
        "Presupuesto",
        "Nombre del presupuesto",
        "Tipo de presupuesto",
        "Estado",
        "Motivos del estado",
        "CTR",
        "Nivel de optimización",
        "Interacciones",
        "Tipo de estrategia de puja",
        "Añadida/Excluida",
        "Valor de conv./coste",
        "Valor de conv./costo",
        "CPA objetivo",
        "ROAS objetivo",
        "URL final",
        "Conv. posimpresión",
        "Todas las conv.",
        "Coste (moneda convertida)",
        "Costo (moneda convertida)",
        "Valor/conv.",
        "Etiqueta",
    ),
    "es-ES": (
        "CPC medio",
        "CPM medio",
        "Coste medio",
        "Coste/conv.",
        "Tasa de conv.",
        "Tasa de interacción",
        "CPC máx.",
        "Cuota impr. perd. de búsq. (ranking)",
        "Cuota impr. perd. de búsq. (presup.)",
    ),
    "es-419": (
        "Prom. CPC",
        "CPC prom.",
        "Prom. CPM",
        "Costo promedio",
        "Costo prom.",
        "Costo/conv.",
        "Porcentaje de conv.",
        "Porcentaje de interacción",
        "Porcentaje de interacciones",
    ),
}
_LISTED = r"(campaigns?|ad groups?|ads|campañas|grupos de anuncios|anuncios)"

_EDITOR = BuildSheet(
    name="Google Ads Editor",
    platform="google_ads",
    levels={"campaign": ("Campaign",), "ad_group": ("Ad Group",), "ad": ("Ad Name",)},
    statuses=("Status", "Ad Group Status", "Campaign Status"),
    marks=("Criterion Type", "Networks", "Ad Group Type", "Max CPC", "Campaign Daily Budget", "Final URL suffix"),
    columns=(
        *("Campaign Type", "Networks", "Budget", "Budget type", "Campaign Daily Budget", "Languages", "Location", "ID"),
        *("Bid Strategy Type", "Bid Strategy Name", "Target CPA", "Target ROAS", "Start Date", "End Date", "Labels"),
        *("Ad Group Type", "Max CPC", "Max CPM", "Keyword", "Criterion Type", "Final URL", "Final mobile URL"),
        *("Path 1", "Path 2", "Ad type", "Final URL suffix", "Tracking template", "Custom parameters", "Ad Schedule"),
        *("Business name", "Call to action", "Callout text", "Link Text", "Description Line 1", "Description Line 2"),
        *(f"Headline {n}" for n in range(1, 16)),
        *(f"Headline {n} position" for n in range(1, 16)),
        *(f"Long headline {n}" for n in range(1, 6)),
        *(f"Description {n}" for n in range(1, 6)),
        *(f"Description {n} position" for n in range(1, 6)),
    ),
)

# Google's own words for networks and devices: by these a card is told, for its headers are everybody's.
_OF_CARDS = frozenset(
    (
        *("google search", "search network", "search partners", "display network", "google display network"),
        *("youtube", "youtube search", "youtube videos", "cross-network", "mobile phones", "computers", "tablets"),
        *("tv screens", "other devices", "búsqueda de google", "red de búsqueda", "partners de búsqueda"),
        *("socios de búsqueda", "red de display", "red de display de google", "teléfonos móviles", "ordenadores"),
        *("computadoras", "pantallas de tv", "pantallas de televisión", "otros dispositivos"),
    )
)


def _is_googles(frame: pd.DataFrame) -> bool:
    """Whether networks and devices are named as Google names them."""
    named = [frame[name].dropna().str.casefold() for name in ("network", "device") if name in frame]
    return any(map(len, named)) and all(words.isin(_OF_CARDS).all() for words in named)


def _is_of_keywords(cells: Sequence[str]) -> bool:
    """Whether headers are those of the card of search keywords, and no other: its cells name nothing of Google's."""
    names = [normalised(cell) for cell in cells]
    return any(sorted(names) == sorted(map(normalised, card)) for card in _KEYWORDS)


_KEYWORDS = (
    ("Search Keyword", "Cost", "Clicks", "CTR"),
    ("Palabra clave de búsqueda", "Coste", "Clics", "CTR"),
    ("Palabra clave de búsqueda", "Costo", "Clics", "CTR"),
)


_CARD = Report(
    name="Card of the overview",
    table="ads",
    headers=(
        Header("network", {"en": ("Network",), "es": ("Red",)}, is_breakdown=True),
        Header("device", {"en": ("Device",), "es": ("Dispositivo",)}, is_breakdown=True),
        Header("keyword", {"en": ("Search keyword",), "es": ("Palabra clave de búsqueda",)}, is_breakdown=True),
        *_MEASURES,
    ),
    required=(("network", "device"), ("spend",), ("impressions", "clicks")),
    known=_KNOWN,
    constants={"platform": "google_ads"},
    decimal={"en": ".", "es-ES": ",", "es-419": "."},
    is_fallback=True,
    holds=_is_googles,
)
_KEYWORD_CARD = replace(
    _CARD,
    name="Card of search keywords",
    required=(("keyword",), ("spend",), ("impressions", "clicks")),
    fits=_is_of_keywords,
    holds=None,
)

PLATFORM = Platform(
    source="google_ads",
    title="Google Ads",
    reports=(
        Report(
            name="Table download",
            table="ads",
            headers=(*_NAMES, *_BREAKDOWNS, *_MEASURES),
            required=(
                # Cost cannot be told by conversion action.
                ("spend", "conversion_action"),
                ("impressions", "clicks", "conversions"),
                (*ANY_LEVEL, "keyword", "search_term", "date", "_week", "_month", "_quarter"),
            ),
            marks=(
                "Impr.",
                "Currency code",
                "Código de moneda",
                "Avg. CPC",
                "CPC medio",
                "Prom. CPC",
                "CPC prom.",
                "Cost / conv.",
                "Coste/conv.",
                "Costo/conv.",
                "Conv. rate",
                "Tasa de conv.",
                "Porcentaje de conv.",
                "Campaign status",
                "Estado de la campaña",
                "Bid strategy type",
                "Search impr. share",
                "Conv. value",
                "Valor de conv.",
            ),
            needs_mark=True,
            known=_KNOWN,
            constants={"platform": "google_ads"},
            total_rows=(
                TotalRow(rf"total: {_LISTED}"),
                TotalRow(r"total: .+", is_same_scope=False),
            ),
            decimal={"en": ".", "es-ES": ",", "es-419": "."},
        ),
        _CARD,
        _KEYWORD_CARD,
        _EDITOR.report(),
    ),
)
