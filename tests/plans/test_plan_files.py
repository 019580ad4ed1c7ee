"""A plan is proposed, edited by a person, and signed; nothing a person wrote is lost on the way."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from helpers.clients import Client, Roots, open_client
from helpers.errors import ClientError, UsageError
from helpers.plans import Plan, approve, find_plan, load_plans, propose, read_plan, revise
from helpers.plans.sheet import as_sheet, from_sheet

EDITED = """# Agreed with the client on the phone.
flight: autumn
status: proposed
start: 2026-10-01
end: 2026-10-04
currency: EUR
lines:
  # Never below 300: the client insists.
  - line: search
    platform: google_ads
    budget: 300 # minimum
    curve: weekday
  - line: reels
    platform: meta
    budget: 100
    curve: {2026-10-01: 0.25, 2026-10-02: 0.75}
objectives:
  - {metric: roas, target: 3.5, scope: {platform: meta}}
"""

Lay = Callable[[str], Client]


@pytest.fixture
def lay(tmp_path: Path) -> Lay:
    """A client with one plan file, or none for an empty text."""

    def make(text: str = "") -> Client:
        folder = tmp_path / "clients" / "aurora"
        (folder / "plans").mkdir(parents=True)
        (folder / "client.yaml").write_text("name: Aurora\ncurrency: EUR\ntimezone: UTC\n", encoding="utf-8")
        if text:
            (folder / "plans" / "autumn.yaml").write_text(text, encoding="utf-8")
        return open_client("aurora", Roots(tmp_path / "clients", tmp_path / "reports"))

    return make


def plan(flight: str = "autumn", budget: float = 310.0) -> Plan:
    return Plan.model_validate(
        {
            "flight": flight,
            "status": "proposed",
            "start": "2026-10-01",
            "end": "2026-10-04",
            "currency": "EUR",
            "objectives": [{"metric": "revenue", "target": 9000.0}],
            "lines": [
                {"line": "search", "platform": "google_ads", "budget": budget, "curve": "even"},
                {
                    "line": "video",
                    "platform": "tiktok",
                    "budget": 50.5,
                    "curve": {"2026-10-02": 0.4, "2026-10-03": 0.6},
                },
            ],
        }
    )


def test_a_proposal_is_written_and_reads_back_as_the_same_plan(lay: Lay) -> None:
    client = lay("")

    path = propose(client, plan())

    assert path == client.folder / "plans" / "autumn.yaml"
    assert load_plans(client) == (plan(),)
    text = path.read_text()
    assert "{2026-10-02: 0.4, 2026-10-03: 0.6}" in text
    keys = [line.strip("- ").partition(":")[0] for line in text.splitlines()[1:]]
    assert keys[:9] == ["flight", "status", "start", "end", "currency", "objectives", "metric", "target", "lines"]
    assert keys[9:13] == ["line", "platform", "start", "end"]


def test_the_name_of_a_flight_never_leads_out_of_the_folder(lay: Lay) -> None:
    client = lay("")

    path = propose(client, plan("../../x: Año/1"))

    assert path.parent == client.folder / "plans"
    assert load_plans(client)[0].flight == "../../x: Año/1"


def test_a_proposal_is_not_replaced_unasked(lay: Lay) -> None:
    client = lay(EDITED)

    with pytest.raises(UsageError, match="proposal for this flight already"):
        propose(client, plan())

    assert (client.folder / "plans" / "autumn.yaml").read_text() == EDITED


def test_a_proposal_that_is_replaced_keeps_comments_and_order(lay: Lay) -> None:
    client = lay(EDITED)

    text = propose(client, plan(), replace=True).read_text()

    assert load_plans(client) == (plan(),)
    assert text.index("# Agreed with the client") < text.index("flight:") < text.index("# Never below 300")
    assert "budget: 310 # minimum" in text
    assert "reels" not in text


def test_no_proposal_touches_an_approved_plan(lay: Lay) -> None:
    signed = EDITED.replace("status: proposed", "status: approved\napproved_by: Ana\napproved_on: 2026-09-28")
    client = lay(signed)

    for replace in (False, True):
        with pytest.raises(UsageError, match="approved plan"):
            propose(client, plan(), replace=replace)
    with pytest.raises(UsageError, match="not edited any more"):
        revise(find_plan(client), {"lines": []})
    with pytest.raises(UsageError, match="approved already"):
        approve(find_plan(client), by="Ben", on=date(2026, 9, 30))

    assert (client.folder / "plans" / "autumn.yaml").read_text() == signed


def test_approving_signs_and_changes_nothing_else(lay: Lay) -> None:
    client = lay(EDITED)

    approve(find_plan(client, "autumn"), by="Ana", on=date(2026, 9, 28))

    (signed,) = load_plans(client)
    assert (signed.approved, signed.approved_by, signed.approved_on) == (True, "Ana", date(2026, 9, 28))
    before = read_plan(EDITED.encode(), "p.yaml")
    assert (signed.lines, signed.objectives) == (before.lines, before.objectives)
    text = (client.folder / "plans" / "autumn.yaml").read_text()
    assert text.replace("status: approved", "status: proposed").splitlines()[:14] == EDITED.splitlines()[:14]


def test_a_revision_that_is_no_sound_plan_leaves_the_file(lay: Lay) -> None:
    client = lay(EDITED)

    with pytest.raises(ClientError, match="budget"):
        revise(find_plan(client), {"lines": [{"line": "search", "budget": -1.0}]})

    assert (client.folder / "plans" / "autumn.yaml").read_text() == EDITED


@pytest.mark.parametrize(("text", "said"), [("", "no plan"), (EDITED, "no such plan")])
def test_a_flight_that_is_not_there_is_asked_for(lay: Lay, text: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        find_plan(lay(text), "winter" if text else None)


def test_the_days_of_a_line_add_up_to_its_budget_to_the_cent(lay: Lay) -> None:
    # 300 over the two weekdays among 1 to 4 October 2026 (Thu, Fri); 100 over three days cannot be split evenly.
    weekday = read_plan(EDITED.encode(), "p.yaml").lines[0]
    thirds = read_plan(
        EDITED.replace("end: 2026-10-04", "end: 2026-10-03")
        .replace("curve: {2026-10-01: 0.25, 2026-10-02: 0.75}", "curve: even")
        .encode(),
        "p.yaml",
    ).lines[1]

    assert weekday.by_day() == {date(2026, 10, 1): 150.0, date(2026, 10, 2): 150.0}
    assert sorted(thirds.by_day().values()) == [33.33, 33.33, 33.34]


def test_a_spreadsheet_holds_every_line_day_and_objective_as_numbers(lay: Lay) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(as_sheet(read_plan(EDITED.encode(), "p.yaml"))))

    days = book.get_sheet_by_name("days").to_python()
    assert days[0] == ["day", "search", "reels"]
    assert [row[1:] for row in days[1:]] == [[150.0, 25.0], [150.0, 75.0]]
    assert days[1][0] == date(2026, 10, 1)
    assert book.get_sheet_by_name("objectives").to_python()[1] == ["roas", 3.5, "platform=meta"]


def test_a_spreadsheet_taken_back_as_it_is_changes_nothing(lay: Lay) -> None:
    client = lay(EDITED)
    found = find_plan(client)

    revise(found, from_sheet(as_sheet(found.plan), "p.xlsx", found.plan))

    assert load_plans(client) == (found.plan,)
    assert "curve: weekday" in found.path.read_text()


def edited_sheet(lines: list[list[object]], days: list[list[object]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        for name, rows in {"lines": lines, "days": days, "objectives": [["metric", "target", "scope"]]}.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    return out.getvalue()


HEADS = ["line", "platform", "channel", "campaign", "objective", "persona", "start", "end", "budget"]
SEARCH = ["search", "google_ads", "", "", "", "", "2026-10-01", "2026-10-04", 400]
NEW = ["linkedin", "linkedin", "", "", "", "", "2026-10-03", "2026-10-04", 80]


def test_an_edited_spreadsheet_brings_budgets_shapes_new_and_dropped_lines(lay: Lay) -> None:
    client = lay(EDITED)
    found = find_plan(client)
    days: list[list[object]] = [
        ["day", "search", "linkedin"],
        ["2026-10-01", 100, ""],
        ["2026-10-03", 300, 40],
        ["2026-10-04", "", 40],
    ]

    revise(found, from_sheet(edited_sheet([HEADS, SEARCH, NEW], days), "p.xlsx", found.plan))

    (now,) = load_plans(client)
    assert [line.line for line in now.lines] == ["search", "linkedin"]
    assert now.lines[0].by_day() == {date(2026, 10, 1): 100.0, date(2026, 10, 3): 300.0}
    assert now.lines[1].by_day() == {date(2026, 10, 3): 40.0, date(2026, 10, 4): 40.0}
    assert now.objectives == ()
    assert "# Never below 300" in found.path.read_text()


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([HEADS[:-1], SEARCH[:-1]], "lacks budget"),
        ([HEADS, [*SEARCH[:-1], "much"]], "no amount of money"),
        ([HEADS, [*SEARCH[:-1], -3]], "no amount of money"),
        ([HEADS, [*SEARCH[:6], "soon", *SEARCH[7:]]], "no day"),
        ([HEADS, ["", *SEARCH[1:]]], "no name or no budget"),
    ],
)
def test_a_spreadsheet_that_cannot_be_a_plan_says_why(lay: Lay, lines: list[list[object]], said: str) -> None:
    with pytest.raises(ClientError, match=said):
        from_sheet(edited_sheet(lines, [["day"]]), "p.xlsx", find_plan(lay(EDITED)).plan)


def test_what_is_no_spreadsheet_is_refused(lay: Lay) -> None:
    with pytest.raises(ClientError, match="no spreadsheet"):
        from_sheet(b"line;budget", "p.xlsx", find_plan(lay(EDITED)).plan)
