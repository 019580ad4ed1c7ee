"""A client's own process: takes one order on standard input, tells what happens on standard output.

Started by `cuaderno report` only. Standard input stays open as long as the parent lives; when it closes, this process
ends with everything that it has started.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from types import FrameType
from typing import IO, Any, NoReturn

from helpers import site
from helpers.batch import Entry, Interrupted, Order, Run, exit_code, run_client
from helpers.engines.watch import end_group


class Teller:
    """Writes one JSON line for everything that happens."""

    def __init__(self, out: IO[str]) -> None:
        self._out = out
        self.groups: list[int] = []

    def group(self, group: int) -> None:
        """A process group was started."""
        self.groups.append(group)
        self.say({"event": "group", "group": group})

    def stage(self, entry: Entry, state: str) -> None:
        """A stage began or ended."""
        self.say({"event": "stage", "state": state, "entry": entry.as_json()})

    def done(self, run: Run) -> None:
        """The last word."""
        self.say({"event": "done", "document": run.as_json(), "code": exit_code(run)})

    def say(self, what: dict[str, Any]) -> None:
        """Write one line."""
        self._out.write(json.dumps(what, ensure_ascii=False) + "\n")
        self._out.flush()


def main() -> None:
    """Run one order."""
    teller = Teller(_own_output())
    order = Order.load(sys.stdin.readline())
    signal.signal(signal.SIGTERM, _interrupter(teller))
    signal.signal(signal.SIGINT, _interrupter(teller))
    threading.Thread(target=_end_with_parent, args=(teller,), daemon=True).start()
    run = run_client(order, teller)
    if run.error is None:
        _write_index(order)
    teller.done(run)


def _own_output() -> IO[str]:
    """Standard output for messages alone; what libraries print there goes to standard error instead."""
    messages = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return messages


def _interrupter(teller: Teller) -> Any:
    def interrupted(_number: int, _frame: FrameType | None) -> NoReturn:
        # Once is enough: what follows only cleans up.
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        _end_all(teller)
        raise Interrupted

    return interrupted


def _end_with_parent(teller: Teller) -> None:
    """Wait until the parent is gone, then leave nothing running."""
    while os.read(0, 1024):
        continue
    _end_all(teller)
    end_group(os.getpgrp())


def _end_all(teller: Teller) -> None:
    for group in teller.groups:
        end_group(group)


def _write_index(order: Order) -> None:
    site.write_client_index(order.roots.reports, order.client)


if __name__ == "__main__":
    main()
