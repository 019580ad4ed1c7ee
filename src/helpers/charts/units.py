"""The unit of a drawing in words, for readers who do not see its axis."""

from __future__ import annotations

from helpers.stages.parts import Measure
from helpers.units import Unit
from helpers.wording import Message, Name, msg

_SAID: dict[Unit, Message] = {
    "money": msg("Values are amounts of money."),
    "count": msg("Values are counts."),
    "share": msg("Values are percentages."),
    "points": msg("Values are percentage points."),
    "ratio": msg("Values are ratios."),
    "index": msg("Values are index figures."),
    "days": msg("Values are days."),
    "parameter": msg("Values are parameters of a model."),
}


def unit_of(measure: Measure) -> Message:
    """A sentence that names the unit, and of money the currency."""
    if measure.unit == "money" and measure.currency:
        return msg("Values are in {currency}.", currency=Name(measure.currency))
    return _SAID[measure.unit]
