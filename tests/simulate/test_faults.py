"""Each fault is plain in the raw figures, and its twin differs from the client in nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from helpers.simulate import FAULTS

Cells = list[list[Any]]
OCTOBER = slice("2026-10-01", "2026-10-31")
META_2026 = "exports/meta_ads/anuncios_2026-01-01_2026-10-31.xlsx"
META_ABROAD = "exports/meta_ads/anuncios_internacional.csv"
GOOGLE_2026 = "exports/google_ads/informe_campanas_2026-01-01_2026-10-31.csv"
GOOGLE_AGAIN = "exports/google_ads/informe_campanas_2026-10-01_2026-10-31_utf8.csv"
BROKEN = "exports/experimentos/aviso_envio.csv"

# Files in which the client and the twin without that fault differ.
DIFFERENT_FILES = {
    "tracking_outage": {META_2026, META_ABROAD},
    "bid_spike": {GOOGLE_2026, GOOGLE_AGAIN},
    "creative_fatigue": {META_2026},
    "duplicated_export": {GOOGLE_AGAIN},
    "foreign_currency": {META_ABROAD},
    "sample_ratio_mismatch": {BROKEN},
}


PIXEL_COLUMNS = {
    "Resultados",
    "Indicador de resultado",
    "Artículos añadidos al carrito",
    "Pagos iniciados",
    "Compras",
    "Valor de conversión de compras",
}


def differing_files(one: Path, other: Path, read_cells: Callable[[Path], Cells]) -> set[str]:
    written = ((folder, path) for folder in (one, other) for path in folder.rglob("*") if path.is_file())
    names = {path.relative_to(folder).as_posix() for folder, path in written if "commentary" not in path.parts}
    return {
        name
        for name in names
        if not (
            (one / name).is_file() and (other / name).is_file() and read_cells(one / name) == read_cells(other / name)
        )
    }


def changes(fault: str, demo: Any, twins: Any, read_cells: Callable[[Path], Cells]) -> list[tuple[list[Any], str]]:
    """Cells that differ between the client and its twin: the client's row and the header, over all files."""
    found = []
    for name in sorted(DIFFERENT_FILES[fault]):
        one, other = (read_cells(folder / name) for folder in (demo.folder, twins[fault].folder))
        header = next(row for row in one if len(row) > 2)
        assert len(one) == len(other)
        found += [
            (row, header[place])
            for row, twin in zip(one, other, strict=True)
            for place, (cell, its_twin) in enumerate(zip(row, twin, strict=True))
            if cell != its_twin
        ]
    return found


def by_day(rows: pd.DataFrame, column: str) -> pd.Series[float]:
    return rows.groupby("date")[column].sum()


def test_every_fault_is_checked_here() -> None:
    assert tuple(DIFFERENT_FILES) == FAULTS


@pytest.mark.parametrize("fault", FAULTS)
def test_a_twin_differs_only_in_the_files_of_its_fault(demo, twins, read_cells, fault: str) -> None:
    assert differing_files(demo.folder, twins[fault].folder, read_cells) == DIFFERENT_FILES[fault]


@pytest.mark.parametrize("fault", FAULTS)
def test_the_truth_of_a_twin_lists_all_other_faults(faults, twins_with_truth, fault: str) -> None:
    _, truth = twins_with_truth[fault]

    others = [planted for name, planted in faults.items() if name != fault]
    assert json.loads(json.dumps(truth["faults"])) == others
    assert truth["totals"]["all"]["ledger"]["orders"] > 0


@pytest.mark.parametrize("name", FAULTS)
def test_the_truth_lists_the_fault_inside_the_data(faults, name: str) -> None:
    fault = faults[name]

    assert "2026-10-01" <= fault["end"] <= "2026-10-31"
    assert "2025-05-01" <= fault["start"] <= fault["end"]


