"""Sentences come out as people of the country write them, each figure bound to its claim."""

from __future__ import annotations

from datetime import date

import pytest

from helpers.errors import UsageError
from helpers.units import Period, Quantity
from helpers.wording import LANGUAGES, AmbiguousTextError, Message, Name, Recording, Words, msg
from helpers.wording.words import Run

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("language", "quantity", "written"),
    [
        ("es-ES", Quantity(25381.83, "money", "EUR"), f"25.382{NBSP}€"),
        ("es-ES", Quantity(5.5, "money", "EUR"), f"5,50{NBSP}€"),
        ("en", Quantity(25381.83, "money", "EUR"), "€25,382"),
        ("en", Quantity(-3.456, "money", "EUR", signed=True), "−€3.46"),
        ("es-MX", Quantity(1234.5, "money", "MXN"), "$1,234"),
        ("es-ES", Quantity(0.0288, "share"), f"2,88{NBSP}%"),
        ("en", Quantity(0.000178, "share"), "0.018%"),
        ("en", Quantity(0.12, "share", signed=True), "+12.0%"),
        ("es-ES", Quantity(12345, "count"), "12.345"),
        ("es-ES", Quantity(30.25, "count"), "30,2"),
        ("en", Quantity(3.456, "ratio"), "3.46"),
        ("en", Quantity(-0.0082, "points", signed=True), f"−0.82{NBSP}pp"),
        ("en", Quantity(0.00155, "parameter"), "0.0016"),
        ("en", Quantity(float("nan"), "money", "EUR"), "–"),
    ],
)
def test_a_number_is_written_for_its_country_and_rounded_for_reading(
    language: str, quantity: Quantity, written: str
) -> None:
    assert Words(language).text(quantity) == written


def test_a_figure_in_a_sentence_is_bound_to_its_claim() -> None:
    orders = Quantity(3, claim="audit.orders", part="n")
    message = msg("{name}: {value}", name=Name("Promo 10"), value=orders)

    runs = Words("en").runs(message)

    assert runs == [Run("Promo 10", is_name=True), Run(": "), Run("3", claim="audit.orders", part="n", number=orders)]


def test_a_name_leads_to_its_address_and_nowhere_else() -> None:
    address = "https://www.instagram.com/p/C1a-B_2/?img=1"
    others = (
        "javascript:alert(1)",
        "http://plain.example/",
        'https://a.example/"onclick=x',
        "https://a b",
        "//a.example",
        "",
    )

    assert Words("en").runs(Name("Post", link=address)) == [Run("Post", is_name=True, link=address)]
    assert [Words("en").runs(Name("Post", link=other))[0].link for other in others] == [None] * len(others)


def test_a_figure_in_the_text_itself_is_refused() -> None:
    with pytest.raises(ValueError, match="a figure stands in the text"):
        Words("en").runs(Message("Sales grew by 12 per cent"))


def test_a_figure_in_a_code_span_is_a_name() -> None:
    assert Words("en").text(Message("Sessions come from `GA4`")) == "Sessions come from `GA4`"


def test_a_missing_value_is_refused_with_the_text() -> None:
    with pytest.raises(ValueError, match=r"no value for \{value\}"):
        Words("en").runs(Message("{value} orders"))


def test_a_name_with_braces_is_only_text() -> None:
    assert Words("en").text(msg("{name}", name=Name("{0.__class__}"))) == "{0.__class__}"


@pytest.mark.parametrize(
    ("subject", "said"),
    [
        ("El CPA", "El CPA subió solo"),
        ("La inversión", "La inversión subió sola"),
        ("Los clics", "Los clics subieron solos"),
        ("Las conversiones", "Las conversiones subieron solas"),
    ],
)
def test_a_verb_agrees_with_the_article_of_its_subject(subject: str, said: str) -> None:
    text = "{subject} {subject:subió solo/subió sola/subieron solos/subieron solas}"

    assert Words("en").text(Message(text, (("subject", Name(subject)),))) == said


def test_a_period_and_a_day_carry_their_date() -> None:
    october = Period(date(2026, 10, 1), date(2026, 10, 31))

    assert [run.day for run in Words("es-ES").runs(october)] == ["2026-10-01"]
    assert Words("en").runs(date(2026, 10, 5)) == [Run("Oct 5, 2026", day="2026-10-05")]


def test_a_language_without_a_catalog_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(UsageError, match="es-ES"):
        Words("fr-FR")


def test_a_recording_answers_in_the_first_language_and_knows_the_others() -> None:
    pen = Recording(["es-ES", "en"])

    assert pen.text(Quantity(0.5, "share")) == f"50,0{NBSP}%"
    assert pen.rows == [[f"50,0{NBSP}%", "50.0%"]]


def test_a_text_that_stands_for_two_is_noticed() -> None:
    pen = Recording(["es-ES", "en"])
    pen.month(date(2026, 3, 1))

    with pytest.raises(AmbiguousTextError):
        pen.weekday(1)


def test_english_and_both_kinds_of_spanish_are_known() -> None:
    assert {"en", "es-ES", "es-MX"} <= set(LANGUAGES)


def test_what_is_ours_begins_with_a_capital_wherever_the_words_come_from() -> None:
    factor = msg("conversion rate")
    said = msg("{factor} moved the result most: {value}", factor=factor, value=Quantity(2, claim="a.b"))

    assert Words("en").text(said) == "Conversion rate moved the result most: 2"
    assert Words("en").text(factor) == "Conversion rate"
    assert Words("en").inside(factor) == "conversion rate"
    assert Words("es-ES").text(Message("¿qué compran?")) == "¿Qué compran?"


def test_names_and_figures_at_the_beginning_stay_as_they_are() -> None:
    assert Words("en").text(msg("{name}: {value}", name=Name("lino"), value=Quantity(2, claim="a.b"))) == "lino: 2"
    assert Words("en").text(Name("lino")) == "lino"
    assert Words("en").text(msg("{value} posts", value=Quantity(2, claim="a.b"))) == "2 posts"
