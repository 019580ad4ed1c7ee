"""The canonical tables as a registry."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.errors import ExportError
from helpers.tables import PROVENANCE, TABLES

CONTRACT = {
    "ads",
    "ads_breakdown",
    "ads_config",
    "organic_posts",
    "organic_daily",
    "audience",
    "web",
    "search_console",
    "trends",
    "keyword_ideas",
    "orders",
    "order_lines",
    "customers",
    "contacts",
    "competitor_posts",
    "competitor_ads",
    "mentions",
    "survey",
    "series",
    "change_history",
    "bulk",
}


def test_all_tables_of_the_contract_are_there() -> None:
    assert set(TABLES) == CONTRACT


@pytest.mark.parametrize("name", sorted(TABLES))
def test_an_empty_table_is_valid_unless_nothing_is_asked_of_it(name: str) -> None:
    empty = TABLES[name].empty()

    assert list(empty.columns) == list(TABLES[name].names)
    assert TABLES[name].validate(empty).empty


@pytest.mark.parametrize("name", sorted(TABLES))
def test_a_table_is_described_in_full(name: str) -> None:
    table = TABLES[name]

    assert table.grain
    assert all(column.meaning for column in table.columns)
    assert {column.name for column in PROVENANCE} <= set(table.names)
    assert {column for part in (*table.key, *table.fallback_key) for column in part} <= set(table.names)
    assert not table.day or table.by_name[table.day].is_temporal
    assert not table.money or "currency" in table.by_name or name in {"ads_config"}


@pytest.mark.parametrize("name", ["reach", "frequency", "users", "followers", "position", "interest", "ctr"])
def test_deduplicated_counts_stocks_and_ratios_never_add_up(name: str) -> None:
    columns = [table.by_name[name] for table in TABLES.values() if name in table.by_name]

    assert columns
    assert not any(column.adds_up for column in columns)


def test_all_faults_of_a_frame_are_told_at_once() -> None:
    orders = TABLES["ads"]
    broken = orders.empty().reindex([0]).astype({"spend": "object"}).assign(spend="much")

    with pytest.raises(ExportError, match=r"platform.*spend|spend.*platform") as caught:
        orders.validate(broken)
    assert caught.value.next_step


def test_missing_columns_hold_their_default_or_nothing() -> None:
    lines = TABLES["order_lines"].conform(pd.DataFrame({"revenue": [2.5]}))

    assert lines["quantity"].tolist() == [1.0]
    assert lines["product"].isna().all()
