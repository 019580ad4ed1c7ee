"""Every language of a report says the same: the same figures of the same claims, the same names, the same days."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import bs4
import pytest

from helpers import blocks
from helpers.wording import PSEUDO, locale_of
from tests.page.conftest import NOTEBOOKS, WRITTEN, each_notebook

SPELLED = (bs4.element.Comment, bs4.element.Doctype, bs4.element.Stylesheet, bs4.element.Script)
ATTRIBUTES = ("aria-label", "alt", "title", "placeholder")


def numbers(text: str, language: str) -> list[str]:
    """The numbers of a text as programs write them, and its minus signs."""
    symbols = locale_of(language).number_symbols["latn"]
    found = re.findall(r"(?:\u2212(?:[A-Z]+\u00a0|[A-Z]*[$€])?)?\d+(?:[.,]\d+)*", text)
    plain = [re.sub(r"[^\u2212\d.,]", "", number) for number in found]
    return [number.replace(symbols["group"], "").replace(symbols["decimal"], ".") for number in plain]


def texts(block: Any) -> Iterator[list[list[dict[str, Any]]]]:
    """Every text of a block: the pieces of each language."""
    if isinstance(block, dict):
        for value in block.values():
            yield from texts(value)
    elif isinstance(block, list):
        is_text = len(block) == len(WRITTEN) and all(isinstance(runs, list) for runs in block)
        pieces = [run for runs in block for run in runs] if is_text else []
        if pieces and all(isinstance(run, dict) and "text" in run for run in pieces):
            yield block
        else:
            for value in block:
                yield from texts(value)


def facts(runs: list[dict[str, Any]], language: str) -> Counter[tuple[str, ...]]:
    """What a text states: figures by claim, other figures, names, days."""
    said: Counter[tuple[str, ...]] = Counter()
    for run in runs:
        if run.get("name"):
            said["name", run["text"]] += 1
        elif run.get("date"):
            said["day", run["date"]] += 1
        else:
            mark = f"{run.get('claim')} {run.get('part')}"
            said.update((mark, number) for number in numbers(run["text"], language))
    return said


def displayed(notebook: Any) -> Iterator[dict[str, Any]]:
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            yield output.data[blocks.MIME]


@pytest.mark.slow
@each_notebook
def test_every_text_states_the_same_facts_in_every_language(path: Path, executed: Callable[[Path], Any]) -> None:
    looked_at = 0
    for block in displayed(executed(path)):
        for text in texts(block):
            first, *others = [facts(runs, language) for runs, language in zip(text, WRITTEN, strict=True)]
            assert [other for other in others if other != first] == [], text
            looked_at += sum(first.values())

    assert looked_at > 100


@each_notebook
def test_drawings_and_claims_state_the_same_numbers_in_every_language(
    path: Path, executed: Callable[[Path], Any]
) -> None:
    drawn = ("es-ES", *WRITTEN)
    rows = 0
    for block in displayed(executed(path)):
        for said in [*block.get("texts", []), *block.get("claim_texts", []), *block.get("warning_texts", [])]:
            stated = [Counter(numbers(text, language)) for text, language in zip(said, drawn, strict=True)]
            assert [other for other in stated if other != stated[0]] == [], said
            rows += 1

    assert rows > 20


@each_notebook
def test_pages_bind_the_same_figures_to_the_same_claims(
    path: Path, in_every_language: Callable[[Path], dict[str, str]]
) -> None:
    bound = {
        language: Counter(
            (tag["data-claim"], tag.get("data-part"), *numbers(tag.get_text(), language))
            for tag in bs4.BeautifulSoup(page, "html.parser").select("[data-claim]")
        )
        for language, page in in_every_language(path).items()
    }

    assert set(bound) == set(WRITTEN)
    assert len(bound["en"]) > 20
    assert [language for language, figures in bound.items() if figures != bound["en"]] == []


@each_notebook
def test_a_page_says_its_language_and_leads_to_the_others(
    path: Path, in_every_language: Callable[[Path], dict[str, str]]
) -> None:
    for language, page in in_every_language(path).items():
        soup = bs4.BeautifulSoup(page, "html.parser")
        links = soup.select("nav.languages a")

        assert soup.html is not None
        assert soup.html["lang"] == language
        assert [link["hreflang"] for link in links] == list(WRITTEN)
        assert [link["lang"] for link in links] == list(WRITTEN)
        assert [link["href"] for link in links] == [f"{path.stem.partition('_')[2]}.{other}.html" for other in WRITTEN]
        assert [link["hreflang"] for link in links if link.get("aria-current") == "page"] == [language]


def test_a_comment_of_another_country_is_shown_as_a_quote_in_its_own_language(
    in_every_language: Callable[[Path], dict[str, str]],
) -> None:
    shown = in_every_language(next(path for path in NOTEBOOKS if path.stem == "07_post_campaign"))
    said = {
        language: [
            (quote["lang"], quote["translate"])
            for quote in bs4.BeautifulSoup(page, "html.parser").select(".words[lang]")
        ]
        for language, page in shown.items()
    }

    assert said == {language: [("en" if language in {"en", PSEUDO} else "es-ES", "no")] for language in WRITTEN}


def plain(text: str) -> list[str]:
    """Words in which a letter has no accent, so no catalog has made them."""
    return re.findall(r"[A-Za-z]{2,}", text)


def outside_of_names(soup: bs4.BeautifulSoup) -> Iterator[str]:
    """What a reader sees or hears that is our own: no names, days, code, other languages; letters of drawings apart."""
    for node in soup.find_all(string=True):
        if isinstance(node, SPELLED) or not node.strip():
            continue
        is_ours = not node.find_parent(["script", "style", "time", "code", "svg"])
        if is_ours and not node.find_parent(translate="no") and not node.find_parent("a", hreflang=True):
            yield str(node)
    for tag in soup.find_all(True):
        yield from (str(tag[name]) for name in ATTRIBUTES if tag.get(name) and not tag.find_parent("svg"))


def names_of(notebook: Any) -> set[str]:
    """Every word of what the data name, the client first."""
    found: set[str] = set()
    for block in displayed(notebook):
        found.update(plain(block["name"]) if block["kind"] == "head" else [])
        for text in texts(block):
            found.update(word for runs in text for run in runs if run.get("name") for word in plain(run["text"]))
    return found


def names_of_the_calendar() -> set[str]:
    locale = locale_of("en")
    return {*locale.months["format"]["abbreviated"].values(), *locale.days["format"]["abbreviated"].values()}


KEPT = {"EUR"}
"""The currency is written as its code where a name for a column is wanted."""


@each_notebook
def test_nothing_that_is_read_has_bypassed_the_catalogs(
    path: Path, executed: Callable[[Path], Any], in_every_language: Callable[[Path], dict[str, str]]
) -> None:
    notebook = executed(path)
    soup = bs4.BeautifulSoup(in_every_language(path)[PSEUDO], "html.parser")
    known = names_of(notebook) | names_of_the_calendar() | KEPT
    ours = [text for text in outside_of_names(soup) if not text.startswith("[") or plain(text)]
    letters = [node.get_text() for node in soup.select("svg text")]

    strange = {text: words for text in (*ours, *letters) if (words := [w for w in plain(text) if w not in known])}
    assert strange == {}
    assert len(letters) > 20
