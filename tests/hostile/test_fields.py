"""Whatever stands in a field, a cell, a file's name or a drawing, it is text on the page, and no element of it."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

import pytest

from helpers.blocks import Brand, Head
from helpers.errors import RunError
from helpers.export import pages
from helpers.html import fallback, inline, rich
from helpers.svg import DrawingError, as_image, clean

from . import fields
from .folders import PERIOD, STAGE, index_pages, lay
from .inert import faults, shapes
from .payloads import MARKDOWN, OWN, PRODUCT, drawings

each_own = pytest.mark.parametrize("name", OWN)
PLAIN = "X Y of several words that fill a line"
HIDDEN = re.compile(r"[\s\x00]+")


def page(payloads: list[str], head: str, **more: bool) -> str:
    return pages(fields.notebook(payloads, head, **more), ["en"])["en"]


def text(markup: str) -> str:
    """The characters of a page, those apart that no page shows."""
    return HIDDEN.sub("", html.unescape(markup))


def test_no_payload_becomes_an_element_or_an_attribute() -> None:
    texts = list(OWN.values())

    assert faults(page(texts, "".join(texts))) == []


@each_own
def test_a_payload_leaves_the_elements_of_a_page_as_they_are(name: str) -> None:
    assert shapes(page([OWN[name]], OWN[name], has_markdown=False)) == shapes(page([PLAIN], PLAIN, has_markdown=False))


@each_own
def test_a_payload_is_shown_as_it_was_written_and_not_evaluated(name: str) -> None:
    made = text(page([OWN[name]], OWN[name]))

    assert made.count(text(html.escape(OWN[name]))) > 60
    assert PRODUCT not in made


@pytest.mark.parametrize("name", MARKDOWN)
def test_markdown_of_a_person_is_harmless(name: str) -> None:
    made = pages(fields.notebook([], remarks=[MARKDOWN[name]]))

    assert [faults(page) for page in made.values()] == [[], []]
    assert faults(str(inline(MARKDOWN[name]))) == []


@pytest.mark.parametrize(("model", "name"), fields.FORMED)
def test_a_field_with_a_form_is_refused_in_words_or_harmless(
    model: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for payload in OWN.values():
        spoiled = [payload] if isinstance(fields.FORMED[model, name], list) else payload
        made = fields.notebook([PLAIN])
        _spoil(made, model, name, spoiled)
        said = _refusal(made)
        assert said is None or (said.what and said.next_step)


def _refusal(notebook: Any) -> RunError | None:
    """What is said instead of a page; a page that is made must be harmless."""
    try:
        made = pages(notebook)
    except RunError as error:
        return error
    assert [fault for page in made.values() for fault in faults(page)] == []
    return None


def _spoil(notebook: Any, model: str, name: str, value: object) -> None:
    """Put the value into a field wherever it stands in the outputs."""

    def change(found: object) -> None:
        if isinstance(found, dict):
            if found.get("kind") == model.lower() or (model == "Run" and name in found):
                found[name] = value
            for inner in found.values():
                change(inner)
        elif isinstance(found, list):
            for inner in found:
                change(inner)

    change(notebook["cells"])


def test_outputs_of_other_kinds_metadata_and_code_are_left_behind() -> None:
    made = fields.notebook([])
    made["cells"].insert(2, fields.strange("CANARY"))
    made["metadata"]["title"] = made["cells"][0]["metadata"]["name"] = "CANARY"

    assert all("CANARY" not in page for page in pages(made).values())


@each_own
def test_what_jupyterlab_shows_is_harmless(name: str) -> None:
    everything = [*fields.body(OWN[name]), *(next(fields.specimens(model, OWN[name])) for model in fields.BLOCKS)]
    made = "".join(fallback(block, fields.LANGUAGES) for block in everything)

    assert faults(made) == []
    assert PRODUCT not in made


def test_the_drawings_of_the_corpora_are_refused_or_harmless() -> None:
    for source in [*drawings(), *map(fields.drawing, OWN.values())]:
        try:
            assert faults(clean(source)) == []
        except DrawingError:
            continue


@each_own
def test_a_logo_is_an_image_or_nothing(name: str) -> None:
    hostile = OWN[name]
    logos = [hostile, fields.drawing(hostile), f"data:image/png;base64,{hostile}", f"data:image/svg+xml,{hostile}"]
    for logo in logos:
        notebook = fields.notebook([])
        head = next(fields.specimens(Head, PLAIN)).model_copy(update={"brand": Brand(logo=logo, accent=hostile)})
        notebook["cells"][1] = fields.cell([head])
        made = pages(notebook)["en"]

        assert faults(made) == []
        assert not set('"<>') & set(as_image(clean(fields.drawing(hostile))))


@pytest.mark.parametrize("is_formed", [True, False], ids=["well-formed", "malformed"])
def test_index_pages_show_what_runs_have_left_as_text(tmp_path: Path, *, is_formed: bool) -> None:
    made = index_pages(lay(tmp_path, list(OWN.values()), formed=is_formed))

    assert len(made) > len(OWN)
    for path in made:
        assert faults(path.read_text(encoding="utf-8")) == [], path


@each_own
def test_names_leave_the_elements_of_an_index_as_they_are(name: str, tmp_path: Path) -> None:
    made = index_pages(lay(tmp_path / "hostile", [OWN[name]]))
    plain = index_pages(lay(tmp_path / "plain", [PLAIN]))

    seen = [sorted(map(str, shapes(path.read_text(encoding="utf-8")))) for path in made]
    assert sorted(seen) == sorted(sorted(map(str, shapes(path.read_text(encoding="utf-8")))) for path in plain)
    assert all(PRODUCT not in path.read_text(encoding="utf-8") for path in made)


def test_a_run_that_is_spoiled_stops_no_other_client(tmp_path: Path) -> None:
    lay(tmp_path, list(OWN.values()), formed=False)
    lay(tmp_path / "well", ["fine"])
    (tmp_path / "well" / "client-0").rename(tmp_path / "fine")

    made = index_pages(tmp_path)[-1].read_text(encoding="utf-8")

    assert 'href="fine/index.en.html"' in made
    assert made.count("<tr>") > len(OWN)


def test_a_run_cannot_show_what_lies_with_another_client(tmp_path: Path) -> None:
    lay(tmp_path, ["fine"])
    lay(tmp_path / "other", ["CANARY"])
    run = tmp_path / "client-0" / PERIOD / "run.json"
    foreign = f"../../other/client-0/{PERIOD}/{STAGE}"
    run.write_text(run.read_text(encoding="utf-8").replace(f'"{STAGE}"', f'"{foreign}"'), encoding="utf-8")

    made = index_pages(tmp_path, "client-0")

    for path in made:
        page = path.read_text(encoding="utf-8")
        assert "CANARY" not in page
        assert not re.search(r'href="[^"]*other', page)


def test_rich_text_keeps_what_a_person_may_write() -> None:
    line = "**b** *c* ~~d~~ `e` [f](https://f.example?a=1&b=2) [g](mailto:g@g.example)"
    written = rich(f"## A\n\n{line}\n\n| h |\n|--|\n| i |\n\n> j")

    assert {tag for tag, _ in shapes(str(written))} == {
        *("h3", "p", "strong", "em", "del", "code", "a", "blockquote"),
        *("table", "thead", "tbody", "tr", "th", "td"),
    }
    assert written.count('rel="noopener noreferrer"') == 2
    assert '<th scope="col">' in written
