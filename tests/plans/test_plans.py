"""A media plan spreads its budgets over days, and every fault of its file has a place."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from helpers.clients import Client, Roots, open_client
from helpers.clients.faults import each
from helpers.errors import ClientError
from helpers.plans import load_plans, read_plan
from helpers.units import Period

HEAD = "flight: autumn\nstatus: proposed\nstart: 2026-10-01\nend: 2026-10-10\ncurrency: EUR\n"
LINE = "line: l, platform: meta, budget: 1000"


def share(curve: str, first: int, last: int) -> float:
    plan = read_plan(f"{HEAD}lines: [{{{LINE}, curve: {curve}}}]\n".encode(), "p.yaml")
    return plan.lines[0].share(Period(date(2026, 10, first), date(2026, 10, last)))


@pytest.mark.parametrize(
    ("curve", "first", "last", "expected"),
    [
        ("even", 1, 10, 1),
        ("even", 1, 4, 4 / 10),
        ("even", 9, 31, 2 / 10),
        ("even", 11, 31, 0),
        # 1 October 2026 is a Thursday: Thu Fri | Mon Tue Wed Thu Fri are the seven weekdays until the 10th.
        ("weekday", 1, 10, 1),
        ("weekday", 1, 4, 2 / 7),
        ("weekday", 3, 4, 0),
        ("weekday", 5, 5, 1 / 7),
        ("{2026-10-02: 0.25, 2026-10-08: 0.75}", 1, 7, 0.25),
        ("{2026-10-02: 0.25, 2026-10-08: 0.75}", 8, 8, 0.75),
        ("{2026-10-02: 0.25, 2026-10-08: 0.75}", 3, 7, 0),
    ],
)
def test_a_curve_spreads_the_budget_over_days(curve: str, first: int, last: int, expected: float) -> None:
    assert share(curve, first, last) == pytest.approx(expected, abs=1e-12)


def test_shares_of_a_period_and_of_the_rest_make_the_whole() -> None:
    for curve in ("even", "weekday", "{2026-10-01: 0.4, 2026-10-10: 0.6}"):
        assert share(curve, 1, 5) + share(curve, 6, 10) == pytest.approx(1)


def test_planned_money_is_the_budget_times_the_share() -> None:
    text = f"{HEAD}lines:\n  - {{{LINE}}}\n  - {{line: m, platform: tiktok, budget: 500, start: 2026-10-09}}\n"
    plan = read_plan(text.encode(), "p.yaml")

    # 9 and 10 October: two tenths of 1000, and all of 500.
    assert plan.planned(Period(date(2026, 10, 9), date(2026, 10, 31))) == pytest.approx(700)
    assert plan.budget == 1500
    assert plan.period == Period(date(2026, 10, 1), date(2026, 10, 10))


def test_a_line_without_days_lasts_as_long_as_the_flight() -> None:
    plan = read_plan(f"{HEAD}lines: [{{{LINE}}}]\n".encode(), "p.yaml")

    assert plan.lines[0].period == plan.period


def test_only_a_signed_plan_is_approved() -> None:
    text = f"{HEAD}lines: [{{{LINE}}}]\n"
    signed = "status: approved\napproved_by: Ana\napproved_on: 2026-09-28"

    assert not read_plan(text.encode(), "p.yaml").approved
    assert read_plan(text.replace("status: proposed", signed).encode(), "p.yaml").approved


MARK = "¦"
FAULTS = {
    "approved by nobody": (
        HEAD.replace("proposed", "¦approved") + f"lines: [{{{LINE}}}]\n", "nobody has signed", "plan approve"),
    "no lines": (HEAD + "lines: ¦[]\n", "at least 1", "Add"),
    "shares": (HEAD + f"lines: [{{{LINE}, curve: ¦{{2026-10-02: 0.5}}}}]\n", "whole budget", "add up to 1"),
    "day of another month": (
        HEAD + f"lines: [{{{LINE}, curve: ¦{{2026-10-02: 0.5, 2026-11-02: 0.5}}}}]\n",
        "whole budget", "days of the line"),
    "weekend only": (
        HEAD + f"lines: [{{{LINE}, start: 2026-10-03, end: 2026-10-04, curve: ¦weekday}}]\n", "whole budget", "Monday"),
    "curve": (HEAD + f"lines: [{{{LINE}, curve: ¦evn}}]\n", "how the budget is spread", "even, weekday"),
    "day of a curve": (HEAD + f"lines: [{{{LINE}, curve: {{¦2026-10-32: 1}}}}]\n", "no day", "2026-11-05"),
    "budget": (HEAD + "lines: [{line: l, platform: meta, budget: ¦-1}]\n", "at least 0", "Correct"),
    "platform": (HEAD + "lines: [{line: l, platform: ¦metta, budget: 1}]\n", "platform", "meta"),
    "misspelt key": (HEAD + f"lines: [{{{LINE}, ¦campain: x}}]\n", "no key campain", "campaign"),
    "line outside": (HEAD + f"lines: [¦{{{LINE}, end: 2026-10-11}}]\n", "outside the flight", "Correct"),
    "line twice": (
        HEAD + f"lines:\n  - {{{LINE}}}\n  - {{{LINE.replace('line: l', 'line: ¦l')}}}\n", "another", "Rename"),
    "end before start": (
        HEAD + f"lines: [{{{LINE}, start: 2026-10-09, end: ¦2026-10-02}}]\n", "before start", "Correct"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "said", "advice"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_named_with_its_place_and_what_to_do(text: str, said: str, advice: str) -> None:
    before = text.partition(MARK)[0]

    with pytest.raises(ClientError) as raised:
        read_plan(text.replace(MARK, "").encode(), "p.yaml")

    (fault,) = each(raised.value)
    assert isinstance(fault, ClientError)
    assert fault.where == f"p.yaml:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"
    assert said in fault.what
    assert advice in fault.next_step


@pytest.fixture
def client(tmp_path: Path) -> Client:
    folder = tmp_path / "clients" / "aurora"
    (folder / "plans").mkdir(parents=True)
    (folder / "client.yaml").write_text("name: A\ncurrency: EUR\ntimezone: UTC\n")
    return open_client("aurora", Roots(tmp_path / "clients", tmp_path / "reports"))


def test_plans_come_in_order_of_their_start(client: Client) -> None:
    text = f"{HEAD}lines: [{{{LINE}}}]\n"
    (client.folder / "plans" / "a.yaml").write_text(text)
    (client.folder / "plans" / "b.yaml").write_text(text.replace("autumn", "summer").replace("2026-10", "2026-07"))

    assert [plan.flight for plan in load_plans(client)] == ["summer", "autumn"]


def test_a_client_without_plans_has_none(client: Client) -> None:
    assert load_plans(client) == ()


def test_faults_of_all_plans_are_reported_at_once(client: Client) -> None:
    text = f"{HEAD}lines: [{{{LINE}}}]\n"
    (client.folder / "plans" / "a.yaml").write_text(text)
    (client.folder / "plans" / "b.yaml").write_text(text)
    (client.folder / "plans" / "c.yaml").write_text("flight: x\n")

    with pytest.raises(ClientError) as raised:
        load_plans(client)

    places = [fault.where for fault in each(raised.value) if isinstance(fault, ClientError)]
    assert places[0] == "clients/aurora/plans/b.yaml"
    assert places[1:] == ["clients/aurora/plans/c.yaml:1:1"] * 5
