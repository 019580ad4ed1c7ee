"""Snapchat Ads Manager exports, CSV and XLSX, English and Spanish.

Remembered, not seen in a real file: treat as provisional. A row covers "Start Time" to "End Time", in ISO 8601 with the
offset of the account; an end at midnight belongs to the day before it. Older files say swipe ups for clicks and ad
squad for ad set. A video view lasts two seconds.
"""

from __future__ import annotations

from helpers.platforms.model import ANY_LEVEL, Derived, Header, Platform, Report

_NAMES = (
    Header(
        "_report_start",
        {"en": ("Start Time", "Start Date"), "es": ("Hora de inicio", "Fecha de inicio")},
        kind="date",
    ),
    Header(
        "_report_until",
        {"en": ("End Time",), "es": ("Hora de finalización", "Hora de fin")},
        kind="date",
    ),
    Header("_report_end", {"en": ("End Date",), "es": ("Fecha de finalización",)}, kind="date"),
    Header("date", {"en": ("Date", "Day"), "es": ("Fecha", "Día")}),
    Header("account", {"en": ("Ad Account Name", "Account Name"), "es": ("Nombre de la cuenta publicitaria",)}),
    Header("account_id", {"en": ("Ad Account ID", "Account ID"), "es": ("ID de la cuenta publicitaria",)}),
    Header("campaign", {"en": ("Campaign Name",), "es": ("Nombre de la campaña",)}),
    Header("campaign_id", {"en": ("Campaign ID",), "es": ("ID de la campaña", "Identificador de la campaña")}),
    Header("ad_group", {"en": ("Ad Set Name", "Ad Squad Name"), "es": ("Nombre del conjunto de anuncios",)}),
    Header("ad_group_id", {"en": ("Ad Set ID", "Ad Squad ID"), "es": ("ID del conjunto de anuncios",)}),
    Header("ad", {"en": ("Ad Name",), "es": ("Nombre del anuncio",)}),
    Header("ad_id", {"en": ("Ad ID",), "es": ("ID del anuncio",)}),
    Header("objective", {"en": ("Objective", "Campaign Objective"), "es": ("Objetivo", "Objetivo de la campaña")}),
    Header(
        "status",
        {
            "en": ("Ad Status", "Ad Set Status", "Campaign Status", "Delivery Status", "Status"),
            "es": ("Estado del anuncio", "Estado del conjunto de anuncios", "Estado de la campaña", "Estado"),
        },
    ),
    Header("attribution", {"en": ("Attribution Window",), "es": ("Ventana de atribución",)}),
    Header("currency", {"en": ("Currency",), "es": ("Moneda", "Divisa")}),
)
_BREAKDOWNS = tuple(
    Header(column, names, is_breakdown=True)
    for column, names in (
        ("age", {"en": ("Age", "Age Bucket"), "es": ("Edad",)}),
        ("gender", {"en": ("Gender",), "es": ("Sexo", "Género")}),
        ("country", {"en": ("Country",), "es": ("País",)}),
        ("region", {"en": ("Region", "DMA"), "es": ("Región",)}),
        ("device", {"en": ("Operating System", "Device Make"), "es": ("Sistema operativo",)}),
        ("placement", {"en": ("Placement",), "es": ("Ubicación",)}),
    )
)
_MEASURES = (
    Header("spend", {"en": ("Amount Spent", "Spend"), "es": ("Importe gastado", "Monto gastado", "Gasto")}),
    Header(
        "impressions",
        {
            "en": ("Paid Impressions", "Impressions"),
            "es": ("Impresiones de pago", "Impresiones pagadas", "Impresiones"),
        },
    ),
    Header("reach", {"en": ("Paid Reach", "Reach"), "es": ("Alcance de pago", "Alcance pagado", "Alcance")}),
    Header(
        "frequency",
        {"en": ("Paid Frequency", "Frequency"), "es": ("Frecuencia de pago", "Frecuencia pagada", "Frecuencia")},
    ),
    Header(
        "clicks",
        {"en": ("Clicks", "Swipe Ups", "Swipes"), "es": ("Clics", "Deslizamientos hacia arriba", "Deslizamientos")},
    ),
    Header("results", {"en": ("Results",), "es": ("Resultados",)}),
    Header("result_type", {"en": ("Result Type",), "es": ("Tipo de resultado",)}),
    Header("purchases", {"en": ("Purchases", "Total Purchases"), "es": ("Compras",)}),
    Header(
        "conversion_value",
        {"en": ("Purchases Value", "Purchase Value"), "es": ("Valor de las compras", "Valor de compras")},
    ),
    Header("leads", {"en": ("Leads", "Native Leads"), "es": ("Clientes potenciales",)}),
    Header(
        "add_to_cart", {"en": ("Adds to Cart", "Add to Cart"), "es": ("Añadidos al carrito", "Agregados al carrito")}
    ),
    Header("checkouts", {"en": ("Start Checkouts", "Start Checkout"), "es": ("Inicios de pago", "Pagos iniciados")}),
    Header("landing_page_views", {"en": ("Landing Page Views",), "es": ("Visitas a la página de destino",)}),
    Header(
        "video_views_2s",
        {
            "en": ("2 Second Video Views", "2-Second Video Views", "Video Views"),
            "es": (
                "Visualizaciones de vídeo de 2 segundos",
                "Reproducciones de vídeo de 2 segundos",
                "Visualizaciones de vídeo",
            ),
        },
    ),
    *(
        Header(
            column,
            {
                "en": (f"Video Views at {share}%", f"Video Views at {share} %", f"Quartile {share}%"),
                "es": (f"Visualizaciones de vídeo al {share} %", f"Reproducciones de vídeo al {share} %"),
            },
        )
        for column, share in (("p25", 25), ("p50", 50), ("p75", 75))
    ),
    Header("p100", {"en": ("Video Completions", "Completions"), "es": ("Vídeos completados", "Completados")}),
    Header("shares", {"en": ("Shares",), "es": ("Compartidos", "Veces compartido")}),
    Header("saves", {"en": ("Saves",), "es": ("Guardados",)}),
)
_KNOWN = {
    "en": (
        "eCPM",
        "Paid eCPM",
        "eCPC",
        "eCPSU",
        "CTR",
        "Click Rate",
        "Swipe Up Rate",
        "CPM",
        "CPC",
        "Cost per Result",
        "Cost Per Result",
        "Purchases ROAS",
        "ROAS",
        "eCPP",
        "Cost per Purchase",
        "Page Views",
        "Sign Ups",
        "App Installs",
        "15 Second Video Views",
        "Average Screen Time",
        "Budget",
        "Daily Budget",
        "Lifetime Budget",
        "Campaign Start Time",
        "Campaign End Time",
        "Story Opens",
        "Total Impressions",
    ),
    "es": (
        "eCPM",
        "eCPC",
        "CTR",
        "CPM",
        "CPC",
        "ROAS de compras",
        "Visitas a la página",
        "Registros",
        "Presupuesto",
        "Presupuesto diario",
        "Tasa de clics",
        "Porcentaje de clics",
    ),
    "es-ES": ("Coste por resultado", "Coste por compra"),
    "es-419": ("Costo por resultado", "Costo por compra"),
}

PLATFORM = Platform(
    source="snapchat_ads",
    title="Snapchat Ads",
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
                "Paid Impressions",
                "Impresiones de pago",
                "Impresiones pagadas",
                "Paid Reach",
                "Alcance de pago",
                "Alcance pagado",
                "Paid Frequency",
                "Paid eCPM",
                "Swipe Ups",
                "eCPSU",
                "Ad Squad Name",
                "Ad Squad ID",
                "Purchases Value",
                "2 Second Video Views",
            ),
            needs_mark=True,
            known=_KNOWN,
            derived=(
                Derived("conversions", "first", ("purchases", "leads")),
                Derived("video_views", "first", ("video_views_2s",)),
            ),
            constants={"platform": "snapchat"},
            has_blank_totals=True,
            decimal={"en": "."},
        ),
    ),
)
