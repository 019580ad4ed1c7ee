"""`cuaderno new` lays down a folder whose file says what it needs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from ruamel.yaml import YAML
from tests.ended import Ended

from helpers.clients import ClientFile, checkout, find, open_client
from helpers.wording import LANGUAGES

TEMPLATE = checkout() / "templates" / "client"


def test_a_folder_is_laid_down_that_opens(cuaderno: Callable[..., Ended], project: Path) -> None:
    ended = cuaderno("new", "cafe-aurora", "--currency", "EUR", "--timezone", "Europe/Madrid")

    client = open_client("cafe-aurora", find(project / "clients"))
    assert client.name == "Cafe Aurora"
    assert (client.currency, client.timezone) == ("EUR", "Europe/Madrid")
    assert str(client.folder) in ended.out
    assert sorted(path.name for path in client.folder.iterdir()) == sorted(path.name for path in TEMPLATE.iterdir())
    assert client.exports() == client.plans == ()


def test_reports_are_written_in_the_languages_asked_for(cuaderno: Callable[..., Ended], project: Path) -> None:
    settings = ("--currency", "ARS", "--timezone", "America/Argentina/Buenos_Aires")
    cuaderno("new", "pampa", *settings, "--language", "es-AR, en,es-AR")

    assert open_client("pampa", find(project / "clients")).languages == ("es-AR", "en")


def test_a_language_without_a_catalog_is_refused_before_anything_is_laid_down(
    cuaderno: Callable[..., Ended], project: Path
) -> None:
    ended = cuaderno("new", "pampa", "--language", "es-CL")

    assert ended.code == 2
    assert all(language in ended.err for language in LANGUAGES)
    assert not (project / "clients" / "pampa").exists()


@pytest.mark.parametrize("verb", ["new", "report"])
def test_every_language_is_named_where_one_may_be_chosen(cuaderno: Callable[..., Ended], verb: str) -> None:
    assert [language for language in LANGUAGES if language not in cuaderno(verb, "--help").out] == []
    assert [name for name in LANGUAGES if name not in (TEMPLATE / "client.yaml").read_text(encoding="utf-8")] == []


def test_what_nobody_said_is_asked_for_and_never_guessed(cuaderno: Callable[..., Ended], project: Path) -> None:
    assert "currency and timezone" in cuaderno("new", "nuevo").err

    ended = cuaderno("check", "nuevo")

    assert ended.code == 2
    assert "currency is blank" in ended.err
    assert "timezone is blank" in ended.err


def test_a_client_is_never_laid_over_another(cuaderno: Callable[..., Ended], project: Path) -> None:
    before = (project / "clients" / "acme" / "client.yaml").read_text()

    assert cuaderno("new", "acme").code == 2
    assert (project / "clients" / "acme" / "client.yaml").read_text() == before


@pytest.mark.parametrize("name", ["Café", "a b", "../x", "x_y", "."])
def test_a_name_that_is_no_folder_is_refused(cuaderno: Callable[..., Ended], project: Path, name: str) -> None:
    assert cuaderno("new", name).code == 2
    assert [path.name for path in (project / "clients").iterdir()] == ["acme"]


def test_every_key_that_the_template_shows_is_known(cuaderno: Callable[..., Ended]) -> None:
    """Its commented lines are examples that people uncomment; each must be right."""
    text = (TEMPLATE / "client.yaml").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("# ") or ":" in line]
    keys = {
        line.removeprefix("# ").partition(":")[0]
        for line in lines
        if line.removeprefix("# ").partition(":")[0] in ClientFile.model_fields
    }

    assert keys == set(ClientFile.model_fields)
    assert YAML().load(text)["languages"] == ["en"]
