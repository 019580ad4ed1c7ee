"""The reading process behind `intake.guarded`: an order a line comes in, an answer a line goes out.

Rows never travel to the parent: they are written as Parquet into the folder that the order names. The answer is JSON,
so that nothing which a hostile file brings about in here can run out there.
"""

from __future__ import annotations

import json
import os
import resource
import select
import signal
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TextIO

from helpers.intake.reader import read_file
from helpers.intake.safety import Seal
from helpers.intake.sources import Source

IDLE_SECONDS = 60.0
_RETIRES_AT = 0.6


def main() -> None:
    """Serve orders until standard input closes, nothing is asked for a while, or memory is not what it was."""
    answers = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)  # what a library prints must not stand between answers
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is interrupted, and then closes the pipe
    _serve(sys.stdin, answers, _answer)


def _serve(orders: TextIO, answers: TextIO, answer: Callable[[Mapping[str, Any]], Mapping[str, Any]]) -> None:
    while select.select([orders], [], [], IDLE_SECONDS)[0] and (line := orders.readline()):
        order = json.loads(line)
        said = answer(order)
        answers.write(json.dumps(said) + "\n")
        answers.flush()
        if "receipt" not in said or _size() > _RETIRES_AT * order["memory"]:
            return


def _answer(order: Mapping[str, Any]) -> Mapping[str, Any]:
    """Read one file.

    Returns
    -------
    `receipt` with what was read; or `memory`, `unwritable` or `fault` with why there is none.
    """
    _limit(order["memory"], order["seconds"])
    try:
        reading = read_file(
            Path(order["path"]),
            name=order["name"],
            sources=[Source(**entry) for entry in order["sources"]],
            salt=order["salt"],
            seal=Seal(**order["seal"]) if order["seal"] else None,
            into=Path(order["into"]) if order["into"] else None,
        )
    except MemoryError:
        return {"memory": order["memory"]}
    except Exception as error:  # noqa: BLE001  a fault of the reader refuses one file; its text may quote the file
        return {"fault": f"{type(error).__name__} in {_place(error)}"}
    try:
        if order["into"]:
            reading.write(Path(order["into"]))
    except MemoryError:
        return {"memory": order["memory"]}
    except OSError as error:
        return {"unwritable": [error.errno, str(error)[:200]]}
    return {"receipt": {**reading.receipt.as_json(), "created": reading.receipt.created}}


def _limit(memory: int, seconds: int) -> None:
    """Let the system end this process where it takes more memory, or from now on computes longer."""
    spent = resource.getrusage(resource.RUSAGE_SELF)
    _lower(resource.RLIMIT_AS, memory)
    _lower(resource.RLIMIT_CPU, int(spent.ru_utime + spent.ru_stime) + 1 + seconds)
    _lower(resource.RLIMIT_CORE, 0)


def _lower(kind: int, limit: int) -> None:
    _, hard = resource.getrlimit(kind)
    resource.setrlimit(kind, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))


def _size() -> int:
    """Address space of this process in bytes, 0 where the system does not tell."""
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    except OSError:
        return 0


def _place(error: BaseException) -> str:
    """Module and line of ours where an error came up, without any text of the file."""
    at, found = error.__traceback__, "helpers.intake"
    while at is not None:
        module = str(at.tb_frame.f_globals.get("__name__", ""))
        if module.startswith("helpers.") and module != __name__:
            found = f"{module}:{at.tb_lineno}"
        at = at.tb_next
    return found


if __name__ == "__main__":
    main()
