"""One client's run, inside the client's own process."""

from __future__ import annotations

import hashlib
import json
import resource
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from helpers import blocks, engines, export, warehouse
from helpers.batch import document
from helpers.batch.document import Entry, Run
from helpers.batch.lock import hold
from helpers.batch.notebooks import stage_notebooks
from helpers.batch.order import Order
from helpers.clients import Client, open_client, periods
from helpers.clients.files import move_whole, unwritable, write_whole
from helpers.errors import CuadernoError, PreflightError, RunError

_WORK = ".run-"
_FREE_MIB = 100


class Interrupted(KeyboardInterrupt):
    """Whoever supervises has asked the process to end."""


class Listener(Protocol):
    """Told about the run while it goes on."""

    def group(self, group: int) -> None:
        """A process group was started."""
        ...

    def stage(self, entry: Entry, state: str) -> None:
        """A stage began (`running`) or ended (its status)."""
        ...


def run_client(order: Order, listener: Listener) -> Run:
    """Run the stages of a client and write its reports; errors end in the run, not as exceptions.

    Parameters
    ----------
    order
        What to do.
    listener
        Told about what goes on.
    """
    period = {"key": order.parameters.period, "start": None, "end": None}
    run = Run(order.client, period, [Entry(stage) for stage in order.known_stages])
    try:
        client = open_client(order.client, order.roots)
        run.name, run.languages = client.name, order.parameters.language_list or client.languages
        with hold(client.kept / "lock", client.id), _workplace(client) as work:
            if order.asks_databases:  # once, so that all stages see the same rows, and no notebook any credentials
                warehouse.refresh(client)
            _Stages(order, client, run, listener).run_all(work)
    except Interrupted:
        run.is_interrupted = True
    except CuadernoError as error:
        run.refuse(error, (stage for stage in order.stages if run.entry(stage).status == "skipped"))
    return run


def exit_code(run: Run) -> int:
    """The code of the contract for one client: 0 if all that was asked is done, else that of what went wrong."""
    if run.error is not None:
        return run.error.exit_code
    codes = {entry.error.exit_code for entry in run.entries if entry.error is not None}
    if not codes:
        return 0
    return codes.pop() if len(codes) == 1 else 1


class _Stages:
    """Runs stage after stage; one that fails stops no other."""

    def __init__(self, order: Order, client: Client, run: Run, listener: Listener) -> None:
        self._order = order
        self._client = client
        self._run = run
        self._listener = listener
        self._before: dict[str, document.Json] = {}
        self._folder: Path | None = None
        self._settle(order.parameters.today or client.as_of)

    def run_all(self, work: Path) -> None:
        notebooks = stage_notebooks(self._order.notebooks)
        for stage in self._order.stages:
            entry = self._run.entry(stage)
            self._listener.stage(entry, "running")
            try:
                with _measured(entry):
                    self._run_stage(entry, notebooks[stage], work / stage)
            finally:
                self._listener.stage(entry, entry.status)
                if self._folder is not None:
                    self._run.write(self._folder)

    def _run_stage(self, entry: Entry, notebook: Path, work: Path) -> None:
        try:
            executed = self._execute(entry, notebook)
            self._publish(entry, executed, work)
        except Interrupted:
            entry.fail(RunError("the run was interrupted", where=entry.stage, next_step="Run it again."))
            raise
        except CuadernoError as error:
            entry.fail(error)

    def _execute(self, entry: Entry, notebook: Path) -> Any:
        order = self._order
        job = engines.Job(notebook, order.parameters, order.roots, order.limits, self._listener.group)
        execution = engines.engine(order.engine).execute(job)
        entry.peak_mib = execution.peak_mib
        head = None if execution.notebook is None else _head(execution.notebook)
        if head is not None:
            self._opened(head)
        if execution.error is not None:
            self._keep_failed(entry.stage, execution.notebook)
            raise execution.error
        if head is None:
            raise RunError("the notebook shows no report", where=notebook.name, next_step="Tell the developers.")
        return execution.notebook

    def _publish(self, entry: Entry, executed: Any, work: Path) -> None:
        """Write the stage's files beside, move them into their places, and only then call it done."""
        if self._folder is None:
            raise RunError("the period is not known", where=entry.stage, next_step="Tell the developers.")
        record = export.record(executed)
        pages = export.pages(executed)
        files = {f"{entry.stage}.{language}.html": page for language, page in pages.items()}
        files[f"{entry.stage}.ipynb"] = _notebook_text(executed)
        files[f"{entry.stage}.claims.json"] = document.dump(record.claims)
        for name, text in files.items():
            write_whole(work / name, text)
        is_new = not _says_the_same(self._folder / f"{entry.stage}.claims.json", record.claims)
        write_whole(self._client.result_file(self._folder.name, entry.stage), document.dump(record.saved))
        for name in files:
            move_whole(work / name, self._folder / name)
        if is_new:
            self._drop_pages(entry.stage, set(files))
        self._failed_notebook(entry.stage).unlink(missing_ok=True)
        entry.status, entry.kept, entry.conclusion = "ok", [], record.conclusion
        entry.outputs = [_output(name, text) for name, text in files.items()]
        entry.warnings = list(record.warnings)
        self._run.read(record.inputs)
        self._run.read({**one, "is_earlier": True} for one in record.earlier_exports)
        self._run.making = record.making

    def _drop_pages(self, stage: str, made: set[str]) -> None:
        """Remove pages in languages that this run did not make: their figures are no longer those of the claims."""
        if self._folder is not None:
            for page in self._folder.glob(f"{stage}.*.html"):
                if page.name not in made:
                    page.unlink()

    def _opened(self, head: blocks.Head) -> None:
        """The notebook has said which days it reports on, and which day counts as today."""
        self._run.as_of, self._run.data_until = head.as_of, head.data_until
        if self._folder is None:
            self._settle(date.fromisoformat(head.as_of))
        self._run.period |= {"start": head.start, "end": head.end}

    def _settle(self, today: date | None) -> None:
        """Name the period's folder, as soon as it can be named."""
        key = periods.key(self._order.parameters.period, as_of=today)
        if key is None:
            return
        self._run.period["key"] = key
        self._folder = self._client.reports / key
        self._before = document.earlier(self._folder)
        for entry in self._run.entries:
            document.keep(entry, self._before.get(entry.stage), self._folder)

    def _failed_notebook(self, stage: str) -> Path:
        return self._client.kept / "failed" / f"{stage}.ipynb"

    def _keep_failed(self, stage: str, notebook: Any | None) -> None:
        """Keep what a failed run shows, for whoever looks for the reason."""
        if notebook is not None:
            write_whole(self._failed_notebook(stage), _notebook_text(notebook))


