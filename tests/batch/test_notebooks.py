"""Stages are the notebooks that are there."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.batch import chosen, stage_notebooks
from helpers.errors import UsageError


def test_stages_are_found_by_their_notebooks_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    for name in ("07_post_campaign.ipynb", "01_audit.ipynb", "notes.ipynb", "1_x.ipynb", "02_market.md"):
        (tmp_path / name).write_text("{}")

    assert list(stage_notebooks(tmp_path)) == ["audit", "post_campaign"]


def test_stages_that_are_asked_for_keep_the_order_of_the_notebooks() -> None:
    assert chosen(["c", "a"], ["a", "b", "c"]) == ("a", "c")
    assert chosen([], ["a", "b"]) == ("a", "b")


def test_a_stage_that_is_not_there_is_refused() -> None:
    with pytest.raises(UsageError, match=r"Did you mean audit\?"):
        chosen(["audt"], ["audit"])
