"""Printing with Chromium: a process of its own, without network, that leaves nothing behind."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from helpers.engines.watch import end_group
from helpers.errors import PreflightError, RunError

VARIABLE = "CHROMIUM"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
SECONDS = 120

_MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
_SWITCHES = (
    "--headless",
    "--disable-gpu",
    "--no-first-run",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    # Whatever is asked for, by whomever, goes to a door that nobody opens.
    "--proxy-server=127.0.0.1:9",
    "--proxy-bypass-list=<-loopback>",
    "--no-pdf-header-footer",
    "--generate-pdf-document-outline",
)


def program() -> str | None:
    """The path of Chromium; None where there is none.

    Raises
    ------
    PreflightError
        If one is named in the environment that cannot be run.
    """
    named = os.environ.get(VARIABLE)
    if not named:
        return next(filter(None, map(shutil.which, (*NAMES, _MAC))), None)
    found = shutil.which(named)
    if found is None:
        raise PreflightError(
            "this is no program that can be run",
            where=VARIABLE,
            seen=named,
            next_step="Name Chromium with its path, or empty the variable to have it looked for.",
        )
    return found


def missing() -> PreflightError:
    """What to say where there is no Chromium."""
    return PreflightError(
        "PDF is printed with Chromium, and there is none",
        seen=f"none of {', '.join(NAMES)}",
        next_step="Install the package chromium (Debian, Ubuntu: apt install chromium), or name one in CHROMIUM.",
    )


def pdf_of(page: str, chromium: str, *, seconds: float = SECONDS) -> bytes:
    """Print a page: tagged, with an outline, in the language and under the title that it names itself.

    Parameters
    ----------
    page
        The whole HTML; its style sheet says how large the paper is.
    chromium
        Path of the program.
    seconds
        After how long to give up.

    Raises
    ------
    RunError
        If Chromium cannot be started, takes too long, or prints nothing.
    """
    with tempfile.TemporaryDirectory(prefix="cuaderno-print-", ignore_cleanup_errors=True) as work:
        folder = Path(work)
        source, target = folder / "page.html", folder / "page.pdf"
        source.write_text(page, encoding="utf-8")
        command = [chromium, *_switches(), f"--user-data-dir={folder}", f"--print-to-pdf={target}", source.as_uri()]
        code = _run(command, folder, seconds)
        if not target.is_file():
            raise RunError(
                "Chromium printed nothing",
                where=chromium,
                seen=f"exit {code}: {_last_line(folder)}",
                next_step="Try another: name its path in CHROMIUM. One from a snap cannot read temporary files.",
            )
        return target.read_bytes()


def _switches() -> Sequence[str]:
    # Chromium refuses its sandbox to root; what it reads is our own page, whose policy allows no script.
    return (*_SWITCHES, "--no-sandbox") if os.geteuid() == 0 else _SWITCHES


def _run(command: Sequence[str], folder: Path, seconds: float) -> int:
    """Run the command in a group of its own, of which nothing is left; what it says goes to a file."""
    # Nothing of our own environment: no password, no settings and fonts of a person, no time zone.
    environment = {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(folder), "TMPDIR": str(folder), "TZ": "UTC"}
    with (folder / "said").open("wb") as said:
        try:
            process = subprocess.Popen(  # noqa: S603  a program that was looked for by name, no shell
                command,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                env=environment,
                start_new_session=True,
            )
        except OSError as error:
            raise RunError(
                "Chromium cannot be started",
                where=command[0],
                seen=error.strerror or "",
                next_step="Try another: name its path in CHROMIUM.",
            ) from error
        try:
            return process.wait(timeout=seconds)
        except subprocess.TimeoutExpired as error:
            raise RunError(
                f"Chromium did not print the page within {seconds:g} seconds",
                where=command[0],
                next_step="Try again when the machine has less to do, or name another one in CHROMIUM.",
            ) from error
        finally:
            end_group(process.pid)
            process.wait()


def _last_line(folder: Path) -> str:
    lines = (folder / "said").read_text(encoding="utf-8", errors="replace").split("\n")
    # A machine without a desktop has no message bus, of which Chromium complains at length.
    told = [line for line in lines if line.strip() and "dbus" not in line]
    return told[-1][:200] if told else "it said nothing"
