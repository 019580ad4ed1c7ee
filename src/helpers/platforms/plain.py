"""Tables of paid media that no known program wrote, but that say in plain words what they hold.

A day, what was spent, and on which campaign or channel, under English or Spanish headers. It counts only where no
platform fits and nearly all headers are known. The platform is the one that a column names, else `other`.
"""

from __future__ import annotations

from helpers.platforms.model import Derived, Header, Platform, Report


def _header(column: str, en: tuple[str, ...], es: tuple[str, ...]) -> Header:
    """Return a column with its spellings, also as databases write them (campaign_name)."""
    names = {language: (*words, *_joined(words)) for language, words in (("en", en), ("es", es))}
    return Header(column, names, kind="date" if column in {"_week", "_month"} else None)


def _joined(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word.replace(" ", "_") for word in words if " " in word)


PLATFORM = Platform(
    source="plain",
    title="Plain table of paid media",
    reports=(
        Report(
            name="Paid media",
            table="ads",
            headers=(
                _header("date", ("Date", "Day"), ("Fecha", "Día")),
                _header("_week", ("Week", "Week start"), ("Semana",)),
                _header("_month", ("Month",), ("Mes",)),
                _header("platform", ("Platform", "Ad platform", "Network"), ("Plataforma", "Red")),
                _header("channel", ("Channel", "Media channel"), ("Canal", "Medio")),
                _header("account", ("Account", "Account name"), ("Cuenta", "Nombre de la cuenta")),
                _header(
                    "campaign", ("Campaign", "Campaign name"), ("Campaña", "Nombre de la campaña", "Nombre de campaña")
                ),
                _header("campaign_id", ("Campaign ID",), ("ID de campaña", "ID de la campaña")),
                _header(
                    "ad_group",
                    ("Ad group", "Ad group name", "Ad set", "Ad set name"),
                    ("Grupo de anuncios", "Conjunto de anuncios"),
                ),
                _header("ad", ("Ad", "Ad name"), ("Anuncio", "Nombre del anuncio")),
                _header("currency", ("Currency",), ("Moneda", "Divisa")),
                _header(
                    "spend",
                    ("Spend", "Amount spent", "Ad spend", "Media spend", "Media cost", "Cost", "Total cost"),
                    (
                        "Gasto",
                        "Importe gastado",
                        "Inversión",
                        "Coste",
                        "Costo",
                        "Gasto total",
                        "Coste total",
                        "Costo total",
                    ),
                ),
                _header("impressions", ("Impressions", "Impr."), ("Impresiones", "Impr.")),
                _header("reach", ("Reach",), ("Alcance",)),
                _header("clicks", ("Clicks",), ("Clics",)),
                _header("link_clicks", ("Link clicks",), ("Clics en el enlace",)),
                _header("conversions", ("Conversions",), ("Conversiones",)),
                _header(
                    "conversion_value", ("Conversion value",), ("Valor de conversión", "Valor de las conversiones")
                ),
                _header("purchases", ("Purchases",), ("Compras",)),
                _header("leads", ("Leads",), ("Leads", "Clientes potenciales")),
            ),
            required=(
                ("date", "_week", "_month"),
                ("spend",),
                ("campaign", "campaign_id", "ad_group", "ad", "channel", "platform"),
            ),
            known={
                "en": ("CTR", "CPC", "CPM", "CPA", "CPL", "ROAS", "Notes", "Status", "Objective", "Budget"),
                "es": ("Notas", "Observaciones", "Estado", "Objetivo", "Presupuesto"),
            },
            derived=(Derived("conversions", "first", ("purchases", "leads")),),
            constants={"platform": "other"},
            dates_are_first_days=True,
            is_fallback=True,
        ),
    ),
)
