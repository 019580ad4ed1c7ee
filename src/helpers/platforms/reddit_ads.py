"""Reddit Ads Manager exports, CSV, English and Spanish.

Remembered, not seen in a real file: treat as provisional. Money carries its sign in the cell and its code in the
header; whole numbers are grouped. Conversions are named by event, each with its count and its value.
"""

from __future__ import annotations

from helpers.platforms.model import ANY_LEVEL, Derived, Header, Names, Platform, Report


def _events(*events: str) -> Names:
    """How Reddit heads the counts of one event."""
    return {
        "en": tuple(
            name
            for event in events
            for name in (f"Conversions: {event} Total", f"{event} Total", f"{event} (Total)", f"{event} Conversions")
        )
    }


def _also(names: Names, *spanish: str) -> Names:
    return {
        **names,
        "es": tuple(name for one in spanish for name in (f"Conversiones: total de {one}", f"Total de {one}")),
    }


_NAMES = (
    Header("date", {"en": ("Date", "Day"), "es": ("Fecha", "Día")}),
    Header("_report_start", {"en": ("Start Date",), "es": ("Fecha de inicio",)}, kind="date"),
    Header("_report_end", {"en": ("End Date",), "es": ("Fecha de finalización",)}, kind="date"),
    Header("account", {"en": ("Account Name", "Ad Account Name"), "es": ("Nombre de la cuenta",)}),
    Header("account_id", {"en": ("Account ID", "Ad Account ID"), "es": ("ID de la cuenta",)}),
    Header("campaign", {"en": ("Campaign Name", "Campaign"), "es": ("Nombre de la campaña", "Campaña")}),
    Header("campaign_id", {"en": ("Campaign ID",), "es": ("ID de la campaña",)}),
    Header(
        "ad_group", {"en": ("Ad Group Name", "Ad Group"), "es": ("Nombre del grupo de anuncios", "Grupo de anuncios")}
    ),
    Header("ad_group_id", {"en": ("Ad Group ID",), "es": ("ID del grupo de anuncios",)}),
    Header("ad", {"en": ("Ad Name", "Ad"), "es": ("Nombre del anuncio", "Anuncio")}),
    Header("ad_id", {"en": ("Ad ID",), "es": ("ID del anuncio",)}),
    Header("objective", {"en": ("Objective", "Campaign Objective"), "es": ("Objetivo", "Objetivo de la campaña")}),
    Header(
        "status",
        {
            "en": ("Ad Status", "Ad Group Status", "Campaign Status", "Status"),
            "es": ("Estado del anuncio", "Estado del grupo de anuncios", "Estado de la campaña", "Estado"),
        },
    ),
    Header("currency", {"en": ("Currency",), "es": ("Moneda", "Divisa")}),
)
_BREAKDOWNS = tuple(
    Header(column, names, is_breakdown=True)
    for column, names in (
        ("community", {"en": ("Community", "Subreddit"), "es": ("Comunidad", "Subreddit")}),
        ("country", {"en": ("Country",), "es": ("País",)}),
        ("region", {"en": ("Region", "Metro (DMA)"), "es": ("Región",)}),
        ("placement", {"en": ("Placement",), "es": ("Ubicación",)}),
        ("device", {"en": ("Device", "Operating System", "Device OS"), "es": ("Dispositivo", "Sistema operativo")}),
        ("interest", {"en": ("Interest",), "es": ("Interés",)}),
        ("keyword", {"en": ("Keyword",), "es": ("Palabra clave",)}),
    )
)
_MEASURES = (
    Header("spend", {"en": ("Amount Spent", "Spend"), "es": ("Importe gastado", "Monto gastado", "Gasto")}),
    Header("impressions", {"en": ("Impressions",), "es": ("Impresiones",)}),
    Header("reach", {"en": ("Reach",), "es": ("Alcance",)}),
    Header("frequency", {"en": ("Frequency",), "es": ("Frecuencia",)}),
    Header("clicks", {"en": ("Clicks",), "es": ("Clics",)}),
    Header("purchases", _also(_events("Purchase", "Purchases"), "compras")),
    Header("leads", _also(_events("Lead", "Leads"), "clientes potenciales")),
    Header("add_to_cart", _also(_events("Add to Cart"), "artículos añadidos al carrito", "agregados al carrito")),
    Header(
        "conversion_value",
        {
            "en": (
                "Conversion Value: Purchase Total",
                "Conversions: Purchase Total Value",
                "Purchase Total Value",
                "Purchase Value",
            ),
            "es": ("Valor de conversión: total de compras", "Valor total de compras", "Valor total de las compras"),
        },
    ),
    Header(
        "video_views", {"en": ("Video Starts", "Video Views"), "es": ("Inicios de vídeo", "Visualizaciones de vídeo")}
    ),
    *(
        Header(
            f"p{share}",
            {
                "en": (f"Video Watches at {share}%", f"Watched {share}%", f"Video Watched {share}%"),
                "es": (f"Vídeo visto al {share} %", f"Vídeo visto al {share}%"),
            },
        )
        for share in (25, 50, 75, 100)
    ),
    Header("comments", {"en": ("Comments",), "es": ("Comentarios",)}),
    Header("reactions", {"en": ("Upvotes",), "es": ("Votos positivos",)}),
)
_KNOWN = {
    "en": (
        "eCPM",
        "CPM",
        "CPC",
        "eCPC",
        "CTR",
        "CPV",
        "eCPV",
        "ROAS",
        "Cost per Purchase",
        "Conversions: Purchase View-through",
        "Conversions: Purchase Click-through",
        "Conversions: Page Visit Total",
        "Conversions: View Content Total",
        "Conversions: Sign Up Total",
        "Conversions: Search Total",
        "Downvotes",
        "Viewable Impressions",
        "Video View Rate",
        "Budget",
        "Daily Budget",
        "Bid",
        "Post URL",
        "Click URL",
    ),
    "es": ("eCPM", "CPM", "CPC", "CTR", "ROAS", "Presupuesto", "Puja", "Votos negativos"),
    "es-ES": ("Coste por compra",),
    "es-419": ("Costo por compra",),
}

PLATFORM = Platform(
    source="reddit_ads",
    title="Reddit Ads",
    reports=(
        Report(
            name="Ads Manager",
            table="ads",
            headers=(*_NAMES, *_BREAKDOWNS, *_MEASURES),
            required=(
                ("spend",),
                ("impressions", "clicks"),
                ANY_LEVEL,
            ),
            marks=(
                "eCPM",
                "Subreddit",
                "Upvotes",
                "Votos positivos",
                "Conversions: Purchase Total",
                "Conversions: Lead Total",
                "Conversions: Page Visit Total",
                "Conversion Value: Purchase Total",
                "Conversiones: total de compras",
            ),
            needs_mark=True,
            known=_KNOWN,
            derived=(Derived("conversions", "first", ("purchases", "leads")),),
            constants={"platform": "reddit"},
            has_blank_totals=True,
            decimal={"en": "."},
        ),
    ),
)
