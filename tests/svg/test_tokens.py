"""The colours can be told apart by everybody and read on both themes.

Deficiencies as simulated by Machado, Oliveira and Fernandes (2009) at full severity; difference as CIE 1976.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
import numpy.typing as npt
import pytest

from helpers.svg import TOKENS
from helpers.svg.tokens import SERIES

Array = npt.NDArray[np.float64]

VISIONS = {
    "normal": np.eye(3),
    "protan": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deutan": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]]
    ),
    "tritan": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]]
    ),
}
TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.072175], [0.0193339, 0.119192, 0.9503041]]
)
WHITE = np.array([0.95047, 1.0, 1.08883])


def linear(colour: str) -> Array:
    encoded = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    return np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)


def lab(light: Array) -> Array:
    xyz = TO_XYZ @ np.clip(light, 0, 1) / WHITE
    f = np.where(xyz > (6 / 29) ** 3, np.cbrt(xyz), xyz / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def difference(one: str, other: str, vision: Array) -> float:
    return float(np.linalg.norm(lab(vision @ linear(one)) - lab(vision @ linear(other))))


def contrast(one: str, other: str) -> float:
    low, high = sorted(float(TO_XYZ[1] @ linear(colour)) for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


def test_black_on_white_is_21_to_1() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21, abs=0.01)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize(("count", "least"), [(4, 20), (6, 15)])
def test_series_can_be_told_apart(theme: int, vision: str, count: int, least: float) -> None:
    colours = [TOKENS[name][theme] for name in SERIES[:count]]

    assert min(difference(a, b, VISIONS[vision]) for a, b in combinations(colours, 2)) >= least


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["bg", "sf"])
@pytest.mark.parametrize("name", ["ink", "mute", "actual", "plan", "good", "bad", *SERIES])
def test_what_letters_are_written_in_can_be_read(theme: int, ground: str, name: str) -> None:
    assert contrast(TOKENS[name][theme], TOKENS[ground][theme]) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("name", ["previous", "edge"])
def test_what_is_only_drawn_can_be_seen(theme: int, name: str) -> None:
    assert contrast(TOKENS[name][theme], TOKENS["bg"][theme]) >= 2.9
