"""Every file has the layout in which its platform downloads it."""

from __future__ import annotations

import zipfile
from datetime import date

import pandas as pd
import pytest


def meta_books(raw, read_cells):
    return [read_cells(path) for path in sorted((raw.folder / "exports/meta_ads").glob("*.xlsx"))]


def test_the_first_row_of_a_meta_workbook_is_an_unlabelled_total(raw, read_cells) -> None:
    for rows in meta_books(raw, read_cells):
        header, total, data = rows[0], rows[1], rows[2:]
        assert total[2:12] == [""] * 10
        for name in ("Impresiones", "Importe gastado (EUR)", "Clics (todos)", "Compras", "ThruPlays"):
            column = header.index(name)
            assert sum(row[column] or 0 for row in data) == pytest.approx(total[column], abs=0.005), name


def test_the_total_reach_of_meta_counts_people_once(raw, read_cells) -> None:
    for rows in meta_books(raw, read_cells):
        reach = rows[0].index("Alcance")
        daily = [row[reach] for row in rows[2:]]
        assert max(daily) < rows[1][reach] < sum(daily) / 2


def test_meta_results_are_of_two_kinds_and_purchases_that_did_not_happen_are_blank(raw, read_cells) -> None:
    rows = [row for book in meta_books(raw, read_cells) for row in book[2:]]
    header = meta_books(raw, read_cells)[0][0]

    kinds = {row[header.index("Indicador de resultado")] for row in rows}
    purchases = {row[header.index("Compras")] for row in rows}
    assert kinds == {"", "actions:offsite_conversion.fb_pixel_purchase", "video_thruplay_watched_actions"}
    assert "" in purchases
    assert 0.0 not in purchases


def test_workbooks_carry_no_clock_time(raw) -> None:
    for path in (raw.folder / "exports").rglob("*.xlsx"):
        with zipfile.ZipFile(path) as book:
            assert b"2026-11-05T09:00:00Z" in book.read("docProps/core.xml")
            assert {entry.date_time[0] for entry in book.infolist()} == {1980}


def test_google_files_are_utf16_tables_with_preamble_and_total_rows(raw) -> None:
    (path,) = (raw.folder / "exports/google_ads").glob("*2025-12-31.csv")
    text = path.read_bytes().decode("utf-16")
    lines = text.splitlines()

    assert path.read_bytes().startswith(b"\xff\xfe")
    assert lines[:2] == ["Informe de campañas", "1 de mayo de 2025 - 31 de diciembre de 2025"]
    assert [line.split("\t")[0] for line in lines[-4:]] == [
        "Total: campañas",
        "Total: cuenta",
        "Total: Búsqueda",
        "Total: Máximo rendimiento",
    ]
    assert "\t --" in text


def test_google_total_rows_are_the_sums(raw, read_cells) -> None:
    for path in raw.google_paths:
        header, *rows = read_cells(path)[2:]
        total = next(row for row in rows if row[0] == "Total: campañas")
        cost = float(total[header.index("Coste")].replace(".", "").replace(",", "."))
        assert raw.google_file(path)["spend"].sum() == pytest.approx(cost, abs=0.005)


def test_small_impression_shares_are_censored(raw) -> None:
    texts = [path.read_bytes().decode("utf-16") for path in raw.google_paths if "utf8" not in path.name]

    assert any("\t< 10 %\n" in text for text in texts)


def test_the_last_row_of_tiktok_counts_and_sums(raw, read_cells) -> None:
    rows = read_cells(raw.export("tiktok_ads/*.xlsx"))

    assert rows[-1][0] == f"Total of {len(rows) - 2} results"
    assert rows[-1][rows[0].index("Cost")] == pytest.approx(raw.tiktok["spend"].sum(), abs=0.005)


