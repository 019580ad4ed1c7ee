"""A client's pages are made from what its runs have left, and from nothing else."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from helpers.site import write_client_index
from helpers.site.client_pages import OPEN, write_period
from helpers.site.runs import runs_of

from .reading import addresses, bound, claims_of, headings, rows

Write = Callable[..., Path]
Make = Callable[..., dict[str, Any]]


def test_a_period_lists_its_reports_with_conclusion_status_and_warnings(
    write_run: Write, stage: Make, tmp_path: Path
) -> None:
    folder = write_run(
        stages=[
            stage("audit", headline="Revenue held.", warnings=("overlap", "fatigue")),
            stage("strategy", "failed", error="the plan has no end", headline=""),
            stage("calendar", "skipped", headline=""),
        ]
    )

    written = write_client_index(tmp_path, "acme")

    page = folder / "index.en.html"
    assert page in written
    assert rows(page) == [
        ["Audit Also in Español", "Revenue held.", "ready", "Warnings 2", "Notebook: Audit Claims: Audit"],
        ["Strategy and media plan", "the plan has no end", "failed", "–no value", ""],
    ]
    assert {"audit.en.html", "audit.es-ES.html", "audit.ipynb", "audit.claims.json", "run.json"} <= set(addresses(page))


def test_reports_stand_in_the_order_of_the_workflow(write_run: Write, stage: Make, tmp_path: Path) -> None:
    folder = write_run(stages=[stage("community"), stage("audit"), stage("persona")])

    write_client_index(tmp_path, "acme")

    assert [row[0].partition(" Also")[0] for row in rows(folder / "index.en.html")] == [
        "Audit",
        "Audience and persona",
        "Community",
    ]


def test_what_is_ready_to_hand_over_is_listed(write_run: Write, tmp_path: Path) -> None:
    folder = write_run()
    (folder / "share").mkdir()
    (folder / "share" / "Café 100%.zip").write_text("x")

    write_client_index(tmp_path, "acme")

    assert "share/Café 100%.zip" in addresses(folder / "index.en.html")


def test_a_period_that_goes_out_alone_leads_to_its_pages_and_nowhere_else(write_run: Write, tmp_path: Path) -> None:
    (run,) = runs_of(write_run().parent)

    made = write_period(tmp_path / "out", run, is_alone=True)

    for page in made:
        assert set(addresses(page)) == {
            "monitoring.en.html", "monitoring.es-ES.html", "index.en.html", "index.es-ES.html",
        }  # fmt: skip


def test_every_link_leads_to_a_file_whatever_languages_the_runs_were_in(write_run: Write, tmp_path: Path) -> None:
    write_run(languages=("es-ES",))
    write_run(month="2026-09", languages=("en", "es-MX"))
    write_run(month="2026-08", languages=("es-ES", "en"))

    written = write_client_index(tmp_path, "acme")

    assert {path.name for path in written if path.parent.name == "acme"} == {
        "index.es-ES.html", "index.en.html", "index.es-MX.html",
    }  # fmt: skip
    for page in written:
        assert addresses(page)
        for address in addresses(page):
            assert (page.parent / address).is_file(), (page, address)


def test_a_client_lists_its_periods_newest_first_with_the_reports_of_the_newest(
    write_run: Write, tmp_path: Path
) -> None:
    months = [f"2026-{month:02}" for month in range(1, 11)]
    for month in months:
        write_run(month=month)

    write_client_index(tmp_path, "acme")

    page = tmp_path / "acme" / "index.en.html"
    periods = list(dict.fromkeys(found for found in addresses(page) if found.endswith("/index.en.html")))
    assert periods == [f"{month}/index.en.html" for month in reversed(months)]
    assert {found for found in addresses(page) if "monitoring.en" in found} == {
        f"{month}/monitoring.en.html" for month in months[-OPEN:]
    }
    assert headings(page)[-1] == "Earlier periods"
    assert [row[2] for row in rows(page)[-4:]] == ["The ROAS held its level."] * 4


def test_a_month_is_newer_than_the_year_and_the_quarter_that_hold_it(write_run: Write, tmp_path: Path) -> None:
    days = {"2026-09": ("2026-09-01", "2026-09-30"), "2026-10": ("2026-10-01", "2026-10-31")}
    days |= {"2026-Q4": ("2026-10-01", "2026-12-31"), "2026": ("2026-01-01", "2026-12-31")}
    for key, (start, end) in days.items():
        folder = write_run(month=key)
        document = json.loads((folder / "run.json").read_text())
        document["period"] = {"key": key, "start": start, "end": end}
        (folder / "run.json").write_text(json.dumps(document))

    assert [run.key for run in runs_of(tmp_path / "acme")] == ["2026-10", "2026-Q4", "2026", "2026-09"]


def test_goals_stand_with_target_actual_and_verdict_the_one_most_missed_first(
    write_run: Write, claim: Make, tmp_path: Path
) -> None:
    meta = {"platform": "meta"}
    write_run(
        claims=[
            claim("cpa", "not_shown", value=19.5, goal=20.0, currency="EUR"),
            claim("roas", "worse", value=2.1, goal=3.0, scope=meta),
        ]
    )

    write_client_index(tmp_path, "acme")

    page = tmp_path / "acme" / "index.en.html"
    assert [row for row in rows(page) if len(row) == 5] == [
        ["ROAS · Meta Ads", "Actual 2.10", "Target 3.00", "", "missed"],
        ["CPA", "Actual €19.50", "Target €20.00", "", "within chance"],
    ]
    assert 'class="bullet"' in page.read_text(encoding="utf-8")


def test_every_figure_is_bound_to_a_claim_of_the_block_whatever_its_period(
    write_run: Write, claim: Make, spend: Make, tmp_path: Path
) -> None:
    for month in ("2026-08", "2026-09", "2026-10"):
        write_run(month=month, claims=[claim("roas", "worse", value=2.1, month=month), spend(10.0, month=month)])

    for page in write_client_index(tmp_path, "acme"):
        assert bound(page) == {claim["id"] for claim in claims_of(page)["claims"]}
    assert {f"{month}.monitoring.roas" for month in ("2026-08", "2026-09", "2026-10")} <= bound(page)


def sparks(page: Path) -> dict[str, str]:
    """The path of each card's line by the card's label."""
    cards = page.read_text(encoding="utf-8").split('<div class="card">')[1:]
    found = [(re.search(r"<dt>(.*?)</dt>", card), re.search(r'<path d="([^"]*)"', card)) for card in cards]
    return {label[1]: path[1] if path else "" for label, path in found if label}


def test_the_main_kpis_are_drawn_over_periods_of_the_same_length(
    write_run: Write, claim: Make, spend: Make, tmp_path: Path
) -> None:
    for month, value in (("2026-07", 10.0), ("2026-08", 20.0), ("2026-10", 40.0)):
        write_run(month=month, claims=[spend(value, month=month), claim("roas", None, month=month)])
    for folder in (tmp_path / "acme").iterdir():
        document = json.loads((folder / "run.json").read_text())
        end = {"2026-07": "31", "2026-08": "31", "2026-10": "31"}[folder.name]
        document["period"]["end"] = f"{folder.name}-{end}"
        (folder / "run.json").write_text(json.dumps(document))
        claims = (folder / "monitoring.claims.json").read_text().replace(f"{folder.name}-28", f"{folder.name}-{end}")
        (folder / "monitoring.claims.json").write_text(claims)

    write_client_index(tmp_path, "acme")

    line = sparks(tmp_path / "acme" / "index.en.html")["Spend"]
    assert [part.split()[0] for part in re.findall(r"[ML][^ML]+", line)] == ["M2.0", "L34.0", "M98.0"]


def test_money_in_another_currency_is_on_no_line(write_run: Write, spend: Make, tmp_path: Path) -> None:
    write_run(month="2026-09", claims=[spend(10.0, "USD", month="2026-09")])
    write_run(month="2026-10", claims=[spend(40.0, "EUR")])

    write_client_index(tmp_path, "acme")

    assert sparks(tmp_path / "acme" / "index.en.html") == {"Spend": ""}


def test_a_conclusion_keeps_the_claims_of_its_figures(
    write_run: Write, stage: Make, claim: Make, tmp_path: Path
) -> None:
    for month in ("2026-09", "2026-10"):
        folder = write_run(month=month, stages=[stage(claims=[claim("roas", None, value=3.21, month=month)])])
        document = json.loads((folder / "run.json").read_text())
        said = [{"text": "The ROAS was "}, {"text": "3.21", "claim": "monitoring.roas", "part": "value"}]
        document["stages"][0]["conclusion"] = {"en": said}
        (folder / "run.json").write_text(json.dumps(document))

    write_client_index(tmp_path, "acme")

    page = tmp_path / "acme" / "index.en.html"
    assert {"2026-10.monitoring.roas", "2026-09.monitoring.roas"} <= bound(page)
    found = {claim["id"]: claim for claim in claims_of(page)["claims"]}
    assert bound(page) == set(found)
    evidence = found["2026-09.monitoring.roas"]["evidence"]
    assert [one["file"] for one in evidence] == ["2026-09/monitoring.claims.json"]
    assert bound(folder / "index.en.html") == {"monitoring.roas"}


def test_a_page_of_an_earlier_run_is_still_listed(write_run: Write, stage: Make, tmp_path: Path) -> None:
    folder = write_run(stages=[stage("audit", "skipped")], languages=("es-ES",))
    (folder / "audit.en.html").write_text("<!doctype html>")

    write_client_index(tmp_path, "acme")

    assert "audit.en.html" in addresses(folder / "index.en.html")


def test_an_index_in_a_language_that_no_report_is_in_any_more_is_removed(write_run: Write, tmp_path: Path) -> None:
    folder = write_run(languages=("es-ES", "en"))
    write_client_index(tmp_path, "acme")
    (folder / "monitoring.en.html").unlink()
    document = json.loads((folder / "run.json").read_text())
    (folder / "run.json").write_text(json.dumps(document | {"languages": ["es-ES"]}))

    write_client_index(tmp_path, "acme")

    assert sorted(path.name for path in tmp_path.rglob("index.*.html")) == ["index.es-ES.html"] * 2


def test_a_client_without_a_run_has_no_index(tmp_path: Path) -> None:
    assert write_client_index(tmp_path, "nobody") == []


def test_a_run_that_left_nothing_else_is_said_to_have_failed(
    write_run: Write, stage: Make, claim: Make, tmp_path: Path
) -> None:
    write_run(claims=[claim("roas", "better", value=3.0)])
    last = {"name": "", "languages": [], "stages": [stage("audit", "refused", error="the currency is missing")]}
    (tmp_path / "acme" / "run.json").write_text(json.dumps(last))

    write_client_index(tmp_path, "acme")

    body = (tmp_path / "acme" / "index.en.html").read_text(encoding="utf-8")
    assert "the currency is missing" in body
    assert 'class="state failed"' in body
    assert 'class="kicker"><bdi translate="no">Café Aurora</bdi>' in body


def test_a_page_for_a_client_says_nothing_of_another(write_run: Write, claim: Make, tmp_path: Path) -> None:
    canary = "canary-7f3a"
    write_run("acme", data_until="2026-01-31")
    write_run(canary, name=canary, data_until="2026-10-31", claims=[claim("roas", "worse", scope={"campaign": canary})])

    for path in write_client_index(tmp_path, "acme"):
        assert canary not in path.read_text(encoding="utf-8")
        assert "stale" not in re.findall(r'class="state (\w+)"', path.read_text(encoding="utf-8"))


def test_index_pages_carry_a_claims_block(write_run: Write, tmp_path: Path) -> None:
    folder = write_run()
    write_client_index(tmp_path, "acme")

    for page in (folder / "index.en.html", tmp_path / "acme" / "index.en.html"):
        document = claims_of(page)
        assert (document["schema"], document["client"], document["stage"]) == ("cuaderno.claims/1", "acme", "index")
        assert document["period"] == {"start": "2026-10-01", "end": "2026-10-28"}


def test_the_time_of_a_run_is_on_no_page(write_run: Write, tmp_path: Path) -> None:
    folder = write_run()
    first = [path.read_bytes() for path in write_client_index(tmp_path, "acme")]
    run = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    (folder / "run.json").write_text(json.dumps(run | {"started": "2030-01-01T00:00:00+00:00", "finished": "2031"}))

    assert [path.read_bytes() for path in write_client_index(tmp_path, "acme")] == first


@pytest.mark.parametrize("field", ["name", "error", "headline", "scope", "share"])
def test_names_are_text(field: str, write_run: Write, stage: Make, claim: Make, tmp_path: Path) -> None:
    evil = "\"><img src=x onerror=alert(1)>'{{7*7}}"
    given = {name: evil if name == field else "fine" for name in ("name", "error", "headline", "scope")}
    claims = [claim("roas", "worse", scope={"campaign": given["scope"]}, month="2026-11")]
    folder = write_run(stages=[stage(), stage("audit", "failed", error=given["error"])], name=given["name"])
    write_run(month="2026-11", stages=[stage(headline=given["headline"], claims=claims)], name=given["name"])
    if field == "share":
        (folder / "share").mkdir()
        (folder / "share" / evil.replace("/", "")).write_text("x")

    for page in write_client_index(tmp_path, "acme"):
        body = page.read_text(encoding="utf-8")
        assert "<img" not in body
        assert "49" not in body.partition("<body>")[2].partition("<script")[0]
    assert any("onerror" in page.read_text(encoding="utf-8") for page in tmp_path.rglob("index.en.html"))


def test_nothing_is_left_beside_the_pages(write_run: Write, tmp_path: Path) -> None:
    folder = write_run()

    write_client_index(tmp_path, "acme")

    assert not [path for path in folder.iterdir() if path.name.startswith(".")]
