"""What changed between two runs is found, each kind by itself, and nothing is invented where nothing changed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from helpers.clients import Client, Roots, open_client
from helpers.errors import UsageError
from helpers.revision import Diff, diff

from .conftest import SETTINGS, Project, meta

SEPTEMBER = {"start": "2026-09-01", "end": "2026-09-30"}
OCTOBER = {"start": "2026-10-01", "end": "2026-10-31"}


def claim(metric: str, value: float, period: dict[str, str], **fields: Any) -> dict[str, Any]:
    scope = fields.pop("scope", {})
    name = ".".join([metric, *scope.values(), period["start"]])
    return {
        "id": f"audit.{name}", "metric": metric, "scope": scope, "period": period, "value": value, "unit": "money",
        "currency": "EUR", "interval": None, "n": None, "compared_to": None, "verdict": None, "evidence": [], **fields,
    }  # fmt: skip


def against(what: str, value: float) -> dict[str, Any]:
    return {"what": what, "value": value}


class Runs:
    """Lays down runs by hand."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def lay(
        self, key: str, period: dict[str, str], claims: Sequence[dict[str, Any]], *, stage: str = "audit", **made: Any
    ) -> Path:
        folder = self.client.reports / key
        folder.mkdir(parents=True, exist_ok=True)
        run = {
            "schema": "cuaderno.run/1", "client": "aurora", "period": {"key": key, **period},
            "versions": made.pop("versions", {"cuaderno": "0.1.0"}), "goals": made.pop("goals", []),
            "campaigns": made.pop("campaigns", []), "inputs": made.pop("inputs", []),
        }  # fmt: skip
        (folder / "run.json").write_text(json.dumps(run), encoding="utf-8")
        made_from = {
            "period": key, "as_of": "2026-11-05", "languages": ["en"], "inputs": [], "files": [], "earlier": [],
            "goals": [], "definitions": {}, "versions": {}, **made,
        }  # fmt: skip
        document = {
            "schema": "cuaderno.claims/1", "client": "aurora", "stage": stage, "period": period, "claims": claims,
            "warnings": [], "language": "en", "made_from": made_from,
        }  # fmt: skip
        (folder / f"{stage}.claims.json").write_text(json.dumps(document), encoding="utf-8")
        return folder

    def diff(self, first: str = "2026-09", second: str = "2026-10") -> Diff:
        return diff(self.client, first, second)


@pytest.fixture
def runs(tmp_path: Path) -> Runs:
    folder = tmp_path / "clients" / "aurora"
    folder.mkdir(parents=True)
    (folder / "client.yaml").write_text("name: Aurora\ncurrency: EUR\ntimezone: UTC\n", encoding="utf-8")
    return Runs(open_client("aurora", Roots(tmp_path / "clients", tmp_path / "reports")))


def test_a_figure_of_the_same_days_that_is_another_is_restated(runs: Runs) -> None:
    runs.lay("2026-09", SEPTEMBER, [claim("spend", 100.0, SEPTEMBER), claim("revenue", 50.0, SEPTEMBER)])
    runs.lay("2026-10", OCTOBER, [claim("spend", 90.0, SEPTEMBER), claim("revenue", 50.0 * (1 + 1e-12), SEPTEMBER)])

    (restated,) = runs.diff().restated

    assert (restated.metric, restated.old.value, restated.new.value, restated.difference) == ("spend", 100, 90, -10)
    assert restated.change == pytest.approx(-0.1)
    assert restated.period is not None
    assert restated.period.as_json() == SEPTEMBER


def test_what_a_newer_export_has_restated_is_told_once_though_two_stages_say_it(runs: Runs) -> None:
    scope = {"platform": "meta", "series": "ads", "parameter": "spend"}
    restated = claim("restated", 42.5, SEPTEMBER, scope=scope, compared_to=against("previous", 40.0))
    runs.lay("2026-09", SEPTEMBER, [])
    runs.lay("2026-10", OCTOBER, [restated])
    runs.lay("2026-10", OCTOBER, [restated], stage="post_campaign")

    (told,) = runs.diff().restated

    assert (told.metric, told.old.value, told.new.value, told.difference) == ("spend", 40.0, 42.5, 2.5)
    assert dict(told.scope) == {"platform": "meta", "series": "ads"}


