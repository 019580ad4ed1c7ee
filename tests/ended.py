"""How a command ended, run as a user would or inside the test's own process."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """What was printed, which must be one JSON document and nothing else."""
        return json.loads(self.out)

    @property
    def runs(self) -> dict[str, Any]:
        """The run document of each client."""
        printed = self.document
        return {run["client"]: run for run in printed.get("runs", [printed])}
