"""The portfolio: all clients, one state each, in three orders, on pages of a size that can be sent."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from helpers.site import overview, write_client_index, write_portfolio
from helpers.site.portfolio_pages import DOCUMENT, MOST

from .reading import addresses, bound, claims_of, headings, rows

Write = Callable[..., Path]
Make = Callable[..., dict[str, Any]]


def names(page: Path) -> list[str]:
    return [row[0] for row in rows(page)]


def four(write_run: Write, stage: Make, claim: Make, spend: Make) -> None:
    """Four clients in four states: their folders' names, names and spend each have another order."""
    write_run("d", name="Ágora", claims=[claim("roas", "better", value=3.0), spend(900.0)])
    write_run("c", name="zeta", claims=[claim("roas", "worse"), spend(1000.0, "USD")])
    write_run("b", name="Beta", claims=[spend(950.0)])
    write_run("a", name="Émile", stages=[stage("audit", "failed", error="no currency")])


def test_by_state_the_worst_come_first_with_their_reason(
    write_run: Write, stage: Make, claim: Make, spend: Make, tmp_path: Path
) -> None:
    four(write_run, stage, claim, spend)

    write_portfolio(tmp_path)

    page = tmp_path / "index.en.html"
    assert headings(page) == ["failed", "off track", "on track", "not judged"]
    assert rows(page) == [
        ["Émile", "No report: Audit. no currency", "–no value", "Data until Oct 31, 2026"],
        ["zeta", "Most goals are missed: ROAS 1.00 against 2.00", "Spend $1,000", "Data until Oct 31, 2026"],
        [
            "Ágora",
            "Every figure is on the good side of its goal; closest: ROAS 3.00 against 2.00",
            "Spend €900",
            "Data until Oct 31, 2026",
        ],
        ["Beta", "No figure is held against a plan or a target.", "Spend €950", "Data until Oct 31, 2026"],
    ]


def test_by_name_accents_and_capitals_do_not_count(
    write_run: Write, stage: Make, claim: Make, spend: Make, tmp_path: Path
) -> None:
    four(write_run, stage, claim, spend)

    write_portfolio(tmp_path)

    page = tmp_path / "index.by-name.en.html"
    assert names(page) == ["Ágora", "Beta", "Émile", "zeta"]
    assert [row[1] for row in rows(page)] == ["on track", "not judged", "failed", "off track"]


def test_by_spend_currencies_stand_apart_and_are_never_added(
    write_run: Write, stage: Make, claim: Make, spend: Make, tmp_path: Path
) -> None:
    four(write_run, stage, claim, spend)

    write_portfolio(tmp_path)

    page = tmp_path / "index.by-spend.en.html"
    assert headings(page) == ["EUR", "USD", "No spend known"]
    assert [row[:2] for row in rows(page)] == [
        ["Beta", "Spend €950"],
        ["Ágora", "Spend €900"],
        ["zeta", "Spend $1,000"],
        ["Émile", "–no value"],
    ]
    figures = {claim["value"] for claim in claims_of(page)["claims"] if claim["unit"] == "money"}
    assert figures == {900.0, 950.0, 1000.0}
    assert 'width="94.7"' in page.read_text(encoding="utf-8")


def test_the_counts_lead_to_their_groups_and_rest_on_the_document(
    write_run: Write, stage: Make, claim: Make, spend: Make, tmp_path: Path
) -> None:
    four(write_run, stage, claim, spend)
    write_run("e", name="Eins", claims=[claim("roas", "worse")])

    write_portfolio(tmp_path)

    counts = {"failed": 1, "stale": 0, "off_track": 2, "at_risk": 0, "on_track": 1, "not_judged": 1}
    assert overview(tmp_path).counts == counts
    page = tmp_path / "index.by-name.en.html"
    claims = [claim for claim in claims_of(page)["claims"] if claim["metric"] == "clients"]
    assert {claim["scope"]["segment"]: claim["value"] for claim in claims} == counts
    digest = hashlib.sha256((tmp_path / DOCUMENT).read_bytes()).hexdigest()
    assert [claim["evidence"] for claim in claims] == [[{"file": DOCUMENT, "sha256": digest, "rows": 5}]] * len(counts)
    body = page.read_text(encoding="utf-8")
    assert 'href="index.en.html#off_track"' in body
    assert "#stale" not in body
    assert 'id="off_track"' in (tmp_path / "index.en.html").read_text(encoding="utf-8")


