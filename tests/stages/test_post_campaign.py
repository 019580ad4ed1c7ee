"""Plan, decomposition and ledger bridge agree with a calculation by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd
import pytest

from helpers.clients import Goal
from helpers.plans import Line, Objective, Plan
from helpers.stages import post_campaign
from helpers.stages.context import Context
from helpers.stages.parts import Gap, Waterfall
from helpers.units import Period
from tests.stages.conftest import OCTOBER, SEPTEMBER, ads, canonical, claim_of, every_day, on_day, orders, value_of

Make = Callable[..., Context]
FACTORS = ("spend", "cpm", "ctr", "cvr", "aov", "mix", "fx")


def line(name: str, **given: Any) -> Line:
    known = {"platform": "meta", "budget": 310.0, "start": OCTOBER.start, "end": OCTOBER.end}
    return Line.model_validate({"line": name, **known, **given})


def plan(*lines: Line, **given: Any) -> Plan:
    known = {"flight": "otoño", "status": "approved", "start": OCTOBER.start, "end": OCTOBER.end, "currency": "EUR"}
    return Plan.model_construct(lines=tuple(lines), objectives=(), approved_by="Ana", approved_on=None).model_copy(
        update={**known, **given}
    )


def run(make: Make, *plans: Plan, goals: tuple[Goal, ...] = (), **tables: pd.DataFrame) -> post_campaign.Result:
    given = {name: canonical(name, []) for name in ("orders", "order_lines", "series")} | {"ads": ads([])} | tables
    context = make("post_campaign", goals=goals)
    return post_campaign.analyse(post_campaign.Inputs(context=context, notices=(), plans=plans, trials=(), **given))


def month(period: Period, platform: str = "meta", **values: float) -> list[dict[str, Any]]:
    """A month of equal days whose sums are the given values."""
    return every_day(period, platform=platform, **{name: value / period.days for name, value in values.items()})


def test_each_euro_is_held_against_the_line_that_planned_it(context: Make) -> None:
    rows = [
        on_day(OCTOBER.start, platform="meta", campaign="ES | Ventas | A", spend=100.0),
        on_day(OCTOBER.start, platform="meta", campaign="ES | Marca | B", spend=30.0),
        on_day(OCTOBER.start, platform="tiktok", campaign="ES_Ventas", spend=7.0),
    ]
    approved = plan(line("ventas", campaign="*ventas*", budget=80.0), line("marca", campaign="*Marca*", budget=40.0))

    claims = run(context, approved, ads=ads(rows)).claims

    assert value_of(claims, "spend", line="ventas") == 100.0
    assert value_of(claims, "spend", line="marca") == 30.0
    assert value_of(claims, "spend", line="(none)") == 7.0
    total = claim_of(claims, "spend")
    assert total.compared_to is not None
    assert (total.value, total.compared_to.what, total.compared_to.value) == (137.0, "plan", pytest.approx(120.0))
    assert value_of(claims, "change", line="ventas", parameter="spend") == pytest.approx(0.25)


def test_a_line_of_a_platform_without_any_row_has_spent_nothing(context: Make) -> None:
    rows = [on_day(OCTOBER.start, platform="meta", campaign="ES | Ventas | A", spend=100.0)]
    approved = plan(line("video", platform="tiktok", campaign="*ventas*", budget=80.0))

    claims = run(context, approved, ads=ads(rows)).claims

    assert value_of(claims, "spend", line="video") == 0.0
    assert value_of(claims, "spend", line="(none)") == 100.0


def test_a_line_counts_by_the_share_of_its_curve_inside_the_period(context: Make) -> None:
    long_line = line("larga", start=SEPTEMBER.start, end=OCTOBER.end, budget=610.0)
    approved = plan(long_line, start=SEPTEMBER.start)

    claim = claim_of(run(context, approved, ads=ads(month(OCTOBER, spend=300.0))).claims, "spend", line="larga")

    assert claim.compared_to is not None
    assert claim.compared_to.value == pytest.approx(310.0)


def test_flights_of_one_quarter_may_name_their_lines_alike(context: Make) -> None:
    september = plan(
        line("meta", start=SEPTEMBER.start, end=SEPTEMBER.end, budget=90.0), flight="sep", start=SEPTEMBER.start
    )
    october = plan(line("meta", budget=60.0), flight="oct")
    rows = ads([*month(SEPTEMBER, spend=100.0), *month(OCTOBER, spend=50.0)])
    given = {name: canonical(name, []) for name in ("orders", "order_lines", "series")}

    claims = post_campaign.analyse(
        post_campaign.Inputs(
            context=context("post_campaign", period=Period(SEPTEMBER.start, OCTOBER.end)),
            notices=(),
            plans=(september, october),
            trials=(),
            ads=rows,
            **given,
        )
    ).claims

    assert value_of(claims, "spend", flight="sep", line="meta") == pytest.approx(100.0)
    assert value_of(claims, "spend", flight="oct", line="meta") == pytest.approx(50.0)
    total = claim_of(claims, "spend")
    assert total.compared_to is not None
    assert total.compared_to.value == pytest.approx(150.0)


def test_a_plan_that_nobody_approved_is_no_plan(context: Make) -> None:
    proposed = plan(line("ventas"), status="proposed")

    result = run(context, proposed, ads=ads(month(OCTOBER, spend=300.0)))

    assert isinstance(result.plan, Gap)


def test_a_flight_that_ends_inside_the_period_is_told_as_a_whole(context: Make) -> None:
    flight = plan(
        line("larga", start=SEPTEMBER.start, end=date(2026, 10, 10)), start=SEPTEMBER.start, end=date(2026, 10, 10)
    )
    rows = month(SEPTEMBER, spend=300.0) + month(OCTOBER, spend=310.0)

    claims = run(context, flight, ads=ads(rows)).claims

    assert value_of(claims, "spend", flight="otoño") == pytest.approx(300.0 + 100.0)


def test_the_parts_of_a_change_add_up_to_it(context: Make) -> None:
    old = month(SEPTEMBER, spend=1_000.0, impressions=100_000, clicks=2_000, conversions=40, conversion_value=2_000.0)
    old += month(
        SEPTEMBER, "google_ads", spend=500.0, impressions=20_000, clicks=1_000, conversions=50, conversion_value=3_000.0
    )
    new = month(OCTOBER, spend=800.0, impressions=90_000, clicks=1_500, conversions=45, conversion_value=2_100.0)
    new += month(
        OCTOBER, "google_ads", spend=900.0, impressions=30_000, clicks=1_800, conversions=60, conversion_value=3_900.0
    )

    result = run(context, ads=ads(old + new))

    parts = [float(value_of(result.claims, "contribution_to_change", parameter=factor)) for factor in FACTORS[:-1]]
    assert sum(parts) == pytest.approx((2_100 + 3_900) - (2_000 + 3_000), abs=1e-6)
    assert isinstance(result.drivers, Waterfall)
    assert result.drivers.start.value == pytest.approx(5_000)
    assert result.drivers.end.value == pytest.approx(6_000)


def test_a_single_cause_takes_the_whole_change(context: Make) -> None:
    same = {"impressions": 100_000, "clicks": 2_000, "conversions": 40, "spend": 1_000.0}
    rows = month(SEPTEMBER, conversion_value=2_000.0, **same) + month(OCTOBER, conversion_value=2_600.0, **same)

    claims = run(context, ads=ads(rows)).claims

    assert value_of(claims, "contribution_to_change", parameter="aov") == pytest.approx(600.0)
    for factor in ("spend", "cpm", "ctr", "cvr", "mix"):
        assert value_of(claims, "contribution_to_change", parameter=factor) == pytest.approx(0.0, abs=1e-6)


def test_an_exchange_rate_is_its_own_cause(context: Make) -> None:
    same = {"impressions": 100_000, "clicks": 2_000, "conversions": 40}
    rows = month(SEPTEMBER, spend=1_000.0, conversion_value=2_000.0, **same)
    rows += month(OCTOBER, spend=900.0, conversion_value=1_800.0, **same)
    frame = ads(rows).assign(currency_original="USD")
    rate = frame["period_start"].dt.month.map({9: 1.0, 10: 0.9})
    frame = frame.assign(spend_original=frame["spend"] / rate)

    claims = run(context, ads=frame).claims

    assert value_of(claims, "contribution_to_change", parameter="fx") == pytest.approx(-200.0)
    assert value_of(claims, "contribution_to_change", parameter="spend") == pytest.approx(0.0, abs=1e-6)


def test_the_ledger_bounds_the_claims(context: Make) -> None:
    claimed = {"meta": 200, "google_ads": 175, "tiktok": 80}
    rows = [on_day(OCTOBER.start, platform=name, spend=1.0, conversions=n) for name, n in claimed.items()]
    ledger = [{"order_id": str(n), "ordered_at": pd.Timestamp("2026-10-10 09:00"), "revenue": 1.0} for n in range(290)]

    claims = run(context, ads=ads(rows), orders=orders(ledger)).claims

    assert value_of(claims, "ledger_gap_low") == 165
    assert value_of(claims, "ledger_gap_high") == 255


def test_targets_are_judged_in_the_direction_of_their_metric(context: Make) -> None:
    rows = month(OCTOBER, spend=1_000.0, conversions=100, impressions=10_000, clicks=1_000)
    goals = (Goal(metric="cpa", target=12.0), Goal(metric="conversions", target=120.0))

    result = run(context, goals=goals, ads=ads(rows))

    assert value_of(result.claims, "targets_met") == 1
    assert value_of(result.claims, "items", parameter="targets") == 2


@pytest.mark.parametrize(("target", "verdict"), [(450, "better"), (1_240, "not_shown"), (2_000, "worse")])
def test_a_total_is_better_or_worse_than_its_target_only_beyond_what_such_days_bring(
    context: Make, target: float, verdict: str
) -> None:
    daily = [36, 44, 40, 38, 42, 41, 39] * 5
    rows = [
        on_day(date(2026, 10, day), platform="meta", spend=10.0, conversions=n)
        for day, n in zip(range(1, 32), daily, strict=False)
    ]

    result = run(context, goals=(Goal(metric="conversions", target=target),), ads=ads(rows))

    assert claim_of(result.claims, "conversions").verdict == verdict


def test_the_plans_target_wins_over_the_clients_for_the_same_metric(context: Make) -> None:
    approved = plan(line("ventas"), objectives=(Objective(metric="cpa", target=8.0),))
    rows = month(OCTOBER, spend=1_000.0, conversions=100)

    claims = run(context, approved, goals=(Goal(metric="cpa", target=12.0),), ads=ads(rows)).claims

    compared = claim_of(claims, "cpa").compared_to
    assert compared is not None
    assert (compared.what, compared.value) == ("plan", 8.0)


@pytest.mark.parametrize(
    "part", ["cards", "plan", "lines", "targets", "drivers", "moves", "changes", "trials", "bridge"]
)
def test_without_anything_every_part_says_what_is_missing(context: Make, part: str) -> None:
    assert isinstance(getattr(run(context), part), Gap)
