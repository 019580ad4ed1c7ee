"""TikTok Ads Manager tables, XLSX and CSV, English and Spanish.

The twenty English headers come from a public parsing note about a real export; day columns and the Spanish labels are
partly remembered. Older files have Clicks without "(destination)". The last row is a total of N results, or N results
in the file's language; blanks are a hyphen.
"""

from __future__ import annotations

from helpers.platforms.model import ANY_LEVEL, Derived, Header, Platform, Report

_NAMES = (
    Header(
        "date",
        {
            "en": ("By Day", "Date", "Stat time", "Day", "Time", "By Hour", "Hour"),
            "es": ("Por día", "Fecha", "Día", "Por hora"),
        },
    ),
    Header("_week", {"en": ("By Week", "Week"), "es": ("Por semana", "Semana")}, kind="date"),
    Header("_month", {"en": ("By Month", "Month"), "es": ("Por mes", "Mes")}, kind="date"),
    Header(
        "account", {"en": ("Account name", "Advertiser name"), "es": ("Nombre de la cuenta", "Nombre del anunciante")}
    ),
    Header("account_id", {"en": ("Account ID", "Advertiser ID"), "es": ("ID de la cuenta", "ID del anunciante")}),
    Header("campaign", {"en": ("Campaign name",), "es": ("Nombre de la campaña", "Nombre de campaña")}),
    Header("campaign_id", {"en": ("Campaign ID",), "es": ("ID de la campaña", "ID de campaña")}),
    Header("ad_group", {"en": ("Ad group name",), "es": ("Nombre del grupo de anuncios",)}),
    Header("ad_group_id", {"en": ("Ad group ID",), "es": ("ID del grupo de anuncios", "ID de grupo de anuncios")}),
    Header("ad", {"en": ("Ad name",), "es": ("Nombre del anuncio",)}),
    Header("ad_id", {"en": ("Ad ID",), "es": ("ID del anuncio", "ID de anuncio")}),
    Header("status", {"en": ("Primary status", "Status"), "es": ("Estado principal", "Estado")}),
    Header("objective", {"en": ("Advertising objective", "Objective"), "es": ("Objetivo publicitario", "Objetivo")}),
    Header("currency", {"en": ("Currency",), "es": ("Moneda", "Divisa")}),
)
_BREAKDOWNS = (
    Header("age", {"en": ("Age",), "es": ("Edad",)}, is_breakdown=True),
    Header("gender", {"en": ("Gender",), "es": ("Género", "Sexo")}, is_breakdown=True),
    Header(
        "country",
        {"en": ("Country/Region", "Country or region"), "es": ("País/región", "País o región")},
        is_breakdown=True,
    ),
    Header("placement", {"en": ("Placement",), "es": ("Ubicación",)}, is_breakdown=True),
    Header("device", {"en": ("Operating system", "Device"), "es": ("Sistema operativo",)}, is_breakdown=True),
    Header("language", {"en": ("Language",), "es": ("Idioma",)}, is_breakdown=True),
    Header("interest", {"en": ("Interest category", "Interest"), "es": ("Categoría de interés",)}, is_breakdown=True),
    Header("region", {"en": ("Province/State", "Subregion", "DMA"), "es": ("Provincia/Estado",)}, is_breakdown=True),
)
_MEASURES = (
    Header(
        "spend", {"en": ("Cost", "Total cost"), "es-ES": ("Coste", "Coste total"), "es-419": ("Costo", "Costo total")}
    ),
    Header("impressions", {"en": ("Impressions",), "es": ("Impresiones",)}),
    Header("reach", {"en": ("Reach",), "es": ("Alcance",)}),
    Header("frequency", {"en": ("Frequency",), "es": ("Frecuencia",)}),
    Header("link_clicks", {"en": ("Clicks (destination)",), "es": ("Clics (destino)",)}),
    Header("clicks", {"en": ("Clicks (all)", "Clicks"), "es": ("Clics (todos)", "Clics")}),
    Header("conversions", {"en": ("Conversions", "Conversion"), "es": ("Conversiones",)}),
    Header(
        "conversion_value",
        {
            "en": ("Total purchase value", "Total complete payment value", "Purchase value"),
            "es": ("Valor total de compra",),
        },
    ),
    Header(
        "purchases",
        {
            "en": ("Purchases", "Total purchase", "Complete payment", "Total complete payment"),
            "es": ("Compras",),
        },
    ),
    Header("results", {"en": ("Results", "Result"), "es": ("Resultados",)}),
    Header(
        "video_views",
        {
            "en": ("Video views",),
            "es-ES": ("Visualizaciones de vídeo",),
            "es-419": ("Reproducciones de video",),
        },
    ),
    *(
        Header(
            f"video_views_{seconds}s",
            {
                "en": (f"{seconds}-second video views",),
                "es-ES": (f"Visualizaciones de vídeo de {seconds} segundos",),
                "es-419": (f"Reproducciones de video de {seconds} segundos",),
            },
        )
        for seconds in (2, 6)
    ),
    *(
        Header(
            f"p{share}",
            {
                "en": (f"Video views at {share}%",),
                "es-ES": (f"Visualizaciones de vídeo al {share} %", f"Visualizaciones de vídeo al {share}%"),
                "es-419": (f"Reproducciones de video al {share} %", f"Reproducciones de video al {share}%"),
            },
        )
        for share in (25, 50, 75, 100)
    ),
    Header("comments", {"en": ("Paid comments",), "es": ("Comentarios de pago",)}),
    Header("shares", {"en": ("Paid shares",), "es": ("Compartidos de pago",)}),
    Header("follows", {"en": ("Paid followers",), "es": ("Seguidores de pago",)}),
)
_KNOWN = {
    "en": (
        "Campaign budget",
        "Ad group budget",
        "Budget",
        "CPC (destination)",
        "CPC",
        "CPM",
        "CTR (destination)",
        "CTR",
        "CVR",
        "Cost per conversion",
        "Conversion rate (CVR)",
        "Cost per result",
        "Result rate",
        "Deep funnel result",
        "Cost per deep funnel result",
        "Deep funnel result rate",
        "Goal-based budget increase",
        "CPA",
        "ROAS",
        "CPC (all)",
        "CTR (all)",
        "Cost per 1,000 people reached",
        "Average play time per video view",
        "Paid likes",
        "Bid",
        "Bid strategy",
    ),
    "es": (
        "Presupuesto de la campaña",
        "Presupuesto",
        "CPC (destino)",
        "CTR (destino)",
        "Tasa de conversión (CVR)",
        "Tasa de resultados",
        "Puja",
        "Estrategia de puja",
        "CPC",
        "CPM",
        "CTR",
    ),
    "es-ES": ("Coste por conversión", "Coste por resultado"),
    "es-419": ("Costo por conversión", "Costo por resultado"),
}

PLATFORM = Platform(
    source="tiktok_ads",
    title="TikTok Ads",
    reports=(
        Report(
            name="Ads Manager",
            table="ads",
            headers=(*_NAMES, *_BREAKDOWNS, *_MEASURES),
            required=(
                ("spend",),
                ("impressions", "clicks", "link_clicks", "conversions"),
                ANY_LEVEL,
            ),
            marks=(
                "CPC (destination)",
                "Clicks (destination)",
                "CTR (destination)",
                "CPC (destino)",
                "Clics (destino)",
                "CTR (destino)",
                "Primary status",
                "Estado principal",
                *("By Day", "By Hour", "By Week", "By Month", "Por día", "Por hora", "Por semana", "Por mes"),
                "Conversion rate (CVR)",
                "Tasa de conversión (CVR)",
                "Stat time",
                "2-second video views",
                "6-second video views",
                "Deep funnel result",
                "Total complete payment",
            ),
            needs_mark=True,
            known=_KNOWN,
            derived=(Derived("clicks", "first", ("link_clicks",)), Derived("conversions", "first", ("purchases",))),
            leaves_zero_blank=True,
            constants={"platform": "tiktok"},
            decimal={"*": "."},
        ),
    ),
)
