"""The exports of the demo client as they were downloaded, read with a few lines that know just these files.

Nothing of the package is imported.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
from python_calamine import load_workbook

from .workbook import CHECKOUT

DEMO = CHECKOUT / "clients" / "demo"
EXPORTS = DEMO / "exports"
MONTHS = {"previous_year": "2025-10", "previous": "2026-09", "now": "2026-10"}
CENT = 0.005

Amounts = dict[str, float]


def sheet(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of the first sheet by their headers."""
    head, *rows = load_workbook(path).get_sheet_by_index(0).to_python()
    return (dict(zip(map(str, head), row, strict=True)) for row in rows)


def table(path: Path, **dialect: Any) -> Iterator[dict[str, Any]]:
    """The rows of a text file in UTF-8 by their headers."""
    return csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline=""), **dialect)


def spanish(number: str) -> float:
    return float(number.replace(".", "").replace(",", "."))


def meta() -> Iterator[dict[str, Any]]:
    """Both accounts; the workbooks carry a row with the total, which names no campaign; the dollars become euros."""
    rates = {row["date"]: float(row["rate"]) for row in table(DEMO / "fx.csv")}
    rows = [row for path in sorted(EXPORTS.glob("meta_ads/*.xlsx")) for row in sheet(path)]
    rows += table(EXPORTS / "meta_ads/anuncios_internacional.csv")
    for row in rows:
        if row["Nombre de la campaña"]:
            rate = rates[row["Día"]] if row["Divisa"] == "USD" else 1.0
            yield {
                "platform": "meta",
                "day": row["Día"],
                "campaign": row["Nombre de la campaña"],
                "spend": rate * float(row.get("Importe gastado (EUR)") or row.get("Importe gastado (USD)") or 0),
                "impressions": float(row["Impresiones"] or 0),
                "clicks": float(row["Clics en el enlace"] or 0),
                "conversions": float(row["Compras"] or 0),
                "conversion_value": rate * float(row["Valor de conversión de compras"] or 0),
            }


def google_ads() -> Iterator[dict[str, Any]]:
    """Three files with a title and a period above the headers; October 2026 stands in two of them and counts once."""
    known: dict[tuple[str, str], dict[str, Any]] = {}
    for path in sorted(EXPORTS.glob("google_ads/*.csv")):
        content = path.read_bytes()
        is_utf16 = content.startswith(b"\xff\xfe")
        lines = content.decode("utf-16" if is_utf16 else "utf-8-sig").splitlines()[2:]
        for row in csv.DictReader(lines, delimiter="\t" if is_utf16 else ","):
            if not row["Día"].startswith("Total"):
                given = {
                    "platform": "google_ads",
                    "day": row["Día"],
                    "campaign": row["Campaña"],
                    "spend": spanish(row["Coste"]),
                    "impressions": spanish(row["Impr."]),
                    "clicks": spanish(row["Clics"]),
                    "conversions": spanish(row["Conversiones"]),
                    "conversion_value": spanish(row["Valor de conv."]),
                }
                assert known.setdefault((row["Día"], row["Campaña"]), given) == given
    return iter(known.values())


def tiktok() -> Iterator[dict[str, Any]]:
    """One workbook whose last row is the total; it tells no value of conversions."""
    for row in sheet(EXPORTS / "tiktok_ads/campaign_by_day_2025-05-01_2026-10-31.xlsx"):
        if row["By Day"] != "-":
            yield {
                "platform": "tiktok",
                "day": row["By Day"],
                "campaign": row["Campaign name"],
                "spend": row["Cost"],
                "impressions": row["Impressions"],
                "clicks": row["Clicks (destination)"],
                "conversions": row["Conversions"],
            }


def all_ads() -> pd.DataFrame:
    """Every row of the ad platforms in euros, clicks being those that lead to the shop."""
    rows = pd.DataFrame([*meta(), *google_ads(), *tiktok()])
    return rows.assign(month=rows["day"].str[:7])


def all_orders() -> pd.DataFrame:
    """One row an order of the shop: its figures stand on the first of its lines; times are local already."""
    rows = pd.DataFrame([row for row in table(EXPORTS / "shopify/orders_export.csv") if row["Total"]])
    return rows.assign(total=rows["Total"].astype(float), day=rows["Created at"].str[:10])
