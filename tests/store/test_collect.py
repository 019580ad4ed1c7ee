"""Every fact counts once, at one grain, in one currency."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from helpers.intake import Source
from helpers.store import Collected, Fx, Restated, Store, collect, snapshots
from helpers.tables import TABLES
from helpers.units import Period

Gather = Callable[..., Collected]

AD = "Day,Campaign name,Ad name,Amount spent (EUR),Impressions,Attribution setting\n"
CAMPAIGN = "Day,Campaign name,Amount spent (EUR),Impressions,Attribution setting\n"
MONTH = "Reporting starts,Reporting ends,Campaign name,Amount spent (EUR),Impressions,Attribution setting\n"
AGE = "Day,Campaign name,Age,Amount spent (EUR),Impressions,Attribution setting\n"
REGION = "Day,Campaign name,Region,Amount spent (EUR),Impressions,Attribution setting\n"
ADS_OF_A = AD + "2026-01-01,A,x,4,40,7d\n2026-01-01,A,y,6,60,7d\n2026-01-02,A,x,5,50,7d\n"


def codes(collected: Collected) -> list[str]:
    return sorted(notice.code for notice in collected.notices)


def spend(collected: Collected) -> float:
    return float(collected.frames["ads"]["spend"].sum())


def test_every_table_is_there_even_without_a_file(gather: Gather) -> None:
    collected = gather({})

    assert set(collected.frames) == set(TABLES)
    assert all(frame.empty for frame in collected.frames.values())


def test_the_same_bytes_under_two_names_count_once(gather: Gather) -> None:
    collected = gather({"a.csv": ADS_OF_A, "b.csv": ADS_OF_A})

    assert spend(collected) == 15
    assert codes(collected) == ["overlap"]
    assert [file.name for file in collected.files] == ["a.csv"]


def test_a_monthly_export_again_counts_each_day_once_and_the_newest_figures_win(gather: Gather) -> None:
    newer = AD + "2026-01-02,A,x,5.5,55,7d\n2026-01-03,A,x,7,70,7d\n"
    collected = gather({"z_old.csv": ADS_OF_A, "a_new.csv": newer})
    restated = next(notice for notice in collected.notices if notice.code == "restated")

    assert spend(collected) == pytest.approx(4 + 6 + 5.5 + 7)
    assert codes(collected) == ["overlap", "restated"]
    assert restated.scope == {"platform": "meta"}
    assert isinstance(restated, Restated)
    assert (restated.before["spend"], restated.after["spend"]) == (5, 5.5)


def test_files_that_agree_are_no_restatement(gather: Gather) -> None:
    assert codes(gather({"a.csv": ADS_OF_A, "b.csv": ADS_OF_A + "2026-01-03,A,x,1,10,7d\n"})) == ["overlap"]


def test_a_renamed_campaign_is_the_same_campaign_where_ids_are_exported(gather: Gather) -> None:
    header = CAMPAIGN.replace("Campaign name", "Campaign name,Campaign ID")
    old, new = (
        header + "2026-01-01,Old,77,10,100,7d\n",
        header + "2026-01-01,New,77,10,100,7d\n2026-01-02,New,77,1,9,7d\n",
    )
    collected = gather({"old.csv": old, "new.csv": new})

    assert spend(collected) == 11
    assert set(collected.frames["ads"]["campaign"]) == {"New"}


def test_ad_rows_and_campaign_rows_of_the_same_days_are_not_added(gather: Gather) -> None:
    campaigns = CAMPAIGN + "2026-01-01,A,10,100,7d\n2026-01-02,A,5,50,7d\n2026-01-01,B,3,30,7d\n"
    collected = gather({"ads.csv": ADS_OF_A, "campaigns.csv": campaigns})

    assert spend(collected) == 18
    assert collected.frames["ads"]["ad"].notna().sum() == 3
    assert "overlap" in codes(collected)


def test_where_the_finer_file_lacks_money_the_coarser_counts(gather: Gather) -> None:
    campaigns = CAMPAIGN + "2026-01-01,A,25,250,7d\n2026-01-02,A,5,50,7d\n"
    collected = gather({"ads.csv": ADS_OF_A, "campaigns.csv": campaigns})

    assert spend(collected) == 30
    assert sorted(collected.frames["ads"]["spend"]) == [5, 25]


def test_days_and_the_month_around_them_are_not_added(gather: Gather) -> None:
    days = CAMPAIGN + "".join(f"2026-01-{day:02d},A,2,20,7d\n" for day in range(1, 32))
    month = MONTH + "2026-01-01,2026-01-31,A,62,620,7d\n2026-01-01,2026-01-31,B,8,80,7d\n"
    collected = gather({"days.csv": days, "month.csv": month})

    assert spend(collected) == 70
    assert len(collected.frames["ads"]) == 32


def test_account_rows_are_not_added_to_campaign_rows(gather: Gather) -> None:
    account = CAMPAIGN.replace("Campaign", "Account") + "2026-01-01,Us,10,100,7d\n2026-01-02,Us,5,50,7d\n"

    assert spend(gather({"ads.csv": ADS_OF_A, "account.csv": account})) == 15


def test_rows_without_any_date_are_not_added_to_dated_ones(gather: Gather) -> None:
    undated = "Campaign name,Amount spent (EUR),Impressions,Attribution setting\nA,15,150,7d\n"
    collected = gather({"ads.csv": ADS_OF_A, "undated.csv": undated})

    assert spend(collected) == 15
    assert "overlap" in codes(collected)


def test_rows_by_age_alone_give_the_totals(gather: Gather) -> None:
    collected = gather({"age.csv": AGE + "2026-01-01,A,18-24,4,40,7d\n2026-01-01,A,25-34,6,60,7d\n"})

    assert spend(collected) == 10
    assert len(collected.frames["ads"]) == 1
    assert collected.frames["ads"]["campaign"].tolist() == ["A"]
    assert len(collected.frames["ads_breakdown"]) == 2


def test_two_breakdowns_of_the_same_days_count_once(gather: Gather) -> None:
    age = AGE + "2026-01-01,A,18-24,4,40,7d\n2026-01-01,A,25-34,6,60,7d\n"
    region = REGION + "2026-01-01,A,Galicia,7,70,7d\n2026-01-01,A,Madrid,3,30,7d\n"

    assert spend(gather({"age.csv": age, "region.csv": region})) == 10
    assert spend(gather({"age.csv": age, "region.csv": region, "ads.csv": ADS_OF_A})) == 15


def test_search_terms_never_stand_for_totals(gather: Gather) -> None:
    terms = (
        "Search terms report\n1 January 2026 - 31 January 2026\n"
        "Search term,Campaign,Currency code,Cost,Impr.,Clicks\nkettle,A,EUR,3,30,2\n"
    )
    collected = gather({"terms.csv": terms})

    assert collected.frames["ads"].empty
    assert collected.frames["ads_breakdown"]["spend"].sum() == 3


def test_the_tables_of_one_file_are_never_weighed_against_each_other(gather: Gather) -> None:
    text = "week,tv,radio\n2026-01-05,10,1\n2026-01-12,20,2\n2026-01-19,30,3\n2026-01-26,40,4\n"
    sources = [
        Source("*", "ads", {"date": "week", "spend": name}, {"platform": "other", "channel": name, "currency": "EUR"})
        for name in ("tv", "radio")
    ]
    collected = gather({"media.csv": text}, sources=sources)

    assert spend(collected) == 110
    assert codes(collected) == []


def test_channels_in_two_files_are_two_channels(gather: Gather) -> None:
    source = [
        Source(
            "*", "ads", {"date": "day", "spend": "cost", "channel": "channel"}, {"platform": "other", "currency": "EUR"}
        )
    ]
    files = {f"{name}.csv": f"day,channel,cost\n2026-01-05,{name},10\n" for name in ("tv", "radio")}

    assert spend(gather(files, sources=source)) == 20


RADIO = "Day,Campaign,Cost\n2026-01-05,Spot,120\n2026-01-06,Spot,80\n"
RADIO_SOURCE = Source("radio.csv", "ads", {"date": "Day", "campaign": "Campaign", "spend": "Cost"}, {"currency": "EUR"})


def test_mapped_paid_media_without_a_platform_counts_as_another_one(gather: Gather) -> None:
    # By hand: 120 + 80 of the radio, 4 + 6 + 5 of Meta.
    alone = gather({"radio.csv": RADIO}, sources=[RADIO_SOURCE])
    beside = gather({"radio.csv": RADIO, "meta.csv": ADS_OF_A}, sources=[RADIO_SOURCE])

    assert (spend(alone), spend(beside)) == (200, 215)
    assert codes(beside) == []
    assert beside.frames["ads"].groupby("platform")["spend"].sum().to_dict() == {"meta": 15, "other": 200}


MODEL = "date_day,platform,campaign_id,campaign_name,spend,impressions\n"


def test_rows_of_a_model_that_leave_their_platform_open_count_too(gather: Gather) -> None:
    rows = "2026-01-05,facebook_ads,1,A,10,100\n2026-01-05,,2,B,30,300\n2026-01-06,,2,B,5,50\n"
    collected = gather({"model.csv": MODEL + rows})

    assert collected.files[0].rows == len(collected.frames["ads"]) == 3
    assert collected.frames["ads"].groupby("platform")["spend"].sum().to_dict() == {"meta": 10, "other": 35}


def test_the_channel_of_paid_media_is_its_platform(gather: Gather) -> None:
    assert set(gather({"ads.csv": ADS_OF_A}).frames["ads"]["channel"]) == {"meta"}


def test_equal_rows_of_one_file_are_kept_and_told(gather: Gather) -> None:
    collected = gather({"a.csv": CAMPAIGN + "2026-01-01,A,10,100,7d\n" * 2})

    assert spend(collected) == 20
    assert codes(collected) == ["duplicates"]


LINES = "Order,Day,Who,Item,Price\n1,2026-01-01,c1,kettle,20\n1,2026-01-01,c1,cup,5\n2,2026-01-02,c2,cup,5\n"
LINE_SOURCE = Source(
    "*",
    "order_lines",
    {"order_id": "Order", "ordered_at": "Day", "customer_id": "Who", "product": "Item", "revenue": "Price"},
    {"currency": "EUR"},
)


def test_orders_are_the_sums_of_their_lines(gather: Gather) -> None:
    orders = gather({"lines.csv": LINES}, sources=[LINE_SOURCE]).frames["orders"]

    assert orders[["order_id", "revenue", "customer_id"]].values.tolist() == [["1", 25.0, "c1"], ["2", 5.0, "c2"]]


def test_money_in_another_currency_is_exchanged_and_the_original_kept(gather: Gather) -> None:
    dollars = CAMPAIGN.replace("EUR", "USD") + "2026-01-03,D,100,50,7d\n"
    collected = gather({"eur.csv": ADS_OF_A, "usd.csv": dollars}, fx=Fx("fixed", {"USD": 0.9}))
    ads = collected.frames["ads"]

    assert spend(collected) == pytest.approx(105)
    assert ads.loc[ads["currency_original"] == "USD", "spend_original"].tolist() == [100]
    assert set(ads["currency"]) == {"EUR"}


def test_without_a_rate_the_rows_stay_out_as_a_whole_and_are_told(gather: Gather) -> None:
    dollars = CAMPAIGN.replace("EUR", "USD") + "2026-01-03,D,100,50,7d\n"
    collected = gather({"eur.csv": ADS_OF_A, "usd.csv": dollars})
    notice = next(one for one in collected.notices if one.code == "mixed_currencies")

    assert spend(collected) == 15
    assert collected.frames["ads"]["impressions"].sum() == 150
    assert notice.values["spend"] == 100
    assert notice.values["currency"] == "USD"
    assert collected.left_out["ads"]["spend"].tolist() == [100]


def test_money_without_a_currency_counts_as_the_clients_and_is_told(gather: Gather) -> None:
    collected = gather({"a.csv": ADS_OF_A.replace(" (EUR)", "")})
    notice = collected.notices[0]

    assert spend(collected) == 15
    assert (notice.code, notice.values["assumed"], notice.values["spend"]) == ("currency_missing", "EUR", 15)
    assert collected.frames["ads"]["currency_original"].isna().all()


RATES = pd.DataFrame(
    {
        "date": ["2026-01-02", "2026-01-05", "2026-02-02"],
        "from": ["USD", "USD", "USD"],
        "to": ["EUR"] * 3,
        "rate": [0.8, 0.9, 0.7],
    }
)
FX = [
    ("daily", "2026-01-02", 0.8),
    ("daily", "2026-01-04", 0.8),  # a Sunday takes Friday's rate
    ("daily", "2026-01-05", 0.9),
    ("daily", "2026-01-20", None),  # more than a week after the last rate
    ("daily", "2026-01-01", None),
    ("month_average", "2026-01-20", 0.85),
    ("month_average", "2026-03-01", None),
]


@pytest.mark.parametrize(("policy", "day", "rate"), FX)
def test_a_rate_is_that_of_the_day_or_month_or_unknown(policy: str, day: str, rate: float | None) -> None:
    days = pd.Series([pd.Timestamp(day)])
    found = Fx(policy, rates=RATES).rate("USD", "EUR", days, days)  # type: ignore[arg-type]

    assert found.isna().all() if rate is None else found.tolist() == [pytest.approx(rate)]


def test_a_rate_stated_the_other_way_round_is_inverted() -> None:
    days = pd.Series([pd.Timestamp("2026-01-02")])

    assert Fx("daily", rates=RATES).rate("EUR", "USD", days, days).tolist() == [pytest.approx(1.25)]


def test_visits_split_in_two_ways_count_once(gather: Gather) -> None:
    head = "# Start date: 20260101\n# End date: 20260131\n"
    channels = head + "Session default channel group,Sessions,Engaged sessions\nDirect,10,5\nPaid Social,20,9\n"
    pages = head + "Landing page + query string,Sessions,Engaged sessions\n/,18,8\n/sale,12,6\n"
    days = head + "Nth day,Sessions,Engaged sessions\n" + "".join(f"{day:04d},1,0\n" for day in range(31))
    collected = gather({"channels.csv": channels, "pages.csv": pages})

    assert collected.frames["web"]["sessions"].sum() == 30
    assert set(collected.frames["web"]["dimension"]) == {"channel"}
    assert gather({"channels.csv": channels, "days.csv": days}).frames["web"]["sessions"].sum() == 31


def test_an_export_that_was_replaced_says_what_was_restated(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    path = tmp_path / "ads.csv"
    path.write_text(ADS_OF_A)
    store.ingest(path)
    path.write_text(ADS_OF_A.replace("y,6,60", "y,7,60"))
    receipt = store.ingest(path)
    collected = collect(store, [receipt], currency="EUR", earlier=store.seen())

    assert spend(collected) == 16
    assert codes(collected) == ["restated"]
    (restated,) = collected.notices
    assert isinstance(restated, Restated)
    assert (restated.before, restated.after) == ({"spend": 6}, {"spend": 7})
    assert restated.days == Period(date(2026, 1, 1), date(2026, 1, 1))
    assert (len(collected.files), len(collected.earlier)) == (1, 1)


def test_a_fact_that_two_older_exports_state_is_told_once_against_the_last_of_them(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    receipts = []
    for name, spend_of_y in (("a.csv", "5"), ("b.csv", "6"), ("c.csv", "7")):
        (tmp_path / name).write_text(ADS_OF_A.replace("y,6,60", f"y,{spend_of_y},60"))
        receipts.append(store.ingest(tmp_path / name, name=name))
    collected = collect(store, receipts[1:], currency="EUR", earlier=receipts)
    told = [notice for notice in collected.notices if isinstance(notice, Restated)]

    assert [(notice.before, notice.after) for notice in told] == [({"spend": 6}, {"spend": 7})]
    assert [file.name for file in collected.earlier] == ["a.csv"]


def test_what_was_restated_is_told_in_the_reporting_currency(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    receipts = []
    for name, amount in (("a.csv", "10"), ("b.csv", "20")):
        path = tmp_path / name
        path.write_text(f"Day,Campaign name,Amount spent (USD),Impressions\n2026-01-02,A,{amount},100\n")
        receipts.append(store.ingest(path, name=name))
    collected = collect(store, receipts, currency="EUR", fx=Fx("fixed", {"USD": 0.5}))
    (restated,) = (notice for notice in collected.notices if isinstance(notice, Restated))

    assert (restated.before["spend"], restated.after["spend"]) == (5, 10)


def test_what_each_export_said_of_a_day_is_remembered_with_the_day_it_was_taken(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    path = tmp_path / "ads.csv"
    path.write_text(ADS_OF_A)
    first = store.ingest(path)
    assert snapshots(store, [first]).empty

    path.write_text(ADS_OF_A.replace("y,6,60", "y,7,60"))
    again = snapshots(store, [*store.seen(), store.ingest(path)])

    taken = pd.Timestamp(first.last_day) + pd.Timedelta(days=1)
    assert set(again["taken"]) == {taken}
    assert sorted(again.groupby("sha256")["spend"].sum()) == [15, 16]


def test_figures_of_one_day_that_stand_in_two_files_are_put_together(gather: Gather) -> None:
    card = "sep=,\n{title}\nDate,Primary\n2026-01-01,{first}\n2026-01-02,{second}\n"
    collected = gather(
        {
            "a.csv": card.format(title="Instagram views", first=100, second=200),
            "b.csv": card.format(title="Instagram follows", first=3, second=4),
            "c.csv": card.format(title="Instagram views", first=100, second=250).replace("2026-01-01,100\n", ""),
        }
    )
    daily = collected.frames["organic_daily"]

    assert daily[["views", "follows"]].sum().to_dict() == {"views": 350, "follows": 7}
    assert codes(collected) == ["overlap", "restated"]
