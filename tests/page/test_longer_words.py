"""Pages in the language of tests, 40 % longer: nothing leaves the window or its box, and nothing is cut."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from helpers.wording import LANGUAGES, PSEUDO
from tests.page.conftest import NOTEBOOKS, each_notebook

SCREENS = {"desk": 1200, "phone": 390}
PAPER = 695
"""A4 without its margins, at 96 points an inch."""

OUTSIDE = """
() => {
  const found = [];
  const page = document.documentElement;
  const note = (why, element) => found.push(`${why}: ${element.tagName} ${element.textContent.trim().slice(0, 60)}`);
  for (const element of document.querySelectorAll("body *")) {
    const may_scroll = element.closest(".region, .unseen, .skip, [aria-hidden=true], svg");
    if (may_scroll || !element.checkVisibility({contentVisibilityAuto: true})) continue;
    const box = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    if (box.width && (box.right > page.clientWidth + 1 || box.left < -1)) note("past the edge", element);
    if (style.display !== "inline" && element.clientWidth && element.scrollWidth > element.clientWidth + 1)
      note("wider than its box", element);
    if (["hidden", "clip"].includes(style.overflowY) && element.scrollHeight > element.clientHeight + 1)
      note("cut off", element);
  }
  for (const text of document.querySelectorAll("figure svg text")) {
    if (!text.checkVisibility()) continue;
    const box = text.getBoundingClientRect(), drawing = text.ownerSVGElement.getBoundingClientRect();
    if (box.left < drawing.left - 1 || box.right > drawing.right + 1) note("outside of its drawing", text);
  }
  return found;
}
"""


@pytest.fixture(scope="module")
def show(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Any]]:
    """Shows a page at a width, as on a screen or as on paper."""
    folder = tmp_path_factory.mktemp("pages")
    tab = browser.new_page()

    def shown(html: str, width: int, media: str = "screen") -> Any:
        path = folder / "page.html"
        path.write_text(html, encoding="utf-8")
        tab.set_viewport_size({"width": width, "height": 900})
        tab.emulate_media(media=media)
        tab.goto(path.as_uri())
        return tab

    yield shown
    tab.close()


@pytest.mark.parametrize("screen", SCREENS)
@each_notebook
def test_long_words_stay_in_their_place(
    path: Path, screen: str, in_every_language: Callable[[Path], dict[str, str]], show: Callable[..., Any]
) -> None:
    assert show(in_every_language(path)[PSEUDO], SCREENS[screen]).evaluate(OUTSIDE) == []


@each_notebook
def test_long_amounts_stay_in_their_cards(
    path: Path, in_every_language: Callable[[Path], dict[str, str]], show: Callable[..., Any]
) -> None:
    """Euros are longest where they are foreign: EUR 32,048."""
    for width in SCREENS.values():
        assert show(in_every_language(path)["es-MX"], width).evaluate(OUTSIDE) == []


@each_notebook
def test_sentences_and_cards_stay_on_the_paper(
    path: Path, in_every_language: Callable[[Path], dict[str, str]], show: Callable[..., Any]
) -> None:
    """Tables are set smaller by the printer where they are too wide; nothing else may make them so."""
    page = show(in_every_language(path)[PSEUDO], PAPER, "print")
    page.evaluate("document.querySelectorAll('.region').forEach((table) => table.remove())")

    assert page.evaluate(OUTSIDE) == []


@pytest.mark.parametrize("width", [320, 390, 1200])
def test_the_menu_of_languages_has_room_and_can_be_touched(
    width: int, in_every_language: Callable[[Path], dict[str, str]], show: Callable[..., Any]
) -> None:
    page = show(in_every_language(NOTEBOOKS[0])["es-AR"], width)
    boxes = page.evaluate(
        "[...document.querySelectorAll('.languages a')].map((link) => link.getBoundingClientRect().toJSON())"
    )

    assert len(boxes) > len(LANGUAGES) - 1
    assert [box for box in boxes if box["left"] < 0 or box["right"] > width or box["height"] < 24] == []
    apart = [
        (one, other)
        for number, one in enumerate(boxes)
        for other in boxes[number + 1 :]
        if one["right"] > other["left"] and other["right"] > one["left"]
        if one["bottom"] > other["top"] and other["bottom"] > one["top"]
    ]
    assert apart == []
