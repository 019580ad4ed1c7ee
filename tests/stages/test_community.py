"""Interactions, engagement rates and formats agree with a calculation by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import cycle, islice
from typing import Any

import pandas as pd
import pytest

from helpers.stages import community
from helpers.stages.context import Context
from helpers.stages.parts import Forest, Gap, Table
from helpers.store import Notice
from helpers.wording import Name, Words
from tests.stages.conftest import OCTOBER, SEPTEMBER, Row, canonical, claim_of, codes, value_of

Make = Callable[..., Context]


def post(day: date, **values: Any) -> dict[str, Any]:
    return {"platform": "instagram", "published_at": pd.Timestamp(day), **values}


def posts(rows: Sequence[Row]) -> pd.DataFrame:
    return canonical("organic_posts", [{"post_id": f"p{n}", **row} for n, row in enumerate(rows)])


def followers(rows: Sequence[tuple[date, float]], platform: str = "instagram", **values: Any) -> list[dict[str, Any]]:
    return [{"platform": platform, "date": pd.Timestamp(day), "followers": known, **values} for day, known in rows]


def run(
    make: Make, rows: Sequence[Row], daily: Sequence[Row] = (), notices: tuple[Notice, ...] = ()
) -> community.Result:
    return community.analyse(
        community.Inputs(make("community"), notices, posts(rows), canonical("organic_daily", daily))
    )


def a_format(name: str, count: int, likes: Sequence[float]) -> list[dict[str, Any]]:
    """Posts of a format on successive days up to the last of October, each reaching a thousand people."""
    last = OCTOBER.end
    given = islice(cycle(likes), count)
    return [post(last - timedelta(days=n), format=name, reach=1000.0, likes=liked) for n, liked in enumerate(given)]


def test_interactions_are_reactions_else_likes_with_comments_shares_and_saves(context: Make) -> None:
    rows = [
        post(OCTOBER.start, reactions=50.0, likes=40.0, comments=3.0, shares=2.0, follows=9.0, clicks=90.0),
        post(OCTOBER.start, likes=10.0, saves=5.0),
        post(OCTOBER.start),
        post(SEPTEMBER.start, likes=1000.0),
    ]

    claims = run(context, rows).claims

    assert value_of(claims, "interactions") == 55.0 + 15.0
    assert value_of(claims, "posts") == 3.0


def test_rates_of_people_are_means_over_posts_and_those_of_views_ratios_of_sums(context: Make) -> None:
    rows = [
        post(OCTOBER.start, likes=10.0, reach=100.0, impressions=200.0),
        post(OCTOBER.start, likes=30.0, reach=1000.0, views=1500.0, impressions=9999.0),
        post(OCTOBER.start, likes=7.0, reach=0.0),
        post(OCTOBER.start, reach=500.0),
    ]

    claims = run(context, rows).claims

    assert value_of(claims, "er_reach") == pytest.approx((0.10 + 0.03) / 2)
    # Views may be added up: 10 and 30 interactions of 200 and 1500 views.
    assert value_of(claims, "er_views") == pytest.approx(40 / 1700)
    assert claim_of(claims, "er_reach").n == 2


def test_reach_is_the_mean_over_posts_and_never_a_sum(context: Make) -> None:
    first, second = (post(OCTOBER.start, likes=1.0, reach=reach) for reach in (100.0, 300.0))
    rows = [first, second, post(OCTOBER.start)]

    claim = claim_of(run(context, rows).claims, "reach", platform="instagram")

    assert (claim.value, claim.n) == (200.0, 2)


def test_rates_by_reach_followers_and_views_stand_side_by_side_with_their_definition(context: Make) -> None:
    rows = [post(OCTOBER.start, format="reel", likes=10.0, reach=100.0, views=200.0)]

    result = run(context, rows, followers([(OCTOBER.start, 500.0)]))

    for table in (result.profile_rates, result.format_rates):
        assert isinstance(table, Table)
        assert [cell.value for cell in table.rows[0][1:]] == [0.10, 0.02, 0.05]
        assert "mean over the posts" in Words("en").text(table.note)


def test_a_post_leads_to_where_it_was_published(context: Make) -> None:
    rows = [
        post(OCTOBER.start, likes=9.0, text="Sábanas nuevas", url="https://www.instagram.com/p/A1/"),
        post(OCTOBER.start, likes=5.0, url="https://www.instagram.com/p/B2/"),
    ]

    best = run(context, rows).best

    assert isinstance(best, Table)
    assert [row[0] for row in best.rows] == [
        Name("Sábanas nuevas", "https://www.instagram.com/p/A1/"),
        Name("Instagram", "https://www.instagram.com/p/B2/"),
    ]


def test_a_post_is_held_against_the_followers_of_its_own_profile_and_day(context: Make) -> None:
    first, later = OCTOBER.start, OCTOBER.start + timedelta(days=10)
    rows = [
        post(first, likes=10.0),
        post(later + timedelta(days=3), likes=10.0),
        post(later, likes=10.0, platform="facebook"),
    ]
    daily = [
        *followers([(first, 100.0), (later, 200.0)]),
        *followers([(later + timedelta(days=1), 5.0)], platform="facebook"),
    ]

    claims = run(context, rows, daily).claims

    assert value_of(claims, "er_followers", platform="instagram") == pytest.approx((0.10 + 0.05) / 2)
    assert not [
        claim for claim in claims if claim.metric.id == "er_followers" and claim.scope == {"platform": "facebook"}
    ]


def test_followers_are_the_last_known_and_their_gain_is_the_periods(context: Make) -> None:
    days = [(SEPTEMBER.end, 1000.0), (OCTOBER.start, 1010.0), (OCTOBER.end, 1004.0)]
    daily = [{**row, "follower_delta": delta} for row, delta in zip(followers(days), (500.0, 10.0, -6.0), strict=True)]

    claims = run(context, [], [*daily, *followers([(OCTOBER.end + timedelta(days=1), 9.0)])]).claims

    assert value_of(claims, "followers", platform="instagram") == 1004.0
    assert value_of(claims, "net_followers", platform="instagram") == 4.0


def test_a_format_that_engages_more_is_found_and_its_lift_is_against_the_other_posts(context: Make) -> None:
    rows = [*a_format("reel", 30, (58.0, 60.0, 62.0)), *a_format("image", 30, (38.0, 40.0, 42.0))]

    result = run(context, rows)

    reel = claim_of(result.claims, "format_effect", platform="instagram", format="reel")
    assert (reel.value, reel.verdict, reel.n) == (pytest.approx(0.5), "better", 30)
    assert reel.interval is not None
    assert reel.interval.low < 0.5 < reel.interval.high
    image = claim_of(result.claims, "format_effect", platform="instagram", format="image")
    assert (image.value, image.verdict) == (pytest.approx(-1 / 3), "worse")
    assert len(result.actions) == 1


def test_formats_that_engage_alike_are_not_told_apart(context: Make) -> None:
    rows = [*a_format("reel", 30, (30.0, 50.0, 40.0)), *a_format("image", 30, (50.0, 29.0, 42.0))]

    result = run(context, rows)

    verdicts = {claim.verdict for claim in result.claims if claim.metric.id == "format_effect"}
    assert (verdicts, result.actions, result.format_words) == ({"not_shown"}, (), ())


def test_a_format_of_few_posts_is_not_judged(context: Make) -> None:
    rows = [*a_format("reel", 19, (300.0, 310.0)), *a_format("image", 40, (39.0, 41.0))]

    result = run(context, rows)

    reel = claim_of(result.claims, "format_effect", platform="instagram", format="reel")
    assert (reel.verdict, codes(result.caveats).count("small_sample")) == ("not_enough_data", 2)
    assert result.actions == ()


def test_formats_of_two_profiles_are_never_thrown_together(context: Make) -> None:
    rows = [
        *a_format("reel", 30, (60.0, 61.0)),
        *(row | {"platform": "facebook"} for row in a_format("image", 30, (4.0,))),
    ]

    result = run(context, rows)

    assert isinstance(result.formats, Gap)
    assert isinstance(result.by_format, Table)
    assert not [claim for claim in result.claims if claim.metric.id == "format_effect"]


def test_one_post_that_went_viral_does_not_make_a_format_better(context: Make) -> None:
    rows = [*a_format("reel", 30, (40.0, 41.0)), *a_format("image", 30, (40.0, 41.0))]
    rows[0]["likes"] = 990.0

    reel = claim_of(run(context, rows).claims, "format_effect", platform="instagram", format="reel")

    assert reel.verdict == "not_shown"


def test_engagement_that_fell_since_the_month_before_is_told_beyond_chance(context: Make) -> None:
    before = [post(SEPTEMBER.start + timedelta(days=n), reach=1000.0, likes=80.0 + n % 3) for n in range(25)]
    now = [post(OCTOBER.start + timedelta(days=n), reach=1000.0, likes=40.0 + n % 3) for n in range(25)]

    claim = claim_of(run(context, [*before, *now]).claims, "er_reach")

    assert claim.compared_to is not None
    assert claim.verdict == "worse"
    assert claim.compared_to.value == pytest.approx(sum(80 + n % 3 for n in range(25)) / 25 / 1000)


def test_the_best_posts_come_first_and_keep_their_order_among_equals(context: Make) -> None:
    rows = [
        post(OCTOBER.start, likes=liked, text=name)
        for name, liked in zip("abcdefg", (1, 5, 3, 5, 9, 2, 0), strict=True)
    ]

    best = run(context, rows).best

    assert isinstance(best, Table)
    assert [str(row[0].text) for row in best.rows] == ["e", "b", "d", "c", "f"]


def test_posts_without_dates_count_for_their_whole_table(context: Make) -> None:
    rows = [{"platform": "instagram", "likes": 3.0}, {"platform": "instagram", "likes": 4.0}]

    result = run(context, rows)

    assert value_of(result.claims, "interactions") == 7.0
    assert isinstance(result.timeline, Gap)


def test_without_any_export_each_part_says_what_is_missing(context: Make) -> None:
    result = run(context, [])

    parts = (result.cards, result.profiles, result.followers, result.timeline, result.formats, result.by_format)
    assert all(isinstance(part, Gap) for part in parts)
    assert result.claims == ()


def test_a_forest_bears_a_bar_for_each_format_that_can_be_held_against_others(context: Make) -> None:
    rows = [
        *a_format("reel", 25, (60.0, 61.0)),
        *a_format("image", 25, (40.0, 41.0)),
        *a_format("carousel", 5, (50.0,)),
    ]

    forest = run(context, rows).formats

    assert isinstance(forest, Forest)
    assert len(forest.bars) == 3
