"""HubSpot contacts and deals, CSV; the headers follow the language of the user and may hold the time zone.

Remembered, to be confirmed by a real export. Whoever exports chooses the properties, so most columns are unknown ones.
Names, e-mails, telephones and owners are dropped; the record's id tells contacts apart. A deal is a
sale once `Is Closed Won` says so or, without that property, its stage; deals that are open or lost are left out.
"""

from __future__ import annotations

from dataclasses import replace

from helpers.platforms.model import Header, LeftOut, Platform, Report

_ID = {"en": ("Record ID", "Record ID - Contact", "Contact ID"), "es": ("ID de registro", "ID de registro - Contacto")}
_STAGE = {"en": ("Lifecycle Stage",), "es": ("Etapa del ciclo de vida",)}
_ORIGIN = {
    "en": ("Original Traffic Source", "Original Source", "Original Source Type", "Latest Traffic Source"),
    "es": ("Fuente original de tráfico", "Fuente original", "Tipo de fuente original", "Última fuente de tráfico"),
}
_DEAL = {"en": ("Deal Name",), "es": ("Nombre del negocio",)}
_DEAL_STAGE = {"en": ("Deal Stage",), "es": ("Etapa del negocio", "Fase del negocio")}
_DEAL_OWNER = {"en": ("Deal owner",), "es": ("Propietario del negocio",)}
_IS_WON = "Is Closed Won"
# HubSpot's own name of the stage is one word; a stage may also name who won instead, or say that nobody did.
_WON = r"(?:\b|_|closed)(?:won(?!['’]t)|ganad[oa]s?)(?:\b|_)"
_NOT_WON = rf"(?!.*{_WON}).*|.*\b(?:lost|perdid[oa]s?|not|no)\b.*"
_OF_DEALS = tuple(name for names in (_DEAL, _DEAL_STAGE, _DEAL_OWNER) for one in names.values() for name in one)
_OF_COMPANIES = ("Company owner", "Propietario de la empresa")
_OWNER = {"en": ("Contact owner",), "es": ("Propietario del contacto",)}

_DEALS = Report(
    name="Deals",
    table="orders",
    headers=(
        Header(
            "order_id", {"en": ("Record ID", "Record ID - Deal", "Deal ID"), "es": ("ID de registro", "ID del negocio")}
        ),
        Header("ordered_at", {"en": ("Close Date",), "es": ("Fecha de cierre",)}),
        Header("status", _DEAL_STAGE),
        Header("currency", {"en": ("Currency",), "es": ("Moneda", "Divisa")}),
        Header("revenue", {"en": ("Amount",), "es": ("Valor", "Importe", "Cantidad", "Monto")}),
        Header("channel", _ORIGIN),
    ),
    required=(("order_id",), ("ordered_at",), ("status",), ("revenue",)),
    marks=_OF_DEALS,
    needs_mark=True,
    known={
        "en": ("Create Date", "Pipeline", "Deal Type", "Amount in company currency", "Forecast amount"),
        "es": ("Fecha de creación", "Pipeline", "Tipo de negocio", "Valor en la moneda de la empresa"),
    },
    personal=(
        *(name for names in (_DEAL, _DEAL_OWNER) for one in names.values() for name in one),
        *("Associated Contact", "Associated Company", "Contacto asociado", "Empresa asociada"),
    ),
    foreign=(_IS_WON,),
    left_out=LeftOut("status", _NOT_WON, "not_won"),
)
_TOLD_DEALS = replace(
    _DEALS,
    name="Deals that say whether they are won",
    headers=(*_DEALS.headers, Header("_is_won", {"en": (_IS_WON,)})),
    required=(("order_id",), ("ordered_at",), ("_is_won",), ("revenue",)),
    foreign=(),
    left_out=LeftOut("_is_won", r"(?!(?:true|yes|1)$).*", "not_won"),
)

PLATFORM = Platform(
    source="hubspot",
    title="HubSpot",
    reports=(
        _DEALS,
        _TOLD_DEALS,
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
            foreign=(*_OF_DEALS, *_OF_COMPANIES),
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