def test_the_outage_changes_only_pixel_columns_of_its_days(demo, twins, read_cells, faults) -> None:
    fault = faults["tracking_outage"]
    data = [(row, column) for row, column in changes("tracking_outage", demo, twins, read_cells) if row[3] != ""]

    assert {column for _, column in data} == PIXEL_COLUMNS
    days = pd.date_range(fault["start"], fault["end"]).strftime("%Y-%m-%d")
    assert {row[6] for row, _ in data} == set(days)


def test_during_the_outage_meta_counts_nothing_while_clicks_and_orders_go_on(demo, faults) -> None:
    days = slice(faults["tracking_outage"]["start"], faults["tracking_outage"]["end"])
    purchases = by_day(demo.meta, "conversions")
    usual = purchases.loc[OCTOBER].drop(purchases.loc[days].index).mean()

    assert purchases.loc[days].tolist() == [0.0, 0.0, 0.0]
    assert by_day(demo.meta, "checkouts").loc[days].sum() == 0
    # Three days without a purchase would come by chance in less than one of a million such stretches.
    assert stats.poisson.cdf(0, 3 * usual) < 1e-6
    assert by_day(demo.meta, "link_clicks").loc[days].min() > 100
    assert (demo.orders.set_index("date").loc[days].groupby("date").size() >= 3).all()


def test_the_spike_changes_only_the_cost_of_one_campaign_on_two_days(demo, twins, read_cells, faults) -> None:
    fault = faults["bid_spike"]
    found = changes("bid_spike", demo, twins, read_cells)
    data = [(row, column) for row, column in found if not row[0].startswith("Total:")]

    assert {column for _, column in found} == {"Coste", "CPC medio"}
    assert {(row[0], row[1]) for row, _ in data} == {
        (fault[day], fault["where"]["campaign"]) for day in ("start", "end")
    }


def test_the_spike_multiplies_the_click_price_of_a_large_campaign_for_a_day_and_a_half(demo, twins, faults) -> None:
    fault = faults["bid_spike"]
    rows = demo.google.loc[demo.google["campaign"] == fault["where"]["campaign"]].set_index("date").sort_index()
    twin = twins["bid_spike"].google
    before = twin.loc[twin["campaign"] == fault["where"]["campaign"]].set_index("date")
    days = [fault["start"], fault["end"]]

    assert (rows.loc[days, "spend"] / before.loc[days, "spend"]).tolist() == pytest.approx([2.5, 1.75], abs=1e-3)
    assert rows.loc[days, "clicks"].tolist() == before.loc[days, "clicks"].tolist()
    assert before.loc[OCTOBER, "spend"].sum() / by_day(twin, "spend").loc[OCTOBER].sum() > 1 / 3
    price = np.log(rows["spend"] / rows["clicks"])
    steps = price.loc["2026-08-01":"2026-10-31"].diff().drop(pd.to_datetime([*days, days[1]]))
    jump = price.loc[days[0]] - price.loc[: days[0]].iloc[-2]
    assert jump > 6 * steps.std()


def test_fatigue_changes_only_the_clicks_of_one_ad_and_what_follows_them(demo, twins, read_cells, faults) -> None:
    found = changes("creative_fatigue", demo, twins, read_cells)

    clicks = {"Clics (todos)", "Clics en el enlace", "Visitas a la página de destino"}
    assert {column for _, column in found} == PIXEL_COLUMNS | clicks
    assert {row[5] for row, _ in found if row[3] != ""} == {faults["creative_fatigue"]["where"]["ad"]}


