"""What surrounds a kernel: the environment's own Python, a folder of its own, nothing that differs between runs."""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager

from helpers.clients import Roots, address_variables

KERNEL = "python3"
_NOTEBOOK = "JPY_SESSION_NAME"

_FIXED = {
    "PYTHONHASHSEED": "0",
    "PYTHONSAFEPATH": "1",
    "MPLBACKEND": "agg",
    # One client is one slot of the batch; threads inside a slot would only compete with the other slots.
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "NUMEXPR_NUM_THREADS": "1",
    "VECLIB_MAXIMUM_THREADS": "1",
}
# What drivers of databases read beside an address; JupyterLab needs its own token.
_SECRET_NAME = re.compile(
    r"""PG | (?!JUPYTER).* (?: PASSW | PASSPHRASE | PASSCODE | _PWD | SECRET | TOKEN | CREDENTIAL
    | (?: PRIVATE | ACCESS | ACCOUNT | STORAGE | API )_?KEY
    | (?: \b | _ | DB )PASS(?: \b | _ )   # no COMPASS or BYPASS_X
    | _PW\b )""",
    re.IGNORECASE | re.VERBOSE,
)
_SECRET = re.compile(
    r"""
      \b(?! (?:https?|file):// )[a-z][\w+.-]*://            # an address of anything but a page or a file
    | \bjdbc:\w
    | ://[^/\s]*@ | ://\S*(?:token|secret|key)=             # what opens a page or a proxy
    | \b(?: pass | passwd | pwd | pw                        # the words of a connection by ODBC, libpq or Azure
        | \w*(?: password | passphrase | secret | token | (?:account|access|private|api)_?key ) )\s*=
    | ^\s* \w[\w$\#.\[\]-]* / [^\s/]+ @                     # Oracle's USER/PASSWORD@HOST, no package@version or @digest
      (?! v?\d+(?:\.\d+){0,2}(?![\w.:]) | sha\d+: )
    | -----BEGIN\ [A-Z\ ]*PRIVATE\ KEY
    """,
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True)
class Place:
    """Where a kernel runs: a manager that starts it, its environment, its empty working folder."""

    manager: Any
    variables: dict[str, str]
    folder: Path


@contextmanager
def private_place(roots: Roots) -> Iterator[Place]:
    """Make a place for one kernel, and remove it afterwards.

    The kernel listens on sockets in a folder that only this user may enter: no port can be taken twice or listened to.
    """
    with tempfile.TemporaryDirectory(prefix="cuaderno-") as name:
        folder = Path(name)
        working = folder / "work"
        working.mkdir()
        fixed = _FIXED | {"IPYTHONDIR": str(folder / "ipython")} | roots.variables()
        inherited = {key: value for key, value in without_secrets(os.environ, roots).items() if key != _NOTEBOOK}
        yield Place(_manager(folder), inherited | fixed, working)


def without_secrets(variables: Mapping[str, str], roots: Roots) -> dict[str, str]:
    """Return the variables but for the addresses of databases and what opens them: no notebook needs them.

    Told by their names, those that client files give among them, and where the name says nothing by the value.
    """
    named = address_variables(roots)
    return {
        name: value
        for name, value in variables.items()
        if name not in named and not _SECRET_NAME.match(name) and not _SECRET.search(value)
    }


def _manager(folder: Path) -> Any:
    # A kernel of the same name in the user's own folder would run another Python.
    specs = KernelSpecManager(kernel_dirs=[str(Path(sys.prefix) / "share" / "jupyter" / "kernels")])
    return AsyncKernelManager(
        kernel_name=KERNEL,
        kernel_spec_manager=specs,
        transport="ipc" if os.name == "posix" else "tcp",
        connection_file=str(folder / "k.json"),
    )
