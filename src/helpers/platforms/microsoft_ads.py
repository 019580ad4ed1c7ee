"""Microsoft Advertising reports, CSV with a byte order mark or TSV, English and Spanish.

Layout read in Microsoft's reporting documentation: nine lines above the header name the report, its days, time zone,
aggregation and number of rows; a line with © stands behind the rows. Headers have blanks in downloads and none in the
reporting service's files; ids may stand in brackets. Tables downloaded from the campaign page use Google's short words
and end with totals. Spanish labels by analogy. The date is the first day of what the report is aggregated by.
"""

from __future__ import annotations

from helpers.platforms.build_sheets import BuildSheet
from helpers.platforms.model import ANY_LEVEL, Header, Platform, Report, TotalRow

_NAMES = (
    Header(
        "date",
        {
            "en": ("Gregorian date", "GregorianDate", "TimePeriod", "Time period", "Date", "Day"),
            "es": ("Fecha gregoriana", "Período de tiempo", "Fecha", "Día"),
        },
    ),
    Header("_week", {"en": ("Week",), "es": ("Semana",)}, kind="date"),
    Header("_month", {"en": ("Month",), "es": ("Mes",)}, kind="date"),
    Header("account", {"en": ("Account name", "AccountName"), "es": ("Nombre de la cuenta", "Nombre de cuenta")}),
    Header(
        "account_id",
        {
            "en": ("Account number", "AccountNumber", "Account ID", "AccountId"),
            "es": ("Número de cuenta", "Número de la cuenta", "Id. de cuenta", "ID de cuenta"),
        },
    ),
    Header(
        "campaign",
        {
            "en": ("Campaign name", "CampaignName", "Campaign"),
            "es": ("Nombre de la campaña", "Nombre de campaña", "Campaña"),
        },
    ),
    Header("campaign_id", {"en": ("Campaign ID", "CampaignId"), "es": ("Id. de campaña", "ID de campaña")}),
    Header("campaign_type", {"en": ("Campaign type", "CampaignType"), "es": ("Tipo de campaña",)}),
    Header(
        "ad_group",
        {
            "en": ("Ad group", "Ad group name", "AdGroupName"),
            "es": ("Grupo de anuncios", "Nombre del grupo de anuncios"),
        },
    ),
    Header(
        "ad_group_id",
        {"en": ("Ad group ID", "AdGroupId"), "es": ("Id. de grupo de anuncios", "ID de grupo de anuncios")},
    ),
    Header("ad", {"en": ("Ad title", "AdTitle", "Ad name"), "es": ("Título del anuncio", "Nombre del anuncio")}),
    Header("ad_id", {"en": ("Ad ID", "AdId"), "es": ("Id. de anuncio", "ID de anuncio")}),
    Header(
        "status",
        {
            "en": (
                "Ad status",
                "AdStatus",
                "Keyword status",
                "KeywordStatus",
                "Ad group status",
                "AdGroupStatus",
                "Campaign status",
                "CampaignStatus",
            ),
            "es": ("Estado del anuncio", "Estado del grupo de anuncios", "Estado de la campaña"),
        },
    ),
    Header(
        "currency",
        {"en": ("Currency code", "CurrencyCode", "Currency"), "es": ("Código de moneda", "Moneda", "Divisa")},
    ),
)
_BREAKDOWNS = tuple(
    Header(column, names, is_breakdown=True)
    for column, names in (
        ("keyword", {"en": ("Keyword",), "es": ("Palabra clave",)}),
        (
            "search_term",
            {
                "en": ("Search term", "Search query", "SearchQuery"),
                "es": ("Término de búsqueda", "Consulta de búsqueda"),
            },
        ),
        (
            "match_type",
            {
                "en": ("Delivered match type", "DeliveredMatchType", "Match type", "Bid match type", "BidMatchType"),
                "es": ("Tipo de concordancia entregada", "Tipo de concordancia"),
            },
        ),
        ("device", {"en": ("Device type", "DeviceType", "Device"), "es": ("Tipo de dispositivo", "Dispositivo")}),
        (
            "network",
            {"en": ("Network", "Ad distribution", "AdDistribution"), "es": ("Red", "Distribución de anuncios")},
        ),
        ("age", {"en": ("Age group", "AgeGroup"), "es": ("Grupo de edad",)}),
        ("gender", {"en": ("Gender",), "es": ("Sexo", "Género")}),
        (
            "country",
            {
                "en": ("Country/region", "Country", "Country/Region (Physical location)"),
                "es": ("País o región", "País"),
            },
        ),
        ("hour", {"en": ("Hour of day", "HourOfDay"), "es": ("Hora del día",)}),
        ("weekday", {"en": ("Day of week", "DayOfWeek"), "es": ("Día de la semana",)}),
        ("goal", {"en": ("Goal",), "es": ("Objetivo de conversión",)}),
    )
)
_MEASURES = (
    Header("spend", {"en": ("Spend",), "es": ("Gasto", "Gastos", "Inversión")}),
    Header("impressions", {"en": ("Impressions", "Impr."), "es": ("Impresiones", "Impr.")}),
    Header("clicks", {"en": ("Clicks",), "es": ("Clics",)}),
    Header(
        "conversions",
        {
            "en": ("Conversions", "Conv.", "Qualified conversions", "ConversionsQualified"),
            "es": ("Conversiones", "Conv."),
        },
    ),
    Header("conversion_value", {"en": ("Revenue",), "es": ("Ingresos",)}),
    Header(
        "search_impression_share",
        {
            "en": ("Impression share (%)", "Impression share", "ImpressionSharePercent", "Impr. share"),
            "es": ("Cuota de impresiones (%)", "Cuota de impresiones", "Porcentaje de impresiones"),
        },
    ),
)
_KNOWN = {
    "en": (
        "Customer name",
        "Account status",
        "AccountStatus",
        "Delivery",
        "Budget",
        "Bid strategy type",
        "BidStrategyType",
        "CTR",
        "CTR (%)",
        "Avg. CPC",
        "AverageCpc",
        "Avg. CPM",
        "Avg. position",
        "AveragePosition",
        "Conv. rate",
        "Conversion rate",
        "Conversion rate (%)",
        "ConversionRate",
        "CPA",
        "Cost per conversion",
        "CostPerConversion",
        "Return on ad spend",
        "Return on ad spend (%)",
        "ReturnOnAdSpend",
        "Revenue per conversion",
        "RevenuePerConversion",
        "Assists",
        "All conversions",
        "All conv.",
        "AllConversions",
        "All revenue",
        "AllRevenue",
        "View-through conversions",
        "ViewThroughConversions",
        "Low quality clicks",
        "Low quality impressions",
        "Quality score",
        "QualityScore",
        "Top impression rate",
        "Absolute top impression rate",
        "Impression share lost to budget (%)",
        "Impression share lost to rank (%)",
        "Final URL",
        "Destination URL",
        "Labels",
        "Ad type",
        "Language",
        "Top vs. other",
        "Delivered match type ID",
    ),
    "es": (
        "CTR",
        "CTR (%)",
        "Estado de la cuenta",
        "Presupuesto",
        "Entrega",
        "Tasa de conversión",
        "Tasa de conversión (%)",
        "Todas las conversiones",
        "Todos los ingresos",
        "Retorno de la inversión publicitaria",
        "Asistencias",
        "Posición media",
        "Tipo de estrategia de puja",
        "Etiquetas",
        "URL final",
        "Idioma",
    ),
    "es-ES": ("CPC medio", "CPM medio", "Coste por conversión"),
    "es-419": ("CPC promedio", "CPM promedio", "Costo por conversión"),
}

