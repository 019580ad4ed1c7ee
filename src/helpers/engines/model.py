"""What goes into an engine, and what comes out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from helpers.clients import Parameters, Roots
from helpers.errors import CuadernoError


@dataclass(frozen=True)
class Limits:
    """How long things may take, in seconds; what takes longer is ended and said."""

    cell: int = 600
    stage: int = 1800
    start: int = 120


@dataclass(frozen=True)
class Job:
    """One notebook to execute.

    Parameters
    ----------
    notebook
        The file; it is not changed.
    parameters
        What it is run with, already checked.
    roots
        Where clients and reports are; the kernel is told through its environment.
    limits
        How long it may take.
    started
        Called with the process group of whatever the engine starts, so that a supervisor can end it.
    """

    notebook: Path
    parameters: Parameters
    roots: Roots
    limits: Limits = field(default_factory=Limits)
    started: Callable[[int], None] = lambda _: None


@dataclass(frozen=True)
class Execution:
    """A notebook that was executed, to its end or to its first error.

    Parameters
    ----------
    notebook
        The executed notebook, without anything that differs from run to run; None if nothing was started.
    error
        Why it did not come to its end; None if it did.
    peak_mib
        Greatest memory in use, in MiB; None where the system does not tell.
    """

    notebook: Any | None
    error: CuadernoError | None = None
    peak_mib: float | None = None


class Engine(Protocol):
    """Executes one notebook, in a process of its own."""

    def execute(self, job: Job) -> Execution:
        """Run the notebook from its first cell to its last; what fails in it is returned, not raised."""
        ...
