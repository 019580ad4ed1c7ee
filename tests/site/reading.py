"""Index pages as a reader and a machine meet them."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote


def text(markup: str) -> str:
    """What a reader sees of a piece of markup."""
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", markup))).strip()


def rows(page: Path) -> list[list[str]]:
    """The cells of each line of the lists, as text."""
    lines = re.findall(r"<tr>(.*?)</tr>", page.read_text(encoding="utf-8"), re.DOTALL)
    cells = [re.findall(r"<t([hd])( scope=\"col\")?[^>]*>(.*?)</t[hd]>", line, re.DOTALL) for line in lines]
    return [[text(cell) for _, _, cell in line] for line in cells if not line[0][1]]


def headings(page: Path) -> list[str]:
    return [text(found) for found in re.findall(r"<h2[^>]*>(.*?)</h2>", page.read_text(encoding="utf-8"), re.DOTALL)]


def addresses(page: Path) -> list[str]:
    """Where the links lead, places on the page itself left out."""
    found = re.findall(r'href="([^"#]+)(?:#[^"]*)?"', page.read_text(encoding="utf-8"))
    return [unquote(html.unescape(address)) for address in found]


def claims_of(page: Path) -> dict[str, Any]:
    found = re.search(r'id="claims">(.*?)</script>', page.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    return dict(json.loads(found[1]))


def bound(page: Path) -> set[str]:
    """The claims that the page names."""
    body = page.read_text(encoding="utf-8").partition("<body>")[2]
    return {html.unescape(name) for name in re.findall(r'data-claim="([^"]*)"', body)}
