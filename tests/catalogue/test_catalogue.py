"""The catalogue shows every chart on every sample, and in a real browser every letter of it can be read."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from benchmarks.palette import CONTRAST, contrast

from helpers.catalogue import __main__ as command
from helpers.catalogue.page import page
from helpers.catalogue.samples import samples
from helpers.charts import CHARTS

FOLDER = Path(__file__).resolve().parents[2] / "src" / "helpers" / "catalogue" / "samples"
COUNT = sum(len(samples(chart)) for chart in CHARTS)
DEVELOPERS = {"material", "__init__"}

TOUCHING = """() => [...document.querySelectorAll('.pair svg')].flatMap((svg) => {
  const boxes = [...svg.querySelectorAll('text')].filter((text) => text.textContent.trim())
    .map((text) => [text.textContent, text.getBoundingClientRect()]);
  const frame = svg.getBoundingClientRect();
  const found = boxes.filter(([, box]) => box.left < frame.left - 1 || box.right > frame.right + 1)
    .map(([text]) => ['outside', text]);
  boxes.forEach(([one, a], at) => boxes.slice(at + 1).forEach(([other, b]) => {
    const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (across > 1 && down > 0.35 * Math.min(a.height, b.height)) found.push([one, other]);
  }));
  return found;
})"""

# Fill of every text, and the fills that lie below its ends and its middle, from the page upwards.
INKS = """() => [...document.querySelectorAll('.pair svg')].flatMap((svg) => {
  svg.scrollIntoView({block: 'start'});
  return [...svg.querySelectorAll('text')].filter((text) => text.textContent.trim()).flatMap((text) => {
    const box = text.getBoundingClientRect();
    return [0.02, 0.5, 0.98].map((share) => {
      const hit = document.elementsFromPoint(box.left + share * box.width, box.top + box.height / 2);
      const below = hit.slice(hit.indexOf(text) + 1).filter((each) => each.ownerSVGElement === svg)
        .map((each) => getComputedStyle(each)).filter((style) => style.fill !== 'none')
        .map((style) => [style.fill, style.fillOpacity * style.opacity]).reverse();
      return [text.textContent, getComputedStyle(text).fill, below];
    });
  });
})"""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    written = tmp_path_factory.mktemp("catalogue") / "catalogue.html"
    written.write_text(page(), encoding="utf-8")
    return written


@pytest.fixture
def opened(browser: Any, file: Path) -> Iterator[Callable[..., Any]]:
    contexts: list[Any] = []

    def show(**settings: Any) -> Any:
        context = browser.new_context(**settings)
        contexts.append(context)
        shown = context.new_page()
        shown.goto(file.as_uri())
        return shown

    yield show
    for context in contexts:
        context.close()


def test_every_chart_has_its_samples_and_every_sample_its_chart() -> None:
    assert {path.stem for path in FOLDER.glob("*.py")} - DEVELOPERS == CHARTS.keys()


def test_the_page_shows_every_sample_wide_and_narrow(file: Path) -> None:
    text = file.read_text(encoding="utf-8")

    assert text.count('<div class="pair">') == COUNT
    assert text.count('role="img"') == 2 * COUNT
    assert "<script>alert" not in text


def test_the_command_writes_the_page_and_says_where(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    wanted = tmp_path / "deep" / "charts.html"
    monkeypatch.setattr(sys, "argv", ["catalogue", str(wanted), "--drawn", "es-ES", "--language", "en"])
    monkeypatch.setattr(command, "page", lambda drawn, language: f"drawn in {drawn}, read in {language}")

    command.main()

    assert str(wanted) in capsys.readouterr().out
    assert wanted.read_text(encoding="utf-8") == "drawn in es-ES, read in en"


@pytest.mark.parametrize("width", [1500, 390])
def test_labels_keep_clear_and_inside_in_a_browser(width: int, opened: Callable[..., Any]) -> None:
    assert opened(viewport={"width": width, "height": 900}).evaluate(TOUCHING) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_letter_stands_out_from_what_lies_below_it(theme: str, opened: Callable[..., Any]) -> None:
    shown = opened(viewport={"width": 1500, "height": 3000}, color_scheme=theme)
    ground = shown.evaluate("getComputedStyle(document.body).backgroundColor")

    found = shown.evaluate(INKS)

    assert len(found) > 20 * COUNT
    faint = {(text, ink) for text, ink, below in found if contrast(_hex(ink), _over(ground, below)) < CONTRAST}
    assert faint == set()


def _over(ground: str, below: list[tuple[str, float]]) -> str:
    """The colour that fills give one on another."""
    colour = _channels(ground)
    for fill, opacity in below:
        colour = [opacity * new + (1 - opacity) * old for new, old in zip(_channels(fill), colour, strict=True)]
    return "#" + "".join(f"{round(value):02x}" for value in colour)


def _channels(written: str) -> list[float]:
    return [float(part) for part in written.partition("(")[2].rstrip(")").split(",")[:3]]


def _hex(written: str) -> str:
    return _over(written, [])


def test_letters_of_narrow_drawings_are_large_enough_on_a_phone(opened: Callable[..., Any]) -> None:
    shown = opened(viewport={"width": 390, "height": 844}, is_mobile=True, device_scale_factor=2)

    sizes = shown.evaluate(
        "[...document.querySelectorAll('.pair > div:last-child svg')].flatMap((svg) =>"
        " [...svg.querySelectorAll('text')]"
        ".map((text) => parseFloat(getComputedStyle(text).fontSize) * svg.getScreenCTM().a))"
    )

    assert len(sizes) > 5 * COUNT
    assert min(sizes) >= 11
