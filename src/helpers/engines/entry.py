"""The engine that papermill knows as `cuaderno`.

Only papermill imports this module: it does so while it is itself half imported, so nothing of ours may come first.
"""

from __future__ import annotations

from typing import IO, Any

import click
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine

from helpers.clients import roots
from helpers.engines.check import check_parameters
from helpers.engines.environment import private_place
from helpers.engines.session import Session
from helpers.errors import CuadernoError

_TEXT_LIMIT = 1_000_000
_CUT = "\n[the rest of this cell's text was left out]\n"


class RefusedError(CuadernoError, click.ClickException):
    """What was refused before anything ran; papermill's own command shows it in three lines, without a stack."""

    def __init__(self, error: CuadernoError) -> None:
        super().__init__(error.what, where=error.where, seen=error.seen, next_step=error.next_step)
        self.exit_code = error.exit_code

    def show(self, file: IO[Any] | None = None) -> None:
        """Write what, where and next."""
        for line in self._render_traceback_():
            click.echo(line, file=file, err=file is None)


class CuadernoEngine(NBClientEngine):  # type: ignore[misc]
    """Checks parameters, then runs the notebook in a kernel of the environment's own Python."""

    @classmethod
    def execute_notebook(cls, nb: Any, kernel_name: str, output_path: str | None = None, **options: Any) -> Any:
        """Refuse wrong parameters before a kernel starts and a file is written."""
        session = options.get("session")
        try:
            check_parameters(nb, session.roots if session else None)
        except CuadernoError as error:
            raise RefusedError(error) from error
        return super().execute_notebook(nb, kernel_name, output_path=output_path, **options)

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: Any, kernel_name: str, *, session: Session | None = None, **options: Any
    ) -> None:
        """Run the cells; `session`, where a run of ours gives one, limits and follows it."""
        current = session or Session(roots.find())
        current.notebook = nb_man.nb
        with private_place(current.roots) as place:
            client = _Client(
                nb_man,
                km=place.manager,
                session=current,
                kernel_name=kernel_name,
                timeout=options.get("execution_timeout") or current.limits.cell,
                startup_timeout=current.limits.start,
                record_timing=False,
                **{name: options[name] for name in ("log_output", "stdout_file", "stderr_file") if name in options},
            )
            try:
                client.execute(cleanup_kc=True, env=place.variables, cwd=str(place.folder))
            finally:
                current.watch.stop()


class _Client(PapermillNotebookClient):  # type: ignore[misc]
    """papermill's client, followed by a session."""

    def __init__(self, nb_man: Any, *, session: Session, **options: Any) -> None:
        super().__init__(nb_man, on_cell_start=session.enter, **options)
        self._session = session
        self._written: dict[int, int] = {}

    def papermill_execute_cells(self) -> None:
        """Run all cells, watched from the moment that the kernel is ready."""
        self._session.begin(self.km.provisioner.pid)
        super().papermill_execute_cells()

    def output(self, outs: Any, msg: Any, display_id: str, cell_index: int) -> Any:
        """Keep what a cell shows; text without end is cut and marked, so that it cannot fill disk and memory."""
        if msg["msg_type"] == "stream":
            before = self._written.get(cell_index, 0)
            text = msg["content"]["text"]
            self._written[cell_index] = before + len(text)
            if before > _TEXT_LIMIT:
                return None
            if before + len(text) > _TEXT_LIMIT:
                msg["content"]["text"] = text[: _TEXT_LIMIT - before] + _CUT
        return super().output(outs, msg, display_id, cell_index)
