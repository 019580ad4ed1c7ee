"""One run of a notebook, as seen by whoever started it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from helpers.clients import Roots
from helpers.engines.model import Limits
from helpers.engines.watch import Watch


class Session:
    """Limits of a run, and what is known of it while it goes on.

    Parameters
    ----------
    roots
        Where clients and reports are.
    limits
        How long cells and the whole may take.
    started
        Called with the kernel's process group.
    """

    def __init__(
        self, roots: Roots, limits: Limits | None = None, started: Callable[[int], None] = lambda _: None
    ) -> None:
        self.roots = roots
        self.limits = limits or Limits()
        self.watch = Watch(self.limits.stage)
        self.notebook: Any | None = None
        self.cell: int | None = None
        self._started = started

    def begin(self, group: int) -> None:
        """The kernel is ready."""
        self._started(group)
        self.watch.start(group)

    def enter(self, cell: Any, cell_index: int) -> None:
        """A cell begins; nbclient calls this with these names."""
        del cell
        self.cell = cell_index
