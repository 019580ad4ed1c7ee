"""The commands ask databases, say what they found by exit code, and print no secret; kernels do not even know it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import nbformat
import pytest
from sqlalchemy import make_url
from tests.ended import Ended

from helpers import warehouse
from helpers.batch import Entry, Order, exit_code, run_client
from helpers.clients import Client, Parameters, open_client
from helpers.engines import Execution, Job
from helpers.errors import PreflightError
from helpers.revision.remake import now_there

from .conftest import asking, execute
from .server import PASSWORD
from .world import SPEND

SAME_PASSWORD = (PASSWORD, quote(PASSWORD, safe=""), "s3cret")


class Silent:
    def group(self, group: int) -> None:
        pass

    def stage(self, entry: Entry, state: str) -> None:
        pass


@pytest.fixture
def cuaderno(command: Callable[..., Ended], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ended]:
    monkeypatch.setenv("CUADERNO_CLIENTS", str(tmp_path / "one" / "clients"))
    return command


def says_no_secret(*texts: str) -> bool:
    return not any(secret in text for text in texts for secret in SAME_PASSWORD)


def kept_texts(folder: Path) -> list[str]:
    return [path.read_bytes().decode("latin-1") for path in folder.rglob("*") if path.is_file()]


def test_check_reads_the_database_and_prints_its_receipt(
    cuaderno: Callable[..., Ended], opened: Callable[..., Client], database: str, tmp_path: Path
) -> None:
    opened(database)

    ended = cuaderno("check", "acme", "--json")
    in_words = cuaderno("check", "acme")

    (receipt,) = ended.document["receipts"]
    assert (ended.code, in_words.code) == (0, 0)
    assert (receipt["file"], receipt["tables"][0]["totals"]["spend"]) == ("sql:ad_reporting__ad_report", SPEND)
    assert "acme: sql:ad_reporting__ad_report" in in_words.out
    assert "5 rows · 2026-10-01 to 2026-10-03" in in_words.out
    assert says_no_secret(ended.out, ended.err, in_words.out, in_words.err, *kept_texts(tmp_path / "one"))


@pytest.mark.parametrize("arguments", ["check acme", "check acme --json", "report acme --json"])
def test_a_wrong_password_is_told_without_it(
    cuaderno: Callable[..., Ended], opened: Callable[..., Client], in_postgres: str, tmp_path: Path, arguments: str
) -> None:
    opened(make_url(in_postgres).set(password="s3cret").render_as_string(hide_password=False))

    ended = cuaderno(*arguments.split())

    assert ended.code == 4
    assert "password authentication failed" in ended.err
    assert "Check the address in WAREHOUSE_URL" in ended.err
    assert says_no_secret(ended.out, ended.err, *kept_texts(tmp_path / "one"))
    assert "127.0.0.1" not in ended.out + ended.err


def test_a_missing_variable_is_named(
    cuaderno: Callable[..., Ended], opened: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened("")
    monkeypatch.delenv("WAREHOUSE_URL")

    ended = cuaderno("check", "acme")

    assert (ended.code, ended.out) == (4, "")
    assert "the environment variable WAREHOUSE_URL is not set" in ended.err
    assert "client.yaml:6:11" in ended.err


EXPORT = "Campaign,Day,Cost,Currency\nBrand,2026-10-01,12.50,EUR\n"


def test_a_database_that_does_not_answer_leaves_the_receipts_of_the_files(
    cuaderno: Callable[..., Ended], opened: Callable[..., Client], tmp_path: Path
) -> None:
    client = opened(f"duckdb:///{tmp_path / 'nowhere' / 'none.duckdb'}")
    (client.folder / "exports" / "ads.csv").write_text(EXPORT)
    (tmp_path / "other.csv").write_text(EXPORT)

    ended, in_words = cuaderno("check", "acme", "--json"), cuaderno("check", "acme", str(tmp_path / "other.csv"))

    (receipt,) = ended.document["receipts"]
    assert (receipt["file"], receipt["tables"][0]["totals"]["spend"]) == ("exports/ads.csv", 12.5)
    assert (ended.code, in_words.code) == (4, 4)
    assert "✗" in ended.err
    assert "client.yaml:6:11" in ended.err
    assert "acme: exports/ads.csv" in in_words.out
    assert "other.csv" in in_words.out


def test_a_query_to_be_mended_is_a_fault_of_the_client_file(
    cuaderno: Callable[..., Ended], opened: Callable[..., Client], order: Order
) -> None:
    opened(os.environ["WAREHOUSE_URL"], asking("nowhere"))

    ended, run = cuaderno("check", "acme"), run_client(order, Silent())

    assert (ended.code, exit_code(run)) == (2, 2)
    assert "the database refuses the query" in ended.err
    assert (run.status, run.entry("audit").status) == ("refused", "refused")


PARAMETERS = 'client = "acme"\nperiod = "last-month"\nlanguages = ""\nas_of = ""'
SHOW = """
import json, os
from IPython.display import display
from helpers import blocks, page
from helpers.clients import Parameters, open_client
loaded = page.load(open_client(client), Parameters(client=client, period=period))
inputs = [blocks.Source(file=one.name, sha256=one.sha256, rows=one.rows) for one in loaded.files]
head = blocks.Head(client=client, name="Acme", stage="audit", start="2026-10-01", end="2026-10-31",
    period=[[blocks.Run(text="October")]], as_of="2026-11-05", currency="EUR", languages=["en"], drawn="en")
