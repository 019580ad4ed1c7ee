"""TikTok's figures of one's own account: Studio (CSV or XLSX, or a ZIP of them) and Business Center, English, Spanish.

Seen in real exports: all cells quoted; days without a year, in the language of the account under English headers
(`8 de marzo`); `undefined` and `NAN` for nothing; some counts rounded to 1.2K. Business Center writes yyyy/mm/dd.
Viewers and active followers are people and never added. Spanish headers are inferred.
"""

from __future__ import annotations

import pandas as pd

from helpers.platforms.model import Header, Platform, Report, Shaped

_DATE = Header("date", {"en": ("Date",), "es": ("Fecha",)})
_TIKTOK = {"platform": "tiktok"}
_TOTAL_VIEWS = ("Total de visualizaciones", "Visualizaciones totales", "Total de vistas", "Vistas totales")
_VIEWS = {
    "en": ("Video views", "Total views"),
    "es": (
        "Visualizaciones de vídeo",
        "Visualizaciones de video",
        "Visualizaciones de vídeos",
        "Vistas de video",
        *_TOTAL_VIEWS,
    ),
}
_LIKES = Header("likes", {"en": ("Likes", "Total likes"), "es": ("Me gusta", "Me gusta totales", "Total de me gusta")})
_COMMENTS = Header(
    "comments",
    {"en": ("Comments", "Total comments"), "es": ("Comentarios", "Comentarios totales", "Total de comentarios")},
)
_SHARES = Header(
    "shares",
    {
        "en": ("Shares", "Total shares"),
        "es": (
            "Veces compartido",
            "Compartidos",
            "Veces compartido totales",
            "Total de veces compartido",
            "Total de compartidos",
        ),
    },
)
_GENDERS = {"mujer": "female", "mujeres": "female", "hombre": "male", "hombres": "male", "otro": "other"}


def _shares_of(dimension: str, *, is_gender: bool = False) -> Report:
    """Return the report of followers split by one dimension, as shares of all."""
    names = (
        {"en": ("Gender",), "es": ("Género", "Sexo")}
        if is_gender
        else {"en": ("Top territories",), "es": ("Principales territorios", "Territorios principales")}
    )

    def shaped(frame: pd.DataFrame) -> Shaped:
        values = frame["_value"].str.casefold().replace(_GENDERS) if is_gender else frame["_value"]
        return {"audience": frame.assign(dimension=dimension, value=values)}

    return Report(
        name=f"Followers by {dimension}",
        table="audience",
        headers=(
            Header("_value", names, kind="text"),
            Header("share", {"en": ("Distribution",), "es": ("Distribución",)}),
        ),
        required=(("_value",), ("share",)),
        constants=_TIKTOK,
        shape=shaped,
    )


def _active(frame: pd.DataFrame) -> Shaped:
    """Keep active followers by hour as a series: they are people, and nothing adds them up."""
    hours = frame["_hour"].where(frame["_hour"].between(0, 24))
    at = frame["_day"] + pd.to_timedelta(hours, unit="h")
    dated = frame.assign(at=at, name="tiktok active followers", value=frame["_active"])
    return {"series": dated[at.notna()]}


