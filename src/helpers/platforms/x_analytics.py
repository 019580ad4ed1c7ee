"""X account analytics by day and by post, CSV, English and Spanish.

Seen in real English exports: days as `Tue, Aug 26, 2025`, the latest first. Spanish names are inferred. Reposts and
shares are two figures: a share leaves the network.
"""

from __future__ import annotations

from helpers.platforms.model import Header, Platform, Report

_SHARED = (
    Header("impressions", {"en": ("Impressions",), "es": ("Impresiones",)}),
    Header("likes", {"en": ("Likes",), "es": ("Me gusta",)}),
    Header("saves", {"en": ("Bookmarks",), "es": ("Elementos guardados", "Guardados")}),
    Header("shares", {"en": ("Shares",), "es": ("Veces compartido", "Compartidos")}),
    Header("follows", {"en": ("New follows", "follows"), "es": ("Nuevos seguidores", "Seguidores nuevos")}),
    Header("comments", {"en": ("Replies",), "es": ("Respuestas",)}),
)

PLATFORM = Platform(
    source="x_analytics",
    title="X Analytics",
    reports=(
        Report(
            name="Account overview",
            table="organic_daily",
            headers=(
                Header("date", {"en": ("Date",), "es": ("Fecha",)}),
                *_SHARED,
                Header("interactions", {"en": ("Engagements",), "es": ("Interacciones",)}),
                Header("unfollows", {"en": ("Unfollows",), "es": ("Dejaron de seguir", "Seguidores perdidos")}),
                Header("profile_visits", {"en": ("Profile visits",), "es": ("Visitas al perfil",)}),
                Header(
                    "views", {"en": ("Video views",), "es": ("Visualizaciones de vídeo", "Visualizaciones de video")}
                ),
            ),
            required=(("date",), ("impressions",), ("interactions", "follows", "profile_visits")),
            marks=("New follows", "Unfollows", "Create Post", "Bookmarks", "Dejaron de seguir", "Crear post"),
            needs_mark=True,
            known={
                "en": ("Reposts", "Create Post", "Media views"),
                "es": ("Reposts", "Republicaciones", "Crear post", "Crear publicación", "Visualizaciones multimedia"),
            },
            constants={"platform": "x"},
            decimal={"*": "."},
        ),
        Report(
            name="Posts",
            table="organic_posts",
            headers=(
                Header("post_id", {"en": ("Post id", "Tweet id"), "es": ("ID del post", "Id. del post")}),
                Header("published_at", {"en": ("Date", "time"), "es": ("Fecha",)}),
                Header("text", {"en": ("Post text", "Tweet text"), "es": ("Texto del post",)}),
                Header("url", {"en": ("Post Link", "Tweet permalink"), "es": ("Enlace del post",)}),
                *_SHARED,
                Header("views", {"en": ("Video views", "media views")}),
            ),
            required=(("post_id",), ("published_at",), ("impressions",)),
            marks=("Post id", "Post text", "Post Link", "Tweet id", "Tweet permalink", "Tweet text", "ID del post"),
            needs_mark=True,
            known={
                "en": (
                    *("Engagements", "engagement rate", "Reposts", "retweets", "Profile visits", "user profile clicks"),
                    *("Detail Expands", "URL Clicks", "Hashtag Clicks", "Permalink Clicks", "media engagements"),
                    *("app opens", "app installs", "email tweet", "dial phone"),
                ),
                "es": ("Interacciones", "Reposts", "Visitas al perfil"),
            },
            constants={"platform": "x"},
            decimal={"*": "."},
        ),
    ),
)
