"""Amazon Ads reports and the console's campaign table, XLSX and CSV, English and Spanish.

Header list of the reports seen in a public note about real files: names of money columns end with a blank, ACOS and
ACoS both occur, a missing match type is a hyphen. Sales and orders are counted over 7 days for Sponsored Products and
over 14 for Sponsored Brands and Display, so the two windows are two reports here, each with its attribution. Spanish
labels by analogy. Every marketplace is an account of its own, in its own currency.
"""

from __future__ import annotations

from helpers.platforms.model import Derived, Header, Platform, Report

_NAMES = (
    Header("date", {"en": ("Date",), "es": ("Fecha",)}),
    Header("_report_start", {"en": ("Start Date",), "es": ("Fecha de inicio",)}, kind="date"),
    Header("_report_end", {"en": ("End Date",), "es": ("Fecha de finalización", "Fecha de fin")}, kind="date"),
    Header("account", {"en": ("Account Name", "Country", "Marketplace"), "es": ("Nombre de la cuenta", "País")}),
    Header("campaign", {"en": ("Campaign Name",), "es": ("Nombre de la campaña", "Nombre de campaña")}),
    Header("campaign_id", {"en": ("Campaign ID",), "es": ("ID de la campaña", "ID de campaña")}),
    Header("ad_group", {"en": ("Ad Group Name",), "es": ("Nombre del grupo de anuncios",)}),
    Header("ad_group_id", {"en": ("Ad Group ID",), "es": ("ID del grupo de anuncios",)}),
    # The ad of a product is the product: sellers know it by SKU, vendors by ASIN.
    Header("ad", {"en": ("Advertised SKU", "Advertised ASIN"), "es": ("SKU anunciado", "ASIN anunciado")}),
    Header("ad_id", {"en": ("Ad ID",), "es": ("ID del anuncio",)}),
    Header("campaign_type", {"en": ("Campaign Type", "Ad Product"), "es": ("Tipo de campaña",)}),
    Header("status", {"en": ("Status", "Campaign Status"), "es": ("Estado", "Estado de la campaña")}),
    Header("currency", {"en": ("Currency",), "es": ("Divisa", "Moneda")}),
)
_BREAKDOWNS = tuple(
    Header(column, names, is_breakdown=True)
    for column, names in (
        ("search_term", {"en": ("Customer Search Term",), "es": ("Término de búsqueda del cliente",)}),
        ("keyword", {"en": ("Targeting", "Keyword"), "es": ("Segmentación", "Palabra clave")}),
        ("match_type", {"en": ("Match Type",), "es": ("Tipo de concordancia",)}),
        ("placement", {"en": ("Placement", "Placement Type"), "es": ("Ubicación",)}),
    )
)
_MEASURES = (
    Header("spend", {"en": ("Spend", "Cost", "Total Spend"), "es": ("Gasto", "Inversión", "Inversión publicitaria")}),
    Header("impressions", {"en": ("Impressions",), "es": ("Impresiones",)}),
    Header("clicks", {"en": ("Clicks",), "es": ("Clics",)}),
)
_KNOWN = {
    "en": (
        "Portfolio name",
        "Retailer",
        "Bidding strategy",
        "Campaign Targeting Type",
        "Targeting Type",
        "Bid",
        "Budget",
        "Daily Budget",
        "Click-Thru Rate (CTR)",
        "Click Thru Rate (CTR)",
        "CTR",
        "Cost Per Click (CPC)",
        "CPC",
        "Cost per 1,000 viewable impressions (VCPM)",
        "Total Advertising Cost of Sales (ACOS)",
        "Total Return on Advertising Spend (ROAS)",
        "Viewable Impressions",
        "View-Through Rate (VTR)",
        "Click-Through Rate for Views (vCTR)",
        "Top-of-search Impression Share",
        "Cost Type",
        "Detail Page Views (DPV)",
        "14 Day Detail Page Views (DPV)",
        "Last Year Spend",
        "Tactic",
        *(
            f"{days} Day {what}"
            for days in (7, 14)
            for what in (
                "Total Units (#)",
                "Conversion Rate",
                "Advertised SKU Units (#)",
                "Advertised ASIN Units (#)",
                "Brand Halo ASIN Units (#)",
                "Other SKU Units (#)",
                "Other ASIN Units (#)",
                "Advertised SKU Sales",
                "Advertised ASIN Sales",
                "Brand Halo ASIN Sales",
                "Other SKU Sales",
                "Other ASIN Sales",
                "New-to-brand Orders (#)",
                "% of Orders New-to-brand",
                "New-to-brand Sales",
                "% of Sales New-to-brand",
                "New-to-brand Units (#)",
                "% of Units New-to-brand",
                "New-to-brand Order Rate",
                "Total Sales - (Click)",
                "Total Orders (#) - (Click)",
                "Total Units (#) - (Click)",
            )
        ),
    ),
    "es": (
        "Nombre de la cartera",
        "Nombre del portafolio",
        "Minorista",
        "Estrategia de puja",
        "Porcentaje de clics (CTR)",
        "Tasa de clics (CTR)",
        "Retorno total de la inversión publicitaria (ROAS)",
        "Presupuesto",
        "Unidades totales de 7 días (n.º)",
        "Unidades totales de 14 días (n.º)",
        "Tasa de conversión de 7 días",
        "Tasa de conversión de 14 días",
    ),
    "es-ES": ("Coste por clic (CPC)", "Coste publicitario de las ventas total (ACOS)"),
    "es-419": ("Costo por clic (CPC)", "Costo publicitario de las ventas total (ACOS)"),
}


