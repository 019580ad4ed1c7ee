"""The first screen: what changed, why and what to do, and every figure beside what it was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pandas as pd

from helpers.claims import Comparison, Ledger
from helpers.kpis import METRICS
from helpers.methods.comparison import Change
from helpers.stages import audit
from helpers.stages.context import Context
from helpers.stages.overview import BRIEFLY, brief
from helpers.stages.parts import Action, Brief, Gap, Judgement, Table
from helpers.stages.scorecard import Draft, Score, claim
from helpers.units import Estimate
from helpers.wording import Words, msg
from tests.stages.conftest import OCTOBER, SEPTEMBER, ads, every_day
from tests.stages.test_audit import META, run

Make = Callable[..., Context]


def told(make: Make, *, before: float, now: float) -> audit.Result:
    """An audit of a client whose conversions a day went from one number to another at the same spend."""
    rows = every_day(SEPTEMBER, **META, spend=100.0, conversions=before, conversion_value=before * 50)
    rows += every_day(OCTOBER, **META, spend=100.0, conversions=now, conversion_value=now * 50)
    return run(make, ads=ads(rows))


def row(table: Table | Gap, name: str) -> tuple[object, ...]:
    assert isinstance(table, Table)
    return next(cells for cells in table.rows if Words("en").text(cells[0]) == name)  # type: ignore[arg-type]  a label


def test_each_figure_stands_beside_what_it_was_with_its_change_and_verdict(context: Make) -> None:
    result = told(context, before=20, now=10)

    _, now, before, change, verdict = row(result.changes, "CPA")
    words = Words("en")
    assert [words.text(value) for value in (now, before, change)] == ["€10.00", "€5.00", "+100.0%"]  # type: ignore[arg-type]  figures
    assert verdict == Judgement("worse")
    assert before.claim.endswith("change.parameter-cpa")  # type: ignore[attr-defined]  a figure
    assert before.part == "compared_to"  # type: ignore[attr-defined]  a figure


def test_spend_has_a_change_and_no_verdict(context: Make) -> None:
    assert row(told(context, before=20, now=10).changes, "Spend")[-1] is None


def test_the_brief_begins_with_the_largest_changes_beyond_chance(context: Make) -> None:
    found = told(context, before=20, now=10).brief

    assert isinstance(found, Brief)
    said = [(Words("en").text(one.text), one.verdict) for one in found.changes]
    assert said == [
        ("CPA: +100.0% vs. period before", "worse"),
        ("ROAS: −50.0% vs. period before", "worse"),
        ("Conversions: −48.3% vs. period before", "worse"),
    ]


def test_without_a_change_the_brief_says_so_rather_than_name_one(context: Make) -> None:
    found = told(context, before=20, now=20).brief

    assert isinstance(found, Brief)
    assert [Words("en").text(one.text) for one in found.changes] == ["Nothing beyond chance."]
    assert [Words("en").text(one) for one in found.causes] == ["What chance alone can bring needs no cause."]


def test_without_an_earlier_period_there_is_no_brief_and_the_table_says_what_to_ask_for(context: Make) -> None:
    result = run(context, ads=ads(every_day(OCTOBER, **META, spend=100.0, conversions=9)))

    assert result.brief is None
    assert isinstance(result.changes, Gap)


def test_each_answer_of_the_brief_is_short() -> None:
    what = msg("Look")
    many = [Action(what, msg("More"), msg("Analyst"), date(2026, 11, 12), msg("Never"))] * 9
    ledger = Ledger("audit", OCTOBER, "EUR")
    changed = [
        ledger.add("change", 0.5, scope={"parameter": name}, compared_to=Comparison("previous", 2.0), verdict="better")
        for name in ("clicks", "conversions", "ctr", "roas")
    ]

    found = brief([Score(claim, claim) for claim in changed], [msg("Because.")] * 9, many)

    assert found is not None
    assert (len(found.changes), len(found.causes), found.actions) == (BRIEFLY, BRIEFLY, (what,) * BRIEFLY)


def test_chance_is_counted_over_the_whole_page_whichever_table_a_figure_comes_from() -> None:
    """One change in thirty at p = 0.04 is what chance makes; alone it would have been called a change."""
    judged: dict[float, bool] = {}

    class Card:
        def settle(self, draft: Draft, *, is_found: bool) -> Score:
            judged[draft.change.p_value] = is_found  # type: ignore[union-attr]  every draft here has one
            return Score(ledger.add("items", 1.0))

    ledger = Ledger("audit", OCTOBER, "EUR")
    p_values = [0.04, *(0.2 + number / 50 for number in range(29))]
    drafts = [
        Draft(
            Card(),
            METRICS["ctr"],
            (("campaign", str(p)),),
            pd.DataFrame(),
            Estimate(1.0),
            1.0,
            Change(Estimate(0.1), p, True),
        )  # type: ignore[arg-type]  a card of ours
        for p in p_values
    ]

    claim(drafts[:1])
    alone = dict(judged)
    claim(drafts)

    assert alone == {0.04: True}
    assert judged[0.04] is False
