"""Parameters are checked before anything runs."""

from __future__ import annotations

from datetime import date

import pytest

from helpers.clients import Parameters
from helpers.errors import UsageError


def test_parameters_have_the_defaults_of_the_notebooks() -> None:
    assert Parameters.of({}).model_dump() == {"client": "demo", "period": "last-month", "languages": "", "as_of": ""}


def test_a_year_may_come_as_a_number() -> None:
    assert Parameters.of({"period": 2026}).period == "2026"


def test_languages_are_a_list_with_commas_each_once() -> None:
    assert Parameters.of({"languages": "en, en"}).language_list == ("en",)
    assert Parameters.of({"languages": ""}).language_list == ()


def test_today_is_a_day_or_unknown() -> None:
    assert Parameters.of({"as_of": "2026-11-05"}).today == date(2026, 11, 5)
    assert Parameters.of({}).today is None


@pytest.mark.parametrize(
    ("given", "where", "advice"),
    [
        ({"clent": "acme"}, "clent", "client"),
        ({"x=1\nimport os\ny": "acme"}, "x=1\nimport os\ny", "client"),
        ({"client": 12}, "client", "quotes"),
        ({"client": None}, "client", "quotes"),
        ({"period": True}, "period", "quotes"),
        ({"period": 2026.5}, "period", "quotes"),
        ({"period": "octubre"}, "period", "2026-10"),
        ({"period": 20261}, "period", "2026-10"),
        ({"languages": "en,xx"}, "languages", "en"),
        ({"languages": ["en"]}, "languages", "quotes"),
        ({"as_of": "yesterday"}, "as_of", "2026-11-05"),
    ],
)
def test_what_is_wrong_is_named_with_what_to_write(given: dict[str, object], where: str, advice: str) -> None:
    with pytest.raises(UsageError) as raised:
        Parameters.of(given)

    assert raised.value.where == where
    assert advice in raised.value.next_step
