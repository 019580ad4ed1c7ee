"""The answer key agrees with the files, read again by other code."""

from __future__ import annotations

import pandas as pd
import pytest

PERIODS = {"all": ("2025-05-01", "2026-10-31"), "2026-10": ("2026-10-01", "2026-10-31")}


def inside(rows: pd.DataFrame, period: str) -> pd.DataFrame:
    return rows.loc[rows["date"].between(*map(pd.Timestamp, PERIODS[period]))]


def in_euros(raw) -> pd.DataFrame:
    rate = raw.rates.reindex(raw.meta["date"]).to_numpy()
    factor = pd.Series(rate, index=raw.meta.index).where(raw.meta["currency"] == "USD", 1.0)
    return raw.meta.assign(spend=raw.meta["spend"] * factor, conversion_value=raw.meta["conversion_value"] * factor)


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("platform", ["meta", "google_ads", "tiktok"])
def test_platform_totals_are_the_sums_of_the_files(raw, truth, platform: str, period: str) -> None:
    table = {"meta": in_euros(raw), "google_ads": raw.google, "tiktok": raw.tiktok}[platform]
    rows = inside(table, period)

    expected = truth["totals"][period]["platforms"][platform]
    for measure, total in expected.items():
        if total is None:
            assert measure not in rows
        else:
            assert round(float(rows[measure].sum()), 2) == pytest.approx(total, abs=0.005), measure


@pytest.mark.parametrize("period", PERIODS)
def test_ad_totals_are_the_sums_of_the_platforms(truth, period: str) -> None:
    totals = truth["totals"][period]

    for measure, total in totals["ads"].items():
        parts = [part[measure] for part in totals["platforms"].values() if part[measure] is not None]
        assert sum(parts) == pytest.approx(total, abs=0.011), measure


@pytest.mark.parametrize("period", PERIODS)
def test_ledger_totals_are_the_sums_of_the_orders(raw, truth, period: str) -> None:
    rows = inside(raw.orders, period)
    lines = raw.shop.loc[raw.shop["Name"].isin(rows["Name"])]
    counts = rows["Email"].value_counts()
    first_day = raw.orders.drop_duplicates("Email")

    assert truth["totals"][period]["ledger"] == {
        "orders": len(rows),
        "total": round(rows["Total"].sum(), 2),
        "subtotal": round(rows["Subtotal"].sum(), 2),
        "shipping": round(rows["Shipping"].sum(), 2),
        "tax": round(rows["Taxes"].sum(), 2),
        "discount": round(rows["Discount Amount"].sum(), 2),
        "refunded": round(rows["Refunded Amount"].sum(), 2),
        "units": lines["Lineitem quantity"].astype(int).sum(),
        "customers": rows["Email"].nunique(),
        "new_customers": len(inside(first_day, period)),
        "customers_with_two_orders": (counts >= 2).sum(),
    }


def test_every_order_has_one_cause(raw, truth) -> None:
    caused = sum(channel["caused_orders"] for channel in truth["channels"].values())

    assert caused + truth["base"]["first_orders"] + truth["base"]["repeat_orders"] == len(raw.orders)


def test_orders_caused_are_those_that_chance_allows(truth) -> None:
    for channel in truth["channels"].values():
        allowed = 4 * channel["expected_orders"] ** 0.5
        assert channel["caused_orders"] == pytest.approx(channel["expected_orders"], abs=allowed)


def test_platforms_claim_more_orders_than_they_caused_and_than_there_are(truth) -> None:
    totals = truth["totals"]["all"]

    assert all(channel["overclaim"]["realised"] > 1.2 for channel in truth["channels"].values())
    assert totals["ads"]["conversions"] > totals["ledger"]["orders"]


def test_true_roas_is_below_what_meta_reports(truth) -> None:
    meta = truth["totals"]["all"]["platforms"]["meta"]

    assert truth["channels"]["meta"]["true_roas"] < 0.7 * meta["conversion_value"] / meta["spend"]