record = blocks.Record(claims=[], claim_texts=[], warnings=[], warning_texts=[], versions={}, inputs=inputs,
    result={"spend": float(loaded.frames["ads"]["spend"].sum()), "surroundings": json.dumps(dict(os.environ))})
for block in (head, record):
    display({blocks.MIME: blocks.dump(block)}, raw=True)
"""


@pytest.fixture
def order(opened: Callable[..., Client], in_duckdb: str, tmp_path: Path) -> Order:
    """A run of one stage, whose notebook reads the client's tables and tells of what surrounds it."""
    client = opened(in_duckdb)
    parameters = nbformat.v4.new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]})
    cells = [nbformat.v4.new_markdown_cell("# Title"), parameters, nbformat.v4.new_code_cell(SHOW)]
    (tmp_path / "notebooks").mkdir()
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "notebooks" / "01_audit.ipynb")
    asked = Parameters(client="acme", period="2026-10")
    return Order(asked, ("audit",), ("audit",), tmp_path / "notebooks", client.roots)


def test_a_run_reads_the_database_and_its_kernel_knows_no_address(
    order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OTHER_URL", "postgresql://ana:s3cret@db.example.org/ads")
    monkeypatch.setenv("PLAIN_URL", "https://example.org/@ana")

    run = run_client(order, Silent())

    assert run.entry("audit").error is None
    (source,) = run.as_json()["inputs"]
    assert (source["file"], source["rows"]) == ("sql:ad_reporting__ad_report", 5)
    folder = order.roots.reports / "acme" / "2026-10"
    saved = json.loads((order.roots.kept / "acme" / "results" / "2026-10" / "audit.json").read_text())
    assert saved["result"]["spend"] == pytest.approx(SPEND)
    surroundings = json.loads(saved["result"]["surroundings"])
    assert "OTHER_URL" not in surroundings
    assert surroundings["PLAIN_URL"] == "https://example.org/@ana"
    assert says_no_secret(*kept_texts(folder))


def test_a_run_that_asks_no_database_takes_what_was_read_before(order: Order, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[Job] = []
    monkeypatch.setattr("helpers.engines.cold.Cold.execute", lambda _, job: started.append(job) or Execution(None))
    warehouse.refresh(open_client("acme", order.roots))
    monkeypatch.delenv("WAREHOUSE_URL")
    offline = replace(order, asks_databases=False)

    asking_run = run_client(Order.load(order.dump()), Silent())

    assert isinstance(asking_run.error, PreflightError)
    assert asking_run.entry("audit").status == "failed"
    assert started == []
    offline_run = run_client(Order.load(offline.dump()), Silent())
    assert offline_run.error is None
    assert len(started) == 1


def test_what_a_page_was_made_from_is_compared_with_what_was_read_last(
    opened: Callable[..., Client], in_duckdb: str
) -> None:
    client = opened(in_duckdb)
    warehouse.refresh(client)
    (before,) = now_there(client)
    execute(in_duckdb, "UPDATE ad_reporting__ad_report SET clicks = 13 WHERE clicks = 12")
    warehouse.refresh(client)

    (after,) = now_there(client)

    assert before.file == after.file == "sql:ad_reporting__ad_report"
    assert before.sha256 != after.sha256
