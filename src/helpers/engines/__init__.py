"""How one notebook is executed: an engine takes a notebook and parameters and gives back what was executed.

Adding an engine is one class and one entry in `ENGINES`. Importing this package imports no papermill, which loads
`engines.entry` while it is itself half imported.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from helpers.clients.nearest import advice
from helpers.engines.cold import Cold
from helpers.engines.model import Engine, Execution, Job, Limits
from helpers.errors import UsageError

DEFAULT = "cold"
ENGINES: Mapping[str, Engine] = MappingProxyType({"cold": Cold()})


def engine(name: str) -> Engine:
    """The engine of that name.

    Raises
    ------
    UsageError
        If there is none.
    """
    if name not in ENGINES:
        raise UsageError("there is no such engine", where="--engine", seen=name, next_step=advice(name, ENGINES))
    return ENGINES[name]


__all__ = ["DEFAULT", "ENGINES", "Engine", "Execution", "Job", "Limits", "engine"]
