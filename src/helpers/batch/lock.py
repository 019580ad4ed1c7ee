"""One run at a time: the lock on what is kept of a client, which ends with the process that holds it."""

from __future__ import annotations

import fcntl
import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from helpers.clients.files import unwritable
from helpers.errors import LockedError


@contextmanager
def hold(path: Path, what: str, *, waits: bool = False) -> Iterator[None]:
    """Hold the lock as long as the context lasts.

    Parameters
    ----------
    path
        The lock file; it stays, only the lock on it counts, so a killed run leaves nothing to clean up.
    what
        What is locked, for the message.
    waits
        Whether to wait for whoever holds it.

    Raises
    ------
    LockedError
        If another process holds it and `waits` is false; it names the process and since when.
    PreflightError
        If the file cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise unwritable(path, error) from error
    with os.fdopen(handle, "r+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if waits else fcntl.LOCK_NB))
        except BlockingIOError as error:
            raise LockedError(
                "another run holds this client",
                where=what,
                seen=_holder(file.read()),
                next_step="Wait until that run is over, or end that process.",
            ) from error
        file.truncate(0)
        file.write(_owner())
        file.flush()
        yield


def _owner() -> str:
    since = datetime.now(UTC).isoformat(timespec="seconds")
    return json.dumps({"pid": os.getpid(), "host": socket.gethostname(), "since": since})


def _holder(text: str) -> str:
    """Who holds it; the holder may be just about to write."""
    try:
        owner = json.loads(text)
        return f"process {owner['pid']} on {owner['host']} since {owner['since']}"
    except (ValueError, KeyError, TypeError):
        return "a process that has just begun"
