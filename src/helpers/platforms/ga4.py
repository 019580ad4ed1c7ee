"""Google Analytics 4 reports and explorations, CSV, English and Spanish.

Seen in real English exports: lines with # before the table hold title, account, property and the first and last day as
eight digits; figures are full floats; no total row. Spanish names read in public code. A day column may count days from
the first one (Nth day). Whoever builds a report chooses its dimensions, so unknown columns before the first measure are
dimensions. A snapshot stacks many tables, each with a question as title and days of its own. The file never names a
currency. Where days, groups or segments are compared, a visit counts in several rows: that is not read.
"""

from __future__ import annotations

from dataclasses import replace

from helpers.platforms.comparisons import COMPARED, overlapping
from helpers.platforms.model import Header, Platform, Report, Title

_DIMENSIONS = (
    Header(
        "channel",
        {
            "en": (
                "Session primary channel group (Default Channel Group)",
                "Session default channel group",
                "Session primary channel group",
                "First user primary channel group (Default Channel Group)",
                "First user default channel group",
                "Default channel group",
            ),
            "es": (
                "Grupo de canales principal de la sesión (grupo de canales predeterminado)",
                "Grupo de canales predeterminado de la sesión",
                "Grupo de canales predeterminado",
                "Primer grupo de canales principal del usuario (grupo de canales predeterminado)",
            ),
        },
        is_breakdown=True,
    ),
    Header(
        "source_medium",
        {
            "en": ("Session source / medium", "First user source / medium", "Source / medium"),
            "es": (
                "Fuente/medio de la sesión",
                "Fuente o medio de la sesión",
                "Fuente / medio de la sesión",
                "Fuente/medio",
            ),
        },
        is_breakdown=True,
    ),
    Header(
        "campaign",
        {"en": ("Session campaign", "Campaign"), "es": ("Campaña de la sesión", "Campaña")},
        is_breakdown=True,
    ),
    Header(
        "landing_page",
        {
            "en": ("Landing page", "Landing page + query string"),
            "es": ("Página de destino", "Página de destino + cadena de consulta"),
        },
        is_breakdown=True,
    ),
    Header(
        "page",
        {
            "en": ("Page path and screen class", "Page title and screen class", "Page path", "Page title"),
            "es": ("Ruta de página y clase de pantalla", "Título de página y clase de pantalla", "Ruta de la página"),
        },
        is_breakdown=True,
    ),
    Header("country", {"en": ("Country", "Country ID"), "es": ("País", "ID del país")}, is_breakdown=True),
    Header("city", {"en": ("City",), "es": ("Ciudad",)}, is_breakdown=True),
    Header("device", {"en": ("Device category",), "es": ("Categoría de dispositivo",)}, is_breakdown=True),
    Header("event", {"en": ("Event name",), "es": ("Nombre del evento",)}, is_breakdown=True),
)
_DATES = (
    Header("date", {"en": ("Date",), "es": ("Fecha",)}),
    Header("_month", {"en": ("Year month", "Month of year"), "es": ("Año y mes", "Mes del año")}, kind="date"),
    Header("_nth_day", {"en": ("Nth day",), "es": ("Día n.º", "N.º de día", "N.º día", "Enésimo día")}, kind="number"),
)
_MEASURES = (
    Header("sessions", {"en": ("Sessions",), "es": ("Sesiones",)}),
    Header("engaged_sessions", {"en": ("Engaged sessions",), "es": ("Sesiones con interacción",)}),
    Header(
        "users",
        {"en": ("Total users", "Active users", "Users"), "es": ("Total de usuarios", "Usuarios activos", "Usuarios")},
    ),
    Header("new_users", {"en": ("New users",), "es": ("Usuarios nuevos", "Nuevos usuarios")}),
    Header("views", {"en": ("Views",), "es": ("Vistas", "Visualizaciones")}),
    Header("events", {"en": ("Event count",), "es": ("Número de eventos", "Recuento de eventos")}),
    Header("key_events", {"en": ("Key events", "Conversions"), "es": ("Eventos clave", "Conversiones")}),
    Header(
        "orders",
        {"en": ("Transactions", "Ecommerce purchases"), "es": ("Transacciones", "Compras de comercio electrónico")},
    ),
    Header(
        "revenue",
        {
            "en": ("Total revenue", "Purchase revenue"),
            "es": ("Ingresos totales", "Total de ingresos", "Ingresos por compras"),
        },
    ),
)
_KNOWN = {
    "en": (
        "Session campaign",
        "Campaña de la sesión",
        "Average engagement time per session",
        "Average engagement time per session",
        "Average engagement time",
        "Events per session",
        "Average engagement time per active user",
        "Session key event rate",
        "User key event rate",
        "Bounce rate",
        "Engaged sessions per active user",
        "Engaged sessions per user",
        "Views per active user",
        "Views per session",
        "Event count per user",
        "Returning users",
        "Event count per active user",
        "Event value",
        "Average session duration",
        "User engagement",
    ),
    "es": (
        "Porcentaje de interacciones",
        "Tiempo de interacción medio por sesión",
        "Eventos por sesión",
        "Tasa de interacción",
        "Tiempo de interacción medio por usuario activo",
        "Tasa de eventos clave de sesión",
        "Porcentaje de rebote",
        "Sesiones con interacción por usuario activo",
        "Tiempo de interacción medio",
        "Vistas por usuario activo",
        "Porcentaje de eventos clave de sesión",
        "Usuarios recurrentes",
    ),
}

_REPORT = Report(
    name="Report",
    table="web",
    headers=(*_DIMENSIONS, *_DATES, COMPARED, *_MEASURES),
    required=(("sessions", "engaged_sessions", "users", "new_users", "views", "events", "key_events", "revenue"),),
    marks=(
        "Engaged sessions",
        "Sesiones con interacción",
        "Event count",
        "Número de eventos",
        "Key events",
        "Eventos clave",
        "Active users",
        "Usuarios activos",
        "Session primary channel group (Default Channel Group)",
        "Nth day",
        "Session default channel group",
        "Session source / medium",
        "First user source / medium",
        "Session campaign",
        "Campaña de la sesión",
        "Average engagement time per session",
        "Grupo de canales principal de la sesión (grupo de canales predeterminado)",
        "Fuente/medio de la sesión",
        "Landing page + query string",
        "Page path and screen class",
        "Ruta de página y clase de pantalla",
    ),
    needs_mark=True,
    known=_KNOWN,
    decimal={"*": "."},
    has_open_dimensions=True,
    has_blank_totals=True,
    overlaps=overlapping,
)
# A snapshot stacks tables of everybody's headers, each under its own dates.
_SNAPSHOT = replace(
    _REPORT,
    name="Table of a snapshot",
    needs_mark=False,
    titles=(Title(r"# ?(?:start date|end date|fecha de inicio|fecha de finalizacion|fecha de fin): ?\d{8}"),),
)

PLATFORM = Platform(source="ga4", title="Google Analytics 4", reports=(_REPORT, _SNAPSHOT))
