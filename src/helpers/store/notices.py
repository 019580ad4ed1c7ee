"""What a reader of figures must know about how they were put together, without words of any language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from helpers.units import Period


@dataclass(frozen=True)
class Notice:
    """One thing to say beside the figures.

    Parameters
    ----------
    code
        A warning code of the contract, or `currency_missing`.
    scope
        Where it holds, in the contract's scope keys.
    values
        The figures and names that its sentence needs.
    """

    code: str
    scope: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, eq=False)
class Restated(Notice):
    """Facts of which a newer export says otherwise than the one before.

    Parameters
    ----------
    before, after
        By measure, its sum over the facts in which it changed; money in the reporting currency.
    days
        First and last day of these facts; None where they have no date.
    rows
        The newer rows of these facts.
    """

    before: Mapping[str, float]
    after: Mapping[str, float]
    days: Period | None
    rows: pd.DataFrame
