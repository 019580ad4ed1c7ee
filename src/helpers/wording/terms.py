"""What countries that share a language call differently, as data: the one place for coste and costo.

The catalogs are written in the Spanish of Spain. A word that another country merely writes otherwise, with the same
gender and number, is exchanged here, so that no sentence stands twice for its sake; whatever changes the sentence
around it is said anew in that country's catalog. `foreign` finds what neither of the two has caught.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

_AMERICA = {
    "coste": "costo",
    "costes": "costos",
    "vídeo": "video",
    "vídeos": "videos",
    "cuota": "participación",
    "cuotas": "participaciones",
    "DAFO": "FODA",
    "añadido": "agregado",
    "añadidos": "agregados",
    "añadida": "agregada",
    "añadidas": "agregadas",
    "añadir": "agregar",
    "añade": "agrega",
    "añadió": "agregó",
    "cualificado": "calificado",
    "cualificados": "calificados",
}
EXCHANGED: Mapping[str, Mapping[str, str]] = {
    "es-MX": _AMERICA | {"informe": "reporte", "informes": "reportes"},
    "es-AR": _AMERICA | {"periodo": "período", "periodos": "períodos", "festivo": "feriado", "festivos": "feriados"},
}
"""By language: word of Spain → word of the country."""

_SPAIN_ONLY = (
    r"medias?(?! buyer| manager)",
    r"(?<!punto )(?<!un )medio(?! año)",
    r"(?<!media )(?<!promedio )móvil(es)?",
    r"ordenador(es)?",
    r"beneficios?",
    r"previsi(ón|ones)",
    r"las? ratios?",
    r"creatividad(es)?",
    r"notoriedad",
    r"fiables?",
    r"especialista en medios pagados",
    r"vosotr[oa]s",
    r"vuestr[oa]s?",
)
_AMERICA_ONLY = (
    r"costos?",
    r"videos?",
    r"promedios?",
    r"reportes?",
    r"celular(es)?",
    r"computadoras?",
    r"calificad[oa]s?",
    r"pronósticos?",
    r"prospectos?",
    r"pautar?",
    r"feriados?",
    r"períodos?",
    r"confiables?",
    r"FODA",
)
_INFORMAL = (
    r"tú|tus?|ti|contigo|te|vos|vosotr[oa]s|vuestr[oa]s?|os",
    r"\w+(áis|éis)",
    r"puedes|tienes|debes|quieres|haces|ves|podés|tenés|debés|querés|hacés|mirá|fijate|revisá",
)
"""The client is addressed as usted, in every country; see DECISIONS.md."""

_FOREIGN: Mapping[str, tuple[str, ...]] = {
    "es-ES": (*_AMERICA_ONLY, *_INFORMAL),
    "es-MX": (
        *_SPAIN_ONLY,
        *_INFORMAL,
        r"informes?",
        r"períodos?",
        r"feriados?",
        r"(?<!día )(?<!días )festivos?",
        r"gráficos?",
        r"contactos?",
    ),
    "es-AR": (*_SPAIN_ONLY, *_INFORMAL, r"reportes?", r"periodos?", r"festivos?", r"gráficas?", r"prospectos?"),
}


def exchanged(text: str, language: str) -> str:
    """Return a text of Spain with the words that the country of `language` only writes otherwise."""
    words = EXCHANGED.get(language)
    if not words:
        return text
    return _pattern(language).sub(lambda found: _like(found[0], words), text)


def foreign(text: str, language: str) -> list[str]:
    """Words that people of that country do not say, or not in a report, in order; places are no words."""
    patterns = [*_FOREIGN.get(language, ()), *map(re.escape, EXCHANGED.get(language, ()))]
    if not patterns:
        return []
    said = re.sub(r"\{\w+(?::([^}]*))?\}", r" \1 ", text)
    return [found[0] for found in re.finditer(rf"\b(?:{'|'.join(patterns)})\b", said, re.IGNORECASE)]


@cache
def _pattern(language: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, EXCHANGED[language]))})\b", re.IGNORECASE)


def _like(word: str, words: Mapping[str, str]) -> str:
    """The other word, with a capital where the first had one."""
    other = words.get(word) or words[word.lower()]
    return other[0].upper() + other[1:] if word[0].isupper() else other
