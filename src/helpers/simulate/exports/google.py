"""Google Ads in Spanish: the campaign table by day.

Two lines before the header, dots for thousands, a decimal comma, ` --` where there is no value, `< 10 %` for a small
impression share, and total rows at the end. The usual download is UTF-16 with tabs, the other UTF-8 with commas.
"""

from __future__ import annotations

import math
from datetime import date
from pathlib import Path

import pandas as pd

from helpers.simulate.figures import GoogleFile
from helpers.simulate.scenario import CURRENCY

NOTHING = " --"
# Column of the figures → header.
COLUMNS = {
    "day": "Día",
    "campaign": "Campaña",
    "kind": "Tipo de campaña",
    "currency": "Código de moneda",
    "impressions": "Impr.",
    "clicks": "Clics",
    "cpc": "CPC medio",
    "spend": "Coste",
    "conversions": "Conversiones",
    "conversion_value": "Valor de conv.",
    "impression_share": "Cuota de impr. de búsqueda",
}
_COUNTS = ("impressions", "clicks")
_AMOUNTS = ("spend", "conversions", "conversion_value")
_MONTHS = (
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
)


def write(path: Path, rows: pd.DataFrame, file: GoogleFile) -> None:
    """Write one download; `rows` as `ads_google.draw` returns them, those of the file's days are taken."""
    inside = rows.loc[rows["date"].between(pd.Timestamp(file.period.start), pd.Timestamp(file.period.end))]
    cells = inside.assign(
        day=inside["date"].dt.strftime("%Y-%m-%d"),
        impression_share=inside["impression_share"].map(_share),
    )
    table = _written(pd.concat([cells, _totals(inside)], ignore_index=True))
    separator = "\t" if file.encoding == "utf-16" else ","
    body = table.to_csv(sep=separator, index=False, lineterminator="\n")
    text = f"Informe de campañas\n{_long(file.period.start)} - {_long(file.period.end)}\n{body}"
    path.write_bytes(f"\ufeff{text}".encode("utf-16-le") if file.encoding == "utf-16" else text.encode())


def _totals(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows at the end: all campaigns, the account, each campaign type; the first fills its blanks."""
    summed = list(_COUNTS + _AMOUNTS)
    whole = rows[summed].sum().to_frame().T
    kinds = rows.groupby("kind", observed=True)[summed].sum()
    table = pd.concat([whole, whole, kinds], ignore_index=True)
    table["day"] = ["Total: campañas", "Total: cuenta", *(f"Total: {kind}" for kind in kinds.index)]
    names = ["campaign", "kind", "impression_share"]
    table[names] = ""
    table.loc[0, names] = NOTHING
    return table


def _written(table: pd.DataFrame) -> pd.DataFrame:
    """Return all cells as the platform writes them."""
    clicks = table["clicks"].where(table["clicks"] > 0)
    texts: dict[str, str | pd.Series[str]] = {
        "currency": CURRENCY,
        "cpc": (table["spend"] / clicks).map(_decimal),
        **{column: table[column].map(_whole) for column in _COUNTS},
        **{column: table[column].map(_decimal) for column in _AMOUNTS},
    }
    return table.assign(**texts)[list(COLUMNS)].rename(columns=COLUMNS)


def _share(share: float) -> str:
    if math.isnan(share):
        return NOTHING
    return "< 10 %" if share < 0.1 else f"{_decimal(100 * share)} %"


def _whole(value: float) -> str:
    return f"{value:,.0f}".replace(",", ".")


def _decimal(value: float) -> str:
    return NOTHING if math.isnan(value) else f"{value:,.2f}".translate(str.maketrans(",.", ".,"))


def _long(day: date) -> str:
    return f"{day.day} de {_MONTHS[day.month - 1]} de {day.year}"
