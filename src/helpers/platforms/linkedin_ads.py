"""LinkedIn Campaign Manager exports, UTF-16 with tabs, named .csv, English and Spanish.

Five lines stand above the header: title, first day, last day, day of the export, a blank. English names read in a
public importer of real exports, Spanish ones by analogy (LinkedIn writes one Spanish for all countries). The date is
the first day of the day, week or month that was chosen, in UTC. In late 2025 LinkedIn renamed Campaign Group to
Campaign and Campaign to Ad Set: what names the level is therefore which of the three a file has. The old "campaign" is
the ad group here, as the ad set that it has become.
"""

from __future__ import annotations

from dataclasses import replace

from helpers.platforms.build_sheets import BuildSheet
from helpers.platforms.model import Derived, Header, Names, Platform, Report


def _level(column: str, en: str, es: str, es_of: str) -> tuple[Header, ...]:
    """Name and id of one level; `es_of` is the level with its article."""
    return (
        Header(column, {"en": (f"{en} Name",), "es": (f"Nombre {es_of}", f"Nombre de {es}")}),
        Header(f"{column}_id", {"en": (f"{en} ID",), "es": (f"ID {es_of}", f"ID de {es}", f"Identificador {es_of}")}),
    )


def _status(*levels: tuple[str, str]) -> Header:
    """State of the finest level that the file has."""
    return Header(
        "status",
        {"en": tuple(f"{en} Status" for en, _ in levels), "es": tuple(f"Estado {es}" for _, es in levels)},
    )


def _settings(en: str, es_of: str) -> tuple[Header, ...]:
    """Kind and objective, which stand beside the level that delivers."""
    return (
        Header(
            "campaign_type", {"en": (f"{en} Type",), "es": (f"Tipo {es_of}", f"Tipo {es_of.replace('de la', 'de')}")}
        ),
        Header(
            "objective",
            {"en": (f"{en} Objective", f"{en} Objective Type", "Objective"), "es": (f"Objetivo {es_of}", "Objetivo")},
        ),
    )


def _dates_of(en: str, es_of: str) -> Names:
    """When a level was planned to run, and with what: settings that are not kept."""
    return {
        "en": (
            *(f"{en} {what}" for what in ("Start Date", "End Date", "Budget", "Daily Budget", "Total Budget", "Bid")),
            f"{en} Bid Type",
        ),
        "es": (
            f"Fecha de inicio {es_of}",
            f"Fecha de finalización {es_of}",
            f"Fecha de fin {es_of}",
            f"Presupuesto {es_of}",
            f"Presupuesto diario {es_of}",
            f"Presupuesto total {es_of}",
        ),
    }


