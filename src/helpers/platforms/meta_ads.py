"""Meta Ads Manager and Ads Reporting, CSV and XLSX, English and Spanish.

Seen in real exports: English CSV of 2021 in title case, Latin American Spanish XLSX with an unlabelled total as first
data row, ISO dates and decimal points under every language. Spanish of Spain by analogy with Meta's help pages.
Numbers carry no grouping and up to eight decimals. Delivery values stay English codes in Spanish files. Without a Day
column the days are those of Reporting starts and ends. Revenue may be given only as an average value of purchases: its
product with the purchases reproduced the file's own ROAS times spend of the total row exactly.
"""

from __future__ import annotations

from helpers.platforms.build_sheets import BuildSheet
from helpers.platforms.model import ANY_LEVEL, Derived, Header, Platform, Report

_NAMES = (
    Header("_report_start", {"en": ("Reporting starts",), "es": ("Inicio del informe",)}, kind="date"),
    Header("_report_end", {"en": ("Reporting ends",), "es": ("Fin del informe",)}, kind="date"),
    Header("date", {"en": ("Day",), "es": ("Día",)}),
    Header("_week", {"en": ("Week",), "es": ("Semana",)}, kind="date"),
    Header("_month", {"en": ("Month",), "es": ("Mes",)}, kind="date"),
    Header("account", {"en": ("Account name",), "es": ("Nombre de la cuenta",)}),
    Header("account_id", {"en": ("Account ID",), "es": ("Identificador de la cuenta",)}),
    Header("campaign", {"en": ("Campaign name",), "es": ("Nombre de la campaña",)}),
    Header("campaign_id", {"en": ("Campaign ID",), "es": ("Identificador de la campaña",)}),
    Header("ad_group", {"en": ("Ad set name",), "es": ("Nombre del conjunto de anuncios",)}),
    Header("ad_group_id", {"en": ("Ad set ID",), "es": ("Identificador del conjunto de anuncios",)}),
    Header("ad", {"en": ("Ad name",), "es": ("Nombre del anuncio",)}),
    Header("ad_id", {"en": ("Ad ID",), "es": ("Identificador del anuncio",)}),
    Header(
        "status",
        {
            "en": ("Ad delivery", "Ad set delivery", "Campaign delivery", "Delivery status", "Delivery"),
            "es": ("Entrega del anuncio", "Entrega del conjunto de anuncios", "Entrega de la campaña", "Entrega"),
        },
    ),
    Header("attribution", {"en": ("Attribution setting",), "es": ("Configuración de atribución",)}),
    Header("objective", {"en": ("Objective",), "es": ("Objetivo",)}),
    Header("currency", {"en": ("Currency",), "es": ("Divisa", "Moneda")}),
)
_BREAKDOWNS = tuple(
    Header(column, names, is_breakdown=True)
    for column, names in (
        ("age", {"en": ("Age",), "es": ("Edad",)}),
        ("gender", {"en": ("Gender",), "es": ("Sexo", "Género")}),
        ("country", {"en": ("Country",), "es": ("País",)}),
        ("region", {"en": ("Region", "DMA region"), "es": ("Región", "Región DMA")}),
        ("product", {"en": ("Product ID",), "es": ("Identificador del producto",)}),
        ("publisher", {"en": ("Platform",), "es": ("Plataforma",)}),
        ("placement", {"en": ("Placement",), "es": ("Ubicación",)}),
        (
            "device",
            {
                "en": ("Device platform", "Impression device"),
                "es": ("Plataforma del dispositivo", "Dispositivo de impresión"),
            },
        ),
        (
            "hour",
            {
                "en": ("Time of day (ad account time zone)",),
                "es": ("Hora del día (zona horaria de la cuenta publicitaria)",),
            },
        ),
    )
)
_MEASURES = (
    Header("spend", {"en": ("Amount spent",), "es": ("Importe gastado",)}),
    Header("impressions", {"en": ("Impressions",), "es": ("Impresiones",)}),
    Header("reach", {"en": ("Reach",), "es": ("Alcance",)}),
    Header("frequency", {"en": ("Frequency",), "es": ("Frecuencia",)}),
    Header("clicks", {"en": ("Clicks (all)",), "es": ("Clics (todos)",)}),
    Header("link_clicks", {"en": ("Link clicks",), "es": ("Clics en el enlace",)}),
    Header("results", {"en": ("Results",), "es": ("Resultados",)}),
    Header(
        "result_type",
        {
            "en": ("Result indicator", "Result type"),
            "es": ("Indicador de resultado", "Tipo de resultado"),
        },
    ),
    Header("purchases", {"en": ("Purchases",), "es": ("Compras",)}),
    Header("_website_purchases", {"en": ("Website purchases",), "es": ("Compras en el sitio web",)}, kind="count"),
    Header(
        "_meta_purchases",
        {
            "en": ("On-Facebook purchases", "Meta purchases", "In-app purchases"),
            "es": ("Compras en Meta", "Compras en Facebook"),
        },
        kind="count",
    ),
    Header(
        "conversion_value",
        {
            "en": ("Purchases conversion value", "Purchase conversion value", "Website purchases conversion value"),
            "es": ("Valor de conversión de compras", "Valor de conversión de compras en el sitio web"),
        },
    ),
    Header(
        "_value_per_purchase",
        {
            "en": ("Average purchases conversion value", "Avg. purchases conversion value"),
            "es": (
                "Valor de conversión de compras promedio",
                "Valor de conversión de compras (promedio)",
                "Valor de conversión de compras medio",
            ),
        },
        kind="money",
    ),
    Header("leads", {"en": ("Leads",), "es": ("Clientes potenciales",)}),
    Header("landing_page_views", {"en": ("Landing page views",), "es": ("Visitas a la página de destino",)}),
    Header(
        "add_to_cart",
        {
            "en": ("Adds to cart",),
            "es-419": ("Artículos agregados al carrito",),
            "es-ES": ("Artículos añadidos al carrito",),
        },
    ),
    Header("checkouts", {"en": ("Checkouts initiated",), "es": ("Pagos iniciados",)}),
    Header(
        "video_views_3s",
        {
            "en": ("3-second video plays",),
            "es-419": ("Reproducciones de video de 3 segundos",),
            "es-ES": ("Reproducciones de vídeo de 3 segundos",),
        },
    ),
    Header("thruplays", {"*": ("ThruPlays",)}),
    *(
        Header(
            column,
            {
                "en": (f"Video plays at {share}%",),
                "es-419": (f"Reproducciones de video hasta el {share}%",),
                "es-ES": (f"Reproducciones de vídeo hasta el {share}%", f"Reproducciones de vídeo hasta el {share} %"),
            },
        )
        for column, share in (("p25", 25), ("p50", 50), ("p75", 75), ("p100", 100))
    ),
    Header("reactions", {"en": ("Post reactions",), "es": ("Reacciones a publicaciones",)}),
    Header("comments", {"en": ("Post comments",), "es": ("Comentarios de publicaciones",)}),
    Header("shares", {"en": ("Post shares",), "es": ("Veces que se compartieron las publicaciones",)}),
    Header("saves", {"en": ("Post saves",), "es": ("Veces que se guardaron las publicaciones",)}),
)
_KNOWN = {
    "en": (
        "Cost per result",
        "Cost per results",
        "CPM (cost per 1,000 impressions)",
        "CPC (cost per link click)",
        "CPC (all)",
        "CTR (link click-through rate)",
        "CTR (all)",
        "Outbound clicks",
        "Unique link clicks",
        "Bid",
        "Bid type",
        "Ends",
        "Starts",
        "Ad set budget",
        "Ad set budget type",
        "Campaign budget",
        "Campaign budget type",
        "Buying type",
        "Purchase ROAS (return on ad spend)",
        "Website purchase ROAS (return on advertising spend)",
        "Cost per purchase",
        "Website URL",
        "Custom audiences included",
        "Custom audiences excluded",
        "Page engagement",
        "Post engagement",
        "Adds of payment info",
        "Facebook likes",
        "Instagram profile visits",
        "Video average play time",
        "Budget",
        "Budget type",
        "Last significant edit",
        "Quality ranking",
        "Engagement rate ranking",
        "Conversion rate ranking",
        "Cost per landing page view",
        "Cost per lead",
        "Views",
        "Unique CTR (all)",
        "Website checkouts initiated",
    ),
    "es": (
        "CPC (todos)",
        "CTR (todos)",
        "Clics salientes",
        "Puja",
        "Tipo de puja",
        "Finaliza",
        "Finalización",
        "Inicio",
        "Presupuesto del conjunto de anuncios",
        "Tipo de presupuesto del conjunto de anuncios",
        "CTR único (todos)",
        "Presupuesto de la campaña",
        "Tipo de presupuesto de la campaña",
        "Tipo de compra",
        "URL del sitio web",
        "Públicos personalizados incluidos",
        "Públicos personalizados excluidos",
        "Interacción con la página",
        "Interacciones con la publicación",
        "Información de pago agregada",
        "Me gusta en Facebook",
        "Visitas al perfil de Instagram",
        "Pagos iniciados en el sitio web",
        "Presupuesto",
        "Tipo de presupuesto",
        "Porcentaje de compras por visitas a la página de destino",
        "Visualizaciones",
    ),
    "es-ES": (
        "Coste por resultado",
        "CPM (coste por 1000 impresiones)",
        "CPM (coste por mil impresiones)",
        "CPC (coste por clic en el enlace)",
        "CTR (tasa de clics en el enlace)",
        "Coste por compra",
        "ROAS (retorno de la inversión publicitaria) de compras",
        "Tiempo medio de reproducción del vídeo",
    ),
    "es-419": (
        "Costo por resultado",
        "CPM (costo por mil impresiones)",
        "CPC (costo por clic en el enlace)",
        "CTR (porcentaje de clics en el enlace)",
        "Costo por compra",
        "Tiempo promedio de reproducción del video",
        "ROAS (retorno de la inversión en publicidad) de compras",
    ),
}

