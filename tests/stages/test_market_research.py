"""The market agrees with a calculation by hand, and competitors are only compared where both are counted alike."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest

from helpers.stages import market_research
from helpers.stages.context import Context
from helpers.stages.parts import Bars, Columns, Forest, Gap, Table, Timeline
from helpers.units import Period
from helpers.wording import Message, Words
from tests.stages.conftest import OCTOBER, Row, canonical, claim_of, codes, on_day, value_of
from tests.stages.conftest import ads as paid

Make = Callable[..., Context]
FOLLOWERS = 1000.0
PEN = Words("en")


def said(messages: Sequence[Message] | Gap) -> str:
    assert not isinstance(messages, Gap)
    return " ".join("".join(run.text for run in PEN.runs(message)) for message in messages)


def run(make: Make, given: Mapping[str, Any] | None = None, **tables: Sequence[Row]) -> market_research.Result:
    names = ("trends", "competitor_posts", "competitor_ads", "organic_posts", "organic_daily", "mentions")
    frames = {name: canonical(name, tables.get(name, ())) for name in names}
    own = paid(tables["ads"]) if tables.get("ads") else canonical("ads", ())
    return market_research.analyse(
        market_research.Inputs(make("market_research", **(given or {})), (), ads=own, **frames)
    )


def posts(count: int, likes: Sequence[float], **values: Any) -> list[dict[str, Any]]:
    """Posts on successive days up to the last of October; a day may hold several."""
    return [
        {
            "platform": "instagram",
            "post_id": f"p{n}",
            "published_at": pd.Timestamp(OCTOBER.end - timedelta(days=n % 31)),
            "likes": likes[n % len(likes)],
            "comments": 1.0,
            **values,
        }
        for n in range(count)
    ]


def rival(count: int, likes: Sequence[float], name: str = "Rival", **values: Any) -> list[dict[str, Any]]:
    return posts(count, likes, **{"competitor": name, "followers": FOLLOWERS, **values})


def followers(known: float = FOLLOWERS, platform: str = "instagram") -> list[dict[str, Any]]:
    return [{"platform": platform, "date": pd.Timestamp(date(2025, 1, 1)), "followers": known}]


def weeks(values: Sequence[float], term: str = "lino", **further: Any) -> list[dict[str, Any]]:
    """A value a week, the last week being that of Sunday the 25th of October."""
    last = date(2026, 10, 25)
    starts = [last - timedelta(weeks=n) for n in reversed(range(len(values)))]
    return [
        {
            "term": term,
            "geo": "España",
            "date": pd.Timestamp(start),
            "period_start": pd.Timestamp(start),
            "period_end": pd.Timestamp(start + timedelta(days=6)),
            "period_grain": "week",
            "interest": value,
            **further,
        }
        for start, value in zip(starts, values, strict=True)
    ]


def steady(count: int, level: float = 50.0, seed: int = 1) -> np.ndarray:
    return level * np.exp(np.random.default_rng(seed).normal(0, 0.05, count))


def library(**counts: int) -> list[dict[str, Any]]:
    """Ads by advertiser, begun on days spread over October."""
    return [
        {
            "page": name.replace("_", " "),
            "ad_id": f"{name}{n}",
            "start": pd.Timestamp(OCTOBER.start) + pd.Timedelta(days=28 * n // count),
        }
        for name, count in counts.items()
        for n in range(count)
    ]


# Search interest


def test_interest_is_the_mean_of_the_weeks_inside_the_period(context: Make) -> None:
    """The weeks of the 4th, 11th, 18th and 25th of October lie in it; that of the 27th of September does not."""
    claim = claim_of(run(context, trends=weeks([90, 10, 20, 30, 60])).claims, "interest_index", term="lino")

    assert (claim.value, claim.n, claim.unit) == (30.0, 4, "index")


def test_less_than_one_counts_as_half_and_is_said(context: Make) -> None:
    rows = [*weeks([1.0, 1.0, 3.0, 4.0])]
    rows[0]["censored"] = rows[1]["censored"] = True

    result = run(context, trends=rows)

    assert value_of(result.claims, "interest_index", term="lino") == pytest.approx((0.5 + 0.5 + 3 + 4) / 4)
    assert "assumption" in codes(result.caveats)


def test_interest_is_held_against_the_same_month_of_last_year(context: Make) -> None:
    values = np.full(120, 10.0)
    values[-4:] = 25.0

    claim = claim_of(run(context, trends=weeks(values)).claims, "interest_index", term="lino")

    assert claim.compared_to is not None
    assert (claim.compared_to.what, claim.compared_to.value) == ("previous_year", 10.0)


def test_a_level_shift_has_its_week_and_its_warning_and_is_an_opportunity(context: Make) -> None:
    values = steady(104)
    values[80:] *= 1.8

    result = run(context, trends=weeks(values))

    claim = next(claim for claim in result.claims if claim.metric.id == "level_shift")
    true = date(2026, 10, 25) - timedelta(weeks=23)
    assert isinstance(claim.value, str)
    assert abs((date.fromisoformat(claim.value) - true).days) <= 14
    assert (claim.unit, dict(claim.scope)) == ("date", {"term": "lino"})
    assert [dict(c.scope) for c in result.caveats if c.code == "level_shift"] == [{"term": "lino"}]
    assert isinstance(result.interest, Timeline)
    assert len(result.interest.marks) == 1
    assert sides(result) == {"Opportunities"}


def test_a_shift_down_is_a_threat_and_a_rivals_name_that_rises_too(context: Make) -> None:
    down, up = steady(104), steady(104)
    down[80:] *= 0.5
    up[80:] *= 1.8

    fallen = run(context, trends=weeks(down))
    risen = run(context, {"competitors": ("Rival",)}, trends=weeks(up, term="rival ropa"))

    assert sides(fallen) == sides(risen) == {"Threats"}
    assert fallen.actions == risen.actions == ()


def test_two_shifts_are_two_claims(context: Make) -> None:
    values = steady(180)
    values[60:120] *= 2
    values[120:] *= 0.7

    claims = [c for c in run(context, trends=weeks(values)).claims if c.metric.id == "level_shift"]

    assert len({claim.id for claim in claims}) == len(claims) == 2


def test_the_months_of_a_season_are_twelve_with_the_mean_one(context: Make) -> None:
    days = [date(2026, 10, 25) - timedelta(weeks=n) for n in reversed(range(157))]
    height = {11: 1.6, 12: 1.4, 6: 0.6}
    values = [value * height.get(day.month, 1.0) for day, value in zip(days, steady(157), strict=True)]

    result = run(context, {"country": "ES"}, trends=weeks(values))

    months = [claim for claim in result.claims if claim.metric.id == "seasonal_index"]
    assert len(months) == 12
    assert sum(float(claim.value) for claim in months) == pytest.approx(12)
    assert max(months, key=lambda claim: claim.value).scope == (("term", "lino"), ("month", "nov"))
    assert "peaks in November" in said(result.season_words)
    assert isinstance(result.season, Columns)
    assert sides(result) == {"Opportunities"}
    assert isinstance(result.calendar, Table)
    assert len(result.calendar.columns) == 4


def test_a_history_under_two_years_has_no_season(context: Make) -> None:
    result = run(context, trends=weeks(steady(103)))

    assert isinstance(result.season, Gap)
    assert not [claim for claim in result.claims if claim.metric.id == "seasonal_index"]


def test_steady_interest_shows_no_season_and_no_shift(context: Make) -> None:
    result = run(context, trends=weeks(steady(156)))

    assert "no season beyond chance" in said(result.season_words)
    assert sides(result) == set()
    assert codes(result.caveats) == []


def test_a_term_in_two_places_is_two_series(context: Make) -> None:
    rows = [*weeks([10.0] * 4), *weeks([30.0] * 4, geo="Chile")]

    claims = run(context, trends=rows).claims

    assert value_of(claims, "interest_index", term="lino", region="España") == 10.0
    assert value_of(claims, "interest_index", term="lino", region="Chile") == 30.0


def test_the_main_term_is_of_the_longest_export_and_names_no_brand(context: Make) -> None:
    other = {"file": "other.csv", "sha256": "b" * 64}
    rows = [
        *weeks(steady(60, 20.0)),
        *weeks(steady(60, 40.0), term="Café Aurora"),
        *weeks(steady(60, 60.0), term="ropa de Rival"),
        *weeks(steady(30, 90.0), term="seda", **other),
    ]

    cards = run(context, {"competitors": ("Rival",)}, trends=rows).cards

    assert not isinstance(cards, Gap)
    assert said([cards[0].note]) == "lino"


def test_terms_of_two_exports_never_share_a_drawing(context: Make) -> None:
    rows = [*weeks(steady(60)), *weeks(steady(60, 80.0), term="seda", file="other.csv", sha256="b" * 64)]

    timeline = run(context, trends=rows).interest

    assert isinstance(timeline, Timeline)
    assert len(timeline.lines) == 1


# Engagement


def test_both_sides_are_counted_by_what_both_tell(context: Make) -> None:
    """The client also tells shares and saves; the competitor tells likes and comments, and so these alone count."""
    own = posts(20, [30.0, 50.0], shares=100.0, saves=100.0)

    result = run(context, organic_posts=own, organic_daily=followers(2000.0), competitor_posts=rival(20, [9.0, 19.0]))

    assert value_of(result.claims, "er_followers", platform="instagram") == pytest.approx((31 + 51) / 2 / 2000)
    claim = claim_of(result.claims, "er_followers", platform="instagram", competitor="Rival")
    assert claim.value == pytest.approx((10 + 20) / 2 / 1000)
    assert claim.compared_to is not None
    assert (claim.compared_to.what, claim.compared_to.value) == ("peers", pytest.approx(41 / 2000))
    gap = value_of(result.claims, "engagement_gap", platform="instagram", competitor="Rival")
    assert gap == pytest.approx((41 / 2000) / (15 / 1000) - 1)
    assert "likes plus comments of a post for each follower" in said(result.rival_words)


@pytest.mark.parametrize(
    ("own", "theirs", "verdict", "side"),
    [
        ((40.0, 44.0, 48.0), (20.0, 22.0, 24.0), "better", {"Strengths"}),
        ((20.0, 22.0, 24.0), (40.0, 44.0, 48.0), "worse", {"Weaknesses"}),
        ((20.0, 30.0, 44.0), (20.0, 31.0, 43.0), "not_shown", set()),
    ],
)
def test_the_verdict_is_the_clients(
    context: Make, own: Sequence[float], theirs: Sequence[float], verdict: str, side: set[str]
) -> None:
    result = run(context, organic_posts=posts(30, own), organic_daily=followers(), competitor_posts=rival(30, theirs))

    for metric in ("er_followers", "engagement_gap"):
        claim = claim_of(result.claims, metric, platform="instagram", competitor="Rival")
        assert claim.verdict == verdict
    assert sides(result) == side
    assert isinstance(result.rivals, Forest)
    assert bool(result.actions) is (verdict == "worse")


def test_few_posts_allow_no_verdict(context: Make) -> None:
    result = run(
        context,
        organic_posts=posts(30, [40.0, 41.0]),
        organic_daily=followers(),
        competitor_posts=rival(19, [4.0, 5.0]),
    )

    claim = claim_of(result.claims, "er_followers", platform="instagram", competitor="Rival")
    assert (claim.verdict, codes(result.caveats)) == ("not_enough_data", ["small_sample"])
    assert sides(result) == set()


def test_likes_are_not_held_against_reactions(context: Make) -> None:
    own = posts(30, [math.nan], platform="facebook", comments=None, reactions=40.0)
    theirs = rival(30, [40.0], platform="facebook", comments=None)

    result = run(context, organic_posts=own, organic_daily=followers(platform="facebook"), competitor_posts=theirs)

    assert isinstance(result.rivals, Gap)
    claim = claim_of(result.claims, "er_followers", platform="facebook", competitor="Rival")
    assert (claim.value, claim.compared_to, claim.verdict) == (pytest.approx(0.04), None, None)
    assert not [claim for claim in result.claims if claim.metric.id == "engagement_gap"]
    assert "both sides tell no interactions of one kind" in said(result.rival_words)


def test_competitors_are_counted_alike_among_themselves_where_the_client_has_no_posts(context: Make) -> None:
    theirs = [*rival(20, [9.0, 19.0], shares=5.0), *rival(20, [29.0], name="Otro")]

    result = run(context, competitor_posts=theirs)

    one = claim_of(result.claims, "er_followers", platform="instagram", competitor="Rival")
    assert (one.value, one.verdict) == (pytest.approx(0.015), None)
    assert value_of(result.claims, "er_followers", platform="instagram", competitor="Otro") == pytest.approx(0.03)
    assert isinstance(result.rivals, Gap)
    assert isinstance(result.by_rival, Table)
    assert "no export holds the client's own posts" in said(result.rival_words)


def test_a_table_that_ends_early_is_no_time_without_posts(context: Make) -> None:
    """Ten posts on the first ten days of October, then nobody noted any more: seven a week."""
    theirs = [
        row | {"published_at": pd.Timestamp(OCTOBER.start + timedelta(days=n))}
        for n, row in enumerate(rival(10, [4.0]))
    ]

    pace = claim_of(
        run(context, competitor_posts=theirs).claims, "posts_per_week", platform="instagram", competitor="Rival"
    )

    assert (pace.value, pace.period) == (pytest.approx(7.0), Period(OCTOBER.start, date(2026, 10, 10)))


def test_without_a_common_base_nobody_is_ranked_but_cadence_is_told(context: Make) -> None:
    result = run(context, organic_posts=posts(31, [40.0]), competitor_posts=rival(31, [4.0]))

    assert isinstance(result.rivals, Gap)
    assert "followers or views are not known" in said(result.rival_words)
    pace = value_of(result.claims, "posts_per_week", platform="instagram", competitor="Rival")
    assert pace == pytest.approx(7.0)
    assert isinstance(result.by_rival, Table)


def test_tiktok_is_counted_by_views_though_followers_are_known(context: Make) -> None:
    own = posts(20, [40.0, 60.0], platform="tiktok", views=1000.0)
    theirs = rival(20, [10.0, 20.0], platform="tiktok", views=100.0)

    claims = run(context, organic_posts=own, organic_daily=followers(platform="tiktok"), competitor_posts=theirs).claims

    assert value_of(claims, "er_views", platform="tiktok", competitor="Rival") == pytest.approx((0.11 + 0.21) / 2)
    assert value_of(claims, "er_views", platform="tiktok") == pytest.approx((0.041 + 0.061) / 2)
    assert not [claim for claim in claims if claim.metric.id == "er_followers"]


def test_views_are_added_up_on_both_sides(context: Make) -> None:
    own = [*posts(10, [40.0], platform="tiktok", views=1000.0), *posts(10, [40.0], platform="tiktok", views=3000.0)]
    theirs = [*rival(10, [10.0], platform="tiktok", views=100.0), *rival(10, [10.0], platform="tiktok", views=900.0)]

    claims = run(context, organic_posts=own, organic_daily=followers(platform="tiktok"), competitor_posts=theirs).claims

    # One comment a post beside the likes: 41 of 1000 and of 3000, 11 of 100 and of 900.
    assert value_of(claims, "er_views", platform="tiktok") == pytest.approx(41 / 2000)
    assert value_of(claims, "er_views", platform="tiktok", competitor="Rival") == pytest.approx(11 / 500)


def test_by_views_only_formats_count_of_which_both_know_views(context: Make) -> None:
    own = [*posts(20, [40.0], format="reel", views=1000.0), *posts(20, [900.0], format="photo", views=1000.0)]
    theirs = [
        *rival(20, [40.0], format="reel", views=1000.0, followers=None),
        *rival(20, [900.0], format="photo", followers=None),
    ]

    result = run(context, organic_posts=own, competitor_posts=theirs)

    assert value_of(result.claims, "er_views", platform="instagram") == pytest.approx(41 / 1000)
    assert "reel" in said(result.rival_words)


def test_a_period_with_few_posts_looks_back_a_year_for_both_alike(context: Make) -> None:
    """The client's first post is of the 1st of July: older posts of the competitor do not count."""
    start = date(2026, 7, 1)
    own = [
        row | {"published_at": pd.Timestamp(start + timedelta(days=5 * n))}
        for n, row in enumerate(posts(24, [40.0, 42.0]))
    ]
    theirs = [
        row | {"published_at": pd.Timestamp(start + timedelta(days=5 * (n - 10)))}
        for n, row in enumerate(rival(34, [40.0, 42.0]))
    ]

    claims = run(context, organic_posts=own, organic_daily=followers(), competitor_posts=theirs).claims

    claim = claim_of(claims, "er_followers", platform="instagram", competitor="Rival")
    assert (claim.n, claim.period) == (24, Period(start, OCTOBER.end))


