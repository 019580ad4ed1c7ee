"""The strategy proposes within bounds, says what it rests on, and claims nothing that the data do not hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from tests.stages.conftest import ads, canonical, claim_of, codes, on_day, orders, value_of

from helpers.clients import Goal
from helpers.page import saved
from helpers.plans import Plan
from helpers.stages import strategy
from helpers.stages.context import Context
from helpers.stages.earlier import Earlier, Finding
from helpers.stages.parts import Curves, Gap, Table, Timeline
from helpers.units import Interval, Period
from helpers.wording import Words

Make = Callable[..., Context]
WEEKS = 60
START = date(2025, 9, 1)
NO_EARLIER = Earlier()


def day(week: int) -> date:
    return START + timedelta(days=7 * week)


def paid(spend: Mapping[str, np.ndarray], claimed: Mapping[str, float] | None = None) -> list[dict[str, Any]]:
    """One row a channel and day; the week's spend evenly over its days."""
    rates = claimed or {}
    return [
        on_day(
            day(week) + timedelta(days=n),
            platform=platform,
            spend=float(amount) / 7,
            **({"conversion_value": float(amount) / 7 * rates[platform]} if platform in rates else {}),
        )
        for platform, amounts in spend.items()
        for week, amount in enumerate(amounts)
        for n in range(7)
    ]


def ledger(sales: np.ndarray) -> list[dict[str, Any]]:
    return [
        {
            "order_id": f"{week}-{n}",
            "ordered_at": (day(week) + timedelta(days=n)).isoformat(),
            "revenue": float(amount) / 7,
        }
        for week, amount in enumerate(sales)
        for n in range(7)
    ]


