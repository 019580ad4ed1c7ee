"""The same inputs give the same bytes, whatever runs the notebooks, wherever and on whatever clock."""

from __future__ import annotations

import shutil
import subprocess
from datetime import datetime
from pathlib import Path

import pytest
from tests.ended import Ended

from .workbook import CHECKOUT, PERIOD, STAGES, Project, command, copy_demo, entry, made_once, report

LANGUAGES = ("es-ES", "en")
pytestmark = pytest.mark.slow
CLOCK = Path(__file__).with_name("clock.c")
FAR_AWAY = {
    "TZ": "Pacific/Kiritimati",
    "LC_ALL": "C",
    "PYTHONHASHSEED": "4711",
    "COLUMNS": "40",
    "USER": "someone",
    "LOGNAME": "someone",
}


def next_year(shelf: Path) -> dict[str, str]:
    """Variables that give a process and its children another day; none where there is no compiler to make it."""
    compiler, made = shutil.which("cc"), shelf / "clock.so"
    if compiler is None:
        return {}
    subprocess.run([compiler, "-shared", "-fPIC", "-o", made, CLOCK], check=True)
    return {"LD_PRELOAD": str(made)}


def notebook(stage: str) -> Path:
    (found,) = (CHECKOUT / "notebooks").glob(f"*_{stage}.ipynb")
    return found


@pytest.fixture(scope="module")
def far_away(shelf: Path) -> Project:
    """The same client next year, in another place, by another user, with nothing kept from earlier runs."""

    def make(folder: Path) -> Ended:
        copy_demo(folder)
        (folder / "elsewhere").mkdir()
        variables = FAR_AWAY | next_year(shelf)
        return report(folder, "demo", "--period", PERIOD, folder=folder / "elsewhere", variables=variables, umask=0o077)

    return made_once(shelf / "a folder far away", make)


@pytest.fixture(scope="module")
def by_hand(shelf: Path, demo: Project) -> Project:
    """papermill runs the notebooks, nbconvert makes the pages."""
    variables = {"CUADERNO_CLIENTS": str(demo.folder / "clients")}

    def make(folder: Path) -> Ended:
        executed = [folder / f"{stage}.ipynb" for stage in STAGES]
        for stage, path in zip(STAGES, executed, strict=True):
            parameters = ("-p", "client", "demo", "-p", "period", PERIOD)
            arguments = ("--engine", "cuaderno", "--no-progress-bar", notebook(stage), path, *parameters)
            ran = command("papermill", *arguments, folder=folder, variables=variables)
            if ran.code:
                return ran
        return command("nbconvert", "--to", "cuaderno", *executed, folder=folder, variables=variables)

    return made_once(shelf / "by_hand", make)


def published(project: Project) -> dict[str, bytes]:
    """Every page and every file of claims of a project."""
    reports = project.folder / "reports"
    found = [path for ending in ("html", "claims.json") for path in reports.rglob(f"*.{ending}")]
    return {path.relative_to(reports).as_posix(): path.read_bytes() for path in found}


def test_place_clock_and_surroundings_leave_no_trace(demo: Project, far_away: Project) -> None:
    assert far_away.ended.code == 0, far_away.ended.err
    first, second = published(demo), published(far_away)

    assert sorted(first) == sorted(second)
    assert [name for name, content in first.items() if content != second[name]] == []
    # Every stage has a page a language and its claims; the period, the client and each order of the portfolio have a
    # page a language, the portfolio's first one twice.
    assert len(first) == len(STAGES) * (len(LANGUAGES) + 1) + 5 * len(LANGUAGES) + 1


def test_the_second_run_was_on_another_day(demo: Project, far_away: Project) -> None:
    if shutil.which("cc") is None:
        pytest.skip("no C compiler to make another day with: install gcc")

    here, there = (datetime.fromisoformat(project.ended.document["started"]) for project in (demo, far_away))
    assert (there - here).days >= 399


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("stage", STAGES)
def test_papermill_and_nbconvert_make_the_pages_of_the_report(
    demo: Project, by_hand: Project, stage: str, language: str
) -> None:
    assert by_hand.ended.code == 0, by_hand.ended.err

    page = (by_hand.folder / f"{stage}.{language}.html").read_bytes()

    assert page == demo.file("demo", f"{stage}.{language}.html").read_bytes()


@pytest.mark.parametrize("stage", STAGES)
def test_every_output_is_named_in_the_run_document_by_its_bytes(demo: Project, far_away: Project, stage: str) -> None:
    digests = [
        {output["file"]: output["sha256"] for output in entry(project.ended.document, stage)["outputs"]}
        for project in (demo, far_away)
    ]

    assert digests[0] == digests[1]
    assert set(digests[0]) == {f"{stage}.{ending}" for ending in ("es-ES.html", "en.html", "ipynb", "claims.json")}
