"""Waterfalls."""

from __future__ import annotations

from helpers.catalogue.samples.material import EURO, HARD_NAMES, caption
from helpers.stages.parts import Bar, Measure, Waterfall
from helpers.wording import Message, Name

_TITLE = caption("Dearer impressions cost most of the gain", "Conversion value in euros, by factor")


def _between(start: float, *steps: Bar, measure: Measure = EURO) -> Waterfall:
    first = Bar(Message("period before"), start, role="previous")
    last = Bar(Message("this period"), start + sum(step.value for step in steps))
    return Waterfall(_TITLE, measure, first, steps, last)


SAMPLES = {
    "typical": _between(
        88_000,
        Bar(Message("Spend"), 6_400, verdict="better"),
        Bar(Message("CPM"), -4_100, verdict="worse"),
        Bar(Message("CTR"), 1_250, verdict="not_shown"),
        Bar(Message("Average order value"), -900, verdict="worse"),
    ),
    "hard names": _between(
        1_200,
        *(Bar(Name(name), 90 - 20 * at, verdict="better" if at < 4 else None) for at, name in enumerate(HARD_NAMES)),
    ),
    "from plan to actual": Waterfall(
        _TITLE,
        Measure("count"),
        Bar(Message("plan"), 940, role="plan"),
        (Bar(Message("Spend"), -310), Bar(Message("CTR"), 120)),
        Bar(Message("this period"), 750),
    ),
    "one step": _between(2_000, Bar(Message("Spend"), 300)),
    "no change": _between(0, Bar(Message("Spend"), 0), Bar(Message("CTR"), 0), measure=Measure("count")),
    "below zero": _between(
        400, Bar(Message("Spend"), -900, verdict="worse"), Bar(Message("CTR"), 250, verdict="better")
    ),
    "many steps": _between(5_000, *(Bar(Name(f"Campaign {at}"), (-1) ** at * 90 * at) for at in range(1, 25))),
}