def test_what_a_figure_is_compared_to_is_a_statement_about_the_days_before(runs: Runs) -> None:
    runs.lay("2026-09", SEPTEMBER, [claim("spend", 100.0, SEPTEMBER), claim("cpa", 8.0, SEPTEMBER)])
    change = claim("change", -0.5, OCTOBER, scope={"parameter": "cpa"}, unit="share", currency=None)
    runs.lay(
        "2026-10",
        OCTOBER,
        [
            claim("spend", 120.0, OCTOBER, compared_to=against("previous", 101.0)),
            change | {"compared_to": against("previous", 9.0)},
            claim("revenue", 1.0, OCTOBER, compared_to=against("plan", 7.0)),
        ],
    )

    restated = {one.metric: (one.old.value, one.new.value) for one in runs.diff().restated}

    assert restated == {"spend": (100.0, 101.0), "cpa": (8.0, 9.0)}


def test_last_year_is_compared_by_its_own_days(runs: Runs) -> None:
    last_year = {"start": "2025-10-01", "end": "2025-10-31"}
    runs.lay("2025-10", last_year, [claim("spend", 100.0, last_year)])
    runs.lay("2026-10", OCTOBER, [claim("spend", 120.0, OCTOBER, compared_to=against("previous_year", 99.0))])

    (restated,) = runs.diff("2025-10").restated

    assert (restated.old.value, restated.new.value) == (100.0, 99.0)


def test_stages_that_reckon_otherwise_are_not_called_a_restatement(runs: Runs) -> None:
    runs.lay("2026-09", SEPTEMBER, [claim("reach", 100.0, SEPTEMBER)])
    runs.lay("2026-09", SEPTEMBER, [claim("reach", 70.0, SEPTEMBER)], stage="community")
    runs.lay("2026-10", OCTOBER, [claim("reach", 70.0, SEPTEMBER)], stage="community")

    assert runs.diff().restated == ()

    runs.lay("2026-10", OCTOBER, [claim("reach", 71.0, SEPTEMBER)], stage="community")
    assert [(one.old.value, one.new.value) for one in runs.diff().restated] == [(70.0, 71.0)]


def test_goals_campaigns_files_definitions_and_versions_that_changed_came_or_went(runs: Runs) -> None:
    cpa, roas = {"metric": "cpa", "target": 20}, {"metric": "roas", "target": 3, "scope": {"platform": "meta"}}
    row = {"sha256": "aa", "rows": 1}
    runs.lay(
        "2026-09", SEPTEMBER, [], goals=[cpa, roas], campaigns=[["meta", "A"], ["meta", "B"]],
        inputs=[{"file": "a.csv", **row}, {"file": "b.csv", **row}], definitions={"cpa": "spend / conversions"},
        versions={"cuaderno": "0.1.0"}, files=[{"name": "client.yaml", "sha256": "11"}],
    )  # fmt: skip
    runs.lay(
        "2026-10", OCTOBER, [], goals=[cpa | {"target": 25}, {"metric": "aov", "target": 60}],
        campaigns=[["meta", "B"], ["tiktok", "B"]],
        inputs=[{"file": "b.csv", "sha256": "bb", "rows": 1}, {"file": "c.csv", **row}],
        definitions={"cpa": "spend / results", "aov": "revenue / orders"}, versions={"cuaderno": "0.2.0"},
        files=[{"name": "client.yaml", "sha256": "11"}, {"name": "commentary/2026-10/audit.en.md", "sha256": "22"}],
    )  # fmt: skip

    found = runs.diff().as_json()

    def told(part: str) -> set[tuple[str, str]]:
        return {(one["name"], one["kind"]) for one in found[part]}

    assert told("goals") == {("cpa", "changed"), ("roas (platform meta)", "gone"), ("aov", "new")}
    assert [(one["old"], one["new"]) for one in found["goals"] if one["name"] == "cpa"] == [("20", "25")]
    assert told("campaigns") == {("A (meta)", "gone"), ("B (tiktok)", "new")}
    assert told("files") == {("a.csv", "gone"), ("b.csv", "changed"), ("c.csv", "new")}
    assert told("definitions") == {("cpa", "changed")}
    assert told("versions") == {("cuaderno", "changed")}


def test_main_figures_that_moved_carry_the_verdict_of_the_later_run(runs: Runs) -> None:
    meta_ = {"platform": "meta"}
    runs.lay(
        "2026-09", SEPTEMBER,
        [claim("cpa", 20.0, SEPTEMBER), claim("spend", 5.0, SEPTEMBER, scope=meta_), claim("aov", 9.0, SEPTEMBER)],
    )  # fmt: skip
    runs.lay(
        "2026-10", OCTOBER,
        [
            claim("spend", 6.0, OCTOBER, scope=meta_), claim("cpa", 25.0, OCTOBER), claim("aov", 9.0, OCTOBER),
            claim("change", 0.25, OCTOBER, scope={"parameter": "cpa"}, unit="share", verdict="worse",
                  compared_to=against("previous", 20.0)),
        ],
    )  # fmt: skip

    moved = runs.diff().moved

    assert [(one.metric, dict(one.scope), one.difference) for one in moved] == [("cpa", {}, 5.0), ("spend", meta_, 1.0)]
    assert [(one.verdict, one.against) for one in moved] == [("worse", "previous"), (None, None)]


