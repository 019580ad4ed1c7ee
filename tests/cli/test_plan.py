"""A plan goes from a saved strategy to a signed file by three commands."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.ended import Ended

from helpers.clients import find, open_client
from helpers.plans import load_plans

PLAN = {
    "flight": "2026-11",
    "status": "proposed",
    "start": "2026-11-01",
    "end": "2026-11-30",
    "currency": "EUR",
    "lines": [{"line": "meta", "platform": "meta", "start": "2026-11-01", "end": "2026-11-30", "budget": 1234.56}],
}
NO_PLAN = {"what": "no ledger", "cheapest": "the orders"}


@pytest.fixture
def save(project: Path) -> Callable[..., None]:
    """Save a strategy's Result with this plan."""

    def saved(period: str, plan: object) -> None:
        path = project / ".cuaderno" / "acme" / "results" / period / "strategy.json"
        path.parent.mkdir(parents=True)
        document = {
            "schema": "cuaderno.result/1",
            "stage": "strategy",
            "inputs": [],
            "claims": [],
            "result": {"plan": plan},
        }
        path.write_text(json.dumps(document))

    return saved


def test_a_plan_is_proposed_shown_and_signed(
    cuaderno: Callable[..., Ended], save: Callable[..., None], project: Path
) -> None:
    save("2026-10", PLAN)

    assert cuaderno("plan", "propose", "acme").code == 0
    assert "1,234.56" in cuaderno("plan", "show", "acme").out
    assert cuaderno("plan", "approve", "acme", "--by", "Ana", "--on", "2026-10-28").code == 0

    (signed,) = load_plans(open_client("acme", find(project / "clients")))
    assert (signed.approved_by, str(signed.approved_on), signed.budget) == ("Ana", "2026-10-28", 1234.56)
    assert cuaderno("plan", "show", "acme", "2026-11", "--json").document["status"] == "approved"


def test_an_edited_spreadsheet_is_taken_back(
    cuaderno: Callable[..., Ended], save: Callable[..., None], project: Path
) -> None:
    save("2026-10", PLAN)
    cuaderno("plan", "propose", "acme")
    sheet = project / "plan.xlsx"

    assert cuaderno("plan", "show", "acme", "--xlsx", str(sheet)).code == 0
    assert cuaderno("plan", "propose", "acme", "--xlsx", str(sheet)).code == 0

    (same,) = load_plans(open_client("acme", find(project / "clients")))
    assert same.lines[0].budget == 1234.56


def test_the_latest_flight_is_proposed_unless_one_is_named(
    cuaderno: Callable[..., Ended], save: Callable[..., None], project: Path
) -> None:
    save("2026-09", PLAN | {"flight": "2026-10", "start": "2026-10-01"})
    save("2026-10", PLAN)
    save("2026-11", NO_PLAN)

    assert cuaderno("plan", "propose", "acme").out.strip().endswith("2026-11.yaml")
    assert cuaderno("plan", "propose", "acme", "2026-10").out.strip().endswith("2026-10.yaml")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["propose", "acme"], "no strategy report has proposed a plan yet"),
        (["propose", "acme", "--xlsx", "/no/such/file.xlsx"], "no such file"),
        (["show", "acme"], "has no plan"),
        (["approve", "acme", "--by", "Ana"], "has no plan"),
        (["approve", "acme"], "--by"),
    ],
    ids=lambda given: " ".join(given) if isinstance(given, list) else "",
)
def test_misuse_says_what_to_do(cuaderno: Callable[..., Ended], arguments: list[str], said: str) -> None:
    ended = cuaderno("plan", *arguments)

    assert ended.code == 2
    assert ended.out == ""
    assert said in ended.err


def test_a_day_that_is_none_is_refused(cuaderno: Callable[..., Ended], save: Callable[..., None]) -> None:
    save("2026-10", PLAN)
    cuaderno("plan", "propose", "acme")

    assert cuaderno("plan", "approve", "acme", "--by", "Ana", "--on", "tomorrow").code == 2
