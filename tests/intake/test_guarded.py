"""Whatever a file does, it ends as a receipt, and the next file is read as if nothing had been."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pandas as pd
import pytest

from helpers.intake import Receipt, Source, read_file
from helpers.intake.guarded import BORDER, Border, Limits
from helpers.store import Store
from helpers.store import store as store_module

from .bombs import BOMBS, META, ROW


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.csv"
    path.write_text(META + ROW)
    return path


def refusal(receipt: Receipt) -> tuple[str, str]:
    """Code and message of the one reason why a file was refused."""
    assert receipt.status == "refused"
    assert receipt.tables == ()
    (problem,) = receipt.problems
    assert problem.action
    return problem.code, problem.message


@pytest.mark.parametrize("name", BOMBS)
def test_a_file_that_would_do_harm_is_refused_in_words(tmp_path: Path, name: str) -> None:
    make, code = BOMBS[name]
    path = tmp_path / name
    path.write_bytes(make())

    assert refusal(BORDER.read(path))[0] == code


def test_a_page_and_a_password_are_called_what_they_are(tmp_path: Path) -> None:
    for name, words in {"page.xls": "web page", "page 16.xls": "web page", "secret.xlsx": "password"}.items():
        path = tmp_path / name
        path.write_bytes(BOMBS[name][0]())

        assert words in refusal(BORDER.read(path))[1]


def test_a_file_that_kills_its_reader_harms_no_other(tmp_path: Path, good: Path) -> None:
    bomb = tmp_path / "far.xlsx"
    bomb.write_bytes(BOMBS["far quoted.xlsx"][0]())
    store = Store(tmp_path / "store")
    receipts = [store.ingest(path) for path in (good, bomb, good)]

    assert [receipt.status for receipt in receipts] == ["ok", "refused", "ok"]
    assert "1024 MiB" in refusal(receipts[1])[1]
    assert receipts[1].sha256 == hashlib.sha256(bomb.read_bytes()).hexdigest()
    assert store.read("ads", receipts)["spend"].sum() == 3
    assert {path.name for path in (tmp_path / "store" / "files").iterdir()} == {one.key for one in receipts}


def test_what_comes_over_the_border_is_what_was_read(tmp_path: Path, good: Path) -> None:
    source = Source("*", "ads", {"campaign": "Campaign name", "spend": "Amount spent (EUR)"}, {"currency": "EUR"})
    for sources in ((), (source,)):
        inside = read_file(good, name="exports/x.csv", sources=sources)
        receipt = BORDER.read(good, name="exports/x.csv", sources=sources, into=tmp_path)

        assert receipt == inside.receipt
        for part, (_, frame) in zip(receipt.parts, inside.frames, strict=True):
            pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / part), frame, check_dtype=False)


def test_a_fault_of_the_reader_refuses_the_file_without_quoting_it(tmp_path: Path, good: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("who,what\nana@secret.example,1\n")
    source = Source("*", "customers", {"customer_id": "who", "what": "what"})
    code, message = refusal(BORDER.read(path, sources=(source,), salt="\ud800"))

    assert code == "not_a_table"
    assert "UnicodeEncodeError in helpers.intake.private:" in message
    assert "secret" not in message
    assert BORDER.read(good).status == "ok"


def test_a_file_that_takes_too_long_is_tried_again_another_time(
    tmp_path: Path, good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, hasty = Store(tmp_path / "store"), Border(Limits(seconds=0.01))
    monkeypatch.setattr(store_module, "BORDER", hasty)
    code, message = refusal(store.ingest(good))
    monkeypatch.undo()

    assert code == "unsafe_file"
    assert "did not end within" in message
    assert list((tmp_path / "store" / "files").iterdir()) == []
    assert store.ingest(good).status == "ok"


def test_a_process_that_has_ended_is_replaced_unseen(good: Path) -> None:
    first = BORDER.read(good)
    child = BORDER._child
    assert child is not None
    assert child._process.stdin is not None
    child._process.stdin.close()

    assert child._process.wait(10) == 0
    assert BORDER.read(good) == first


def test_credentials_do_not_cross_the_border(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAREHOUSE_PASSWORD", "swordfish")
    BORDER.read(good)
    assert BORDER._child is not None
    surroundings = Path(f"/proc/{BORDER._child._process.pid}/environ")

    if not surroundings.exists():
        pytest.skip("the system has no /proc")
    assert b"PATH=" in surroundings.read_bytes()
    assert b"swordfish" not in surroundings.read_bytes()


def test_what_is_no_file_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    inside = tmp_path / "exports"
    inside.mkdir()
    (inside / "link.csv").symlink_to("/etc/passwd")
    (inside / "loop.csv").symlink_to(inside / "loop.csv")

    for path in (tmp_path / "pipe.csv", inside / "link.csv", Path("/dev/zero"), tmp_path):
        assert refusal(BORDER.read(path))[0] == "unsafe_file"
    for path in (inside / "loop.csv", tmp_path / "gone.csv"):
        assert refusal(BORDER.read(path))[0] == "not_a_table"