def test_the_shop_writes_one_row_a_line_with_order_fields_on_the_first(raw) -> None:
    assert raw.shop.shape[1] == 79
    assert raw.orders["Name"].is_unique
    further = raw.shop.loc[raw.shop["Total"] == ""]
    assert len(further) > 100
    assert set(further["Name"]) <= set(raw.orders["Name"])
    assert (further["Lineitem name"] != "").all()


def test_order_money_adds_up(raw) -> None:
    price = raw.shop["Lineitem price"].astype(float) * raw.shop["Lineitem quantity"].astype(int)
    goods = price.groupby(raw.shop["Name"], sort=False).sum()
    orders = raw.orders.set_index("Name")

    assert (goods - orders["Discount Amount"] - orders["Subtotal"]).abs().max() < 0.005
    assert (orders["Subtotal"] + orders["Shipping"] - orders["Total"]).abs().max() < 0.005
    assert (orders["Refunded Amount"] <= orders["Total"]).all()
    assert set(orders["Financial Status"]) == {"paid", "refunded", "partially_refunded"}


@pytest.mark.parametrize(
    ("first", "last", "offset"),
    [
        (date(2025, 5, 1), date(2025, 10, 25), "+0200"),
        (date(2025, 10, 27), date(2026, 3, 28), "+0100"),
        (date(2026, 3, 30), date(2026, 10, 24), "+0200"),
        (date(2026, 10, 26), date(2026, 10, 31), "+0100"),
    ],
)
def test_order_times_follow_the_clock_of_madrid(raw, first: date, last: date, offset: str) -> None:
    rows = raw.orders.loc[raw.orders["date"].between(pd.Timestamp(first), pd.Timestamp(last))]

    assert set(rows["Created at"].str[-5:]) == {offset}


def test_nobody_in_the_shop_is_real(raw) -> None:
    assert raw.shop["Email"].str.endswith("@x.test").all()
    phones_and_streets = [
        column for column in raw.shop if "Phone" in column or "Address" in column or "Street" in column
    ]
    assert (raw.shop[phones_and_streets] == "").all(axis=None)


def test_analytics_covers_each_day_and_group_once(raw) -> None:
    lines = raw.export("ga4/*.csv").read_text(encoding="utf-8").splitlines()
    table = pd.DataFrame([line.split(",") for line in lines[10:]], columns=lines[9].split(","))

    assert all(line.startswith("#") for line in lines[:9])
    assert lines[7:9] == ["# Fecha de inicio: 20250501", "# Fecha de finalización: 20261031"]
    assert not table.duplicated(["Fecha", table.columns[1]]).any()
    assert table["Fecha"].nunique() == 549
    numbers = table.iloc[:, 2:].astype(float)
    assert (numbers["Eventos clave"] <= numbers["Sesiones con interacción"]).all()
    assert numbers["Eventos clave"].sum() < len(raw.orders)


def test_posts_are_unique_and_spread_over_all_months(raw) -> None:
    for network in ("instagram", "facebook"):
        path = raw.export(f"redes/*{network}.csv")
        table = pd.read_csv(path, dtype={"Identificador de la publicación": str})
        published = pd.to_datetime(table["Hora de publicación"], format="%m/%d/%Y %H:%M")
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")
        assert table["Identificador de la publicación"].is_unique
        assert published.dt.to_period("M").nunique() == 18
        assert table["Tipo de publicación"].nunique() == 3


def test_search_interest_is_weekly_with_a_top_of_100_and_tiny_values(raw) -> None:
    lines = raw.export("mercado/multiTimeline.csv").read_text(encoding="utf-8").splitlines()
    values = [value for line in lines[3:] for value in line.split(",")[1:]]

    assert lines[:2] == ["Categoría: Todas las categorías", ""]
    assert lines[2].startswith("Semana,")
    assert lines[2].count(": (España)") == 2
    assert "<1" in values
    assert max(int(value) for value in values if value != "<1") == 100


def test_rates_are_given_for_every_day(raw) -> None:
    assert len(raw.rates) == 549
    assert raw.rates.between(0.7, 1.1).all()
