"""Every page of every language allows its own style sheet and pictures inside the file, and nothing else."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path
from typing import Any

import pytest

from helpers.export import pages
from helpers.wording import LANGUAGES

from . import fields
from .folders import index_pages, lay
from .inert import POLICY
from .payloads import OWN

HEAD = re.compile(
    r'<!doctype html>\n<html lang="([^"]+)">\n<head>\n<meta charset="utf-8">\n'
    rf'<meta http-equiv="{POLICY}" content="([^"]+)">\n<meta name="referrer" content="no-referrer">\n'
)
HOSTILE = "".join(OWN.values())


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """A report in every language, and the index pages of a client, of its periods and of all clients."""
    folder = tmp_path_factory.mktemp("reports")
    written = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fields, "LANGUAGES", list(LANGUAGES))
        patch.setitem(fields.FORMED, ("Head", "languages"), list(LANGUAGES))
        for language, page in pages(fields.notebook(list(OWN.values())[:3], HOSTILE)).items():
            written.append(folder / f"audit.{language}.html")
            written[-1].write_text(page, encoding="utf-8")
    return [*written, *index_pages(lay(folder / "lists", [HOSTILE]))]


def test_the_policy_comes_first_and_names_the_style_sheet_by_its_hash(files: list[Path]) -> None:
    seen = set()
    for path in files:
        page = path.read_text(encoding="utf-8")
        found = HEAD.match(page.replace("&#39;", "'"))
        assert found, path
        (sheet,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
        assert found[2] == (
            f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
        )
        assert re.findall(r"<script[^>]*>", page) == ['<script type="application/json" id="claims">']
        seen.add(found[1])

    assert seen == set(LANGUAGES)


def test_the_style_sheet_is_applied_and_nothing_breaks_the_policy(files: list[Path], browser: Any) -> None:
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))

    for path in files:
        page.goto(path.as_uri())
        assert page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--ink')") == "#17202c"
        assert page.evaluate("[...document.images].every((each) => each.naturalWidth > 0)")

    page.close()
    assert said == []
