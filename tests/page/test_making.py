"""What a page was made from beside the exports is noted, no more and no less."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pandas as pd
import pytest

from helpers import stages
from helpers.clients import Client, Parameters, Roots, open_client
from helpers.page import load
from helpers.page.making import campaigns, making
from helpers.tables import TABLES
from helpers.units import Period

SETTINGS = "name: Aurora\ncurrency: EUR\ntimezone: UTC\nlanguages: [es-ES, en]\nas_of: 2026-11-05\n"
META = """Campaign name,Day,Amount spent (EUR),Impressions,Link clicks,Purchases
Otoño,2026-10-01,10.50,1000,20,2
Verano,2026-09-30,4.50,500,10,
"""


@pytest.fixture
def client(tmp_path: Path) -> Client:
    folder = tmp_path / "clients" / "aurora"
    files = {
        "client.yaml": SETTINGS + "goals: [{metric: cpa, target: 20, scope: {platform: meta}}]\n",
        "exports/meta.csv": META,
        "log.csv": "when,what\n",
        "plans/2026-10.yaml": "flight: 2026-10\nstatus: proposed\nstart: 2026-10-01\nend: 2026-10-31\n"
        "currency: EUR\nobjectives: []\nlines: []\n",
        "commentary/2026-10/audit.en.md": "Fine.\n",
        "commentary/2026-10/post_campaign.en.md": "Fine.\n",
        "commentary/2026-09/audit.en.md": "Fine.\n",
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return open_client("aurora", Roots(tmp_path / "clients", tmp_path / "reports"))


def test_files_are_those_that_this_page_hangs_on(client: Client) -> None:
    loaded = load(client, Parameters(client="aurora", period="2026-10"))

    of_audit = making(stages.stage("audit"), client, loaded, (), ("es-ES", "en"))
    of_campaign = making(stages.stage("post_campaign"), client, loaded, (), ("es-ES",))

    assert [file.name for file in of_audit.files] == ["client.yaml", "commentary/2026-10/audit.en.md"]
    assert [file.name for file in of_campaign.files] == ["client.yaml", "plans/2026-10.yaml"]
    content = (client.folder / "client.yaml").read_bytes()
    assert of_audit.files[0].sha256 == hashlib.sha256(content).hexdigest()


def test_goals_period_and_campaigns_are_noted(client: Client) -> None:
    made = making(stages.stage("audit"), client, load(client, Parameters(client="aurora", period="2026-10")), (), ())

    assert made.period == "2026-10"
    assert made.goals == [{"metric": "cpa", "target": 20, "scope": {"platform": "meta"}}]
    assert made.campaigns == [["meta", "Otoño"]]
    assert made.earlier == []


def test_results_are_noted_only_of_stages_that_are_read(client: Client) -> None:
    loaded = load(client, Parameters(client="aurora", period="2026-10"))
    inputs = [{"file": file.name, "sha256": file.sha256} for file in loaded.files]
    for stage in ("persona", "community"):
        path = client.result_file("2026-10", stage)
        path.parent.mkdir(parents=True, exist_ok=True)
        saved = {"schema": "cuaderno.result/1", "stage": stage, "inputs": inputs, "claims": []}
        path.write_text(json.dumps(saved), encoding="utf-8")

    assert [one.name for one in making(stages.stage("strategy"), client, loaded, (), ()).earlier] == ["persona"]
    assert making(stages.stage("audit"), client, loaded, (), ()).earlier == []


def test_a_campaign_counts_where_any_of_its_days_lie_in_the_period() -> None:
    days = [("A", "2026-09-01", "2026-10-01"), ("B", "2026-09-01", "2026-09-30"), (None, "2026-10-02", "2026-10-02")]
    rows = pd.DataFrame(
        {"platform": "meta", "campaign": name, "period_start": pd.Timestamp(start), "period_end": pd.Timestamp(end)}
        for name, start, end in days
    )
    october = Period(pd.Timestamp("2026-10-01").date(), pd.Timestamp("2026-10-31").date())

    assert campaigns(rows, october) == [["meta", "A"]]
    assert campaigns(TABLES["ads"].empty(), october) == []