def test_the_clients_own_posts_among_the_competitors_are_no_rival(context: Make) -> None:
    theirs = [*rival(25, [4.0, 5.0]), *rival(25, [4.0], name="CAFE AURORA")]

    claims = run(
        context, organic_posts=posts(25, [40.0, 41.0]), organic_daily=followers(), competitor_posts=theirs
    ).claims

    assert {dict(claim.scope).get("competitor") for claim in claims} == {None, "Rival"}


# Share of voice


def test_ads_are_shared_over_the_client_and_all_competitors(context: Make) -> None:
    result = run(context, competitor_ads=library(Café_Aurora=10, Rival=30, Otro=10))

    assert value_of(result.claims, "share_of_voice") == pytest.approx(0.2)
    claim = claim_of(result.claims, "share_of_voice", competitor="Rival")
    assert (claim.value, claim.verdict, claim.n) == (pytest.approx(0.6), "worse", 50)
    assert claim_of(result.claims, "share_of_voice", competitor="Otro").verdict == "not_shown"
    assert sides(result) == {"Threats"}
    assert isinstance(result.voice, Bars)


def test_totals_of_an_advertiser_count_with_their_number(context: Make) -> None:
    rows = [{"page": "Rival", "ads": 30.0}, {"page": "Otro", "ads": 10.0}]

    claims = run(context, competitor_ads=rows).claims

    assert value_of(claims, "share_of_voice", competitor="Rival") == pytest.approx(0.75)


