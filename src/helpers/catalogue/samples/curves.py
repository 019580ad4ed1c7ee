"""Response curves."""

from __future__ import annotations

from helpers.catalogue.samples.material import EURO, HARD_NAMES, caption
from helpers.stages.parts import Curve, Curves, Measure
from helpers.wording import Name

_TITLE = caption("TikTok brings most with one more euro", "Weekly revenue by weekly spend")


def _curve(name: str, top: float, now: float, planned: float, points: int = 11) -> Curve:
    spend = tuple(1500 * at / (points - 1) for at in range(points))
    return Curve(
        Name(name),
        spend,
        tuple(top * each / (each + 400) for each in spend),
        tuple(0.8 * top * each / (each + 500) for each in spend),
        tuple(1.2 * top * each / (each + 300) for each in spend),
        now,
        planned,
    )


SAMPLES = {
    "typical": Curves(
        _TITLE,
        EURO,
        EURO,
        (
            _curve("Meta Ads", 2600, 980, 810),
            _curve("Google Ads", 1900, 670, 670),
            _curve("A channel with a very long name of its own", 1700, 370, 540),
        ),
    ),
    "hard names": Curves(_TITLE, EURO, EURO, tuple(_curve(name, 2_000, 500, 600) for name in HARD_NAMES)),
    "one channel": Curves(_TITLE, EURO, EURO, (_curve("Meta Ads", 2600, 980, 0),)),
    "nothing brought": Curves(_TITLE, EURO, EURO, (_curve("Meta Ads", 0, 980, 810), _curve("TikTok", 0, 0, 0))),
    "large amounts": Curves(
        _TITLE,
        Measure("money", "MXN"),
        Measure("money", "MXN"),
        tuple(_curve(name, 48_000_000, 900, 1_000) for name in ("Meta Ads", "Google Ads", "TikTok", "LinkedIn")),
    ),
    "very many points": Curves(_TITLE, EURO, EURO, (_curve("Meta Ads", 2600, 980, 810, points=5_000),)),
}
