"""A client stands as the verdicts of its figures do, and the reason names them with their values."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from helpers.site.runs import newest_run
from helpers.site.state import KINDS, STAGES, State, state
from helpers.wording import Words

Write = Callable[..., Path]
Make = Callable[..., dict[str, Any]]


def judged(reports: Path, newest: date | None = None, client: str = "acme") -> State:
    run = newest_run(reports / client)
    assert run is not None
    return state(run, newest)


def said(found: State) -> str:
    return Words("en").text(found.reason)


def figures(claim: Make, *verdicts: str) -> list[dict[str, Any]]:
    """Figures held against a target of two, all but the better ones at one; those further on miss it by less."""
    metrics = ("roas", "er_reach", "er_followers", "er_views")
    return [
        claim(metric, verdict, value=3.0 if verdict == "better" else 1.0 + place / 10)
        for place, (metric, verdict) in enumerate(zip(metrics, verdicts, strict=False))
    ]


@pytest.mark.parametrize(
    ("verdicts", "kind", "reason"),
    [
        (
            ["better", "better"],
            "on_track",
            "Every figure is on the good side of its goal; closest: ROAS 3.00 against 2.00",
        ),
        (["not_shown", "better"], "on_track", "No goal is missed beyond chance; closest: ROAS 1.00 against 2.00"),
        (["worse", "better", "better"], "at_risk", "Some goals are missed: ROAS 1.00 against 2.00"),
        (["worse", "better"], "at_risk", "Some goals are missed: ROAS 1.00 against 2.00"),
        (
            ["better", "worse", "worse"],
            "off_track",
            "Most goals are missed: Engagement by reach 1.10 against 2.00 "
            "and Engagement by followers 1.20 against 2.00",
        ),
        (
            ["worse", "worse", "worse", "better"],
            "off_track",
            "Most goals are missed: ROAS 1.00 against 2.00 and Engagement by reach 1.10 against 2.00, and others",
        ),
        (["not_enough_data"], "not_judged", "Too little data to judge: ROAS 1.00 against 2.00"),
        (["worse", "not_enough_data", "not_enough_data"], "off_track", "Most goals are missed: ROAS 1.00 against 2.00"),
        ([], "not_judged", "No figure is held against a plan or a target."),
    ],
)  # fmt: skip
def test_a_client_stands_as_its_goals_do(
    verdicts: list[str], kind: str, reason: str, write_run: Write, claim: Make, tmp_path: Path
) -> None:
    no_goals = [claim("cpm", "worse", what="previous"), claim("clicks", None)]
    write_run(claims=[*figures(claim, *verdicts), *no_goals])

    found = judged(tmp_path)

    assert (found.kind, said(found)) == (kind, reason)


def test_the_figures_of_a_reason_are_bound_to_their_claims(write_run: Write, claim: Make, tmp_path: Path) -> None:
    write_run(claims=[claim("roas", "worse", value=2.1, goal=3.0, scope={"platform": "meta"})])

    runs = Words("en").runs(judged(tmp_path).reason)

    assert "".join(run.text for run in runs) == "Most goals are missed: ROAS · Meta Ads 2.10 against 3.00"
    assert [(run.text, run.part) for run in runs if run.claim == "monitoring.roas.meta"] == [
        ("2.10", "value"),
        ("3.00", "compared_to"),
    ]


def test_a_goal_that_several_stages_hold_counts_once_by_the_last_word(
    write_run: Write, stage: Make, claim: Make, tmp_path: Path
) -> None:
    early = [claim("roas", "worse", stage="strategy"), claim("cpa", "better", value=1.0, stage="strategy")]
    late = [claim("roas", "better", value=3.0, stage="post_campaign")]
    write_run(stages=[stage("strategy", claims=early), stage("post_campaign", claims=late)])

    assert judged(tmp_path).kind == "on_track"


def test_where_spend_pays_is_no_goal_that_anyone_agreed(write_run: Write, claim: Make, tmp_path: Path) -> None:
    write_run(claims=[claim("marginal_roas", "worse"), claim("change", "worse", what="plan")])

    assert judged(tmp_path).kind == "not_judged"


def test_a_goal_of_other_days_than_the_run_does_not_count(write_run: Write, claim: Make, tmp_path: Path) -> None:
    write_run(claims=[claim("roas", "worse", month="2026-09")])

    assert judged(tmp_path).kind == "not_judged"


def test_a_cost_misses_its_goal_upwards(write_run: Write, claim: Make, tmp_path: Path) -> None:
    write_run(claims=[claim("cpa", "not_shown", value=1.0, goal=2.0), claim("roas", "better", value=9.0, goal=1.0)])

    assert said(judged(tmp_path)).endswith("good side of its goal; closest: CPA 1.00 against 2.00")


def test_the_most_severe_state_wins(write_run: Write, stage: Make, claim: Make, tmp_path: Path) -> None:
    missed = [claim("roas", "worse")]
    broken = [stage(claims=missed, warnings=("stale",)), stage("audit", "refused", error="the currency is missing")]
    write_run("acme", stages=broken)
    write_run("beta", stages=broken[:1])
    write_run("gamma", claims=missed)
    newest = date(2026, 11, 1)

    found = [judged(tmp_path, newest, client) for client in ("acme", "beta", "gamma")]

    assert [one.kind for one in found] == ["failed", "stale", "off_track"]
    assert (said(found[0]), found[0].error) == ("No report: Audit.", "the currency is missing")
    assert KINDS == ("failed", "stale", "off_track", "at_risk", "on_track", "not_judged")


@pytest.mark.parametrize(("data_until", "kind"), [("2026-09-26", "not_judged"), ("2026-09-25", "stale")])
def test_data_that_end_five_weeks_before_those_of_others_are_stale(
    data_until: str, kind: str, write_run: Write, tmp_path: Path
) -> None:
    write_run(data_until=data_until, as_of="2026-11-01")

    found = judged(tmp_path, date(2026, 10, 31))

    assert found.kind == kind
    if kind == "stale":
        assert said(found) == "The data end on Sep 25, 2026; those of other clients reach Oct 31, 2026."
    assert judged(tmp_path).kind == "not_judged"


def test_every_stage_of_the_contract_has_a_name() -> None:
    contract = "audit market_research persona strategy campaigns monitoring post_campaign community calendar"

    assert list(STAGES) == contract.split()
