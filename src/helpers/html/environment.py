"""The one template environment: it escapes everything that is printed."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import jinja2
from markupsafe import Markup

from helpers.html.drawing import drawing, logo, picture, spark
from helpers.html.look import TEMPLATES, Look
from helpers.html.markdown import inline, rich
from helpers.html.view import halves

_IN_SCRIPT = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


@cache
def environment() -> jinja2.Environment:
    """Return the environment with its filters and functions; those that give raw markup are named there."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"rich": rich, "inline": inline, "data": data, "style": style, "spark": spark}
    made.globals |= {"drawing": drawing, "picture": picture, "logo": logo, "halves": halves}
    return made


def data(document: dict[str, Any]) -> Markup:
    """JSON that stays inside its script element; keys are sorted, so that equal documents are equal bytes."""
    written = json.dumps(document, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
    # One sign after the other: `translate` looks at each sign of a text of a hundred thousand.
    for sign, escaped in _IN_SCRIPT.items():
        written = written.replace(sign, escaped)
    return Markup(written)  # noqa: S704  no sign in it can end the element


def style(look: Look) -> Markup:
    """The style sheet, which holds no text from data but the margin, where all signs are numbers."""
    return Markup(look.style)  # noqa: S704  see `look`
