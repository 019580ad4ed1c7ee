"""What people and platforms call rows that sum up others, or average them: one list for all who look for such rows."""

from __future__ import annotations

import re

from helpers.intake.cells import as_text

_TOTAL = r"total(?:s|es|e)?(?: general)?:?"
PLAIN = rf"(?:grand |gran )?{_TOTAL}|total geral|suma|sum"
"""Campaigns may be called so too."""
AVERAGE = r"media|promedio|average|mean|mittelwert"
"""So may these."""
PLAINLY = r"resultados totales|total results|suma total|total général|totale complessivo|gesamt(?:summe|ergebnis)?"
"""Nothing else is called so."""
COUNTED = (
    r"totale?s? (?:of|de|di|von) \d[\d.,]* (?:results?|resultados?|rows?|filas?|risultati|ergebnisse).*|"
    r"(?:results|total) from \d+ .+|resultados de \d+ .+"
)
"""They say how many rows they sum up."""
OF_SOME = r"total(?:es)?: .+|sub-?total(?:es)?(?: .+)?"
"""They sum up some rows."""
OF_A_DAY = r"(?:day|daily) total|total (?:del |of the |for the )?(?:d[ií]a|day)|total diario"
"""They sum up the rows of a day."""
ALL = frozenset({"all", "todos", "todas", "todo", "tous", "toutes", "alle", "tutti"})
"""What platforms of paid media write instead of a part where a row is about all of them."""

_EACH = (
    r"(?:(?:las |los |the )?(?:campaigns?|ad ?sets?|ad groups?|ads|channels|platforms|"
    r"campañas|conjuntos(?: de anuncios)?|grupos(?: de anuncios)?|anuncios|canales|plataformas))"
)
_SUM = re.compile("suma|sum")  # so short that they name as much as they say
_OF = rf"(?:grand |gran |sub-?)?{_TOTAL} (?:de |of )?"
_OF_ALL = re.compile(
    rf"{PLAIN}|{PLAINLY}|{COUNTED}|{OF_A_DAY}|sub-?{_TOTAL}|(?:all|todas|todos) {_EACH}|{_OF}{_EACH}",
)
_OF_ONE = re.compile(rf"{_OF}(?P<of>.+)")


def of_what(cell: object) -> str | None:
    """Return what a cell says that it is the total of, "" where it says of all, None where it is no total.

    A word that names as much as it says is the total of what it is called.
    """
    text = as_text(cell).casefold()
    if _SUM.fullmatch(text):
        return text
    if _OF_ALL.fullmatch(text):
        return ""
    found = _OF_ONE.fullmatch(text)
    return found["of"].strip() if found else None
