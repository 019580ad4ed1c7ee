"""What a careful person notes about typed rows: currencies, odd cells, repeats, figures that must not be added."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache

import pandas as pd
from babel.core import get_global
from babel.numbers import get_currency_name
from pandas.api.types import is_numeric_dtype

from helpers.intake.numbers import SYMBOLS
from helpers.intake.receipt import Answer, Problem
from helpers.intake.typed import RefusedTableError, Typed
from helpers.platforms.model import split_currency
from helpers.tables import Held, Table, UnheldError

_FORMULA = re.compile(r"[=\t\r].+|@[A-Z.]+\(.*|[+-][^\d\s].*[(!].*|[+-]\d+[+\-*/].*[(!|].*", re.DOTALL)
_MARKUP = re.compile(r"<[/!?]?[a-z]", re.IGNORECASE)
_ODD = {"formula_text": _FORMULA.fullmatch, "markup_text": _MARKUP.search}
_ESCAPED = "It is kept as text and made safe wherever it is shown."
_SHARED = frozenset(sign for sign, code in SYMBOLS.items() if code is None)
_LANGUAGES = ("en", "es", "pt", "de", "fr", "it")
# What tells kinds of results apart where nothing else does.
KINDS_BY = ("objective", "campaign_id", "campaign")
_SAY_CURRENCY = (
    "Say constants: {currency: EUR} (yours) for the file under sources in client.yaml, or export the currency column."
)


def stated(constants: Mapping[str, str | float | bool], table: Table) -> dict[str, Held]:
    """Return what the analyst states of every row, as the columns of a table hold it; what it has no column for is not.

    Raises
    ------
    RefusedTableError
        Where a column cannot hold it.
    """
    found = {}
    for name, value in constants.items():
        try:
            if name in table.by_name:
                held = table.by_name[name].held(value)
                found[name] = _iso(held) if name == "currency" else held
        except UnheldError as error:
            message = f"{name} {error.what}; constants: says {value!r}."
            raise RefusedTableError(Problem.of("unreadable_values", message, error.next_step, is_fatal=True)) from error
    return found


def _iso(currency: Held) -> str:
    code = _code(str(currency))
    if code is None:
        raise UnheldError("is no currency", "Write its code of three letters, such as EUR.")
    return code


def with_stated(frame: pd.DataFrame, stated: Mapping[str, Held]) -> pd.DataFrame:
    """Add what is stated of every row; a day is stated with what a day of the file has: its end and its length."""
    days = {name: value for name, value in stated.items() if isinstance(value, datetime)}
    ends = {f"{name}|end": day for name, day in days.items()}
    return frame.assign(**stated, **ends, **dict.fromkeys((f"{name}|grain" for name in days), "day"))


def with_currency(
    frame: pd.DataFrame, table: Table, typed: Typed, labels: Mapping[str, str], *, is_stated: bool = False
) -> tuple[pd.DataFrame, list[Problem]]:
    """Fill `currency` from evidence in the file: its column, else a suffix of a header, else a sign beside the figures.

    It is never guessed: without evidence the column stays empty and the receipt says so. Where the analyst states it
    (`is_stated`), that counts and no evidence is asked.

    Raises
    ------
    RefusedTableError
        Where one of these says another currency than the others.
    """
    if "currency" not in table.by_name or not table.money:
        return frame, []
    empty = pd.Series(None, index=frame.index, dtype="str")
    told = frame["currency"] if is_filled(frame, "currency") else empty
    listed = codes(told)
    if not is_stated:
        _refuse_contradiction(listed, typed, labels)
        headed = _headed(typed, labels)
        if len(headed) == 1 and told.notna().any():  # what a column says in words of its own is no blank
            listed = listed.mask(told.isna(), next(iter(headed)))
    if listed.notna().any() or is_stated or told.nunique() > 1 or told.isin(_SHARED).any():
        return _judged(frame.assign(currency=listed), set(listed.dropna().unique()), typed.money)
    measures = [label for name, label in labels.items() if name in frame and is_numeric_dtype(frame[name])]
    suffixes = _known(_suffix(label) for label in measures)
    found = suffixes or _known(typed.currencies)
    if len(found) == 1:
        return _judged(frame.assign(currency=next(iter(found))), found, typed.money)
    return _judged(frame.assign(currency=empty), found, typed.money)


def _refuse_contradiction(column: pd.Series, typed: Typed, labels: Mapping[str, str]) -> None:
    """Refuse money of which the header, the column of currencies and the signs beside the figures say different things.

    A row has one currency: which of them is wrong, nobody can tell from the file.
    """
    headed = _headed(typed, labels)
    listed, signed = _known(column.dropna().unique()), _known(typed.currencies)
    for code in sorted(headed):
        said = f'The header "{headed[code]}" says {code}'
        if others := listed - {code}:
            row = int(column.index[column.isin(others)][0])
            raise _contradiction(said, "its column of currencies says", others, code, row)
        if others := signed - {code}:
            raise _contradiction(said, "signs beside its figures say", others, code)
    if listed and (others := signed - listed):
        said = f"The column of currencies says {_either(listed)}"
        raise _contradiction(said, "signs beside figures say", others, min(listed))


def _headed(typed: Typed, labels: Mapping[str, str]) -> dict[str, str]:
    """Return headers of money by the currency that they name."""
    headed = {code: labels[name] for name in typed.money if name in labels and (code := _suffix(labels[name]))}
    return {code: headed[code] for code in _known(headed)}


def fills_blanks(typed: Typed, labels: Mapping[str, str]) -> bool:
    """Whether `with_currency` may fill what the column of currencies leaves open."""
    return bool(_headed(typed, labels) or _known(typed.currencies))


def _contradiction(
    said: str, against: str, others: Collection[str], proposed: str, row: int | None = None
) -> RefusedTableError:
    problem = Problem.of(
        "mixed_currencies",
        f"{said}, {against} {_either(others)}: the file contradicts itself.",
        "Look up the account's currency and say constants: {currency: …} for the file under sources in client.yaml.",
        row=row,
        is_fatal=True,
    )
    return RefusedTableError(
        problem, Answer("currency", proposed, f"or {_either(others)}, whichever the account is in")
    )


def _either(found: Collection[str]) -> str:
    return " or ".join(sorted(found))


def _known(found: Iterable[str | None]) -> set[str]:
    """Leave the codes of ISO 4217: not every three capitals beside a figure are one."""
    currencies = get_global("all_currencies")
    return {code for code in found if code is not None and code in currencies}


def codes(words: pd.Series) -> pd.Series:
    """Return currencies as ISO 4217 writes them; a sign that several share and a word for none stand for none."""
    return words.map({word: _code(str(word)) for word in words.dropna().unique()}).astype("str")


def _code(word: str) -> str | None:
    upper = word.upper()
    if word in SYMBOLS or upper in SYMBOLS:
        return SYMBOLS.get(word, SYMBOLS.get(upper))
    return upper if _known([upper]) else _by_name().get(word.casefold())


@cache
def _by_name() -> Mapping[str, str]:
    """Return currencies by their names, one and many, in the languages of headers; names of several say nothing."""
    found = defaultdict[str, set[str]](set)
    for code in get_global("all_currencies"):
        for language in _LANGUAGES:
            for count in (None, 2):
                found[get_currency_name(code, count, language).casefold()].add(code)
    return {name: min(codes) for name, codes in found.items() if len(codes) == 1}


def _suffix(label: str) -> str | None:
    _, code = split_currency(label)
    if code is None:
        return None
    return SYMBOLS.get(code, code if re.fullmatch(r"[A-Z]{3}", code) else None)


def _judged(frame: pd.DataFrame, codes: set[str], money: Sequence[str]) -> tuple[pd.DataFrame, list[Problem]]:
    has_money = any(frame[name].notna().any() for name in money)
    if len(codes) > 1:
        return frame, [
            Problem.of(
                "mixed_currencies",
                f"Money is in {', '.join(sorted(codes))}: it is not added across them.",
                "Give exchange rates under fx in client.yaml.",
            )
        ]
    if not codes and has_money:
        return frame, [Problem.of("currency_missing", "The file holds money and names no currency.", _SAY_CURRENCY)]
    return frame, []


def partly_blank(currencies: Sequence[str]) -> list[Problem]:
    """Tell that some rows with money leave their currency blank, of those that `Facts` gives."""
    named = [code for code in currencies if code]
    if not named or len(named) == len(currencies):
        return []
    message = f"Some rows with money leave their currency blank, others say {' or '.join(named)}."
    return [Problem.of("currency_missing", message, _SAY_CURRENCY)]


def odd_words(words: Iterable[str]) -> dict[str, list[str]]:
    """Return, by the code of the problem that they are, the words that look like formulas or markup."""
    listed = list(words)
    return {code: [word for word in listed if _is_odd(word, code)] for code in _ODD}


def odd_text(frame: pd.DataFrame, labels: Mapping[str, str]) -> list[Problem]:
    """Warn of cells that a spreadsheet would run and of cells that hold HTML."""
    problems = []
    for code, words in (("formula_text", "starts like a formula"), ("markup_text", "holds markup")):
        for name in frame.columns:
            if not pd.api.types.is_string_dtype(frame[name]):
                continue
            found = [word for word in frame[name].dropna().unique().tolist() if _is_odd(word, code)]
            if found:
                row = int(frame.index[frame[name] == found[0]][0])
                problems.append(
                    Problem.of(
                        code,
                        f"{str(found[0])[:60]!r} {words}. {_ESCAPED}",
                        row=row,
                        column=labels.get(str(name), str(name)),
                    )
                )
    return problems


def _is_odd(word: str, code: str) -> bool:
    return _ODD[code](word) is not None


def is_filled(frame: pd.DataFrame, name: str) -> bool:
    """Whether a frame has a column with anything in it."""
    return name in frame and bool(frame[name].notna().any())


def unlike_measures(frame: pd.DataFrame, table: Table) -> list[str]:
    """Return the measures whose rows count different things."""
    return [
        name
        for name, kind in (table.alike or {}).items()
        if is_filled(frame, name) and not is_of_one_kind(frame, name, kind)
    ]


def is_of_one_kind(frame: pd.DataFrame, name: str, kind: str) -> bool:
    """Whether a measure counts one thing in all rows: its type says so, or there is one objective or one campaign."""
    counted = frame[frame[name].notna()] if name in frame else frame.iloc[:0]
    if kind in frame and counted[kind].notna().any():
        return int(counted[kind].nunique()) == 1 and bool((counted[kind].notna() | counted[name].eq(0)).all())
    for column in KINDS_BY:
        if column in frame and counted[column].notna().any():
            return int(counted[column].nunique()) == 1
    return len(counted) <= 1


def equal_rows(frame: pd.DataFrame, table: Table) -> int:
    """Count rows that hold figures and equal another row in every column; 0 where that is ordinary."""
    measures = [name for name in table.additive if name in frame]
    if table.has_natural_repeats or frame.empty or (table.additive and not measures):
        return 0
    counted = frame[frame[measures].fillna(0).ne(0).any(axis=1)] if measures else frame
    return int(counted.duplicated().sum())


def repeats(number: int) -> list[Problem]:
    """Warn of so many equal rows that hold figures; they are kept, for they may be two equal facts."""
    if not number:
        return []
    return [
        Problem.of(
            "duplicates",
            f"{number} rows repeat another row in every column; they are kept and counted.",
            "If they are one fact exported twice, remove them from the file.",
        )
    ]
