"""Whatever stands in a field of a block or in a Markdown cell, it is shown and never run."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from helpers.blocks import MIME
from helpers.export import pages
from helpers.html import environment

PAYLOADS = {
    "element": "<img src=x onerror=alert(1)>",
    "script": "</script></style></title></textarea><script>alert(1)</script>",
    "attribute": '" onmouseover="alert(1)" autofocus onfocus="alert(1)" x="',
    "single quotes": "' onmouseover='alert(1)' style='background:url(//evil.example)",
    "drawing": "</text></svg><svg onload=alert(1)>",
    "comment": "--><svg/onload=alert(1)><!--",
    "template": "{{ 7*7 }}{% for x in y %}${alert(1)}",
    "address": "javascript:alert(1)",
    "entities": "&lt;script&gt;alert(1)&lt;/script&gt;&#x3c;img src=x onerror=alert(1)&#x3e;",
    "style": "}</style><style>@import url(//evil.example/x.css);*{background:url(//evil.example/y)}",
}
STRUCTURE = {
    *(
        "schema",
        "kind",
        "languages",
        "drawn",
        "stage",
        "verdict",
        "role",
        "language",
        "part",
        "chart",
        "wide",
        "narrow",
    ),
    *("unit", "currency_code"),
}
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" onload="alert(1)"><script>alert(1)</script>'
    '<path d="M0 0" onclick="alert(1)" fill="url(http://evil.example/x)"/><text>{}</text></svg>'
)


class Markup(HTMLParser):
    """All tags of a page with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def faults(page: str) -> Iterator[str]:
    """What could run or be fetched."""
    for tag, attributes in Markup(page).tags:
        if tag in {"iframe", "object", "embed", "link", "base", "form", "input", "button", "foreignobject"}:
            yield tag
        if tag == "script" and attributes != {"type": "application/json", "id": "claims"}:
            yield "script"
        for key, value in attributes.items():
            if key.startswith("on") or key == "style":
                yield f"{key}={value}"
            if key in {"href", "src"} and not re.match(
                r"https://|mailto:|#|data:image/|\w+\.[\w-]+\.html$", value or ""
            ):
                yield f"{key}={value}"
            if key in {"fill", "stroke", "clip-path"} and "url(" in (value or "") and "url(#" not in (value or ""):
                yield f"{key}={value}"


def spoiled(value: Any, payload: str, key: str = "") -> Any:
    """The same JSON with the payload at the end of each string that is no structure."""
    if isinstance(value, dict):
        return {name: spoiled(inner, payload, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [spoiled(inner, payload, key) for inner in value]
    if isinstance(value, str) and key not in STRUCTURE:
        return value + payload
    return value


def attacked(notebook: Any, payload: str) -> Any:
    other = copy.deepcopy(notebook)
    for cell in other.cells:
        if cell.cell_type == "markdown":
            cell.source += "\n\n" + "".join(sign for sign in payload if not sign.isdigit() and sign not in "{}")
        for output in cell.get("outputs", []):
            block = spoiled(output.data[MIME], payload)
            if block["kind"] == "figure":
                block["wide"] = block["narrow"] = SVG.format("text")
                block["texts"] = [["text", *[payload] * (len(block["texts"][0]) - 1)]]
            if block["kind"] == "commentary":
                block["markdown"] = payload
            output.data[MIME] = block
    return other


def test_the_harmless_page_has_no_fault(notebook: Any) -> None:
    assert [fault for page in pages(notebook).values() for fault in faults(page)] == []


@pytest.mark.parametrize("name", PAYLOADS)
def test_no_payload_becomes_markup(name: str, sample: Callable[..., Any]) -> None:
    made = pages(attacked(sample(charts=("bars",)), PAYLOADS[name]))

    for page in made.values():
        assert page.count("alert(") > 20 or "alert(" not in PAYLOADS[name]
        assert list(faults(page)) == []


def test_a_template_that_did_not_escape_would_be_noticed(
    sample: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    careless = environment().overlay(autoescape=False)
    careless.autoescape = False
    monkeypatch.setattr("helpers.export.publishing.environment", lambda: careless)

    made = pages(attacked(sample(charts=()), PAYLOADS["element"]))

    assert list(faults(made["en"]))


def test_nothing_runs_in_a_browser_even_without_the_policy(
    sample: Callable[..., Any], browser: Any, tmp_path: Path
) -> None:
    seen: list[str] = []
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.on("dialog", lambda dialog: (seen.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on("pageerror", lambda error: seen.append(f"error {error}"))
    page.on(
        "request", lambda request: seen.append(request.url) if not request.url.startswith(("data:", "file:")) else ""
    )

    for name, payload in PAYLOADS.items():
        path = tmp_path / f"{name}.es-ES.html"
        path.write_text(pages(attacked(sample(charts=("bars",)), payload), ["es-ES"])["es-ES"], encoding="utf-8")
        page.goto(path.as_uri())
        page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        page.evaluate("document.querySelectorAll('*').forEach((each) => each.dispatchEvent(new Event('mouseover')))")

    context.close()
    assert seen == []
