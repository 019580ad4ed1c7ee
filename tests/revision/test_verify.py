"""A page that is as it was made holds; every way of changing it or what is beneath it is found and named."""

from __future__ import annotations

import json
import re
import shutil
import time
from pathlib import Path
from typing import Any

import pytest

from helpers.errors import CuadernoError, UsageError
from helpers.revision import Verification, verify
from helpers.revision.compare import Judged
from helpers.revision.reading import read_page

from .conftest import SETTINGS, Project, Quiet, meta

SPEND = "post_campaign.spend"


def claims_of(page: Path) -> Any:
    text = page.read_text(encoding="utf-8")
    return json.loads(re.search(r'id="claims">(.*?)</script>', text, re.DOTALL)[1])  # type: ignore[index]


def of(found: Verification, claim: str) -> Judged:
    (one,) = (judged for judged in found.judged if judged.id == claim)
    return one


@pytest.mark.parametrize("language", ["en", "es-ES"])
def test_an_untouched_page_holds_in_another_folder_and_time_zone(
    project: Project, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    time.tzset()
    sent_back = shutil.copy(project.page(language), project.root / "back from the client.html")
    shutil.rmtree(project.root / "reports")
    before = project.files()

    found = project.verify(Path(sent_back))

    assert (found.verdict, found.holds) == (f"all {len(found.judged)} claims hold", True)
    assert len(found.judged) > 10
    assert found.shown > 10
    assert found.is_same
    assert found.beneath.is_none
    assert project.files() == before


def test_a_page_holds_where_nothing_is_kept_of_the_client(project: Project) -> None:
    shutil.rmtree(project.root / ".cuaderno")

    assert project.verify().holds
    assert not (project.root / ".cuaderno").exists()


def test_a_digit_changed_in_the_text_is_found(project: Project) -> None:
    page = project.edit(project.page(), f'data-claim="{SPEND}">€465<', f'data-claim="{SPEND}">€565<')

    found = project.verify(page)

    (wrong,) = found.misshown
    assert (wrong.claim, wrong.shown, wrong.expected) == (SPEND, "€565", "€465")
    assert (found.failing, found.holds) == (0, False)
    assert found.verdict.endswith("but the page shows 1 figure otherwise")


def test_a_value_changed_in_the_block_is_found_and_named_an_edit(project: Project) -> None:
    page = project.edit(project.page(), '"value":465.0', '"value":565.0')

    found = project.verify(page)

    changed = of(found, SPEND)
    (field,) = changed.changes
    assert (changed.outcome, field.field, field.old, field.new) == ("differs", "value", 565.0, 465.0)
    assert changed.why == ("nothing beneath it has changed, so the page was edited",)
    assert {wrong.claim for wrong in found.misshown} == {SPEND}


def test_text_and_block_changed_alike_are_found(project: Project) -> None:
    page = project.edit(project.page(), '"value":465.0', '"value":565.0')
    project.edit(page, "€465", "€565", -1)

    found = project.verify(page)

    assert found.misshown == ()
    assert [judged.id for judged in found.judged if judged.outcome != "holds"] == [SPEND]
    assert found.verdict == f"1 of {len(found.judged)} claims do not hold"


def test_a_word_changed_or_a_sentence_added_is_found_though_every_claim_holds(project: Project) -> None:
    page = project.edit(project.page(), "</main>", "<p>Sales doubled to 99,999.</p></main>")

    found = project.verify(page)

    assert (found.failing, found.misshown, found.holds) == (0, (), False)
    assert found.verdict.endswith("but the page was edited")
    assert (found.added, found.missing) == (("Sales doubled to 99,999.",), ())


def test_a_caveat_that_was_taken_out_is_found(project: Project) -> None:
    caveat = re.findall(
        r"<li>(?:(?!</li>).)*very figures of the day before.*?</li>", project.page().read_text(), re.DOTALL
    )
    page = project.edit(project.page(), caveat[0], "")

    found = project.verify(page)

    assert (found.failing, found.holds, found.is_edited) == (0, False, True)
    assert found.added == ()
    assert [" ".join(sentence.split()) for sentence in found.missing] == [
        " ".join(re.sub(r"<[^>]+>", "", caveat[0]).split())
    ]


def test_a_page_that_only_looks_otherwise_is_not_the_one_that_was_made(project: Project) -> None:
    page = project.edit(project.page(), "<h2", '<h2 style="display:none"')

    found = project.verify(page)

    assert (found.failing, found.holds, found.added, found.missing) == (0, False, (), ())
    assert "reads like the one" in found.likeness


def test_a_figure_that_names_no_claim_of_the_page_is_found(project: Project) -> None:
    page = project.edit(project.page(), "</main>", '<p data-claim="post_campaign.roas.moon">9.99</p></main>')

    (wrong,) = project.verify(page).misshown

    assert (wrong.shown, wrong.expected) == ("9.99", None)


def test_a_changed_export_is_named_with_old_and_new_value(project: Project) -> None:
    (project.client / "exports" / "meta.csv").write_text(meta(spend=12.0), encoding="utf-8")
    before = project.files()

    found = project.verify()

    changed = of(found, SPEND)
    assert ("value", 465.0, 527.0) in [(one.field, one.old, one.new) for one in changed.changes]
    assert changed.why == ("file exports/meta.csv was changed",)
    assert of(found, "post_campaign.spend.tiktok").outcome == "holds"
    # Purchases come from the same rows of a file that is another now.
    assert of(found, "post_campaign.conversions.meta").outcome == "other_files"
    assert not found.is_edited
    assert project.files() == before


def test_a_removed_and_an_added_export_are_named(project: Project) -> None:
    exports = project.client / "exports"
    (exports / "tiktok.csv").rename(exports / "tiktok_october.csv")

    found = project.verify()

    assert {(one.name, one.kind) for one in found.beneath.files} == {
        ("exports/tiktok.csv", "gone"),
        ("exports/tiktok_october.csv", "new"),
    }
    moved = of(found, "post_campaign.spend.tiktok")
    assert moved.outcome == "other_files"
    assert moved.why == ("file exports/tiktok.csv is gone", "file exports/tiktok_october.csv is new")


def test_claims_that_can_no_longer_be_made_are_told_apart(project: Project) -> None:
    (project.client / "exports" / "tiktok.csv").unlink()

    found = project.verify()

    assert of(found, "post_campaign.spend.tiktok").outcome == "gone"
    assert of(found, "post_campaign.spend.meta").outcome == "holds"
    assert of(found, SPEND).outcome == "differs"


def test_without_any_export_every_claim_is_gone_and_the_reason_is_said(project: Project) -> None:
    shutil.rmtree(project.client / "exports")

    found = project.verify()

    assert {judged.outcome for judged in found.judged} == {"gone"}
    assert "no export" in found.likeness
    assert {one.name for one in found.beneath.files} == {"exports/meta.csv", "exports/tiktok.csv"}
    assert found.as_json()["error"]["next"]


def test_a_changed_goal_is_named(project: Project) -> None:
    changed = SETTINGS.replace("target: 25", "target: 28")
    (project.client / "client.yaml").write_text(changed, encoding="utf-8")

    found = project.verify()

    (goal,) = found.beneath.goals
    assert (goal.name, goal.old, goal.new) == ("cpa", "25", "28")
    cpa = of(found, "post_campaign.cpa")
    assert ("compared_to.value", 25.0, 28.0) in [(one.field, one.old, one.new) for one in cpa.changes]
    assert cpa.why == ("goal cpa: 25 → 28",)
    assert of(found, "post_campaign.spend").outcome == "holds"


def test_another_version_of_the_code_explains_a_page_that_reads_otherwise(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("helpers.page.page.fingerprints", lambda: {"code": "0123456789ab", "templates": "ba98"})

    found = project.verify()

    assert {one.name for one in found.beneath.versions} == {"code", "templates"}
    assert (found.is_same, found.is_edited, found.holds) == (False, False, True)


def test_the_stages_that_a_page_was_made_with_are_made_again_first(project: Project) -> None:
    project.report("market_research", "persona", "strategy")
    listener = Quiet()

    found = verify(project.page(stage="strategy"), project.roots, listener)

    assert listener.begun == ["market_research", "persona", "strategy"]
    assert (found.holds, found.is_same) == (True, True)


def test_a_page_about_all_days_is_held_against_its_own_days_when_there_are_more(project: Project) -> None:
    project.report(period="all")
    page = project.root / "reports" / "aurora" / "all" / "post_campaign.en.html"
    november = meta().replace("2026-10-", "2026-11-").splitlines()[:4]
    (project.client / "exports" / "november.csv").write_text("\n".join(november) + "\n", encoding="utf-8")

    found = project.verify(page)

    assert [(one.name, one.kind) for one in found.beneath.files] == [("exports/november.csv", "new")]
    assert of(found, SPEND).outcome == "holds"
    assert not found.is_edited


def test_the_document_tells_all(project: Project) -> None:
    found = project.verify().as_json()

    assert found["schema"] == "cuaderno.verify/1"
    assert (found["client"], found["stage"], found["as_of"]) == ("aurora", "post_campaign", "2026-11-05")
    assert found["counts"] == {"holds": len(found["claims"]), "differs": 0, "other_files": 0, "gone": 0}
    assert json.loads(json.dumps(found, allow_nan=False)) == found


# Pages that are none of ours, and hostile ones


def test_an_index_page_leads_to_what_can_be_verified(project: Project) -> None:
    with pytest.raises(UsageError, match="an index claims nothing") as caught:
        project.verify(project.run / "index.en.html")

    assert "audit.en.html" in caught.value.next_step


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('"client":"aurora"', '"client":"borealis"', "no such client"),
        ('"client":"aurora"', '"client":"../aurora"', "no such client"),
        ('"stage":"post_campaign"', '"stage":"../../etc"', "no report is made of this stage"),
        ('"as_of":"2026-11-05"', '"as_of":"soon"', "not those of a cuaderno.claims/1"),
        ('"period":"2026-10"', '"period":"; rm -rf /"', "no period"),
        ('"languages":["es-ES","en"]', '"languages":["xx"]', "cannot be written in this language"),
        ('"language":"en"', '"language":"../en"', "does not say what it was made from"),
        ('"made_from":', '"was_made_from":', "does not say what it was made from"),
        ('"value":465.0', '"value":NaN', "not those of a cuaderno.claims/1"),
        ('"schema":"cuaderno.claims/1"', '"schema":"other/1"', "not those of a cuaderno.claims/1"),
        ('id="claims"', 'id="claim"', "no report of ours"),
        ("</body>", '<script type="application/json" id="claims">{}</script></body>', "no report of ours"),
    ],
)
def test_a_page_that_is_none_of_ours_is_refused_with_a_next_step(
    project: Project, old: str, new: str, what: str
) -> None:
    page = project.edit(project.page(), old, new, -1 if old.startswith('"l') else 1)

    with pytest.raises(CuadernoError, match=what) as caught:
        project.verify(page)

    assert caught.value.exit_code == 2
    assert caught.value.next_step


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xfe\x00",
        b"x" * 1_000_001,
        b"<svg><text>" * 20_000 + b"</p><math><mtext>" * 20_000,
        b'<span data-claim="a">' * 40_000,
        b'<script type="application/json" id="claims">' + b"[" * 900_000,
        b"<!--" * 200_000 + b'<script type="application/json" id="claims">{}</script>',
    ],
    ids=["no-text", "too-large", "deep-drawing", "deep-figures", "deep-json", "comments"],
)
def test_hostile_files_are_refused_in_no_time(tmp_path: Path, content: bytes) -> None:
    page = tmp_path / "x.html"
    page.write_bytes(content)

    with pytest.raises(UsageError):
        read_page(page)


def test_only_what_a_browser_would_show_is_read(project: Project) -> None:
    hidden = f'<!-- <b data-claim="{SPEND}">€1</b> --><template><i>a</i></template><script>document.write(1)</script>'
    page = project.edit(project.page(), "</main>", f"{hidden}</main>")

    read = read_page(page)

    assert "€1" not in [one.text for one in read.shown]
    assert not [said for said in read.passages if "document.write" in said]
    assert read.document.by_id[SPEND].value == 465.0
    assert claims_of(page)["client"] == "aurora"
