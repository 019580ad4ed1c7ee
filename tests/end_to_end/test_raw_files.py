"""What the pages of the demo client say, worked out once more from the files as they were downloaded.

Nothing of the package is imported: the exports are read here with a few lines that know just these files.
"""

from __future__ import annotations

import csv
import fnmatch
import io
import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from python_calamine import load_workbook
from ruamel.yaml import YAML
from scipy import stats

from .workbook import CHECKOUT, Claims, Ended, Project, claims_block, copy_demo, made_once, report

DEMO = CHECKOUT / "clients" / "demo"
EXPORTS = DEMO / "exports"
MONTHS = {"previous_year": "2025-10", "previous": "2026-09", "now": "2026-10"}
CENT = 0.005

Amounts = dict[str, float]


def sheet(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of the first sheet by their headers."""
    head, *rows = load_workbook(path).get_sheet_by_index(0).to_python()
    return (dict(zip(map(str, head), row, strict=True)) for row in rows)


def table(path: Path, **dialect: Any) -> Iterator[dict[str, Any]]:
    """The rows of a text file in UTF-8 by their headers."""
    return csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline=""), **dialect)


def spanish(number: str) -> float:
    return float(number.replace(".", "").replace(",", "."))


def meta() -> Iterator[dict[str, Any]]:
    """Both accounts; the workbooks carry a row with the total, which names no campaign; the dollars become euros."""
    rates = {row["date"]: float(row["rate"]) for row in table(DEMO / "fx.csv")}
    rows = [row for path in sorted(EXPORTS.glob("meta_ads/*.xlsx")) for row in sheet(path)]
    rows += table(EXPORTS / "meta_ads/anuncios_internacional.csv")
    for row in rows:
        if row["Nombre de la campaña"]:
            rate = rates[row["Día"]] if row["Divisa"] == "USD" else 1.0
            yield {
                "platform": "meta",
                "day": row["Día"],
                "campaign": row["Nombre de la campaña"],
                "spend": rate * float(row.get("Importe gastado (EUR)") or row.get("Importe gastado (USD)") or 0),
                "impressions": float(row["Impresiones"] or 0),
                "clicks": float(row["Clics en el enlace"] or 0),
                "conversions": float(row["Compras"] or 0),
                "conversion_value": rate * float(row["Valor de conversión de compras"] or 0),
            }


def google_ads() -> Iterator[dict[str, Any]]:
    """Three files with a title and a period above the headers; October 2026 stands in two of them and counts once."""
    known: dict[tuple[str, str], dict[str, Any]] = {}
    for path in sorted(EXPORTS.glob("google_ads/*.csv")):
        content = path.read_bytes()
        is_utf16 = content.startswith(b"\xff\xfe")
        lines = content.decode("utf-16" if is_utf16 else "utf-8-sig").splitlines()[2:]
        for row in csv.DictReader(lines, delimiter="\t" if is_utf16 else ","):
            if not row["Día"].startswith("Total"):
                given = {
                    "platform": "google_ads",
                    "day": row["Día"],
                    "campaign": row["Campaña"],
                    "spend": spanish(row["Coste"]),
                    "impressions": spanish(row["Impr."]),
                    "clicks": spanish(row["Clics"]),
                    "conversions": spanish(row["Conversiones"]),
                    "conversion_value": spanish(row["Valor de conv."]),
                }
                assert known.setdefault((row["Día"], row["Campaña"]), given) == given
    return iter(known.values())


def tiktok() -> Iterator[dict[str, Any]]:
    """One workbook whose last row is the total; it tells no value of conversions."""
    for row in sheet(EXPORTS / "tiktok_ads/campaign_by_day_2025-05-01_2026-10-31.xlsx"):
        if row["By Day"] != "-":
            yield {
                "platform": "tiktok",
                "day": row["By Day"],
                "campaign": row["Campaign name"],
                "spend": row["Cost"],
                "impressions": row["Impressions"],
                "clicks": row["Clicks (destination)"],
                "conversions": row["Conversions"],
            }


@pytest.fixture(scope="module")
def ads() -> pd.DataFrame:
    """Every row of the ad platforms in euros, clicks being those that lead to the shop."""
    rows = pd.DataFrame([*meta(), *google_ads(), *tiktok()])
    return rows.assign(month=rows["day"].str[:7])


@pytest.fixture(scope="module")
def orders() -> pd.DataFrame:
    """One row an order of the shop: its figures stand on the first of its lines; times are local already."""
    rows = pd.DataFrame([row for row in table(EXPORTS / "shopify/orders_export.csv") if row["Total"]])
    return rows.assign(total=rows["Total"].astype(float), day=rows["Created at"].str[:10])


@pytest.fixture(scope="module")
def audit(demo: Project) -> Claims:
    return Claims(claims_block(demo.page("demo", "audit", "en")))


@pytest.fixture(scope="module")
def post_campaign(demo: Project) -> Claims:
    return Claims(claims_block(demo.page("demo", "post_campaign", "en")))


@pytest.fixture(scope="module")
def beside(demo: Project) -> Claims:
    """All claims of the analysis after the campaign, those included that the page only draws."""
    return Claims(json.loads(demo.file("demo", "post_campaign.claims.json").read_text(encoding="utf-8")))


def in_month(rows: pd.DataFrame, which: str) -> pd.DataFrame:
    return rows[rows["day"].str.startswith(MONTHS[which])]


def totals(rows: pd.DataFrame) -> Amounts:
    return dict(rows[["spend", "impressions", "clicks", "conversions", "conversion_value"]].sum())


# The audit


@pytest.mark.parametrize("metric", ["spend", "impressions", "conversions", "conversion_value"])
def test_totals_are_those_of_the_exports(audit: Claims, ads: pd.DataFrame, metric: str) -> None:
    claim = audit.of(metric)

    assert claim["value"] == pytest.approx(totals(in_month(ads, "now"))[metric], abs=CENT)
    assert claim["compared_to"]["what"] == "previous_year"
    assert claim["compared_to"]["value"] == pytest.approx(totals(in_month(ads, "previous_year"))[metric], abs=CENT)


@pytest.mark.parametrize("platform", ["meta", "google_ads", "tiktok"])
@pytest.mark.parametrize("metric", ["spend", "impressions", "conversions"])
def test_each_platform_has_the_totals_of_its_own_exports(
    audit: Claims, ads: pd.DataFrame, metric: str, platform: str
) -> None:
    rows = in_month(ads[ads["platform"] == platform], "now")

    assert audit.value(metric, platform=platform) == pytest.approx(totals(rows)[metric], abs=CENT)


@pytest.mark.parametrize("platform", ["meta", "google_ads", "tiktok"])
def test_ratios_of_a_platform_are_ratios_of_its_sums(audit: Claims, ads: pd.DataFrame, platform: str) -> None:
    rows = totals(in_month(ads[ads["platform"] == platform], "now"))

    found = {metric: audit.value(metric, platform=platform) for metric in ("ctr", "cpc", "cvr", "cpa")}

    assert found == pytest.approx(
        {
            "ctr": rows["clicks"] / rows["impressions"],
            "cpc": rows["spend"] / rows["clicks"],
            "cvr": rows["conversions"] / rows["clicks"],
            "cpa": rows["spend"] / rows["conversions"],
        }
    )


def test_return_on_spend_leaves_out_the_platform_that_tells_no_value(audit: Claims, ads: pd.DataFrame) -> None:
    valued = totals(in_month(ads[ads["platform"] != "tiktok"], "now"))

    assert audit.value("roas") == pytest.approx(valued["conversion_value"] / valued["spend"])


def test_every_campaign_has_its_own_spend(audit: Claims, ads: pd.DataFrame) -> None:
    spent = in_month(ads, "now").groupby(["platform", "campaign"])["spend"].sum()

    found = {key: audit.value("spend", platform=key[0], campaign=key[1]) for key in spent.index}

    assert found == pytest.approx(dict(spent), abs=CENT)


def test_sales_are_those_of_the_shop(audit: Claims, orders: pd.DataFrame) -> None:
    sold = in_month(orders, "now")
    each = sold.groupby("Email").size()
    first = orders.groupby("Email")["day"].min()[each.index]

    found = {
        metric: audit.value(metric)
        for metric in ("revenue", "orders", "aov", "customers", "new_customers", "repeat_share")
    }

    assert found == pytest.approx(
        {
            "revenue": sold["total"].sum(),
            "orders": len(sold),
            "aov": sold["total"].sum() / len(sold),
            "customers": len(each),
            "new_customers": first.str.startswith(MONTHS["now"]).sum(),
            "repeat_share": (each >= 2).mean(),
        }
    )


def test_the_platforms_claims_are_held_against_the_orders(
    audit: Claims, ads: pd.DataFrame, orders: pd.DataFrame
) -> None:
    claimed = totals(in_month(ads, "now"))["conversions"]

    assert audit.value("overclaim") == pytest.approx(claimed / len(in_month(orders, "now")))


def test_a_strong_weekday_is_one_of_the_shops_whole_history(demo: Project, orders: pd.DataFrame) -> None:
    days = orders.groupby("day")["total"].sum()
    weekday = pd.DatetimeIndex(days.index).day_of_week
    shown = [
        claim
        for claim in claims_block(demo.page("demo", "audit", "en"))["claims"]
        if claim["metric"] == "weekday_index"
    ]

    assert shown
    for claim in shown:
        number = ("mon", "tue", "wed", "thu", "fri", "sat", "sun").index(claim["scope"]["weekday"])
        assert claim["value"] == pytest.approx(days[weekday == number].mean() / days.mean(), rel=1e-6)


# The analysis after the campaign


def plan_lines() -> list[dict[str, Any]]:
    """The lines of the plan, all of which lie in October."""
    lines: list[dict[str, Any]] = YAML(typ="safe").load(DEMO / "plans" / "2026-10.yaml")["lines"]
    assert all((line["start"], line["end"]) == (date(2026, 10, 1), date(2026, 10, 31)) for line in lines)
    return lines


@pytest.mark.parametrize("line", plan_lines(), ids=lambda line: line["line"])
def test_a_plan_line_spent_what_its_campaigns_spent(
    post_campaign: Claims, ads: pd.DataFrame, line: dict[str, Any]
) -> None:
    rows = in_month(ads[ads["platform"] == line["platform"]], "now")
    spent = rows.loc[[fnmatch.fnmatchcase(name, line["campaign"]) for name in rows["campaign"]], "spend"].sum()
    claim = post_campaign.of("spend", line=line["line"])

    assert claim["value"] == pytest.approx(spent, abs=CENT)
    assert claim["compared_to"] == {"what": "plan", "value": line["budget"]}
    assert post_campaign.value("change", line=line["line"], parameter="spend") == pytest.approx(
        spent / line["budget"] - 1
    )


def test_the_plan_is_the_sum_of_its_lines(post_campaign: Claims) -> None:
    lines = post_campaign.each("spend", "line").values()
    total = post_campaign.of("spend")

    assert total["value"] == pytest.approx(sum(claim["value"] for claim in lines), abs=CENT)
    assert total["compared_to"] == {"what": "plan", "value": sum(line["budget"] for line in plan_lines())}


def test_targets_are_counted_as_a_person_would(post_campaign: Claims, ads: pd.DataFrame, orders: pd.DataFrame) -> None:
    month = in_month(ads, "now")
    of = {name: totals(rows) for name, rows in month.groupby("platform")}
    met = [
        of["meta"]["conversion_value"] / of["meta"]["spend"] >= 3.2,
        of["google_ads"]["spend"] / of["google_ads"]["conversions"] <= 20,
        of["tiktok"]["spend"] / of["tiktok"]["conversions"] <= 25,
        len(in_month(orders, "now")) >= 450,
    ]

    assert post_campaign.value("items", parameter="targets") == len(met)
    assert post_campaign.value("targets_met") == sum(met)


def test_the_parts_of_a_change_add_up_to_it(beside: Claims, ads: pd.DataFrame) -> None:
    """Only accounts that tell a value have parts; those are all but TikTok's."""
    valued = ads[ads["platform"] != "tiktok"]
    new, old = (totals(in_month(valued, which))["conversion_value"] for which in ("now", "previous"))

    parts = beside.each("contribution_to_change", "parameter")

    assert sum(claim["value"] for claim in parts.values()) == pytest.approx(new - old, abs=CENT)
    assert len(parts) >= 5


def test_a_change_is_measured_from_the_month_before(post_campaign: Claims, ads: pd.DataFrame) -> None:
    new, old = (totals(in_month(ads, which)) for which in ("now", "previous"))

    found = {metric: post_campaign.value("change", parameter=metric) for metric in ("spend", "conversions")}

    assert found == pytest.approx({metric: new[metric] / old[metric] - 1 for metric in found})


def test_the_ledger_bounds_what_the_platforms_can_have_brought(
    post_campaign: Claims, ads: pd.DataFrame, orders: pd.DataFrame
) -> None:
    claimed = in_month(ads, "now").groupby("platform")["conversions"].sum()
    sold = len(in_month(orders, "now"))

    assert post_campaign.value("ledger_gap_low") == pytest.approx(max(0, claimed.sum() - sold))
    assert post_campaign.value("ledger_gap_high") == pytest.approx(claimed.sum() - min(claimed.max(), sold))


# The experiments


def variants(name: str) -> dict[str, pd.DataFrame]:
    rows = pd.read_csv(EXPORTS / "experimentos" / f"{name}.csv")
    return {str(variant): units for variant, units in rows.groupby("variant")}


@pytest.mark.parametrize("name", ["ficha_video", "titular_portada", "aviso_envio"])
def test_an_experiment_has_the_rates_of_its_file(post_campaign: Claims, beside: Claims, name: str) -> None:
    arms = variants(name)
    rates = {variant: units["converted"].mean() for variant, units in arms.items()}
    named = {"experiment": name, "parameter": "converted"}

    for variant, units in arms.items():
        rate = beside.of("conversion_rate", variant=variant, **named)
        assert rate["value"] == pytest.approx(rates[variant])
        assert rate["n"] == len(units)
    difference = post_campaign.of("difference", variant="B", **named)
    error = sum(rates[variant] * (1 - rates[variant]) / len(units) for variant, units in arms.items()) ** 0.5
    assert difference["value"] == pytest.approx(rates["B"] - rates["A"])
    assert difference["interval"] == pytest.approx(
        {"low": difference["value"] - 1.96 * error, "high": difference["value"] + 1.96 * error, "level": 0.95}, abs=1e-5
    )


def test_only_the_broken_split_is_called_broken(demo: Project) -> None:
    document = claims_block(demo.page("demo", "post_campaign", "en"))
    warned = {
        warning["scope"]["experiment"] for warning in document["warnings"] if warning["code"] == "sample_ratio_mismatch"
    }

    unequal = {
        name
        for name in ("ficha_video", "titular_portada", "aviso_envio")
        if stats.chisquare([len(units) for units in variants(name).values()]).pvalue < 0.01
    }

    assert warned == unequal == {"aviso_envio"}


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


# Both


@pytest.mark.parametrize("stage", ["audit", "post_campaign"])
def test_a_page_says_the_same_in_every_language(demo: Project, stage: str) -> None:
    spanish_page, english_page = (claims_block(demo.page("demo", stage, language)) for language in ("es-ES", "en"))

    for document in (spanish_page, english_page):
        for said in (*document["claims"], *document["warnings"]):
            assert said.pop("text")
    assert spanish_page == english_page


def test_every_file_of_the_client_is_named_with_its_rows(demo: Project) -> None:
    """An order of several lines is several rows; the titles and totals of platforms are none."""
    named = {entry["file"]: entry["rows"] for entry in demo.ended.document["inputs"]}
    google = Counter(row["day"][:4] for row in google_ads())

    assert set(named) == {path.relative_to(DEMO).as_posix() for path in EXPORTS.rglob("*") if path.is_file()}
    assert named["exports/experimentos/ficha_video.csv"] == sum(map(len, variants("ficha_video").values()))
    assert named["exports/google_ads/informe_campanas_2025-05-01_2025-12-31.csv"] == google["2025"]
    assert named["exports/google_ads/informe_campanas_2026-01-01_2026-10-31.csv"] == google["2026"]


# The market


@pytest.fixture(scope="module")
def market(shelf: Path) -> dict[str, Any]:
    """All claims of the market research, those included that the page only draws."""

    def make(folder: Path) -> Ended:
        copy_demo(folder)
        return report(folder, "demo", "--period", MONTHS["now"], "--stage", "market_research", folder=folder)

    made = made_once(shelf / "market", make)
    assert made.ended.code == 0, made.ended.err
    return dict(json.loads(made.file("demo", "market_research.claims.json").read_text(encoding="utf-8")))


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
