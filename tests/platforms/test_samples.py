"""Every platform reads its samples to the rows that stand beside them."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

from helpers.intake import Reading, read_file
from helpers.intake.text import decode
from helpers.platforms import PLATFORMS, normalised
from helpers.tables import PROVENANCE, TABLES

EXPORTS = Path(__file__).resolve().parents[1] / "exports"
BESIDE = re.compile(r"\.golden\.|\.totals$|\.warnings$")
SAMPLES = sorted(path for path in EXPORTS.rglob("*") if path.is_file() and not BESIDE.search(path.name))


def label(path: Path) -> str:
    return path.relative_to(EXPORTS).as_posix()


def goldens(sample: Path, reading: Reading) -> list[Path]:
    names = [name for name, _ in reading.frames]
    stem = sample.name.removesuffix(sample.suffix)
    numbered = len(names) != len(set(names))
    parts = [f"{position}.{name}" if numbered else name for position, name in enumerate(names, start=1)]
    return [sample.with_name(f"{stem}.{part}.golden.csv") for part in parts]


@pytest.mark.parametrize("source", sorted(PLATFORMS))
def test_every_platform_has_a_sample(source: str) -> None:
    assert any(path.parent.name == source for path in SAMPLES)


@pytest.mark.parametrize("sample", SAMPLES, ids=label)
def test_a_sample_is_recognised_as_its_platform_and_nothing_else_is_wrong_with_it(sample: Path) -> None:
    """What is to be looked at in a sample (days without a year) stands beside it, one code a line."""
    receipt = read_file(sample).receipt
    beside = sample.with_suffix(".warnings")
    expected = set(beside.read_text().split()) if beside.is_file() else set()

    assert {table.source for table in receipt.tables} == {sample.parent.name}
    codes = {problem.code for problem in receipt.problems if problem.severity != "info"}
    assert codes - {"currency_missing"} == expected


@pytest.mark.parametrize("sample", SAMPLES, ids=label)
def test_a_sample_gives_exactly_its_golden_rows(sample: Path) -> None:
    reading = read_file(sample)

    for (name, frame), golden in zip(reading.frames, goldens(sample, reading), strict=True):
        expected = pd.read_csv(golden, dtype="str", keep_default_na=False, na_values=[""])
        table = TABLES[name]
        filled = [column.name for column in table.columns if frame[column.name].notna().any()]
        assert sorted(filled) == sorted(expected.columns)
        for column in expected:
            if (expected[column] == "*").all():
                assert frame[column].notna().all()
                continue
            pd.testing.assert_series_equal(
                frame[column], table.conform(_typed(expected, name))[column], check_exact=False, rtol=1e-9, atol=1e-9
            )


def _typed(expected: pd.DataFrame, name: str) -> pd.DataFrame:
    kinds = {column.name: column for column in TABLES[name].columns}
    typed = expected.copy()
    for column in expected:
        if kinds[column].is_numeric:
            typed[column] = pd.to_numeric(expected[column].where(expected[column] != "*"))
        elif kinds[column].is_temporal:
            typed[column] = pd.to_datetime(expected[column])
        elif kinds[column].kind == "flag":
            typed[column] = expected[column].map({"True": True, "False": False})
    return typed


def spends() -> list[tuple[Path, float]]:
    """What each sample's own total row says, or the sum of its rows by hand; it stands beside the sample."""
    lines = [
        (path.parent, line) for path in sorted(EXPORTS.rglob("spend.totals")) for line in path.read_text().splitlines()
    ]
    pairs = [(folder, line.split("\t")) for folder, line in lines if not line.startswith("#")]
    return [(folder / name, float(spend)) for folder, (name, spend) in pairs]


@pytest.mark.parametrize(
    ("sample", "spend"), spends(), ids=lambda value: label(value) if isinstance(value, Path) else ""
)
def test_money_is_neither_lost_nor_made(sample: Path, spend: float) -> None:
    reading = read_file(sample)

    assert sum(frame["spend"].sum() for _, frame in reading.frames) == pytest.approx(spend, abs=0.005)
    assert reading.receipt.tables[0].totals["spend"] == pytest.approx(spend, abs=0.005)


@pytest.mark.parametrize("sample", SAMPLES, ids=label)
def test_the_files_own_total_agrees_with_its_rows(sample: Path) -> None:
    receipt = read_file(sample).receipt

    for table in receipt.tables:
        sums_up_others = any(report.named_by for report in PLATFORMS[table.source].reports)
        has_total = table.dropped.get("total_row", 0) > 0 and "terminos" not in sample.name and not sums_up_others
        assert bool(table.control_totals) == has_total
        is_cut = any(problem.code == "incomplete_data" for problem in receipt.problems)
        for pair in table.control_totals.values():
            if is_cut:
                assert pair["file"] > pair["rows"]
                continue
            assert pair["file"] == pytest.approx(pair["rows"], abs=0.015)


@pytest.mark.parametrize("sample", SAMPLES, ids=label)
def test_reach_and_other_unique_counts_are_never_summed(sample: Path) -> None:
    for table in read_file(sample).receipt.tables:
        additive = {*TABLES[table.table].additive, "orders", "units"}
        assert set(table.totals) <= additive
        assert not set(table.totals) & {"reach", "users", "frequency", "interest", "followers"}


@pytest.mark.parametrize("sample", SAMPLES, ids=label)
def test_every_row_says_where_it_comes_from(sample: Path) -> None:
    reading = read_file(sample, name=f"exports/{sample.name}")

    for _, frame in reading.frames:
        assert frame["file"].eq(f"exports/{sample.name}").all()
        assert frame["sha256"].eq(reading.receipt.sha256).all()
        assert frame[[column.name for column in PROVENANCE]].notna().all().all()


@pytest.mark.parametrize("sample", [path for path in SAMPLES if path.suffix == ".csv"], ids=label)
def test_a_file_means_the_same_however_it_is_encoded(sample: Path, tmp_path: Path) -> None:
    text = decode(sample.read_bytes()).text.removeprefix("\ufeff")

    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        other = tmp_path / f"{encoding}.csv"
        other.write_bytes(text.encode(encoding))
        assert [table.totals for table in read_file(other).receipt.tables] == [
            table.totals for table in read_file(sample).receipt.tables
        ]


@pytest.mark.parametrize("source", sorted(PLATFORMS))
def test_no_spelling_of_a_header_means_two_columns_of_one_report(source: str) -> None:
    for report in PLATFORMS[source].reports:
        spelled: dict[str, set[str]] = {}
        for header in report.headers:
            for names in header.names.values():
                for name in names:
                    spelled.setdefault(normalised(name), set()).add(header.column)
        assert {name: columns for name, columns in spelled.items() if len(columns) > 1} == {}


@pytest.mark.parametrize("source", sorted(PLATFORMS))
def test_a_report_fills_columns_that_its_table_has(source: str) -> None:
    for report in PLATFORMS[source].reports:
        table = TABLES[report.table]
        for header in report.headers:
            assert (
                header.column in table.by_name
                or header.kind is not None
                or header.is_breakdown
                or header.column[0] == "_"
            )
        assert set(report.constants) <= set(table.by_name)
