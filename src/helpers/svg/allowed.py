"""What an SVG may hold: elements, attributes and the form of each attribute's value.

A value is kept only if it has its attribute's form, so nothing is searched for and refused: what is not known does
not pass.
"""

from __future__ import annotations

import re

SHAPES = frozenset({"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"})
TEXTS = frozenset({"text", "tspan"})
GRADIENTS = frozenset({"linearGradient", "radialGradient"})
ELEMENTS = SHAPES | TEXTS | GRADIENTS | {"svg", "g", "defs", "clipPath", "use", "image", "stop"}

NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
"""One number inside a value."""

_NUMBERS = r"[\d\s.,eE+-]*"
_LENGTH = re.compile(rf"{NUMBER.pattern}(?:px|pt|%)?")
_LIST = re.compile(_NUMBERS)
_WORD = re.compile(r"[a-zA-Z-]+")
_PAINT = re.compile(r"none|currentColor|transparent|#[0-9a-fA-F]{3,8}|[a-z]{3,20}|rgba?\([\d\s.,%]+\)|url\(#[\w.-]+\)")
_TRANSFORM = re.compile(rf"\s*(?:(?:matrix|translate|scale|rotate|skewX|skewY)\({_NUMBERS}\)[\s,]*)*")

_LENGTHS = (
    *("x", "y", "width", "height", "cx", "cy", "r", "rx", "ry", "fx", "fy", "dx", "dy"),
    *("x1", "x2", "y1", "y2"),
)
_LISTS = ("points", "viewBox")
_TRANSFORMS = ("transform", "gradientTransform")
_SHARES = ("offset", "fill-opacity", "stroke-opacity", "stop-opacity", "opacity")

PLACED = {
    **dict.fromkeys(_LENGTHS, _LENGTH),
    **dict.fromkeys(_LISTS, _LIST),
    **dict.fromkeys(_TRANSFORMS, _TRANSFORM),
    **dict.fromkeys(("gradientUnits", "clipPathUnits", "spreadMethod"), _WORD),
    "offset": _LENGTH,
    "d": re.compile(r"[MmLlHhVvCcSsQqTtAaZz\d\s.,eE+-]*"),
    "preserveAspectRatio": re.compile(r"[a-zA-Z ]+"),
    "href": re.compile(r"#[\w.-]+|data:image/png;base64,[A-Za-z0-9+/=\s]*"),
}
"""Attributes that say where things are, with the form of their values."""

PAINTED = {
    **dict.fromkeys(("fill", "stroke", "stop-color"), _PAINT),
    **dict.fromkeys(("fill-opacity", "stroke-opacity", "stop-opacity", "opacity"), _LENGTH),
    **dict.fromkeys(("stroke-width", "stroke-dashoffset", "stroke-miterlimit", "font-size"), _LENGTH),
    **dict.fromkeys(("fill-rule", "clip-rule", "stroke-linecap", "stroke-linejoin", "font-style"), _WORD),
    "text-anchor": _WORD,
    "stroke-dasharray": re.compile(rf"none|{_NUMBERS}"),
    "font-weight": re.compile(r"normal|bold|[1-9]00"),
    "clip-path": re.compile(r"url\(#[\w.-]+\)"),
}
"""Properties that may stand in a style or as attributes, with the form of their values."""

DECIMALS = {
    **dict.fromkeys((*_LENGTHS, *_LISTS, "d", "stroke-dasharray", "stroke-width", "font-size"), 0),
    **dict.fromkeys(_SHARES, 2),
    **dict.fromkeys(_TRANSFORMS, 4),
}
"""Attributes whose numbers are rounded, with the least number of digits that each keeps."""
