"""Whatever a client's process does, the others go on and nothing stays behind."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from helpers.batch import Ended, Order, Slots

SAY = """
import json, os, signal, subprocess, sys, time
order = json.loads(sys.stdin.readline())
client = order["parameters"]["client"]
def say(**what): print(json.dumps(what), flush=True)
def stage(name, state): say(event="stage", state=state, entry={"stage": name, "status": state, "error": None})
def done(code=0): say(event="done", document={"client": client, "stages": []}, code=code)
"""
GOOD = "stage('audit', 'running'); stage('audit', 'ok'); done()"
SLEEP = "stage('audit', 'running'); say(event='sleeping'); time.sleep(60)"
STUBBORN = "signal.signal(signal.SIGTERM, signal.SIG_IGN);" + SLEEP


@pytest.fixture
def run(order: Callable[..., Order]) -> Callable[..., dict[str, Ended]]:
    """Run scripts, one a client."""

    def started(
        scripts: dict[str, str], jobs: int = 4, told: Callable[..., None] = lambda *_: None
    ) -> dict[str, Ended]:
        slots = Slots(jobs, lambda one: [sys.executable, "-S", "-c", SAY + scripts[one.client]], told)
        ended = slots.run([order(client=client) for client in scripts])
        return {one.client: one for one in ended}

    return started


def is_running(process: int) -> bool:
    stat = Path(f"/proc/{process}/stat")
    return stat.is_file() and stat.read_text().rpartition(")")[2].split()[0] != "Z"


def test_every_client_is_run_and_the_results_keep_their_order(run: Callable[..., dict[str, Ended]]) -> None:
    ended = run({"c": GOOD, "a": GOOD, "b": GOOD}, jobs=2)

    assert list(ended) == ["c", "a", "b"]
    assert [one.code for one in ended.values()] == [0, 0, 0]


@pytest.mark.parametrize(
    ("script", "seen"),
    [
        ("stage('audit', 'running'); os.kill(os.getpid(), signal.SIGKILL)", "signal SIGKILL"),
        ("stage('audit', 'running'); os._exit(7)", "exit code 7"),
        ("stage('audit', 'running'); raise ValueError('broken')", "ValueError: broken"),
        ("stage('audit', 'running'); print('no json'); print('[1]'); sys.exit(0)", "exit code 0"),
    ],
    ids=["killed", "exit", "exception", "noise"],
)
def test_a_dying_process_is_its_own_clients_failure_only(
    run: Callable[..., dict[str, Ended]], script: str, seen: str
) -> None:
    ended = run({"a": GOOD, "dying": script, "b": GOOD})

    assert (ended["a"].code, ended["b"].code) == (0, 0)
    assert ended["dying"].code == 1
    audit, post_campaign = ended["dying"].document["stages"]
    assert audit["status"] == "failed"
    assert seen in audit["error"]["what"]
    assert post_campaign["status"] == "skipped"


def test_stages_that_were_finished_before_a_death_count(run: Callable[..., dict[str, Ended]]) -> None:
    script = "stage('audit', 'ok'); stage('post_campaign', 'running'); os._exit(1)"

    document = run({"dying": script})["dying"].document

    assert [entry["status"] for entry in document["stages"]] == ["ok", "failed"]


def test_a_process_that_dies_before_anything_fails_every_stage(run: Callable[..., dict[str, Ended]]) -> None:
    document = run({"dying": "os._exit(1)"})["dying"].document

    assert [entry["status"] for entry in document["stages"]] == ["failed", "failed"]
    assert document["error"]["what"].startswith("the client's process ended without a word")


def test_the_end_of_every_client_is_told(run: Callable[..., dict[str, Ended]]) -> None:
    told: list[str] = []

    run({"a": GOOD, "b": "os._exit(1)"}, told=lambda client, said: told.extend([client] * (said["event"] == "ended")))

    assert sorted(told) == ["a", "b"]


def test_the_code_of_a_client_is_what_its_process_says(run: Callable[..., dict[str, Ended]]) -> None:
    assert run({"a": "done(3)"})["a"].code == 3


def test_what_a_process_has_started_does_not_outlive_it(run: Callable[..., dict[str, Ended]]) -> None:
    script = (
        "kernel = subprocess.Popen(['sleep', '60'], start_new_session=True, stdout=subprocess.DEVNULL)\n"
        "say(event='group', group=kernel.pid); os._exit(1)"
    )
    groups: list[int] = []

    run({"a": script}, told=lambda _, said: groups.extend([said["group"]] if "group" in said else []))

    time.sleep(0.1)
    assert len(groups) == 1
    assert not is_running(groups[0])


@pytest.mark.parametrize("script", [SLEEP, STUBBORN], ids=["obedient", "stubborn"])
def test_a_stop_ends_what_runs_and_starts_no_more(
    order: Callable[..., Order], script: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("helpers.batch.slots._PATIENCE", 0.3)
    started = threading.Event()

    def told(_client: str, said: dict[str, Any]) -> None:
        if said.get("event") == "sleeping":
            started.set()

    slots = Slots(1, lambda _: [sys.executable, "-S", "-c", SAY + script], told)
    ended: list[Ended] = []
    running = threading.Thread(target=lambda: ended.extend(slots.run([order(client="a"), order(client="b")])))
    running.start()
    assert started.wait(10)
    slots.stop()
    running.join(10)

    assert not running.is_alive()
    first, second = (one.document["stages"][0] for one in ended)
    assert first["status"] == "failed"
    assert "interrupted" in first["error"]["what"]
    assert second["status"] == "skipped"


def test_a_process_learns_that_its_parent_is_gone(order: Callable[..., Order]) -> None:
    """Standard input ends when the supervisor does: it holds the only other end."""
    script = "signal.alarm(10); say(event='up', pid=os.getpid()); sys.stdin.read(); os._exit(0)"
    parent = f"""
import sys
from pathlib import Path
from helpers.batch import Order, Slots
def told(_, said): print(said.get("pid"), flush=True)
Slots(1, lambda _: [sys.executable, "-S", "-c", {SAY + script!r}], told).run([Order.load({order().dump()!r})])
"""
    process = subprocess.Popen([sys.executable, "-c", parent], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    child = int(process.stdout.readline())
    assert is_running(child)
    process.kill()
    process.wait()
    process.stdout.close()

    deadline = time.monotonic() + 5
    while is_running(child) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not is_running(child)


def test_an_order_reaches_the_process_whole(order: Callable[..., Order]) -> None:
    heard: list[dict[str, Any]] = []
    slots = Slots(
        1, lambda _: [sys.executable, "-S", "-c", SAY + "say(order=order)"], lambda _, said: heard.append(said)
    )

    slots.run([order("audit")])

    assert Order.load(json.dumps(heard[0]["order"])) == order("audit")
