"""The text alternative of every sample, in every language: what a reader who does not see the drawing is told."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest

from helpers.catalogue.samples import samples
from helpers.charts import CHARTS, describe
from helpers.stages.parts import Measure
from helpers.wording import LANGUAGES, Words

CASES = [(chart, situation) for chart in CHARTS for situation in samples(chart)]
KINDS = {
    "bars": ("bar", "barra"),
    "columns": ("column", "columna"),
    "curves": ("curve", "curva"),
    "forest": ("estimate", "estimaci"),
    "funnel": ("funnel", "embudo"),
    "timeline": ("line", "línea"),
    "waterfall": ("waterfall", "cascada"),
}
"""How each chart is called, in English and in Spanish."""
UNITS = {
    "money": ("EUR", "MXN"),
    "count": ("count", "recuento"),
    "share": ("percentage", "porcentaje"),
    "points": ("percentage point", "puntos porcentuales"),
    "ratio": ("ratio",),
    "index": ("index", "índice"),
}


def written(chart: str, situation: str, language: str) -> str:
    return Words(language).text(describe(CHARTS[chart], samples(chart)[situation]))


@pytest.mark.parametrize(("chart", "situation"), CASES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_description_can_be_listened_to_and_states_a_figure(chart: str, situation: str, language: str) -> None:
    text = written(chart, situation, language)

    assert 60 <= len(text) <= 300, text
    assert any(sign.isdigit() for sign in text)
    assert "  " not in text


@pytest.mark.parametrize(("chart", "situation"), CASES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_description_names_chart_and_unit(chart: str, situation: str, language: str) -> None:
    text = written(chart, situation, language)
    measure = getattr(samples(chart)[situation], "measure", Measure("count"))

    assert any(kind in text.lower() for kind in KINDS[chart]), text
    assert any(unit in text for unit in UNITS[measure.unit]), text


@pytest.mark.parametrize(("chart", "situation"), CASES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_description_says_more_than_the_title(chart: str, situation: str, language: str) -> None:
    caption = samples(chart)[situation].caption
    text = written(chart, situation, language)

    assert text not in {Words(language).text(caption.title), Words(language).text(caption.subtitle)}


def _extremes(part: Any) -> tuple[float, float]:
    """Lowest and highest value that a part of bars, or the first line of a timeline, holds."""
    values = [bar.value for bar in part.bars] if hasattr(part, "bars") else list(part.lines[0].values)
    known = [value for value in values if math.isfinite(value)]
    return min(known), max(known)


@pytest.mark.parametrize("chart", ["bars", "columns", "forest", "timeline"])
def test_a_description_names_both_extremes(chart: str) -> None:
    part = samples(chart)["typical"]

    text = written(chart, "typical", "en")

    for value in _extremes(part):
        assert Words("en").text(part.measure.of(value)) in text


def test_a_timeline_says_where_it_begins_and_ends() -> None:
    line = samples("timeline")["typical"].lines[0]

    text = written("timeline", "typical", "en")

    assert text.index("Oct 1, 2026") < text.index("Oct 21, 2026")
    assert Words("en").text(samples("timeline")["typical"].measure.of(line.values[-1])) in text


def test_channels_that_bring_the_same_are_not_ranked() -> None:
    text = written("curves", "large amounts", "en")

    assert "the same" in text
    assert "least" not in text


def test_a_share_is_not_called_money() -> None:
    part = samples("bars")["negative"]

    assert "percentage" in Words("en").text(describe(CHARTS["bars"], part))
    assert "EUR" in Words("en").text(describe(CHARTS["bars"], replace(part, measure=Measure("money", "EUR"))))
