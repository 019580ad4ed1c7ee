"""Numbers: which sign is the decimal one is decided once for a file, from evidence."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from helpers.errors import ExportError
from helpers.intake.cells import as_text, is_null

Proof = Literal["stated", "proven", "inferred", "assumed", "unneeded"]

SYMBOLS: Mapping[str, str | None] = {
    "€": "EUR",
    "£": "GBP",
    "US$": "USD",
    "CA$": "CAD",
    "A$": "AUD",
    "AU$": "AUD",
    "MX$": "MXN",
    "R$": "BRL",
    "NZ$": "NZD",
    "HK$": "HKD",
    "zł": "PLN",
    "₹": "INR",
    "₺": "TRY",
    "₩": "KRW",
    "₪": "ILS",
    "₴": "UAH",
    "S/": "PEN",
    # Several currencies share these: they are no evidence.
    "$": None,
    "¥": None,
    "kr": None,
}
_CODE = r"[A-Z]{3}"
_SYMBOL = "|".join(re.escape(symbol) for symbol in sorted(SYMBOLS, key=len, reverse=True))
_UNIT = rf"(?:{_SYMBOL}|{_CODE})"
_TOKEN = re.compile(
    rf"(?P<open>\()?(?P<sign>[-+−]?)\s*(?P<before>{_UNIT})?\s*(?P<sign2>[-−]?)"
    rf"(?P<digits>(?:\d[\d.,]*|[.,]\d+)(?:[eE][-+]?\d+)?)"
    rf"\s*(?P<scale>[kKMB]|mil|mill?\.)?\s*(?P<after>{_UNIT}|%)?(?P<close>\))?"
)
# Counts that a platform rounds for reading: 1.2K, 1,2 mil.
_SCALES = {"k": 1e3, "mil": 1e3, "m": 1e6, "mil.": 1e6, "mill.": 1e6, "b": 1e9}
# Most cells are plain: they need none of the rest.
_PLAIN = {sign: re.compile(rf"-?\d+(?:{re.escape(sign)}\d+)?") for sign in ".,"}
_UNSIGNED = re.compile(r"\d+(?:[.,]\d+)?")
_CENSORED = re.compile(r"(?P<bound>[<>≤≥]=?)\s*(?P<rest>.+)")
_FROM_TO = re.compile(
    r"\d[\d.,]*\s*(?:K|M|mil)?(?:\s+-\s+|\s*[–—]\s*)\d[\d.,]*\s*(?:K|M|mil)?",
    re.IGNORECASE,
)
# Programs group digits so.
_UNDERSCORED = re.compile(r"[-+]?\d+(?:_\d+)+(?:[.,]\d+)?")
_SPACES = re.compile(r"(?<=\d)[\s\u00a0\u202f'’](?=\d)")


@dataclass(frozen=True)
class Number:
    """One number as a cell has it.

    `value` is NaN for a blank. A percentage is a fraction. `is_censored` says that the file gives only a bound,
    `is_rounded` that it gives only the first digits.
    """

    value: float
    is_censored: bool = False
    is_rounded: bool = False
    currency: str | None = None


@dataclass(frozen=True)
class Convention:
    """Which sign is the decimal one, and how well that is known.

    `proof` is `stated` by the analyst, `proven` by a cell that can be read in one way only, `inferred` from grouped
    whole numbers, `assumed` from the file's language, or `unneeded` where no cell has a separator.
    """

    decimal: str
    proof: Proof
    example: str = ""


NOTHING = Number(math.nan)
FROM_TO = Number(math.nan, is_censored=True)


def stated_convention(pattern: str) -> Convention:
    """Return the convention that `1.234,56` or `1,234.56` describes."""
    return Convention("," if pattern.rfind(",") > pattern.rfind(".") else ".", "stated", pattern)


def decide(
    measures: Iterable[object],
    counts: Iterable[object],
    *,
    fallback: str | None,
    where: str = "",
) -> Convention | None:
    """Decide which sign is the decimal one.

    Parameters
    ----------
    measures
        Cells that may hold fractions.
    counts
        Cells that hold whole numbers, so that a single separator before three digits groups them.
    fallback
        Decimal sign by the file's language or layout, where the cells prove nothing; None if unknown.

    Returns
    -------
    None where nothing decides and the meaning of a cell depends on it.

    Raises
    ------
    ExportError
        Where two cells prove the opposite of each other.
    """
    tokens = {_digits(cell) for cell in measures} - {""}
    whole = {_digits(cell) for cell in counts} - {""}
    proofs = {sign: min((t for t in tokens | whole if _proves(t) == sign), default="") for sign in ".,"}
    if proofs["."] and proofs[","]:
        raise ExportError(
            "the decimal sign differs between cells",
            where=where,
            seen=f"{proofs['.']} and {proofs[',']}",
            next_step='Say numbers: "1.234,56" or "1,234.56" for the file in client.yaml, or export it again.',
        )
    for sign, example in proofs.items():
        if example:
            return Convention(sign, "proven", example)
    grouped = {_separator(token) for token in whole} - {""}
    if len(grouped) == 1:
        sign = grouped.pop()
        return Convention("," if sign == "." else ".", "inferred", min(t for t in whole if sign in t))
    undecided = [token for token in tokens | whole if _separator(token)]
    if not undecided:
        return Convention(".", "unneeded")
    return Convention(fallback, "assumed", min(undecided)) if fallback else None


def parse(cell: object, decimal: str) -> Number:
    """Read one cell.

    Raises
    ------
    ValueError
        Where the cell is neither blank nor a number.
    """
    if isinstance(cell, bool):
        return Number(float(cell))
    if isinstance(cell, int | float | Decimal):
        return Number(float(cell))
    if is_null(cell):
        return NOTHING
    text = as_text(cell)
    censored = _CENSORED.fullmatch(text)
    if censored:
        inner = parse(censored["rest"], decimal)
        return Number(inner.value, is_censored=True, currency=inner.currency)
    found = _token(text.replace("_", "") if _UNDERSCORED.fullmatch(text) else text)
    if found is None:
        raise ValueError(text)
    value = _value(found["digits"], decimal)
    if found["after"] == "%":
        value /= 100
    is_negative = bool(found["open"]) or "-" in (found["sign"] + found["sign2"]).replace("−", "-")
    if found["scale"]:
        value = round(value * _SCALES[found["scale"].casefold()], 6)
    return Number(
        -value if is_negative else value,
        is_rounded=bool(found["scale"]),
        currency=_currency(found["before"]) or _currency(found["after"]),
    )


def plain(cells: Iterable[object], decimal: str) -> dict[object, float]:
    """Return the values of those cells that are nothing but digits and a decimal sign: most are, and it is quick."""
    is_plain = _PLAIN[decimal].fullmatch
    texts = (cell for cell in cells if isinstance(cell, str) and is_plain(cell))
    return {text: float(text.replace(",", ".")) for text in texts}


def is_from_to(cell: object) -> bool:
    """Whether a cell only says between which two numbers something is: `1K – 10K`."""
    return isinstance(cell, str) and _FROM_TO.fullmatch(as_text(cell)) is not None


def looks_numeric(cell: object) -> bool:
    """Whether a cell is written like a number, whatever its decimal sign."""
    if isinstance(cell, int | float | Decimal):
        return True
    text = as_text(cell)
    censored = _CENSORED.fullmatch(text)
    return _token(censored["rest"] if censored else text) is not None


def _token(text: str) -> re.Match[str] | None:
    found = _TOKEN.fullmatch(_SPACES.sub("", text.replace("\u00a0", " ").replace("\u202f", " ")).strip())
    if found is None or bool(found["open"]) != bool(found["close"]):
        return None
    return found


def _digits(cell: object) -> str:
    if not isinstance(cell, str):
        return ""
    if _UNSIGNED.fullmatch(cell):
        return cell
    text = as_text(cell)
    censored = _CENSORED.fullmatch(text)
    found = _token(censored["rest"] if censored else text)
    return found["digits"] if found else ""


def _proves(token: str) -> str | None:
    """Return the decimal sign that a token proves, None if it can be read in both ways."""
    if "e" in token.lower():
        return "." if "." in token else "," if "," in token else None
    point, comma = token.count("."), token.count(",")
    if point and comma:
        return "." if token.rfind(".") > token.rfind(",") else ","
    if point > 1 or comma > 1:
        return "," if point else "."
    if not point and not comma:
        return None
    sign = "." if point else ","
    head, tail = token.split(sign)
    is_group = len(tail) == 3 and 1 <= len(head) <= 3 and head != "0"
    return None if is_group else sign


def _separator(token: str) -> str:
    """Return the separator of a token that can be read in both ways."""
    if _proves(token) is not None:
        return ""
    return "." if "." in token else "," if "," in token else ""


def _value(digits: str, decimal: str) -> float:
    grouping = "," if decimal == "." else "."
    whole, _, fraction = digits.partition(decimal)
    groups = whole.split(grouping)
    # 1.5 read with a decimal comma is no number: groups after the first have two or three digits (India) or three.
    if (
        grouping in fraction
        or any(len(group) not in {2, 3} for group in groups[1:])
        or (len(groups) > 1 and len(groups[-1]) != 3)
    ):
        raise ValueError(digits)
    return float("".join(groups) + "." + fraction if fraction else "".join(groups) or "0")


def _currency(unit: str | None) -> str | None:
    if not unit or unit == "%":
        return None
    return SYMBOLS.get(unit, unit if re.fullmatch(_CODE, unit) else None)