def test_the_tired_ad_loses_clicks_by_the_power_law_while_its_delivery_holds(demo, twins, faults) -> None:
    fault = faults["creative_fatigue"]
    rows = demo.meta.loc[demo.meta["ad"] == fault["where"]["ad"]].sort_values("date")
    rate = rows["link_clicks"] / rows["impressions"]
    exposures = 1 + (rows["impressions"].cumsum() - rows["impressions"]) / rows["impressions"].mean() * 0.25
    fit = stats.linregress(np.log(exposures), np.log(rate))

    assert len(rows) >= 42
    assert rows["date"].max() == pd.Timestamp("2026-10-31")
    assert abs(fit.slope + 0.43) < 3 * fit.stderr
    assert fit.slope < -6 * fit.stderr
    assert rows["impressions"].min() > 0.4 * rows["impressions"].mean()
    lifetime = demo.meta.loc[demo.meta["date"] >= rows["date"].min(), "impressions"].sum()
    assert rows["impressions"].sum() > 0.15 * lifetime
    whole = twins["creative_fatigue"].meta
    fresh = whole.loc[whole["ad"] == fault["where"]["ad"]].sort_values("date")
    flat = stats.linregress(np.log(exposures), np.log(fresh["link_clicks"] / fresh["impressions"]))
    assert abs(flat.slope) < 3 * flat.stderr


def test_no_other_ad_tires(demo, faults) -> None:
    others = demo.meta.loc[demo.meta["ad"] != faults["creative_fatigue"]["where"]["ad"]]
    falls = []
    for _, rows in others.sort_values("date").groupby("ad"):
        ends = [rows.head(len(rows) // 3), rows.tail(len(rows) // 3)]
        first, last = (part["link_clicks"].sum() / part["impressions"].sum() for part in ends)
        falls.append(last / first)

    assert np.median(falls) == pytest.approx(1.0, abs=0.05)
    assert min(falls) > 0.7


def test_the_second_download_repeats_the_month_in_other_bytes(demo, twins) -> None:
    again = demo.folder / GOOGLE_AGAIN
    usual = demo.google_file(demo.folder / GOOGLE_2026)
    october = usual.loc[usual["date"] >= "2026-10-01"].reset_index(drop=True)

    pd.testing.assert_frame_equal(demo.google_file(again), october)
    assert again.read_bytes()[:20] not in (demo.folder / GOOGLE_2026).read_bytes()
    assert len(demo.google_paths) == len(twins["duplicated_export"].google_paths) + 1


def test_the_foreign_account_changes_only_money_columns(demo, twins, read_cells) -> None:
    found = {column for _, column in changes("foreign_currency", demo, twins, read_cells)}

    assert found == {"Importe gastado (USD)", "Valor de conversión de compras", "Divisa"}


def test_the_foreign_account_is_the_same_money_in_dollars(demo, twins) -> None:
    dollars = demo.meta.loc[demo.meta["account"].str.endswith("Internacional")].reset_index(drop=True)
    twin = twins["foreign_currency"].meta
    euros = twin.loc[twin["account"].str.endswith("Internacional")].reset_index(drop=True)
    rate = demo.rates.reindex(dollars["date"]).to_numpy()

    assert set(dollars["currency"]) == {"USD"}
    assert set(twin["currency"]) == {"EUR"}
    assert (dollars["spend"] * rate - euros["spend"]).abs().max() < 0.01
    assert dollars["spend"].sum() > 1.1 * euros["spend"].sum()


def test_the_broken_experiment_lost_users_of_one_variant(demo, twins) -> None:
    broken = demo.users("aviso_envio")["variant"].value_counts()
    sound = twins["sample_ratio_mismatch"].users("aviso_envio")["variant"].value_counts()

    assert stats.chisquare(broken).pvalue < 1e-4
    assert stats.chisquare(sound).pvalue > 0.01
    assert broken["A"] == sound["A"]


def test_the_seasonal_client_holds_the_same_faults(raws) -> None:
    raw = raws["demo-seasonal"]
    october = raw.meta.loc[raw.meta["date"] >= "2026-10-01"]

    assert (by_day(october, "conversions") == 0).sum() == 3
    assert len(raw.google_paths) == 3
    assert set(raw.meta["currency"]) == {"EUR", "USD"}
    assert stats.chisquare(raw.users("aviso_envio")["variant"].value_counts()).pvalue < 1e-4
