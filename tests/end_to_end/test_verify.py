"""A page of the demo client that a client sends back is held against the exports."""

from __future__ import annotations

from pathlib import Path

import pytest

from .workbook import Project, claims_block, command

SPEND = "post_campaign.spend"


@pytest.mark.slow
def test_a_page_sent_back_with_one_digit_changed_is_found_out_and_every_claim_of_it_still_holds(
    demo: Project, tmp_path: Path
) -> None:
    page = demo.page("demo", "post_campaign", "es-ES")
    claims = claims_block(page)["claims"]
    # The spend of October is written 9664 €; nothing but the first figure bound to its claim is changed.
    mark = f'data-claim="{SPEND}">9'
    assert mark in page
    (tmp_path / "informe.html").write_text(page.replace(mark, f"{mark}9", 1), encoding="utf-8")

    ended = command("helpers", "verify", tmp_path / "informe.html", "--clients", demo.folder / "clients", "--json")

    found = ended.document
    assert (ended.code, found["client"], found["language"]) == (1, "demo", "es-ES"), ended.err
    assert found["counts"] == {"holds": len(claims), "differs": 0, "other_files": 0, "gone": 0}
    (wrong,) = found["misshown"]
    assert (wrong["claim"], wrong["shown"]) == (SPEND, "9" + wrong["expected"])
    assert (found["page"]["is_same"], found["is_edited"]) == (False, True)
    assert [said for said in found["page"]["added"] if " ".join(wrong["shown"].split()) in said]
