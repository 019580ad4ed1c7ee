"""What the research, the strategy and the community report of the demo client say, worked out from the raw files.

Nothing of the package is imported; `raw_exports` reads the exports.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest
from ruamel.yaml import YAML

from .raw_exports import CENT, DEMO, EXPORTS, table
from .workbook import CHECKOUT, Claims, Project, claims_block

# The personas


@pytest.fixture(scope="module")
def persona(demo: Project) -> dict[str, Any]:
    return dict(json.loads(demo.file("demo", "persona.claims.json").read_text(encoding="utf-8")))


def test_customers_are_known_by_all_their_orders(persona: dict[str, Any], orders: pd.DataFrame) -> None:
    each = orders.groupby("Email").size()

    found = {claim["metric"]: claim for claim in persona["claims"] if not claim["scope"]}

    assert found["customers"]["period"] == {"start": orders["day"].min(), "end": orders["day"].max()}
    assert {metric: found[metric]["value"] for metric in ("customers", "repeat_share", "aov")} == pytest.approx(
        {"customers": len(each), "repeat_share": (each >= 2).mean(), "aov": orders["total"].mean()}
    )


def test_personas_hold_every_member_of_the_club_once(persona: dict[str, Any]) -> None:
    members = len(list(table(EXPORTS / "clientes/socios.csv")))
    claims = Claims(persona)

    sizes, shares = (
        {label: claim["value"] for label, claim in claims.each(metric, "segment").items()}
        for metric in ("segment_size", "segment_share")
    )

    assert sum(sizes.values()) == members
    assert len(sizes) == claims.value("segments")
    assert shares == pytest.approx({label: size / members for label, size in sizes.items()})


def test_who_is_at_risk_has_come_back_before_and_is_overdue(persona: dict[str, Any], orders: pd.DataFrame) -> None:
    days = orders.assign(at=pd.to_datetime(orders["day"]))[["Email", "at"]].drop_duplicates().sort_values("at")
    gaps = days.groupby("Email")["at"].diff().dt.days.dropna()
    usual = gaps.quantile(0.8)
    each = days.groupby("Email")["at"].agg(["count", "max"])
    since = (pd.Timestamp("2026-10-31") - each["max"]).dt.days
    overdue = (each["count"] >= 2) & (since > usual) & (since <= 2 * usual)

    assert Claims(persona).value("items", parameter="usual_return") == pytest.approx(usual)
    assert Claims(persona).value("items", parameter="at_risk") == overdue.sum()


# The market


@pytest.fixture(scope="module")
def market(demo: Project) -> dict[str, Any]:
    """All claims of the market research, those included that the page only draws."""
    return dict(json.loads(demo.file("demo", "market_research.claims.json").read_text(encoding="utf-8")))


def said_of(document: dict[str, Any], metric: str, **scope: str) -> dict[str, Any]:
    """The only claim of a metric with this scope, over whatever days."""
    (found,) = (one for one in document["claims"] if one["metric"] == metric and one["scope"] == scope)
    return dict(found)


def test_interest_is_the_mean_of_the_weeks_of_the_month(market: dict[str, Any]) -> None:
    """Three weeks of October lie in it whole, and the last of September's days belong to a week of their own."""
    lines = (EXPORTS / "mercado/multiTimeline.csv").read_text(encoding="utf-8").splitlines()[2:]
    weeks = [row for row in csv.DictReader(lines) if "2026-10-01" <= row["Semana"] <= "2026-10-25"]

    claim = said_of(market, "interest_index", term="ropa de cama lino")

    assert claim["value"] == pytest.approx(sum(float(row["ropa de cama lino: (España)"]) for row in weeks) / len(weeks))
    assert claim["n"] == len(weeks)


def test_the_share_of_voice_is_that_of_the_ads_that_ran(market: dict[str, Any]) -> None:
    ran = Counter(
        row["Anunciante"]
        for row in table(EXPORTS / "mercado/biblioteca_anuncios.csv")
        if row["Inicio"] <= "2026-10-31" and (row["Fin"] or "9999") >= "2026-10-01"
    )

    assert said_of(market, "share_of_voice")["value"] == pytest.approx(ran["Marelino Hogar"] / ran.total())
    for name in ("Casa Urdimbre", "Trama Viva"):
        claim = said_of(market, "share_of_voice", competitor=name)
        assert claim["value"] == pytest.approx(ran[name] / ran.total())
        assert claim["compared_to"]["value"] == pytest.approx(ran["Marelino Hogar"] / ran.total())


def test_competitors_engage_likes_and_comments_for_each_follower_as_the_client_does(market: dict[str, Any]) -> None:
    """The client's days are those of which its followers are noted; one without a note has those of the day before."""
    noted = {
        date(*map(int, reversed(row["Fecha"].split("/")))): float(row["Seguidores"])
        for row in table(EXPORTS / "redes/seguidores.csv")
        if row["Red"] == "instagram"
    }
    posts = csv.DictReader(io.StringIO((EXPORTS / "redes/publicaciones_instagram.csv").read_text("utf-8-sig")))
    own = []
    for post in posts:
        month, day, year = map(int, post["Hora de publicación"].split()[0].split("/"))
        known = [followers for when, followers in noted.items() if when <= date(year, month, day)]
        if known:
            own.append((date(year, month, day), (float(post["Me gusta"]) + float(post["Comentarios"])) / known[-1]))
    first = min(day for day, _ in own)
    rivals: dict[str, list[float]] = {}
    for row in table(EXPORTS / "mercado/competidores.csv"):
        if date(*map(int, reversed(row["Fecha"].split("/")))) >= first:
            rate = (float(row["Me gusta"]) + float(row["Comentarios"])) / float(row["Seguidores"])
            rivals.setdefault(row["Marca"], []).append(rate)

    claim = said_of(market, "er_followers", platform="instagram")
    assert (claim["value"], claim["n"]) == (pytest.approx(sum(rate for _, rate in own) / len(own)), len(own))
    for name, rates in rivals.items():
        claim = said_of(market, "er_followers", platform="instagram", competitor=name)
        assert (claim["value"], claim["n"]) == (pytest.approx(sum(rates) / len(rates)), len(rates))
        assert claim["compared_to"]["value"] == pytest.approx(sum(rate for _, rate in own) / len(own))