PLATFORM = Platform(
    source="tiktok_organic",
    title="TikTok Studio",
    reports=(
        Report(
            name="Overview",
            table="organic_daily",
            headers=(
                _DATE,
                Header("views", _VIEWS),
                Header("reach", {"en": ("Reached audience",), "es": ("Audiencia alcanzada", "Público alcanzado")}),
                Header(
                    "profile_visits",
                    {
                        "en": ("Profile views",),
                        "es": ("Visualizaciones de perfil", "Visualizaciones del perfil", "Vistas del perfil"),
                    },
                ),
                _LIKES,
                _COMMENTS,
                _SHARES,
                Header("saves", {"en": ("Add to Favorites", "Favorites"), "es": ("Añadidos a favoritos",)}),
                Header("followers", {"en": ("Total followers",), "es": ("Total de seguidores", "Seguidores totales")}),
                Header("follows", {"en": ("New followers",), "es": ("Nuevos seguidores",)}),
                Header("unfollows", {"en": ("Lost followers",), "es": ("Seguidores perdidos",)}),
                Header("follower_delta", {"en": ("Net followers",), "es": ("Seguidores netos",)}),
                Header("website_clicks", {"en": ("Website clicks",), "es": ("Clics en el sitio web",)}),
            ),
            required=(("date",), ("views",), ("profile_visits", "reach")),
            marks=(
                "Profile views",
                "Reached audience",
                "Visualizaciones de perfil",
                "Visualizaciones del perfil",
                "Vistas del perfil",
                "Audiencia alcanzada",
                "Público alcanzado",
            ),
            needs_mark=True,
            known={
                "en": (
                    "Engaged audience",
                    "Unique video views",
                    "Product link clicks",
                    "Phone number clicks",
                    "Lead submissions",
                    "Address clicks",
                    "App download link clicks",
                    "Email clicks",
                ),
                "es": ("Audiencia implicada", "Público que interactuó"),
            },
            constants=_TIKTOK,
        ),
        Report(
            name="Content",
            table="organic_posts",
            headers=(
                Header("text", {"en": ("Video title",), "es": ("Título del vídeo", "Título del video")}),
                Header("url", {"en": ("Video link",), "es": ("Enlace del vídeo", "Enlace del video")}),
                Header(
                    "published_at",
                    {"en": ("Post time", "Create time"), "es": ("Hora de publicación", "Fecha de publicación")},
                ),
                Header("views", _VIEWS),
                Header("reach", {"en": ("Reached audience",), "es": ("Audiencia alcanzada", "Público alcanzado")}),
                _LIKES,
                _COMMENTS,
                _SHARES,
                Header("saves", {"en": ("Add to Favorites", "Favorites"), "es": ("Añadidos a favoritos",)}),
                Header("duration_s", {"en": ("Video duration",), "es": ("Duración del vídeo", "Duración del video")}),
            ),
            required=(("url",), ("published_at",), ("views", "likes")),
            marks=("Video link", "Enlace del vídeo", "Enlace del video"),
            needs_mark=True,
            known={
                "en": ("Time", "Average watch time", "Full video watched rate", "Total play time"),
                "es": ("Tiempo", "Hora", "Tiempo medio de visualización", "Tiempo promedio de visualización"),
            },
            constants={**_TIKTOK, "format": "video"},
        ),
        Report(
            name="Viewers",
            table="organic_daily",
            headers=(_DATE, Header("reach", {"en": ("Total viewers",), "es": ("Espectadores totales",)})),
            required=(("date",), ("reach",)),
            known={
                "en": ("New viewers", "Returning viewers"),
                "es": ("Espectadores nuevos", "Nuevos espectadores", "Espectadores recurrentes"),
            },
            constants=_TIKTOK,
        ),
        Report(
            name="Follower history",
            table="organic_daily",
            headers=(
                _DATE,
                Header("followers", {"en": ("Followers",), "es": ("Seguidores",)}),
                Header(
                    "follower_delta",
                    {
                        "en": ("Difference in followers from previous day",),
                        "es": (
                            "Diferencia de seguidores con respecto al día anterior",
                            "Diferencia de seguidores respecto al día anterior",
                        ),
                    },
                ),
            ),
            required=(("date",), ("followers",), ("follower_delta",)),
            constants=_TIKTOK,
        ),
        Report(
            name="Follower activity",
            table="series",
            headers=(
                Header("_day", _DATE.names, kind="date"),
                Header("_hour", {"en": ("Hour",), "es": ("Hora",)}, kind="number"),
                Header("_active", {"en": ("Active followers",), "es": ("Seguidores activos",)}, kind="number"),
            ),
            required=(("_day",), ("_hour",), ("_active",)),
            shape=_active,
        ),
        _shares_of("gender", is_gender=True),
        _shares_of("country"),
    ),
)
