"""The page behind a password: what stands in it, and what a browser does with it."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from helpers.errors import UsageError
from helpers.site.bundles import FORMATS, Handover, Wishes, passwords
from helpers.site.bundles.protected import protected

PASSWORD = "Ñandú en la niebla"
NAME = "post_campaign.es-ES.protected.html"
NO_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
VIEWS: dict[str, dict[str, Any]] = {
    "light": {"viewport": {"width": 1200, "height": 800}},
    "dark": {"viewport": {"width": 1200, "height": 800}, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 320, "height": 640}, "is_mobile": True},
}


@pytest.fixture(scope="module")
def closed(handover: Handover) -> dict[str, str]:
    """The protected pages by name."""
    files = FORMATS["encrypted"](handover, Wishes(password=PASSWORD)).files
    return {name: content.decode() for name, content in files.items()}


@pytest.fixture
def open_page(browser: Any, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    contexts: list[Any] = []

    def opened(content: str, seen: list[str], **settings: Any) -> Any:
        path = tmp_path / NAME
        path.write_text(content, encoding="utf-8")
        contexts.append(browser.new_context(**settings))
        page = contexts[-1].new_page()
        page.on("request", lambda request: seen.append(request.url))
        page.on("console", lambda message: seen.append(message.text))
        page.on("pageerror", lambda error: seen.append(str(error)))
        page.goto(path.as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()


def unlock(page: Any, password: str = PASSWORD) -> None:
    page.fill("#password", password)
    page.press("#password", "Enter")


def sealed(page: str) -> dict[str, Any]:
    found = re.search(r'id="sealed">(.*?)</script>', page, re.DOTALL)
    assert found
    return dict(json.loads(found[1]))


def decrypted(page: str, password: str) -> str:
    parts = sealed(page)
    salt, nonce, content = (base64.b64decode(parts[name]) for name in ("salt", "nonce", "content"))
    key = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, parts["iterations"], 32)
    return gzip.decompress(AESGCM(key).decrypt(nonce, content, None)).decode()


def test_it_is_smaller_than_the_report_in_clear(handover: Handover, closed: dict[str, str]) -> None:
    for stage, language, name in handover.pages:
        clear = handover.page(name).encode()
        assert len(closed[f"{stage}.{language}.protected.html"].encode()) < 0.75 * len(clear)


def test_the_password_alone_opens_it(closed: dict[str, str]) -> None:
    assert "Café Aurora" in decrypted(closed[NAME], PASSWORD)
    with pytest.raises(InvalidTag):
        decrypted(closed[NAME], PASSWORD.lower())
    assert sealed(closed[NAME])["iterations"] >= 600_000


def test_nothing_in_clear_tells_whose_it_is(closed: dict[str, str]) -> None:
    for page in closed.values():
        for word in ("Aurora", "acme", "demo", "Estudio Norte", "2026", "ffd54a", "Brand_10%"):
            assert word not in page.replace(sealed(page)["content"], "")


def test_no_two_files_are_alike_nor_tell_that_they_hold_the_same(handover: Handover, closed: dict[str, str]) -> None:
    again = protected(handover.page("post_campaign.es-ES.html"), "es-ES", PASSWORD)
    one, other = sealed(closed[NAME]), sealed(again)

    assert not {one["salt"], one["nonce"]} & {other["salt"], other["nonce"]}
    # The SHA-256 of a style sheet that holds the client's name would tell the name to whoever guesses it.
    first, second = (set(re.findall(r"sha256-[\w+/=]+", page)) for page in (closed[NAME], again))
    assert len(first & second) == 2
    assert len(first - second) == len(second - first) == 1


def test_each_language_has_its_page_and_leads_to_the_others(closed: dict[str, str]) -> None:
    assert sorted(closed) == ["post_campaign.en.protected.html", NAME]
    assert 'lang="es-ES"' in closed[NAME]
    assert "Contraseña" in closed[NAME]
    assert 'href="post_campaign.en.protected.html"' in decrypted(closed[NAME], PASSWORD)


def test_a_browser_opens_it_with_the_right_password_and_asks_for_nothing(
    closed: dict[str, str], open_page: Callable[..., Any]
) -> None:
    seen: list[str] = []
    page = open_page(closed[NAME], seen)
    assert page.title() == "Informe protegido"

    unlock(page, "not the password")
    page.wait_for_selector("#said.wrong")
    assert "no abre el informe" in page.inner_text("#said[role=status]")
    assert page.evaluate("document.activeElement.id") == "password"
    assert page.get_attribute("#password", "aria-invalid") == "true"

    unlock(page, f" {PASSWORD} ".replace("Ñ", "N\u0303"))
    page.wait_for_selector("main h2")
    assert "Café Aurora" in page.title()
    assert page.evaluate("document.documentElement.lang") == "es-ES"
    assert page.evaluate("document.activeElement.id") == "main"
    assert page.evaluate("getComputedStyle(document.querySelector('main > .summary')).borderLeftWidth") == "5px"
    assert [text for text in seen if not text.startswith("data:image/")] == [page.url]


def test_its_policy_goes_on_to_hold_for_the_report(handover: Handover, open_page: Callable[..., Any]) -> None:
    hostile = (
        "<script>document.title = 'owned'</script><p onclick='document.title = 1' id='hit'>x</p>"
        "<img src='x' onerror='document.title = 2'><style>main{display:none}</style><main"
    )
    page = NO_POLICY.sub("", handover.page("post_campaign.es-ES.html").replace("<main", hostile, 1))
    # A page without a policy of its own still bears the mark by which its style sheet is known.
    marked = page + f"<!-- {policy_of(handover)} -->"
    opened = open_page(protected(marked, "es-ES", PASSWORD), [])

    unlock(opened)
    opened.wait_for_selector("main h2")
    opened.click("#hit")
    opened.wait_for_timeout(200)

    assert "Café Aurora" in opened.title()
    assert opened.evaluate("getComputedStyle(document.querySelector('main')).display") == "block"


def policy_of(handover: Handover) -> str:
    found = NO_POLICY.search(handover.page("post_campaign.es-ES.html"))
    assert found
    return found[0]


@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing_on_the_page_that_asks(
    view: str, closed: dict[str, str], open_page: Callable[..., Any]
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    page = open_page(closed[NAME], [], **VIEWS[view])
    unlock(page, "not the password")
    page.wait_for_selector("#said.wrong")

    found = axe.Axe().run(page).response["violations"]

    assert [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= VIEWS[view]["viewport"]["width"]


def test_the_password_can_be_shown_while_it_is_typed(closed: dict[str, str], open_page: Callable[..., Any]) -> None:
    page = open_page(closed[NAME], [])

    page.check("#show")

    assert page.get_attribute("#password", "type") == "text"


@pytest.mark.parametrize("weak", ["", "short", "   eleven chr   ", "a" * 11])
def test_short_passwords_are_refused(weak: str) -> None:
    with pytest.raises(UsageError, match="too short"):
        passwords.accepted(weak)


def test_a_generated_passphrase_is_long_and_new_each_time() -> None:
    made = {passwords.generated() for _ in range(20)}

    assert len(made) == 20
    for one in made:
        assert passwords.accepted(one) == one
        assert re.fullmatch(r"([a-hj-kmnp-tv-z2-9]{5}-){4}[a-hj-kmnp-tv-z2-9]{5}", one)
