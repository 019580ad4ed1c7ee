"""YouTube Studio advanced mode: table by video and totals by day, CSV, English and Spanish.

Seen in real English exports: the first row is the total of the channel, which is more than the rows where videos are
not listed (at most the largest 500, then a line says so); a blank is zero. Days of a video's publication are no period.
The member Chart data repeats the largest videos by day: it is a part of the totals by day and becomes series, which
nothing adds up.
"""

from __future__ import annotations

import pandas as pd

from helpers.platforms.model import Header, Platform, Report, Shaped

_SECONDS = 3600
_VIDEO = Header("post_id", {"en": ("Content", "Video"), "es": ("Contenido", "Vídeo", "Video")})
_TITLE = Header("text", {"en": ("Video title",), "es": ("Título del vídeo", "Título del video")})
_VIEWS = Header("views", {"en": ("Views",), "es": ("Visualizaciones", "Vistas")})
_HOURS = Header(
    "_hours",
    {
        "en": ("Watch time (hours)",),
        "es": ("Tiempo de visualización (horas)", "Tiempo de reproducción (horas)"),
    },
    kind="number",
)
_FIGURES = (
    _VIEWS,
    Header("follows", {"en": ("Subscribers gained",), "es": ("Suscriptores obtenidos", "Suscriptores ganados")}),
    Header("impressions", {"en": ("Impressions",), "es": ("Impresiones",)}),
    Header("likes", {"en": ("Likes",), "es": ("Me gusta",)}),
    Header("comments", {"en": ("Comments added", "Comments"), "es": ("Comentarios añadidos", "Comentarios agregados")}),
    Header(
        "shares",
        {"en": ("Shares",), "es": ("Veces compartido", "Contenido compartido", "Veces que se ha compartido")},
    ),
)
_NET = {"en": ("Subscribers",), "es": ("Suscriptores",)}
_KNOWN = {
    "en": (
        "Impressions click-through rate (%)",
        "Average view duration",
        "Average percentage viewed (%)",
        "Average % viewed",
        "Likes (vs. dislikes) (%)",
        "Dislikes",
        "Subscribers lost",
        "Unique viewers",
        "Engaged views",
        "Your estimated revenue (USD)",
        "Your estimated revenue (EUR)",
        "Estimated revenue",
        "RPM (USD)",
        "CPM (USD)",
        "Stayed to watch (%)",
        "Playlist",
        "Hypes",
        "Hype points",
    ),
    "es": (
        "Porcentaje de clics de las impresiones (%)",
        "Tasa de clics de las impresiones (%)",
        "Duración media de las visualizaciones",
        "Duración promedio de las vistas",
        "Porcentaje medio visto (%)",
        "Porcentaje promedio visto (%)",
        "No me gusta",
        "Suscriptores perdidos",
        "Espectadores únicos",
        "Usuarios únicos",
        "Tus ingresos estimados (EUR)",
        "Ingresos estimados (EUR)",
    ),
}
_MARKS = (
    "Video publish time",
    "Watch time (hours)",
    "Tiempo de visualización (horas)",
    "Tiempo de reproducción (horas)",
    "Hora de publicación del vídeo",
    "Hora de publicación del video",
    "Impressions click-through rate (%)",
    "Porcentaje de clics de las impresiones (%)",
)


def _posts(frame: pd.DataFrame) -> Shaped:
    """Write time watched in seconds."""
    watched = frame["_hours"] * _SECONDS if "_hours" in frame else None
    return {"organic_posts": frame if watched is None else frame.assign(watch_time_s=watched)}


def _series(frame: pd.DataFrame) -> Shaped:
    """Name each video's daily views as a series of its own."""
    named = frame["_title"].fillna(frame["_video"]) if "_title" in frame else frame["_video"]
    return {"series": frame.assign(name="youtube video: " + named.fillna("?"), value=frame["_views"])}


PLATFORM = Platform(
    source="youtube_studio",
    title="YouTube Studio",
    reports=(
        Report(
            name="Table data",
            table="organic_posts",
            headers=(
                _VIDEO,
                _TITLE,
                Header(
                    "published_at",
                    {
                        "en": ("Video publish time",),
                        "es": ("Hora de publicación del vídeo", "Hora de publicación del video"),
                    },
                ),
                Header("duration_s", {"en": ("Duration",), "es": ("Duración",)}),
                *_FIGURES,
                Header("follows", _NET),
                _HOURS,
            ),
            required=(("post_id",), ("text",), ("published_at",), ("views", "_hours", "impressions")),
            marks=_MARKS,
            needs_mark=True,
            known=_KNOWN,
            constants={"platform": "youtube"},
            decimal={"*": "."},
            leaves_zero_blank=True,
            cut_note=r"showing top \d+ results|(se muestran|mostrando) (los|las)? ?\d+ .*resultados",
            shape=_posts,
        ),
        Report(
            name="Totals",
            table="organic_daily",
            headers=(
                Header("date", {"en": ("Date",), "es": ("Fecha",)}),
                *_FIGURES,
                Header("follower_delta", _NET),
                _HOURS,
            ),
            required=(("date",), ("views", "_hours", "follower_delta")),
            marks=_MARKS,
            needs_mark=True,
            known=_KNOWN,
            constants={"platform": "youtube"},
            decimal={"*": "."},
            leaves_zero_blank=True,
        ),
        Report(
            name="Totals of one figure",
            table="organic_daily",
            headers=(Header("date", {"en": ("Date",), "es": ("Fecha",)}), _VIEWS),
            required=(("date",), ("views",)),
            constants={"platform": "youtube"},
            decimal={"*": "."},
            leaves_zero_blank=True,
            needs_company=True,
        ),
        Report(
            name="Chart data",
            table="series",
            headers=(
                Header("at", {"en": ("Date",), "es": ("Fecha",)}),
                Header("_video", _VIDEO.names, kind="text"),
                Header("_title", _TITLE.names, kind="text"),
                Header("_views", _VIEWS.names, kind="number"),
            ),
            required=(("at",), ("_video",), ("_views",)),
            known={
                "en": ("Video publish time", "Duration"),
                "es": ("Hora de publicación del vídeo", "Hora de publicación del video", "Duración"),
            },
            decimal={"*": "."},
            shape=_series,
        ),
    ),
)