def test_further_goals_stand_beside_those_of_the_reason(write_run: Write, claim: Make, tmp_path: Path) -> None:
    write_run(claims=[claim("roas", "worse"), claim("cpa", "better", value=1.0), claim("ctr", "not_shown", value=5.0)])

    write_portfolio(tmp_path)

    assert rows(tmp_path / "index.en.html")[0][1] == (
        "Some goals are missed: ROAS 1.00 against 2.00"
        "Also: CPA 1.00 against 2.00 reached, CTR 5.00 against 2.00 within chance"
    )


def test_every_number_with_a_verdict_is_bound_to_a_claim_of_the_block(
    write_run: Write, stage: Make, claim: Make, spend: Make, tmp_path: Path
) -> None:
    four(write_run, stage, claim, spend)

    write_portfolio(tmp_path)

    for page in tmp_path.glob("index*.html"):
        document = claims_of(page)
        assert (document["client"], document["stage"]) == ("*", "index")
        assert document["period"] == {"start": "2026-10-01", "end": "2026-10-28"}
        assert bound(page) == {claim["id"] for claim in document["claims"]}
    block = {claim["id"]: claim for claim in claims_of(tmp_path / "index.en.html")["claims"]}
    assert {"c.monitoring.roas", "c.monitoring.spend", "d.monitoring.roas", "b.monitoring.spend"} <= set(block)
    (evidence,) = block["c.monitoring.roas"]["evidence"]
    saved = tmp_path / evidence["file"]
    assert hashlib.sha256(saved.read_bytes()).hexdigest() == evidence["sha256"]


def test_a_client_whose_data_are_old_beside_the_others_is_stale(write_run: Write, tmp_path: Path) -> None:
    write_run("acme", as_of="2026-11-01")
    write_run("beta", as_of="2026-11-01", data_until="2026-09-20", name="Beta")

    assert [client.state.kind for client in overview(tmp_path).ordered("name")] == ["stale", "not_judged"]


@pytest.mark.parametrize(
    "broken",
    [
        "{",
        "[]",
        "{}",
        json.dumps({"stages": [{"stage": "../../x", "status": "ok"}]}),
        json.dumps({"stages": [], "period": {"start": "yesterday"}}),
        json.dumps({"stages": [], "languages": 5}),
        "\x00",
    ],
)
def test_a_run_that_cannot_be_read_is_shown_as_failed_and_stops_no_other(
    broken: str, write_run: Write, tmp_path: Path
) -> None:
    (write_run("acme") / "run.json").write_text(broken)
    write_run("beta", name="Beta")

    write_portfolio(tmp_path)

    page = tmp_path / "index.en.html"
    assert [row[0] for row in rows(page)] == ["acme", "Beta"]
    assert headings(page) == ["failed", "not judged"]
    assert rows(page)[0][1].startswith("The run cannot be read. run.json: ")


def test_claims_that_cannot_be_read_fail_their_client_alone(write_run: Write, claim: Make, tmp_path: Path) -> None:
    lacking = claim("roas", "worse")
    del lacking["period"]
    write_run("acme", claims=[lacking])
    (write_run("beta", name="Beta") / "monitoring.claims.json").write_text("[1]")
    write_run("delta", claims=[claim("roas", "worse", value=float("nan"))])
    write_run("zeta", claims=[claim("roas", "worse", goal=float("inf"))])
    write_run("eta", claims=[claim("roas", "worse") | {"compared_to": {"what": "plan", "value": "much"}}])
    write_run("gamma", name="Gamma", claims=[claim("of_tomorrow", "worse"), claim("roas", "better", value=3.0)])

    found = {client.id: client.state for client in overview(tmp_path).clients}

    assert {client: state.kind for client, state in found.items()} == {
        "acme": "failed", "beta": "failed", "delta": "failed", "eta": "failed", "gamma": "on_track",
        "zeta": "failed",
    }  # fmt: skip
    assert "monitoring.claims.json" in found["acme"].error


