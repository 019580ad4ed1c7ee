"""Stock papermill: a new kernel for every notebook."""

# ruff: noqa: PLC0415  papermill loads our entry point while it is half imported, so it is imported last
from __future__ import annotations

from helpers.engines import failures
from helpers.engines.environment import KERNEL
from helpers.engines.model import Execution, Job
from helpers.engines.session import Session
from helpers.engines.tidy import tidied
from helpers.errors import CuadernoError


class Cold:
    """Starts a kernel, runs the cells through papermill, ends the kernel."""

    def execute(self, job: Job) -> Execution:
        """Run the notebook; what fails in it is returned, not raised."""
        session = Session(job.roots, job.limits, job.started)
        error = _run(job, session) or failures.of_outputs(session, job.notebook.name)
        notebook = None if session.notebook is None else tidied(session.notebook)
        return Execution(notebook, error, session.watch.peak_mib)


def _run(job: Job, session: Session) -> CuadernoError | None:
    import nbformat
    import papermill
    from nbclient.exceptions import CellControlSignal, CellTimeoutError, DeadKernelError

    name = job.notebook.name
    try:
        papermill.execute_notebook(
            nbformat.read(job.notebook, as_version=4),  # type: ignore[no-untyped-call]
            None,
            parameters=job.parameters.model_dump(),
            engine_name="cuaderno",
            kernel_name=KERNEL,
            language="python",
            progress_bar=False,
            session=session,
        )
    except CuadernoError as refusal:
        return refusal
    except papermill.PapermillExecutionError:
        return failures.of_outputs(session, name) or failures.of_silence(name)
    except CellTimeoutError:
        return failures.of_timeout(session, name)
    except DeadKernelError:
        return failures.of_dead_kernel(session, name)
    except (CellControlSignal, RuntimeError, OSError, KeyError) as error:
        # Before the first cell this is a kernel that did not start; after the deadline, one that we ended.
        late = session.watch.is_late
        return failures.of_dead_kernel(session, name) if late else failures.of_start(error, name)
    return None