_BULK = BuildSheet(
    name="Bulk file",
    platform="microsoft",
    levels={"campaign": ("Campaign",), "ad_group": ("Ad Group",)},
    statuses=("Status",),
    marks=("Parent Id", "Client Id", "Format Version"),
    columns=(
        *("Type", "Id", "Parent Id", "Client Id", "Campaign Type", "Budget", "Budget Type", "Budget Id", "Budget Name"),
        *("Bid Strategy Type", "Language", "Time Zone", "Start Date", "End Date", "Keyword", "Match Type", "Bid"),
        *(
            "Headline",
            "Headlines",
            "Long Headline",
            "Long Headlines",
            "Description",
            "Descriptions",
            "Path 1",
            "Path 2",
        ),
        *("Business Name", "Images", "Videos", "Call To Action", "Final Url", "Mobile Final Url", "Tracking Template"),
        *("Custom Parameter", "Name", "Network Distribution", "Ad Rotation", "Target", "Sync Time", "Modified Time"),
        *("Sub Type", "Country Code", "Store Id", "Physical Intent", "Bid Adjustment", "Final Url Suffix"),
    ),
    aside_columns=("Format Version", "Error", "Error Number"),
    asides=("Format Version",),
)

PLATFORM = Platform(
    source="microsoft_ads",
    title="Microsoft Advertising",
    reports=(
        Report(
            name="Performance",
            table="ads",
            headers=(*_NAMES, *_BREAKDOWNS, *_MEASURES),
            required=(
                ("spend",),
                ("impressions", "clicks", "conversions"),
                ANY_LEVEL,
            ),
            marks=(
                "Gregorian date",
                "GregorianDate",
                "TimePeriod",
                "Fecha gregoriana",
                "Account number",
                "AccountNumber",
                "Número de cuenta",
                "CampaignName",
                "CurrencyCode",
                "AverageCpc",
                "AdDistribution",
                "Ad distribution",
                "Top vs. other",
                "Low quality clicks",
                "Top impression rate",
                "Delivered match type",
            ),
            needs_mark=True,
            known=_KNOWN,
            constants={"platform": "microsoft"},
            has_blank_totals=True,
            total_rows=(
                TotalRow(r"((overall|filter) )?total - .*|(overall|filter) total|total (general|del filtro).*"),
                TotalRow(r"(search|audience|content|deleted items|deleted|removed).* total.*", is_same_scope=False),
                TotalRow(r"total (de la búsqueda|de la red|de elementos eliminados).*", is_same_scope=False),
            ),
            decimal={"en": ".", "es-ES": ",", "es-419": "."},
            dates_are_first_days=True,
        ),
        _BULK.report(),
    ),
)
