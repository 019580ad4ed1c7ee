"""A superlative is said only where the figures, as they are written, bear it."""

from __future__ import annotations

import pytest

from helpers.claims import Claim, Ledger
from helpers.stages.sentences import leading
from tests.stages.conftest import OCTOBER


def claims(*values: float) -> list[Claim]:
    ledger = Ledger("audit", OCTOBER, "EUR")
    return [ledger.add("revenue", value, scope={"category": str(n)}) for n, value in enumerate(values)]


def test_the_largest_leads() -> None:
    made = claims(200.0, 310.0, 150.0)

    assert leading(made) is made[1]


def test_by_size_a_loss_can_lead() -> None:
    made = claims(200.0, -310.0)

    assert leading(made, size=abs) is made[1]
    assert leading(made) is made[0]


@pytest.mark.parametrize("next_to_it", [310.0, 309.9])
def test_nothing_leads_where_the_next_is_written_alike(next_to_it: float) -> None:
    assert leading(claims(310.0, next_to_it, 20.0)) is None


def test_one_alone_leads_and_none_does_not() -> None:
    (made,) = claims(5.0)

    assert leading([made]) is made
    assert leading([]) is None