def test_where_every_competitors_spend_is_known_spend_is_shared_with_the_clients_own(context: Make) -> None:
    rows = [{"page": "Rival", "spend": 600.0, "ads": 1.0}, {"page": "Otro", "spend": 300.0, "ads": 9.0}]
    own = [on_day(OCTOBER.start, platform="meta", spend=100.0), on_day(date(2026, 9, 1), platform="meta", spend=999.0)]

    claims = run(context, competitor_ads=rows, ads=own).claims

    assert value_of(claims, "share_of_voice") == pytest.approx(0.1)
    claim = claim_of(claims, "share_of_voice", competitor="Rival")
    assert (claim.value, claim.interval, claim.verdict) == (pytest.approx(0.6), None, None)


def test_a_spend_in_a_range_counts_by_its_middle_within_what_the_ranges_allow(context: Make) -> None:
    rows = [
        {"page": "Rival", "spend_low": 100.0, "spend_high": 300.0},
        {"page": "Otro", "spend_low": 100.0, "spend_high": 100.0},
    ]

    claim = claim_of(run(context, competitor_ads=rows).claims, "share_of_voice", competitor="Rival")

    assert claim.value == pytest.approx(200 / 300)
    assert claim.interval is not None
    assert (claim.interval.low, claim.interval.high) == pytest.approx((100 / 200, 300 / 400))