def test_the_market_is_as_it_was_made(market: dict[str, Any]) -> None:
    """What was planted is what the page says; what was not planted it does not say."""
    truth = json.loads((CHECKOUT / "tests/truth/demo.truth.json").read_text(encoding="utf-8"))
    shift = said_of(market, "level_shift", term=truth["trends"]["term"])["value"]
    rivals = {name: known for name, known in truth["competitors"].items() if name != "client"}

    assert abs((date.fromisoformat(shift) - date.fromisoformat(truth["trends"]["level_shift"])).days) <= 14
    for name, known in rivals.items():
        assert said_of(market, "share_of_voice", competitor=name)["value"] == pytest.approx(
            known["share_of_ads"], abs=1e-4
        )
    behind = min(rivals, key=lambda name: rivals[name]["engagement_by_reach"])
    verdicts = {
        name: said_of(market, "er_followers", platform="instagram", competitor=name)["verdict"] for name in rivals
    }
    assert verdicts == {name: "better" if name == behind else "not_shown" for name in rivals}


# The strategy


@pytest.fixture(scope="module")
def strategy(demo: Project) -> Claims:
    return Claims(claims_block(demo.page("demo", "strategy", "en")))


def test_what_a_channel_spends_now_is_that_of_its_last_eight_weeks(strategy: Claims, ads: pd.DataFrame) -> None:
    """The last whole week that begins on a Monday ended on 25 October; the flight of November has thirty days."""
    last = date(2026, 10, 25)
    first = last - timedelta(days=8 * 7 - 1)
    recent = ads[(ads["day"] >= first.isoformat()) & (ads["day"] <= last.isoformat())]

    for platform, spend in recent.groupby("platform")["spend"].sum().items():
        expected = float(spend) / 8 / 7 * 30
        assert strategy.value("current_spend", flight="2026-11", platform=platform) == pytest.approx(expected, abs=CENT)


def test_the_proposal_splits_the_same_money(strategy: Claims) -> None:
    platforms = ("meta", "google_ads", "tiktok")
    now, then = (
        [strategy.value(metric, flight="2026-11", platform=platform) for platform in platforms]
        for metric in ("current_spend", "recommended_spend")
    )

    assert sum(then) == strategy.value("recommended_spend", flight="2026-11")
    assert sum(then) == pytest.approx(sum(now), abs=0.5)
    assert all(0.5 * one - 1 <= other <= 1.5 * one + 1 for one, other in zip(now, then, strict=True))


def test_what_must_come_back_is_one_over_the_margin(strategy: Claims) -> None:
    margin = YAML(typ="safe").load(DEMO / "client.yaml")["margin"]

    assert strategy.value("break_even_roas") == pytest.approx(1 / margin)


def test_the_forecast_stands_beside_the_november_before(strategy: Claims, orders: pd.DataFrame) -> None:
    before = orders[orders["day"].str.startswith("2025-11")]["total"].sum()

    compared = strategy.of("revenue_forecast", flight="2026-11")["compared_to"]
    assert (compared["what"], compared["value"]) == ("previous_year", pytest.approx(before, abs=CENT))


# The community


@pytest.fixture(scope="module")
def community(demo: Project) -> Claims:
    return Claims(claims_block(demo.page("demo", "community", "en")))


def posts(network: str) -> list[dict[str, Any]]:
    """The posts of October: month, day and year stand in this order."""
    path = EXPORTS / f"redes/publicaciones_{network}.csv"
    rows = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""))
    return [
        row for row in rows if row["Hora de publicación"][:2] == "10" and row["Hora de publicación"][6:10] == "2026"
    ]


def test_interactions_are_likes_comments_shares_and_saves(community: Claims) -> None:
    own = posts("instagram")
    columns = ("Me gusta", "Comentarios", "Veces que se ha compartido", "Veces que se ha guardado")
    each = [sum(float(row[column]) for column in columns) for row in own]

    assert community.value("posts", platform="instagram") == len(own)
    assert community.value("interactions", platform="instagram") == sum(each)
    rates = [interactions / float(row["Alcance"]) for interactions, row in zip(each, own, strict=True)]
    assert community.value("er_reach", platform="instagram") == pytest.approx(sum(rates) / len(rates))


def test_facebook_counts_reactions_and_no_clicks(community: Claims) -> None:
    own = posts("facebook")
    columns = ("Reacciones", "Comentarios", "Veces que se ha compartido")

    assert community.value("interactions", platform="facebook") == sum(float(row[c]) for row in own for c in columns)
    reach = [float(row["Alcance"]) for row in own]
    assert community.value("reach", platform="facebook") == pytest.approx(sum(reach) / len(reach))


def test_followers_are_those_of_the_last_day_and_gained_over_the_month(community: Claims, demo: Project) -> None:
    rows = [row for row in table(EXPORTS / "redes/seguidores.csv") if row["Red"] == "instagram"]
    october = [row for row in rows if row["Fecha"][3:] == "10/2026"]

    assert community.value("followers", platform="instagram") == float(october[-1]["Seguidores"])
    assert community.value("net_followers", platform="instagram") == sum(float(row["Variación"]) for row in october)
