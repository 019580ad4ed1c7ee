"""An executed notebook made by hand: every kind of block, in Spanish and English, with figures of our own."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from helpers import blocks
from helpers.blocks import Action, Brand, Card, Column, Grid, Head, Prose, Record, Run, Source, Text
from helpers.catalogue.samples import typical
from helpers.charts import CHARTS, render
from helpers.stages.parts import Table
from helpers.svg.verdicts import VERDICTS
from helpers.units import Period, Quantity
from helpers.wording import Message, Name, Value, Words, msg

LANGUAGES = ("es-ES", "en")
SHA = "0123456789abcdef" * 4
LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="40"><style>.a{fill:#0b5fa5}</style>'
    '<rect class="a" width="120" height="40" rx="6"/><circle cx="20" cy="20" r="9" fill="#fff"/></svg>'
)


class Writer:
    """Writes messages as blocks hold them."""

    def __init__(self, languages: Sequence[str] = LANGUAGES, drawn: str = LANGUAGES[0]) -> None:
        self.languages = list(languages)
        self.drawn = drawn
        self.words = [Words(language) for language in languages]

    def text(self, value: Value | None) -> Text:
        if value is None:
            return [[] for _ in self.words]
        return [[Run(**run.as_json()) for run in words.runs(value)] for words in self.words]

    def grid(self, table: Table) -> Grid:
        numbers = [
            all(isinstance(row[place], Quantity | None) for row in table.rows) for place in range(len(table.columns))
        ]
        return Grid(
            caption=self.text(table.caption),
            columns=[Column(label=self.text(c), is_number=n) for c, n in zip(table.columns, numbers, strict=True)],
            rows=[[self.text(cell) for cell in row] for row in table.rows],
            total=[self.text(cell) for cell in table.total] if table.total else None,
            note=self.text(table.note) if table.note else None,
        )

    def figure(self, name: str, part: Any) -> blocks.Figure:
        wide, narrow, texts = render(CHARTS[name], part, [self.drawn, *self.languages])
        return blocks.Figure(
            chart=name,
            title=self.text(part.caption.title),
            subtitle=self.text(part.caption.subtitle),
            description=self.text(CHARTS[name].describe(part)),
            wide=wide,
            narrow=narrow,
            texts=texts,
            data=self.grid(CHARTS[name].data(part)),
            note=self.text(part.caption.note),
        )


def roas(part: Any = "value", value: float = 3.21) -> Quantity:
    return Quantity(value, "ratio", claim="post_campaign.roas", part=part)


CLAIMS: list[dict[str, Any]] = [
    {
        "id": "post_campaign.roas", "metric": "roas", "scope": {}, "unit": "ratio", "currency": None, "value": 3.21,
        "period": {"start": "2026-10-01", "end": "2026-10-31"}, "interval": {"low": 2.9, "high": 3.5, "level": 0.9},
        "n": 412, "compared_to": {"what": "plan", "value": 3.0}, "verdict": "better",
        "evidence": [{"file": "meta_oct.csv", "sha256": SHA, "rows": 310}],
    },
    {
        "id": "post_campaign.spend", "metric": "spend", "scope": {}, "unit": "money", "currency": "EUR",
        "value": 25382.4, "period": {"start": "2026-10-01", "end": "2026-10-31"}, "interval": None, "n": None,
        "compared_to": {"what": "plan", "value": 26000.0}, "verdict": "not_shown",
        "evidence": [{"file": "meta_oct.csv", "sha256": SHA, "rows": 310}],
    },
    {
        "id": "post_campaign.clicks", "metric": "clicks", "scope": {}, "unit": "count", "currency": None,
        "value": 34020, "period": {"start": "2026-10-01", "end": "2026-10-31"}, "interval": None, "n": None,
        "compared_to": None, "verdict": None, "evidence": [{"file": "meta_oct.csv", "sha256": SHA, "rows": 310}],
    },
]  # fmt: skip


def head(write: Writer) -> Head:
    given: dict[str, Any] = {
        "client": "demo", "name": "Café Aurora", "stage": "post_campaign", "start": "2026-10-01", "end": "2026-10-31",
        "period": write.text(Period(date(2026, 10, 1), date(2026, 10, 31))), "as_of": "2026-11-01", "currency": "EUR",
        "languages": write.languages, "drawn": write.drawn,
        "brand": Brand(logo=LOGO, accent="#ffd54a", agency="Estudio Norte"),
    }  # fmt: skip
    return Head(**given)


def summary(write: Writer) -> Prose:
    first = msg(
        "The ROAS of {value} is above the plan of {plan}, at the same spend.",
        value=roas(),
        plan=roas("compared_to", 3.0),
    )
    second = msg("Between {low} and {high} is what the data support.", low=roas("low", 2.9), high=roas("high", 3.5))
    third = msg("Best was {name}.", name=Name("ES_2026_Q4_Brand_10%"))
    return Prose(role="summary", paragraphs=[write.text(first), write.text(second), write.text(third)])


def cards(write: Writer) -> blocks.Cards:
    spend = Quantity(25382.4, "money", "EUR", "post_campaign.spend")
    plan = msg("plan {plan}", plan=Quantity(26000, "money", "EUR", "post_campaign.spend", "compared_to"))
    n = msg("n = {n}", n=Quantity(412, claim="post_campaign.roas", part="n"))
    return blocks.Cards(
        cards=[
            Card(label=write.text(msg("Spend")), value=write.text(spend), verdict="not_shown", target=write.text(plan),
                 spark=[810, 790, 800, 860, 840, 880, 900]),
            Card(label=write.text(msg("ROAS")), value=write.text(roas()), verdict="better", note=write.text(n),
                 target=write.text(msg("plan {plan}", plan=roas("compared_to", 3.0))), spark=[3, 2.8, None, 3.1, 3.4]),
            Card(label=write.text(msg("Clicks")), verdict="worse", spark=[5, 4, 4, 3],
                 value=write.text(Quantity(34020, claim="post_campaign.clicks"))),
            Card(label=write.text(msg("Average order value")), verdict="not_enough_data",
                 value=write.text(Quantity(float("nan"), "money", "EUR"))),
        ]
    )  # fmt: skip


def brief(write: Writer) -> blocks.Brief:
    changed = [
        [*runs, Run(text=" "), Run(text=words.inside(VERDICTS["better"].word), verdict="better")]
        for runs, words in zip(
            write.text(msg("{metric}: {value}", metric=msg("ROAS"), value=roas())), write.words, strict=True
        )
    ]
    return blocks.Brief(
        changes=[changed],
        causes=[write.text(msg("The data name no cause."))],
        actions=[write.text(msg("Replace the ad {ad}", ad=Name("Reel 3")))],
    )


def campaigns(write: Writer, count: int = 24) -> Grid:
    names = ("ES_2026_Q4_Meta_Prospecting_Lookalike_Purchasers_180d_Video_Story", "Search — Marca", "Retargeting <30d>")
    rows = tuple(
        (Name(f"{names[n % 3]} {n}"), Name("Meta Ads"), Quantity(5000.5 - 190 * n, "money", "EUR"), Quantity(9120 - n),
         Quantity(0.0288 + n / 900, "share"), Quantity(412 - 9 * n), Quantity(18.4 + n, "money", "EUR"),
         None if n % 5 == 4 else Quantity(3.2 - n / 20, "ratio"))
        for n in range(count)
    )  # fmt: skip
    total = (
        msg("Total"),
        None,
        Quantity(25382.4, "money", "EUR", "post_campaign.spend"),
        None,
        None,
        None,
        None,
        roas(),
    )
    columns = ("Campaign", "Platform", "Spend", "Clicks", "CTR", "Conversions", "CPA", "ROAS")
    return write.grid(
        Table(msg("Results by campaign"), tuple(Message(c) for c in columns), rows, total, msg("Clicks on links."))
    )


def actions(write: Writer) -> blocks.Actions:
    def action(what: str, who: str) -> Action:
        return Action(
            what=write.text(Message(what)),
            expected=write.text(msg("ROAS of {value} or more", value=roas())),
            owner=write.text(Name(who)),
            due=write.text(date(2026, 11, 15)),
            reversal=write.text(msg("The ROAS falls below {plan}", plan=roas("compared_to", 3.0))),
        )

    return blocks.Actions(
        actions=[action("Move a tenth of the prospecting budget to search", "Ana"), action("Try new creatives", "Luis")]
    )


def record(write: Writer) -> Record:
    every = [Words(write.drawn), *write.words]
    text = msg("A day without data.")
    return Record(
        claims=CLAIMS,
        claim_texts=[[f"{claim['metric']} ({words.language})" for words in every] for claim in CLAIMS],
        warnings=[{"code": "missing_days", "scope": {"platform": "meta"}}],
        warning_texts=[[words.text(text) for words in every]],
        result={"answer": 42},
        inputs=[Source(file=f"exports/meta_{n}.csv", sha256=SHA, rows=310 + n) for n in range(3)],
        versions={"cuaderno": "0.1.0", "pandas": "3.0.0"},
    )


def gap(write: Writer) -> blocks.Gap:
    return blocks.Gap(
        what=write.text(msg("Whether the new customers stay.")),
        cheapest=write.text(msg("The orders of the shop, with the customer's number.")),
    )


def remark(language: str = "es-ES") -> blocks.Commentary:
    words = (
        "Octubre fue **bueno**: el ROAS fue {{claim:post_campaign.roas}} y grabamos 3 vídeos.\n\n- [Ver](https://x.es)"
    )
    return blocks.Commentary(language=language, markdown=words, author="Ana", is_checked=False)


def output(block: blocks.Block) -> Any:
    data = {blocks.MIME: blocks.dump(block), "text/html": "<b>fallback</b>", "text/plain": f"[{block.kind}]"}
    return new_output("display_data", data=data)


def shown(*made: blocks.Block) -> Any:
    return new_code_cell("page.show()", execution_count=1, outputs=[output(block) for block in made])


def sample(*, charts: Sequence[str] = tuple(CHARTS)) -> Any:
    """An executed notebook of one's own, to be changed at will."""
    return nbformat.reads(_written(tuple(charts)), as_version=4)


