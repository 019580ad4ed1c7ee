"""Everything that is raised on purpose, grouped by who must act.

CuadernoError
├── UsageError            the person at the keyboard: a command, option or parameter is wrong          exit 2
├── ClientError           the analyst: something in the client folder is to be mended                   exit 2
├── ExportError           the analyst: an export is damaged or unreadable, download it again            exit 1
├── PlatformChangedError  a developer: a platform renamed or dropped a column                           exit 1
├── StageDataError        nobody: there is nothing at all that this stage could report on               exit 1
├── RunError              operations: a notebook or a child process ended badly                         exit 1
├── LockedError           operations: another run holds the client                                      exit 3
└── PreflightError        operations: disk, permission or a missing program                             exit 4

Each says what is wrong, where, what was seen there and what to do next.
"""

from __future__ import annotations


class CuadernoError(Exception):
    """What went wrong, where, what was seen, what to do next.

    Parameters
    ----------
    what
        The fault in one clause, in the words of the person who must act.
    where
        File, line, column, campaign or parameter; empty if it is everywhere.
    seen
        What stood there instead; empty if nothing did.
    next_step
        What the reader does now, as an instruction.
    """

    exit_code = 1

    def __init__(self, what: str, *, where: str = "", seen: str = "", next_step: str) -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.seen = seen
        self.next_step = next_step

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        found = f"; found {self.seen}" if self.seen else ""
        return f"{place}{self.what}{found}. {self.next_step}"

    def __reduce__(self) -> tuple[object, ...]:
        # Exceptions with keyword-only arguments do not survive pickling between processes by themselves.
        return (_rebuild, (type(self), self.what, self.where, self.seen, self.next_step))

    def _render_traceback_(self) -> list[str]:
        """Three lines instead of a stack, in JupyterLab and in the saved notebook alike.

        `as_json` reads them back, so that every engine can say what failed without parsing prose.
        """
        found = f" (found {self.seen})" if self.seen else ""
        return [f"{self.what}{found}", self.where or "-", self.next_step]

    def as_json(self) -> dict[str, str]:
        """Return the form that the run document holds: what, where, next."""
        what, where, next_step = self._render_traceback_()
        return {"what": what, "where": where, "next": next_step}


def _rebuild(kind: type[CuadernoError], what: str, where: str, seen: str, next_step: str) -> CuadernoError:
    return kind(what, where=where, seen=seen, next_step=next_step)


class UsageError(CuadernoError):
    """A command, an option or a parameter is wrong."""

    exit_code = 2


class ClientError(CuadernoError):
    """Something in the client folder is to be mended by the analyst."""

    exit_code = 2


class ExportError(CuadernoError):
    """An export cannot be read; the analyst downloads it again or says how it is written."""

    code = "not_a_table"
    """How receipts call it; kinds that they tell apart have their own."""


class PlatformChangedError(CuadernoError):
    """A platform's export no longer looks as described; a developer adds the new header."""


class StageDataError(CuadernoError):
    """There is nothing at all that a stage could report on."""


class RunError(CuadernoError):
    """A notebook or the process that ran it ended badly."""


class LockedError(CuadernoError):
    """Another run holds the client."""

    exit_code = 3


class PreflightError(CuadernoError):
    """Disk, permission or a program that is missing."""

    exit_code = 4
