"""Every stage runs with what is there: one small export of any kind, or none."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.ended import Ended

from .workbook import STAGES, Claims, Project, claims_block, entry, lay, made_once, report, text_of

SETTINGS = "currency: EUR\ntimezone: Europe/Madrid\n"
OCTOBER = tuple(date(2026, 10, 1) + timedelta(days=day) for day in range(31))
NO_ADS = "Without an export of an ad platform"
NO_SALES = "Without a sales ledger"

# Words that no Spanish sentence holds.
ENGLISH = {
    *("the", "and", "of", "with", "without", "by", "from", "than", "not", "only", "between", "each", "every"),
    *(
        "is",
        "are",
        "was",
        "were",
        "be",
        "this",
        "that",
        "which",
        "there",
        "their",
        "who",
        "what",
        "when",
        "where",
        "how",
    ),
    *("spend", "brought", "data", "report", "file", "files", "rows", "state", "nothing"),
}

LANGUAGES_OF_RUN = re.compile(r'"languages":\[[^\]]*\]')
CODE = re.compile(r"<code.*?</code>", re.DOTALL)
LANGUAGE_LINKS = re.compile(r'\n*<nav class="languages".*?</nav>\n*', re.DOTALL)


def meta() -> str:
    """Thirty-one days of one campaign: 10 euros, 1,000 impressions, 20 clicks a day; a purchase of 45 on odd days."""
    head = "Campaign name,Day,Impressions,Amount spent (EUR),Link clicks,Purchases,Purchases conversion value"
    rows = (f"Solo | Ventas,{day},1000,10.00,20,{day.day % 2},{45 * (day.day % 2)}.00" for day in OCTOBER)
    return "\n".join((head, *rows)) + "\n"


def shop() -> str:
    """Six orders of 20, 21, … 25 euros by four customers; one of them buys three times."""
    head = "Name,Email,Financial Status,Currency,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price"
    customers = ("ana", "eva", "ana", "leo", "ana", "noa")
    rows = (
        f"#{n},{who}@example.com,paid,EUR,{20 + n}.00,2026-10-{6 * n + 1:02} 10:00:00 +0200,1,Taza,{20 + n}.00"
        for n, who in enumerate(customers)
    )
    return "\n".join((head, *rows)) + "\n"


def users() -> str:
    """Four hundred users, half of them in each variant: 20 of 200 buy in A, 60 of 200 in B."""
    rows = [
        f"{variant}{n},{variant},{int(n < buyers)}" for variant, buyers in (("A", 20), ("B", 60)) for n in range(200)
    ]
    return "\n".join(("user,variant,bought", *rows)) + "\n"


def ledger() -> str:
    """An order a day of 10,50 euros, in the columns of a program that nobody knows."""
    rows = (f"{day.day};{day:%d/%m/%Y};10,50" for day in OCTOBER)
    return "\n".join(("Pedido;Fecha;Importe", *rows)) + "\n"


def lay_clients(folder: Path) -> None:
    lay(folder, "only-meta", f"name: Uno\n{SETTINGS}languages: [es-MX, en]\n", {"meta.csv": meta()})
    lay(folder, "only-shop", f"name: Dos\n{SETTINGS}", {"orders.csv": shop()})
    test = (
        "{name: boton, kind: ab, file: exports/users.csv, unit: user, variant: variant, control: A,"
        " metrics: {bought: proportion}}"
    )
    lay(
        folder, "only-test", f"name: Tres\n{SETTINGS}as_of: 2026-11-05\nexperiments: [{test}]\n", {"users.csv": users()}
    )
    source = (
        "{files: exports/ledger.csv, table: orders, constants: {currency: EUR},"
        " columns: {order_id: Pedido, ordered_at: Fecha, revenue: Importe}}"
    )
    lay(folder, "only-table", f"name: Cuatro\n{SETTINGS}sources: [{source}]\n", {"ledger.csv": ledger()})
    lay(folder, "nothing", f"name: Cinco\n{SETTINGS}as_of: 2026-11-05\n", {})


pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def minimal(shelf: Path) -> Project:
    """The reports of all these clients for the month before, made by one command."""

    def make(folder: Path) -> Ended:
        lay_clients(folder)
        return report(folder, "--all", folder=folder)

    return made_once(shelf / "minimal", make)


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("client", ["only-meta", "only-shop", "only-test", "only-table"])
def test_one_export_is_enough_for_every_page(minimal: Project, client: str, stage: str) -> None:
    run = minimal.ended.runs[client]

    assert (entry(run, stage)["status"], entry(run, stage)["error"]) == ("ok", None)
    assert run["period"]["key"] == "2026-10"
    assert '<html lang="en"' in minimal.page(client, stage, "en")


@pytest.mark.parametrize(
    ("client", "stage", "missing", "there"),
    [
        ("only-meta", "audit", [NO_SALES], [NO_ADS]),
        ("only-meta", "post_campaign", [NO_SALES, "no approved plan", "No experiment"], [NO_ADS]),
        ("only-shop", "audit", [NO_ADS], [NO_SALES]),
        ("only-shop", "post_campaign", [NO_ADS, "No experiment"], [NO_SALES]),
        ("only-test", "audit", [NO_ADS, NO_SALES, "The data hold no date"], []),
        ("only-test", "post_campaign", [NO_ADS, NO_SALES], ["No experiment"]),
        ("only-table", "audit", [NO_ADS], [NO_SALES]),
        ("only-table", "post_campaign", [NO_ADS, "No experiment"], [NO_SALES]),
    ],
)
def test_a_page_says_what_is_missing_and_only_that(
    minimal: Project, client: str, stage: str, missing: list[str], there: list[str]
) -> None:
    text = text_of(minimal.page(client, stage, "en"))

    assert [words for words in missing if words not in text] == []
    assert [words for words in there if words in text] == []


@pytest.mark.parametrize(
    ("client", "missing"),
    [
        ("only-meta", ["nobody can be told apart", "orders of the last thirteen months with a customer number"]),
        ("only-shop", ["Too few people", "Too few customers have bought again", "e-mail address"]),
        ("only-test", ["nobody can be told apart"]),
        ("only-table", ["nobody can be told apart", "e-mail address"]),
    ],
)
def test_the_personas_say_what_is_missing_and_what_to_ask_for(
    minimal: Project, client: str, missing: list[str]
) -> None:
    assert entry(minimal.ended.runs[client], "persona")["status"] == "ok"
    text = text_of(minimal.page(client, "persona", "en"))

    assert [words for words in missing if words not in text] == []


def test_one_export_gives_its_figures(minimal: Project) -> None:
    def figures(client: str, *metrics: str) -> dict[str, float]:
        claims = Claims(claims_block(minimal.page(client, "audit", "en")))
        return {metric: claims.value(metric) for metric in metrics}

    assert figures("only-meta", "spend", "impressions", "conversions", "cpa", "roas") == pytest.approx(
        {"spend": 310, "impressions": 31_000, "conversions": 16, "cpa": 310 / 16, "roas": 16 * 45 / 310}
    )
    assert figures("only-shop", "revenue", "orders", "customers", "new_customers", "repeat_share") == pytest.approx(
        {"revenue": 135, "orders": 6, "customers": 4, "new_customers": 4, "repeat_share": 1 / 4}
    )
    assert figures("only-table", "revenue", "orders", "aov") == pytest.approx(
        {"revenue": 31 * 10.5, "orders": 31, "aov": 10.5}
    )


def test_a_lone_experiment_gives_its_verdict(minimal: Project) -> None:
    claims = Claims(claims_block(minimal.page("only-test", "post_campaign", "en")))

    claim = claims.of("difference", experiment="boton", variant="B", parameter="bought")

    assert (claim["value"], claim["n"], claim["verdict"]) == (pytest.approx(60 / 200 - 20 / 200), 400, "better")


def test_without_any_export_the_run_is_refused_in_words(minimal: Project) -> None:
    run = minimal.ended.runs["nothing"]

    assert run["status"] == "refused"
    for stage in STAGES:
        assert entry(run, stage)["status"] == "refused"
        error = entry(run, stage)["error"]
        assert "no export" in error["what"]
        assert error["where"] == "nothing/exports"
        assert "Put at least one export there" in error["next"]
    pages = {path.name for path in (minimal.folder / "reports" / "nothing").rglob("*.html")}
    assert pages == {"index.en.html"}
    assert "nothing/exports" in minimal.ended.err


def test_one_refused_client_makes_the_code_of_the_whole_run(minimal: Project) -> None:
    assert minimal.ended.code == 1


@pytest.mark.parametrize("page", [*STAGES, "index"])
def test_a_countrys_spanish_lies_over_that_of_spain(minimal: Project, page: str) -> None:
    (path,) = (minimal.folder / "reports" / "only-meta").glob(f"2026-10/{page}.es-MX.html")
    written = path.read_text(encoding="utf-8")
    words = set(re.findall(r"[^\W\d_]+", text_of(CODE.sub(" ", written)).lower()))

    assert '<html lang="es-MX"' in written
    assert words & ENGLISH == set()
    assert {"octubre", "oct"} & words


def test_the_words_of_mexico_are_used(minimal: Project) -> None:
    """Mexico says promedio where Spain says medio; the headings are those of Spain."""
    text = text_of(minimal.page("only-meta", "audit", "es-MX"))

    assert "promedio" in text
    assert "En resumen" in text


def test_one_language_alone_gives_the_page_that_all_give(minimal: Project, shelf: Path) -> None:
    """But for the links to the other languages, which lead nowhere then, and the list of them."""

    def make(folder: Path) -> Ended:
        lay_clients(folder)
        return report(folder, "only-meta", "--language", "en", "--stage", "audit", folder=folder)

    alone = made_once(shelf / "one_language", make)

    assert alone.ended.code == 0, alone.ended.err
    assert list((alone.folder / "reports").rglob("*.es-MX.html")) == []
    without_links, count = LANGUAGE_LINKS.subn("\n", minimal.page("only-meta", "audit", "en"))
    assert count == 1
    one, of_two = (LANGUAGES_OF_RUN.sub("", page) for page in (alone.page("only-meta", "audit", "en"), without_links))
    assert one.split() == of_two.split()
    claims = [project.file("only-meta", "audit.claims.json").read_bytes() for project in (alone, minimal)]
    assert claims[0] == claims[1]
