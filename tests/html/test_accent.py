"""Any colour of a client can be read on both themes, and one that can already be read is left alone."""

from __future__ import annotations

import pytest

from helpers.html.accent import DEFAULT, contrast, readable
from helpers.svg import TOKENS


@pytest.mark.parametrize(
    "colour", ["#ffd54a", "#000000", "#ffffff", "#0b5fa5", "#e6007e", "#0f0", "#7f7f7f", "#fffffe", "#00f"]
)
def test_every_accent_is_repaired_to_a_contrast_of_4_5(colour: str) -> None:
    light, dark = readable(colour)

    for ground in ("bg", "sf"):
        assert contrast(light, TOKENS[ground].light) >= 4.5
        assert contrast(dark, TOKENS[ground].dark) >= 4.5


def test_a_colour_that_can_be_read_is_left_alone() -> None:
    assert readable("#0b5fa5").light == "#0b5fa5"


@pytest.mark.parametrize("colour", [None, "", "red", "#12", "#12345g", "url(x)", "#fff}body{display:none"])
def test_what_is_no_colour_gives_the_default(colour: str | None) -> None:
    assert readable(colour) == DEFAULT


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
