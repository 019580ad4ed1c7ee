"""`cuaderno report` from the command to the files, with notebooks that show the least that a report needs."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from tests.ended import Ended

from helpers import site

SHOW = """
from IPython.display import display
from helpers import blocks
text = [[blocks.Run(text="October")]]
head = blocks.Head(client=client, name="Acme", stage="{stage}", start="2026-10-01", end="2026-10-31", period=text,
    as_of="2026-11-05", currency="EUR", languages=["en"], drawn="en")
record = blocks.Record(claims=[], claim_texts=[], warnings=[], warning_texts=[], result={{}}, inputs=[], versions={{}})
for block in (head, record):
    display({{blocks.MIME: blocks.dump(block)}}, raw=True)
"""
PARAMETERS = 'client = "demo"\nperiod = "last-month"\nlanguages = ""\nas_of = ""'


def lay_notebook(project: Path, number: int, stage: str, *cells: str) -> None:
    parameters = nbformat.v4.new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]})
    show = nbformat.v4.new_code_cell(SHOW.format(stage=stage))
    more = [nbformat.v4.new_code_cell(source) for source in cells]
    title = nbformat.v4.new_markdown_cell("# Title")
    made = nbformat.v4.new_notebook(cells=[title, parameters, show, *more])
    nbformat.write(made, project / "notebooks" / f"{number:02}_{stage}.ipynb")


@pytest.fixture
def notebooks(project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workbook with two stages, the second of which fails for the client `bad`."""
    (project / "notebooks").mkdir()
    monkeypatch.setattr("helpers.batch.notebooks.folder", lambda: project / "notebooks")
    lay_notebook(project, 1, "audit")
    lay_notebook(project, 2, "post_campaign", 'print(1 / (client != "bad"))')
    return project / "notebooks"


def add_client(project: Path, name: str, text: str = "name: B\ncurrency: EUR\ntimezone: UTC\n") -> None:
    (project / "clients" / name).mkdir()
    (project / "clients" / name / "client.yaml").write_text(text)


def test_clients_are_reported_each_for_itself(cuaderno: Callable[..., Ended], notebooks: Path, project: Path) -> None:
    add_client(project, "bad")
    add_client(project, "unmended", "name: C\n")

    ended = cuaderno("report", "--all", "--jobs", "2", "--json")

    runs = {run["client"]: run for run in ended.document["runs"]}
    assert list(runs) == ["acme", "bad", "unmended"]
    assert {name: [entry["status"] for entry in run["stages"]] for name, run in runs.items()} == {
        "acme": ["ok", "ok"],
        "bad": ["ok", "failed"],
        "unmended": ["refused", "refused"],
    }
    assert ended.code == 1
    assert "ZeroDivisionError" in runs["bad"]["stages"][1]["error"]["what"]
    assert json.loads((project / "reports/acme/2026-10/run.json").read_text())["stages"] == runs["acme"]["stages"]
    for page in ("acme/2026-10/audit.en.html", "acme/2026-10/index.en.html", "acme/index.en.html", "index.en.html"):
        assert (project / "reports" / page).is_file()
    assert not (project / "reports/bad/2026-10/post_campaign.en.html").exists()
    # Nothing that a kernel or a library says gets through: one line a stage, three lines a fault.
    told = [line for line in ended.err.splitlines() if line.endswith(" s")]
    assert sorted(line.rsplit(" ", 2)[0] for line in told) == [
        "acme audit ok",
        "acme post_campaign ok",
        "bad audit ok",
        "bad post_campaign failed",
    ]
    assert len(ended.err.splitlines()) == len(told) + 2 * 3


def test_one_client_gives_its_own_document_and_code(
    cuaderno: Callable[..., Ended], notebooks: Path, project: Path
) -> None:
    add_client(project, "unmended", "name: C\n")

    ended = cuaderno("report", "unmended", "--json")

    assert ended.document["schema"] == "cuaderno.run/1"
    assert ended.document["status"] == "refused"
    assert ended.code == 2
    assert "clients/unmended/client.yaml:1:1" in ended.err
    pages = {path.relative_to(project / "reports").as_posix() for path in (project / "reports").rglob("*.html")}
    assert {page for page in pages if not page.startswith("index.")} == {"unmended/index.en.html"}


def test_a_refused_client_is_failed_in_the_portfolio_until_it_is_mended(
    cuaderno: Callable[..., Ended], notebooks: Path, project: Path
) -> None:
    def states() -> dict[str, str]:
        saved = json.loads((project / "reports" / "portfolio.json").read_text(encoding="utf-8"))
        return {client["client"]: client["state"] for client in saved["clients"]}

    add_client(project, "unmended", "name: C\n")
    cuaderno("report", "acme", "unmended", "--stage", "audit")
    before = states()
    (project / "clients" / "unmended" / "client.yaml").write_text("name: C\ncurrency: EUR\ntimezone: UTC\n")
    cuaderno("report", "unmended", "--stage", "audit")

    assert before == {"acme": "not_judged", "unmended": "failed"}
    assert states() == {"acme": "not_judged", "unmended": "not_judged"}
    assert (
        "failed" not in (project / "reports/unmended/index.en.html").read_text(encoding="utf-8").partition("<main")[2]
    )


@pytest.mark.slow
def test_the_portfolio_is_written_once_for_all_clients(
    cuaderno: Callable[..., Ended], notebooks: Path, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("beta", "unmended"):
        add_client(project, name, "name: C\n" if name == "unmended" else "name: B\ncurrency: EUR\ntimezone: UTC\n")
    written = []
    real = site.write_portfolio
    monkeypatch.setattr(site, "write_portfolio", lambda reports, found: written.append(reports) or real(reports, found))

    cuaderno("report", "--all", "--stage", "audit")

    assert written == [project / "reports"]


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_the_run_and_keeps_the_finished_stages(
    cuaderno: Callable[..., Ended], notebooks: Path, project: Path, number: signal.Signals, code: int
) -> None:
    lay_notebook(project, 2, "post_campaign", "import time; time.sleep(60)")
    receipt = project / "reports/acme/2026-10/run.json"

    def send() -> None:
        deadline = time.monotonic() + 30
        while not receipt.is_file() and time.monotonic() < deadline:
            time.sleep(0.05)
        time.sleep(1)
        os.kill(os.getpid(), number)

    sender = threading.Thread(target=send)
    sender.start()
    ended = cuaderno("report", "acme", "--json")
    sender.join()

    assert ended.code == code
    assert [entry["status"] for entry in ended.document["stages"]] == ["ok", "failed"]
    assert "interrupted" in ended.document["stages"][1]["error"]["what"]
    assert [entry["status"] for entry in json.loads(receipt.read_text())["stages"]] == ["ok", "failed"]
    assert (receipt.parent / "audit.en.html").is_file()
