"""TikTok Ads Manager in English: the campaign table by day, with a last row that counts and sums the results."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from helpers.simulate.exports.spreadsheet import Cell, write_workbook
from helpers.simulate.scenario import CURRENCY

SHEET = "Data"
# Column of the figures → header.
COLUMNS = {
    "campaign": "Campaign name",
    "status": "Primary status",
    "budget": "Campaign budget",
    "day": "By Day",
    "spend": "Cost",
    "cpc": "CPC (destination)",
    "cpm": "CPM",
    "impressions": "Impressions",
    "reach": "Reach",
    "clicks": "Clicks (destination)",
    "ctr": "CTR (destination)",
    "conversions": "Conversions",
    "cpa": "Cost per conversion",
    "cvr": "Conversion rate (CVR)",
    "views": "Video views",
    "views_2s": "2-second video views",
    "views_6s": "6-second video views",
    "views_full": "Video views at 100%",
    "currency": "Currency",
}
_SUMMED = ("impressions", "clicks", "conversions", "views")


def write(path: Path, rows: pd.DataFrame) -> None:
    """Write the workbook; `rows` as `ads_tiktok.draw` returns them."""
    cells = rows.assign(
        status="Active",
        day=rows["date"].dt.strftime("%Y-%m-%d"),
        cpc=_ratio(rows["spend"], rows["clicks"]),
        cpm=_ratio(1000 * rows["spend"], rows["impressions"]),
        ctr=_percent(rows["clicks"], rows["impressions"]),
        cpa=_ratio(rows["spend"], rows["conversions"]),
        cvr=_percent(rows["conversions"], rows["clicks"]),
        views=rows["impressions"],
        currency=CURRENCY,
    )[list(COLUMNS)]
    total: dict[str, Cell] = {
        **dict.fromkeys(COLUMNS, "-"),
        "campaign": f"Total of {len(rows)} results",
        "spend": round(float(rows["spend"].sum()), 2),
        **{column: int(cells[column].sum()) for column in _SUMMED},
        "currency": CURRENCY,
    }
    write_workbook(path, SHEET, [list(COLUMNS.values()), *cells.itertuples(index=False), list(total.values())])


def _ratio(above: pd.Series[float], below: pd.Series[int]) -> pd.Series[float]:
    return (above / below.where(below > 0)).fillna(0.0).round(2)


def _percent(above: pd.Series[int], below: pd.Series[int]) -> pd.Series[str]:
    return (100 * above / below.where(below > 0)).fillna(0.0).map("{:.2f}%".format)
