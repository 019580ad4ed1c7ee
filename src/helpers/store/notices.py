"""What a reader of figures must know about how they were put together, without words of any language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


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
