"""Every catalog says everything, and says it with the same places."""

from __future__ import annotations

import re
from collections import Counter
from string import Formatter

import pytest
from babel.messages.catalog import Message as Entry
from babel.messages.pofile import read_po

from helpers.wording.__main__ import template, updated
from helpers.wording.lookup import CATALOGS, SAID, is_overlay

TEMPLATE = template()
TRANSLATED = SAID

each_language = pytest.mark.parametrize("language", TRANSLATED)


def entries(language: str) -> list[Entry]:
    with (CATALOGS / f"{language}.po").open("rb") as file:
        return [entry for entry in read_po(file, locale=language.replace("-", "_")) if entry.id]


def forms(text: str | tuple[str, ...]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@each_language
def test_a_catalog_is_what_the_code_and_the_notebooks_ask_for(language: str) -> None:
    asked = {str(entry.id) for entry in updated(language, TEMPLATE) if entry.id}

    assert {str(entry.id) for entry in entries(language)} == asked


@pytest.mark.parametrize("language", [language for language in TRANSLATED if not is_overlay(language)])
def test_a_catalog_translates_everything(language: str) -> None:
    missing = [entry.id for entry in entries(language) if not all(forms(entry.string or ""))]

    assert missing == []
    assert {str(entry.id) for entry in entries(language)} == {str(entry.id) for entry in TEMPLATE if entry.id}


@each_language
def test_no_translation_is_a_guess(language: str) -> None:
    assert [entry.id for entry in entries(language) if entry.fuzzy] == []


@each_language
def test_a_translation_has_the_places_of_its_text(language: str) -> None:
    for entry in entries(language):
        wanted = [places(form) for form in forms(entry.id)]
        for form in forms(entry.string):
            assert places(form) in wanted, entry.id


@each_language
def test_a_translation_states_no_figure_of_its_own(language: str) -> None:
    literals = [
        (entry.id, re.sub(r"\{[^}]*\}|`[^`]*`", "", form))
        for entry in entries(language)
        for form in forms(entry.string)
    ]

    assert [text for text, literal in literals if re.search(r"\d", literal)] == []


@each_language
def test_a_translation_keeps_the_markdown_of_its_text(language: str) -> None:
    for entry in entries(language):
        for form in forms(entry.string):
            one = Counter(re.findall(r"^#+ |\*\*|`", forms(entry.id)[0]))
            assert Counter(re.findall(r"^#+ |\*\*|`", form)) == one, entry.id


def test_texts_are_found_in_code_and_in_notebooks() -> None:
    found = {str(entry.id) for entry in TEMPLATE}

    assert {"The spend", "# Audit"} <= found
