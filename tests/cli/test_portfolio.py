"""`cuaderno portfolio`: how all clients stand, in the terminal, as JSON and as pages."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from tests.ended import Ended

STATES = ("failed", "stale", "off_track", "at_risk", "on_track", "not_judged")


@pytest.fixture(scope="module")
def laid() -> ModuleType:
    """What the tests of the site lay down runs with."""
    path = Path(__file__).resolve().parents[1] / "site" / "conftest.py"
    spec = importlib.util.spec_from_file_location("site_samples", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def two(project: Path, laid: ModuleType) -> Path:
    """The reports of two clients: one off track, one with a name that steers a terminal, on track."""
    reports = project / "reports"
    missed = laid.claim("roas", "worse", value=2.1, goal=3.0, scope={"platform": "meta"})
    held = laid.claim("roas", "better", value=3.5, goal=3.0)
    laid.write_run(reports, "acme", name="Zeta", claims=[missed, laid.spend(500.0)])
    laid.write_run(reports, "beta", name="Beta \x1b[31m[bold]", claims=[held, laid.spend(900.0)])
    return reports


def test_it_prints_every_client_with_state_and_reason_and_writes_the_pages(
    cuaderno: Callable[..., Ended], two: Path
) -> None:
    ended = cuaderno("portfolio")

    assert ended.code == 0
    lines = ended.out.splitlines()
    assert [line.split()[0] for line in lines] == ["client", "Zeta", "Beta"]
    assert "off track" in lines[1]
    assert "Most goals are missed: ROAS · Meta Ads 2.10 against 3.00" in lines[1]
    assert "€900" in lines[2]
    assert "\x1b" not in ended.out
    assert "[bold]" in lines[2]
    assert str(two / "index.html") in ended.err.replace("\n", "")
    assert (two / "index.by-spend.en.html").is_file()


@pytest.mark.parametrize(
    ("by", "clients"), [("state", ["acme", "beta"]), ("name", ["beta", "acme"]), ("spend", ["beta", "acme"])]
)
def test_json_is_one_document_in_the_order_asked_for(
    by: str, clients: list[str], cuaderno: Callable[..., Ended], two: Path
) -> None:
    document = cuaderno("portfolio", "--json", "--by", by).document

    assert (document["schema"], document["by"]) == ("cuaderno.portfolio/1", by)
    assert [client["client"] for client in document["clients"]] == clients
    assert document["counts"] == dict.fromkeys(STATES, 0) | {"off_track": 1, "on_track": 1}


def test_without_a_client_it_says_how_one_comes_to_be(cuaderno: Callable[..., Ended], project: Path) -> None:
    ended = cuaderno("portfolio")

    assert ended.code == 0
    assert ended.out == ""
    assert "cuaderno report CLIENT" in ended.err
    assert (project / "reports" / "index.html").is_file()


def test_an_order_that_there_is_not_is_misuse(cuaderno: Callable[..., Ended], project: Path) -> None:
    assert cuaderno("portfolio", "--by", "mood").code == 2
