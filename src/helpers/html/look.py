"""The style sheet of one page: the tokens, the client's accent, what stands in the margins of paper."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from helpers.html.accent import readable
from helpers.svg.tokens import TOKENS, Token

TEMPLATES = Path(__file__).resolve().parents[3] / "templates" / "report"


@dataclass(frozen=True)
class Look:
    """How one page looks.

    Parameters
    ----------
    accent
        The client's colour, as a hexadecimal number; None for ours.
    margin
        What stands at the foot of every printed sheet.
    further
        Names of style sheets beside `report.css` that this kind of page needs.
    """

    accent: str | None = None
    margin: str = ""
    further: tuple[str, ...] = ()

    @property
    def style(self) -> str:
        """The whole style sheet."""
        return "\n".join(
            (
                palette(self.accent),
                _classes(),
                *(_sheet(name) for name in ("report.css", *self.further)),
                f"@page{{@bottom-left{{content:{_quoted(self.margin)}}}}}",
            )
        )

    @property
    def policy(self) -> str:
        """The content security policy: nothing but this style sheet and pictures inside the file."""
        rules = ("default-src 'none'", f"style-src '{digest(self.style)}'", "img-src data:", "base-uri 'none'")
        return "; ".join((*rules, "form-action 'none'"))


def palette(accent: str | None = None) -> str:
    """The colours of a page by name, for both themes; `accent` as in `Look`."""
    token = readable(accent)
    light, dark = _colours(0, token), _colours(1, token)
    return f":root{{color-scheme:light dark;{light}}}\n@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}"


def digest(text: str) -> str:
    """How a content security policy names a style sheet or script by its SHA-256."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _colours(theme: int, accent: Token) -> str:
    return "".join(f"--{name}:{token[theme]};" for name, token in {**TOKENS, "acc": accent}.items())


@cache
def _classes() -> str:
    """The classes that the cleaner gives to the parts of drawings."""
    return "".join(f".f-{name}{{fill:var(--{name})}}.k-{name}{{stroke:var(--{name})}}" for name in TOKENS)


@cache
def _sheet(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8").strip()


def _quoted(text: str) -> str:
    """A CSS string in which every sign that is not a plain letter or digit is written as its number."""
    signs = (sign if sign.isascii() and sign.isalnum() else f"\\{ord(sign):x} " for sign in text)
    return '"' + "".join(signs) + '"'
