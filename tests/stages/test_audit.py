"""The audit's figures are those of a calculation by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest

from helpers.stages import audit
from helpers.stages.context import Context
from helpers.stages.parts import Gap, Table
from helpers.units import Period
from helpers.wording import Words
from tests.stages.conftest import (
    OCTOBER,
    SEPTEMBER,
    ads,
    canonical,
    claim_of,
    codes,
    every_day,
    on_day,
    orders,
    value_of,
)

META = {"platform": "meta", "campaign": "Ventas", "ad": "Reel", "impressions": 1_000, "clicks": 30, "link_clicks": 20}
GOOGLE = {"platform": "google_ads", "campaign": "Marca", "impressions": 500, "clicks": 50}

Make = Callable[..., Context]


def run(make: Make, **tables: pd.DataFrame) -> audit.Result:
    given = {name: canonical(name, []) for name in ("ads", "orders", "order_lines", "series")} | tables
    if given["ads"].empty:
        given["ads"] = ads([])
    return audit.analyse(audit.Inputs(context=make("audit"), notices=(), **given))


def test_totals_are_sums_and_ratios_are_ratios_of_sums(context: Make) -> None:
    rows = every_day(OCTOBER, **META, spend=10.0, conversions=2, conversion_value=60.0)
    rows += every_day(OCTOBER, **GOOGLE, spend=5.0, conversions=1, conversion_value=40.0)

    claims = run(context, ads=ads(rows)).claims

    assert value_of(claims, "spend") == pytest.approx(465.0)
    assert value_of(claims, "impressions") == 46_500
    assert value_of(claims, "clicks") == 80 * 31
    assert value_of(claims, "ctr") == pytest.approx(70 / 1_500)
    assert value_of(claims, "cpc") == pytest.approx(15 / 70)
    assert value_of(claims, "cpa") == pytest.approx(5.0)
    assert value_of(claims, "roas") == pytest.approx(100 / 15)
    assert value_of(claims, "roas", platform="google_ads") == pytest.approx(8.0)
    assert value_of(claims, "spend", platform="meta", campaign="Ventas") == pytest.approx(310.0)


def test_a_click_metric_says_which_clicks_it_counts(context: Make) -> None:
    rows = every_day(OCTOBER, **META, spend=10.0) + every_day(OCTOBER, **GOOGLE, spend=5.0)

    claims = run(context, ads=ads(rows)).claims

    assert claim_of(claims, "ctr", platform="meta").basis == "link_clicks"
    assert claim_of(claims, "ctr", platform="google_ads").basis == "clicks"
    assert claim_of(claims, "spend").basis is None


def test_campaigns_beyond_the_fifty_largest_are_counted_as_one(context: Make) -> None:
    rows = [on_day(OCTOBER.start, platform="meta", campaign=f"C{n:02d}", spend=100.0 - n) for n in range(53)]

    claims = run(context, ads=ads(rows)).claims

    by_campaign = [claim for claim in claims if claim.metric.id == "spend" and "campaign" in dict(claim.scope)]
    assert len(by_campaign) == 51
    assert value_of(claims, "spend", platform="(other)", campaign="(other)") == pytest.approx(50 + 49 + 48)
    assert sum(float(claim.value) for claim in by_campaign) == pytest.approx(float(value_of(claims, "spend")))


def test_waste_is_the_spend_on_ads_without_a_conversion_in_the_whole_period(context: Make) -> None:
    rows = [
        on_day(OCTOBER.start, platform="meta", campaign="A", ad="one", spend=60.0, conversions=0),
        on_day(OCTOBER.end, platform="meta", campaign="A", ad="one", spend=20.0, conversions=1),
        on_day(OCTOBER.start, platform="meta", campaign="A", ad="two", spend=20.0, conversions=0),
    ]

    claims = run(context, ads=ads(rows)).claims

    assert value_of(claims, "zero_result_spend_share") == pytest.approx(0.2)


def test_a_platform_that_reports_no_conversions_is_not_called_waste(context: Make) -> None:
    rows = [
        on_day(OCTOBER.start, platform="other", channel="tv", spend=900.0),
        on_day(OCTOBER.start, platform="meta", campaign="A", ad="one", spend=100.0, conversions=4),
    ]

    assert value_of(run(context, ads=ads(rows)).claims, "zero_result_spend_share") == 0


def test_a_channel_is_claimed_where_it_says_more_than_the_platform(context: Make) -> None:
    spend = {"tv": 3.0, "radio": 1.0}
    rows = [on_day(OCTOBER.start, platform="other", channel=name, spend=value) for name, value in spend.items()]

    claims = run(context, ads=ads(rows)).claims

    assert value_of(claims, "spend", channel="radio") == 1.0
    assert value_of(claims, "spend_share", channel="tv") == 0.75


def test_sales_come_from_the_ledger(context: Make) -> None:
    ledger = orders(
        [
            {"order_id": "1", "ordered_at": pd.Timestamp("2026-09-30 23:59"), "customer_id": "a", "revenue": 50.0},
            {"order_id": "2", "ordered_at": pd.Timestamp("2026-10-01 00:01"), "customer_id": "a", "revenue": 30.0},
            {"order_id": "3", "ordered_at": pd.Timestamp("2026-10-02 10:00"), "customer_id": "b", "revenue": 20.0},
            {"order_id": "4", "ordered_at": pd.Timestamp("2026-10-31 23:59"), "customer_id": "b", "revenue": 40.0},
        ]
    )

    claims = run(context, orders=ledger).claims

    assert value_of(claims, "orders") == 3
    assert value_of(claims, "revenue") == pytest.approx(90.0)
    assert value_of(claims, "aov") == pytest.approx(30.0)
    assert value_of(claims, "customers") == 2
    assert value_of(claims, "new_customers") == 1
    assert value_of(claims, "repeat_share") == pytest.approx(0.5)


def test_claims_above_the_orders_are_an_overclaim(context: Make) -> None:
    ledger = orders(
        [
            {"order_id": str(n), "ordered_at": pd.Timestamp("2026-10-05 12:00"), "customer_id": str(n), "revenue": 10.0}
            for n in range(10)
        ]
    )
    few = ads([on_day(OCTOBER.start, platform="meta", spend=10.0, conversions=10)])
    many = ads([on_day(OCTOBER.start, platform="meta", spend=10.0, conversions=15)])

    assert value_of(run(context, ads=many, orders=ledger).claims, "overclaim") == pytest.approx(1.5)
    assert "overclaim" in codes(run(context, ads=many, orders=ledger).caveats)
    assert "overclaim" not in codes(run(context, ads=few, orders=ledger).caveats)


def test_last_year_is_the_comparison_where_the_data_reach_back_to_it(context: Make) -> None:
    last_year = OCTOBER.year_before()
    rows = every_day(Period(last_year.start, OCTOBER.end), **META, spend=10.0)
    short = every_day(Period(SEPTEMBER.start, OCTOBER.end), **META, spend=10.0)

    long_claim = claim_of(run(context, ads=ads(rows)).claims, "spend")
    short_claim = claim_of(run(context, ads=ads(short)).claims, "spend")

    assert long_claim.compared_to is not None
    assert (long_claim.compared_to.what, long_claim.compared_to.value) == ("previous_year", pytest.approx(310.0))
    assert short_claim.compared_to is not None
    assert (short_claim.compared_to.what, short_claim.compared_to.value) == ("previous", pytest.approx(300.0))


def test_nothing_is_called_better_or_worse_where_nothing_changed(context: Make) -> None:
    rows = every_day(Period(SEPTEMBER.start, OCTOBER.end), **META, spend=10.0, conversions=3, conversion_value=90.0)

    verdicts = {claim.verdict for claim in run(context, ads=ads(rows)).claims}

    assert verdicts <= {None, "not_shown"}


def test_a_gap_of_days_is_told_and_closed_weekdays_are_not(context: Make) -> None:
    weekdays = [row for row in every_day(OCTOBER, **META, spend=1.0) if row["date"].day_of_week < 5]
    with_gap = [row for row in weekdays if row["date"].day not in (13, 14)]

    assert "missing_days" not in codes(run(context, ads=ads(weekdays)).caveats)
    found = run(context, ads=ads(with_gap))
    assert "missing_days" in codes(found.caveats)
    assert value_of(found.claims, "items", platform="meta", parameter="missing_days") == 2


def test_a_series_named_after_a_metric_stands_for_it_without_a_ledger(context: Make) -> None:
    series = canonical(
        "series",
        [
            {"at": pd.Timestamp("2026-10-05") + pd.Timedelta(weeks=n), "name": "revenue", "value": 100.0}
            for n in range(3)
        ],
    )

    assert value_of(run(context, series=series).claims, "revenue") == pytest.approx(300.0)


@pytest.mark.parametrize(
    "part", ["cards", "platforms", "spend", "timeline", "weekdays", "funnel", "overclaim", "campaigns"]
)
def test_without_any_history_every_part_says_what_is_missing(context: Make, part: str) -> None:
    found = getattr(run(context), part)

    assert isinstance(found, Gap)
    assert Words("es-ES").text(found.cheapest).endswith(".")


def test_one_small_export_gives_a_table_and_gaps_for_the_rest(context: Make) -> None:
    result = run(context, ads=ads([on_day(date(2026, 10, 5), platform="meta", campaign="A", spend=12.5)]))

    assert isinstance(result.platforms, Table)
    assert isinstance(result.customers, Gap)
    assert value_of(result.claims, "spend") == 12.5