def test_a_client_that_has_only_failed_is_listed_and_has_a_page(stage: Make, write_run: Write, tmp_path: Path) -> None:
    write_run("beta", name="Beta")
    folder = tmp_path / "acme"
    folder.mkdir()
    refused = [stage("audit", "refused", error="the currency is missing")]
    (folder / "run.json").write_text(json.dumps({"name": "", "stages": refused, "period": {"key": "last-month"}}))

    write_portfolio(tmp_path)

    assert rows(tmp_path / "index.en.html")[0][:2] == ["acme", "No report: Audit. the currency is missing"]
    assert (folder / "index.en.html").is_file()


def test_without_a_client_the_page_says_so(tmp_path: Path) -> None:
    write_portfolio(tmp_path)

    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "index.by-name.en.html", "index.by-spend.en.html", "index.en.html", "index.html", "portfolio.json",
    ]  # fmt: skip
    assert "No client has a report yet." in (tmp_path / "index.html").read_text(encoding="utf-8")


def test_the_portfolio_is_in_every_language_and_links_to_pages_that_are_there(
    write_run: Write, stage: Make, tmp_path: Path
) -> None:
    write_run("acme", languages=("es-ES", "en"))
    write_run("beta", languages=("es-MX",))
    write_run("gamma", languages=("en",), stages=[stage("audit", "failed", error="no currency")])
    for client in ("acme", "beta"):
        write_client_index(tmp_path, client)

    write_portfolio(tmp_path)

    views = [f"index{view}.{code}.html" for view in ("", ".by-name", ".by-spend") for code in ("en", "es-ES", "es-MX")]
    assert {path.name for path in tmp_path.glob("index*.html")} == {*views, "index.html"}
    assert (tmp_path / "index.html").read_bytes() == (tmp_path / "index.es-ES.html").read_bytes()
    for page in tmp_path.rglob("index*.html"):
        for address in addresses(page):
            assert (page.parent / address).is_file(), (page, address)
    assert "beta/index.es-MX.html" in addresses(tmp_path / "index.en.html")


def test_each_order_links_to_the_others_and_says_which_it_is(write_run: Write, tmp_path: Path) -> None:
    write_run(languages=("en",))

    write_portfolio(tmp_path)

    for name in ("index", "index.by-name", "index.by-spend"):
        body = (tmp_path / f"{name}.en.html").read_text(encoding="utf-8")
        assert body.count(f'<a href="{name}.en.html" aria-current="page">') == 1
        assert all(f'<a href="{other}.en.html"' in body for other in ("index", "index.by-name", "index.by-spend"))


def test_a_client_that_is_gone_takes_its_pages_of_the_portfolio_with_it(write_run: Write, tmp_path: Path) -> None:
    write_run("acme", languages=("en",))
    other = write_run("beta", languages=("es-ES",))
    write_portfolio(tmp_path)
    (other / "run.json").unlink()

    write_portfolio(tmp_path)

    assert not list(tmp_path.glob("index*.es-ES.html"))
    assert names(tmp_path / "index.en.html") == ["Café Aurora"]


def test_many_clients_are_cut_into_pages_small_enough_to_send(
    monkeypatch: pytest.MonkeyPatch, write_run: Write, stage: Make, claim: Make, spend: Make, tmp_path: Path
) -> None:
    """A full page of each order, with names as long as they may be and goals that all have to be told."""
    count = MOST["state"] + 2
    monkeypatch.setattr("helpers.site.portfolio_pages.MOST", MOST | {"spend": 30})
    platforms = ("meta", "google_ads", "tiktok", "linkedin")
    for number in range(count):
        goals = [claim("roas", "worse" if number < count - 1 else "better", value=1.23, scope={"platform": platform},
                       stage="post_campaign") for platform in platforms]  # fmt: skip
        figures = [*goals, spend(1000.0 + number, stage="post_campaign")]
        stages = [stage("post_campaign", claims=figures)]
        write_run(f"{'long-name-of-a-client-' * 3}"[:60] + f"{number:03}", name=f"{'Comercial Ñandú ' * 5}{number:03}",
                  stages=stages, languages=("es-ES",))  # fmt: skip

    write_portfolio(tmp_path)

    first, second = tmp_path / "index.es-ES.html", tmp_path / "index.by-state.2.es-ES.html"
    assert len(first.read_bytes()) < 300_000
    assert (len(rows(first)), len(rows(second))) == (MOST["state"], 2)
    assert [*names(first), *names(second)] == sorted([*names(first), *names(second)])
    assert headings(second) == ["desviado (continuación)", "en objetivo"]
    assert 'href="index.by-state.2.es-ES.html#on_track"' in first.read_text(encoding="utf-8")
    assert len(rows(tmp_path / "index.by-spend.es-ES.html")) == 30
    for page in tmp_path.glob("index*.html"):
        assert all((tmp_path / address).is_file() for address in addresses(page))