def _report(days: int, products: str) -> Report:
    """Describe the reports whose sales are counted over one window."""
    sales = (f"Ventas totales de {days} días", f"Ventas totales en {days} días")
    orders = tuple(
        f"Pedidos totales {word} {days} días{number}" for word in ("de", "en") for number in (" (n.º)", " (#)", "")
    )
    return Report(
        name=products,
        table="ads",
        headers=(
            *_NAMES,
            *_BREAKDOWNS,
            *_MEASURES,
            Header(
                "conversion_value", {"en": (f"{days} Day Total Sales", f"{days} Day Total Sales (Click)"), "es": sales}
            ),
            Header("purchases", {"en": (f"{days} Day Total Orders (#)", f"{days} Day Total Orders"), "es": orders}),
        ),
        required=(
            ("spend",),
            ("impressions", "clicks"),
            ("campaign", "campaign_id"),
            ("conversion_value", "purchases"),
        ),
        marks=(f"{days} Day Total Sales", f"{days} Day Total Orders (#)", *sales, *orders),
        needs_mark=True,
        known=_KNOWN,
        derived=(Derived("conversions", "first", ("purchases",)),),
        constants={"platform": "amazon", "attribution": f"{days} days"},
        has_blank_totals=True,
        decimal={"en": "."},
    )


_CONSOLE = Report(
    name="Campaigns of the console",
    table="ads",
    headers=(
        Header("account", {"en": ("Country",), "es": ("País",)}),
        Header("campaign", {"en": ("Campaigns", "Campaign"), "es": ("Campañas", "Campaña")}),
        Header("campaign_type", {"en": ("Type",), "es": ("Tipo",)}),
        Header("status", {"en": ("Status", "State"), "es": ("Estado",)}),
        *_MEASURES,
        Header("purchases", {"en": ("Orders", "Purchases"), "es": ("Pedidos", "Compras")}),
        Header("conversion_value", {"en": ("Sales",), "es": ("Ventas",)}),
    ),
    required=(("spend",), ("impressions", "clicks"), ("campaign",), ("purchases", "conversion_value")),
    marks=("ACOS", "NTB orders", "Top-of-search IS", "Campaign bidding strategy", "Avg. time in Budget"),
    needs_mark=True,
    known={
        "en": (
            "Targeting",
            "Retailer",
            "Portfolio",
            "Campaign bidding strategy",
            "Start date",
            "End date",
            "Avg. time in Budget",
            "Budget",
            "Cost type",
            "Top-of-search IS",
            "CTR",
            "CPC",
            "ACOS",
            "ROAS",
            "NTB orders",
            "% of orders NTB",
            "NTB sales",
            "% of sales NTB",
            "Viewable impressions",
            "VCPM",
        ),
        "es": (
            "Segmentación",
            "Cartera",
            "Fecha de inicio",
            "Fecha de finalización",
            "Presupuesto",
            "CTR",
            "CPC",
            "ACOS",
        ),
    },
    derived=(Derived("conversions", "first", ("purchases",)),),
    constants={"platform": "amazon"},
    has_blank_totals=True,
)

PLATFORM = Platform(
    source="amazon_ads",
    title="Amazon Ads",
    reports=(_report(7, "Sponsored Products"), _report(14, "Sponsored Brands and Display"), _CONSOLE),
)