def pauses(rng: np.random.Generator, level: float) -> np.ndarray:
    """Spend that varies, and pauses for four weeks in one of four blocks."""
    on = np.repeat(rng.uniform(size=WEEKS // 4) > 0.25, 4)
    return level * np.exp(rng.normal(0, 0.3, WEEKS)) * np.where(on, 1.0, 0.05)


def run(
    make: Make, spend: Mapping[str, np.ndarray], sales: np.ndarray | None = None, *, earlier: Earlier = NO_EARLIER,
    claimed: Mapping[str, float] | None = None, **context: Any,
) -> strategy.Result:  # fmt: skip
    return strategy.analyse(
        strategy.Inputs(
            make("strategy", **context),
            (),
            earlier,
            ads(paid(spend, claimed)),
            orders(ledger(sales) if sales is not None else []),
            canonical("order_lines", []),
            canonical("series", []),
        )
    )


@pytest.fixture(scope="module")
def spend() -> dict[str, np.ndarray]:
    rng = np.random.default_rng(5)
    return {"meta": pauses(rng, 1000.0), "google_ads": pauses(rng, 700.0), "tiktok": pauses(rng, 400.0)}


@pytest.fixture(scope="module")
def sales(spend: dict[str, np.ndarray]) -> np.ndarray:
    """Meta is far beyond its saturation, TikTok nearly at the start of its curve."""
    rng = np.random.default_rng(6)
    media = 1500 * spend["meta"] / (spend["meta"] + 60) + 3000 * spend["tiktok"] / (spend["tiktok"] + 1500)
    return 5000 + media + 1.5 * spend["google_ads"] + rng.normal(0, 120, WEEKS)


@pytest.fixture
def result(context: Make, spend: dict[str, np.ndarray], sales: np.ndarray) -> strategy.Result:
    return run(context, spend, sales)


def said(messages: Any) -> str:
    return " ".join(Words("en").text(message) for message in messages)


def test_the_same_money_is_split_within_half_of_what_each_channel_spends_now(result: strategy.Result) -> None:
    now = {
        p: value_of(result.claims, "current_spend", flight="2026-11", platform=p)
        for p in ("meta", "google_ads", "tiktok")
    }
    then = {p: value_of(result.claims, "recommended_spend", flight="2026-11", platform=p) for p in now}

    assert sum(then.values()) == pytest.approx(sum(now.values()), abs=1)
    assert value_of(result.claims, "recommended_spend", flight="2026-11") == sum(then.values())
    for platform, amount in then.items():
        assert 0.5 * now[platform] - 1 <= amount <= 1.5 * now[platform] + 1


def test_money_moves_from_the_saturated_channel_to_the_one_that_is_not(result: strategy.Result) -> None:
    moved = {
        p: value_of(result.claims, "recommended_spend", flight="2026-11", platform=p)
        / value_of(result.claims, "current_spend", flight="2026-11", platform=p)
        for p in ("meta", "tiktok")
    }

    assert moved["meta"] < 0.9
    assert moved["tiktok"] > 1.1
    assert claim_of(result.claims, "marginal_roas", platform="meta").value < 0.5
    gain = claim_of(result.claims, "expected_uplift", flight="2026-11")
    assert gain.interval is not None
    assert 0 < gain.interval.low < gain.value < gain.interval.high
    assert value_of(result.claims, "uplift_probability", flight="2026-11") > 0.9


def test_what_the_channels_bring_is_found(
    result: strategy.Result, spend: dict[str, np.ndarray], sales: np.ndarray
) -> None:
    true = {
        "meta": 1500 * spend["meta"] / (spend["meta"] + 60),
        "google_ads": 1.5 * spend["google_ads"],
        "tiktok": 3000 * spend["tiktok"] / (spend["tiktok"] + 1500),
    }

    for channel, brought in true.items():
        claim = claim_of(result.claims, "contribution_share", channel=channel)
        share = brought.sum() / sales.sum()
        assert claim.interval is not None
        # Three half widths of an 80 % interval: a miss by more would be an error of the method, not of chance.
        assert abs(claim.value - share) < 1.5 * (claim.interval.high - claim.interval.low)


def test_the_plan_is_one_that_can_be_proposed(result: strategy.Result) -> None:
    plan = result.plan

    assert isinstance(plan, Plan)
    assert Plan.model_validate(saved.as_json(plan)) == plan
    assert plan.period == Period(date(2026, 11, 1), date(2026, 11, 30))
    assert plan.budget == value_of(result.claims, "recommended_spend", flight="2026-11")
    assert [goal.metric for goal in plan.objectives] == ["revenue"]


def test_the_weeks_shown_are_those_of_the_plan(result: strategy.Result) -> None:
    assert isinstance(result.weeks, Table)
    assert isinstance(result.plan, Plan)
    assert result.weeks.total is not None
    for column in range(1, len(result.weeks.columns)):
        total = result.weeks.total[column].value
        assert sum(row[column].value for row in result.weeks.rows) == pytest.approx(total, abs=0.005)
    assert result.weeks.total[-1].value == result.plan.budget


@pytest.mark.parametrize(("weeks", "regime"), [(20, "prior_driven"), (60, "mixed")])
def test_it_says_what_the_curves_rest_on(
    context: Make, spend: dict[str, np.ndarray], sales: np.ndarray, weeks: int, regime: str
) -> None:
    short = {platform: amounts[-weeks:] for platform, amounts in spend.items()}
    claims = run(context, short, sales[-weeks:], period=Period(date(2025, 9, 1), day(weeks) - timedelta(days=1))).claims

    claim = claim_of(claims, "data_regime")
    assert (claim.value, claim.n) == (regime, weeks)


def test_returns_are_held_against_what_the_margin_needs(
    context: Make, spend: dict[str, np.ndarray], sales: np.ndarray
) -> None:
    result = run(context, spend, sales, margin=0.4)

    assert value_of(result.claims, "break_even_roas") == 2.5
    marginal = claim_of(result.claims, "marginal_roas", platform="meta")
    assert marginal.compared_to is not None
    assert (marginal.compared_to.value, marginal.verdict) == (2.5, "worse")
    assert "does not pay" in said(result.lessons)


def test_without_sales_the_split_rests_on_the_platforms_and_nothing_is_forecast(
    context: Make, spend: dict[str, np.ndarray]
) -> None:
    result = run(context, spend, None, claimed={"meta": 1.0, "google_ads": 2.0, "tiktok": 6.0})

    assert isinstance(result.forecast, Gap)
    assert isinstance(result.curves, Curves)
    assert not [claim for claim in result.claims if claim.metric.id in {"contribution_share", "revenue_forecast"}]
    assert claim_of(result.claims, "data_regime").value == "prior_driven"
    tiktok = value_of(result.claims, "recommended_spend", flight="2026-11", platform="tiktok")
    assert tiktok > value_of(result.claims, "current_spend", flight="2026-11", platform="tiktok")
    assert "assumption" in codes(result.caveats)


def test_with_little_known_the_split_of_today_stays(
    context: Make, spend: dict[str, np.ndarray], sales: np.ndarray
) -> None:
    untold = {"google_ads": spend["google_ads"], "tiktok": spend["tiktok"]}

    result = run(context, untold, sales)

    for platform in untold:
        now = value_of(result.claims, "current_spend", flight="2026-11", platform=platform)
        assert value_of(result.claims, "recommended_spend", flight="2026-11", platform=platform) == pytest.approx(
            now, abs=1
        )
    assert not [claim for claim in result.claims if claim.metric.id in {"expected_uplift", "uplift_probability"}]
    assert "any would be a guess" in said(result.moves)


def test_weeks_that_nothing_explains_are_named_and_left_out(
    context: Make, spend: dict[str, np.ndarray], sales: np.ndarray
) -> None:
    promoted = sales.copy()
    promoted[30] *= 1.8

    (caveat,) = [one for one in run(context, spend, promoted).caveats if one.code == "outliers"]

    assert Words("en").text(day(30)) in said([caveat.text])


def test_without_sales_and_claims_no_budget_is_derived(context: Make, spend: dict[str, np.ndarray]) -> None:
    result = run(context, {"tiktok": spend["tiktok"], "google_ads": spend["google_ads"]})

    assert result.plan == result.curves == result.cards == strategy.outlook.NO_RETURNS
    assert result.actions == ()


def test_without_ads_there_is_a_gap_and_no_plan(context: Make, sales: np.ndarray) -> None:
    result = run(context, {}, sales)

    assert result.plan == strategy.outlook.NO_ADS


def test_a_single_channel_is_kept_as_it_is(context: Make, spend: dict[str, np.ndarray], sales: np.ndarray) -> None:
    result = run(context, {"meta": spend["meta"]}, sales)

    now = value_of(result.claims, "current_spend", flight="2026-11", platform="meta")
    assert value_of(result.claims, "recommended_spend", flight="2026-11", platform="meta") == pytest.approx(now, abs=1)
    assert not [claim for claim in result.claims if claim.metric.id == "expected_uplift"]
    assert "nothing to split" in said(result.moves)


def test_channels_that_move_in_step_are_said_to_be_inseparable(
    context: Make, spend: dict[str, np.ndarray], sales: np.ndarray
) -> None:
    rng = np.random.default_rng(8)
    twin = 0.6 * spend["meta"] * np.exp(rng.normal(0, 0.01, WEEKS))

    result = run(context, {"meta": spend["meta"], "tiktok": twin, "google_ads": spend["google_ads"]}, sales)

    (caveat,) = [one for one in result.caveats if one.code == "not_separable"]
    assert "Meta Ads" in said([caveat.text])
    assert "TikTok" in said([caveat.text])
    assert "Google Ads" not in said([caveat.text])


def test_a_forecast_goes_on_from_the_last_week_and_is_held_against_last_year(result: strategy.Result) -> None:
    assert isinstance(result.forecast, Timeline)
    known, coming = result.forecast.lines
    assert coming.days[0] == known.days[-1] + timedelta(days=7)
    assert coming.days[-1] <= date(2026, 11, 30)
    assert all(low < value < high for low, value, high in zip(coming.low, coming.values, coming.high, strict=True))
    revenue = claim_of(result.claims, "revenue_forecast", flight="2026-11")
    assert revenue.compared_to is not None
    assert revenue.compared_to.what == "previous_year"


def test_goals_are_held_against_what_was_reached(
    context: Make, spend: dict[str, np.ndarray], sales: np.ndarray
) -> None:
    goals = (
        Goal(metric="roas", target=9.0, scope={"platform": "meta"}),
        Goal(metric="roas", target=1.0, scope={"platform": "google_ads"}, until=date(2026, 10, 31)),
    )
    result = run(context, spend, sales, goals=goals, claimed={"meta": 2.0, "google_ads": 3.0, "tiktok": 1.0})

    assert isinstance(result.objectives, Table)
    feasible = {Words("en").text(row[0]): Words("en").text(row[3]) for row in result.objectives.rows}
    assert feasible["ROAS · Meta Ads"] == "Not on present evidence"
    assert feasible["ROAS · Google Ads"] == "Reached already"
    assert isinstance(result.plan, Plan)
    # A goal that ends before the flight is no objective of it.
    assert [(goal.metric, dict(goal.scope)) for goal in result.plan.objectives] == [
        ("roas", {"platform": "meta"}),
        ("revenue", {}),
    ]


def finding(metric: str, value: float, **scope: str) -> Finding:
    return Finding(metric, scope, value, Interval(value * 0.9, value * 1.1, 0.8), 50)


def test_the_plan_is_made_for_the_persona_that_brings_most_and_the_market_is_quoted(
    context: Make, spend: dict[str, np.ndarray], sales: np.ndarray
) -> None:
    earlier = Earlier(
        {
            "persona": (
                finding("segment_share", 0.3, segment="a"),
                finding("segment_share", 0.7, segment="b"),
                finding("segment_value", 90.0, segment="a"),
                finding("segment_value", 42.0, segment="b"),
            ),
            "market_research": (
                finding("seasonal_index", 1.3, term="lino", month="nov"),
                finding("seasonal_index", 0.8, term="lino", month="oct"),
                finding("seasonal_index", 1.07, term="within chance", month="nov"),
            ),
        }
    )

    result = run(context, spend, sales, earlier=earlier)

    assert isinstance(result.plan, Plan)
    # 0.3 times 90 against 0.7 times 42.
    assert {line.persona for line in result.plan.lines} == {"Persona b"}
    assert "70.0%" in said(result.audience)
    assert "€42.00" in said(result.audience)
    assert "1.30" in said(result.moment)
    assert "0.80" not in said(result.moment)
    assert "within chance" not in said(result.moment)


def test_dates_of_the_trade_in_the_flight_are_named_where_the_country_is_known(
    context: Make, spend: dict[str, np.ndarray], sales: np.ndarray
) -> None:
    # The last Friday of November 2026 but for the month's end is the 27th, the day after Thanksgiving.
    assert "Black Friday (Nov 27, 2026)" in said(run(context, spend, sales, country="ES").moment)
    assert "Black Friday" not in said(run(context, spend, sales).moment)


def test_reports_of_other_exports_are_named_and_not_used(
    context: Make, spend: dict[str, np.ndarray], sales: np.ndarray
) -> None:
    result = run(context, spend, sales, earlier=Earlier({}, ("persona", "audit")))

    assert codes(result.caveats).count("stale") == 1
    assert isinstance(result.plan, Plan)
    assert {line.persona for line in result.plan.lines} == {None}
