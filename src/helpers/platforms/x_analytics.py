"""X account analytics by day, CSV, English and Spanish.

Seen in real English exports: days as `Tue, Aug 26, 2025`, the latest first. Spanish names are inferred. Reposts and
shares are two figures: a share leaves the network.
"""

from __future__ import annotations

from helpers.platforms.model import Header, Platform, Report

PLATFORM = Platform(
    source="x_analytics",
    title="X Analytics",
    reports=(
        Report(
            name="Account overview",
            table="organic_daily",
            headers=(
                Header("date", {"en": ("Date",), "es": ("Fecha",)}),
                Header("impressions", {"en": ("Impressions",), "es": ("Impresiones",)}),
                Header("likes", {"en": ("Likes",), "es": ("Me gusta",)}),
                Header("interactions", {"en": ("Engagements",), "es": ("Interacciones",)}),
                Header("saves", {"en": ("Bookmarks",), "es": ("Elementos guardados", "Guardados")}),
                Header("shares", {"en": ("Shares",), "es": ("Veces compartido", "Compartidos")}),
                Header("follows", {"en": ("New follows",), "es": ("Nuevos seguidores", "Seguidores nuevos")}),
                Header("unfollows", {"en": ("Unfollows",), "es": ("Dejaron de seguir", "Seguidores perdidos")}),
                Header("comments", {"en": ("Replies",), "es": ("Respuestas",)}),
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
    ),
)
