"""An executed notebook becomes one page a language; what is no valid block stays behind or stops it."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable
from html import unescape
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from helpers.blocks import MIME, dump
from helpers.charts import CHARTS
from helpers.errors import RunError, UsageError
from helpers.export import pages, record
from helpers.html import environment

LANGUAGES = ["es-ES", "en"]


@pytest.fixture(scope="module")
def made(notebook: Any) -> dict[str, str]:
    return pages(notebook)


def claims_of(page: str) -> dict[str, Any]:
    (block,) = re.findall(r'<script type="application/json" id="claims">(.*?)</script>', page, re.DOTALL)
    return dict(json.loads(block))


def text_of(page: str) -> str:
    body = re.sub(r"<(style|script)\b.*?</\1>", "", page, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]*>", " ", body).split())


def edited(notebook: Any, change: Callable[[dict[str, Any]], None]) -> Any:
    """A copy of the notebook in which each block was changed."""
    other = copy.deepcopy(notebook)
    for cell in other.cells:
        for output in cell.get("outputs", []):
            change(output.data[MIME])
    return other


def test_there_is_a_page_for_each_language_of_the_run(made: dict[str, str]) -> None:
    assert list(made) == LANGUAGES
    assert '<html lang="es-ES">' in made["es-ES"]
    assert '<html lang="en">' in made["en"]


def test_pages_lead_to_each_other_by_their_file_names(made: dict[str, str]) -> None:
    for page in made.values():
        assert re.findall(r'href="(post_campaign\.[^"]*)"', page) == [
            "post_campaign.es-ES.html", "post_campaign.en.html",
        ]  # fmt: skip


def test_the_policy_stands_before_all_that_it_governs(made: dict[str, str]) -> None:
    for page in made.values():
        start = unescape(page[: page.index("<title>")])
        assert "default-src 'none'" in start
        assert not re.search(r"<(script|style|link|body)\b", start)


def test_the_title_and_the_lead_come_from_the_first_cell(made: dict[str, str]) -> None:
    page = made["en"]

    assert re.findall(r"<h1>(.*?)</h1>", page) == ["Post-campaign report"]
    assert '<p class="lead">What did the campaign bring, and what did we <strong>learn</strong>?</p>' in page
    assert "<title>Post-campaign report · Café Aurora · Oct" in page


def test_summary_and_first_cards_stand_on_top_and_a_section_left_empty_is_gone(
    sample: Callable[..., Any], made: dict[str, str]
) -> None:
    page = made["en"]
    order = [
        page.index(mark) for mark in ('class="conclusion"', '<dl class="cards">', ">What we found</h2>", "<figure>")
    ]
    assert order == sorted(order)

    other = sample(charts=())
    heading = next(cell for cell in other.cells if cell.source == "## What we found")
    other.cells = [cell for cell in other.cells if not cell.source.startswith("Each chart")]
    other.cells.insert(other.cells.index(heading) + 2, new_markdown_cell("## Next"))
    assert "What we found" not in text_of(pages(other)["en"])


def test_sections_are_listed_in_the_contents(made: dict[str, str]) -> None:
    page = made["en"]
    links = re.findall(r'<a href="#([\w-]+)">([^<]*)</a>', page[page.index('class="contents"') :])

    assert [name for _, name in links][1:3] == ["What we found", "Where it came from"]
    assert all(f'id="{place}"' in page for place, _ in links)


def test_figures_of_sentences_carry_their_claim(made: dict[str, str]) -> None:
    page = made["es-ES"]

    assert '<span data-claim="post_campaign.roas">3,21</span>' in page
    assert '<span data-claim="post_campaign.roas" data-part="low">2,90</span>' in page
    assert '<bdi translate="no">ES_2026_Q4_Brand_10%</bdi>' in page
    assert re.search(r'<time datetime="2026-11-15">15 nov 2026</time>', page)


def test_the_claims_block_holds_those_that_the_page_shows_in_its_language(sample: Callable[..., Any]) -> None:
    other = edited(sample(charts=()), lambda block: block.pop("cards", None))
    for cell in other.cells:
        cell.outputs = (
            [o for o in cell.get("outputs", []) if o.data[MIME]["kind"] != "cards"] if "outputs" in cell else []
        )
    page = pages(other)["en"]

    document = claims_of(page)
    shown = [claim["id"] for claim in document["claims"]]
    assert shown == ["post_campaign.roas", "post_campaign.spend"]
    assert document["claims"][0]["text"] == "roas (en)"
    assert (document["client"], document["stage"], document["schema"]) == ("demo", "post_campaign", "cuaderno.claims/1")
    assert document["period"] == {"start": "2026-10-01", "end": "2026-10-31"}


def test_no_sign_of_the_claims_block_can_end_it(sample: Callable[..., Any]) -> None:
    def spoil(block: dict[str, Any]) -> None:
        if block["kind"] == "record":
            block["claim_texts"] = [["</script><script>alert(1)</script>&"] * 3 for _ in block["claim_texts"]]

    page = pages(edited(sample(charts=()), spoil))["en"]

    assert page.count("<script") == 1
    assert claims_of(page)["claims"][0]["text"] == "</script><script>alert(1)</script>&"


def test_the_same_notebook_gives_the_same_bytes_in_memory_and_from_its_file(
    notebook: Any, made: dict[str, str]
) -> None:
    read = nbformat.reads(nbformat.writes(notebook), as_version=4)

    assert pages(read) == made


def test_a_language_alone_gives_the_page_that_it_has_among_others(notebook: Any, made: dict[str, str]) -> None:
    assert pages(notebook, ["en"]) == {"en": made["en"]}


def test_a_language_that_was_not_run_is_misuse(notebook: Any) -> None:
    with pytest.raises(UsageError, match="not run in this language"):
        pages(notebook, ["es-MX"])


def test_a_page_of_six_charts_is_small(made: dict[str, str]) -> None:
    for page in made.values():
        assert len(page.encode()) <= 150_000


def test_drawings_are_shown_in_the_language_of_the_page(made: dict[str, str]) -> None:
    assert len(CHARTS) == made["en"].count("<figure>")
    assert ">1.250\u00a0€</text>" in made["es-ES"]
    assert ">€1,250</text>" in made["en"]
    assert ">1.250\u00a0€</text>" not in made["en"]


def test_no_id_is_used_twice(made: dict[str, str]) -> None:
    ids = re.findall(r'\sid="([^"]*)"', made["en"])

    assert len(ids) == len(set(ids))


def test_a_comment_is_on_the_page_of_its_language_alone_with_the_values_that_it_names(made: dict[str, str]) -> None:
    assert 'fue <span data-claim="post_campaign.roas">3,21</span> y grabamos 3 vídeos' in made["es-ES"]
    assert "Octubre" not in made["en"]


def test_a_comment_that_names_no_claim_of_the_run_stops_the_page(notebook: Any) -> None:
    def spoil(block: dict[str, Any]) -> None:
        if block["kind"] == "commentary":
            block["markdown"] = "{{claim:post_campaign.nothing}}"

    with pytest.raises(RunError, match=r"names a claim.*post_campaign\.nothing"):
        pages(edited(notebook, spoil))


def test_long_tables_begin_with_their_first_rows_and_keep_the_rest_behind_a_summary(made: dict[str, str]) -> None:
    page = made["en"]
    table = page[page.index('<div class="grid">') :]
    first, rest = table.split('<details class="more">')

    assert first.count('<th scope="row">') == 12 + 1
    assert rest[: rest.index("</details>")].count('<th scope="row">') == 12


def test_only_tables_that_may_be_too_wide_are_scroll_regions_and_those_have_a_name(made: dict[str, str]) -> None:
    page = made["en"]
    regions = re.findall(r'<div class="region" role="region" tabindex="0" aria-label="([^"]*)">', page)

    assert "Results by campaign" in regions
    assert len(regions) < page.count("<table")
    assert all(regions)


def test_the_glossary_explains_the_metrics_and_verdicts_that_the_page_shows_and_no_others(made: dict[str, str]) -> None:
    (shown,) = re.findall(r'<section class="glossary".*?</section>', made["en"], re.DOTALL)

    assert re.findall(r"<dt>(.*?)</dt>", shown) == ["Clicks", "ROAS", "Spend", "Better", "No change shown"]
    assert "Attributed revenue for each unit of money spent." in shown
    assert re.findall(r"<code[^>]*>(.*?)</code>", shown) == ["conversion_value / spend"]
    assert "Ingresos atribuidos por cada unidad monetaria invertida." in made["es-ES"]
    assert '<a href="#glossary">' in made["en"]


def test_the_foot_names_the_report_alike_in_every_language_and_anew_for_another_figure(notebook: Any) -> None:
    def named(book: Any) -> set[str]:
        return {re.findall(r"<dd><code>([0-9a-f]{12})</code></dd>", page)[0] for page in pages(book).values()}

    def raise_spend(block: dict[str, Any]) -> None:
        if block["kind"] == "record":
            block["claims"][1]["value"] += 1

    assert len(named(notebook)) == 1
    assert named(edited(notebook, raise_spend)) != named(notebook)


def test_the_foot_says_with_what_the_page_was_made(made: dict[str, str]) -> None:
    foot = text_of(made["en"][made["en"].index('<footer class="sources"') :])

    for word in ("stage post_campaign", "period 2026-10-01..2026-10-31", "as-of 2026-11-01", "currency EUR"):
        assert word in foot
    assert re.search(r"cuaderno\.block 1 cuaderno 0\.1\.0 pandas 3\.0\.0", foot)


def test_the_brief_stands_on_top_below_the_cards_with_its_verdicts(made: dict[str, str]) -> None:
    summary = made["en"][made["en"].index('id="summary"') : made["en"].index("</section>")]

    assert summary.index('class="cards"') < summary.index('class="brief"')
    assert '<span data-claim="post_campaign.roas">3.21</span> <span class="verdict better">better</span>' in summary


def test_other_outputs_are_left_behind(sample: Callable[..., Any]) -> None:
    other = sample(charts=())
    before = pages(other)
    data = {"text/html": "<script>alert(1)</script>", "text/vnd.mermaid": "graph", "image/svg+xml": "<svg/>"}
    outputs = [new_output("display_data", data=data), new_output("stream", name="stdout", text="secret")]
    other.cells.insert(3, new_code_cell("x", execution_count=2, outputs=outputs))

    assert pages(other) == before


def test_the_red_cells_of_papermill_are_left_behind(sample: Callable[..., Any]) -> None:
    other = sample(charts=())
    before = pages(other)
    red = new_markdown_cell("<span>An Exception was encountered at 'In [3]'.</span>")
    red.metadata["tags"] = ["papermill-error-cell-tag"]
    other.cells.insert(0, red)

    assert pages(other) == before


def test_an_error_of_ours_comes_through_in_its_words(sample: Callable[..., Any]) -> None:
    other = sample(charts=())
    trace = ["the currency is missing", "client.yaml:2:1", "Add a line: currency: EUR."]
    other.cells[3].outputs = [new_output("error", ename="ClientError", evalue="x", traceback=trace)]

    for make in (pages, record):
        with pytest.raises(RunError) as caught:
            make(other)
        assert [caught.value.what, caught.value.where, caught.value.next_step] == trace


def test_any_other_error_stops_the_page_too(sample: Callable[..., Any]) -> None:
    other = sample(charts=())
    trace = ["\x1b[31mTraceback\x1b[0m"]
    other.cells[3].outputs = [new_output("error", ename="KeyError", evalue="'spend'", traceback=trace)]

    with pytest.raises(RunError, match="KeyError: 'spend'"):
        pages(other)


def test_a_notebook_that_was_never_run_makes_no_page(sample: Callable[..., Any]) -> None:
    other = sample(charts=())
    for cell in other.cells:
        if cell.cell_type == "code":
            cell.outputs = []

    for make in (pages, record):
        with pytest.raises(RunError, match="was not run to its end"):
            make(other)


def _without_title(notebook: Any) -> None:
    notebook.cells[0].source = "What did it bring?"


def _with_a_figure(notebook: Any) -> None:
    notebook.cells[4].source = "We reached 3 targets."


def _with_a_brace(notebook: Any) -> None:
    notebook.cells[4].source = "The {value} is good."


def _with_another_version(notebook: Any) -> None:
    notebook.cells[3].outputs[0].data[MIME]["schema"] = "cuaderno.block/2"


def _with_an_unknown_key(notebook: Any) -> None:
    notebook.cells[3].outputs[0].data[MIME]["html"] = "<b>"


def _with_a_stage_that_is_an_address(notebook: Any) -> None:
    notebook.cells[1].outputs[0].data[MIME]["stage"] = "javascript:alert(1)//"


def _with_an_unknown_language(notebook: Any) -> None:
    notebook.cells[1].outputs[0].data[MIME]["languages"] = ["xx", "en"]


def _with_a_missing_language(notebook: Any) -> None:
    notebook.cells[3].outputs[0].data[MIME]["paragraphs"][0].pop()


def _with_a_short_row(notebook: Any) -> None:
    grids = (o.data[MIME] for c in notebook.cells for o in c.get("outputs", []) if o.data[MIME]["kind"] == "grid")
    next(grids)["rows"][0].pop()


def _with_a_claim_without_text(notebook: Any) -> None:
    notebook.cells[-1].outputs[0].data[MIME]["claim_texts"].pop()


@pytest.mark.parametrize(
    "spoil",
    [
        _without_title, _with_a_figure, _with_a_brace, _with_another_version, _with_an_unknown_key,
        _with_a_stage_that_is_an_address, _with_an_unknown_language, _with_a_missing_language, _with_a_short_row,
        _with_a_claim_without_text,
    ],
)  # fmt: skip
def test_what_is_wrong_stops_the_page_with_one_clear_error(
    spoil: Callable[[Any], None], sample: Callable[..., Any]
) -> None:
    other = sample(charts=())
    spoil(other)

    with pytest.raises(RunError) as caught:
        pages(other)

    assert caught.value.next_step


@pytest.mark.parametrize("drawing", ["<svg>", "<html/>", "", '<!DOCTYPE x><svg xmlns="http://www.w3.org/2000/svg"/>'])
def test_a_drawing_that_is_none_stops_the_page(drawing: str, sample: Callable[..., Any]) -> None:
    def spoil(block: dict[str, Any]) -> None:
        if block["kind"] == "figure":
            block["narrow"] = drawing

    with pytest.raises(RunError, match="cannot be shown"):
        pages(edited(sample(charts=("bars",)), spoil))


def test_a_logo_that_is_no_picture_is_left_out(sample: Callable[..., Any]) -> None:
    for logo in ("javascript:alert(1)", "https://evil.example/x.png", "<svg onload=alert(1)>", "data:text/html,x"):
        other = edited(
            sample(charts=()), lambda b, logo=logo: b["brand"].update(logo=logo) if b["kind"] == "head" else None
        )
        assert "<img" not in pages(other)["en"]


def test_the_record_is_the_claims_document_in_the_drawn_language(notebook: Any) -> None:
    left = record(notebook)

    assert (left.stage, left.client) == ("post_campaign", "demo")
    assert [claim["text"] for claim in left.claims["claims"]] == ["roas (es-ES)", "spend (es-ES)", "clicks (es-ES)"]
    assert left.claims["warnings"] == left.warnings
    assert left.warnings[0]["code"] == "missing_days"
    assert left.result == {"answer": 42}
    assert left.inputs[0] == {"file": "exports/meta_0.csv", "sha256": "0123456789abcdef" * 4, "rows": 310}


def test_claims_say_what_they_were_made_from_and_a_page_defines_what_it_shows(sample: Callable[..., Any]) -> None:
    making = {
        "period": "2026-10", "files": [{"name": "client.yaml", "sha256": "ab"}], "campaigns": [["meta", "Otoño"]],
        "goals": [{"metric": "roas", "target": 3}], "definitions": {"roas": "value / spend", "cpa": "spend / n"},
    }  # fmt: skip
    made = edited(sample(charts=()), lambda b: b.update(making=making) if b["kind"] == "record" else None)

    in_file = record(made).claims
    on_page = claims_of(pages(made)["en"])

    assert (in_file["language"], on_page["language"]) == ("es-ES", "en")
    assert in_file["made_from"]["definitions"] == {"roas": "value / spend", "cpa": "spend / n"}
    on_top = {"definitions": {"roas": "value / spend"}, "languages": LANGUAGES}
    assert on_page["made_from"] == in_file["made_from"] | on_top
    assert set(on_page["made_from"]) == {
        "period", "as_of", "languages", "inputs", "versions", "files", "earlier", "goals", "definitions",
    }  # fmt: skip
    assert on_page["made_from"]["as_of"] == "2026-11-01"


def test_the_conclusion_is_kept_in_pieces_that_name_their_claims(notebook: Any) -> None:
    conclusion = record(notebook).conclusion

    assert list(conclusion) == LANGUAGES
    said = "".join(piece["text"] for piece in conclusion["en"])
    assert said == "The ROAS of 3.21 is above the plan of 3.00, at the same spend."
    named = [
        (piece["text"], piece["part"]) for piece in conclusion["es-ES"] if piece.get("claim") == "post_campaign.roas"
    ]
    assert named == [("3,21", "value"), ("3,00", "compared_to")]


def test_every_block_survives_the_way_through_the_file(notebook: Any) -> None:
    from helpers.blocks import load  # noqa: PLC0415  beside its use

    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            assert json.loads(json.dumps(dump(load(output.data[MIME])))) == output.data[MIME]


def test_every_template_escapes() -> None:
    made = environment()

    assert made.autoescape is True
    for name in made.list_templates(extensions=["j2"]):
        source = (made.loader.get_source(made, name) if made.loader else ("",))[0]
        assert not re.search(r"\|\s*safe\b|autoescape\s+false", source), name


def linked(notebook: Any, address: str) -> Any:
    """The notebook, the first name in its tables leading to an address."""

    def change(block: dict[str, Any]) -> None:
        if block["kind"] == "grid":
            for text in block["rows"][0][0]:
                text[:] = [{"text": "Otoño", "name": True, "link": address}]

    return edited(notebook, change)


def test_a_name_leads_to_its_address_without_telling_where_from(notebook: Any) -> None:
    page = pages(linked(notebook, "https://a.example/p/1?x=1&y=2"))["en"]

    assert '<a href="https://a.example/p/1?x=1&amp;y=2" rel="noopener noreferrer" translate="no">Otoño</a>' in page


@pytest.mark.parametrize("address", ["javascript:alert(1)", "http://a.example", "https://a.example/'onclick='x", "/x"])
def test_an_address_that_is_none_stops_the_page(notebook: Any, address: str) -> None:
    with pytest.raises(RunError):
        pages(linked(notebook, address))
