"""Where the client folders and the reports are; never the working directory.

The clients folder is named by `CUADERNO_CLIENTS`, else it is the `clients/` found upward from the notebook that
runs, else the one of the checkout that holds this package. Reports go to `CUADERNO_REPORTS`, else beside the clients
folder.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import helpers
from helpers.errors import UsageError

CLIENTS_VARIABLE = "CUADERNO_CLIENTS"
REPORTS_VARIABLE = "CUADERNO_REPORTS"
_NOTEBOOK_VARIABLE = "JPY_SESSION_NAME"


@dataclass(frozen=True)
class Roots:
    """The folder of all clients and the folder of all reports, both absolute."""

    clients: Path
    reports: Path

    @property
    def project(self) -> Path:
        """The folder that holds both, and `.cuaderno/` with what the workbook keeps for itself."""
        return self.clients.parent

    @property
    def kept(self) -> Path:
        """What the workbook keeps for itself, one folder a client."""
        return self.project / ".cuaderno"

    def variables(self) -> dict[str, str]:
        """The environment in which another process finds the same folders."""
        return {CLIENTS_VARIABLE: str(self.clients), REPORTS_VARIABLE: str(self.reports)}


def checkout() -> Path:
    """The folder of the workbook itself: notebooks, templates and the demo client."""
    return Path(helpers.__file__).resolve().parents[2]


def find(
    clients: Path | None = None, reports: Path | None = None, *, environment: Mapping[str, str] | None = None
) -> Roots:
    """Find both folders; what is given wins over the environment.

    Raises
    ------
    UsageError
        If a clients folder is named that does not exist.
    """
    known = os.environ if environment is None else environment
    folder = clients or _named(known, CLIENTS_VARIABLE)
    if folder is not None and not folder.is_dir():
        raise UsageError(
            "there is no such clients folder",
            where=f"--clients or {CLIENTS_VARIABLE}",
            seen=str(folder),
            next_step="Name the folder that holds one folder a client.",
        )
    chosen = folder or _above_the_notebook(known) or checkout() / "clients"
    chosen = chosen.absolute()
    return Roots(chosen, (reports or _named(known, REPORTS_VARIABLE) or chosen.parent / "reports").absolute())


def _named(environment: Mapping[str, str], variable: str) -> Path | None:
    value = environment.get(variable, "")
    return Path(value) if value else None


def _above_the_notebook(environment: Mapping[str, str]) -> Path | None:
    """Jupyter names the running notebook by its path, some front ends by a mere id."""
    notebook = Path(environment.get(_NOTEBOOK_VARIABLE, ""))
    if not notebook.is_absolute():
        return None
    found = (folder / "clients" for folder in notebook.parents)
    return next((folder for folder in found if folder.is_dir()), None)
