"""One table a kind of value: how each country writes it."""

from __future__ import annotations

from datetime import date

import pytest

from helpers.units import Period, Quantity
from helpers.wording import LANGUAGES, Message, Name, Value, Words, counted, listed, msg

COUNTRIES = ("en", "es-ES", "es-MX", "es-AR")
S, N, T = "\u00a0", "\u2212", "\u2009"  # no-break space, minus, thin space


def money(value: float, currency: str, *, signed: bool = False) -> Quantity:
    return Quantity(value, "money", currency, signed=signed)


NUMBERS: dict[str, tuple[Quantity, tuple[str, str, str, str]]] = {
    "ratio": (Quantity(3.456, "ratio"), ("3.46", "3,46", "3.46", "3,46")),
    "index": (Quantity(1.28, "index"), ("1.28", "1,28", "1.28", "1,28")),
    "days": (Quantity(12, "days"), ("12", "12", "12", "12")),
    "parameter": (Quantity(0.00155, "parameter"), ("0.0016", "0,0016", "0.0016", "0,0016")),
    "count of four digits": (Quantity(1234), ("1,234", "1.234", "1,234", "1.234")),
    "count of seven digits": (Quantity(1234567), ("1,234,567", "1.234.567", "1,234,567", "1.234.567")),
    "broken count": (Quantity(30.25), ("30.2", "30,2", "30.2", "30,2")),
    "share": (Quantity(0.0288, "share"), ("2.88%", f"2,88{S}%", "2.88%", "2,88%")),
    "share that grew": (Quantity(0.12, "share", signed=True), ("+12.0%", f"+12,0{S}%", "+12.0%", "+12,0%")),
    "points": (
        Quantity(-0.0082, "points", signed=True),
        (f"{N}0.82{S}pp", f"{N}0,82{S}p. p.", f"{N}0.82{S}p. p.", f"{N}0,82{S}p. p."),
    ),
    "unknown": (Quantity(float("nan"), "share"), ("–", "–", "–", "–")),
    "euros": (money(25381.83, "EUR"), ("€25,382", f"25.382{S}€", f"EUR{S}25,382", f"EUR{S}25.382")),
    "euros of four digits": (money(1234.4, "EUR"), ("€1,234", f"1.234{S}€", f"EUR{S}1,234", f"EUR{S}1.234")),
    "euros and cents": (money(5.5, "EUR"), ("€5.50", f"5,50{S}€", f"EUR{S}5.50", f"EUR{S}5,50")),
    "lost euros": (
        money(-3.456, "EUR", signed=True),
        (f"{N}€3.46", f"{N}3,46{S}€", f"{N}EUR{S}3.46", f"{N}EUR{S}3,46"),
    ),
    "US dollars": (money(1234, "USD"), ("$1,234", f"1.234{S}US$", f"USD{S}1,234", "US$1.234")),
    "Mexican pesos": (money(98765, "MXN"), ("MX$98,765", f"98.765{S}MXN", "$98,765", f"MXN{S}98.765")),
    "Argentine pesos": (money(98765, "ARS"), (f"ARS{S}98,765", f"98.765{S}ARS", f"ARS{S}98,765", "$98.765")),
    "lost pesos": (money(-12.3, "ARS"), (f"{N}ARS{S}12.30", f"{N}12,30{S}ARS", f"{N}ARS{S}12.30", f"{N}$12,30")),
}

OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))
NEW_YEAR = Period(date(2025, 12, 28), date(2026, 1, 3))
DATES: dict[str, tuple[Value, tuple[str, str, str, str]]] = {
    "day": (date(2026, 9, 5), ("Sep 5, 2026", "5 sept 2026", "5 sep 2026", "5 sept 2026")),
    "month": (
        OCTOBER,
        (f"Oct 1{T}–{T}31, 2026", "1–31 oct 2026", "1–31 de oct de 2026", f"1{T}–{T}31 de oct de 2026"),
    ),
    "over two years": (
        NEW_YEAR,
        (
            f"Dec 28, 2025{T}–{T}Jan 3, 2026",
            f"28 dic 2025{T}–{T}3 ene 2026",
            f"28 de dic de 2025{T}–{T}3 de ene de 2026",
            "28 de dic de 2025 al 3 de ene de 2026",
        ),
    ),
}