def test_where_one_spend_is_unknown_ads_are_counted_and_it_is_said(context: Make) -> None:
    rows = [{"page": "Rival", "spend": 900.0}, {"page": "Otro"}]

    result = run(context, competitor_ads=rows)

    assert value_of(result.claims, "share_of_voice", competitor="Rival") == pytest.approx(0.5)
    assert codes(result.caveats).count("assumption") == 2


def test_only_ads_that_ran_in_the_period_count(context: Make) -> None:
    def ad(page: str, start: date, stop: date | None) -> dict[str, Any]:
        return {"page": page, "start": pd.Timestamp(start), "stop": pd.Timestamp(stop) if stop else pd.NaT}

    rows = [
        ad("Rival", date(2026, 9, 1), None),
        ad("Rival", date(2026, 9, 1), date(2026, 10, 1)),
        ad("Rival", date(2026, 9, 1), date(2026, 9, 30)),
        ad("Rival", date(2026, 11, 1), None),
        ad("Otro", date(2026, 10, 31), None),
        ad("Otro", date(2026, 10, 30), date(2026, 10, 31)),
    ]

    assert value_of(run(context, competitor_ads=rows).claims, "share_of_voice", competitor="Rival") == pytest.approx(
        0.5
    )


def test_ads_of_other_days_are_no_ads_of_the_period(context: Make) -> None:
    rows = [{"page": "Rival", "start": pd.Timestamp(date(2026, 8, 1)), "stop": pd.Timestamp(date(2026, 8, 9))}]

    voice = run(context, competitor_ads=rows).voice

    assert isinstance(voice, Gap)
    assert "ran in the period" in said([voice.what])


