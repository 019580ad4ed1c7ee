"""The finished pages of the demo client in a real browser: on a screen, in the dark, on a phone, on paper."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from .workbook import PERIOD, Project

PAGES = (
    *(f"demo/{PERIOD}/{stage}.{language}.html" for stage in ("audit", "post_campaign") for language in ("es-ES", "en")),
    f"demo/{PERIOD}/index.es-ES.html",
    "demo/index.en.html",
    "index.html",
)
VIEWS: dict[str, dict[str, Any]] = {
    "light": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
    "dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True},
}
# A page of a PDF, not the tree of them.
PAPER = re.compile(rb"/Type\s*/Page\b")

Open = Callable[..., Any]


@pytest.fixture
def open_page(browser: Any, demo: Project) -> Iterator[Open]:
    """Open a page of the demo's reports; what it asks for and complains of is noted in `page.seen`."""
    contexts: list[Any] = []

    def opened(name: str, view: str, seen: list[str] | None = None) -> Any:
        context = browser.new_context(**VIEWS[view])
        contexts.append(context)
        page = context.new_page()
        noted = [] if seen is None else seen
        page.on("request", lambda request: noted.append(request.url))
        page.on("console", lambda message: noted.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: noted.append(f"error: {error}"))
        page.goto((demo.folder / "reports" / name).as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_for_nothing_and_complains_of_nothing(name: str, open_page: Open, demo: Project) -> None:
    seen: list[str] = []

    page = open_page(name, "light", seen)
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")

    own = (demo.folder / "reports" / name).as_uri()
    assert [entry for entry in seen if not entry.startswith("data:image/")] == [own]


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(name: str, view: str, open_page: Open) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")

    found = axe.Axe().run(open_page(name, view)).response["violations"]

    assert [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in found] == []


@pytest.mark.parametrize("name", PAGES)
def test_nothing_reaches_past_the_edge_of_a_phone(name: str, open_page: Open) -> None:
    page = open_page(name, "phone")

    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert page.evaluate("document.documentElement.scrollHeight") > 300


@pytest.mark.parametrize("name", PAGES)
def test_a_page_can_be_printed(name: str, open_page: Open) -> None:
    """A report takes several sheets of paper, an index one or two."""
    sheets = len(PAPER.findall(open_page(name, "dark").pdf(format="A4")))

    assert (2 <= sheets <= 20) if PERIOD in name and "index" not in name else (1 <= sheets <= 2)


@pytest.mark.parametrize("name", PAGES)
def test_links_between_the_pages_lead_somewhere(name: str, open_page: Open, demo: Project) -> None:
    addresses = open_page(name, "light").evaluate("[...document.querySelectorAll('a[href]')].map((each) => each.href)")
    files = {Path(address.removeprefix("file://").partition("#")[0]) for address in addresses if "file://" in address}

    assert [path for path in files if not path.is_file()] == []
    assert files - {demo.folder / "reports" / name}
