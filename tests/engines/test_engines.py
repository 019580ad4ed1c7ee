"""Every engine runs a notebook whole, in a process of its own, and says how it ended."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

from helpers.clients import Parameters, Roots
from helpers.engines import DEFAULT, ENGINES, Execution, Job, Limits, engine
from helpers.errors import StageDataError, UsageError

each_engine = pytest.mark.parametrize("name", ENGINES)

LOOK = """
import os, sys
print(client, period, languages, as_of)
print(os.environ["CUADERNO_CLIENTS"], os.environ["CUADERNO_REPORTS"])
print(os.environ["PYTHONHASHSEED"], os.environ["MPLBACKEND"], os.environ["OMP_NUM_THREADS"], sys.flags.safe_path)
print(sys.prefix, os.listdir())
"""
SHOUT = "for _ in range(30): print('x' * 100_000)"
ORPHAN = "import subprocess; child = subprocess.Popen(['sleep', '60']); print(child.pid)"


@pytest.fixture
def run(saved: Callable[..., Path], roots: Roots) -> Callable[..., Execution]:
    def execute(name: str, *cells: str, **limits: int) -> Execution:
        parameters = Parameters(client="acme", period="2026-10", languages="en", as_of="2026-11-05")
        return engine(name).execute(Job(saved(*cells), parameters, roots, Limits(**limits)))

    return execute


def is_running(process: int) -> bool:
    """Whether it still runs; a process that nobody has collected yet does not."""
    stat = Path(f"/proc/{process}/stat")
    return stat.is_file() and stat.read_text().rpartition(")")[2].split()[0] != "Z"


def test_an_unknown_engine_is_refused_with_those_there_are() -> None:
    with pytest.raises(UsageError) as raised:
        engine("warm")

    assert DEFAULT in raised.value.next_step


@each_engine
def test_a_notebook_runs_to_its_end_in_its_own_place(name: str, run: Callable[..., Execution], roots: Roots) -> None:
    execution = run(name, LOOK, SHOUT, ORPHAN)

    assert execution.error is None
    assert execution.peak_mib is not None
    looked, shouted, orphan = (cell.outputs[0].text for cell in execution.notebook.cells[-3:])
    assert looked.splitlines() == [
        "acme 2026-10 en 2026-11-05",
        f"{roots.clients} {roots.reports}",
        "0 agg 1 True",
        f"{sys.prefix} []",
    ]
    assert 1_000_000 <= len(shouted) < 1_001_000
    assert "left out" in shouted
    time.sleep(0.1)
    assert not is_running(int(orphan))


@each_engine
def test_two_runs_of_a_notebook_are_equal(name: str, run: Callable[..., Execution], tmp_path: Path) -> None:
    first, second = (nbformat.writes(run(name, "print({'a', 'b', 'c'})").notebook) for _ in range(2))

    assert first == second
    assert str(tmp_path) not in first


@each_engine
def test_an_error_of_ours_comes_back_as_it_was(name: str, run: Callable[..., Execution]) -> None:
    source = "from helpers.errors import StageDataError\nraise StageDataError('nothing', where='x', next_step='do')"

    execution = run(name, "print('before')", source, "print('after')")

    assert isinstance(execution.error, StageDataError)
    assert execution.error.as_json() == {"what": "nothing", "where": "x", "next": "do"}
    assert execution.notebook.cells[-1].outputs == []


@each_engine
@pytest.mark.parametrize(
    ("source", "limits", "said"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", {}, "was killed"),
        ("import sys; sys.exit(0)", {}, "before its last cell"),
        ("import time; time.sleep(60)", {"cell": 1}, "longer than 1 s"),
        ("import time; time.sleep(60)", {"stage": 1}, "longer than 1 s and was ended"),
    ],
    ids=["killed", "exit", "cell", "stage"],
)
def test_what_ends_badly_is_never_a_success(
    name: str, run: Callable[..., Execution], source: str, limits: dict[str, int], said: str
) -> None:
    execution = run(name, source, **limits)

    assert execution.error is not None
    assert said in execution.error.what
    assert "cell 3" in execution.error.where
