"""Files appear whole or not at all."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from helpers.clients.files import write_whole
from helpers.errors import PreflightError

WRITER = """
import sys
from pathlib import Path
from helpers.clients.files import write_whole
for number in range(10_000):
    write_whole(Path(sys.argv[1]), str(number % 10) * 500_000)
    print("written", flush=True)
"""


def test_a_file_is_written_into_folders_that_are_made(tmp_path: Path) -> None:
    write_whole(tmp_path / "a" / "b.txt", "ñ")

    assert (tmp_path / "a" / "b.txt").read_bytes() == "ñ".encode()
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b.txt"]


def test_a_writer_that_is_killed_at_any_moment_leaves_a_whole_file(tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    for pause in (0.0, 0.004, 0.011):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(target)], stdout=subprocess.PIPE)
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(pause)
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()

        content = target.read_text()
        assert len(content) == 500_000
        assert len(set(content)) == 1


def test_a_folder_that_cannot_be_written_is_said_and_the_old_file_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "report.html"
    target.write_text("old")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(PreflightError, match="No space left"):
        write_whole(target, "new")

    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]
