"""What the overview of all clients counts."""

from __future__ import annotations

from helpers.kpis.model import found
from helpers.wording import msg

METRICS = (found("clients", "count", msg("Clients"), msg("Clients of the portfolio that stand alike.")),)
