"""What a check finds reaches the page as a warning with its figure bound to a claim, and the way to mend it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from datetime import date

from helpers.claims import Comparison, Ledger
from helpers.quality import examine
from helpers.stages import audit, checks
from helpers.stages.context import Context
from helpers.store import Restated
from helpers.tables import TABLES
from helpers.units import Period
from helpers.wording import Words
from tests.quality.cases import CASES, media
from tests.stages.conftest import OCTOBER, context
from tests.stages.conftest import ads as paid

__all__ = ["context"]


def test_a_finding_is_claimed_with_its_place_and_rows() -> None:
    case, _ = CASES["negative_amounts"]
    ledger = Ledger("audit", OCTOBER, "EUR")

    (caveat,) = checks.from_notices(examine(case(True)), ledger).caveats

    (claim,) = ledger.claims
    assert (claim.metric.id, claim.value, dict(claim.scope)) == (
        "items",
        1,
        {"platform": "meta", "parameter": "negative_amounts"},
    )
    assert claim.evidence[0].rows == 1
    (bound,) = (run.claim for run in Words("en").runs(caveat.text) if run.claim)
    assert bound == claim.id
    assert Words("en").text(claim.text) == "Rows of Meta Ads with negative figures: 1."
    assert caveat.fix is not None


def test_a_share_is_claimed_as_a_share() -> None:
    case, share = CASES["anonymous_orders"]
    ledger = Ledger("persona", OCTOBER, "EUR")

    checks.from_notices(examine(case(True)), ledger)

    (claim,) = ledger.claims
    assert (claim.metric.id, claim.unit, claim.value) == ("affected_share", "share", share)


def test_the_audit_names_what_speaks_against_its_figures(context: Callable[..., Context]) -> None:
    material = CASES["utm_paid_words"][0](True)
    tables = {field.name for field in fields(audit.Inputs)} & set(TABLES)

    result = audit.analyse(
        audit.Inputs(
            context=context("audit"),
            notices=tuple(examine(material, read=tables)),
            **{name: material.table(name) for name in tables},
        )
    )

    (caveat,) = (one for one in result.caveats if one.code == "utm_paid_words")
    assert "social_paid → paid_social" in Words("es-ES").text(caveat.text)
    assert any(dict(claim.scope).get("parameter") == "utm_paid_words" for claim in result.claims)


def test_what_was_restated_is_said_with_its_amounts_each_bound_to_its_claim() -> None:
    ledger = Ledger("audit", OCTOBER, "EUR")
    rows = paid(media(2))
    notice = Restated(
        "restated",
        {"platform": "meta"},
        {"table": "ads", "rows": 2},
        before={"impressions": 900.0, "spend": 40.0, "conversions": 3.0, "clicks": 80.0},
        after={"impressions": 910.0, "spend": 42.5, "conversions": 4.0, "clicks": 81.0},
        days=Period(date(2026, 10, 1), date(2026, 10, 2)),
        rows=rows,
    )

    (caveat,) = checks.from_notices([notice], ledger).caveats

    said = Words("en").text(caveat.text)
    assert said == (
        "Meta Ads: a newer export gives other figures for Oct 1\u2009–\u20092, 2026 (Spend €40.00 → €42.50, "
        "Conversions 3 → 4 and Impressions 900 → 910); the newer ones count."
    )
    spend, conversions, impressions = ledger.claims
    assert (spend.value, spend.unit, spend.compared_to) == (42.5, "money", Comparison("previous", 40.0))
    assert (conversions.unit, impressions.value, impressions.evidence[0].rows) == ("count", 910.0, 2)
    assert {claim.text for claim in ledger.claims} == {caveat.text}
    bound = [(run.claim, run.part) for run in Words("es-ES").runs(caveat.text) if run.claim]
    assert bound[:2] == [(spend.id, "compared_to"), (spend.id, "value")]
