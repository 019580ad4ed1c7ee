"""Each country reads its own words, one term is said one way, and the client is addressed as usted."""

from __future__ import annotations

import re

import pytest
from babel.core import Locale

from helpers.wording import LANGUAGES, Message, Words
from helpers.wording.__main__ import every, strange, template
from helpers.wording.lookup import SOURCE, chain, template_of
from helpers.wording.terms import EXCHANGED, exchanged, foreign
from tests.wording.glossary import CORE

TEMPLATE = template()
TEXTS = list(every(TEMPLATE))
SPANISH = [language for language in LANGUAGES if language.startswith("es-")]
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def english(message: Message) -> str:
    text = message.text if message.plural is None or message.n == 1 else message.plural
    return re.sub(r"\{\w+\}", " ", text)


def test_reports_are_offered_in_the_four_languages_of_the_contract() -> None:
    assert set(LANGUAGES) == {"en", "es-ES", "es-MX", "es-AR"}


@pytest.mark.parametrize(
    ("language", "catalogs"),
    [
        ("en", ()),
        ("es-ES", ("es-ES",)),
        ("es-MX", ("es-MX", "es-419", "es-ES")),
        ("es-AR", ("es-AR", "es-419", "es-ES")),
    ],
)
def test_a_country_builds_on_its_region_and_on_the_home_of_the_language(
    language: str, catalogs: tuple[str, ...]
) -> None:
    assert chain(language) == catalogs


def test_no_text_speaks_with_the_words_of_another_country_or_too_familiarly() -> None:
    assert list(strange(TEMPLATE)) == []


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("es-ES", "El costo del video", ["costo", "video"]),
        ("es-ES", "Puedes subir tu presupuesto", ["Puedes", "tu"]),
        ("es-MX", "El valor medio por encima de la media", ["medio", "media"]),
        ("es-MX", "Un informe de medio año sobre los medios pagados", ["informe"]),
        ("es-AR", "Si querés, subí el coste del periodo", ["querés", "coste", "periodo"]),
        ("es-AR", "{subject} {subject:costó/costaron} más que el vídeo", ["vídeo"]),
        ("es-AR", "{media} {periodo}", []),
        ("en", "media video costo", []),
    ],
)
def test_words_of_another_country_are_noticed(language: str, text: str, found: list[str]) -> None:
    assert foreign(text, language) == found


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("es-ES", "Coste y vídeo del periodo; DAFO, festivo, informes"),
        ("es-MX", "Costo y video del periodo; FODA, festivo, reportes"),
        ("es-AR", "Costo y video del período; FODA, feriado, informes"),
    ],
)
def test_words_that_only_differ_in_spelling_are_exchanged(language: str, written: str) -> None:
    assert exchanged("Coste y vídeo del periodo; DAFO, festivo, informes", language) == written


def test_what_is_exchanged_is_not_exchanged_again() -> None:
    for language, words in EXCHANGED.items():
        assert [word for word in words.values() if exchanged(word, language) != word] == []


@pytest.mark.parametrize("term", CORE)
def test_a_term_of_the_trade_is_always_said_the_same_way(term: str) -> None:
    having = [message for message in TEXTS if re.search(rf"\b(?:{term})\b", english(message), re.IGNORECASE)]

    assert having
    said = {message.text: template_of(message, "es-ES") for message in having}
    assert {text: words for text, words in said.items() if not re.search(CORE[term], words, re.IGNORECASE)} == {}


@pytest.mark.parametrize("language", SPANISH)
def test_months_and_weekdays_are_written_as_dates_write_them(language: str) -> None:
    locale = Locale.parse(language, sep="-")
    words = Words(language)
    said = [words.inside(Message(name)) for name in (*MONTHS, *(name[:3] for name in MONTHS), *WEEKDAYS)]
    months = locale.months["format"]

    assert said == [
        *(months["wide"][number] for number in range(1, 13)),
        *(months["wide" if number == 5 else "abbreviated"][number] for number in range(1, 13)),
        *(locale.days["format"]["wide"][number] for number in range(7)),
    ]


def test_a_choice_of_words_has_a_form_for_every_case() -> None:
    for language in LANGUAGES:
        for message in TEXTS:
            for place, choice in re.findall(r"\{(\w+):([^}]*)\}", template_of(message, language)):
                forms = choice.split("/")
                assert place, message.text
                assert len(forms) in ({2} if language == SOURCE else {2, 4}), message.text
                assert all(forms), message.text
