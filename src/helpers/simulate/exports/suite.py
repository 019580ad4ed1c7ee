"""Meta Business Suite in Spanish: published content, one file for Instagram and one for Facebook.

UTF-8 with a byte-order mark, times month first, captions over several lines.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

INSTAGRAM_FORMATS = {"reel": "Reel de IG", "carousel": "Secuencia de IG", "photo": "Imagen de IG"}
FACEBOOK_FORMATS = {"reel": "Reels", "video": "Vídeos", "photo": "Fotos"}
# Column of the figures → header.
INSTAGRAM_COLUMNS = {
    "post": "Identificador de la publicación",
    "profile": "Identificador de la cuenta",
    "handle": "Nombre de usuario de la cuenta",
    "name": "Nombre de la cuenta",
    "text": "Descripción",
    "duration": "Duración (segundos)",
    "time": "Hora de publicación",
    "link": "Enlace permanente",
    "format": "Tipo de publicación",
    "comment": "Comentario de los datos",
    "window": "Fecha",
    "views": "Visualizaciones",
    "reach": "Alcance",
    "likes": "Me gusta",
    "shares": "Veces que se ha compartido",
    "follows": "Seguimientos",
    "comments": "Comentarios",
    "saves": "Veces que se ha guardado",
}
FACEBOOK_COLUMNS = {
    "post": "Identificador de la publicación",
    "profile": "Identificador de la página",
    "name": "Nombre de la página",
    "text": "Título",
    "description": "Descripción",
    "duration": "Duración (segundos)",
    "time": "Hora de publicación",
    "link": "Enlace permanente",
    "format": "Tipo de publicación",
    "languages": "Idiomas",
    "labels": "Etiquetas personalizadas",
    "funding": "Estado de contenido financiado",
    "comment": "Comentario de los datos",
    "window": "Fecha",
    "views": "Visualizaciones",
    "reach": "Alcance",
    "all": "Reacciones, comentarios y veces que se ha compartido",
    "likes": "Reacciones",
    "comments": "Comentarios",
    "shares": "Veces que se ha compartido",
    "clicks": "Total de clics",
}


def write_instagram(path: Path, rows: pd.DataFrame, handle: str, account: str) -> None:
    """Write Instagram's posts; `rows` as `posts.draw` returns them."""
    number = np.arange(1, len(rows) + 1)
    cells = rows.assign(
        post=18000000000000000 + number,
        profile=17800000000000001,
        handle=handle,
        name=account,
        link=[f"https://www.instagram.com/p/{one:04d}/" for one in number],
        format=rows["format"].map(INSTAGRAM_FORMATS),
    )
    _write(path, cells, INSTAGRAM_COLUMNS)


def write_facebook(path: Path, rows: pd.DataFrame, account: str) -> None:
    """Write Facebook's posts; `rows` as `posts.draw` returns them."""
    number = np.arange(1, len(rows) + 1)
    cells = rows.assign(
        post=122000000000000000 + number,
        profile=100000000000001,
        name=account,
        link=[f"https://www.facebook.com/{one:04d}" for one in number],
        format=rows["format"].map(FACEBOOK_FORMATS),
        all=rows["likes"] + rows["comments"] + rows["shares"],
    )
    _write(path, cells.assign(**dict.fromkeys(("description", "languages", "labels", "funding"), "")), FACEBOOK_COLUMNS)


def _write(path: Path, cells: pd.DataFrame, columns: dict[str, str]) -> None:
    time = cells["published_at"].dt.strftime("%m/%d/%Y %H:%M")
    table = cells.assign(time=time, comment="", window="Total")[list(columns)].rename(columns=columns)
    table.to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\n")
