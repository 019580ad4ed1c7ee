"""What a notebook shows becomes blocks; what it leaves is JSON that later stages can read."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import make_dataclass, replace
from datetime import date
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from helpers import blocks, stages
from helpers.charts import CHARTS
from helpers.claims import Ledger
from helpers.clients import Parameters, Roots, open_client
from helpers.errors import ClientError, StageDataError, UsageError
from helpers.page import inputs_of, load, open_stage, saved
from helpers.page import page as module
from helpers.page.loading import covered_days
from helpers.page.page import Page
from helpers.page.scribe import Scribe
from helpers.stages.parts import Bar, Bars, Caption, Caveat, Gap, Measure, Table
from helpers.store import Notice
from helpers.tables import TABLES
from helpers.units import Period, Quantity
from helpers.wording import Name, msg

OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))
SETTINGS = "currency: EUR\ntimezone: Europe/Madrid\nlanguages: [es-ES, en]\nas_of: 2026-11-05\n"
META = """Reporting starts,Reporting ends,Campaign name,Day,Amount spent (EUR),Impressions,Link clicks,Purchases
2026-10-01,2026-10-01,Otoño,2026-10-01,10.50,1000,20,2
2026-10-02,2026-10-02,Otoño,2026-10-02,4.50,500,10,
"""

Lay = Callable[..., Roots]


@pytest.fixture
def lay(tmp_path: Path) -> Lay:
    """Lay down a client folder with files under exports/."""

    def make(settings: str = "", **files: str) -> Roots:
        folder = tmp_path / "clients" / "aurora"
        (folder / "exports").mkdir(parents=True)
        (folder / "client.yaml").write_text(f"name: Café Aurora\n{SETTINGS}{settings}", encoding="utf-8")
        for name, text in files.items():
            (folder / "exports" / f"{name}.csv").write_text(text, encoding="utf-8")
        return Roots(tmp_path / "clients", tmp_path / "reports")

    return make


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    found: list[Any] = []
    monkeypatch.setattr(module, "display", lambda bundle, **_: found.append(blocks.load(bundle[blocks.MIME])))
    return found


def opened(roots: Roots, stage: str = "audit", **parameters: str) -> Page:
    client = open_client("aurora", roots)
    loaded = load(client, Parameters(client="aurora", **parameters))
    return Page(stages.stage(stage), client, loaded, client.languages)


def test_a_blank_measure_of_a_platform_is_zero_and_counts_in_the_ratios(lay: Lay, shown: list[Any]) -> None:
    page = opened(lay(meta=META))

    claims = {claim.id: claim.value for claim in page.analyse().claims}

    assert claims["audit.spend"] == pytest.approx(15.0)
    assert claims["audit.cpa"] == pytest.approx(7.5)
    assert claims["audit.ctr"] == pytest.approx(30 / 1500)


def test_the_same_gap_is_told_once(lay: Lay, shown: list[Any]) -> None:
    page = opened(lay(meta=META))
    gap = Gap(msg("Nothing is known of this."), msg("The export of that."))

    page.say(gap)
    page.show(CHARTS["bars"], gap)
    page.table(gap)

    assert [block.kind for block in shown] == ["gap"]


@pytest.mark.parametrize(
    ("words", "is_checked"),
    [("Un mes de pruebas: {{claim:audit.roas.meta}} en Meta.", True), ("Hicimos 3 vídeos.", False)],
)
def test_a_persons_words_are_shown_as_such_and_marked_where_they_hold_figures(
    lay: Lay, shown: list[Any], words: str, is_checked: bool
) -> None:
    roots = lay(meta=META)
    folder = roots.clients / "aurora" / "commentary" / "2026-10"
    folder.mkdir(parents=True)
    (folder / "audit.es-ES.md").write_text(words, encoding="utf-8")

    opened(roots, period="last-month").commentary()

    assert [(block.kind, block.language, block.markdown, block.is_checked) for block in shown] == [
        ("commentary", "es-ES", words, is_checked)
    ]


def test_a_client_without_any_export_is_refused_with_what_to_do(lay: Lay) -> None:
    with pytest.raises(StageDataError, match="Put at least one export there"):
        opened(lay()).analyse()


def test_a_stage_or_client_that_there_is_not_is_refused(lay: Lay, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CUADERNO_CLIENTS", str(lay(meta=META).clients))

    with pytest.raises(UsageError, match="no such client"):
        open_stage("audit", "auroa")
    with pytest.raises(UsageError, match="no such stage"):
        open_stage("audits", "aurora")


def test_inputs_that_name_no_table_are_refused(lay: Lay) -> None:
    roots = lay(meta=META)
    stage = ModuleType("helpers.stages.imagined")
    stage.Inputs = make_dataclass("Inputs", ["context", "horoscopes"])  # type: ignore[attr-defined]
    client = open_client("aurora", roots)

    with pytest.raises(UsageError, match="horoscopes"):
        inputs_of(stage, client, load(client, Parameters(client="aurora")))


def test_data_without_any_date_count_for_the_day_of_the_report(lay: Lay) -> None:
    undated = "canal,gasto\nradio,12.5\ntv,7.5\n"
    source = (
        "sources:\n  - {files: exports/plan.csv, table: ads, columns: {channel: canal, spend: gasto},"
        " constants: {platform: other, currency: EUR}}\n"
    )

    page = opened(lay(source, plan=undated), period="all")
    loaded = page._loaded

    assert loaded.covered is None
    assert loaded.period == Period(date(2026, 11, 5), date(2026, 11, 5))
    assert {claim.id: claim.value for claim in page.analyse().claims}["audit.spend"] == 20.0


def test_covered_days_are_those_of_all_tables() -> None:
    ads = TABLES["ads"].conform(
        pd.DataFrame(
            {
                "platform": ["meta"],
                "period_start": [pd.Timestamp("2026-10-05")],
                "period_end": [pd.Timestamp("2026-10-11")],
            }
        )
    )
    orders = TABLES["orders"].conform(pd.DataFrame({"ordered_at": [pd.Timestamp("2026-09-30 22:10")]}))

    assert covered_days({"ads": ads, "orders": orders}) == Period(date(2026, 9, 30), date(2026, 10, 11))
    assert covered_days({"ads": TABLES["ads"].empty()}) is None


def test_an_outcome_that_is_neither_number_nor_yes_or_no_is_asked_about(lay: Lay) -> None:
    users = "who,arm,bought\n1,A,maybe\n2,B,yes\n"
    test = (
        "experiments:\n  - {name: gate, kind: ab, file: exports/users.csv, variant: arm, control: A,"
        " metrics: {bought: proportion}}\n"
    )

    with pytest.raises(ClientError, match="neither a number nor yes or no"):
        opened(lay(test, users=users))


def test_every_text_of_a_figure_stands_in_the_drawn_language_and_in_each_of_the_page() -> None:
    caption = Caption(msg("Spend"), msg("Spend"))
    part = Bars(caption, Measure("money", "EUR"), (Bar(Name("Marca"), 1234.5), Bar(Name("Genérica"), 99.0)))

    figure = Scribe("es-ES", ["en", "es-ES"]).figure(CHARTS["bars"], part)

    assert [run.text for run in figure.title[0]] == ["Spend"]
    assert [run.text for run in figure.title[1]] == ["Inversión"]
    assert all(len(row) == 3 and row[0] == row[2] for row in figure.texts)
    assert ["1.234\u00a0€", "€1,234", "1.234\u00a0€"] in figure.texts


def test_a_column_of_figures_is_set_as_figures_and_an_empty_cell_stays_empty() -> None:
    table = Table(msg("Spend"), (msg("Name"), msg("Spend"), msg("Date")), ((Name("A"), Quantity(3.0), None),))

    grid = Scribe("en", ["en"]).grid(table)

    assert [column.is_number for column in grid.columns] == [False, True, True]
    assert grid.rows[0][2] == [[]]


def test_a_result_is_saved_as_plain_json() -> None:
    ledger = Ledger("audit", OCTOBER, "EUR")
    claim = ledger.add("spend", 10.0)
    gap = Gap(msg("Spend"), msg("{n} orders", n=Quantity(1234)))

    assert saved.as_json({"b": (claim, math.nan), "a": [gap, date(2026, 10, 1)]}) == {
        "a": [{"what": "Spend", "cheapest": "1,234 orders"}, "2026-10-01"],
        "b": ["audit.spend", None],
    }


def test_many_findings_on_the_data_go_from_a_list_into_a_table(lay: Lay, shown: list[Any]) -> None:
    client = open_client("aurora", lay(meta=META))
    page = Page(stages.stage("audit"), client, load(client, Parameters(client="aurora")), ["en"])
    found = [Caveat(f"c{n}", msg("Spend"), fix=msg("Orders")) for n in range(module.MOST_SAID)]
    page._result = SimpleNamespace(caveats=(*found, Caveat("own", msg("Sales"))))

    page.quality()

    said, table, exports = shown
    assert [line[0][0].text for line in said.paragraphs[:1]] == ["Sales"]
    assert len(said.paragraphs) == module.MOST_SAID
    assert [[cell[0][0].text for cell in row] for row in table.rows] == [["Spend", "Orders"]]
    assert exports.caption[0][0].text == "What was read of each export"


def test_a_stage_gets_no_notice_on_a_table_that_it_does_not_read(lay: Lay) -> None:
    stage = ModuleType("helpers.stages.imagined")
    stage.Inputs = make_dataclass("Inputs", ["notices", "organic_posts"])  # type: ignore[attr-defined]
    client = open_client("aurora", lay(meta=META))
    on_ads, on_posts, on_none = (
        Notice("duplicate_rows", values={"table": table} if table else {}) for table in ("ads", "organic_posts", "")
    )
    loaded = replace(load(client, Parameters(client="aurora")), notices=(on_ads, on_posts, on_none))

    assert inputs_of(stage, client, loaded).notices == (on_posts, on_none)
