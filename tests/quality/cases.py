"""For every check one material with a planted fault, and its twin without it; the figure is worked out by hand.

A case is a function named like its check: it gets whether the fault is there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from helpers.intake.receipt import Problem, Receipt, TableReceipt
from helpers.quality import Material
from helpers.store import Notice
from tests.stages.conftest import ads as paid
from tests.stages.conftest import canonical, on_day
from tests.stages.conftest import orders as sold

FIRST = date(2026, 7, 1)
Case = Callable[[bool], Material]

CASES: dict[str, tuple[Case, float]] = {}


def finds(n: float) -> Callable[[Case], Case]:
    """Note a case under its name with the figure that its check must find."""

    def note(case: Case) -> Case:
        CASES[case.__name__] = (case, n)
        return case

    return note


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def media(days: int = 60, platform: str = "meta", **values: Any) -> list[dict[str, Any]]:
    """One campaign by day whose figures differ a little from day to day."""
    return [
        on_day(
            day(n),
            **{
                "platform": platform,
                "campaign": "Verano",
                "campaign_id": "77",
                "spend": 20.0 + n % 7,
                "impressions": 2000.0 + 30 * (n % 5),
                "clicks": 80.0 + n % 4,
                "conversions": 8.0 + n % 3,
                "conversion_value": 200.0,
                **values,
            },
        )
        for n in range(days)
    ]


def ads(rows: Sequence[dict[str, Any]], **further: Any) -> Material:
    return Material({"ads": paid(rows)}, **further)


def changed(at: int, **values: Any) -> Callable[[bool], Material]:
    """A campaign of which one day is another if the fault is there."""

    def make(faulty: bool) -> Material:
        rows = media()
        if faulty:
            rows[at] |= values
        return ads(rows)

    return make


def noted_as(code: str, **values: Any) -> Case:
    return lambda faulty: Material({}, notices=(Notice(code, {}, values),) if faulty else ())


for _code, _values in {
    "unread_export": {"file": "a.csv"},
    "unknown_export": {"file": "a.csv"},
    "currency_missing": {},
    "duplicates": {"table": "ads", "rows": 1},
    "restated": {"table": "ads", "rows": 1},
    "non_additive": {},
    "overlap": {"table": "ads", "rows": 1},
    "mixed_currencies": {"is_converted": True},
    "personal_data": {},
}.items():
    CASES[_code] = (noted_as(_code, **_values), 1)
CASES["mixed_currencies_without_rate"] = (noted_as("mixed_currencies", is_converted=False), 1)

# Figures of paid media.
CASES["negative_amounts"] = (changed(5, spend=-3.0), 1)
CASES["clicks_above_impressions"] = (changed(5, clicks=2500.0), 1)
CASES["clicks_without_impressions"] = (changed(5, impressions=0.0, spend=0.0), 1)
CASES["spend_without_impressions"] = (changed(5, impressions=0.0, clicks=0.0, spend=100.0), 100 / 1471)
CASES["value_without_conversions"] = (changed(5, conversions=0.0, conversion_value=600.0), 600 / 12400)


@finds(1)
def reach_above_impressions(faulty: bool) -> Material:
    return ads([*media(reach=1500.0), *media(1, reach=2500.0 if faulty else 1500.0, campaign="B", campaign_id="78")])


@finds(1)
def link_clicks_above_clicks(faulty: bool) -> Material:
    return ads(
        [*media(link_clicks=60.0), *media(1, link_clicks=95.0 if faulty else 60.0, campaign="B", campaign_id="78")]
    )


@finds(9)
def conversions_without_clicks(faulty: bool) -> Material:
    seen = media(1, campaign="B", campaign_id="78", conversions=9.0, clicks=0.0 if faulty else 1.0)
    return ads([*media(), *seen])


@finds(2)
def doubled_keys(faulty: bool) -> Material:
    again = media(1, spend=4.0) if faulty else media(1, spend=4.0, campaign="B", campaign_id="78")
    return ads([*media(), *again])


@finds(6)
def frozen_values(faulty: bool) -> Material:
    rows = media()
    for at in range(10, 16):
        rows[at] |= {"spend": 23.5, "impressions": 2050.0, "clicks": 80.0 if faulty else 70.0 + at}
        rows[at] |= {} if faulty else {"impressions": 2050.0 + at}
    return ads(rows)


# Days.
@finds(1)
def future_dates(faulty: bool) -> Material:
    rows = [{"order_id": "1", "ordered_at": pd.Timestamp("2026-11-06" if faulty else "2026-11-05 23:59"), "revenue": 9}]
    return Material({"orders": sold(rows)}, today=date(2026, 11, 5))


@finds(2)
def missing_days(faulty: bool) -> Material:
    rows = media()
    return ads([*rows[:20], *rows[22:]] if faulty else rows)


@finds(9)
def ends_early(faulty: bool) -> Material:
    return ads([*media(60), *media(51 if faulty else 58, "tiktok")])


@finds(7)
def immature_outcomes(faulty: bool) -> Material:
    today = day(60) if faulty else day(67)
    return ads(media(), today=today, windows={"meta": "7d_click_1d_view"})


# The course of a series.
def campaign(rng_seed: int = 3, days: int = 200) -> pd.DataFrame:
    """A steady campaign with the scatter of counts: forty conversions a day from a thousand clicks."""
    rng = np.random.default_rng(rng_seed)
    clicks = rng.poisson(1000, days).astype(float)
    rows = media(days)
    frame = pd.DataFrame(rows)
    return frame.assign(
        clicks=clicks, impressions=rng.poisson(20000, days).astype(float), spend=np.round(clicks * 0.3, 2),
        conversions=rng.binomial(1000, 0.04, days).astype(float),
    )  # fmt: skip


def course(frame: pd.DataFrame) -> Material:
    return ads([dict(row) for row in frame.to_dict("records")])


def jump(column: str, factor: float) -> Case:
    def make(faulty: bool) -> Material:
        frame = campaign()
        if faulty:
            frame.loc[100, column] *= factor
        return course(frame)

    return make


CASES["spend_spike"] = (jump("spend", 5.0), 1)
CASES["spend_fall"] = (jump("spend", 0.2), 1)
CASES["impressions_spike"] = (jump("impressions", 5.0), 1)
CASES["impressions_fall"] = (jump("impressions", 0.2), 1)
CASES["cost_spike"] = (jump("spend", 2.5), 1)


@finds(3)
def tracking_outage(faulty: bool) -> Material:
    frame = campaign()
    if faulty:
        frame.loc[100:102, ["conversions", "conversion_value"]] = 0.0
    return course(frame)


@finds(3)
def zero_conversion_stretch(faulty: bool) -> Material:
    frame, other = campaign(), campaign(4).assign(campaign="Otra", campaign_id="78")
    if faulty:
        frame.loc[100:102, "conversions"] = 0.0
    return course(pd.concat([frame, other]))


@finds(0.5)
def fatigue(faulty: bool) -> Material:
    frame = campaign(days=120)
    seen = np.linspace(0, 1, 120)
    tired = frame.assign(ad="Vieja", clicks=(600 * 0.5 ** (np.log1p(6 * seen) / np.log(7))).round())
    fresh = frame.assign(ad="Nueva", clicks=600.0)
    return course(pd.concat([tired if faulty else fresh.assign(ad="Vieja"), fresh]).assign(impressions=20000.0))


@finds(2)
def not_separable(faulty: bool) -> Material:
    rng = np.random.default_rng(5)
    pulse = 100 * np.exp(rng.normal(0, 0.5, 60)).repeat(7)
    other = pulse if faulty else 100 * np.exp(rng.normal(0, 0.5, 60)).repeat(7)
    one = [row | {"spend": spend} for row, spend in zip(media(420), pulse, strict=True)]
    two = [row | {"spend": spend} for row, spend in zip(media(420, "tiktok"), other, strict=True)]
    return ads([*one, *two])


# Names, ids, settings.
@finds(2)
def damaged_ids(faulty: bool) -> Material:
    ends = "000" if faulty else "417"
    return ads([*media(1, campaign_id=f"120210987654321{ends}"), *media(1, campaign_id=f"120210987654322{ends}")])


@finds(2)
def currency_change(faulty: bool) -> Material:
    frame = paid(media(20, account="Tienda"))
    later = frame["period_start"] >= pd.Timestamp(day(10))
    return Material({"ads": frame.assign(currency_original=np.where(later & faulty, "ARS", "EUR"))})


@finds(2)
def unlike_windows(faulty: bool) -> Material:
    return ads([*media(5, attribution="7d_click"), *media(5, attribution="1d_click" if faulty else "7d_click")])


@finds(20 / 40)
def missing_campaigns(faulty: bool) -> Material:
    other = {"campaign": None, "campaign_id": None} if faulty else {"campaign": "B", "campaign_id": "78"}
    return ads([*media(1), *media(1, **other)])


@finds(1)
def renamed_campaigns(faulty: bool) -> Material:
    rows = media()
    rows[-1] |= {"campaign": "Verano final"} if faulty else {}
    return ads(rows)


# The ledger.
def orders(number: int = 120, **values: Any) -> list[dict[str, Any]]:
    return [
        {
            "order_id": f"A{n}",
            "ordered_at": pd.Timestamp(day(n % 60)) + pd.Timedelta(hours=11 + n % 9),
            "customer_id": f"c{n}",
            "revenue": 50.0,
            **values,
        }
        for n in range(number)
    ]


def ledger(rows: Sequence[dict[str, Any]], **further: Any) -> Material:
    return Material({"orders": sold(rows)} | further)


def other_order(**values: Any) -> Case:
    def make(faulty: bool) -> Material:
        rows = orders(refunded=0.0)
        rows[7] |= values if faulty else {}
        return ledger(rows)

    return make


CASES["repeated_orders"] = (other_order(order_id="A8"), 1)
CASES["refunds_beyond_orders"] = (other_order(refunded=51.0), 1)
CASES["negative_orders"] = (other_order(revenue=-50.0), 1)
CASES["orders_without_amount"] = (other_order(revenue=None), 1 / 120)
CASES["outliers"] = (other_order(revenue=5000.0), 1)


@finds(30 / 120)
def anonymous_orders(faulty: bool) -> Material:
    rows = orders()
    for row in rows[: 30 if faulty else 20]:
        row["customer_id"] = None
    return ledger(rows)


@finds(5 / 9)
def ledger_clock(faulty: bool) -> Material:
    """Orders at nine hours from nine to midnight, and the same ten hours later, as another zone would write them.

    Then the quiet hours begin at ten, nine hours after one at night; so much earlier, five of nine change day.
    """
    away = 10 if faulty else 0
    hours = [9, 10, 12, 14, 16, 18, 20, 21, 23]
    rows = [
        {
            "order_id": f"A{n}",
            "ordered_at": pd.Timestamp(day(n % 90)) + pd.Timedelta(hours=hours[n % 9] + away + 0.5),
            "revenue": 5,
        }
        for n in range(900)
    ]
    return ledger(rows)


@finds(1 - 120 / 540)
def overclaim(faulty: bool) -> Material:
    return Material({"ads": paid(media(conversions=9.0 if faulty else 2.0)), "orders": sold(orders())})


def visits(days: int = 60, channel: str = "Direct", **values: Any) -> list[dict[str, Any]]:
    known = {"property": "Tienda", "dimension": "channel", "value": channel, "channel": channel, "sessions": 100.0}
    return [on_day(day(n), **(known | values)) for n in range(days)]


def site(rows: Sequence[dict[str, Any]], **further: Any) -> Material:
    return Material({"web": canonical("web", rows)}, **further)


@finds(0.5)
def site_orders_unlike_ledger(faulty: bool) -> Material:
    return ledger(orders(), web=canonical("web", visits(orders=1.0 if faulty else 1.8)))


@finds(1.2)
def site_revenue_unlike_ledger(faulty: bool) -> Material:
    return ledger(orders(), web=canonical("web", visits(revenue=120.0 if faulty else 90.0)))


# The site.
@finds(1)
def site_figures(faulty: bool) -> Material:
    return site([*visits(engaged_sessions=60.0), *visits(1, engaged_sessions=101.0 if faulty else 99.0)])


@finds(50 / 650)
def site_revenue_without_orders(faulty: bool) -> Material:
    return site([*visits(orders=1.0, revenue=10.0), *visits(1, orders=0.0 if faulty else 1.0, revenue=50.0)])


@finds(0.2)
def not_set(faulty: bool) -> Material:
    odd = "(not set)" if faulty else "google / organic"
    named = {"dimension": "source_medium", "channel": None}
    return site([*visits(8, value="google / cpc", **named), *visits(2, value=odd, **named)])


@finds(0.2)
def unassigned(faulty: bool) -> Material:
    return site([*visits(8), *visits(2, "Unassigned" if faulty else "Email")])


@finds(0.1)
def self_referral(faulty: bool) -> Material:
    odd = "casa-lino.example / referral" if faulty else "diario.example / referral"
    named = {"dimension": "source_medium", "channel": None}
    rows = [*visits(9, value="google / cpc", **named), *visits(1, value=odd, **named)]
    return site(rows, names=("Casa Lino",))


@finds(2 / 3)
def direct_jump(faulty: bool) -> Material:
    rng = np.random.default_rng(8)
    rows = []
    for n in range(364):
        usual = 300.0 if not (faulty and n >= 182) else 1200.0
        rows += visits_on(n, Direct=rng.poisson(usual), Email=rng.poisson(600))
    return site(rows)


def visits_on(n: int, **channels: float) -> list[dict[str, Any]]:
    return [visits(n + 1, name, sessions=float(sessions))[-1] for name, sessions in channels.items()]


@finds(0.5)
def channel_unlike_rules(faulty: bool) -> Material:
    named = {"dimension": "source_medium|channel", "channel": "Paid Search"}
    odd = "facebook / social" if faulty else "google / cpc"
    return site(
        [*visits(1, value="google / cpc|Paid Search", **named), *visits(1, value=f"{odd}|Paid Search", **named)]
    )


# Tags.
def tags(source: str, medium: str, campaign: str = "verano", times: int = 6) -> list[dict[str, Any]]:
    return orders(times, utm_source=source, utm_medium=medium, utm_campaign=campaign)


def tagged(fault: tuple[str, ...], twin: tuple[str, ...] = ("facebook", "paid_social")) -> Case:
    return lambda faulty: ledger([*tags("google", "cpc"), *tags(*(fault if faulty else twin))], ads=paid(media()))


CASES["utm_personal_data"] = (tagged(("boletin", "email", "ana@correo.example")), 6)
CASES["utm_unfilled"] = (tagged(("facebook", "paid_social", "{{campaign.name}}")), 6)
CASES["utm_incomplete"] = (tagged(("facebook", "")), 6)
CASES["utm_case"] = (tagged(("Google", "cpc")), 6)
CASES["utm_signs"] = (tagged(("facebook", "paid_social", "rebajas año")), 6)
CASES["utm_spanish"] = (tagged(("facebook", "redes_pago")), 6)
CASES["utm_paid_words"] = (tagged(("facebook", "social_paid")), 6)
CASES["utm_swapped"] = (tagged(("cpc", "google")), 6)
CASES["utm_partly_untagged"] = (tagged(("facebook", "paid_social", "")), 6)
CASES["utm_unknown_campaign"] = (tagged(("facebook", "paid_social", "otoño")), 6)
CASES["utm_source_names"] = (tagged(("fb", "paid_social")), 6)


# Profiles.
def posts(number: int = 25, **values: Any) -> list[dict[str, Any]]:
    return [
        {
            "platform": "instagram",
            "account": "tienda",
            "post_id": str(n),
            "published_at": pd.Timestamp(day(n)) + pd.Timedelta(hours=9),
            "text": f"Publicación número {n}",
            "reach": 900.0,
            "likes": 40.0,
            **values,
        }
        for n in range(number)
    ]


def other_post(**values: Any) -> Case:
    def make(faulty: bool) -> Material:
        rows = posts()
        rows[7] |= values if faulty else {}
        return Material({"organic_posts": canonical("organic_posts", rows)})

    return make


CASES["posts_beyond_reach"] = (other_post(likes=950.0), 1)
CASES["posts_without_reach"] = (other_post(reach=0.0), 1)
CASES["posts_without_date"] = (other_post(published_at=None), 1)
CASES["repeated_posts"] = (
    other_post(text="Publicación número 8", published_at=pd.Timestamp(day(8)) + pd.Timedelta(hours=11)),
    2,
)


@finds(25)
def posts_without_hour(faulty: bool) -> Material:
    rows = posts()
    for row in rows if faulty else rows[1:]:
        row["published_at"] = row["published_at"].normalize()
    return Material({"organic_posts": canonical("organic_posts", rows)})


def followers(faults: dict[int, float], deltas: float = 5.0, days: int = 60) -> Material:
    stock, rows = 1000.0, []
    for n in range(days):
        stock += 5.0 + n % 3 + faults.get(n, 0.0)
        rows.append({"platform": "instagram", "date": day(n), "followers": stock, "follower_delta": deltas + n % 3})
    frame = pd.DataFrame(rows).assign(date=lambda rows: pd.to_datetime(rows["date"]))
    return Material({"organic_daily": canonical("organic_daily", frame.to_dict("records"))})


@finds(1)
def follower_jump(faulty: bool) -> Material:
    return followers({30: 400.0} if faulty else {})


@finds(1.0)
def followers_contradict(faulty: bool) -> Material:
    return followers({}, deltas=4.0 if faulty else 5.0)


# Files.
def receipt(file: str, language: str = "es", problems: tuple[Problem, ...] = (), **further: Any) -> Receipt:
    told = {"period": None, **further}
    table = TableReceipt("meta_ads", "Campaigns", "ads", language, "utf-8", (), currency="EUR", kept=30, **told)
    return Receipt(file, "a" * 64, (table,), problems)


@finds(1)
def control_total_mismatch(faulty: bool) -> Material:
    problem = Problem.of("control_total_mismatch", "The rows do not add up.")
    return Material({}, receipts=(receipt("a.csv", problems=(problem,) if faulty else ()),))


@finds(1)
def schema_drift(faulty: bool) -> Material:
    frame = paid(media(40, reach=900.0))
    frame["file"] = np.where(frame["period_start"] < pd.Timestamp(day(20)), "a.csv", "b.csv")
    if faulty:
        frame.loc[frame["file"].eq("b.csv"), "reach"] = np.nan
    return Material({"ads": frame}, receipts=(receipt("a.csv"), receipt("b.csv")))


@finds(2)
def header_languages(faulty: bool) -> Material:
    frame = paid(media(4)).assign(file=["a.csv", "a.csv", "b.csv", "b.csv"])
    return Material({"ads": frame}, receipts=(receipt("a.csv"), receipt("b.csv", "en" if faulty else "es")))


@finds(6 / 24)
def other_timezone(faulty: bool) -> Material:
    zone = "America/New_York" if faulty else "Europe/Paris"
    told = receipt("a.csv", period=("2026-01-01", "2026-01-31"), timezone=zone)
    frame = paid(media()).assign(file="a.csv")
    return Material({"ads": frame}, receipts=(told,), timezone="Europe/Madrid")
