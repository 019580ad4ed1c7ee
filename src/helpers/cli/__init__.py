"""The command `cuaderno`: results go to standard output, progress and errors to standard error.

One module a group of commands; each imports what it needs only when it runs, so that `--help` answers at once.
"""

# ruff: noqa: PLC0415  imported by the command that needs it, so that --help answers at once
from __future__ import annotations

import os
import signal
import sys
from types import FrameType
from typing import NoReturn

from helpers.errors import CuadernoError

INTERRUPTED = 130


def main() -> NoReturn:
    """Run the command of this process's arguments and end with its exit code."""
    from helpers.cli import console
    from helpers.cli.app import app

    signal.signal(signal.SIGINT, _interrupted)
    try:
        app()
    except CuadernoError as error:
        console.tell(error)
        raise SystemExit(error.exit_code) from error
    except BrokenPipeError:
        # Whoever reads the output has enough, as `head` does; what is left to write goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None
    raise SystemExit(0)


def _interrupted(_number: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(INTERRUPTED)
