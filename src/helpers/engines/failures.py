"""From what a notebook's run left behind to an error in our words."""

from __future__ import annotations

from collections.abc import Sequence

from helpers import errors
from helpers.engines.session import Session
from helpers.engines.tidy import is_added
from helpers.errors import CuadernoError, RunError

_SEEN = 200
_BY_HAND = "Run the notebook by hand with `cuaderno lab` to see where it happens, and tell the developers."


def of_outputs(session: Session, name: str) -> CuadernoError | None:
    """The first error that a cell shows; None where no cell does.

    A cell that calls `exit` counts: the cells behind it have not run, whatever the exit said.
    """
    notebook = session.notebook
    cells = [] if notebook is None else notebook.cells
    for index, cell in enumerate(cells):
        shown = (output for output in cell.get("outputs", []) if output.output_type == "error")
        for output in shown:
            return _of_error(output.ename, output.evalue, output.traceback, _place(session, name, index))
    return None


def of_timeout(session: Session, name: str) -> RunError:
    """A cell took too long."""
    return RunError(
        f"a cell took longer than {session.limits.cell} s",
        where=_place(session, name, session.cell),
        next_step="Run it with `--cell-timeout` set higher, or look for the slow step by hand.",
    )


def of_dead_kernel(session: Session, name: str) -> RunError:
    """The kernel has ended by itself, or was killed."""
    place = _place(session, name, session.cell)
    if session.watch.is_late:
        return RunError(
            f"the stage took longer than {session.limits.stage} s and was ended",
            where=place,
            next_step="Run it with `--stage-timeout` set higher, or look for the slow step by hand.",
        )
    peak = f"; it used up to {session.watch.peak_mib:.0f} MiB" if session.watch.peak_mib else ""
    return RunError(
        f"the process of the notebook was killed or ended itself{peak}",
        where=place,
        next_step="If memory ran out, run fewer clients at once (`--jobs`); else tell the developers.",
    )


def of_start(error: BaseException, name: str) -> RunError:
    """No kernel could be started, or it no longer answered."""
    return RunError(
        "the notebook's process did not start or no longer answered",
        where=name,
        seen=_short(f"{type(error).__name__}: {error}"),
        next_step="Run again; if it stays, check the installation with `python -m ipykernel --version`.",
    )


def of_silence(name: str) -> RunError:
    """The notebook failed, and no cell shows why."""
    return RunError("the notebook failed without a word", where=name, next_step=_BY_HAND)


def _of_error(kind: str, text: str, lines: Sequence[str], place: str) -> CuadernoError:
    ours = getattr(errors, kind, None)
    if isinstance(ours, type) and issubclass(ours, CuadernoError) and len(lines) == 3:
        what, where, next_step = lines
        return ours(what, where="" if where == "-" else where, next_step=next_step)
    if kind == "SystemExit":
        return RunError("the notebook ended before its last cell", where=place, seen="exit", next_step=_BY_HAND)
    return RunError("a cell of the notebook failed", where=place, seen=_short(f"{kind}: {text}"), next_step=_BY_HAND)


def _place(session: Session, name: str, index: int | None) -> str:
    """Notebook and number of the cell, counted from 1 in the notebook as it is committed."""
    if index is None or session.notebook is None:
        return name
    before = session.notebook.cells[:index]
    return f"{name}, cell {index + 1 - sum(is_added(cell) for cell in before)}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SEEN else f"{line[:_SEEN]}…"
