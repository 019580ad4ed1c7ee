"""Meta Business Suite post exports for Instagram and Facebook, CSV, English and Spanish.

Seen in real English exports: UTF-8 with byte order mark, multi-line captions, times as month/day/year in every
language, `Lifetime` in the Date column, Views twice in Facebook files with equal values, columns in another order by
account. Spanish labels are partly remembered.
"""

from __future__ import annotations

from helpers.platforms.model import Header, Platform, Report

_COMMON = (
    Header("post_id", {"en": ("Post ID",), "es": ("Identificador de la publicación",)}),
    Header("published_at", {"en": ("Publish time",), "es": ("Hora de publicación",)}),
    Header("url", {"en": ("Permalink",), "es": ("Enlace permanente",)}),
    Header("format", {"en": ("Post type",), "es": ("Tipo de publicación",)}),
    Header("duration_s", {"en": ("Duration (sec)",), "es": ("Duración (segundos)",)}),
    Header("impressions", {"en": ("Impressions",), "es": ("Impresiones",)}),
    Header("views", {"en": ("Views",), "es": ("Visualizaciones",)}),
    Header("reach", {"en": ("Reach",), "es": ("Alcance",)}),
    Header("comments", {"en": ("Comments",), "es": ("Comentarios",)}),
    Header(
        "shares",
        {
            "en": ("Shares",),
            "es": ("Veces que se ha compartido", "Veces que se compartió", "Veces compartido"),
        },
    ),
    Header("saves", {"en": ("Saves",), "es": ("Veces que se ha guardado", "Veces que se guardó", "Veces guardado")}),
)
_INSTAGRAM = (
    Header("account_id", {"en": ("Account ID",), "es": ("Identificador de la cuenta",)}),
    Header(
        "account",
        {
            "en": ("Account username", "Account name"),
            "es": ("Nombre de usuario de la cuenta", "Nombre de la cuenta"),
        },
    ),
    Header("text", {"en": ("Description",), "es": ("Descripción",)}),
    Header("likes", {"en": ("Likes",), "es": ("Me gusta",)}),
    Header("follows", {"en": ("Follows",), "es": ("Seguimientos",)}),
)
_FACEBOOK = (
    Header("account_id", {"en": ("Page ID",), "es": ("Identificador de la página",)}),
    Header("account", {"en": ("Page name",), "es": ("Nombre de la página",)}),
    Header("text", {"en": ("Title", "Description"), "es": ("Título", "Descripción")}),
    Header("reactions", {"en": ("Reactions",), "es": ("Reacciones",)}),
    Header("clicks", {"en": ("Total clicks",), "es": ("Clics totales", "Total de clics")}),
)
_KNOWN = {
    "en": (
        "Data comment",
        "Date",
        "Languages",
        "Custom labels",
        "Funded content status",
        "Caption type",
        "Is crosspost",
        "Is share",
        "Reactions, Comments and Shares",
        "Reactions, comments and shares",
        "Other clicks",
        "Link clicks",
        "Photo clicks",
        "Matched audience targeting consumption (Photo Click)",
        "Seconds viewed",
        "Average seconds viewed",
        "Estimated earnings (USD)",
        "Ad CPM (USD)",
        "Ad impressions",
    ),
    "es": (
        "Comentario de los datos",
        "Fecha",
        "Idiomas",
        "Etiquetas personalizadas",
        "Estado del contenido financiado",
        "Reacciones, comentarios y veces que se ha compartido",
        "Otros clics",
        "Clics en el enlace",
        "Segundos visualizados",
        "Promedio de segundos visualizados",
        "Es una publicación cruzada",
        "Es contenido compartido",
    ),
}


def _report(platform: str, name: str, own: tuple[Header, ...], marks: tuple[str, ...]) -> Report:
    return Report(
        name=name,
        table="organic_posts",
        headers=(*_COMMON, *own),
        required=(
            ("post_id",),
            ("published_at",),
            ("account_id", "account"),
            ("views", "reach", "impressions", "likes", "reactions", "comments"),
        ),
        marks=marks,
        needs_mark=True,
        known=_KNOWN,
        constants={"platform": platform},
        day_first=False,
        decimal={"*": "."},
    )


PLATFORM = Platform(
    source="meta_business_suite",
    title="Meta Business Suite",
    reports=(
        _report("instagram", "Instagram posts", _INSTAGRAM, ("Account username", "Nombre de usuario de la cuenta")),
        _report("facebook", "Facebook posts", _FACEBOOK, ("Page ID", "Identificador de la página")),
    ),
)