@contextmanager
def _workplace(client: Client) -> Iterator[Path]:
    """A folder beside the reports, on the same disk; those that killed runs have left are removed."""
    try:
        client.reports.mkdir(parents=True, exist_ok=True)
        for left in client.reports.glob(f"{_WORK}*"):
            shutil.rmtree(left)
        work = Path(tempfile.mkdtemp(prefix=_WORK, dir=client.reports))
        free = shutil.disk_usage(work).free // 2**20
    except OSError as error:
        raise unwritable(client.reports, error) from error
    try:
        if free < _FREE_MIB:
            raise PreflightError(
                "the disk is full",
                where=str(client.reports),
                seen=f"{free} MiB free",
                next_step=f"Free at least {_FREE_MIB} MiB and run again.",
            )
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


@contextmanager
def _measured(entry: Entry) -> Iterator[None]:
    """Note how long the stage took, on the clock and on the processors, its kernel included."""
    clock, processors = time.monotonic(), _cpu_seconds()
    try:
        yield
    finally:
        entry.seconds = time.monotonic() - clock
        entry.cpu_seconds = _cpu_seconds() - processors


def _cpu_seconds() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _head(notebook: Any) -> blocks.Head | None:
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            shown = output.get("data", {}).get(blocks.MIME)
            if shown is not None and shown.get("kind") == "head":
                return _checked_head(shown)
    return None


def _checked_head(shown: object) -> blocks.Head | None:
    try:
        block = blocks.load(shown)
    except ValueError as error:
        raise RunError(
            "the notebook shows a head that cannot be read", seen=str(error)[:200], next_step="Tell the developers."
        ) from error
    return block if isinstance(block, blocks.Head) else None


def _says_the_same(path: Path, claims: document.Json) -> bool:
    """Whether the file of an earlier run makes the same claims and warnings, in whatever languages it was run."""
    try:
        before = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return all(before.get(part) == claims[part] for part in ("claims", "warnings"))


def _notebook_text(notebook: Any) -> str:
    import nbformat  # noqa: PLC0415  a second of imports, which whoever only hands out orders does not need

    return str(nbformat.writes(notebook)) + "\n"  # type: ignore[no-untyped-call]


def _output(name: str, text: str) -> document.Json:
    content = text.encode()
    return {"file": name, "sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
