"""One run holds a client; who else comes is told who it is."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from helpers.batch import hold
from helpers.errors import LockedError, PreflightError

HOLDER = """
import sys, time
from pathlib import Path
from helpers.batch.lock import hold
with hold(Path(sys.argv[1]), "acme"):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_run_is_told_who_holds_the_client_and_a_dead_holder_holds_nothing(tmp_path: Path) -> None:
    lock = tmp_path / "kept" / "lock"
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, str(lock)], stdout=subprocess.PIPE)
    assert holder.stdout is not None
    holder.stdout.readline()

    with pytest.raises(LockedError) as raised, hold(lock, "acme"):
        pytest.fail("two runs hold the client")
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    holder.stdout.close()

    assert f"process {holder.pid} on " in raised.value.seen
    assert "since 20" in raised.value.seen
    with hold(lock, "acme"):
        assert f'"pid": {os.getpid()}' in lock.read_text()


def test_a_lock_that_is_let_go_can_be_taken_again(tmp_path: Path) -> None:
    for _ in range(2):
        with hold(tmp_path / "lock", "acme"):
            pass


def test_two_clients_are_held_at_once(tmp_path: Path) -> None:
    with hold(tmp_path / "a", "a"), hold(tmp_path / "b", "b"):
        pass


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(PreflightError), hold(tmp_path / "file" / "lock", "acme"):
        pytest.fail("the lock lies in a file")
