"""The finished pages in a real browser: no request, no complaint of axe, nothing past the edge of a phone."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from helpers.export import pages
from helpers.site import write_client_index, write_portfolio

VIEWS: dict[str, dict[str, Any]] = {
    "light": {"viewport": {"width": 1280, "height": 900}},
    "dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "device_scale_factor": 2},
}
KINDS = ("report", "period", "client", "portfolio", "by-name", "by-spend")


@pytest.fixture(scope="module")
def files(notebook: Any, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A report and the index pages above it."""
    reports = tmp_path_factory.mktemp("reports")
    conftest = Path(__file__).resolve().parents[1] / "site" / "conftest.py"
    spec = importlib.util.spec_from_file_location("site_samples", conftest)
    assert spec is not None
    assert spec.loader is not None
    laid = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(laid)
    figures = [
        laid.claim("roas", "worse", value=2.1, goal=3.0, scope={"campaign": "ES_2026_Q4_" + "Prospecting_" * 12}),
        laid.claim("cpa", "not_shown", value=19.5, goal=20.0, currency="EUR"),
        laid.spend(25382.4),
    ]
    laid.write_run(reports, "beta", claims=figures, name="Distribuciones y Representaciones " * 4, languages=("es-ES",))
    laid.write_run(reports, month="2026-09", claims=figures)
    stages = [laid.stage(claims=figures), laid.stage("audit", "failed", error="no currency_" * 12)]
    folder = laid.write_run(reports, stages=stages)
    (folder / "post_campaign.es-ES.html").write_text(pages(notebook)["es-ES"], encoding="utf-8")
    (folder / "share").mkdir()
    (folder / "share" / f"{'acme_' * 20}.zip").write_text("")
    write_client_index(reports, "acme")
    write_portfolio(reports)
    return {
        "report": folder / "post_campaign.es-ES.html",
        "period": folder / "index.es-ES.html",
        "client": reports / "acme" / "index.es-ES.html",
        "portfolio": reports / "index.html",
        "by-name": reports / "index.by-name.es-ES.html",
        "by-spend": reports / "index.by-spend.es-ES.html",
    }


@pytest.fixture
def open_page(browser: Any) -> Iterator[Callable[..., Any]]:
    contexts: list[Any] = []

    def opened(path: Path, seen: list[str], **settings: Any) -> Any:
        context = browser.new_context(**settings)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: seen.append(request.url))
        page.on("console", lambda message: seen.append(message.text))
        page.goto(path.as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize("kind", KINDS)
def test_the_file_is_all_that_is_asked_for(kind: str, files: dict[str, Path], open_page: Callable[..., Any]) -> None:
    seen: list[str] = []

    open_page(files[kind], seen)

    assert [text for text in seen if not text.startswith("data:image/")] == [files[kind].as_uri()]


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(kind: str, view: str, files: dict[str, Path], open_page: Callable[..., Any]) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    page = open_page(files[kind], [], **VIEWS[view])

    found = axe.Axe().run(page).response["violations"]

    assert [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in found] == []


@pytest.mark.parametrize("kind", KINDS)
def test_no_width_scrolls_sideways(kind: str, files: dict[str, Path], open_page: Callable[..., Any]) -> None:
    page = open_page(files[kind], [])

    for width in (320, 390, 560, 721, 860, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_one_drawing_of_each_figure_is_shown_and_its_letters_are_large_enough(
    files: dict[str, Path], open_page: Callable[..., Any]
) -> None:
    page = open_page(files["report"], [])

    for width in (320, 390, 719, 721, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        shown = page.evaluate(
            "[...document.querySelectorAll('figure svg')].filter((each) => each.checkVisibility())"
            ".map((each) => 9 * each.getBoundingClientRect().width / each.viewBox.baseVal.width)"
        )
        assert len(shown) == page.evaluate("document.querySelectorAll('figure').length")
        assert min(shown) >= (10.9 if width >= 390 else 9)


def test_on_a_phone_actions_are_cards_with_a_label_before_each_entry(
    files: dict[str, Path], open_page: Callable[..., Any]
) -> None:
    page = open_page(files["report"], [], **VIEWS["phone"])

    assert page.evaluate("getComputedStyle(document.querySelector('.stacked tr')).display") == "block"
    assert page.evaluate("document.querySelector('.stacked td .label').checkVisibility()")


def test_paper_has_light_colours_wide_drawings_and_all_rows(
    files: dict[str, Path], open_page: Callable[..., Any]
) -> None:
    page = open_page(files["report"], [], color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")

    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("document.querySelector('.wide svg').checkVisibility()")
    assert not page.evaluate("document.querySelector('.narrow svg').checkVisibility()")
    assert page.evaluate(
        "document.querySelector('details.more tbody tr').checkVisibility({contentVisibilityAuto: true})"
    )
    assert not page.evaluate("document.querySelector('figure details').checkVisibility()")


def test_colours_of_drawings_follow_the_theme(files: dict[str, Path], open_page: Callable[..., Any]) -> None:
    colour = "getComputedStyle(document.querySelector('.f-actual')).fill"

    light = open_page(files["report"], [], color_scheme="light").evaluate(colour)
    dark = open_page(files["report"], [], color_scheme="dark").evaluate(colour)

    assert (light, dark) == ("rgb(36, 64, 95)", "rgb(201, 216, 234)")
