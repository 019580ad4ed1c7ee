"""A client's run writes its reports whole, its receipt last, and one failing stage stops no other."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from helpers.batch import Interrupted, Order, Run, exit_code, hold, run_client
from helpers.clients import Roots
from helpers.engines import Execution
from helpers.errors import ClientError, CuadernoError, LockedError, PreflightError, RunError, StageDataError

from .conftest import STAGES, Heard, Played, executed

WRONG = RunError("a cell of the notebook failed", where="01_audit.ipynb, cell 3", next_step="Look.")


def folder(roots: Roots, period: str = "2026-10") -> Path:
    return roots.reports / "acme" / period


def names(place: Path) -> list[str]:
    return sorted(path.name for path in place.iterdir())


def statuses(run: Run) -> dict[str, str]:
    return {entry.stage: entry.status for entry in run.entries}


def test_a_run_leaves_pages_notebooks_claims_and_a_receipt(
    order: Callable[..., Order], played: Played, heard: Heard, roots: Roots
) -> None:
    run = run_client(order(), heard)

    assert exit_code(run) == 0
    expected = [f"{stage}.{end}" for stage in STAGES for end in ("claims.json", "en.html", "ipynb")]
    assert names(folder(roots)) == sorted([*expected, "run.json"])
    assert names(folder(roots).parent) == ["2026-10"]
    saved = json.loads((folder(roots) / "run.json").read_text())
    assert saved["schema"] == "cuaderno.run/1"
    assert saved["period"] == {"key": "2026-10", "start": "2026-10-01", "end": "2026-10-31"}
    assert (saved["client"], saved["name"], saved["as_of"], saved["languages"]) == (
        "acme",
        "Acme",
        "2026-11-05",
        ["en"],
    )
    assert [one["file"] for one in saved["inputs"]] == ["exports/audit.csv", "exports/post_campaign.csv"]
    assert (saved["goals"], saved["campaigns"]) == ([{"metric": "cpa", "target": 20}], [["meta", "Otoño"]])
    entry = saved["stages"][0]
    assert entry["stage"] == "audit"
    assert entry["status"] == "ok"
    assert entry["error"] is None
    assert entry["peak_mib"] == 100.0
    assert entry["headline"] == {"en": "All is well with audit."}
    assert [warning["code"] for warning in entry["warnings"]] == ["stale"]


def test_the_receipt_names_every_file_as_it_lies_there(
    order: Callable[..., Order], played: Played, heard: Heard, roots: Roots
) -> None:
    run = run_client(order(), heard)

    for output in (output for entry in run.entries for output in entry.outputs):
        content = (folder(roots) / output["file"]).read_bytes()
        assert output["sha256"] == hashlib.sha256(content).hexdigest()
        assert output["bytes"] == len(content)


def test_the_result_is_saved_for_the_stages_that_come_after(
    order: Callable[..., Order], played: Played, heard: Heard, roots: Roots
) -> None:
    run_client(order("audit"), heard)

    saved = json.loads((roots.kept / "acme" / "results" / "2026-10" / "audit.json").read_text())
    assert (saved["client"], saved["stage"], saved["period"]["end"]) == ("acme", "audit", "2026-10-31")
    assert saved["result"] == {"stage": "audit"}
    assert saved["inputs"] == [{"file": "exports/audit.csv", "sha256": "ab" * 32, "rows": 3}]


def test_stages_are_run_in_the_order_of_their_notebooks_and_told(
    order: Callable[..., Order], played: Played, heard: Heard
) -> None:
    run_client(order(), heard)

    assert heard.states == [(stage, state) for stage in STAGES for state in ("running", "ok")]


def test_one_failing_stage_stops_no_other(
    order: Callable[..., Order], played: Played, heard: Heard, roots: Roots
) -> None:
    played.script["audit"] = Execution(executed("audit"), WRONG)

    run = run_client(order(), heard)

    assert statuses(run) == {"audit": "failed", "post_campaign": "ok"}
    assert exit_code(run) == 1
    assert run.entry("audit").as_json()["error"] == WRONG.as_json()
    assert "audit.en.html" not in names(folder(roots))
    assert (roots.kept / "acme" / "failed" / "audit.ipynb").is_file()


def test_a_good_report_of_an_earlier_run_is_untouched_by_a_failing_one(
    order: Callable[..., Order], played: Played, heard: Heard, roots: Roots
) -> None:
    run_client(order(), heard)
    before = {path.name: path.read_bytes() for path in folder(roots).glob("audit.*")}
    played.script["audit"] = Execution(executed("audit"), WRONG)

    run = run_client(order("audit"), heard)

    assert {path.name: path.read_bytes() for path in folder(roots).glob("audit.*")} == before
    assert run.entry("audit").outputs == []
    assert {file["file"] for file in run.entry("audit").kept} == set(before)


def test_a_stage_that_was_not_asked_for_is_skipped_and_its_earlier_files_are_named(
    order: Callable[..., Order], played: Played, heard: Heard
) -> None:
    run_client(order(), heard)

    run = run_client(order("post_campaign"), heard)

    skipped = run.entry("audit")
    assert skipped.status == "skipped"
    assert skipped.outputs == []
    assert "audit.en.html" in {file["file"] for file in skipped.kept}
    assert skipped.headline == {"en": "All is well with audit."}


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (StageDataError("there is no export", next_step="Add one."), "refused", 1),
        (ClientError("a plan is at fault", next_step="Mend it."), "refused", 2),
        (PreflightError("the disk is full", next_step="Free some."), "failed", 4),
        (WRONG, "failed", 1),
    ],
)
def test_who_must_act_decides_status_and_exit_code(
    order: Callable[..., Order], played: Played, heard: Heard, error: CuadernoError, status: str, code: int
) -> None:
    played.script["audit"] = Execution(None, error)

    run = run_client(order("audit"), heard)

    assert statuses(run)["audit"] == status
    assert exit_code(run) == code


def test_unlike_failures_of_one_client_end_with_one(order: Callable[..., Order], played: Played, heard: Heard) -> None:
    played.script["audit"] = Execution(None, ClientError("x", next_step="y"))
    played.script["post_campaign"] = Execution(None, WRONG)

    assert exit_code(run_client(order(), heard)) == 1


def test_a_client_file_that_is_to_be_mended_refuses_every_stage(
    order: Callable[..., Order], played: Played, heard: Heard, roots: Roots
) -> None:
    (roots.clients / "acme" / "client.yaml").write_text("name: Acme\n")

    run = run_client(order("audit"), heard)

    assert statuses(run) == {"audit": "refused", "post_campaign": "skipped"}
    assert "currency" in run.entry("audit").as_json()["error"]["what"]
    assert exit_code(run) == 2
    assert played.jobs == []


def test_a_notebook_without_record_is_no_success(order: Callable[..., Order], played: Played, heard: Heard) -> None:
    short = executed("audit")
    del short.cells[1].outputs[2]
    played.script["audit"] = Execution(short)

    run = run_client(order("audit"), heard)

    assert statuses(run)["audit"] == "failed"


@pytest.mark.parametrize("period", ["2026-10", "2026-Q4", "all"])
def test_a_period_that_does_not_move_has_its_folder_even_if_nothing_succeeds(
    order: Callable[..., Order], played: Played, heard: Heard, roots: Roots, period: str
) -> None:
    played.script["audit"] = Execution(None, WRONG)

    run_client(order("audit", period=period), heard)

    assert names(folder(roots, period)) == ["run.json"]


def test_a_client_that_another_run_holds_is_left_alone(
    order: Callable[..., Order], played: Played, heard: Heard, roots: Roots
) -> None:
    with hold(roots.kept / "acme" / "lock", "acme"):
        run = run_client(order(), heard)

    assert isinstance(run.error, LockedError)
    assert run.status == "locked"
    assert exit_code(run) == 3
    assert played.jobs == []
    assert not roots.reports.exists()


def test_an_interrupted_run_keeps_what_was_finished(
    order: Callable[..., Order], played: Played, heard: Heard, roots: Roots
) -> None:
    played.script["post_campaign"] = Interrupted()

    run = run_client(order(), heard)

    assert run.is_interrupted
    saved = json.loads((folder(roots) / "run.json").read_text())
    assert [entry["status"] for entry in saved["stages"]] == ["ok", "failed"]
    assert "interrupted" in saved["stages"][1]["error"]["what"]
    assert (folder(roots) / "audit.en.html").is_file()


def test_what_a_killed_run_left_half_done_is_cleared_away(
    order: Callable[..., Order], played: Played, heard: Heard, roots: Roots
) -> None:
    (roots.reports / "acme" / ".run-dead" / "audit").mkdir(parents=True)

    run_client(order("audit"), heard)

    assert names(folder(roots).parent) == ["2026-10"]


def test_a_run_that_dies_before_the_receipt_leaves_the_old_receipt(
    order: Callable[..., Order], played: Played, heard: Heard, roots: Roots, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_client(order("audit"), heard)
    before = (folder(roots) / "run.json").read_bytes()

    def died(*_: Any) -> None:
        raise SystemExit(137)

    monkeypatch.setattr(Run, "write", died)
    with pytest.raises(SystemExit):
        run_client(order("audit"), heard)

    assert (folder(roots) / "run.json").read_bytes() == before


def test_an_order_survives_its_way_between_processes(order: Callable[..., Order]) -> None:
    given = order("audit", period="2026-Q3")

    assert Order.load(given.dump()) == given
    assert "\n" not in given.dump()