_COMMON = (
    Header(
        "date",
        {
            "en": ("Start Date (in UTC)", "Start Date", "Date", "Date (in UTC)"),
            "es": ("Fecha de inicio (en UTC)", "Fecha de inicio", "Fecha", "Fecha (en UTC)"),
        },
    ),
    Header("account", {"en": ("Account Name",), "es": ("Nombre de la cuenta", "Nombre de cuenta")}),
    Header("account_id", {"en": ("Account ID",), "es": ("ID de la cuenta", "ID de cuenta")}),
    Header("currency", {"en": ("Currency",), "es": ("Divisa", "Moneda")}),
    Header("ad", {"en": ("Ad Name", "Creative Name"), "es": ("Nombre del anuncio", "Nombre del contenido")}),
    Header("ad_id", {"en": ("Ad ID", "Creative ID"), "es": ("ID del anuncio", "ID del contenido")}),
)
_BREAKDOWNS = tuple(
    Header(column, names, is_breakdown=True)
    for column, names in (
        ("conversion_action", {"en": ("Conversion Name",), "es": ("Nombre de la conversión",)}),
        ("conversion_type", {"en": ("Conversion Type",), "es": ("Tipo de conversión",)}),
        ("card", {"en": ("Carousel Card",), "es": ("Tarjeta del carrusel",)}),
        ("job_function", {"en": ("Job Function Segment",), "es": ("Segmento de función laboral",)}),
        ("job_title", {"en": ("Job Title Segment",), "es": ("Segmento de cargo",)}),
        ("seniority", {"en": ("Job Seniority Segment",), "es": ("Segmento de nivel de responsabilidad",)}),
        ("company", {"en": ("Company Name Segment", "Company Segment"), "es": ("Segmento de nombre de la empresa",)}),
        ("industry", {"en": ("Company Industry Segment",), "es": ("Segmento de sector de la empresa",)}),
        ("company_size", {"en": ("Company Size Segment",), "es": ("Segmento de tamaño de la empresa",)}),
        ("country", {"en": ("Country Segment", "Country/Region Segment"), "es": ("Segmento de país",)}),
        ("location", {"en": ("Location Segment", "County Segment"), "es": ("Segmento de ubicación",)}),
        ("device", {"en": ("Device Type", "Device"), "es": ("Tipo de dispositivo",)}),
        ("placement", {"en": ("Placement", "Placement Name"), "es": ("Ubicación del anuncio",)}),
    )
)
_MEASURES = (
    Header(
        "spend",
        {
            "en": ("Total Spent", "Amount Spent"),
            "es": ("Total gastado", "Importe total gastado", "Importe gastado", "Gasto total"),
        },
    ),
    Header("impressions", {"en": ("Impressions",), "es": ("Impresiones",)}),
    Header("reach", {"en": ("Reach",), "es": ("Alcance",)}),
    Header("frequency", {"en": ("Average Frequency",), "es": ("Frecuencia media", "Frecuencia promedio")}),
    Header("clicks", {"en": ("Clicks",), "es": ("Clics",)}),
    Header(
        "link_clicks",
        {"en": ("Clicks to Landing Page",), "es": ("Clics en la página de destino", "Clics a la página de destino")},
    ),
    Header("reactions", {"en": ("Reactions", "Likes"), "es": ("Reacciones", "Recomendaciones")}),
    Header("comments", {"en": ("Comments",), "es": ("Comentarios",)}),
    Header(
        "shares", {"en": ("Shares", "Reposts"), "es": ("Veces compartido", "Compartidos", "Veces que se compartió")}
    ),
    Header("follows", {"en": ("Follows",), "es": ("Seguimientos", "Nuevos seguidores")}),
    Header("conversions", {"en": ("Conversions",), "es": ("Conversiones",)}),
    Header(
        "conversion_value",
        {"en": ("Total Conversion Value",), "es": ("Valor total de conversión", "Valor total de las conversiones")},
    ),
    Header("leads", {"en": ("Leads",), "es": ("Contactos", "Leads", "Clientes potenciales")}),
    Header(
        "video_views",
        {"en": ("Video Views",), "es": ("Visualizaciones de vídeo", "Reproducciones de vídeo")},
    ),
    *(
        Header(
            f"p{share}",
            {
                "en": (f"Video Views at {share}%", f"Video Views @ {share}%"),
                "es": (f"Visualizaciones de vídeo al {share} %", f"Visualizaciones de vídeo al {share}%"),
            },
        )
        for share in (25, 50, 75)
    ),
    Header(
        "p100",
        {"en": ("Video Completions",), "es": ("Visualizaciones completas", "Reproducciones completas")},
    ),
)
_KNOWN = {
    "en": (
        "Click Through Rate",
        "Average CPM",
        "Average CPC",
        "Clicks to LinkedIn Page",
        "Other Clicks",
        "Total Social Actions",
        "Total Engagements",
        "Engagement Rate",
        "Viral Impressions",
        "Viral Clicks",
        "Viral Reactions",
        "Viral Comments",
        "Viral Shares",
        "Viral Follows",
        "Viral Other Clicks",
        "Viral Total Engagements",
        "Viral Conversions",
        "Post-Click Conversions",
        "View-Through Conversions",
        "Conversion Rate",
        "Cost per Conversion",
        "Return on Ad Spend",
        "Lead Forms Opened",
        "Lead Form Opens",
        "Lead Form Completion Rate",
        "Cost per Lead",
        "Event Registrations",
        "Video Starts",
        "Video View Rate",
        "Video Completion Rate",
        "Video Full Screen Plays",
        "Cost per Video View",
        "eCPV",
        "Card Impressions",
        "Card Clicks",
        "Ad Introduction Text",
        "Ad Headline",
        "Ad Description",
        "Ad Status",
        "Click URL",
        "Sends",
        "Opens",
        "Open Rate",
        "Cost per Send",
        "Audience Penetration",
        "Average Dwell Time",
        "Cost per 1,000 Members Reached",
    ),
    "es": (
        "Porcentaje de clics",
        "CPM medio",
        "CPC medio",
        "CPM promedio",
        "CPC promedio",
        "Clics en la página de LinkedIn",
        "Otros clics",
        "Total de acciones sociales",
        "Total de interacciones",
        "Tasa de interacción",
        "Impresiones virales",
        "Clics virales",
        "Reacciones virales",
        "Comentarios virales",
        "Conversiones posteriores al clic",
        "Conversiones posteriores a la visualización",
        "Tasa de conversión",
        "Coste por conversión",
        "Costo por conversión",
        "Formularios abiertos",
        "Coste por contacto",
        "Costo por contacto",
        "Tasa de finalización de formularios",
        "Inicios de vídeo",
        "Tasa de visualización",
        "Texto introductorio del anuncio",
        "Título del anuncio",
        "Estado del anuncio",
        "URL de clic",
        "Inscripciones a eventos",
        "Envíos",
        "Aperturas",
    ),
}
_MARKS = (
    "Start Date (in UTC)",
    "Fecha de inicio (en UTC)",
    "Total Spent",
    "Total gastado",
    "Campaign Group Name",
    "Nombre del grupo de campañas",
    "Total Social Actions",
    "Total de acciones sociales",
    "Viral Impressions",
    "Impresiones virales",
    "Clicks to LinkedIn Page",
    "Lead Forms Opened",
    "Formularios abiertos",
    "Ad Introduction Text",
    "Ad Set Objective",
)
_GROUP = ("Campaign Group", "del grupo de campañas")
_CAMPAIGN = ("Campaign", "de la campaña")
_AD_SET = ("Ad Set", "del conjunto de anuncios")


