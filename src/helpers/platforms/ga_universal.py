"""Universal Analytics (closed in 2023) as it lies in old client folders, CSV and XLSX, English and Spanish.

Seen in real exports: lines with # above the table, the period as `# 20200426-20201022`, padded with separators where a
spreadsheet saved the file again; the last row is a total without a label, or there is a row Total for every day; a
second table may count by day. The file never names a currency.
"""

from __future__ import annotations

from helpers.platforms.comparisons import COMPARED, overlapping
from helpers.platforms.model import Header, Platform, Report, TotalRow

_DIMENSIONS = (
    Header(
        "channel",
        {
            "en": ("Default Channel Grouping",),
            "es": ("Agrupación de canales predeterminada", "Agrupación predeterminada de canales"),
        },
        is_breakdown=True,
    ),
    Header("source_medium", {"en": ("Source/Medium", "Source / Medium"), "es": ("Fuente/Medio",)}, is_breakdown=True),
    Header("campaign", {"en": ("Campaign",), "es": ("Campaña",)}, is_breakdown=True),
    Header("landing_page", {"en": ("Landing Page",), "es": ("Página de destino",)}, is_breakdown=True),
    Header("page", {"en": ("Page",), "es": ("Página",)}, is_breakdown=True),
    Header("country", {"en": ("Country",), "es": ("País",)}, is_breakdown=True),
    Header("city", {"en": ("City",), "es": ("Ciudad",)}, is_breakdown=True),
    Header("device", {"en": ("Device Category",), "es": ("Categoría de dispositivo",)}, is_breakdown=True),
)
_MEASURES = (
    Header("sessions", {"en": ("Sessions",), "es": ("Sesiones",)}),
    Header("users", {"en": ("Users",), "es": ("Usuarios",)}),
    Header("new_users", {"en": ("New Users",), "es": ("Usuarios nuevos", "Nuevos usuarios")}),
    Header("views", {"en": ("Pageviews",), "es": ("Número de visitas a páginas", "Visitas a páginas")}),
    Header("key_events", {"en": ("Goal Completions",), "es": ("Consecuciones de objetivos", "Objetivos cumplidos")}),
    Header("orders", {"en": ("Transactions",), "es": ("Transacciones",)}),
    Header("revenue", {"en": ("Revenue",), "es": ("Ingresos",)}),
)
_KNOWN = {
    "en": (
        "Bounce Rate",
        "Pages / Session",
        "Pages/Session",
        "Avg. Session Duration",
        "Ecommerce Conversion Rate",
        "Goal Conversion Rate",
        "Goal Value",
        "Avg. Time on Page",
        "Unique Pageviews",
        "Entrances",
        "% Exit",
        "% New Sessions",
        "Page Value",
        "Avg. Order Value",
    ),
    "es": (
        "Porcentaje de rebote",
        "Páginas/sesión",
        "Páginas / sesión",
        "Duración media de la sesión",
        "Duración promedio de la sesión",
        "Tasa de conversión de comercio electrónico",
        "Porcentaje de conversiones de comercio electrónico",
        "Porcentaje de conversiones del objetivo",
        "Valor del objetivo",
        "Promedio de tiempo en la página",
        "Número de páginas vistas únicas",
        "Entradas",
        "Porcentaje de salidas",
        "Valor de página",
    ),
}

PLATFORM = Platform(
    source="ga_universal",
    title="Universal Analytics",
    reports=(
        Report(
            name="Report",
            table="web",
            headers=(
                *_DIMENSIONS,
                Header("date", {"en": ("Date", "Day Index"), "es": ("Fecha", "Índice de día", "Índice diario")}),
                Header("_month", {"en": ("Month of Year",), "es": ("Mes del año",)}, kind="date"),
                COMPARED,
                *_MEASURES,
            ),
            required=(("sessions", "users", "views", "revenue", "orders", "key_events"),),
            marks=(
                "Default Channel Grouping",
                "Agrupación de canales predeterminada",
                "Source/Medium",
                "Fuente/Medio",
                "Pageviews",
                "Número de visitas a páginas",
                "Pages / Session",
                "Páginas/sesión",
                "Avg. Session Duration",
                "Duración media de la sesión",
                "Ecommerce Conversion Rate",
                "Tasa de conversión de comercio electrónico",
                "Goal Completions",
                "Consecuciones de objetivos",
                "Day Index",
                "Índice de día",
            ),
            needs_mark=True,
            known=_KNOWN,
            total_rows=(TotalRow("total", is_by_day=True),),
            has_blank_totals=True,
            has_open_dimensions=True,
            overlaps=overlapping,
            is_clock=True,
            takes_period=True,
        ),
    ),
)
