"""Google Trends: interest over time and by region, related queries; CSV, English, Spanish, Italian, German, French.

Seen in real exports of all five languages' preamble lines; headers are the term and the place, `chess: (United
States)`, and terms may be quoted or hold colons. `<1` is less than one. Values are an index within one export, never
added. The map by region has the days in the header of the term. Since 2025 there is also a layout without lines
above: the column Time and the bare terms, which is told by its figures, whole numbers of 0 to 100 with 100 among them;
and related queries with their own headers, which name no period. Before, they stood under the line TOP without headers,
and those that rise under RISING: how much they rise is no index and is not used.
"""

from __future__ import annotations

import re

import pandas as pd

from helpers.platforms.model import Header, Platform, Report, Shaped

_REGION = {
    "en": ("Country", "Region", "Subregion", "Metro", "City", "DMA"),
    "es": ("País", "Región", "Subregión", "Área metropolitana", "Metro", "Ciudad"),
    "it": ("Paese", "Regione", "Sottoregione", "Città"),
    "de": ("Land", "Region", "Teilregion", "Stadt"),
    "fr": ("Pays", "Région", "Sous-région", "Ville"),
}
_DAY = r"(\d{1,2})/(\d{1,2})/(\d{2,4})"
_MAPPED = re.compile(rf"(?P<term>.+): \({_DAY} - {_DAY}\)")
_LOWEST, _HIGHEST = 0, 100
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


def _one_row_a_place(frame: pd.DataFrame) -> Shaped:
    """Melt the columns of the terms; the period is that of the header."""
    parts = []
    places = _in_per_cent(frame)
    for column in frame.columns:
        found = _MAPPED.fullmatch(column.removeprefix("_term:"))
        if found is None:
            continue
        start, end = _days([int(number) for number in found.groups()[1:]])
        part = places[["_place"]].assign(
            term=found["term"].strip('"'),
            geo=frame["_place"],
            period_start=start,
            period_end=end,
            period_grain="range",
            interest=places[column],
            censored=frame.get(f"{column}|censored", pd.Series(data=False, index=frame.index)),
        )
        parts.append(part[part["interest"].notna()])
    return {"trends": pd.concat(parts, ignore_index=True)}


def _in_per_cent(frame: pd.DataFrame) -> pd.DataFrame:
    """Write the shares that several terms have of a place as the numbers that the map shows: 61 for 61 %."""
    terms = [name for name in frame.columns if name.startswith("_term:") and "|" not in name]
    is_share = len(terms) > 1 and frame[terms].max().max() <= 1
    return frame.assign(**{name: frame[name] * _HIGHEST for name in terms}) if is_share else frame


def _days(numbers: list[int]) -> tuple[pd.Timestamp | None, pd.Timestamp | None]:
    """Return the first and the last day of a header, None where it can be read in two ways."""
    readings = {found for is_day_first in (True, False) if (found := _reading(numbers, is_day_first=is_day_first))}
    return readings.pop() if len(readings) == 1 else (None, None)


def _reading(numbers: list[int], *, is_day_first: bool) -> tuple[pd.Timestamp, pd.Timestamp] | None:
    days = []
    for first, second, year in (numbers[:3], numbers[3:]):
        day, month = (first, second) if is_day_first else (second, first)
        try:
            days.append(pd.Timestamp(year=year + 2000 if year < 100 else year, month=month, day=day))
        except ValueError:
            return None
    return (days[0], days[1]) if days[0] <= days[1] else None


def _are_terms(frame: pd.DataFrame) -> bool:
    """Whether figures are an index of Google Trends."""
    values = frame[[name for name in frame.columns if name.startswith("_term:")]]
    inside = values.isna() | (values.ge(_LOWEST) & values.le(_HIGHEST) & values.mod(1).eq(0))
    return bool(inside.all().all()) and values.max().max() == _HIGHEST


def _bare_terms(frame: pd.DataFrame) -> Shaped:
    """Melt columns that are headed by the term alone; the file does not name the place."""
    parts = [
        frame[["date", "period_start", "period_end", "period_grain"]].assign(
            term=column.removeprefix("_term:").strip('"'), interest=frame[column], censored=False
        )
        for column in frame.columns
        if column.startswith("_term:") and "|" not in column
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
        Report(
            name="Interest by region",
            table="trends",
            headers=(
                Header("_place", _REGION, kind="text"),
                Header("_term", pattern=_MAPPED.pattern, kind="number"),
            ),
            required=(("_place",), ("_term",)),
            decimal={"*": "."},
            shape=_one_row_a_place,
        ),
        Report(
            name="Interest over time, without lines above",
            table="trends",
            headers=(
                Header("date", {"en": ("Time",), "es": ("Hora", "Tiempo")}),
                Header("_term", pattern=r".+", kind="number"),
            ),
            required=(("date",), ("_term",)),
            decimal={"*": "."},
            holds=_are_terms,
            dates_are_first_days=True,
            shape=_bare_terms,
        ),
        Report(
            name="Related queries",
            table="trends",
            headers=(
                Header("term", {"en": ("query", "topic")}),
                Header("interest", {"en": ("search interest",)}),
            ),
            required=(("term",), ("interest",)),
            marks=("search interest", "increase percent"),
            needs_mark=True,
            headless=dict.fromkeys(("top", "principales", "mas populares"), ("query", "search interest")),
            headless_beside=r"rising|en aumento|aumento|categor(y|ia) ?: ?.+",
            writes_no_totals=True,
            known={"en": ("increase percent",)},
            decimal={"*": "."},
        ),
    ),
)
