"""Files that appear whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from helpers.errors import ClientError, PreflightError


def write_whole(path: Path, content: bytes | str, *, mode: int = 0o644) -> None:
    """Write a file beside its place, force it to disk and rename it; a reader sees the old file or the new one.

    Parameters
    ----------
    path
        Where the file goes; missing folders are made.
    content
        Text is written as UTF-8.
    mode
        Permissions of the new file.

    Raises
    ------
    PreflightError
        If the disk is full or the folder cannot be written; the old file is left as it was.
    """
    data = content.encode() if isinstance(content, str) else content
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_through(beside, data, mode)
        beside.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise unwritable(path, error) from error


def move_whole(source: Path, target: Path) -> None:
    """Move a finished file of the same disk into its place, replacing what is there.

    Raises
    ------
    PreflightError
        If the folder cannot be written.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        source.replace(target)
        _sync_folder(target.parent)
    except OSError as error:
        raise unwritable(target, error) from error


def unwritable(path: Path, error: OSError) -> PreflightError:
    """What to say where a file cannot be written."""
    return PreflightError(
        "the file could not be written",
        where=str(path),
        seen=error.strerror or type(error).__name__,
        next_step="Free some disk space, or check who may write to this folder; then run again.",
    )


def read_inside(root: Path, relative: str, *, limit: int) -> bytes:
    """Read a file of a client folder, which may not lead out of it.

    Parameters
    ----------
    root
        The client folder.
    relative
        Path below it, with slashes.
    limit
        Greatest size, in bytes.

    Raises
    ------
    ClientError
        If the file is missing, is no ordinary file, is too large, or a link leads out of the client folder.
    """
    path = inside(root, relative)
    if not path.is_file():
        raise ClientError("there is no such file", where=relative, next_step="Add the file, or correct its name.")
    if path.stat().st_size > limit:
        raise ClientError(
            f"the file is larger than {limit // 1000} kB",
            where=relative,
            seen=f"{path.stat().st_size // 1000} kB",
            next_step="Save a smaller one.",
        )
    return path.read_bytes()


def inside(root: Path, relative: str) -> Path:
    """The path below `root`, proven not to lead out of it through a link.

    Raises
    ------
    ClientError
        If it does.
    """
    path = root / relative
    if not path.resolve().is_relative_to(root.resolve()):
        raise ClientError(
            "the path leads out of the client folder",
            where=relative,
            next_step="Copy the file into the client folder; links to other places are not followed.",
        )
    return path


def is_ordinary(path: Path) -> bool:
    """Whether the path is a plain file or a link to one: no folder, pipe or device."""
    return stat.S_ISREG(path.stat().st_mode)


def _write_through(path: Path, data: bytes, mode: int) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
