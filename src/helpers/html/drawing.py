"""Drawings as the page shows them, and spark lines."""

from __future__ import annotations

import re

from markupsafe import Markup

from helpers.blocks import Brand, Figure
from helpers.errors import RunError
from helpers.html.view import View
from helpers.svg import DrawingError, as_image, clean, translate

_PNG = re.compile(r"data:image/png;base64,[A-Za-z0-9+/=]+")
_WIDTH, _HEIGHT, _EDGE = 100.0, 24.0, 2.0


def drawing(figure: Figure, view: View, *, is_wide: bool, prefix: str) -> Markup:
    """The cleaned drawing in the language of the view, with the words of the figure for who cannot see it."""
    return Markup(_translated(figure, view, is_wide=is_wide, prefix=prefix))  # noqa: S704  cleaned in there


def picture(figure: Figure, view: View) -> str:
    """The wide drawing as the address of an image, for notebooks."""
    return as_image(_translated(figure, view, is_wide=True, prefix=""))


def _translated(figure: Figure, view: View, *, is_wide: bool, prefix: str) -> str:
    source = figure.wide if is_wide else figure.narrow
    title, description = view.plain(figure.title), view.plain(figure.description)
    # The first entry of each row is the text as drawn.
    if any(len(row) < view.index + 2 for row in figure.texts):
        raise _unusable(figure, "a text of the drawing lacks a language")
    try:
        safe = clean(source, prefix=prefix, title=title, description=description)
        return translate(safe, figure.texts, view.index + 1)
    except DrawingError as error:
        raise _unusable(figure, str(error)) from error


def _unusable(figure: Figure, seen: str) -> RunError:
    again = "Run the notebook again: cuaderno report CLIENT --force."
    return RunError("a drawing cannot be shown", where=figure.chart, seen=seen, next_step=again)


def logo(brand: Brand) -> str | None:
    """The client's logo as the address of an image, or None where there is none or it is no picture."""
    if brand.logo is None:
        return None
    if brand.logo.lstrip().startswith("<"):
        try:
            return as_image(clean(brand.logo, decimals=3))
        except DrawingError:
            # A page without its ornament is better than none; `clients` has told the analyst about the file.
            return None
    return brand.logo if _PNG.fullmatch(brand.logo) else None


def spark(values: list[float | None]) -> str:
    """The path of a spark line; a missing value breaks it."""
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return ""
    low, high = min(known), max(known)
    across = (_WIDTH - 2 * _EDGE) / (len(values) - 1)
    up = (_HEIGHT - 2 * _EDGE) / ((high - low) or 1)
    path, joint = [], "M"
    for place, value in enumerate(values):
        if value is None:
            joint = "M"
            continue
        path.append(f"{joint}{_EDGE + place * across:.1f} {_HEIGHT - _EDGE - (value - low) * up:.1f}")
        joint = "L"
    return "".join(path)
