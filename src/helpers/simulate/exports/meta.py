"""Meta Ads Manager in Spanish: the `Raw Data Report` workbook and the plain CSV.

Layout as seen in real exports: dates are text; the first data row of the workbook is a total without names, its reach
deduplicated; a conversion that did not happen leaves its cell empty; ratios carry eight decimals.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from helpers.simulate.ads_meta import ADDITIVE_COLUMNS
from helpers.simulate.exports.spreadsheet import Cell, write_workbook
from helpers.simulate.scenario import AWARENESS

SHEET = "Raw Data Report"
ATTRIBUTION = "Clic de 7 días o visualización de 1 día"
# People seen on several days are counted once over the whole period.
DEDUPLICATED_REACH = 0.085
_PURCHASE = "actions:offsite_conversion.fb_pixel_purchase"
_THRUPLAY = "video_thruplay_watched_actions"

# Column of the figures → header; the money column's header ends with the currency.
COLUMNS = {
    "starts": "Inicio del informe",
    "ends": "Fin del informe",
    "account": "Nombre de la cuenta",
    "campaign": "Nombre de la campaña",
    "ad_set": "Nombre del conjunto de anuncios",
    "ad": "Nombre del anuncio",
    "day": "Día",
    "delivery": "Entrega del anuncio",
    "attribution": "Configuración de atribución",
    "objective": "Objetivo",
    "results": "Resultados",
    "result_type": "Indicador de resultado",
    "reach": "Alcance",
    "impressions": "Impresiones",
    "frequency": "Frecuencia",
    "spend": "Importe gastado",
    "clicks": "Clics (todos)",
    "link_clicks": "Clics en el enlace",
    "landing_page_views": "Visitas a la página de destino",
    "add_to_cart": "Artículos añadidos al carrito",
    "checkouts": "Pagos iniciados",
    "conversions": "Compras",
    "conversion_value": "Valor de conversión de compras",
    "video_views": "Reproducciones de vídeo de 3 segundos",
    "thruplays": "ThruPlays",
    "currency": "Divisa",
}
_EMPTY_WHEN_ZERO = [
    "results",
    "add_to_cart",
    "checkouts",
    "conversions",
    "conversion_value",
    "video_views",
    "thruplays",
]


def write_report(path: Path, rows: pd.DataFrame) -> None:
    """Write the workbook of one account; `rows` as `ads_meta.draw` returns them, of one currency."""
    write_workbook(path, SHEET, [_header(rows), _total(rows), *_layout(rows).itertuples(index=False)])


def write_csv(path: Path, rows: pd.DataFrame) -> None:
    """Write the CSV of one account, which has no total row."""
    _layout(rows).set_axis(_header(rows), axis="columns").to_csv(path, index=False, lineterminator="\n")


def _header(rows: pd.DataFrame) -> list[str]:
    money = {"spend": f"{COLUMNS['spend']} ({rows['currency'].iloc[0]})"}
    return list({**COLUMNS, **money}.values())


def _layout(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the cells as they are downloaded, an empty text where there is none."""
    is_awareness = rows["objective"] == AWARENESS
    results = rows["thruplays"].where(is_awareness, rows["conversions"])
    day = rows["date"].dt.strftime("%Y-%m-%d")
    cells = rows.assign(
        starts=day,
        ends=day,
        day=day,
        delivery=np.where(rows["active"], "active", "inactive"),
        attribution=ATTRIBUTION,
        results=results,
        result_type=np.select([results == 0, is_awareness], ["", _THRUPLAY], _PURCHASE),
        frequency=(rows["impressions"] / rows["reach"]).round(8),
    )
    cells[_EMPTY_WHEN_ZERO] = cells[_EMPTY_WHEN_ZERO].astype(object).replace(0, "")
    return cells[list(COLUMNS)]


def _total(rows: pd.DataFrame) -> list[Cell]:
    """Return the first row: no names, additive columns summed, no results because their kinds differ."""
    sums = {column: rows[column].sum() for column in ADDITIVE_COLUMNS}
    money = {column: round(float(sums[column]), 2) for column in ("spend", "conversion_value")}
    reach = round(DEDUPLICATED_REACH * int(rows["reach"].sum()))
    known = {
        "starts": f"{rows['date'].min():%Y-%m-%d}",
        "ends": f"{rows['date'].max():%Y-%m-%d}",
        **sums,
        **money,
        "reach": reach,
        "frequency": round(int(sums["impressions"]) / reach, 8),
        "currency": rows["currency"].iloc[0],
    }
    return [known.get(column, "") for column in COLUMNS]
