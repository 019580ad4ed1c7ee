"""What the pages of the demo client say, worked out once more from the files as they were downloaded.

Nothing of the package is imported; `raw_exports` reads the exports.
"""

from __future__ import annotations

import fnmatch
import json
from collections import Counter
from datetime import date
from typing import Any

import pandas as pd
import pytest
from ruamel.yaml import YAML
from scipy import stats

from .raw_exports import CENT, DEMO, EXPORTS, MONTHS, Amounts, google_ads
from .workbook import Claims, Project, claims_block


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


def test_a_weekday_is_judged_by_the_shops_whole_history(demo: Project, orders: pd.DataFrame) -> None:
    """The page draws all seven and names one only where it stands out; the file beside it holds every index."""
    days = orders.groupby("day")["total"].sum()
    weekday = pd.DatetimeIndex(days.index).day_of_week
    beside = json.loads(demo.file("demo", "audit.claims.json").read_text(encoding="utf-8"))
    found = {one["scope"]["weekday"]: one["value"] for one in beside["claims"] if one["metric"] == "weekday_index"}

    assert list(found) == ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    for number, value in enumerate(found.values()):
        assert value == pytest.approx(days[weekday == number].mean() / days.mean(), rel=1e-6)


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


# Both


@pytest.mark.parametrize("stage", ["audit", "post_campaign"])
def test_a_page_says_the_same_in_every_language(demo: Project, stage: str) -> None:
    spanish_page, english_page = (claims_block(demo.page("demo", stage, language)) for language in ("es-ES", "en"))

    assert (spanish_page.pop("language"), english_page.pop("language")) == ("es-ES", "en")
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
