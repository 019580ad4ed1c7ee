"""The language of tests: longer, accented, bracketed, and nothing that a client could choose."""

from __future__ import annotations

import re

import pytest

from helpers.units import Quantity
from helpers.wording import LANGUAGES, PSEUDO, Name, Words, msg
from helpers.wording.__main__ import every, template
from helpers.wording.pseudo import lengthened


def test_no_client_can_choose_it() -> None:
    assert PSEUDO not in LANGUAGES


def test_numbers_and_names_stay_and_every_letter_of_ours_bears_an_accent() -> None:
    said = msg("{name} took {share} of the spend", name=Name("Meta"), share=Quantity(0.5, "share"))

    assert Words(PSEUDO).text(said) == "[Meta ţöööök 50.0% ööƒ ţĥéé šþéénð]".replace("k", "ķ").replace("n", "ñ")


@pytest.mark.parametrize("text", ["# Audit", "- one point\n- another point", "Keep `GA4` and {place} and **this**"])
def test_markdown_and_places_stay(text: str) -> None:
    said = lengthened(text)

    assert len(said.split("\n")) == len(text.split("\n"))
    for kept in re.findall(r"^# |^- |`GA4`|\{place\}|\*\*", text, re.MULTILINE):
        assert said.count(kept) == text.count(kept)


def test_the_texts_together_are_about_forty_per_cent_longer() -> None:
    texts = [message.text for message in every(template())]

    assert 1.3 < sum(map(len, map(lengthened, texts))) / sum(map(len, texts)) < 1.5
