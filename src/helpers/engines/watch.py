"""Watches a kernel from outside: how much memory it takes, and that it ends in time."""

from __future__ import annotations

import contextlib
import os
import re
import resource
import signal
import sys
import threading
import time
from pathlib import Path

_PAUSE = 0.1
_PEAK = re.compile(r"^VmHWM:\s+(\d+) kB$", re.MULTILINE)


class Watch:
    """Follows one kernel on a thread.

    Parameters
    ----------
    seconds
        When the kernel is killed, counted from its start.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._over = threading.Event()
        self._thread: threading.Thread | None = None
        self._group = 0
        self.peak_mib: float | None = None
        self.is_late = False

    def start(self, group: int) -> None:
        """Begin with a kernel, which leads a process group of its own."""
        self._group = group
        self.peak_mib = _peak(group)
        self._thread = threading.Thread(target=self._follow, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End, and leave no process of the kernel's group alive."""
        if self._thread is None:
            return
        self._over.set()
        self._thread.join()
        end_group(self._group)
        if self.peak_mib is None:
            self.peak_mib = _peak_of_children()

    def _follow(self) -> None:
        deadline = time.monotonic() + self._seconds
        while not self._over.wait(_PAUSE):
            # The greatest use so far: what was last seen of a killed kernel is what it was killed for.
            self.peak_mib = _peak(self._group) or self.peak_mib
            if time.monotonic() > deadline:
                self.is_late = True
                end_group(self._group)
                return


def end_group(group: int) -> None:
    """Kill every process of a group that is still there."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)


def _peak(process: int) -> float | None:
    try:
        found = _PEAK.search(Path(f"/proc/{process}/status").read_text())
    except OSError:
        return None
    return round(int(found[1]) / 1024, 1) if found else None


def _peak_of_children() -> float | None:
    """The greatest of all children that have ended, where the system has no /proc."""
    size = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    unit = 1024**2 if sys.platform == "darwin" else 1024
    return round(size / unit, 1) if size else None
