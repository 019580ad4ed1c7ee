"""How many digits a number is written with, and how a country writes them."""

from __future__ import annotations

import math

from babel.core import Locale
from babel.numbers import (
    format_currency,
    format_decimal,
    format_percent,
    get_currency_precision,
    get_currency_symbol,
)

from helpers.units import Quantity, Unit

UNKNOWN = "–"
_MINUS = "\u2212"


_SIGNIFICANT = {"points": (2, 1, 2), "parameter": (2, 2, 8), "index": (3, 1, 2), "rate": (5, 4, 8)}
"""Significant digits, least and most decimals."""


def write(quantity: Quantity, locale: Locale) -> str:
    """Write a number as people of that country do, rounded for reading.

    An unknown number is a dash. A share is written in per cent, a difference of shares (points) likewise without the
    sign; money below 100 keeps its cents, above it is rounded to whole units.
    """
    value = quantity.value * (100 if quantity.unit == "points" else 1)
    if not math.isfinite(value):
        return UNKNOWN
    digits = decimals(value, quantity.unit)
    pattern = _pattern(digits)
    match quantity.unit:
        case "share":
            written = format_percent(value, format=_percent_pattern(digits, locale), locale=locale)
        case "money" if quantity.currency:
            written = _money(value, quantity.currency, digits, locale)
        case _:
            written = format_decimal(value, format=pattern, locale=locale)
    return _signed(written, value if quantity.signed else 0.0)


def number_format(quantity: Quantity, locale: Locale, *, points: str) -> str:
    """The number format of a spreadsheet cell that holds the quantity: its unit, and digits enough to read it.

    Money has the decimals of its currency throughout, so that columns line up. A spreadsheet can write a fraction in
    hundredths only with a per cent sign, so a difference of shares has that and the word `points` behind it.
    """
    digits = decimals(quantity.value * (100 if quantity.unit == "points" else 1), quantity.unit)
    match quantity.unit:
        case "share":
            return _percent_pattern(digits, locale)
        case "points":
            return f'{_percent_pattern(digits, locale)}" ({points})"'
        case "money" if quantity.currency:
            symbol = get_currency_symbol(quantity.currency, locale=locale)
            pattern = _money_pattern(symbol, get_currency_precision(quantity.currency), locale)
            return pattern.replace("¤", f'"{symbol}"')
        case _:
            return _pattern(digits)


def decimals(value: float, unit: Unit) -> int:
    """Digits after the point that a reader needs for a value of this unit."""
    size = abs(value)
    match unit:
        case "money":
            return 2 if size < 100 else 0
        case "count" | "days":
            return 0 if size >= 100 or float(value).is_integer() else 1
        case "share":
            return _share_decimals(size * 100)
        case "points" | "parameter" | "index" | "rate":
            digits, least, most = _SIGNIFICANT[unit]
            return _significant(size, digits=digits, least=least, most=most)
        case _:
            return 2


def _share_decimals(per_cent: float) -> int:
    """Two decimals where one would hide a difference, more where two would show nothing."""
    if per_cent == 0 or per_cent >= 10:
        return 1
    return 2 if per_cent >= 0.1 else _significant(per_cent, digits=2, least=2, most=4)


def _significant(size: float, *, digits: int, least: int, most: int) -> int:
    """Decimals that show so many significant digits, within bounds."""
    if size == 0:
        return least
    return min(max(digits - 1 - math.floor(math.log10(size)), least), most)


def _pattern(digits: int) -> str:
    return "#,##0." + "0" * digits if digits else "#,##0"


def _percent_pattern(digits: int, locale: Locale) -> str:
    sign = str(locale.percent_formats[None].pattern).lstrip("#,0.")
    return _pattern(digits) + sign


def _money(value: float, currency: str, digits: int, locale: Locale) -> str:
    pattern = _money_pattern(get_currency_symbol(currency, locale=locale), digits, locale)
    return format_currency(value, currency, format=pattern, locale=locale, currency_digits=False)


def _money_pattern(symbol: str, digits: int, locale: Locale) -> str:
    # CLDR puts the sign after the dollar in some countries; before the whole is what every reader takes in.
    pattern = locale.currency_formats["standard"].pattern
    prefix, suffix = ("¤", "") if pattern.startswith("¤") else ("", "\u00a0¤")
    if prefix and len(symbol) > 1 and symbol[-1].isalpha():
        prefix = "¤\u00a0"
    return prefix + _pattern(digits) + suffix


def _signed(written: str, value: float) -> str:
    plain = written.replace("-", _MINUS)
    return f"+{plain}" if value > 0 else plain
