"""Google Trends "interest over time", CSV, English, Spanish, Italian, German, French.

Seen in real exports of all five languages' preamble lines; headers are the term and the place, `chess: (United
States)`, and terms may be quoted or hold colons. `<1` is less than one. Values are an index within one export, never
added.
"""

from __future__ import annotations

import re

import pandas as pd

from helpers.platforms.model import Header, Platform, Report, Shaped

_TERM = re.compile(r"(?P<term>.+): \((?P<geo>[^()]+(?:\([^()]*\))?[^()]*)\)")


def _one_row_a_term(frame: pd.DataFrame) -> Shaped:
    """Melt the columns of the terms into rows."""
    parts = [
        frame[["date", "period_start", "period_end", "period_grain"]].assign(
            term=found["term"].strip('"'),
            geo=found["geo"],
            interest=frame[column],
            censored=frame.get(f"{column}|censored", pd.Series(data=False, index=frame.index)),
        )
        for column in frame.columns
        if column.startswith("_term:") and (found := _TERM.fullmatch(column.removeprefix("_term:")))
    ]
    return {"trends": pd.concat(parts, ignore_index=True)}


PLATFORM = Platform(
    source="google_trends",
    title="Google Trends",
    reports=(
        Report(
            name="Interest over time",
            table="trends",
            headers=(
                Header(
                    "date",
                    {
                        "en": ("Day", "Time"),
                        "es": ("Día", "Hora"),
                        "it": ("Giorno", "Ora"),
                        "de": ("Tag", "Zeit"),
                        "fr": ("Jour", "Heure"),
                    },
                ),
                Header(
                    "_week",
                    {"en": ("Week",), "es": ("Semana",), "it": ("Settimana",), "de": ("Woche",), "fr": ("Semaine",)},
                    kind="date",
                ),
                Header(
                    "_month",
                    {"en": ("Month",), "es": ("Mes",), "it": ("Mese",), "de": ("Monat",), "fr": ("Mois",)},
                    kind="date",
                ),
                Header("_term", pattern=_TERM.pattern, kind="number"),
            ),
            required=(("date", "_week", "_month"), ("_term",)),
            decimal={"*": "."},
            shape=_one_row_a_term,
        ),
    ),
)
