"""Each KPI is a ratio of sums, with the trade's own test vectors."""

from __future__ import annotations

import math
from datetime import date

import pandas as pd
import pytest

from helpers import kpis
from helpers.kpis import BASE, METRICS, measure
from helpers.units import Period

COLUMNS = (
    "spend",
    "impressions",
    "clicks",
    "link_clicks",
    "traffic",
    "conversions",
    "conversion_value",
    "revenue",
    "orders",
)


def table(**values: float) -> pd.DataFrame:
    return pd.DataFrame([dict.fromkeys(COLUMNS, math.nan) | values])


@pytest.mark.parametrize(
    ("metric", "values", "expected"),
    [
        ("cpm", {"spend": 500, "impressions": 100_000}, 5.0),
        ("cpc", {"spend": 100, "traffic": 50}, 2.0),
        ("ctr", {"traffic": 1_500, "impressions": 120_000}, 0.0125),
        ("cvr", {"traffic": 1_500, "conversions": 45}, 0.03),
        ("cpa", {"spend": 900, "conversions": 45}, 20.0),
        ("roas", {"conversion_value": 20_000, "spend": 5_000}, 4.0),
        ("aov", {"revenue": 3_830, "orders": 100}, 38.3),
    ],
)
def test_a_ratio_is_worked_out_as_the_trade_does(metric: str, values: dict[str, float], expected: float) -> None:
    assert measure(table(**values), metric) == pytest.approx(expected)


def test_a_total_is_the_ratio_of_the_sums_and_not_the_mean_of_the_ratios() -> None:
    campaigns = pd.concat([table(spend=1_000, conversions=100), table(spend=100, conversions=1)])

    assert measure(campaigns, "cpa") == pytest.approx(1_100 / 101)


def test_a_platform_that_reports_no_clicks_does_not_make_the_others_clicks_dearer() -> None:
    media = pd.concat([table(spend=100, traffic=50), table(spend=900)])

    assert measure(media, "cpc") == pytest.approx(2.0)
    assert measure(media, "spend") == pytest.approx(1_000)


def test_a_metric_that_no_row_holds_is_unknown_and_not_zero() -> None:
    assert math.isnan(measure(table(spend=10), "conversions"))
    assert math.isnan(measure(table(spend=10, conversions=0), "cpa"))


@pytest.mark.parametrize("metric", [m.id for m in METRICS.values() if m.additivity not in {"sum", "ratio"}])
def test_what_must_not_be_added_cannot_be(metric: str) -> None:
    with pytest.raises(ValueError, match="not worked out by adding"):
        measure(table(), metric)


@pytest.mark.parametrize("metric", METRICS.values(), ids=lambda metric: metric.id)
def test_every_metric_is_named_and_explained(metric: kpis.Metric) -> None:
    assert METRICS[metric.id] is metric
    assert metric.label.text
    assert metric.subject.text
    assert metric.meaning.text.endswith(".")
    assert bool(metric.numerator) == (metric.additivity in {"sum", "ratio"})
    assert (metric.additivity == "ratio") == bool(metric.denominator)


def test_the_base_kpis_are_those_of_the_contract() -> None:
    named = "spend impressions clicks ctr cpc cpm conversions cvr cpa conversion_value roas"

    assert set(BASE) == set(named.split())


def test_link_clicks_count_where_the_platform_reports_them_and_else_its_clicks() -> None:
    ads = pd.DataFrame(
        {
            "platform": ["meta", "meta", "google_ads"],
            "clicks": [100.0, 80.0, 30.0],
            "link_clicks": [60.0, math.nan, math.nan],
        }
    )

    traffic = kpis.prepare_ads(ads)["traffic"]

    assert traffic.fillna(-1).tolist() == [60.0, -1.0, 30.0]


def test_only_rows_that_lie_wholly_inside_a_period_count() -> None:
    days = pd.DataFrame(
        {
            "period_start": pd.to_datetime(["2026-10-01", "2026-09-28", "2026-10-31", None]),
            "period_end": pd.to_datetime(["2026-10-01", "2026-10-04", "2026-11-06", None]),
        }
    )

    inside = kpis.within(days, Period(date(2026, 10, 1), date(2026, 10, 31)))

    assert inside.index.tolist() == [0]
