"""X (Twitter) Ads Manager exports, XLSX and CSV, English and Spanish.

Remembered, not seen in a real file: treat as provisional. A row covers the day, or the stretch, of "Time period". What
`Results` counts follows from the objective, and is no conversion by itself. Older files say tweet and retweet.
"""

from __future__ import annotations

from helpers.platforms.model import ANY_LEVEL, Derived, Header, Platform, Report

_NAMES = (
    Header(
        "date",
        {
            "en": ("Time period", "Date", "Day"),
            "es": ("Período de tiempo", "Periodo", "Intervalo de tiempo", "Fecha", "Día"),
        },
    ),
    Header("account", {"en": ("Account name", "Ad account name"), "es": ("Nombre de la cuenta",)}),
    Header("account_id", {"en": ("Account ID", "Ad account ID"), "es": ("ID de la cuenta", "ID de cuenta")}),
    Header("campaign", {"en": ("Campaign name", "Campaign"), "es": ("Nombre de la campaña", "Campaña")}),
    Header("campaign_id", {"en": ("Campaign ID",), "es": ("ID de la campaña", "ID de campaña")}),
    Header("ad_group", {"en": ("Ad group name", "Line item name"), "es": ("Nombre del grupo de anuncios",)}),
    Header(
        "ad_group_id",
        {"en": ("Ad group ID", "Line item ID"), "es": ("ID del grupo de anuncios", "ID de grupo de anuncios")},
    ),
    Header("ad", {"en": ("Ad name", "Post text", "Tweet text"), "es": ("Nombre del anuncio", "Texto del post")}),
    Header("ad_id", {"en": ("Ad ID", "Post ID", "Tweet ID"), "es": ("ID del anuncio", "ID del post", "ID del Tweet")}),
    Header("objective", {"en": ("Objective",), "es": ("Objetivo",)}),
    Header(
        "status",
        {
            "en": ("Ad status", "Ad group status", "Campaign status", "Campaign delivery status", "Status"),
            "es": ("Estado del anuncio", "Estado del grupo de anuncios", "Estado de la campaña", "Estado"),
        },
    ),
    Header("currency", {"en": ("Currency",), "es": ("Moneda", "Divisa")}),
)
_BREAKDOWNS = tuple(
    Header(column, names, is_breakdown=True)
    for column, names in (
        ("age", {"en": ("Age", "Age group"), "es": ("Edad",)}),
        ("gender", {"en": ("Gender",), "es": ("Sexo", "Género")}),
        ("placement", {"en": ("Placement", "Placements"), "es": ("Ubicación",)}),
        ("device", {"en": ("Device", "Platform"), "es": ("Dispositivo", "Plataforma")}),
        ("country", {"en": ("Country", "Location"), "es": ("País", "Ubicación geográfica")}),
        ("keyword", {"en": ("Keyword", "Keywords"), "es": ("Palabra clave",)}),
    )
)
_MEASURES = (
    Header(
        "spend", {"en": ("Spend", "Spend (local currency)"), "es": ("Gasto", "Gastos", "Inversión", "Importe gastado")}
    ),
    Header("impressions", {"en": ("Impressions",), "es": ("Impresiones",)}),
    Header("reach", {"en": ("Reach", "Total audience reach"), "es": ("Alcance",)}),
    Header("frequency", {"en": ("Frequency", "Average frequency"), "es": ("Frecuencia", "Frecuencia media")}),
    Header("clicks", {"en": ("Clicks",), "es": ("Clics",)}),
    Header("link_clicks", {"en": ("Link clicks",), "es": ("Clics en el enlace", "Clics en enlaces")}),
    Header("results", {"en": ("Results",), "es": ("Resultados",)}),
    Header("result_type", {"en": ("Result type", "Results type"), "es": ("Tipo de resultado", "Tipo de resultados")}),
    Header("purchases", {"en": ("Purchases",), "es": ("Compras",)}),
    Header(
        "conversion_value",
        {
            "en": ("Purchases - sale amount", "Purchases sale amount", "Sale amount", "Purchase value"),
            "es": ("Compras - importe de venta", "Importe de las ventas", "Valor de las compras"),
        },
    ),
    Header("leads", {"en": ("Leads", "Leads generated"), "es": ("Clientes potenciales", "Leads")}),
    Header("video_views", {"en": ("Video views",), "es": ("Visualizaciones de vídeo", "Reproducciones de vídeo")}),
    Header(
        "video_views_3s",
        {
            "en": ("3s/100% video views", "Video views (3s/100%)"),
            "es": ("Visualizaciones de vídeo (3 s/100 %)", "Reproducciones de vídeo (3 s/100 %)"),
        },
    ),
    *(
        Header(
            f"p{share}",
            {
                "en": (f"Video played {share}%", f"Video playback {share}%"),
                "es": (f"Vídeo reproducido al {share} %", f"Vídeo reproducido al {share}%"),
            },
        )
        for share in (25, 50, 75)
    ),
    Header(
        "p100",
        {"en": ("Video completions", "Video played 100%"), "es": ("Vídeos completados", "Vídeo reproducido al 100 %")},
    ),
    Header("reactions", {"en": ("Likes",), "es": ("Me gusta",)}),
    Header("comments", {"en": ("Replies",), "es": ("Respuestas",)}),
    Header("shares", {"en": ("Reposts", "Retweets"), "es": ("Reposts", "Retweets")}),
    Header("follows", {"en": ("Follows",), "es": ("Seguimientos",)}),
)
_KNOWN = {
    "en": (
        "Funding source name",
        "Funding source ID",
        "Campaign start",
        "Campaign end",
        "Campaign start time",
        "Campaign end time",
        "Campaign budget",
        "Campaign daily budget",
        "Campaign total budget",
        "Servable",
        "Cost per result",
        "Result rate",
        "CTR",
        "CPM",
        "CPC",
        "CPE",
        "Cost per link click",
        "Cost per click",
        "Click rate",
        "Link click rate",
        "Engagements",
        "Post engagements",
        "Engagement rate",
        "Cost per engagement",
        "Video view rate",
        "Cost per video view",
        "App clicks",
        "Card engagements",
        "Site visits",
        "Cost per purchase",
        "Goal",
        "Bid",
        "Bid strategy",
        "Placement type",
    ),
    "es": (
        "Nombre de la fuente de financiación",
        "ID de la fuente de financiación",
        "Nombre de la fuente de financiamiento",
        "ID de la fuente de financiamiento",
        "Inicio de la campaña",
        "Fin de la campaña",
        "Tasa de resultados",
        "CTR",
        "CPM",
        "CPC",
        "Interacciones",
        "Tasa de interacción",
        "Presupuesto de la campaña",
        "Visitas al sitio",
        "Tasa de visualización de vídeo",
    ),
    "es-ES": ("Coste por resultado", "Coste por clic en el enlace", "Coste por interacción", "Coste por clic"),
    "es-419": ("Costo por resultado", "Costo por clic en el enlace", "Costo por interacción", "Costo por clic"),
}

PLATFORM = Platform(
    source="x_ads",
    title="X Ads",
    reports=(
        Report(
            name="Ads Manager",
            table="ads",
            headers=(*_NAMES, *_BREAKDOWNS, *_MEASURES),
            required=(
                ("spend",),
                ("impressions", "clicks", "link_clicks", "results"),
                ANY_LEVEL,
            ),
            marks=(
                "Time period",
                "Período de tiempo",
                "Intervalo de tiempo",
                "Funding source name",
                "Funding source ID",
                "Nombre de la fuente de financiación",
                "Nombre de la fuente de financiamiento",
                "Line item name",
                "Line item ID",
                "3s/100% video views",
                "Post engagements",
                "Reposts",
                "Retweets",
            ),
            needs_mark=True,
            known=_KNOWN,
            derived=(Derived("conversions", "first", ("purchases", "leads")),),
            constants={"platform": "x"},
            has_blank_totals=True,
            decimal={"en": "."},
        ),
    ),
)
