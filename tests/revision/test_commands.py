"""`cuaderno verify` and `cuaderno diff` as people and scripts meet them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable

import pytest

from tests.ended import Ended

from .conftest import Project, meta


def places(project: Project) -> tuple[str, ...]:
    return ("--clients", str(project.roots.clients))


def test_a_page_that_holds_ends_with_0_and_says_so_first(project: Project, command: Callable[..., Ended]) -> None:
    ended = command("verify", str(project.page()), *places(project))

    assert ended.code == 0
    assert ended.out.startswith("✓ all ")
    assert ended.out.splitlines()[0].endswith(" claims hold")
    assert "\x1b" not in ended.out + ended.err


def test_a_page_that_does_not_hold_ends_with_1_and_lists_by_outcome(
    project: Project, command: Callable[..., Ended]
) -> None:
    (project.client / "exports" / "meta.csv").write_text(meta(spend=12.0), encoding="utf-8")

    ended = command("verify", str(project.page("es-ES")), *places(project))

    assert ended.code == 1
    assert "claims do not hold" in ended.out.splitlines()[0]
    assert re.search(r"post_campaign\.spend +value 465 → 527", ended.out)
    assert ended.out.count("file exports/meta.csv was changed") < 5
    assert "Same figures, from other files" in ended.out


def test_one_document_is_printed_for_scripts(project: Project, command: Callable[..., Ended]) -> None:
    page = project.edit(project.page(), ">€465<", ">€466<")

    ended = command("verify", str(page), *places(project), "--json")

    assert (ended.code, ended.document["schema"], ended.document["holds"]) == (1, "cuaderno.verify/1", False)
    assert [wrong["shown"] for wrong in ended.document["misshown"]] == ["€466"]


def test_nothing_that_a_page_says_steers_the_terminal(project: Project, command: Callable[..., Ended]) -> None:
    page = project.edit(project.page(), "</main>", "<p>\x1b[2J\x9b31m&#27;[31mred&#155;31m</p></main>")

    ended = command("verify", str(page), *places(project))

    assert ended.code == 1
    assert "red" in ended.out
    assert not {"\x1b", "\x9b"} & set(ended.out)


@pytest.mark.parametrize("name", ["index.en.html", "missing.html", "run.json"])
def test_what_is_no_report_is_misuse(project: Project, command: Callable[..., Ended], name: str) -> None:
    ended = command("verify", str(project.run / name), *places(project))

    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("✗ ")


def test_diff_is_a_report_and_ends_with_0(project: Project, command: Callable[..., Ended]) -> None:
    kept = shutil.copytree(project.run, project.root / "kept")
    (project.client / "exports" / "meta.csv").write_text(meta(spend=12.0), encoding="utf-8")
    project.report()
    where = ("aurora", f"{kept}", "2026-10", *places(project), "--reports", str(project.roots.reports))

    told, document = command("diff", *where), command("diff", *where, "--json").document

    assert (told.code, document["schema"]) == (0, "cuaderno.diff/1")
    assert "changed  exports/meta.csv" in told.out
    assert "Goals: none" in told.out
    (spend,) = (one for one in document["restated"] if one["metric"] == "spend" and not one["scope"])
    assert (spend["old"], spend["new"], spend["difference"]) == (465.0, 527.0, 62.0)


@pytest.mark.parametrize("arguments", [("borealis", "2026-09", "2026-10"), ("aurora", "2026-09", "2026-10")])
def test_diff_of_what_is_not_there_is_misuse(
    project: Project, command: Callable[..., Ended], arguments: tuple[str, ...]
) -> None:
    ended = command("diff", *arguments, *places(project), "--reports", str(project.roots.reports))

    assert (ended.code, ended.out) == (2, "")
    assert "cuaderno" in ended.err
