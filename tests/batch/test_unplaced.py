"""A run that could leave nothing in a period's folder is noted with its client, until a run does."""

from __future__ import annotations

import json
from pathlib import Path

from helpers.batch import Entry, Run, note_unplaced
from helpers.errors import ClientError, LockedError


def ended(error: Exception | None = None, *, started: str = "2026-11-01T04:00:00+00:00") -> Run:
    run = Run("acme", {"key": "2026-10", "start": None, "end": None}, [Entry("audit")], started=started)
    if isinstance(error, ClientError | LockedError):
        run.refuse(error, ["audit"])
    return run


def refused() -> ClientError:
    return ClientError("the currency is missing", where="client.yaml:1:1", next_step="Add it.")


def test_a_refused_run_is_kept_and_goes_with_the_next_that_is_well(tmp_path: Path) -> None:
    assert note_unplaced(tmp_path, ended(refused()).as_json())
    saved = json.loads((tmp_path / "acme" / "run.json").read_text(encoding="utf-8"))
    assert saved["stages"][0]["error"]["what"] == "the currency is missing"

    assert note_unplaced(tmp_path, ended().as_json())
    assert not (tmp_path / "acme" / "run.json").exists()
    assert not note_unplaced(tmp_path, ended().as_json())


def test_a_run_that_wrote_its_own_document_is_not_kept_twice(tmp_path: Path) -> None:
    run = ended(refused())
    run.write(tmp_path / "acme" / "2026-10")

    assert not note_unplaced(tmp_path, run.as_json())
    assert not (tmp_path / "acme" / "run.json").exists()


def test_a_run_that_died_over_an_older_document_is_kept(tmp_path: Path) -> None:
    ended(started="2026-10-31T04:00:00+00:00").write(tmp_path / "acme" / "2026-10")

    assert note_unplaced(tmp_path, ended(refused()).as_json())


def test_a_run_that_another_kept_out_says_nothing(tmp_path: Path) -> None:
    locked = LockedError("another run holds this client", where="acme", next_step="Wait.")

    assert not note_unplaced(tmp_path, ended(locked).as_json())
    assert not (tmp_path / "acme").exists()
