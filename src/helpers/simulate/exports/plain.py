"""Files that no platform writes: search interest, followers and competitors noted by hand, experiments, rates."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from helpers.simulate.exports.shopify import address
from helpers.simulate.scenario import CURRENCY, FOREIGN_CURRENCY

COMPETITOR_COLUMNS = {
    "competitor": "Marca",
    "platform": "Red",
    "published_at": "Fecha",
    "format": "Formato",
    "likes": "Me gusta",
    "comments": "Comentarios",
    "views": "Visualizaciones",
    "followers": "Seguidores",
}
FOLLOWER_COLUMNS = {
    "platform": "Red",
    "date": "Fecha",
    "followers": "Seguidores",
    "follower_delta": "Variación",
}
LIBRARY_COLUMNS = {"page": "Anunciante", "ad_id": "Id", "start": "Inicio", "stop": "Fin"}
MEMBER_COLUMNS = {
    "customer_id": "Correo",
    "edad": "Edad",
    "personas_en_casa": "Personas en casa",
    "vivienda": "Vivienda",
    "gama_preferida": "Gama preferida",
    "visitas_al_mes": "Visitas al mes",
}
COMPETITOR_FORMATS = {"reel": "Reel", "carousel": "Carrusel", "photo": "Foto"}


def write_trends(path: Path, interest: pd.DataFrame) -> None:
    """Write Google Trends' multi-line file: a category line, a blank line, `<1` for less than one."""
    header = ",".join(["Semana", *(f"{term}: (España)" for term in interest.columns)])
    lines = [
        ",".join([f"{week:%Y-%m-%d}", *("<1" if value < 1 else str(int(value)) for value in values)])
        for week, *values in interest.itertuples()
    ]
    text = "\n".join(["Categoría: Todas las categorías", "", header, *lines, ""])
    path.write_text(text, encoding="utf-8", newline="\n")


def write_followers(path: Path, rows: pd.DataFrame) -> None:
    """Write the community manager's own table under Spanish headers."""
    rows.rename(columns=FOLLOWER_COLUMNS).to_csv(path, index=False, date_format="%d/%m/%Y", lineterminator="\n")


def write_competitors(path: Path, rows: pd.DataFrame) -> None:
    """Write the analyst's own table under Spanish headers."""
    named = rows.assign(format=rows["format"].map(COMPETITOR_FORMATS)).rename(columns=COMPETITOR_COLUMNS)
    named.to_csv(path, index=False, date_format="%d/%m/%Y", lineterminator="\n")


def write_library(path: Path, rows: pd.DataFrame) -> None:
    """Write the ads that the analyst found in the library, under Spanish headers; an ad that still runs has no end."""
    rows.rename(columns=LIBRARY_COLUMNS).to_csv(path, index=False, date_format="%Y-%m-%d", lineterminator="\n")


def write_members(path: Path, rows: pd.DataFrame) -> None:
    """Write the export of the loyalty club; nobody's group is told."""
    addressed = rows.assign(customer_id=address(rows["customer"]))[list(MEMBER_COLUMNS)]
    addressed.rename(columns=MEMBER_COLUMNS).to_csv(path, index=False, lineterminator="\n")


def write_experiment(path: Path, users: pd.DataFrame) -> None:
    """Write one row a user; revenue 0 is written short."""
    users.to_csv(path, index=False, float_format="%.10g", lineterminator="\n")


def write_rates(path: Path, rates: pd.Series[float]) -> None:
    """Write `date,from,to,rate`: what one unit of `from` is worth in `to`."""
    table = pd.DataFrame({"date": rates.index, "from": FOREIGN_CURRENCY, "to": CURRENCY, "rate": rates.to_numpy()})
    table.to_csv(path, index=False, date_format="%Y-%m-%d", float_format="%.4f", lineterminator="\n")
