"""What a client's process is told to do, as JSON between the processes."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from helpers.clients import Parameters, Roots
from helpers.engines import DEFAULT, Limits


@dataclass(frozen=True)
class Order:
    """One client's run.

    Parameters
    ----------
    parameters
        What every notebook is run with.
    stages
        Those to run, in their order.
    known_stages
        All that there are, in their order; those not in `stages` are named as skipped.
    notebooks
        The folder of the stage notebooks.
    roots
        Where clients and reports are.
    asks_databases
        Whether the client's databases are read anew; else what they returned before counts.
    """

    parameters: Parameters
    stages: tuple[str, ...]
    known_stages: tuple[str, ...]
    notebooks: Path
    roots: Roots
    engine: str = DEFAULT
    limits: Limits = field(default_factory=Limits)
    asks_databases: bool = True

    @property
    def client(self) -> str:
        """Name of the client's folder."""
        return self.parameters.client

    def dump(self) -> str:
        """The order as JSON in one line."""
        return json.dumps(
            {
                "parameters": self.parameters.model_dump(),
                "stages": self.stages,
                "known_stages": self.known_stages,
                "notebooks": str(self.notebooks),
                "clients": str(self.roots.clients),
                "reports": str(self.roots.reports),
                "engine": self.engine,
                "limits": asdict(self.limits),
                "asks_databases": self.asks_databases,
            },
            sort_keys=True,
        )

    @classmethod
    def load(cls, text: str) -> Order:
        """The order that `dump` wrote."""
        told: dict[str, Any] = json.loads(text)
        return cls(
            parameters=Parameters.of(told["parameters"]),
            stages=tuple(told["stages"]),
            known_stages=tuple(told["known_stages"]),
            notebooks=Path(told["notebooks"]),
            roots=Roots(Path(told["clients"]), Path(told["reports"])),
            engine=told["engine"],
            limits=Limits(**told["limits"]),
            asks_databases=told["asks_databases"],
        )
