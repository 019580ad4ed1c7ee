"""LinkedIn Page analytics: content, followers and visitors, legacy XLS with several sheets, English and Spanish.

Seen in public parsers: a note may stand above the headers; every figure comes as organic, sponsored and total, and only
the total is taken; days are month/day/year in every language. Followers are those won on the day. Sheets by place or
trade are stocks without a date. Unique visitors and impressions are people and never added.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from helpers.platforms.model import Header, Names, Platform, Report, Shaped

_DATE = Header("date", {"en": ("Date",), "es": ("Fecha",)})
_POST_LINK = {"en": ("Post link",), "es": ("Enlace de la publicación", "Enlace a la publicación")}
_DIMENSIONS = (
    ("location", "Location", ("Ubicación",)),
    ("function", "Job function", ("Función laboral", "Función")),
    ("seniority", "Seniority", ("Nivel de responsabilidad", "Experiencia", "Antigüedad")),
    ("industry", "Industry", ("Sector", "Industria")),
    ("company_size", "Company size", ("Tamaño de la empresa",)),
)
_FOLLOWERS = {"en": ("Total followers",), "es": ("Total de seguidores", "Seguidores totales")}


def _spelled(english: str, *spanish: str) -> Names:
    """Return the spellings of a figure that is the sum of organic and sponsored."""
    endings = ("totales", "total")
    return {"en": (f"{english} (total)",), "es": tuple(f"{word} ({end})" for word in spanish for end in endings)}


def _parts(english: Iterable[str], spanish: Iterable[str]) -> Names:
    """Return the headers of the parts of such figures, which are left out."""
    ends = ("orgánicas", "orgánicos", "orgánica", "patrocinadas", "patrocinados", "patrocinada", "orgánico")
    return {
        "en": tuple(f"{word} ({part})" for word in english for part in ("organic", "sponsored")),
        "es": tuple(f"{word} ({part})" for word in spanish for part in ends),
    }


_CONTENT = (
    _DATE,
    Header("impressions", _spelled("Impressions", "Impresiones")),
    Header("clicks", _spelled("Clicks", "Clics")),
    Header("reactions", _spelled("Reactions", "Reacciones")),
    Header("comments", _spelled("Comments", "Comentarios")),
    Header("shares", _spelled("Reposts", "Veces compartido", "Compartidos", "Veces que se ha compartido")),
)
_CONTENT_PARTS = _parts(
    ("Impressions", "Unique impressions", "Clicks", "Reactions", "Comments", "Reposts", "Engagement rate"),
    (
        "Impresiones",
        "Impresiones únicas",
        "Clics",
        "Reacciones",
        "Comentarios",
        "Veces compartido",
        "Compartidos",
        "Tasa de interacción",
        "Porcentaje de interacción",
    ),
)
_CONTENT_KNOWN = {
    "en": (*_CONTENT_PARTS["en"], "Engagement rate (total)"),
    "es": (*_CONTENT_PARTS["es"], "Tasa de interacción (total)", "Porcentaje de interacción (total)"),
}
_POSTS = (
    Header("text", {"en": ("Post title",), "es": ("Título de la publicación",)}),
    Header("url", _POST_LINK),
    Header("published_at", {"en": ("Created date",), "es": ("Fecha de creación",)}),
    Header("format", {"en": ("Content Type",), "es": ("Tipo de contenido",)}),
    Header("impressions", {"en": ("Impressions",), "es": ("Impresiones",)}),
    Header("views", {"en": ("Views",), "es": ("Visualizaciones",)}),
    Header("clicks", {"en": ("Clicks",), "es": ("Clics",)}),
    Header("reactions", {"en": ("Likes", "Reactions"), "es": ("Recomendaciones", "Reacciones", "Me gusta")}),
    Header("comments", {"en": ("Comments",), "es": ("Comentarios",)}),
    Header("shares", {"en": ("Reposts", "Shares"), "es": ("Veces compartido", "Compartidos")}),
    Header("follows", {"en": ("Follows",), "es": ("Seguidores", "Seguimientos")}),
)
_POSTS_KNOWN = {
    "en": (
        "Post type",
        "Campaign name",
        "Campaign start date",
        "Campaign end date",
        "Audience",
        "Offsite Views",
        "Click through rate (CTR)",
        "Engagement rate",
    ),
    "es": (
        "Tipo de publicación",
        "Nombre de la campaña",
        "Fecha de inicio de la campaña",
        "Fecha de finalización de la campaña",
        "Público",
        "Audiencia",
        "Visualizaciones fuera del sitio",
        "Porcentaje de clics (CTR)",
        "Tasa de clics (CTR)",
        "Tasa de interacción",
        "Porcentaje de interacción",
    ),
}
_PAGES = (
    ("Total page views", "Visualizaciones de la página en total", "Total de visualizaciones de la página"),
    ("Overview page views", "Visualizaciones de la página Visión general", "Visualizaciones de la página de resumen"),
)
_VISITS = Header(
    "views",
    {
        "en": tuple(f"{english} (total)" for english, *_ in _PAGES),
        "es": tuple(f"{word} ({end})" for _, *spanish in _PAGES for word in spanish for end in ("total", "totales")),
    },
)
_VISITS_KNOWN = {
    "en": tuple(
        f"{section} {figure} ({device})"
        for section in ("Overview", "Total", "Life", "Jobs", "About", "People", "Insights", "Products")
        for figure in ("page views", "unique visitors")
        for device in ("desktop", "mobile", "total")
        if (section, figure, device) not in {("Overview", "page views", "total"), ("Total", "page views", "total")}
    ),
    "es": (
        *(f"Visitantes únicos en total ({device})" for device in ("ordenador", "escritorio", "móvil", "total")),
        *(f"Total de visitantes únicos ({device})" for device in ("ordenador", "escritorio", "móvil", "total")),
        *(f"{spanish} ({device})" for _, *names in _PAGES for spanish in names for device in ("ordenador", "móvil")),
        *(f"{spanish} (escritorio)" for _, *names in _PAGES for spanish in names),
    ),
}


def _as_shares_of_people(frame: pd.DataFrame) -> Shaped:
    """Name the dimension that the sheet is split by."""
    dimension = next(name for name, *_ in _DIMENSIONS if f"_{name}" in frame)
    return {"audience": frame.assign(dimension=dimension, value=frame[f"_{dimension}"])}


def _report(name: str, table: str, headers: tuple[Header, ...], required: tuple[tuple[str, ...], ...]) -> Report:
    """Return a report of which a total of organic and sponsored is the only figure taken."""
    measures = [header for header in headers if header.column not in {"date", "text", "published_at", "format"}]
    return Report(
        name=name,
        table=table,
        headers=headers,
        required=required,
        marks=tuple(word for header in measures for words in header.names.values() for word in words if " (" in word),
        needs_mark=True,
        known=_CONTENT_KNOWN if name == "Content" else _VISITS_KNOWN,
        constants={"platform": "linkedin"},
        day_first=False,
        decimal={"*": "."},
    )


PLATFORM = Platform(
    source="linkedin_pages",
    title="LinkedIn Pages",
    reports=(
        _report("Content", "organic_daily", _CONTENT, (("date",), ("impressions",), ("clicks", "reactions"))),
        _report("Visitors", "organic_daily", (_DATE, _VISITS), (("date",), ("views",))),
        Report(
            name="Posts",
            table="organic_posts",
            headers=_POSTS,
            required=(("url",), ("text",), ("published_at",), ("impressions",)),
            marks=("Post link", *_POST_LINK["es"]),
            needs_mark=True,
            known=_POSTS_KNOWN,
            constants={"platform": "linkedin"},
            personal=("Posted by", "Publicada por", "Publicado por"),
            day_first=False,
            decimal={"*": "."},
        ),
        Report(
            name="New followers",
            table="organic_daily",
            headers=(_DATE, Header("follows", _FOLLOWERS)),
            required=(("date",), ("follows",)),
            known={
                "en": ("Sponsored followers", "Organic followers", "Auto-invited followers"),
                "es": (
                    "Seguidores patrocinados",
                    "Seguidores orgánicos",
                    "Seguidores por invitación automática",
                    "Seguidores invitados automáticamente",
                ),
            },
            constants={"platform": "linkedin"},
            day_first=False,
            decimal={"*": "."},
        ),
        Report(
            name="Followers by group",
            table="audience",
            headers=(
                *(Header(f"_{name}", {"en": (en,), "es": es}, kind="text") for name, en, es in _DIMENSIONS),
                Header("people", _FOLLOWERS),
            ),
            required=(tuple(f"_{name}" for name, *_ in _DIMENSIONS), ("people",)),
            constants={"platform": "linkedin"},
            decimal={"*": "."},
            shape=_as_shares_of_people,
        ),
    ),
)