def test_a_run_that_did_not_record_its_goals_is_not_taken_to_have_none(runs: Runs) -> None:
    folder = runs.lay("2026-09", SEPTEMBER, [])
    runs.lay("2026-10", OCTOBER, [], goals=[{"metric": "cpa", "target": 20}], campaigns=[["meta", "A"]])
    document = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    del document["goals"], document["campaigns"]
    (folder / "run.json").write_text(json.dumps(document), encoding="utf-8")

    found = runs.diff()

    assert (found.goals, found.campaigns) == (None, None)


def test_a_missing_run_is_answered_with_the_command_that_makes_it(runs: Runs) -> None:
    runs.lay("2026-10", OCTOBER, [])

    with pytest.raises(UsageError, match="no such run") as caught:
        runs.diff("2026-09")

    assert caught.value.next_step == "Make it: cuaderno report aurora --period 2026-09"


def test_a_run_is_held_against_itself_only_by_a_copy(runs: Runs, tmp_path: Path) -> None:
    folder = runs.lay("2026-10", OCTOBER, [claim("spend", 1.0, OCTOBER)])

    with pytest.raises(UsageError, match="both runs are the same") as caught:
        runs.diff("2026-10")
    assert "Copy its folder" in caught.value.next_step

    shutil.copytree(folder, tmp_path / "copies" / "2026-10")
    assert runs.diff(f"{tmp_path}/copies/2026-10").restated == ()


def test_a_run_of_another_client_is_refused(runs: Runs) -> None:
    folder = runs.lay("2026-09", SEPTEMBER, [])
    runs.lay("2026-10", OCTOBER, [])
    (folder / "run.json").write_text((folder / "run.json").read_text().replace("aurora", "borealis"))

    with pytest.raises(UsageError, match="another client's"):
        runs.diff()


# Runs as `cuaderno report` makes them


def test_a_run_again_on_the_same_files_differs_in_nothing(project: Project) -> None:
    kept = shutil.copytree(project.run, project.root / "kept")
    project.report()

    found = diff(open_client("aurora", project.roots), str(kept), "2026-10").as_json()

    parts = ("restated", "goals", "definitions", "versions", "campaigns", "files", "moved")
    assert [found[part] for part in parts] == [[]] * len(parts)


def test_a_changed_export_goal_and_campaign_are_found_between_two_real_runs(project: Project) -> None:
    kept = shutil.copytree(project.run, project.root / "kept")
    changed = meta(spend=12.0).replace("Otoño,2026-10-31", "Rebajas,2026-10-31")
    (project.client / "exports" / "meta.csv").write_text(changed, encoding="utf-8")
    (project.client / "client.yaml").write_text(SETTINGS.replace("target: 25", "target: 28"), encoding="utf-8")
    project.report()

    found = diff(open_client("aurora", project.roots), str(kept), "2026-10")

    spend = {one.scope: (one.old.value, one.new.value) for one in found.restated if one.metric == "spend"}
    assert spend[()] == (465.0, 527.0)
    assert (("platform", "tiktok"),) not in spend
    assert {one.metric for one in found.moved} >= {"spend", "cpa", "roas"}
    assert [(one.name, one.old, one.new) for one in found.goals or ()] == [("cpa", "25", "28")]
    assert [(one.name, one.kind) for one in found.campaigns or ()] == [("Rebajas (meta)", "new")]
    assert {one.name for one in found.files} == {"client.yaml", "exports/meta.csv"}


def test_an_export_that_was_replaced_is_read_for_comparison_only(project: Project) -> None:
    (project.client / "exports" / "meta.csv").write_text(meta(spend=11.0), encoding="utf-8")
    project.report()

    run = json.loads((project.run / "run.json").read_text(encoding="utf-8"))
    page = project.page().read_text(encoding="utf-8")

    assert sorted((one["file"], one.get("is_earlier", False)) for one in run["inputs"]) == [
        ("exports/meta.csv", False),
        ("exports/meta.csv", True),
        ("exports/tiktok.csv", False),
    ]
    assert page.count("earlier export, for comparison only") == 1
    assert "a newer export gives other figures" in page
    (stage,) = (one for one in run["stages"] if one["status"] == "ok")
    assert ("restated", {"platform": "meta"}) in [(one["code"], one["scope"]) for one in stage["warnings"]]
    assert project.verify().holds
