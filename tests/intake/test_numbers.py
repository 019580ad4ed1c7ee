"""Which sign is the decimal one, and what a cell is worth."""

from __future__ import annotations

import math

import pytest

from helpers.errors import ExportError
from helpers.intake import numbers

PROOFS = [
    (["1.204,50"], [], ",", "proven"),
    (["1,204.50"], [], ".", "proven"),
    (["812,44"], [], ",", "proven"),
    (["6,48 %"], [], ",", "proven"),
    (["0.123"], [], ".", "proven"),
    (["12345.678"], [], ".", "proven"),
    (["1.234.567"], [], ",", "proven"),
    (["2,40,000"], [], ".", "proven"),
    (["2.903"], ["48.210"], ",", "inferred"),
    (["2,903"], ["48,210"], ".", "inferred"),
    (["3.122"], [], "x", "assumed"),
    (["3122", "17"], ["5"], ".", "unneeded"),
    (["< 10,5 %"], [], ",", "proven"),
    (["7,00 €"], [], ",", "proven"),
]


@pytest.mark.parametrize(("measures", "counts", "decimal", "proof"), PROOFS)
def test_the_decimal_sign_follows_from_the_cells(
    measures: list[str], counts: list[str], decimal: str, proof: str
) -> None:
    convention = numbers.decide(measures, counts, fallback="x")

    assert convention is not None
    assert (convention.decimal, convention.proof) == (decimal, proof)


def test_a_lone_group_of_three_digits_decides_nothing_where_nothing_else_is_known() -> None:
    assert numbers.decide(["3.122"], [], fallback=None) is None


def test_two_cells_that_prove_the_opposite_are_refused_with_both_of_them() -> None:
    with pytest.raises(ExportError, match=r"1,204\.50 and 1\.204,50"):
        numbers.decide(["1.204,50", "1,204.50"], [], fallback=".")


CELLS = [
    ("1.204,50", ",", 1204.5),
    ("1,204.50", ".", 1204.5),
    ("48.210", ",", 48210.0),
    ("48,210", ".", 48210.0),
    ("2,40,000", ".", 240000.0),
    ("1 234,56", ",", 1234.56),
    ("1\u00a0234,56 €", ",", 1234.56),
    ("1'234.50", ".", 1234.5),
    ("US$9.72", ".", 9.72),
    ("EUR 12", ".", 12.0),
    ("€1,622.60", ".", 1622.6),
    ("-5.25", ".", -5.25),
    ("−5,25", ",", -5.25),
    ("(12.00)", ".", -12.0),
    ("-$5.00", ".", -5.0),
    ("2.81%", ".", 0.0281),
    ("2,81 %", ",", 0.0281),
    (".5", ".", 0.5),
    ("1.2e3", ".", 1200.0),
    (3.5, ",", 3.5),
    (7, ",", 7.0),
]


@pytest.mark.parametrize(("cell", "decimal", "value"), CELLS)
def test_a_cell_is_worth_what_it_says(cell: object, decimal: str, value: float) -> None:
    assert numbers.parse(cell, decimal).value == pytest.approx(value)


@pytest.mark.parametrize("cell", ["", " --", "--", "-", "—", "undefined", "NAN", "N/A", None])
def test_a_blank_is_not_zero(cell: object) -> None:
    assert math.isnan(numbers.parse(cell, ".").value)


@pytest.mark.parametrize(("cell", "value"), [("< 10%", 0.1), ("<1", 1.0), ("≤100", 100.0), ("> 90%", 0.9)])
def test_a_bound_is_kept_as_a_bound(cell: str, value: float) -> None:
    number = numbers.parse(cell, ".")

    assert number.is_censored
    assert number.value == pytest.approx(value)


@pytest.mark.parametrize(
    ("cell", "decimal"),
    [("12 apples", "."), ("1.5", ","), ("1,5", "."), ("1.2.3", "."), ("abc", "."), ("1,23,45", ".")],
)
def test_what_is_no_number_in_this_convention_is_refused(cell: str, decimal: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        numbers.parse(cell, decimal)


@pytest.mark.parametrize(
    ("cell", "code"), [("7,00 €", "EUR"), ("£3", "GBP"), ("CA$4", "CAD"), ("$4", None), ("12 PLN", "PLN")]
)
def test_a_bare_dollar_sign_is_no_currency(cell: str, code: str | None) -> None:
    assert numbers.parse(cell, ",").currency == code