def test_names_that_nearly_match_are_asked_about_and_not_merged(context: Make) -> None:
    result = run(context, {"competitors": ("Hyundai",)}, competitor_ads=library(Hynudai=10, Kia=10))

    assert value_of(result.claims, "share_of_voice", competitor="Hynudai") == pytest.approx(0.5)
    assert codes(result.caveats).count("similar_names") == 1


def test_mentions_are_shared_by_brand(context: Make) -> None:
    rows = [
        {"at": pd.Timestamp(OCTOBER.start) + pd.Timedelta(days=n), "brand": brand, "count": count}
        for n in range(31)
        for brand, count in (("Café Aurora", 1.0), ("Rival", 3.0))
    ]

    claims = run(context, mentions=rows).claims

    assert value_of(claims, "share_of_mentions") == pytest.approx(0.25)
    assert value_of(claims, "share_of_mentions", competitor="Rival") == pytest.approx(0.75)


# The page


def sides(result: market_research.Result) -> set[str]:
    """The sides of the position that hold a line with evidence."""
    return {str(row[0].text) for row in result.swot.rows if isinstance(row[0], Message) and row[-1] is not None}


def test_without_any_export_each_part_says_what_is_missing(context: Make) -> None:
    result = run(context)

    parts = (
        result.cards,
        result.interest,
        result.season,
        result.rivals,
        result.by_rival,
        result.voice,
        result.calendar,
    )
    assert all(isinstance(part, Gap) for part in parts)
    assert (result.claims, result.actions) == ((), ())
    assert [row[-1] for row in result.swot.rows] == [None] * 4


