"""Funnels."""

from __future__ import annotations

from helpers.catalogue.samples.material import HARD_NAMES, caption
from helpers.stages.parts import Bar, Funnel
from helpers.wording import Message, Name

_TITLE = caption("Half of the carts are left", "People at each step, by platform")


def _group(name: str, *counts: float) -> tuple[Name, tuple[Bar, ...]]:
    steps = (Message("Impressions"), Message("Link clicks"), Message("Adds to cart"), Message("Conversions"))
    return Name(name), tuple(Bar(step, count) for step, count in zip(steps, counts, strict=False))


SAMPLES = {
    "typical": Funnel(
        _TITLE, (_group("Meta", 2_804_113, 34_020, 2_310, 940), _group("Google Ads", 640_220, 21_004, 812))
    ),
    "hard names": Funnel(_TITLE, tuple(_group(name, 90_000, 4_000) for name in HARD_NAMES)),
    "one group": Funnel(_TITLE, (_group("Meta", 80_000, 2_100, 90),)),
    "one step": Funnel(_TITLE, (_group("Meta", 80_000),)),
    "steps of none": Funnel(_TITLE, (_group("Meta", 80_000, 0, 0), _group("TikTok", 0, 0))),
    "a step that grows": Funnel(_TITLE, (_group("Meta", 120, 340, 12, 1),)),
    "billions": Funnel(_TITLE, (_group("Meta", 48_000_000_000, 912_000_000, 5_100_000, 310_000),)),
}
