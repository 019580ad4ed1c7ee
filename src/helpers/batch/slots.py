"""Supervises one process a client, some at a time: whatever one of them does, the others go on."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import tempfile
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import IO, Any, TypeAlias

from helpers.batch.document import Entry, Json, Run
from helpers.batch.order import Order
from helpers.engines.watch import end_group
from helpers.errors import RunError

Command: TypeAlias = Callable[[Order], Sequence[str]]
"""The command line of a client's process; the order follows on its standard input, in one line."""

Told: TypeAlias = Callable[[str, Json], None]
"""Called with the client and what its process has said, from several threads, one at a time; last with `ended`."""

_PATIENCE = 5.0
_STAGE_MARGIN = 120
_TAIL = 300


@dataclass
class Ended:
    """How a client's process ended: the run document, and the exit code of the contract for this client."""

    client: str
    document: Json
    code: int


@dataclass
class _Child:
    """A running process and the process groups that it has started."""

    process: subprocess.Popen[str]
    groups: list[int] = field(default_factory=list)


class Slots:
    """Runs orders in processes of their own.

    Parameters
    ----------
    jobs
        How many at a time.
    command
        How a client's process is started.
    told
        Hears what the processes say.
    """

    def __init__(self, jobs: int, command: Command, told: Told) -> None:
        self._jobs = jobs
        self._command = command
        self._told = told
        self._hearing = threading.Lock()
        self._children: dict[str, _Child] = {}
        self._is_stopping = False

    def run(self, orders: Sequence[Order]) -> list[Ended]:
        """Run all orders to their ends; the results are in the order of the orders."""
        waiting: queue.SimpleQueue[tuple[int, Order]] = queue.SimpleQueue()
        for number, order in enumerate(orders):
            waiting.put((number, order))
        ended: dict[int, Ended] = {}
        slots = [
            threading.Thread(target=self._work, args=(waiting, ended)) for _ in range(min(self._jobs, len(orders)))
        ]
        for slot in slots:
            slot.start()
        for slot in slots:
            slot.join()
        return [ended[number] for number in range(len(orders))]

    def stop(self) -> None:
        """Start no more, and end what runs: first asked to, then made to. May be called from a signal handler."""
        self._is_stopping = True
        for child in list(self._children.values()):
            threading.Thread(target=_end, args=(child,), daemon=True).start()

    def _work(self, waiting: queue.SimpleQueue[tuple[int, Order]], ended: dict[int, Ended]) -> None:
        while True:
            try:
                number, order = waiting.get_nowait()
            except queue.Empty:
                return
            ended[number] = _not_begun(order) if self._is_stopping else self._supervise(order)

    def _supervise(self, order: Order) -> Ended:
        with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as noise:
            child = _Child(_start(self._command(order), noise))
            self._children[order.client] = child
            limit = threading.Timer(len(order.stages) * (order.limits.stage + _STAGE_MARGIN), _end, (child,))
            limit.daemon = True
            limit.start()
            try:
                heard = self._listen(order, child)
            finally:
                limit.cancel()
                del self._children[order.client]
                self._tell(order.client, {"event": "ended"})
            if heard.final is not None:
                return Ended(order.client, heard.final["document"], heard.final["code"])
            return _died(order, heard, child.process.returncode, _tail(noise), is_stopped=self._is_stopping)

    def _listen(self, order: Order, child: _Child) -> _Heard:
        """Follow a process until it has ended, and leave nothing behind that it has started."""
        heard = _Heard()
        process = child.process
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("the process was started without pipes")
        # Standard input stays open as long as this process lives: the child ends itself when it closes.
        _say(process.stdin, order.dump())
        if self._is_stopping:
            self.stop()
        with process.stdout:
            for line in process.stdout:
                said = _message(line)
                if said.get("event") == "group":
                    child.groups.append(int(said["group"]))
                heard.note(said)
                self._tell(order.client, said)
        process.wait()
        _close(process.stdin)
        for group in (process.pid, *child.groups):
            end_group(group)
        return heard

    def _tell(self, client: str, said: Json) -> None:
        with self._hearing:
            self._told(client, said)


@dataclass
class _Heard:
    """What a process has said so far."""

    stages: dict[str, Json] = field(default_factory=dict)
    running: str = ""
    final: Json | None = None

    def note(self, said: Json) -> None:
        if said.get("event") == "stage":
            self.running = said["entry"]["stage"] if said["state"] == "running" else ""
            if not self.running:
                self.stages[said["entry"]["stage"]] = said["entry"]
        elif said.get("event") == "done":
            self.final = said


def _start(command: Sequence[str], noise: IO[str]) -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603  our own interpreter with a module of ours
        list(command),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=noise,
        text=True,
        encoding="utf-8",
        start_new_session=True,
    )


def _end(child: _Child) -> None:
    """Ask a process to end, wait, then kill it with everything that it has started."""
    if child.process.poll() is not None:
        return
    child.process.send_signal(signal.SIGTERM)
    try:
        child.process.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        for group in (*child.groups, child.process.pid):
            end_group(group)


def _say(pipe: IO[str], text: str) -> None:
    try:
        pipe.write(text + "\n")
        pipe.flush()
    except BrokenPipeError:
        return  # it has ended already, which its silence will say


def _close(pipe: IO[str]) -> None:
    try:
        pipe.close()
    except BrokenPipeError:
        return


def _message(line: str) -> Json:
    """One line that a process said; whatever is no message of ours is passed over."""
    try:
        said = json.loads(line)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _tail(noise: IO[str]) -> str:
    noise.seek(0, os.SEEK_END)
    noise.seek(max(0, noise.tell() - 4 * _TAIL))
    lines = [line.strip() for line in noise.read().splitlines() if line.strip()]
    return lines[-1][-_TAIL:] if lines else ""


def _not_begun(order: Order) -> Ended:
    run = _empty(order)
    run.is_interrupted = True
    return Ended(order.client, run.as_json(), 1)


def _died(order: Order, heard: _Heard, code: int, tail: str, *, is_stopped: bool) -> Ended:
    """A process that ended without its last word: the stages that it had finished count, the others do not."""
    how = f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
    error = RunError(
        "the run was interrupted" if is_stopped else "the client's process ended without a word",
        where=f"{order.client}, {heard.running}" if heard.running else order.client,
        seen=how + (f": {tail}" if tail and not is_stopped else ""),
        next_step="Run it again; if memory ran out, with fewer clients at once (`--jobs`).",
    )
    run = _empty(order)
    run.is_interrupted = is_stopped
    if heard.running:
        run.entry(heard.running).fail(error)
    elif not is_stopped:
        run.refuse(error, (stage for stage in order.stages if stage not in heard.stages))
    document: dict[str, Any] = run.as_json()
    document["stages"] = [heard.stages.get(entry["stage"], entry) for entry in document["stages"]]
    return Ended(order.client, document, error.exit_code)


def _empty(order: Order) -> Run:
    period = {"key": order.parameters.period, "start": None, "end": None}
    return Run(order.client, period, [Entry(stage) for stage in order.known_stages])