def test_the_calendar_holds_the_next_three_months_of_the_clients_country(context: Make) -> None:
    calendar = run(context, {"country": "MX"}).calendar

    assert isinstance(calendar, Table)
    names = {row[1].text for row in calendar.rows if hasattr(row[1], "text")}
    assert {"El Buen Fin", "Black Friday", "Día de Reyes"} <= names
    assert "Día de Muertos" not in names


def test_old_exports_are_said_to_be_old(context: Make) -> None:
    rows = [row | {"published_at": pd.Timestamp(date(2026, 6, 1))} for row in rival(5, [4.0])]

    assert "stale" in codes(run(context, competitor_posts=rows).caveats)


def test_a_competitor_of_which_nothing_is_told_is_named(context: Make) -> None:
    result = run(context, {"competitors": ("Rival", "Nadie")}, competitor_ads=library(Rival=5))

    assert [dict(c.scope) for c in result.caveats if c.code == "missing_competitor"] == [{"competitor": "Nadie"}]


def test_a_page_of_many_comparisons_calls_fewer_of_them_than_a_page_of_one(context: Make) -> None:
    """Twenty competitors like the client, one of them just clear of chance if it stood alone."""
    rng = np.random.default_rng(4)
    own = posts(40, list(rng.lognormal(3, 0.5, 40)))
    near = rival(40, list(rng.lognormal(3, 0.5, 40) * 1.3), name="Cerca")
    many = [row for n in range(20) for row in rival(40, list(rng.lognormal(3, 0.5, 40)), name=f"Par {n}")]

    def verdict(theirs: Sequence[Row]) -> str | None:
        claims = run(context, organic_posts=own, organic_daily=followers(), competitor_posts=theirs).claims
        return claim_of(claims, "engagement_gap", platform="instagram", competitor="Cerca").verdict

    assert (verdict(near), verdict([*near, *many])) == ("worse", "not_shown")