@functools.cache
def _written(charts: tuple[str, ...], languages: tuple[str, ...] = LANGUAGES) -> str:
    """The notebook's file; what lies in a file has passed through JSON with sorted keys."""
    write = Writer(languages, languages[0])
    figures = [write.figure(name, typical()[name]) for name in charts]
    cells = [
        new_markdown_cell("# Post-campaign report\n\nWhat did the campaign bring, and what did\nwe **learn**?"),
        shown(head(write)),
        new_markdown_cell("## What we found"),
        shown(summary(write), cards(write), brief(write)),
        new_markdown_cell("Each chart has its data below it.\n\n- one point\n- another point"),
        *(shown(figure) for figure in figures[:3]),
        shown(remark(languages[0])),
        new_markdown_cell("## Where it came from\n\n### By platform"),
        *(shown(figure) for figure in figures[3:]),
        shown(gap(write)),
        new_markdown_cell("## Detail by campaign"),
        shown(campaigns(write)),
        new_markdown_cell("## What to do next"),
        shown(actions(write)),
        shown(record(write)),
    ]
    notebook = new_notebook(cells=cells)
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{number}"
    return str(nbformat.writes(notebook))


@pytest.fixture(scope="session", name="sample")
def _sample() -> Callable[..., Any]:
    return sample


@pytest.fixture(scope="session")
def notebook() -> Any:
    return sample()
