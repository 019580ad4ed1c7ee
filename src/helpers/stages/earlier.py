"""What other stages have found for the same client and period, as they saved it.

A stage asked for alone uses what is there, and never runs another.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from helpers.claims import Evidence
from helpers.units import Estimate, Interval

SCHEMA = "cuaderno.result/1"
"""Of the file in which a stage's Result is saved."""


@dataclass(frozen=True)
class Finding:
    """One claim of another stage.

    Parameters
    ----------
    scope
        Keys of the contract; empty for the client as a whole.
    value
        In the metric's unit; a string for dates and texts.
    """

    metric: str
    scope: Mapping[str, str]
    value: float | str
    interval: Interval | None = None
    n: int | None = None
    evidence: tuple[Evidence, ...] = ()

    @property
    def estimate(self) -> Estimate:
        """The value with its interval; NaN for dates and texts."""
        return Estimate(self.value if isinstance(self.value, float | int) else math.nan, self.interval, self.n)


@dataclass(frozen=True)
class Earlier:
    """The claims of other stages by stage.

    Parameters
    ----------
    findings
        In the order in which they were made; a stage without a saved Result has none.
    stale
        Stages whose saved Result was made from other files than those that are there now; it is left out.
    """

    findings: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict)
    stale: tuple[str, ...] = ()

    def of(self, stage: str, metric: str) -> tuple[Finding, ...]:
        """What a stage found of a metric; empty where it found nothing, or did not run."""
        return tuple(finding for finding in self.findings.get(stage, ()) if finding.metric == metric)
