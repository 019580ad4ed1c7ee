"""Pinterest Ads Manager exports, CSV, English and Spanish.

English names from public importers and memory, Spanish ones by analogy: treat as provisional. ISO dates, plain figures
with a decimal point under every language; money is in the account's currency, which the file does not name. A click is
a pin click; an outbound click leaves Pinterest.
"""

from __future__ import annotations

from helpers.platforms.model import ANY_LEVEL, Derived, Header, Names, Platform, Report


def _conversions(event: str, *events_es: str) -> Names:
    """How Pinterest counts the conversions of one event."""
    return {
        "en": (f"Total conversions ({event})", f"Conversions ({event})"),
        "es": tuple(
            name for one in events_es for name in (f"Conversiones totales ({one})", f"Total de conversiones ({one})")
        ),
    }


_NAMES = (
    Header("date", {"en": ("Date", "Day"), "es": ("Fecha", "Día")}),
    Header("_week", {"en": ("Week",), "es": ("Semana",)}, kind="date"),
    Header("_month", {"en": ("Month",), "es": ("Mes",)}, kind="date"),
    Header("_report_start", {"en": ("Start date",), "es": ("Fecha de inicio",)}, kind="date"),
    Header("_report_end", {"en": ("End date",), "es": ("Fecha de finalización",)}, kind="date"),
    Header("account", {"en": ("Account name", "Advertiser name", "Ad account name"), "es": ("Nombre de la cuenta",)}),
    Header("account_id", {"en": ("Account ID", "Advertiser ID", "Ad account ID"), "es": ("ID de la cuenta",)}),
    Header("campaign", {"en": ("Campaign name",), "es": ("Nombre de la campaña", "Nombre de campaña")}),
    Header("campaign_id", {"en": ("Campaign ID",), "es": ("ID de la campaña", "ID de campaña")}),
    Header("ad_group", {"en": ("Ad group name",), "es": ("Nombre del grupo de anuncios",)}),
    Header("ad_group_id", {"en": ("Ad group ID",), "es": ("ID del grupo de anuncios", "ID de grupo de anuncios")}),
    Header("ad", {"en": ("Ad name", "Pin promotion name"), "es": ("Nombre del anuncio",)}),
    Header("ad_id", {"en": ("Ad ID", "Pin promotion ID"), "es": ("ID del anuncio", "ID de anuncio")}),
    Header("objective", {"en": ("Campaign objective", "Objective"), "es": ("Objetivo de la campaña", "Objetivo")}),
    Header(
        "status",
        {
            "en": ("Ad status", "Ad group status", "Campaign status"),
            "es": ("Estado del anuncio", "Estado del grupo de anuncios", "Estado de la campaña"),
        },
    ),
    Header("currency", {"en": ("Account currency", "Currency"), "es": ("Moneda de la cuenta", "Moneda", "Divisa")}),
)
_BREAKDOWNS = tuple(
    Header(column, names, is_breakdown=True)
    for column, names in (
        ("age", {"en": ("Age", "Age bucket"), "es": ("Edad",)}),
        ("gender", {"en": ("Gender",), "es": ("Sexo", "Género")}),
        ("country", {"en": ("Country",), "es": ("País",)}),
        ("region", {"en": ("Region", "Metro"), "es": ("Región",)}),
        ("device", {"en": ("Device", "Device type", "App type"), "es": ("Dispositivo",)}),
        ("placement", {"en": ("Placement",), "es": ("Ubicación",)}),
        ("keyword", {"en": ("Keyword",), "es": ("Palabra clave",)}),
        ("targeting", {"en": ("Targeting type", "Targeting value"), "es": ("Tipo de segmentación",)}),
        ("product_group", {"en": ("Product group",), "es": ("Grupo de productos",)}),
    )
)
_MEASURES = (
    Header(
        "spend",
        {
            "en": ("Spend in account currency", "Spend"),
            "es": ("Gasto en la moneda de la cuenta", "Inversión en la moneda de la cuenta", "Gasto"),
        },
    ),
    Header("impressions", {"en": ("Impressions", "Paid impressions"), "es": ("Impresiones", "Impresiones de pago")}),
    Header("reach", {"en": ("Reach",), "es": ("Alcance",)}),
    Header("frequency", {"en": ("Frequency",), "es": ("Frecuencia",)}),
    Header(
        "clicks",
        {"en": ("Pin clicks", "Paid pin clicks"), "es": ("Clics en Pines", "Clics en Pins", "Clics en el Pin")},
    ),
    Header("link_clicks", {"en": ("Outbound clicks", "Paid outbound clicks"), "es": ("Clics salientes",)}),
    Header("saves", {"en": ("Saves", "Paid saves"), "es": ("Guardados", "Veces guardado")}),
    Header("purchases", _conversions("Checkout", "Finalización de la compra", "Finalización de compra", "Pago")),
    Header("leads", _conversions("Lead", "Cliente potencial", "Lead")),
    Header("add_to_cart", _conversions("Add to cart", "Añadir al carrito", "Agregar al carrito", "Añadir a la cesta")),
    Header(
        "conversion_value",
        {
            "en": ("Total order value (Checkout)", "Order value (Checkout)"),
            "es": (
                "Valor total de los pedidos (Finalización de la compra)",
                "Valor total de pedidos (Finalización de compra)",
                "Valor total del pedido (Pago)",
            ),
        },
    ),
    Header("video_views", {"en": ("Video views", "Paid video views"), "es": ("Visualizaciones de vídeo",)}),
    *(
        Header(
            f"p{share}",
            {
                "en": (f"Video played at {share}%", f"Video views at {share}%"),
                "es": (f"Vídeo reproducido al {share} %", f"Vídeo reproducido al {share}%"),
            },
        )
        for share in (25, 50, 75, 100)
    ),
)
_KNOWN = {
    "en": (
        "CTR",
        "CPM",
        "CPC",
        "Pin ID",
        "Pin title",
        "Outbound CTR",
        "Cost per outbound click",
        "Engagements",
        "Engagement rate",
        "Engagement rate (%)",
        "Save rate",
        "Pin click rate",
        "Cost per engagement",
        "ROAS (Checkout)",
        "Total ROAS (Checkout)",
        "CPA (Checkout)",
        "Total CPA (Checkout)",
        "Cost per action",
        "Total conversions",
        "Total conversions (Page visit)",
        "Total conversions (Signup)",
        "Total conversion rate (Checkout)",
        "Average order value (Checkout)",
        "Campaign budget",
        "Daily budget",
        "Lifetime budget",
        "Bid",
        "MRC video views",
        "Average watch time",
        "Creative type",
        "Destination URL",
    ),
    "es": (
        "CTR",
        "CPM",
        "CPC",
        "ID del Pin",
        "Conversiones totales",
        "Interacciones",
        "Tasa de interacción",
        "CTR de clics salientes",
        "Presupuesto de la campaña",
        "Presupuesto diario",
    ),
}

PLATFORM = Platform(
    source="pinterest_ads",
    title="Pinterest Ads",
    reports=(
        Report(
            name="Ads Manager",
            table="ads",
            headers=(*_NAMES, *_BREAKDOWNS, *_MEASURES),
            required=(
                ("spend",),
                ("impressions", "clicks", "link_clicks"),
                ANY_LEVEL,
            ),
            marks=(
                "Spend in account currency",
                "Gasto en la moneda de la cuenta",
                "Inversión en la moneda de la cuenta",
                "Pin clicks",
                "Paid pin clicks",
                "Clics en Pines",
                "Clics en Pins",
                "Clics en el Pin",
                "Pin ID",
                "Pin promotion ID",
                "Total order value (Checkout)",
                "Total conversions (Checkout)",
            ),
            needs_mark=True,
            known=_KNOWN,
            derived=(Derived("conversions", "first", ("purchases", "leads")),),
            constants={"platform": "pinterest"},
            has_blank_totals=True,
            decimal={"*": "."},
        ),
    ),
)