def test_a_row_of_each_order_leaves_room_for_a_full_page(
    write_run: Write, stage: Make, claim: Make, spend: Make, tmp_path: Path
) -> None:
    """What a page of ten weighs more than one of none, for the orders whose full page is too slow to make here."""
    write_portfolio(tmp_path)
    empty = {by: len((tmp_path / f"index.by-{by}.en.html").read_bytes()) for by in ("name", "spend")}
    for number in range(10):
        claims = [claim("roas", "worse", stage="post_campaign"), spend(1000.0 + number, stage="post_campaign")]
        write_run(f"{'long-name-of-a-client-' * 3}"[:60] + f"{number:03}", name=f"{'Comercial Ñandú ' * 5}{number:03}",
                  stages=[stage("post_campaign", claims=claims)], languages=("en",))  # fmt: skip

    write_portfolio(tmp_path)

    for by, before in empty.items():
        a_row = (len((tmp_path / f"index.by-{by}.en.html").read_bytes()) - before) / 10
        assert before + a_row * MOST[by] < 300_000, by  # type: ignore[index]  # the two keys above are orders


def test_the_document_says_the_same_as_the_pages(
    write_run: Write, stage: Make, claim: Make, spend: Make, tmp_path: Path
) -> None:
    four(write_run, stage, claim, spend)

    write_portfolio(tmp_path)

    found = overview(tmp_path)
    saved = json.loads((tmp_path / DOCUMENT).read_text(encoding="utf-8"))
    assert saved == json.loads(json.dumps(found.as_json("name")))
    assert saved["schema"] == "cuaderno.portfolio/1"
    by_spend = found.as_json("spend")["clients"]
    assert [one["client"] for one in by_spend] == ["b", "d", "c", "a"]
    zeta = next(one for one in saved["clients"] if one["client"] == "c")
    assert (zeta["state"], zeta["spend"]["value"], zeta["spend"]["currency"]) == ("off_track", 1000.0, "USD")
    assert zeta["figures"][0]["compared_to"] == {"what": "target", "value": 2.0}
    assert zeta["data_until"] == "2026-10-31"
    assert [one["error"] for one in by_spend] == [None, None, None, "no currency"]


def test_the_time_of_a_run_is_on_no_page(write_run: Write, tmp_path: Path) -> None:
    folder = write_run()
    write_portfolio(tmp_path)
    first = {path.name: path.read_bytes() for path in tmp_path.glob("*.*")}
    run = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    (folder / "run.json").write_text(json.dumps(run | {"started": "2030-01-01T00:00:00+00:00", "finished": "2031"}))

    write_portfolio(tmp_path)

    assert {path.name: path.read_bytes() for path in tmp_path.glob("*.*")} == first


def test_names_are_text(write_run: Write, stage: Make, claim: Make, tmp_path: Path) -> None:
    evil = '"></table><script>alert(1)</script>{{7*7}}'
    claims = [claim("roas", "worse", scope={"campaign": evil}), claim("roas", "worse", scope={"persona": evil})]
    write_run("acme", name=evil, claims=claims)
    write_run("beta", name="Beta", stages=[stage("audit", "failed", error=evil)])

    write_portfolio(tmp_path)

    for page in tmp_path.glob("index*.html"):
        assert page.read_text(encoding="utf-8").count("<script") == 1
    assert evil in rows(tmp_path / "index.en.html")[0][1]