def _with(*known: Names) -> Names:
    """Headers that every export may have beside those of its levels."""
    return {language: tuple(name for names in (_KNOWN, *known) for name in names[language]) for language in _KNOWN}


_RENAMED = Report(
    name="Performance by ad set",
    table="ads",
    headers=(
        *_level("campaign", "Campaign", "campaña", "de la campaña"),
        *_level("ad_group", "Ad Set", "conjunto de anuncios", "del conjunto de anuncios"),
        _status(_AD_SET, _CAMPAIGN),
        *_settings(*_AD_SET),
        *_COMMON,
        *_BREAKDOWNS,
        *_MEASURES,
    ),
    required=(("spend", "conversions"), ("impressions", "clicks", "conversions"), ("ad_group", "ad_group_id")),
    marks=_MARKS,
    needs_mark=True,
    known=_with(_dates_of(*_CAMPAIGN), _dates_of(*_AD_SET)),
    derived=(Derived("conversions", "first", ("leads",)),),
    constants={"platform": "linkedin"},
    has_blank_totals=True,
    dates_are_first_days=True,
)
_BEFORE = replace(
    _RENAMED,
    name="Performance by campaign (before the rename)",
    headers=(
        *_level("campaign", "Campaign Group", "grupo de campañas", "del grupo de campañas"),
        *_level("ad_group", "Campaign", "campaña", "de la campaña"),
        _status(_CAMPAIGN, _GROUP),
        *_settings(*_CAMPAIGN),
        *_COMMON,
        *_BREAKDOWNS,
        *_MEASURES,
    ),
    # Only the old layout writes type and objective beside a campaign: a renamed one writes them beside the ad set.
    required=(
        ("spend", "conversions"),
        ("impressions", "clicks", "conversions"),
        ("campaign", "campaign_id", "campaign_type", "objective", "ad"),
    ),
    known=_with(_dates_of(*_GROUP), _dates_of(*_CAMPAIGN)),
)
_UPPER = replace(
    _RENAMED,
    name="Performance by campaign or account",
    headers=(
        *_level("campaign", "Campaign", "campaña", "de la campaña"),
        _status(_CAMPAIGN),
        *_COMMON,
        *_BREAKDOWNS,
        *_MEASURES,
    ),
    required=(
        ("spend", "conversions"),
        ("impressions", "clicks", "conversions"),
        # Who saw the ads of the whole account is told without naming it.
        ("campaign", "campaign_id", "account", "account_id", *(header.column for header in _BREAKDOWNS)),
    ),
    marks=(*_MARKS, *(name for header in _BREAKDOWNS for name in header.names["en"] if name.endswith(" Segment"))),
    known=_with(_dates_of(*_CAMPAIGN)),
)

_BULK = BuildSheet(
    name="Bulk sheet",
    platform="linkedin",
    levels={
        "campaign": ("*Campaign Name", "Campaign Name", "**Campaign Name"),
        "ad_group": ("*Ad Set Name", "Ad Set Name"),
        "ad": ("*Ad Name", "Ad Name"),
    },
    statuses=("Ad Status", "Ad Set Status", "Campaign Status"),
    marks=("*Ad Set Name", "*Objective", "*Optimization Goal", "**Audience Template ID", "**Audience String"),
    columns=(
        *("*Ad Account ID", "*Campaign ID", "Campaign ID", "Ad Set ID", "*Objective", "*Ad Format"),
        *("Ad Set Daily Budget", "Ad Set Lifetime Budget", "*Ad Set Start Date", "Ad Set End Date"),
        *("*Optimization Goal", "Bid Amount", "Bid Strategy", "Enable Audience Expansion"),
        *("Enable LinkedIn Audience Network", "**Audience Template ID", "**Audience String"),
    ),
)

PLATFORM = Platform(source="linkedin_ads", title="LinkedIn Ads", reports=(_RENAMED, _BEFORE, _UPPER, _BULK.report()))
