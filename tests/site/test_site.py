"""Index pages are made from what runs have left, and from nothing else."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from helpers.site import write_client_index, write_portfolio
from helpers.site.state import STAGES

Write = Callable[..., Path]


def rows(page: Path) -> list[list[str]]:
    """The cells of each line of the list, as text."""
    lines = re.findall(r"<tr>(.*?)</tr>", page.read_text(encoding="utf-8"), re.DOTALL)[1:]
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line, re.DOTALL) for line in lines]
    return [[re.sub(r"<[^>]*>", "", cell).strip() for cell in line] for line in cells]


def links(page: Path) -> list[str]:
    return re.findall(r'<th scope="row"><a href="([^"]*)"', page.read_text(encoding="utf-8"))


def claims_of(page: Path) -> dict[str, Any]:
    found = re.search(r'id="claims">(.*?)</script>', page.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    return dict(json.loads(found[1]))


def test_a_period_lists_its_reports_with_state_and_conclusion(
    write_run: Write, stage: Callable[..., Any], tmp_path: Path
) -> None:
    folder = write_run(
        stages=[
            stage("audit", headline="Revenue held."),
            stage("strategy", "failed", error="the plan has no end", headline=""),
            stage("calendar", "skipped", headline=""),
        ]
    )

    written = write_client_index(tmp_path, "acme")

    page = folder / "index.en.html"
    assert page in written
    assert rows(page) == [
        ["Audit", "ready", "Revenue held."],
        ["Strategy and media plan", "failed", "the plan has no end"],
    ]
    assert links(page) == ["audit.en.html"]


def test_every_link_leads_to_a_file(write_run: Write, tmp_path: Path) -> None:
    write_run()
    write_run(month="2026-09")
    write_run(client="beta", languages=("en",))
    for client in ("acme", "beta"):
        write_client_index(tmp_path, client)
    written = write_portfolio(tmp_path)

    for page in [*written, *tmp_path.rglob("index.*.html")]:
        for address in re.findall(r'href="([^"#]+)"', page.read_text(encoding="utf-8")):
            assert (page.parent / address).is_file(), (page, address)


def test_a_client_lists_its_periods_newest_first(write_run: Write, tmp_path: Path) -> None:
    write_run(month="2026-09")
    write_run(month="2026-10")

    write_client_index(tmp_path, "acme")

    assert links(tmp_path / "acme" / "index.en.html") == ["2026-10/index.en.html", "2026-09/index.en.html"]


def test_a_page_of_an_earlier_run_is_still_listed(write_run: Write, stage: Callable[..., Any], tmp_path: Path) -> None:
    folder = write_run(stages=[stage("audit", "skipped")])
    (folder / "audit.en.html").write_text("<!doctype html>")

    write_client_index(tmp_path, "acme")

    assert links(folder / "index.en.html") == ["audit.en.html"]


def test_a_client_without_a_run_has_no_index(tmp_path: Path) -> None:
    assert write_client_index(tmp_path, "nobody") == []
    assert write_portfolio(tmp_path) == []


@pytest.mark.parametrize(
    ("verdicts", "word", "reason"),
    [
        (["better", "not_shown"], "on track", "No figure is worse than its plan or target."),
        (["worse", "better", "better"], "at risk", "Worse than planned in part: ROAS."),
        (["worse", "worse", "better"], "off track", "Worse than planned for the most part: ROAS and CPA."),
        ([], "not judged", "No figure is held against a plan or a target."),
    ],
)
def test_a_client_stands_as_its_targets_do(
    verdicts: list[str], word: str, reason: str, write_run: Write, claim: Callable[..., Any], tmp_path: Path
) -> None:
    claims = [claim(metric, verdict) for metric, verdict in zip(("roas", "cpa", "ctr"), verdicts, strict=False)]
    write_run(claims=[*claims, claim("spend", "worse", what="previous"), claim("clicks", None)])

    write_portfolio(tmp_path)

    assert rows(tmp_path / "index.en.html") == [["Café Aurora", word, reason]]


def test_what_failed_comes_before_what_is_well(
    write_run: Write, stage: Callable[..., Any], claim: Callable[..., Any], tmp_path: Path
) -> None:
    stages = [stage(), stage("audit", "refused", error="the currency is missing")]
    write_run(stages=stages, claims=[claim("roas", "better")])

    write_portfolio(tmp_path)

    assert rows(tmp_path / "index.en.html")[0][1:] == ["failed", "Audit: the currency is missing"]


def test_a_client_whose_data_are_old_beside_the_others_is_stale(write_run: Write, tmp_path: Path) -> None:
    write_run("acme", as_of="2026-11-01")
    write_run("beta", as_of="2026-09-26", name="Beta")

    write_portfolio(tmp_path)

    assert [row[1] for row in rows(tmp_path / "index.en.html")] == ["not judged", "stale"]


def test_a_run_that_cannot_be_read_is_shown_as_failed_and_stops_no_other(write_run: Write, tmp_path: Path) -> None:
    (write_run("acme") / "run.json").write_text("{")
    write_run("beta", name="Beta")

    write_portfolio(tmp_path)

    assert [row[:2] for row in rows(tmp_path / "index.en.html")] == [["acme", "failed"], ["Beta", "not judged"]]


def test_the_portfolio_is_in_every_language_of_any_client_and_once_more_without_one(
    write_run: Write, tmp_path: Path
) -> None:
    write_run("acme", languages=("es-ES", "en"))
    write_run("beta", languages=("en",))

    written = write_portfolio(tmp_path)

    assert [path.name for path in written] == ["index.es-ES.html", "index.en.html", "index.html"]
    assert written[2].read_bytes() == written[0].read_bytes()


def test_index_pages_carry_a_claims_block(write_run: Write, tmp_path: Path) -> None:
    folder = write_run()
    write_client_index(tmp_path, "acme")
    write_portfolio(tmp_path)

    period = {"start": "2026-10-01", "end": "2026-10-28"}
    for page, client in ((folder / "index.en.html", "acme"), (tmp_path / "index.en.html", "*")):
        document = claims_of(page)
        assert (document["schema"], document["client"], document["stage"]) == ("cuaderno.claims/1", client, "index")
        assert document["period"] == period


def test_the_time_of_a_run_is_on_no_page(write_run: Write, tmp_path: Path) -> None:
    folder = write_run()
    first = [path.read_bytes() for path in (*write_client_index(tmp_path, "acme"), *write_portfolio(tmp_path))]
    run = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    (folder / "run.json").write_text(json.dumps(run | {"started": "2030-01-01T00:00:00+00:00", "finished": "2031"}))

    assert [path.read_bytes() for path in (*write_client_index(tmp_path, "acme"), *write_portfolio(tmp_path))] == first


def test_names_are_text(write_run: Write, stage: Callable[..., Any], tmp_path: Path) -> None:
    evil = "</table><script>alert(1)</script>"
    folder = write_run(stages=[stage(), stage("audit", "failed", error=evil, headline=evil)], name=evil)
    write_client_index(tmp_path, "acme")
    write_portfolio(tmp_path)

    for page in (folder / "index.en.html", tmp_path / "acme" / "index.en.html", tmp_path / "index.html"):
        assert page.read_text(encoding="utf-8").count("<script") == 1


def test_nothing_is_left_beside_the_pages(write_run: Write, tmp_path: Path) -> None:
    folder = write_run()

    write_client_index(tmp_path, "acme")

    assert not [path for path in folder.iterdir() if path.name.startswith(".")]


def test_every_stage_of_the_contract_has_a_name() -> None:
    contract = "audit market_research persona strategy campaigns monitoring post_campaign community calendar"

    assert list(STAGES) == contract.split()