_BULK = BuildSheet(
    name="Bulk import",
    platform="meta",
    levels={"campaign": ("Campaign Name",), "ad_group": ("Ad Set Name",), "ad": ("Ad Name",)},
    statuses=("Ad Status", "Ad Set Run Status", "Campaign Status"),
    marks=(
        *("Ad Set Run Status", "Ad Set Time Start", "Optimized Conversion Tracking Pixels", "Optimized Event"),
        *("Flexible Inclusions", "Image File Name", "Video File Name", "Creative Type"),
    ),
    columns=(
        *("Campaign ID", "Campaign Objective", "New Objective", "Buying Type", "Campaign Spend Limit"),
        *("Campaign Daily Budget", "Campaign Lifetime Budget", "Campaign Bid Strategy", "Special Ad Categories"),
        *("Campaign Start Time", "Campaign Stop Time", "Ad Set ID", "Ad Set Time Start", "Ad Set Time Stop"),
        *("Ad Set Daily Budget", "Ad Set Lifetime Budget", "Ad Set Bid Strategy", "Bid Amount", "Destination Type"),
        *("Optimized Conversion Tracking Pixels", "Optimized Event", "Optimization Goal", "Attribution Spec"),
        *("Billing Event", "Countries", "Location Types", "Age Min", "Age Max", "Gender", "Custom Audiences"),
        *("Excluded Custom Audiences", "Flexible Inclusions", "Publisher Platforms", "Facebook Positions"),
        *("Instagram Positions", "Ad ID", "Title", "Body", "Link", "Link Description", "Display Link"),
        *(
            "Call to Action",
            "Image File Name",
            "Video File Name",
            "Creative Type",
            "URL Tags",
            "Image Hash",
            "Video ID",
        ),
    ),
)

