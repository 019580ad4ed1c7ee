"""HubSpot contacts, CSV; the headers follow the language of the user and may hold the time zone.

Remembered, to be confirmed by a real export. Whoever exports chooses the properties, so most columns are unknown ones.
Names, e-mails, telephones and owners are dropped; the record's id tells contacts apart.
"""

from __future__ import annotations

from helpers.platforms.model import Header, Platform, Report

_ID = {"en": ("Record ID", "Record ID - Contact", "Contact ID"), "es": ("ID de registro", "ID de registro - Contacto")}
_STAGE = {"en": ("Lifecycle Stage",), "es": ("Etapa del ciclo de vida",)}
_ORIGIN = {
    "en": ("Original Traffic Source", "Original Source", "Original Source Type", "Latest Traffic Source"),
    "es": ("Fuente original de tráfico", "Fuente original", "Tipo de fuente original", "Última fuente de tráfico"),
}
_OWNER = {"en": ("Contact owner",), "es": ("Propietario del contacto",)}

PLATFORM = Platform(
    source="hubspot",
    title="HubSpot",
    reports=(
        Report(
            name="Contacts",
            table="contacts",
            headers=(
                Header("contact_id", _ID),
                Header("created_at", {"en": ("Create Date", "Created Date"), "es": ("Fecha de creación",)}),
                Header("stage", _STAGE),
                Header("origin", _ORIGIN),
                Header("currency", {"en": ("Currency",), "es": ("Moneda", "Divisa")}),
                Header(
                    "contact_value",
                    {
                        "en": ("Total Revenue", "Recent Deal Amount"),
                        "es": ("Ingresos totales", "Valor del negocio reciente"),
                    },
                ),
            ),
            required=(("contact_id", "stage"), ("created_at", "stage", "origin")),
            marks=(
                *(name for names in (_ID, _STAGE, _OWNER) for one in names.values() for name in one),
                "Original Source",
            ),
            needs_mark=True,
            known={
                "en": (
                    "Lead Status",
                    "Original Source Drill-Down 1",
                    "Original Source Drill-Down 2",
                    "Original Traffic Source Drill-Down 1",
                    "Original Traffic Source Drill-Down 2",
                    "Last Activity Date",
                    "Recent Conversion",
                    "First Conversion",
                    "Number of Form Submissions",
                    "Marketing contact status",
                    "Country/Region",
                ),
                "es": (
                    "Estado del lead",
                    "Desglose 1 de la fuente original",
                    "Desglose 2 de la fuente original",
                    "Desglose 1 de la fuente original de tráfico",
                    "Desglose 2 de la fuente original de tráfico",
                    "Fecha de la última actividad",
                    "Última conversión",
                    "Primera conversión",
                    "Número de envíos de formularios",
                    "Estado del contacto de marketing",
                    "País/región",
                ),
            },
            personal=(
                *(name for one in _OWNER.values() for name in one),
                *(
                    "First Name",
                    "Last Name",
                    "Email",
                    "Phone Number",
                    "Mobile Phone Number",
                    "Company Name",
                    "Job Title",
                ),
                *("Associated Company", "Street Address", "Postal Code", "City", "IP Address"),
                *("Nombre", "Apellidos", "Apellido", "Correo", "Correo electrónico", "Número de teléfono"),
                *("Número de teléfono móvil", "Teléfono", "Nombre de la empresa", "Cargo", "Empresa asociada"),
                *("Dirección", "Código postal", "Ciudad", "Dirección IP"),
            ),
        ),
    ),
)
