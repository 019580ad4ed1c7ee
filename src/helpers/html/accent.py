"""A client's colour, made readable on both themes by moving its lightness alone."""

from __future__ import annotations

import re

from helpers.svg.tokens import TOKENS, Token

DEFAULT = Token("#1c65c8", "#7db7ff")
_HEX = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_ENOUGH = 4.5
_STEP = 0.01

Triple = tuple[float, float, float]


def readable(colour: str | None) -> Token:
    """Return the colour with a contrast of at least 4.5 on the backgrounds of either theme.

    The hue and chroma stay as near as the screen allows, in OKLCH (Ottosson 2020). What is no hexadecimal colour gives
    the default.
    """
    if colour is None or not _HEX.fullmatch(colour):
        return DEFAULT
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    given = _oklab(_linear(f"#{digits}"))
    return Token(_repaired(given, "light", -_STEP), _repaired(given, "dark", _STEP))


def contrast(one: str, other: str) -> float:
    """Contrast of two colours as WCAG defines it, between 1 and 21."""
    low, high = sorted((_luminance(_linear(one)), _luminance(_linear(other))))
    return (high + 0.05) / (low + 0.05)


def _repaired(given: Triple, theme: str, step: float) -> str:
    grounds = [getattr(TOKENS[name], theme) for name in ("bg", "sf")]
    lightness, a, b = given
    colour = _hex(_from_oklab(given))
    while 0 <= lightness <= 1 and any(contrast(colour, ground) < _ENOUGH for ground in grounds):
        lightness += step
        colour = _hex(_from_oklab((lightness, a, b)))
    return colour


def _linear(colour: str) -> Triple:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return _to_linear(red), _to_linear(green), _to_linear(blue)


def _to_linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _luminance(linear: Triple) -> float:
    red, green, blue = linear
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _oklab(linear: Triple) -> Triple:
    red, green, blue = linear
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def _from_oklab(lab: Triple) -> Triple:
    lightness, a, b = lab
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def _hex(linear: Triple) -> str:
    clipped = [min(max(value, 0.0), 1.0) for value in linear]
    encoded = [12.92 * v if v <= 0.0031308 else 1.055 * v ** (1 / 2.4) - 0.055 for v in clipped]
    return "#" + "".join(f"{round(value * 255):02x}" for value in encoded)
