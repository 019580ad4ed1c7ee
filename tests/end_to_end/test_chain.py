"""From the research to the analysis after the campaign: every stage builds on what the ones before have left."""

from __future__ import annotations

import json
import math
import re
from pathlib import Path

import pytest
from tests.ended import Ended

from .workbook import CHECKOUT, Claims, Project, command, copy_demo, made_once, report

pytestmark = pytest.mark.slow

BEFORE = ("audit", "market_research", "persona", "strategy")
TRUTH = json.loads((CHECKOUT / "tests" / "truth" / "demo.truth.json").read_text(encoding="utf-8"))
PLAN = "plans/2026-10.yaml"


def plan(project: Path, *arguments: str) -> Ended:
    ended = command("helpers", "plan", *arguments, "--clients", project / "clients")
    assert ended.code == 0, ended.err
    return ended


def edit(path: Path) -> None:
    """Raise the first budget by 100.50, as a person would in an editor, with a comment beside it."""
    text = path.read_text(encoding="utf-8")
    (budget,) = re.findall(r"budget: ([\d.]+)", text)[:1]
    path.write_text(
        text.replace(f"budget: {budget}", f"budget: {float(budget) + 100.5} # agreed by phone", 1), encoding="utf-8"
    )


@pytest.fixture(scope="session")
def chain(shelf: Path) -> Project:
    """September is researched, October is planned from it, edited and approved, and then analysed against the plan."""

    def make(folder: Path) -> Ended:
        copy_demo(folder)
        (folder / "clients" / "demo" / PLAN).unlink()
        researched = report(folder, "demo", "--period", "2026-09", "--as-of", "2026-09-30", "--stage", ",".join(BEFORE))
        if researched.code:
            return researched
        plan(folder, "propose", "demo")
        edit(folder / "clients" / "demo" / PLAN)
        plan(folder, "approve", "demo", "2026-10", "--by", "Carla Ríos", "--on", "2026-09-29")
        return report(folder, "demo", "--period", "2026-10", "--stage", "post_campaign")

    made = made_once(shelf / "chain", make)
    assert made.ended.code == 0, made.ended.err
    return made


def claims(chain: Project, period: str, stage: str) -> Claims:
    path = chain.folder / "reports" / "demo" / period / f"{stage}.claims.json"
    return Claims(json.loads(path.read_text(encoding="utf-8")))


def test_the_strategy_quotes_persona_and_market_as_they_were_found(chain: Project) -> None:
    found, quoted = claims(chain, "2026-09", "persona"), claims(chain, "2026-09", "strategy")

    shares = found.each("segment_share", "segment")
    assert {name: claim["value"] for name, claim in quoted.each("segment_share", "segment").items()} == {
        name: claim["value"] for name, claim in shares.items()
    }
    assert len(shares) >= 2


def test_the_plan_is_what_the_strategy_proposed_and_a_person_signed(chain: Project) -> None:
    proposed = claims(chain, "2026-09", "strategy").value("recommended_spend", flight="2026-10")
    signed = json.loads(plan(chain.folder, "show", "demo", "2026-10", "--json").out)

    assert (signed["status"], signed["approved_by"]) == ("approved", "Carla Ríos")
    assert math.fsum(line["budget"] for line in signed["lines"]) == pytest.approx(proposed + 100.5, abs=0.005)
    personas = claims(chain, "2026-09", "persona").each("segment_share", "segment")
    (persona,) = {line["persona"] for line in signed["lines"]}
    assert persona in {f"Persona {segment}" for segment in personas}
    assert "# agreed by phone" in (chain.folder / "clients" / "demo" / PLAN).read_text(encoding="utf-8")


def test_october_is_held_against_that_plan_to_the_cent(chain: Project) -> None:
    signed = json.loads(plan(chain.folder, "show", "demo", "2026-10", "--json").out)
    after = claims(chain, "2026-10", "post_campaign")

    spend = after.of("spend")
    true = TRUTH["totals"]["2026-10"]
    assert spend["value"] == pytest.approx(true["ads"]["spend"], abs=0.005)
    assert spend["compared_to"]["what"] == "plan"
    assert spend["compared_to"]["value"] == pytest.approx(
        math.fsum(line["budget"] for line in signed["lines"]), abs=0.005
    )
    for line in signed["lines"]:
        actual = after.of("spend", line=line["line"])
        assert actual["value"] == pytest.approx(true["platforms"][line["platform"]]["spend"], abs=0.005)
        assert actual["compared_to"]["value"] == pytest.approx(line["budget"], abs=0.005)
    revenue = after.of("revenue")
    target = next(goal["target"] for goal in signed["objectives"] if goal["metric"] == "revenue")
    assert revenue["value"] == pytest.approx(true["ledger"]["total"], abs=0.005)
    assert (revenue["compared_to"]["what"], revenue["compared_to"]["value"]) == ("plan", target)