PLATFORM = Platform(
    source="meta_ads",
    title="Meta Ads",
    reports=(
        Report(
            name="Ads Manager",
            table="ads",
            headers=(*_NAMES, *_BREAKDOWNS, *_MEASURES),
            required=(
                ("spend",),
                tuple(header.column for header in _MEASURES if header.column not in {"spend", "result_type"}),
                (*ANY_LEVEL, "_report_start"),
            ),
            marks=(
                "Reporting starts",
                "Inicio del informe",
                "Result indicator",
                "Indicador de resultado",
                "Attribution setting",
                "Configuración de atribución",
                "Ad set name",
                "Nombre del conjunto de anuncios",
                "Campaign delivery",
                "Entrega de la campaña",
                "Entrega del anuncio",
                "Ad delivery",
                "Ad set delivery",
                "CPM (cost per 1,000 impressions)",
                "CPM (costo por mil impresiones)",
                "CPM (coste por 1000 impresiones)",
                "CTR (link click-through rate)",
                "Clics (todos)",
                "Importe gastado",
            ),
            known=_KNOWN,
            derived=(
                Derived("purchases", "sum", ("_website_purchases", "_meta_purchases")),
                Derived("conversion_value", "product", ("_value_per_purchase", "purchases")),
                Derived("video_views", "first", ("video_views_3s",)),
                Derived("conversions", "first", ("purchases", "leads", "results")),
            ),
            constants={"platform": "meta"},
            decimal={"*": "."},
            has_blank_totals=True,
            leaves_zero_blank=True,
        ),
        _BULK.report(),
    ),
)