@pytest.mark.parametrize("place", range(len(COUNTRIES)), ids=COUNTRIES)
@pytest.mark.parametrize(("value", "written"), [*NUMBERS.values(), *DATES.values()], ids=[*NUMBERS, *DATES])
def test_a_value_is_written_as_its_country_does(value: Value, written: tuple[str, ...], place: int) -> None:
    assert Words(COUNTRIES[place]).text(value) == written[place]


def test_the_table_knows_every_language() -> None:
    assert set(COUNTRIES) == set(LANGUAGES)


@pytest.mark.parametrize(
    ("language", "day", "month", "january", "weekdays"),
    [
        ("en", "Sep 5", "Sep", "Jan 2026", ("Mon", "Sun")),
        ("es-ES", "5 sept", "sept", "ene 2026", ("lun", "dom")),
        ("es-MX", "5 sep", "sep", "ene 2026", ("lun", "dom")),
        ("es-AR", "5 sept", "sept", "ene 2026", ("lun", "dom")),
    ],
)
def test_axes_name_days_and_months_shortly_and_weeks_begin_on_monday(
    language: str, day: str, month: str, january: str, weekdays: tuple[str, str]
) -> None:
    words = Words(language)

    assert words.short_day(date(2026, 9, 5)) == day
    assert (words.month(date(2026, 9, 1)), words.month(date(2026, 1, 1))) == (month, january)
    assert (words.weekday(0), words.weekday(6)) == weekdays


@pytest.mark.parametrize(
    ("names", "english", "spanish"),
    [
        (["Meta"], "Meta", "Meta"),
        (["Meta", "TikTok"], "Meta and TikTok", "Meta y TikTok"),
        (["TikTok", "Facebook", "Instagram"], "TikTok, Facebook and Instagram", "TikTok, Facebook e Instagram"),
        (["Meta", "Hilo"], "Meta and Hilo", "Meta e Hilo"),
        (["Meta", "Hielo"], "Meta and Hielo", "Meta y Hielo"),
        (["Meta", "Ionic"], "Meta and Ionic", "Meta y Ionic"),
        (["Meta", "YouTube"], "Meta and YouTube", "Meta y YouTube"),
    ],
)
def test_a_list_ends_with_and_as_it_sounds(names: list[str], english: str, spanish: str) -> None:
    said = listed([msg("{name}", name=Name(name)) for name in names])

    assert Words("en").text(said) == english
    assert {Words(language).text(said) for language in COUNTRIES[1:]} == {spanish}
    assert [run.text for run in Words("es-AR").runs(said) if run.is_name] == names


def test_names_in_a_list_keep_their_marks_and_the_word_between_them_has_none() -> None:
    runs = Words("es-ES").runs(listed([msg("{name}", name=Name(name)) for name in ("Meta", "Ibiza")]))

    assert [(run.text, run.is_name) for run in runs if run.text.strip()] == [
        ("Meta", True),
        ("e", False),
        ("Ibiza", True),
    ]


@pytest.mark.parametrize(
    ("n", "english", "spanish"),
    [
        (0, "0 days without a row.", "0 días sin datos."),
        (1, "1 day without a row.", "1 día sin datos."),
        (2, "2 days without a row.", "2 días sin datos."),
        (1234, "1,234 days without a row.", "1.234 días sin datos."),
    ],
)
def test_a_count_chooses_the_form_of_its_sentence(n: int, english: str, spanish: str) -> None:
    said = counted("{what}: {n} day without a row.", "{what}: {n} days without a row.", Quantity(n), what=Name("Meta"))

    assert Words("en").text(said) == f"Meta: {english}"
    assert Words("es-ES").text(said) == f"Meta: {spanish}"


@pytest.mark.parametrize(
    ("posts", "interactions", "english", "spanish"),
    [
        (1, 1, "1 post brought 1 interaction.", "1 publicación logró 1 interacción."),
        (1, 20, "1 post brought 20 interactions.", "1 publicación logró 20 interacciones."),
        (14, 1, "14 posts brought 1 interaction.", "14 publicaciones lograron 1 interacción."),
        (0, 0, "0 posts brought 0 interactions.", "0 publicaciones lograron 0 interacciones."),
    ],
)
def test_words_agree_with_the_number_beside_them(posts: int, interactions: int, english: str, spanish: str) -> None:
    text = "{posts} {posts:post/posts} brought {interactions} {interactions:interaction/interactions}."
    said = Message(text, (("interactions", Quantity(interactions)), ("posts", Quantity(posts))))

    assert Words("en").text(said) == english
    assert Words("es-ES").text(said) == spanish
