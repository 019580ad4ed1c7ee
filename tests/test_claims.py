"""A claim says one thing, once, with its evidence."""

from __future__ import annotations

import math
from datetime import date

import pandas as pd
import pytest

from helpers.claims import SCOPE_ORDER, Comparison, Evidence, Ledger
from helpers.units import Estimate, Interval, Period, Quantity
from helpers.wording import Words

OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))
SEPTEMBER = OCTOBER.previous()
ROWS = pd.DataFrame({"file": ["b.csv", "a.csv", "a.csv"], "sha256": ["2" * 64, "1" * 64, "1" * 64]})


@pytest.fixture
def ledger() -> Ledger:
    return Ledger("audit", OCTOBER, "EUR")


def test_a_claim_has_the_form_of_the_contract(ledger: Ledger) -> None:
    claim = ledger.add(
        "roas",
        Estimate(3.21, Interval(2.9, 3.5), 412),
        scope={"platform": "meta"},
        rows=ROWS,
        compared_to=Comparison("target", 3.0),
        verdict="not_shown",
    )

    assert claim.as_json() == {
        "id": "audit.roas.meta",
        "metric": "roas",
        "scope": {"platform": "meta"},
        "period": {"start": "2026-10-01", "end": "2026-10-31"},
        "value": 3.21,
        "unit": "ratio",
        "currency": None,
        "interval": {"low": 2.9, "high": 3.5, "level": 0.9},
        "n": 412,
        "compared_to": {"what": "target", "value": 3.0},
        "verdict": "not_shown",
        "evidence": [
            {"file": "a.csv", "sha256": "1" * 64, "rows": 2},
            {"file": "b.csv", "sha256": "2" * 64, "rows": 1},
        ],
    }


def test_money_carries_the_reporting_currency_and_nothing_else_does(ledger: Ledger) -> None:
    assert ledger.add("spend", 10.0).currency == "EUR"
    assert ledger.add("clicks", 10.0).currency is None


def test_an_unknown_value_is_never_published_and_is_written_as_a_dash(ledger: Ledger) -> None:
    claim = ledger.add("cpa", math.nan)

    assert ledger.claims == ()
    assert Words("en").text(claim.figure) == "–"


def test_the_same_statement_cannot_have_two_values(ledger: Ledger) -> None:
    ledger.add("spend", 10.0, scope={"platform": "meta"})
    ledger.add("spend", 10.0, scope={"platform": "meta"})

    with pytest.raises(ValueError, match="claimed twice"):
        ledger.add("spend", 11.0, scope={"platform": "meta"})


def test_ids_tell_apart_names_that_look_alike_scopes_and_periods(ledger: Ledger) -> None:
    names = ["Búsqueda", "Busqueda", "busqueda", "búsqueda!", "搜索", "🎁"]
    claims = [ledger.add("spend", 1.0, scope={"campaign": name}) for name in names]
    claims += [
        ledger.add("spend", 2.0, scope={"channel": "meta"}),
        ledger.add("spend", 3.0, scope={"platform": "meta"}),
    ]
    claims += [ledger.add("spend", 4.0, period=SEPTEMBER), ledger.add("spend", 5.0)]

    assert len({claim.id for claim in claims}) == len(claims)
    assert all(claim.id.isascii() and " " not in claim.id for claim in claims)


def test_every_number_of_a_claim_is_bound_to_it(ledger: Ledger) -> None:
    claim = ledger.add("spend", Estimate(10.0, Interval(8.0, 12.0), 31), compared_to=Comparison("plan", 9.0))

    parts = {q.part: (q.value, q.claim) for q in (claim.figure, claim.low, claim.high, claim.other, claim.count)}

    assert parts == {
        "value": (10.0, claim.id),
        "low": (8.0, claim.id),
        "high": (12.0, claim.id),
        "compared_to": (9.0, claim.id),
        "n": (31, claim.id),
    }


def test_the_text_of_a_claim_says_value_interval_comparison_and_verdict(ledger: Ledger) -> None:
    claim = ledger.add(
        "cpa",
        Estimate(20.5, Interval(18.0, 23.0)),
        scope={"platform": "google_ads"},
        compared_to=Comparison("previous_year", 25.0),
        verdict="better",
    )

    said = Words("en").text(claim.text)

    assert said == "CPA · Google Ads: €20.50 (between €18.00 and €23.00); same period of last year: €25.00; better"


def test_an_amended_claim_takes_the_place_of_the_first(ledger: Ledger) -> None:
    claim = ledger.add("roas", 3.0)
    ledger.amend(claim, compared_to=Comparison("target", 2.5), verdict="better")

    assert [c.verdict for c in ledger.claims] == ["better"]


def test_changes_are_written_with_their_sign(ledger: Ledger) -> None:
    change = ledger.add("change", 0.12, scope={"parameter": "spend"})

    assert change.figure == Quantity(0.12, "share", claim=change.id, signed=True)
    assert Words("en").text(change.text) == "Change · Spend: +12.0%"


def test_a_change_names_what_it_is_compared_to_and_not_a_value_of_another_unit(ledger: Ledger) -> None:
    change = ledger.add("change", -0.02, scope={"parameter": "spend"}, compared_to=Comparison("plan", 4080.0))

    assert Words("en").text(change.text) == "Change · Spend: −2.00%, plan"


def test_evidence_may_be_handed_on(ledger: Ledger) -> None:
    proof = (Evidence("a.csv", "1" * 64, 2),)

    assert ledger.add("spend", 1.0, rows=proof).evidence == proof


def test_the_scope_keys_are_those_of_the_contract() -> None:
    named = """platform account campaign ad_group ad objective format weekday hour day month product category segment
    persona channel competitor term region experiment variant series model parameter flight line person horizon"""

    assert set(SCOPE_ORDER) == set(named.split())
