"""From a table of a database to canonical rows: nothing lost, nothing turned, each state kept."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from helpers import warehouse
from helpers.clients import Client, Parameters
from helpers.errors import ClientError, PreflightError
from helpers.intake import Receipt
from helpers.page import Loaded, load, raw_files
from helpers.store import Store

from .conftest import asking, execute, fill
from .world import CLICKS, CONVERSIONS, HARD_NAME, IMPRESSIONS, ROWS, SPEND, VALUE


def loaded(client: Client) -> Loaded:
    return load(client, Parameters(client="acme", period="2026-10"))


def receipts(client: Client) -> list[Receipt]:
    return [raw.ingest(Store(client.kept), client.salt()) for raw in raw_files(client)]


def returned(client: Client) -> list[dict[str, object]]:
    (snapshot,) = warehouse.snapshots(client)
    return list(pq.read_table(snapshot.path).to_pylist())


def test_figures_arrive_to_the_cent_and_names_to_the_letter(opened: Callable[..., Client], database: str) -> None:
    client = opened(database)
    warehouse.refresh(client)

    (receipt,) = receipts(client)
    ads = loaded(client).frames["ads"]

    (table,) = receipt.tables
    assert (receipt.file, receipt.status, table.source, table.kept) == (
        "sql:ad_reporting__ad_report", "warning", "warehouse", 5,
    )  # fmt: skip
    assert [problem.code for problem in receipt.problems if problem.severity == "warning"] == ["currency_missing"]
    assert table.totals == {
        "spend": SPEND, "clicks": CLICKS, "impressions": IMPRESSIONS, "conversions": CONVERSIONS,
        "conversion_value": VALUE,
    }  # fmt: skip
    assert table.period == ("2026-10-01", "2026-10-03")
    assert set(ads["campaign"]) == {HARD_NAME, 'Oven "talk"', "Ofén, ñandú; €"}
    assert set(ads["campaign_id"]) == {"23844000000000123", "23844000000000200", "23844000000000300"}
    assert set(ads["ad_group_id"]) == {"00123", "00200", "00300"}
    assert ads.loc[ads["platform"].eq("x"), "conversions"].isna().all()
    assert ads.loc[ads["platform"].eq("x"), "spend"].tolist() == [1000.05, 0.0]


def test_both_databases_give_the_same_rows(opened: Callable[..., Client], in_postgres: str, in_duckdb: str) -> None:
    frames = []
    for project, address in (("p", in_postgres), ("d", in_duckdb)):
        client = opened(address, project=project)
        warehouse.refresh(client)
        frames.append(loaded(client).frames["ads"])

    pd.testing.assert_frame_equal(*frames)


def test_types_are_those_of_the_database(opened: Callable[..., Client], database: str) -> None:
    client = opened(database)
    warehouse.refresh(client)

    row = returned(client)[0]

    assert row["spend"] == Decimal("0.10")
    assert str(row["spend"]) == "0.10"
    assert row["conversions"] == Decimal("1.5")
    assert row["source_relation"] is None
    assert row['loaded by "dbt"'] is True
    # Five past three in Greenwich is five past nine of the evening before in Mexico.
    assert str(row["_fivetran_synced"]) == "2026-11-01 21:04:05.678901"


def test_days_that_are_kept_as_moments_stay_the_same_days(opened: Callable[..., Client], database: str) -> None:
    execute(
        database,
        "DROP TABLE IF EXISTS moments",
        "CREATE TABLE moments (a TIMESTAMP WITH TIME ZONE, b TIMESTAMP WITH TIME ZONE, c TIMESTAMP)",
        "INSERT INTO moments VALUES ('2026-10-01 00:00:00+00', '2026-10-01 00:00:00+00', '2026-10-01 00:00:00')",
        "INSERT INTO moments VALUES ('2026-10-02 00:00:00+00', '2026-10-01 23:30:00+00', '2026-10-01 00:00:01')",
    )
    client = opened(database, asking("moments"))
    warehouse.refresh(client)

    written = [[str(value) for value in row.values()] for row in returned(client)]

    assert written == [
        ["2026-10-01", "2026-09-30 18:00:00", "2026-10-01 00:00:00"],
        ["2026-10-02", "2026-10-01 17:30:00", "2026-10-01 00:00:01"],
    ]
    stated = opened(database, asking("moments") + "    timezone: Asia/Tokyo\n")
    warehouse.refresh(stated)
    assert [str(row["b"]) for row in returned(stated)] == ["2026-10-01 09:00:00", "2026-10-02 08:30:00"]


@pytest.mark.parametrize("zone", ["Europe/Madrid", "America/Bogota"])
def test_the_ends_of_the_calendar_stay_what_they_stand_for(
    opened: Callable[..., Client], database: str, zone: str
) -> None:
    execute(
        database,
        "DROP TABLE IF EXISTS moments",
        "CREATE TABLE moments (since TIMESTAMP WITH TIME ZONE, until TIMESTAMP WITH TIME ZONE)",
        "INSERT INTO moments VALUES ('0001-01-01 00:00:00+00', '2026-10-01 17:00:00+00')",
        "INSERT INTO moments VALUES ('2026-10-01 17:00:00+00', '9999-12-31 23:59:59+00')",
    )
    client = opened(database, asking("moments") + f"    timezone: {zone}\n")
    warehouse.refresh(client)

    written = [[str(value) for value in row.values()] for row in returned(client)]

    # Seventeen hours in Greenwich are nineteen in Madrid's summer, and noon in Bogotá. No clock west of Greenwich tells
    # the first moment, as Madrid's was by the sun of old; none east of it tells the last one.
    told = {
        "Europe/Madrid": ("2026-10-01 19:00:00", "9999-12-31 23:59:59"),
        "America/Bogota": ("2026-10-01 12:00:00", "9999-12-31 18:59:59"),
    }
    now, last = told[zone]
    assert written == [["0001-01-01 00:00:00", now], [now, last]]


def test_days_among_which_a_moment_stands_are_asked_about(opened: Callable[..., Client], database: str) -> None:
    execute(
        database,
        "DROP TABLE IF EXISTS moments",
        "CREATE TABLE moments (day TIMESTAMP WITH TIME ZONE)",
        *(f"INSERT INTO moments VALUES ('2026-10-0{day} 00:00:00+00')" for day in range(1, 5)),
        "INSERT INTO moments VALUES ('2026-10-05 00:00:01+00')",
    )

    with pytest.raises(ClientError, match="days and moments") as caught:
        warehouse.refresh(opened(database, asking("moments")))

    assert caught.value.seen == "day"
    answer = "CAST(day AT TIME ZONE 'UTC' AS date) AS day"
    assert answer in caught.value.next_step
    client = opened(database, asking(f"SELECT {answer} FROM moments"))
    warehouse.refresh(client)
    assert [str(row["day"]) for row in returned(client)] == [f"2026-10-0{day}" for day in range(1, 6)]


def test_a_select_is_read_like_a_table(opened: Callable[..., Client], database: str) -> None:
    sql = (
        "WITH one AS (SELECT * FROM ad_reporting__ad_report) -- all of it\n"
        "SELECT date_day AS Tag, campaign_name AS Was, SUM(spend) AS Kosten FROM one GROUP BY 1, 2;"
    )
    lines = "\n".join(f"      {line}" for line in sql.splitlines())
    entry = (
        f"sources:\n  - sql: |\n{lines}\n    url_env: WAREHOUSE_URL\n    table: ads\n"
        "    columns: {date: tag, campaign: was, spend: kosten}\n    constants: {platform: other, currency: EUR}\n"
    )
    client = opened(database, entry)
    warehouse.refresh(client)

    (receipt,) = receipts(client)

    assert (receipt.status, receipt.rows, receipt.tables[0].totals) == ("ok", 5, {"spend": SPEND})
    assert receipt.file.startswith("sql:select-")
    assert len(receipt.file) == len("sql:select-") + 8


def test_unknown_columns_are_asked_for_with_the_entry_that_answers(
    opened: Callable[..., Client], database: str
) -> None:
    execute(
        database,
        "DROP TABLE IF EXISTS costs",
        "CREATE TABLE costs (wann DATE, wofuer TEXT, cost_total NUMERIC(9, 2))",
        "INSERT INTO costs VALUES ('2026-10-01', 'Brot', 1.25), ('2026-10-02', 'Salz', 2.50)",
    )
    client = opened(database, asking("costs"))
    warehouse.refresh(client)

    (receipt,) = receipts(client)
    snippet = next(problem.snippet for problem in receipt.problems if problem.code == "unknown_table")
    assert 'sql: "costs"\n    url_env: "WAREHOUSE_URL"\n    table: ads\n' in snippet
    assert "files:" not in snippet
    answered = opened(database, snippet)
    warehouse.refresh(answered)
    (receipt,) = receipts(answered)

    assert receipt.tables[0].totals == {"spend": 3.75}


def test_columns_that_nobody_maps_are_not_kept(opened: Callable[..., Client], database: str) -> None:
    execute(
        database,
        "DROP TABLE IF EXISTS buyers",
        "CREATE TABLE buyers (id INTEGER, mail TEXT, city TEXT)",
        "INSERT INTO buyers VALUES (1, 'eva@example.org', 'Jaca'), (2, 'ana@example.org', 'Graus')",
    )
    mapped = "sources:\n  - {sql: buyers, url_env: WAREHOUSE_URL, table: customers, columns: %s}\n"
    client = opened(database, mapped % "{customer_id: ID, town: city}")
    (first,) = warehouse.refresh(client)
    execute(database, "UPDATE buyers SET mail = 'eve@example.org' WHERE id = 1")
    (again,) = warehouse.refresh(client)
    wrong = opened(database, mapped % "{customer_id: id, town: place}")
    warehouse.refresh(wrong)

    assert returned(client) == [{"id": 1, "city": "Jaca"}, {"id": 2, "city": "Graus"}]
    assert first.path == again.path
    (receipt,) = receipts(wrong)
    assert "No column is headed place; the file has id, mail, city." in [one.message for one in receipt.problems]


def test_people_are_kept_as_the_digests_that_a_file_of_them_gives(
    opened: Callable[..., Client], database: str, tmp_path: Path
) -> None:
    execute(
        database,
        "DROP TABLE IF EXISTS shoppers",
        "CREATE TABLE shoppers (email TEXT, phone BIGINT, note TEXT, city TEXT)",
        "INSERT INTO shoppers VALUES ('eva@example.org', 612345678, 'ask eva@example.org twice', 'Jaca')",
    )
    columns = "table: customers, columns: {customer_id: email, note: note, town: city}"
    of_all = "  - {sql: shoppers, url_env: WAREHOUSE_URL, table: customers}\n"
    every = f"sources:\n{of_all}  - {{files: 'exports/*', {columns}}}\n"
    client = opened(database, every)
    (client.folder / "exports" / "shoppers.csv").write_text("email,note,city\neva@example.org,hello,Jaca\n")
    warehouse.refresh(client)
    (all_columns,) = returned(client)
    mapped = opened(database, every.replace("table: customers}", f"{columns}}}", 1))
    warehouse.refresh(mapped)

    of_file, of_database = (Store(mapped.kept).read("customers", [one]) for one in receipts(mapped))

    assert not any(part in str(all_columns) for part in ("eva@", "612345678"))
    assert all_columns["note"] == "ask ••• twice"
    assert of_file["customer_id"].tolist() == of_database["customer_id"].tolist()
    assert of_database["town"].tolist() == ["Jaca"]


def test_a_table_without_rows_is_an_empty_export(opened: Callable[..., Client], database: str) -> None:
    execute(database, "DELETE FROM ad_reporting__ad_report")
    client = opened(database)
    (snapshot,) = warehouse.refresh(client)

    (receipt,) = receipts(client)

    assert (snapshot.rows, receipt.status) == (0, "warning")
    assert [one.code for one in receipt.problems if one.severity != "info"] == ["empty_export"]


def test_equal_values_of_several_spellings_are_one(opened: Callable[..., Client], in_postgres: str) -> None:
    sql = "SELECT * FROM (VALUES ({}::numeric, {}::float8, {}::jsonb), (NULL, NULL, '[2]')) AS rows (a, b, c)"
    paths = []
    for one in ("1.10", "-0.0", '\'{"x": 1, "y": 2}\''), ("1.1", "0", '\'{"y": 2, "x": 1}\''):
        (snapshot,) = warehouse.refresh(opened(in_postgres, asking(sql.format(*one)), project="same"))
        paths.append(snapshot.path)

    assert paths[0] == paths[1]


def test_the_order_in_which_rows_come_changes_nothing(opened: Callable[..., Client], database: str) -> None:
    digests = []
    for project, rows in (("a", ROWS), ("b", ROWS[::-1])):
        fill(database, rows)
        client = opened(database, project=project)
        warehouse.refresh(client)
        digests += [receipt.sha256 for receipt in receipts(client)]

    assert digests[0] == digests[1]
    spends = [row["spend"] for row in returned(client)]
    assert spends == [Decimal(text) for text in ("0.10", "1000.05", "0.20", "0.00", "99999.99")]


def test_an_unchanged_result_is_not_read_twice_and_a_changed_one_is_told_of(
    opened: Callable[..., Client], database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = opened(database)
    (first,) = warehouse.refresh(client)
    before = loaded(client)
    (again,) = warehouse.refresh(client)
    assert again.path == first.path
    with monkeypatch.context() as patched:
        patched.setattr("helpers.store.store.BORDER", None)  # nothing may ask it
        loaded(client)

    execute(database, "UPDATE ad_reporting__ad_report SET spend = 0.15 WHERE spend = 0.10")
    warehouse.refresh(client)
    after = loaded(client)

    assert [one.code for one in before.notices if one.code == "restated"] == []
    assert [one.code for one in after.notices if one.code == "restated"] == ["restated"]
    assert after.frames["ads"]["spend"].sum() == pytest.approx(SPEND + 0.05, abs=0.001)
    assert before.files[0].sha256 != after.files[0].sha256
    assert after.snapshots["sha256"].nunique() == 2


def test_no_database_is_asked_by_what_only_looks(
    opened: Callable[..., Client], in_duckdb: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = opened(in_duckdb)
    with pytest.raises(PreflightError, match="was never read from its database"):
        loaded(client)
    warehouse.refresh(client)
    monkeypatch.delenv("WAREHOUSE_URL")
    Path(in_duckdb.removeprefix("duckdb:///")).unlink()

    assert loaded(client).frames["ads"]["spend"].sum() == pytest.approx(SPEND)


def test_two_tables_of_one_query_are_asked_for_once(opened: Callable[..., Client], in_duckdb: str) -> None:
    first = "{sql: ad_reporting__ad_report, url_env: WAREHOUSE_URL, table: ads, constants: {currency: USD}}"
    client = opened(in_duckdb, f"sources:\n  - {first}\n  - {first.replace('WAREHOUSE_URL', 'OTHER')}\n  - {first}\n")

    found = warehouse.queries(client)

    assert [(one.name, len(one.sources)) for one in found] == [
        ("sql:ad_reporting__ad_report@WAREHOUSE_URL", 2),
        ("sql:ad_reporting__ad_report@OTHER", 1),
    ]
