"""The committed clients, their twins, and a reader of raw exports that shares no code with the package."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from helpers.simulate import FAULTS, write_client

ROOT = Path(__file__).resolve().parents[2]
# How each committed client is written again.
COMMITTED: dict[str, dict[str, Any]] = {"demo": {"seed": 7}, "demo-seasonal": {"seed": 11, "seasonal": True}}

_META = {
    "Día": "date",
    "Nombre de la cuenta": "account",
    "Nombre de la campaña": "campaign",
    "Nombre del anuncio": "ad",
    "Impresiones": "impressions",
    "Alcance": "reach",
    "Clics (todos)": "clicks",
    "Clics en el enlace": "link_clicks",
    "Compras": "conversions",
    "Pagos iniciados": "checkouts",
    "Valor de conversión de compras": "conversion_value",
    "Divisa": "currency",
}
_GOOGLE = {
    "Día": "date",
    "Campaña": "campaign",
    "Impr.": "impressions",
    "Clics": "clicks",
    "Coste": "spend",
    "Conversiones": "conversions",
    "Valor de conv.": "conversion_value",
}
_TIKTOK = {
    "By Day": "date",
    "Campaign name": "campaign",
    "Impressions": "impressions",
    "Clicks (destination)": "clicks",
    "Cost": "spend",
    "Conversions": "conversions",
}


def sheet(path: Path) -> list[list[Any]]:
    """Cells of the only sheet of a workbook."""
    book = CalamineWorkbook.from_path(str(path))
    return book.get_sheet_by_name(book.sheet_names[0]).to_python()


def cells(path: Path) -> list[list[Any]]:
    """All cells of a table, text as written, whatever the container."""
    if path.suffix == ".xlsx":
        return sheet(path)
    text = path.read_bytes().decode("utf-16" if path.read_bytes()[:2] == b"\xff\xfe" else "utf-8-sig")
    is_tabbed = "\t" in text.split("\n", 3)[2] if text.count("\n") > 2 else False
    return list(csv.reader(io.StringIO(text), delimiter="\t" if is_tabbed else ","))


def spanish(text: str) -> float:
    """The number that a Spanish cell shows."""
    return float(text.replace(".", "").replace(",", "."))


@dataclass(frozen=True)
class Raw:
    """A client folder, read straight from its files."""

    folder: Path

    def export(self, pattern: str) -> Path:
        (path,) = (self.folder / "exports").glob(pattern)
        return path

    @cached_property
    def meta(self) -> pd.DataFrame:
        books = [sheet(path) for path in sorted((self.folder / "exports/meta_ads").glob("*.xlsx"))]
        tables = [pd.DataFrame(rows[2:], columns=rows[0]) for rows in books]
        home = pd.concat(tables, ignore_index=True).rename(columns={"Importe gastado (EUR)": "spend", **_META})
        rows = cells(self.export("meta_ads/*.csv"))
        abroad = pd.DataFrame(rows[1:], columns=rows[0])
        money = next(column for column in abroad if column.startswith("Importe gastado"))
        both = pd.concat([home, abroad.rename(columns={money: "spend", **_META})], ignore_index=True)
        numeric = [*(name for name in _META.values() if name not in {"date", "account", "campaign", "ad", "currency"})]
        both[["spend", *numeric]] = both[["spend", *numeric]].replace("", 0).astype(float)
        return both.assign(date=pd.to_datetime(both["date"]))

    def google_file(self, path: Path) -> pd.DataFrame:
        rows = cells(path)
        data = [row for row in rows[3:] if not row[0].startswith("Total:")]
        table = pd.DataFrame(data, columns=rows[2]).rename(columns=_GOOGLE)
        for column in ("impressions", "clicks", "spend", "conversions", "conversion_value"):
            table[column] = table[column].map(spanish)
        return table.assign(date=pd.to_datetime(table["date"]))

    @property
    def google_paths(self) -> list[Path]:
        return sorted((self.folder / "exports/google_ads").iterdir())

    @cached_property
    def google(self) -> pd.DataFrame:
        """Every campaign and day once."""
        tables = [self.google_file(path) for path in self.google_paths]
        return pd.concat(tables, ignore_index=True).drop_duplicates(["date", "campaign"])

    @cached_property
    def tiktok(self) -> pd.DataFrame:
        rows = sheet(self.export("tiktok_ads/*.xlsx"))
        table = pd.DataFrame(rows[1:-1], columns=rows[0]).rename(columns=_TIKTOK)
        return table.assign(date=pd.to_datetime(table["date"]), link_clicks=table["clicks"])

    @cached_property
    def shop(self) -> pd.DataFrame:
        return pd.read_csv(self.export("shopify/*.csv"), dtype=str, keep_default_na=False)

    @cached_property
    def orders(self) -> pd.DataFrame:
        """One row an order; `date` is the local day as written."""
        first = self.shop.loc[self.shop["Total"] != ""].copy()
        money = ["Subtotal", "Shipping", "Taxes", "Total", "Discount Amount", "Refunded Amount"]
        first[money] = first[money].astype(float)
        return first.assign(date=pd.to_datetime(first["Created at"].str[:10]))

    @cached_property
    def rates(self) -> pd.Series[float]:
        table = pd.read_csv(self.folder / "fx.csv", parse_dates=["date"])
        return table.set_index("date")["rate"]

    def users(self, experiment: str) -> pd.DataFrame:
        return pd.read_csv(self.folder / f"exports/experimentos/{experiment}.csv")


def truth_of(name: str) -> dict[str, Any]:
    return json.loads((ROOT / "tests/truth" / f"{name}.truth.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session", params=sorted(COMMITTED))
def client(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="session")
def read_cells() -> Callable[[Path], list[list[Any]]]:
    return cells


@pytest.fixture(scope="session")
def raws() -> dict[str, Raw]:
    return {name: Raw(ROOT / "clients" / name) for name in COMMITTED}


@pytest.fixture(scope="session")
def raw(client: str, raws: dict[str, Raw]) -> Raw:
    return raws[client]


@pytest.fixture(scope="session")
def truth(client: str) -> dict[str, Any]:
    return truth_of(client)


@pytest.fixture(scope="session")
def demo(raws: dict[str, Raw]) -> Raw:
    return raws["demo"]


@pytest.fixture(scope="session")
def faults() -> dict[str, dict[str, Any]]:
    """Planted faults of the demo client by name."""
    return {fault["name"]: fault for fault in truth_of("demo")["faults"]}


@pytest.fixture(scope="session")
def twins_with_truth(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Raw, dict[str, Any]]]:
    """The demo client without each fault, and the truth of that twin."""
    folder = tmp_path_factory.mktemp("twins")
    return {
        fault: (Raw(folder / fault), write_client(folder / fault, **COMMITTED["demo"], without=[fault]))
        for fault in FAULTS
    }


@pytest.fixture(scope="session")
def twins(twins_with_truth: dict[str, tuple[Raw, dict[str, Any]]]) -> dict[str, Raw]:
    return {fault: twin for fault, (twin, _) in twins_with_truth.items()}


@pytest.fixture(scope="session")
def again(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Raw, dict[str, Any]]]:
    """Both committed clients written once more, with the truth returned."""
    folder = tmp_path_factory.mktemp("again")
    return {name: (Raw(folder / name), write_client(folder / name, **how)) for name, how in COMMITTED.items()}
