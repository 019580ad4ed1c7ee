"""Hostile pages in a real browser, with the policy and without it: nothing runs, nothing is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from helpers.export import pages
from helpers.html import fallback

from . import fields
from .folders import PERIOD, index_pages, lay
from .inert import DATA, ELEMENTS
from .payloads import MARKDOWN, OWN, PRODUCT

AUDIT = """([elements, data]) => {
  const faults = window.ran ? [`ran ${window.ran} times`] : [];
  for (const each of document.querySelectorAll('*')) {
    const name = each.localName.toLowerCase();
    const held = Object.fromEntries([...each.attributes].map((one) => [one.name, one.value]));
    const isData = name === 'script' && JSON.stringify(held) === JSON.stringify(data);
    if (!elements.includes(name) || (name === 'script' && !isData)) faults.push(each.outerHTML.slice(0, 200));
    const runs = Object.keys(held).some((key) => key.startsWith('on') || key === 'srcdoc');
    if (runs) faults.push(each.outerHTML.slice(0, 200));
    for (const key of ['href', 'src', 'xlink:href', 'action', 'formaction']) {
      const value = held[key] || '';
      const scheme = value && new URL(value, document.baseURI).protocol;
      const leads = ['', 'https:', 'mailto:', 'file:'].includes(scheme) || value.startsWith('data:image/');
      if (!leads) faults.push(value);
    }
  }
  return faults;
}"""
TOUCH = """() => {
  document.querySelectorAll('details').forEach((each) => { each.open = true; });
  const all = document.querySelectorAll('body *:not(a)');
  // With thousands of elements the audit must do: it finds every handler.
  if (all.length > 20000) return;
  const events = ['mouseover', 'mouseenter', 'focus', 'click', 'toggle', 'animationstart', 'load', 'error', 'scroll'];
  for (const each of all)
    for (const event of events) each.dispatchEvent(new Event(event, {bubbles: false}));
  document.querySelectorAll('[tabindex], summary').forEach((each) => each.focus());
}"""


MODES = {"with the policy": False, "without the policy": True}


@pytest.fixture(scope="module")
def visit(browser: Any) -> Iterator[Callable[[Path], list[str]]]:
    """Opens a file with its policy and without, touches everything, says what ran, was asked for or must not be."""
    contexts = {mode: browser.new_context(bypass_csp=is_off) for mode, is_off in MODES.items()}
    pages = {mode: context.new_page() for mode, context in contexts.items()}
    seen: list[str] = []
    for page in pages.values():
        page.on("dialog", lambda dialog: (seen.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.on("pageerror", lambda error: seen.append(f"error {error}"))
        page.on("console", lambda message: seen.append(f"console {message.text}"))
        page.on("popup", lambda popup: seen.append(f"window {popup.url}"))
        page.on("request", lambda asked: seen.append(f"request {asked.url}"))

    def visited(path: Path, mode: str) -> list[str]:
        seen.clear()
        pages[mode].goto(path.as_uri())
        pages[mode].evaluate(TOUCH)
        seen.extend(pages[mode].evaluate(AUDIT, [sorted(ELEMENTS), DATA]))
        own = (f"request {path.as_uri()}", "request data:image/")
        return [f"{mode}: {text}" for text in seen if text != own[0] and not text.startswith(own[1])]

    yield lambda path: [text for mode in MODES for text in visited(path, mode)]
    for context in contexts.values():
        context.close()


def test_a_report(visit: Callable[[Path], list[str]], batch: list[str], tmp_path: Path) -> None:
    made = pages(fields.notebook(batch, "".join(batch), [*MARKDOWN.values(), *batch]), ["en"])["en"]
    path = tmp_path / "audit.en.html"
    path.write_text(made, encoding="utf-8")

    assert visit(path) == []
    assert PRODUCT not in made


@pytest.mark.parametrize("name", OWN)
def test_the_head_of_a_report(visit: Callable[[Path], list[str]], name: str, tmp_path: Path) -> None:
    path = tmp_path / "audit.en.html"
    path.write_text(pages(fields.notebook([], OWN[name]), ["en"])["en"], encoding="utf-8")

    assert visit(path) == []


def test_index_pages(visit: Callable[[Path], list[str]], batch: list[str], tmp_path: Path) -> None:
    assert look_at(lay(tmp_path, batch), visit) == []


def test_index_pages_of_runs_without_any_form(visit: Callable[[Path], list[str]], tmp_path: Path) -> None:
    assert look_at(lay(tmp_path, list(OWN.values()), formed=False), visit) == []


def look_at(reports: Path, visit: Callable[[Path], list[str]]) -> list[str]:
    """Visit a client's index, one of a period, that of a client whose periods have hostile names, and the portfolio."""
    index_pages(reports, "all", "client-0")
    lists = [reports / name / "index.en.html" for name in ("all", "client-0", f"client-0/{PERIOD}", ".")]
    return [text for path in lists for text in visit(path)]


def test_what_jupyterlab_shows(visit: Callable[[Path], list[str]], batch: list[str], tmp_path: Path) -> None:
    shown = [fallback(block, fields.LANGUAGES) for payload in batch for block in fields.body(payload)]
    path = tmp_path / "fallback.html"
    path.write_text("<!doctype html><meta charset=utf-8>" + "".join(shown), encoding="utf-8")

    assert visit(path) == []


def test_a_script_would_be_noticed(visit: Callable[[Path], list[str]], tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(f"<!doctype html><body>{OWN['element']}", encoding="utf-8")

    found = visit(path)

    for mode in MODES:
        assert any(text.startswith(f"{mode}: request ") for text in found)
        assert any(text.startswith(f"{mode}: ran ") for text in found)
        assert any(text.startswith(f"{mode}: <img src=") for text in found)
