"""What exports of web analytics share where their user compares days or groups of visitors."""

from __future__ import annotations

import pandas as pd

from helpers.platforms.model import Header

COMPARED = Header(
    "_compared",
    {
        "en": ("Date range", "Date ranges", "Comparison", "Comparisons", "Segment", "Segment name", "Audience name"),
        "es": (
            "Periodo",
            "Período",
            "Intervalo de fechas",
            "Rango de fechas",
            "Comparación",
            "Segmento",
            "Nombre del segmento",
            "Nombre de la audiencia",
        ),
    },
    kind="text",
)


def overlapping(frame: pd.DataFrame) -> str:
    """Say which groups are compared; a visit may belong to several of them. One alone is the whole of the file."""
    groups = list(frame[COMPARED.column].dropna().unique()) if COMPARED.column in frame else []
    if len(groups) < 2:
        return ""
    named = " with ".join(str(group)[:40] for group in groups[:2])
    return f"The rows compare {named}, so a visit may count in several of them"
