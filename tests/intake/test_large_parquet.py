"""Large Parquet, such as what a database returned, is read as small Parquet is: same receipt, same rows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from helpers.intake import Source, containers, large, read_file, safety
from helpers.intake.guarded import BORDER

from .conftest import Reader

# As a snapshot has them: exact decimals, whole numbers as such, days and moments by their type.
TYPES = {
    "date": pa.date32(),
    "platform": pa.string(),
    "campaign_name": pa.string(),
    "campaign_id": pa.int64(),
    "ad_set_name": pa.string(),
    "currency": pa.string(),
    "spend": pa.decimal128(38, 2),
    "impressions": pa.int64(),
    "clicks": pa.float64(),
    "conversions": pa.decimal128(38, 4),
    "notes": pa.timestamp("us"),
}
ASKED = "SELECT * FROM spend_by_ad"
QUERY = Source("sql:spend_by_ad", "ads", sql=ASKED, url_env="WAREHOUSE_URL")


def row(number: int, **other: object) -> dict[str, object]:
    """One record; `other` replaces cells by the name of their column."""
    return {
        "date": date(2026, 1, 1) + timedelta(days=number % 28),
        "platform": "facebook_ads",
        "campaign_name": f"Campaña {number % 3}",
        "campaign_id": 8_844_000_000_000_000 + number % 3,
        "ad_set_name": f"Set {number % 5}",
        "currency": "EUR",
        "spend": Decimal(number) + Decimal("0.10"),
        "impressions": 1000 + number,
        "clicks": 7.0,
        "conversions": None,
        "notes": datetime.fromisoformat("2026-02-01 03:04:05.678900"),
    } | other


def written(path: Path, *late: Mapping[str, Any], rows: int = 40, **types: pa.DataType) -> Path:
    """Write records with others at the end of their first half; `types` replaces those of columns."""
    plain = [row(number) for number in range(rows)]
    records = [*plain[: rows // 2], *late, *plain[rows // 2 :]]
    columns = TYPES | types
    arrays = {name: pa.array([_as(record[name], kind) for record in records], kind) for name, kind in columns.items()}
    pq.write_table(pa.table(arrays), path, row_group_size=16)
    return path


def _as(value: object, kind: pa.DataType) -> object:
    """Return a value as a column of a type takes it."""
    if value is not None and pa.types.is_string(kind):
        return str(value)
    is_day = type(value) is date and pa.types.is_timestamp(kind)
    return datetime.fromisoformat(str(value)) if is_day else value


LATE: Mapping[str, dict[str, Any]] = {
    "nothing": {},
    "a total without names": dict.fromkeys(TYPES) | {"spend": Decimal("784.00"), "impressions": 40_780},
    "a total by name": dict.fromkeys(TYPES) | {"campaign_name": "Total", "spend": Decimal("784.00")},
    "nothing at all": dict.fromkeys(TYPES),
    "no number": row(3, clicks=float("nan")),
    "no name": row(3, ad_set_name="--"),
    "another currency": row(3, currency="USD"),
    "a measure that was blank so far": row(3, conversions=Decimal("2.5")),
    "a fraction of a cent": row(3, conversions=Decimal("0.0001")),
    "more digits than a number of a program has": row(3, conversions=Decimal("123456789012345678.1234")),
    "blanks around a name": row(3, ad_set_name="  Set 3 "),
    "another platform": row(3, platform="google_ads"),
    "a formula": row(3, campaign_name="=1+2"),
    "markup": row(3, campaign_name="<b>3</b>"),
    "an address in a text": row(3, campaign_name="for ana@example.org"),
    "lines, quotes and separators": row(3, campaign_name='a\n"b"\r\n,;|\t'),
    "a zero byte": row(3, campaign_name="Cam\0pa"),
    "an equal row": row(1),
}
NEED_ALL = {"a total without names", "no name", "a zero byte"}


@pytest.mark.parametrize("name", LATE)
def test_what_stands_late_is_read_as_in_a_small_file(both: Reader, tmp_path: Path, name: str) -> None:
    read = both(written(tmp_path / "ads.parquet", *([LATE[name]] if LATE[name] else [])))

    assert read.is_same, (read.small.as_json(), read.large.as_json())
    assert read.passing == (name not in NEED_ALL)


TYPED: Mapping[str, tuple[dict[str, pa.DataType], bool]] = {
    "moments for days": ({"date": pa.timestamp("us")}, True),
    "moments of a zone for days": ({"date": pa.timestamp("us", "UTC")}, False),
    "text for days": ({"date": pa.string()}, False),
    "text for figures": ({"spend": pa.string()}, False),
    "text that is nothing for figures": ({"conversions": pa.string()}, True),
    "words that are kept once": ({"campaign_name": pa.dictionary(pa.int32(), pa.string())}, True),
    "floating figures": ({"impressions": pa.float64()}, True),
    "long ids": ({"campaign_id": pa.decimal128(38, 0)}, True),
    "floating ids": ({"campaign_id": pa.float64()}, False),
    "ids as text": ({"campaign_id": pa.string()}, True),
}


@pytest.mark.parametrize("name", TYPED)
def test_a_column_is_read_where_its_type_holds_what_it_should(both: Reader, tmp_path: Path, name: str) -> None:
    types, passing = TYPED[name]

    read = both(written(tmp_path / "ads.parquet", **types))

    assert read.is_same, (read.small.as_json(), read.large.as_json())
    assert read.passing == passing


POINTS: Mapping[str, tuple[Mapping[str, pa.Array], bool]] = {
    "numbers": ({"Impr.": pa.array([1000, 1899], pa.int64())}, True),
    "figures of which some are none": ({"Conv. value": pa.array([1.5, float("nan")])}, True),
    "text with points for thousands": ({"Impr.": pa.array(["1.000", "1.899"])}, False),
    "text with commas for thousands": ({"Impr.": pa.array(["1,000", "1,899"])}, False),
    "blanks": ({"Conv. value": pa.array([None, None], pa.string())}, True),
    "a structure before them": ({"Impr": pa.array([{"": "a", "b": 1}] * 2), "Impr.": pa.array([1000, 1899])}, True),
}


@pytest.mark.parametrize("name", POINTS)
def test_a_name_with_a_point_is_that_of_one_column(both: Reader, tmp_path: Path, name: str) -> None:
    columns, passing = POINTS[name]
    plain = {"Day": [date(2026, 1, 1), date(2026, 1, 2)], "Campaign": ["A", "B"], "Cost": [1.5, 2.5]}
    path = tmp_path / "ads.parquet"
    pq.write_table(pa.table({**plain, "Currency code": ["EUR"] * 2, "Clicks": [7, 7], **columns}), path)

    read = both(path)

    assert read.is_same, (read.small.as_json(), read.large.as_json())
    assert read.passing == passing


def test_sums_and_rows_are_those_of_the_file(both: Reader, tmp_path: Path) -> None:
    read = both(written(tmp_path / "ads.parquet"))

    table = read.large.tables[0]
    assert read.is_same
    assert (table.kept, table.encoding) == (40, "parquet")
    # 0 + 1 + … + 39 and forty times 0.10; a thousand more each; seven each.
    assert table.totals == {"spend": 784.0, "impressions": 40_780.0, "clicks": 280.0}
    assert table.period == ("2026-01-01", "2026-01-28")
    assert list(read.large_rows["impressions"]) == list(range(1000, 1040))


def test_problems_name_the_row_of_the_file(both: Reader, tmp_path: Path) -> None:
    total = dict.fromkeys(TYPES) | {"campaign_name": "Total", "spend": Decimal("784.00")}
    read = both(written(tmp_path / "ads.parquet", total, row(3, campaign_name="=1+2")))

    (formula,) = (problem for problem in read.large.problems if problem.code == "formula_text")
    assert read.passing
    assert formula.row == 1 + 20 + 1 + 1  # headers, the first half, the total


@pytest.mark.parametrize(
    ("sources", "action"),
    [
        ((QUERY,), "Ask for fewer days or columns, or for sums by day, with a SELECT under sql: in client.yaml."),
        ((), "Export a shorter period or fewer columns."),
    ],
    ids=["of a database", "a file"],
)
def test_what_cannot_be_read_in_passing_says_why_and_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sources: tuple[Source, ...], action: str
) -> None:
    path = written(tmp_path / "ads.parquet", spend=pa.string())
    monkeypatch.setattr(large, "THRESHOLD", 0)
    monkeypatch.setattr(safety, "MOST_HELD_CELLS", 400)

    (problem,) = read_file(path, sources=sources).receipt.problems

    assert problem.code == "unsafe_file"
    assert problem.message == (
        "The file is too large to be held (40 rows, 11 columns), and it cannot be read in passing:"
        " its column spend is of the type string and should hold numbers."
    )
    assert problem.action == action


def test_mapped_columns_are_no_way_around_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path / "ads.parquet")
    mapped = Source("exports/ads.parquet", "ads", {"date": "date", "spend": "spend"}, {"platform": "other"})
    monkeypatch.setattr(large, "THRESHOLD", 0)

    held = read_file(path, sources=(mapped,)).receipt
    monkeypatch.setattr(safety, "MOST_HELD_CELLS", 400)
    refused = read_file(path, sources=(mapped,)).receipt

    assert held.rows == 40
    assert refused.status == "refused"
    assert "its columns are mapped" in refused.problems[0].message


def test_a_few_bytes_of_parquet_can_be_a_large_file(tmp_path: Path) -> None:
    path = tmp_path / "ads.parquet"
    rows = 200_000
    same = {name: pa.repeat(pa.scalar(value, TYPES[name]), rows) for name, value in row(3, notes=None).items()}
    days = np.datetime64("2026-01-01") + np.arange(rows) % 28
    pq.write_table(pa.table(same | {"date": days, "impressions": np.arange(rows)}), path)

    receipt = BORDER.read(path)

    assert path.stat().st_size < large.THRESHOLD // 10
    assert containers.extent(path).as_text > large.THRESHOLD
    assert (receipt.status, receipt.rows) == ("ok", rows)
    assert receipt.tables[0].totals["spend"] == 620_000  # 3.10 each
    assert receipt.tables[0].totals["impressions"] == rows * (rows - 1) / 2


def test_damage_behind_the_head_is_told_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path / "ads.parquet", rows=400)
    content = bytearray(path.read_bytes())
    at = pq.read_metadata(path).row_group(20).column(0).dictionary_page_offset
    content[at : at + 200] = bytes(200)
    path.write_bytes(content)
    monkeypatch.setattr(large, "THRESHOLD", 0)
    monkeypatch.setattr(large.parquet, "HEAD_ROWS", 10)

    (problem,) = read_file(path).receipt.problems

    assert problem.code == "truncated_file"
    assert "the Parquet file is cut or damaged" in problem.message
