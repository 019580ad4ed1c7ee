"""Reports behind a password: one file that decrypts itself in the browser, smaller than the report in clear.

The page is compressed, then encrypted with AES-256-GCM under a key that PBKDF2-HMAC-SHA256 derives from the password.
Salt and nonce are random, so no two files are alike. What stands in clear names neither client nor period.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import secrets
from functools import cache
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from markupsafe import Markup

from helpers.html import environment
from helpers.html.look import TEMPLATES, digest, palette
from helpers.site.bundles.handover import Bundle, Handover, Wishes
from helpers.site.bundles.markup import linked, restyled, style_of
from helpers.wording import Words, msg

ITERATIONS = 1_000_000
"""Rounds of PBKDF2: a trial of one password costs an attacker as much as the reader's second."""

_KEY, _SALT, _NONCE = 32, 16, 12

WORDS = {
    "title": msg("Protected report"),
    "lead": msg("A password protects this report. It is opened on this device, and nothing is sent anywhere."),
    "password": msg("Password"),
    "show": msg("Show the password"),
    "open": msg("Open the report"),
    "busy": msg("The report is being opened."),
    "wrong": msg("This password does not open the report. Check it and try again."),
    "unable": msg("This browser cannot open the report. Save the file, then open it with an up-to-date browser."),
    "no_script": msg("A script in this page opens the report. Allow scripts for it, then load the page again."),
}
"""What the page says, by the name that its template uses."""


def make(handover: Handover, wishes: Wishes) -> Bundle:
    """Close every page with the password.

    Raises
    ------
    ValueError
        If no password is given: a developer's fault.
    """
    if wishes.password is None:
        raise ValueError("a protected page needs a password")
    names = {name: f"{stage}.{language}.protected.html" for stage, language, name in handover.pages}
    return Bundle(
        {
            names[name]: protected(linked(handover.page(name), names), language, wishes.password).encode()
            for _, language, name in handover.pages
        }
    )


def protected(page: str, language: str, password: str) -> str:
    """The page that asks for the password, in the report's language, with the report inside.

    The report's style sheet must be allowed from outside, by its SHA-256. A random comment goes into it first: of a
    style sheet that can be guessed but for the client's name, the SHA-256 would tell the name.
    """
    salted = restyled(page, f"/*{secrets.token_hex(_SALT)}*/")
    words = Words(language)
    style, script = f"{palette()}\n{_file('protected.css')}", _file("protected.js")
    ours = {"style": style, "script": script}
    return (
        environment()
        .get_template("protected.html.j2")
        .render(
            language=language,
            policy=_policy(script, style, style_of(salted)),
            said={name: words.text(message) for name, message in WORDS.items()},
            **{name: Markup(text) for name, text in ours.items()},  # noqa: S704  files of ours, nothing from data
            sealed=sealed(salted, password),
        )
    )


def sealed(page: str, password: str) -> dict[str, Any]:
    """The encrypted page with all that is needed to open it but the password, bytes in base64."""
    salt, nonce = secrets.token_bytes(_SALT), secrets.token_bytes(_NONCE)
    key = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, ITERATIONS, _KEY)
    content = AESGCM(key).encrypt(nonce, gzip.compress(page.encode(), mtime=0), None)
    parts = {"salt": salt, "nonce": nonce, "content": content}
    return {"iterations": ITERATIONS} | {name: base64.b64encode(part).decode() for name, part in parts.items()}


def _policy(script: str, *styles: str) -> str:
    """Nothing but the one script, these style sheets and pictures inside the file."""
    rules = (
        "default-src 'none'",
        f"script-src '{digest(script)}'",
        "style-src " + " ".join(f"'{digest(style)}'" for style in styles),
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    )
    return "; ".join(rules)


@cache
def _file(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8").strip()
