"""The border of intake: files are read in a process of their own, so that a hostile one harms nothing else.

One process serves many files, since its start costs more than most files do; it is replaced when it dies.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import select
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from signal import Signals
from typing import Any

from helpers.errors import ExportError
from helpers.intake import containers, questions, safety
from helpers.intake.private import DEFAULT_SALT
from helpers.intake.receipt import Problem, Receipt
from helpers.intake.safety import Seal
from helpers.intake.sources import Source

MIB = 1 << 20
_CHUNK = 1 << 16
_PACKED = 8
_LONGEST_ANSWER = 16 * MIB
_LESS = "Export a shorter period or fewer columns, and open the file in a spreadsheet to see that it is what it says."
_SAVE_AS = "Open it in a spreadsheet, save it as XLSX or CSV and put that in its place; tell the developers."
# Nothing of the surroundings is the business of a hostile file, credentials least of all.
_NEEDED = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "VIRTUAL_ENV", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
# Threads and allocation arenas would take address space by the core, and the limit counts address space.
_FRUGAL = {
    "MALLOC_ARENA_MAX": "2",
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "PYTHONHASHSEED": "0",
}


@dataclass(frozen=True)
class Limits:
    """What reading one file may take.

    Parameters
    ----------
    memory
        Bytes of address space of the reading process, its own code included.
    seconds
        Seconds of computing for a file of ordinary size.
    bytes_a_second
        Every so many bytes of text allow one second more; a byte of Parquet counts as eight of them.
    """

    memory: int = 1024 * MIB
    seconds: float = 20
    bytes_a_second: int = 4 * MIB

    def computing(self, size: int) -> float:
        """Return the seconds of computing that a file of so many bytes may take."""
        return self.seconds + size / self.bytes_a_second

    def waiting(self, size: int) -> float:
        """Return the seconds by the clock: other work on the same machine may take its part of them."""
        return 1.5 * self.computing(size)


class Border:
    """Reads files in a process of its own, one at a time.

    Parameters
    ----------
    limits
        For every file.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._turn = threading.Lock()
        self._child: _Child | None = None

    def read(
        self,
        path: Path,
        *,
        name: str | None = None,
        sources: Sequence[Source] = (),
        salt: str = DEFAULT_SALT,
        seal: Seal | None = None,
        into: Path | None = None,
    ) -> Receipt:
        """Return the receipt of a file. Whatever the file does, it ends as a receipt: at worst a refusal.

        Parameters
        ----------
        path, name, sources, salt, seal
            As for `read_file`.
        into
            Folder that receives the rows, as the files that `Receipt.parts` names; None leaves them unwritten.

        Raises
        ------
        OSError
            Where rows cannot be written to `into`.
        """
        shown = name or path.name
        try:
            size = safety.check_path(path) * (_PACKED if containers.is_parquet(path) else 1)
        except (ExportError, OSError) as error:
            return Receipt(shown, "", problems=(Problem.of_error(error),))
        order = {
            "path": str(path.absolute()),
            "name": shown,
            "sources": [asdict(source) for source in sources],
            "salt": salt,
            "seal": asdict(seal) if seal else None,
            "into": str(into.absolute()) if into else "",
            "memory": self._limits.memory,
            "seconds": int(self._limits.computing(size)),
        }
        with self._turn:
            said = self._ask(order, self._limits.waiting(size))
        if "unwritable" in said:
            raise OSError(*said["unwritable"], str(into))
        if "receipt" in said:
            return Receipt.from_json(said["receipt"])
        problem = self._refusal(said, questions.narrower(sources, _LESS))
        return Receipt(
            shown, (seal or safety.sealed(path)).sha256, problems=(problem,), is_settled="waited" not in said
        )

    def close(self) -> None:
        """End the reading process; the next file starts another."""
        with self._turn:
            self._drop()

    def _ask(self, order: Mapping[str, Any], patience: float) -> Mapping[str, Any]:
        """Send an order to a process that lives; one that had ended itself meanwhile is replaced, once."""
        said: Mapping[str, Any] = {}
        for _ in range(2):
            child = self._child
            if child is None or not child.is_ours:
                self._drop()
                child = self._child = _Child()
            try:
                said = child.ask(order, patience)
            except BaseException:  # interrupted: its answer would be taken for that of the next file
                self._drop()
                raise
            if said:
                break
            self._drop()
        if "receipt" not in said:
            self._drop()
        return said

    def _drop(self) -> None:
        if self._child is not None:
            self._child.end()
            self._child = None

    def _refusal(self, said: Mapping[str, Any], narrower: str) -> Problem:
        limits = self._limits
        if "memory" in said or said.get("signal") == Signals.SIGABRT:  # compiled code aborts where memory runs out
            seen = f"Reading the file takes more than {limits.memory // MIB} MiB of memory, so it was stopped."
            return Problem.of("unsafe_file", seen, narrower)
        if "waited" in said or said.get("signal") == Signals.SIGXCPU:
            seconds = said.get("waited") or limits.seconds
            seen = f"Reading the file did not end within {seconds:.0f} seconds, so it was stopped."
            return Problem.of("unsafe_file", seen, narrower)
        how = said.get("fault") or (f"signal {said['signal']}" if "signal" in said else "no answer")
        return Problem.of("not_a_table", f"The file breaks the program that reads it ({how}).", _SAVE_AS)


class _Child:
    """One reading process, asked through pipes."""

    def __init__(self) -> None:
        kept = {key: value for key, value in os.environ.items() if key in _NEEDED or key.startswith("PYTHON")}
        self._owner = os.getpid()
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "helpers.intake.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=kept | _FRUGAL,
        )

    @property
    def is_ours(self) -> bool:
        """Whether it still runs, and was not started by the process that this one was forked from."""
        return self._owner == os.getpid() and self._process.poll() is None

    def ask(self, order: Mapping[str, Any], patience: float) -> Mapping[str, Any]:
        """Return the answer, or how the process ended instead; nothing where it had ended itself before."""
        if self._process.stdin is None or self._process.stdout is None:
            raise RuntimeError("the process was started without pipes")
        with contextlib.suppress(BrokenPipeError):  # it has ended, which its silence will say
            self._process.stdin.write(json.dumps(order).encode() + b"\n")
            self._process.stdin.flush()
        try:
            line = _line(self._process.stdout.fileno(), patience)
        except TimeoutError:
            return {"waited": patience}
        if line:
            said: Mapping[str, Any] = json.loads(line)
            return said
        self._process.kill()  # without effect where it has ended, which is how a pipe closes
        code = self._process.wait()
        return {"signal": -code} if code < 0 else {"fault": f"exit code {code}"} if code else {}

    def end(self) -> None:
        """Kill it, unless another process is its parent."""
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()
        if self._owner == os.getpid():
            self._process.kill()
            self._process.wait()


def _line(descriptor: int, patience: float) -> bytes:
    """Return one whole line; nothing where the pipe closes first, or no end is in sight.

    Raises
    ------
    TimeoutError
        Where it takes longer than patience lasts.
    """
    found, deadline = bytearray(), time.monotonic() + patience
    while not found.endswith(b"\n"):
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        if select.select([descriptor], [], [], left)[0]:
            chunk = os.read(descriptor, _CHUNK)
            found += chunk
            if not chunk or len(found) > _LONGEST_ANSWER:
                return b""
    return bytes(found)


BORDER = Border()
"""The one of this process: `BORDER.read` is how everything outside intake reads a file."""
atexit.register(BORDER.close)
