"""The colours can be told apart by all and read on both themes; `benchmarks.palette` says how that is measured."""

from __future__ import annotations

import numpy as np
import pytest
from benchmarks.palette import CONTRAST, DIFFERENCE, KNOWN, VISIONS, contrast, lab, least_difference, linear, search

from helpers.svg import TOKENS
from helpers.svg.tokens import SERIES, USES

each_theme = pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])


def test_black_on_white_is_21_to_1() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21, abs=0.01)


def test_red_lies_where_the_standard_has_it() -> None:
    assert lab(linear(["#ff0000"]))[0] == pytest.approx([53.24, 80.09, 67.20], abs=0.02)


@pytest.mark.parametrize("vision", VISIONS)
def test_a_deficiency_leaves_greys_as_they_are(vision: str) -> None:
    assert VISIONS[vision] @ np.full(3, 0.4) == pytest.approx(np.full(3, 0.4), abs=1e-5)


def test_the_usual_palette_would_fail() -> None:
    assert least_difference(KNOWN["seaborn deep"][:4]) == pytest.approx(7.3, abs=0.1)
    assert least_difference(KNOWN["seaborn deep"]) == pytest.approx(2.7, abs=0.1)


@each_theme
@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("count", DIFFERENCE)
def test_series_can_be_told_apart(theme: int, vision: str, count: int) -> None:
    colours = [TOKENS[name][theme] for name in SERIES[:count]]

    assert least_difference(colours, [vision]) >= DIFFERENCE[count]


@each_theme
def test_a_short_search_finds_colours_that_hold_the_bars(theme: int) -> None:
    found = search(theme, seed=0, pool=200, starts=20)

    assert {count: least_difference(found[:count]) >= bar for count, bar in DIFFERENCE.items()} == {4: True, 6: True}
    assert search(theme, seed=0, pool=200, starts=20) == found


@each_theme
@pytest.mark.parametrize("ground", ["bg", "sf"])
@pytest.mark.parametrize("name", ["ink", "mute", "actual", "plan", "good", "bad", *SERIES])
def test_what_letters_are_written_in_can_be_read(theme: int, ground: str, name: str) -> None:
    assert contrast(TOKENS[name][theme], TOKENS[ground][theme]) >= CONTRAST


@each_theme
@pytest.mark.parametrize("name", ["previous", "edge"])
def test_what_is_only_drawn_can_be_seen(theme: int, name: str) -> None:
    assert contrast(TOKENS[name][theme], TOKENS["bg"][theme]) >= 2.9


@each_theme
def test_the_previous_period_is_fainter_than_what_is(theme: int) -> None:
    page = TOKENS["bg"][theme]

    assert contrast(TOKENS["actual"][theme], page) > 1.8 * contrast(TOKENS["previous"][theme], page)


def test_every_colour_says_where_it_stands() -> None:
    assert USES.keys() == TOKENS.keys()
