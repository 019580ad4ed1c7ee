"""Google Business Profile performance by location, CSV, English and Spanish.

Seen in real English exports: the second row repeats what each column means; the period stands in the file's name only,
so the rows have none. Views are people by surface and device and never added. Spanish names are inferred.
"""

from __future__ import annotations

from helpers.platforms.model import Header, Platform, Report

_SURFACES = tuple(f"Google {surface} - {device}" for surface in ("Search", "Maps") for device in ("Mobile", "Desktop"))
_SUPERFICIES = tuple(
    f"{surface}{sign}{device}"
    for surface in ("Búsqueda de Google", "Google Maps")
    for sign in (" - ", ": ")
    for device in ("móvil", "móviles", "ordenador", "ordenadores", "computadora", "computadoras")
)

PLATFORM = Platform(
    source="google_business_profile",
    title="Google Business Profile",
    reports=(
        Report(
            name="Performance",
            table="organic_daily",
            headers=(
                Header("account_id", {"en": ("Store code",), "es": ("Código de tienda", "Código de la tienda")}),
                Header("account", {"en": ("Business name",), "es": ("Nombre de la empresa", "Nombre del negocio")}),
                Header("calls", {"en": ("Calls",), "es": ("Llamadas",)}),
                Header("directions", {"en": ("Directions",), "es": ("Indicaciones", "Cómo llegar")}),
                Header(
                    "website_clicks", {"en": ("Website clicks",), "es": ("Clics en el sitio web", "Clics en la web")}
                ),
            ),
            required=(("account_id", "account"), ("calls", "directions", "website_clicks")),
            marks=(*_SURFACES, *_SUPERFICIES),
            needs_mark=True,
            known={
                "en": (
                    *_SURFACES,
                    "Address",
                    "Labels",
                    "Messages",
                    "Bookings",
                    "Food orders",
                    "Food menu clicks",
                    "Hotel bookings",
                ),
                "es": (
                    *_SUPERFICIES,
                    "Dirección",
                    "Etiquetas",
                    "Mensajes",
                    "Reservas",
                    "Pedidos de comida",
                    "Clics en el menú",
                    "Reservas de hotel",
                ),
            },
            constants={"platform": "google_business_profile"},
        ),
    ),
)
